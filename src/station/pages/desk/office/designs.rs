//! What cards are drawn by: a design of the station's own is looked at, told what is wrong with it, and taken into use.
//!
//! What is looked at stands in memory for the supervisor who does, and is drawn as a picture at an address of its own: a
//! browser runs and loads nothing in a picture, whatever the file says.

use askama::Template;
use axum::{
    http::{HeaderValue, StatusCode, header::CONTENT_TYPE},
    response::IntoResponse as _,
};
use permit_card::{Assumed, DesignFlaw, Face, Faces, Flaw, Fonts, Refused};
use permit_core::Side;
use permit_web::Form;
use permit_words::{Card, Value};

use super::super::super::{
    frame::Frame,
    held,
    visit::{Done, Trouble, Visit, go, html},
    ways::{LOOKS, design_path},
};
use crate::{
    card::designs,
    rules::Layout,
    site::{DesignError, Site},
};

#[derive(Debug, Template)]
#[template(path = "designs.html")]
struct All<'v> {
    f: Frame<'v>,
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    path: &'static str,
    name: String,
    /// Whose it is.
    by: String,
}

#[derive(Debug, Template)]
#[template(path = "design.html")]
struct One<'v> {
    f: Frame<'v>,
    wrong: Vec<String>,
    /// Whether a code with a portrait in it is too large for it.
    narrow: bool,
    /// Pictures: address and what they show.
    looks: Vec<(String, String)>,
    /// Field, label and text of each side.
    sides: [(&'static str, String, String); 2],
    /// Whether one of the station's own is in use.
    own: bool,
}

/// Both layouts, and whose design each has.
pub(in super::super::super) async fn all(visit: &Visit<'_>) -> Done {
    let site = visit.site().await?;
    let office = site.registry.desk().office();
    let rows = Layout::ALL.map(|layout| Row {
        path: design_path(layout),
        name: visit.t(layout_name(layout)),
        by: match office.design(layout) {
            None => visit.t("desk-design-built-in"),
            Some(own) => {
                let day = own.at.day(office.founding().offset).to_string();
                let by = Value::Spoken(super::super::facts::officer(&site, own.by, visit.words));
                visit.words.with("desk-design-own", &[("day", day.into()), ("by", by)])
            }
        },
    });
    let f = Frame::new(visit, &site, visit.t("desk-designs"));
    html(StatusCode::OK, All { f, rows: rows.into() }.render())
}

/// A layout's design: looked at, taken into use, or given up for the program's.
pub(in super::super::super) async fn one(visit: &Visit<'_>, layout: Layout, form: &Form) -> Done {
    let mut site = visit.site().await?;
    let fonts = visit.pages.fonts().ok();
    let own = site.registry.desk().office().design(layout).is_some();
    if visit.posts && form.one("do") == "drop" {
        site.use_design(visit.by, layout, None, fonts).await.map_err(trouble)?;
        return Ok(go("/designs"));
    }
    // A browser hands in lines with both marks of their end.
    let text = |name| form.one(name).replace("\r\n", "\n");
    let sides = match visit.posts {
        true => [text("front"), text("back")],
        // One that is not there any more is given anew, from the program's.
        false => {
            site.design(layout).unwrap_or_else(|_| designs::built_in(layout).map(str::to_owned))
        }
    };
    let given = sides.each_ref().map(String::as_str);
    let flaws = if form.one("do") == "use" {
        match site.use_design(visit.by, layout, Some(given), fonts).await {
            Ok(()) => {
                held(&visit.pages.designs).remove(&visit.by);
                return Ok(go("/designs"));
            }
            Err(DesignError::Flaws(flaws)) => flaws,
            Err(other) => return Err(trouble(other)),
        }
    } else {
        flaws(&site, layout, given, fonts)?
    };
    let read = designs::read(layout, given);
    let (drawn, narrow) =
        (read.is_ok(), read.is_ok_and(|design| !designs::takes_portrait(&design)));
    let looks = if drawn { looks(visit, layout, given) } else { Vec::new() };
    if drawn {
        held(&visit.pages.designs).insert(visit.by, (layout, sides.clone()));
    }
    let status = if flaws.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let [front, back] = sides;
    let title = format!("{} · {}", visit.t("desk-designs"), visit.t(layout_name(layout)));
    let page = One {
        f: Frame::new(visit, &site, title),
        wrong: flaws.iter().map(|flaw| said(visit, flaw)).collect(),
        narrow,
        looks,
        sides: [
            ("front", visit.t(side_name(layout, Face::Front)), front),
            ("back", visit.t(side_name(layout, Face::Back)), back),
        ],
        own,
    };
    html(status, page.render())
}

/// How a side looks: of what is looked at, else of what is in use.
pub(in super::super::super) async fn side(
    visit: &Visit<'_>,
    layout: Layout,
    face: Face,
    longest: bool,
) -> Done {
    let site = visit.site().await?;
    let looked = held(&visit.pages.designs).get(&visit.by).cloned();
    let sides = match looked.filter(|(of, _)| *of == layout) {
        Some((_, sides)) => sides,
        None => site.design(layout).map_err(|_| Trouble::Broken("desk-broken-design"))?,
    };
    let broken = || Trouble::Broken("desk-broken-card");
    let design = designs::read(layout, sides.each_ref().map(String::as_str));
    let design = design.map_err(|_| broken())?;
    let mut held = site.lists()?;
    let trust = held.open().map_err(|_| Trouble::Broken("desk-broken-key"))?;
    let own = visit.pages.station;
    let lists = trust.lists(Side::of_station(own));
    let station = lists.and_then(|lists| lists.stations.station(own)).ok_or_else(broken)?;
    let how = (&Card::new(), &Assumed as &dyn Faces);
    let drawn = design.specimen(trust.zone(), station.names, how, longest);
    // What does not fit is not drawn, and said on the page.
    let drawn = drawn.map_err(|_| Trouble::Nowhere)?;
    let svg = match face {
        Face::Front => drawn.front,
        Face::Back => drawn.back,
    };
    Ok(([(CONTENT_TYPE, HeaderValue::from_static("image/svg+xml"))], svg).into_response())
}

/// Everything that is wrong with two sides.
fn flaws(
    site: &Site,
    layout: Layout,
    sides: [&str; 2],
    fonts: Option<&Fonts>,
) -> Result<Vec<DesignFlaw>, Trouble> {
    let design = match designs::read(layout, sides) {
        Ok(design) => design,
        Err(flaws) => return Ok(flaws),
    };
    let mut held = site.lists()?;
    let trust = held.open().map_err(|_| Trouble::Broken("desk-broken-key"))?;
    let side = site.registry.desk().office().side();
    Ok(designs::misfits(&design, &trust, side, fonts))
}

/// The pictures, each at an address that is another once the design is.
fn looks(visit: &Visit<'_>, layout: Layout, sides: [&str; 2]) -> Vec<(String, String)> {
    let digest = permit_core::sha256(&[sides[0].as_bytes(), &[0], sides[1].as_bytes()]);
    let version: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let look = |(name, face, longest): (&str, Face, bool)| {
        let label = visit.t(side_name(layout, face));
        let label = match longest {
            true => visit.words.with("desk-design-longest", &[("side", Value::Spoken(label))]),
            false => label,
        };
        (format!("{}/{name}?{version}", design_path(layout)), label)
    };
    LOOKS.into_iter().map(look).collect()
}

/// What a layout is called.
pub(in super::super) const fn layout_name(layout: Layout) -> &'static str {
    match layout {
        Layout::Card => "print-card",
        Layout::Folded => "print-folded",
    }
}

const fn side_name(layout: Layout, face: Face) -> &'static str {
    match (layout, face) {
        (Layout::Card, Face::Front) => "desk-design-front",
        (Layout::Card, Face::Back) => "desk-design-back",
        (Layout::Folded, Face::Front) => "desk-design-outside",
        (Layout::Folded, Face::Back) => "desk-design-inside",
    }
}

fn trouble(error: DesignError) -> Trouble {
    match error {
        DesignError::Site(error) => error.into(),
        DesignError::Flaws(_) => Trouble::Broken("desk-broken-card"),
    }
}

/// What is wrong, and where.
fn said(visit: &Visit<'_>, flaw: &DesignFlaw) -> String {
    let words = visit.words;
    let with = |id, values: &[(&'static str, Value)]| words.with(id, values);
    match flaw {
        DesignFlaw::Side(face, flaw) => {
            let side = words.get(match face {
                Face::Front => "desk-design-first",
                Face::Back => "desk-design-second",
            });
            let (line, why) = side_said(visit, flaw);
            let at = [("side", Value::Spoken(side)), ("line", line.into())];
            format!("{} {why}", with("desk-design-at", &at))
        }
        DesignFlaw::Sizes => words.get("desk-design-sizes"),
        DesignFlaw::Paper { width, height, fold } => {
            let size = format!("{width} × {height} mm");
            match fold {
                None => with("desk-design-paper", &[("size", size.into())]),
                Some(fold) => {
                    let values = [("size", size.into()), ("fold", fold.to_string().into())];
                    with("desk-design-paper-folded", &values)
                }
            }
        }
        DesignFlaw::Missing(field) => {
            with("desk-design-missing", &[("place", field.name().to_owned().into())])
        }
        DesignFlaw::Codes { found } => with("desk-design-codes", &[("found", (*found).into())]),
        DesignFlaw::Print(Refused::Glyph { place, c }) => {
            let code = format!("U+{:04X}", u32::from(*c));
            let values = [
                ("place", place.clone().into()),
                ("c", c.to_string().into()),
                ("code", code.into()),
            ];
            with("desk-design-glyph", &values)
        }
        DesignFlaw::Print(Refused::Room { place }) => {
            with("desk-design-room", &[("place", place.clone().into())])
        }
        DesignFlaw::Print(Refused::Code { .. }) => words.get("desk-design-code"),
        // A flaw that a later library tells of.
        other => format!("{other:?}"),
    }
}

/// The line, and what is wrong there.
fn side_said(visit: &Visit<'_>, flaw: &Flaw) -> (u32, String) {
    let words = visit.words;
    match flaw {
        Flaw::Xml { line, .. } => (*line, words.get("desk-design-xml")),
        Flaw::Unsafe { line, what } => {
            (*line, words.with("desk-design-unsafe", &[("what", what.clone().into())]))
        }
        Flaw::Growth { line } => (*line, words.get("desk-design-growth")),
        Flaw::Attribute { line, name } => {
            (*line, words.with("desk-design-attribute", &[("name", name.clone().into())]))
        }
        Flaw::Outside { line } => (*line, words.get("desk-design-off")),
        Flaw::TooLarge => {
            let most = permit_card::Template::MOST / 1024;
            (1, words.with("desk-design-large", &[("most", most.into())]))
        }
        _ => (1, words.get("desk-design-root")),
    }
}

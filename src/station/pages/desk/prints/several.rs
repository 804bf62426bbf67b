//! Several cards at once: chosen from what is to be printed, laid on sheets with cut marks, and said to be printed.
//!
//! Where a card lies is the stylesheet's to say, in the places of [`permit_card::Sheet`], which draws the marks.

use askama::Template;
use axum::{
    http::{HeaderValue, StatusCode, header::CONTENT_TYPE},
    response::IntoResponse as _,
};
use permit_web::Form;

use super::{
    super::{
        super::{
            field::{Choice, Field, Kind},
            frame::{Frame, Sheet},
            visit::{Done, Trouble, Visit, go, html},
        },
        facts,
    },
    refused,
};
use crate::{
    card::designs,
    registry::Signed,
    rules::{Act, Application, ApplicationAct, Layout, State},
    site::Site,
};

#[derive(Debug, Template)]
#[template(path = "several.html")]
struct Sheets<'v> {
    f: Frame<'v>,
    layout: &'static str,
    /// The side outside and the one inside, as an address ends.
    sides: [&'static str; 2],
    /// Number and copy of each card.
    cards: Vec<(u32, u8)>,
    papers: Vec<Vec<u32>>,
    /// What is not printed, and why.
    refused: Vec<String>,
    checked: bool,
}

impl Layout {
    const fn path(self) -> &'static str {
        match self {
            Self::Card => "card",
            Self::Folded => "folded",
        }
    }

    const fn sides(self) -> [&'static str; 2] {
        match self {
            Self::Card => ["card-front.svg", "card-back.svg"],
            Self::Folded => ["folded-outside.svg", "folded-inside.svg"],
        }
    }

    /// Whoever draws it, a layout has its size.
    fn sheet(self) -> Result<permit_card::Sheet, Trouble> {
        let broken = || Trouble::Broken("desk-broken-card");
        let design = designs::read(self, designs::built_in(self)).map_err(|_| broken())?;
        permit_card::Sheet::a4(design.size()).ok_or_else(broken)
    }
}

/// What is to be printed, to choose from; the sheets; and that they were printed.
pub(in super::super::super) async fn page(visit: &Visit<'_>, form: &Form) -> Done {
    let mut site = visit.site().await?;
    if visit.posts && form.one("do") == "printed" {
        return printed(visit, &mut site, form).await;
    }
    let waiting = |it: &&Application| it.stored() == State::Issued;
    let chosen: Vec<u32> = form.all("application").filter_map(|it| it.parse().ok()).collect();
    let layout = match form.one("layout") {
        "folded" => Layout::Folded,
        _ => Layout::Card,
    };
    let all: Vec<&Application> = site.registry.desk().applications().filter(waiting).collect();
    if visit.posts && all.iter().any(|it| chosen.contains(&it.number)) {
        let numbers = all.iter().map(|it| it.number).filter(|it| chosen.contains(it));
        return sheets(visit, &site, numbers.take(MOST).collect(), layout);
    }
    let choices = all.iter().take(MOST).map(|it| {
        let name = it.particulars.as_ref().map(facts::names).unwrap_or_default();
        let id = it.permit.map(|permit| permit.id.to_string()).unwrap_or_default();
        Choice::new(&it.number.to_string(), format!("{} · {name} · {id}", it.number), !visit.posts)
    });
    let layouts =
        [("card", "print-card", Layout::Card), ("folded", "print-folded", Layout::Folded)];
    let layouts = layouts.map(|(value, id, it)| Choice::new(value, visit.t(id), it == layout));
    let frame = Frame::new(visit, &site, visit.t("desk-several"));
    let mut sheet = Sheet::new(frame, "/queues/to-print".to_owned());
    sheet.lead.push(visit.t(if all.is_empty() { "desk-none" } else { "desk-several-lead" }));
    if !all.is_empty() {
        let wrong = if visit.posts { visit.t("row-missing") } else { String::new() };
        sheet = sheet.fields(vec![
            Field::text("layout", visit.t("desk-several-layout"), "")
                .of(Kind::One(layouts.into()))
                .wide(),
            Field::text("application", visit.t("desk-queue-to-print"), "")
                .of(Kind::Any(choices.collect()))
                .wrong(wrong)
                .wide(),
        ]);
        sheet.buttons.push(("look", visit.t("desk-several-look")));
    }
    html(StatusCode::OK, sheet.render())
}

/// The sheets: cards whose every character some font has.
fn sheets(visit: &Visit<'_>, site: &Site, numbers: Vec<u32>, layout: Layout) -> Done {
    let (mut cards, mut stopped) = (Vec::new(), Vec::new());
    for number in numbers {
        let signed: Signed = site.signed(number)?;
        let why = refused(visit, site, (number, &signed))?;
        if why.is_empty() {
            cards.push((number, signed.permit.id.copy));
        }
        stopped.extend(why.into_iter().map(|why| format!("{number} · {why}")));
    }
    let places = layout.sheet()?.fronts().len().max(1);
    let numbers: Vec<u32> = cards.iter().map(|(number, _)| *number).collect();
    let page = Sheets {
        f: Frame::new(visit, site, visit.t("desk-several")),
        layout: layout.path(),
        sides: layout.sides(),
        papers: numbers.chunks(places).map(<[u32]>::to_vec).collect(),
        cards,
        refused: stopped,
        checked: visit.pages.fonts().is_ok(),
    };
    html(StatusCode::OK, page.render())
}

/// They are printed: each by its number and copy, as they stood on the sheets.
async fn printed(visit: &Visit<'_>, site: &mut Site, form: &Form) -> Done {
    let at = site.now();
    for card in form.all("card") {
        let parts = card
            .split_once(' ')
            .and_then(|(number, copy)| Some((number.parse().ok()?, copy.parse().ok()?)));
        let (number, copy) = parts.ok_or(Trouble::NotAForm)?;
        let act = Act::Application(number, ApplicationAct::Print(copy));
        site.registry.act(visit.by, at, act).await?;
    }
    Ok(go("/queues/to-read-back"))
}

/// Where the sheets are cut.
pub(in super::super::super) fn marks(layout: Layout) -> Done {
    let sheet = layout.sheet()?;
    let (width, height) = sheet.size();
    let lines: String =
        sheet.marks().iter().map(|[a, b, c, d]| format!("M{a:.2} {b:.2}L{c:.2} {d:.2}")).collect();
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}mm\" height=\"{height}mm\" viewBox=\"0 0 {width} \
         {height}\"><path d=\"{lines}\" fill=\"none\" stroke=\"#000\" stroke-width=\".2\"/></svg>"
    );
    Ok(([(CONTENT_TYPE, HeaderValue::from_static("image/svg+xml"))], svg).into_response())
}

/// Cards of one job: chosen, five sheets of the small ones.
const MOST: usize = 40;

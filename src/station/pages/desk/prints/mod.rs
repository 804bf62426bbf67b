//! The card: looked at, printed, and read back before it is handed over.
//!
//! A character that no font has is shown and stops the print. The station signs one permit in one way, so that every look at a card shows the same bytes. What was read of a print
//! is recorded when it is this card's print, good or bad; another card's, or none that can be read, is said and not
//! recorded, and the print is looked at again.

pub(in super::super) mod portrait;
pub(in super::super) mod several;

use askama::Template;
use axum::{
    http::{HeaderValue, StatusCode, header::CONTENT_TYPE},
    response::IntoResponse as _,
};
use permit_card::{Assumed, Faces, Print, ReadBack, Refused};
use permit_core::{Envelope, Permit};
use permit_symbol::Symbol;
use permit_web::{Form, Handed};
use permit_words::Card;

use super::{
    super::{
        field::{Field, Kind},
        frame::{Camera, Frame},
        visit::{Done, Trouble, Visit, html},
        ways::{SIDES, Side},
    },
    acts, facts,
};
use crate::{
    designs,
    registry::Signed,
    rules::{ApplicationAct, Layout, State, Step},
    site::Site,
};

#[derive(Debug, Template)]
#[template(path = "print.html")]
struct Sides<'v> {
    f: Frame<'v>,
    number: u32,
    id: String,
    /// Whether it is still to be said that it was printed.
    fresh: bool,
    /// Why it is not printed.
    refused: Vec<String>,
    /// Whether the machine's fonts were asked.
    checked: bool,
    /// What is said of a portrait in the code, where there is one.
    in_code: Option<String>,
    sides: [&'static str; 4],
}

/// What was read of a picture.
enum Seen {
    Grade(u8),
    Said(&'static str, String),
}

/// The four sides on one page, to be printed; and that they were.
pub(super) async fn print(visit: &Visit<'_>, form: &Form) -> Done {
    let mut site = visit.site().await?;
    let signed = site.signed(visit.number)?;
    let refused = refused(visit, &site, (visit.number, &signed))?;
    if visit.posts && form.one("do") == "printed" && refused.is_empty() {
        let copy = signed.permit.id.copy;
        return acts::done(visit, &mut site, ApplicationAct::Print(copy)).await;
    }
    let state = site.registry.desk().application(visit.number).map(|it| it.stored());
    let status = if refused.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = Sides {
        f: Frame::new(visit, &site, visit.t("desk-step-print")),
        number: visit.number,
        id: signed.permit.id.to_string(),
        fresh: state == Some(State::Issued) && refused.is_empty(),
        refused,
        checked: visit.pages.fonts().is_ok(),
        in_code: signed.permit.options.portrait.map(|portrait| {
            visit.words.with("desk-portrait-code-bytes", &[("bytes", portrait.len().into())])
        }),
        sides: SIDES.map(|(name, _)| name),
    };
    html(status, page.render())
}

/// Why a card is not printed: characters that no font here has.
pub(super) fn refused(
    visit: &Visit<'_>,
    site: &Site,
    (number, signed): (u32, &Signed),
) -> Result<Vec<String>, Trouble> {
    let mut said = Vec::new();
    let Ok(fonts) = visit.pages.fonts() else { return Ok(said) };
    for side in [Side::Front, Side::Inside] {
        let Err(refused) = drawn(site, (number, signed), side, fonts)? else { continue };
        for why in refused {
            let Refused::Glyph { c, .. } = why else {
                return Err(Trouble::Broken("desk-broken-card"));
            };
            let code = format!("U+{:04X}", u32::from(c));
            let values = [("c", c.to_string().into()), ("code", code.into())];
            said.push(visit.words.with("desk-print-glyph", &values));
        }
    }
    said.dedup();
    Ok(said)
}

/// One side of a card.
pub(in super::super) async fn card(visit: &Visit<'_>, side: Side) -> Done {
    let site = visit.site().await?;
    let signed = site.signed(visit.number)?;
    // A browser at another seat may have other fonts than this machine.
    let svg = drawn(&site, (visit.number, &signed), side, &Assumed)?;
    let svg = svg.map_err(|_| Trouble::Broken("desk-broken-card"))?;
    let kind = HeaderValue::from_static("image/svg+xml");
    Ok(([(CONTENT_TYPE, kind)], svg).into_response())
}

/// One side as SVG, or why it is not drawn.
fn drawn(
    site: &Site,
    (number, signed): (u32, &Signed),
    side: Side,
    faces: &dyn Faces,
) -> Result<Result<String, Vec<Refused>>, Trouble> {
    let broken = || Trouble::Broken("desk-broken-card");
    let mut held = site.lists()?;
    let trust = held.open().map_err(|_| Trouble::Broken("desk-broken-key"))?;
    let issuer = site.issuer(&trust)?;
    let symbol = Symbol::new(signed.text.as_str()).map_err(|_| broken())?;
    let portrait = site.portrait(number)?;
    let print = Print {
        permit: &signed.permit,
        symbol: &symbol,
        zone: issuer.zone(),
        station: issuer.station().names,
        portrait: portrait.as_ref().map(|it| it.card.as_slice()),
        demo: issuer.is_demo(),
    };
    let layout = match side {
        Side::Outside | Side::Inside => Layout::Folded,
        Side::Front | Side::Back => Layout::Card,
    };
    let sources = site.design(layout).map_err(|_| Trouble::Broken("desk-broken-design"))?;
    let sources = sources.each_ref().map(String::as_str);
    let sides =
        designs::read(layout, sources).map_err(|_| broken())?.draw(&print, &Card::new(), faces);
    Ok(sides.map(|sides| match side {
        Side::Outside | Side::Front => sides.front,
        Side::Inside | Side::Back => sides.back,
    }))
}

/// A picture of the print is handed in and held against what was to be printed.
pub(super) async fn read_back(visit: &Visit<'_>, handed: Handed) -> Done {
    let text = {
        let site = visit.site().await?;
        acts::offered(visit, &site, Step::ReadBack)?;
        site.signed(visit.number)?.text
    };
    let mut wrong = String::new();
    if visit.posts {
        let read = move || seen(handed.file, text.as_str());
        let seen = tokio::task::spawn_blocking(read).await;
        match seen.unwrap_or_else(|_| Seen::Said("desk-read-unread", String::new())) {
            Seen::Grade(grade) => {
                let mut site = visit.site().await?;
                let copy = site.signed(visit.number)?.permit.id.copy;
                let act = ApplicationAct::ReadBack { copy, grade, right: true };
                return acts::done(visit, &mut site, act).await;
            }
            Seen::Said(id, other) => wrong = visit.words.with(id, &[("id", other.into())]),
        }
    }
    let site = visit.site().await?;
    let mut sheet = acts::sheet(visit, &site, Step::ReadBack);
    let application = site.registry.desk().application(visit.number).ok_or(Trouble::Nowhere)?;
    sheet.lead.push(visit.t("desk-read-lead"));
    sheet.facts = facts::all(visit, application).into_iter().take(3).collect();
    let shown = application.permit.is_some_and(|permit| permit.portrait.is_some());
    sheet.portrait = shown.then(|| format!("/applications/{}/portrait.webp", visit.number));
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let field = Field::text("picture", visit.t("desk-read-picture"), "");
    let field = field.of(Kind::File("image/*")).hint(visit.t("desk-read-hint")).wrong(wrong).wide();
    sheet = sheet.fields(vec![field]);
    sheet.buttons.push(("read", visit.t("desk-step-read-back")));
    sheet = sheet.seen_by(Camera::Card, visit);
    html(status, sheet.render())
}

/// Looks at a picture: heavy work, off the thread that answers.
fn seen(file: Vec<u8>, text: &str) -> Seen {
    let said = |id| Seen::Said(id, String::new());
    let Ok(picture) = permit_symbol::load::picture(file) else {
        return said("desk-read-no-picture");
    };
    let Ok(symbol) = Symbol::new(text) else { return said("desk-broken-card") };
    match ReadBack::of(picture.as_grey(), &[symbol], 0) {
        ReadBack::Printed(printed) => Seen::Grade(printed.grade().points()),
        ReadBack::Several { .. } => said("desk-read-several"),
        // Whose it is, so that two cards that were mixed up find back.
        ReadBack::Foreign => permit_symbol::read(picture.as_grey())
            .first()
            .and_then(|code| Envelope::open(&code.bytes).ok())
            .and_then(|envelope| Permit::decode(envelope.payload()).ok())
            .map_or(said("desk-read-foreign"), |other| {
                Seen::Said("desk-read-other", other.id.to_string())
            }),
        _ => said("desk-read-unread"),
    }
}

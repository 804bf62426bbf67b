//! The card: looked at, printed, and read back before it is handed over.
//!
//! A character that no font has is shown and stops the print. The station signs one permit in one way, so that every look
//! at a card shows the same bytes. What was read of a print is recorded when it is this card's print, good or bad; another
//! card's, or none that can be read, is said and not recorded, and the print is looked at again.

pub(in super::super) mod portrait;
pub(in super::super) mod several;

use askama::Template;
use axum::{
    http::{HeaderValue, StatusCode, header::CONTENT_TYPE},
    response::IntoResponse as _,
};
use permit_card::Assumed;
use permit_web::{Form, Handed};

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
    card::{self, NotDrawn, Seen},
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

/// Why a card is not printed: characters that no font here has, a code that is too fine for the design.
pub(super) fn refused(
    visit: &Visit<'_>,
    site: &Site,
    (number, signed): (u32, &Signed),
) -> Result<Vec<String>, Trouble> {
    let mut said = Vec::new();
    let Ok(fonts) = visit.pages.fonts() else { return Ok(said) };
    for layout in Layout::ALL {
        match card::draw(site, (number, signed), layout, fonts) {
            Ok(_) => {}
            Err(NotDrawn::Refused(all)) => {
                for why in all {
                    let why = card::said(&why, visit.words);
                    said.push(why.ok_or(Trouble::Broken("desk-broken-card"))?);
                }
            }
            Err(other) => return Err(other.into()),
        }
    }
    said.dedup();
    Ok(said)
}

/// One side of a card.
pub(in super::super) async fn card(visit: &Visit<'_>, side: Side) -> Done {
    let site = visit.site().await?;
    let signed = site.signed(visit.number)?;
    let layout = match side {
        Side::Outside | Side::Inside => Layout::Folded,
        Side::Front | Side::Back => Layout::Card,
    };
    // A browser at another seat may have other fonts than this machine.
    let drawn = card::draw(&site, (visit.number, &signed), layout, &Assumed)?;
    let svg = match side {
        Side::Outside | Side::Front => drawn.sides.front,
        Side::Inside | Side::Back => drawn.sides.back,
    };
    let kind = HeaderValue::from_static("image/svg+xml");
    Ok(([(CONTENT_TYPE, kind)], svg).into_response())
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
        let read = move || card::look(handed.file, text.as_str());
        let seen = tokio::task::spawn_blocking(read).await;
        match seen.unwrap_or_else(|_| Seen::Not("desk-read-unread", String::new())) {
            Seen::Grade(grade) => {
                let mut site = visit.site().await?;
                let copy = site.signed(visit.number)?.permit.id.copy;
                let act = ApplicationAct::ReadBack { copy, grade, right: true };
                return acts::done(visit, &mut site, act).await;
            }
            Seen::Not(id, other) => wrong = visit.words.with(id, &[("id", other.into())]),
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

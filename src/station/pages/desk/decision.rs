//! What an applicant is told of a refusal or a revocation, in the applicant's language, to be printed (R26).

use askama::Template;
use axum::http::StatusCode;
use permit_words::{Lang, Words};

use super::{
    super::{
        frame::Frame,
        visit::{Done, Trouble, Visit, html},
    },
    facts,
};
use crate::{
    rules::{Denied, Grounds, Language, State},
    said,
};

#[derive(Debug, Template)]
#[template(path = "decision.html")]
struct Decision<'v> {
    f: Frame<'v>,
    /// The applicant's.
    lang: &'static str,
    title: String,
    number: u32,
    name: String,
    day: String,
    station: String,
    says: Vec<String>,
    grounds: Vec<(String, String)>,
}

/// The notice.
pub(in super::super) async fn page(visit: &Visit<'_>) -> Done {
    let site = visit.site().await?;
    let application = site.registry.desk().application(visit.number).ok_or(Trouble::Nowhere)?;
    let state = application.state(site.today());
    let (standing, id) = match state {
        State::Refused => (&application.refusal, "desk-decision-refused"),
        State::Revoked => (&application.revocation, "desk-decision-revoked"),
        other => return Err(Denied::State(other).into()),
    };
    let (grounds, _) = standing.as_ref().ok_or(Denied::State(state))?;
    let lang = match application.language {
        Language::Zh => Lang::Zh,
        Language::Ko => Lang::Ko,
        Language::En => Lang::En,
    };
    let (words, places) = (visit.pages.words(lang), &visit.pages.places);
    let permit = application.permit.map(|permit| permit.id.to_string());
    let offset = site.registry.desk().office().founding().offset;
    let page = Decision {
        f: Frame::new(visit, &site, visit.t("desk-decision")),
        lang: lang.tag(),
        title: words.get("desk-decision"),
        number: visit.number,
        name: application.particulars.as_ref().map(facts::names).unwrap_or_default(),
        day: application.since.day(offset).to_string(),
        station: places.station(visit.pages.station, lang),
        says: vec![words.with(id, &[("id", permit.unwrap_or_default().into())])],
        grounds: told(grounds, words, &places.station(grounds.station, lang)),
    };
    html(StatusCode::OK, page.render())
}

fn told(grounds: &Grounds, words: &Words, station: &str) -> Vec<(String, String)> {
    vec![
        (words.get("desk-grounds-ground"), said::ground(grounds.ground, words)),
        (words.get("desk-grounds-words"), grounds.words.clone()),
        (words.get("desk-grounds-deadline"), grounds.deadline.to_string()),
        (words.get("desk-grounds-station"), format!("{} {station}", grounds.station)),
    ]
}

//! What a person is told of a refusal or a revocation, in the person's language, to be printed (R26).

use askama::Template;
use axum::http::StatusCode;
use permit_core::UnixTime;
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
    site::Site,
};

#[derive(Debug, Template)]
#[template(path = "decision.html")]
struct Decision<'v> {
    f: Frame<'v>,
    back: String,
    /// The person's.
    lang: &'static str,
    title: String,
    number: u32,
    name: String,
    day: String,
    station: String,
    says: String,
    grounds: Vec<(String, String)>,
}

/// What a notice is about.
pub(super) struct About {
    pub(super) back: String,
    pub(super) number: u32,
    pub(super) name: String,
    pub(super) language: Language,
    pub(super) since: UnixTime,
    /// What was decided, in the person's language.
    pub(super) says: String,
}

/// The notice about an application.
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
    let permit = application.permit.map(|permit| permit.id.to_string());
    let words = visit.pages.words(lang(application.language));
    let about = About {
        back: format!("/applications/{}", visit.number),
        number: visit.number,
        name: application.particulars.as_ref().map(facts::names).unwrap_or_default(),
        language: application.language,
        since: application.since,
        says: words.with(id, &[("id", permit.unwrap_or_default().into())]),
    };
    notice(visit, &site, about, grounds)
}

/// A notice.
pub(super) fn notice(visit: &Visit<'_>, site: &Site, about: About, grounds: &Grounds) -> Done {
    let lang = lang(about.language);
    let (words, places) = (visit.pages.words(lang), visit.pages.places());
    let offset = site.registry.desk().office().founding().offset;
    let page = Decision {
        f: Frame::new(visit, site, visit.t("desk-decision")),
        back: about.back,
        lang: lang.tag(),
        title: words.get("desk-decision"),
        number: about.number,
        name: about.name,
        day: about.since.day(offset).to_string(),
        station: places.station(visit.pages.station, lang),
        says: about.says,
        grounds: told(grounds, words, &places.station(grounds.station, lang)),
    };
    html(StatusCode::OK, page.render())
}

/// The language a person is written to in, as the words have it.
pub(super) const fn lang(language: Language) -> Lang {
    match language {
        Language::Zh => Lang::Zh,
        Language::Ko => Lang::Ko,
        Language::En => Lang::En,
    }
}

fn told(grounds: &Grounds, words: &Words, station: &str) -> Vec<(String, String)> {
    vec![
        (words.get("desk-grounds-ground"), said::ground(grounds.ground, words)),
        (words.get("desk-grounds-words"), grounds.words.clone()),
        (words.get("desk-grounds-deadline"), grounds.deadline.to_string()),
        (words.get("desk-grounds-station"), format!("{} {station}", grounds.station)),
    ]
}

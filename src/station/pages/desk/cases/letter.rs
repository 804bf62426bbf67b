//! What a case gives its person on paper: the authorisation, which bears no code, or the notice of a refusal.

use askama::Template;
use axum::http::StatusCode;
use permit_words::Lang;

use super::{
    super::{
        super::{
            frame::Frame,
            visit::{Done, Visit, html},
        },
        decision,
    },
    case, names, not_now,
};
use crate::{
    rules::{Case, CaseKind, CaseState},
    said,
};

#[derive(Debug, Template)]
#[template(path = "authorisation.html")]
struct Authorisation<'v> {
    f: Frame<'v>,
    number: u32,
    name: String,
    /// The same in the person's language and in those of both sides.
    said: Vec<Told>,
}

#[derive(Debug)]
struct Told {
    lang: &'static str,
    title: String,
    station: String,
    /// What the person may do.
    may: String,
    facts: Vec<(String, String)>,
    no_permit: String,
    hand: String,
}

/// Which paper a case has now: what its address ends with, and what it is called.
pub(super) fn of(case: &Case) -> Option<(&'static str, &'static str)> {
    match case.state {
        CaseState::Approved | CaseState::Authorised => Some(("authorisation", "desk-case-print")),
        CaseState::Refused => Some(("decision", "desk-decision")),
        _ => None,
    }
}

/// The authorisation, to be printed.
pub(in super::super::super) async fn authorisation(visit: &Visit<'_>) -> Done {
    let site = visit.site().await?;
    let case = case(visit, &site)?;
    let approved = match (&case.approved, case.state) {
        (Some(given), CaseState::Approved | CaseState::Authorised) => given.at,
        _ => return Err(not_now(case)),
    };
    let offset = site.registry.desk().office().founding().offset;
    let day = approved.day(offset).to_string();
    let own = decision::lang(case.language);
    let mut langs = vec![own];
    langs.extend([Lang::Zh, Lang::Ko].into_iter().filter(|it| *it != own));
    let page = Authorisation {
        f: Frame::new(visit, &site, visit.t("desk-case-print")),
        number: case.number,
        name: names(&case.person),
        said: langs.into_iter().map(|lang| told(visit, case, lang, &day)).collect(),
    };
    html(StatusCode::OK, page.render())
}

fn told(visit: &Visit<'_>, case: &Case, lang: Lang, day: &str) -> Told {
    let (words, places) = (visit.pages.words(lang), visit.pages.places());
    let person = &case.person;
    let mut facts = vec![(words.get("card-birth"), said::birth(person.birth))];
    facts.extend(person.region.map(|it| (words.get("card-home"), places.region(it, lang))));
    facts.push((words.get("authorisation-people"), person.people.to_string()));
    facts.push((words.get("authorisation-case"), case.number.to_string()));
    facts.extend(case.basis.clone().map(|it| (words.get("desk-case-basis"), it)));
    facts.push((words.get("authorisation-approved"), day.to_owned()));
    Told {
        lang: lang.tag(),
        title: words.get("authorisation"),
        station: places.station(visit.pages.station, lang),
        may: words.get(match case.kind {
            CaseKind::Resettlement => "authorisation-resettlement",
            CaseKind::Return => "authorisation-return",
            CaseKind::ArmyFamily => "authorisation-army-family",
        }),
        facts,
        no_permit: words.get("authorisation-no-permit"),
        hand: words.get("authorisation-hand"),
    }
}

/// The notice of a refusal, in the person's language.
pub(in super::super::super) async fn refusal(visit: &Visit<'_>) -> Done {
    let site = visit.site().await?;
    let case = case(visit, &site)?;
    let (Some((grounds, _)), CaseState::Refused) = (&case.refusal, case.state) else {
        return Err(not_now(case));
    };
    let words = visit.pages.words(decision::lang(case.language));
    let about = decision::About {
        back: format!("/cases/{}", case.number),
        number: case.number,
        name: names(&case.person),
        language: case.language,
        since: case.since,
        says: words.get("authorisation-refused"),
    };
    decision::notice(visit, &site, about, grounds)
}

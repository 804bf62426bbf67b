//! What an application says, as it is shown to be looked at.

use permit_core::UnixTime;
use permit_words::{Value, Words};

use super::super::visit::Visit;
use crate::{
    rules::{Application, Language, Origin, Particulars, State},
    said,
};

/// Name in both scripts, the native one first.
pub(super) fn names(content: &Particulars) -> String {
    let native = content.native.iter().map(String::as_str);
    native.chain([content.latin.as_str()]).collect::<Vec<_>>().join(" ")
}

/// Day and time at the desk.
pub(super) fn time(at: UnixTime, offset: i16) -> String {
    let minute = at.minute(offset);
    format!("{} {:02}:{:02}", at.day(offset), minute / 60, minute % 60)
}

/// What is asked for: names and values, but the person's name.
pub(super) fn content(visit: &Visit<'_>, content: &Particulars) -> Vec<(String, String)> {
    let (words, lang, places) = (visit.words, visit.words.lang(), visit.pages.places());
    let nation = permit_words::country(content.nationality, lang);
    let nation = nation.map_or_else(|| content.nationality.to_string(), str::to_owned);
    let days = |days: u16| words.with("card-days", &[("days", days.into())]);
    let from = content.from.map_or_else(|| words.get("desk-day-of-issue"), |day| day.to_string());
    let mut facts = vec![
        (words.get("card-birth"), said::birth(content.birth)),
        (words.get("card-nationality"), nation),
        (words.get("card-home"), places.region(content.region, lang)),
        (words.get("card-valid-from"), from),
        (words.get("desk-days"), days(content.days)),
        (
            words.get("card-entries"),
            content.entries.map_or_else(|| words.get("card-unlimited"), |n| n.to_string()),
        ),
    ];
    let crossings: Vec<String> = places
        .crossings(lang)
        .into_iter()
        .filter(|(number, _)| content.crossings.contains(number))
        .map(|(_, name)| name)
        .collect();
    let every = || words.get("card-every-crossing");
    let crossings = if crossings.is_empty() { every() } else { crossings.join(" · ") };
    facts.push((words.get("card-crossings"), crossings));
    facts.extend(content.stay.map(|stay| (words.get("card-stay"), days(stay))));
    facts.extend(content.children.map(|n| (words.get("card-children"), n.to_string())));
    facts.extend(content.commune.clone().map(|it| (words.get("desk-commune"), it)));
    facts.extend(content.document.clone().map(|it| (words.get("card-document"), it)));
    facts
}

/// The papers seen: what, from whom, dated.
pub(super) fn papers(visit: &Visit<'_>, application: &Application) -> Vec<(String, String)> {
    let line = |(paper, ..): &(crate::rules::Paper, u16, UnixTime)| {
        let value = format!("{} · {}", permit_words::clean(&paper.issuer), paper.dated);
        (said::paper(paper.kind, visit.words), value)
    };
    application.papers.iter().map(line).collect()
}

/// Everything that is decided about: class, name, content, papers, and what it begins from.
pub(super) fn all(visit: &Visit<'_>, application: &Application) -> Vec<(String, String)> {
    let words = visit.words;
    let mut facts = vec![(words.get("desk-class"), said::class(application.class, words))];
    if let Some(content) = &application.particulars {
        facts.push((words.get("card-name"), names(content)));
        facts.extend(self::content(visit, content));
    }
    facts.extend(papers(visit, application));
    match application.origin {
        Origin::New => {}
        Origin::Renewal(id) => facts.push((words.get("desk-renews"), id.to_string())),
        Origin::Correction(id) => facts.push((words.get("desk-corrects"), id.to_string())),
    }
    facts
}

/// What a state looks like.
pub(super) const fn mark(state: State) -> &'static str {
    match state {
        State::Approved | State::ReadBack | State::HandedOver | State::Active => "good",
        State::Incomplete
        | State::RefusalProposed
        | State::RevocationProposed
        | State::Lost
        | State::Expired => "warn",
        State::Refused | State::Revoked => "bad",
        _ => "",
    }
}

/// What a language calls itself.
pub(super) fn language(language: Language) -> &'static str {
    match language {
        Language::Zh => "中文",
        Language::Ko => "한국어",
        Language::En => "English",
    }
}

/// A digest as it is compared by eye: eight groups of eight.
pub(super) fn hex(digest: &[u8]) -> String {
    let groups = digest
        .chunks(4)
        .map(|group| group.iter().map(|byte| format!("{byte:02x}")).collect::<String>());
    groups.collect::<Vec<_>>().join(" ")
}

/// An officer's number and name.
pub(super) fn officer(site: &crate::site::Site, number: u16, words: &Words) -> String {
    let mut officers = site.registry.desk().office().officers();
    let name = officers.find(|it| it.number == number).map_or("", |it| it.latin.as_str());
    words.with(
        "desk-officer",
        &[("number", Value::Spoken(number.to_string())), ("name", name.into())],
    )
}

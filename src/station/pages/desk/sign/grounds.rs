//! The grounds of a proposal to refuse or to revoke: asked for, held against the rules, shown.

use askama::Template;
use axum::http::StatusCode;
use permit_signing::{draft::Date, permit::iso};
use permit_web::Form;
use permit_words::Value;

use super::super::{
    super::{
        field::{Choice, Field, Kind},
        frame::Sheet,
        visit::{Done, Visit, html},
    },
    facts,
    paper::lines,
};
use crate::{
    rules::{Denied, Ground, Grounds, Language},
    said,
    site::Site,
};

/// Asks for the grounds of a proposal.
pub(in super::super) fn ask<'v>(
    visit: &'v Visit<'_>,
    site: &Site,
    sheet: Sheet<'v>,
    (grounds, language): (&[Ground], Language),
    (form, errors): (&Form, Vec<(&'static str, String)>),
) -> Done {
    let wrong = |name| {
        let found = errors.iter().find(|(have, _)| *have == name);
        found.map_or_else(String::new, |(_, said)| said.clone())
    };
    let offered = GROUNDS.into_iter().filter(|(_, ground)| grounds.contains(ground));
    let grounds = offered.map(|(value, ground)| {
        Choice::new(value, said::ground(ground, visit.words), form.one("ground") == value)
    });
    let others = visit.pages.places().other_stations(visit.pages.station, visit.words.lang());
    let others = others.into_iter().map(|(number, name)| {
        let number = number.to_string();
        Choice::new(&number, format!("{number} {name}"), form.one("station") == number)
    });
    let least = site.today().plus(LONG).to_string();
    let deadline = Some(form.one("deadline")).filter(|it| !it.is_empty()).unwrap_or(&least);
    let language = Value::Spoken(facts::language(language).to_owned());
    let hint = visit.words.with("desk-grounds-words-hint", &[("language", language)]);
    let mut sheet = sheet.fields(vec![
        Field::text("ground", visit.t("desk-grounds-ground"), "")
            .of(Kind::One(grounds.collect()))
            .wrong(wrong("ground"))
            .wide(),
        Field::text("words", visit.t("desk-grounds-words"), form.one("words"))
            .of(Kind::Lines)
            .hint(hint)
            .wrong(wrong("words"))
            .wide(),
        Field::text("deadline", visit.t("desk-grounds-deadline"), deadline)
            .hint(visit.t("desk-date-hint"))
            .wrong(wrong("deadline")),
        Field::text("station", visit.t("desk-grounds-station"), "")
            .of(Kind::List(others.collect()))
            .hint(visit.t("desk-grounds-station-hint"))
            .wrong(wrong("station")),
    ]);
    sheet.lead.push(visit.t("desk-grounds-lead"));
    sheet.grave = false;
    sheet.buttons.push(("look", visit.t("desk-go-on")));
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    html(status, sheet.render())
}

/// Grounds as they were written, or what is wrong with them.
pub(in super::super) fn written(
    visit: &Visit<'_>,
    site: &Site,
    form: &Form,
) -> (Option<Grounds>, Vec<(&'static str, String)>) {
    let mut errors = Vec::new();
    let ground = GROUNDS.into_iter().find(|(value, _)| *value == form.one("ground"));
    if ground.is_none() {
        errors.push(("ground", visit.t("row-missing")));
    }
    let deadline = iso(form.one("deadline")).parse::<Date>().ok();
    if deadline.is_none() {
        errors.push(("deadline", visit.t("desk-why-date")));
    }
    let station = form.one("station").parse().ok();
    if station.is_none() {
        errors.push(("station", visit.t("row-missing")));
    }
    let (Some((_, ground)), Some(Date(deadline)), Some(station)) = (ground, deadline, station)
    else {
        return (None, errors);
    };
    let grounds = Grounds { ground, words: lines(form.one("words")), deadline, station };
    if let Err(denied) = grounds.check(&visit.moment(site)) {
        let field = match denied {
            Denied::TooSoon { .. } => "deadline",
            Denied::NotIndependent { .. } => "station",
            _ => "words",
        };
        errors.push((field, said::denied(&denied, visit.words)));
    }
    (Some(grounds), errors)
}

/// As they are shown, and printed.
pub(in super::super) fn shown(visit: &Visit<'_>, grounds: &Grounds) -> Vec<(String, String)> {
    let station = visit.pages.places().station(grounds.station, visit.words.lang());
    vec![
        (visit.t("desk-grounds-ground"), said::ground(grounds.ground, visit.words)),
        (visit.t("desk-grounds-words"), grounds.words.clone()),
        (visit.t("desk-grounds-deadline"), grounds.deadline.to_string()),
        (visit.t("desk-grounds-station"), format!("{} {station}", grounds.station)),
    ]
}

pub(super) fn hidden(grounds: &Grounds) -> Vec<(String, String)> {
    let ground = GROUNDS.into_iter().find(|(_, it)| *it == grounds.ground).map_or("", |it| it.0);
    [
        ("ground", ground.to_owned()),
        ("words", grounds.words.clone()),
        ("deadline", grounds.deadline.to_string()),
        ("station", grounds.station.to_string()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into()
}

/// What a form calls a ground.
const GROUNDS: [(&str, Ground); 7] = [
    ("not-resident", Ground::NotResident),
    ("no-class", Ground::NoClass),
    ("false-paper", Ground::FalsePaper),
    ("false-statement", Ground::FalseStatement),
    ("misuse", Ground::Misuse),
    ("mistake", Ground::Mistake),
    ("other", Ground::Other),
];
/// Days until the deadline that is suggested: chosen, twice the least.
const LONG: i32 = 30;

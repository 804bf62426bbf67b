//! In words, what COM(2011)47 asks of regimes of local border traffic: permits and refusals against the eligible population,
//! refusals and withdrawals by ground, length of stay.
//!
//! A number that no return gives is "not given", and never nothing.

use permit_record::Outcome;
use permit_report::{Section, ground, outcome};
use permit_words::{Places, Words};

use super::{
    Applications, Stay, Told, Usage,
    said::{bar, number, section},
    usage::short,
};

/// What stands in a region's row, each as it was done with applications.
const DONE: [Outcome; 5] =
    [Outcome::HandedIn, Outcome::Issued, Outcome::Refused, Outcome::Withdrawn, Outcome::Revoked];

fn of(told: &Usage, wanted: Outcome) -> Option<&Applications> {
    let id = short(outcome(wanted));
    told.applications.iter().find(|it| it.outcome == id)
}

/// A home region a row: who is eligible, what was done, and how many in a thousand got a permit or were refused.
pub(super) fn regions(told: &Usage, places: &Places<'_>, words: &Words) -> Section {
    let given = of(told, Outcome::HandedIn).map(|it| it.regions.as_slice()).unwrap_or_default();
    let mut all: Vec<u16> = given.iter().map(|it| it.0).chain(told.ungiven.clone()).collect();
    all.sort_unstable();
    let not_given = || words.get("headquarters-report-not-given");
    let rows = all.into_iter().map(|region| {
        let eligible = told.eligible.iter().find(|it| it.0 == region).map(|it| it.1);
        let name = match region {
            0 => words.get("headquarters-report-no-region"),
            _ => places.region(region, words),
        };
        // None where it is not given, else what is told.
        let done = |wanted| -> Option<Told> {
            Some(of(told, wanted)?.regions.iter().find(|it| it.0 == region)?.1)
        };
        let said = |it: Option<Told>| it.map_or_else(not_given, |it| number(it, words));
        let share = |wanted| match (done(wanted), eligible.filter(|it| *it > 0)) {
            (Some(Some(number)), Some(eligible)) => thousandth(number, eligible),
            (Some(None), Some(_)) => number(None, words),
            _ => not_given(),
        };
        let mut row = vec![name, eligible.map_or_else(not_given, |it| it.to_string())];
        row.extend(DONE.map(|it| said(done(it))));
        row.extend([Outcome::Issued, Outcome::Refused].map(share));
        row
    });
    let rows = rows.collect();
    let mut columns = vec!["headquarters-report-region", "headquarters-report-eligible"];
    columns.extend(DONE.map(outcome));
    columns.extend(["headquarters-report-issued-share", "headquarters-report-refused-share"]);
    section(words, "headquarters-report-by-region", &columns, rows, Vec::new())
}

/// So many of a thousand, with one decimal.
fn thousandth(number: u32, eligible: u32) -> String {
    let tenths = (u64::from(number) * 10_000 + u64::from(eligible) / 2) / u64::from(eligible);
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// A ground a row: refusals and revocations.
pub(super) fn grounds(told: &Usage, words: &Words) -> Section {
    let both = [Outcome::Refused, Outcome::Revoked];
    let each = both.map(|it| of(told, it).map(|it| it.grounds.as_slice()).unwrap_or_default());
    let mut bars = Vec::new();
    let returned = told.answers.iter().any(|it| it.made.is_some());
    let rows = each[0].iter().filter(|_| returned).map(|(at, refused)| {
        let name = words.get(ground(*at));
        bars.push(bar(name.clone(), *refused, words));
        let revoked = each[1].iter().find(|it| it.0 == *at);
        let revoked = revoked
            .map_or_else(|| words.get("headquarters-report-not-given"), |it| number(it.1, words));
        vec![name, number(*refused, words), revoked]
    });
    let rows = rows.collect();
    let columns = ["headquarters-report-ground", outcome(both[0]), outcome(both[1])];
    let section = section(words, "headquarters-report-by-ground", &columns, rows, bars);
    Section { empty: words.get("headquarters-report-no-returns"), ..section }
}

/// A class of stays a row.
pub(super) fn stays(told: &Usage, words: &Words) -> Section {
    let mut bars = Vec::new();
    let mut rows = Vec::new();
    if let Some(stays) = &told.passages.stays {
        for it in &stays.classes {
            bars.push(bar(stay(it, words), it.number, words));
            rows.push(vec![stay(it, words), number(it.number, words)]);
        }
        let unknown = words.get("headquarters-report-stay-unknown");
        rows.push(vec![unknown, number(stays.unknown, words)]);
        rows.push(vec![words.get("headquarters-report-all"), number(stays.all, words)]);
    }
    let columns = ["headquarters-report-stay", "headquarters-report-returns"];
    let section = section(words, "headquarters-report-stays", &columns, rows, bars);
    Section { empty: words.get("headquarters-report-stays-gone"), ..section }
}

fn stay(of: &Stay, words: &Words) -> String {
    let Some(through) = of.through else {
        let days = [("days", of.from.saturating_sub(1).into())];
        return words.with("headquarters-report-stay-longer", &days);
    };
    if of.from == through {
        return words.with("headquarters-report-stay-one", &[("days", through.into())]);
    }
    let days = [("from", of.from.into()), ("through", through.into())];
    words.with("headquarters-report-stay-days", &days)
}

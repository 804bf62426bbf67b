//! A situation in words, as every report is; and as JSON for programs.

use permit_core::UnixTime;
use permit_record::Raised;
use permit_report::{self as report, Report, Section};
use permit_words::Words;
use serde::Serialize;

use super::{Number, Situation};
use crate::{rules::Class, said};

/// A situation in words.
#[must_use]
pub fn report(of: &Situation, words: &Words) -> Report {
    let station = [("station", of.station.into())];
    let days = [("from", of.from.to_string().into()), ("through", of.through.to_string().into())];
    let tip: String = of.tip.iter().map(|byte| format!("{byte:02x}")).collect();
    let record = [("entries", of.sequence.into()), ("tip", tip.into())];
    Report {
        lang: words.lang(),
        demo: of.demo,
        title: words.with("situation-title", &station),
        block: Vec::new(),
        lines: vec![
            words.with("situation-made", &[("moment", moment(of.made).into())]),
            words.with("situation-days", &days),
            words.with("situation-record", &record),
        ],
        figures: Vec::new(),
        sections: vec![
            done(of, words),
            cases(of, words),
            raised("situation-issues", &of.issues, words),
            raised("situation-views", &of.views, words),
        ],
        notes: vec![words.get("situation-hidden")],
    }
}

/// A class a row, an outcome a column.
fn done(of: &Situation, words: &Words) -> Section {
    let outcomes = permit_record::Outcome::ALL.map(|it| words.get(report::outcome(it)));
    let columns = [words.get("situation-class")].into_iter().chain(outcomes).collect();
    let row = |class: Class| {
        let told = of.done.iter().filter(|(it, ..)| *it == class);
        let told = told.map(|(.., told)| number(*told, words));
        [said::class(class, words)].into_iter().chain(told).collect()
    };
    let title = words.get("situation-done");
    Section { title, columns, rows: Class::ALL.map(row).into(), ..Section::default() }
}

fn cases(of: &Situation, words: &Words) -> Section {
    let names = ["situation-kind", "situation-age", "situation-waits", "situation-number"];
    let rows = of.cases.iter().map(|(kind, age, waits, told)| {
        let ids = [report::kind(*kind as u8), report::age(*age), report::waits(*waits)];
        ids.map(|id| words.get(id)).into_iter().chain([number(*told, words)]).collect()
    });
    Section {
        title: words.get("situation-cases"),
        columns: names.map(|id| words.get(id)).into(),
        rows: rows.collect(),
        empty: words.get("situation-no-cases"),
        ..Section::default()
    }
}

fn raised(title: &str, list: &Option<Vec<Raised>>, words: &Words) -> Section {
    let names = ["situation-no", "situation-day", "situation-state", "situation-words"];
    let row = |it: &Raised| {
        let state = if it.open { "situation-open" } else { "situation-closed" };
        let said = it.words.clone().unwrap_or_else(|| words.get("situation-withheld"));
        vec![it.number.to_string(), it.day.to_string(), words.get(state), said]
    };
    let empty = match list {
        Some(_) => "situation-none",
        None => "situation-not-answered",
    };
    Section {
        title: words.get(title),
        columns: names.map(|id| words.get(id)).into(),
        rows: list.iter().flatten().map(row).collect(),
        empty: words.get(empty),
        ..Section::default()
    }
}

fn number(number: Number, words: &Words) -> String {
    match number {
        Number::Told(number) => number.to_string(),
        Number::Few => words.get("situation-few"),
    }
}

#[derive(Serialize)]
struct Json<'s> {
    station: u16,
    demo: bool,
    made: String,
    from: String,
    through: String,
    entries: u64,
    applications: Vec<Cell<'s>>,
    cases: Vec<Cell<'s>>,
    issues: Option<Vec<Said<'s>>>,
    views: Option<Vec<Said<'s>>>,
}

/// A number and what it is of; null: fewer than five, and not none.
#[derive(Serialize)]
struct Cell<'s> {
    of: Vec<&'s str>,
    number: Option<u32>,
}

#[derive(Serialize)]
struct Said<'s> {
    number: u32,
    day: String,
    open: bool,
    words: Option<&'s str>,
}

/// For programs: the ids of what is counted, in one language for all. `null` is a number that is hidden, of issues and
/// views "not answered".
///
/// # Errors
///
/// When it cannot be written into memory.
pub fn json(of: &Situation) -> Result<String, serde_json::Error> {
    let number = |number| match number {
        Number::Told(number) => Some(number),
        Number::Few => None,
    };
    let done = of.done.iter().map(|(class, outcome, told)| Cell {
        of: vec![class_id(*class), short(report::outcome(*outcome))],
        number: number(*told),
    });
    let cases = of.cases.iter().map(|(kind, age, waits, told)| Cell {
        of: vec![
            short(report::kind(*kind as u8)),
            short(report::age(*age)),
            short(report::waits(*waits)),
        ],
        number: number(*told),
    });
    fn said(it: &Raised) -> Said<'_> {
        let Raised { number, day, words, open } = it;
        Said { number: *number, day: day.to_string(), open: *open, words: words.as_deref() }
    }
    let json = Json {
        station: of.station,
        demo: of.demo,
        made: moment(of.made),
        from: of.from.to_string(),
        through: of.through.to_string(),
        entries: of.sequence,
        applications: done.collect(),
        cases: cases.collect(),
        issues: of.issues.as_ref().map(|list| list.iter().map(said).collect()),
        views: of.views.as_ref().map(|list| list.iter().map(said).collect()),
    };
    serde_json::to_string_pretty(&json).map(|text| text + "\n")
}

/// `1963-09-10T04:00:00Z`
fn moment(at: UnixTime) -> String {
    let (day, second) = (at.day(0), at.0.rem_euclid(86_400));
    format!("{day}T{:02}:{:02}:{:02}Z", second / 3600, second / 60 % 60, second % 60)
}

/// An id without the two words that stand before all of its kind.
fn short(id: &str) -> &str {
    id.splitn(3, '-').last().unwrap_or(id)
}

const fn class_id(class: Class) -> &'static str {
    match class {
        Class::Resident => "resident",
        Class::ForeignResident => "foreign-resident",
        Class::StateEmployee => "state-employee",
    }
}

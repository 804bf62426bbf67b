//! A situation in words: one set of sections, shown as text, as a page and as a table; and as JSON for programs.

use core::fmt::Write as _;

use askama::Template;
use permit_core::UnixTime;
use permit_record::{Age, Outcome, Raised, Waits};
use permit_words::{Words, clean};
use serde::Serialize;

use super::{Number, Situation};
use crate::{
    rules::{CaseKind, Class},
    said,
};

/// A part of a report: a title, names of columns, rows; or what is said in place of rows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Section {
    /// What it is about.
    pub title: String,
    /// Names of columns.
    pub columns: Vec<String>,
    /// Rows, a cell for each column.
    pub rows: Vec<Vec<String>>,
    /// Said where there are no rows.
    pub empty: String,
}

/// What stands above the sections: a title, and lines.
fn head(of: &Situation, words: &Words) -> (String, Vec<String>) {
    let station = [("station", of.station.into())];
    let title = words.with("situation-title", &station);
    let days = [("from", of.from.to_string().into()), ("through", of.through.to_string().into())];
    let tip: String = of.tip.iter().map(|byte| format!("{byte:02x}")).collect();
    let record = [("entries", of.sequence.into()), ("tip", tip.into())];
    let lines = vec![
        words.with("situation-made", &[("moment", moment(of.made).into())]),
        words.with("situation-days", &days),
        words.with("situation-record", &record),
    ];
    (title, lines)
}

/// The sections of a report.
#[must_use]
pub fn sections(of: &Situation, words: &Words) -> Vec<Section> {
    vec![
        done(of, words),
        cases(of, words),
        raised("situation-issues", &of.issues, words),
        raised("situation-views", &of.views, words),
    ]
}

/// A class a row, an outcome a column.
fn done(of: &Situation, words: &Words) -> Section {
    let outcomes = Outcome::ALL.map(|it| outcome(it, words));
    let columns = [words.get("situation-class")].into_iter().chain(outcomes).collect();
    let row = |class: Class| {
        let told = of.done.iter().filter(|(it, ..)| *it == class);
        let told = told.map(|(.., told)| number(*told, words));
        [said::class(class, words)].into_iter().chain(told).collect()
    };
    let title = words.get("situation-done");
    Section { title, columns, rows: Class::ALL.map(row).into(), empty: String::new() }
}

fn cases(of: &Situation, words: &Words) -> Section {
    let names = ["situation-kind", "situation-age", "situation-waits", "situation-number"];
    let rows = of.cases.iter().map(|(kind, age, waits, told)| {
        let kind = words.get(kind_id(*kind));
        vec![kind, words.get(age_id(*age)), words.get(waits_id(*waits)), number(*told, words)]
    });
    Section {
        title: words.get("situation-cases"),
        columns: names.map(|id| words.get(id)).into(),
        rows: rows.collect(),
        empty: words.get("situation-no-cases"),
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
    }
}

fn number(number: Number, words: &Words) -> String {
    match number {
        Number::Told(number) => number.to_string(),
        Number::Few => words.get("situation-few"),
    }
}

/// As text for a terminal: a line a number, so that it is read aloud well.
#[must_use]
pub fn text(of: &Situation, words: &Words) -> String {
    let (title, lines) = head(of, words);
    let mut out = String::new();
    if of.demo {
        let _ = writeln!(out, "DEMO · SPECIMEN");
    }
    let _ = writeln!(out, "{title}");
    lines.iter().for_each(|line| {
        let _ = writeln!(out, "{line}");
    });
    for section in sections(of, words) {
        let _ = writeln!(out, "\n{}", section.title);
        if section.rows.is_empty() {
            let _ = writeln!(out, "  {}", section.empty);
        }
        for row in &section.rows {
            let cells = section.columns.iter().zip(row).skip(1);
            let cells: Vec<String> = cells.map(|(name, cell)| format!("{name} {cell}")).collect();
            let first = row.first().map(String::as_str).unwrap_or_default();
            let _ = writeln!(out, "  {} · {}", clean(first), clean(&cells.join(" · ")));
        }
    }
    let _ = writeln!(out, "\n{}", words.get("situation-hidden"));
    out
}

/// As a table: what it is about, then the name of each cell and the cell; names of columns, rows.
#[must_use]
pub fn rows(of: &Situation, words: &Words) -> (Vec<String>, Vec<Vec<String>>) {
    let columns = ["situation-part", "situation-what", "situation-item", "situation-value"];
    let mut rows = Vec::new();
    for section in sections(of, words) {
        if section.rows.is_empty() {
            rows.push(vec![section.title.clone(), String::new(), String::new(), section.empty]);
        }
        for row in &section.rows {
            for (name, cell) in section.columns.iter().zip(row).skip(1) {
                let first = row.first().cloned().unwrap_or_default();
                rows.push(vec![section.title.clone(), first, name.clone(), cell.clone()]);
            }
        }
    }
    (columns.map(|id| words.get(id)).into(), rows)
}

#[derive(Debug, Template)]
#[template(path = "situation.html")]
struct Page<'p> {
    lang: &'static str,
    demo: bool,
    title: String,
    lines: Vec<String>,
    sections: &'p [Section],
    hidden: String,
}

/// As one file for a browser, which needs nothing else.
///
/// # Errors
///
/// When it cannot be written into memory.
pub fn html(of: &Situation, words: &Words) -> Result<String, askama::Error> {
    let (title, lines) = head(of, words);
    let (sections, hidden) = (&sections(of, words), words.get("situation-hidden"));
    let lang = words.lang().tag();
    Page { lang, demo: of.demo, title, lines, sections, hidden }.render()
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
        of: vec![class_id(*class), short(outcome_id(*outcome))],
        number: number(*told),
    });
    let cases = of.cases.iter().map(|(kind, age, waits, told)| Cell {
        of: vec![short(kind_id(*kind)), short(age_id(*age)), short(waits_id(*waits))],
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

fn outcome(outcome: Outcome, words: &Words) -> String {
    words.get(outcome_id(outcome))
}

const fn class_id(class: Class) -> &'static str {
    match class {
        Class::Resident => "resident",
        Class::ForeignResident => "foreign-resident",
        Class::StateEmployee => "state-employee",
    }
}

const fn outcome_id(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::HandedIn => "situation-outcome-handed-in",
        Outcome::Issued => "situation-outcome-issued",
        Outcome::Refused => "situation-outcome-refused",
        Outcome::Revoked => "situation-outcome-revoked",
        Outcome::Withdrawn => "situation-outcome-withdrawn",
        Outcome::HandedOver => "situation-outcome-handed-over",
        Outcome::Surrendered => "situation-outcome-surrendered",
        Outcome::Lost => "situation-outcome-lost",
        Outcome::Reprinted => "situation-outcome-reprinted",
        Outcome::Corrected => "situation-outcome-corrected",
    }
}

const fn kind_id(kind: CaseKind) -> &'static str {
    match kind {
        CaseKind::Resettlement => "situation-kind-resettlement",
        CaseKind::Return => "situation-kind-return",
        CaseKind::ArmyFamily => "situation-kind-army-family",
    }
}

const fn age_id(age: Age) -> &'static str {
    match age {
        Age::Week => "situation-age-7",
        Age::Fortnight => "situation-age-14",
        Age::Month => "situation-age-30",
        Age::Quarter => "situation-age-90",
        Age::Older => "situation-age-older",
    }
}

const fn waits_id(waits: Waits) -> &'static str {
    match waits {
        Waits::Decision => "situation-waits-decision",
        Waits::Checklist => "situation-waits-checklist",
        Waits::Obstacle => "situation-waits-obstacle",
        Waits::SecondOfficer => "situation-waits-second-officer",
        Waits::Authorisation => "situation-waits-authorisation",
        Waits::Departure => "situation-waits-departure",
    }
}

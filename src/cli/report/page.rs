//! What stands in the page before its script runs: the head, the sums, curves and tables.
//!
//! It words and counts; what a card looks like is in `page.js`, and every colour in `page.css`.

use std::collections::{BTreeMap, HashMap};
use std::io;

use askama::Template;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use permit_words::{Value, Words, clean};
use serde::Serialize;
use serde_json::json;

use super::{Card, Picture, Report, island};
use crate::curves;
use crate::manifest::NOT_READ;
use crate::verify::earlier::{Change, Place, Then};
use crate::verify::record::Outcome;
use crate::verify::tally::{Class, Tally};

/// The page.
#[derive(Template)]
#[template(path = "page.html")]
pub(super) struct Page {
    lang: &'static str,
    demo: bool,
    demo_word: String,
    demo_note: String,
    title: String,
    style: &'static str,
    style_hash: String,
    script: &'static str,
    script_hash: String,
    about: Vec<(String, String)>,
    tiles: Vec<Tile>,
    share: Vec<Part>,
    verdicts: String,
    chips: Vec<Chip>,
    tabs: Vec<Tab>,
    search: String,
    kind: String,
    kinds: Vec<(String, String)>,
    outcome: String,
    outcomes: Vec<(&'static str, String)>,
    expected: bool,
    sort: String,
    sorts: Vec<(&'static str, String)>,
    all: String,
    noscript: String,
    curves: Vec<String>,
    curves_note: String,
    columns: Vec<Head>,
    rows: Vec<Row>,
    table_note: String,
    table_corner: String,
    rises: Vec<String>,
    /// `None` where nothing was compared.
    changes: Option<Vec<Changed>>,
    changes_words: [String; 4],
    slowest: String,
    worn: String,
    privacy: String,
    data: String,
}

struct Tile {
    figure: String,
    name: String,
    bad: bool,
}

struct Part {
    class: &'static str,
    x: String,
    width: String,
}

struct Chip {
    class: &'static str,
    shape: char,
    name: String,
    count: usize,
}

/// A scan that is not as it was.
struct Changed {
    place: String,
    /// Which scan of this page it is now.
    number: Option<usize>,
    then: String,
    now: String,
}

struct Tab {
    id: &'static str,
    name: String,
}

#[derive(Clone)]
struct Head {
    code: String,
    name: String,
}

struct Row {
    head: Head,
    cells: Vec<Cell>,
}

struct Cell {
    class: &'static str,
    count: usize,
}

/// What the script reads.
#[derive(Serialize)]
struct Data<'a> {
    scans: &'a [Card],
    pictures: &'a [Picture],
    words: serde_json::Value,
}

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

impl Page {
    /// The page of a report.
    pub(super) fn new(
        report: &Report,
        tally: &Tally,
        changes: Option<&[Change]>,
        seconds: f64,
    ) -> io::Result<Self> {
        let words = &report.words;
        let word = |id| words.get(id);
        let (columns, rows) = confusion(report, tally);
        let all = tally.curves();
        let curves: Vec<String> = all.iter().map(|curve| curves::panel(curve, words)).collect();
        let rises = all.iter().filter_map(|curve| Some(curve.rise()?.says(curve, words)));
        let data =
            Data { scans: &report.scans, pictures: &report.pictures, words: script_words(words) };
        Ok(Self {
            lang: words.lang().tag(),
            demo: report.about.demo,
            demo_word: word("verdict-demo"),
            demo_note: word("verdict-demo.note"),
            title: word("report-title"),
            style: STYLE,
            style_hash: hash(STYLE),
            script: SCRIPT,
            script_hash: hash(SCRIPT),
            about: about(report),
            tiles: tiles(report, tally, seconds),
            share: share(tally),
            verdicts: word("report-verdicts"),
            chips: chips(tally, words),
            tabs: tabs(changes.is_some(), !curves.is_empty(), !rows.is_empty(), words),
            search: word("report-search"),
            kind: word("report-kind"),
            kinds: kinds(report),
            outcome: word("report-outcome"),
            outcomes: outcomes(words),
            expected: !tally.outcomes.is_empty(),
            sort: word("report-sort"),
            sorts: sorts(words),
            all: word("report-all"),
            noscript: word("report-noscript"),
            curves,
            curves_note: word("report-curves-note"),
            columns,
            rows,
            table_note: word("report-table-note"),
            table_corner: word("report-table-corner"),
            rises: rises.collect(),
            changes: changes.map(|changes| changed(report, changes)),
            changes_words: [
                "report-changes-note",
                "report-changes-then",
                "report-changes-now",
                "report-changes-none",
            ]
            .map(word),
            slowest: word("report-slowest"),
            worn: word("report-worn"),
            privacy: word("report-privacy"),
            data: island(&data)?,
        })
    }
}

/// The hash by which a content security policy knows an element.
fn hash(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(permit_core::sha256(&[text.as_bytes()])))
}

fn about(report: &Report) -> Vec<(String, String)> {
    let words = &report.words;
    let mut about = Vec::new();
    let mut add =
        |id, value: Option<String>| about.extend(value.map(|value| (words.get(id), value)));
    add("report-where", one(report.scans.iter().filter_map(|card| card.place.as_deref()), words));
    add("report-when", one(report.scans.iter().filter_map(|card| card.at.as_deref()), words));
    add("report-zone", Some(report.about.zone.to_string()));
    add("report-root", Some(report.about.root.chars().take(16).chain("…".chars()).collect()));
    about
}

/// The only value there is, or how many there are.
fn one<'a>(values: impl Iterator<Item = &'a str>, words: &Words) -> Option<String> {
    let mut all: Vec<&str> = values.collect();
    all.sort_unstable();
    all.dedup();
    match all[..] {
        [] => None,
        [one] => Some(one.to_owned()),
        _ => Some(words.with("report-several", &[("count", all.len().into())])),
    }
}

fn tiles(report: &Report, tally: &Tally, seconds: f64) -> Vec<Tile> {
    let words = &report.words;
    let tile = |id, figure: String| Tile { figure, name: words.get(id), bad: false };
    let mut tiles = vec![tile("report-scans", tally.scans.to_string())];
    let curves = tally.curves();
    let (read, count) = curves
        .iter()
        .fold((0, 0), |(read, count), curve| (read + curve.read(), count + curve.count()));
    if count > 0 {
        tiles.push(tile("report-read", format!("{:.1} %", 100.0 * real(read) / real(count))));
    }
    if !tally.outcomes.is_empty() {
        let wrong = tally
            .outcomes
            .iter()
            .filter(|(outcome, _)| outcome.differs())
            .map(|(_, count)| count)
            .sum::<usize>();
        tiles.push(tile("report-right", tally.of(Outcome::Right).to_string()));
        tiles.push(Tile { bad: wrong > 0, ..tile("report-wrong", wrong.to_string()) });
    }
    if let Some(median) = median(report) {
        tiles.push(tile("report-median", format!("{median:.1} ms")));
    }
    if seconds > 0.0 {
        tiles.push(tile("report-pace", format!("{:.0}", real(tally.scans) / seconds)));
    }
    tiles
}

/// The middle of the times of all pictures.
fn median(report: &Report) -> Option<f64> {
    let mut all: Vec<f64> =
        report.scans.iter().filter(|card| card.first).map(|card| card.ms.iter().sum()).collect();
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied()
}

/// The verdicts as parts of a thousand.
fn share(tally: &Tally) -> Vec<Part> {
    let mut x = 0.0;
    let all = real(tally.scans.max(1));
    let mut part = |(class, count): (&Class, &usize)| {
        let width = 1000.0 * real(*count) / all;
        let part = Part {
            class: class.name(),
            x: format!("{x:.2}"),
            width: format!("{:.2}", (width - 2.0).max(0.5)),
        };
        x += width;
        part
    };
    tally.classes.iter().map(&mut part).collect()
}

fn chips(tally: &Tally, words: &Words) -> Vec<Chip> {
    let chip = |(class, count): (&Class, &usize)| Chip {
        class: class.name(),
        shape: class.shape(),
        name: words.get(class.id()),
        count: *count,
    };
    tally.classes.iter().map(chip).collect()
}

/// What is not as it was in the earlier run.
fn changed(report: &Report, changes: &[Change]) -> Vec<Changed> {
    let said = |then: &Option<Then>| {
        then.as_ref().map_or_else(
            || report.words.get("verify-absent"),
            |then| clean(&format!("{} {}", then.code, then.reason)).into_owned(),
        )
    };
    let numbers: HashMap<&Place, usize> = report.places.iter().zip(0..).collect();
    let one = |change: &Change| Changed {
        place: clean(&change.named()).into_owned(),
        number: change.now.as_ref().and_then(|_| numbers.get(&change.place).copied()),
        then: said(&change.then),
        now: said(&change.now),
    };
    changes.iter().map(one).collect()
}

fn tabs(changes: bool, curves: bool, table: bool, words: &Words) -> Vec<Tab> {
    [
        (true, "pictures", "report-tab-pictures"),
        (changes, "changes", "report-tab-changes"),
        (curves, "curves", "report-tab-curves"),
        (table, "table", "report-tab-table"),
        (true, "extremes", "report-tab-extremes"),
    ]
    .into_iter()
    .filter(|(shown, ..)| *shown)
    .map(|(_, id, name)| Tab { id, name: words.get(name) })
    .collect()
}

fn kinds(report: &Report) -> Vec<(String, String)> {
    let pairs =
        report.scans.iter().filter_map(|card| Some((card.kind.clone()?, card.kind_name.clone()?)));
    pairs.collect::<BTreeMap<_, _>>().into_iter().collect()
}

fn outcomes(words: &Words) -> Vec<(&'static str, String)> {
    let mut all = vec![("differs", words.get("report-differs"))];
    all.extend(OUTCOMES.map(|(name, id)| (name, words.get(id))));
    all
}

fn sorts(words: &Words) -> Vec<(&'static str, String)> {
    [
        ("order", "report-sort-order"),
        ("slowest", "report-sort-slowest"),
        ("worn", "report-sort-worn"),
        ("code", "report-sort-code"),
        ("strength", "report-sort-strength"),
    ]
    .map(|(name, id)| (name, words.get(id)))
    .into()
}

const OUTCOMES: [(&str, &str); 5] = [
    ("right", "report-outcome-right"),
    ("missed", "report-outcome-missed"),
    ("lost", "report-outcome-lost"),
    ("wrong", "report-outcome-wrong"),
    ("misread", "report-outcome-misread"),
];

/// Expected codes against those that were got.
fn confusion(report: &Report, tally: &Tally) -> (Vec<Head>, Vec<Row>) {
    let head = |code: u8| {
        let id = format!("verdict-{code}");
        let name = if code == NOT_READ {
            report.words.get("verify-unread")
        } else {
            report.words.find(&id, &[]).unwrap_or_default()
        };
        Head { code: code.to_string(), name }
    };
    let mut columns: Vec<u8> = tally.confusion.keys().map(|(_, got)| *got).collect();
    columns.sort_unstable();
    columns.dedup();
    let mut rows: Vec<u8> = tally.confusion.keys().map(|(expected, _)| *expected).collect();
    rows.dedup();
    let cell = |expected: u8, got: u8| {
        let count = tally.confusion.get(&(expected, got)).copied().unwrap_or(0);
        let class = match (count, expected == got, got == NOT_READ) {
            (0, ..) => "zero",
            (_, true, _) => "hit",
            (_, _, true) => "miss",
            _ => "off",
        };
        Cell { class, count }
    };
    let row = |expected: u8| Row {
        head: head(expected),
        cells: columns.iter().map(|got| cell(expected, *got)).collect(),
    };
    (columns.iter().map(|code| head(*code)).collect(), rows.into_iter().map(row).collect())
}

/// The words the script says.
fn script_words(words: &Words) -> serde_json::Value {
    let word = |id| words.get(id);
    let mark = |id, names: [&str; 2]| {
        // The script puts its numbers in place of these marks, wherever a language has them.
        let marks: Vec<(&str, Value<'_>)> =
            names.into_iter().zip(["%a", "%b"]).map(|(name, mark)| (name, mark.into())).collect();
        words.with(id, &marks)
    };
    let stages = [
        "report-stage-found",
        "report-stage-decoded",
        "report-stage-text",
        "report-stage-envelope",
        "report-stage-signature",
        "report-stage-rules",
    ];
    let times = ["report-time-load", "report-time-read", "report-time-verify"];
    json!({
        "shown": mark("report-shown", ["shown", "count"]),
        "flag": mark("report-flag", ["expected", ""]),
        "none": word("report-none"),
        "next": word("verdict-next"),
        "also": word("verdict-also"),
        "notes": word("report-notes"),
        "stage": word("report-stage"),
        "stages": stages.map(word),
        "time": word("report-time"),
        "times": times.map(word),
        "facts": word("report-facts"),
        "file": word("report-file"),
        "where": word("report-where"),
        "permit": word("report-permit"),
        "names": word("report-names"),
        "text": word("report-text"),
        "kind": word("report-kind"),
        "symbol": word("report-code"),
        "wear": word("report-wear"),
        "evidence": word("report-evidence"),
        "expected": word("report-expected"),
        "outcomes": OUTCOMES.into_iter().map(|(name, id)| (name.to_owned(), json!(word(id)))).collect::<serde_json::Map<_, _>>(),
        "before": word("report-before"),
        "after": word("report-after"),
        "close": word("report-close"),
        "original": word("report-original"),
    })
}

#[expect(clippy::cast_precision_loss, reason = "numbers of pictures are far below 2^53")]
const fn real(count: usize) -> f64 {
    count as f64
}

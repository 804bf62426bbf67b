//! The report: one HTML file that needs nothing but a browser.
//!
//! Whatever comes from a picture is untrusted. It stands in a JSON island whose `<` are written out, becomes text nodes
//! and nothing else, and a content security policy with the hashes of this page's own style and script lets nothing
//! else run or load. Names of holders are in it only when they were asked for; the small pictures show what they show.

mod link;
mod page;
mod thumb;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use askama::Template as _;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use permit_core::Trust;
use permit_words::{Lang, Places, Words, clean};
use serde::Serialize;

pub(crate) use self::thumb::Thumb;

use self::page::Page;
use crate::curves;
use crate::verify::Scan;
use crate::verify::earlier::{Change, Place};
use crate::verify::record::{Outcome, Stage};
use crate::verify::tally::{Class, Tally};

/// A report as it grows.
#[derive(Debug)]
pub(crate) struct Report {
    words: Words,
    about: About,
    scans: Vec<Card>,
    /// Where each scan is, for whoever compares with an earlier run.
    places: Vec<Place>,
    pictures: Vec<Picture>,
    /// Where it will stand.
    path: PathBuf,
}

/// What the whole report is about.
#[derive(Debug, Clone)]
struct About {
    demo: bool,
    zone: u16,
    root: String,
    /// Numbers and names of the crossings.
    crossings: Vec<(u16, String)>,
}

/// A small copy in the page.
#[derive(Debug, Serialize)]
struct Picture {
    jpeg: String,
    wide: u32,
    high: u32,
}

/// A scan in the page. Its names are those the script knows.
#[derive(Debug, Serialize)]
struct Card {
    number: usize,
    picture: Option<usize>,
    /// The first scan of its picture: the one whose time counts.
    first: bool,
    class: &'static str,
    shape: char,
    code: u8,
    title: String,
    reason: String,
    next: String,
    also: Vec<[String; 2]>,
    notes: Vec<String>,
    stage: Stage,
    file: String,
    /// The picture it was read from, as a relative address.
    link: Option<String>,
    /// The file's own name, with what tells its scans apart.
    name: String,
    place: Option<String>,
    at: Option<String>,
    #[serde(rename = "where")]
    asked: Option<String>,
    kind: Option<String>,
    #[serde(rename = "kindName")]
    kind_name: Option<String>,
    strength: Option<f64>,
    ms: [f64; 3],
    wear: Option<Wear>,
    corners: Option<[[f32; 2]; 4]>,
    symbol: Option<String>,
    expected: Option<u8>,
    outcome: Option<Outcome>,
    permit: Option<String>,
    names: Option<String>,
    text: Option<String>,
    evidence: Option<String>,
}

#[derive(Debug, Serialize)]
struct Wear {
    grade: char,
    used: f64,
}

impl Report {
    /// An empty report of what is judged under this trust, to stand at this path.
    pub(crate) fn new<'a>(trust: &'a Trust<'a>, lang: Lang, path: &Path) -> Self {
        let words = Words::new(lang);
        let places = Places::new(trust, None);
        let crossings = trust.zone().crossings.iter();
        let about = About {
            demo: trust.is_demo(),
            zone: trust.zone().header.zone,
            root: crate::bundle::hex(&trust.accepted().root.digest),
            crossings: crossings
                .map(|crossing| (crossing.number, places.crossing(crossing.number, &words)))
                .collect(),
        };
        let path = path.to_owned();
        Self { words, about, scans: Vec::new(), places: Vec::new(), pictures: Vec::new(), path }
    }

    /// Adds the scans of one picture.
    pub(crate) fn add(&mut self, scans: &[Scan], thumb: Option<Thumb>) {
        let scale = thumb.as_ref().map_or(1.0, |thumb| thumb.scale);
        let picture = thumb.map(|thumb| {
            let (wide, high) = thumb.size;
            self.pictures.push(Picture { jpeg: STANDARD.encode(&thumb.jpeg), wide, high });
            self.pictures.len() - 1
        });
        for scan in scans {
            let card = self.card(scan, picture, scale);
            self.scans.push(card);
            self.places.push(scan.record.place());
        }
    }

    /// Writes the page; with what changed since an earlier run, where it was compared with one.
    pub(crate) fn write(
        &self,
        tally: &Tally,
        changes: Option<&[Change]>,
        seconds: f64,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let page = Page::new(self, tally, changes, seconds)?;
        page.write_into(&mut Utf8(out)).map_err(io::Error::other)
    }

    fn card(&self, Scan { record, spoken }: &Scan, picture: Option<usize>, scale: f32) -> Card {
        let class = Class::of(spoken.light, record.stage);
        let word = |text: &str| clean(text).into_owned();
        let asked = record.asked.as_ref();
        let place = asked.map(|asked| self.place(asked.crossing, asked.side, asked.direction));
        let at = asked.and_then(|asked| asked.at.clone());
        let joined: Vec<&str> = [place.as_deref(), at.as_deref()].into_iter().flatten().collect();
        Card {
            number: self.scans.len(),
            picture,
            first: record.index == 0,
            class: class.name(),
            shape: class.shape(),
            code: record.code,
            title: spoken.sentence.title.clone(),
            reason: spoken.sentence.reason.clone(),
            next: spoken.sentence.next.clone(),
            also: spoken
                .also
                .iter()
                .map(|also| [also.title.clone(), also.reason.clone()])
                .collect(),
            notes: spoken.notes.clone(),
            stage: record.stage,
            file: word(&record.file),
            link: picture.and_then(|_| link::address(&self.path, Path::new(&record.file))),
            name: self.name(record),
            asked: (!joined.is_empty()).then(|| joined.join(" · ")),
            place,
            at,
            kind: record.kind.as_deref().map(word),
            kind_name: record.kind.as_deref().map(|kind| word(&curves::kind(kind, &self.words))),
            strength: record.strength,
            ms: [record.ms.load, record.ms.read, record.ms.verify]
                .map(|ms| (ms * 1e3).round() / 1e3),
            wear: record.wear.map(|wear| Wear { grade: wear.grade, used: wear.used }),
            corners: record.symbol.as_ref().map(|symbol| {
                symbol.corners.map(|corner| corner.map(|at| (at / scale * 10.0).round() / 10.0))
            }),
            symbol: record.symbol.as_ref().map(|symbol| {
                self.words.with(
                    "report-symbol",
                    &[
                        ("version", symbol.version.into()),
                        ("level", symbol.level.to_string().into()),
                    ],
                )
            }),
            expected: record.expected,
            outcome: record.outcome,
            permit: record.permit.clone(),
            names: record.names.as_ref().map(|names| names.join(" · ")),
            text: record.text.as_deref().map(word),
            evidence: (!record.evidence.is_empty())
                .then(|| word(&serde_json::Value::Object(record.evidence.clone()).to_string())),
        }
    }

    fn name(&self, record: &crate::verify::record::Record) -> String {
        let name = record.file.rsplit('/').next().unwrap_or(&record.file);
        let mut name = clean(name).into_owned();
        if let Some(page) = record.page {
            name = self.words.with("read-page", &[("path", name.into()), ("page", page.into())]);
        }
        if let Some(line) = record.line {
            name += &format!(":{line}");
        }
        if record.index > 0 {
            name += &format!(" #{}", record.index + 1);
        }
        name
    }

    /// `Quanhe, side A, exit`, in words.
    fn place(&self, crossing: u16, side: &str, direction: &str) -> String {
        let known = self.about.crossings.iter().find(|(number, _)| *number == crossing);
        let name = known.map_or_else(|| crossing.to_string(), |(_, name)| name.clone());
        let way = self.words.get(if direction == "entry" { "report-entry" } else { "report-exit" });
        self.words.with(
            "report-place",
            &[("crossing", name.into()), ("side", side.into()), ("direction", way.into())],
        )
    }
}

/// What askama writes to.
struct Utf8<'a>(&'a mut dyn Write);

impl Write for Utf8<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// JSON that can stand in an HTML element: no `<`, and no line end that a script would see.
fn island(value: &impl Serialize) -> io::Result<String> {
    let json = serde_json::to_string(value)?;
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            c => out.push(c),
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests;

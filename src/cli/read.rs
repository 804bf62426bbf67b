//! `permit read`: any QR code, permit or not.
//!
//! It says what is in a picture and passes no judgement. Pictures are read on all cores and reported in the order they
//! were found, each as soon as those before it are done.

use std::io;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use permit_symbol::load::{self, LoadError, Note, Picture};
use permit_symbol::{Code, Cousin, Decoder as _, Level, Rqrr, Wear};
use permit_words::Words;
use serde::Serialize;

use crate::clock::Stopwatch;
use crate::output::{Line, Tone};
use crate::table::{Align, cell, width};
use crate::verify::Worn;
use crate::walk::{self, Found, Walk};
use crate::{Desk, Exit, Fault, jobs, picture, stream};

/// Its command line.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[arg(required = true)]
    paths: Vec<PathBuf>,

    #[arg(long)]
    json: bool,

    #[arg(long, value_enum, default_value_t = Reader::Own)]
    reader: Reader,

    #[arg(long, value_parser = jobs::parse)]
    jobs: Option<usize>,

    #[arg(long, conflicts_with_all = ["reader", "jobs"])]
    stream: bool,
}

/// Which decoder reads: the project's own, or the crate it is measured against.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Reader {
    Own,
    Rqrr,
}

impl Reader {
    /// The codes, those of small kinds that are not read, and whether all was looked at that looks like one.
    fn read(self, picture: &Picture) -> (Vec<Code>, Vec<Cousin>, bool) {
        match self {
            Self::Own => {
                let seen = picture.look();
                (seen.codes, seen.cousins, seen.complete)
            }
            Self::Rqrr => (Rqrr.decode(picture.grey.as_grey()), Vec::new(), true),
        }
    }
}

/// Reads every picture and reports it.
pub(crate) fn run(args: &Args, desk: &Desk) -> Result<Exit, Fault> {
    if args.stream {
        return stream::run(&args.paths, args.json, desk);
    }
    let Walk { found, passed } = walk::pictures(&args.paths);
    let bar = desk.out.progress_beside(found.len(), &desk.words.get("read-progress"));
    let mut report = Report {
        desk,
        json: args.json,
        wide: widest(&found),
        count: Count::default(),
        parts: Vec::new(),
    };
    if !found.is_empty() {
        report.head()?;
    }
    jobs::in_order(
        &found,
        args.jobs,
        |found| records(found, args.reader),
        |records| {
            bar.inc(1);
            records.iter().try_for_each(|record| report.add(record))
        },
    )?;
    bar.finish_and_clear();
    report.joined()?;
    report.foot()?;
    if let Some(passed) = picture::passed(&passed, &desk.words) {
        desk.out.note(&Line::new().say(Tone::Warn, &passed));
    }
    match report.count.unreadable {
        0 if found.is_empty() => {
            Err(Fault::new(Exit::Good, "fault-no-pictures").with("path", asked(&args.paths)))
        }
        0 => Ok(Exit::Good),
        count => Err(Fault::new(Exit::Unreadable, "fault-unreadable").with("count", count)),
    }
}

/// What was found in one picture.
#[derive(Debug, Serialize)]
struct Record {
    path: String,
    /// Only in a file of several pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<u32>,
    ms: f64,
    codes: Vec<Reading>,
    /// Codes of small kinds, which are named and not read.
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "small")]
    small: Vec<Cousin>,
    /// Said where it is false: a bound was reached before all was looked at that looks like a code.
    #[serde(skip_serializing_if = "is_true")]
    complete: bool,
    /// What else is to be said of the file.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "noted")]
    note: Option<Note>,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "as_text")]
    error: Option<LoadError>,
}

/// One code of a picture.
#[derive(Debug, Serialize)]
pub(crate) struct Reading {
    /// In the encodings that the code names.
    pub(crate) text: Option<String>,
    pub(crate) bytes: String,
    pub(crate) version: u8,
    pub(crate) level: char,
    corners: [[f32; 2]; 4],
    /// Where it is one of several that belong together.
    #[serde(skip_serializing_if = "Option::is_none")]
    append: Option<Part>,
    /// Where it can be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    wear: Option<Worn>,
    #[serde(skip)]
    code: Code,
}

/// Which of several codes one is.
#[derive(Debug, Serialize)]
struct Part {
    part: u8,
    of: u8,
    parity: u8,
}

/// A message whose parts were all read, in one picture or in several.
#[derive(Debug, Serialize)]
struct Whole<'a> {
    joined: Message<'a>,
}

#[derive(Debug, Serialize)]
struct Message<'a> {
    text: Option<String>,
    bytes: String,
    /// The pictures of its parts, in order.
    parts: Vec<&'a str>,
}

/// The records of one file: one, or one a page.
fn records(found: &Found, reader: Reader) -> Vec<Record> {
    match found {
        Found::Closed(path, cause) => {
            vec![Record::new(path, reader, Err(LoadError::Unreadable(cause.kind().into())))]
        }
        Found::Picture(path) => match load::open(path) {
            Err(error) => vec![Record::new(path, reader, Err(error))],
            Ok(pages) => numbered(pages.map(|page| Record::new(path, reader, page)).collect()),
        },
    }
}

fn numbered(mut records: Vec<Record>) -> Vec<Record> {
    if records.len() > 1 {
        for (record, number) in records.iter_mut().zip(1..) {
            record.page = Some(number);
        }
    }
    records
}

impl Record {
    fn new(path: &Path, reader: Reader, picture: Result<Picture, LoadError>) -> Self {
        let (ms, (codes, small, complete), note, error) = match picture {
            Ok(picture) => {
                let watch = Stopwatch::start();
                let seen = reader.read(&picture);
                (watch.ms(), seen, picture.note, None)
            }
            Err(error) => (0.0, (Vec::new(), Vec::new(), true), None, Some(error)),
        };
        let codes = codes.into_iter().map(Reading::from).collect();
        let path = path.to_string_lossy().into_owned();
        Self { path, page: None, ms, codes, small, complete, note, error }
    }
}

impl From<Code> for Reading {
    fn from(code: Code) -> Self {
        let wear = Wear::of(&code).as_ref().map(Worn::from);
        let bytes = STANDARD.encode(&code.bytes);
        let level = match code.level {
            Level::L => 'L',
            Level::M => 'M',
            Level::Q => 'Q',
            Level::H => 'H',
        };
        let corners = code.corners.map(|corner| [corner.x, corner.y]);
        let append = code.append.map(|append| Part {
            part: append.index + 1,
            of: append.count,
            parity: append.parity,
        });
        let text = code.text();
        Self { text, bytes, version: code.version, level, corners, append, wear, code }
    }
}

fn is_true(complete: &bool) -> bool {
    *complete
}

/// What each is called, and where it is.
fn small<S: serde::Serializer>(small: &[Cousin], to: S) -> Result<S::Ok, S::Error> {
    to.collect_seq(small.iter().map(|cousin| {
        let corners = cousin.corners.map(|corner| [corner.x, corner.y]);
        serde_json::json!({ "kind": cousin.kind.name(), "corners": corners })
    }))
}

/// A program gets a word that does not change with the user's language.
fn noted<S: serde::Serializer>(note: &Option<Note>, to: S) -> Result<S::Ok, S::Error> {
    match note {
        Some(Note::FirstOfMany) => to.serialize_str("first of many"),
        Some(Note::EndsEarly) => to.serialize_str("ends early"),
        Some(_) | None => to.serialize_none(),
    }
}

/// A program gets the plain English of the library, which does not change with the user's language.
fn as_text<S: serde::Serializer>(error: &Option<LoadError>, to: S) -> Result<S::Ok, S::Error> {
    match error {
        Some(LoadError::Unreadable(cause)) => to.collect_str(&plain(cause)),
        Some(error) => to.collect_str(error),
        None => to.serialize_none(),
    }
}

/// An error of the system without the number the library adds.
fn plain(cause: &io::Error) -> impl core::fmt::Display {
    format!("cannot be read: {}", cause.kind())
}

/// The report as it grows.
struct Report<'a> {
    desk: &'a Desk,
    json: bool,
    wide: usize,
    count: Count,
    /// Codes that belong together with others, each with its picture.
    parts: Vec<(String, Code)>,
}

#[derive(Debug, Default)]
struct Count {
    with: usize,
    without: usize,
    unreadable: usize,
    ms: f64,
}

impl Report<'_> {
    fn head(&self) -> Result<(), Fault> {
        if self.json {
            return Ok(());
        }
        let word = |id| self.desk.words.get(id);
        let line = self.row(
            &word("read-picture"),
            &word("read-code"),
            &word("read-ms"),
            &word("read-contents"),
        );
        self.desk.out.line(&Line::new().say(Tone::Strong, &line))
    }

    fn add(&mut self, record: &Record) -> Result<(), Fault> {
        self.count.ms += record.ms;
        match (&record.error, &record.codes[..]) {
            (Some(_), _) => self.count.unreadable += 1,
            (None, []) => self.count.without += 1,
            (None, _) => self.count.with += 1,
        }
        let parts = record.codes.iter().filter(|code| code.append.is_some());
        self.parts.extend(parts.map(|code| (record.path.clone(), code.code.clone())));
        if self.json { self.desk.out.json(record) } else { self.rows(record) }
    }

    /// The messages whose parts were all read.
    fn joined(&self) -> Result<(), Fault> {
        for whole in permit_symbol::join(self.parts.iter().map(|(_, code)| code)) {
            let parts: Vec<&str> =
                whole.parts.iter().map(|&at| self.parts[at].0.as_str()).collect();
            if self.json {
                let bytes = STANDARD.encode(&whole.bytes);
                self.desk
                    .out
                    .json(&Whole { joined: Message { text: whole.text(), bytes, parts } })?;
                continue;
            }
            let words = &self.desk.words;
            let count = parts.len();
            let name = words.with("read-joined", &[("count", count.into())]);
            let contents = whole.text().unwrap_or_else(|| binary(whole.bytes.len(), words));
            let contents = format!("{name}: {contents}");
            self.desk.out.line(&Line::new().plain(&self.row("", "", "", &contents)))?;
        }
        Ok(())
    }

    fn rows(&self, record: &Record) -> Result<(), Fault> {
        let words = &self.desk.words;
        let name = match record.page {
            None => record.path.clone(),
            Some(page) => {
                words.with("read-page", &[("path", (&record.path).into()), ("page", page.into())])
            }
        };
        let ms = format!("{:.1}", record.ms);
        if let Some(error) = &record.error {
            let line = self.row(&name, "-", "-", &picture::says(error, words));
            return self.desk.out.line(&Line::new().say(Tone::Bad, &line));
        }
        if record.codes.is_empty() {
            let none = self.row(&name, "-", &ms, &words.get("read-none"));
            self.desk.out.line(&Line::new().say(Tone::Faint, &none))?;
        }
        record.codes.iter().enumerate().try_for_each(|(index, code)| {
            let binary = || binary(code.code.bytes.len(), words);
            let mut contents = code.text.clone().unwrap_or_else(binary);
            if let Some(part) = &code.append {
                let values = [("part", part.part.into()), ("of", part.of.into())];
                contents = format!("{}: {contents}", words.with("read-part", &values));
            }
            let (name, ms) = if index == 0 { (name.as_str(), ms.as_str()) } else { ("", "") };
            let kind = format!("{}-{}", code.version, code.level);
            let mut line = Line::new().plain(&self.row(name, &kind, ms, &contents));
            if let Some(worn) = code.wear.and_then(|worn| worn.says(words)) {
                line = line.say(Tone::Warn, &format!("  {worn}"));
            }
            self.desk.out.line(&line)
        })?;
        let noted = record.note.and_then(|note| picture::noted(note, words));
        let more = (!record.complete).then(|| words.get("read-incomplete"));
        let named = |cousin: &Cousin| picture::small(cousin.kind, words);
        let small: Vec<String> = record.small.iter().map(named).collect();
        small.iter().chain(&noted).chain(&more).try_for_each(|said| {
            self.desk.out.line(&Line::new().say(Tone::Warn, &self.row("", "", "", said)))
        })
    }

    fn row(&self, name: &str, kind: &str, ms: &str, contents: &str) -> String {
        let name = cell(name, self.wide, Align::Left);
        format!("{name}  {}  {}  {contents}", cell(kind, 6, Align::Left), cell(ms, 8, Align::Right))
    }

    fn foot(&self) -> Result<(), Fault> {
        if self.json {
            return Ok(());
        }
        let Count { with, without, unreadable, ms } = self.count;
        let values = [
            ("with", with.into()),
            ("without", without.into()),
            ("unreadable", unreadable.into()),
            ("ms", format!("{ms:.1}").into()),
        ];
        self.desk
            .out
            .line(&Line::new().say(Tone::Faint, &self.desk.words.with("read-sum", &values)))
    }
}

fn binary(bytes: usize, words: &Words) -> String {
    words.with("read-binary", &[("bytes", bytes.into())])
}

fn asked(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ")
}

/// Cells for the names: enough for the longest, within reason.
fn widest(found: &[Found]) -> usize {
    let names = found.iter().map(|found| width(&found.path().to_string_lossy()));
    names.max().unwrap_or(0).clamp(8, 60)
}

//! `permit read --stream`: pictures behind each other as what one camera saw.
//!
//! Every code is told once, with the frame it was read at and the number of frames that took. Where nothing is read,
//! it says what would help. Frames are read in order on one thread: each begins where the last one ended.

use std::collections::BTreeMap;
use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use permit_symbol::{Code, Hint, Stream};
use permit_words::Words;
use serde::Serialize;

use crate::clock::Stopwatch;
use crate::output::{Line, Tone};
use crate::read::Reading;
use crate::table::{Align, cell};
use crate::{Desk, Exit, Fault, film, picture};

/// Reads every frame and tells what was read.
pub(crate) fn run(paths: &[PathBuf], json: bool, desk: &Desk) -> Result<Exit, Fault> {
    let mut report = Report { desk, json, sum: Sum::default(), hints: BTreeMap::new() };
    let mut stream = Stream::new();
    report.head()?;
    for frame in film::frames(paths) {
        report.sum.frames = frame.number;
        let path = frame.path.to_string_lossy().into_owned();
        match frame.picture {
            Ok(picture) => {
                let watch = Stopwatch::start();
                let look = stream.see(picture.as_grey());
                report.sum.ms += watch.ms();
                if let Some(hint) = look.hint {
                    *report.hints.entry(hint).or_insert(0) += 1;
                }
                for code in look.codes {
                    report.code(path.clone(), frame.number, look.frames, code)?;
                }
            }
            Err(error) => report.unreadable(path, frame.number, &error)?,
        }
    }
    report.foot()?;
    match report.sum {
        Sum { frames: 0, .. } => {
            Err(Fault::new(Exit::Good, "fault-no-pictures").with("path", film::name(paths)))
        }
        Sum { unreadable: 0, .. } => Ok(Exit::Good),
        Sum { unreadable, .. } => {
            Err(Fault::new(Exit::Unreadable, "fault-unreadable").with("count", unreadable))
        }
    }
}

/// What a hint says to a person.
pub(crate) fn says(hint: Hint, words: &Words) -> String {
    words.get(match hint {
        Hint::TooFar => "guide-too-far",
        Hint::TooClose => "guide-too-close",
        Hint::Tilted => "guide-tilted",
        Hint::Moving => "guide-moving",
        Hint::Dark => "guide-dark",
        Hint::Bright => "guide-bright",
        Hint::Glare => "guide-glare",
        Hint::Faint => "guide-faint",
        Hint::Blurred => "guide-blurred",
        _ => "guide-torn",
    })
}

/// A code of the stream.
#[derive(Debug, Serialize)]
struct Told {
    path: String,
    frame: u32,
    frames: usize,
    #[serde(flatten)]
    code: Reading,
}

/// A frame that could not be opened.
#[derive(Debug, Serialize)]
struct Closed {
    path: String,
    frame: u32,
    error: String,
}

/// The last line.
#[derive(Debug, Default, Serialize)]
struct Sum {
    frames: u32,
    codes: u32,
    unreadable: u32,
    ms: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<&'static str>,
}

struct Report<'a> {
    desk: &'a Desk,
    json: bool,
    sum: Sum,
    hints: BTreeMap<Hint, u32>,
}

impl Report<'_> {
    fn head(&self) -> Result<(), Fault> {
        if self.json {
            return Ok(());
        }
        let word = |id| self.desk.words.get(id);
        let line = row(
            &word("stream-frame"),
            &word("stream-frames"),
            &word("read-code"),
            &word("read-contents"),
        );
        self.desk.out.line(&Line::new().say(Tone::Strong, &line))
    }

    fn code(&mut self, path: String, frame: u32, frames: usize, code: Code) -> Result<(), Fault> {
        self.sum.codes += 1;
        let told = Told { path, frame, frames, code: code.into() };
        if self.json {
            return self.desk.out.json(&told);
        }
        let bytes = STANDARD.decode(&told.code.bytes).map_or(0, |bytes| bytes.len());
        let binary = || self.desk.words.with("read-binary", &[("bytes", bytes.into())]);
        let contents = told.code.text.clone().unwrap_or_else(binary);
        let kind = format!("{}-{}", told.code.version, told.code.level);
        let line = row(&frame.to_string(), &frames.to_string(), &kind, &contents);
        self.desk.out.line(&Line::new().plain(&line))
    }

    fn unreadable(
        &mut self,
        path: String,
        frame: u32,
        error: &permit_symbol::load::LoadError,
    ) -> Result<(), Fault> {
        self.sum.unreadable += 1;
        if self.json {
            return self.desk.out.json(&Closed { path, frame, error: error.to_string() });
        }
        let says = format!("{path}: {}", picture::says(error, &self.desk.words));
        let line = row(&frame.to_string(), "-", "-", &says);
        self.desk.out.line(&Line::new().say(Tone::Bad, &line))
    }

    fn foot(&mut self) -> Result<(), Fault> {
        let often = self.hints.iter().max_by_key(|(_, count)| **count).map(|(hint, _)| *hint);
        let hint = often.filter(|_| self.sum.codes == 0);
        self.sum.hint = hint.map(Hint::name);
        if self.json {
            return self.desk.out.json(&self.sum);
        }
        let words = &self.desk.words;
        if let Some(hint) = hint {
            self.desk.out.line(&Line::new().plain(&says(hint, words)))?;
        }
        let values = [
            ("codes", self.sum.codes.into()),
            ("frames", self.sum.frames.into()),
            ("unreadable", self.sum.unreadable.into()),
            ("ms", format!("{:.1}", self.sum.ms).into()),
        ];
        self.desk.out.line(&Line::new().say(Tone::Faint, &words.with("stream-sum", &values)))
    }
}

fn row(frame: &str, frames: &str, kind: &str, contents: &str) -> String {
    let right = |text| cell(text, 6, Align::Right);
    format!("{}  {}  {}  {contents}", right(frame), right(frames), cell(kind, 6, Align::Left))
}

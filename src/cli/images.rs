//! `permit images`: camera pictures of codes, as bad as asked for.
//!
//! For measuring readers. Every picture follows from its kind, strength, size and seed, and the manifest says them with
//! what is to be read. It makes no verdicts and signs nothing: a text is drawn as it is given.

use core::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use permit_symbol::camera::{Blank, Kind, Photo, Placed, Shot, photograph};
use permit_symbol::{EncodeError, Point, Symbol};
use serde::Serialize;

use crate::help::Unfit;
use crate::output::Line;
use crate::{Desk, Exit, Fault, jobs, write};

/// Its command line.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    texts: Vec<String>,

    #[arg(long = "texts", value_name = "FILE", conflicts_with = "texts")]
    file: Option<PathBuf>,

    #[arg(long)]
    out: PathBuf,

    #[arg(long, value_delimiter = ',', value_parser = Subject::parse)]
    kinds: Vec<Subject>,

    #[arg(long, value_delimiter = ',', default_value = "0.25,0.5,0.75,1", value_parser = strength)]
    strengths: Vec<f32>,

    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    per: u32,

    #[arg(long, value_delimiter = ',', default_value = "1280x720", value_parser = size)]
    size: Vec<(u32, u32)>,

    #[arg(long, default_value_t = 1)]
    seed: u64,

    #[arg(long, value_parser = jobs::parse)]
    jobs: Option<usize>,
}

/// Takes the pictures and writes the manifest.
pub(crate) fn run(args: &Args, desk: &Desk) -> Result<Exit, Fault> {
    let plan = plan(args);
    let texts = texts(args)?;
    if texts.is_empty() && plan.iter().any(|take| matches!(take.subject, Subject::Code(_))) {
        return Err(Fault::new(Exit::Usage, "fault-no-text"));
    }
    let symbols: Vec<Symbol> = texts.iter().map(|text| symbol(text)).collect::<Result<_, _>>()?;
    write::folder(&args.out)?;
    let bar = desk.out.progress(plan.len(), &desk.words.get("images-progress"));
    let mut manifest = Vec::with_capacity(plan.len());
    jobs::in_order(
        &plan,
        args.jobs,
        |take| take.make(&args.out, &symbols),
        |entry| {
            bar.inc(1);
            manifest.push(entry?);
            Ok::<(), Fault>(())
        },
    )?;
    bar.finish_and_clear();
    let path = args.out.join("manifest.json");
    write::with(&path, |out| serde_json::to_writer_pretty(out, &manifest).map_err(Into::into))?;
    let values = [("count", manifest.len().into()), ("path", path.display().to_string().into())];
    desk.out.line(&Line::new().plain(&desk.words.with("images-done", &values)))?;
    Ok(Exit::Good)
}

/// What is photographed.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Subject {
    /// A code, with one thing wrong.
    Code(Kind),
    /// Nothing to read.
    Blank(Blank),
}

impl Subject {
    fn parse(name: &str) -> Result<Self, Unfit> {
        let blank = || Blank::ALL.into_iter().find(|blank| blank.name() == name).map(Self::Blank);
        Kind::named(name).map(Self::Code).or_else(blank).ok_or(Unfit("unfit-kind"))
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Code(kind) => kind.name(),
            Self::Blank(blank) => blank.name(),
        }
    }

    /// A strength means nothing to a clean picture or one without a code: one of those is enough.
    fn strengths(self, asked: &[f32]) -> &[f32] {
        match self {
            Self::Code(Kind::Clean) | Self::Blank(_) => &[0.0],
            Self::Code(_) => asked,
        }
    }
}

/// One picture to take.
#[derive(Debug)]
struct Take {
    subject: Subject,
    strength: f32,
    size: (u32, u32),
    seed: u64,
    number: u32,
}

/// The same seeds for each kind and strength, so that a curve follows the same cards.
fn plan(args: &Args) -> Vec<Take> {
    let all: Vec<Subject> = Kind::ALL.into_iter().chain(Kind::SCENES).map(Subject::Code).collect();
    let subjects = if args.kinds.is_empty() { &all } else { &args.kinds };
    let mut plan = Vec::new();
    for &subject in subjects {
        for &size in &args.size {
            for &strength in subject.strengths(&args.strengths) {
                let takes = (0..args.per).map(|number| {
                    let seed = args.seed.wrapping_add(number.into());
                    Take { subject, strength, size, seed, number }
                });
                plan.extend(takes);
            }
        }
    }
    plan
}

impl Take {
    fn make(&self, folder: &Path, symbols: &[Symbol]) -> Result<Entry, Fault> {
        let (width, height) = self.size;
        let percent = (self.strength * 100.0).round();
        let file =
            format!("{}-{percent:03}-{width}x{height}-{:04}.jpg", self.subject.name(), self.number);
        let path = folder.join(&file);
        // Each picture begins with another text, and shows them all where several codes are in view.
        let first = self.number as usize % symbols.len().max(1);
        let symbols = [&symbols[first..], &symbols[..first]].concat();
        let photo = match self.subject {
            Subject::Code(kind) => photograph(&self.shot(kind), &symbols),
            Subject::Blank(blank) => {
                let picture = blank.photograph(&self.shot(Kind::Clean));
                let (codes, middles) = (Vec::new(), Vec::new());
                Photo { picture, colours: None, codes, middles, quality: 90 }
            }
        };
        let jpeg =
            photo.jpeg().map_err(|error| Fault::write(&path, std::io::Error::other(error)))?;
        write::whole(&path, &jpeg)?;
        let codes: Vec<Expected> =
            photo.codes.iter().filter_map(|placed| Expected::new(placed, &symbols)).collect();
        Ok(Entry {
            file,
            kind: self.subject.name(),
            strength: self.strength,
            size: [width, height],
            seed: self.seed,
            code: codes.first().cloned(),
            expected: codes.is_empty().then(Vec::new),
            codes: if codes.len() > 1 { codes } else { Vec::new() },
        })
    }

    const fn shot(&self, kind: Kind) -> Shot {
        Shot { kind, strength: self.strength, size: self.size, seed: self.seed, frame: 0 }
    }
}

/// A picture in the manifest.
#[derive(Debug, Serialize)]
struct Entry {
    file: String,
    kind: &'static str,
    strength: f32,
    size: [u32; 2],
    seed: u64,
    /// The first code: its `payload` and `corners`.
    #[serde(flatten)]
    code: Option<Expected>,
    /// Empty where nothing is to be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<Vec<String>>,
    /// All codes, where there are several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    codes: Vec<Expected>,
}

/// A code in the manifest: its text in hexadecimal, and where it is.
#[derive(Debug, Clone, Serialize)]
struct Expected {
    payload: String,
    corners: [[f32; 2]; 4],
}

impl Expected {
    fn new(placed: &Placed, symbols: &[Symbol]) -> Option<Self> {
        let text = symbols.get(placed.symbol)?.text();
        Some(Self {
            payload: hex(text.as_bytes()),
            corners: placed.corners.map(|Point { x, y }| [x, y]),
        })
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn texts(args: &Args) -> Result<Vec<String>, Fault> {
    let Some(path) = &args.file else { return Ok(args.texts.clone()) };
    let text = fs::read_to_string(path).map_err(|cause| Fault::open(path, cause))?;
    Ok(text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect())
}

fn symbol(text: &str) -> Result<Symbol, Fault> {
    Symbol::new(text).map_err(|error| match error {
        EncodeError::Character { .. } => {
            Fault::new(Exit::Usage, "fault-alphabet").with("text", text)
        }
        _ => Fault::new(Exit::Usage, "fault-too-long").with("text", text),
    })
}

fn strength(text: &str) -> Result<f32, Unfit> {
    text.parse()
        .ok()
        .filter(|strength| (0.0..=1.0).contains(strength))
        .ok_or(Unfit("unfit-strength"))
}

fn size(text: &str) -> Result<(u32, u32), Unfit> {
    let side = |text: &str| text.parse().ok().filter(|side| (160..=8192).contains(side));
    let (width, height) = text.split_once('x').ok_or(Unfit("unfit-size"))?;
    side(width).zip(side(height)).ok_or(Unfit("unfit-size"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_strengths() {
        assert_eq!(size("640x480").unwrap(), (640, 480));
        for text in ["640", "x", "640x", "0x480", "640X480", "99999x10", "-640x480"] {
            assert!(size(text).is_err(), "{text}");
        }
        assert_eq!(strength("0.5").unwrap(), 0.5);
        for text in ["-0.1", "1.1", "NaN", "inf", ""] {
            assert!(strength(text).is_err(), "{text}");
        }
    }

    #[test]
    fn every_name_is_a_subject() {
        let kinds = Kind::ALL.into_iter().chain(Kind::SCENES).map(Kind::name);
        for name in kinds.chain(Blank::ALL.map(Blank::name)) {
            assert_eq!(Subject::parse(name).unwrap().name(), name);
        }
        assert!(Subject::parse("sunny").is_err());
    }
}

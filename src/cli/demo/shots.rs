//! The camera pictures of the demonstration: a clean one of every case, worse ones of a few permits.
//!
//! Every picture follows from its name: the same seed, the same picture. The clean ones must be read and judged right;
//! the others make the curves.

use core::fmt::Write as _;

use indicatif::ProgressBar;
use permit_core::UnixTime;
use permit_signing::demo::{Case, Outcome};
use permit_symbol::camera::{Blank, Kind, Photo, Shot, photograph};
use permit_symbol::{Point, Symbol};
use serde::Serialize;

use super::cards::symbol;
use super::folder::Folder;
use crate::verify::place::{direction_name, side_name};
use crate::{Fault, jobs, write};

/// A picture to take.
#[derive(Debug)]
pub(super) struct Take {
    /// Its file.
    pub(super) file: String,
    subject: Subject,
    strength: f32,
    seed: u64,
    /// The cards, by their place among the cases.
    cases: Vec<usize>,
}

/// What is photographed.
#[derive(Debug, Clone, Copy)]
enum Subject {
    Cards(Kind),
    Blank(Blank),
}

/// Every picture: `per` of each kind and strength beside the clean ones.
pub(super) fn plan(cases: &[Case], per: u32) -> Vec<Take> {
    let shown = cases.iter().enumerate().filter(|(_, case)| case.presence.is_none());
    let mut takes: Vec<Take> = shown
        .zip(1..)
        .map(|((index, case), seed)| Take {
            file: format!("clean-{}.jpg", case.name),
            subject: Subject::Cards(Kind::Clean),
            strength: 0.0,
            seed,
            cases: vec![index],
        })
        .collect();
    takes.extend([Blank::Desk, Blank::Text].into_iter().zip(1..).map(|(blank, seed)| Take {
        file: format!("no-code-{}.jpg", blank.name()),
        subject: Subject::Blank(blank),
        strength: 0.0,
        seed,
        cases: Vec::new(),
    }));
    let good: Vec<usize> = cases
        .iter()
        .enumerate()
        .filter(|(_, case)| case.outcome == Outcome::Valid && case.presence.is_none())
        .map(|(index, _)| index)
        .collect();
    for kind in Kind::ALL.into_iter().filter(|kind| *kind != Kind::Clean) {
        for strength in STRENGTHS {
            takes.extend((0..per).map(|number| worse(kind, strength, number, &good)));
        }
    }
    takes
}

/// The same cards and seeds for each kind and strength, so that a curve follows the same cards.
fn worse(kind: Kind, strength: f32, number: u32, good: &[usize]) -> Take {
    let percent = (strength * 100.0).round();
    let first = number as usize % good.len().max(1);
    let turned = good[first..].iter().chain(&good[..first]).copied();
    let count = if kind == Kind::Several { good.len() } else { 1 };
    Take {
        file: format!("{}-{percent:03}-{:02}.jpg", kind.name(), number + 1),
        subject: Subject::Cards(kind),
        strength,
        seed: 1000 + u64::from(number),
        cases: turned.take(count).collect(),
    }
}

/// Takes them all and writes the manifest.
pub(super) fn take(
    takes: &[Take],
    cases: &[Case],
    folder: &Folder,
    at_once: Option<usize>,
    bar: &ProgressBar,
) -> Result<(), Fault> {
    let symbols: Vec<Symbol> = cases.iter().map(symbol).collect::<Result<_, _>>()?;
    let mut manifest = Vec::with_capacity(takes.len());
    jobs::in_order(
        takes,
        at_once,
        |take| take.make(cases, &symbols, folder),
        |entry| {
            bar.inc(1);
            manifest.push(entry?);
            Ok::<(), Fault>(())
        },
    )?;
    write::with(&folder.manifest(), |out| {
        serde_json::to_writer_pretty(out, &manifest).map_err(Into::into)
    })
}

impl Take {
    fn make(&self, cases: &[Case], symbols: &[Symbol], folder: &Folder) -> Result<Entry, Fault> {
        let shot =
            |kind| Shot { kind, strength: self.strength, size: SIZE, seed: self.seed, frame: 0 };
        let cards: Vec<Symbol> = self.cases.iter().map(|index| symbols[*index].clone()).collect();
        let (kind, photo) = match self.subject {
            Subject::Cards(kind) => (kind.name(), photograph(&shot(kind), &cards)),
            Subject::Blank(blank) => {
                let picture = blank.photograph(&shot(Kind::Clean));
                let (codes, middles) = (Vec::new(), Vec::new());
                let photo = Photo { picture, colours: None, codes, middles, quality: QUALITY };
                (blank.name(), photo)
            }
        };
        let path = folder.picture(&self.file);
        let jpeg =
            photo.jpeg().map_err(|error| Fault::write(&path, std::io::Error::other(error)))?;
        write::whole(&path, &jpeg)?;
        let wanted: Vec<Wanted> = photo
            .codes
            .iter()
            .filter_map(|placed| {
                Some(Wanted::new(&cases[*self.cases.get(placed.symbol)?], &placed.corners))
            })
            .collect();
        let none = wanted.is_empty().then_some(NOT_READ);
        let place = cases.get(self.cases.first().copied().unwrap_or(0)).map(Asked::new);
        Ok(Entry {
            file: self.file.clone(),
            kind,
            strength: self.strength,
            seed: self.seed,
            size: [SIZE.0, SIZE.1],
            one: wanted.first().cloned(),
            expected: none.map(|_| Vec::new()),
            code: none,
            place: none.and(place),
            codes: if wanted.len() > 1 { wanted } else { Vec::new() },
        })
    }
}

/// A picture in the manifest.
#[derive(Debug, Serialize)]
struct Entry {
    file: String,
    kind: &'static str,
    strength: f32,
    seed: u64,
    size: [u32; 2],
    /// The first code.
    #[serde(flatten)]
    one: Option<Wanted>,
    /// Empty where nothing is to be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<u8>,
    #[serde(flatten)]
    place: Option<Asked>,
    /// All codes, where there are several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    codes: Vec<Wanted>,
}

/// A code in the manifest, and the question about it.
#[derive(Debug, Clone, Serialize)]
struct Wanted {
    case: &'static str,
    payload: String,
    corners: [[f32; 2]; 4],
    #[serde(flatten)]
    asked: Asked,
    #[serde(rename = "code")]
    verdict: u8,
}

/// When, where, on whose side, which way.
#[derive(Debug, Clone, Serialize)]
struct Asked {
    at: String,
    crossing: u16,
    side: &'static str,
    direction: &'static str,
}

impl Wanted {
    fn new(case: &Case, corners: &[Point; 4]) -> Self {
        Self {
            case: case.name,
            payload: hex(&case.text),
            corners: corners.map(|Point { x, y }| [x, y]),
            asked: Asked::new(case),
            verdict: case.code,
        }
    }
}

impl Asked {
    fn new(case: &Case) -> Self {
        let checkpoint = case.checkpoint;
        Self {
            at: minute(case.at),
            crossing: checkpoint.crossing,
            side: side_name(checkpoint.side),
            direction: direction_name(checkpoint.direction),
        }
    }
}

/// `1963-09-10T04:00Z`: whole minutes, as `--at` takes them.
fn minute(at: UnixTime) -> String {
    let said = at.to_string();
    format!("{}Z", said.get(..16).unwrap_or(&said))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

const SIZE: (u32, u32) = (1280, 720);
const QUALITY: u8 = 90;
const STRENGTHS: [f32; 8] = [0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1.0];
/// The code of a picture in which nothing is read.
const NOT_READ: u8 = crate::manifest::NOT_READ;

//! The pictures to read: generated from a seed, or a folder with a manifest.
//!
//! `manifest.json` is a list of `{file, kind, payload (hexadecimal)}` or `{file, kind, expected: [text, …]}`;
//! `strength` (0 to 1) or `level` (0 to 3) says how bad a picture is. Where nothing is expected, nothing is to be read.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use permit_symbol::camera::{Blank, Kind, SIZES, Shot, photograph};
use permit_symbol::{GreyBuf, Symbol, load};
use serde::Deserialize;

use crate::{Exit, Fault, manifest};

/// A picture before it is made or opened.
#[derive(Debug, Clone)]
pub(super) struct Item {
    /// Its name in lists.
    pub(super) name: String,
    /// What is wrong with it.
    pub(super) kind: String,
    /// How wrong, 0 to 1, where that is known.
    pub(super) strength: Option<f64>,
    /// What is to be read.
    pub(super) wanted: Wanted,
    source: Source,
}

/// What is to be read in a picture: any one of these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Exactly these bytes.
    Bytes(Vec<Vec<u8>>),
    /// One of these texts, in any of the usual encodings.
    Texts(Vec<String>),
}

#[derive(Debug, Clone)]
enum Source {
    File(PathBuf),
    Code(Shot, Box<Symbol>),
    Blank(Blank, Shot),
}

impl Item {
    /// The picture in grey.
    ///
    /// # Errors
    ///
    /// When the file cannot be opened.
    pub(super) fn picture(&self) -> Result<GreyBuf, load::LoadError> {
        match &self.source {
            Source::File(path) => {
                let first = load::open(path)?.next();
                Ok(first.unwrap_or(Err(load::LoadError::Empty))?.grey)
            }
            Source::Code(shot, symbol) => {
                Ok(photograph(shot, core::slice::from_ref(symbol)).picture)
            }
            Source::Blank(blank, shot) => Ok(blank.photograph(shot)),
        }
    }

    /// The file, where it is one.
    pub(super) fn path(&self) -> &Path {
        match &self.source {
            Source::File(path) => path,
            Source::Code(..) | Source::Blank(..) => Path::new(&self.name),
        }
    }
}

impl Wanted {
    /// Whether nothing is to be read.
    pub(super) const fn is_nothing(&self) -> bool {
        match self {
            Self::Bytes(bytes) => bytes.is_empty(),
            Self::Texts(texts) => texts.is_empty(),
        }
    }

    /// Whether one of the codes is what was to be read.
    pub(super) fn is_among(&self, codes: &[Vec<u8>]) -> bool {
        match self {
            Self::Bytes(bytes) => codes.iter().any(|code| bytes.contains(code)),
            Self::Texts(texts) => codes.iter().any(|code| says(code, texts)),
        }
    }
}

/// Whether a code says one of the texts in some encoding; line ends and outer spaces do not count.
fn says(code: &[u8], texts: &[String]) -> bool {
    let same = |said: &str| {
        let said = said.replace("\r\n", "\n").replace('\r', "\n");
        let said = said.trim().trim_start_matches('\u{feff}');
        texts.iter().any(|text| text == said)
    };
    let latin: String = code.iter().map(|&byte| char::from(byte)).collect();
    let decoded = ENCODINGS
        .iter()
        .filter_map(|encoding| encoding.decode_without_bom_handling_and_without_replacement(code));
    decoded.into_iter().any(|said| same(&said)) || same(&latin)
}

const ENCODINGS: [&encoding_rs::Encoding; 8] = [
    encoding_rs::UTF_8,
    encoding_rs::SHIFT_JIS,
    encoding_rs::GB18030,
    encoding_rs::UTF_16BE,
    encoding_rs::BIG5,
    encoding_rs::EUC_KR,
    encoding_rs::WINDOWS_1251,
    encoding_rs::WINDOWS_1252,
];

/// `per` permit cards of every kind at rising strengths, and some pictures without a code.
pub(super) fn generated(per: u32, seed: u64) -> Vec<Item> {
    let kinds = Kind::ALL.into_iter().filter(|kind| *kind != Kind::Several);
    let cards = kinds.flat_map(|kind| (0..per).map(move |number| card(kind, number, per, seed)));
    let blanks = Blank::ALL
        .into_iter()
        .flat_map(|blank| (0..per.div_ceil(4)).map(move |number| empty(blank, number, seed)));
    cards.flatten().chain(blanks).collect()
}

/// A permit card; the same cards and hands for each kind.
fn card(kind: Kind, number: u32, per: u32, seed: u64) -> Option<Item> {
    let seed = seed.wrapping_mul(1_000_003).wrapping_add(number.into());
    let text = text(seed);
    let symbol = Symbol::new(&text).ok()?;
    let strength = (f64::from(number) + 0.5) / f64::from(per);
    let size = SIZES[number as usize % SIZES.len()];
    #[expect(clippy::cast_possible_truncation, reason = "a strength between 0 and 1")]
    let shot = Shot { kind, strength: strength as f32, size, seed, frame: 0 };
    Some(Item {
        name: format!("{}-{number:03}", kind.name()),
        kind: kind.name().to_owned(),
        strength: Some(strength),
        wanted: Wanted::Bytes(vec![text.into_bytes()]),
        source: Source::Code(shot, Box::new(symbol)),
    })
}

fn empty(blank: Blank, number: u32, seed: u64) -> Item {
    let seed = seed.wrapping_mul(1_000_003).wrapping_add(number.into());
    let shot = Shot { kind: Kind::Clean, strength: 0.0, size: SIZES[1], seed, frame: 0 };
    Item {
        name: format!("{}-{number:03}", blank.name()),
        kind: blank.name().to_owned(),
        strength: None,
        wanted: Wanted::Bytes(Vec::new()),
        source: Source::Blank(blank, shot),
    }
}

/// A text as long as a permit's, 160 to 230 characters, that says nothing.
fn text(seed: u64) -> String {
    let mut state = seed ^ 0x9e37_79b9_7f4a_7c15;
    let mut next = |below: u64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((state >> 33) % below).unwrap_or(0)
    };
    let length = 156 + next(71);
    let signs = (0..length).map(|_| char::from(SIGNS[next(45)]));
    core::iter::once("BP1:".to_owned()).chain(signs.map(String::from)).collect()
}

const SIGNS: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/// An entry of a manifest.
#[derive(Debug, Deserialize)]
struct Entry {
    file: String,
    #[serde(default)]
    kind: Option<String>,
    #[serde(default)]
    strength: Option<f64>,
    #[serde(default)]
    level: Option<f64>,
    #[serde(default)]
    payload: Option<String>,
    #[serde(default)]
    expected: Option<Vec<String>>,
    #[serde(default)]
    codes: serde_json::Value,
}

/// The pictures of a folder, as its manifest lists them.
///
/// # Errors
///
/// When there is no manifest, or it is none.
pub(super) fn folder(folder: &Path) -> Result<Vec<Item>, Fault> {
    let path = folder.join("manifest.json");
    let text = fs::read(&path).map_err(|cause| Fault::open(&path, cause))?;
    let entries: Vec<Entry> = serde_json::from_slice(&text).map_err(|error| {
        let fault = Fault::new(Exit::Unreadable, "manifest-unfit").at(&path);
        let fault = fault.with("line", error.line()).with("column", error.column());
        fault.because(io::Error::other(error.to_string()))
    })?;
    entries
        .into_iter()
        .enumerate()
        .map(|(number, entry)| {
            let file = entry.file.clone();
            entry.item(folder).ok_or_else(|| {
                Fault::new(Exit::Unreadable, "manifest-payload")
                    .at(&path)
                    .with("entry", number + 1)
                    .with("file", file)
            })
        })
        .collect()
}

impl Entry {
    /// `None` where a payload is not hexadecimal.
    fn item(self, folder: &Path) -> Option<Item> {
        let mut payloads: Vec<&str> = self.payload.as_deref().into_iter().collect();
        let others = self.codes.as_array().map_or(&[][..], Vec::as_slice);
        payloads.extend(others.iter().filter_map(|code| code["payload"].as_str()));
        let bytes: Option<Vec<Vec<u8>>> = payloads.into_iter().map(manifest::bytes).collect();
        let wanted = match (bytes?, self.expected) {
            (bytes, None) => Wanted::Bytes(bytes),
            (bytes, Some(_)) if !bytes.is_empty() => Wanted::Bytes(bytes),
            (_, Some(texts)) => Wanted::Texts(texts),
        };
        Some(Item {
            source: Source::File(folder.join(&self.file)),
            name: self.file,
            kind: self.kind.unwrap_or_else(|| "-".into()),
            strength: self.strength.or(self.level.map(|level| (level + 1.0) / 4.0)),
            wanted,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_is_the_same_set() {
        let names = |seed| -> Vec<(String, Wanted)> {
            generated(3, seed).into_iter().map(|item| (item.name, item.wanted)).collect()
        };
        assert_eq!(names(7), names(7));
        assert_ne!(names(7), names(8));
        assert_eq!(names(1).len(), 22 * 3 + 8);
        let first = &generated(3, 7)[0];
        assert_eq!(first.picture().unwrap(), generated(3, 7)[0].picture().unwrap());
    }

    #[test]
    fn a_permits_length() {
        for seed in 0..50 {
            let text = text(seed);
            let symbol = Symbol::new(&text).unwrap();
            assert!((160..=230).contains(&text.len()) && (7..=9).contains(&symbol.version()));
        }
    }

    #[test]
    fn texts_in_any_encoding() {
        let wanted = Wanted::Texts(vec!["点 é".into(), "点".into()]);
        for code in [&b"\xe7\x82\xb9 \xc3\xa9\r\n"[..], b"\x93\x5f", b"\xb5\xe3", b"\x70\xb9"] {
            assert!(wanted.is_among(&[code.to_vec()]), "{code:?}");
        }
        assert!(!wanted.is_among(&[b"point".to_vec()]));
        let bytes = Wanted::Bytes(vec![b"A".to_vec()]);
        assert!(bytes.is_among(&[b"B".to_vec(), b"A".to_vec()]) && !bytes.is_nothing());
    }

    #[test]
    fn a_folder_by_its_manifest() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("manifest.json");
        fs::write(
            &path,
            r#"[{"file":"a.jpg","kind":"glare","level":1,"payload":"4250","seed":[1]},
                {"file":"b.png","expected":["x"],"codes":1},{"file":"c.png","expected":[]},
                {"file":"d.png","strength":0.5,"codes":[{"payload":"41"},{"payload":"42"}]}]"#,
        )
        .unwrap();
        let items = folder(root.path()).unwrap();
        assert_eq!(items[0].wanted, Wanted::Bytes(vec![b"BP".to_vec()]));
        assert_eq!((items[0].strength, items[3].strength), (Some(0.5), Some(0.5)));
        assert_eq!(items[1].wanted, Wanted::Texts(vec!["x".into()]));
        assert!(items[2].wanted.is_nothing() && items[0].picture().is_err());
        fs::write(&path, r#"[{"file":"a.jpg","payload":"4"}]"#).unwrap();
        assert_eq!(folder(root.path()).unwrap_err().exit(), Exit::Unreadable);
    }
}

//! `permit authority codes`: a bundle as codes for a terminal's camera, on a screen or on paper.
//!
//! One page that shows them one after the other and needs nothing but a browser, and each code as a file. What no reader
//! would take is not drawn. It signs nothing: whoever shows a code proves nothing by it.

use std::path::{Path, PathBuf};

use askama::Template;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use permit_core::{Anchor, Trust, sha256};
use permit_signing::Parts;
use permit_symbol::{Size, Symbol};
use permit_words::Words;

use crate::bundle::{Held, Root, hex};
use crate::output::Line;
use crate::{Desk, Exit, Fault, write};

/// Its command line.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    bundle: PathBuf,

    #[arg(long)]
    out: PathBuf,

    #[arg(long, default_value_t = RATE, value_parser = clap::value_parser!(u8).range(1..=FASTEST))]
    rate: u8,
}

/// Cuts it, draws it, and says how long a round takes.
pub(super) fn run(args: &Args, desk: &Desk) -> Result<Exit, Fault> {
    let mut held = Held::read(&args.bundle)?;
    let bytes = held.bytes().to_vec();
    let trust = held.open(Some(&first(&bytes)), None, &desk.words)?;
    let texts = permit_parts::split(&bytes).map_err(|error| {
        Fault::new(Exit::Unwritable, "fault-codes-large")
            .at(&args.bundle)
            .with("bytes", error.bytes)
            .with("most", permit_parts::MOST_BYTES)
    })?;
    let drawn = |said: &dyn ToString| {
        Fault::new(Exit::Unwritable, "fault-drawing").with("said", said.to_string())
    };
    let symbols: Result<Vec<Symbol>, _> =
        texts.iter().map(|text| Symbol::in_version(text, permit_parts::VERSION)).collect();
    let symbols = symbols.map_err(|error| drawn(&error))?;
    write::folder(&args.out)?;
    let size = Size::module(MODULE);
    for (number, symbol) in (1..).zip(&symbols) {
        let file = |end: &str| args.out.join(format!("code-{number:03}.{end}"));
        write::whole(&file("svg"), symbol.svg(&size).as_bytes())?;
        let png = symbol.png(&size).map_err(|error| drawn(&error))?;
        write::whole(&file("png"), &png)?;
    }
    let page = Page::new(&trust, &bytes, &symbols, args.rate, &desk.words).render();
    let page = page.map_err(|error| drawn(&error))?;
    write::whole(&args.out.join(PAGE), page.as_bytes())?;
    told(desk, &args.out, symbols.len(), args.rate)?;
    Ok(Exit::Good)
}

fn told(desk: &Desk, out: &Path, count: usize, rate: u8) -> Result<(), Fault> {
    let values = [
        ("count", count.into()),
        ("path", out.join(PAGE).display().to_string().into()),
        ("seconds", count.div_ceil(usize::from(rate)).into()),
    ];
    desk.out.line(&Line::new().plain(&desk.words.with("codes-done", &values)))
}

/// The bundle's own first root: codes are drawn for terminals that have it, whoever draws them.
fn first(bytes: &[u8]) -> Root {
    let parts = Parts::of(bytes).unwrap_or_default();
    let anchor = parts.roots.first().and_then(|root| Anchor::of(root).ok());
    Root::Fingerprint(anchor.unwrap_or(Anchor([0; 32])).0)
}

/// The page.
#[derive(Template)]
#[template(path = "codes.html")]
struct Page<'a> {
    words: &'a Words,
    demo: bool,
    about: String,
    id: String,
    codes: Vec<String>,
    rate: u8,
    fastest: i64,
    style: &'static str,
    style_hash: String,
    script: &'static str,
    script_hash: String,
}

impl<'a> Page<'a> {
    fn new(
        trust: &Trust<'_>,
        bytes: &[u8],
        symbols: &[Symbol],
        rate: u8,
        words: &'a Words,
    ) -> Self {
        let id = hex(&permit_parts::BundleId::of(bytes).0);
        let values = [
            ("zone", trust.root().header.zone.into()),
            ("day", trust.newest().day(0).to_string().into()),
            ("bytes", bytes.len().into()),
            ("id", id.clone().into()),
        ];
        Self {
            words,
            demo: trust.is_demo(),
            about: words.with("codes-about", &values),
            id,
            codes: symbols.iter().map(|symbol| symbol.svg(&Size::module(MODULE))).collect(),
            rate,
            fastest: FASTEST,
            style: STYLE,
            style_hash: hash(STYLE),
            script: SCRIPT,
            script_hash: hash(SCRIPT),
        }
    }

    fn t(&self, id: &str) -> String {
        self.words.get(id)
    }

    fn lang(&self) -> &'static str {
        self.words.lang().tag()
    }
}

fn hash(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(sha256(&[text.as_bytes()])))
}

const STYLE: &str = include_str!("codes.css");
const SCRIPT: &str = include_str!("codes.js");
const PAGE: &str = "codes.html";
/// Codes a second: what a terminal on a slow board reads without losing one, and no faster than is safe for eyes
/// (three flashes a second, WCAG 2.3.1: two changes are a flash).
const RATE: u8 = 3;
/// The fastest.
const FASTEST: i64 = 6;
/// A module's edge in millimetres: on paper a code is as large as two fit beside each other on A4.
const MODULE: f64 = 0.95;

#[cfg(test)]
mod tests {
    use permit_signing::demo;

    use super::*;

    #[test]
    fn the_page_shows_every_code_and_loads_nothing() {
        let symbols: Vec<Symbol> = permit_parts::split(demo::BUNDLE)
            .unwrap()
            .iter()
            .map(|text| Symbol::in_version(text, permit_parts::VERSION).unwrap())
            .collect();
        let mut slots = permit_signing::slots(demo::BUNDLE);
        let anchor = demo::anchor().unwrap();
        let terms = permit_core::Terms { anchor, before: None, now: None };
        let trust = Trust::open(demo::BUNDLE, &terms, &mut slots).unwrap();
        for lang in permit_words::Lang::ALL {
            let words = Words::new(lang);
            let page = Page::new(&trust, demo::BUNDLE, &symbols, RATE, &words).render().unwrap();
            assert_eq!(page.matches("<svg ").count(), symbols.len());
            assert!(page.contains("default-src 'none'") && page.contains("DEMO"), "{lang}");
            for loads in ["src=", "href=", "@import", "url(", "fetch(", "XMLHttpRequest"] {
                assert!(!page.contains(loads), "{lang}: {loads}");
            }
            assert!(!page.contains("codes-"), "{lang}: a message without words");
        }
    }

    #[test]
    fn all_codes_are_of_one_size() {
        for text in permit_parts::split(&demo::BUNDLE[..permit_parts::PIECE + 1]).unwrap() {
            let symbol = Symbol::in_version(&text, permit_parts::VERSION).unwrap();
            assert_eq!(symbol.version(), permit_parts::VERSION);
            assert!(symbol.level() >= permit_symbol::Level::M);
        }
    }
}

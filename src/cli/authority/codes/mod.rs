//! `permit authority codes`: a bundle, or what of it is new, as codes for a terminal's camera, on a screen or on paper.
//!
//! One page that shows them one after the other and needs nothing but a browser, and each code as a file. What no reader
//! would take is not drawn. It signs nothing: whoever shows a code proves nothing by it.

use std::path::{Path, PathBuf};

use askama::Template;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use permit_core::{Trust, sha256};
use permit_parts::{BundleId, Fountain, SplitError, VERSION, split};
use permit_symbol::{Size, Symbol};
use permit_words::Words;

use super::delta::{Change, first};
use crate::bundle::{Held, hex};
use crate::output::Line;
use crate::{Desk, Exit, Fault, write};

/// Its command line.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    bundle: PathBuf,

    #[arg(long)]
    base: Option<PathBuf>,

    #[arg(long)]
    numbered: bool,

    #[arg(long, default_value_t = MORE, value_parser = clap::value_parser!(u16).range(5..=MOST_MORE), conflicts_with = "numbered")]
    more: u16,

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
    let change = args.base.as_ref().map(|base| Change::between(base, &args.bundle, &bytes, desk));
    let change = change.transpose()?;
    let file = change.as_ref().map_or(&bytes, |change| &change.delta);
    let codes = Codes::cut(file, args).map_err(|error| {
        Fault::new(Exit::Unwritable, "fault-codes-large")
            .at(&args.bundle)
            .with("bytes", error.bytes)
            .with("most", error.most)
    })?;
    let drawn = |said: &dyn ToString| {
        Fault::new(Exit::Unwritable, "fault-drawing").with("said", said.to_string())
    };
    let symbols: Result<Vec<Symbol>, _> =
        codes.texts.iter().map(|text| Symbol::in_version(text, VERSION)).collect();
    let symbols = symbols.map_err(|error| drawn(&error))?;
    write::folder(&args.out)?;
    let size = Size::module(MODULE);
    for (number, symbol) in (1..).zip(&symbols) {
        let file = |end: &str| args.out.join(format!("code-{number:03}.{end}"));
        write::whole(&file("svg"), symbol.svg(&size).as_bytes())?;
        let png = symbol.png(&size).map_err(|error| drawn(&error))?;
        write::whole(&file("png"), &png)?;
    }
    let base = change.as_ref().map(|change| &change.base[..]);
    let page = Page::new(&trust, (file, base), (&codes, &symbols), args.rate, &desk.words);
    let page = page.render().map_err(|error| drawn(&error))?;
    write::whole(&args.out.join(PAGE), page.as_bytes())?;
    told(desk, &args.out, &codes, args.rate)?;
    Ok(Exit::Good)
}

fn told(desk: &Desk, out: &Path, codes: &Codes, rate: u8) -> Result<(), Fault> {
    let count = codes.texts.len();
    let values = [
        ("count", count.into()),
        ("path", out.join(PAGE).display().to_string().into()),
        ("seconds", count.div_ceil(usize::from(rate)).into()),
        ("needed", codes.needed.unwrap_or(count).into()),
    ];
    let done = if codes.needed.is_some() { "codes-done-any" } else { "codes-done" };
    desk.out.line(&Line::new().plain(&desk.words.with(done, &values)))
}

/// The texts of the codes.
struct Codes {
    texts: Vec<String>,
    /// About so many of them do, whichever; none where each is needed.
    needed: Option<usize>,
}

impl Codes {
    fn cut(file: &[u8], args: &Args) -> Result<Self, SplitError> {
        if args.numbered {
            return split(file).map(|texts| Self { texts, needed: None });
        }
        let fountain = Fountain::new(file)?;
        let needed = fountain.needed();
        // Two at least: now and then just as many as are needed do not do.
        let more = (needed * usize::from(args.more)).div_ceil(100).max(2);
        let texts = fountain.texts().take(needed + more).collect();
        Ok(Self { texts, needed: Some(needed) })
    }
}

/// The page.
#[derive(Template)]
#[template(path = "codes.html")]
struct Page<'a> {
    words: &'a Words,
    demo: bool,
    about: String,
    id: String,
    /// For whom a delta is.
    delta: Option<String>,
    /// Every code is needed, and those that are missing can be asked for.
    numbered: bool,
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
        (file, base): (&[u8], Option<&str>),
        (codes, symbols): (&Codes, &[Symbol]),
        rate: u8,
        words: &'a Words,
    ) -> Self {
        let id = hex(&BundleId::of(file).0);
        let values = [
            ("zone", trust.root().header.zone.into()),
            ("day", trust.newest().day(0).to_string().into()),
            ("bytes", file.len().into()),
            ("id", id.clone().into()),
        ];
        let delta = base.map(|base| words.with("codes-delta", &[("id", base.to_owned().into())]));
        Self {
            words,
            demo: trust.is_demo(),
            about: words.with("codes-about", &values),
            id,
            delta,
            numbered: codes.needed.is_none(),
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
/// Codes above those that are needed, in a hundredth of them. Chosen: with three codes of ten lost one round does.
const MORE: u16 = 50;
/// The most of them: chosen, more is a page that no browser opens soon.
const MOST_MORE: i64 = 400;
/// The fastest.
const FASTEST: i64 = 6;
/// A module's edge in millimetres: on paper a code is as large as two fit beside each other on A4.
const MODULE: f64 = 0.95;

#[cfg(test)]
mod tests {
    use permit_signing::demo;

    use super::*;

    fn drawn(codes: &Codes) -> Vec<Symbol> {
        codes.texts.iter().map(|text| Symbol::in_version(text, VERSION).unwrap()).collect()
    }

    #[test]
    fn the_page_shows_every_code_and_loads_nothing() {
        let numbered = Codes { texts: split(demo::BUNDLE).unwrap(), needed: None };
        let fountain = Fountain::new(demo::BUNDLE).unwrap();
        let any = Codes { texts: fountain.texts().take(36).collect(), needed: Some(24) };
        let mut slots = permit_signing::slots(demo::BUNDLE);
        let anchor = demo::anchor().unwrap();
        let terms = permit_core::Terms { anchor, before: None, now: None };
        let trust = Trust::open(demo::BUNDLE, &terms, &mut slots).unwrap();
        for lang in permit_words::Lang::ALL {
            let words = Words::new(lang);
            for (codes, base) in [(&numbered, None), (&any, Some("0123456789abcdef"))] {
                let symbols = drawn(codes);
                let of = (demo::BUNDLE, base);
                let page = Page::new(&trust, of, (codes, &symbols), RATE, &words).render().unwrap();
                assert_eq!(page.matches("<svg ").count(), symbols.len());
                assert!(page.contains("default-src 'none'") && page.contains("DEMO"), "{lang}");
                assert_eq!(base.is_some_and(|base| page.contains(base)), base.is_some());
                assert_eq!(page.contains("id=\"only\""), codes.needed.is_none(), "{lang}");
                for loads in ["src=", "href=", "@import", "url(", "fetch(", "XMLHttpRequest"] {
                    assert!(!page.contains(loads), "{lang}: {loads}");
                }
                assert!(!page.contains("codes-"), "{lang}: a message without words");
            }
        }
    }

    #[test]
    fn all_codes_are_of_one_size() {
        let short = &demo::BUNDLE[..permit_parts::PIECE + 1];
        let fountain = Fountain::new(short).unwrap().texts().take(4).collect();
        for texts in [split(short).unwrap(), fountain] {
            for symbol in drawn(&Codes { texts, needed: None }) {
                assert_eq!(symbol.version(), VERSION);
                assert!(symbol.level() >= permit_symbol::Level::M);
            }
        }
    }
}

//! `permit inspect`: every layer of one thing, with its bytes and what they mean.
//!
//! A teacher, not a judge: it shows good and bad input alike, up to the byte where it stops being right, and gives no
//! verdict. A text, a picture of a code, a trust document, a bundle, a typed number.

mod canvas;
mod document;
mod envelope;
mod flaw;
mod items;
mod lesson;
mod number;
mod payload;
mod photo;
mod stages;
#[cfg(test)]
mod tests;
mod text;

use std::ffi::{OsStr, OsString};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use permit_core::{Envelope, KeySlot, Terms, Trust, trust};
use permit_file::{Ask, FileError};
use permit_signing::demo;
use permit_symbol::load;
use permit_words::{Places, Words};

use self::document::Shape;
use self::lesson::Lesson;
use crate::bundle::{self, Held, Root};
use crate::{Desk, Exit, Fault, picture};

/// Its command line.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    what: OsString,

    #[arg(long)]
    cose: bool,

    #[arg(long, conflicts_with = "cose")]
    json: bool,

    #[arg(long)]
    bundle: Option<PathBuf>,

    #[arg(long, requires = "bundle", value_parser = bundle::root)]
    root: Option<Root>,

    #[arg(long, conflicts_with_all = ["cose", "json", "bundle"])]
    stages: Option<PathBuf>,
}

/// Explains it.
pub(crate) fn run(args: &Args, desk: &Desk) -> Result<Exit, Fault> {
    let subject = Subject::of(&args.what)?;
    if let Some(folder) = &args.stages {
        return rooms(&subject, folder, desk);
    }
    if args.cose {
        return expand(&subject, desk);
    }
    let mut held = args.bundle.as_deref().map(Held::read).transpose()?;
    let mut slots = [KeySlot::EMPTY; DEMO_KEYS];
    let trust = match &mut held {
        Some(held) => held.open(args.root.as_ref(), None, &desk.words)?,
        None => demonstration(&mut slots)?,
    };
    let teacher = Teacher {
        words: &desk.words,
        places: Places::new(&trust, None),
        trust: &trust,
        demo: args.bundle.is_none(),
    };
    let mut lesson = Lesson::default();
    teacher.explain(&subject, &mut lesson)?;
    if args.json {
        desk.out.json(&lesson)?;
    } else {
        lesson.print(desk)?;
    }
    Ok(Exit::Good)
}

/// Who explains, and what is known of keys and places.
struct Teacher<'a> {
    words: &'a Words,
    trust: &'a Trust<'a>,
    places: Places<'a>,
    /// The documents are those of the demonstration, because no others were given.
    demo: bool,
}

/// What is to be explained.
#[derive(Debug)]
enum Subject {
    /// A scan: the argument itself, standard input, or a file that is neither picture nor document.
    Scan(Vec<u8>),
    /// A typed number.
    Number(String),
    /// A picture file.
    Picture(PathBuf),
    /// A trust document or a bundle.
    Document(PathBuf, Shape, Vec<u8>),
}

impl Subject {
    fn of(what: &OsStr) -> Result<Self, Fault> {
        if what == "-" {
            return bounded(io::stdin())
                .map(Self::Scan)
                .map_err(|cause| Fault::open(Path::new("-"), cause));
        }
        let path = Path::new(what);
        if path.exists() {
            return Self::file(path);
        }
        let text = what.to_string_lossy();
        if number::looks_typed(&text) {
            return Ok(Self::Number(text.into_owned()));
        }
        if is_path(&text) {
            return Err(Fault::open(path, io::ErrorKind::NotFound.into()));
        }
        Ok(Self::Scan(text.into_owned().into_bytes()))
    }

    fn file(path: &Path) -> Result<Self, Fault> {
        if load::is_picture(path) {
            return Ok(Self::Picture(path.to_owned()));
        }
        let open = |cause| Fault::open(path, cause);
        let file = permit_file::open(path, &Ask::named(u64::MAX)).map_err(|error| match error {
            FileError::NotAFile => open(io::ErrorKind::IsADirectory.into()),
            error => Fault::file(path, error),
        })?;
        let bytes = bounded(file).map_err(open)?;
        Ok(match Shape::of(&bytes) {
            Some(shape) => Self::Document(path.to_owned(), shape, bytes),
            None => Self::Scan(bytes),
        })
    }
}

impl Teacher<'_> {
    fn explain(&self, subject: &Subject, lesson: &mut Lesson) -> Result<(), Fault> {
        match subject {
            Subject::Scan(scan) => self.scan(scan, lesson),
            Subject::Number(typed) => self.typed(typed, lesson),
            Subject::Picture(path) => self.pages(path, lesson)?,
            Subject::Document(path, Shape::Bundle, bytes) => {
                self.bundle(bytes, lesson);
                self.soundness(path, bytes, lesson);
            }
            Subject::Document(_, _, bytes) => self.alone(bytes, lesson),
        }
        Ok(())
    }

    fn pages(&self, path: &Path, lesson: &mut Lesson) -> Result<(), Fault> {
        let pages: Vec<_> =
            load::open(path).map_err(|error| unreadable(path, &error, self.words))?.collect();
        let several = pages.len() > 1;
        for (number, page) in pages.into_iter().enumerate() {
            let page = page.map_err(|error| unreadable(path, &error, self.words))?;
            self.picture(&page, several.then_some(number + 1), lesson);
        }
        Ok(())
    }

    /// Whether a terminal with the bundle's own first root would take it.
    fn soundness(&self, path: &Path, bytes: &[u8], lesson: &mut Lesson) {
        let Some(anchor) = document::first_root(bytes) else { return };
        let part = lesson.part(self.words.get("inspect-whole"));
        let root = Root::Fingerprint(anchor.0);
        let fault = Held::read(path)
            .and_then(|mut held| held.open(Some(&root), None, self.words).map(|_| ()))
            .err();
        match fault.and_then(|fault| fault.say(self.words)) {
            None => part.say(self.words.get("inspect-sound")),
            Some((what, next)) => part.say(what).say(next),
        };
    }
}

/// `--stages`: what the reader's rooms saw of a picture, or of a file's first page.
fn rooms(subject: &Subject, folder: &Path, desk: &Desk) -> Result<Exit, Fault> {
    let Subject::Picture(path) = subject else {
        return Err(Fault::new(Exit::Usage, "stages-no-picture"));
    };
    let unreadable = |error: load::LoadError| unreadable(path, &error, &desk.words);
    let page = load::open(path).map_err(unreadable)?.next();
    let picture = page.unwrap_or(Err(load::LoadError::Empty)).map_err(unreadable)?;
    stages::run(&picture.grey, folder, desk)
}

/// `--cose`: the COSE_Sign1 a permit stands for, in hexadecimal.
fn expand(subject: &Subject, desk: &Desk) -> Result<Exit, Fault> {
    let scans = match subject {
        Subject::Scan(scan) => vec![scan.clone()],
        Subject::Picture(path) => {
            let pages = load::open(path).map_err(|error| unreadable(path, &error, &desk.words))?;
            let read = pages.filter_map(Result::ok).flat_map(|page| page.look().codes);
            read.map(|code| code.bytes).collect()
        }
        Subject::Number(_) | Subject::Document(..) => Vec::new(),
    };
    let mut found = false;
    for envelope in scans.iter().filter_map(|scan| Envelope::open(scan).ok()) {
        let mut cose = vec![0; envelope.payload().len() + 128];
        let Some(length) = envelope.expand(&mut cose) else { continue };
        desk.out.bytes(format!("{}\n", bundle::hex(&cose[..length])).as_bytes())?;
        found = true;
    }
    if found { Ok(Exit::Good) } else { Err(Fault::new(Exit::Unreadable, "inspect-no-envelope")) }
}

/// The demonstration's bundle, which comes with the command.
fn demonstration(slots: &mut [KeySlot; DEMO_KEYS]) -> Result<Trust<'_>, Fault> {
    let terms = Terms { anchor: bundle::demo()?, before: None, now: None };
    Trust::open(demo::BUNDLE, &terms, slots)
        .map_err(|_| Fault::new(Exit::Untrusted, "trust-no-demo"))
}

fn unreadable(path: &Path, error: &load::LoadError, words: &Words) -> Fault {
    Fault::new(Exit::Unreadable, "inspect-unreadable")
        .at(path)
        .with("cause", picture::says(error, words))
}

/// A name that nobody types as the text of a code.
fn is_path(text: &str) -> bool {
    let ending = Path::new(text).extension().and_then(OsStr::to_str).unwrap_or_default();
    !text.contains("://")
        && !text.starts_with("BP")
        && ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending))
}

/// As much of something as can be a bundle.
fn bounded(from: impl Read) -> io::Result<Vec<u8>> {
    let most = u64::try_from(trust::BUNDLE).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    from.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Room for the keys of the demonstration's stations.
const DEMO_KEYS: usize = 64;
const ENDINGS: [&str; 15] = [
    "png", "jpg", "jpeg", "webp", "gif", "bmp", "pgm", "pbm", "ppm", "pnm", "tif", "tiff", "pdf",
    "txt", "cbor",
];

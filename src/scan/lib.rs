//! From what a hand or desk scanner gives to the text of a code, or to what the scanner did to it.
//!
//! The one room between such devices and the verifier. A code's text is exact (section 1 of the format), and a scanner
//! is a device that somebody set up: it puts something before and after what it reads, types with Caps Lock or for
//! another keyboard. What is certain to be no part of a text is dropped here; what was changed is named, never guessed
//! back, so that no permit gets a verdict for what a device did. It opens no device, judges nothing and words nothing.
//!
//! What is certain: no text holds a control character, and none begins or ends with a space. The last because in base45
//! a space is 36: as the last of three it would make more than 65535, as the last of two more than 255.

mod cut;
mod keys;
mod layouts;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use permit_core::is_base45;
use serde::Serialize;

pub use cut::{Cutter, LINE};

/// The text of the set-up sheet's code: a beginning of its own, and every character that a text can have.
pub const TEST: &str = "BT1:0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/// What a device gave.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Scan {
    /// The text of a code, as it stands on the paper.
    Text(Vec<u8>),
    /// A code of this system, but not as it stands on the paper: this is what the device does.
    Device(Fault),
    /// The code of the set-up sheet, and what is to be set otherwise, if anything is.
    Test(Option<Fault>),
}

/// What a device does that its set-up code would mend.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Fault {
    /// It types with Caps Lock, or turns letters into small ones.
    Case,
    /// It types for another keyboard language than the one that is listened to.
    Layout,
    /// The serial line has another rate, or a parity.
    Line,
    /// It puts something before the text.
    Before,
    /// It puts something after the text, besides what ends a scan.
    After,
    /// It gives wide characters: full-width, or two bytes each.
    Wide,
    /// It does not end its scans.
    Endless,
    /// A part of the text got lost on the way.
    Torn,
}

impl Fault {
    /// Its name, as messages are called after it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Layout => "layout",
            Self::Line => "line",
            Self::Before => "before",
            Self::After => "after",
            Self::Wide => "wide",
            Self::Endless => "endless",
            Self::Torn => "torn",
        }
    }
}

/// Reads what came between two ends of a scan; `None` if that is nothing.
#[must_use]
pub fn read(raw: &[u8]) -> Option<Scan> {
    let (bytes, wide) = cut::narrow(raw);
    let parts = || bytes.split(|byte| cut::is_control(*byte)).filter(|part| !part.is_empty());
    if let Some(scan) = parts().find_map(|part| code(part, wide)) {
        return Some(scan);
    }
    // Not ours: as it is, but for what ends a scan.
    let first = raw.iter().position(|byte| !is_blank(*byte))?;
    let last = raw.iter().rposition(|byte| !is_blank(*byte))?;
    Some(Scan::Text(raw.get(first..=last)?.to_vec()))
}

/// What a part is, if it wants to be a code of this system.
fn code(part: &[u8], wide: bool) -> Option<Scan> {
    let Ok(text) = core::str::from_utf8(part) else {
        let stripped: Vec<u8> = part.iter().map(|byte| byte & 0x7f).collect();
        let is = Kind::of(&stripped).is_some() && stripped.iter().all(|byte| is_base45(*byte));
        return is.then_some(Scan::Device(Fault::Line));
    };
    let folded = fold(text);
    let wide = wide || folded != text.trim_start_matches(MARK);
    let trimmed = folded.trim_matches(' ');
    let (before, text) = strip(trimmed);
    let Some(kind) = Kind::of(text.as_bytes()) else {
        return keys::explain(trimmed)
            .map(|(kind, fault)| kind.with(fault))
            .or_else(|| is_after(trimmed).then_some(Scan::Device(Fault::Before)));
    };
    if !text.bytes().all(is_base45) && keys::is_elsewhere(text) {
        return Some(kind.with(Fault::Layout));
    }
    if kind == Kind::Code {
        return Some(Scan::Text(text.as_bytes().to_vec()));
    }
    let after = !folded.ends_with(text);
    Some(Scan::Test(match text.strip_prefix(TEST) {
        None => Some(Fault::Torn),
        Some(_) if before || folded.starts_with(' ') => Some(Fault::Before),
        Some(rest) if !rest.is_empty() || after => Some(Fault::After),
        Some(_) => wide.then_some(Fault::Wide),
    }))
}

/// What a text of this system is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    /// A permit or a code of lists, of any version.
    Code,
    /// The code of the set-up sheet.
    Test,
}

impl Kind {
    /// By how it begins: `B`, a letter, a number, a colon.
    fn of(text: &[u8]) -> Option<Self> {
        let (kind, rest) = match text {
            [b'B', b'P' | b'L', rest @ ..] => (Self::Code, rest),
            [b'B', b'T', rest @ ..] => (Self::Test, rest),
            _ => return None,
        };
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        ((1..=DIGITS).contains(&digits) && rest.get(digits) == Some(&b':')).then_some(kind)
    }

    const fn with(self, fault: Fault) -> Scan {
        match self {
            Self::Code => Scan::Device(fault),
            Self::Test => Scan::Test(Some(fault)),
        }
    }
}

/// Full-width forms (U+FF01 to U+FF5E, U+3000) as what they stand for, without a byte order mark.
fn fold(text: &str) -> Cow<'_, str> {
    let text = text.trim_start_matches(MARK);
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' | '\u{a0}' => ' ',
        _ => c,
    };
    if text.chars().all(|c| narrow(c) == c) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().map(narrow).collect())
    }
}

/// Takes off what scanners put before a text to say what kind of code it was: `]` and two characters (ISO/IEC 15424), or
/// up to three of a maker's own. True if there was something.
fn strip(text: &str) -> (bool, &str) {
    let ours = |text: &str| Kind::of(text.as_bytes()).is_some();
    if ours(text) {
        return (false, text);
    }
    let without = |count| text.get(count..).filter(|rest| ours(rest));
    (1..=IDENTIFIER).find_map(without).map_or((false, text), |rest| (true, rest))
}

/// Whether a code of ours follows something that is longer than any identifier and no address.
fn is_after(text: &str) -> bool {
    let ours = |at: usize| text.get(at..).is_some_and(|rest| Kind::of(rest.as_bytes()).is_some());
    let from = (1..=BEFORE).find(|at| ours(*at));
    from.and_then(|at| text.get(..at)).is_some_and(|before| !before.contains("//"))
}

/// Control characters and spaces, which nothing that is read begins or ends with.
fn is_blank(byte: u8) -> bool {
    cut::is_control(byte) || byte == b' '
}

/// A byte order mark.
const MARK: char = '\u{feff}';
/// Digits of a version.
const DIGITS: usize = 3;
/// Characters of an identifier.
const IDENTIFIER: usize = 3;
/// Characters of whatever else a device may be set to put first: a date, a place.
const BEFORE: usize = 32;

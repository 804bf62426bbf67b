//! The text of a code: its characters, its prefix, and the bytes its base45 stands for.
//!
//! It shows the groups and marks the one that is wrong; whether a text is a permit's is asked of core alone.

use permit_core::{Envelope, Fault, Flaw, Layer, NotAnEnvelope, PREFIX, base45_decode, is_base45};
use permit_words::{Words, verdict};

use super::lesson::{Lesson, Part};
use super::{Teacher, flaw};

impl Teacher<'_> {
    /// Every layer of what was scanned.
    pub(super) fn scan(&self, scan: &[u8], lesson: &mut Lesson) {
        let text = strip(scan);
        let words = self.words;
        let part = lesson.part(words.with("inspect-text", &[("count", text.len().into())]));
        if text.len() < scan.len() {
            part.say(
                words.with("inspect-line-end", &[("count", (scan.len() - text.len()).into())]),
            );
        }
        show(part, text, text.starts_with(b"BP"));
        match Envelope::open(scan) {
            Ok(envelope) => {
                prefix(part, words);
                groups(lesson, text, None, words);
                self.envelope(&envelope, lesson);
            }
            Err(NotAnEnvelope::Foreign(kind)) => foreign(part, text, kind, words),
            Err(NotAnEnvelope::Newer(newer)) => {
                let permit_core::Newer::Version(version) = newer else { return };
                part.say(words.with("inspect-newer", &[("version", version.into())]));
            }
            Err(NotAnEnvelope::Malformed(Layer::Base45, fault)) => {
                prefix(part, words);
                groups(lesson, text, Some(fault), words);
            }
            Err(NotAnEnvelope::Malformed(Layer::Envelope, fault)) => {
                prefix(part, words);
                groups(lesson, text, None, words);
                short(lesson, text, fault, words);
            }
            Err(NotAnEnvelope::Malformed(_, fault)) => flaw::stop(part, fault, &[], words),
        }
    }
}

/// The text with the offset of each line; below it, what a permit's text may not have.
fn show(part: &mut Part, text: &[u8], permit: bool) {
    for (number, line) in text.chunks(WIDE).take(LINES).enumerate() {
        part.fixed(Some(number * WIDE), line.iter().map(|byte| drawn(*byte)).collect());
        let marks: String =
            line.iter().map(|byte| if is_base45(*byte) { ' ' } else { '^' }).collect();
        if permit && marks.contains('^') {
            part.fixed(None, marks.trim_end().to_owned());
        }
    }
    if text.len() > WIDE * LINES {
        part.fixed(Some(WIDE * LINES), "…".into());
    }
}

fn prefix(part: &mut Part, words: &Words) {
    part.say(words.with("inspect-prefix", &[("prefix", PREFIX.into())]));
}

/// What else it is, and that nothing of it is looked into.
fn foreign(part: &mut Part, text: &[u8], kind: permit_core::Foreign, words: &Words) {
    let sentence = verdict::foreign(kind, words);
    part.say(words.with("inspect-foreign", &[("prefix", PREFIX.into())]));
    part.say(sentence.reason);
    if text.get(..PREFIX.len()).is_some_and(|head| head.eq_ignore_ascii_case(PREFIX.as_bytes())) {
        part.say(words.get("inspect-case"));
    }
    part.say(words.get("inspect-foreign-closed"));
}

/// The base45, three characters for two bytes, as far as it is right.
fn groups(lesson: &mut Lesson, text: &[u8], fault: Option<Fault>, words: &Words) {
    let digits = text.get(PREFIX.len()..).unwrap_or_default();
    let whole = digits.len() / 3;
    let bytes = whole * 2 + usize::from(digits.len() % 3 == 2);
    let values = [("count", digits.len().into()), ("bytes", bytes.into())];
    let part = lesson.part(words.with("inspect-base45", &values));
    part.say(words.get("inspect-base45-how"));
    if let Some([c, d, e]) = digits.first_chunk()
        && fault.is_none_or(|fault| fault.offset > PREFIX.len() + 2)
        && let (Some(c_value), Some(d_value), Some(e_value)) = (value(*c), value(*d), value(*e))
    {
        let sum = c_value + 45 * d_value + 2025 * e_value;
        let group: String = [*c, *d, *e].iter().map(|byte| shown(*byte)).collect();
        part.say(words.with(
            "inspect-base45-first",
            &[
                ("group", group.into()),
                ("c", c_value.into()),
                ("d", d_value.into()),
                ("e", e_value.into()),
                ("sum", sum.to_string().into()),
                ("hex", format!("{sum:04x}").into()),
            ],
        ));
    }
    // The group that is wrong is shown by the arrow.
    let wrong = fault.map(|fault| fault.offset.saturating_sub(PREFIX.len()) / 3);
    let right: Vec<&[u8]> = digits.chunks(3).take(wrong.unwrap_or(usize::MAX)).collect();
    for (number, row) in right.chunks(GROUPS).enumerate() {
        let at = PREFIX.len() + number * GROUPS * 3;
        let letters: Vec<String> =
            row.iter().map(|group| group.iter().map(|byte| shown(*byte)).collect()).collect();
        let bytes: Vec<String> = row.iter().map(|group| decoded(group)).collect();
        let to = number * GROUPS * 2;
        part.fixed(Some(at), format!("{:<31} {to:>4}  {}", letters.join(" "), bytes.join(" ")));
    }
    if let Some(fault) = fault {
        broken(part, digits, fault, words);
    }
}

/// The group that is wrong.
fn broken(part: &mut Part, digits: &[u8], fault: Fault, words: &Words) {
    let at = fault.offset.saturating_sub(PREFIX.len());
    let start = at / 3 * 3;
    let group = digits.get(start..digits.len().min(start + 3)).unwrap_or_default();
    let from = if fault.flaw == Flaw::Character { at..at + 1 } else { start..start + group.len() };
    flaw::stop(part, fault, digits.get(from).unwrap_or_default(), words);
    let letters: String = group.iter().map(|byte| shown(*byte)).collect();
    let says = match fault.flaw {
        Flaw::Overflow => {
            let sum: u32 =
                group.iter().rev().fold(0, |sum, byte| sum * 45 + value(*byte).unwrap_or(0));
            let most: u32 = if group.len() == 3 { 65_535 } else { 255 };
            let values = [
                ("group", letters.into()),
                ("sum", sum.to_string().into()),
                ("most", most.to_string().into()),
            ];
            words.with("inspect-overflow", &values)
        }
        Flaw::Character => {
            let byte = digits.get(at).copied().unwrap_or_default();
            let values =
                [("letter", drawn(byte).to_string().into()), ("hex", format!("{byte:02x}").into())];
            words.with("inspect-letter", &values)
        }
        _ => words.with("inspect-alone", &[("group", letters.into())]),
    };
    part.say(says);
}

/// An envelope without room for a payload and a signature.
fn short(lesson: &mut Lesson, text: &[u8], fault: Fault, words: &Words) {
    let bytes =
        base45_decode::<1100>(text.get(PREFIX.len()..).unwrap_or_default()).unwrap_or_default();
    let part = lesson.part(words.with("inspect-envelope", &[("count", bytes.len().into())]));
    if let Some((kid, rest)) = bytes.split_at_checked(4) {
        part.bytes(0, kid, 0, words.get("inspect-kid"));
        part.bytes(4, rest, 0, words.get("inspect-rest"));
    }
    flaw::stop(part, fault, &[], words);
    part.say(words.get("inspect-short"));
}

/// Two bytes of a group, or one.
fn decoded(group: &[u8]) -> String {
    base45_decode::<4>(group).map_or_else(|_| "????".into(), |bytes| crate::bundle::hex(&bytes))
}

/// The value of a character of the alphabet (RFC 9285).
fn value(byte: u8) -> Option<u32> {
    ALPHABET.iter().position(|letter| *letter == byte).and_then(|value| u32::try_from(value).ok())
}

/// A character as it can be told apart in a list: the space has a sign of its own.
fn shown(byte: u8) -> char {
    if byte == b' ' { '␣' } else { drawn(byte) }
}

/// A character, if it can be drawn.
fn drawn(byte: u8) -> char {
    if byte.is_ascii_graphic() || byte == b' ' { byte.into() } else { '·' }
}

/// Without the line end of a hand scanner.
fn strip(scan: &[u8]) -> &[u8] {
    let scan = scan.strip_suffix(b"\n").unwrap_or(scan);
    scan.strip_suffix(b"\r").unwrap_or(scan)
}

const ALPHABET: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
const WIDE: usize = 64;
/// A permit's longest text has 25 lines.
const LINES: usize = 32;
const GROUPS: usize = 8;

//! Why bytes stop being right, and what would have been.
//!
//! Core says which flaw and where; the sentences are in the words.

use permit_core::{Fault, Flaw};
use permit_words::Words;

use super::lesson::Part;

/// The arrow, the reason, and what would have been right.
pub(super) fn stop(part: &mut Part, fault: Fault, bytes: &[u8], words: &Words) {
    let (why, right) = said(fault.flaw);
    let why = words.get(why);
    part.stop(fault.offset, bytes, words.with("inspect-stop", &[("flaw", why.into())]));
    part.say(words.with("inspect-right", &[("right", words.get(right).into())]));
}

/// The messages that say what is wrong, and what would have been right.
const fn said(flaw: Flaw) -> (&'static str, &'static str) {
    match flaw {
        Flaw::Truncated => ("flaw-truncated", "inspect-right-truncated"),
        Flaw::Trailing => ("flaw-trailing", "inspect-right-trailing"),
        Flaw::TooLong => ("flaw-too-long", "inspect-right-too-long"),
        Flaw::NotShortest => ("flaw-not-shortest", "inspect-right-not-shortest"),
        Flaw::Indefinite => ("flaw-indefinite", "inspect-right-indefinite"),
        Flaw::Float => ("flaw-float", "inspect-right-float"),
        Flaw::Tag => ("flaw-tag", "inspect-right-tag"),
        Flaw::Simple => ("flaw-simple", "inspect-right-simple"),
        Flaw::Reserved => ("flaw-reserved", "inspect-right-reserved"),
        Flaw::Unsorted => ("flaw-unsorted", "inspect-right-unsorted"),
        Flaw::Duplicate => ("flaw-duplicate", "inspect-right-duplicate"),
        Flaw::Key => ("flaw-key", "inspect-right-key"),
        Flaw::TooDeep => ("flaw-too-deep", "inspect-right-too-deep"),
        Flaw::Utf8 => ("flaw-utf8", "inspect-right-utf8"),
        Flaw::Character => ("flaw-character", "inspect-right-character"),
        Flaw::Overflow => ("flaw-overflow", "inspect-right-overflow"),
        Flaw::Length => ("flaw-length", "inspect-right-length"),
        Flaw::Type => ("flaw-type", "inspect-right-type"),
        Flaw::Range => ("flaw-range", "inspect-right-range"),
        Flaw::Count => ("flaw-count", "inspect-right-count"),
        Flaw::Redundant => ("flaw-redundant", "inspect-right-redundant"),
        Flaw::Space => ("flaw-space", "inspect-right-space"),
        _ => ("flaw-header", "inspect-right-header"),
    }
}

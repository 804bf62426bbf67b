//! What is wrong with a field, beside it.

use permit_signing::permit::Why;
use permit_words::Words;

/// In words, as `permit issue` says it of a row.
pub(super) fn said(why: &Why, words: &Words) -> String {
    match why {
        Why::Missing => words.get("row-missing"),
        Why::Character(c) => {
            let code = format!("U+{:04X}", u32::from(*c));
            words.with("row-character", &[("c", c.to_string().into()), ("code", code.into())])
        }
        Why::TooLong { bytes, most } => {
            words.with("row-long", &[("bytes", (*bytes).into()), ("most", (*most).into())])
        }
        Why::TooMany { most } => words.with("row-many", &[("most", (*most).into())]),
        Why::Number { least, most } => {
            words.with("row-number", &[("least", (*least).into()), ("most", (*most).into())])
        }
        Why::Date => words.get("desk-why-date"),
        Why::Birth => words.get("desk-why-birth"),
        Why::NotInRegister => words.get("desk-why-region"),
        Why::Ambiguous => words.get("row-ambiguous"),
        Why::NotServed => words.get("row-not-served"),
        Why::OutsideZone => words.get("row-outside"),
        Why::BornLater => words.get("row-born-later"),
        Why::Past { today } => words.with("row-past", &[("day", today.to_string().into())]),
        Why::BeforeFrom { from } => words.with("row-before", &[("day", from.to_string().into())]),
        Why::Validity { days, longest } => {
            words.with("row-validity", &[("days", (*days).into()), ("longest", (*longest).into())])
        }
        other => words.with("row-other", &[("said", other.to_string().into())]),
    }
}

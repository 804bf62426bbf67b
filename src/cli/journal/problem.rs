//! What is wrong with an export, by name and in words.

use permit_journal::Problem;
use permit_words::{Value, Words};
use serde::Serialize;

/// A problem as a program reads it.
#[derive(Debug, Serialize)]
pub(crate) struct Named {
    problem: &'static str,
    /// The first record, or the stretch, that it is about.
    at: Option<u64>,
    /// The last record that is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    through: Option<u64>,
}

/// Its name and what it says.
pub(crate) fn named(problem: &Problem, words: &Words) -> (Named, String) {
    let one = |name, id, at: u64| {
        let named = Named { problem: name, at: Some(at), through: None };
        (named, words.with(id, &[("number", at.into())]))
    };
    match *problem {
        Problem::Malformed(fault) => {
            one("malformed", "journal-problem-malformed", fault.offset as u64)
        }
        // Stretches are counted from 0 in the file, from 1 for people.
        Problem::Forged { stretch } => one("forged", "journal-problem-forged", stretch + 1),
        Problem::OtherTerminal { stretch } => {
            one("other-terminal", "journal-problem-other-terminal", stretch + 1)
        }
        Problem::BadRecord { sequence } => {
            one("bad-record", "journal-problem-bad-record", sequence)
        }
        Problem::BadHead { sequence } => one("bad-head", "journal-problem-bad-head", sequence),
        Problem::Unsigned { after } => one("unsigned", "journal-problem-unsigned", after),
        Problem::Broken { expected, found } if found > expected => {
            let through = found - 1;
            let named = Named { problem: "gap", at: Some(expected), through: Some(through) };
            let values: [(&str, Value<'_>); 2] =
                [("from", expected.into()), ("through", through.into())];
            (named, words.with("journal-problem-gap", &values))
        }
        Problem::Broken { expected, found } => {
            let named = Named { problem: "broken", at: Some(expected), through: None };
            let values: [(&str, Value<'_>); 2] =
                [("expected", expected.into()), ("found", found.into())];
            (named, words.with("journal-problem-broken", &values))
        }
        Problem::Stated(damage) | Problem::Damaged(damage) => {
            one("damaged", "journal-problem-damaged", damage.segment.into())
        }
        Problem::NoHead => whole("no-head", "journal-problem-no-head", words),
        Problem::OtherHead => whole("other-head", "journal-problem-other-head", words),
        _ => whole("other", "journal-problem-other", words),
    }
}

fn whole(name: &'static str, id: &str, words: &Words) -> (Named, String) {
    (Named { problem: name, at: None, through: None }, words.get(id))
}

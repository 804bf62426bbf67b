//! Acts as contents of a record's entries.

use minicbor::Encode;
use permit_record::{Body, Entry, Refused, Subject, opened};

use super::Act;

/// Why the content of an entry is not its act.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum NotItsAct {
    /// It is no act of this program.
    Unreadable(Refused),
    /// It is another than the entry says.
    Other,
}

/// The content of an act's entry.
pub(crate) fn content(act: &Act) -> Vec<u8> {
    match act {
        Act::Office(act) => bytes(act),
        Act::Application(_, act) => bytes(act),
        Act::Case(_, act) => bytes(act),
        Act::Matter(_, act) => bytes(act),
    }
}

/// The act of an entry, which must be the one that the entry says.
pub(crate) fn read(entry: &Entry, body: &Body) -> Result<Act, NotItsAct> {
    let (content, no) = (body.content(), NotItsAct::Unreadable);
    let act = match entry.subject {
        Subject::Office => Act::Office(opened(content).map_err(no)?),
        Subject::Application(number) => Act::Application(number, opened(content).map_err(no)?),
        Subject::Case(number) => Act::Case(number, opened(content).map_err(no)?),
        Subject::Matter(number) => Act::Matter(number, opened(content).map_err(no)?),
    };
    if act.code() == entry.act { Ok(act) } else { Err(NotItsAct::Other) }
}

fn bytes<T: Encode<()>>(value: &T) -> Vec<u8> {
    minicbor::to_vec(value).unwrap_or_default()
}

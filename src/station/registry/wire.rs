//! Acts as contents of entries.

use minicbor::{Decode, Encode};
use permit_core::{DOCUMENT_DEPTH, gate};
use permit_record::{Body, Entry, Subject};

use super::RegistryError;
use crate::rules::Act;

/// The content of an act's entry.
pub(super) fn content(act: &Act) -> Vec<u8> {
    match act {
        Act::Office(act) => bytes(act),
        Act::Application(_, act) => bytes(act),
        Act::Case(_, act) => bytes(act),
        Act::Matter(_, act) => bytes(act),
    }
}

/// The act of an entry, which must be the one that the entry says.
pub(super) fn act(entry: &Entry, body: &Body) -> Result<Act, RegistryError> {
    let content = body.content();
    let act = match entry.subject {
        Subject::Office => Act::Office(read(entry, content)?),
        Subject::Application(number) => Act::Application(number, read(entry, content)?),
        Subject::Case(number) => Act::Case(number, read(entry, content)?),
        Subject::Matter(number) => Act::Matter(number, read(entry, content)?),
    };
    if act.code() == entry.act {
        Ok(act)
    } else {
        Err(RegistryError::OtherAct { at: entry.sequence, found: entry.subject })
    }
}

fn read<T: Encode<()> + for<'b> Decode<'b, ()>>(
    entry: &Entry,
    content: &[u8],
) -> Result<T, RegistryError> {
    let at = entry.sequence;
    gate(content, DOCUMENT_DEPTH)
        .map_err(|fault| RegistryError::NoAct { at, why: fault.into() })?;
    permit_record::opened(content).map_err(|why| RegistryError::NoAct { at, why })
}

fn bytes<T: Encode<()>>(value: &T) -> Vec<u8> {
    minicbor::to_vec(value).unwrap_or_default()
}

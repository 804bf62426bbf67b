//! How an export's records stand to those that are here: known, new, or of another journal.

use std::collections::BTreeMap;

use permit_journal::{Entry, Hash, Record, Terminal, Tip};
use permit_store::Row;

use crate::{Failed, kept::row};

/// A record as an export shows it.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) record: Record,
    pub(crate) link: Link,
}

/// Where a record stands in its chain.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Link {
    pub(crate) hash: Hash,
    pub(crate) previous: Hash,
    /// It is the first of a chain.
    pub(crate) begins: bool,
}

impl Link {
    pub(crate) fn of(record: &Record, hash: Hash, terminal: Terminal) -> Self {
        Self { hash, previous: record.previous, begins: is_first(record, terminal) }
    }

    /// Of a record that is past its term.
    pub(crate) fn gone(cells: &Row) -> Result<Self, Failed> {
        let (hash, previous) = (Hash(row::exactly(cells, 2)?), Hash(row::exactly(cells, 3)?));
        Ok(Self { hash, previous, begins: row::whole(cells, 4)? != 0 })
    }

    /// True unless it hangs on another record than the one before it.
    pub(crate) fn follows(&self, before: &Self) -> bool {
        self.begins || self.previous == before.hash
    }
}

impl Seen {
    pub(crate) fn new(record: &Record, tip: &Tip, terminal: Terminal) -> Self {
        Self { record: record.clone(), link: Link::of(record, tip.hash, terminal) }
    }
}

/// True for the first record of a chain.
pub(crate) fn is_first(record: &Record, terminal: Terminal) -> bool {
    let genesis = terminal.genesis();
    matches!(record.entry, Entry::Renewed(_))
        || (record.sequence == 1 && record.previous == genesis.hash)
}

/// Which records are new, by their place in the export; or the sequence at which it is another journal's.
///
/// `known` has every record that is here of those sequences, and the ones before and after them.
pub(crate) fn fit(known: &BTreeMap<u64, Link>, shown: &[Seen]) -> Result<Vec<usize>, u64> {
    let mut new = Vec::new();
    for (place, seen) in shown.iter().enumerate() {
        let sequence = seen.record.sequence;
        match known.get(&sequence) {
            Some(have) if have.hash == seen.link.hash => continue,
            Some(_) => return Err(sequence),
            None => new.push(place),
        }
        let before = sequence.checked_sub(1).and_then(|before| known.get(&before));
        if before.is_some_and(|before| !seen.link.follows(before)) {
            return Err(sequence);
        }
        let after = known.get(&sequence.saturating_add(1));
        if after.is_some_and(|after| !after.follows(&seen.link)) {
            return Err(sequence);
        }
    }
    Ok(new)
}

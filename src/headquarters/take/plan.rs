//! How an export's records stand to those that are here: known, new, or of another journal.

use std::collections::BTreeMap;

use permit_journal::{Entry, Hash, Record, Terminal, Tip};

/// A record as an export shows it.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) record: Record,
    pub(crate) hash: Hash,
    /// It is the first of a chain.
    pub(crate) begins: bool,
}

impl Seen {
    pub(crate) fn new(record: &Record, tip: &Tip, terminal: Terminal) -> Self {
        let begins = is_first(record, terminal);
        Self { record: record.clone(), hash: tip.hash, begins }
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
pub(crate) fn fit(known: &BTreeMap<u64, Seen>, shown: &[Seen]) -> Result<Vec<usize>, u64> {
    let mut new = Vec::new();
    for (place, seen) in shown.iter().enumerate() {
        let sequence = seen.record.sequence;
        match known.get(&sequence) {
            Some(have) if have.hash == seen.hash => continue,
            Some(_) => return Err(sequence),
            None => new.push(place),
        }
        let before = sequence.checked_sub(1).and_then(|before| known.get(&before));
        if before.is_some_and(|before| !seen.begins && before.hash != seen.record.previous) {
            return Err(sequence);
        }
        let after = known.get(&sequence.saturating_add(1));
        if after.is_some_and(|after| !after.begins && after.record.previous != seen.hash) {
            return Err(sequence);
        }
    }
    Ok(new)
}

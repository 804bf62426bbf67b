//! Passages out of records: an admission on a permit, unless nobody went through.
//!
//! A terminal forgets passages that its counters speak for; here every record stands for itself, in whatever order the
//! files came.

use std::collections::{BTreeMap, BTreeSet};

use permit_core::{Checkpoint, Passage, Side};
use permit_journal::{
    Crossed, Decided, Entry, Event, Outcome, Passages, Pseudonym, Record, Terminal,
};

/// Records between a scan and what is decided about it, at most (chosen: a terminal decides about its last 64 scans).
pub(crate) const NEAR: u64 = 4096;

/// What these records of a terminal tell, whichever of them there are.
pub(crate) fn derived<'r>(
    terminal: Terminal,
    records: impl IntoIterator<Item = &'r Record>,
) -> Passages {
    let mut deriving = Deriving::default();
    records.into_iter().for_each(|record| deriving.take(terminal, record));
    let mut passages = Passages::default();
    deriving.void.iter().for_each(|decision| passages.void((terminal, *decision)));
    deriving.passages.into_values().for_each(|(whose, crossed)| passages.insert(whose, crossed));
    passages
}

/// Records of a terminal that are gone through in order.
#[derive(Default, Debug)]
pub(crate) struct Deriving {
    scans: BTreeMap<u64, Scan>,
    /// The passages that they told so far, by the sequence of the decision.
    pub(crate) passages: BTreeMap<u64, (Pseudonym, Crossed)>,
    /// Decisions on which nobody went through.
    pub(crate) void: BTreeSet<u64>,
}

/// What a decision takes from its scan.
#[derive(Clone, Copy, Debug)]
struct Scan {
    pseudonym: Pseudonym,
    home: Side,
    checkpoint: Checkpoint,
    offset: i16,
}

impl Deriving {
    /// The next record.
    pub(crate) fn take(&mut self, terminal: Terminal, record: &Record) {
        match &record.entry {
            Entry::Event(Event::Scanned(it)) => {
                let Some((pseudonym, home)) = it.pseudonym.zip(it.home) else { return };
                let scan = Scan { pseudonym, home, checkpoint: it.checkpoint, offset: it.offset };
                self.scans.insert(record.sequence, scan);
            }
            Entry::Event(
                Event::Gate { decision, turned: false } | Event::Undone { decision, .. },
            ) => {
                self.void.insert(*decision);
            }
            Entry::Event(Event::Decided(Decided {
                scan: Some(scan),
                outcome: Outcome::Admitted,
                ..
            })) => {
                let Some(scan) = self.scans.get(scan) else { return };
                let Scan { pseudonym, home, checkpoint, offset } = *scan;
                let passage = Passage { checkpoint, at: record.stamp.time() };
                let origin = Some((terminal, record.sequence));
                let crossed = Crossed { origin, passage, home, offset, void: false };
                self.passages.insert(record.sequence, (pseudonym, crossed));
            }
            _ => {}
        }
    }
}

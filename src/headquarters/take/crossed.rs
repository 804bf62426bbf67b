//! Passages out of records: an admission on a permit, unless nobody went through.
//!
//! A terminal forgets passages that its counters speak for; here every record stands for itself, in whatever order the
//! files came.

use std::collections::BTreeMap;

use permit_core::Passage;
use permit_journal::{
    Crossed, Decided, Entry, Event, Outcome, Passages, Record, Scanned, Terminal,
};

/// Records between a scan and what is decided about it, at most (chosen: a terminal decides about its last 64 scans).
pub(crate) const NEAR: u64 = 4096;

/// What these records of a terminal tell, whichever of them there are.
pub(crate) fn derived<'r>(
    terminal: Terminal,
    records: impl IntoIterator<Item = &'r Record>,
) -> Passages {
    let mut passages = Passages::default();
    let mut scans: BTreeMap<u64, &Scanned> = BTreeMap::new();
    for record in records {
        match &record.entry {
            Entry::Event(Event::Scanned(scanned)) => {
                scans.insert(record.sequence, scanned);
            }
            Entry::Event(
                Event::Gate { decision, turned: false } | Event::Undone { decision, .. },
            ) => {
                passages.void((terminal, *decision));
            }
            Entry::Event(Event::Decided(Decided {
                scan: Some(scan),
                outcome: Outcome::Admitted,
                ..
            })) => {
                let scanned = scans.get(scan);
                let known = scanned.and_then(|it| Some((it, it.pseudonym?, it.home?)));
                let Some((scanned, pseudonym, home)) = known else { continue };
                let passage = Passage { checkpoint: scanned.checkpoint, at: record.stamp.time() };
                let origin = Some((terminal, record.sequence));
                let offset = scanned.offset;
                passages.insert(pseudonym, Crossed { origin, passage, home, offset, void: false });
            }
            _ => {}
        }
    }
    passages
}

//! Which records of a chain count.
//!
//! A record is borne out by its neighbours: it holds the hash of the one before, and the one after holds its own. One that
//! the next contradicts was changed, one that neither neighbour knows was put in, one that comes again was copied: what
//! they say is not counted, though they are evidence.

use crate::{Record, Tip};

/// Records on their way into the index, one behind.
#[derive(Default)]
pub(crate) struct Proven {
    /// The last one, and whether it holds the hash of the one before.
    last: Option<(Record, Tip, bool)>,
    /// The highest sequence that was handed on.
    counted: u64,
}

impl Proven {
    /// Takes the next record; what it bears out is counted.
    pub(crate) fn take(&mut self, record: &Record, tip: Tip, count: impl FnMut(&Record)) {
        let follows = self.last.as_ref().is_none_or(|(_, its, _)| record.follows(its));
        if let Some((last, _, borne)) = self.last.replace((record.clone(), tip, follows)) {
            let changed = !follows && record.sequence.checked_sub(1) == Some(last.sequence);
            if follows || borne && !changed {
                self.count(&last, count);
            }
        }
    }

    /// There are no more.
    pub(crate) fn end(&mut self, count: impl FnMut(&Record)) {
        if let Some((last, ..)) = self.last.take().filter(|(.., borne)| *borne) {
            self.count(&last, count);
        }
    }

    fn count(&mut self, record: &Record, mut count: impl FnMut(&Record)) {
        if record.sequence > self.counted {
            self.counted = record.sequence;
            count(record);
        }
    }
}

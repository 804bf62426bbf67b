//! What a journal needs done from time to time.
//!
//! Heartbeats, so that a missing end is noticed; signed heads; removal of what is past its term. The caller
//! says how long it has been running, so that a clock that was set changes nothing here.

use permit_core::{Now, Signer};

use crate::{
    AppendError, Carried, Counts, Durable, Entry, Epoch, Event, Journal, Pruned, SignError, Stamp,
    Storage, head, segment,
};

/// Seconds between heartbeats.
pub const HEARTBEAT: u64 = 10 * 60;
/// Seconds between signed heads, if anything was recorded.
pub const HEAD: u64 = 60 * 60;
/// Records after which a head is signed in any case.
const MANY: u64 = 1000;
/// Seconds between looking for records past their term.
const PRUNE: u64 = 24 * 60 * 60;
/// Seconds beyond what is proven of the time within which the clock alone is believed: lists come once a week.
const BEYOND: i64 = 7 * 24 * 60 * 60;
/// Segments removed at a time.
const SEGMENTS: usize = 256;
/// Counters in one record.
pub(crate) const COUNTERS: usize = 128;

/// When what was last done, in seconds since the terminal started.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Chores {
    beat: Option<u64>,
    head: Option<u64>,
    prune: Option<u64>,
    /// The last record a head speaks for.
    signed: u64,
}

impl<S: Storage> Journal<S> {
    /// Does what is due; to be called every few seconds, `up` seconds after the terminal started.
    ///
    /// # Errors
    ///
    /// When an entry could not be recorded, or the key cannot be used; it is due again at once.
    pub fn tend<K: Signer>(
        &mut self,
        now: &Now,
        up: u64,
        signer: &K,
    ) -> Result<(), SignError<K::Error>> {
        let due =
            |last: Option<u64>, every| last.is_none_or(|last| up.saturating_sub(last) >= every);
        if due(self.chores.prune, PRUNE) {
            self.prune(now)?;
            self.chores.prune = Some(up);
        }
        if due(self.chores.beat, HEARTBEAT) {
            let _ = self.append(Event::Heartbeat { up }, now)?;
            self.chores.beat = Some(up);
        }
        let unsigned = self.tip.sequence.saturating_sub(self.chores.signed);
        if unsigned >= MANY || (due(self.chores.head, HEAD) && unsigned > 0) {
            let _ = self.sign(now, signer)?;
            self.chores.head = Some(up);
        }
        let end = self.tip;
        if self.apart.as_ref().is_some_and(|apart| !apart.is_for(end)) {
            self.keep_head(now, signer)?;
        }
        Ok(())
    }

    /// Signs the chain's head and records it.
    ///
    /// # Errors
    ///
    /// When the key cannot be used, or the head is not recorded.
    pub fn sign<K: Signer>(
        &mut self,
        now: &Now,
        signer: &K,
    ) -> Result<Durable, SignError<K::Error>> {
        if self.is_unread() {
            // Reads again, or says why not.
            let _ = self.append(Event::Heartbeat { up: 0 }, now)?;
        }
        let stamp = Stamp::from(now);
        let payload = minicbor::to_vec(self.head(now)).unwrap_or_default();
        let envelope = head::seal(permit_core::Kind::JournalHead, &payload, signer)
            .map_err(SignError::Signer)?;
        let tip = self.commit(&[Entry::Head(envelope)], stamp)?;
        self.chores.signed = tip.sequence;
        Ok(Durable::of(tip))
    }

    /// Removes segments past their term; how many of what is kept. Needs a clock that is trusted.
    ///
    /// What is removed is gone for ever, so that a clock's word is not enough: the time counts at most seven days
    /// beyond what a signature or two officers said has come ([`Now::proven`]). Of a damaged chain nothing is removed: it
    /// is evidence.
    ///
    /// What is still needed of them is recorded first: counters of permits that may still be used or whose
    /// holders are away, the hash the chain goes on from, and how many records of what kind there were.
    ///
    /// # Errors
    ///
    /// When that could not be recorded: nothing is then removed.
    pub fn prune(&mut self, now: &Now) -> Result<Option<Counts>, AppendError> {
        let stamp = Stamp::from(now);
        let proven = now.proven().map(|proven| proven.plus(BEYOND));
        let time = stamp.trusted().zip(proven).map(|(time, proven)| time.min(proven));
        let Some(time) = time.filter(|_| !self.is_unread() && !self.is_damaged()) else {
            return Ok(None);
        };
        let cutoff = time.plus(-i64::from(self.settings.term) * 24 * 60 * 60);
        self.forget_old(cutoff);
        let closed = self.segments.len().saturating_sub(1).min(SEGMENTS);
        let old = self.segments.iter().take(closed).take_while(|segment| segment.newest < cutoff);
        let old: Vec<_> = old.cloned().collect();
        let Some(last) = old.last() else { return Ok(None) };
        let through = last.tip.sequence;
        // A day early everywhere, so that no crossing's last day is cut short.
        let counters = self.index.carry(through, time.day(0).plus(-1));
        let mut counts = self.removed.clone();
        old.iter().for_each(|segment| counts.add(&segment.counts));
        let carried = counters.chunks(COUNTERS);
        let mut entries: Vec<_> = carried
            .map(|some| Entry::Carried(Carried { through, counters: some.to_vec() }))
            .collect();
        let ends = old.iter().map(|segment| segment.tip).collect();
        let (carried, confirmed) = (counters.len() as u64, self.confirmed);
        let renewed = self.renewed.map(|(epoch, since)| Epoch { epoch, since });
        entries.push(Entry::Pruned(Pruned {
            ends,
            counts: counts.clone(),
            carried,
            confirmed,
            renewed,
        }));
        self.commit(&entries, stamp)?;
        self.removed = counts.clone();
        self.began = last.tip;
        self.segments.drain(..old.len());
        self.clear_away();
        Ok(Some(counts))
    }

    /// Removes the files of segments that are no longer part of the journal.
    ///
    /// One that stays because the disk fails is removed at the next start: the record that says so is there.
    fn clear_away(&mut self) {
        let Some(first) = self.segments.first().map(|segment| segment.number) else { return };
        let names = self.storage.list().unwrap_or_default();
        for name in names {
            if segment::number(&name).is_some_and(|number| number < first) {
                let _ = self.storage.remove(&name);
            }
        }
        let _ = self.storage.sync_directory();
    }
}

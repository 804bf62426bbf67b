//! A damaged chain, and the new one that two officers start knowingly.
//!
//! Damage is never repaired and never forgotten by itself: until two officers start a new chain there is no green. The
//! new one begins with a record that says which it is (its epoch), whose word it is and what was wrong, and carries the
//! counters that could still be read. What it may not know stays in doubt until a list of the own side is newer.

use core::cmp::Ordering;

use permit_core::{
    Day, Now, Permit, Signer, UnixTime,
    trust::{HeadList, SeenHead},
};

use crate::{
    AppendError, Carried, Condition, Damage, Durable, Entry, Harm, Hash, Head, Journal, Record,
    Renewed, SignError, Stamp, Started, Storage, Terminal, Tip, Trouble,
    apart::Unkept,
    chores::COUNTERS,
    frame,
    journal::{FORMAT, Open, STATED},
    reading,
    segment::{self, MARK, Segment},
};

/// Sequences that are left out before a new chain: what the old one had beyond what is known of it had fewer.
const LEAP: u64 = 1 << 20;
/// What the names of an old chain's files begin with.
const OLD: &str = "old-";
/// What a countersigned head may say and still be gone by (chosen: a hundred records a second are fewer in a thousand
/// years, and nobody begins a new chain every day for a hundred). Beyond it only shows that it cannot be true.
const LIKELY: (u32, u64) = (1 << 16, 1 << 48);

/// What is put back when a new chain could not be begun.
struct Before {
    tip: Tip,
    open: Option<Open>,
    unsaid: Option<Entry>,
    troubles: Vec<Trouble>,
    highest: u32,
}

impl<S: Storage> Journal<S> {
    /// True if the chain is not whole: until two officers start a new one nothing is green.
    #[must_use]
    pub const fn is_damaged(&self) -> bool {
        !self.condition.is_whole()
    }

    /// How many chains this terminal began before this one.
    #[must_use]
    pub const fn epoch(&self) -> u32 {
        match self.renewed {
            Some((epoch, _)) => epoch,
            None => 0,
        }
    }

    /// Until when records may be lost, as long as no presence list of the own side is newer.
    #[must_use]
    pub fn gap(&self) -> Option<UnixTime> {
        let (_, since) = self.renewed?;
        let heard = self.index.heard_until(self.settings.terminal.side);
        (heard <= Some(since)).then_some(since)
    }

    /// True if what was recorded of a permit may be lost: it was issued before.
    pub(crate) fn may_have_lost_records(&self, permit: &Permit) -> bool {
        // A day late, so that no crossing's midnight matters.
        let last = |since: UnixTime| since.day(0).plus(1);
        self.is_damaged() || self.gap().is_some_and(|since| permit.issued() <= last(since))
    }

    /// Holds the chain against how far headquarters have it: one that ends before, goes another way or is an older one
    /// was wiped, put back or exchanged, and is damaged from now on. Of what was removed at the end of its term nothing
    /// is asked.
    pub fn hear_heads(&mut self, list: &HeadList<'_>, now: &Now) {
        let Terminal { side, number } = self.settings.terminal;
        if list.side == side {
            self.countersigned = list.heads.iter().find(|head| head.number == number);
            self.hold(now);
        }
    }

    /// The same with what was heard last; a chain that cannot be read yet is held against it once it can be.
    pub(crate) fn hold(&mut self, now: &Now) {
        let Some(head) = self.countersigned.filter(|_| !self.unread) else { return };
        let what = Harm::Behind { epoch: head.epoch, sequence: head.sequence };
        let damage = Damage { segment: 0, at: 0, what };
        if self.has(&head) || self.condition.damage.contains(&damage) {
            return;
        }
        self.condition.damage.push(damage);
        self.condition.found.push(damage);
        if head.sequence <= LIKELY.1 {
            // What was cut off had these sequences, and is known elsewhere.
            self.tip.sequence = self.tip.sequence.max(head.sequence);
        }
        let said = Started { format: FORMAT, found: vec![damage], more: 0 };
        // If it cannot be recorded now, the next start finds it again.
        let _ = self.commit(&[Entry::Started(said)], now.into());
    }

    /// Whether this chain has the record that a countersigned head is of, or had it.
    fn has(&self, head: &SeenHead) -> bool {
        match head.epoch.cmp(&self.epoch()) {
            Ordering::Less => true,
            Ordering::Greater => false,
            Ordering::Equal if head.sequence < self.began.sequence => true,
            Ordering::Equal => {
                // A file that cannot be read now is no proof: it is missed at the next start.
                self.hash_of(head.sequence).is_none_or(|hash| hash == Some(Hash(head.hash)))
            }
        }
    }

    /// The hash of the record of this sequence, if there is one; none if its file cannot be read.
    fn hash_of(&self, sequence: u64) -> Option<Option<Hash>> {
        let ends = [self.began, self.tip];
        if let Some(end) = ends.iter().find(|end| end.sequence == sequence) {
            return Some(Some(end.hash));
        }
        let Some(segment) = self.segments.iter().find(|it| it.tip.sequence >= sequence) else {
            return Some(None);
        };
        let mut file = reading::load(&self.storage, segment.number).ok()?;
        file.truncate(usize::try_from(segment.length).unwrap_or(usize::MAX));
        let mut at = MARK.len();
        while let Some((bytes, end)) = frame::read(&file, at) {
            match Record::from_bytes(bytes) {
                Some(record) if record.sequence == sequence => {
                    return Some(Some(record.tip(bytes).hash));
                }
                _ => at = end,
            }
        }
        Some(None)
    }

    /// Starts a new chain in place of one that is damaged, in the names of two officers.
    ///
    /// # Errors
    ///
    /// When nothing is wrong with the chain, the time is not known, it is one officer twice, or the disk or the key
    /// fails: then everything is as before.
    pub fn renew<K: Signer>(
        &mut self,
        [first, second]: [u16; 2],
        now: &Now,
        signer: &K,
    ) -> Result<Durable, SignError<K::Error>> {
        let refused = match now.certain() {
            _ if !self.is_damaged() && !self.is_unread() => Some(AppendError::NotDamaged),
            _ if first == second => Some(AppendError::OneOfficer),
            None => Some(AppendError::NoTime),
            Some(_) => None,
        };
        if let Some(refused) = refused {
            return Err(refused.into());
        }
        let (stamp, highest) = (Stamp::from(now), self.highest_name());
        let head = self.apart.as_ref().and_then(|apart| apart.found().copied());
        let known = head.map_or((0, 0), |head| (head.epoch, head.tip.sequence));
        let countersigned = self.countersigned.map_or(0, |head| head.epoch);
        let countersigned = if countersigned > LIKELY.0 { 0 } else { countersigned };
        let epoch = self.epoch().max(known.0).max(countersigned).saturating_add(1);
        let base = self.tip.sequence.max(known.1).saturating_add(LEAP);
        let start = self.settings.terminal.renewed(epoch, base);
        let entries = self.first_entries(epoch, [first, second], base, stamp.time().day(0));
        let before = Before {
            tip: core::mem::replace(&mut self.tip, start),
            open: self.open.take(),
            unsaid: self.unsaid.take(),
            troubles: core::mem::take(&mut self.troubles),
            highest: core::mem::replace(&mut self.highest, highest),
        };
        let tip = match self.commit(&entries, stamp) {
            Ok(tip) => tip,
            Err(error) => {
                self.put_back(before);
                return Err(error.into());
            }
        };
        self.begin_anew(start, entries.first());
        let _ = self.sign(now, signer)?;
        for _ in 0..2 {
            self.keep_head(now, signer)?;
        }
        Ok(Durable::of(tip))
    }

    /// What a new chain begins with.
    fn first_entries(
        &self,
        epoch: u32,
        [first, second]: [u16; 2],
        through: u64,
        today: Day,
    ) -> Vec<Entry> {
        let counters = self.index.carry(u64::MAX, today.plus(-1));
        let carried = counters.chunks(COUNTERS);
        let carried = carried.map(|some| Carried { through, counters: some.to_vec() });
        let renewed = Renewed {
            epoch,
            first,
            second,
            before: self.tip,
            found: self.condition.damage.iter().take(STATED).copied().collect(),
            counts: self.counts(),
            carried: counters.len() as u64,
            confirmed: self.confirmed,
        };
        core::iter::once(Entry::Renewed(renewed)).chain(carried.map(Entry::Carried)).collect()
    }

    fn put_back(&mut self, before: Before) {
        let Before { tip, open, unsaid, troubles, highest } = before;
        (self.tip, self.open, self.unsaid, self.highest) = (tip, open, unsaid, highest);
        // What failed now is stated after what failed before.
        let new = core::mem::replace(&mut self.troubles, troubles);
        self.troubles.extend(new);
    }

    /// The new chain stands: nothing of the old one is part of the journal any more.
    fn begin_anew(&mut self, start: Tip, first: Option<&Entry>) {
        if let Some(Entry::Renewed(renewed)) = first {
            self.removed = renewed.counts.clone();
        }
        self.began = start;
        self.condition = Condition::default();
        self.unread = false;
        let last = self.segments.pop();
        self.segments = last.into_iter().collect();
        self.put_aside();
    }

    /// Gives the files of older chains other names: they are evidence, and no part of this one.
    pub(crate) fn put_aside(&mut self) {
        let Some(first) = self.segments.first().map(|segment| segment.number) else { return };
        let names = self.storage.list().unwrap_or_default();
        let old = names.iter().filter(|name| segment::number(name).is_some_and(|it| it < first));
        let mut renamed = false;
        for name in old {
            let aside = format!("{OLD}{:010}-{name}", self.epoch());
            renamed |= self.storage.rename(name, &aside).is_ok();
        }
        if renamed {
            let _ = self.storage.sync_directory();
        }
    }

    /// Removes what is left of older chains once all of it is past its term.
    pub(crate) fn forget_old(&mut self, cutoff: UnixTime) {
        if self.renewed.is_none_or(|(_, since)| since >= cutoff) || self.is_damaged() {
            return;
        }
        for name in self.storage.list().unwrap_or_default() {
            if name.starts_with(OLD) {
                let _ = self.storage.remove(&name);
            }
        }
    }

    /// Keeps a signed head of the chain's end apart, if the last one is of another end. Not of a chain that is damaged:
    /// the head that shows the damage stays.
    pub(crate) fn keep_head<K: Signer>(
        &mut self,
        now: &Now,
        signer: &K,
    ) -> Result<(), SignError<K::Error>> {
        if self.is_damaged() || self.is_unread() {
            return Ok(());
        }
        let head = self.head(now);
        let Some(apart) = &mut self.apart else { return Ok(()) };
        apart.keep(head, signer).map_err(|why| match why {
            Unkept::Signer(why) => SignError::Signer(why),
            Unkept::Disk(why) => SignError::Apart(why),
        })
    }

    /// A head of the chain as it is now.
    pub(crate) fn head(&self, now: &Now) -> Head {
        let (terminal, epoch) = (self.settings.terminal, self.epoch());
        let (before, tip, stamp) = (self.began, self.tip, Stamp::from(now));
        Head { terminal, before, tip, stamp, segments: None, epoch }
    }

    /// The highest number a segment has, also where none could be read.
    fn highest_name(&self) -> u32 {
        let names = self.storage.list().unwrap_or_default();
        let named = names.iter().filter_map(|name| segment::number(name)).max();
        named.unwrap_or_default().max(self.highest)
    }
}

/// Where a chain is not what a head kept apart says.
pub(crate) fn behind(head: &Head, epoch: u32, seen: bool, removed: u64) -> Option<Damage> {
    let older = head.epoch > epoch;
    let other = head.epoch == epoch && !seen && head.tip.sequence > removed;
    let what = Harm::Behind { epoch: head.epoch, sequence: head.tip.sequence };
    (older || other).then_some(Damage { segment: 0, at: 0, what })
}

impl Segment {
    /// What the first record of a file says, if that begins a chain of this terminal anew.
    pub(crate) fn renewal(file: &[u8], terminal: Terminal) -> Option<Tip> {
        let record = segment::first(file)?;
        let Entry::Renewed(Renewed { epoch, .. }) = record.entry else { return None };
        let start = terminal.renewed(epoch, record.sequence.saturating_sub(1));
        record.follows(&start).then_some(start)
    }
}

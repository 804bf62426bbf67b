//! The journal: one chain, appended to, read at start, asked while a traveller waits.
//!
//! An entry is recorded when [`Journal::append`] returns, and not before: its bytes are on the disk, synced.
//! What it returns is the only thing a gate can be opened with. When the disk fails, the entry is written
//! again, and the failure stated, in a new segment; when that fails too, there is an error, the index does
//! not have the entry, and the caller refers instead of green.

use permit_core::{
    Checkpoint, Confirmation, Judgement, Ledger, Now, Permit, PermitId, Presence, PublicKey,
    TerminalFault, Trust, UnixTime,
    trust::{PresenceList, SeenHead},
};

use crate::{
    AppendError, Colour, Concern, Confirmed, Counts, Damage, Decided, Entry, Epoch, Event, Harm,
    Hash, OpenError, Operation, Outcome, Passages, Scanned, Secrets, Stamp, Started, Storage,
    Tally, Terminal, Tip, Trouble,
    apart::Apart,
    error::Failure,
    index::Index,
    proven::Proven,
    reading::{self, Reading},
    renew,
    segment::{self, FULL, Segment, UNFINISHED},
};

/// Version of what is written.
pub(crate) const FORMAT: u8 = 1;
/// Damage that one record states.
pub(crate) const STATED: usize = 64;

/// What a journal is told when it is opened.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Whose journal it is.
    pub terminal: Terminal,
    /// The zone's pseudonym secrets.
    pub secrets: Secrets,
    /// Days after which records are removed.
    pub term: u16,
}

impl Settings {
    /// The usual term, in days.
    pub const TERM: u16 = 90;

    /// The usual ones.
    #[must_use]
    pub const fn new(terminal: Terminal, secrets: Secrets) -> Self {
        Self { terminal, secrets, term: Self::TERM }
    }
}

/// Proof that an entry is on the disk.
///
/// Only [`Journal::append`] makes one, after the disk has said so; it cannot be copied.
#[derive(PartialEq, Eq, Debug)]
#[must_use = "an entry is appended for what it permits"]
pub struct Durable {
    tip: Tip,
    opens: bool,
}

impl Durable {
    /// The entry's place in the chain, by which a decision names its scan and the gate its decision.
    #[must_use]
    pub const fn sequence(&self) -> u64 {
        self.tip.sequence
    }

    pub(crate) const fn of(tip: Tip) -> Self {
        Self { tip, opens: false }
    }

    /// The entry's hash.
    #[must_use]
    pub const fn hash(&self) -> Hash {
        self.tip.hash
    }

    /// Leave to let one person through: `None` unless the entry is a decision to admit or to assist.
    #[must_use]
    pub const fn opening(self) -> Option<Opening> {
        if self.opens { Some(Opening { decision: self.tip.sequence }) } else { None }
    }
}

/// Leave to let one person through.
///
/// Whoever moves a gate takes this by value: without an entry on the disk there is none, and one entry
/// opens once.
#[derive(PartialEq, Eq, Debug)]
#[must_use = "someone is waiting at the gate"]
pub struct Opening {
    decision: u64,
}

impl Opening {
    /// Sequence of the decision, for [`Event::Gate`].
    #[must_use]
    pub const fn decision(&self) -> u64 {
        self.decision
    }
}

/// In what state a journal was found.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Condition {
    /// Everything that is wrong with the chain; empty for a whole one.
    pub damage: Vec<Damage>,
    /// What was found for the first time at this start, a torn end included.
    pub found: Vec<Damage>,
    /// True if there were no records: a first start, or a journal that was taken away.
    pub empty: bool,
}

impl Condition {
    /// True if nothing is wrong but, at most, an end that was not written out.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.damage.is_empty()
    }
}

/// The segment being written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Open {
    pub(crate) number: u32,
    /// Bytes of it that are durable.
    pub(crate) length: u64,
}

/// A terminal's crossing record.
#[derive(Debug)]
pub struct Journal<S> {
    pub(crate) storage: S,
    pub(crate) settings: Settings,
    pub(crate) index: Index,
    pub(crate) tip: Tip,
    /// The record before the first that is kept.
    pub(crate) began: Tip,
    /// The segments, in order; the last is not necessarily open.
    pub(crate) segments: Vec<Segment>,
    pub(crate) open: Option<Open>,
    pub(crate) highest: u32,
    /// Bytes after which a segment is closed.
    pub(crate) full: u64,
    /// What was found at start, until it is recorded.
    pub(crate) unsaid: Option<Entry>,
    /// Failures that are yet to be stated.
    pub(crate) troubles: Vec<Trouble>,
    /// True while the last segment could not be read: nobody knows where the chain ends.
    pub(crate) unread: bool,
    /// Why the last attempt to record something failed.
    pub(crate) fault: Option<TerminalFault>,
    pub(crate) condition: Condition,
    /// Nobody answers for anything: a demonstration.
    trial: bool,
    pub(crate) floor: Option<UnixTime>,
    /// What two officers said last of the clock.
    pub(crate) confirmed: Option<Confirmed>,
    /// Which chain it is, and since when, if not the terminal's first.
    pub(crate) renewed: Option<(u32, UnixTime)>,
    /// Heads kept apart.
    pub(crate) apart: Option<Apart<S>>,
    /// How far headquarters have it, as the lists say.
    pub(crate) countersigned: Option<SeenHead>,
    /// Counts of everything removed.
    pub(crate) removed: Counts,
    pub(crate) chores: crate::chores::Chores,
}

impl<S: Storage> Journal<S> {
    /// Opens the journal in `storage`, repairs a torn end, and records that the terminal started.
    ///
    /// A disk that cannot be written or listed, or whose last segment cannot be read, is no error here: the journal
    /// then judges by what it knows, [`fault`](Self::fault) says so, and every append tries again.
    ///
    /// # Errors
    ///
    /// When another process has it, or it cannot be locked.
    pub fn open(storage: S, settings: Settings, now: &Now) -> Result<Self, OpenError> {
        Self::open_with(storage, None, settings, now)
    }

    /// The same, with signed heads kept in another storage: what was cut off the chain's end, put back or removed as a
    /// whole since the last head is then damage too. `apart` is that storage and the terminal's key.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open).
    pub fn open_with(
        mut storage: S,
        apart: Option<(S, PublicKey)>,
        settings: Settings,
        now: &Now,
    ) -> Result<Self, OpenError> {
        let whose = settings.terminal;
        let apart = apart.map(|(storage, key)| Apart::open(storage, whose, &key));
        let refused = |Failure { operation, source }| OpenError::Storage { operation, source };
        storage.lock().map_err(|source| match source.kind() {
            std::io::ErrorKind::WouldBlock => OpenError::Locked,
            _ => refused(Failure { operation: Operation::Lock, source }),
        })?;
        let began = settings.terminal.genesis();
        let mut journal = Self {
            storage,
            index: Index::new(settings.terminal),
            settings,
            tip: began,
            began,
            segments: Vec::new(),
            open: None,
            highest: 0,
            full: FULL,
            unsaid: None,
            troubles: Vec::new(),
            fault: None,
            unread: true,
            condition: Condition::default(),
            trial: false,
            floor: None,
            confirmed: None,
            renewed: None,
            apart,
            countersigned: None,
            removed: Counts::default(),
            chores: crate::chores::Chores::default(),
        };
        match journal.load(now) {
            Err(_) => {
                journal.fault = Some(TerminalFault::Journal);
                Ok(journal)
            }
            Ok(()) => Ok(journal),
        }
    }

    /// Reads everything there is.
    fn load(&mut self, now: &Now) -> Result<(), Failure> {
        let terminal = self.settings.terminal;
        let index = &mut self.index;
        index.forget_records();
        let (mut floor, mut removed, mut confirmed) = (None, Counts::default(), None);
        let head = self.apart.as_ref().and_then(|apart| apart.found().copied());
        let mut seen = false;
        let mut proven = Proven::default();
        let mut reading = reading::read(&self.storage, terminal, |record, _, tip| {
            seen |= head.is_some_and(|head| head.tip == tip);
            proven.take(record, tip, |record| index.apply(record));
            floor = record.stamp.trusted().or(floor);
            confirmed = Confirmed::of(record).or(confirmed);
            match &record.entry {
                Entry::Pruned(pruned) => removed = pruned.counts.clone(),
                Entry::Renewed(renewed) => removed = renewed.counts.clone(),
                _ => {}
            }
        })?;
        proven.end(|record| index.apply(record));
        let epoch = reading.renewed.map_or(0, |renewed| renewed.epoch);
        let gone = reading.pruned.map_or(0, |tip| tip.sequence);
        let behind = head.and_then(|head| renew::behind(&head, epoch, seen, gone));
        reading.damage.splice(0..0, behind);
        reading.keep_stated();
        self.began = reading.pruned.or(reading.began).unwrap_or(terminal.genesis());
        (self.tip, self.highest) = (reading.tip, reading.highest);
        if let Some(Damage { what: Harm::Behind { sequence, .. }, .. }) = behind {
            // What was cut off had these sequences, and may be known elsewhere.
            self.tip.sequence = self.tip.sequence.max(sequence);
            floor = floor.max(head.and_then(|head| head.stamp.trusted()));
        }
        self.renewed = reading.renewed.map(|Epoch { epoch, since }| (epoch, since));
        (self.floor, self.removed, self.confirmed) = (floor, removed, confirmed);
        self.unread = false;
        self.start(reading, now);
        self.hold(now);
        Ok(())
    }

    /// Repairs, clears away, and says what was found.
    fn start(&mut self, reading: Reading, now: &Now) {
        let _ = self.storage.remove(UNFINISHED);
        let new = reading.unstated();
        self.condition.empty = reading.began.is_none();
        self.condition.found = reading.torn.into_iter().chain(new.iter().copied()).collect();
        // A chain that is not whole is evidence: nothing of it is cleared away.
        let whole = reading.damage.is_empty();
        let (stale, kept): (Vec<_>, Vec<_>) = reading
            .segments
            .iter()
            .cloned()
            .partition(|segment| whole && reading.is_stale(segment));
        let last = kept.last().map(|last| Open { number: last.number, length: last.length });
        let sound = last.filter(|last| new.is_empty() && reading.open == Some(last.number));
        self.open = sound.filter(|open| reading.torn.is_none() || self.cut(*open));
        self.segments = kept;
        if let Some(Damage { segment, at: 0, .. }) = reading.torn {
            self.drop_empty(segment);
        }
        self.condition.damage = reading.damage;
        if self.renewed.is_some() {
            self.put_aside();
        }
        for segment in stale {
            let _ = self.storage.remove(&segment::name(segment.number));
        }
        let found = self.condition.found.iter().take(STATED).copied().collect::<Vec<_>>();
        let more = (self.condition.found.len() - found.len()) as u64;
        self.unsaid = Some(Entry::Started(Started { format: FORMAT, found, more }));
        // If it cannot be recorded now, `fault` tells, and it comes before whatever is recorded next.
        let _ = self.commit(&[], now.into());
    }

    /// Removes a last segment in which there is not even its mark.
    fn drop_empty(&mut self, number: u32) {
        self.segments.retain(|segment| segment.number != number);
        match self.storage.remove(&segment::name(number)) {
            Ok(()) => self.highest = number.saturating_sub(1),
            Err(source) => {
                self.state(&Failure { operation: Operation::Remove, source }, number, 0);
            }
        }
    }

    /// Cuts a torn end off.
    fn cut(&mut self, open: Open) -> bool {
        let name = segment::name(open.number);
        let cut = self.storage.truncate(&name, open.length).and_then(|()| self.storage.sync(&name));
        if let Err(source) = cut {
            self.abandon(open, &Failure { operation: Operation::Truncate, source });
        }
        self.open = None;
        self.troubles.is_empty()
    }

    /// Records an event; returns once it would survive a power cut.
    ///
    /// # Errors
    ///
    /// When it is not recorded. Nobody may then be let through on it.
    pub fn append(&mut self, event: Event, now: &Now) -> Result<Durable, AppendError> {
        if self.unread {
            self.load(now)?;
        }
        self.check(&event, now)?;
        let opens = match &event {
            Event::Decided(decided) => {
                matches!(decided.outcome, Outcome::Admitted | Outcome::Assisted)
            }
            _ => false,
        };
        let tip = self.commit(&[Entry::Event(event)], now.into())?;
        Ok(Durable { tip, opens })
    }

    /// Records a scan and its verdict.
    ///
    /// # Errors
    ///
    /// When it is not recorded.
    pub fn scanned(
        &mut self,
        judgement: &Judgement,
        checkpoint: Checkpoint,
        trust: &Trust<'_>,
        now: &Now,
    ) -> Result<Durable, AppendError> {
        let scanned = Scanned::judged(judgement, checkpoint, trust, &self.settings.secrets, now);
        self.append(Event::Scanned(scanned), now)
    }

    /// Whether this is a demonstration in which nobody answers for anything: whoever is let through against a verdict
    /// is then let through without an officer too. What stands in the journal says so, as it names none.
    pub const fn on_trial(&mut self, trial: bool) {
        self.trial = trial;
    }

    /// Records a decision about a scan.
    ///
    /// # Errors
    ///
    /// When it is not recorded, or nobody answers for it.
    pub fn decided(&mut self, decided: Decided, now: &Now) -> Result<Durable, AppendError> {
        self.append(Event::Decided(decided), now)
    }

    /// Records that nobody went through on an admission, in an officer's name: within [`UNDO`](crate::UNDO) seconds,
    /// once, and of this terminal's last decisions alone.
    ///
    /// # Errors
    ///
    /// When it is not recorded, or there is nothing to be undone.
    pub fn undone(
        &mut self,
        decision: u64,
        officer: u16,
        now: &Now,
    ) -> Result<Durable, AppendError> {
        self.append(Event::Undone { decision, officer }, now)
    }

    /// What officers raised here and nobody closed, as far as the records that are kept say.
    pub fn concerns(&self) -> impl Iterator<Item = Concern> + '_ {
        self.index.concerns()
    }

    /// Records what the gate did.
    ///
    /// # Errors
    ///
    /// When it is not recorded.
    pub fn gate(&mut self, decision: u64, turned: bool, now: &Now) -> Result<Durable, AppendError> {
        self.append(Event::Gate { decision, turned }, now)
    }

    /// Who answers for what.
    fn check(&self, event: &Event, now: &Now) -> Result<(), AppendError> {
        match event {
            Event::Decided(Decided { scan, outcome, officer, reason }) => {
                let colour = match *scan {
                    None => Colour::None,
                    Some(sequence) => {
                        let scan = self.index.scan(sequence);
                        scan.ok_or(AppendError::UnknownScan { sequence })?.colour
                    }
                };
                match (outcome, colour) {
                    (Outcome::NotDecided, _) if scan.is_none() => Err(AppendError::NoScan),
                    (Outcome::Admitted, Colour::Green) => Ok(()),
                    (Outcome::Admitted, _) if officer.is_none() && !self.trial => {
                        Err(AppendError::NoOfficer)
                    }
                    (Outcome::Admitted, Colour::Red | Colour::None) if reason.is_none() => {
                        Err(AppendError::NoReason)
                    }
                    _ => Ok(()),
                }
            }
            Event::Gate { decision, .. } if !self.index.is_open(*decision) => {
                Err(AppendError::UnknownDecision { sequence: *decision })
            }
            Event::Concern { what, open, officer } => {
                self.index.may_concern(*what, *open, *officer)
            }
            Event::Undone { decision, .. } => {
                self.index.may_undo(*decision, Stamp::from(now).time())
            }
            _ => Ok(()),
        }
    }

    /// What the terminal must say is wrong with it: entries cannot be made durable now.
    #[must_use]
    pub const fn fault(&self) -> Option<TerminalFault> {
        self.fault
    }

    pub(crate) const fn is_unread(&self) -> bool {
        self.unread
    }

    /// In what state the journal was found.
    #[must_use]
    pub const fn condition(&self) -> &Condition {
        &self.condition
    }

    /// The moment of the last entry made while the clock was trusted: the journal's part of the floor.
    #[must_use]
    pub const fn floor(&self) -> Option<UnixTime> {
        self.floor
    }

    /// What two officers said last of the clock: the floor goes by it.
    #[must_use]
    pub fn confirmed(&self) -> Option<Confirmation> {
        self.confirmed.map(Confirmation::from)
    }

    /// Whose journal this is.
    #[must_use]
    pub const fn terminal(&self) -> Terminal {
        self.settings.terminal
    }

    /// The chain's end.
    #[must_use]
    pub const fn tip(&self) -> Tip {
        self.tip
    }

    /// Bytes that can still be written.
    ///
    /// # Errors
    ///
    /// What the disk says.
    pub fn free(&self) -> std::io::Result<u64> {
        self.storage.free()
    }

    /// Everything recorded since the journal began, what was removed included.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let mut counts = self.removed.clone();
        self.segments.iter().for_each(|segment| counts.add(&segment.counts));
        counts
    }

    /// How many holders are away from home, by what was recorded here, merged and heard: each permit once.
    #[must_use]
    pub fn away(&self) -> usize {
        self.index.away()
    }

    /// The pseudonym secrets.
    #[must_use]
    pub const fn secrets(&self) -> &Secrets {
        &self.settings.secrets
    }

    /// Everything known of a permit: from here, from other terminals, from the lists.
    #[must_use]
    pub fn known(&self, id: &PermitId) -> Option<Tally> {
        self.index.known(id, &self.settings.secrets)
    }

    /// Takes in a side's presence list; it replaces what that side said before.
    pub fn hear(&mut self, list: &PresenceList<'_>) {
        self.index.hear(list);
    }

    /// Takes in the presence lists of an accepted bundle, and holds the chain against the countersigned heads of the
    /// terminal's own side. To be said at every start: the bundle keeps them.
    pub fn hear_all(&mut self, trust: &Trust<'_>, now: &Now) {
        for side in permit_core::Side::BOTH {
            if let Some(list) = trust.lists(side).and_then(|lists| lists.presence) {
                self.hear(&list);
            }
        }
        if let Some(list) = trust.lists(self.settings.terminal.side).and_then(|lists| lists.heads) {
            self.hear_heads(&list, now);
        }
    }

    /// Takes in what other terminals recorded, in memory; in any order, as often as one likes.
    pub fn merge(&mut self, passages: &Passages) {
        self.index.merge(passages);
    }

    /// The passages this terminal recorded itself: for other terminals. No decisions, no officers.
    #[must_use]
    pub fn passages(&self) -> Passages {
        self.index.passages()
    }
}

impl<S: Storage> Ledger for Journal<S> {
    fn presence(&self, id: &PermitId) -> Option<Presence> {
        self.known(id).map(|tally| tally.presence)
    }

    fn may_have_lost(&self, permit: &Permit) -> bool {
        self.may_have_lost_records(permit)
    }
}

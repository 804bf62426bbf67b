//! What the journal knows, in memory.
//!
//! Rebuilt from the records at every start and kept up with each that is appended, by the same function.
//! It holds passages, never scans or decisions, so its size goes with the journeys made within the term
//! of retention; a permit's oldest passages are folded into a counter when there are very many.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque, hash_map::Entry as Slot};

use permit_core::{
    Checkpoint, Day, Passage, PermitId, Presence, Side, UnixTime,
    trust::{PresenceEntry, PresenceList},
};

use crate::{
    AppendError, Colour, Concern, Counter, Crossed, Decided, Entry, Event, Outcome, Passages,
    Pseudonym, Record, Scanned, Secrets, Tally, Terminal,
    passages::{History, tally},
};

/// Scans that can still be decided about, and decisions the gate can still answer.
const OPEN: usize = 64;
/// Seconds within which an admission can be undone.
pub const UNDO: i64 = 5 * 60;
/// A permit's passages that are kept apart.
const APART: usize = 512;

/// A scan that can still be decided about.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scan {
    sequence: u64,
    pub(crate) colour: Colour,
    pseudonym: Option<Pseudonym>,
    home: Option<Side>,
    through: Option<Day>,
    checkpoint: Checkpoint,
    offset: i16,
}

impl Scan {
    fn of(sequence: u64, scanned: &Scanned) -> Self {
        let Scanned { pseudonym, home, through, checkpoint, offset, colour, .. } = *scanned;
        Self { sequence, colour, pseudonym, home, through, checkpoint, offset }
    }
}

/// A decision the gate can still answer, and, if it admits, an officer undo.
#[derive(Clone, Copy, Debug)]
struct Made {
    sequence: u64,
    at: UnixTime,
    admits: bool,
    /// Whose passage it makes, if it makes one.
    pseudonym: Option<Pseudonym>,
    undone: bool,
}

/// What one side's presence list says of one permit.
#[derive(Clone, Copy, Debug)]
struct Heard {
    presence: Presence,
    /// What it speaks for.
    until: UnixTime,
}

/// Everything asked of a journal while a traveller waits.
#[derive(Debug)]
pub(crate) struct Index {
    terminal: Terminal,
    permits: HashMap<Pseudonym, History>,
    heard: [HashMap<Pseudonym, Heard>; 2],
    /// When those lists were signed.
    until: [Option<UnixTime>; 2],
    scans: VecDeque<Scan>,
    decisions: VecDeque<Made>,
    /// Decisions whose passages did not take place, by whoever recorded them.
    void: BTreeSet<(Terminal, u64)>,
    /// What was raised and is open, and by whom, as far as the records that are kept say.
    concerns: BTreeMap<Concern, u16>,
    /// Counters written ahead of the removal they belong to.
    carried: Vec<Counter>,
    carried_through: u64,
    /// The sequence before this chain's first record, if others came before it.
    renewed: Option<u64>,
}

impl Index {
    pub(crate) fn new(terminal: Terminal) -> Self {
        Self {
            terminal,
            permits: HashMap::new(),
            heard: [HashMap::new(), HashMap::new()],
            until: [None; 2],
            scans: VecDeque::new(),
            decisions: VecDeque::new(),
            void: BTreeSet::new(),
            concerns: BTreeMap::new(),
            carried: Vec::new(),
            carried_through: 0,
            renewed: None,
        }
    }

    /// Forgets what records said, to read them again.
    pub(crate) fn forget_records(&mut self) {
        let (heard, until) = (core::mem::take(&mut self.heard), self.until);
        *self = Self { heard, until, ..Self::new(self.terminal) };
    }

    /// Takes one more record in.
    pub(crate) fn apply(&mut self, record: &Record) {
        match &record.entry {
            Entry::Event(Event::Scanned(scanned)) => {
                remember(&mut self.scans, Scan::of(record.sequence, scanned));
            }
            Entry::Event(Event::Decided(decided)) => self.decide(record, decided),
            Entry::Event(Event::Gate { decision, turned: false }) => self.void(*decision),
            Entry::Event(Event::Undone { decision, .. }) => {
                self.void(*decision);
                let made = self.decisions.iter_mut().find(|made| made.sequence == *decision);
                made.into_iter().for_each(|made| made.undone = true);
            }
            Entry::Event(Event::Concern { what, open: true, officer }) => {
                self.concerns.entry(*what).or_insert(*officer);
            }
            Entry::Event(Event::Concern { what, open: false, .. }) => {
                self.concerns.remove(what);
            }
            Entry::Renewed(_) => self.renew(record.sequence.saturating_sub(1)),
            Entry::Carried(carried) if self.renewed == Some(carried.through) => {
                carried.counters.iter().for_each(|counter| self.rest_on(*counter));
            }
            Entry::Carried(carried) => {
                if carried.through != self.carried_through {
                    self.carried.clear();
                    self.carried_through = carried.through;
                }
                self.carried.extend(&carried.counters);
            }
            Entry::Pruned(pruned) => {
                let end = pruned.end().map(|tip| tip.sequence);
                self.prune(end.filter(|end| *end < record.sequence).unwrap_or_default());
            }
            _ => {}
        }
    }

    /// A scan that can still be decided about.
    pub(crate) fn scan(&self, sequence: u64) -> Option<&Scan> {
        self.scans.iter().find(|scan| scan.sequence == sequence)
    }

    /// True if the gate can still answer for this decision.
    pub(crate) fn is_open(&self, decision: u64) -> bool {
        self.decisions.iter().any(|made| made.sequence == decision)
    }

    /// Whether an admission can be undone `now`.
    pub(crate) fn may_undo(&self, decision: u64, now: UnixTime) -> Result<(), AppendError> {
        let sequence = decision;
        let made = self.decisions.iter().find(|made| made.sequence == sequence);
        match made.ok_or(AppendError::UnknownDecision { sequence })? {
            made if !made.admits => Err(AppendError::NoAdmission { sequence }),
            made if made.undone => Err(AppendError::Undone { sequence }),
            made if now.since(made.at).saturating_abs() > UNDO => {
                Err(AppendError::TooLate { sequence })
            }
            _ => Ok(()),
        }
    }

    /// What was raised and is open.
    pub(crate) fn concerns(&self) -> impl Iterator<Item = Concern> + '_ {
        self.concerns.keys().copied()
    }

    /// Whether a concern can be raised, or closed by this officer: what is open, by another than who raised it.
    pub(crate) fn may_concern(
        &self,
        what: Concern,
        open: bool,
        officer: u16,
    ) -> Result<(), AppendError> {
        match (self.concerns.get(&what), open) {
            (Some(_), true) => Err(AppendError::Raised),
            (None, false) => Err(AppendError::NotRaised),
            (Some(raised), false) if *raised == officer => Err(AppendError::OneOfficer),
            _ => Ok(()),
        }
    }

    fn decide(&mut self, record: &Record, decided: &Decided) {
        if decided.outcome == Outcome::NotDecided {
            return;
        }
        let scan = decided.scan.and_then(|sequence| self.scan(sequence)).copied();
        let known = scan.and_then(|scan| Some((scan, scan.pseudonym?, scan.home?)));
        let (sequence, at) = (record.sequence, record.stamp.time());
        let admits = decided.outcome == Outcome::Admitted;
        let known = known.filter(|_| admits);
        let pseudonym = known.map(|(_, pseudonym, _)| pseudonym);
        remember(&mut self.decisions, Made { sequence, at, admits, pseudonym, undone: false });
        let Some((scan, pseudonym, home)) = known else { return };
        let passage = Passage { checkpoint: scan.checkpoint, at };
        let origin = Some((self.terminal, record.sequence));
        let history = self.permits.entry(pseudonym).or_default();
        history.through = history.through.max(scan.through);
        if history.base.as_ref().is_some_and(|base| base.sequence >= record.sequence) {
            return;
        }
        history.push(Crossed { origin, passage, home, offset: scan.offset, void: false });
        if history.passages().len() > APART {
            fold(history, pseudonym, self.terminal);
        }
    }

    /// Nobody went through on this decision. It may be known from an earlier export alone.
    fn void(&mut self, decision: u64) {
        let origin = (self.terminal, decision);
        self.void.insert(origin);
        let made = self.decisions.iter().find(|made| made.sequence == decision);
        let permit = made.and_then(|made| self.permits.get_mut(&made.pseudonym?));
        permit.into_iter().for_each(|history| history.void(origin));
    }

    /// Records through `sequence` are gone: what was carried over speaks for them.
    fn prune(&mut self, sequence: u64) {
        let carried = core::mem::take(&mut self.carried);
        let carried = if self.carried_through == sequence { carried } else { Vec::new() };
        for history in self.permits.values_mut() {
            history.forget(self.terminal, sequence);
        }
        carried.into_iter().for_each(|counter| self.rest_on(counter));
        self.void.retain(|(who, at)| *who != self.terminal || *at > sequence);
        self.permits.retain(|_, history| !history.is_empty());
        self.permits.shrink_to_fit();
    }

    fn rest_on(&mut self, counter: Counter) {
        let history = self.permits.entry(counter.pseudonym).or_default();
        history.rest_on(counter, self.terminal);
    }

    /// A new chain begins after `sequence`: counters that could still be read follow.
    fn renew(&mut self, sequence: u64) {
        self.prune(sequence);
        self.scans.clear();
        self.decisions.clear();
        self.renewed = Some(sequence);
    }

    /// When the newest presence list of a side was signed.
    pub(crate) const fn heard_until(&self, side: Side) -> Option<UnixTime> {
        let [a, b] = self.until;
        match side {
            Side::A => a,
            Side::B => b,
        }
    }

    /// What must be kept of the records through `sequence`: a permit that may still be used on `today`, or
    /// whose holder is away.
    pub(crate) fn carry(&self, sequence: u64, today: Day) -> Vec<Counter> {
        let counters = self.permits.iter().filter_map(|(pseudonym, history)| {
            let counter = history.counter(*pseudonym, self.terminal, sequence)?;
            let used = counter.through.is_some_and(|through| through >= today);
            let away = counter.outside_since.is_some() && !self.is_home(pseudonym, history);
            (used || away).then_some(counter)
        });
        let mut counters: Vec<_> = counters.collect();
        counters.sort_by_key(|counter| counter.pseudonym);
        counters
    }

    /// How many holders are away from home, by everything known here.
    pub(crate) fn away(&self) -> usize {
        let own = self.permits.iter();
        let own = own.filter(|(pseudonym, history)| !self.is_home(pseudonym, history)).count();
        let listed = self.heard.iter().flat_map(HashMap::keys);
        let listed: BTreeSet<_> = listed.filter(|it| !self.permits.contains_key(it)).collect();
        let nothing = History::default();
        own + listed.into_iter().filter(|it| !self.is_home(it, &nothing)).count()
    }

    /// True if by everything known the holder has come home.
    fn is_home(&self, pseudonym: &Pseudonym, history: &History) -> bool {
        let start = history.base.as_deref().map(Tally::carried).unwrap_or_default();
        let own = tally(start, history.passages());
        let heard = self.heard.iter().filter_map(|list| list.get(pseudonym));
        let known = heard.fold(own, |known, heard| known.with(&heard.tally(history.passages())));
        known.presence.outside_since.is_none()
    }

    /// Takes in what one side's list says; it replaces what that side said before.
    pub(crate) fn hear(&mut self, list: &PresenceList<'_>) {
        let heard = list.entries.iter().map(|entry| {
            let PresenceEntry { pseudonym, journeys, outside_since, last } = entry;
            let presence = Presence { journeys, outside_since, last };
            (Pseudonym(pseudonym), Heard { presence, until: list.header.issued })
        });
        self.heard[list.side as usize] = heard.collect();
        self.until[list.side as usize] = Some(list.header.issued);
    }

    /// Takes in what other terminals recorded; our own records are not told to us by others.
    pub(crate) fn merge(&mut self, passages: &Passages) {
        let told = passages.voided().filter(|(who, _)| *who != self.terminal);
        let told: BTreeSet<_> = told.collect();
        let known = self.permits.values_mut().filter(|_| !told.is_empty());
        known.for_each(|history| history.void_all(&told));
        self.void.extend(told);
        for (pseudonym, mut crossed) in passages.iter() {
            crossed.void |= crossed.origin.is_some_and(|origin| self.void.contains(&origin));
            let ours = crossed.origin.is_some_and(|(terminal, _)| terminal == self.terminal);
            let slot = self.permits.entry(pseudonym);
            let last = match &slot {
                Slot::Occupied(known) => known.get().base.as_ref().and_then(|base| base.last),
                Slot::Vacant(_) => None,
            };
            if !ours && last.is_none_or(|last| last.at < crossed.passage.at) {
                slot.or_default().insert(crossed);
            }
        }
    }

    /// This terminal's own passages.
    pub(crate) fn passages(&self) -> Passages {
        let mut own = Passages::default();
        let void = self.void.iter().filter(|(who, _)| *who == self.terminal);
        void.for_each(|origin| own.void(*origin));
        for (pseudonym, history) in &self.permits {
            for crossed in history.passages() {
                if crossed.origin.is_some_and(|(terminal, _)| terminal == self.terminal) {
                    own.insert(*pseudonym, *crossed);
                }
            }
        }
        own
    }

    /// Everything known of a permit, under both secrets, from this terminal, other terminals and lists.
    pub(crate) fn known(&self, id: &PermitId, secrets: &Secrets) -> Option<Tally> {
        let pseudonyms: Vec<_> = secrets.pseudonyms(id).collect();
        // The older secret's records come first.
        let own: Vec<_> =
            pseudonyms.iter().rev().filter_map(|pseudonym| self.permits.get(pseudonym)).collect();
        let heard: Vec<_> = pseudonyms
            .iter()
            .flat_map(|pseudonym| self.heard.iter().filter_map(|list| list.get(pseudonym)))
            .collect();
        if own.is_empty() && heard.is_empty() {
            return None;
        }
        let start = own
            .iter()
            .filter_map(|history| history.base.as_deref())
            .fold(Tally::default(), |before, base| Tally::carried(base).after(&before));
        let mut all = History::default();
        own.iter().flat_map(|history| history.passages()).for_each(|crossed| all.insert(*crossed));
        let told = heard.iter().filter_map(|heard| heard.presence.last);
        for passage in told.filter(|told| start.presence.last.is_none_or(|at| at.at < told.at)) {
            let home = id.side();
            all.insert(Crossed { origin: None, passage, home, offset: 0, void: false });
        }
        let start = tally(start, all.passages());
        Some(heard.iter().fold(start, |known, heard| known.with(&heard.tally(all.passages()))))
    }
}

impl Heard {
    /// What a list says, gone on with by the passages after it.
    fn tally(&self, passages: &[Crossed]) -> Tally {
        let until = self.presence.last.map_or(self.until, |last| last.at);
        let later: Vec<_> =
            passages.iter().filter(|crossed| crossed.passage.at > until).copied().collect();
        tally(Tally { presence: self.presence, stayed: 0 }, &later)
    }
}

impl Tally {
    /// This, with what an older secret's records come to before it.
    fn after(self, before: &Self) -> Self {
        let journeys = before.presence.journeys.saturating_add(self.presence.journeys);
        let stayed = before.stayed.saturating_add(self.stayed);
        Self { presence: Presence { journeys, ..self.presence }, stayed }
    }

    /// The more that two say: the greater number of journeys, and where the holder is by the later passage.
    fn with(self, other: &Self) -> Self {
        let (mine, theirs) = (&self.presence, &other.presence);
        let (my_last, their_last) = (mine.last.map(|it| it.at), theirs.last.map(|it| it.at));
        let (last, outside_since) = if their_last > my_last {
            (theirs.last, theirs.outside_since)
        } else if their_last == my_last {
            let since = [mine.outside_since, theirs.outside_since].into_iter().flatten().min();
            (mine.last, since)
        } else {
            (mine.last, mine.outside_since)
        };
        let journeys = mine.journeys.max(theirs.journeys);
        Self { presence: Presence { journeys, outside_since, last }, stayed: self.stayed }
    }
}

/// Folds the older half of a permit's own passages into its counter.
fn fold(history: &mut History, pseudonym: Pseudonym, terminal: Terminal) {
    let mut own: Vec<_> = history
        .passages()
        .iter()
        .filter_map(|crossed| crossed.origin.filter(|(who, _)| *who == terminal))
        .map(|(_, sequence)| sequence)
        .collect();
    own.sort_unstable();
    if let Some(middle) = own.get(own.len() / 2)
        && let Some(counter) = history.counter(pseudonym, terminal, *middle)
    {
        history.rest_on(counter, terminal);
    }
}

fn remember<T>(open: &mut VecDeque<T>, one: T) {
    if open.len() == OPEN {
        open.pop_front();
    }
    open.push_back(one);
}

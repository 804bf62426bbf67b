//! Passages of many terminals as one set.
//!
//! What several terminals saw is put together as a set: joining is commutative, associative and
//! idempotent, so it does not matter who tells whom first or how often, and everything that is asked of it
//! (journeys, who is away, double use) is worked out from the set alone. A terminal's own passages keep the
//! order of its chain whatever its clock did; between terminals the time decides.

use std::collections::{BTreeMap, BTreeSet};

use permit_core::{Day, Journey, Passage, Presence, Side, UnixTime};

use crate::{Counter, Pseudonym, Terminal};

/// One passage as one terminal recorded it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Crossed {
    /// Who recorded it, and its decision's sequence there; `None` where only a list tells of it.
    pub origin: Option<(Terminal, u64)>,
    /// Where, which way, when.
    pub passage: Passage,
    /// The holder's home side.
    pub home: Side,
    /// Minutes the crossing's clock was ahead of UTC.
    pub offset: i16,
    /// Nobody went through after all: the gate did not turn, or an officer undid the admission.
    pub void: bool,
}

impl Crossed {
    fn is_through(&self, terminal: Terminal, sequence: u64) -> bool {
        self.origin.is_some_and(|(who, at)| who == terminal && at <= sequence)
    }

    fn journey(&self) -> Journey {
        self.passage.checkpoint.journey(self.home)
    }

    /// Joins what two say of one passage; whose word stands does not depend on the order.
    fn join(&mut self, other: &Self) {
        let void = self.void | other.void;
        let word = |crossed: &Self| (key(&crossed.passage), crossed.home, crossed.offset);
        let other_s = match (self.origin, other.origin) {
            (None, Some(_)) => true,
            (Some(_), None) => false,
            _ => word(other) < word(self),
        };
        *self = Self { void, ..if other_s { *other } else { *self } };
    }

    /// The same passage, told twice: by its origin, or by place and moment where a list tells of it.
    fn is_same(&self, other: &Self) -> bool {
        match (self.origin, other.origin) {
            (Some(one), Some(two)) => one == two,
            _ => self.passage == other.passage,
        }
    }
}

/// What a history comes to.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Tally {
    /// Journeys, away since when, the last passage.
    pub presence: Presence,
    /// Days away on journeys that are over; the first and the last day both count.
    pub stayed: u32,
}

impl Tally {
    /// What is carried over from removed records.
    pub(crate) fn carried(counter: &Counter) -> Self {
        let Counter { journeys, outside_since, last, stayed, .. } = *counter;
        Self { presence: Presence { journeys, outside_since, last }, stayed }
    }

    /// Goes through one more passage.
    fn step(&mut self, crossed: &Crossed) {
        let Presence { journeys, outside_since, last } = &mut self.presence;
        let passage = crossed.passage;
        let going_on = last.is_some_and(|last| last.is_continued_by(&passage));
        match crossed.journey() {
            Journey::Outward if going_on && outside_since.is_some() => {}
            Journey::Outward => {
                *journeys = journeys.saturating_add(1);
                *outside_since = Some(passage.at);
            }
            Journey::Homeward => {
                let days =
                    outside_since.take().map(|since| days(since, passage.at, crossed.offset));
                self.stayed = self.stayed.saturating_add(days.unwrap_or_default());
            }
        }
        *last = Some(passage);
    }
}

/// Civil days from `since` to `until` at a crossing; the first and the last both count.
#[must_use]
pub fn days(since: UnixTime, until: UnixTime, offset: i16) -> u32 {
    let apart = until.day(offset).since(since.day(offset));
    u32::try_from(apart.saturating_add(1)).unwrap_or_default()
}

/// What is known of one permit.
#[derive(Clone, Default, Debug)]
pub(crate) struct History {
    /// What is carried over from removed records of this terminal.
    pub(crate) base: Option<Box<Counter>>,
    /// The permit's last day, where known.
    pub(crate) through: Option<Day>,
    passages: Vec<Crossed>,
}

impl History {
    /// Takes a passage in; one that is known already only says whether the gate turned.
    pub(crate) fn insert(&mut self, crossed: Crossed) {
        match self.passages.iter_mut().find(|known| known.is_same(&crossed)) {
            Some(known) => known.join(&crossed),
            None => self.push(crossed),
        }
    }

    /// Takes a passage in that is known to be new, unless the base speaks for it already.
    pub(crate) fn push(&mut self, crossed: Crossed) {
        if self.passages.len() == self.passages.capacity() {
            self.passages.reserve_exact(1 + self.passages.len() / 2);
        }
        self.passages.push(crossed);
    }

    /// The passages, in no order.
    pub(crate) fn passages(&self) -> &[Crossed] {
        &self.passages
    }

    /// Takes back the passages of these decisions.
    pub(crate) fn void_all(&mut self, origins: &BTreeSet<(Terminal, u64)>) {
        for crossed in &mut self.passages {
            crossed.void |= crossed.origin.is_some_and(|origin| origins.contains(&origin));
        }
    }

    /// Takes back the passage of a decision on which nobody went through.
    pub(crate) fn void(&mut self, origin: (Terminal, u64)) {
        let known = self.passages.iter_mut().find(|known| known.origin == Some(origin));
        if let Some(known) = known {
            known.void = true;
        }
    }

    /// What this terminal's passages through `sequence` come to, the base included.
    pub(crate) fn counter(
        &self,
        pseudonym: Pseudonym,
        terminal: Terminal,
        sequence: u64,
    ) -> Option<Counter> {
        let old: Vec<_> =
            self.passages.iter().filter(|it| it.is_through(terminal, sequence)).copied().collect();
        let first = old.first().map(|crossed| crossed.home);
        let home = first.or_else(|| self.base.as_ref().map(|base| base.home))?;
        let start = self.base.as_deref().map(Tally::carried).unwrap_or_default();
        let through = self.through.or(self.base.as_ref().and_then(|base| base.through));
        let last = old.iter().filter_map(|crossed| crossed.origin).map(|(_, at)| at).max();
        let sequence = last.max(self.base.as_ref().map(|base| base.sequence)).unwrap_or_default();
        let Tally { presence: Presence { journeys, outside_since, last }, stayed } =
            tally(start, &old);
        Some(Counter { pseudonym, home, through, sequence, journeys, stayed, outside_since, last })
    }

    /// Lets `base` speak for what it counts, and forgets those passages.
    pub(crate) fn rest_on(&mut self, base: Counter, terminal: Terminal) {
        self.passages.retain(|crossed| !crossed.is_through(terminal, base.sequence));
        self.through = self.through.or(base.through);
        self.base = Some(Box::new(base));
    }

    /// Forgets this terminal's passages through `sequence`, and other terminals' that are no later.
    pub(crate) fn forget(&mut self, terminal: Terminal, sequence: u64) {
        let gone = |crossed: &Crossed| crossed.is_through(terminal, sequence);
        let latest = self.passages.iter().filter(|it| gone(it)).map(|it| it.passage.at).max();
        let others = |crossed: &Crossed| crossed.origin.is_none_or(|(who, _)| who != terminal);
        self.passages.retain(|it| !(gone(it) || others(it) && Some(it.passage.at) <= latest));
        self.base = None;
    }

    /// True if nothing is known any more.
    pub(crate) fn is_empty(&self) -> bool {
        self.base.is_none() && self.passages.is_empty()
    }
}

/// Goes through a set of passages in their order.
pub(crate) fn tally(start: Tally, passages: &[Crossed]) -> Tally {
    let mut all = start;
    ordered(passages).iter().for_each(|crossed| all.step(crossed));
    all
}

/// The passages that took place, in order: each terminal's by its chain, between terminals by time.
///
/// A passage counts as no earlier than those before it in its own chain, so a clock that was set back
/// does not turn a chain around.
pub(crate) fn ordered(passages: &[Crossed]) -> Vec<Crossed> {
    let mut chains = passages.to_vec();
    chains.sort_by_key(|crossed| (crossed.origin, key(&crossed.passage)));
    let mut latest: Option<(Terminal, UnixTime)> = None;
    let mut placed: Vec<(UnixTime, Crossed)> = Vec::with_capacity(chains.len());
    for crossed in chains {
        let mut time = crossed.passage.at;
        if let Some((terminal, _)) = crossed.origin {
            time = latest.filter(|(who, _)| *who == terminal).map_or(time, |(_, at)| at.max(time));
            latest = Some((terminal, time));
        }
        placed.push((time, crossed));
    }
    // Stable: what the time does not decide stays in the order of the chains.
    placed.sort_by_key(|(time, _)| *time);
    placed.into_iter().map(|(_, crossed)| crossed).filter(|crossed| !crossed.void).collect()
}

fn key(passage: &Passage) -> (UnixTime, u16, Side, bool) {
    let checkpoint = passage.checkpoint;
    let exit = checkpoint.direction == permit_core::Direction::Exit;
    (passage.at, checkpoint.crossing, checkpoint.side, exit)
}

/// Passages of any number of permits and terminals.
#[derive(Clone, Default, Debug)]
pub struct Passages {
    permits: BTreeMap<Pseudonym, History>,
    /// Decisions on which nobody went through, whether or not their passages are known here: an export may hold
    /// the one and a later export the other.
    void: BTreeSet<(Terminal, u64)>,
}

impl Passages {
    /// Takes one passage in; again does nothing.
    pub fn insert(&mut self, pseudonym: Pseudonym, mut crossed: Crossed) {
        if let Some(origin) = crossed.origin {
            if crossed.void {
                self.void(origin);
            }
            crossed.void |= self.void.contains(&origin);
        }
        self.permits.entry(pseudonym).or_default().insert(crossed);
    }

    /// Takes another set in.
    pub fn merge(&mut self, other: &Self) {
        let new: BTreeSet<_> = other.void.difference(&self.void).copied().collect();
        let known = self.permits.values_mut().filter(|_| !new.is_empty());
        known.for_each(|history| history.void_all(&new));
        self.void.extend(new);
        other.iter().for_each(|(pseudonym, crossed)| self.insert(pseudonym, crossed));
    }

    /// Nobody went through on this decision, whose passage may be known already, come later, or be none at all.
    pub fn void(&mut self, origin: (Terminal, u64)) {
        if self.void.insert(origin) {
            self.permits.values_mut().for_each(|history| history.void(origin));
        }
    }

    /// The decisions on which nobody went through.
    pub fn voided(&self) -> impl Iterator<Item = (Terminal, u64)> + '_ {
        self.void.iter().copied()
    }

    /// Every passage told, by pseudonym, those that did not take place marked so.
    pub fn iter(&self) -> impl Iterator<Item = (Pseudonym, Crossed)> + '_ {
        self.permits.iter().flat_map(|(pseudonym, history)| {
            history.passages().iter().map(move |crossed| (*pseudonym, *crossed))
        })
    }

    /// How many permits.
    #[must_use]
    pub fn permits(&self) -> usize {
        self.permits.len()
    }

    /// What one permit's passages come to.
    #[must_use]
    pub fn tally(&self, pseudonym: &Pseudonym) -> Option<Tally> {
        let history = self.permits.get(pseudonym)?;
        Some(tally(Tally::default(), history.passages()))
    }

    /// What every permit's passages come to, by pseudonym: what a presence list says.
    pub fn tallies(&self) -> impl Iterator<Item = (Pseudonym, Tally)> + '_ {
        self.permits
            .iter()
            .map(|(pseudonym, history)| (*pseudonym, tally(Tally::default(), history.passages())))
    }

    /// Every passage homeward that took place, with the days away (the first and the last both count); none where nothing
    /// tells since when. Both halves of one way home end the same stay.
    pub fn returns(&self) -> impl Iterator<Item = (Crossed, Option<u32>)> + '_ {
        self.permits.values().flat_map(|history| {
            let (mut all, mut since) = (Tally::default(), None);
            let homeward = move |crossed: Crossed| {
                let before = all.presence;
                all.step(&crossed);
                if crossed.journey() != Journey::Homeward {
                    return None;
                }
                let second = before.last.is_some_and(|it| it.is_continued_by(&crossed.passage));
                since = before.outside_since.or(since.filter(|_| second));
                Some((crossed, since.map(|it| days(it, crossed.passage.at, crossed.offset))))
            };
            ordered(history.passages()).into_iter().filter_map(homeward)
        })
    }

    /// Every double use: neighbours in a permit's history that one holder cannot have made.
    ///
    /// `apart` is the zone register's: seconds that lie between two crossings at least.
    #[must_use]
    pub fn conflicts(&self, apart: i64) -> Vec<Conflict> {
        let mut found = Vec::new();
        for (pseudonym, history) in &self.permits {
            let passages = ordered(history.passages());
            for (first, second) in passages.iter().zip(passages.iter().skip(1)) {
                if let Some(clash) = Clash::of(first, second, apart) {
                    found.push(Conflict {
                        pseudonym: *pseudonym,
                        first: *first,
                        second: *second,
                        clash,
                    });
                }
            }
        }
        found
    }
}

impl PartialEq for Passages {
    /// The same passages, in whatever order they were told.
    fn eq(&self, other: &Self) -> bool {
        let sorted = |history: &History| {
            let mut all = history.passages().to_vec();
            all.sort_by_key(|crossed| (crossed.origin, key(&crossed.passage)));
            all
        };
        self.void == other.void
            && self.permits.len() == other.permits.len()
            && self
                .permits
                .iter()
                .zip(&other.permits)
                .all(|((one, mine), (two, theirs))| one == two && sorted(mine) == sorted(theirs))
    }
}

/// One permit used twice.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Conflict {
    /// Which permit.
    pub pseudonym: Pseudonym,
    /// The earlier passage.
    pub first: Crossed,
    /// The later one.
    pub second: Crossed,
    /// How they clash.
    pub clash: Clash,
}

/// How two passages of one permit clash.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Clash {
    /// The same way twice, and not the two halves of one journey.
    SameWay,
    /// At two crossings, too soon to be the same person.
    Elsewhere,
}

impl Clash {
    fn of(first: &Crossed, second: &Crossed, apart: i64) -> Option<Self> {
        let (one, two) = (&first.passage, &second.passage);
        let away = one.checkpoint.crossing != two.checkpoint.crossing;
        if first.journey() == second.journey() && !one.is_continued_by(two) {
            Some(Self::SameWay)
        } else if away && two.at.since(one.at).saturating_abs() < apart {
            Some(Self::Elsewhere)
        } else {
            None
        }
    }
}

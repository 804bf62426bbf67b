//! What stays of records that are removed, and how a new chain begins.

use minicbor::{Decode, Encode};
use permit_core::{Confirmation, Day, Passage, Side, UnixTime};

use crate::{Pseudonym, Record, Tip, wire};

use super::{ClockEvent, Counts, Damage, Entry, Event};

/// What is still needed of records about to be pruned.
#[derive(Clone, PartialEq, Eq, Encode, Decode, Debug)]
#[cbor(array)]
pub struct Carried {
    /// The last record it speaks for.
    #[n(0)]
    pub through: u64,
    /// One for each permit that may still be used, or whose holder is away.
    #[n(1)]
    pub counters: Vec<Counter>,
}

/// All that is kept of a permit's older passages.
#[derive(Clone, Copy, PartialEq, Eq, Encode, Decode, Debug)]
#[cbor(array)]
pub struct Counter {
    /// Which permit.
    #[n(0)]
    pub pseudonym: Pseudonym,
    /// The holder's home side.
    #[cbor(n(1), with = "wire::side")]
    pub home: Side,
    /// The permit's last day.
    #[cbor(n(2), with = "wire::maybe_day")]
    pub through: Option<Day>,
    /// Sequence of the last decision it counts.
    #[n(3)]
    pub sequence: u64,
    /// Outward journeys made.
    #[n(4)]
    pub journeys: u32,
    /// Days away on journeys that are over; the first and the last day both count.
    #[n(5)]
    pub stayed: u32,
    /// Away from home since.
    #[cbor(n(6), with = "wire::maybe_time")]
    pub outside_since: Option<UnixTime>,
    /// The last passage.
    #[cbor(n(7), with = "wire::maybe_passage")]
    pub last: Option<Passage>,
}

/// What is left of removed records.
#[derive(Clone, PartialEq, Eq, Encode, Decode, Debug)]
#[cbor(array)]
pub struct Pruned {
    /// The last removed record of each segment removed now: its sequence and hash; the chain goes on from the
    /// last of them.
    #[n(0)]
    pub ends: Vec<Tip>,
    /// Everything removed since the journal began.
    #[n(1)]
    pub counts: Counts,
    /// Permits whose counters were carried over.
    #[n(2)]
    pub carried: u64,
    /// What two officers said last of the clock.
    #[n(3)]
    pub confirmed: Option<Confirmed>,
    /// Which chain it is, and since when, where it is not the first.
    #[n(4)]
    pub renewed: Option<Epoch>,
}

/// Which of a terminal's chains, and when it began.
#[derive(Clone, Copy, PartialEq, Eq, Encode, Decode, Debug)]
#[cbor(array)]
pub struct Epoch {
    /// How many chains there were before.
    #[n(0)]
    pub epoch: u32,
    /// When it began.
    #[cbor(n(1), with = "wire::time")]
    pub since: UnixTime,
}

impl Epoch {
    /// What a record says of it, if it does.
    pub(crate) fn of(record: &Record) -> Option<Self> {
        match &record.entry {
            Entry::Renewed(Renewed { epoch, .. }) => {
                Some(Self { epoch: *epoch, since: record.stamp.time() })
            }
            Entry::Pruned(pruned) => pruned.renewed,
            _ => None,
        }
    }
}

/// How a new chain begins.
#[derive(Clone, PartialEq, Eq, Encode, Decode, Debug)]
#[cbor(array)]
pub struct Renewed {
    /// How many chains this terminal began before.
    #[n(0)]
    pub epoch: u32,
    /// Number of the officer who said so first.
    #[n(1)]
    pub first: u16,
    /// Number of the other.
    #[n(2)]
    pub second: u16,
    /// The end of the chain before, as far as it could be read.
    #[n(3)]
    pub before: Tip,
    /// What was wrong with it, at most 64.
    #[n(4)]
    pub found: Vec<Damage>,
    /// Everything recorded before, as far as it could be read.
    #[n(5)]
    pub counts: Counts,
    /// Permits whose counters could be read: they follow.
    #[n(6)]
    pub carried: u64,
    /// What two officers said last of the clock.
    #[n(7)]
    pub confirmed: Option<Confirmed>,
}

/// What two officers said of the clock, when the record of it is removed.
#[derive(Clone, Copy, PartialEq, Eq, Encode, Decode, Debug)]
#[cbor(array)]
pub struct Confirmed {
    /// The clock, which they said is right.
    #[cbor(n(0), with = "wire::time")]
    pub at: UnixTime,
    /// What was signed or built later, which counts no more.
    #[cbor(n(1), with = "wire::overruled", has_nil)]
    pub overruled: [Option<UnixTime>; 4],
}

impl Confirmed {
    /// What a record says of it, if it does.
    pub(crate) fn of(record: &Record) -> Option<Self> {
        match &record.entry {
            Entry::Event(Event::Clock(ClockEvent::Confirmed { overruled, .. })) => {
                Some(Self { at: record.stamp.time(), overruled: *overruled })
            }
            Entry::Pruned(pruned) => pruned.confirmed,
            Entry::Renewed(renewed) => renewed.confirmed,
            _ => None,
        }
    }
}

impl From<Confirmed> for Confirmation {
    fn from(said: Confirmed) -> Self {
        Self { at: said.at, overruled: said.overruled }
    }
}

impl Pruned {
    /// Where the kept chain begins.
    #[must_use]
    pub fn end(&self) -> Option<&Tip> {
        self.ends.last()
    }
}

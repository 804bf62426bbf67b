//! A station's return: what was done there, counted by day, and what is open. It has no name of anybody.
//!
//! Headquarters take it as it is; where it has to be told from an older one, by the end of the record that it names.

use core::cmp::Ordering;

use minicbor::{Decode, Encode};
use permit_core::{Day, Kind, PublicKey, Signer, UnixTime};

use crate::{Refused, sealed, wire};

/// What a desk signs with its record key for headquarters.
#[derive(Clone, PartialEq, Eq, Hash, Encode, Decode, Debug)]
#[cbor(array)]
pub struct Return {
    /// Number of the zone.
    #[n(0)]
    pub zone: u16,
    /// Number of the station.
    #[n(1)]
    pub station: u16,
    /// True if everything at the desk is a demonstration.
    #[n(2)]
    pub demo: bool,
    /// When it was made, by the desk's clock.
    #[cbor(n(3), with = "wire::time")]
    pub made: UnixTime,
    /// First day of what is counted.
    #[cbor(n(4), with = "wire::day")]
    pub from: Day,
    /// Last day, not before the first.
    #[cbor(n(5), with = "wire::day")]
    pub through: Day,
    /// Entries of the record when it was made.
    #[n(6)]
    pub sequence: u64,
    /// Hash of the last of them.
    #[cbor(n(7), with = "minicbor::bytes")]
    pub tip: [u8; 32],
    /// What was done, ascending by all but the number.
    #[n(8)]
    pub counts: Vec<Count>,
    /// Cases that are open, likewise.
    #[n(9)]
    pub cases: Vec<Open>,
    /// Issues open, and those raised within these days; empty: none, and said so. `None`: not answered.
    #[n(10)]
    pub issues: Option<Vec<Raised>>,
    /// Differing views, likewise.
    #[n(11)]
    pub views: Option<Vec<Raised>>,
    /// SHA-256 of the register's file as it went with this.
    #[cbor(n(12), with = "minicbor::bytes")]
    pub register: [u8; 32],
}

/// How often something was done on a day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, Debug)]
#[cbor(array)]
pub struct Count {
    /// The desk's civil day.
    #[cbor(n(0), with = "wire::day")]
    pub day: Day,
    /// Class of applicant, as in an application.
    #[n(1)]
    pub class: u8,
    /// Home region; 0 where no form was filled in.
    #[n(2)]
    pub region: u16,
    /// What was done.
    #[n(3)]
    pub outcome: Outcome,
    /// On which ground, of a refusal or a revocation.
    #[n(4)]
    pub ground: Option<u8>,
    /// How often, at least once.
    #[n(5)]
    pub number: u32,
}

/// What is counted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, Debug)]
#[cbor(index_only)]
pub enum Outcome {
    /// Handed in, the first time.
    #[n(0)]
    HandedIn,
    /// Signed under a number of its own.
    #[n(1)]
    Issued,
    /// Refused by two.
    #[n(2)]
    Refused,
    /// Revoked by two.
    #[n(3)]
    Revoked,
    /// Taken back by the applicant.
    #[n(4)]
    Withdrawn,
    /// Handed over.
    #[n(5)]
    HandedOver,
    /// Given back, or found.
    #[n(6)]
    Surrendered,
    /// Reported lost.
    #[n(7)]
    Lost,
    /// Signed again as the next copy.
    #[n(8)]
    Reprinted,
    /// Signed with an error mended, as the next copy.
    #[n(9)]
    Corrected,
}

/// How many cases of a kind are as old, and wait for the same.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, Debug)]
#[cbor(array)]
pub struct Open {
    /// Kind of case, as at the desk.
    #[n(0)]
    pub kind: u8,
    /// How old.
    #[n(1)]
    pub age: Age,
    /// What they wait for.
    #[n(2)]
    pub waits: Waits,
    /// How many, at least one.
    #[n(3)]
    pub number: u32,
}

/// Days since a case was received. The first three are the terms within which the kinds are to be decided.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, Debug)]
#[cbor(index_only)]
pub enum Age {
    /// At most 7.
    #[n(0)]
    Week,
    /// At most 14.
    #[n(1)]
    Fortnight,
    /// At most 30.
    #[n(2)]
    Month,
    /// At most 90.
    #[n(3)]
    Quarter,
    /// More.
    #[n(4)]
    Older,
}

/// What a case waits for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, Debug)]
#[cbor(index_only)]
pub enum Waits {
    /// The decision.
    #[n(0)]
    Decision,
    /// Something of the checklist.
    #[n(1)]
    Checklist,
    /// An obstacle that the desk has in words.
    #[n(2)]
    Obstacle,
    /// The second officer of a refusal.
    #[n(3)]
    SecondOfficer,
    /// The authorisation.
    #[n(4)]
    Authorisation,
    /// Departure.
    #[n(5)]
    Departure,
}

/// An issue raised, or a differing view.
#[derive(Clone, PartialEq, Eq, Hash, Encode, Decode, Debug)]
#[cbor(array)]
pub struct Raised {
    /// Its number at the desk, from 1.
    #[n(0)]
    pub number: u32,
    /// When it was raised.
    #[cbor(n(1), with = "wire::day")]
    pub day: Day,
    /// In which words, at most 600 bytes; `None` where they hold a name.
    #[n(2)]
    pub words: Option<String>,
    /// Whether it is open still.
    #[n(3)]
    pub open: bool,
}

impl Age {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Week, Self::Fortnight, Self::Month, Self::Quarter, Self::Older];

    /// Of so many days.
    #[must_use]
    pub const fn of(days: i32) -> Self {
        match days {
            ..=7 => Self::Week,
            8..=14 => Self::Fortnight,
            15..=30 => Self::Month,
            31..=90 => Self::Quarter,
            _ => Self::Older,
        }
    }
}

impl Outcome {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::HandedIn,
        Self::Issued,
        Self::Refused,
        Self::Revoked,
        Self::Withdrawn,
        Self::HandedOver,
        Self::Surrendered,
        Self::Lost,
        Self::Reprinted,
        Self::Corrected,
    ];

    /// Whether it rests on a ground.
    #[must_use]
    pub const fn has_ground(self) -> bool {
        matches!(self, Self::Refused | Self::Revoked)
    }
}

impl Return {
    /// Signs it: a COSE_Sign1 of kind `return`.
    ///
    /// # Errors
    ///
    /// When the key cannot sign.
    pub fn seal<S: Signer>(&self, signer: &S) -> Result<Vec<u8>, S::Error> {
        sealed::one(Kind::Return, &sealed::bytes(self), signer)
    }

    /// Opens one that this record key must have signed.
    ///
    /// # Errors
    ///
    /// What it is not.
    pub fn open(bytes: &[u8], key: &PublicKey) -> Result<Self, Refused> {
        let read: Self = sealed::opened(sealed::open_one(Kind::Return, bytes, key)?)?;
        if read.is_sound() { Ok(read) } else { Err(Refused::Contents) }
    }

    /// What the types do not say.
    fn is_sound(&self) -> bool {
        let matters = |list: &Option<Vec<Raised>>| {
            let list = list.as_deref().unwrap_or_default();
            ascends(list, |a, b| a.number.cmp(&b.number)) && list.iter().all(Raised::is_sound)
        };
        self.from <= self.through
            && ascends(&self.counts, |a, b| a.key().cmp(&b.key()))
            && self.counts.iter().all(|count| count.is_sound((self.from, self.through)))
            && ascends(&self.cases, |a, b| a.key().cmp(&b.key()))
            && self.cases.iter().all(|open| open.kind <= 2 && open.number > 0)
            && matters(&self.issues)
            && matters(&self.views)
    }
}

impl Count {
    /// What is counted; everything but the number.
    #[must_use]
    pub const fn key(&self) -> (Day, u8, u16, Outcome, Option<u8>) {
        (self.day, self.class, self.region, self.outcome, self.ground)
    }

    fn is_sound(&self, (from, through): (Day, Day)) -> bool {
        (from..=through).contains(&self.day)
            && self.class <= 2
            && self.ground.is_some() == self.outcome.has_ground()
            && self.ground.is_none_or(|ground| ground <= 6)
            && self.number > 0
    }
}

impl Open {
    /// What is counted; everything but the number.
    #[must_use]
    pub const fn key(&self) -> (u8, Age, Waits) {
        (self.kind, self.age, self.waits)
    }
}

impl Raised {
    /// Most bytes of words, as at a desk.
    pub const WORDS: usize = 600;

    fn is_sound(&self) -> bool {
        let words = self.words.as_ref();
        self.number > 0 && words.is_none_or(|words| (1..=Self::WORDS).contains(&words.len()))
    }
}

fn ascends<T>(list: &[T], order: impl Fn(&T, &T) -> Ordering) -> bool {
    list.is_sorted_by(|a, b| order(a, b) == Ordering::Less)
}

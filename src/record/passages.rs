//! Passages that one side's headquarters give the other: pseudonyms, places and moments, and no more.
//!
//! No officer, no decision and no verdict crosses, and never whom somebody assisted. The sequence of a passage in its
//! terminal's journal makes it one element of a set, so that it does not matter which file comes first or how often.

use minicbor::{Decode, Encode, bytes::ByteArray};
use permit_core::{Direction, Kind, PublicKey, Side, Signer, UnixTime};

use crate::{Refused, sealed, wire};

/// A COSE_Sign1 of kind `passages` by a key of the side's passages role.
#[derive(Clone, PartialEq, Eq, Hash, Encode, Decode, Debug)]
#[cbor(array)]
pub struct Crossings {
    /// Number of the zone.
    #[n(0)]
    pub zone: u16,
    /// Whose terminals recorded them.
    #[cbor(n(1), with = "wire::side")]
    pub side: Side,
    /// True if all of it is a demonstration.
    #[n(2)]
    pub demo: bool,
    /// Number of the file, counted up by the side from 1.
    #[n(3)]
    pub number: u32,
    /// When it was made.
    #[cbor(n(4), with = "wire::time")]
    pub made: UnixTime,
    /// Records that were taken home, by terminal and first: what is not told of these took place nowhere, or was
    /// removed at the end of its term.
    #[n(5)]
    pub known: Vec<Known>,
    /// The passages, by terminal and sequence.
    #[n(6)]
    pub passages: Vec<Crossing>,
    /// Passages told in this file or an earlier one that never were, by terminal and sequence.
    #[n(7)]
    pub void: Vec<Place>,
}

/// A stretch of records of a terminal.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, Debug)]
#[cbor(array)]
pub struct Known {
    /// Number of the terminal.
    #[n(0)]
    pub terminal: u16,
    /// Sequence of the first record.
    #[n(1)]
    pub first: u64,
    /// Sequence of the last.
    #[n(2)]
    pub last: u64,
}

/// Where a passage was recorded.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, Debug)]
#[cbor(array)]
pub struct Place {
    /// Number of the terminal.
    #[n(0)]
    pub terminal: u16,
    /// Sequence of the decision in its journal; no two chains of a terminal share one.
    #[n(1)]
    pub sequence: u64,
}

/// One passage.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Encode, Decode, Debug)]
#[cbor(array)]
pub struct Crossing {
    /// Who recorded it.
    #[n(0)]
    pub place: Place,
    /// Whose permit it was.
    #[n(1)]
    pub pseudonym: ByteArray<16>,
    /// Number of the crossing.
    #[n(2)]
    pub crossing: u16,
    /// Which way, seen from that side.
    #[cbor(n(3), with = "wire::way")]
    pub direction: Direction,
    /// When.
    #[cbor(n(4), with = "wire::time")]
    pub at: UnixTime,
    /// The holder's home side.
    #[cbor(n(5), with = "wire::side")]
    pub home: Side,
    /// Minutes the crossing's clock was ahead of UTC.
    #[n(6)]
    pub offset: i16,
}

impl Crossings {
    /// Signs it.
    ///
    /// # Errors
    ///
    /// When the key cannot sign.
    pub fn seal<S: Signer>(&self, signer: &S) -> Result<Vec<u8>, S::Error> {
        sealed::one(Kind::Passages, &sealed::bytes(self), signer)
    }

    /// Opens one that this key must have signed.
    ///
    /// # Errors
    ///
    /// What it is not.
    pub fn open(bytes: &[u8], key: &PublicKey) -> Result<Self, Refused> {
        let read: Self = sealed::opened(sealed::open_one(Kind::Passages, bytes, key)?)?;
        if read.is_sound() { Ok(read) } else { Err(Refused::Contents) }
    }

    fn is_sound(&self) -> bool {
        let apart = |a: &Known, b: &Known| {
            a.terminal < b.terminal || (a.terminal == b.terminal && a.last < b.first)
        };
        self.number > 0
            && self.known.iter().all(Known::is_sound)
            && self.known.is_sorted_by(apart)
            && self.passages.iter().all(Crossing::is_sound)
            && self.passages.is_sorted_by(|a, b| a.place < b.place)
            && self.void.iter().all(Place::is_sound)
            && self.void.is_sorted_by(|a, b| a < b)
    }
}

impl Known {
    const fn is_sound(&self) -> bool {
        self.terminal > 0 && self.first > 0 && self.first <= self.last && self.last <= LAST
    }
}

impl Place {
    const fn is_sound(&self) -> bool {
        self.terminal > 0 && self.sequence > 0 && self.sequence <= LAST
    }
}

impl Crossing {
    fn is_sound(&self) -> bool {
        self.place.is_sound() && self.crossing > 0 && (-900..=900).contains(&self.offset)
    }
}

/// No record of a journal has a higher sequence.
const LAST: u64 = u64::MAX / 2;

//! One record: its place in the chain, its moment, what it says.
//!
//! `[sequence, previous, durable, stamp, entry]` in deterministic CBOR. Its hash is the SHA-256 of these
//! bytes, which hold the hash of the record before, so that no record can be changed, left out or moved
//! without every later one telling. Reading is core's gate, then the types, then the question whether the
//! same bytes come out when it is written again: there is no second spelling of a record.

use core::fmt;

use minicbor::{Decode, Encode};
use permit_core::{DOCUMENT_DEPTH, Now, Side, UnixTime, gate, sha256};

use crate::{Entry, wire};

/// The first byte of every record: an array of five.
pub(crate) const FIRST_BYTE: u8 = 0x85;

/// No record has a higher sequence.
const LAST: u64 = u64::MAX / 2;

/// A SHA-256.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct Hash(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 32]);

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hash({self})")
    }
}

/// A terminal, by its side's list of readers.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, Debug)]
#[cbor(array)]
pub struct Terminal {
    /// Whose it is.
    #[cbor(n(0), with = "wire::side")]
    pub side: Side,
    /// Its number there.
    #[n(1)]
    pub number: u16,
}

impl Terminal {
    /// What stands before its first record, so that one terminal's journal is not taken for another's.
    #[must_use]
    pub fn genesis(self) -> Tip {
        let [high, low] = self.number.to_be_bytes();
        let hash = sha256(&[b"border-permit/journal/1", &[self.side as u8, high, low]]);
        Tip { sequence: 0, hash: Hash(hash) }
    }
}

impl Terminal {
    /// What stands before the first record of a chain that was started in place of `epoch` others, whose record would
    /// have the sequence after `sequence`.
    #[must_use]
    pub fn renewed(self, epoch: u32, sequence: u64) -> Tip {
        let [high, low] = self.number.to_be_bytes();
        let whose = [self.side as u8, high, low];
        let place: &[&[u8]] = &[&epoch.to_be_bytes(), &sequence.to_be_bytes()];
        let hash = sha256(&[b"border-permit/journal/2", &whose, place[0], place[1]]);
        Tip { sequence, hash: Hash(hash) }
    }
}

/// The end of a chain.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Encode, Decode, Debug)]
#[cbor(array)]
pub struct Tip {
    /// Number of the last record, counted from 1.
    #[n(0)]
    pub sequence: u64,
    /// Its hash.
    #[n(1)]
    pub hash: Hash,
}

/// The moment of a record, as far as the terminal knew it.
#[derive(Clone, Copy, PartialEq, Eq, Encode, Decode, Debug)]
#[cbor(flat)]
pub enum Stamp {
    /// The clock was trusted.
    #[n(0)]
    Trusted(#[cbor(n(0), with = "wire::time")] UnixTime),
    /// The time was set by hand (`--at`).
    #[n(1)]
    ByHand(#[cbor(n(0), with = "wire::time")] UnixTime),
    /// The clock was not trusted.
    #[n(2)]
    Untrusted {
        /// What it said, if anything.
        #[cbor(n(0), with = "wire::maybe_time")]
        clock: Option<UnixTime>,
        /// The earliest it can have been.
        #[cbor(n(1), with = "wire::time")]
        earliest: UnixTime,
    },
}

impl Stamp {
    /// The time, or the earliest it can have been.
    #[must_use]
    pub const fn time(&self) -> UnixTime {
        match *self {
            Self::Trusted(time) | Self::ByHand(time) => time,
            Self::Untrusted { earliest, .. } => earliest,
        }
    }

    /// The time of a trusted clock.
    #[must_use]
    pub const fn trusted(&self) -> Option<UnixTime> {
        match *self {
            Self::Trusted(time) => Some(time),
            Self::ByHand(_) | Self::Untrusted { .. } => None,
        }
    }
}

impl From<&Now> for Stamp {
    fn from(now: &Now) -> Self {
        match now.certain() {
            Some(time) if now.is_by_hand() => Self::ByHand(time),
            Some(time) => Self::Trusted(time),
            None => Self::Untrusted { clock: now.clock(), earliest: now.floor() },
        }
    }
}

/// One record.
#[derive(Clone, PartialEq, Eq, Encode, Decode, Debug)]
#[cbor(array)]
pub struct Record {
    /// Counted from 1, without gaps.
    #[n(0)]
    pub sequence: u64,
    /// Hash of the record before.
    #[n(1)]
    pub previous: Hash,
    /// The last record known to be durable when this one was written.
    #[n(2)]
    pub durable: u64,
    /// When.
    #[n(3)]
    pub stamp: Stamp,
    /// What.
    #[n(4)]
    pub entry: Entry,
}

impl Record {
    /// The bytes that are framed and hashed: its one spelling.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        // Writing into memory cannot fail, and no type here refuses to be written.
        let written = minicbor::encode(self, &mut bytes);
        debug_assert!(written.is_ok());
        bytes
    }

    /// Reads the one spelling of a record; none for anything else.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        gate(bytes, DOCUMENT_DEPTH).ok()?;
        let record: Self = minicbor::decode(bytes).ok()?;
        let sound = (1..=LAST).contains(&record.sequence) && record.to_bytes() == bytes;
        sound.then_some(record)
    }

    /// The end of a chain whose last record has these bytes.
    #[must_use]
    pub fn tip(&self, bytes: &[u8]) -> Tip {
        Tip { sequence: self.sequence, hash: Hash(sha256(&[bytes])) }
    }

    /// True if it comes right after `tip`.
    pub(crate) fn follows(&self, tip: &Tip) -> bool {
        tip.sequence.checked_add(1) == Some(self.sequence) && self.previous == tip.hash
    }
}

//! What headquarters sign of a report: which it is, and the SHA-256 of every file of it.
//!
//! The files themselves (a page, tables) are for people and programs; this says that they are the ones that were signed.

use minicbor::{Decode, Encode, bytes::ByteArray};
use permit_core::{Day, Kind, PublicKey, Side, Signer, UnixTime};

use crate::{Refused, sealed, wire};

/// A report, as it is signed: a COSE_Sign1 of kind `report` by a key of the side's report role.
#[derive(Clone, PartialEq, Eq, Hash, Encode, Decode, Debug)]
#[cbor(array)]
pub struct Report {
    /// Number of the zone.
    #[n(0)]
    pub zone: u16,
    /// Whose.
    #[cbor(n(1), with = "wire::side")]
    pub side: Side,
    /// True if what it rests on is a demonstration.
    #[n(2)]
    pub demo: bool,
    /// What it reports on.
    #[n(3)]
    pub subject: Reported,
    /// Its number, counted up by the side from 1.
    #[n(4)]
    pub number: u32,
    /// When it was made.
    #[cbor(n(5), with = "wire::time")]
    pub made: UnixTime,
    /// First day it is about.
    #[cbor(n(6), with = "wire::day")]
    pub from: Day,
    /// Last day, not before the first.
    #[cbor(n(7), with = "wire::day")]
    pub through: Day,
    /// The orders it answers, ascending, each once; at most [`ORDERS`](Self::ORDERS).
    #[n(8)]
    pub orders: Vec<String>,
    /// Its files by name, ascending; 1 to [`FILES`](Self::FILES).
    #[n(9)]
    pub files: Vec<File>,
}

/// What a report is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, Debug)]
#[cbor(index_only)]
pub enum Reported {
    /// The use of border permits (R19).
    #[n(0)]
    Use,
    /// The situation: open cases and issues (R25).
    #[n(1)]
    Situation,
}

/// A file of a report.
#[derive(Clone, PartialEq, Eq, Hash, Encode, Decode, Debug)]
#[cbor(array)]
pub struct File {
    /// Its name: a–z, 0–9, `-` and `.`, at most 80 bytes, no `.` at an end.
    #[n(0)]
    pub name: String,
    /// SHA-256 of its bytes.
    #[n(1)]
    pub digest: ByteArray<32>,
}

impl Report {
    /// Most orders that one report answers.
    pub const ORDERS: usize = 16;
    /// Most files of a report.
    pub const FILES: usize = 64;
    /// Most bytes of an order's or a file's name.
    pub const NAME: usize = 80;

    /// Signs it.
    ///
    /// # Errors
    ///
    /// When the key cannot sign.
    pub fn seal<S: Signer>(&self, signer: &S) -> Result<Vec<u8>, S::Error> {
        sealed::one(Kind::Report, &sealed::bytes(self), signer)
    }

    /// Opens one that this key must have signed.
    ///
    /// # Errors
    ///
    /// What it is not.
    pub fn open(bytes: &[u8], key: &PublicKey) -> Result<Self, Refused> {
        let read: Self = sealed::opened(sealed::open_one(Kind::Report, bytes, key)?)?;
        if read.is_sound() { Ok(read) } else { Err(Refused::Contents) }
    }

    fn is_sound(&self) -> bool {
        let named = |text: &String| (1..=Self::NAME).contains(&text.len());
        self.number > 0
            && self.from <= self.through
            && self.orders.len() <= Self::ORDERS
            && self.orders.iter().all(named)
            && self.orders.is_sorted_by(|a, b| a < b)
            && (1..=Self::FILES).contains(&self.files.len())
            && self.files.iter().all(|file| named(&file.name) && file.is_plain())
            && self.files.is_sorted_by(|a, b| a.name < b.name)
    }
}

impl File {
    /// True for a name that stays in its folder.
    fn is_plain(&self) -> bool {
        let plain =
            |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-.".contains(&byte);
        self.name.bytes().all(plain) && !self.name.starts_with('.') && !self.name.ends_with('.')
    }
}

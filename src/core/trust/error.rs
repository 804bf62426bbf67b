//! Why a bundle is not taken, with what an operator needs to mend it.

use core::fmt;

use crate::{Fault, KeyId, Side, UnixTime};

/// A document in a bundle.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum Document {
    /// The bundle itself.
    Bundle,
    /// A root.
    Root,
    /// The zone register.
    Zone,
    /// A side's snapshot.
    Snapshot(Side),
    /// A side's station list.
    Stations(Side),
    /// A side's revocations.
    Revocations(Side),
    /// A side's register of issued permits.
    Issued(Side),
    /// A side's presence list.
    Presence(Side),
    /// A side's readers.
    Readers(Side),
    /// A side's countersigned heads.
    Heads(Side),
}

impl fmt::Display for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bundle => f.write_str("bundle"),
            Self::Root => f.write_str("root"),
            Self::Zone => f.write_str("zone register"),
            Self::Snapshot(side) => write!(f, "snapshot of side {side:?}"),
            Self::Stations(side) => write!(f, "station list of side {side:?}"),
            Self::Revocations(side) => write!(f, "revocations of side {side:?}"),
            Self::Issued(side) => write!(f, "issued register of side {side:?}"),
            Self::Presence(side) => write!(f, "presence list of side {side:?}"),
            Self::Readers(side) => write!(f, "readers of side {side:?}"),
            Self::Heads(side) => write!(f, "countersigned heads of side {side:?}"),
        }
    }
}

/// Why a bundle is not taken. It is applied whole or not at all.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum TrustError {
    /// Not in the one form the document has.
    Malformed(Document, Fault),
    /// Larger than the format allows.
    TooLarge(Document),
    /// Signed by a key that the role does not have.
    UnknownSigner(Document, KeyId),
    /// A signature that does not hold.
    BadSignature(Document, KeyId),
    /// Too few distinct keys of one side signed.
    Threshold {
        /// What was signed.
        document: Document,
        /// Whose keys are missing.
        side: Side,
        /// Distinct keys of the role that signed.
        have: u8,
        /// Keys needed.
        need: u8,
    },
    /// The chain of roots does not go up by one.
    Chain {
        /// The version expected.
        expected: u32,
        /// The version found.
        found: u32,
    },
    /// The installed root is not in the chain.
    Anchor {
        /// SHA-256 of the newest root's payload.
        fingerprint: [u8; 32],
        /// Its version.
        version: u32,
    },
    /// A document of another zone.
    OtherZone {
        /// Which.
        document: Document,
        /// Its zone.
        found: u16,
        /// The zone expected.
        expected: u16,
    },
    /// A document of the other side in this side's place.
    OtherSide(Document),
    /// Older than what was accepted before.
    Rollback {
        /// Which.
        document: Document,
        /// The version accepted before.
        have: u32,
        /// The version offered.
        offered: u32,
    },
    /// The same version as accepted before, with other contents: somebody signed twice.
    Fork {
        /// Which.
        document: Document,
        /// The version.
        version: u32,
    },
    /// A document that was there before is missing now.
    Missing(Document),
    /// The snapshot does not know this document in this form.
    Unpinned(Document),
    /// Older than what a side's snapshot demands.
    BelowMinimum {
        /// Which.
        document: Document,
        /// The side that demands it.
        side: Side,
        /// The least version.
        need: u32,
        /// The version offered.
        offered: u32,
    },
    /// Signed more than a day ahead of the clock.
    Future {
        /// Which.
        document: Document,
        /// When it says it was signed.
        issued: UnixTime,
        /// The clock.
        clock: UnixTime,
    },
    /// A key is weak, non-canonical or not torsion-free.
    WeakKey {
        /// The list, or the root.
        document: Document,
        /// The station, if it is a station's.
        station: Option<u16>,
    },
    /// A key id is there twice in one list.
    DuplicateKey {
        /// The list.
        document: Document,
        /// The id.
        key: KeyId,
    },
    /// More keys than the terminal has room for.
    TooManyKeys {
        /// The room.
        room: usize,
    },
    /// A demo root among real ones, or the reverse.
    DemoMixed,
}

impl fmt::Display for TrustError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(document, fault) => write!(f, "{document}: {fault}"),
            Self::TooLarge(document) => write!(f, "{document}: larger than the format allows"),
            Self::UnknownSigner(document, key) => {
                write!(f, "{document}: signed by key {key}, which has no part in it")
            }
            Self::BadSignature(document, key) => {
                write!(f, "{document}: the signature of key {key} does not hold")
            }
            Self::Threshold { document, side, have, need } => {
                write!(f, "{document}: {have} of the {need} keys needed from side {side:?} signed")
            }
            Self::Chain { expected, found } => {
                write!(f, "root {found} where root {expected} should follow")
            }
            Self::Anchor { version, .. } => write!(
                f,
                "the installed root is not in this bundle's chain (newest: version {version})"
            ),
            Self::OtherZone { document, found, expected } => {
                write!(f, "{document}: for zone {found}, not zone {expected}")
            }
            Self::OtherSide(document) => write!(f, "{document}: signed for the other side"),
            Self::Rollback { document, have, offered } => {
                write!(f, "{document}: version {offered} is older than {have}, accepted before")
            }
            Self::Fork { document, version } => {
                write!(f, "{document}: another version {version} was accepted before: signed twice")
            }
            Self::Missing(document) => write!(f, "{document}: missing"),
            Self::Unpinned(document) => write!(f, "{document}: not the one the snapshot names"),
            Self::BelowMinimum { document, side, need, offered } => {
                write!(f, "{document}: version {offered}, but side {side:?} demands {need}")
            }
            Self::Future { document, issued, clock } => {
                write!(f, "{document}: signed {issued}, the clock says {clock}")
            }
            Self::WeakKey { document, station: Some(station) } => {
                write!(f, "{document}: station {station} has a key that is not sound")
            }
            Self::WeakKey { document, station: None } => {
                write!(f, "{document}: a key that is not sound")
            }
            Self::DuplicateKey { document, key } => {
                write!(f, "{document}: key id {key} is there twice")
            }
            Self::TooManyKeys { room } => write!(f, "more than {room} station keys"),
            Self::DemoMixed => f.write_str("a demo root and a real one in one chain"),
        }
    }
}

impl core::error::Error for TrustError {}

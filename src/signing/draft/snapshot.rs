//! The snapshot: which documents of one side belong together.

use permit_core::{
    sha256,
    trust::{self, Pinned, Role},
};
use serde::{Deserialize, Serialize};

use super::{Digest, DraftError, Half, Header, write::Writer};

/// A snapshot.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Snapshot {
    /// Whose.
    pub side: Half,
    /// The least version of the root.
    pub root: u32,
    /// The least version of the zone register.
    pub zone: u32,
    /// Version, times, zone.
    pub header: Header,
    /// The side's documents.
    pub pins: Vec<Pin>,
}

/// One document, held fast.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pin {
    /// Which.
    pub document: List,
    /// Its version.
    pub version: u32,
    /// Its length in bytes, envelope included.
    pub length: u32,
    /// SHA-256 of its bytes, envelope included.
    pub digest: Digest,
}

/// The documents a snapshot pins.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum List {
    /// Station list.
    Stations,
    /// Revocations.
    Revocations,
    /// Register of issued permits.
    Issued,
    /// Presence list.
    Presence,
    /// Readers.
    Readers,
    /// Countersigned heads.
    Heads,
}

impl List {
    /// All, in the order of a bundle.
    pub const ALL: [Self; 6] = [
        Self::Stations,
        Self::Revocations,
        Self::Issued,
        Self::Presence,
        Self::Readers,
        Self::Heads,
    ];

    /// The role that signs it.
    #[must_use]
    pub const fn role(self) -> Role {
        match self {
            Self::Stations => Role::Stations,
            Self::Revocations => Role::Revocations,
            Self::Issued => Role::Issued,
            Self::Presence => Role::Presence,
            Self::Readers => Role::Readers,
            Self::Heads => Role::Heads,
        }
    }
}

impl From<Pinned> for List {
    fn from(pinned: Pinned) -> Self {
        match pinned {
            Pinned::Stations => Self::Stations,
            Pinned::Revocations => Self::Revocations,
            Pinned::Issued => Self::Issued,
            Pinned::Presence => Self::Presence,
            Pinned::Readers => Self::Readers,
            Pinned::Heads => Self::Heads,
        }
    }
}

impl Pin {
    /// Holds a signed document fast, envelope and all.
    #[must_use]
    pub fn of(document: List, version: u32, envelope: &[u8]) -> Self {
        let length = u32::try_from(envelope.len()).unwrap_or(u32::MAX);
        Self { document, version, length, digest: Digest(sha256(&[envelope])) }
    }
}

impl Snapshot {
    /// The bytes to sign.
    ///
    /// # Errors
    ///
    /// The field a reader would refuse.
    pub fn encode(&self) -> Result<Vec<u8>, DraftError> {
        let mut to = Writer::payload(9);
        self.header.write(&mut to);
        to.field("side", |to| self.side.write(to));
        to.list(
            "pins",
            &self.pins,
            |pin| pin.document,
            |to, pin| {
                to.array(4);
                to.field("document", |to| to.number(pin.document as u8));
                to.field("version", |to| to.number(pin.version));
                to.field("length", |to| to.number(pin.length));
                to.field("digest", |to| to.bytes(&pin.digest.0));
            },
        );
        to.field("root", |to| to.number(self.root));
        to.field("zone", |to| to.number(self.zone));
        to.finish(|payload| trust::Snapshot::decode(payload).map(drop))
    }
}

impl From<&trust::Snapshot<'_>> for Snapshot {
    fn from(snapshot: &trust::Snapshot<'_>) -> Self {
        let pin = |pin: trust::Pin| Pin {
            document: pin.document.into(),
            version: pin.version,
            length: pin.length,
            digest: Digest(pin.digest),
        };
        Self {
            side: snapshot.side.into(),
            root: snapshot.root,
            zone: snapshot.zone,
            header: snapshot.header.into(),
            pins: snapshot.pins.iter().map(pin).collect(),
        }
    }
}

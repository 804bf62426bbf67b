//! The snapshot: which documents of one side belong together.
//!
//! It pins version, length and SHA-256 of that side's own documents, so that an old list cannot be put
//! among new ones, and the least root and zone register that side still works with.

use crate::{
    Fault, Side,
    cbor::{Fields, Result},
    key::sha256,
    trust::{
        header::{self, Header},
        list::{By, List, list},
    },
};

/// A snapshot.
#[derive(Clone, Copy, Debug)]
pub struct Snapshot<'b> {
    /// Version, times, zone.
    pub header: Header,
    /// Whose.
    pub side: Side,
    /// The side's documents.
    pub pins: List<'b, Pin>,
    /// The least version of the root.
    pub root: u32,
    /// The least version of the zone register.
    pub zone: u32,
}

/// The documents a snapshot pins, in the order of a bundle.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Pinned {
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

impl Pinned {
    /// All, in order.
    pub const ALL: [Self; 6] = [
        Self::Stations,
        Self::Revocations,
        Self::Issued,
        Self::Presence,
        Self::Readers,
        Self::Heads,
    ];
}

/// One document, held fast.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pin {
    /// Which.
    pub document: Pinned,
    /// Its version.
    pub version: u32,
    /// Its length in bytes, envelope included.
    pub length: u32,
    /// SHA-256 of its bytes, envelope included.
    pub digest: [u8; 32],
}

impl<'b> Snapshot<'b> {
    /// Reads `[header…, side, pins, least root, least zone]`.
    ///
    /// # Errors
    ///
    /// The byte where it stops being a snapshot.
    pub fn decode(payload: &'b [u8]) -> core::result::Result<Self, Fault> {
        let (header, mut fields) = header::open(payload, 9)?;
        let side = header::side(&mut fields)?;
        let pins = list(&mut fields, Pin::read, By::Fields(1))?;
        Ok(Self { header, side, pins, root: fields.any()?, zone: fields.any()? })
    }

    /// The pin of a document.
    #[must_use]
    pub fn pin(&self, document: Pinned) -> Option<Pin> {
        self.pins.iter().find(|pin| pin.document == document)
    }
}

impl Pin {
    /// True if these bytes are the pinned ones.
    #[must_use]
    pub fn holds(&self, bytes: &[u8], version: u32) -> bool {
        version == self.version
            && u32::try_from(bytes.len()) == Ok(self.length)
            && sha256(&[bytes]) == self.digest
    }

    /// `[document, version, length, digest]`
    fn read(fields: &mut Fields<'_>) -> Result<Self> {
        fields.array(4)?;
        let at = fields.fault(crate::Flaw::Range);
        let document = *Pinned::ALL.get(usize::from(fields.any::<u8>()?)).ok_or(at)?;
        Ok(Self {
            document,
            version: fields.positive()?,
            length: fields.any()?,
            digest: fields.exactly()?,
        })
    }
}

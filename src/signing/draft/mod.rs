//! Trust documents as people write them, and the bytes that are signed.
//!
//! Each document has an owned description that TOML and JSON can hold, with dates people read and with
//! unknown fields refused. Encoding sorts what must be sorted and then asks core's own decoder, so that
//! nothing is signed which a reader would refuse; the answer names the field. Nothing here signs.

pub(crate) mod moment;
mod registers;
mod revocations;
mod root;
mod serials;
mod snapshot;
mod stations;
mod taken;
mod values;
mod write;
mod zone;

pub use self::{
    moment::{Date, NotADate, NotATime, Time},
    registers::{Heads, Issued, Passage, Presence, PresenceEntry, Reader, Readers, SeenHead, Way},
    revocations::{Copies, Range, Revocations, Stolen, Suspension},
    root::{RoleKeys, Roles, Root, name as role_name},
    serials::{SerialList, Serials, SerialsError},
    snapshot::{List, Pin, Snapshot},
    stations::{KeyClass, Kind, Station, StationKey, Stations},
    values::{Digest, Half, HexError, Key, Names, PayloadDigest, Pseudonym, Year, YearError},
    zone::{
        Crossing, Day, Hours, Limits, NotAnHour, Offset, OpenState, Region, State, TimeOfDay, Zone,
    },
};

use permit_core::{
    Fault, Flaw, Side,
    trust::{self, Role},
};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use self::write::Writer;

/// What every document begins with.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// Counts up from 1.
    pub version: u32,
    /// When it is signed.
    pub issued: Time,
    /// When a newer one is due.
    pub next_update: Time,
    /// When it stops making anything valid.
    pub expires: Time,
    /// Number of the zone.
    pub zone: u16,
}

impl Header {
    /// The header that follows this one: next version, issued at `issued`, with the same spans.
    #[must_use]
    pub fn next(&self, issued: Time) -> Self {
        let span = |end: Time| Time(issued.0.plus(end.0.since(self.issued.0)));
        Self {
            version: self.version.saturating_add(1),
            issued,
            next_update: span(self.next_update),
            expires: span(self.expires),
            zone: self.zone,
        }
    }

    fn write(&self, to: &mut Writer) {
        to.field("header.version", |to| to.number(self.version));
        to.field("header.issued", |to| to.number(self.issued.0.0));
        to.field("header.next_update", |to| to.number(self.next_update.0.0));
        to.field("header.expires", |to| to.number(self.expires.0.0));
        to.field("header.zone", |to| to.number(self.zone));
    }
}

impl From<trust::Header> for Header {
    fn from(header: trust::Header) -> Self {
        Self {
            version: header.version,
            issued: Time(header.issued),
            next_update: Time(header.next_update),
            expires: Time(header.expires),
            zone: header.zone,
        }
    }
}

/// Why a description is not a document.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[non_exhaustive]
pub enum DraftError {
    /// A reader would refuse it.
    #[error("{field}: {}", .fault.flaw)]
    Refused {
        /// The field as the description names it, `crossings[2].names.zh`.
        field: String,
        /// What core's decoder said, with the byte of the payload.
        fault: Fault,
    },
}

impl DraftError {
    /// The field, as the description names it.
    #[must_use]
    pub fn field(&self) -> &str {
        let Self::Refused { field, .. } = self;
        field
    }

    /// What is wrong with it.
    #[must_use]
    pub fn flaw(&self) -> Flaw {
        let Self::Refused { fault, .. } = self;
        fault.flaw
    }
}

/// Any document.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "document", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Draft {
    /// Which keys speak for each side.
    Root(Box<Root>),
    /// Regions, crossings, limits.
    Zone(Zone),
    /// One side's stations.
    Stations(Stations),
    /// One side's revoked permits.
    Revocations(Revocations),
    /// One side's issued permits.
    Issued(Issued),
    /// Which documents of one side belong together.
    Snapshot(Snapshot),
    /// One side's journeys by pseudonym.
    Presence(Presence),
    /// One side's terminals.
    Readers(Readers),
    /// One side's countersigned heads.
    Heads(Heads),
}

/// Why a text is no description.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[error("{0}")]
pub struct Misspelt(String);

/// What is wrong with a text in TOML in one line: line, column, reason.
#[must_use]
pub fn toml_flaw(text: &str, error: &toml::de::Error) -> String {
    let before = error.span().and_then(|span| text.get(..span.start));
    before.map_or_else(
        || error.message().to_owned(),
        |before| {
            let (line, rest) = (before.matches('\n').count() + 1, before.rsplit('\n').next());
            let column = rest.unwrap_or_default().chars().count() + 1;
            format!("{line}:{column}: {}", error.message())
        },
    )
}

impl Draft {
    /// Reads a description in TOML or JSON.
    ///
    /// # Errors
    ///
    /// Where it stops being one, in one line.
    pub fn read(text: &str, json: bool) -> Result<Self, Misspelt> {
        if json {
            serde_json::from_str(text).map_err(|error| Misspelt(error.to_string()))
        } else {
            toml::from_str(text).map_err(|error| Misspelt(toml_flaw(text, &error)))
        }
    }

    /// Reads a payload back.
    ///
    /// The bytes do not say which document they are, the signature does: so the role is an argument.
    ///
    /// # Errors
    ///
    /// The byte where it stops being this document.
    pub fn decode(role: Role, payload: &[u8]) -> Result<Self, Fault> {
        Ok(match role {
            Role::Root => Self::Root(Box::new(Root::from(&trust::Root::decode(payload)?))),
            Role::Zone => Self::Zone(Zone::from(&trust::ZoneRegister::decode(payload)?)),
            Role::Stations => Self::Stations(Stations::from(&trust::StationList::decode(payload)?)),
            Role::Revocations => {
                Self::Revocations(Revocations::from(&trust::Revocations::decode(payload)?))
            }
            Role::Issued => Self::Issued(Issued::from(&trust::IssuedRegister::decode(payload)?)),
            Role::Snapshot => Self::Snapshot(Snapshot::from(&trust::Snapshot::decode(payload)?)),
            Role::Presence => {
                Self::Presence(Presence::from(&trust::PresenceList::decode(payload)?))
            }
            Role::Readers => Self::Readers(Readers::from(&trust::ReaderList::decode(payload)?)),
            Role::Heads => Self::Heads(Heads::from(&trust::HeadList::decode(payload)?)),
            // Headquarters sign these by themselves; nobody describes one.
            Role::Report | Role::Passages => return Err(Fault { offset: 0, flaw: Flaw::Type }),
        })
    }

    /// The bytes to sign.
    ///
    /// # Errors
    ///
    /// The field a reader would refuse.
    pub fn encode(&self) -> Result<Vec<u8>, DraftError> {
        match self {
            Self::Root(it) => it.encode(),
            Self::Zone(it) => it.encode(),
            Self::Stations(it) => it.encode(),
            Self::Revocations(it) => it.encode(),
            Self::Issued(it) => it.encode(),
            Self::Snapshot(it) => it.encode(),
            Self::Presence(it) => it.encode(),
            Self::Readers(it) => it.encode(),
            Self::Heads(it) => it.encode(),
        }
    }

    /// The role that signs it.
    #[must_use]
    pub const fn role(&self) -> Role {
        match self {
            Self::Root(_) => Role::Root,
            Self::Zone(_) => Role::Zone,
            Self::Stations(_) => Role::Stations,
            Self::Revocations(_) => Role::Revocations,
            Self::Issued(_) => Role::Issued,
            Self::Snapshot(_) => Role::Snapshot,
            Self::Presence(_) => Role::Presence,
            Self::Readers(_) => Role::Readers,
            Self::Heads(_) => Role::Heads,
        }
    }

    /// The side whose document it is; none for what both sides sign.
    #[must_use]
    pub const fn side(&self) -> Option<Side> {
        let half = match self {
            Self::Root(_) | Self::Zone(_) => return None,
            Self::Stations(it) => it.side,
            Self::Revocations(it) => it.side,
            Self::Issued(it) => it.side,
            Self::Snapshot(it) => it.side,
            Self::Presence(it) => it.side,
            Self::Readers(it) => it.side,
            Self::Heads(it) => it.side,
        };
        Some(half.side())
    }

    /// Version, times, zone.
    #[must_use]
    pub const fn header(&self) -> &Header {
        match self {
            Self::Root(it) => &it.header,
            Self::Zone(it) => &it.header,
            Self::Stations(it) => &it.header,
            Self::Revocations(it) => &it.header,
            Self::Issued(it) => &it.header,
            Self::Snapshot(it) => &it.header,
            Self::Presence(it) => &it.header,
            Self::Readers(it) => &it.header,
            Self::Heads(it) => &it.header,
        }
    }

    /// Version, times, zone, to change.
    pub const fn header_mut(&mut self) -> &mut Header {
        match self {
            Self::Root(it) => &mut it.header,
            Self::Zone(it) => &mut it.header,
            Self::Stations(it) => &mut it.header,
            Self::Revocations(it) => &mut it.header,
            Self::Issued(it) => &mut it.header,
            Self::Snapshot(it) => &mut it.header,
            Self::Presence(it) => &mut it.header,
            Self::Readers(it) => &mut it.header,
            Self::Heads(it) => &mut it.header,
        }
    }
}

#[cfg(test)]
mod tests;

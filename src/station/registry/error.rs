//! Why the registry did not do what was asked.

use permit_record::{Body, Entry, Link, Missing, Refused, Subject};
use permit_store::StoreError;
use thiserror::Error;

use crate::rules::{self, Act, Denied, NotItsAct};

/// Why not. Nothing was recorded.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum RegistryError {
    /// The rules say no.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The chain does not hold: an entry was changed, taken out, put in or moved.
    #[error(transparent)]
    Broken(#[from] Link),
    /// The content of an entry was changed, or is gone and may not be.
    #[error(transparent)]
    Content(#[from] Missing),
    /// The content of an entry is no act, or another than the entry says.
    #[error("entry {at} holds no act of this program: {why}")]
    NoAct {
        /// Which entry.
        at: u64,
        /// What is wrong with it.
        why: Refused,
    },
    /// An entry says another subject or act than its content.
    #[error("entry {at} is about {found:?}, its content is not")]
    OtherAct {
        /// Which entry.
        at: u64,
        /// What the entry is about.
        found: Subject,
    },
    /// The rules would not have let this entry be.
    #[error("entry {at} breaks a rule: {why}")]
    Unlawful {
        /// Which entry.
        at: u64,
        /// Which rule.
        why: Denied,
    },
    /// The record begins with another desk than this one's keys belong to, or is empty.
    #[error("the record is not this desk's")]
    OtherDesk,
    /// The record ends before what was once written: an older copy was put in its place, or its end was cut off.
    #[error("the record ends at {found}, this desk has written {known}")]
    Shorter {
        /// How far this desk has written.
        known: u64,
        /// How far the record goes.
        found: u64,
    },
    /// The station key is not on the lists for this, or is not there.
    #[error("the station's key is not here")]
    NoStationKey,
    /// A reader would refuse the permit.
    #[error("not sealed: {0}")]
    Seal(permit_core::Flaw),
    /// A file of the desk's folder.
    #[error("{path}: {cause}")]
    Home {
        /// Which.
        path: std::path::PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
    /// A key of the desk's folder.
    #[error(transparent)]
    Key(#[from] permit_signing::KeyFileError),
    /// No random numbers.
    #[error(transparent)]
    Randomness(#[from] permit_signing::NoRandomness),
}

/// The act of an entry, which must be the one that the entry says.
pub(super) fn act(entry: &Entry, body: &Body) -> Result<Act, RegistryError> {
    let at = entry.sequence;
    rules::read(entry, body).map_err(|why| match why {
        NotItsAct::Unreadable(why) => RegistryError::NoAct { at, why },
        NotItsAct::Other => RegistryError::OtherAct { at, found: entry.subject },
    })
}

//! Why something was not done.

use std::{io, path::PathBuf};

use permit_core::TrustError;
use permit_store::StoreError;
use thiserror::Error;

/// Why headquarters did not do what was asked.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Failed {
    /// A file or the folder.
    #[error("{}: {cause}", .path.display())]
    Home {
        /// Which.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The lists.
    #[error(transparent)]
    Trust(#[from] TrustError),
    /// The bundle has nothing of this side, or is of another zone.
    #[error("the lists are not of this side and zone")]
    OtherSide,
    /// A row that this program does not write.
    #[error("a row in the database is not one of this program's")]
    Row,
    /// A record beyond any that a terminal reaches.
    #[error("a sequence beyond 2^46")]
    Sequence,
    /// A key is not one of the role's, or the root gives the role none.
    #[error("the key is none of this side's {role} role")]
    NotOurKey {
        /// The role.
        role: &'static str,
    },
    /// The document would not be taken.
    #[error("{0}")]
    Document(String),
    /// The key cannot sign.
    #[error("the key cannot sign")]
    Signer,
}

//! What a database may answer.

use sea_orm::DbErr;
use thiserror::Error;

/// Why a store did not do what was asked.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StoreError {
    /// Not a place this program can keep a store.
    #[error("neither sqlite:// nor postgres:// in front")]
    Url,
    /// What goes to this host is not encrypted on the way: contents hold names.
    #[error("nothing is said to {host} unencrypted: sslmode=verify-full or sslmode=require")]
    Plain {
        /// Which.
        host: String,
    },
    /// A chain is there already, where one was to be copied to.
    #[error("there is a chain in it already")]
    Used,
    /// The database refused or is not there.
    #[error(transparent)]
    Database(#[from] DbErr),
    /// The schema was made by a newer program, or is none of this program's.
    #[error("another program's tables: {0}")]
    Schema(String),
    /// A cell of another kind than its column.
    #[error("column {column} of {table} holds another kind of value")]
    Kind {
        /// Of which table.
        table: &'static str,
        /// Which column.
        column: &'static str,
    },
}

//! The one way of speaking SQL: a chain of entries that is only added to, and tables worked out from it.
//!
//! SQLite in a file of its own, or PostgreSQL by URL; the same program and the same tables for both. What the rows mean
//! is not known here: whoever uses a store names its tables once ([`Table`]), and migrations, reading, writing and the
//! tests that change every cell come from that. Nothing is updated or deleted but rows of tables that can be worked out
//! again, and contents that the law lets go.

mod address;
mod error;
mod migrate;
mod schema;
mod store;

pub use error::StoreError;
pub use schema::{Cell, Column, Kind, Row, Table};
pub use store::{Session, Store, Stored};

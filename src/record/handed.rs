//! A record as one file: what special personnel hand back (R13).
//!
//! It needs no signature of its own: each entry has the record key's, and hangs on the one before.

use minicbor::{Decode, Encode};

use crate::{Refused, sealed};

/// Entries of one record, in order, each with its content.
#[derive(Clone, PartialEq, Eq, Encode, Decode, Debug)]
#[cbor(array)]
pub struct Handed {
    /// Whose record it is said to be.
    #[n(0)]
    pub station: u16,
    /// The entries.
    #[n(1)]
    pub entries: Vec<Recorded>,
}

/// An entry with its content.
#[derive(Clone, PartialEq, Eq, Encode, Decode, Debug)]
#[cbor(array)]
pub struct Recorded {
    /// The signed entry.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub sealed: Vec<u8>,
    /// Its [`Body`](crate::Body).
    #[cbor(n(1), with = "minicbor::bytes")]
    pub body: Vec<u8>,
}

impl Handed {
    /// The file.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        sealed::bytes(self)
    }

    /// Reads a file. No entry of it is verified yet.
    ///
    /// # Errors
    ///
    /// What the bytes are not.
    pub fn read(bytes: &[u8]) -> Result<Self, Refused> {
        sealed::opened(bytes)
    }
}

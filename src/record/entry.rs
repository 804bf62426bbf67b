//! One entry of a record, and the body beside it.

use minicbor::{Decode, Encode};
use permit_core::{Kind, PublicKey, Signer, UnixTime, sha256};

use crate::{Refused, sealed, wire};

/// What an entry is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, Debug)]
#[cbor(flat)]
pub enum Subject {
    /// The desk itself: officers, lists, retention.
    #[n(0)]
    Office,
    /// An application, and the permit that comes of it.
    #[n(1)]
    Application(#[n(0)] u32),
    /// A case: resettlement, return, army family.
    #[n(2)]
    Case(#[n(0)] u32),
    /// An issue raised, or a differing view.
    #[n(3)]
    Matter(#[n(0)] u32),
}

impl Subject {
    /// Which kind, as in the encoding.
    #[must_use]
    pub const fn kind(self) -> u8 {
        match self {
            Self::Office => 0,
            Self::Application(_) => 1,
            Self::Case(_) => 2,
            Self::Matter(_) => 3,
        }
    }

    /// Which of its kind; 0 for the office.
    #[must_use]
    pub const fn number(self) -> u32 {
        match self {
            Self::Office => 0,
            Self::Application(number) | Self::Case(number) | Self::Matter(number) => number,
        }
    }
}

/// One entry: an act, who did it, when, and what it hangs on.
#[derive(Clone, Copy, PartialEq, Eq, Encode, Decode, Debug)]
#[cbor(array)]
pub struct Entry {
    /// From 1, without gaps.
    #[n(0)]
    pub sequence: u64,
    /// SHA-256 of the payload of the entry before; of the first, 32 zero bytes.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub previous: [u8; 32],
    /// What it is about.
    #[n(2)]
    pub subject: Subject,
    /// The entry before about the same subject; 0 if there is none.
    #[n(3)]
    pub before: u64,
    /// When, by the desk's clock.
    #[cbor(n(4), with = "wire::time")]
    pub at: UnixTime,
    /// By which officer; 0 for the desk itself.
    #[n(5)]
    pub officer: u16,
    /// Which act, by its number.
    #[n(6)]
    pub act: u8,
    /// [`Body::digest`] of its content.
    #[cbor(n(7), with = "minicbor::bytes")]
    pub body: [u8; 32],
}

impl Entry {
    /// What the next entry hangs on: SHA-256 of the payload.
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        sha256(&[&sealed::bytes(self)])
    }

    /// Signs it: a COSE_Sign1 of kind `record`.
    ///
    /// # Errors
    ///
    /// When the key cannot sign.
    pub fn seal<S: Signer>(&self, signer: &S) -> Result<Vec<u8>, S::Error> {
        sealed::one(Kind::Record, &sealed::bytes(self), signer)
    }

    /// Opens one that this key must have signed.
    ///
    /// # Errors
    ///
    /// What it is not.
    pub fn open(bytes: &[u8], key: &PublicKey) -> Result<Self, Refused> {
        sealed::opened(sealed::open_one(Kind::Record, bytes, key)?)
    }

    /// What an envelope says. Nothing is verified: for an entry on which a verified one hangs.
    ///
    /// # Errors
    ///
    /// What the bytes are not.
    pub fn unverified(bytes: &[u8]) -> Result<Self, Refused> {
        sealed::opened(permit_core::cose::Sign1::read(bytes)?.payload)
    }
}

/// The content of an entry: 16 random bytes and what was done.
///
/// The random bytes keep a digest from telling a name to whoever guesses it after the content is gone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Body(Vec<u8>);

impl Body {
    /// Bytes of its salt.
    pub const SALT: usize = 16;

    /// A body of this content.
    #[must_use]
    pub fn new(salt: [u8; Self::SALT], content: &[u8]) -> Self {
        Self([&salt[..], content].concat())
    }

    /// What was stored as one.
    #[must_use]
    pub const fn stored(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// The content.
    #[must_use]
    pub fn content(&self) -> &[u8] {
        self.0.get(Self::SALT..).unwrap_or_default()
    }

    /// All of it, to be stored.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// SHA-256 of all of it.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        sha256(&[&self.0])
    }
}

//! A decision about an application or a case, in the hand of the officer who makes it.
//!
//! It is about a digest, so that it stands for one content and no other; it says which decision, so that leave is
//! never taken for refusal; and it names station, subject, officer and role, so that nothing of it can be used again
//! elsewhere. Whether that officer was entitled is a rule of the desk and not asked here.

use minicbor::{Decode, Encode};
use permit_core::{Kind, PublicKey, Signer, UnixTime};

use crate::{Refused, Role, Subject, sealed, wire};

/// What an officer signs to decide.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Encode, Decode, Debug)]
#[cbor(array)]
pub struct Approval {
    /// Number of the zone.
    #[n(0)]
    pub zone: u16,
    /// Number of the station.
    #[n(1)]
    pub station: u16,
    /// What is decided about.
    #[n(2)]
    pub subject: Subject,
    /// SHA-256 of exactly what is decided about: [`Body::digest`](crate::Body::digest) of the content.
    #[cbor(n(3), with = "minicbor::bytes")]
    pub digest: [u8; 32],
    /// What is decided.
    #[n(4)]
    pub decision: Decision,
    /// As what.
    #[n(5)]
    pub role: Role,
    /// By whom.
    #[n(6)]
    pub officer: u16,
    /// When.
    #[cbor(n(7), with = "wire::time")]
    pub at: UnixTime,
}

/// What is decided.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, Debug)]
#[cbor(index_only)]
pub enum Decision {
    /// Approved as it stands.
    #[n(0)]
    Approve,
    /// A refusal: proposed by the first officer, made by the second.
    #[n(1)]
    Refuse,
    /// A revocation, likewise.
    #[n(2)]
    Revoke,
}

impl Approval {
    /// Signs it: a COSE_Sign1 of kind `approval`.
    ///
    /// # Errors
    ///
    /// When the key cannot sign.
    pub fn seal<S: Signer>(&self, signer: &S) -> Result<Vec<u8>, S::Error> {
        sealed::one(Kind::Approval, &sealed::bytes(self), signer)
    }

    /// Opens one that this key must have signed.
    ///
    /// # Errors
    ///
    /// What it is not.
    pub fn open(bytes: &[u8], key: &PublicKey) -> Result<Self, Refused> {
        sealed::opened(sealed::open_one(Kind::Approval, bytes, key)?)
    }
}

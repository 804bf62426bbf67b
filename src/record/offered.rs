//! A decision that an officer offered and that was not taken: what stays of it is its digest, and never its content.

use minicbor::{Decode, Encode};

use crate::Subject;

/// What was offered about what, and why it was not taken.
#[derive(Clone, Copy, PartialEq, Eq, Encode, Decode, Debug)]
#[cbor(array)]
pub struct Offered {
    /// About what: an application or a case.
    #[n(0)]
    pub subject: Subject,
    /// SHA-256 of the signed bytes as they were offered.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub digest: [u8; 32],
    /// Why it was not taken.
    #[n(2)]
    pub why: NotTaken,
}

/// Why a decision that was offered was not taken.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, Debug)]
#[cbor(index_only)]
pub enum NotTaken {
    /// It is no decision, or not signed by the key that the officer has.
    #[n(0)]
    Forged,
    /// It is about something else, another content, by another officer or of another station.
    #[n(1)]
    OtherContent,
    /// It was signed too long before, or by a clock that is ahead.
    #[n(2)]
    OtherTime,
    /// The officer has left.
    #[n(3)]
    Left,
    /// The officer does not decide this.
    #[n(4)]
    Role,
    /// The same person has decided before, typed it in, or applies.
    #[n(5)]
    SamePerson,
    /// It is genuine, and there is nothing to decide so as things stand: decided already, or not to be decided yet.
    #[n(6)]
    OtherState,
}

impl NotTaken {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Forged,
        Self::OtherContent,
        Self::OtherTime,
        Self::Left,
        Self::Role,
        Self::SamePerson,
        Self::OtherState,
    ];
}

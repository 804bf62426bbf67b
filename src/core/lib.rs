#![doc = include_str!("../ARCHITECTURE.md")]
#![cfg_attr(not(test), no_std)]
#![deny(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::unreachable,
    clippy::todo
)]
#![cfg_attr(
    test,
    allow(
        clippy::expect_used,
        clippy::unwrap_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects,
        reason = "tests say what they expect"
    )
)]

mod base45;
mod cbor;
mod clock;
pub mod cose;
mod day;
mod envelope;
mod foreign;
mod key;
mod number;
pub mod permit;
mod presence;
mod sign;
pub mod text;
pub mod trust;
mod verdict;
mod verify;

// What is scanned, and what it says.
pub use envelope::{
    Envelope, NotAnEnvelope, PREFIX, SealError, TEXT, TEXT_WITHOUT_PORTRAIT, Text, seal, spell,
};
pub use foreign::{Foreign, recognise};
pub use number::NumberFault;
pub use permit::{Birth, Permit, PermitId};

// Time.
pub use clock::{Clock, Confirmation, Distrust, Floor, Now, Proof, Watch};
pub use day::{Day, UnixTime};

// Keys and signatures.
pub use cose::Kind;
pub use key::{KeyFault, KeyId, PublicKey, sha256};
pub use sign::Signer;

// What a terminal has accepted, and what its journal knows.
pub use presence::{Ledger, NoLedger, Presence};
pub use trust::{Accepted, Anchor, Document, KeySlot, Terms, Trust, TrustError};

// The question and the answer.
pub use verdict::{
    Checkpoint, Direction, Effect, Entitlement, Finding, Findings, Journey, Judgement, Layer,
    Newer, Notes, Passage, Reason, Revocation, Shut, Side, Stage, TerminalFault, Verdict,
};
pub use verify::{Checked, UnknownCrossing, Verified, Verifier};

#[doc = include_str!("FORMAT.md")]
pub mod format {}

// The gates, for whoever reads these bytes elsewhere.
pub use base45::{decode as base45_decode, encode as base45_encode, is_digit as is_base45};
pub use cbor::{DOCUMENT_DEPTH, Fault, Flaw, PERMIT_DEPTH, gate};

//! What the machine wants made durable.
//!
//! An entry asks for nothing that a journal should refuse to keep: no names, no texts of codes. How it is kept is
//! `keep`'s affair.

use permit_core::{Checkpoint, Journey, PermitId, UnixTime};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::machine::Grounds;

/// What a person did after a verdict.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    /// Let through.
    Admitted,
    /// Turned back, with a slip.
    TurnedBack,
    /// Helped, whatever the verdict.
    Assisted,
    /// Nothing: the verdict was put away, replaced, or closed because nobody attended to it.
    NotDecided,
    /// An admission was taken back: nobody went through.
    Undone,
}

/// One line of the record: a verdict, or the decision after it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// When, where the clock is trusted.
    pub at: Option<UnixTime>,
    /// Where, on whose side, which way.
    pub here: Checkpoint,
    /// Which permit, once its signature held or its number was typed.
    pub permit: Option<PermitId>,
    /// Which way the holder goes.
    pub journey: Option<Journey>,
    /// The verdict's code; `None` where help was given without a permit.
    pub code: Option<u8>,
    /// The number was typed and nothing verified.
    pub typed: bool,
    /// What was decided; `None` for the verdict itself.
    pub decision: Option<Decision>,
    /// Who decided.
    pub officer: Option<u16>,
    /// Why, against an invalid verdict.
    pub grounds: Option<Grounds>,
}

impl RecordFault {
    /// Whether the journal itself is at fault.
    #[must_use]
    pub const fn is_broken(self) -> bool {
        !matches!(self, Self::Refused)
    }
}

/// Why an entry is not durable.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
#[non_exhaustive]
pub enum RecordFault {
    /// No room.
    #[error("no room for another entry")]
    Full,
    /// The disk or the file fails.
    #[error("the entry could not be made durable")]
    Failing,
    /// Nobody answers for it: nothing is wrong with the disk.
    #[error("nobody answers for this decision")]
    Refused,
}

//! Why something could not be recorded, or could not be read.
//!
//! What is wrong with a permit, a decision or an old record is no error but a value; an error here means
//! that the entry is not on the disk and nobody may be let through on it.

use std::io;

use crate::Operation;

/// A journal cannot be opened at all.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// Another process keeps this journal.
    #[error("another process keeps this journal: stop it first")]
    Locked,
    /// The folder cannot be used.
    #[error("the journal's folder cannot be used ({operation:?}): {source}")]
    Storage {
        /// What was asked of it.
        operation: Operation,
        /// What the system says.
        source: io::Error,
    },
}

/// An entry was not recorded: no one may be let through on it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AppendError {
    /// There is no room left: free some, or change the card. What is recorded stays readable.
    #[error("the disk is full: free some room or change the card")]
    Full,
    /// The disk failed, and failed again in a new segment.
    #[error("the disk failed ({operation:?}): {source}")]
    Storage {
        /// What was asked of it.
        operation: Operation,
        /// What the system says.
        source: io::Error,
    },
    /// The scan a decision is about is none of the last 64.
    #[error("entry {sequence} is not one of the last scans")]
    UnknownScan {
        /// Its sequence.
        sequence: u64,
    },
    /// The decision the gate answers for is none of the last 64.
    #[error("entry {sequence} is not one of the last decisions")]
    UnknownDecision {
        /// Its sequence.
        sequence: u64,
    },
    /// A verdict is said to have been left undecided, and none is named.
    #[error("without a scan there is nothing that was not decided")]
    NoScan,
    /// What is to be undone is no decision to admit.
    #[error("entry {sequence} is no admission")]
    NoAdmission {
        /// Its sequence.
        sequence: u64,
    },
    /// The admission was undone before.
    #[error("admission {sequence} was undone before")]
    Undone {
        /// Its sequence.
        sequence: u64,
    },
    /// The admission is too long ago to be undone.
    #[error("admission {sequence} is too long ago to be undone")]
    TooLate {
        /// Its sequence.
        sequence: u64,
    },
    /// A new chain is asked for, and the one there is is whole.
    #[error("nothing is wrong with the journal")]
    NotDamaged,
    /// A new chain takes two officers.
    #[error("one officer twice is not two")]
    OneOfficer,
    /// A new chain is begun at a time that is known.
    #[error("the clock has to be confirmed first")]
    NoTime,
    /// Someone is admitted whose verdict is not green, and no officer answers for it.
    #[error("without a green verdict an officer has to answer for admitting someone")]
    NoOfficer,
    /// Someone is admitted against a red verdict, and no reason is given.
    #[error("against a red verdict a reason has to be given for admitting someone")]
    NoReason,
    /// A concern that is open is not raised again.
    #[error("it was raised before and is open")]
    Raised,
    /// A concern that is not open is not closed.
    #[error("it is not open")]
    NotRaised,
    /// The entry is longer than a record may be.
    #[error("the entry is too long for a record: {bytes} bytes")]
    TooLong {
        /// Its length.
        bytes: usize,
    },
}

/// A head or an export could not be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SignError<E: core::fmt::Debug + core::fmt::Display> {
    /// The key cannot be used.
    #[error("the terminal's key cannot be used: {0}")]
    Signer(E),
    /// The head could not be recorded.
    #[error(transparent)]
    Append(#[from] AppendError),
    /// The head could not be kept apart.
    #[error("the head cannot be kept apart from the journal: {0}")]
    Apart(io::Error),
    /// The records could not be read back.
    #[error("the records cannot be read: {0}")]
    Read(io::Error),
}

/// What failed, to be said in the journal once it can be written again.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) operation: Operation,
    pub(crate) source: io::Error,
}

impl Failure {
    /// For `map_err`.
    pub(crate) const fn of(operation: Operation) -> impl FnOnce(io::Error) -> Self {
        move |source| Self { operation, source }
    }

    pub(crate) fn is_full(&self) -> bool {
        matches!(self.source.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
    }
}

impl From<Failure> for AppendError {
    fn from(failure: Failure) -> Self {
        if failure.is_full() {
            Self::Full
        } else {
            Self::Storage { operation: failure.operation, source: failure.source }
        }
    }
}

//! What the reader needs of a journal.
//!
//! An entry is durable when [`Record::append`] returns: the gate waits for that. The trait asks for nothing that a
//! journal could refuse to keep: no names, no texts of codes.

use permit_core::{Checkpoint, Journey, Ledger, PermitId, UnixTime};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::machine::Grounds;

/// What a person did after a verdict.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    /// Let through.
    Admitted,
    /// Turned back, with a slip.
    TurnedBack,
    /// Helped, whatever the verdict.
    Assisted,
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
}

/// A journal, as the reader sees it.
pub trait Record: Ledger {
    /// Makes an entry durable.
    ///
    /// # Errors
    ///
    /// When it is not certain to survive a power cut.
    fn append(&mut self, entry: &Entry) -> Result<(), RecordFault>;
}

/// A journal in memory, for a laptop without `--state`: gone with the process.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    passages: std::collections::HashMap<(u16, u8, u32), permit_core::Presence>,
}

impl Memory {
    fn key(id: &PermitId) -> (u16, u8, u32) {
        (id.station, id.year, id.serial)
    }
}

impl Ledger for Memory {
    fn presence(&self, id: &PermitId) -> Option<permit_core::Presence> {
        self.passages.get(&Self::key(id)).copied()
    }
}

impl Record for Memory {
    fn append(&mut self, entry: &Entry) -> Result<(), RecordFault> {
        let (Some(id), Some(at), Some(Decision::Admitted)) =
            (entry.permit, entry.at, entry.decision)
        else {
            return Ok(());
        };
        let known = self.passages.entry(Self::key(&id)).or_default();
        match entry.journey {
            Some(Journey::Outward) => {
                known.journeys += 1;
                known.outside_since = Some(at);
            }
            Some(Journey::Homeward) => known.outside_since = None,
            None => {}
        }
        known.last = Some(permit_core::Passage { checkpoint: entry.here, at });
        Ok(())
    }
}

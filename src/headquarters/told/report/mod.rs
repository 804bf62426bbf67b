//! Reports that headquarters answer with: the use of permits (R19) and the situation (R25).
//!
//! A report is numbered, dated, addressed, answers orders by their numbers, and is signed. What it tells is drawn once and
//! kept as JSON with its signature; a page, a text, a table and a workbook in each language say that and nothing else.
//!
//! **Small numbers** (R19). Numbers from 1 to 4, and others from which they could be worked out, are not told: see
//! [`System`](crate::System). Months do not overlap, and a month is told once: a later report of it says what the first
//! said, whatever came home since, so that no difference of two reports tells anything. That is why a month of which
//! something has not come home is not reported on unless that is asked for.
//!
//! What compares two reports on the situation learns how many open cases came and went between them: those numbers are for
//! the addressee alone. The other side counts the same journeys at its own checkpoints and knows nothing of what is hidden
//! here.

mod applications;
mod away;
mod made;
mod opened;
mod passages;
mod regime;
mod said;
mod situation;
#[cfg(test)]
mod tests;
mod usage;

pub use applications::Applications;
pub use away::Away;
pub use made::{Asked, Made, Subject};
pub use opened::{Unsound, open};
pub use passages::{Crossing, Passages, Stay, Stays};
pub use situation::{Answered, AtTerminal, Cases, Journals, Matter, Situation};
pub(crate) use usage::decoded;
pub use usage::{Earlier, First, Missing, Usage};

use serde::{Deserialize, Serialize};

/// A number, or none where it is not told.
pub type Told = Option<u32>;

/// What stands above a report.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Head {
    /// Its number, counted up by the side.
    pub number: u32,
    /// `A` or `B`.
    pub side: String,
    /// Number of the zone.
    pub zone: u16,
    /// Version of the zone register in force.
    pub register: u32,
    /// Everything is a demonstration.
    pub demo: bool,
    /// When it was made, UTC.
    pub made: String,
    /// First day it is about.
    pub from: String,
    /// Last day.
    pub through: String,
    /// Whom it is for.
    pub to: Vec<String>,
    /// The orders it answers.
    pub orders: Vec<String>,
    /// The file of a specimen permit that is attached.
    pub specimen: Option<String>,
}

/// A report as programs read it, and as it is kept.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(crate) struct Whole<T> {
    pub(crate) head: Head,
    pub(crate) told: T,
}

//! What a supervisor sets once for a terminal.
//!
//! Times are milliseconds. A setting can make the terminal slower or more patient; none can make a verdict milder.

use serde::Serialize;

/// Which lane of a board; there are two at most, because the header has pins for two.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize)]
#[serde(into = "u8")]
pub enum LaneNumber {
    /// The only one, or the first of two.
    First,
    /// The second of two.
    Second,
}

impl LaneNumber {
    /// Both.
    pub const ALL: [Self; 2] = [Self::First, Self::Second];
}

impl From<LaneNumber> for u8 {
    fn from(number: LaneNumber) -> Self {
        match number {
            LaneNumber::First => 1,
            LaneNumber::Second => 2,
        }
    }
}

/// The settings of the state machine.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Settings {
    /// A verdict that nobody attends to for so long is closed.
    pub unattended_ms: u64,
    /// An admission can be taken back for so long; 0 never. The journal allows [`permit_journal::UNDO`] at most.
    pub undo_ms: u64,
    /// A permit that was not seen for so long has left.
    pub gone_ms: u64,
    /// The same for one whose verdict was closed because nobody attended to it.
    pub left_ms: u64,
    /// A code that is seen for so long and not read is one whose number is typed.
    pub unread_ms: u64,
    /// A hint, a notice or the end of a look stays so long after what caused it.
    pub linger_ms: u64,
    /// The relay of the gate is closed so long.
    pub pulse_ms: u32,
    /// The gate says when it turned; without, admitting ends when the pulse does.
    pub turns: bool,
    /// The gate has to turn within this time.
    pub turn_ms: u64,
    /// Without a new code for so long, the reading of lists is given up.
    pub gather_ms: u64,
    /// An officer who does nothing for so long is signed out; `None` never.
    pub idle_ms: Option<u64>,
    /// Somebody is there to act. Without (`--once`), a verdict gives way to the next permit.
    pub attended: bool,
    /// The direction is switched by the guard.
    pub switchable: bool,
    /// Number of the first verdict: elsewhere in another lane and in another process, so that none is taken for another.
    pub first: u64,
    /// Which lane this is, where there are two.
    pub lane: Option<LaneNumber>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            // To compare a face, or to ask at a station by telephone.
            unattended_ms: 5 * 60_000,
            undo_ms: 2 * 60_000,
            gone_ms: 1_500,
            left_ms: 10_000,
            unread_ms: 8_000,
            linger_ms: 1_000,
            pulse_ms: 500,
            turns: true,
            turn_ms: 8_000,
            // Longer than a round of the most codes at three a second.
            gather_ms: 120_000,
            idle_ms: Some(30 * 60_000),
            attended: true,
            switchable: true,
            first: 0,
            lane: None,
        }
    }
}

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
    /// After a valid permit the screen returns to the camera by itself.
    pub valid_ms: u64,
    /// A permit that was not seen for so long has left.
    pub gone_ms: u64,
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
            valid_ms: 5_000,
            gone_ms: 1_500,
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

//! What does not fit together.

use permit_core::UnixTime;
use permit_journal::Terminal;
use permit_words::Words;

/// What was found wrong with what came from a terminal or a station.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Finding {
    /// Another record of this sequence, or one that hangs on another: the terminal has two journals. The later file was
    /// not taken.
    Fork = 1,
    /// An export signed later than one that went further: the end was cut off, or an older copy was put back.
    Behind = 2,
    /// The trusted clock went back here.
    ClockBack = 3,
    /// The trusted clock leapt ahead here, by more than a day, while the terminal ran.
    ClockAhead = 4,
    /// The terminal found its own journal damaged.
    Damaged = 5,
    /// A file that says it is this terminal's and is not whole, or not by its key: not taken.
    Refused = 6,
    /// A station's return of a record that was set back or replaced.
    RecordSetBack = 7,
}

impl Finding {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Fork,
        Self::Behind,
        Self::ClockBack,
        Self::ClockAhead,
        Self::Damaged,
        Self::Refused,
        Self::RecordSetBack,
    ];

    /// What it is called; `at` is the sequence that it is about.
    #[must_use]
    pub fn said(self, at: u64, words: &Words) -> String {
        let id = match self {
            Self::Fork => "headquarters-finding-fork",
            Self::Behind => "headquarters-finding-behind",
            Self::ClockBack => "headquarters-finding-clock-back",
            Self::ClockAhead => "headquarters-finding-clock-ahead",
            Self::Damaged => "headquarters-finding-damaged",
            Self::Refused => "headquarters-finding-refused",
            Self::RecordSetBack => "headquarters-finding-record-set-back",
        };
        words.with(id, &[("at", at.into())])
    }

    pub(crate) fn of(number: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|it| *it as i64 == number)
    }
}

/// A finding, where it is and when it was first seen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Found {
    /// Whose; none where it is a station's.
    pub terminal: Option<Terminal>,
    /// Number of the station, where it is one's.
    pub station: Option<u16>,
    /// What.
    pub finding: Finding,
    /// Sequence of the record it is about.
    pub at: u64,
    /// When it was found.
    pub seen: UnixTime,
}

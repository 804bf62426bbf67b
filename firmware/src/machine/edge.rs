//! What stands at the edge of every screen.
//!
//! The age of the lists, the clock, the disk, the camera and the last crossings, as values: what a terminal is, whoever
//! stands before it. It holds no name and no permit number.

use permit_core::Distrust;
use serde::Serialize;

use crate::record::Decision;

use super::event::UpdateFault;
use super::view::Class;

/// What is always visible.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Edge {
    /// The lists.
    pub lists: ListsView,
    /// The clock.
    pub clock: ClockView,
    /// The disk.
    pub disk: DiskState,
    /// Whether entries can be made durable.
    pub journal: bool,
    /// The camera.
    pub camera: CameraState,
    /// The hand scanner.
    pub scanner: ScannerState,
    /// The lamp over the permit.
    pub illuminated: bool,
    /// The last crossings, the newest first: no names.
    pub last: Vec<CrossingView>,
}

/// How old the lists are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct ListsView {
    /// Days since each side's oldest list was issued, side A first; `None` without lists.
    pub days: [Option<u32>; 2],
    /// A list is past its next update.
    pub stale: bool,
    /// A list has expired.
    pub expired: bool,
    /// Everything here is a demonstration.
    pub demo: bool,
    /// What was passed over at the start.
    pub passed: Passed,
    /// Why nobody can be judged.
    pub lack: Option<Lack>,
}

/// What is missing, without which nobody can be judged.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lack {
    /// Any lists.
    Lists,
    /// The installed root, by which lists are accepted.
    Root,
    /// This terminal's crossing in the lists.
    Crossing,
}

/// Lists that were there at the start and are not used, and why; others are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Passed {
    /// Those that this terminal had kept.
    pub kept: Option<UpdateFault>,
    /// Those that were named with the start.
    pub given: Option<UpdateFault>,
}

/// What the clock says.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct ClockView {
    /// Seconds since 1970, believed or not.
    pub seconds: Option<i64>,
    /// Minutes ahead of UTC at the crossing.
    pub offset: i16,
    /// Why it is not trusted.
    pub distrust: Option<Doubt>,
}

/// Why a clock is not trusted, by name.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Doubt {
    /// There is none.
    Missing,
    /// It says that it stopped.
    Stopped,
    /// It lies below the floor.
    BelowFloor,
    /// It jumped.
    Jumped,
    /// At the start it lay far above everything known.
    FarAhead,
    /// Set by hand where that makes nothing valid.
    ByHand,
    /// Something this view does not name.
    Other,
}

impl From<Distrust> for Doubt {
    fn from(why: Distrust) -> Self {
        match why {
            Distrust::Missing => Self::Missing,
            Distrust::Stopped => Self::Stopped,
            Distrust::BelowFloor => Self::BelowFloor,
            Distrust::Jumped => Self::Jumped,
            Distrust::FarAhead => Self::FarAhead,
            Distrust::ByHand => Self::ByHand,
            _ => Self::Other,
        }
    }
}

/// The state of the disk.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DiskState {
    /// Room enough.
    #[default]
    Good,
    /// Little room: entries are still kept.
    Low,
    /// No room.
    Full,
    /// It fails.
    Failing,
}

/// Whether the journal has everything it ever recorded.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChainState {
    /// As far as can be known.
    #[default]
    Whole,
    /// Something was changed, lost or removed: two officers start a new chain.
    Damaged,
    /// They did, and no presence list is newer yet: what was lost may be missing.
    Incomplete,
}

/// The state of the camera.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CameraState {
    /// This terminal has none.
    Absent,
    /// It is being opened.
    #[default]
    Opening,
    /// It gives pictures.
    Good,
    /// No picture came for a while.
    NoFrame,
    /// The picture does not change at all.
    Frozen,
    /// All black.
    Black,
    /// All white.
    White,
    /// Too dark to read.
    Dark,
    /// Too blurred to read.
    Blurred,
    /// It is gone.
    Unplugged,
}

/// The state of the hand scanner.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ScannerState {
    /// This terminal listens to none; one may type into its page.
    #[default]
    Absent,
    /// It is here.
    Good,
    /// It is gone.
    Gone,
    /// It does not give codes as they are printed.
    MisSet,
}

impl CameraState {
    /// Whether pictures from it cannot be relied upon.
    #[must_use]
    pub const fn is_fault(self) -> bool {
        matches!(self, Self::NoFrame | Self::Frozen | Self::Black | Self::White | Self::Unplugged)
    }
}

/// A crossing at the edge of the screen.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct CrossingView {
    /// Seconds since 1970, where the clock was trusted.
    pub seconds: Option<i64>,
    /// `entry` or `exit`.
    pub direction: &'static str,
    /// The verdict's code.
    pub code: Option<u8>,
    /// Its class; none where help was given without a verdict.
    pub class: Option<Class>,
    /// What was decided.
    pub decision: Option<Decision>,
}

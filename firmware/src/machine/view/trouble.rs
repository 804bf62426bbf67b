//! What is not whole, and what a self-test looks at.

use serde::Serialize;

/// Something that is not whole.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize)]
#[serde(tag = "trouble", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Trouble {
    /// Entries cannot be made durable.
    Journal,
    /// Something of the journal was changed, lost or removed.
    Damaged,
    /// A new chain was begun, and what was lost may be missing.
    Incomplete,
    /// The terminal's folder cannot be written.
    State,
    /// The terminal's own key is lost.
    KeyLost,
    /// The zone's secret is lost.
    SecretLost,
    /// Who is enrolled cannot be read.
    OfficersLost,
    /// There are no lists.
    NoLists,
    /// The installed root cannot be read.
    NoRoot,
    /// The lists do not have the crossing at which this terminal stands.
    NoCrossing,
    /// The disk is full.
    DiskFull,
    /// The disk fails.
    DiskFailing,
    /// The self-test did not pass.
    SelfTest,
    /// The camera: see the edge.
    Camera,
    /// The hand scanner is gone.
    ScannerGone,
    /// The hand scanner does not give codes as they are printed.
    ScannerMisSet,
    /// The clock is not trusted.
    Clock,
    /// A list has expired.
    ListsExpired,
    /// There are no lists of one of the sides.
    ListsMissing,
    /// The lists that were kept here could not be used: others are in use.
    ListsPassed,
    /// There is little room on the disk.
    DiskLow,
    /// A damaged file was made again from its copy.
    Restored,
    /// The housing is open.
    Tamper,
    /// The page on the terminal's own screen is dead.
    Screen,
}

impl Trouble {
    /// Whether each lane has a part of its own that this is about.
    pub(crate) const fn is_of_a_lane(self) -> bool {
        matches!(
            self,
            Self::SelfTest
                | Self::Camera
                | Self::ScannerGone
                | Self::ScannerMisSet
                | Self::Tamper
                | Self::Screen
        )
    }
}

/// A part of the terminal and whether its test passed.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize)]
pub struct Part {
    /// Which.
    pub name: PartName,
    /// Whether it passed.
    pub good: bool,
}

/// What a self-test looks at.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum PartName {
    /// A golden permit, drawn, read and judged.
    Pipeline,
    /// A damaged golden permit is refused.
    Refusal,
    /// The lamps and the buzzer.
    Signals,
    /// The clock.
    Clock,
    /// The disk.
    Disk,
    /// The journal.
    Journal,
    /// The lists.
    Lists,
}

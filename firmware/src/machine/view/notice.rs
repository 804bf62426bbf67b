//! What is said for a moment.

use serde::Serialize;

use crate::machine::enrol::PinFault;
use crate::machine::event::{SignInFault, UpdateFault};

/// One thing to say for a moment.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(tag = "notice", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Notice {
    /// The typed number is none: something was mistyped.
    NumberMistyped,
    /// The direction is fixed here.
    DirectionFixed,
    /// It takes an officer who is signed in.
    NeedsOfficer,
    /// It takes grounds.
    NeedsGrounds,
    /// There is nothing to decide.
    NothingToDecide,
    /// Another code lies beside the permit.
    OneAtATime,
    /// The verdict that stood here no longer holds: another stands in its place.
    Overtaken,
    /// It was meant for a verdict that does not stand here any more.
    Replaced,
    /// The decision could not be recorded, so the gate stays shut.
    NotRecorded,
    /// The gate did not turn.
    NotTurned,
    /// A verdict was closed because nobody attended to it.
    NotDecided,
    /// The admission was taken back.
    Undone,
    /// The admission was not taken back: it is too late, or could not be recorded.
    NotUndone,
    /// New lists are in use.
    Updated,
    /// New lists were not taken.
    NotUpdated {
        /// Why.
        why: UpdateFault,
    },
    /// A code came otherwise than it is printed: what the hand scanner does.
    Scanner {
        /// What.
        fault: permit_scan::Fault,
    },
    /// The hand scanner read the code of the set-up sheet as it is printed.
    ScannerRight,
    /// A code of lists was shown where none are being read.
    CodeOfLists,
    /// A code was not taken while lists are read.
    PartRefused {
        /// Why.
        why: PartFault,
    },
    /// The reading of lists was given up: no new code came for too long.
    ListsLate,
    /// The reading of lists was stopped.
    ListsStopped,
    /// The journal was exported.
    Exported,
    /// The journal was not exported.
    NotExported {
        /// Why.
        why: UpdateFault,
    },
    /// Nobody was signed in.
    NotSignedIn {
        /// Why.
        fault: SignInFault,
    },
    /// The officer was signed out: nothing was done here for too long.
    SignedOut,
    /// A second officer has to confirm the clock too.
    SecondOfficer,
    /// The clock is confirmed.
    ClockConfirmed,
    /// A new chain of the journal has begun.
    NewChain,
    /// The clock has to be confirmed first.
    ClockFirst,
    /// That is not done while somebody stands here.
    PersonFirst,
    /// What two officers said could not be recorded, and does not count.
    NotConfirmed,
    /// It takes a supervisor who is signed in.
    NeedsSupervisor,
    /// Whose PIN somebody else has set is no second person yet.
    NotSecond,
    /// The PIN is set.
    PinSet,
    /// The PIN was not set.
    PinNotSet {
        /// Why.
        why: PinFault,
    },
    /// The typed time is none.
    TimeMistyped,
    /// What an officer raised is on record.
    Raised,
    /// It was raised before and is open.
    RaisedBefore,
    /// What was raised is closed.
    Closed,
    /// It is not open, or was raised by the same officer.
    NotClosed,
}

/// Why a code was not taken while lists are read.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PartFault {
    /// It is none of lists: a permit, or anything else.
    Foreign,
    /// Made for a newer terminal.
    Newer,
    /// Damaged.
    Damaged,
    /// Of other lists than those before.
    Other,
    /// It says something else than the same code before.
    Conflict,
}

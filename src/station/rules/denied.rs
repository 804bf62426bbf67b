//! Why an act is not done: one variant a reason, each with its evidence and none with a wording.

use permit_core::{Day, Flaw};
use permit_record::{Refused, Role, Subject};
use thiserror::Error;

use super::{CaseState, Item, MatterState, NotHandedBack, PaperKind, State};

/// Why an act is not done. Nothing changed.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[non_exhaustive]
pub enum Denied {
    /// Nobody has this number.
    #[error("{officer} is no officer of this desk")]
    NoOfficer {
        /// The number.
        officer: u16,
    },
    /// The officer was dismissed.
    #[error("officer {officer} was dismissed")]
    Dismissed {
        /// The number.
        officer: u16,
    },
    /// It takes one of these roles.
    #[error("this takes one of {any_of:?}")]
    Role {
        /// The roles.
        any_of: &'static [Role],
    },
    /// There is no such thing, or there is one already where a new one was to be.
    #[error("no such {0:?}")]
    NoSubject(Subject),
    /// Not in this state.
    #[error("not while it is {0:?}")]
    State(State),
    /// Not in this state of a case.
    #[error("not while it is {0:?}")]
    CaseState(CaseState),
    /// Not in this state of a matter.
    #[error("not while it is {0:?}")]
    MatterState(MatterState),
    /// A class does not ask for this paper, or has what it asks for already (R14).
    #[error("{kind:?} is not asked for")]
    NotAsked {
        /// The paper.
        kind: PaperKind,
    },
    /// A paper is dated after today.
    #[error("dated {dated}, which is still to come")]
    FutureDate {
        /// The date.
        dated: Day,
    },
    /// The unit's letter comes before the form (R15).
    #[error("the unit's letter comes first")]
    PapersFirst {
        /// One of these.
        any_of: &'static [PaperKind],
    },
    /// Papers that are still to be shown: one of each.
    #[error("papers are missing: one of each of {0:?}")]
    Papers(Vec<&'static [PaperKind]>),
    /// The form was not filled in.
    #[error("the form was not filled in")]
    NotFilled,
    /// The nationality is not one that the class is for.
    #[error("nationality {nationality} is not this class's")]
    Nationality {
        /// ISO 3166-1 numeric.
        nationality: u16,
    },
    /// The station does not serve the home region (R12).
    #[error("region {region} is not served by this station")]
    NotServed {
        /// Its number.
        region: u16,
    },
    /// Longer than the zone register allows.
    #[error("{days} days, the most are {most}")]
    TooManyDays {
        /// Asked for.
        days: u16,
        /// The most.
        most: u16,
    },
    /// A reader would refuse the permit.
    #[error("no permit can say this: {flaw}")]
    Unfit {
        /// Why.
        flaw: Flaw,
    },
    /// The first day has passed: the form has to be corrected.
    #[error("the first day, {from}, has passed")]
    FromPassed {
        /// The first day.
        from: Day,
    },
    /// The last day has passed.
    #[error("good through {through}")]
    Past {
        /// The last day.
        through: Day,
    },
    /// A permit that was handed over is given back or revoked.
    #[error("a permit that was handed over is not withdrawn")]
    HandedOver,
    /// Nobody decides their own case.
    #[error("nobody decides their own case")]
    OwnCase,
    /// Who typed it in is not one of the two who decide.
    #[error("who typed it in is not one of the two who decide")]
    TypedIn,
    /// This officer, or somebody with the same key or name, decided already.
    #[error("one person decides once")]
    SamePerson,
    /// This role's approval is there already.
    #[error("approved as {role:?} already")]
    RoleTaken {
        /// The role.
        role: Role,
    },
    /// The signature, or what it is over.
    #[error("the signature: {0}")]
    Signature(Refused),
    /// Signed for another station, subject, officer, role or decision, or another content.
    #[error("signed for something else")]
    OtherContent,
    /// Signed at another time than the act is done.
    #[error("signed too long ago, or in the future")]
    OtherTime,
    /// Approvals that are missing, or do not count any more: whose.
    #[error("approvals are missing: {0:?}")]
    Approvals(Vec<&'static [Role]>),
    /// A permit number that is not the next one.
    #[error("not the next permit number")]
    Number,
    /// What was signed is another permit than was approved.
    #[error("another permit than was approved")]
    OtherPermit,
    /// The portrait in its code is not here: it was let go, or is at another seat.
    #[error("the portrait in its code is not here")]
    PortraitGone,
    /// Copy 255 was printed.
    #[error("the last copy there can be was printed")]
    LastCopy,
    /// No grade of a print.
    #[error("grades go from 0 to 4, not to {grade}")]
    Grade {
        /// What was given.
        grade: u8,
    },
    /// A text is needed.
    #[error("words are needed")]
    TextMissing,
    /// A text is too long.
    #[error("{bytes} bytes, the most are {most}")]
    TextTooLong {
        /// Its bytes.
        bytes: usize,
        /// The most.
        most: usize,
    },
    /// A character that nothing printed may have.
    #[error("U+{:04X} does not belong here", u32::from(*.found))]
    Character {
        /// Which.
        found: char,
    },
    /// A deadline that leaves too few days.
    #[error("the deadline is before {least}")]
    TooSoon {
        /// The earliest.
        least: Day,
    },
    /// The station to turn to is no other one.
    #[error("station {station} is not independent")]
    NotIndependent {
        /// Its number.
        station: u16,
    },
    /// Days outside their bounds.
    #[error("days go from {least} to {most}")]
    Bounds {
        /// The least.
        least: u16,
        /// The most.
        most: u16,
    },
    /// Nothing is changed by it.
    #[error("nothing would change")]
    Same,
    /// Two supervisors have to stay.
    #[error("two supervisors have to stay")]
    LastSupervisors,
    /// A key that somebody has or had.
    #[error("somebody has or had this key")]
    KeyTaken,
    /// A key that cannot be trusted.
    #[error("not a sound key")]
    WeakKey,
    /// A supervisor's signature under an enrolment is missing.
    #[error("not signed by two supervisors")]
    NotTwoSupervisors,
    /// A case's checklist is fixed: nothing is demanded beside it (R21).
    #[error("nothing beside the checklist is asked for")]
    FixedChecklist,
    /// What is still missing of a checklist.
    #[error("still to come: {0:?}")]
    Checklist(Vec<Item>),
    /// A kind of case that cannot be refused (R22, R23).
    #[error("this kind of case is not refused")]
    NeverRefused,
    /// The desk was founded already, or not yet.
    #[error("the desk is founded once, and first")]
    Founding,
    /// Special personnel issue for the communes that were delegated, and nobody else asks for one (R13).
    #[error("not a commune that was delegated")]
    Commune,
    /// A station has come to cover the commune (R13).
    #[error("a station covers this commune")]
    Covered,
    /// Outside the days that were delegated (R13).
    #[error("delegated from {from} through {through}")]
    NotDelegated {
        /// First day.
        from: Day,
        /// Last day.
        through: Day,
    },
    /// As many numbers were given as were delegated (R13).
    #[error("{most} permits were delegated, and as many were given")]
    Quota {
        /// How many.
        most: u32,
    },
    /// Special personnel delegate nothing.
    #[error("what was delegated is not delegated further")]
    NoDelegation,
    /// No number for special personnel: the other side's, this station's, or given already.
    #[error("station {station} is on the other side, this one, or delegated to already")]
    StationNumber {
        /// The number.
        station: u16,
    },
    /// The record that special personnel handed back.
    #[error("the record that was handed back: {0}")]
    HandedBack(#[from] NotHandedBack),
    /// No register of this station's numbers.
    #[error("not a register of this station's numbers")]
    NoRegister,
    /// A register was taken over already, or the desk is one of special personnel.
    #[error("a register is taken over once, and not by special personnel")]
    RegisterTaken,
    /// The desk has given numbers that stand in the register, or higher ones.
    #[error("the desk has given such numbers itself")]
    NumbersMeet,
    /// Contents are not let go so soon.
    #[error("not before {least} days")]
    TooEarly {
        /// Days after the end, at least.
        least: u16,
    },
    /// A moment before the last entry's.
    #[error("the clock is behind the record")]
    Clock,
}

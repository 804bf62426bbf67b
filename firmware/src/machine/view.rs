//! Everything a screen shows, as values.
//!
//! A view carries ids, numbers and evidence; the sentences are made from it where it is drawn, in the language of the
//! device. It holds the holder's names while a verdict stands, so it is never logged and never written.

use std::sync::Arc;

use permit_core::{Birth, Checkpoint, Direction, Effect, Journey, Side, UnixTime, Verdict};
use serde::Serialize;

use crate::record::Decision;

use super::edge::Edge;
use super::enrol::PinFault;
use super::event::{Hint, Judged, Language, SignInFault, Source, UpdateFault};
use super::figures::{Figures, Shift};
use super::number::Number;
use super::settings::LaneNumber;

/// What a screen shows.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct View {
    /// Grows with every change.
    pub serial: u64,
    /// Where the machine stands.
    pub stage: Stage,
    /// What would help to read the code.
    pub hint: Option<Hint>,
    /// Lists that are read from codes.
    pub gathering: Option<GatherView>,
    /// The verdict that stands.
    pub verdict: Option<VerdictView>,
    /// What was decided, and the slip.
    pub decision: Option<DecisionView>,
    /// What can be chosen by touch or with the buttons.
    pub choices: Vec<Choice>,
    /// Which of them is marked.
    pub chosen: usize,
    /// One thing to say for a moment.
    pub notice: Option<Notice>,
    /// What is not whole, the weightiest first.
    pub troubles: Vec<Trouble>,
    /// Where and which way.
    pub here: Here,
    /// What is always visible at the edge.
    pub edge: Edge,
    /// How it is shown.
    pub modes: Modes,
    /// Number of the officer on duty.
    pub officer: Option<u16>,
    /// Whether that officer is a supervisor.
    pub supervisor: bool,
    /// The shift that ended last, while nobody is on duty.
    #[serde(skip)]
    pub over: Option<Shift>,
    /// What the journal has counted.
    #[serde(skip)]
    pub figures: Arc<Figures>,
    /// Nothing is decided but help, and nothing is chosen: an officer has to sign in.
    pub locked: bool,
    /// The admission that can be taken back now, by the officer on duty.
    pub undo: Option<UndoView>,
    /// Which lane this is, where there are two.
    pub lane: Option<LaneNumber>,
    /// The parts of the last self-test.
    pub parts: Vec<Part>,
}

/// Where the machine stands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// The self-test runs.
    Starting,
    /// Ready for a permit.
    Waiting,
    /// Something is in view and not read yet.
    Looking,
    /// A verdict stands.
    Verdict,
    /// A decision was recorded.
    Decision,
    /// Somebody is helped.
    Assisting,
    /// New lists are taken.
    Updating,
    /// Codes cannot be read here now; see the troubles.
    OutOfOrder,
}

/// How far the reading of lists is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct GatherView {
    /// Codes read.
    pub have: usize,
    /// Codes there are; 0 before the first.
    pub total: usize,
    /// Numbers of those that are missing, from 1.
    pub missing: Vec<u8>,
}

/// The class of a verdict.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// Green.
    Valid,
    /// Amber.
    Refer,
    /// Red.
    Invalid,
    /// Grey.
    NotAPermit,
}

impl Class {
    /// The class of a verdict.
    #[must_use]
    pub const fn of(verdict: &Verdict) -> Self {
        match verdict {
            Verdict::Valid => Self::Valid,
            Verdict::Refer(_) => Self::Refer,
            Verdict::Invalid(_) => Self::Invalid,
            Verdict::NotAPermit(_) => Self::NotAPermit,
        }
    }
}

/// A colour's name; the shade is the stylesheet's business.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Colour {
    /// Valid.
    Green,
    /// Refer.
    Amber,
    /// Invalid.
    Red,
    /// A specimen: red with a blue frame.
    Blue,
    /// Not a permit.
    Grey,
}

/// A verdict on the screen.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct VerdictView {
    /// What a decision about it names.
    pub number: Number,
    /// The stable code.
    pub code: u8,
    /// The class.
    pub class: Class,
    /// The colour's name.
    pub colour: Colour,
    /// ✓, !, ✕ or ?
    pub shape: char,
    /// Where the text came from.
    pub source: Source,
    /// Which way the holder goes.
    pub journey: Option<Way>,
    /// The verdict's own finding first, then the others.
    pub findings: Vec<FindingView>,
    /// The holder, where the signature held.
    pub holder: Option<Holder>,
    /// The permit's number, printed form; left out where names are hidden.
    pub permit: Option<String>,
    /// Face and document are to be compared with the permit.
    pub compare: bool,
    /// Judged under a demo root.
    pub demo: bool,
    /// The clock was set by hand.
    pub by_hand: bool,
    /// What the sentences are made from.
    #[serde(skip)]
    pub judged: Arc<Judged>,
}

/// A finding by its code.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct FindingView {
    /// The stable code.
    pub code: u8,
    /// True if it makes the permit invalid, false if it refers.
    pub invalid: bool,
}

/// Outward or homeward.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// Away from home.
    Outward,
    /// Towards home.
    Homeward,
}

impl From<Journey> for Way {
    fn from(journey: Journey) -> Self {
        match journey {
            Journey::Outward => Self::Outward,
            Journey::Homeward => Self::Homeward,
        }
    }
}

/// The holder as the permit has it. Days are `YYYY-MM-DD`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Holder {
    /// Names; left out where names are hidden.
    pub names: Option<HolderNames>,
    /// Day, month or year of birth; left out where names are hidden.
    pub birth: Option<String>,
    /// ISO 3166-1 numeric.
    pub nationality: u16,
    /// Number of the home region.
    pub region: u16,
    /// `A` or `B`, where known.
    pub home: Option<char>,
    /// First day.
    pub from: String,
    /// Last day.
    pub through: String,
    /// The only crossings it is good at; empty: all.
    pub crossings: Vec<u16>,
    /// Children travelling along.
    pub children: Option<u8>,
    /// Outward journeys left, this one included.
    pub entries_left: Option<u32>,
    /// Days left, today included.
    pub days_left: Option<u32>,
    /// Days a stay may last.
    pub stay: Option<u16>,
    /// Whether the permit is bound to an identity document.
    pub bound: bool,
    /// Whether the judgement holds a portrait.
    pub portrait: bool,
}

/// Names and what is compared with the identity document.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct HolderNames {
    /// In Latin script.
    pub latin: String,
    /// In Hangul or Han.
    pub native: Option<String>,
    /// Number of the identity document it is bound to.
    pub document: Option<String>,
}

/// A decision on the screen.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct DecisionView {
    /// Which.
    pub decision: Decision,
    /// The verdict's code, if there was a verdict.
    pub code: Option<u8>,
    /// Whether a slip is due: code, reason, where to ask, deadline, no name.
    pub slip: bool,
    /// What the gate does.
    pub gate: GateState,
}

/// An admission that can be taken back.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct UndoView {
    /// The verdict that was decided on.
    pub about: Number,
    /// Until when, in seconds since 1970, where there is a clock; afterwards it is not offered.
    pub until: Option<i64>,
}

/// What the gate does.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum GateState {
    /// Nothing.
    Shut,
    /// It may turn now.
    Open,
    /// It turned.
    Turned,
    /// It did not turn in time.
    NotTurned,
}

/// What can be chosen.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Choice {
    /// Let through.
    Admit,
    /// Turn back.
    TurnBack,
    /// Back to the camera.
    Dismiss,
}

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

/// Where and which way.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Here {
    /// Number of the crossing.
    pub crossing: u16,
    /// `A` or `B`.
    pub side: char,
    /// `entry` or `exit`.
    pub direction: &'static str,
    /// Whether the guard can switch it.
    pub switchable: bool,
}

impl Here {
    pub(super) const fn new(here: Checkpoint, switchable: bool) -> Self {
        let direction = match here.direction {
            Direction::Entry => "entry",
            Direction::Exit => "exit",
        };
        Self { crossing: here.crossing, side: letter(here.side), direction, switchable }
    }
}

/// How the screen is drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Modes {
    /// The language.
    pub lang: Language,
    /// Night colours.
    pub night: bool,
    /// Large type.
    pub large: bool,
    /// Names are not shown.
    pub hide_names: bool,
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

impl VerdictView {
    pub(super) fn new(
        number: Number,
        judged: &Arc<Judged>,
        source: Source,
        hide_names: bool,
    ) -> Self {
        let judgement = &judged.judgement;
        let verdict = &judgement.verdict;
        let class = Class::of(verdict);
        let (colour, shape) = look(verdict);
        let own = verdict
            .reason()
            .map(|reason| FindingView { code: reason.code(), invalid: class == Class::Invalid });
        let also = judgement.also.iter().map(|finding| FindingView {
            code: finding.reason.code(),
            invalid: finding.effect == Effect::Invalid,
        });
        let permit = match (&judgement.permit, &judged.asked) {
            (Some(permit), _) => Some(permit.id.to_string()),
            (None, super::Asked::Number(id)) => Some(id.to_string()),
            (None, super::Asked::Text(_)) => None,
        };
        Self {
            number,
            code: verdict.code(),
            class,
            colour,
            shape,
            source,
            journey: judgement.journey.map(Way::from),
            findings: own.into_iter().chain(also).collect(),
            holder: Holder::of(judged, hide_names),
            permit: permit.filter(|_| !hide_names),
            compare: class == Class::Valid,
            demo: judgement.notes.demo,
            by_hand: judgement.notes.by_hand,
            judged: Arc::clone(judged),
        }
    }
}

impl Holder {
    fn of(judged: &Judged, hide_names: bool) -> Option<Self> {
        let (permit, notes) = (judged.judgement.permit.as_ref()?, &judged.judgement.notes);
        let options = &permit.options;
        let names = HolderNames {
            latin: permit.latin.as_str().to_owned(),
            native: permit.native.as_ref().map(|name| name.as_str().to_owned()),
            document: options.document.as_ref().map(|number| number.as_str().to_owned()),
        };
        let birth = match permit.birth {
            Birth::Day(day) => day.to_string(),
            Birth::Month(year, month) => format!("{year}-{month:02}"),
            Birth::Year(year) => year.to_string(),
        };
        Some(Self {
            names: (!hide_names).then_some(names),
            birth: (!hide_names).then_some(birth),
            nationality: permit.nationality,
            region: permit.region,
            home: notes.home.map(letter),
            from: permit.from.to_string(),
            through: permit.through.to_string(),
            crossings: options.crossings.iter().copied().collect(),
            children: options.children,
            entries_left: notes.entries_left.or(options.entries),
            days_left: notes.days_left,
            stay: notes.stay,
            bound: options.document.is_some(),
            portrait: options.portrait.is_some(),
        })
    }
}

/// The colour and shape of a verdict, as the words have them.
fn look(verdict: &Verdict) -> (Colour, char) {
    use permit_words::Light;
    let light = Light::of(verdict);
    let colour = match light {
        Light::Green => Colour::Green,
        Light::Amber => Colour::Amber,
        Light::Red => Colour::Red,
        Light::Blue => Colour::Blue,
        Light::Grey => Colour::Grey,
    };
    (colour, light.shape())
}

const fn letter(side: Side) -> char {
    match side {
        Side::A => 'A',
        Side::B => 'B',
    }
}

/// Seconds of a moment that is certain.
pub(super) fn seconds(at: Option<UnixTime>) -> Option<i64> {
    at.map(|at| at.0)
}

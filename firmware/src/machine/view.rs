//! Everything a screen shows, as values.
//!
//! A view carries ids, numbers and evidence; the sentences are made from it where it is drawn, in the language of the
//! device. It holds the holder's names while a verdict stands, so it is never logged and never written.

mod holder;
mod notice;
mod trouble;

use std::sync::Arc;

use permit_core::{Checkpoint, Direction, Effect, Journey, UnixTime, Verdict};
use serde::Serialize;

use crate::record::Decision;

use super::concern::Concern;
use super::edge::Edge;
use super::event::{Hint, Judged, Language, Source};
use super::figures::{Figures, Shift};
use super::number::Number;
use super::settings::LaneNumber;

use self::holder::letter;
pub use self::{
    holder::{Holder, HolderNames},
    notice::{Notice, PartFault},
    trouble::{Part, PartName, Trouble},
};

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
    /// What was raised here and is open.
    pub concerns: Vec<Concern>,
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
    /// Codes there are, or (where any do) about as many as are needed; 0 before the first.
    pub total: usize,
    /// Any further codes do, and none is missing.
    pub any: bool,
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

/// Seconds of a moment that is certain.
pub(super) fn seconds(at: Option<UnixTime>) -> Option<i64> {
    at.map(|at| at.0)
}

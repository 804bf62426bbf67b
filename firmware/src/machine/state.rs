//! The states, each with the data that is true only in it.
//!
//! A verdict exists only in the states that show one, a running gate only in a decision: what a state does not hold
//! cannot be shown or acted upon.

use std::sync::Arc;

use permit_core::Journey;

use crate::record::{Decision, Entry};
use crate::signal::Signal;

use super::edge::CameraState;
use super::event::{Asked, Hint, Judged, Source};
use super::gather::Gathering;
use super::number::Number;
use super::view::{Choice, Class, GateState, Stage};

/// Where the machine stands.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum State {
    /// The self-test runs.
    Starting,
    /// Ready.
    Waiting,
    /// Something is in view and not read; seen last at this time.
    Looking { hint: Hint, at: u64 },
    /// A text is with the verifier.
    Judging(Question),
    /// Its verdict is being made durable: nothing is shown before.
    Recording { question: Question, judged: Arc<Judged> },
    /// A verdict stands.
    Verdict(Standing),
    /// A decision is being made durable: nothing moves before.
    Deciding { standing: Option<Standing>, decision: Decision },
    /// A decision was recorded.
    Decision(Decided),
    /// Somebody is helped.
    Assisting,
    /// New lists are read from codes.
    Gathering(Gathering),
    /// New lists are taken.
    Updating,
    /// Codes cannot be read here now.
    OutOfOrder(OutOfOrder),
}

/// Why codes cannot be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum OutOfOrder {
    /// The camera gives no true picture; a hand scanner still works.
    Camera(CameraState),
    /// The self-test did not pass.
    SelfTest,
    /// There is nothing to judge by.
    Lists,
}

/// What was asked, and by what.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Question {
    pub(super) asked: Asked,
    pub(super) source: Source,
    pub(super) picture: Option<u32>,
    /// When it came into view, or was asked.
    pub(super) came: u64,
    /// It was judged again because its entry could not be kept.
    pub(super) again: bool,
    /// It takes the place of a verdict that no longer holds.
    pub(super) overtakes: bool,
}

/// A verdict on the screen.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Standing {
    /// What a decision has to name.
    pub(super) number: Number,
    pub(super) judged: Arc<Judged>,
    pub(super) source: Source,
    /// Since when.
    pub(super) since: u64,
    /// Which choice is marked.
    pub(super) chosen: usize,
    /// When the code came into view; of anything but a code before the camera, when it was asked about.
    pub(super) came: u64,
    /// When another symbol was last seen beside the code: until it is gone, nobody is let through.
    pub(super) crowded: Option<u64>,
    /// From when on it is decided on: whoever reaches for the verdict before decides nothing.
    pub(super) settled: u64,
}

/// A decision on the screen.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Decided {
    pub(super) standing: Option<Standing>,
    pub(super) decision: Decision,
    pub(super) gate: GateState,
    /// When the gate's state ends; while it is shut, since when.
    pub(super) until: u64,
}

impl State {
    pub(super) const fn stage(&self) -> Stage {
        match self {
            Self::Starting => Stage::Starting,
            Self::Waiting | Self::Judging(_) | Self::Recording { .. } => Stage::Waiting,
            Self::Looking { .. } => Stage::Looking,
            Self::Verdict(_) | Self::Deciding { .. } => Stage::Verdict,
            Self::Decision(_) => Stage::Decision,
            Self::Assisting => Stage::Assisting,
            Self::Gathering(_) | Self::Updating => Stage::Updating,
            Self::OutOfOrder(_) => Stage::OutOfOrder,
        }
    }

    /// The verdict that stands or was decided on.
    pub(super) const fn standing(&self) -> Option<&Standing> {
        match self {
            Self::Verdict(standing) => Some(standing),
            Self::Deciding { standing, .. } | Self::Decision(Decided { standing, .. }) => {
                standing.as_ref()
            }
            _ => None,
        }
    }

    /// What the screen's verdict is called, where there is one.
    pub(super) fn number(&self) -> Option<Number> {
        self.standing().map(|standing| standing.number)
    }

    /// What lamps and buzzer say. Whoever is helped is not told on: it looks like waiting.
    pub(super) fn signal(&self) -> Signal {
        match self {
            Self::Starting | Self::Gathering(_) | Self::Updating => Signal::Busy,
            Self::Waiting
            | Self::Looking { .. }
            | Self::Judging(_)
            | Self::Recording { .. }
            | Self::Assisting => Signal::Waiting,
            Self::Verdict(standing) => standing.class().into(),
            Self::Deciding { standing, .. } => {
                standing.as_ref().map_or(Signal::Waiting, |standing| standing.class().into())
            }
            Self::Decision(Decided { gate: GateState::Open, .. }) => Signal::Go,
            Self::Decision(_) => Signal::Waiting,
            Self::OutOfOrder(_) => Signal::Fault,
        }
    }
}

impl Standing {
    pub(super) fn class(&self) -> Class {
        Class::of(&self.judged.judgement.verdict)
    }

    /// What the guard can choose, always in this order; `free` where somebody answers for it.
    pub(super) fn choices(&self, free: bool) -> Vec<Choice> {
        let admit = free && self.class() != Class::NotAPermit;
        let decide = [(admit, Choice::Admit), (free, Choice::TurnBack), (true, Choice::Dismiss)];
        decide.into_iter().filter_map(|(can, choice)| can.then_some(choice)).collect()
    }

    /// The choice that is marked first: a reflex on the button must not admit or turn back without a look.
    pub(super) fn first(&self, free: bool) -> usize {
        let homeward = self.judged.judgement.journey == Some(Journey::Homeward);
        let wanted = match self.class() {
            Class::Valid => Choice::Admit,
            Class::Refer if homeward => Choice::Admit,
            Class::Invalid if !homeward => Choice::TurnBack,
            Class::Refer | Class::Invalid | Class::NotAPermit => Choice::Dismiss,
        };
        let choices = self.choices(free);
        choices.iter().position(|choice| *choice == wanted).unwrap_or_default()
    }
}

/// An entry about a judgement; without one, for help given to nobody's permit.
pub(super) fn entry(judged: Option<&Judged>, here: permit_core::Checkpoint) -> Entry {
    let judgement = judged.map(|judged| &judged.judgement);
    let typed = judged.and_then(|judged| match judged.asked {
        Asked::Number(id) => Some(id),
        Asked::Text(_) => None,
    });
    let verified = judgement.and_then(|judgement| judgement.permit.as_ref());
    Entry {
        at: None,
        here: judged.map_or(here, |judged| judged.here),
        permit: verified.map(|permit| permit.id).or(typed),
        journey: judgement.and_then(|judgement| judgement.journey),
        code: judgement.map(|judgement| judgement.verdict.code()),
        typed: typed.is_some(),
        decision: None,
        officer: None,
        grounds: None,
    }
}

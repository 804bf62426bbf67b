//! The reader as a state machine: events and the time in, actions out.
//!
//! It never sleeps, reads no clock and touches nothing: [`Machine::on`] says what is to be done, [`Machine::next_wake`]
//! when to ask again. What it rules out: a verdict before its entry is durable, green with anything broken, a gate that
//! moves unrecorded, a second verdict on a permit that is merely held, a verdict that goes away before a guard acted.

mod action;
mod asked;
mod close;
mod concern;
mod device;
mod duty;
mod edge;
mod enrol;
mod event;
mod figures;
mod gather;
mod health;
mod number;
mod scan;
mod settings;
mod state;
#[cfg(test)]
mod tests;
mod two;
mod view;

pub use self::{
    action::{Action, Told},
    concern::{Concern, NoConcern},
    device::Device,
    edge::{
        CameraState, ChainState, ClockView, CrossingView, DiskState, Doubt, Edge, Lack, ListsView,
        Passed, ScannerState,
    },
    enrol::{PinFault, Role, Signed},
    event::{
        Asked, Button, Command, Event, Grounds, Hint, Judged, Language, Moment, Pin, Reply, Seen,
        SignInFault, Source, Symbol, UpdateFault,
    },
    figures::{Figures, Shift},
    number::Number,
    settings::{LaneNumber, Settings},
    view::{
        Choice, Class, Colour, DecisionView, FindingView, GateState, GatherView, Here, Holder,
        HolderNames, Modes, Notice, Part, PartFault, PartName, Stage, Trouble, UndoView,
        VerdictView, View, Way,
    },
};

use std::collections::VecDeque;
use std::sync::Arc;

use permit_core::{Checkpoint, Direction};

use crate::signal::Signal;

use self::{
    close::Admission,
    health::Health,
    number::Numbers,
    scan::{Held, Unread},
    state::{Decided, Standing, State},
    two::Word,
};

/// The reader.
#[derive(Debug)]
pub struct Machine {
    settings: Settings,
    state: State,
    here: Checkpoint,
    modes: Modes,
    health: Health,
    held: Held,
    /// A code that is seen and not read.
    unread: Option<Unread>,
    numbers: Numbers,
    last: VecDeque<CrossingView>,
    /// Who is on duty.
    signed: Option<Signed>,
    /// The shift of the officer on duty, or the one before.
    shift: Option<Shift>,
    /// What the journal has counted.
    figures: Arc<Figures>,
    /// What was raised here and is open.
    concerns: Vec<Concern>,
    /// Whether any officer is enrolled here, once that is known.
    enrolled: Option<bool>,
    /// What the first of two officers said.
    word: Option<Word>,
    /// What can be taken back.
    admission: Option<Admission>,
    notice: Option<(Notice, u64)>,
    /// When somebody's hand did something last.
    busy: u64,
    illuminated: bool,
    ended: bool,
    /// What was told last.
    signal: Option<Signal>,
    view: Option<View>,
    serial: u64,
    out: Vec<Action>,
}

impl Machine {
    /// A reader that starts with its self-test.
    #[must_use]
    pub fn new(here: Checkpoint, modes: Modes, settings: Settings) -> Self {
        Self {
            settings,
            state: State::Starting,
            here,
            modes,
            health: Health::default(),
            held: Held::default(),
            unread: None,
            numbers: Numbers::from(settings.first),
            last: VecDeque::new(),
            signed: None,
            shift: None,
            figures: Arc::default(),
            concerns: Vec::new(),
            enrolled: None,
            word: None,
            admission: None,
            notice: None,
            busy: 0,
            illuminated: false,
            ended: false,
            signal: None,
            view: None,
            serial: 0,
            out: Vec::new(),
        }
    }

    /// Takes an event; what is to be done comes back in order.
    pub fn on(&mut self, event: Event, at: Moment) -> Vec<Action> {
        self.expire(at);
        self.take(event, at);
        self.settle();
        core::mem::take(&mut self.out)
    }

    /// When to come back with a [`Event::Tick`] at the latest, in milliseconds of [`Moment::ms`].
    #[must_use]
    pub fn next_wake(&self) -> Option<u64> {
        let notice = self.notice.map(|(_, until)| until);
        let undo = self.admission.as_ref().map(|it| it.until);
        [self.ends(), notice, undo, self.leaves()].into_iter().flatten().min()
    }

    /// What the screen shows now.
    #[must_use]
    pub fn view(&self) -> View {
        let standing = self.state.standing();
        let free = !self.is_locked();
        let choosing = matches!(self.state, State::Verdict(_));
        View {
            serial: self.serial,
            stage: self.state.stage(),
            hint: match &self.state {
                State::Looking { hint, .. } => Some(*hint),
                State::Gathering(gathering) => gathering.hint(),
                State::Verdict(standing) => standing.crowded.map(|_| Hint::Several),
                _ => None,
            },
            gathering: match &self.state {
                State::Gathering(gathering) => Some(gathering.view()),
                _ => None,
            },
            verdict: standing.map(|standing| {
                let Standing { number, judged, source, .. } = standing;
                VerdictView::new(*number, judged, *source, self.modes.hide_names)
            }),
            decision: self.decision(),
            choices: standing.filter(|_| choosing).map_or_else(Vec::new, |it| it.choices(free)),
            chosen: standing.map_or(0, |standing| standing.chosen),
            notice: self.notice.map(|(notice, _)| notice),
            troubles: self.health.troubles(),
            here: Here::new(self.here, self.settings.switchable),
            edge: self.health.edge(self.illuminated, self.last.iter().copied().collect()),
            modes: self.modes,
            officer: self.officer(),
            supervisor: self.signed.is_some_and(|it| it.role == Role::Supervisor),
            concerns: self.concerns.clone(),
            over: self.shift.clone().filter(|_| self.signed.is_none()),
            figures: Arc::clone(&self.figures),
            locked: self.is_locked(),
            undo: self.admission.as_ref().filter(|_| self.signed.is_some()).map(Admission::view),
            lane: self.settings.lane,
            parts: self.health.tested(),
        }
    }

    fn decision(&self) -> Option<DecisionView> {
        let State::Decision(Decided { standing, decision, gate, .. }) = &self.state else {
            return None;
        };
        Some(DecisionView {
            decision: *decision,
            code: standing.as_ref().map(|it| it.judged.judgement.verdict.code()),
            slip: *decision == crate::record::Decision::TurnedBack,
            gate: *gate,
        })
    }

    fn take(&mut self, event: Event, at: Moment) {
        if event.is_hand() {
            self.busy = at.ms;
        }
        match event {
            Event::Tested(parts) => self.tested(parts),
            Event::Seen(seen) => self.seen(&seen, at),
            Event::Scanned(text) => self.scanned(text, at),
            Event::Device(device) => self.device(device, at.ms),
            Event::Judged(judged) => self.judged(*judged, at),
            Event::Recorded(entry, done) => self.recorded(&entry, done, at),
            Event::Kept(good) => self.health.journal = good,
            Event::Changed => self.changed(),
            Event::Asked(command) => self.asked(command, at),
            Event::Pressed(button, about) => self.pressed(button, about, at),
            Event::Pins(good) => self.pins(good),
            Event::Turned => self.turned(at.ms),
            Event::Tamper(open) => self.health.tamper = open,
            Event::Screen(seen) => self.health.screen = seen,
            Event::Camera(camera) => self.camera(camera),
            Event::Disk(disk) => self.health.disk = disk,
            Event::Lists(lists) => self.listed(lists),
            Event::Broken(broken) => self.health.broken = broken,
            Event::Unjudged => self.unjudged(),
            Event::Placed(crossing) => self.here.crossing = crossing,
            Event::Counted(figures) => self.figures = figures,
            Event::Enrolled(any) => self.enrolled(any),
            Event::Concerns(open) => self.concerns = open,
            Event::Concerned(open, done) => self.concerned(open, done, at.ms),
            Event::Clock(clock) => self.clock(clock, at.ms),
            Event::Chain(state) => self.chain(state),
            Event::ChainBegun(done) => self.chain_begun(done, at.ms),
            Event::ClockConfirmed(done) => self.clock_confirmed(done, at.ms),
            Event::Updated(done) => self.updated(done, at.ms),
            Event::Wanted(reply) => self.export(Some(reply), at.ms),
            Event::Exported(done) => self.exported(done, at.ms),
            Event::PinSet(done) => self.pin_set(done, at.ms),
            Event::SignedIn(done) => self.signed_in(done, at),
            // A terminal with a guard does not end because its pictures do.
            Event::Ended if self.settings.attended => self.camera(CameraState::NoFrame),
            Event::Ended => self.ended = true,
            Event::Tick => {}
        }
    }

    /// Ends what the time has ended.
    fn expire(&mut self, at: Moment) {
        let ms = at.ms;
        if self.notice.is_some_and(|(_, until)| ms >= until) {
            self.notice = None;
        }
        if self.ends().is_some_and(|end| ms >= end) {
            self.end(at);
        }
        if self.leaves().is_some_and(|end| ms >= end) {
            self.leave(at);
        }
        self.admission.take_if(|admission| ms >= admission.until);
    }

    /// Back to the camera, or to why there is none.
    fn home(&mut self) {
        self.state = self.health.out_of_order().map_or(State::Waiting, State::OutOfOrder);
    }

    /// Tells lamps and screen what changed.
    fn settle(&mut self) {
        let signal = match self.state.signal() {
            Signal::Waiting if !self.health.screen => Signal::Blank,
            signal => signal,
        };
        if self.signal != Some(signal) {
            self.signal = Some(signal);
            self.out.push(Action::Signal(signal));
        }
        let mut view = self.view();
        if self.view.as_ref() != Some(&view) {
            self.serial += 1;
            view.serial = self.serial;
            self.view = Some(view.clone());
            self.out.push(Action::Show(Box::new(view)));
        }
        if self.ended && self.is_settled() {
            self.ended = false;
            self.out.push(Action::Finish);
        }
    }

    /// Nothing is under way.
    const fn is_settled(&self) -> bool {
        !matches!(
            self.state,
            State::Starting
                | State::Judging(_)
                | State::Recording { .. }
                | State::Deciding { .. }
                | State::Updating
        )
    }

    fn notify(&mut self, notice: Notice, ms: u64) {
        self.notice = Some((notice, ms + NOTICE_MS));
    }

    fn tell(&mut self, told: Told) {
        self.out.push(Action::Tell(told));
    }

    fn remember(&mut self, crossing: CrossingView) {
        self.last.push_front(crossing);
        self.last.truncate(LAST);
    }
}

/// The name of a direction.
const fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Entry => "entry",
        Direction::Exit => "exit",
    }
}

/// Crossings at the edge of the screen.
const LAST: usize = 8;

/// How long a notice stays.
const NOTICE_MS: u64 = 4_000;

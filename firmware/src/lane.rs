//! A lane: one queue before one gate, with a machine, lamps, a relay and a screen of its own.
//!
//! A terminal has one or two of them and shares the rest: journal, lists, clock, officers, stick. What opens a gate
//! comes out of the journal into the lane that recorded the decision, stays in its private fields and leaves through its
//! own hands: nothing here or elsewhere can carry it to another lane.

use std::sync::Arc;
use std::sync::mpsc::Sender;

use permit_core::{Now, PermitId, TerminalFault, Trust};
use permit_journal::{Opening, Storage};
use tokio::sync::watch;

use crate::hands::Order;
use crate::hub::Shown;
use crate::keep::{Keeper, Trail};
use crate::machine::{
    Action, Asked, CameraState, Event, Judged, LaneNumber, Machine, Moment, Number, Told, Trouble,
    View,
};
use crate::record::{Entry, RecordFault};

pub use crate::post::{Letter, Post};

/// Where a lane's events are told.
pub type Tell = Box<dyn FnMut(Moment, &Told) + Send>;

/// A lane of a terminal.
pub struct Lane {
    number: LaneNumber,
    machine: Machine,
    /// Lamps, buzzer and relay of this lane.
    hands: Sender<Order>,
    /// The screen of this lane.
    shown: watch::Sender<Option<Arc<Shown>>>,
    tell: Tell,
    /// What was judged last: what the next entry is about.
    judged: Option<Judged>,
    /// What was wrong with the lane then.
    fault: Option<TerminalFault>,
    /// Which records its next decision and its gate are about.
    trail: Trail,
    /// What opens the gate, once.
    opening: Option<Opening>,
    /// The verdict that its screen shows.
    about: Option<Number>,
    /// What its screen says is not whole.
    troubles: Vec<Trouble>,
    /// Whether the camera gave frames, and since when it gives none.
    sight: (bool, Option<u64>),
    /// Its last picture was dealt with.
    finished: bool,
}

impl core::fmt::Debug for Lane {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Lane").field("number", &self.number).finish_non_exhaustive()
    }
}

impl Lane {
    /// A lane that has seen nothing yet.
    #[must_use]
    pub fn new(
        number: LaneNumber,
        machine: Machine,
        hands: Sender<Order>,
        shown: watch::Sender<Option<Arc<Shown>>>,
        tell: Tell,
    ) -> Self {
        Self {
            number,
            machine,
            hands,
            shown,
            tell,
            judged: None,
            fault: None,
            trail: Trail::default(),
            opening: None,
            about: None,
            troubles: Vec::new(),
            sight: (false, None),
            finished: false,
        }
    }

    /// Which one.
    #[must_use]
    pub const fn number(&self) -> LaneNumber {
        self.number
    }

    /// When its machine wants to be asked again at the latest.
    pub(crate) fn next_wake(&self) -> Option<u64> {
        self.machine.next_wake()
    }

    /// Takes an event of this lane; what is to be done.
    pub(crate) fn on(&mut self, event: Event, moment: Moment) -> Vec<Action> {
        if let Event::Camera(state) = event {
            let silent = state == CameraState::NoFrame && self.sight.0;
            self.sight.1 = silent.then_some(moment.ms);
            self.sight.0 |= state == CameraState::Good;
        }
        self.machine.on(event, moment)
    }

    /// What stands or stood here last, and what was wrong with the lane then.
    pub(crate) fn judged(&self) -> Option<(&Judged, Option<TerminalFault>)> {
        self.judged.as_ref().map(|judged| (judged, self.fault))
    }

    /// Whether what was judged here last is this permit.
    pub(crate) fn is_about(&self, permit: &PermitId) -> bool {
        self.judged.as_ref().is_some_and(|judged| match judged.asked {
            Asked::Number(id) => id == *permit,
            Asked::Text(_) => judged.judgement.permit.as_ref().is_some_and(|it| it.id == *permit),
        })
    }

    /// A judgement for this lane, and what was wrong with the lane.
    pub(crate) fn judge(&mut self, judged: Judged, fault: Option<TerminalFault>) {
        (self.judged, self.fault) = (Some(judged), fault);
    }

    /// Makes an entry of this lane durable. What it opens is this lane's gate.
    pub(crate) fn record<S: Storage>(
        &mut self,
        entry: &Entry,
        keeper: &mut Keeper<S>,
        trust: Option<&Trust<'_>>,
        now: &Now,
    ) -> Result<(), RecordFault> {
        self.opening = keeper.append(&mut self.trail, entry, self.judged.as_ref(), trust, now)?;
        Ok(())
    }

    /// Closes the relay for so many milliseconds, if a durable decision of this lane says so.
    pub(crate) fn pulse(&mut self, ms: u32) {
        match self.opening.take() {
            Some(opening) => self.send(Order::Pulse(opening, ms)),
            None => tracing::error!("a pulse without a durable decision is not given"),
        }
    }

    /// Lamps, buzzer, and a relay that opens; without an [`Opening`] none closes.
    pub(crate) fn order(&self, order: Order) {
        self.send(order);
    }

    /// Shows a view, and tells the buttons which verdict is in it.
    pub(crate) fn show(&mut self, view: View, trust: Option<&'static Trust<'static>>) {
        let about = view.verdict.as_ref().map(|verdict| verdict.number);
        if self.about != about {
            self.about = about;
            self.send(Order::About(about));
        }
        self.troubles.clone_from(&view.troubles);
        self.shown.send_replace(Some(Arc::new(Shown { view, trust })));
    }

    /// What its screen says is not whole, with its number where that is this lane's own.
    pub(crate) fn troubles(&self) -> impl Iterator<Item = (Trouble, Option<LaneNumber>)> {
        let of = |trouble: &Trouble| Some(self.number).filter(|_| trouble.is_of_a_lane());
        self.troubles.iter().map(move |trouble| (*trouble, of(trouble)))
    }

    /// Tells the record of events, and the journal what the gate did.
    pub(crate) fn told<S: Storage>(&mut self, told: &Told, keeper: &mut Keeper<S>, at: Moment) {
        if let Told::Gate { turned } = told
            && let Err(fault) = keeper.gate(&mut self.trail, *turned, &at.now)
        {
            tracing::error!(%fault, "what the gate did was not recorded");
        }
        (self.tell)(at, told);
    }

    /// Whether its camera gave frames once and is silent for too long.
    pub(crate) fn is_stuck(&self, ms: u64) -> bool {
        self.sight.1.is_some_and(|since| ms.saturating_sub(since) >= STUCK)
    }

    /// Its last picture was dealt with.
    pub(crate) const fn finish(&mut self) {
        self.finished = true;
    }

    /// Whether its last picture was dealt with.
    pub(crate) const fn is_finished(&self) -> bool {
        self.finished
    }

    fn send(&self, order: Order) {
        if self.hands.send(order).is_err() {
            tracing::error!("nobody moves lamps and relay any more");
        }
    }
}

/// A camera that is silent for so long is stuck, in milliseconds.
const STUCK: u64 = 30_000;

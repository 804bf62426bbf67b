//! The terminal: the machine with something to hold it to.
//!
//! One thread takes events, asks the machine and does what it wants in order: judge, record, show. It is the only one
//! that judges and the only one that writes, so that no verdict is older than the record it rests on. The relay moves
//! only for an [`Opening`], which only a durable decision gives.

use core::time::Duration;
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};

use permit_core::{Checkpoint, Verifier};
use permit_journal::{Opening, Storage};
use tokio::sync::watch;

use crate::clock::{self, Clock};
use crate::hands::Order;
use crate::hub::Shown;
use crate::keep::Keeper;
use crate::lists::Lists;
use crate::machine::{
    Action, Asked, CameraState, DiskState, Event, Judged, Machine, Moment, Reply, Told, UpdateFault,
};
use crate::officers::Officers;
use crate::rtc::Rtc;
use crate::selftest;
use crate::stick::Stick;

/// How a run ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum End {
    /// The last picture of a played source was dealt with, or nobody sends events any more.
    Finished,
    /// Somebody asked for it.
    Stopped,
    /// The camera gave frames once and is silent for too long: only a new process opens it again.
    Stuck,
    /// The lists in use do not have this crossing.
    NoCrossing,
}

/// Where a terminal's events are told.
pub type Tell = Box<dyn FnMut(Moment, &Told) + Send>;

/// Everything a terminal is made of.
pub struct Terminal<S> {
    /// Decides what is done.
    pub machine: Machine,
    /// What it judges by.
    pub lists: Lists,
    /// Where it stands.
    pub here: Checkpoint,
    /// The time.
    pub clock: Clock,
    /// The journal.
    pub keeper: Keeper<S>,
    /// Who may be on duty.
    pub officers: Officers,
    /// Where lists come from.
    pub stick: Stick,
    /// Lamps, buzzer and relay.
    pub hands: Sender<Order>,
    /// The battery clock, where one is asked.
    pub rtc: Option<Box<dyn Rtc>>,
    /// The screen.
    pub shown: watch::Sender<Option<Arc<Shown>>>,
    /// The record of events.
    pub tell: Tell,
    /// Whether somebody asked to stop.
    pub stopped: Box<dyn Fn() -> bool + Send>,
    /// Said once a second while everything that should live does.
    pub alive: Box<dyn FnMut() + Send>,
}

impl<S> core::fmt::Debug for Terminal<S> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Terminal").field("here", &self.here).finish_non_exhaustive()
    }
}

/// A terminal that runs.
struct Running<S> {
    parts: Terminal<S>,
    /// What was judged last: what the next entry is about.
    judged: Option<Judged>,
    /// What opens the gate, once.
    opening: Option<Opening>,
    queue: VecDeque<Event>,
    second: Option<u64>,
    /// The second from which the battery clock is asked again.
    ask: u64,
    /// Whether the camera gave frames, and since when it gives none.
    sight: (bool, Option<u64>),
    /// The battery clock stood still, or cannot say.
    stopped: bool,
    end: Option<End>,
}

impl<S: Storage> Terminal<S> {
    /// Tests itself, then takes events until the end.
    pub fn run(self, events: &Receiver<Event>) -> End {
        let mut running = Running {
            parts: self,
            judged: None,
            opening: None,
            queue: VecDeque::new(),
            second: None,
            ask: 0,
            sight: (false, None),
            stopped: false,
            end: None,
        };
        running.every_second();
        running.test();
        running.drain();
        loop {
            if let Some(end) = running.end {
                return end;
            }
            if (running.parts.stopped)() {
                return End::Stopped;
            }
            let event = match events.recv_timeout(running.patience()) {
                Ok(event) => event,
                Err(RecvTimeoutError::Timeout) => Event::Tick,
                Err(RecvTimeoutError::Disconnected) => return End::Finished,
            };
            running.queue.push_back(event);
            running.every_second();
            running.drain();
        }
    }
}

impl<S: Storage> Running<S> {
    /// Until the machine or the next second.
    fn patience(&self) -> Duration {
        let ms = self.parts.clock.ms();
        let second = 1_000 - ms % 1_000;
        let wake = self.parts.machine.next_wake().map(|at| at.saturating_sub(ms));
        Duration::from_millis(wake.map_or(second, |wake| wake.min(second)))
    }

    fn drain(&mut self) {
        while let Some(event) = self.queue.pop_front() {
            let moment = self.parts.clock.moment(self.stopped);
            if let Event::Camera(state) = event {
                let silent = state == CameraState::NoFrame && self.sight.0;
                self.sight.1 = silent.then_some(moment.ms);
                self.sight.0 |= state == CameraState::Good;
            }
            let actions = self.parts.machine.on(event, moment);
            // Answers go before whatever else waits.
            let later = core::mem::take(&mut self.queue);
            for action in actions {
                self.act(action, moment);
            }
            self.queue.extend(later);
        }
    }

    fn act(&mut self, action: Action, at: Moment) {
        match action {
            Action::Judge { asked, here, fault } => self.judge(asked, here, fault, at),
            Action::Append(entry) => {
                let parts = &mut self.parts;
                let done =
                    parts.keeper.append(&entry, self.judged.as_ref(), parts.lists.trust(), &at.now);
                if let (Ok(_), Some(time)) = (&done, entry.at) {
                    parts.clock.journalled(time);
                }
                let answer = match done {
                    Ok(opening) => {
                        self.opening = opening;
                        Ok(())
                    }
                    Err(fault) => {
                        tracing::error!(%fault, "an entry was not recorded");
                        Err(fault)
                    }
                };
                self.queue.push_back(Event::Recorded(entry, answer));
            }
            Action::Signal(signal) => self.order(Order::Signal(signal)),
            Action::Pulse(ms) => match self.opening.take() {
                Some(_opening) => self.order(Order::Pulse(ms)),
                None => tracing::error!("a pulse without a durable decision is not given"),
            },
            Action::Release => self.order(Order::Release),
            Action::Illuminate(on) => self.order(Order::Illuminate(on)),
            Action::Show(view) => {
                self.parts.keeper.troubled(&view.troubles, &at.now);
                let shown = Shown { view: *view, trust: self.parts.lists.trust() };
                self.parts.shown.send_replace(Some(Arc::new(shown)));
            }
            Action::Tell(told) => self.told(&told, at),
            Action::CheckPin { officer, pin } => {
                let done = self.parts.officers.check(officer, &pin, at.ms);
                self.queue.push_back(Event::SignedIn(done));
            }
            Action::Shift { officer, on } => {
                let shift = permit_journal::Event::Shift { officer, on };
                if let Err(fault) = self.parts.keeper.note(shift, &at.now) {
                    tracing::error!(%fault, "a shift was not recorded");
                }
            }
            Action::Update => self.update(at),
            Action::Export(reply) => self.export(reply, at),
            Action::SelfTest => self.test(),
            Action::ConfirmClock => self.parts.clock.confirm(),
            Action::Finish => self.end = Some(End::Finished),
        }
    }

    fn judge(
        &mut self,
        asked: Asked,
        here: Checkpoint,
        fault: Option<permit_core::TerminalFault>,
        at: Moment,
    ) {
        let Ok(verifier) = Verifier::new(self.parts.lists.trust(), here) else {
            self.end = Some(End::NoCrossing);
            return;
        };
        let (verifier, ledger) = (verifier.with_fault(fault), &self.parts.keeper);
        let judgement = match &asked {
            Asked::Text(text) => verifier.verify(text, ledger, &at.now),
            Asked::Number(id) => verifier.look_up(id, ledger, &at.now),
        };
        let judged = Judged { asked, here, judgement };
        self.judged = Some(judged.clone());
        self.queue.push_back(Event::Judged(Box::new(judged)));
    }

    fn told(&mut self, told: &Told, at: Moment) {
        if let Told::Gate { turned } = told
            && let Err(fault) = self.parts.keeper.gate(*turned, &at.now)
        {
            tracing::error!(%fault, "what the gate did was not recorded");
        }
        (self.parts.tell)(at, told);
    }

    fn order(&self, order: Order) {
        if self.parts.hands.send(order).is_err() {
            tracing::error!("nobody moves lamps and relay any more");
        }
    }

    fn update(&mut self, at: Moment) {
        let parts = &mut self.parts;
        let done = parts.stick.take(&parts.lists, parts.here, at.now.certain());
        let offered =
            parts.keeper.offered(done.as_ref().map(Lists::trust).map_err(|why| *why), &at.now);
        if let Err(fault) = offered {
            tracing::error!(%fault, "an update was not recorded");
        }
        let done = done.map(|lists| {
            parts.lists = lists;
            parts.clock.accepted(lists.trust().newest());
            parts.keeper.hear(lists.trust());
        });
        self.queue.push_back(Event::Updated(done));
        self.second = None;
        self.every_second();
    }

    fn export(&mut self, reply: Option<Reply>, at: Moment) {
        let parts = &self.parts;
        let done = match (parts.keeper.export(&at.now), reply) {
            (Err(_), _) => Err(UpdateFault::Unwritable),
            (Ok(export), Some(reply)) => {
                reply.give(export).then_some(()).ok_or(UpdateFault::Nothing)
            }
            (Ok(export), None) => parts.stick.give(&parts.keeper.export_name(), &export),
        };
        tracing::info!(given = done.is_ok(), "an export was asked for");
        self.queue.push_back(Event::Exported(done));
    }

    fn test(&mut self) {
        let moment = self.parts.clock.moment(self.stopped);
        let lists = self.parts.lists.view(&moment.now);
        let trusted = moment.now.distrust(lists.demo).is_none();
        let parts = selftest::run(&selftest::Known {
            clock: trusted,
            disk: self.disk() == DiskState::Good,
            journal: self.parts.keeper.is_whole(),
            lists: !lists.expired && lists.days != [None, None],
        });
        self.queue.push_back(Event::Tested(parts));
    }

    /// What changes by itself is looked at once a second.
    fn every_second(&mut self) {
        let second = self.parts.clock.ms() / 1_000;
        if self.second.replace(second) == Some(second) {
            return;
        }
        // First, so that no moment is believed that it speaks against.
        self.ask_rtc(second);
        let moment = self.parts.clock.moment(self.stopped);
        let trust = self.parts.lists.trust();
        let crossing = trust.zone().crossing(self.parts.here.crossing);
        let clock = clock::view(&moment.now, crossing.as_ref(), trust.is_demo());
        let lists = self.parts.lists.view(&moment.now);
        let disk = self.disk();
        if let Err(fault) = self.parts.keeper.tend(&moment.now, second) {
            tracing::warn!(%fault, "the journal was not tended");
        }
        self.queue.extend([Event::Clock(clock), Event::Lists(lists), Event::Disk(disk)]);
        if self.sight.1.is_some_and(|since| moment.ms.saturating_sub(since) >= STUCK) {
            tracing::error!("the camera is stuck");
            self.end = Some(End::Stuck);
        }
        (self.parts.alive)();
    }

    /// The battery clock is asked at the start, however long that took, and once a minute.
    fn ask_rtc(&mut self, second: u64) {
        let Some(rtc) = self.parts.rtc.as_mut().filter(|_| second >= self.ask) else { return };
        self.ask = second + MINUTE;
        let said = rtc.read();
        if said.stopped && !self.stopped {
            tracing::error!("the battery clock stood still");
        }
        self.stopped = said.stopped;
        if let Some(time) = said.time.filter(|_| rtc.leads()) {
            self.parts.clock.lead(time);
        }
    }

    fn disk(&self) -> DiskState {
        match self.parts.keeper.free() {
            Err(_) => DiskState::Failing,
            Ok(free) if free < FULL => DiskState::Full,
            Ok(free) if free < LOW => DiskState::Low,
            Ok(_) => DiskState::Good,
        }
    }
}

/// Seconds between questions to the battery clock.
const MINUTE: u64 = 60;
/// A camera that is silent for so long is stuck, in milliseconds.
const STUCK: u64 = 30_000;
/// Bytes below which nothing is green any more.
const FULL: u64 = 1 << 20;
/// Bytes below which somebody should see to it.
const LOW: u64 = 32 << 20;

#[cfg(test)]
mod tests;

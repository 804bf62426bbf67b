//! The terminal: the machine with something to hold it to.
//!
//! One thread takes the events of every lane, asks that lane's machine and does what it wants in order: judge, record,
//! show. It is the only one that judges and the only one that writes, so that no verdict is older than the record it
//! rests on, whichever lane that is of. Whoever is decided on in one lane is judged again in the other before anything
//! else happens there. A relay moves only for what a durable decision of its own [`Lane`] gives.

mod clerks;

use core::time::Duration;
use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;
use std::sync::mpsc::RecvTimeoutError;

use permit_core::{Checkpoint, Judgement, Now, TerminalFault, UnixTime, Verifier};
use permit_journal::Storage;

use crate::clerk::Clerk;
use crate::clock::{self, Clock};
use crate::hands::Order;
use crate::keep::Keeper;
use crate::lane::Lane;
use crate::lists::{Basis, Lists, Spot};
use crate::machine::{
    Action, Asked, Concern, DiskState, Event, Judged, Lack, LaneNumber, ListsView, Moment, Passed,
    PinFault, Reply, SignInFault, Trouble, UpdateFault,
};
use crate::officers::{Officers, Roll};
use crate::post::{Letter, Letters};
use crate::record::{Decision, Entry, RecordFault};
use crate::rtc::Rtc;
use crate::selftest;
use crate::stick::Stick;

use self::clerks::{Clerks, Offer, Tried, Try};

/// How a run ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum End {
    /// The last picture of a played source was dealt with, or nobody sends events any more.
    Finished,
    /// Somebody asked for it.
    Stopped,
    /// Every lane's camera gave frames once and is silent for too long: only a new process opens it again.
    Stuck,
}

/// Everything a terminal is made of.
pub struct Terminal<S> {
    /// Its lanes, each once.
    pub lanes: Vec<Lane>,
    /// What it judges by, and by which root others are accepted.
    pub basis: Basis,
    /// What was passed over for them at the start.
    pub passed: Passed,
    /// Where it stands; which way is for each lane's machine to know.
    pub here: Checkpoint,
    /// The same as it was told: lists that do not have it are not taken.
    pub spot: Spot,
    /// What was found broken at the start, besides what the journal's keeper found.
    pub broken: Vec<Trouble>,
    /// The time.
    pub clock: Clock,
    /// The journal.
    pub keeper: Keeper<S>,
    /// Who may be on duty.
    pub officers: Officers,
    /// Where lists come from.
    pub stick: Stick,
    /// The battery clock, where one is asked.
    pub rtc: Option<Box<dyn Rtc>>,
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

impl<S: Storage> Terminal<S> {
    /// Two officers said what time it is: it is gone by once that is recorded.
    fn set_clock(&mut self, officers: [u16; 2], to: UnixTime, stopped: bool) -> bool {
        let before = self.clock.clone();
        self.clock.set(to);
        let at = self.clock.moment(stopped);
        let done = self.confirm_clock(officers, stopped, at);
        if !done {
            self.clock = before;
        }
        done
    }

    /// Two officers are believed once that is recorded, by the time that they confirmed.
    fn confirm_clock(&mut self, officers: [u16; 2], stopped: bool, at: Moment) -> bool {
        let before = self.clock.clone();
        let (word, why) = (self.clock.confirm(), at.now.doubt(true));
        let now = self.clock.moment(stopped).now;
        let done =
            word.is_some_and(|word| self.keeper.confirmed(officers, why, &word, &now).is_ok());
        if !done {
            tracing::error!("the clock was not confirmed");
            self.clock = before;
        }
        done
    }
}

/// A terminal that runs.
struct Running<S> {
    parts: Terminal<S>,
    queue: VecDeque<Letter>,
    second: Option<u64>,
    /// The second from which the battery clock is asked again.
    ask: u64,
    /// The second from which room for the next night is looked for again.
    refill: u64,
    /// The battery clock stood still, or cannot say.
    stopped: bool,
    end: Option<End>,
    clerks: Clerks,
    /// Lists are being looked at.
    offered: bool,
    /// It is looked whether somebody was enrolled.
    looking: bool,
    roll: Roll,
    /// What was told of broken files.
    broken: Option<Vec<Trouble>>,
    /// Records of the journal when what it counts was told.
    counted: Option<u64>,
}

impl<S: Storage> Terminal<S> {
    /// Tests itself, then takes events until the end.
    pub fn run(mut self, events: &Letters) -> End {
        let officers = core::mem::take(&mut self.officers);
        let mut running = Running {
            roll: officers.roll(),
            looking: false,
            broken: None,
            counted: None,
            clerks: Clerks::begin(officers, self.clock.start(), &events.bell()),
            offered: false,
            parts: self,
            queue: VecDeque::new(),
            second: None,
            ask: 0,
            refill: 0,
            stopped: false,
            end: None,
        };
        running.every_second();
        running.numbers().into_iter().for_each(|lane| running.test(lane));
        running.drain();
        loop {
            if let Some(end) = running.end {
                return end;
            }
            if (running.parts.stopped)() {
                return End::Stopped;
            }
            match events.recv_timeout(running.patience()) {
                Ok(letter) => running.queue.push_back(letter),
                Err(RecvTimeoutError::Timeout) => running.tell_all(&Event::Tick),
                Err(RecvTimeoutError::Disconnected) => return End::Finished,
            }
            running.answers();
            running.every_second();
            running.drain();
        }
    }
}

impl<S> Terminal<S> {
    /// How old the lists are, what was passed over for them, and why nobody can be judged.
    fn lists(&self, now: &Now) -> ListsView {
        let lack = match (self.basis.trust(), self.basis.anchor) {
            (None, None) => Some(Lack::Root),
            (None, Some(_)) => Some(Lack::Lists),
            (Some(trust), _) => {
                let here = trust.zone().crossing(self.here.crossing);
                here.is_none().then_some(Lack::Crossing)
            }
        };
        let view = self.basis.before.map_or_else(ListsView::default, |lists| lists.view(now));
        ListsView { passed: self.passed, lack, ..view }
    }

    /// Which crossing is meant, by the lists in use, if that is news.
    fn place(&mut self) -> Option<u16> {
        let number = self.spot.of(self.basis.trust()?.zone())?.number;
        let before = core::mem::replace(&mut self.here.crossing, number);
        (before != number).then_some(number)
    }
}

impl<S: Storage> Running<S> {
    /// Until the machine or the next second.
    fn patience(&self) -> Duration {
        let ms = self.parts.clock.ms();
        let second = 1_000 - ms % 1_000;
        let wake = self.parts.lanes.iter().filter_map(Lane::next_wake).min();
        let wake = wake.map(|at| at.saturating_sub(ms));
        Duration::from_millis(wake.map_or(second, |wake| wake.min(second)))
    }

    fn drain(&mut self) {
        while let Some((number, event)) = self.queue.pop_front() {
            let moment = self.parts.clock.moment(self.stopped);
            let Some(lane) = lane(&mut self.parts.lanes, number) else { continue };
            let actions = lane.on(event, moment);
            // Answers go before whatever else waits.
            let later = core::mem::take(&mut self.queue);
            for action in actions {
                self.act(number, action, moment);
            }
            self.queue.extend(later);
        }
    }

    fn act(&mut self, number: LaneNumber, action: Action, at: Moment) {
        let parts = &mut self.parts;
        let Some(lane) = lane(&mut parts.lanes, number) else { return };
        let mut answer = |event| self.queue.push_back((number, event));
        match action {
            Action::Judge { asked, here, fault } => self.judge(number, asked, here, fault, at),
            Action::Append(entry) => self.append(number, entry, at),
            Action::Signal(signal) => lane.order(Order::Signal(signal)),
            Action::Pulse(ms) => lane.pulse(ms),
            Action::Release => lane.order(Order::Release),
            Action::Illuminate(on) => lane.order(Order::Illuminate(on)),
            Action::Show(view) => {
                lane.show(*view, parts.basis.trust());
                troubled(parts, at);
            }
            Action::Tell(told) => lane.told(&told, &mut parts.keeper, at),
            Action::CheckPin { officer, pin } => {
                self.pin(number, Try::Check(officer, pin, at.now.earliest()));
            }
            Action::Appoint { by, officer, pin, role } => {
                self.pin(number, Try::Appoint { by, officer, pin, role });
            }
            Action::ChangePin { officer, old, new } => {
                self.pin(number, Try::Change { officer, old, new, at: latest(&at.now) });
            }
            Action::Shift { officer, on } => parts.keeper.shift(officer, on, &at.now),
            Action::Concern { what, open, officer } => {
                let noted = permit_journal::Event::Concern { what: what.0, open, officer };
                answer(Event::Concerned(open, parts.keeper.note(noted, &at.now)));
                self.second = None;
            }
            Action::Update => self.offer(number, None, at),
            Action::Take(Ok(bundle)) => self.offer(number, Some(bundle), at),
            Action::Take(Err(why)) => self.updated(number, Err(why), at),
            Action::Export(reply) => answer(Event::Exported(export(parts, reply, at))),
            Action::SelfTest => self.test(number),
            Action::VouchClock(officer) => parts.keeper.vouched(officer, &at.now),
            Action::NewChain { first, second } => {
                let done = parts.keeper.renew([first, second], &at.now).is_ok();
                answer(Event::ChainBegun(done));
                self.second = None;
            }
            Action::SetClock { first, second, to } => {
                let done = parts.set_clock([first, second], to, self.stopped);
                self.clock_said(number, done);
            }
            Action::ConfirmClock { first, second } => {
                let done = parts.confirm_clock([first, second], self.stopped, at);
                self.clock_said(number, done);
            }
            Action::Finish => {
                lane.finish();
                if parts.lanes.iter().all(Lane::is_finished) {
                    self.end = Some(End::Finished);
                }
            }
        }
    }

    fn judge(
        &mut self,
        number: LaneNumber,
        asked: Asked,
        here: Checkpoint,
        fault: Option<TerminalFault>,
        at: Moment,
    ) {
        let parts = &mut self.parts;
        let Some(judgement) = judgement(parts, &asked, here, fault, at) else {
            self.queue.push_back((number, Event::Unjudged));
            return;
        };
        let judged = Judged { asked, here, judgement };
        if let Some(lane) = lane(&mut parts.lanes, number) {
            lane.judge(judged.clone(), fault);
        }
        self.queue.push_back((number, Event::Judged(Box::new(judged))));
    }

    fn append(&mut self, number: LaneNumber, entry: Entry, at: Moment) {
        let parts = &mut self.parts;
        let Some(lane) = lane(&mut parts.lanes, number) else { return };
        let done = lane.record(&entry, &mut parts.keeper, parts.basis.trust(), &at.now);
        match (done, entry.at) {
            (Ok(()), Some(time)) => parts.clock.journalled(time),
            (Ok(()), None) => {}
            (Err(fault), _) => tracing::error!(%fault, "an entry was not recorded"),
        }
        let counts = entry.decision.filter(|it| done.is_ok() && *it != Decision::NotDecided);
        let decided = entry.permit.zip(counts);
        self.queue.push_back((number, Event::Recorded(entry, done)));
        let kept = Event::Kept(!done.is_err_and(RecordFault::is_broken));
        let others = self.numbers().into_iter().filter(|other| *other != number);
        self.queue.extend(others.map(|other| (other, kept.clone())));
        if let Some((permit, decision)) = decided {
            // Whoever did not pass may stand here again.
            let own = decision == Decision::Undone;
            self.look_again(at, |lane| (own || lane.number() != number) && lane.is_about(&permit));
        }
    }

    /// Where the answer would be another one by now, the machine is told so.
    fn look_again(&mut self, at: Moment, which: impl Fn(&Lane) -> bool) {
        for lane in self.parts.lanes.iter().filter(|lane| which(lane)) {
            let Some((judged, fault)) = lane.judged() else { continue };
            let Judged { asked, here, judgement: before } = judged;
            let now = judgement(&self.parts, asked, *here, fault, at);
            if now.is_none_or(|now| now.verdict != before.verdict || now.also != before.also) {
                self.queue.push_back((lane.number(), Event::Changed));
            }
        }
    }

    /// The same event in every lane.
    fn tell_all(&mut self, event: &Event) {
        let lanes = self.numbers().into_iter();
        self.queue.extend(lanes.map(|lane| (lane, event.clone())));
    }

    fn numbers(&self) -> Vec<LaneNumber> {
        self.parts.lanes.iter().map(Lane::number).collect()
    }

    /// What came of the work beside the loop.
    fn answers(&mut self) {
        while let Some((lane, done)) = self.clerks.pins.as_ref().and_then(Clerk::done) {
            match done {
                Tried::Signed(done) => self.queue.push_back((lane, Event::SignedIn(done))),
                Tried::Set(done) => {
                    let done = done.and_then(|(officer, by)| self.enrolled(officer, by));
                    self.queue.push_back((lane, Event::PinSet(done)));
                }
                Tried::Looked => self.looking = false,
            }
        }
        while let Some((lane, done)) = self.clerks.lists.as_ref().and_then(Clerk::done) {
            self.offered = false;
            let moment = self.parts.clock.moment(self.stopped);
            self.updated(lane, done, moment);
        }
    }

    /// Has a PIN looked at or set, unless too much waits already.
    fn pin(&mut self, number: LaneNumber, asked: Try) {
        let busy = match asked {
            Try::Check(..) | Try::Look => Event::SignedIn(Err(SignInFault::Busy)),
            Try::Appoint { .. } | Try::Change { .. } => Event::PinSet(Err(PinFault::Busy)),
        };
        if !self.clerks.try_pin(number, asked) {
            self.queue.push_back((number, busy));
        }
    }

    /// Two officers spoke of the clock, and that is in use, or is not.
    fn clock_said(&mut self, number: LaneNumber, done: bool) {
        self.queue.push_back((number, Event::ClockConfirmed(done)));
        self.second = None;
    }

    /// Somebody's PIN was set: that is on record. What is written already stays, so that it is said where it is not.
    fn enrolled(&mut self, officer: u16, by: u16) -> Result<(), PinFault> {
        let moment = self.parts.clock.moment(self.stopped);
        let noted = permit_journal::Event::Enrolled { officer, by };
        self.parts.keeper.note(noted, &moment.now).map_err(|fault| {
            tracing::error!(%fault, "an enrolment was not recorded");
            PinFault::Unwritable
        })
    }

    /// Has lists opened, those of a stick or these: meanwhile everybody is judged by the old ones.
    fn offer(&mut self, number: LaneNumber, bundle: Option<Vec<u8>>, at: Moment) {
        let parts = &self.parts;
        let offer = Offer {
            stick: parts.stick.clone(),
            bundle,
            basis: parts.basis,
            spot: parts.spot.clone(),
            now: at.now.certain(),
        };
        // One at a time, until what came of it is in use: it is what the next is held against.
        let lists = self.clerks.lists.as_ref().filter(|_| !self.offered);
        if lists.is_some_and(|lists| lists.give(number, offer).is_ok()) {
            self.offered = true;
        } else {
            self.queue.push_back((number, Event::Updated(Err(UpdateFault::Busy))));
        }
    }

    /// What came of lists that were offered. Those that are in use already leave no record.
    fn updated(
        &mut self,
        number: LaneNumber,
        done: Result<Option<Lists>, UpdateFault>,
        at: Moment,
    ) {
        let done = match done {
            Ok(None) => {
                self.queue.push_back((number, Event::Updated(Ok(()))));
                return;
            }
            Ok(Some(lists)) => Ok(lists),
            Err(why) => Err(why),
        };
        let parts = &mut self.parts;
        let offered = done.as_ref().map(Lists::trust).map_err(|why| *why);
        if let Err(fault) = parts.keeper.offered(offered, at.ms, &at.now) {
            tracing::error!(%fault, "an update was not recorded");
        }
        let done = done.map(|lists| {
            parts.basis.before = Some(lists);
            parts.passed = Passed::default();
            parts.clock.accepted(lists.trust());
            parts.keeper.hear(lists.trust(), &at.now);
        });
        let taken = done.is_ok();
        if let Some(number) = parts.place() {
            self.tell_all(&Event::Placed(number));
        }
        self.queue.push_back((number, Event::Updated(done)));
        (self.second, self.counted) = (None, None);
        self.every_second();
        if taken {
            self.look_again(at, |_| true);
        }
    }

    fn test(&mut self, number: LaneNumber) {
        let moment = self.parts.clock.moment(self.stopped);
        let lists = self.parts.lists(&moment.now);
        let trusted = moment.now.distrust(lists.demo).is_none();
        let parts = selftest::run(&selftest::Known {
            clock: trusted,
            disk: self.disk() == DiskState::Good,
            journal: self.parts.keeper.is_whole(),
            lists: !lists.expired && lists.days != [None, None],
        });
        self.queue.push_back((number, Event::Tested(parts)));
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
        let lists = self.parts.lists(&moment.now);
        let crossing =
            self.parts.basis.trust().and_then(|it| it.zone().crossing(self.parts.here.crossing));
        let clock = clock::view(&moment.now, crossing.as_ref(), lists.demo);
        let disk = self.disk();
        if let Err(fault) = self.parts.keeper.tend(&moment.now, second) {
            tracing::warn!(%fault, "the journal was not tended");
        }
        let enrolled = Event::Enrolled(self.roll.is_any());
        let kept = Event::Kept(self.parts.keeper.journal().fault() != Some(TerminalFault::Journal));
        let chain = Event::Chain(self.parts.keeper.chain());
        let open = Event::Concerns(self.parts.keeper.journal().concerns().map(Concern).collect());
        [enrolled, kept, chain, open, Event::Clock(clock), Event::Lists(lists), Event::Disk(disk)]
            .iter()
            .for_each(|event| self.tell_all(event));
        self.look_after(second);
        self.count();
        // One lane that sees is not stopped for another that does not.
        if self.parts.lanes.iter().all(|lane| lane.is_stuck(moment.ms)) {
            tracing::error!("every camera is stuck");
            self.end = Some(End::Stuck);
        }
        (self.parts.alive)();
    }

    /// What the journal counts is told when it has more records, or the lists say anew who is away.
    fn count(&mut self) {
        let records = self.parts.keeper.journal().counts().records;
        if self.counted.replace(records) != Some(records) {
            self.tell_all(&Event::Counted(Arc::new(self.parts.keeper.figures())));
        }
    }

    /// What is broken of the terminal's own files, and whether somebody was enrolled.
    fn look_after(&mut self, second: u64) {
        let lost = self.roll.is_lost().then_some(Trouble::OfficersLost);
        let mut broken = self.parts.keeper.broken();
        broken.extend(self.parts.broken.iter().copied().chain(lost));
        if self.broken.as_ref() != Some(&broken) {
            self.tell_all(&Event::Broken(broken.clone()));
            self.broken = Some(broken);
        }
        if second >= self.refill {
            self.refill = second + REFILL;
            self.parts.keeper.replenish();
        }
        let pins = self.clerks.pins.as_ref().filter(|_| !self.looking);
        self.looking |= pins.is_some_and(|pins| pins.give(LaneNumber::First, Try::Look).is_ok());
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
            Ok(_) if self.parts.keeper.is_spent() => DiskState::Full,
            Ok(free) if free < FULL => DiskState::Full,
            Ok(free) if free < LOW => DiskState::Low,
            Ok(_) => DiskState::Good,
        }
    }
}

/// What is not whole in any lane goes to the journal; of which lane, where there are two.
fn troubled<S: Storage>(parts: &mut Terminal<S>, at: Moment) {
    let two = parts.lanes.len() > 1;
    let all = parts.lanes.iter().flat_map(Lane::troubles);
    let all: BTreeSet<_> = all.map(|(trouble, lane)| (trouble, lane.filter(|_| two))).collect();
    parts.keeper.troubled(&Vec::from_iter(all), &at.now);
}

/// What is said of this by now; none where the lists do not have this crossing.
fn judgement<S: Storage>(
    parts: &Terminal<S>,
    asked: &Asked,
    here: Checkpoint,
    fault: Option<TerminalFault>,
    at: Moment,
) -> Option<Judgement> {
    let verifier = Verifier::new(parts.basis.trust()?, here).ok()?.with_fault(fault);
    Some(match asked {
        Asked::Text(text) => verifier.verify(text, &parts.keeper, &at.now),
        Asked::Number(id) => verifier.look_up(id, &parts.keeper, &at.now),
    })
}

fn export<S: Storage>(
    parts: &Terminal<S>,
    reply: Option<Reply>,
    at: Moment,
) -> Result<(), UpdateFault> {
    let newest = reply.as_ref().is_some_and(|it| it.newest);
    let after =
        parts.basis.trust().filter(|_| newest).and_then(|it| parts.keeper.countersigned(it));
    let done = match (parts.keeper.export(after, &at.now), reply) {
        (Err(_), _) => Err(UpdateFault::Unwritable),
        (Ok(export), Some(reply)) => reply.give(export).then_some(()).ok_or(UpdateFault::Nothing),
        (Ok(export), None) => parts.stick.give(&parts.keeper.export_name(), &export),
    };
    tracing::info!(given = done.is_ok(), "an export was asked for");
    done
}

/// The latest that it can be by the clock and by what is proven.
fn latest(now: &Now) -> UnixTime {
    now.clock().map_or(now.earliest(), |clock| clock.max(now.earliest()))
}

fn lane(lanes: &mut [Lane], number: LaneNumber) -> Option<&mut Lane> {
    lanes.iter_mut().find(|lane| lane.number() == number)
}

/// Seconds between looks whether there is room for the next night again: until then nothing is green.
const REFILL: u64 = 5;
/// Seconds between questions to the battery clock.
const MINUTE: u64 = 60;
/// Bytes below which nothing is green any more.
const FULL: u64 = 1 << 20;
/// Bytes below which somebody should see to it.
const LOW: u64 = 32 << 20;

#[cfg(test)]
mod tests;

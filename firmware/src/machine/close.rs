//! How a verdict ends that nobody decided on, and how an admission is taken back.
//!
//! Both leave an entry of their own. A verdict stands until somebody acts or another permit comes; one that nobody
//! attends to is closed, so that no name and no choice is left to whoever passes by.

use permit_core::UnixTime;

use crate::record::{Decision, Entry, RecordFault};

use super::Machine;
use super::action::{Action, Told};
use super::event::{Asked, Moment, Source};
use super::number::Number;
use super::state::{Decided, State, entry};
use super::view::{Class, GateState, Notice, UndoView};

/// The last admission, as long as it can be taken back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Admission {
    /// The verdict that was decided on.
    pub(super) number: Number,
    entry: Entry,
    /// Until when, by the clock that never jumps and by the wall clock.
    pub(super) until: u64,
    clock: Option<UnixTime>,
}

impl Admission {
    pub(super) fn view(&self) -> UndoView {
        UndoView { about: self.number, until: self.clock.map(|at| at.0) }
    }
}

impl Machine {
    /// When the state ends by itself.
    pub(super) fn ends(&self) -> Option<u64> {
        match &self.state {
            State::Looking { at, .. } => Some(at + self.settings.linger_ms),
            State::Verdict(standing) => self.closes(standing.since),
            State::Decision(Decided { gate: GateState::Shut, until, .. }) => self.closes(*until),
            State::Decision(decided) => Some(decided.until),
            State::Gathering(gathering) => Some(gathering.ends(self.settings.gather_ms)),
            _ => None,
        }
    }

    /// When what began then is closed for want of a hand.
    fn closes(&self, since: u64) -> Option<u64> {
        let patience = self.settings.attended.then_some(self.settings.unattended_ms)?;
        Some(since.max(self.busy).saturating_add(patience))
    }

    /// Ends the state that the time has ended.
    pub(super) fn end(&mut self, at: Moment) {
        match &self.state {
            State::Verdict(standing) => {
                // What still lies there has had its verdict, however badly it is seen meanwhile.
                if let (Asked::Text(text), Source::Camera) =
                    (&standing.judged.asked, standing.source)
                {
                    self.held.quieten(text);
                }
                self.not_decided(None, at);
                self.notice = Some((Notice::NotDecided, u64::MAX));
                self.home();
            }
            State::Decision(decided) if decided.gate == GateState::Open => self.not_turned(at.ms),
            State::Gathering(_) => self.give_up(at.ms),
            _ => self.home(),
        }
    }

    /// The verdict that stands is left undecided: by somebody's hand, or by nobody's.
    pub(super) fn not_decided(&mut self, officer: Option<u16>, at: Moment) {
        let State::Verdict(standing) = &self.state else { return };
        if standing.class() == Class::NotAPermit || !self.settings.attended {
            return;
        }
        let decision = Some(Decision::NotDecided);
        let about = entry(Some(&standing.judged), self.here);
        self.out.push(Action::Append(Entry { at: at.now.certain(), decision, officer, ..about }));
    }

    /// That a verdict was left undecided is on the disk, or is not.
    pub(super) fn left(&mut self, entry: &Entry, done: Result<(), RecordFault>) {
        self.heard(done);
        if let (Ok(()), Some(code)) = (done, entry.code) {
            self.count_decision(Decision::NotDecided);
            self.tell(Told::Decision { decision: Decision::NotDecided, code });
            let mut last = self.last.iter_mut();
            if let Some(last) = last.find(|it| it.decision.is_none() && it.code == entry.code) {
                last.decision = Some(Decision::NotDecided);
            }
        }
    }

    /// An admission can be taken back for a while, any other decision ends that.
    pub(super) fn admitted(&mut self, number: Option<Number>, entry: &Entry, at: Moment) {
        let wait = self.settings.undo_ms;
        let after = |clock: UnixTime| UnixTime(clock.0.saturating_add_unsigned(wait / 1_000));
        let is = entry.decision == Some(Decision::Admitted) && wait > 0;
        self.admission = number.filter(|_| is).map(|number| Admission {
            number,
            entry: entry.clone(),
            until: at.ms.saturating_add(wait),
            clock: at.now.clock().map(after),
        });
    }

    /// Nobody went through after all, an officer says.
    pub(super) fn undo(&mut self, about: Number, at: Moment) {
        let Some(officer) = self.officer() else {
            self.notify(Notice::NeedsOfficer, at.ms);
            return;
        };
        let Some(admission) = self.admission.as_ref().filter(|it| it.number == about) else {
            self.notify(Notice::NotUndone, at.ms);
            return;
        };
        let entry = Entry {
            at: at.now.certain(),
            decision: Some(Decision::Undone),
            officer: Some(officer),
            ..admission.entry.clone()
        };
        if matches!(&self.state, State::Decision(decided) if decided.gate == GateState::Open) {
            self.out.push(Action::Release);
        }
        self.out.push(Action::Append(entry));
    }

    /// That an admission was taken back is on the disk, or is not.
    pub(super) fn undone(&mut self, entry: &Entry, done: Result<(), RecordFault>, ms: u64) {
        self.heard(done);
        if done.is_err() {
            self.notify(Notice::NotUndone, ms);
            return;
        }
        self.count_decision(Decision::Undone);
        let admission = self.admission.take();
        if let Some(code) = entry.code {
            self.tell(Told::Decision { decision: Decision::Undone, code });
        }
        let mut last = self.last.iter_mut();
        if let Some(last) = last.find(|last| last.decision == Some(Decision::Admitted)) {
            last.decision = Some(Decision::Undone);
        }
        if matches!(self.state, State::Decision(_))
            && self.state.number() == admission.map(|it| it.number)
        {
            self.home();
        }
        self.notify(Notice::Undone, ms);
    }

    /// What an answer says of the journal; that nobody answers for an entry says nothing of it.
    pub(super) const fn heard(&mut self, done: Result<(), RecordFault>) {
        match done {
            Ok(()) => self.health.journal = true,
            Err(fault) if fault.is_broken() => self.health.journal = false,
            Err(_) => {}
        }
    }
}

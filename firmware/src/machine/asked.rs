//! What the guard decides and asks for.
//!
//! A verdict is about a permit; here a person decides about a person. Help is always possible and stops for nothing, a
//! gate moves only once the decision is on disk.

use permit_core::Direction;

use crate::record::{Decision, Entry, RecordFault};

use super::action::{Action, Told};
use super::edge::CrossingView;
use super::event::{
    Asked, Button, Command, Grounds, Moment, Reply, SignInFault, Source, UpdateFault,
};
use super::state::{Decided, Standing, State, entry};
use super::view::{Choice, Class, GateState, Notice, seconds};
use super::{Machine, direction};

impl Machine {
    pub(super) fn asked(&mut self, command: Command, at: Moment) {
        match command {
            Command::Admit { grounds } => self.decide(Decision::Admitted, grounds, at),
            Command::TurnBack => self.decide(Decision::TurnedBack, None, at),
            Command::Assist => self.assist(at),
            Command::Dismiss => self.dismiss(at.ms),
            Command::SwitchDirection => self.switch(at.ms),
            Command::Press { button } => self.pressed(button, at),
            Command::Language { lang } => self.modes.lang = lang,
            Command::Night { on } => self.modes.night = on,
            Command::Large { on } => self.modes.large = on,
            Command::HideNames { on } => self.modes.hide_names = on,
            Command::Illuminate { on } => {
                self.illuminated = on;
                self.out.push(Action::Illuminate(on));
            }
            Command::Number { number } => self.number(&number, at.ms),
            Command::Scan { text } => self.scanned(text.into_bytes(), at.ms),
            Command::SignIn { officer, pin } => {
                // From here on nothing is done in the name of whoever was on duty, right PIN or not.
                self.relieve();
                self.out.push(Action::CheckPin { officer, pin });
            }
            Command::SignOut => self.relieve(),
            Command::Update => self.begin(State::Updating, Action::Update),
            Command::ReadLists => self.read_lists(at.ms),
            Command::Export => self.export(None, at.ms),
            Command::SelfTest => self.begin(State::Starting, Action::SelfTest),
            Command::ConfirmClock => self.confirm_clock(at.ms),
        }
    }

    pub(super) fn pressed(&mut self, button: Button, at: Moment) {
        match (button, &mut self.state) {
            (Button::Assist, _) => self.assist(at),
            (Button::Confirm, State::Verdict(standing)) if at.ms < standing.settled => {
                self.notify(Notice::Overtaken, at.ms);
            }
            (Button::Confirm, State::Verdict(standing)) => {
                let choices = standing.choices(self.officer.is_some());
                match choices.get(standing.chosen) {
                    Some(Choice::Admit) => self.decide(Decision::Admitted, None, at),
                    Some(Choice::TurnBack) => self.decide(Decision::TurnedBack, None, at),
                    Some(Choice::Dismiss) | None => self.dismiss(at.ms),
                }
            }
            (Button::Confirm, _) => self.dismiss(at.ms),
            (Button::Switch, State::Verdict(standing)) => {
                let choices = standing.choices(self.officer.is_some()).len();
                standing.chosen = (standing.chosen + 1) % choices.max(1);
                // Whoever chooses is given the time to.
                standing.since = at.ms;
            }
            (Button::Switch, _) => self.switch(at.ms),
        }
    }

    fn decide(&mut self, decision: Decision, grounds: Option<Grounds>, at: Moment) {
        let State::Verdict(standing) = &self.state else {
            self.notify(Notice::NothingToDecide, at.ms);
            return;
        };
        let (standing, class) = (standing.clone(), standing.class());
        let admitted = decision == Decision::Admitted;
        let against = admitted && class == Class::Invalid;
        let refused = match class {
            _ if at.ms < standing.settled => Some(Notice::Overtaken),
            Class::NotAPermit if admitted => Some(Notice::NothingToDecide),
            Class::Refer | Class::Invalid if admitted && self.officer.is_none() => {
                Some(Notice::NeedsOfficer)
            }
            _ if against && grounds.is_none() => Some(Notice::NeedsGrounds),
            _ => None,
        };
        match refused {
            Some(notice) => self.notify(notice, at.ms),
            None => self.write(Some(standing), decision, grounds.filter(|_| against), at),
        }
    }

    fn write(
        &mut self,
        standing: Option<Standing>,
        decision: Decision,
        grounds: Option<Grounds>,
        at: Moment,
    ) {
        let judged = standing.as_ref().map(|standing| &*standing.judged);
        let entry = Entry {
            at: at.now.certain(),
            decision: Some(decision),
            officer: self.officer,
            grounds,
            ..entry(judged, self.here)
        };
        self.state = State::Deciding { standing, decision };
        self.out.push(Action::Append(entry));
    }

    /// Whatever is under way: help comes first. A running gate is let go.
    fn assist(&mut self, at: Moment) {
        if matches!(self.state, State::Assisting | State::Deciding { .. }) {
            return;
        }
        if matches!(&self.state, State::Decision(decided) if decided.gate == GateState::Open) {
            self.out.push(Action::Release);
        }
        let standing = self.state.standing().cloned();
        self.write(standing, Decision::Assisted, None, at);
    }

    pub(super) fn recorded(&mut self, entry: &Entry, done: Result<(), RecordFault>, at: Moment) {
        if entry.decision.is_none() {
            self.kept(done, at);
            return;
        }
        let State::Deciding { standing, decision } = &self.state else { return };
        let (standing, decision) = (standing.clone(), *decision);
        self.health.journal = !done.is_err_and(RecordFault::is_broken);
        if done.is_err() {
            self.notify(Notice::NotRecorded, at.ms);
        } else {
            self.count(entry, decision);
        }
        match decision {
            Decision::Assisted => self.state = State::Assisting,
            // What is not on disk does not happen: the verdict stands, the gate is shut.
            Decision::Admitted if done.is_err() => {
                if let Some(standing) = standing {
                    self.state = State::Verdict(Standing { since: at.ms, ..standing });
                }
            }
            Decision::Admitted => self.open(standing, at.ms),
            Decision::TurnedBack => {
                let gate = GateState::Shut;
                self.state = State::Decision(Decided { standing, decision, gate, until: u64::MAX });
            }
        }
    }

    /// The decision goes to the record of events and to the edge of the screen.
    fn count(&mut self, entry: &Entry, decision: Decision) {
        if let Some(code) = entry.code {
            self.tell(Told::Decision { decision, code });
        }
        // Who is helped is not shown at the edge: a screen can be seen from the other side.
        if decision == Decision::Assisted {
            return;
        }
        match self.last.front_mut().filter(|last| last.code == entry.code) {
            Some(last) => last.decision = Some(decision),
            None => self.remember(CrossingView {
                seconds: seconds(entry.at),
                direction: direction(entry.here.direction),
                code: entry.code,
                decision: Some(decision),
            }),
        }
    }

    fn open(&mut self, standing: Option<Standing>, ms: u64) {
        self.out.push(Action::Pulse(self.settings.pulse_ms));
        let (gate, wait) = if self.settings.turns {
            (GateState::Open, self.settings.turn_ms)
        } else {
            (GateState::Turned, u64::from(self.settings.pulse_ms))
        };
        let decided = Decided { standing, decision: Decision::Admitted, gate, until: ms + wait };
        self.state = State::Decision(decided);
    }

    pub(super) fn turned(&mut self, ms: u64) {
        if let State::Decision(decided) = &mut self.state
            && decided.gate == GateState::Open
        {
            decided.gate = GateState::Turned;
            decided.until = ms + self.settings.linger_ms;
            self.out.push(Action::Release);
            self.tell(Told::Gate { turned: true });
        }
    }

    pub(super) fn not_turned(&mut self, ms: u64) {
        if let State::Decision(decided) = &mut self.state {
            decided.gate = GateState::NotTurned;
            decided.until = ms + self.settings.linger_ms;
            self.out.push(Action::Release);
            self.tell(Told::Gate { turned: false });
            self.notify(Notice::NotTurned, ms);
        }
    }

    fn dismiss(&mut self, ms: u64) {
        match &self.state {
            State::Gathering(_) => self.stop_gathering(ms),
            State::Decision(decided) if decided.gate == GateState::Open => {}
            State::Verdict(_) | State::Decision(_) | State::Assisting | State::Looking { .. } => {
                self.home();
            }
            _ => {}
        }
    }

    fn switch(&mut self, ms: u64) {
        let idle = self.is_idle();
        if !self.settings.switchable {
            self.notify(Notice::DirectionFixed, ms);
        } else if idle {
            self.here.direction = match self.here.direction {
                Direction::Entry => Direction::Exit,
                Direction::Exit => Direction::Entry,
            };
        }
    }

    fn number(&mut self, typed: &str, ms: u64) {
        match typed.parse() {
            Err(_) => self.notify(Notice::NumberMistyped, ms),
            Ok(id) if self.may_ask() => self.ask(Asked::Number(id), Source::Typed, None),
            Ok(_) if self.is_gathering() => self.put_off(ms),
            Ok(_) => {}
        }
    }

    fn begin(&mut self, state: State, action: Action) {
        if self.is_idle() {
            self.state = state;
            self.out.push(action);
        }
    }

    /// Nobody stands here.
    pub(super) const fn is_idle(&self) -> bool {
        matches!(self.state, State::Waiting | State::Looking { .. } | State::OutOfOrder(_))
    }

    pub(super) fn updated(&mut self, done: Result<(), UpdateFault>, ms: u64) {
        self.notify(done.map_or_else(|why| Notice::NotUpdated { why }, |()| Notice::Updated), ms);
        if self.state == State::Updating {
            self.home();
        }
    }

    /// What leaves the terminal is asked for by somebody with a name, and holds nobody up.
    pub(super) fn export(&mut self, reply: Option<Reply>, ms: u64) {
        if self.officer.is_none() {
            self.notify(Notice::NeedsOfficer, ms);
        } else if self.is_idle() {
            self.out.push(Action::Export(reply));
        }
    }

    pub(super) fn exported(&mut self, done: Result<(), UpdateFault>, ms: u64) {
        self.notify(done.map_or_else(|why| Notice::NotExported { why }, |()| Notice::Exported), ms);
    }

    pub(super) fn signed_in(&mut self, done: Result<u16, SignInFault>, ms: u64) {
        self.came();
        match done {
            Ok(officer) if self.officer == Some(officer) => {}
            Ok(officer) => {
                // Whoever takes over relieves the one before.
                self.relieve();
                self.officer = Some(officer);
                self.mark();
                self.out.push(Action::Shift { officer, on: true });
            }
            Err(fault) => self.notify(Notice::NotSignedIn { fault }, ms),
        }
    }

    /// When the officer is signed out for doing nothing. Never while a permit or a decision is in hand.
    pub(super) fn leaves(&self) -> Option<u64> {
        let free = self.is_idle() || self.state == State::Assisting;
        let idle = self.settings.idle_ms.filter(|_| free && self.officer.is_some())?;
        Some(self.busy.saturating_add(idle))
    }

    /// The officer has left without a word: it is said until somebody signs in or a permit comes.
    pub(super) fn leave(&mut self) {
        self.relieve();
        self.notice = Some((Notice::SignedOut, u64::MAX));
    }

    /// Somebody came.
    pub(super) fn came(&mut self) {
        self.notice.take_if(|(notice, _)| *notice == Notice::SignedOut);
    }

    fn relieve(&mut self) {
        if let Some(officer) = self.officer.take() {
            self.mark();
            self.out.push(Action::Shift { officer, on: false });
        }
    }

    /// Another officer has other choices: the mark is set anew, so that it is not moved to another choice.
    fn mark(&mut self) {
        let officer = self.officer.is_some();
        if let State::Verdict(standing) = &mut self.state {
            standing.chosen = standing.first(officer);
        }
    }

    fn confirm_clock(&mut self, ms: u64) {
        let Some(officer) = self.officer else {
            self.notify(Notice::NeedsOfficer, ms);
            return;
        };
        match self.confirmed.take() {
            Some(first) if first != officer => {
                self.out.push(Action::ConfirmClock);
                self.notify(Notice::ClockConfirmed, ms);
            }
            _ => {
                self.confirmed = Some(officer);
                self.notify(Notice::SecondOfficer, ms);
            }
        }
    }
}

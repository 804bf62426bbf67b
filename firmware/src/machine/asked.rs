//! What the guard decides and asks for.
//!
//! A verdict is about a permit; here a person decides about a person. Help is always possible and stops for nothing, a
//! gate moves only once the decision is on disk.

use permit_core::Direction;

use crate::record::{Decision, Entry, RecordFault};

use super::action::{Action, Told};
use super::edge::CrossingView;
use super::event::{Asked, Button, Command, Grounds, Moment, Reply, Source, UpdateFault};
use super::number::Number;
use super::state::{Decided, Standing, State, entry};
use super::view::{Choice, Class, GateState, Notice, seconds};
use super::{Machine, direction};

impl Machine {
    pub(super) fn asked(&mut self, command: Command, at: Moment) {
        match command {
            Command::Admit { about, grounds } => {
                self.decide(about, Decision::Admitted, grounds, at);
            }
            Command::TurnBack { about } => self.decide(about, Decision::TurnedBack, None, at),
            Command::Assist => self.assist(at),
            Command::Dismiss { about } => self.dismiss(about, at),
            Command::Undo { about } => self.undo(about, at),
            Command::SwitchDirection => self.switch(at.ms),
            Command::Press { button, about } => self.pressed(button, about, at),
            Command::Language { lang } => self.modes.lang = lang,
            Command::Night { on } => self.modes.night = on,
            Command::Large { on } => self.modes.large = on,
            Command::HideNames { on } => self.modes.hide_names = on,
            Command::Illuminate { on } => {
                self.illuminated = on;
                self.out.push(Action::Illuminate(on));
            }
            Command::Number { number } => self.number(&number, at),
            Command::Scan { text } => {
                if let Some(scan) = permit_scan::read(text.as_bytes()) {
                    self.take(scan.into(), at);
                }
            }
            Command::SignIn { officer, pin } => {
                // From here on nothing is done in the name of whoever was on duty, right PIN or not.
                self.relieve(at);
                self.out.push(Action::CheckPin { officer, pin });
            }
            Command::SignOut => self.relieve(at),
            Command::Appoint { officer, pin, role } => self.appoint(officer, pin, role, at),
            Command::ChangePin { old, new } => self.change_pin(old, new, at),
            Command::SetClock { time } => self.set_clock(&time, at),
            Command::Raise { what } => self.raise(what, at),
            Command::Close { what } => self.settle_concern(what, at),
            Command::Update => {
                if !self.chooses_lists(at.ms) {
                    self.begin(State::Updating, Action::Update, at.ms);
                }
            }
            Command::ReadLists => self.read_lists(at.ms),
            Command::Export => self.export(None, at.ms),
            Command::SelfTest => self.begin(State::Starting, Action::SelfTest, at.ms),
            Command::ConfirmClock => self.confirm_clock(at),
            Command::NewChain => self.new_chain(at),
        }
    }

    /// What a button means depends on what was shown when it went down; help does not.
    pub(super) fn pressed(&mut self, button: Button, about: Option<Number>, at: Moment) {
        let locked = self.is_locked();
        match (button, &mut self.state) {
            (Button::Assist, _) => self.assist(at),
            (_, state) if state.number() != about => self.notify(Notice::Replaced, at.ms),
            (Button::Confirm, State::Verdict(standing)) if at.ms < standing.settled => {
                self.notify(Notice::Overtaken, at.ms);
            }
            (Button::Confirm, State::Verdict(standing)) => {
                let number = standing.number;
                let choices = standing.choices(!locked);
                match choices.get(standing.chosen) {
                    Some(Choice::Admit) => self.decide(number, Decision::Admitted, None, at),
                    Some(Choice::TurnBack) => self.decide(number, Decision::TurnedBack, None, at),
                    Some(Choice::Dismiss) | None => self.dismiss(about, at),
                }
            }
            (Button::Confirm, _) => self.dismiss(about, at),
            (Button::Switch, State::Verdict(standing)) => {
                let choices = standing.choices(!locked).len();
                standing.chosen = (standing.chosen + 1) % choices.max(1);
                // Whoever chooses is given the time to.
                standing.since = at.ms;
            }
            (Button::Switch, _) => self.switch(at.ms),
        }
    }

    fn decide(&mut self, about: Number, decision: Decision, grounds: Option<Grounds>, at: Moment) {
        let State::Verdict(standing) = &self.state else {
            self.notify(Notice::NothingToDecide, at.ms);
            return;
        };
        let (standing, class) = (standing.clone(), standing.class());
        let admitted = decision == Decision::Admitted;
        let against = admitted && class == Class::Invalid;
        let refused = match class {
            _ if about != standing.number => Some(Notice::Replaced),
            _ if at.ms < standing.settled => Some(Notice::Overtaken),
            _ if self.is_locked() => Some(Notice::NeedsOfficer),
            Class::NotAPermit if admitted => Some(Notice::NothingToDecide),
            _ if admitted && standing.crowded.is_some() => Some(Notice::OneAtATime),
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
            officer: self.officer(),
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
        match entry.decision {
            None => self.kept(done, at),
            Some(Decision::NotDecided) => self.left(entry, done),
            Some(Decision::Undone) => self.undone(entry, done, at.ms),
            Some(_) => self.decided(entry, done, at),
        }
    }

    fn decided(&mut self, entry: &Entry, done: Result<(), RecordFault>, at: Moment) {
        let State::Deciding { standing, decision } = &self.state else { return };
        let (standing, decision) = (standing.clone(), *decision);
        self.heard(done);
        if done.is_err() {
            self.notify(Notice::NotRecorded, at.ms);
        } else {
            self.admitted(standing.as_ref().map(|it| it.number), entry, at);
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
            // Nobody waits for these.
            Decision::NotDecided | Decision::Undone => {}
            Decision::TurnedBack => {
                let gate = GateState::Shut;
                self.state = State::Decision(Decided { standing, decision, gate, until: at.ms });
            }
        }
    }

    /// The decision goes to the record of events and to the edge of the screen.
    fn count(&mut self, entry: &Entry, decision: Decision) {
        self.count_decision(decision);
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
                class: None,
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

    fn dismiss(&mut self, about: Option<Number>, at: Moment) {
        match &self.state {
            state if state.number() != about => self.notify(Notice::Replaced, at.ms),
            State::Gathering(_) => self.stop_gathering(at.ms),
            State::Decision(decided) if decided.gate == GateState::Open => {}
            State::Verdict(_) | State::Decision(_) | State::Assisting | State::Looking { .. } => {
                self.not_decided(self.officer(), at);
                self.home();
            }
            _ => {}
        }
    }

    fn switch(&mut self, ms: u64) {
        let idle = self.is_idle();
        if !self.settings.switchable {
            self.notify(Notice::DirectionFixed, ms);
        } else if !self.wants_officer(ms) && idle {
            self.here.direction = match self.here.direction {
                Direction::Entry => Direction::Exit,
                Direction::Exit => Direction::Entry,
            };
        }
    }

    fn number(&mut self, typed: &str, at: Moment) {
        match typed.parse() {
            Err(_) => self.notify(Notice::NumberMistyped, at.ms),
            Ok(id) if self.may_ask() => {
                self.not_decided(self.officer(), at);
                self.ask(Asked::Number(id), Source::Typed, None, at.ms);
            }
            Ok(_) if self.is_gathering() => self.put_off(at.ms),
            Ok(_) => {}
        }
    }

    fn begin(&mut self, state: State, action: Action, ms: u64) {
        if self.is_free(ms) {
            self.state = state;
            self.out.push(action);
        }
    }

    /// Whether nobody stands here; else it is said that a person comes first.
    pub(super) fn is_free(&mut self, ms: u64) -> bool {
        let free = self.is_idle();
        if !free {
            self.notify(Notice::PersonFirst, ms);
        }
        free
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
        if !self.wants_officer(ms) && self.is_free(ms) {
            self.out.push(Action::Export(reply));
        }
    }

    pub(super) fn exported(&mut self, done: Result<(), UpdateFault>, ms: u64) {
        self.notify(done.map_or_else(|why| Notice::NotExported { why }, |()| Notice::Exported), ms);
    }
}

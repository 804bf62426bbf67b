//! The machine against a desk that judges by the demonstration, a clock that is told, and a record that can fail.

mod close;
mod codes;
mod concern;
mod enrol;
mod figures;
mod gate;
mod guard;
mod held;
mod idle;
mod lists;
mod several;
mod troubles;

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, LazyLock};

use permit_core::{
    Checkpoint, Direction, KeySlot, Ledger, NoLedger, Now, Side, Terms, Trust, UnixTime, Verifier,
};
use permit_signing::demo::{self, Case, World};

use super::*;
use crate::record::{Decision, Entry, RecordFault};

/// The demonstration's cases, sealed once.
static CASES: LazyLock<Vec<Case>> = LazyLock::new(|| World::make().unwrap().cases().unwrap());

static TRUST: LazyLock<Trust<'static>> = LazyLock::new(|| {
    let slots = vec![KeySlot::EMPTY; demo::BUNDLE.len() / 32 + 1].leak();
    let terms = Terms { anchor: demo::anchor().unwrap(), before: None, now: None };
    Trust::open(demo::BUNDLE, &terms, slots).unwrap()
});

/// The number of no verdict.
const NONE: Number = Number::of(u64::MAX);

const HERE: Checkpoint = Checkpoint { crossing: 3, side: Side::A, direction: Direction::Exit };

fn case(name: &str) -> &'static Case {
    CASES.iter().find(|case| case.name == name).unwrap()
}

/// A machine and everything it asks for, with the time in hand.
struct Desk {
    machine: Machine,
    ms: u64,
    at: UnixTime,
    /// Makes the clock one that is not trusted.
    distrust: Option<permit_core::Distrust>,
    /// What appending answers.
    record: Result<(), RecordFault>,
    ledger: Box<dyn Ledger>,
    /// What was appended, and all else that was done, in order.
    entries: Vec<Entry>,
    done: Vec<Action>,
    events: VecDeque<Event>,
}

impl Desk {
    /// Tested, with a good camera and an officer on duty.
    fn new() -> Self {
        Self::at(HERE, Settings::default())
    }

    fn at(here: Checkpoint, settings: Settings) -> Self {
        let mut desk = Self {
            machine: Machine::new(here, Modes::default(), settings),
            ms: 1_000,
            at: demo::NOON,
            distrust: None,
            record: Ok(()),
            ledger: Box::new(NoLedger),
            entries: Vec::new(),
            done: Vec::new(),
            events: VecDeque::new(),
        };
        desk.tell(Event::Lists(ListsView { days: [Some(1), Some(1)], ..ListsView::default() }));
        desk.tell(Event::Camera(CameraState::Good));
        desk.tell(Event::Tested(vec![Part { name: PartName::Pipeline, good: true }]));
        desk.tell(Event::SignedIn(Ok(Signed::officer(7))));
        desk.done.clear();
        desk
    }

    fn tell(&mut self, event: Event) {
        self.events.push_back(event);
        while let Some(event) = self.events.pop_front() {
            let now = match self.distrust {
                Some(why) => Now::untrusted(Some(self.at), TRUST.newest(), why),
                None => Now::by_hand(self.at, TRUST.newest()),
            };
            let moment = Moment { ms: self.ms, now };
            // Answers go before whatever else waits.
            let later = core::mem::take(&mut self.events);
            for action in self.machine.on(event, moment) {
                self.act(action, &now);
            }
            self.events.extend(later);
        }
    }

    fn act(&mut self, action: Action, now: &Now) {
        match &action {
            Action::Judge { asked, here, fault } => {
                let verifier = Verifier::new(&TRUST, *here).unwrap().with_fault(*fault);
                let judgement = match asked {
                    Asked::Text(text) => verifier.verify(text, &*self.ledger, now),
                    Asked::Number(id) => verifier.look_up(id, &*self.ledger, now),
                };
                let judged = Judged { asked: asked.clone(), here: *here, judgement };
                self.events.push_back(Event::Judged(Box::new(judged)));
            }
            Action::Append(entry) => {
                if self.record.is_ok() {
                    self.entries.push(entry.clone());
                }
                self.events.push_back(Event::Recorded(entry.clone(), self.record));
            }
            _ => {}
        }
        self.done.push(action);
    }

    /// Time passes as the machine wants it told.
    fn pass(&mut self, ms: u64) {
        let end = self.ms + ms;
        while let Some(wake) = self.machine.next_wake().filter(|wake| *wake <= end) {
            assert!(wake >= self.ms, "woken in the past: {wake} at {}", self.ms);
            self.ms = wake;
            let before = self.machine.next_wake();
            self.tell(Event::Tick);
            assert_ne!(self.machine.next_wake(), before, "it wakes without doing anything");
        }
        self.ms = end;
        self.tell(Event::Tick);
    }

    /// The camera sees these texts for a frame.
    fn see(&mut self, texts: &[&[u8]]) {
        let texts = texts.iter().map(|text| text.to_vec()).collect();
        self.tell(Event::Seen(Seen { texts, ..Seen::default() }));
        self.ms += 33;
    }

    fn ask(&mut self, command: Command) {
        self.tell(Event::Asked(command));
    }

    /// The verdict on the screen, as a page that shows it has it.
    fn about(&self) -> Option<Number> {
        self.view().verdict.map(|verdict| verdict.number)
    }

    fn admit(&mut self, grounds: Option<Grounds>) {
        let about = self.about().unwrap_or(NONE);
        self.ask(Command::Admit { about, grounds });
    }

    fn turn_back(&mut self) {
        let about = self.about().unwrap_or(NONE);
        self.ask(Command::TurnBack { about });
    }

    fn dismiss(&mut self) {
        self.ask(Command::Dismiss { about: self.about() });
    }

    fn press(&mut self, button: Button) {
        self.tell(Event::Pressed(button, self.about()));
    }

    fn view(&self) -> View {
        self.machine.view()
    }

    fn stage(&self) -> Stage {
        self.view().stage
    }

    fn code(&self) -> Option<u8> {
        self.view().verdict.map(|verdict| verdict.code)
    }

    fn verdicts(&self) -> Vec<u8> {
        let told = self.done.iter().filter_map(|action| match action {
            Action::Tell(Told::Verdict { code, .. }) => Some(*code),
            _ => None,
        });
        told.collect()
    }

    fn pulses(&self) -> usize {
        self.done.iter().filter(|action| matches!(action, Action::Pulse(_))).count()
    }

    fn green(&self) -> bool {
        self.done.iter().any(|action| {
            matches!(action, Action::Signal(Signal::Valid | Signal::Go))
                || matches!(action, Action::Show(view)
                    if view.verdict.as_ref().is_some_and(|it| it.colour == Colour::Green))
        })
    }
}

//! The hands: a board driven by orders and the time.
//!
//! It plays timelines, ends a pulse of the relay at its time whatever else happens, and tells presses and contacts once
//! they are steady. It knows no verdicts and opens nothing by itself; when nobody gives orders any more, everything is
//! released.

use core::time::Duration;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Instant;

use permit_journal::Opening;

use crate::board::{Board, Input, Output};
use crate::lane::Post;
use crate::machine::{Button, Event, Number};
use crate::signal::{Lamps, Pitch, Signal};

/// What hands are told.
///
/// The relay closes for an [`Opening`] alone, of which there is one for each decision on the disk; it cannot be copied
/// and is spent here.
#[derive(PartialEq, Eq, Debug)]
pub enum Order {
    /// Show this from its beginning.
    Signal(Signal),
    /// The verdict that the screen shows from now on: what a button that goes down is about.
    About(Option<Number>),
    /// Close the relay for so many milliseconds.
    Pulse(Opening, u32),
    /// Open the relay now.
    Release,
    /// The lamp over the permit.
    Illuminate(bool),
}

/// A change of the outputs, for the record of events.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Moved {
    /// The lamps burn like this from now on.
    Lamps {
        /// Which.
        #[serde(flatten)]
        lamps: Lamps,
    },
    /// The buzzer plays this from now on.
    Tone {
        /// In hertz; none: silence.
        hertz: Pitch,
    },
    /// The relay closed or opened.
    Relay {
        /// Whether it is closed.
        closed: bool,
    },
}

/// How often inputs are sensed, in milliseconds.
pub const SENSE: u64 = 10;
/// An input is believed once it was steady for so long, in milliseconds.
const STEADY: u64 = 30;
/// The longest pulse that is ever given, in milliseconds.
const LONGEST: u32 = 5_000;

/// An input.
#[derive(Clone, Copy, Debug, Default)]
struct Sensed {
    /// The level that was told.
    told: bool,
    /// The level that is sensed, since when, and what was shown then.
    level: bool,
    since: u64,
    about: Option<Number>,
}

/// A board and what is to be shown on it.
#[derive(Debug)]
pub struct Hands<B> {
    board: B,
    signal: (Signal, u64),
    lamps: Lamps,
    pitch: Pitch,
    /// When the relay opens again.
    closed_until: Option<u64>,
    /// The verdict that is shown.
    about: Option<Number>,
    inputs: [Sensed; 5],
    /// A pin did not do what it was told.
    faulty: bool,
}

impl<B: Board> Hands<B> {
    /// Takes a board in hand: everything is released first.
    #[must_use]
    pub fn new(mut board: B) -> Self {
        board.release();
        Self {
            board,
            signal: (Signal::Busy, 0),
            lamps: Lamps::DARK,
            pitch: None,
            closed_until: None,
            about: None,
            inputs: [Sensed::default(); 5],
            faulty: false,
        }
    }

    /// Tries every lamp and the buzzer for as long as a pin takes; the relay is left alone. Whether all did as told.
    pub fn try_all(&mut self) -> bool {
        for output in [Output::Green, Output::Amber, Output::Red, Output::Illumination] {
            self.drive(output, true);
            self.drive(output, false);
        }
        let pitch = [Some(880), None];
        self.faulty |= pitch.into_iter().any(|pitch| self.board.play(pitch).is_err());
        self.is_whole()
    }

    /// Does an order; what moved.
    pub fn order(&mut self, order: Order, ms: u64) -> Vec<Moved> {
        let mut moved = Vec::new();
        match order {
            Order::Signal(signal) => self.signal = (signal, ms),
            Order::About(about) => self.about = about,
            Order::Pulse(opening, length) => {
                tracing::debug!(decision = opening.decision(), "the gate is let go");
                // Twice in one pulse is one pulse: nobody gets in on another's decision.
                if self.closed_until.is_none() {
                    self.drive(Output::Relay, true);
                    self.closed_until = Some(ms + u64::from(length.min(LONGEST)));
                    moved.push(Moved::Relay { closed: true });
                }
            }
            Order::Release => moved.extend(self.open()),
            Order::Illuminate(on) => self.drive(Output::Illumination, on),
        }
        moved.extend(self.tick(ms));
        moved
    }

    /// Moves what the time moves; what moved.
    pub fn tick(&mut self, ms: u64) -> Vec<Moved> {
        let mut moved = Vec::new();
        if self.closed_until.is_some_and(|until| ms >= until) {
            moved.extend(self.open());
        }
        let (signal, since) = self.signal;
        let (line, elapsed) = (signal.timeline(), ms.saturating_sub(since));
        let (lamps, pitch) = (line.lamps_at(elapsed), line.pitch_at(elapsed));
        if self.lamps != lamps {
            self.lamps = lamps;
            for (output, on) in [
                (Output::Green, lamps.green),
                (Output::Amber, lamps.amber),
                (Output::Red, lamps.red),
            ] {
                self.drive(output, on);
            }
            moved.push(Moved::Lamps { lamps });
        }
        if self.pitch != pitch {
            self.pitch = pitch;
            self.faulty |= self.board.play(pitch).is_err();
            moved.push(Moved::Tone { hertz: pitch });
        }
        moved
    }

    /// When to come back at the latest.
    #[must_use]
    pub fn next_wake(&self, ms: u64) -> Option<u64> {
        let (signal, since) = self.signal;
        let change = signal.timeline().next_change(ms.saturating_sub(since));
        [change.map(|change| since + change), self.closed_until].into_iter().flatten().min()
    }

    /// Senses the inputs; what is new and steady.
    pub fn sense(&mut self, ms: u64) -> Vec<Event> {
        let mut events = Vec::new();
        for (place, input) in Input::ALL.into_iter().enumerate() {
            let Ok(level) = self.board.read(input) else {
                self.faulty = true;
                continue;
            };
            let Some(sensed) = self.inputs.get_mut(place) else { continue };
            if sensed.level != level {
                (sensed.level, sensed.since, sensed.about) = (level, ms, self.about);
            }
            if sensed.told != level && ms.saturating_sub(sensed.since) >= STEADY {
                sensed.told = level;
                events.extend(meaning(input, level, sensed.about));
            }
        }
        events
    }

    /// Whether every pin did what it was told so far.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        !self.faulty
    }

    fn open(&mut self) -> Option<Moved> {
        self.closed_until.take()?;
        self.drive(Output::Relay, false);
        Some(Moved::Relay { closed: false })
    }

    fn drive(&mut self, output: Output, on: bool) {
        self.faulty |= self.board.set(output, on).is_err();
    }
}

/// What a steady input means; a button is about what was shown when it went down.
const fn meaning(input: Input, active: bool, about: Option<Number>) -> Option<Event> {
    match (input, active) {
        (Input::Confirm, true) => Some(Event::Pressed(Button::Confirm, about)),
        (Input::Assist, true) => Some(Event::Pressed(Button::Assist, about)),
        (Input::Switch, true) => Some(Event::Pressed(Button::Switch, about)),
        (Input::Turned, true) => Some(Event::Turned),
        (Input::Tamper, open) => Some(Event::Tamper(open)),
        _ => None,
    }
}

/// Follows orders until nobody gives any; `moved` is told every change with its time.
pub fn run<B: Board>(
    mut hands: Hands<B>,
    start: Instant,
    orders: &Receiver<Order>,
    events: &Post,
    mut moved: impl FnMut(u64, Moved),
) {
    let mut whole = hands.try_all();
    let _ = events.send(Event::Pins(whole));
    let ms = || u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
    loop {
        let wait = hands.next_wake(ms()).map_or(SENSE, |at| at.saturating_sub(ms()).min(SENSE));
        let order = orders.recv_timeout(Duration::from_millis(wait.max(1)));
        let changes = match order {
            Ok(order) => hands.order(order, ms()),
            Err(RecvTimeoutError::Timeout) => hands.tick(ms()),
            Err(RecvTimeoutError::Disconnected) => break,
        };
        changes.into_iter().for_each(|change| moved(ms(), change));
        if whole != hands.is_whole() {
            whole = hands.is_whole();
            let _ = events.send(Event::Pins(whole));
        }
        for event in hands.sense(ms()) {
            if events.send(event).is_err() {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests;

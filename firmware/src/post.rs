//! The way to the terminal: everything that happens comes through it, and no more than it can hold.
//!
//! A page that asks too much is told so, a hand scanner's oldest scan gives way to its newest, an eye waits until its
//! frame was taken. Each kind has its own room in each lane, so that whoever floods one takes nothing from another, and
//! what waits for the next verdict is bounded.

use core::time::Duration;
use std::collections::VecDeque;
use std::sync::mpsc::RecvTimeoutError;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use crate::machine::{Event, LaneNumber};

/// An event, and the lane it is of.
pub type Letter = (LaneNumber, Event);

/// Sends the events of one lane: clone it for every source.
#[derive(Debug)]
pub struct Post {
    lane: LaneNumber,
    room: Arc<Room>,
}

/// Where letters arrive.
#[derive(Debug)]
pub struct Letters(Arc<Room>);

/// Has whoever waits for letters look up; it is no sender, and nobody waits for its end.
#[derive(Clone, Debug)]
pub struct Bell(Arc<Room>);

/// An event was not taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Unsent {
    /// Too much was asked for already: ask again.
    #[error("too much waits already")]
    Full,
    /// Nobody takes events any more.
    #[error("the terminal has ended")]
    Ended,
}

#[derive(Default, Debug)]
struct Room {
    state: Mutex<State>,
    /// Something came, or nobody sends any more.
    come: Condvar,
    /// Something was taken, or nobody hears any more.
    gone: Condvar,
}

#[derive(Default, Debug)]
struct State {
    letters: VecDeque<Letter>,
    senders: usize,
    deaf: bool,
    rung: bool,
}

/// What is done with an event of a kind that has no room left.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Crowd {
    /// It is refused.
    Refuse,
    /// Its sender waits.
    Wait,
    /// The oldest of its kind goes.
    Oldest,
}

impl Post {
    /// The first lane's, and where everything arrives.
    #[must_use]
    pub fn only() -> (Self, Letters) {
        let room = Arc::<Room>::default();
        room.state().senders = 1;
        (Self { lane: LaneNumber::First, room: Arc::clone(&room) }, Letters(room))
    }

    /// The same way in the name of another lane.
    #[must_use]
    pub fn of(&self, lane: LaneNumber) -> Self {
        let mut post = self.clone();
        post.lane = lane;
        post
    }

    /// Sends an event.
    ///
    /// # Errors
    ///
    /// When the terminal has ended, or too many commands wait.
    pub fn send(&self, event: Event) -> Result<(), Unsent> {
        let (kind, crowd, most) = rule(&event);
        let mut state = self.room.state();
        while state.count(self.lane, kind) >= most && !state.deaf {
            match crowd {
                Crowd::Refuse => return Err(Unsent::Full),
                Crowd::Wait => {
                    state = self.room.gone.wait(state).unwrap_or_else(PoisonError::into_inner);
                }
                Crowd::Oldest => state.drop_oldest(self.lane, kind),
            }
        }
        if state.deaf {
            return Err(Unsent::Ended);
        }
        state.letters.push_back((self.lane, event));
        drop(state);
        self.room.come.notify_one();
        Ok(())
    }
}

impl Clone for Post {
    fn clone(&self) -> Self {
        self.room.state().senders += 1;
        Self { lane: self.lane, room: Arc::clone(&self.room) }
    }
}

impl Drop for Post {
    fn drop(&mut self) {
        self.room.state().senders -= 1;
        self.room.come.notify_all();
    }
}

impl Letters {
    /// The next letter, as soon as there is one.
    ///
    /// # Errors
    ///
    /// When none came in time or the bell rang, or none will.
    pub fn recv_timeout(&self, patience: Duration) -> Result<Letter, RecvTimeoutError> {
        let end = Instant::now().checked_add(patience);
        let mut state = self.0.state();
        loop {
            if let Some(letter) = state.letters.pop_front() {
                drop(state);
                self.0.gone.notify_all();
                return Ok(letter);
            }
            if state.senders == 0 {
                return Err(RecvTimeoutError::Disconnected);
            }
            let left = end.map(|end| end.saturating_duration_since(Instant::now()));
            if core::mem::take(&mut state.rung) || left == Some(Duration::ZERO) {
                return Err(RecvTimeoutError::Timeout);
            }
            let waited = self.0.come.wait_timeout(state, left.unwrap_or(patience));
            (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// The next letter, however long it takes; none when none will come.
    pub fn recv(&self) -> Option<Letter> {
        loop {
            match self.recv_timeout(FOREVER) {
                Ok(letter) => return Some(letter),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
    }

    /// The next letter, if there is one now.
    #[must_use]
    pub fn next(&self) -> Option<Letter> {
        self.recv_timeout(Duration::ZERO).ok()
    }

    /// What makes [`recv_timeout`](Self::recv_timeout) return.
    #[must_use]
    pub fn bell(&self) -> Bell {
        Bell(Arc::clone(&self.0))
    }
}

impl Drop for Letters {
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.deaf = true;
        state.letters.clear();
        drop(state);
        self.0.gone.notify_all();
    }
}

impl Bell {
    /// Rings.
    pub fn ring(&self) {
        self.0.state().rung = true;
        self.0.come.notify_all();
    }
}

impl Room {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn count(&self, lane: LaneNumber, kind: Kind) -> usize {
        self.letters.iter().filter(|(of, event)| *of == lane && rule(event).0 == kind).count()
    }

    fn drop_oldest(&mut self, lane: LaneNumber, kind: Kind) {
        let is = |(of, event): &Letter| *of == lane && rule(event).0 == kind;
        if let Some(at) = self.letters.iter().position(is) {
            self.letters.remove(at);
        }
    }
}

/// Events that share a room.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Command,
    Frame,
    Scan,
    Hand,
    Tick,
    Other,
}

/// What an event shares a room with, what happens when it is full, and how many it holds.
const fn rule(event: &Event) -> (Kind, Crowd, usize) {
    match event {
        Event::Asked(_) | Event::Wanted(_) => (Kind::Command, Crowd::Refuse, COMMANDS),
        Event::Seen(_) | Event::Ended => (Kind::Frame, Crowd::Wait, FRAMES),
        Event::Scanned(_) | Event::Device(_) => (Kind::Scan, Crowd::Oldest, SCANS),
        Event::Pressed(..) | Event::Turned | Event::Tamper(_) | Event::Pins(_) => {
            (Kind::Hand, Crowd::Oldest, HANDS)
        }
        Event::Tick => (Kind::Tick, Crowd::Oldest, 1),
        _ => (Kind::Other, Crowd::Oldest, OTHERS),
    }
}

/// Nobody waits so long.
const FOREVER: Duration = Duration::from_secs(3_600);
/// Commands of a page: more than a person gives in the time in which the slowest is dealt with.
const COMMANDS: usize = 16;
/// Frames that were looked at: the eye waits, and then looks at the newest.
const FRAMES: usize = 4;
/// Scans: an older one is of somebody who was scanned again since.
const SCANS: usize = 4;
/// Presses and contacts, which are steady for 30 ms each: as many as come in half a second.
const HANDS: usize = 16;
/// What is said once in a while.
const OTHERS: usize = 16;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::{Command, Seen};

    fn scan(number: u8) -> Event {
        Event::Scanned(vec![number])
    }

    #[test]
    fn row_15_whoever_floods_takes_nothing_from_another() {
        let (post, letters) = Post::only();
        let asked: Vec<_> = (0..1_000).map(|_| post.send(Event::Asked(Command::Assist))).collect();
        assert_eq!(asked.iter().filter(|sent| sent.is_ok()).count(), COMMANDS);
        assert_eq!(asked.last(), Some(&Err(Unsent::Full)));
        for number in 0..200 {
            post.send(scan(number)).unwrap();
            post.send(Event::Tick).unwrap();
        }
        post.send(Event::Turned).unwrap();
        let second = post.of(LaneNumber::Second);
        second.send(Event::Asked(Command::Assist)).unwrap();
        let all: Vec<Letter> = core::iter::from_fn(|| letters.next()).collect();
        let count = |is: fn(&Event) -> bool| all.iter().filter(|(_, event)| is(event)).count();
        assert_eq!(count(|event| matches!(event, Event::Asked(_))), COMMANDS + 1);
        assert_eq!(count(|event| matches!(event, Event::Tick)), 1);
        assert_eq!(count(|event| matches!(event, Event::Turned)), 1);
        let scans = all.iter().filter(|(_, event)| matches!(event, Event::Scanned(_)));
        let newest: Vec<_> = (196..200).map(|number| (LaneNumber::First, scan(number))).collect();
        assert_eq!(scans.cloned().collect::<Vec<_>>(), newest, "the newest stay");
        assert_eq!(post.send(Event::Asked(Command::Assist)), Ok(()), "there is room again");
    }

    #[test]
    fn an_eye_waits_until_its_frame_is_taken() {
        let (post, letters) = Post::only();
        let eye = std::thread::spawn(move || {
            (0..100).all(|_| post.send(Event::Seen(Seen::default())).is_ok())
        });
        let mut seen = 0;
        while let Ok(letter) = letters.recv_timeout(Duration::from_secs(60)) {
            assert!(letters.0.state().letters.len() <= FRAMES);
            seen += usize::from(matches!(letter.1, Event::Seen(_)));
        }
        assert_eq!((seen, eye.join().unwrap()), (100, true));
    }

    #[test]
    fn a_bell_and_both_ends() {
        let (post, letters) = Post::only();
        let bell = letters.bell();
        bell.ring();
        let long = Duration::from_secs(600);
        assert_eq!(letters.recv_timeout(long), Err(RecvTimeoutError::Timeout));
        let other = post.clone();
        post.send(Event::Turned).unwrap();
        drop((post, other));
        assert!(letters.recv_timeout(long).is_ok());
        assert_eq!(letters.recv_timeout(long), Err(RecvTimeoutError::Disconnected));
        let (post, letters) = Post::only();
        drop(letters);
        assert_eq!(post.send(Event::Turned), Err(Unsent::Ended));
    }
}

//! Turns at work that is dear: one at a time, few wait, and nobody takes the places of all.
//!
//! What a passphrase costs is paid by this machine, and whoever reaches the sign-in page can ask for it. Who finds no
//! place is told so at once and costs nothing. Whoever has most places gives one up for somebody who has none, so that a
//! flood from one address leaves a way in from another.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;

/// Turns at one kind of work, for those whom `W` tells apart.
#[derive(Debug)]
pub struct Turns<W> {
    line: Arc<Mutex<Line<W>>>,
    places: usize,
}

/// A turn: whoever holds it works, and the next one begins when it is dropped.
#[derive(Debug)]
pub struct Turn<W>(Arc<Mutex<Line<W>>>);

/// There was no place to wait in, or it was given up for somebody who had none.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Busy;

#[derive(Debug)]
struct Line<W> {
    busy: bool,
    waiting: VecDeque<(W, oneshot::Sender<Turn<W>>)>,
}

impl<W: Eq> Turns<W> {
    /// With so many places to wait in.
    #[must_use]
    pub fn new(places: usize) -> Self {
        let line = Line { busy: false, waiting: VecDeque::new() };
        Self { line: Arc::new(Mutex::new(line)), places }
    }

    /// Waits for a turn.
    ///
    /// # Errors
    ///
    /// [`Busy`], at once or while it waits.
    pub async fn wait(&self, who: W) -> Result<Turn<W>, Busy> {
        let turn = {
            let mut line = held(&self.line);
            if !line.busy {
                line.busy = true;
                return Ok(Turn(Arc::clone(&self.line)));
            }
            line.place(who, self.places)?
        };
        turn.await.map_err(|_| Busy)
    }

    /// How many wait.
    #[must_use]
    pub fn waiting(&self) -> usize {
        held(&self.line).waiting.len()
    }
}

impl<W: Eq> Line<W> {
    fn place(&mut self, who: W, places: usize) -> Result<oneshot::Receiver<Turn<W>>, Busy> {
        // Whoever has gone away holds no place.
        self.waiting.retain(|(_, go)| !go.is_closed());
        if self.of(&who) >= EACH {
            return Err(Busy);
        }
        if self.waiting.len() >= places {
            let most = self.waiting.iter().map(|(it, _)| self.of(it)).max().unwrap_or_default();
            let gives = self.waiting.iter().rposition(|(it, _)| self.of(it) == most);
            let gives = gives.filter(|_| most > self.of(&who).saturating_add(1)).ok_or(Busy)?;
            self.waiting.remove(gives);
        }
        let (go, turn) = oneshot::channel();
        self.waiting.push_back((who, go));
        Ok(turn)
    }

    fn of(&self, who: &W) -> usize {
        self.waiting.iter().filter(|(it, _)| it == who).count()
    }
}

impl<W> Drop for Turn<W> {
    fn drop(&mut self) {
        let next = {
            let mut line = held(&self.0);
            let next = line.waiting.pop_front();
            line.busy = next.is_some();
            next
        };
        // A turn that nobody takes any more comes back and is dropped, which is the one after it.
        if let Some((_, go)) = next {
            drop(go.send(Self(Arc::clone(&self.0))));
        }
    }
}

/// What a panic elsewhere left is still whole: nothing is changed in two steps.
fn held<W>(line: &Mutex<Line<W>>) -> MutexGuard<'_, Line<W>> {
    line.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Places that one may have: chosen, an office behind one address.
const EACH: usize = 3;

#[cfg(test)]
mod tests {
    use core::future::Future;
    use core::pin::Pin;
    use core::task::{Context, Poll, Waker};

    use super::*;

    const PLACES: usize = 8;

    type Waiting<'t> = Pin<Box<dyn Future<Output = Result<Turn<u8>, Busy>> + 't>>;

    fn asks(turns: &Turns<u8>, who: u8) -> (Waiting<'_>, Option<Result<Turn<u8>, Busy>>) {
        let mut waiting: Waiting<'_> = Box::pin(turns.wait(who));
        let now = polled(&mut waiting);
        (waiting, now)
    }

    fn polled(waiting: &mut Waiting<'_>) -> Option<Result<Turn<u8>, Busy>> {
        match waiting.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(turn) => Some(turn),
            Poll::Pending => None,
        }
    }

    #[test]
    fn one_works_few_wait_and_the_rest_is_told_at_once() {
        let turns = Turns::new(PLACES);
        let Some(Ok(first)) = asks(&turns, 0).1 else { panic!("nobody was there") };
        let mut all: Vec<_> = (0..100).map(|_| asks(&turns, 1)).collect();
        let told = all.iter().filter(|(_, now)| matches!(now, Some(Err(Busy)))).count();
        assert_eq!((told, turns.waiting()), (100 - EACH, EACH));
        drop(first);
        let mut turn = polled(&mut all[0].0);
        assert!(matches!(turn, Some(Ok(_))) && polled(&mut all[1].0).is_none(), "one at a time");
        turn = None;
        assert!(turn.is_none() && matches!(polled(&mut all[1].0), Some(Ok(_))));
    }

    #[test]
    fn whoever_has_most_gives_a_place_to_whoever_has_none() {
        let turns = Turns::new(PLACES);
        let Some(Ok(working)) = asks(&turns, 0).1 else { panic!("nobody was there") };
        let mut flood: Vec<_> =
            (1..=3).flat_map(|who| [who; EACH]).map(|who| asks(&turns, who)).collect();
        assert_eq!(turns.waiting(), PLACES);
        let (mut officer, now) = asks(&turns, 9);
        assert!(now.is_none() && turns.waiting() == PLACES, "a place was made");
        let gone = flood.iter_mut().filter_map(|(waiting, now)| match now {
            None => polled(waiting),
            Some(_) => None,
        });
        assert_eq!(gone.filter(|it| matches!(it, Err(Busy))).count(), 1);
        // Everybody before goes, or goes away, and then it is this one's turn.
        drop(flood);
        drop(working);
        assert!(matches!(polled(&mut officer), Some(Ok(_))));
    }

    #[test]
    fn a_turn_that_nobody_takes_is_the_next_ones() {
        let turns = Turns::new(PLACES);
        let Some(Ok(working)) = asks(&turns, 0).1 else { panic!("nobody was there") };
        let (gone, _) = asks(&turns, 1);
        let (left, _) = asks(&turns, 2);
        let (mut last, _) = asks(&turns, 3);
        drop(gone);
        drop(working);
        assert!(polled(&mut last).is_none(), "it is the second one's");
        // Given and not taken.
        drop(left);
        assert!(matches!(polled(&mut last), Some(Ok(_))));
        drop(last);
        assert!(matches!(asks(&turns, 4).1, Some(Ok(_))), "nobody holds it any more");
    }
}

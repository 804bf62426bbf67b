//! Whoever does in a thread of their own what the terminal must not wait for.
//!
//! A PIN takes as long as it should, opening lists as long as they are. One thing at a time and few that wait: who comes
//! when there is no place is told so at once. What came of it lies here until the terminal looks, for which a bell is
//! rung.

use std::io;
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::thread;

use crate::machine::LaneNumber;
use crate::post::Bell;

/// A clerk: give work, and look what came of it.
#[derive(Debug)]
pub struct Clerk<W, D> {
    work: SyncSender<(LaneNumber, W)>,
    done: Receiver<(LaneNumber, D)>,
}

/// Too much waits already, or the clerk is gone.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("too much waits already")]
pub struct Busy;

impl<W: Send + 'static, D: Send + 'static> Clerk<W, D> {
    /// Begins a thread; `places` may wait while one is worked on.
    ///
    /// # Errors
    ///
    /// When the system gives no thread.
    pub fn begin(
        name: &str,
        places: usize,
        bell: Bell,
        mut act: impl FnMut(W) -> D + Send + 'static,
    ) -> io::Result<Self> {
        let (work, given) = mpsc::sync_channel::<(LaneNumber, W)>(places);
        let (tell, done) = mpsc::channel();
        thread::Builder::new().name(name.to_owned()).spawn(move || {
            for (lane, work) in given {
                if tell.send((lane, act(work))).is_err() {
                    return;
                }
                bell.ring();
            }
        })?;
        Ok(Self { work, done })
    }

    /// Gives work in the name of a lane.
    ///
    /// # Errors
    ///
    /// When there is no place.
    pub fn give(&self, lane: LaneNumber, work: W) -> Result<(), Busy> {
        self.work.try_send((lane, work)).map_err(|_| Busy)
    }

    /// What was done since, oldest first.
    pub fn done(&self) -> Option<(LaneNumber, D)> {
        self.done.try_recv().ok()
    }
}

#[cfg(test)]
mod tests {
    use core::time::Duration;

    use super::*;
    use crate::post::Post;

    #[test]
    fn one_at_a_time_and_no_more_than_there_are_places() {
        let (_post, letters) = Post::only();
        let (go, gate) = mpsc::channel::<()>();
        let act = move |number: u32| {
            gate.recv().unwrap();
            number * 2
        };
        let clerk = Clerk::begin("clerk", 2, letters.bell(), act).unwrap();
        let given = (0..100).filter(|number| clerk.give(LaneNumber::First, *number).is_ok());
        let given = given.count();
        assert!((2..=3).contains(&given), "{given}");
        (0..given).for_each(|_| go.send(()).unwrap());
        let mut all = Vec::new();
        while all.len() < given {
            // Returns when the bell rings.
            let _ = letters.recv_timeout(Duration::from_secs(60));
            all.extend(core::iter::from_fn(|| clerk.done()).map(|(_, done)| done));
        }
        assert_eq!(all.first(), Some(&0));
    }
}

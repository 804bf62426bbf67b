//! Work on all cores, results in order.
//!
//! A result is handed on as soon as all before it are done; a consumer that stops (a closed pipe) stops the workers
//! after the item they are at. Nothing is read ahead by more than a few items for each worker.

use core::sync::atomic::{AtomicUsize, Ordering};
use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, PoisonError, mpsc};
use std::thread;

use crate::help::Unfit;

/// Does `work` for every item on `jobs` threads (all cores when `None`) and hands the results to `take` in the order
/// of the items, on this thread.
///
/// # Errors
///
/// The first error of `take`; nothing is handed on after it.
pub(crate) fn in_order<T: Sync, R: Send, E>(
    items: &[T],
    jobs: Option<usize>,
    work: impl Fn(&T) -> R + Sync,
    mut take: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let jobs = jobs.unwrap_or_else(cores).min(items.len());
    let next = AtomicUsize::new(0);
    let gate = Gate::new(AHEAD * jobs);
    let (send, receive) = mpsc::sync_channel(2 * jobs);
    thread::scope(|scope| {
        for _ in 0..jobs {
            let (send, next, work, gate) = (send.clone(), &next, &work, &gate);
            scope.spawn(move || {
                let _guard = Guard(gate, thread::panicking);
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(item) = items.get(index).filter(|_| gate.wait(index)) else { break };
                    if send.send((index, work(item))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(send);
        // However this ends, nobody waits for what will not be taken.
        let _guard = Guard(&gate, || true);
        let mut early = BTreeMap::new();
        let mut due = 0;
        for (index, result) in receive {
            early.insert(index, result);
            while let Some(result) = early.remove(&due) {
                due += 1;
                gate.open(due);
                take(result)?;
            }
        }
        Ok(())
    })
}

/// Items a worker may be ahead of the one that is due, for each worker.
const AHEAD: usize = 4;

/// Holds back whoever is too far ahead: what is done early is kept until its turn, and one slow item must not make
/// the others pile up behind it.
struct Gate {
    /// Up to which item work may begin.
    limit: Mutex<usize>,
    moved: Condvar,
    ahead: usize,
}

impl Gate {
    const fn new(ahead: usize) -> Self {
        Self { limit: Mutex::new(ahead), moved: Condvar::new(), ahead }
    }

    /// Waits for the turn of an item; false when nobody wants it any more.
    fn wait(&self, index: usize) -> bool {
        let limit = self.limit.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.moved.wait_while(limit, |limit| index >= *limit && *limit > 0);
        *waited.unwrap_or_else(PoisonError::into_inner) > 0
    }

    /// Lets work begin up to a little after the item that is due; a closed gate stays closed.
    fn open(&self, due: usize) {
        let mut limit = self.limit.lock().unwrap_or_else(PoisonError::into_inner);
        if *limit > 0 {
            *limit = due.saturating_add(self.ahead);
        }
        self.moved.notify_all();
    }

    fn close(&self) {
        *self.limit.lock().unwrap_or_else(PoisonError::into_inner) = 0;
        self.moved.notify_all();
    }
}

/// Closes the gate for good when it is dropped and the condition holds: at the end, or after a panic.
struct Guard<'a>(&'a Gate, fn() -> bool);

impl Drop for Guard<'_> {
    fn drop(&mut self) {
        if self.1() {
            self.0.close();
        }
    }
}

/// The value parser of `--jobs`.
pub(crate) fn parse(text: &str) -> Result<usize, Unfit> {
    text.parse().ok().filter(|jobs| (1..=256).contains(jobs)).ok_or(Unfit("unfit-jobs"))
}

/// Processors this process may use.
pub(crate) fn cores() -> usize {
    thread::available_parallelism().map_or(1, Into::into)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_the_items() {
        let items: Vec<u64> = (0..500).collect();
        for jobs in [Some(1), Some(7), None] {
            let mut seen = Vec::new();
            // Earlier items take longer.
            let work = |n: &u64| (0..(500 - n) * 50).fold(*n, |n, _| core::hint::black_box(n));
            in_order(&items, jobs, work, |n| {
                seen.push(n);
                Ok::<(), ()>(())
            })
            .unwrap();
            assert_eq!(seen, items);
        }
    }

    #[test]
    fn a_consumer_that_stops_stops_the_work() {
        let items: Vec<usize> = (0..10_000).collect();
        let done = AtomicUsize::new(0);
        let work = |n: &usize| {
            done.fetch_add(1, Ordering::Relaxed);
            *n
        };
        let end = in_order(&items, Some(3), work, |n| if n < 10 { Ok(()) } else { Err(n) });
        assert_eq!(end, Err(10));
        assert!(done.load(Ordering::Relaxed) < 100);
    }

    #[test]
    fn a_slow_item_does_not_pile_up_the_others() {
        let items: Vec<usize> = (0..10_000).collect();
        let (done, first) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let work = |n: &usize| {
            if *n == 0 {
                // Until the others are as far as they may be.
                while done.load(Ordering::Relaxed) < AHEAD * 3 - 1 {
                    thread::yield_now();
                }
                first.store(done.load(Ordering::Relaxed), Ordering::Relaxed);
            }
            done.fetch_add(1, Ordering::Relaxed);
        };
        in_order(&items, Some(3), work, |()| Ok::<(), ()>(())).unwrap();
        assert_eq!(first.load(Ordering::Relaxed), AHEAD * 3 - 1);
        assert_eq!(done.load(Ordering::Relaxed), items.len());
    }

    #[test]
    #[should_panic(expected = "a scoped thread panicked")]
    fn a_panic_is_passed_on_and_leaves_nobody_waiting() {
        let items: Vec<usize> = (0..10_000).collect();
        let work = |n: &usize| assert_ne!(*n, 5);
        let _ = in_order(&items, Some(3), work, |()| Ok::<(), ()>(()));
    }

    #[test]
    fn nothing_to_do() {
        in_order(&[] as &[u8], None, |_| (), |()| Ok::<(), ()>(())).unwrap();
    }
}

//! Work on all cores, results in order.
//!
//! A result is handed on as soon as all before it are done; a consumer that stops (a closed pipe) stops the workers
//! after the item they are at. Nothing is read ahead by more than a few items for each worker.

use core::sync::atomic::{AtomicUsize, Ordering};
use std::collections::BTreeMap;
use std::sync::mpsc;
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
    let (send, receive) = mpsc::sync_channel(2 * jobs);
    thread::scope(|scope| {
        for _ in 0..jobs {
            let (send, next, work) = (send.clone(), &next, &work);
            scope.spawn(move || {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(item) = items.get(index) else { break };
                    if send.send((index, work(item))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(send);
        let mut early = BTreeMap::new();
        let mut due = 0;
        for (index, result) in receive {
            early.insert(index, result);
            while let Some(result) = early.remove(&due) {
                due += 1;
                take(result)?;
            }
        }
        Ok(())
    })
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
    fn nothing_to_do() {
        in_order(&[] as &[u8], None, |_| (), |()| Ok::<(), ()>(())).unwrap();
    }
}

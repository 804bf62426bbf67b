//! A terminal and everything that goes wrong with one, in a random order, for as long as one likes.
//!
//! The real program works two lanes on a disk of its own under lists that are no demonstration. Every few seconds a fault
//! is chosen by a seed: power cuts, damaged files, a full disk, clocks that leap, foreign lists, scanners gone mad, callers
//! without leave. After each the oracle looks at what was told and recorded. No gate may move without an officer and an
//! entry, no process start without a page, nothing be green where a rule forbids it. 75 seconds here with a fault every
//! three; `PERMIT_FAULTS_SECONDS=3600` for an hour with one every ten. The log goes to `PERMIT_FAULTS_LOG`.

#![expect(clippy::unwrap_used, reason = "tests say what they expect")]
#![expect(clippy::print_stdout, reason = "what happened is told as it is")]

mod bench;
mod browser;
mod chain;
mod duty;
mod faults;
mod log;
mod oracle;
mod random;
mod rule;
mod scanner;
mod secrets;
mod state;
#[path = "../swollen/mod.rs"]
mod swollen;
mod town;

use core::time::Duration;
use std::time::Instant;

use self::bench::Bench;
use self::faults::FAULTS;
use self::log::Log;
use self::rule::Check;

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(otherwise)
}

/// One fault, and what is looked at after it.
fn one(bench: &mut Bench, place: usize) -> (String, Vec<(Check, String)>) {
    let fault = &FAULTS[place];
    let seen = match (fault.inject)(bench) {
        Ok(seen) => seen,
        Err(why) => {
            bench.oracle.see(Check::Own, Some(why.clone()));
            why
        }
    };
    bench.check();
    bench.oracle.allow();
    bench.again(Duration::from_secs(12));
    bench.check();
    let found = bench.oracle.take();
    (format!("{seen} [{} KiB]", bench.oracle.resident), found)
}

#[test]
fn faults_one_after_another() {
    // Whoever asks for a time of their own gets those that wait for a row as well.
    let asked = std::env::var_os("PERMIT_FAULTS_SECONDS").is_some();
    let seconds = number("PERMIT_FAULTS_SECONDS", 75);
    let every = Duration::from_secs(if seconds < 600 { 3 } else { 10 });
    let seed = number("PERMIT_FAULTS_SEED", 11);
    let only = std::env::var("PERMIT_FAULTS_ONLY").unwrap_or_default();
    let mut bench = match Bench::open(seed) {
        Ok(bench) => bench,
        Err(why) => return println!("skipped: {why}"),
    };
    let mut log = Log::new(seed, seconds);
    let begun = Instant::now();
    bench.start().unwrap();
    bench.again(Duration::from_secs(20));
    log.start(&bench.oracle.take());
    let mut left: Vec<usize> = Vec::new();
    while begun.elapsed() < Duration::from_secs(seconds) {
        let place = left.pop().unwrap_or_else(|| {
            left = bench.random.order(FAULTS.len());
            left.retain(|place| FAULTS[*place].name.contains(&only));
            left.retain(|place| asked || FAULTS[*place].waits.is_none());
            left.pop().unwrap()
        });
        let from = Instant::now();
        let (seen, found) = one(&mut bench, place);
        log.line(begun.elapsed(), FAULTS[place].name, &seen, &found);
        // A terminal that is beyond help for a reason that was told is set up anew, so that the rest is tried as well.
        if found.iter().any(|(check, _)| matches!(check, Check::Again | Check::Page)) {
            bench.renew();
            log.start(&bench.oracle.take());
        }
        std::thread::sleep(every.saturating_sub(from.elapsed()));
    }
    let report = faults::exported(&mut bench);
    log.line(begun.elapsed(), "the export at the end", &report, &bench.oracle.take());
    let broken = log.table(&bench);
    assert_eq!(broken, 0, "rules were broken; the seed is {seed}");
}

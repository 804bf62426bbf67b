//! Clocks that are wrong, and who may say that one is right.
//!
//! They need libfaketime, which stands between the program and the system's clock.

use core::time::Duration;
use std::path::Path;

use super::Outcome;
use crate::bench::{Bench, FAKETIME, OFFICERS};
use crate::duty::SOON;

/// Long before and long after; the last is beyond 32 bits of seconds.
const WRONG: [&str; 5] = [
    "@1970-01-01 00:10:00",
    "@2012-03-04 05:06:07",
    "@2062-06-01 12:00:00",
    "@2038-01-19 03:14:00",
    "@2106-02-07 06:28:20",
];

fn available() -> bool {
    Path::new(FAKETIME).exists()
}

/// Starts with such a clock, and nothing is green.
fn wrong(bench: &mut Bench, clock: &str) -> Result<(), String> {
    bench.kill();
    bench.clock(Some(clock));
    bench.oracle.forbid(&format!("the clock says {clock}"), Duration::ZERO);
    bench.start()
}

/// Back to the right one.
fn right(bench: &mut Bench) -> Result<(), String> {
    bench.kill();
    bench.oracle.allow();
    bench.clock(None);
    bench.start()
}

/// Segments that are kept: none may go for a clock that nobody believes.
fn kept(bench: &Bench) -> usize {
    std::fs::read_dir(bench.journal()).into_iter().flatten().count()
}

pub(super) fn start(bench: &mut Bench) -> Outcome {
    if !available() {
        return Ok("not done: no libfaketime".to_owned());
    }
    let (clock, before) = (*bench.random.of(&WRONG), kept(bench));
    let mut seen = Vec::new();
    // Twice: what the first start recorded must not make the second believe it.
    for _ in 0..2 {
        wrong(bench, clock)?;
        seen.push(bench.not_green(0)?);
        seen.push(bench.bad(1)?);
    }
    let pruned = kept(bench) < before;
    bench.oracle.see(crate::rule::Check::Own, pruned.then(|| "segments were removed".to_owned()));
    bench.check();
    right(bench)?;
    Ok(format!("{clock}: {}", seen.join(", ")))
}

pub(super) fn leap(bench: &mut Bench) -> Outcome {
    if !available() {
        return Ok("not done: no libfaketime".to_owned());
    }
    bench.kill();
    bench.clock(Some("+0"));
    bench.start()?;
    bench.pass(0)?;
    let leap = *bench.random.of(&["+20d", "-20d", "+12000d", "-3h", "+3h"]);
    bench.clock(Some(leap));
    std::thread::sleep(Duration::from_millis(2_500));
    bench.oracle.forbid(&format!("the clock leapt by {leap}"), Duration::ZERO);
    let good = bench.not_green(1)?;
    bench.check();
    right(bench)?;
    Ok(format!("{leap}: {good}"))
}

pub(super) fn alone(bench: &mut Bench) -> Outcome {
    if !available() {
        return Ok("not done: no libfaketime".to_owned());
    }
    wrong(bench, "@2062-06-01 12:00:00")?;
    let (officer, pin) = OFFICERS[0];
    let browser = bench.browser(0)?;
    for _ in 0..2 {
        browser.sign_in(officer, pin).map_err(|fault| fault.to_string())?;
        browser.until(SOON, |news| news["duty"] == true);
        let _ = browser.command("confirm-clock");
        let _ = browser.command("sign-out");
        browser.until(SOON, |news| news["duty"] == false);
    }
    let good = bench.not_green(1)?;
    bench.check();
    right(bench)?;
    Ok(good)
}

//! Ends of the process: power cuts at any moment, an orderly stop, a second one beside it.

use core::time::Duration;
use std::os::unix::process::CommandExt as _;
use std::process::{Command, Stdio};
use std::time::Instant;

use super::Outcome;
use crate::bench::{Bench, USER};
use crate::duty::SOON;
use crate::rule::{Check, Told};
use crate::town::Card;

pub(super) fn killed(bench: &mut Bench) -> Outcome {
    bench.pass(0)?;
    bench.kill();
    bench.start()?;
    Ok("a page again".to_owned())
}

pub(super) fn killed_at_the_relay(bench: &mut Bench) -> Outcome {
    bench.duty(1)?;
    if !bench.card(1, Card::Good)?.is("valid") {
        return Err("a good permit is not green".to_owned());
    }
    let (about, mark) = (super::about(bench, 1)?, bench.mark());
    bench.oracle.order(1);
    let asked = serde_json::json!({ "command": "admit", "about": about });
    bench.browser(1)?.ask(&asked).map_err(|fault| fault.to_string())?;
    let closed = bench.wait(mark, 1, SOON, Told::closes).is_some();
    bench.kill();
    bench.check();
    bench.start()?;
    Ok(format!("the relay closed: {closed}"))
}

pub(super) fn killed_often(bench: &mut Bench) -> Outcome {
    for _ in 0..3 {
        let text = bench.town.permit(Card::Good);
        bench.oracle.show(0, "scanner", true);
        bench.scanners[0].write(format!("{text}\r").as_bytes(), SOON);
        let wait = bench.random.below(400);
        std::thread::sleep(Duration::from_millis(wait));
        bench.kill();
        bench.start()?;
    }
    Ok("three times".to_owned())
}

pub(super) fn ended(bench: &mut Bench) -> Outcome {
    let how = bench.stop()?;
    let broken = (how != "exit status: 0").then(|| format!("asked to end, it ended with {how}"));
    bench.oracle.see(Check::Own, broken);
    bench.start()?;
    Ok(how)
}

pub(super) fn second(bench: &mut Bench) -> Outcome {
    let mut other = Command::new(bench.place("permit-reader"))
        .args(["--board", "sim", "--camera", "none", "--lang", "en", "--crossing", "3"])
        .args(["--side", "A", "--direction", "exit", "--root"])
        .arg(bench.place("root.cbor"))
        .arg("--bundle")
        .arg(bench.place("bundle.cbor"))
        .arg("--state")
        .arg(bench.state())
        .uid(USER)
        .gid(USER)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|fault| fault.to_string())?;
    let begun = Instant::now();
    let mut ended = None;
    while ended.is_none() && begun.elapsed() < Duration::from_secs(3) {
        ended = other.try_wait().ok().flatten();
        std::thread::sleep(Duration::from_millis(20));
    }
    let _ = other.kill();
    let _ = other.wait();
    Ok(ended.map_or_else(|| "it stayed".to_owned(), |status| format!("it ended: {status}")))
}

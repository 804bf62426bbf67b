//! Two lanes of one terminal.

use serde_json::json;

use super::{Outcome, about, nothing_moves};
use crate::bench::Bench;
use crate::duty::{QUIET, SOON};
use crate::rule::{Check, Told};
use crate::town::Card;

/// The same permit before both guards: one of them lets it through unseen by the other, never both.
pub(super) fn one_permit(bench: &mut Bench) -> Outcome {
    bench.duty(0)?;
    bench.duty(1)?;
    let text = bench.town.permit(Card::Good);
    bench.scan(0, &text, true)?;
    bench.scan(1, &text, true)?;
    let abouts = [about(bench, 0)?, about(bench, 1)?];
    let mark = bench.mark();
    let asks: Vec<_> = (0..2)
        .map(|lane| {
            bench.oracle.order(lane);
            let (browser, about) = (bench.browser(lane).unwrap(), abouts[lane].clone());
            std::thread::spawn(move || browser.ask(&json!({ "command": "admit", "about": about })))
        })
        .collect();
    let said: Vec<u16> = asks.into_iter().map(|ask| ask.join().unwrap().unwrap_or(0)).collect();
    for lane in 0..2 {
        bench.wait(mark, lane, QUIET, Told::closes);
        bench.oracle.cancel(lane);
    }
    let relays = bench.oracle.told[mark..].iter().filter(|told| told.closes()).count();
    bench
        .oracle
        .see(Check::Own, (relays > 1).then(|| "both guards let one permit through".to_owned()));
    let after = bench.scan(0, &text, false)?;
    Ok(format!("answered {said:?}, {relays} relay, then {}", after.say()))
}

/// A decision of one lane about what the other one shows.
pub(super) fn crossed(bench: &mut Bench) -> Outcome {
    bench.duty(0)?;
    bench.duty(1)?;
    bench.card(0, Card::Good)?;
    let there = about(bench, 0)?;
    bench.card(1, Card::Good)?;
    let here = about(bench, 1)?;
    let mark = bench.mark();
    let status = bench.browser(1)?.ask(&json!({ "command": "admit", "about": there }));
    nothing_moves(bench, 1, mark, "it is about the other lane");
    let closed = bench.oracle.told[mark..].iter().any(|told| told.closes() && told.lane == 0);
    bench.oracle.see(Check::Own, closed.then(|| "the other lane's relay closed".to_owned()));
    let passed = bench.admit_about(1, &here)?;
    let moved = bench.wait(mark, 0, core::time::Duration::ZERO, Told::closes).is_some();
    bench.oracle.see(Check::Own, moved.then(|| "the other lane's relay closed".to_owned()));
    bench.clear(0).and_then(|()| bench.pass(0)).map_err(|why| format!("{why} after {SOON:?}"))?;
    Ok(format!("answered {status:?}; the lane's own passed: {passed}"))
}

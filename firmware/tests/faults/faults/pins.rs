//! Wrong PINs, by the thousand and by ten.

use std::time::Instant;

use super::Outcome;
use crate::bench::{Bench, OFFICERS};
use crate::duty::Seen;
use crate::rule::Check;
use crate::town::Card;

/// Sign-ins from four hands at once, and a traveller in the other lane.
pub(super) fn thousand(bench: &mut Bench) -> Outcome {
    let browser = bench.browser(0)?;
    let threads: Vec<_> = (0..4)
        .map(|hand| {
            let browser = browser.clone();
            std::thread::spawn(move || {
                let one = |turn: u32| {
                    // Somebody enrolled, who is there for it, and somebody unknown.
                    let officer = if turn.is_multiple_of(2) { OFFICERS[2].0 } else { 4_000 };
                    browser
                        .sign_in(officer, &format!("{:06}", hand * 1_000 + turn))
                        .is_ok_and(|status| status == 202)
                };
                (0..250).filter(|turn| one(*turn)).count()
            })
        })
        .collect();
    let begun = Instant::now();
    let seen = bench.card(1, Card::Good);
    let waited = begun.elapsed();
    let taken: usize = threads.into_iter().map(|thread| thread.join().unwrap()).sum();
    let seen = seen?;
    let late = (seen == Seen::Nothing).then(|| "the next verdict waits for PINs".to_owned());
    bench.oracle.see(Check::Own, late);
    let passed = bench.browser(0)?.news()["duty"] == true;
    bench.oracle.see(Check::Own, passed.then(|| "a wrong PIN signed somebody in".to_owned()));
    Ok(format!("{taken} taken, a verdict after {} ms: {}", waited.as_millis(), seen.say()))
}

/// Ten wrong ones lock one officer, and nobody else.
pub(super) fn locked(bench: &mut Bench) -> Outcome {
    let browser = bench.browser(1)?;
    for turn in 0..10 {
        let _ = browser.sign_in(OFFICERS[2].0, &format!("00000{turn}"));
        std::thread::sleep(core::time::Duration::from_millis(100));
    }
    let _ = browser.sign_in(OFFICERS[2].0, OFFICERS[2].1);
    std::thread::sleep(core::time::Duration::from_millis(500));
    bench.duty(1)?;
    Ok("another officer is on duty".to_owned())
}

//! The faults: a name and what is done, each a function of its own.
//!
//! Each says what was seen, or why it could not go on; what it must not lead to is for the oracle to see. Each leaves
//! the terminal such that it could work again.

mod clock;
mod disk;
mod files;
mod journal;
mod lanes;
mod lists;
mod page;
mod pins;
mod process;
mod scans;

use serde_json::Value;

use crate::bench::Bench;
use crate::chain;
use crate::rule::Check;

/// What was seen, or why there was nothing to see.
pub(crate) type Outcome = Result<String, String>;

/// Something that goes wrong.
pub(crate) struct Fault {
    pub(crate) name: &'static str,
    pub(crate) inject: fn(&mut Bench) -> Outcome,
    /// The row of the list of faults that it is known to break until that row is mended.
    pub(crate) waits: Option<u8>,
}

const fn fault(name: &'static str, inject: fn(&mut Bench) -> Outcome) -> Fault {
    Fault { name, inject, waits: None }
}

const fn waits(row: u8, name: &'static str, inject: fn(&mut Bench) -> Outcome) -> Fault {
    Fault { name, inject, waits: Some(row) }
}

/// All of them.
pub(crate) const FAULTS: &[Fault] = &[
    fault("killed", process::killed),
    fault("killed as the relay closes", process::killed_at_the_relay),
    fault("killed again and again", process::killed_often),
    fault("ended by SIGTERM", process::ended),
    fault("a second process on the same state", process::second),
    waits(8, "a file of the state harmed, then a start", files::at_the_start),
    waits(8, "a file of the state harmed while it runs", files::running),
    waits(8, "all files of the state harmed, then a start", files::all),
    fault("a state without anything, then a start", files::gone),
    waits(12, "a journal's byte flipped, then a start", journal::flipped),
    waits(12, "a journal cut off, then a start", journal::cut),
    waits(12, "a journal's folder removed, then a start", journal::removed),
    waits(12, "an older journal put back, then a start", journal::older),
    waits(12, "a new chain over a damaged journal", journal::renewed),
    waits(12, "a journal's byte flipped while it runs", journal::flipped_running),
    waits(8, "the disk full while it runs", disk::full),
    fault("the disk full at the start", disk::full_start),
    waits(8, "the disk read-only at the start", disk::locked_start),
    fault("the disk read-only while it runs", disk::locked),
    waits(9, "a start with another clock", clock::start),
    fault("a clock that leaps while it runs", clock::leap),
    waits(11, "one officer alone confirms a clock", clock::alone),
    fault("lists that are not taken", lists::refused),
    fault("a stick with something else under the name", lists::other),
    fault("a stick that changes under the hand", lists::swapped),
    fault("newer lists, and a start after them", lists::newer),
    fault("lists that end", lists::ends),
    fault("bad permits at the scanner", scans::bad),
    fault("a used permit", scans::used),
    waits(16, "every byte from a scanner", scans::bytes),
    fault("a scanner that floods", scans::flood),
    fault("a scanner unplugged", scans::unplugged),
    waits(19, "a scanner set up wrongly", scans::misset),
    fault("bad permits before the camera", scans::camera),
    fault("two permits before the camera", scans::several),
    fault("a camera that stands still", scans::frozen),
    waits(4, "a verdict that nobody attends to", scans::undecided),
    fault("a decision without an officer", page::nobody_on_duty),
    fault("a decision about the verdict before", page::stale),
    fault("a decision twice", page::twice),
    fault("a caller without leave", page::stranger),
    fault("another user of the machine", page::other_user),
    fault("another page's requests", page::foreign),
    fault("what a scanner types into the page", page::typed),
    fault("commands without end", page::flood),
    fault("callers who say nothing", page::slow),
    fault("a browser that dies", page::pulse),
    fault("a screen that goes dark", page::silent),
    waits(4, "an undone admission", page::undone),
    waits(15, "a thousand wrong PINs", pins::thousand),
    fault("an officer locked out", pins::locked),
    fault("one permit in two lanes", lanes::one_permit),
    fault("a decision about the other lane's verdict", lanes::crossed),
];

/// The journal at the end, as headquarters gets it.
pub(crate) fn exported(bench: &mut Bench) -> String {
    let done = export(bench);
    let broken = done.as_ref().err().cloned();
    bench.oracle.see(Check::Whole, broken);
    done.unwrap_or_else(|why| why)
}

fn export(bench: &mut Bench) -> Outcome {
    bench.duty(0)?;
    bench.clear(0)?;
    bench.clear(1)?;
    let answer = bench.browser(0)?.get("/journal").map_err(|fault| fault.to_string())?;
    let key = chain::key(&bench.state()).ok_or("the terminal has no key")?;
    if answer.status != 200 {
        return Err(format!("the export is answered with {}", answer.status));
    }
    let report = permit_journal::verify(&chain::body(&answer), &key);
    let problem = report.problems.iter().find(|problem| {
        !matches!(
            problem,
            permit_journal::Problem::Stated(_) | permit_journal::Problem::Unsigned { .. }
        )
    });
    match problem {
        Some(problem) => Err(format!("the export is not sound: {problem:?}")),
        None => Ok(format!(
            "{} records, {} admitted, {} signed heads hold",
            report.counts.records, report.counts.admitted, report.heads
        )),
    }
}

/// What stands at a lane is shown to be nothing that lets anybody pass.
fn nothing_moves(bench: &mut Bench, lane: usize, mark: usize, what: &str) {
    let broken = bench.attempt(lane, mark).map(|moved| format!("{what}: {moved}"));
    bench.oracle.see(Check::Own, broken);
}

/// The number of the verdict that a lane shows.
fn about(bench: &mut Bench, lane: usize) -> Result<Value, String> {
    let browser = bench.browser(lane)?;
    let shown = browser.until(crate::duty::SOON, |news| news["stage"] == "verdict");
    shown.map(|news| news["about"].clone()).ok_or_else(|| "no verdict is shown".to_owned())
}

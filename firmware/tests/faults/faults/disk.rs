//! A disk that is full, and one that takes nothing.

use core::time::Duration;
use std::fs::{self, File};
use std::io::Write as _;

use super::Outcome;
use crate::bench::Bench;
use crate::rule::Check;

/// A terminal looks at its disk once a second.
const NOTICED: Duration = Duration::from_millis(2_500);

fn fill(bench: &Bench) -> u64 {
    let mut file = File::create(bench.state().join("ballast")).unwrap();
    let (mut written, mut block) = (0, 1 << 20);
    while block > 0 {
        match file.write(&vec![0; block]) {
            Ok(0) | Err(_) => block /= 2,
            Ok(more) => written += u64::try_from(more).unwrap(),
        }
    }
    written
}

fn free(bench: &Bench) {
    let _ = fs::remove_file(bench.state().join("ballast"));
}

fn refused(bench: &mut Bench) -> Outcome {
    let bad = bench.bad(0)?;
    let good = bench.not_green(1)?;
    Ok(format!("{bad}, {good}"))
}

pub(super) fn full(bench: &mut Bench) -> Outcome {
    bench.duty(0)?;
    let written = fill(bench);
    std::thread::sleep(NOTICED);
    bench.oracle.forbid("the disk is full", Duration::ZERO);
    let done = refused(bench);
    // Whoever comes now can still sign in.
    let browser = bench.browser(1)?;
    let _ = browser.command("sign-out");
    browser.until(crate::duty::SOON, |news| news["duty"] == false);
    let duty = bench.duty(1);
    bench.oracle.see(Check::Own, duty.err().map(|why| format!("with a full disk: {why}")));
    bench.check();
    bench.oracle.allow();
    free(bench);
    done.map(|seen| format!("{written} bytes: {seen}"))
}

pub(super) fn full_start(bench: &mut Bench) -> Outcome {
    bench.kill();
    fill(bench);
    bench.oracle.forbid("the disk is full", Duration::ZERO);
    let done = bench.start().and_then(|()| refused(bench));
    bench.check();
    bench.oracle.allow();
    free(bench);
    if bench.process().is_none() {
        bench.start()?;
    }
    done
}

pub(super) fn locked_start(bench: &mut Bench) -> Outcome {
    bench.kill();
    let state = bench.state().to_string_lossy().into_owned();
    bench.system("mount", &["-o", "remount,ro", &state])?;
    bench.oracle.forbid("the disk is read-only", Duration::ZERO);
    let done = bench.start().and_then(|()| refused(bench));
    bench.check();
    bench.oracle.allow();
    bench.system("mount", &["-o", "remount,rw", &state])?;
    if bench.random.below(2) == 0 {
        bench.kill();
    }
    done
}

pub(super) fn locked(bench: &mut Bench) -> Outcome {
    let state = bench.state().to_string_lossy().into_owned();
    if let Err(busy) = bench.system("mount", &["-o", "remount,ro", &state]) {
        // The journal's file is open for writing, and the kernel does not take it away.
        return Ok(format!("not done: {}", busy.lines().next().unwrap_or_default()));
    }
    std::thread::sleep(NOTICED);
    bench.oracle.forbid("the disk is read-only", Duration::ZERO);
    let done = refused(bench);
    bench.check();
    bench.oracle.allow();
    bench.system("mount", &["-o", "remount,rw", &state])?;
    done
}

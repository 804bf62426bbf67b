//! Journals that were damaged, shortened, taken away or put back.
//!
//! A permit that passed must not be green over a journal that may have lost it, nor any other that it may concern.

use core::time::Duration;
use std::fs;
use std::path::PathBuf;

use super::Outcome;
use crate::bench::{Bench, OFFICERS};
use crate::duty::SOON;
use crate::rule::Check;
use crate::town::{Card, now};

fn segments(bench: &Bench) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(bench.journal())
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.is_file() && path.to_string_lossy().contains("journal-"))
        .collect();
    files.sort();
    files
}

/// A permit passes, the process is killed, the journal is harmed; then nothing of it is green.
fn harmed(bench: &mut Bench, harm: impl FnOnce(&mut Bench) -> Outcome) -> Outcome {
    bench.duty(0)?;
    let spent = bench.town.permit(Card::Good);
    let first = bench.town.permit(Card::Good);
    bench.pass_with(0, &first)?;
    bench.kill();
    bench.keep();
    bench.start()?;
    bench.duty(0)?;
    bench.pass_with(0, &spent)?;
    bench.check();
    bench.kill();
    let what = harm(bench)?;
    bench.oracle.damaged = true;
    bench.oracle.forbid("its journal is known to be damaged", Duration::ZERO);
    let done = bench.start().and_then(|()| {
        let spent = bench.scan(0, &spent, false)?;
        let good = bench.not_green(1)?;
        Ok(format!("{what}; spent: {}, {good}", spent.say()))
    });
    bench.check();
    bench.oracle.allow();
    bench.put_back();
    bench.oracle.damaged = false;
    done
}

pub(super) fn flipped(bench: &mut Bench) -> Outcome {
    harmed(bench, |bench| {
        let files = segments(bench);
        let file = bench.random.of(&files).clone();
        let mut bytes = fs::read(&file).unwrap();
        // Not in the last record: what was cut off there by a power cut is no damage.
        let end = u64::try_from(bytes.len()).unwrap().saturating_sub(600).max(60);
        let at = usize::try_from(8 + bench.random.below(end - 8)).unwrap();
        bytes[at] ^= 1 << bench.random.below(8);
        fs::write(&file, bytes).unwrap();
        Ok(format!("byte {at}"))
    })
}

pub(super) fn cut(bench: &mut Bench) -> Outcome {
    harmed(bench, |bench| {
        let file = segments(bench).pop().ok_or("no segment")?;
        let bytes = fs::read(&file).unwrap();
        // Whole records are taken off the end, the last admission among them.
        let mut ends = vec![8];
        while let Some(head) = bytes.get(ends[ends.len() - 1]..).filter(|rest| rest.len() > 8) {
            let length = u32::from_be_bytes(head[..4].try_into().unwrap());
            ends.push(ends[ends.len() - 1] + 8 + usize::try_from(length).unwrap());
        }
        let keep = ends.len().saturating_sub(6).max(2).min(ends.len() - 1);
        fs::write(&file, &bytes[..ends[keep]]).unwrap();
        Ok(format!("{} records cut off", ends.len() - 1 - keep))
    })
}

pub(super) fn removed(bench: &mut Bench) -> Outcome {
    harmed(bench, |bench| {
        fs::remove_dir_all(bench.journal()).unwrap();
        Ok("no folder".to_owned())
    })
}

pub(super) fn older(bench: &mut Bench) -> Outcome {
    harmed(bench, |bench| {
        fs::remove_dir_all(bench.journal()).unwrap();
        let (from, to) = (bench.place("kept").join("journal"), bench.state());
        bench.system("cp", &["-a", &from.to_string_lossy(), &to.to_string_lossy()])?;
        Ok("as it was before the last permit passed".to_owned())
    })
}

/// Two officers start a new chain over a damaged one: what it may have lost stays in doubt until a newer list tells.
pub(super) fn renewed(bench: &mut Bench) -> Outcome {
    let (version, presence) = (bench.town.version, bench.town.presence);
    bench.duty(0)?;
    let spent = bench.town.permit(Card::Good);
    bench.pass_with(0, &spent)?;
    bench.check();
    bench.kill();
    bench.keep();
    fs::remove_dir_all(bench.journal()).unwrap();
    bench.oracle.damaged = true;
    bench.oracle.forbid("its journal is known to be damaged", Duration::ZERO);
    let done = renew(bench, &spent);
    bench.check();
    bench.oracle.allow();
    bench.put_back();
    (bench.town.version, bench.town.presence) = (version, presence);
    bench.oracle.damaged = false;
    done
}

fn renew(bench: &mut Bench, spent: &str) -> Outcome {
    bench.start()?;
    let browser = bench.browser(0)?;
    for (officer, pin) in [OFFICERS[0], OFFICERS[0], OFFICERS[1]] {
        browser.sign_in(officer, pin).map_err(|fault| fault.to_string())?;
        browser.until(SOON, |news| news["duty"] == true);
        bench.not_green(1)?;
        browser.command("new-chain").map_err(|fault| fault.to_string())?;
        std::thread::sleep(Duration::from_millis(1_200));
        if officer == OFFICERS[1].0 {
            break;
        }
        browser.command("sign-out").map_err(|fault| fault.to_string())?;
        browser.until(SOON, |news| news["duty"] == false);
    }
    let (after, lost) = (bench.not_green(1)?, bench.scan(0, spent, false)?);
    bench.oracle.allow();
    bench.town.presence = true;
    bench.town.version += 1;
    let stick = bench.place("stick").join("bundle.cbor");
    let lists = bench.town.bundle_for(bench.town.version, now(), 9_000_000, 0);
    fs::write(&stick, lists).unwrap();
    std::thread::sleep(Duration::from_secs(1));
    bench.duty(0)?;
    bench.clear(0)?;
    bench.browser(0)?.command("update").map_err(|fault| fault.to_string())?;
    std::thread::sleep(Duration::from_secs(2));
    fs::remove_file(&stick).unwrap();
    let passed = bench.pass(1);
    bench.oracle.see(Check::Own, passed.err().map(|why| format!("with newer lists: {why}")));
    Ok(format!("spent: {}, {after}", lost.say()))
}

/// Nobody looks at what is written while it runs; the next start does.
pub(super) fn flipped_running(bench: &mut Bench) -> Outcome {
    bench.duty(0)?;
    let spent = bench.town.permit(Card::Good);
    bench.pass_with(0, &spent)?;
    bench.check();
    bench.kill();
    bench.keep();
    bench.start()?;
    let file = segments(bench).into_iter().next().ok_or("no segment")?;
    let mut bytes = fs::read(&file).unwrap();
    bytes[60] ^= 4;
    bench.oracle.blind();
    bench.oracle.damaged = true;
    // In place: the program's own descriptor sees it.
    use std::os::unix::fs::FileExt as _;
    let open = fs::File::options().write(true).open(&file).unwrap();
    open.write_all_at(&bytes[60..61], 60).unwrap();
    let running = bench.scan(0, &spent, false)?;
    bench.kill();
    bench.oracle.forbid("its journal is known to be damaged", Duration::ZERO);
    let done = bench.start().and_then(|()| {
        let spent = bench.scan(0, &spent, false)?;
        Ok(format!("spent: {}, after a start {}", running.say(), spent.say()))
    });
    bench.check();
    bench.oracle.allow();
    bench.put_back();
    bench.oracle.damaged = false;
    done
}

//! Lists from a stick: what is not taken, what is, and what else may lie under the name.

use core::sync::atomic::{AtomicBool, Ordering};
use core::time::Duration;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::PathBuf;
use std::sync::Arc;

use super::Outcome;
use crate::bench::Bench;
use crate::duty::SOON;
use crate::rule::Check;
use crate::town::{Card, now};

fn stick(bench: &Bench) -> PathBuf {
    bench.place("stick").join("bundle.cbor")
}

fn empty(bench: &Bench) {
    let path = stick(bench);
    if path.is_dir() {
        fs::remove_dir_all(&path).unwrap();
    } else {
        let _ = fs::remove_file(&path);
    }
}

/// Asks for an update at one lane while somebody stands at the other: the verdict there does not wait.
fn update(bench: &mut Bench) -> Outcome {
    bench.duty(0)?;
    bench.clear(0)?;
    bench.clear(1)?;
    bench.browser(0)?.command("update").map_err(|fault| fault.to_string())?;
    let seen = bench.card(1, Card::Good)?;
    let idle = |news: &serde_json::Value| news["stage"] != "updating";
    std::thread::sleep(Duration::from_millis(200));
    if bench.browser(0)?.until(Duration::from_secs(20), idle).is_none() {
        return Err("the update does not end".to_owned());
    }
    Ok(seen.say())
}

/// The same, and the lists in use stay.
fn not_taken(bench: &mut Bench) -> Outcome {
    let kept = || fs::read(bench.state().join("bundle.cbor")).ok();
    let before = kept();
    let seen = update(bench)?;
    let after = fs::read(bench.state().join("bundle.cbor")).ok();
    let broken = (before != after).then(|| "the lists that are kept are others".to_owned());
    bench.oracle.see(Check::Own, broken);
    empty(bench);
    Ok(seen)
}

pub(super) fn refused(bench: &mut Bench) -> Outcome {
    let (version, town) = (bench.town.version, &bench.town);
    let which = bench.random.below(6);
    let (what, bytes) = match which {
        0 if version > 1 => ("older", town.bundle(version - 1)),
        0 | 1 => (
            "another of the same version",
            town.bundle_for(version, now().plus(-7_000), 9_000_000, 0),
        ),
        2 => ("garbage", vec![0x9f; 50_000]),
        3 => {
            let mut bytes = town.bundle(version + 1);
            bytes.truncate(bytes.len() - 7);
            ("cut off", bytes)
        }
        4 => {
            // As many keys as lists may have, and a register that is not signed.
            let mut bytes = town.bundle_for(version + 1, now().plus(-3_600), 9_000_000, 960);
            let zone = town.zone();
            let at = bytes.windows(zone.len()).position(|window| window == zone).unwrap();
            bytes[at + zone.len() - 1] ^= 1;
            ("two thousand keys, not signed", bytes)
        }
        _ => ("four megabytes of keys", town.swollen()),
    };
    fs::write(stick(bench), bytes).unwrap();
    not_taken(bench).map(|seen| format!("{what}: {seen}"))
}

pub(super) fn other(bench: &mut Bench) -> Outcome {
    let path = stick(bench);
    let newer = bench.place("spare").join("newer.cbor");
    fs::write(&newer, bench.town.bundle(bench.town.version + 1)).unwrap();
    let what = match bench.random.below(5) {
        0 => {
            bench.system("mkfifo", &[&path.to_string_lossy()])?;
            "a pipe"
        }
        1 => {
            symlink(&newer, &path).unwrap();
            "a link"
        }
        2 => {
            fs::create_dir(&path).unwrap();
            "a folder"
        }
        3 => {
            symlink("/dev/zero", &path).unwrap();
            "a device"
        }
        _ => {
            fs::File::create(&path).unwrap().set_len(8 << 30).unwrap();
            "an endless file"
        }
    };
    not_taken(bench).map(|seen| format!("{what}: {seen}"))
}

pub(super) fn swapped(bench: &mut Bench) -> Outcome {
    let (path, stop) = (stick(bench), Arc::new(AtomicBool::new(false)));
    let spare = bench.place("spare");
    let (pipe, file, stopped) = (spare.join("pipe"), spare.join("file"), Arc::clone(&stop));
    let _ = fs::remove_file(&pipe);
    bench.system("mkfifo", &[&pipe.to_string_lossy()])?;
    fs::write(&file, "nothing").unwrap();
    let place = path.clone();
    let swaps = std::thread::spawn(move || {
        let mut count = 0;
        while !stopped.load(Ordering::Relaxed) {
            for from in [&file, &pipe] {
                let beside = place.with_extension("beside");
                let _ = fs::hard_link(from, &beside);
                let _ = fs::rename(&beside, &place);
                count += 1;
            }
        }
        count
    });
    let mut done = Ok(String::new());
    for _ in 0..4 {
        done = done.and_then(|_: String| update(bench));
    }
    stop.store(true, Ordering::Relaxed);
    let count = swaps.join().unwrap();
    empty(bench);
    done.map(|seen| format!("{count} swaps: {seen}"))
}

/// Newer lists that take a permit back; then a start with the first lists on the command line.
pub(super) fn newer(bench: &mut Bench) -> Outcome {
    let text = bench.town.permit(Card::Good);
    let serial = bench.town.last();
    bench.town.revoked.push(serial);
    bench.town.version += 1;
    fs::write(stick(bench), bench.town.bundle(bench.town.version)).unwrap();
    update(bench)?;
    empty(bench);
    let taken = bench.scan(0, &text, false)?;
    bench.kill();
    bench.start()?;
    let after = bench.scan(0, &text, false)?;
    let both =
        [&taken, &after].iter().all(|seen| matches!(seen, crate::duty::Seen::Verdict(_, 32)));
    bench.oracle.see(Check::Own, (!both).then(|| "the newer lists are not in use".to_owned()));
    Ok(format!("{}, after a start {}", taken.say(), after.say()))
}

/// Lists that make nothing valid after a few seconds.
pub(super) fn ends(bench: &mut Bench) -> Outcome {
    bench.town.version += 1;
    let version = bench.town.version;
    // Signed a minute ago, so that they are not ahead of anybody's clock.
    let bytes = bench.town.bundle_for(version, now().plus(-60), 66, 0);
    fs::write(stick(bench), bytes).unwrap();
    update(bench)?;
    std::thread::sleep(SOON + Duration::from_secs(1));
    bench.oracle.forbid("the lists have ended", Duration::ZERO);
    let done = bench.not_green(1);
    bench.check();
    bench.kill();
    let after = bench.start().and_then(|()| bench.not_green(0));
    bench.oracle.allow();
    bench.town.version += 1;
    fs::write(stick(bench), bench.town.bundle(bench.town.version)).unwrap();
    update(bench)?;
    empty(bench);
    Ok(format!("{}, after a start {}", done?, after?))
}

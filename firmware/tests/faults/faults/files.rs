//! Every file of the state in every state a file can be in, before a start and while the terminal runs.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt as _, chown};
use std::path::{Path, PathBuf};

use super::Outcome;
use crate::bench::Bench;
use crate::random::Random;
use crate::town::Card;

/// What is wrong with a file.
#[derive(Clone, Copy, Debug)]
enum Harm {
    Empty,
    Torn,
    Flipped,
    Missing,
    Folder,
    Unreadable,
    OpenToAll,
    RootsOwn,
    Garbage,
}

const HARMS: [Harm; 9] = [
    Harm::Empty,
    Harm::Torn,
    Harm::Flipped,
    Harm::Missing,
    Harm::Folder,
    Harm::Unreadable,
    Harm::OpenToAll,
    Harm::RootsOwn,
    Harm::Garbage,
];

fn harm(path: &Path, harm: Harm, random: &mut Random) {
    let bytes = fs::read(path).unwrap_or_default();
    let length = u64::try_from(bytes.len()).unwrap();
    match harm {
        Harm::Empty => fs::write(path, "").unwrap(),
        Harm::Torn => fs::write(path, &bytes[..bytes.len() / 2]).unwrap(),
        Harm::Flipped => {
            let mut bytes = bytes;
            let at = usize::try_from(random.below(length.max(1))).unwrap();
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << random.below(8);
            }
            fs::write(path, bytes).unwrap();
        }
        Harm::Missing => fs::remove_file(path).unwrap(),
        Harm::Folder => {
            fs::remove_file(path).unwrap();
            fs::create_dir(path).unwrap();
        }
        Harm::Unreadable => fs::set_permissions(path, Permissions::from_mode(0o000)).unwrap(),
        Harm::OpenToAll => fs::set_permissions(path, Permissions::from_mode(0o666)).unwrap(),
        Harm::RootsOwn => {
            fs::set_permissions(path, Permissions::from_mode(0o600)).unwrap();
            chown(path, Some(0), Some(0)).unwrap();
        }
        Harm::Garbage => {
            let garbage: Vec<u8> = (0..5_000).map(|_| random.next().to_le_bytes()[0]).collect();
            fs::write(path, garbage).unwrap();
        }
    }
}

/// The plain files right inside the state, in the order of their names.
fn plain(bench: &Bench) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(bench.state())
        .unwrap()
        .flatten()
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()))
        .map(|entry| entry.path())
        .collect();
    files.sort();
    files
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

/// A permit that has passed, so that it is not good any more.
fn spent(bench: &mut Bench) -> Result<String, String> {
    let text = bench.town.permit(Card::Good);
    bench.duty(0)?;
    bench.pass_with(0, &text)?;
    Ok(text)
}

/// What a degraded terminal may say: nothing green of a bad or a spent permit; what it admits is for the oracle.
fn asked(bench: &mut Bench, spent: &str) -> Outcome {
    let again = bench.scan(0, spent, false)?;
    let bad = bench.bad(1)?;
    let good = bench.card(1, Card::Good)?;
    let mut passed = "not tried".to_owned();
    if good.is("valid") && bench.duty(1).is_ok() {
        // Taking over gives the screen another mark; the verdict is the same.
        passed = bench.admit(1).map_or_else(|why| why, |closed| closed.to_string());
    }
    Ok(format!("spent: {}, {bad}, Good: {}, passed: {passed}", again.say(), good.say()))
}

pub(super) fn at_the_start(bench: &mut Bench) -> Outcome {
    let spent = spent(bench)?;
    bench.kill();
    bench.keep();
    let files = plain(bench);
    let (file, how) = (bench.random.of(&files).clone(), *bench.random.of(&HARMS));
    harm(&file, how, &mut bench.random);
    bench.oracle.damaged = true;
    let what = format!("{} {how:?}", name(&file));
    let done = bench.start().and_then(|()| asked(bench, &spent));
    bench.check();
    bench.put_back();
    bench.oracle.damaged = false;
    done.map(|seen| format!("{what}: {seen}")).map_err(|why| format!("{what}: {why}"))
}

pub(super) fn running(bench: &mut Bench) -> Outcome {
    let spent = spent(bench)?;
    bench.kill();
    bench.keep();
    bench.start()?;
    let files = plain(bench);
    let (file, how) = (bench.random.of(&files).clone(), *bench.random.of(&HARMS));
    harm(&file, how, &mut bench.random);
    bench.oracle.damaged = true;
    let what = format!("{} {how:?}", name(&file));
    let done = asked(bench, &spent).and_then(|seen| {
        bench.check();
        bench.kill();
        bench.start()?;
        let after = asked(bench, &spent)?;
        Ok(format!("{seen}; after a start: {after}"))
    });
    bench.check();
    bench.put_back();
    bench.oracle.damaged = false;
    done.map(|seen| format!("{what}: {seen}")).map_err(|why| format!("{what}: {why}"))
}

pub(super) fn all(bench: &mut Bench) -> Outcome {
    let spent = spent(bench)?;
    bench.kill();
    bench.keep();
    let how = *bench.random.of(&HARMS);
    for file in plain(bench) {
        harm(&file, how, &mut bench.random);
    }
    bench.oracle.damaged = true;
    let done = bench.start().and_then(|()| asked(bench, &spent));
    bench.check();
    bench.put_back();
    bench.oracle.damaged = false;
    done.map(|seen| format!("{how:?}: {seen}")).map_err(|why| format!("{how:?}: {why}"))
}

/// Nothing is left of the state: a first start, on which nobody is enrolled.
pub(super) fn gone(bench: &mut Bench) -> Outcome {
    bench.kill();
    bench.keep();
    bench.wipe();
    let done = bench.start().and_then(|()| {
        let seen = bench.card(0, Card::Good)?;
        let mark = bench.mark();
        if seen.is("valid") {
            let asked = serde_json::json!({ "command": "admit", "about": super::about(bench, 0)? });
            let _ = bench.browser(0)?.ask(&asked);
        }
        super::nothing_moves(bench, 0, mark, "nobody is enrolled");
        Ok(format!("Good: {}", seen.say()))
    });
    bench.check();
    bench.put_back();
    bench.oracle.damaged = false;
    done
}

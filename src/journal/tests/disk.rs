//! The real disk: who may read, who may write, and a process that is killed.

use core::time::Duration;
use std::{
    fs,
    os::unix::fs::{PermissionsExt, symlink},
    path::Path,
    process::{Command, Stdio},
    thread,
    time::Instant,
};

use super::world::{OUT, World, now};
use crate::{Disk, Entry, Event, Journal, OpenError, audit, reading};

/// Where the child keeps its journal; absent in any other run.
const CHILD: &str = "PERMIT_JOURNAL_CHILD";
/// Set by `tests/run --long`.
const LONG: &str = "PERMIT_LONG";

fn open(world: &World, folder: &Path) -> Result<Journal<Disk>, OpenError> {
    Journal::open(Disk::open(folder).unwrap(), world.settings.clone(), &now(0))
}

#[test]
fn only_its_owner_may_read_it() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("journal");
    let world = World::new();
    let mut journal = open(&world, &folder).unwrap();
    let scanned = world.scanned(1, OUT, crate::Colour::Green);
    let _ = journal.append(Event::Scanned(scanned), &now(0)).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    let files: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(files.len(), 2, "a segment and the lock: {files:?}");
    assert!(files.iter().all(|file| mode(file) == 0o600));
    assert!(journal.free().unwrap() > 0);
}

#[test]
fn one_process_at_a_time() {
    let place = tempfile::tempdir().unwrap();
    let world = World::new();
    let first = open(&world, place.path()).unwrap();
    assert!(matches!(open(&world, place.path()), Err(OpenError::Locked)));
    drop(first);
    assert!(open(&world, place.path()).is_ok());
}

#[test]
fn a_folder_that_is_none() {
    let place = tempfile::tempdir().unwrap();
    let (file, link) = (place.path().join("file"), place.path().join("link"));
    fs::write(&file, b"").unwrap();
    symlink(place.path(), &link).unwrap();
    assert!(Disk::open(&file).is_err() && Disk::open(&link).is_err());
    assert!(Disk::open(place.path().join("no/parent")).is_err());
}

/// Not a test by itself: what [`killed_at_any_moment`] kills. It writes down what it was promised.
#[test]
fn child() {
    let Some(folder) = std::env::var_os(CHILD) else { return };
    let mut world = World::new();
    world.full = 20_000;
    let mut journal = open(&world, Path::new(&folder)).unwrap();
    journal.full = world.full;
    let promised = Path::new(&folder).join("../promised");
    for turn in 0.. {
        let scanned = world.scanned(turn % 50, OUT, crate::Colour::Green);
        let scan = journal.append(Event::Scanned(scanned), &now(i64::from(turn))).unwrap();
        let decided = crate::Decided::automatic(scan.sequence());
        let durable = journal.decided(decided, &now(i64::from(turn))).unwrap();
        // What stands in for the relay: it moves only for an entry, and never back.
        let line = format!("{} {}\n", durable.sequence(), durable.hash());
        let opening = durable.opening().unwrap();
        let whole = promised.with_extension("new");
        fs::write(&whole, format!("{line}{}", opening.decision())).unwrap();
        fs::rename(&whole, &promised).unwrap();
    }
}

#[test]
fn killed_at_any_moment() {
    let rounds = if std::env::var_os(LONG).is_some() { 500 } else { 50 };
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("journal");
    let world = World::new();
    let (mut known, mut torn) = (0, 0);
    for round in 0..rounds {
        let _ = fs::remove_file(place.path().join("promised"));
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "tests::disk::child", "--nocapture"])
            .env(CHILD, &folder)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // By turns at any moment from the start on, and while it writes.
        let written = || place.path().join("promised").exists();
        let patience = Instant::now();
        while round % 2 == 0 && !written() && patience.elapsed() < Duration::from_secs(30) {
            thread::sleep(Duration::from_millis(1));
        }
        thread::sleep(Duration::from_micros((round * 7_919) % 40_000));
        child.kill().unwrap();
        assert!(!child.wait().unwrap().success());
        let Ok(promised) = fs::read_to_string(place.path().join("promised")) else { continue };
        if folder.exists() {
            (known, torn) = check(&world, &folder, &promised, known, torn);
        }
    }
    assert!(known >= rounds, "the child never came far: {known} records");
    println!("COUNTED journal-kills={rounds}");
    println!("{rounds} kills, {known} records, {torn} torn ends");
}

/// The chain is whole and has what was promised, and at most a scan and a decision more.
fn check(world: &World, folder: &Path, promised: &str, known: u64, torn: u64) -> (u64, u64) {
    let journal = open(world, folder).unwrap();
    assert!(journal.condition().is_whole(), "{:?}", journal.condition());
    let torn = torn + journal.condition().found.len() as u64;
    let tip = journal.tip();
    drop(journal);
    let disk = Disk::open(folder).unwrap();
    let mut hashes = Vec::new();
    let mut events = 0;
    let reading = reading::read(&disk, world.settings.terminal, |record, _, tip| {
        hashes.push((tip.sequence, tip.hash.to_string()));
        events = if matches!(record.entry, Entry::Event(_)) { record.sequence } else { events };
    });
    assert!(reading.is_ok_and(|reading| reading.damage.is_empty() && reading.tip == tip));
    let (line, opened) = promised.split_once('\n').unwrap_or((promised, ""));
    if let Some((sequence, hash)) = line.split_once(' ').filter(|_| !opened.is_empty()) {
        let sequence: u64 = sequence.parse().unwrap();
        assert!(hashes.contains(&(sequence, hash.to_owned())), "entry {sequence} was promised");
        let later = hashes.iter().filter(|(at, _)| *at > sequence && *at <= events).count();
        assert!(later <= 2, "{later} entries that nobody was told of");
    }
    let report = audit(&disk, world.settings.terminal, &world.public()).unwrap();
    assert!(report.counts.records >= known);
    (report.counts.records, torn)
}

/// A hundred thousand people in 90 days do not fill a small computer's memory.
#[test]
fn memory_of_many_scans() {
    let long = std::env::var_os(LONG).is_some();
    let scans = if long { 100_000 } else { 5_000 };
    let Ok(place) = tempfile::tempdir_in("/dev/shm") else {
        println!("skipped: journal memory: no /dev/shm");
        return;
    };
    let world = World::new();
    let before = resident();
    let mut journal = open(&world, &place.path().join("journal")).unwrap();
    for serial in 0..scans {
        let scanned = world.scanned(serial, OUT, crate::Colour::Green);
        let scan = journal.append(Event::Scanned(scanned), &now(i64::from(serial))).unwrap();
        let _ = journal.decided(crate::Decided::automatic(scan.sequence()), &now(0)).unwrap();
    }
    let grown = resident().saturating_sub(before);
    drop(journal);
    let start = Instant::now();
    let journal = open(&world, &place.path().join("journal")).unwrap();
    assert_eq!(journal.counts().admitted, u64::from(scans));
    let opened = start.elapsed();
    println!("{scans} scans of as many permits: {grown} KiB more; opened again in {opened:?}");
    assert!(grown < 40 * 1024, "{grown} KiB");
}

/// Resident memory in KiB.
fn resident() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

//! What a terminal remembers, on the real program: the time, and who went where.
//!
//! A clock that leaps for one boot, a clock behind everything that two officers confirm, one byte of a kept journal turned
//! over, and a journal that was removed. The wall clock of a process is moved by libfaketime (Debian: faketime).

#![expect(clippy::unwrap_used, reason = "tests say what they expect")]
#![expect(clippy::print_stdout, reason = "a test that cannot run says so")]

mod desk;
mod guard;

use core::time::Duration;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use permit_core::trust::{Role, Root};
use permit_core::{Distrust, Now, Side, UnixTime};
use permit_journal::{Disk, Journal, Secret, Secrets, Settings, Terminal};
use permit_signing::demo::{self, World};
use permit_signing::draft::{Draft, Time};
use permit_signing::{Parties, sign_at_once};

use self::desk::{Desk, permit, state};

const YEAR_2062: UnixTime = UnixTime(2_903_000_000);

/// Where libfaketime lies, if it is there.
fn faketime() -> Option<PathBuf> {
    let usual = |machine| format!("/usr/lib/{machine}-linux-gnu/faketime/libfaketime.so.1");
    let all = ["x86_64", "aarch64"].map(|machine| PathBuf::from(usual(machine)));
    let found = all.into_iter().find(|path| path.exists());
    if found.is_none() {
        println!("skipped: without libfaketime (package faketime) no clock can be moved");
    }
    found
}

/// Starts it; with a time by the system's clock and the lists from a file, else by the demonstration's own.
fn open(state: &Path, clock: Option<(&Path, UnixTime)>) -> Desk {
    Desk::start(state, |command| {
        let Some((library, time)) = clock else { return };
        let offset = time.0 - now().0;
        command.env("LD_PRELOAD", library).env("FAKETIME", format!("{offset:+}"));
        command.env("FAKETIME_DONT_FAKE_MONOTONIC", "1").env("DONT_FAKE_MONOTONIC", "1");
        command.arg("--bundle").arg(bundle(state));
    })
}

fn now() -> UnixTime {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    UnixTime(i64::try_from(since.as_secs()).unwrap())
}

/// The demonstration's lists as a file, with a snapshot of side B that is signed five minutes from now.
fn bundle(state: &Path) -> PathBuf {
    let path = state.join("given.cbor");
    let world = World::make().unwrap();
    let root = world.root_draft.encode().unwrap();
    let parties = Parties::of_side(&Root::decode(&root).unwrap(), Side::B, Role::Snapshot);
    let snapshots = world.drafts.iter().filter_map(|draft| match draft {
        Draft::Snapshot(snapshot) => Some(snapshot.clone()),
        _ => None,
    });
    let mut snapshot = snapshots.into_iter().find(|it| it.side == Side::B.into()).unwrap();
    let ahead = now().plus(300);
    snapshot.header = snapshot.header.next(Time(ahead));
    let key = demo::authority_key(Side::B, Role::Snapshot, 1);
    let mut parts = world.parts.clone();
    let b = parts.b.as_mut().unwrap();
    b.snapshot = sign_at_once(&Draft::Snapshot(snapshot), &parties, &[key]).unwrap();
    std::fs::write(&path, parts.assemble(None, Some(ahead)).unwrap()).unwrap();
    path
}

/// The journal's files.
fn files(state: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let folder = std::fs::read_dir(state.join("journal")).unwrap();
    let paths = folder.map(|entry| entry.unwrap().path());
    let segments = paths.filter(|path| path.to_string_lossy().contains("journal-0"));
    segments.map(|path| (path.clone(), std::fs::read(path).unwrap())).collect()
}

/// What a copy of the journal says; the journal itself is left as it is.
fn kept(state: &Path) -> Journal<Disk> {
    let copy = tempfile::tempdir().unwrap().keep();
    for (path, bytes) in files(state) {
        std::fs::write(copy.join(path.file_name().unwrap()), bytes).unwrap();
    }
    let secret = std::fs::read(state.join("pseudonym.secret")).unwrap();
    // What stands before it is the check.
    let secret = secret[secret.len() - 32..].try_into().unwrap();
    let secrets = Secrets::new(Secret::new(secret), None);
    let terminal = Terminal { side: Side::A, number: 1 };
    let now = Now::untrusted(None, UnixTime(0), Distrust::Missing);
    Journal::open(Disk::open(copy).unwrap(), Settings::new(terminal, secrets), &now).unwrap()
}

#[test]
fn row_09_one_boot_in_2062() {
    let Some(library) = faketime() else { return };
    let state = state();
    let text = permit(0, 4);
    let right = |desk: &mut Desk| assert!(!desk.scan(&text).contains(&60), "the clock is right");
    right(&mut open(state.path(), Some((&library, now()))));
    let (before, floor) = (files(state.path()), kept(state.path()).floor());
    assert!(floor.is_some());
    for boot in 0..2 {
        let time = UnixTime(YEAR_2062.0 + boot * 86_400);
        let mut desk = open(state.path(), Some((&library, time)));
        assert!(desk.scan(&text).contains(&60), "nobody confirmed it");
        desk.until("the trouble", |page| page.contains("The clock is not trusted."));
        std::thread::sleep(Duration::from_secs(2));
    }
    let journal = kept(state.path());
    assert!(journal.condition().is_whole());
    assert_eq!(journal.floor(), floor, "no floor rose");
    for (path, bytes) in &before {
        assert!(files(state.path())[path].starts_with(bytes), "nothing was removed");
    }
    right(&mut open(state.path(), Some((&library, now()))));
    assert!(kept(state.path()).floor() >= floor);
}

#[test]
fn row_10_the_other_side_signs_five_minutes_ahead() {
    let Some(library) = faketime() else { return };
    let state = state();
    let mut desk = open(state.path(), Some((&library, now())));
    let here = desk.scan(&permit(0, 4));
    assert!(!here.contains(&60), "{here:?}");
    desk.until("no trouble", |page| !page.contains("The clock is not trusted."));
    drop(desk);
    assert!(kept(state.path()).floor().is_some_and(|floor| floor <= now()));
}

#[test]
fn row_11_two_officers_confirm_a_clock_behind_everything() {
    let Some(library) = faketime() else { return };
    let state = state();
    let text = permit(0, 4);
    // The summer of 2020: before the program was built, and before side B signs.
    let time = UnixTime(1_593_600_000);
    let mut desk = open(state.path(), Some((&library, time)));
    desk.sign_in(0);
    assert!(desk.scan(&text).contains(&60));
    desk.until_said("confirm-clock");
    desk.say("confirm-clock");
    assert!(desk.scan(&text).contains(&60), "one officer is one");
    desk.both("confirm-clock");
    desk.until("a clock", |page| !page.contains("The clock is not trusted."));
    assert!(!desk.scan(&text).contains(&60), "whatever the reason");
    drop(desk);
    let said = kept(state.path()).confirmed().unwrap();
    assert!(said.at.since(time) < 600 && said.at >= time);
    assert!(said.overruled.iter().flatten().count() >= 2, "the build and side B's snapshot");
    let mut desk = open(state.path(), Some((&library, time.plus(1_200))));
    assert!(!desk.scan(&text).contains(&60), "at the next start too");
}

#[test]
fn row_12_no_green_over_a_damaged_journal() {
    let state = state();
    let (used, other) = (permit(0, 1), permit(1, 1));
    let mut desk = open(state.path(), None);
    desk.sign_in(0);
    assert!(!desk.until("it", |_| true).contains("The journal is damaged"));
    desk.admit(&used);
    let again = desk.scan(&used);
    assert!(again.contains(&50), "used up: {again:?}");
    drop(desk);

    // One byte of what was kept.
    let (path, mut bytes) = files(state.path()).pop_first().unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(path, bytes).unwrap();
    let mut desk = open(state.path(), None);
    let page = desk.until("damage", |page| page.contains("The journal is damaged"));
    assert!(page.contains("Start a new journal") && page.contains("Journal broken"));
    desk.sign_in(0);
    for text in [&used, &other] {
        assert!(desk.scan(text).contains(&62), "whoever it may concern");
    }
    desk.free();
    desk.say("new-chain");
    desk.say("new-chain");
    desk.until("one officer is one", |page| page.contains("The journal is damaged"));
    desk.both("new-chain");
    desk.until("a new chain", |page| page.contains("A new journal was started"));
    assert!(desk.scan(&used).contains(&62), "until newer lists");
    drop(desk);
    let journal = kept(state.path());
    assert!(journal.condition().is_whole() && journal.epoch() == 1);
    drop(journal);

    // And the folder removed.
    std::fs::remove_dir_all(state.path().join("journal")).unwrap();
    let mut desk = open(state.path(), None);
    desk.until("damage", |page| page.contains("The journal is damaged"));
    desk.sign_in(1);
    assert!(desk.scan(&used).contains(&62));
}

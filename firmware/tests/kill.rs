//! The real process, killed at any moment while it scans.
//!
//! What it told of is on the disk: a verdict is told only after its entry is durable. Afterwards the journal opens, its
//! chain is whole, and the next start goes on with it. Twenty kills here; `PERMIT_KILLS=500` for as many as one likes.

#![expect(clippy::unwrap_used, reason = "tests say what they expect")]

use core::time::Duration;
use std::io::Read as _;
use std::path::Path;
use std::process::{Command, Stdio};

use permit_core::{Now, Side, UnixTime};
use permit_journal::{Disk, Journal, Secret, Secrets, Settings, Terminal};
use permit_signing::demo::{NOON, World};
use permit_symbol::{Size, Symbol};

/// Verdicts in the journal of a state folder, after making sure that it is whole.
fn kept(state: &Path) -> u64 {
    let secret = std::fs::read(state.join("pseudonym.secret")).unwrap();
    let settings = Settings {
        terminal: Terminal { side: Side::A, number: 1 },
        secrets: Secrets::new(Secret::new(secret.try_into().unwrap()), None),
        term: Settings::TERM,
    };
    let now = Now::by_hand(NOON, UnixTime(NOON.0 - 86_400));
    let journal =
        Journal::open(Disk::open(state.join("journal")).unwrap(), settings, &now).unwrap();
    assert!(journal.condition().is_whole(), "{:?}", journal.condition());
    journal.counts().verdicts.iter().map(|(_, number)| number).sum()
}

#[test]
fn nothing_told_is_lost() {
    let pictures = tempfile::tempdir().unwrap();
    let cases = World::make().unwrap().cases().unwrap();
    let permits = cases.iter().filter(|case| case.permit.is_some() && case.presence.is_none());
    for (number, case) in permits.take(40).enumerate() {
        let symbol = Symbol::new(core::str::from_utf8(&case.text).unwrap()).unwrap();
        let png = symbol.png(&Size::module(0.17)).unwrap();
        std::fs::write(pictures.path().join(format!("{number:03}.png")), png).unwrap();
    }
    let state = tempfile::tempdir().unwrap();
    let kills: u64 =
        std::env::var("PERMIT_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(20);
    let (mut told, mut before, mut seed) = (0, 0, 0x9e37_79b9_u64);
    for kill in 0..kills {
        let mut child = Command::new(env!("CARGO_BIN_EXE_permit-reader"))
            .args(["--board", "sim", "--once", "--events", "-", "--fps", "1000", "--camera"])
            .arg(pictures.path())
            .arg("--state")
            .arg(state.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        std::thread::sleep(Duration::from_millis(20 + (seed >> 33) % 700));
        child.kill().unwrap();
        let mut said = String::new();
        child.stdout.take().unwrap().read_to_string(&mut said).unwrap();
        child.wait().unwrap();
        let verdicts = said.matches("\"event\":\"verdict\"").count();
        told += u64::try_from(verdicts).unwrap();
        if !state.path().join("journal").exists() {
            continue;
        }
        let now = kept(state.path());
        assert!(now >= told, "kill {kill}: {told} told, {now} on the disk");
        assert!(now - before <= u64::try_from(verdicts).unwrap() + 1, "kill {kill}");
        (before, told) = (now, now);
    }
    assert!(told > kills, "{told} verdicts under {kills} kills: it was killed while it scanned");
    println!("{kills} kills, {told} verdicts, none lost");
}

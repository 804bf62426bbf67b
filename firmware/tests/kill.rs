//! The real process, killed at any moment while it scans, decides and moves the gate.
//!
//! A guard presses its buttons all the while, so that kills fall before, between and after verdict, decision, disk and
//! relay. What the process told of is on the disk: a verdict or a decision is told only after its entry is durable, and
//! no relay closed without one. Afterwards the journal opens, its chain is whole, and the next start goes on with it.
//! Twenty kills here; `PERMIT_KILLS=500` for as many as one likes.

#![expect(clippy::unwrap_used, reason = "tests say what they expect")]

mod guard;

use core::time::Duration;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use permit_signing::demo::World;
use permit_symbol::{Size, Symbol};

use self::guard::Guard;

/// What a journal holds, or what a process told of.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
struct Count {
    verdicts: u64,
    admitted: u64,
    turned_back: u64,
    assisted: u64,
}

impl Count {
    /// Of the journal in a state folder, after making sure that it is whole.
    fn kept(state: &Path) -> Self {
        let journal = guard::journal(state);
        let counts = journal.counts();
        Self {
            verdicts: counts.verdicts.iter().map(|(_, number)| number).sum(),
            admitted: counts.admitted,
            turned_back: counts.turned_back,
            assisted: counts.assisted,
        }
    }

    /// Of a record of events; help without a verdict is not in it.
    fn told(said: &str) -> Self {
        let of = |what: &str| u64::try_from(said.matches(what).count()).unwrap();
        Self {
            verdicts: of("\"event\":\"verdict\"") - of("\"class\":\"not-a-permit\""),
            admitted: of("\"decision\":\"admitted\""),
            turned_back: of("\"decision\":\"turned-back\""),
            assisted: of("\"decision\":\"assisted\""),
        }
    }

    /// What came to it since, in its parts.
    fn since(self, before: Self) -> [u64; 4] {
        let (now, before) = (self.parts(), before.parts());
        core::array::from_fn(|part| now[part] - before[part])
    }

    const fn parts(self) -> [u64; 4] {
        [self.verdicts, self.admitted, self.turned_back, self.assisted]
    }
}

/// Permits to be shown, good and bad.
fn draw(pictures: &Path) {
    let cases = World::make().unwrap().cases().unwrap();
    let permits = cases.iter().filter(|case| case.permit.is_some() && case.presence.is_none());
    for (number, case) in permits.take(40).enumerate() {
        let symbol = Symbol::new(core::str::from_utf8(&case.text).unwrap()).unwrap();
        let png = symbol.png(&Size::module(0.17)).unwrap();
        std::fs::write(pictures.join(format!("{number:03}.png")), png).unwrap();
    }
}

/// Presses buttons until the process is gone or the time is over.
fn press(address: &str, until: Instant, seed: u64) {
    let Ok(mut guard) = Guard::open(address) else { return };
    if guard.watch().is_err() {
        return;
    }
    // Mostly the choice that is marked, sometimes the next one, rarely help.
    let buttons = ["confirm", "confirm", "switch", "confirm", "confirm", "confirm", "assist"];
    let mut at = usize::try_from(seed % 7).unwrap();
    while Instant::now() < until && guard.press(buttons[at % 7]).unwrap_or(false) {
        at += 1;
        std::thread::sleep(Duration::from_millis(3));
    }
}

/// Starts a process, lets it work so long under a guard's hands, and kills it: what it said.
fn work(pictures: &Path, state: &Path, long: Duration, seed: u64) -> String {
    let begun = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_permit-reader"))
        .args(["--board", "sim", "--events", "-", "--fps", "1000", "--camera"])
        .arg(pictures)
        .arg("--state")
        .arg(state)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    // One of four is killed on its way, the others so long after they began: how long a start takes is the machine's.
    let on_its_way = seed.is_multiple_of(4);
    let (tell, ready) = std::sync::mpsc::channel();
    let listen = std::thread::spawn(move || {
        let mut address = String::new();
        out.read_line(&mut address).unwrap();
        let begun = if on_its_way { begun } else { Instant::now() };
        let _ = tell.send(begun);
        let hand = std::thread::spawn(move || press(&address, begun + long, seed));
        let mut said = String::new();
        out.read_to_string(&mut said).unwrap();
        hand.join().unwrap();
        said
    });
    let begun = if on_its_way { begun } else { ready.recv().unwrap() };
    std::thread::sleep((begun + long).saturating_duration_since(Instant::now()));
    child.kill().unwrap();
    child.wait().unwrap();
    listen.join().unwrap()
}

#[test]
fn nothing_told_is_lost() {
    let (pictures, state) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    draw(pictures.path());
    let kills: u64 =
        std::env::var("PERMIT_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(20);
    let (mut before, mut pulses, mut seed) = (Count::default(), 0, 0x9e37_79b9_u64);
    for kill in 0..kills {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let long = Duration::from_millis(20 + (seed >> 33) % 900);
        let said = work(pictures.path(), state.path(), long, seed >> 40);
        let told = Count::told(&said);
        if !state.path().join("journal").exists() {
            continue;
        }
        let now = Count::kept(state.path());
        let (kept, told) = (now.since(before), told.parts());
        let lost = kept.iter().zip(told).any(|(kept, told)| *kept < told);
        assert!(!lost, "kill {kill}: {told:?} told, {kept:?} on the disk\n{said}");
        // One entry is under way at most; help about no permit is never told of.
        let untold = (0..3).map(|part| kept[part] - told[part]).sum::<u64>();
        assert!(untold <= 1, "kill {kill}: {told:?} told, {kept:?} on the disk\n{said}");
        let closed = u64::try_from(said.matches("\"closed\":true").count()).unwrap();
        assert!(closed <= kept[1], "kill {kill}: {closed} pulses, {} admitted\n{said}", kept[1]);
        pulses += closed;
        before = now;
    }
    println!(
        "{kills} kills: {} verdicts, {} admitted, {} turned back, {} helped, {pulses} pulses; none lost, none unrecorded",
        before.verdicts, before.admitted, before.turned_back, before.assisted
    );
    assert!(before.verdicts > kills, "it was killed while it scanned");
    assert!(pulses * 4 > kills && before.turned_back * 4 > kills, "and while it decided");
}

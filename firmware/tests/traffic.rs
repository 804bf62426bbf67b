//! A day of traffic through the real process, as fast as it goes: it stays small and does not grow.
//!
//! A hand scanner gives most permits of a few thousand people who come and go; a camera shows others at the same time, a
//! browser listens, a guard admits some and the gate turns. 400 scans here; `PERMIT_SCANS=100000` for a busy day. What is
//! measured is the process's resident memory, without the browser.

#![expect(clippy::unwrap_used, reason = "tests say what they expect")]
#![expect(clippy::print_stdout, reason = "what is measured is told as it is")]

mod guard;

use core::time::Duration;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::Instant;

use permit_core::trust::{Role, Root};
use permit_core::{Permit, Side};
use permit_signing::demo::{self, ISSUED, World};
use permit_signing::draft::{Draft, List};
use permit_signing::{Parties, sign_at_once};
use permit_symbol::camera::{Kind, SIZES, Shot, photograph};
use permit_symbol::{GreyBuf, Symbol};
use serde_json::Value;

use self::guard::Guard;

/// Resident memory stays below this, in KiB.
const LIMIT: u64 = 64 * 1024;
/// Growth that is none, in KiB: what the allocator keeps differs from one moment to the next.
const STILL: u64 = 2 * 1024;

/// The demonstration's bundle without side A's register of issued permits, so that any number of people is known.
fn bundle(world: &World) -> Vec<u8> {
    let payload = world.root_draft.encode().unwrap();
    let root = Root::decode(&payload).unwrap();
    let mut parts = world.parts.clone();
    let snapshots = world.drafts.iter().filter_map(|draft| match draft {
        Draft::Snapshot(snapshot) => Some(snapshot.clone()),
        _ => None,
    });
    let mut snapshot = snapshots.into_iter().find(|it| it.side == Side::A.into()).unwrap();
    snapshot.pins.retain(|pin| pin.document != List::Issued);
    let parties = Parties::of_side(&root, Side::A, Role::Snapshot);
    let key = demo::authority_key(Side::A, Role::Snapshot, 1);
    let a = parts.a.as_mut().unwrap();
    a.snapshot = sign_at_once(&Draft::Snapshot(snapshot), &parties, &[key]).unwrap();
    a.documents[2] = None;
    parts.assemble(None, Some(ISSUED)).unwrap()
}

/// Permits for so many people: good ones of station 101 with many entries.
fn people(world: &World, count: u32) -> Vec<String> {
    let golden = world.cases().unwrap().into_iter().find(|case| case.name == "hangul-name");
    let golden = golden.unwrap().permit.unwrap();
    let key = demo::station_key(101);
    let one = |serial| {
        let mut permit: Permit = golden.clone();
        (permit.id.serial, permit.options.entries) = (serial, Some(1_000));
        permit_core::seal(&permit, &key).unwrap().as_str().to_owned()
    };
    (10_000..10_000 + count).map(one).collect()
}

/// A film of these permits, each for two frames, then nobody for one.
fn film(path: &Path, texts: &[String]) {
    let mut file = std::io::BufWriter::new(std::fs::File::create(path).unwrap());
    let (width, height) = SIZES[0];
    writeln!(file, "YUV4MPEG2 W{width} H{height} F30:1 Cmono").unwrap();
    let mut write = |grey: &GreyBuf| {
        writeln!(file, "FRAME").unwrap();
        file.write_all(grey.pixels()).unwrap();
    };
    for (seed, text) in (0..).zip(texts) {
        let symbol = Symbol::new(text).unwrap();
        let shot = |frame| Shot { kind: Kind::Clean, strength: 0.0, size: SIZES[0], seed, frame };
        for frame in 0..2 {
            write(&photograph(&shot(frame), core::slice::from_ref(&symbol)).picture);
        }
        write(&photograph(&shot(2), &[]).picture);
    }
}

/// The real process, with whoever works with it.
struct Desk {
    child: Child,
    events: Receiver<Value>,
    guard: Guard,
    scanner: std::fs::File,
}

impl Desk {
    fn open(folder: &Path, state: &Path) -> Self {
        let fifo = folder.join("scanner");
        assert!(Command::new("mkfifo").arg(&fifo).status().unwrap().success());
        let file = |name: &str| folder.join(name).into_os_string();
        let mut child = Command::new(env!("CARGO_BIN_EXE_permit-reader"))
            .args(["--board", "sim", "--events", "-", "--fps", "200", "--at", "1963-09-10T04:00Z"])
            .arg("--camera")
            .arg(file("film.y4m"))
            .arg("--bundle")
            .arg(file("bundle.cbor"))
            .arg("--root")
            .arg(file("root.cbor"))
            .arg("--scanner")
            .arg(&fifo)
            .arg("--state")
            .arg(state)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut address = String::new();
        out.read_line(&mut address).unwrap();
        let (tell, events) = mpsc::channel();
        std::thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                if tell.send(serde_json::from_str(&line).unwrap()).is_err() {
                    return;
                }
            }
        });
        let guard = Guard::open(&address).unwrap();
        guard.watch().unwrap();
        let scanner = std::fs::File::options().write(true).open(&fifo).unwrap();
        Self { child, events, guard, scanner }
    }

    /// Resident memory, in KiB.
    fn resident(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    }

    /// The next event that is so; `None` when none came in time.
    fn until(&self, wait: Duration, is: impl Fn(&Value) -> bool) -> Option<Value> {
        let end = Instant::now() + wait;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let event = self.events.recv_timeout(left).ok()?;
            if is(&event) {
                return Some(event);
            }
        }
    }

    /// The next verdict of the scanner's, with those of the camera that come before it.
    fn verdicts(&self) -> Vec<Value> {
        let mut verdicts = Vec::new();
        // A scan while somebody goes through is not taken: the guard scans again, however busy the camera is.
        let end = Instant::now() + SOON;
        let left = || end.saturating_duration_since(Instant::now());
        while let Some(event) = self.until(left(), |event| event["event"] == "verdict") {
            let scanned = event["source"] == "scanner";
            verdicts.push(event);
            if scanned {
                break;
            }
        }
        verdicts
    }
}

/// A verdict takes no longer, on a busy machine.
const SOON: Duration = Duration::from_millis(300);

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Verdicts of a camera and of a scanner, admissions, and the resident memory at each tenth, in KiB.
#[derive(Debug, Default)]
struct Day {
    camera: u64,
    scanner: u64,
    admitted: u64,
    resident: Vec<u64>,
}

fn work(desk: &mut Desk, people: &[String], scans: u64) -> Day {
    let mut day = Day::default();
    let mut next = people.iter().cycle();
    while day.camera + day.scanner < scans {
        desk.scanner.write_all(next.next().unwrap().as_bytes()).unwrap();
        desk.scanner.write_all(b"\r\n").unwrap();
        for event in desk.verdicts() {
            let scanned = event["source"] == "scanner";
            *(if scanned { &mut day.scanner } else { &mut day.camera }) += 1;
            let all = day.camera + day.scanner;
            if all % (scans / 10) == 0 {
                day.resident.push(desk.resident());
                println!("{all}: {day:?}");
            }
            let green = event["class"] == "valid";
            if all % 50 == 0 && green {
                // Only what still stands is admitted: somebody else's permit may have come in between.
                desk.guard.wait();
                assert!(desk.guard.press("confirm").unwrap());
                let wait = Duration::from_millis(300);
                let gate = desk.until(wait, |event| event["event"] == "gate");
                day.admitted += u64::from(gate.is_some());
            }
            // A green verdict gives way to the next permit, any other waits for the guard.
            if all % 50 == 0 || !green {
                assert!(desk.guard.dismiss().unwrap());
            }
        }
    }
    day
}

#[test]
fn a_busy_day_leaves_the_process_small() {
    let scans: u64 =
        std::env::var("PERMIT_SCANS").ok().and_then(|scans| scans.parse().ok()).unwrap_or(400);
    let (folder, state) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let world = World::make().unwrap();
    let people = people(&world, u32::try_from(scans / 20).unwrap().clamp(50, 5_000));
    film(&folder.path().join("film.y4m"), &people[..people.len().min(60)]);
    std::fs::write(folder.path().join("bundle.cbor"), bundle(&world)).unwrap();
    std::fs::write(folder.path().join("root.cbor"), &world.root).unwrap();
    let begun = Instant::now();
    let mut desk = Desk::open(folder.path(), state.path());
    let day = work(&mut desk, &people, scans);
    drop(desk);
    println!("{} people, {} s", people.len(), begun.elapsed().as_secs());
    let (settled, last) = (day.resident[2], *day.resident.last().unwrap());
    let most = *day.resident.iter().max().unwrap();
    println!("COUNTED traffic-verdicts={}", day.camera + day.scanner);
    assert!(most < LIMIT, "{most} KiB");
    assert!(last < settled + STILL, "it grows: {:?} KiB", day.resident);
    assert!(day.camera > 0 && day.scanner > 0 && day.admitted > 0, "{day:?}");
    whole(state.path(), &day);
}

/// The journal holds all of it, in one chain.
fn whole(state: &Path, day: &Day) {
    let journal = guard::journal(state);
    let verdicts: u64 = journal.counts().verdicts.iter().map(|(_, number)| number).sum();
    assert!(verdicts >= day.camera + day.scanner);
    assert!(journal.counts().admitted >= day.admitted);
}

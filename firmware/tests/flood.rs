//! Whoever floods the terminal waits; whoever stands before it does not.
//!
//! A thousand sign-ins and twenty thousand scans by the page, and lists as large as a stick may bring that nobody signed:
//! the hand scanner's next verdict comes as before, and the process stays small.

#![expect(clippy::unwrap_used, reason = "tests say what they expect")]

mod guard;
mod swollen;

use core::sync::atomic::{AtomicBool, Ordering};
use core::time::Duration;
use std::fs::File;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};
use std::time::Instant;

use permit_signing::demo;
use serde_json::Value;

use self::guard::Guard;
use self::swollen::swollen;

/// Resident memory stays below this, in KiB: a PIN's argon2id takes 19 MiB of it, lists that are looked at twelve.
const LIMIT: u64 = 96 * 1024;
/// A verdict by a hand scanner comes within this whatever else goes on: generous, for a busy machine.
const BOUND: Duration = Duration::from_millis(2_500);

/// The real process with a hand scanner.
struct Desk {
    child: Child,
    address: String,
    guard: Guard,
    events: Receiver<Value>,
    scanner: File,
}

impl Desk {
    fn open(folder: &Path) -> Self {
        let fifo = folder.join("scanner");
        assert!(Command::new("mkfifo").arg(&fifo).status().unwrap().success());
        let mut child = Command::new(env!("CARGO_BIN_EXE_permit-reader"))
            .args(["--board", "sim", "--events", "-", "--camera", "none", "--scanner"])
            .arg(&fifo)
            .arg("--stick")
            .arg(folder.join("stick.cbor"))
            .arg("--state")
            .arg(folder.join("state"))
            .stdin(Stdio::null())
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
                let Ok(event) = serde_json::from_str(&line) else { continue };
                if tell.send(event).is_err() {
                    return;
                }
            }
        });
        let guard = Guard::open(&address).unwrap();
        guard.watch().unwrap();
        let scanner = File::options().write(true).open(&fifo).unwrap();
        Self { child, address, guard, events, scanner }
    }

    /// How long the scanner's verdicts take.
    fn verdicts(&mut self, count: usize, texts: &[Vec<u8>]) -> Vec<Duration> {
        let one = |number: usize| {
            while self.events.try_recv().is_ok() {}
            let begun = Instant::now();
            self.scanner.write_all(&texts[number % texts.len()]).unwrap();
            self.scanner.write_all(b"\r\n").unwrap();
            loop {
                let event = self.events.recv_timeout(Duration::from_secs(60)).unwrap();
                if event["event"] == "verdict" && event["source"] == "scanner" {
                    return begun.elapsed();
                }
            }
        };
        let mut all: Vec<Duration> = (0..count).map(one).collect();
        all.sort();
        all
    }

    /// Resident memory, in KiB.
    fn resident(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    }

    /// Somebody who asks as fast as it goes, until told to stop: how much was taken, and how much refused.
    fn flood(
        &self,
        stop: &Arc<AtomicBool>,
        most: usize,
        ask: impl Fn(usize) -> String + Send + 'static,
    ) -> std::thread::JoinHandle<(usize, usize)> {
        let (stop, mut guard) = (Arc::clone(stop), Guard::open(&self.address).unwrap());
        std::thread::spawn(move || {
            let (mut taken, mut refused) = (0, 0);
            while taken + refused < most && !stop.load(Ordering::Relaxed) {
                *(if guard.ask(&ask(taken + refused)).unwrap() {
                    &mut taken
                } else {
                    &mut refused
                }) += 1;
            }
            (taken, refused)
        })
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Two texts by turns, so that each is another permit.
fn texts() -> Vec<Vec<u8>> {
    let cases = demo::World::make().unwrap().cases().unwrap();
    let text = |name: &str| cases.iter().find(|case| case.name == name).unwrap().text.clone();
    vec![text("hangul-name"), text("expired-yesterday")]
}

fn late(times: &[Duration]) -> Duration {
    times[times.len() * 95 / 100]
}

/// As many as `PERMIT_FLOOD` says; a tenth of the threat table's without.
fn times(count: usize) -> usize {
    let full = std::env::var_os("PERMIT_FLOOD").is_some();
    if full { count } else { count / 10 }
}

#[test]
fn row_15_floods_of_sign_ins_and_scans() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = Desk::open(folder.path());
    let texts = texts();
    let before = late(&desk.verdicts(20, &texts));
    let stop = Arc::new(AtomicBool::new(false));
    let pin = |number: usize| {
        format!("{{\"command\":\"sign-in\",\"officer\":{},\"pin\":\"{number:06}\"}}", number % 900)
    };
    let scan = |number: usize| format!("{{\"command\":\"scan\",\"text\":\"BP1:{number:08X}\"}}");
    let floods = [
        desk.flood(&stop, times(1_000), pin),
        desk.flood(&stop, times(22_000), scan),
        desk.flood(&stop, times(22_000), |_| {
            "{\"command\":\"language\",\"lang\":\"en\"}".to_owned()
        }),
    ];
    let during = late(&desk.verdicts(20, &texts));
    let most = desk.resident();
    let counts = floods.map(|flood| flood.join().unwrap());
    let after = late(&desk.verdicts(10, &texts));
    let most = most.max(desk.resident());
    println!("p95 {before:?}, {during:?}, {after:?}; {most} KiB; taken and refused {counts:?}");
    assert!(during < before + BOUND && after < before + BOUND, "{before:?} {during:?} {after:?}");
    assert!(most < LIMIT, "{most} KiB");
    stop.store(true, Ordering::Relaxed);
}

/// A bundle of 123,000 keys that nobody signed, one of the demonstration with its end cut off, and four megabytes of
/// nothing.
#[test]
fn row_14_lists_are_opened_beside_the_verdicts() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = Desk::open(folder.path());
    let texts = texts();
    let before = late(&desk.verdicts(20, &texts));
    for offered in [
        swollen(demo::BUNDLE),
        demo::BUNDLE[..demo::BUNDLE.len() - 9].to_vec(),
        vec![0x58; 4 << 20],
    ] {
        std::fs::write(folder.path().join("stick.cbor"), offered).unwrap();
        while !desk.guard.page("/").unwrap().contains("data-stage=\"waiting\"") {
            assert!(desk.guard.dismiss().unwrap());
            std::thread::sleep(Duration::from_millis(50));
        }
        assert!(desk.guard.ask("{\"command\":\"update\"}").unwrap());
        let during = late(&desk.verdicts(10, &texts));
        println!("p95 {before:?}, {during:?}");
        assert!(during < before + BOUND, "{before:?} {during:?}");
    }
    assert!(desk.resident() < LIMIT);
}

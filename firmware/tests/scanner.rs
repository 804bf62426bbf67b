//! A serial scanner on a pseudo-terminal, before the real program as a session's leader without a terminal of its own.
//!
//! That is how the service runs: whatever terminal such a process opens becomes its own, unless it says otherwise, and
//! then a byte 03 of a traveller's code is Ctrl-C. Every byte comes here, a flood without an end, and the line is
//! pulled and put back; permits are read before, between and after.

#![expect(clippy::unwrap_used, reason = "tests say what they expect")]

mod guard;

use core::time::Duration;
use std::fs::File;
use std::io::{BufRead as _, BufReader, Write as _};
use std::os::fd::OwnedFd;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::Instant;

use permit_signing::demo::World;
use rustix::io::Errno;
use rustix::pty::{self, OpenptFlags};
use serde_json::Value;

use self::guard::Guard;

/// The scanner's end of a line.
struct Line(OwnedFd);

impl Line {
    /// A new line, under this name.
    fn plugged(name: &Path) -> Self {
        let flags = OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC;
        let master = pty::openpt(flags).unwrap();
        pty::grantpt(&master).unwrap();
        pty::unlockpt(&master).unwrap();
        rustix::io::ioctl_fionbio(&master, true).unwrap();
        let slave = pty::ptsname(&master, Vec::new()).unwrap();
        let _ = std::fs::remove_file(name);
        symlink(slave.to_str().unwrap(), name).unwrap();
        Self(master)
    }

    /// Sends everything, as fast as it is taken.
    fn send(&self, mut bytes: &[u8]) {
        let end = Instant::now() + PATIENCE;
        while !bytes.is_empty() {
            assert!(Instant::now() < end, "nobody reads the line");
            match rustix::io::write(&self.0, bytes) {
                Ok(sent) => bytes = &bytes[sent..],
                Err(Errno::AGAIN) => std::thread::sleep(Duration::from_millis(5)),
                Err(error) => panic!("{error}"),
            }
        }
    }

    /// Whether anything came back.
    fn is_echoed(&self) -> bool {
        rustix::io::read(&self.0, &mut [0; 16]).is_ok()
    }
}

/// The program, and what it tells.
struct Reader {
    child: Child,
    guard: Guard,
    events: Receiver<Value>,
    permits: Vec<String>,
    next: usize,
}

impl Reader {
    fn start(scanner: &Path) -> Self {
        let cases = World::make().unwrap().cases().unwrap();
        let permits =
            cases.into_iter().filter(|case| case.permit.is_some() && case.presence.is_none());
        let permits = permits.take(40).map(|case| String::from_utf8(case.text).unwrap()).collect();
        // No process group's leader yet, it leads a session of its own from here on.
        let mut child = Command::new("setsid")
            .arg(env!("CARGO_BIN_EXE_permit-reader"))
            .args([
                "--board",
                "sim",
                "--lang",
                "en",
                "--events",
                "-",
                "--camera",
                "none",
                "--scanner",
            ])
            .arg(scanner)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut address = String::new();
        out.read_line(&mut address).unwrap();
        let guard = Guard::open(&address).unwrap();
        let (tell, events) = mpsc::channel();
        std::thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                if let Ok(event) = serde_json::from_str(&line)
                    && tell.send(event).is_err()
                {
                    return;
                }
            }
        });
        Self { child, guard, events, permits, next: 0 }
    }

    /// Waits until the supervisor's page says this.
    fn says(&mut self, what: &str) {
        let end = Instant::now() + PATIENCE;
        loop {
            let page = self.guard.page("/supervisor").unwrap();
            if page.contains(what) {
                return;
            }
            assert!(Instant::now() < end, "not said: {what}: {page}");
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// Scans another permit until its verdict is told: the line is opened once a second.
    fn reads(&mut self, line: &Line) {
        self.next += 1;
        let permit = &self.permits[self.next % self.permits.len()];
        let end = Instant::now() + PATIENCE;
        while Instant::now() < end {
            assert_eq!(self.child.try_wait().unwrap(), None, "the terminal has ended");
            line.send(format!("{permit}\r").as_bytes());
            while let Ok(event) = self.events.recv_timeout(Duration::from_secs(2)) {
                if event["event"] == "verdict" && event["class"] != "not-a-permit" {
                    assert_eq!(event["source"], "scanner");
                    return;
                }
            }
        }
        panic!("no verdict in time");
    }

    /// The terminal that the process is controlled by; 0 for none.
    fn terminal(&self) -> i64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap();
        let (_, after) = stat.rsplit_once(") ").unwrap();
        after.split(' ').nth(4).unwrap().parse().unwrap()
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn folder() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let name = folder.path().join("scanner");
    (folder, name)
}

#[test]
fn row_16_a_scanners_line_ends_nothing() {
    let (_folder, name) = folder();
    let line = Line::plugged(&name);
    let mut reader = Reader::start(&name);
    reader.reads(&line);
    assert_eq!(reader.terminal(), 0, "the line is nobody's terminal");
    // What came before the line was opened, the kernel may have answered as a terminal does.
    while line.is_echoed() {}
    // Interrupt, quit, end of file, stop, suspend among them; several of each, in and out of order.
    let all: Vec<u8> = (0..=u8::MAX).chain((0..=u8::MAX).rev()).collect();
    for bytes in [&all[..], &[3; 64], &[0x1c; 64], &[4; 64], &[0x1a; 64], &[0x11, 0x13, 0x13, 0x13]]
    {
        line.send(bytes);
        reader.reads(&line);
    }
    // Sixty thousand bytes without an end.
    line.send(&vec![b'A'; 60_000]);
    reader.reads(&line);
    assert!(!line.is_echoed(), "what was sent came back");
    drop(line);
    for _ in 0..2 {
        let line = Line::plugged(&name);
        reader.reads(&line);
    }
}

/// What a scanner puts around a text does not change the verdict; what it does to it is no verdict at all.
#[test]
fn row_19_what_a_scanner_does_is_no_verdict() {
    let (_folder, name) = folder();
    let line = Line::plugged(&name);
    let mut reader = Reader::start(&name);
    reader.reads(&line);
    let permit = reader.permits[0].clone();
    let swapped = permit.replace('Y', "\0").replace('Z', "Y").replace('\0', "Z");
    for mistyped in [
        permit.to_lowercase(),
        swapped.replacen(':', "Ö", 1),
        permit.replacen("BP1:", "ИЗ1Ж", 1).to_lowercase(),
    ] {
        line.send(format!("{mistyped}\r").as_bytes());
    }
    reader.reads(&line);
    for (before, after) in [
        ("\u{2}", "\u{3}\r"),
        ("]Q1", "\t"),
        ("\u{feff}", "\u{1d}"),
        (" ", "   \n"),
        ("\0", "\0"),
        ("", ""),
    ] {
        reader.next += 1;
        let permit = reader.permits[reader.next % reader.permits.len()].clone();
        line.send(format!("{before}{permit}{after}").as_bytes());
        let end = Instant::now() + PATIENCE;
        let verdict = loop {
            let left = end.saturating_duration_since(Instant::now());
            let event = reader.events.recv_timeout(left).expect("a verdict in time");
            if event["event"] == "verdict" {
                break event;
            }
        };
        assert!(verdict["code"] != 20 && verdict["code"] != 11, "{before:?} {after:?}: {verdict}");
    }
}

/// A scanner that is gone or set wrongly is said to be so, and everything else goes on.
#[test]
fn row_19_a_scanner_that_is_gone_or_set_wrongly_is_the_terminals_trouble() {
    let (_folder, name) = folder();
    let mut reader = Reader::start(&name);
    reader.says("The hand scanner is gone.");
    // What comes and goes under its name ends nothing.
    File::create(&name).unwrap().write_all(b"\x03\x1c").unwrap();
    let line = Line::plugged(&name);
    reader.reads(&line);
    reader.says("Hand scanner good");
    line.send(format!("{}\r", reader.permits[0].to_lowercase()).as_bytes());
    reader.says("The hand scanner is set wrongly.");
    reader.says("types with Caps Lock");
    reader.reads(&line);
    reader.says("Hand scanner good");
    line.send(format!("{}\r", permit_scan::TEST).as_bytes());
    reader.says("The scanner is set right.");
    assert!(reader.guard.page("/scanner").unwrap().contains("<svg"));
    drop(line);
    reader.says("The hand scanner is gone.");
    let line = Line::plugged(&name);
    reader.reads(&line);
}

/// However busy the machine is.
const PATIENCE: Duration = Duration::from_secs(60);

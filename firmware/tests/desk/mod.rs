//! The real terminal for tests of what it remembers: two officers, permits to scan, its events and its page.

use core::time::Duration;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::Instant;

use permit_core::Permit;
use permit_signing::demo::{self, World};
use serde_json::Value;

use crate::guard::Guard;

const PINS: [(u16, &str); 2] = [(7, "834921"), (8, "716253")];

/// The real process with two officers, and its events.
pub(crate) struct Desk {
    child: Child,
    events: Receiver<Value>,
    pub(crate) guard: Guard,
}

#[allow(dead_code, reason = "every test uses a part of it")]
impl Desk {
    /// Starts it, told what else its command line says.
    pub(crate) fn start(state: &Path, told: impl FnOnce(&mut Command)) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_permit-reader"));
        command
            .args([
                "--board", "sim", "--lang", "en", "--events", "-", "--camera", "none", "--state",
            ])
            .arg(state);
        told(&mut command);
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let address = lines.by_ref().find(|line| line.starts_with("http://")).unwrap();
        let guard = Guard::open(&address).unwrap();
        guard.watch().unwrap();
        let (send, events) = mpsc::channel();
        std::thread::spawn(move || {
            lines
                .filter_map(|line| serde_json::from_str(&line).ok())
                .all(|event| send.send(event).is_ok())
        });
        let mut desk = Self { child, events, guard };
        desk.until("the page", |page| page.contains("<table>"));
        desk
    }

    /// Codes of the verdict on a permit, the first its own; 0 is green.
    pub(crate) fn scan(&mut self, text: &str) -> Vec<u64> {
        self.free();
        while self.events.try_recv().is_ok() {}
        let ask = serde_json::json!({"command": "scan", "text": text}).to_string();
        assert!(self.guard.ask(&ask).unwrap());
        let said = self.wait("verdict");
        self.guard.wait();
        let also = said["also"].as_array().cloned().unwrap_or_default();
        let code = said["code"].clone();
        core::iter::once(code).chain(also).map(|code| code.as_u64().unwrap()).collect()
    }

    /// Goes on until nobody stands here.
    pub(crate) fn free(&mut self) {
        while !self.guard.about().is_null() {
            self.guard.dismiss().unwrap();
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Scans and admits.
    pub(crate) fn admit(&mut self, text: &str) {
        assert_eq!(self.scan(text), [0]);
        let ask = serde_json::json!({"command": "admit", "about": self.guard.about()});
        assert!(self.guard.ask(&ask.to_string()).unwrap());
        assert_eq!(self.wait("gate")["turned"], true);
    }

    pub(crate) fn wait(&self, event: &str) -> Value {
        let end = Instant::now() + Duration::from_secs(60);
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let said = self.events.recv_timeout(left).unwrap();
            if said["event"] == event {
                return said;
            }
        }
    }

    pub(crate) fn sign_in(&mut self, officer: usize) {
        let (officer, pin) = PINS[officer];
        let ask = serde_json::json!({"command": "sign-in", "officer": officer, "pin": pin});
        assert!(self.guard.ask(&ask.to_string()).unwrap());
        self.until("officer", |page| page.contains(&format!("Officer {officer}")));
    }

    pub(crate) fn say(&mut self, command: &str) {
        assert!(self.guard.ask(&format!("{{\"command\":\"{command}\"}}")).unwrap());
    }

    /// Waits until the supervisor's page is so.
    pub(crate) fn until(&mut self, what: &str, is: impl Fn(&str) -> bool) -> String {
        let end = Instant::now() + Duration::from_secs(60);
        loop {
            let page = self.guard.page("/supervisor").unwrap();
            if is(&page) {
                return page;
            }
            assert!(Instant::now() < end, "never: {what}\n{page}");
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// Two officers say the same.
    pub(crate) fn both(&mut self, command: &str) {
        self.sign_in(0);
        // The one on duty leaves first, and a PIN takes its time: the word counts once it is asked for another.
        self.until_said(command);
        self.sign_in(1);
        self.say(command);
    }

    /// Says it until a second officer is asked for.
    pub(crate) fn until_said(&mut self, command: &str) {
        let end = Instant::now() + Duration::from_secs(60);
        while !self.guard.page("/supervisor").unwrap().contains("Now a second officer") {
            assert!(Instant::now() < end, "never heard: {command}");
            self.say(command);
            std::thread::sleep(Duration::from_millis(200));
        }
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        // The head of the last second is kept apart by then.
        std::thread::sleep(Duration::from_millis(1_500));
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A state with two officers.
pub(crate) fn state() -> tempfile::TempDir {
    let state = tempfile::tempdir().unwrap();
    for (officer, pin) in PINS {
        let mut child = Command::new(env!("CARGO_BIN_EXE_permit-reader"))
            .args(["--board", "sim", "--enrol", &officer.to_string(), "--state"])
            .arg(state.path())
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        writeln!(child.stdin.take().unwrap(), "{pin}").unwrap();
        assert!(child.wait().unwrap().success());
    }
    state
}

/// A permit good for so many journeys.
pub(crate) fn permit(serial: u32, entries: u32) -> String {
    let cases = World::make().unwrap().cases().unwrap();
    let good = cases.into_iter().find(|case| case.name == "hangul-name").unwrap();
    let mut permit: Permit = good.permit.unwrap();
    (permit.options.entries, permit.id.serial) = (Some(entries), permit.id.serial + serial);
    permit_core::seal(&permit, &demo::station_key(101)).unwrap().as_str().to_owned()
}

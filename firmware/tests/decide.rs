//! The real process with officers enrolled: who decides, about what, and how it is taken back.
//!
//! Permits come from a hand scanner, decisions from the page; what happened is held against the record of events and
//! the journal that is left.

#![expect(clippy::unwrap_used, reason = "tests say what they expect")]

mod guard;

use core::time::Duration;
use std::fs::File;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::Instant;

use permit_signing::demo::World;
use serde_json::{Value, json};

use self::guard::Guard;

const PIN: &str = "834921";

fn text(name: &str) -> Vec<u8> {
    let cases = World::make().unwrap().cases().unwrap();
    cases.into_iter().find(|case| case.name == name).unwrap().text
}

/// A terminal with a hand scanner, and a guard at its page.
struct Post {
    child: Child,
    events: Receiver<Value>,
    guard: Guard,
    scanner: File,
}

impl Post {
    /// With officers 7 and 8 enrolled.
    fn open(folder: &Path, more: &[&str]) -> Self {
        let state = folder.join("state");
        for officer in ["7", "8"] {
            let mut enrol = reader(&state).args(["--enrol", officer]).spawn().unwrap();
            enrol.stdin.take().unwrap().write_all(format!("{PIN}\n").as_bytes()).unwrap();
            assert!(enrol.wait().unwrap().success());
        }
        let fifo = folder.join("scanner");
        assert!(Command::new("mkfifo").arg(&fifo).status().unwrap().success());
        let mut child = reader(&state)
            .args(["--camera", "none", "--events", "-", "--scanner"])
            .arg(&fifo)
            .args(more)
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
        let scanner = File::options().write(true).open(&fifo).unwrap();
        Self { child, events, guard, scanner }
    }

    fn scan(&mut self, text: &[u8]) {
        self.scanner.write_all(text).unwrap();
        self.scanner.write_all(b"\r\n").unwrap();
    }

    /// Scans, and waits until the page shows the verdict; its number.
    fn verdict(&mut self, text: &[u8], code: u64) -> Value {
        self.scan(text);
        self.until(|event| event["event"] == "verdict" && event["code"] == code);
        let (end, shown) = (Instant::now() + SOON, format!("data-code=\"{code}\""));
        loop {
            let page = self.guard.page("/").unwrap();
            let about = page.split("data-about=\"").nth(1).and_then(|it| it.split('"').next());
            if let Some(about) = about.filter(|it| !it.is_empty() && page.contains(&shown)) {
                return about.into();
            }
            assert!(Instant::now() < end, "the verdict is not shown");
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    fn ask(&mut self, command: &Value) {
        assert!(self.guard.ask(&command.to_string()).unwrap(), "{command}");
    }

    /// Waits until the page says so.
    fn says(&mut self, what: &str) {
        let end = Instant::now() + SOON;
        while !self.guard.page("/").unwrap().contains(what) {
            assert!(Instant::now() < end, "it does not say {what}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn sign_in(&mut self, officer: u16) {
        self.ask(&json!({"command": "sign-in", "officer": officer, "pin": PIN}));
        self.says(&format!("Officer {officer}"));
    }

    /// The next event that is so, with those that came before it.
    fn until(&self, is: impl Fn(&Value) -> bool) -> Vec<Value> {
        let (end, mut came) = (Instant::now() + SOON, Vec::new());
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let event = self.events.recv_timeout(left).unwrap();
            came.push(event);
            if came.last().is_some_and(&is) {
                return came;
            }
        }
    }

    fn signal(&self, signal: &str) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
    }
}

impl Drop for Post {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn reader(state: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_permit-reader"));
    command.args(["--board", "sim", "--lang", "en", "--state"]).arg(state);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    command
}

fn closes(event: &Value) -> bool {
    event["event"] == "relay" && event["closed"] == true
}

/// On a busy machine.
const SOON: Duration = Duration::from_secs(60);

#[test]
fn row_01_nothing_opens_it_but_a_named_officer() {
    let folder = tempfile::tempdir().unwrap();
    let mut post = Post::open(folder.path(), &[]);
    let valid = text("hangul-name");
    let about = post.verdict(&valid, 0);
    for command in [
        json!({"command": "admit", "about": about}),
        json!({"command": "turn-back", "about": about}),
        json!({"command": "press", "button": "switch", "about": about}),
        json!({"command": "switch-direction"}),
        json!({"command": "update"}),
        json!({"command": "read-lists"}),
        json!({"command": "export"}),
    ] {
        post.ask(&command);
    }
    post.says("An officer has to sign in first.");
    // The button can only put it away, and that is on record.
    post.ask(&json!({"command": "press", "button": "confirm", "about": about}));
    let came = post.until(|event| event["event"] == "decision");
    assert_eq!(came.last().unwrap()["decision"], "not-decided");
    assert!(!came.iter().any(closes), "{came:?}");
    post.sign_in(7);
    let about = post.verdict(&valid, 0);
    post.ask(&json!({"command": "admit", "about": about}));
    post.until(closes);
    drop(post);
    let journal = guard::journal(&folder.path().join("state"));
    assert_eq!(journal.counts().admitted, 1);
}

#[test]
fn row_03_a_decision_is_about_the_verdict_it_names() {
    let folder = tempfile::tempdir().unwrap();
    let mut post = Post::open(folder.path(), &[]);
    post.sign_in(7);
    let (named, next) = (text("unknown-key"), text("expired-yesterday"));
    let (mut decided, mut refused) = (0, 0);
    for turn in 0..100 {
        let about = post.verdict(&named, 22);
        // The terminal stands still while both are on their way, as it does before a disk that is slow.
        post.signal("-STOP");
        let scan = |post: &mut Post| post.scan(&next);
        if turn % 2 == 0 {
            scan(&mut post);
        }
        let (id, late) = (post.child.id().to_string(), turn % 4 < 2);
        let going = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(if late { 20 } else { 1 }));
            Command::new("kill").args(["-CONT", &id]).status().unwrap()
        });
        post.ask(&json!({"command": "turn-back", "about": about}));
        if turn % 2 == 1 {
            scan(&mut post);
        }
        assert!(going.join().unwrap().success());
        // Whichever came first: the permit that was named was decided on, or the next one stands undecided.
        let end = |event: &Value| {
            event["event"] == "decision" || event["event"] == "verdict" && event["code"] == 31
        };
        let event = post.until(end).pop().unwrap();
        let turned_back = event["decision"] == "turned-back";
        if turned_back {
            decided += 1;
            assert_eq!(event["code"], 22, "try {turn}");
        } else {
            refused += 1;
        }
        // Back to nobody, whatever is shown by now.
        let end = Instant::now() + SOON;
        loop {
            post.guard.dismiss().unwrap();
            if post.guard.page("/").unwrap().contains("data-stage=\"waiting\"") {
                break;
            }
            assert!(Instant::now() < end, "it does not come to rest");
        }
        while let Ok(event) = post.events.try_recv() {
            assert!(event["decision"] != "turned-back" || event["code"] == 22, "try {turn}");
        }
    }
    assert_eq!(decided + refused, 100);
    assert!(decided > 10 && refused > 10, "{decided} decided, {refused} refused");
}

#[test]
fn row_04_what_nobody_attends_to_is_closed_and_an_admission_is_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut post = Post::open(folder.path(), &["--unattended", "10"]);
    post.sign_in(7);
    let valid = text("hangul-name");
    let shown = Instant::now();
    post.verdict(&valid, 0);
    let came = post.until(|event| event["event"] == "decision");
    assert_eq!(came.last().unwrap()["decision"], "not-decided");
    assert!(shown.elapsed() >= Duration::from_secs(10), "it stood as long as it was set to");
    let about = post.verdict(&valid, 0);
    post.ask(&json!({"command": "admit", "about": about}));
    post.until(closes);
    post.says("id=\"undo\"");
    // Another officer sees that nobody passed.
    post.sign_in(8);
    post.ask(&json!({"command": "undo", "about": about}));
    let came = post.until(|event| event["decision"] == "undone");
    assert!(!came.iter().any(closes), "{came:?}");
    // The journey was none: the permit for one journey is good again.
    post.guard.dismiss().unwrap();
    post.says("data-stage=\"waiting\"");
    post.verdict(&valid, 0);
    drop(post);
    let journal = guard::journal(&folder.path().join("state"));
    let counts = journal.counts();
    assert_eq!((counts.admitted, counts.undone, counts.not_decided), (1, 1, 1));
}

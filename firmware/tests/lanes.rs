//! The real binary with two cameras: two lanes, two guards, one journal.
//!
//! What one lane did is known in the other, and nothing it does moves the other's relay.

#![expect(clippy::unwrap_used, reason = "tests say what they expect")]

use core::time::Duration;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::Instant;

use permit_signing::demo::World;
use permit_symbol::{Size, Symbol};
use serde_json::Value;

mod guard;

use guard::Guard;

/// Pictures of these cases, in a folder.
fn pictures(names: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let cases = World::make().unwrap().cases().unwrap();
    for (number, name) in names.iter().enumerate() {
        let case = cases.iter().find(|case| case.name == *name).unwrap();
        let text = core::str::from_utf8(&case.text).unwrap();
        let symbol = Symbol::new(text).or_else(|_| Symbol::foreign(text)).unwrap();
        let png = symbol.png(&Size::module(0.17)).unwrap();
        std::fs::write(folder.path().join(format!("{number:03}.png")), png).unwrap();
    }
    folder
}

fn reader(folders: &[&Path], more: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_permit-reader"));
    command.args(["--board", "sim", "--events", "-", "--lang", "en"]);
    for folder in folders {
        command.arg("--camera").arg(folder);
    }
    command.args(more).stdin(Stdio::null());
    command
}

/// Pictures and codes of a lane's verdicts.
fn verdicts(lines: &[Value], lane: u64) -> Vec<(u64, u64)> {
    let of = |line: &&Value| line["lane"] == lane && line["event"] == "verdict";
    let number = |value: &Value| value.as_u64().unwrap();
    lines.iter().filter(of).map(|line| (number(&line["picture"]), number(&line["code"]))).collect()
}

#[test]
fn both_lanes_give_their_verdicts_and_the_end_is_that_of_both() {
    let one = pictures(&["hangul-name", "plain-text"]);
    let two = pictures(&["expired-yesterday", "unknown-key", "hangul-name"]);
    let more = ["--once", "--fps", "500"];
    let output = reader(&[one.path(), two.path()], &more).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let mut lines = text.lines();
    let pages: Vec<&str> = lines.by_ref().take(2).collect();
    assert!(pages.iter().all(|page| page.starts_with("http://127.0.0.1:")), "{pages:?}");
    assert_ne!(pages[0], pages[1], "a page for each");
    let lines: Vec<Value> = lines.map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(verdicts(&lines, 1), [(0, 0), (1, 11)]);
    assert_eq!(verdicts(&lines, 2), [(0, 31), (1, 22), (2, 0)]);
    assert!(lines.iter().all(|line| line["lane"] == 1 || line["lane"] == 2));
    let alone = reader(&[one.path()], &more).output().unwrap();
    let text = String::from_utf8(alone.stdout).unwrap();
    assert!(text.contains("\"event\":\"verdict\"") && !text.contains("\"lane\""), "{text}");
}

#[test]
fn more_than_a_board_has_is_refused() {
    let one = pictures(&["hangul-name"]);
    let folder = one.path();
    let direction = ["--direction", "exit", "--direction", "entry"];
    for (folders, more, said) in [
        (&[folder, folder, folder][..], &["--once"][..], "A board has pins for two lanes"),
        (&[folder], &direction, "A board has pins for two lanes"),
        (&[folder, folder], &["--display", "spi-st7789"], "has the pins of the small display"),
    ] {
        let output = reader(folders, more).output().unwrap();
        let text = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{more:?}: {text}");
        assert!(text.contains(said) && text.contains("next: "), "{more:?}: {text}");
    }
}

/// A crossing with two lanes and a guard in each.
struct Crossing {
    child: Child,
    events: Receiver<Value>,
    guards: [Guard; 2],
}

impl Crossing {
    fn open(folders: &[&Path], state: &Path) -> Self {
        let mut child = reader(folders, &["--fps", "30", "--state", state.to_str().unwrap()])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let addresses = [(); 2].map(|()| {
            let mut address = String::new();
            out.read_line(&mut address).unwrap();
            address
        });
        let guards = addresses.each_ref().map(|address| {
            let guard = Guard::open(address).unwrap();
            guard.watch().unwrap();
            guard
        });
        let (tell, events) = mpsc::channel();
        std::thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                if tell.send(serde_json::from_str(&line).unwrap()).is_err() {
                    return;
                }
            }
        });
        Self { child, events, guards }
    }

    /// What the guard of a lane sees.
    fn page(&mut self, lane: usize) -> String {
        self.guards[lane].page("/").unwrap()
    }

    /// The next event of a lane that is so, with those of the other lane that came before it.
    fn until(&self, lane: u64, is: impl Fn(&Value) -> bool) -> (Value, Vec<Value>) {
        let (end, mut others) = (Instant::now() + Duration::from_secs(60), Vec::new());
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let event = self.events.recv_timeout(left).unwrap();
            if event["lane"] != lane {
                others.push(event);
            } else if is(&event) {
                return (event, others);
            }
        }
    }

    fn verdict(&self, lane: u64, code: u64) -> Vec<Value> {
        self.until(lane, |event| event["event"] == "verdict" && event["code"] == code).1
    }
}

impl Drop for Crossing {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn closes(event: &Value) -> bool {
    event["event"] == "relay" && event["closed"] == true
}

#[test]
fn two_guards_one_permit_and_a_camera_that_goes() {
    let one = pictures(&["hangul-name"]);
    let two = pictures(&["hangul-name", "hanzi-name"]);
    let state = tempfile::tempdir().unwrap();
    let mut crossing = Crossing::open(&[one.path(), two.path()], state.path());
    // A guard who waited too long for the slower lane finds a valid verdict again.
    crossing.verdict(1, 0);
    crossing.guards[0].wait();
    assert!(crossing.guards[0].press("confirm").unwrap());
    let (_, others) = crossing.until(1, closes);
    assert!(!others.iter().any(closes), "only the gate of the lane that decided: {others:?}");
    // Already there, whether the second guard had a green screen a moment ago or not.
    crossing.verdict(2, 50);
    // The first camera goes; the other lane goes on.
    std::fs::remove_file(one.path().join("000.png")).unwrap();
    let end = Instant::now() + Duration::from_secs(30);
    while !crossing.page(0).contains("data-stage=\"out-of-order\"") {
        assert!(Instant::now() < end, "the camera's end is not seen");
        assert!(crossing.guards[0].dismiss().unwrap());
        std::thread::sleep(Duration::from_millis(100));
    }
    for (lane, name) in ["Lane 1", "Lane 2"].into_iter().enumerate() {
        assert!(crossing.page(lane).contains(&format!("<b class=\"lane\">{name}</b>")), "{name}");
    }
    loop {
        crossing.guards[1].wait();
        assert!(crossing.guards[1].dismiss().unwrap());
        let (event, _) = crossing.until(2, |event| event["event"] == "verdict");
        if event["code"] == 0 {
            break;
        }
    }
    crossing.guards[1].wait();
    assert!(crossing.guards[1].press("confirm").unwrap());
    let (_, others) = crossing.until(2, closes);
    assert!(!others.iter().any(closes), "{others:?}");
    drop(crossing);
    let journal = guard::journal(state.path());
    assert_eq!(journal.passages().permits(), 2, "both in one journal");
}

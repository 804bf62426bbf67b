//! The real binary with two cameras: two lanes, two guards, one journal.
//!
//! What one lane did is known in the other, and nothing it does moves the other's relay.

#![expect(clippy::unwrap_used, reason = "tests say what they expect")]

use core::time::Duration;
use std::collections::VecDeque;
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
    /// What came and was not asked for yet, by lane.
    waiting: [VecDeque<Value>; 2],
    /// Decisions and closed relays as they were told, by lane.
    gates: Vec<(u64, &'static str)>,
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
        Self { child, events, waiting: Default::default(), gates: Vec::new(), guards }
    }

    /// What the guard of a lane sees.
    fn page(&mut self, lane: usize) -> String {
        self.guards[lane].page("/").unwrap()
    }

    /// Takes what comes until the moment; false when nothing did.
    fn listen(&mut self, until: Instant) -> bool {
        let left = until.saturating_duration_since(Instant::now());
        let Ok(event) = self.events.recv_timeout(left) else { return false };
        let lane = event["lane"].as_u64().unwrap();
        if event["decision"] == "admitted" {
            self.gates.push((lane, "admitted"));
        } else if event["event"] == "relay" && event["closed"] == true {
            self.gates.push((lane, "closed"));
        }
        self.waiting[usize::try_from(lane).unwrap() - 1].push_back(event);
        true
    }

    /// The next verdict of a lane, whatever the other lane does meanwhile.
    fn verdict(&mut self, lane: usize) -> Value {
        let end = Instant::now() + PATIENCE;
        loop {
            while let Some(event) = self.waiting[lane].pop_front() {
                if event["event"] == "verdict" {
                    return event["code"].clone();
                }
            }
            assert!(self.listen(end), "lane {}: no verdict", lane + 1);
        }
    }

    /// Confirms what a lane's page shows, whatever it is, until somebody is admitted and the relay closes: what a page
    /// that lags behind names is not decided on.
    fn admit(&mut self, lane: usize) {
        let (end, number) = (Instant::now() + PATIENCE, u64::try_from(lane).unwrap() + 1);
        while !self.gates.contains(&(number, "closed")) {
            assert!(Instant::now() < end, "lane {number}: its relay stays open");
            if !self.gates.contains(&(number, "admitted")) && !self.guards[lane].about().is_null() {
                assert!(self.guards[lane].press("confirm").unwrap());
            }
            let pause = Instant::now() + Duration::from_millis(100);
            while self.listen(pause) {}
        }
    }
}

impl Drop for Crossing {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// For what a busy machine puts off.
const PATIENCE: Duration = Duration::from_secs(60);

#[test]
fn two_guards_one_permit_and_a_camera_that_goes() {
    let [one, two] = [(); 2].map(|()| pictures(&["hangul-name"]));
    let next = pictures(&["hanzi-name"]);
    let state = tempfile::tempdir().unwrap();
    let mut crossing = Crossing::open(&[one.path(), two.path()], state.path());
    assert_eq!(crossing.verdict(0), 0);
    crossing.admit(0);
    assert_eq!(
        crossing.gates,
        [(1, "admitted"), (1, "closed")],
        "only the gate of the lane that decided"
    );
    // Already there, whether the second guard had a green screen a moment ago or not.
    while crossing.verdict(1) != 50 {}
    // The first camera goes; the other lane goes on.
    std::fs::remove_file(one.path().join("000.png")).unwrap();
    let end = Instant::now() + PATIENCE;
    while !crossing.page(0).contains("data-stage=\"out-of-order\"") {
        assert!(Instant::now() < end, "the camera's end is not seen");
        assert!(crossing.guards[0].dismiss().unwrap());
        std::thread::sleep(Duration::from_millis(100));
    }
    for (lane, name) in ["Lane 1", "Lane 2"].into_iter().enumerate() {
        assert!(crossing.page(lane).contains(&format!("<b class=\"lane\">{name}</b>")), "{name}");
    }
    // Whoever was turned back makes room for another.
    std::fs::rename(next.path().join("000.png"), two.path().join("000.png")).unwrap();
    crossing.admit(1);
    assert_eq!(crossing.gates[2..], [(2, "admitted"), (2, "closed")]);
    drop(crossing);
    let journal = guard::journal(state.path());
    assert_eq!(journal.passages().permits(), 2, "both in one journal");
}

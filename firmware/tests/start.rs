//! The real program starts again, whatever it finds of the day before.
//!
//! It is started as its service starts it, over a state that is older, newer or broken, and its page is read: it serves,
//! says what is wrong and what helps, and is green for nobody where it may not be.

#![expect(clippy::unwrap_used, reason = "tests say what they expect")]

mod guard;

use core::time::Duration;
use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use permit_signing::demo;

use self::guard::Guard;

/// A terminal that runs.
struct Reader {
    child: Child,
    guard: Guard,
}

impl Reader {
    /// Starts with the command line of a service, and more.
    fn start<A: AsRef<OsStr>>(state: &Path, more: impl IntoIterator<Item = A>) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_permit-reader"));
        command.args(["--board", "sim", "--lang", "en", "--camera", "none", "--state"]);
        let mut child = command
            .arg(state)
            .args(more)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut address = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut address).unwrap();
        assert!(address.starts_with("http://"), "no page: {:?}", child.wait());
        let guard = Guard::open(&address).unwrap();
        Self { child, guard }
    }

    /// A page, once it says this.
    fn until(&mut self, path: &str, said: &str) -> String {
        let end = Instant::now() + PATIENCE;
        loop {
            let page = self.guard.page(path).unwrap();
            if page.contains(said) {
                return page;
            }
            assert!(Instant::now() < end, "{path} never says {said}: {page}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Longer than anything takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A terminal takes newer lists, and its service starts it again and again with those of its first day.
#[test]
fn row_07_a_terminal_starts_after_its_first_update() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name);
    let world = demo::World::make().unwrap();
    let newer = world.next_bundle().unwrap();
    std::fs::write(file("given.cbor"), demo::BUNDLE).unwrap();
    std::fs::write(file("stick.cbor"), &newer).unwrap();
    let state = file("state");
    let (given, stick) = (file("given.cbor"), file("stick.cbor"));
    let line = ["--at", "1963-09-10T04:00Z", "--crossing", "3", "--side", "A"].map(OsStr::new);
    let more = ["--direction", "exit", "--bundle"].map(OsStr::new);
    let given = [given.as_os_str(), OsStr::new("--stick"), stick.as_os_str()];
    let line: Vec<&OsStr> = line.into_iter().chain(more).chain(given).collect();

    let mut reader = Reader::start(&state, &line);
    let before = reader.until("/supervisor", "the zone register");
    assert!(!before.contains("Lists named at the start"), "{before}");
    assert!(reader.guard.ask("{\"command\":\"update\"}").unwrap());
    let end = Instant::now() + PATIENCE;
    while std::fs::read(state.join("bundle.cbor")).ok().as_ref() != Some(&newer) {
        assert!(Instant::now() < end, "the update is not kept");
        std::thread::sleep(Duration::from_millis(20));
    }
    drop(reader);
    for _ in 0..2 {
        let records = guard::journal(&state).counts().records;
        let mut reader = Reader::start(&state, &line);
        let page = reader.until("/supervisor", "Lists named at the start");
        assert!(page.contains("older than those in use"), "{page}");
        drop(reader);
        assert!(guard::journal(&state).counts().records > records + 1, "it is on record");
    }
    // What is given is unreadable: the same.
    std::fs::remove_file(file("given.cbor")).unwrap();
    let mut reader = Reader::start(&state, &line);
    reader.until("/supervisor", "Lists named at the start");
    drop(reader);
    // What was kept is torn: what is given is used, and it is said.
    std::fs::write(file("given.cbor"), demo::BUNDLE).unwrap();
    for name in ["bundle.cbor", "bundle.cbor.copy"] {
        std::fs::write(state.join(name), &newer[..newer.len() / 2]).unwrap();
    }
    let mut reader = Reader::start(&state, &line);
    reader.until("/supervisor", "The lists kept here could not be used; others are.");
}

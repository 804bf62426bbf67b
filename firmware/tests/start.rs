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
        Self::begin(command.arg(state).args(more))
    }

    fn begin(command: &mut Command) -> Self {
        let mut child = command
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

impl Reader {
    /// What stands on the guard's screen after a permit was scanned: its look.
    fn look_at(&mut self, text: &[u8]) -> String {
        let text = core::str::from_utf8(text).unwrap().trim_end();
        let command = serde_json::json!({"command": "scan", "text": text}).to_string();
        let page = self.at(&["waiting", "out-of-order"]);
        assert!(self.guard.ask(&command).unwrap());
        // Where nobody is judged, nothing comes of it.
        let judges = !page.contains("data-stage=\"out-of-order\"");
        let page = self.at(&[if judges { "verdict" } else { "out-of-order" }]);
        let look = page.split("data-look=\"").nth(1).and_then(|it| it.split('"').next());
        look.unwrap_or_default().to_owned()
    }

    /// The guard's screen, once it is at one of these.
    fn at(&mut self, stages: &[&str]) -> String {
        let end = Instant::now() + PATIENCE;
        loop {
            let page = self.guard.page("/").unwrap();
            if stages.iter().any(|stage| page.contains(&format!("data-stage=\"{stage}\""))) {
                return page;
            }
            assert!(Instant::now() < end, "never at {stages:?}");
            std::thread::sleep(Duration::from_millis(30));
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

/// A state in which an officer is enrolled, lists were taken and the journal has records; the user it belongs to.
struct Before {
    folder: tempfile::TempDir,
    program: std::path::PathBuf,
    line: Vec<String>,
}

/// Nobody's number, in every Debian.
const NOBODY: u32 = 65_534;

impl Before {
    fn make() -> Self {
        let folder = tempfile::tempdir().unwrap();
        // Where it can be run by whoever is no root.
        let program = folder.path().join("permit-reader");
        std::fs::copy(env!("CARGO_BIN_EXE_permit-reader"), &program).unwrap();
        let given = folder.path().join("given.cbor");
        let newer = demo::World::make().unwrap().next_bundle().unwrap();
        std::fs::write(&given, newer).unwrap();
        let line =
            ["--at", "1963-09-10T04:00Z", "--crossing", "3", "--side", "A", "--direction", "exit"];
        let before = Self { folder, program, line: line.map(str::to_owned).into() };
        open(before.folder.path());
        let state = before.folder.path().join("before");
        std::fs::create_dir(&state).unwrap();
        own(&state);
        enrol(&mut before.command(), &state);
        let mut reader = before.start(&state, &["--bundle", given.to_str().unwrap()]);
        reader.until("/supervisor", "the zone register");
        drop(reader);
        before
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        if is_root() {
            std::os::unix::process::CommandExt::uid(&mut command, NOBODY);
            std::os::unix::process::CommandExt::gid(&mut command, NOBODY);
        }
        command
    }

    fn start(&self, state: &Path, more: &[&str]) -> Reader {
        let mut command = self.command();
        command.args(["--board", "sim", "--lang", "en", "--camera", "none", "--state"]).arg(state);
        command.args(&self.line).args(more);
        Reader::begin(&mut command)
    }

    /// The same state in another folder.
    fn again(&self, name: &str) -> std::path::PathBuf {
        let state = self.folder.path().join(name);
        let copied = Command::new("cp")
            .arg("-a")
            .arg(self.folder.path().join("before"))
            .arg(&state)
            .status();
        assert!(copied.unwrap().success());
        state
    }
}

/// Enrols officer 7.
fn enrol(program: &mut Command, state: &Path) {
    let enrol = program.args(["--enrol", "7", "--state"]).arg(state).stdin(Stdio::piped());
    let mut enrol = enrol.spawn().unwrap();
    std::io::Write::write_all(&mut enrol.stdin.take().unwrap(), b"834921\n").unwrap();
    assert!(enrol.wait().unwrap().success());
}

fn is_root() -> bool {
    std::os::unix::fs::MetadataExt::uid(&std::fs::metadata("/proc/self").unwrap()) == 0
}

/// Whoever runs the terminal may enter.
fn open(folder: &Path) {
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(folder, mode).unwrap();
}

fn own(path: &Path) {
    if is_root() {
        std::os::unix::fs::chown(path, Some(NOBODY), Some(NOBODY)).unwrap();
    }
}

/// What can be wrong with a file or a folder of the state.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Wrong {
    Empty,
    Torn,
    Flipped,
    Mode,
    Owner,
    Missing,
    Folder,
}

const WRONG: [Wrong; 7] = [
    Wrong::Empty,
    Wrong::Torn,
    Wrong::Flipped,
    Wrong::Mode,
    Wrong::Owner,
    Wrong::Missing,
    Wrong::Folder,
];

fn spoil(path: &Path, wrong: Wrong) {
    let mode = |mode| {
        std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(mode)).unwrap();
    };
    let bytes = std::fs::read(path).unwrap_or_default();
    match wrong {
        Wrong::Empty => std::fs::write(path, "").unwrap(),
        Wrong::Torn => std::fs::write(path, &bytes[..bytes.len() / 2]).unwrap(),
        Wrong::Flipped => {
            let mut bytes = bytes;
            let middle = bytes.len() * 3 / 4;
            bytes[middle] ^= 4;
            std::fs::write(path, bytes).unwrap();
        }
        Wrong::Mode => mode(0),
        Wrong::Owner => {
            std::os::unix::fs::chown(path, Some(0), Some(0)).unwrap();
            mode(if path.is_dir() { 0o700 } else { 0o600 });
        }
        Wrong::Missing => std::fs::remove_file(path).unwrap(),
        Wrong::Folder => {
            std::fs::remove_file(path).unwrap();
            std::fs::create_dir(path).unwrap();
            own(path);
        }
    }
}

/// Every file of the state and every fault, in one of its two copies and in both: the page is there, says what is broken
/// and what helps, and nobody gets green where that may not be.
#[test]
fn row_08_every_file_and_every_fault() {
    if !is_root() {
        println!("skipped: files of another owner are made by root");
        return;
    }
    let before = Before::make();
    let golden = demo::GOLDEN;
    let files = [
        ("bundle.cbor", "There are no lists: nobody can be judged."),
        ("officers.json", "The list of officers is damaged"),
        ("reader.key", "The terminal's own key is damaged."),
        ("pseudonym.secret", "The zone's secret is damaged"),
    ];
    let mut tried = 0;
    for (name, said) in files {
        for wrong in WRONG {
            let state = before.again(&format!("{name}-{wrong:?}"));
            spoil(&state.join(name), wrong);
            let mut reader = before.start(&state, &[]);
            // One of two lists that is not there is made again without a word: it may never have been.
            let silent = wrong == Wrong::Missing && name == "bundle.cbor";
            let mended = if silent { "the zone register" } else { "restored from its copy" };
            let page = reader.until("/supervisor", mended);
            assert!(page.contains("the zone register") && !page.contains(said), "{page}");
            assert_eq!(
                reader.look_at(golden),
                "green",
                "{name} {wrong:?}: what is mended is whole"
            );
            drop(reader);
            tried += 1;

            let state = before.again(&format!("{name}-{wrong:?}-both"));
            for name in [name.to_owned(), format!("{name}.copy")] {
                spoil(&state.join(name), wrong);
            }
            let absent =
                wrong == Wrong::Missing && !said.contains("key") && !said.contains("secret");
            let mut reader = before.start(&state, &[]);
            if absent {
                reader.until("/supervisor", "screen");
            } else {
                reader.until("/supervisor", said);
                let look = reader.look_at(golden);
                let green = name == "officers.json";
                assert_eq!(look == "green", green, "{name} {wrong:?}: {look}");
            }
            tried += 1;
        }
    }
    println!("COUNTED start-faults={tried}");
}

/// The same of the folders: what cannot be recorded is not green.
#[test]
fn row_08_every_folder() {
    if !is_root() {
        println!("skipped: files of another owner are made by root");
        return;
    }
    let (before, golden) = (Before::make(), demo::GOLDEN);
    for wrong in [Wrong::Mode, Wrong::Owner] {
        for below in ["", "journal"] {
            let state = before.again(&format!("folder-{below}-{wrong:?}"));
            spoil(&state.join(below), wrong);
            let mut reader = before.start(&state, &[]);
            reader.until("/supervisor", "Entries cannot be kept.");
            assert_ne!(reader.look_at(golden), "green", "{below} {wrong:?}");
        }
    }
    let state = before.again("no-folder");
    std::fs::remove_dir_all(state.join("journal")).unwrap();
    std::fs::write(state.join("journal"), "in its place").unwrap();
    let mut reader = before.start(&state, &[]);
    reader.until("/supervisor", "Entries cannot be kept.");
    assert_ne!(reader.look_at(golden), "green");
}

/// What a terminal is given beside its state: root, camera, crossing, lists; and nothing at all to judge by.
#[test]
fn row_08_what_is_given_and_what_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    std::fs::write(file("torn.cbor"), &demo::BUNDLE[..900]).unwrap();
    std::fs::write(file("stick.cbor"), demo::BUNDLE).unwrap();
    let gone = file("gone");
    for (number, (more, said)) in [
        (vec!["--root", &gone], "The installed root cannot be read"),
        (vec!["--bundle", &file("torn.cbor")], "There are no lists"),
        (vec!["--bundle", &gone], "There are no lists"),
        (vec!["--bundle", &file("stick.cbor"), "--crossing", "999"], "do not have this terminal"),
        (
            vec!["--bundle", &file("stick.cbor"), "--crossing", "nowhere"],
            "do not have this terminal",
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let state = folder.path().join(format!("state-{number}"));
        let place = ["--side", "A", "--direction", "exit", "--crossing", "3"];
        let place = if more.contains(&"--crossing") { &place[..4] } else { &place[..] };
        let mut reader = Reader::start(&state, place.iter().copied().chain(more));
        reader.until("/supervisor", said);
        let look = reader.look_at(demo::GOLDEN);
        assert_eq!(look, "fault", "{said}");
    }
    // The first lists of all come from the stick.
    let state = folder.path().join("first");
    let stick = file("stick.cbor");
    let line =
        ["--side", "A", "--direction", "exit", "--crossing", "3", "--at", "1963-09-10T04:00Z"];
    let more = ["--bundle", &gone, "--stick", &stick];
    enrol(&mut Command::new(env!("CARGO_BIN_EXE_permit-reader")), &state);
    let mut reader = Reader::start(&state, line.iter().copied().chain(more));
    reader.until("/supervisor", "There are no lists");
    let sign_in = serde_json::json!({"command": "sign-in", "officer": 7, "pin": "834921"});
    assert!(reader.guard.ask(&sign_in.to_string()).unwrap());
    reader.until("/", "data-duty=\"true\"");
    assert!(reader.guard.ask("{\"command\":\"update\"}").unwrap());
    reader.until("/supervisor", "the zone register");
    assert_eq!(std::fs::read(state.join("bundle.cbor")).unwrap(), demo::BUNDLE);
}

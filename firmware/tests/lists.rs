//! The real binary reads new lists from pictures of their codes, as a camera before a screen would show them.
//!
//! The codes come in a mixed order with repeats, beside a permit and a code of other lists; what is in use afterwards is
//! what the terminal kept for its next start. Then the same terminal starts with it.

#![expect(clippy::unwrap_used, reason = "tests say what they expect")]

mod guard;

use core::time::Duration;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use permit_parts as codes;
use permit_signing::demo;
use permit_symbol::Symbol;
use permit_symbol::camera::{Kind, SIZES, Shot, photograph};

use self::guard::Guard;

/// A terminal that plays a folder over and over.
struct Reader(Child, Guard);

impl Reader {
    fn start(folder: &Path, state: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_permit-reader"))
            .args(["--board", "sim", "--lang", "en", "--fps", "1000", "--camera"])
            .args([folder, Path::new("--state"), state])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut address = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut address).unwrap();
        let guard = Guard::open(&address).unwrap();
        Self(child, guard)
    }

    /// Asks for the reading of lists, again and again while somebody's verdict stands, until `done`.
    fn read_lists(&mut self, done: impl Fn() -> bool) -> bool {
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(120) && !done() {
            assert!(self.1.ask("{\"command\":\"read-lists\"}").unwrap());
            std::thread::sleep(Duration::from_millis(50));
        }
        done()
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn shoot(folder: &Path, number: usize, text: &str) {
    let shot = Shot { kind: Kind::Moire, strength: 0.3, size: SIZES[0], seed: 5, frame: 0 };
    let photo = photograph(&shot, &[Symbol::new(text).unwrap()]);
    let path = folder.join(format!("{number:03}.jpg"));
    std::fs::write(path, photo.jpeg().unwrap()).unwrap();
}

#[test]
fn from_pictures_of_codes_to_lists_in_use() {
    let newer = demo::World::make().unwrap().next_bundle().unwrap();
    let texts = codes::split(&newer).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let count = texts.len();
    // Every code once, in steps of seven, and every fifth twice.
    let order = (0..count).map(|number| number * 7 % count);
    let order: Vec<usize> = order.chain((0..count).step_by(5)).collect();
    for (number, &code) in order.iter().enumerate() {
        shoot(folder.path(), number, &texts[code]);
    }
    let other = codes::split(demo::BUNDLE).unwrap();
    shoot(folder.path(), order.len(), &other[0]);

    let state = tempfile::tempdir().unwrap();
    let kept = state.path().join("bundle.cbor");
    let mut reader = Reader::start(folder.path(), state.path());
    let taken = reader.read_lists(|| kept.exists());
    drop(reader);
    assert!(taken, "the lists were not taken in time");
    assert_eq!(std::fs::read(&kept).unwrap(), newer);

    // The next start judges by them, and takes no step back: the codes of the lists before are refused.
    let folder = tempfile::tempdir().unwrap();
    other.iter().enumerate().for_each(|(number, text)| shoot(folder.path(), number, text));
    let before = guard::journal(state.path()).counts().records;
    let mut reader = Reader::start(folder.path(), state.path());
    let asked = Instant::now();
    reader.read_lists(|| asked.elapsed() > Duration::from_secs(6));
    drop(reader);
    assert_eq!(std::fs::read(&kept).unwrap(), newer);
    assert!(guard::journal(state.path()).counts().records > before);
}

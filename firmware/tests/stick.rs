//! The real program takes lists from a stick on which a file and a pipe change places all the time.
//!
//! Whoever asks a name what it is and opens it afterwards opens the pipe sooner or later, and waits for ever.

#![expect(clippy::unwrap_used, reason = "tests say what they expect")]

mod guard;

use core::sync::atomic::{AtomicBool, Ordering};
use core::time::Duration;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Instant;

use permit_signing::demo;
use rustix::fs::{CWD, FileType, Mode, RenameFlags, mknodat, renameat_with};

use self::guard::Guard;

#[test]
fn row_17_a_pipe_in_the_files_place_is_not_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let (stick, pipe) = (folder.path().join("bundle.cbor"), folder.path().join("pipe"));
    let state = folder.path().join("state");
    std::fs::write(&stick, demo::World::make().unwrap().next_bundle().unwrap()).unwrap();
    mknodat(CWD, &pipe, FileType::Fifo, Mode::from_raw_mode(0o600), 0).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_permit-reader"))
        .args(["--board", "sim", "--camera", "none", "--stick"])
        .arg(&stick)
        .arg("--state")
        .arg(&state)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut address = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut address).unwrap();
    let mut guard = Guard::open(&address).unwrap();
    let done = AtomicBool::new(false);
    let mut update = |count: usize, until: &dyn Fn() -> bool| {
        (0..count).any(|_| {
            // Too much at once is refused, and asked again.
            let _ = guard.ask("{\"command\":\"update\"}").unwrap();
            thread::sleep(Duration::from_millis(20));
            until()
        })
    };
    thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                renameat_with(CWD, &stick, CWD, &pipe, RenameFlags::EXCHANGE).unwrap();
            }
        });
        update(100, &|| false);
        done.store(true, Ordering::Relaxed);
    });
    // Put where it belongs, the file is taken: nothing waits for the pipe.
    if !stick.metadata().unwrap().is_file() {
        renameat_with(CWD, &stick, CWD, &pipe, RenameFlags::EXCHANGE).unwrap();
    }
    let kept = state.join("bundle.cbor");
    let _ = std::fs::remove_file(&kept);
    let end = Instant::now() + Duration::from_secs(60);
    let taken = update(usize::MAX, &|| kept.exists() || Instant::now() > end) && kept.exists();
    let alive = child.try_wait().unwrap().is_none();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(alive && taken, "an update waits for a pipe");
}

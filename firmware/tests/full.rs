//! The real program on a disk that is full: officers still sign in, decisions are recorded, and it was said long before.
//!
//! The state lies on a file system of a few megabytes in memory, which is mounted by root and filled to its last byte.

#![expect(clippy::unwrap_used, reason = "tests say what they expect")]

mod guard;

use core::time::Duration;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use permit_signing::demo;

use self::guard::Guard;

/// A file system of its own, gone when dropped.
struct Small {
    at: PathBuf,
    child: Option<Child>,
    _folder: tempfile::TempDir,
}

impl Small {
    fn mount(megabytes: u32) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path().to_owned();
        let size = format!("size={megabytes}m");
        let mount =
            Command::new("mount").args(["-t", "tmpfs", "-o", &size, "none"]).arg(&at).output();
        let mounted = mount.is_ok_and(|mount| mount.status.success());
        mounted.then_some(Self { at, child: None, _folder: folder })
    }

    fn state(&self) -> PathBuf {
        self.at.join("state")
    }

    /// Every byte that is left.
    fn fill(&self) {
        let mut filler = std::fs::File::create(self.at.join("filler")).unwrap();
        for size in [1 << 16, 1 << 12, 1] {
            while filler.write_all(&vec![0; size]).is_ok() {}
        }
    }

    fn end(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        self.end();
        let _ = Command::new("umount").arg(&self.at).status();
    }
}

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_permit-reader"))
}

fn enrol(state: &Path, number: &str, pin: &str) {
    let mut enrol = program();
    enrol.args(["--enrol", number, "--state"]).arg(state).stdin(Stdio::piped());
    let mut enrol = enrol.spawn().unwrap();
    writeln!(enrol.stdin.take().unwrap(), "{pin}").unwrap();
    assert!(enrol.wait().unwrap().success());
}

/// A page, once it says this.
fn until(guard: &mut Guard, path: &str, said: &str) -> String {
    let end = Instant::now() + Duration::from_secs(60);
    loop {
        let page = guard.page(path).unwrap();
        if page.contains(said) {
            return page;
        }
        assert!(Instant::now() < end, "{path} never says {said}: {page}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn row_01_a_full_disk_locks_nobody_out() {
    let Some(mut small) = Small::mount(8) else {
        println!("skipped: a file system is mounted by root");
        return;
    };
    enrol(&small.state(), "7", "834921");
    let mut child = program()
        .args(["--board", "sim", "--lang", "en", "--camera", "none", "--state"])
        .arg(small.state())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut address = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut address).unwrap();
    small.child = Some(child);
    let mut guard = Guard::open(&address).unwrap();
    guard.watch().unwrap();
    until(&mut guard, "/supervisor", "The disk will soon be full.");
    small.fill();
    until(&mut guard, "/supervisor", "The disk is full.");
    // Wrong once, which has to be counted, then right.
    for (pin, said) in [("000000", "Officer or PIN not right."), ("834921", "data-duty=\"true\"")] {
        std::thread::sleep(Duration::from_millis(2_100));
        let sign_in = serde_json::json!({"command": "sign-in", "officer": 7, "pin": pin});
        assert!(guard.ask(&sign_in.to_string()).unwrap());
        until(&mut guard, "/", said);
    }
    let text = core::str::from_utf8(demo::GOLDEN).unwrap().trim_end();
    let mut decided = 0;
    for _ in 0..20 {
        assert!(
            guard.ask(&serde_json::json!({"command": "scan", "text": text}).to_string()).unwrap()
        );
        let page = until(&mut guard, "/", "data-stage=\"verdict\"");
        assert!(page.contains("data-look=\"amber\""), "nothing is green on a full disk");
        // Of the page that was looked at: what the stream of events told last may be the verdict before.
        let about = page.split("data-about=\"").nth(1).and_then(|it| it.split('"').next());
        let turned = serde_json::json!({"command": "turn-back", "about": about}).to_string();
        assert!(guard.ask(&turned).unwrap());
        until(&mut guard, "/", "data-stage=\"decision\"");
        decided += 1;
        assert!(
            guard
                .ask(&serde_json::json!({"command": "dismiss", "about": about}).to_string())
                .unwrap()
        );
        until(&mut guard, "/", "data-stage=\"waiting\"");
    }
    assert!(!small.state().join("reserve").exists(), "the room for the night is in use");
    small.end();
    std::fs::remove_file(small.at.join("filler")).unwrap();
    let journal = guard::journal(&small.state());
    assert_eq!(journal.counts().turned_back, decided);
    let bytes: u64 = std::fs::read_dir(small.state().join("journal"))
        .unwrap()
        .map(|file| file.unwrap().metadata().unwrap().len())
        .sum();
    println!("{bytes} bytes in {} records", journal.counts().records);
}

//! The command killed at moments of chance, while it takes in, approves and signs: nothing that was answered for is
//! lost, nothing is there twice, nothing is signed unapproved, and every row still agrees.
//!
//! `PERMIT_KILLS` says how often; a few times by default.

#![expect(clippy::unwrap_used, reason = "tests say what they expect")]

use core::time::Duration;
use std::{
    collections::BTreeSet,
    fs,
    path::Path,
    process::{Command, Stdio},
    thread::sleep,
};

use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng as _, SeedableRng as _},
};

const FILE: &str = r#"
class = "state-employee"
language = "zh"
papers = [{ kind = "personnel-letter", issuer = "演示单位", dated = "1963-09-01" }]

[permit]
latin = "Namgung Hanul"
birth = "1931-04"
nationality = "156"
region = "cn-yanji-county"
"#;

/// Longest that a command is left alone: chosen, somewhat longer than one takes.
const LONGEST: u64 = 900;

fn command(folder: &Path, line: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_permit-station"));
    command.current_dir(folder).args(["--lang", "en"]).args(line.split(' '));
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn whole(folder: &Path, line: &str) -> (bool, String) {
    let output = command(folder, line).output().unwrap();
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    (output.status.success(), said)
}

/// Runs a command and kills it after a while; whether it had answered before.
fn killed(folder: &Path, line: &str, after: Duration) -> bool {
    let mut child = command(folder, line).spawn().unwrap();
    sleep(after);
    let _ = child.kill();
    child.wait().unwrap().success()
}

/// What is said of an application, if there is one.
fn shown(folder: &Path, number: u64) -> Option<String> {
    let (there, said) = whole(folder, &format!("show {number}"));
    there.then_some(said)
}

#[test]
fn r16_r26_killed_at_any_moment_nothing_is_lost_doubled_or_unapproved() {
    let kills = std::env::var("PERMIT_KILLS").ok().and_then(|it| it.parse().ok()).unwrap_or(4);
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    fs::write(folder.join("person.toml"), FILE).unwrap();
    assert!(whole(folder, "init --demo").0);
    let mut random = ChaCha8Rng::seed_from_u64(kills);
    let (mut number, mut answered) = (0_u64, 0);
    for round in 0..kills {
        let after = Duration::from_millis(random.next_u64() % LONGEST);
        let (line, expected) = match round % 4 {
            0 => ("apply person.toml --officer 3".to_owned(), "handed in"),
            1 => (
                format!("approve {number} --key permit-desk/officers/00004.key"),
                "to come: border defence",
            ),
            2 => (format!("approve {number} --key permit-desk/officers/00005.key"), ": approved"),
            _ => (format!("issue {number} --officer 3 --out cards"), ": issued"),
        };
        let known = number;
        let done = killed(folder, &line, after);
        let (sound, said) = whole(folder, "check");
        assert!(sound, "{line}, killed after {after:?}: {said}");
        if round % 4 == 0 {
            // The newest application that is there, whole or not.
            number = (known..).find(|it| shown(folder, it + 1).is_none()).unwrap();
            assert!(number <= known + 1, "one application at most");
            if number == known || !shown(folder, number).unwrap().contains(expected) {
                assert!(!done, "what was answered for is there");
                assert!(whole(folder, "apply person.toml --officer 3").0);
                number = (number..).find(|it| shown(folder, it + 1).is_none()).unwrap();
            }
        } else {
            let stands = shown(folder, number).unwrap();
            assert!(!done || stands.contains(expected), "{line}: {stands}");
            if !done && !stands.contains(expected) {
                // Done again, it is done once.
                let (good, said) = whole(folder, &line);
                assert!(good, "{line}: {said}");
            }
        }
        answered += u32::from(done);
    }
    let texts: BTreeSet<_> = fs::read_dir(folder.join("cards"))
        .map(|cards| cards.map(|card| card.unwrap().file_name()).collect())
        .unwrap_or_default();
    println!("COUNTED desk-kills={kills} answered={answered} permits={}", texts.len());
}

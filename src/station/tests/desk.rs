//! The desk's command as an officer uses it, and what a checkpoint says of the permit.

#![expect(clippy::unwrap_used, reason = "tests say what they expect")]

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use permit_core::{
    Anchor, Checkpoint, Direction, KeySlot, NoLedger, Now, Side, Terms, Trust, UnixTime, Verdict,
    Verifier,
};
use permit_signing::demo;

const FILE: &str = r#"
class = "state-employee"
language = "ko"

[[papers]]
kind = "protection-letter"
issuer = "演示单位"
dated = "1963-09-01"

[permit]
latin = "Namgung Hanul"
native = "남궁하늘"
birth = "1931-04-02"
nationality = "156"
region = "cn-yanji-county"
"#;

fn desk(folder: &Path, line: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_permit-station"));
    command.current_dir(folder).args(["--lang", "en"]).args(line.split(' '));
    command.output().unwrap()
}

fn done(folder: &Path, line: &str) -> String {
    let output = desk(folder, line);
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert!(output.status.success(), "{line}: {said}");
    said
}

fn refused(folder: &Path, line: &str, status: i32) -> String {
    let output = desk(folder, line);
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert_eq!(output.status.code(), Some(status), "{line}: {said}");
    said
}

/// What the demonstration's checkpoint says on the way out.
fn verdict(text: &[u8], at: UnixTime) -> Verdict {
    let anchor = Anchor::of(demo::ROOT).unwrap();
    let mut slots = vec![KeySlot::EMPTY; 1000];
    let terms = Terms { anchor, before: None, now: None };
    let trust = Trust::open(demo::BUNDLE, &terms, &mut slots).unwrap();
    let checkpoint = Checkpoint { crossing: 3, side: Side::A, direction: Direction::Exit };
    let verifier = Verifier::new(&trust, checkpoint).unwrap();
    let now = Now::by_hand(at, trust.newest());
    verifier.verify(text, &NoLedger, &now).verdict
}

#[test]
fn r16_from_a_file_to_a_permit_that_a_checkpoint_judges() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    fs::write(folder.join("person.toml"), FILE).unwrap();
    done(folder, "init --demo");
    assert!(done(folder, "apply person.toml --officer 3").contains("Application 1: handed in"));
    refused(folder, "issue 1 --officer 3 --out cards", 1);
    refused(folder, "approve 1 --key permit-desk/officers/00003.key", 1);
    done(folder, "approve 1 --key permit-desk/officers/00004.key");
    refused(folder, "issue 1 --officer 3 --out cards", 1);
    done(folder, "approve 1 --key permit-desk/officers/00005.key");
    done(folder, "issue 1 --officer 3 --out cards");
    let text = fs::read(folder.join("cards/00101-1963-00000001-001-W.txt")).unwrap();
    assert_eq!(
        done(folder, "issue 1 --officer 3 --out again"),
        done(folder, "issue 1 --officer 3 --out again")
    );
    assert_eq!(
        fs::read(folder.join("again/00101-1963-00000001-001-W.txt")).unwrap(),
        text,
        "one permit"
    );
    assert_eq!(verdict(&text, demo::NOON), Verdict::Valid);
    assert!(matches!(verdict(&text, demo::NOON.plus(40 * 86_400)), Verdict::Invalid(_)));
    assert!(done(folder, "check").contains("every row agrees"));
    // No file is named after a person, and none but the database holds a name.
    for entry in fs::read_dir(folder.join("permit-desk")).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().to_string_lossy().into_owned();
        let held = fs::read(entry.path()).unwrap_or_default();
        let names = held.windows(7).any(|it| it == b"NAMGUNG");
        assert!(!names || name.starts_with("desk.db"), "{name}");
    }
}

#[test]
fn r16_the_station_key_of_a_desk_is_no_key_file_of_other_commands() {
    let place = tempfile::tempdir().unwrap();
    done(place.path(), "init --demo");
    for name in ["station.key", "record.key"] {
        let path = place.path().join("permit-desk").join(name);
        assert!(permit_signing::KeyFile::load(&path).is_err());
    }
}

#[test]
fn r26_an_older_backup_does_not_pass_for_the_newest_and_a_row_that_was_changed_is_named() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    done(folder, "init --demo");
    done(folder, "backup older.db");
    done(folder, "officer dismiss 6 --by 1");
    assert!(refused(folder, "restore older.db", 4).contains("ends at"));
    done(folder, "backup newest.db");
    fs::remove_file(folder.join("permit-desk/desk.db")).unwrap();
    done(folder, "restore newest.db");
    assert!(done(folder, "check").contains("every row agrees"));
}

#[test]
fn r7_a_key_that_is_not_asked_for_refuses_the_file_by_its_name_alone() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    done(folder, "init --demo");
    for (key, line) in [("minzu", "minzu = \"secret-value\"\n"), ("replaces", "replaces = \"1\"\n")]
    {
        fs::write(folder.join("person.toml"), format!("{FILE}{line}")).unwrap();
        let said = refused(folder, "apply person.toml --officer 3", 3);
        assert!(said.contains(key) && !said.contains("secret-value"), "{said}");
    }
    fs::write(folder.join("person.toml"), format!("relative = \"secret-value\"\n{FILE}")).unwrap();
    let said = refused(folder, "apply person.toml --officer 3", 3);
    assert!(said.contains("relative") && !said.contains("secret-value"), "{said}");
}

#[test]
fn without_a_terminal_nothing_is_asked() {
    let place = tempfile::tempdir().unwrap();
    assert_eq!(desk(place.path(), "init --station 101").status.code(), Some(2));
    assert_eq!(desk(place.path(), "check").status.code(), Some(3));
}

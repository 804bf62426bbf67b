//! What pages have, from the command line: refusal and revocation by two, correction, steps, lists, matters.

#![expect(clippy::unwrap_used, reason = "tests say what they expect")]

use std::{fs, path::Path, process::Command};

use permit_signing::demo;

const FILE: &str = r#"
class = "resident"
language = "zh"

[[papers]]
kind = "relative-letter"
issuer = "온성"
dated = "1963-09-01"

[[papers]]
kind = "commune-letter"
issuer = "演示公社"
dated = "1963-09-02"

[permit]
latin = "SEOMUN GYEOUL"
native = "서문겨울"
birth = "1931-04-02"
nationality = "156"
region = "cn-yanji-county"
"#;

struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        desk.write("person.toml", FILE);
        desk.good(&["init", "--demo"]);
        desk
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, contents: impl AsRef<[u8]>) {
        fs::write(self.path().join(name), contents).unwrap();
    }

    /// Its output, and that it ended so.
    fn ends(&self, line: &[&str], status: i32) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_permit-station"));
        let output = command.current_dir(self.path()).args(["--lang", "en"]).args(line);
        let output = output.output().unwrap();
        let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        assert_eq!(output.status.code(), Some(status), "{line:?}: {said}");
        said
    }

    fn good(&self, line: &[&str]) -> String {
        self.ends(line, 0)
    }

    fn key(officer: u16) -> String {
        format!("permit-desk/officers/{officer:05}.key")
    }

    /// One officer's part in refusing or revoking, with the grounds where there is none yet.
    fn end(&self, what: &str, officer: u16, first: bool, status: i32) -> String {
        let key = Self::key(officer);
        let grounds = ["--ground", "mistake", "--words", "误发，已当面说明。"];
        let where_to = ["--deadline", "1963-11-01", "--to", "102"];
        let mut line = vec![what, "1", "--key", &key];
        if first {
            line.extend(grounds.iter().chain(&where_to));
        }
        self.ends(&line, status)
    }
}

#[test]
fn r26_a_refusal_takes_two_and_the_second_signs_what_the_first_said() {
    let desk = Desk::new();
    desk.good(&["apply", "person.toml", "--officer", "3"]);
    desk.good(&["act", "1", "review", "--officer", "4"]);
    assert!(desk.end("refuse", 4, false, 2).contains("grounds"), "nobody has said why");
    let said = desk.end("refuse", 4, true, 0);
    assert!(said.contains("误发") && said.contains("refusal proposed"), "{said}");
    desk.end("refuse", 4, false, 1);
    desk.end("refuse", 3, false, 1);
    let said = desk.end("refuse", 6, false, 0);
    assert!(said.contains("误发") && said.contains("1: refused"), "{said}");
    assert!(desk.good(&["check"]).contains("every row agrees"));
}

#[test]
fn r26_a_correction_voids_what_was_approved_and_a_revocation_takes_two() {
    let desk = Desk::new();
    desk.good(&["apply", "person.toml", "--officer", "3"]);
    let key = Desk::key(4);
    desk.good(&["approve", "1", "--key", &key]);
    desk.write("mended.toml", FILE.replace("1931-04-02", "1931-04-20"));
    let correct = ["correct", "1", "mended.toml", "--why", "日期写错", "--officer", "3"];
    assert!(desk.good(&correct).contains("under review"));
    desk.ends(&correct, 1);
    desk.ends(&["issue", "1", "--officer", "3", "--out", "cards"], 1);
    desk.good(&["approve", "1", "--key", &key]);
    desk.good(&["issue", "1", "--officer", "3", "--out", "cards"]);
    assert!(desk.good(&["act", "1", "print", "--officer", "3"]).contains("printed"));
    desk.ends(&["act", "1", "hand-over", "--officer", "3"], 1);
    desk.end("revoke", 4, true, 0);
    desk.good(&["act", "1", "drop-revocation", "--officer", "4"]);
    desk.end("revoke", 4, true, 0);
    assert!(desk.end("revoke", 6, false, 0).contains("1: revoked"));
    desk.good(&["export", "--out", "out", "--month", "1963-09"]);
    let register = fs::read_to_string(desk.path().join("out/00101-register.toml")).unwrap();
    assert!(register.contains("[[revoked]]"), "{register}");
}

#[test]
fn r12_lists_are_taken_by_a_supervisor_and_never_older_or_other_ones() {
    let desk = Desk::new();
    desk.write("same.cbor", demo::BUNDLE);
    assert!(desk.good(&["lists", "same.cbor", "--officer", "1"]).contains("Newer lists"));
    desk.ends(&["lists", "same.cbor", "--officer", "3"], 1);
    let mut other = demo::BUNDLE.to_vec();
    let last = other.len() - 1;
    other[last] ^= 1;
    desk.write("other.cbor", other);
    desk.ends(&["lists", "other.cbor", "--officer", "1"], 4);
    assert!(desk.good(&["check"]).contains("every row agrees"));
}

#[test]
fn r17_r18_nothing_is_closed_by_who_raised_it_and_none_is_said_aloud() {
    let desk = Desk::new();
    desk.good(&["matter", "raise", "issue", "窗口不足。", "--officer", "1"]);
    desk.ends(&["matter", "close", "1", "已增设。", "--officer", "1"], 1);
    desk.ends(&["matter", "none", "issue", "--officer", "1"], 1);
    assert!(desk.good(&["matter", "list"]).contains("Issue 1: open"));
    desk.good(&["matter", "answer", "1", "正在办理。", "--officer", "3"]);
    desk.good(&["matter", "close", "1", "已增设。", "--officer", "2"]);
    desk.good(&["matter", "none", "issue", "--officer", "1"]);
    desk.ends(&["matter", "none", "view", "--officer", "1"], 1);
    desk.good(&["matter", "none", "view", "--officer", "5"]);
    desk.ends(&["matter", "none", "strike", "--officer", "1"], 2);
}

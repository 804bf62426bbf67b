//! What pages have, from the command line: refusal and revocation by two, correction, steps, cards, renewal, cases, lists,
//! matters.

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
fn a_lost_permit_gets_its_next_copy() {
    let desk = Desk::new();
    desk.good(&["apply", "person.toml", "--officer", "3"]);
    desk.good(&["approve", "1", "--key", &Desk::key(4)]);
    let issue = ["issue", "1", "--officer", "3", "--out", "cards"];
    let first = desk.good(&issue);
    assert_eq!(desk.good(&issue), first, "what was signed is there again");
    desk.good(&["act", "1", "print", "--officer", "3"]);
    desk.good(&["act", "1", "lose", "--officer", "3"]);
    let second = desk.good(&issue);
    assert!(first != second && second.contains("-002-"), "{first} {second}");
    assert_eq!(desk.good(&issue), second);
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
fn r16_a_dismissed_officers_approval_is_refused_recorded_and_does_nothing() {
    let desk = Desk::new();
    desk.good(&["apply", "person.toml", "--officer", "3"]);
    let key = Desk::key(4);
    desk.good(&["officer", "dismiss", "4", "--by", "1"]);
    let before = desk.good(&["check"]);
    let said = desk.ends(&["approve", "1", "--key", &key], 1);
    assert!(said.contains("has left") && !said.contains("SEOMUN"), "{said}");
    let after = desk.good(&["check"]);
    assert_ne!(after, before, "one entry more");
    assert!(after.contains("every row agrees"), "{after}");
    desk.ends(&["issue", "1", "--officer", "3", "--out", "cards"], 1);
}

#[test]
fn r16_a_new_key_that_two_supervisors_did_not_sign_leaves_the_old_one_where_it_was() {
    let desk = Desk::new();
    let path = desk.path().join(Desk::key(4));
    let before = fs::read(&path).unwrap();
    for signers in [["1", "3"], ["1", "1"]] {
        let [first, second] = signers;
        desk.ends(&["officer", "reset", "4", "--sign", first, "--sign", second], 1);
        assert_eq!(fs::read(&path).unwrap(), before, "{signers:?}");
    }
    desk.ends(&["officer", "reset", "4", "--sign", "1"], 1);
    assert_eq!(fs::read(&path).unwrap(), before);
    desk.good(&["officer", "reset", "4", "--sign", "1", "--sign", "2"]);
    assert_ne!(fs::read(&path).unwrap(), before);
    desk.good(&["apply", "person.toml", "--officer", "3"]);
    desk.good(&["approve", "1", "--key", &Desk::key(4)]);
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

/// Papers seen anew.
const FOLLOWS: &str = r#"
[[papers]]
kind = "relative-letter"
issuer = "온성"
dated = "1963-09-08"

[[papers]]
kind = "commune-letter"
issuer = "演示公社"
dated = "1963-09-09"
"#;

impl Desk {
    /// A permit that is signed.
    fn issued(&self, file: &str, number: &str) {
        self.good(&["apply", file, "--officer", "3"]);
        self.sign(number);
    }

    fn sign(&self, number: &str) {
        self.good(&["approve", number, "--key", &Self::key(4)]);
        self.good(&["issue", number, "--officer", "3", "--out", "codes"]);
    }

    /// Draws cards; the files, by name.
    fn draws(&self, numbers: &[&str], format: &str) -> Vec<String> {
        let how = ["--out", format, "--officer", "3", "--format", format];
        self.good(&[&["print"], numbers, &how].concat());
        let files = fs::read_dir(self.path().join(format)).unwrap();
        let mut files: Vec<String> =
            files.map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
        files.sort();
        files
    }
}

#[test]
fn r12_a_card_is_drawn_read_back_and_handed_over_by_command() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = Desk::new();
    desk.good(&["apply", "person.toml", "--officer", "3"]);
    let print = ["print", "1", "--out", "png", "--officer", "3", "--format", "png"];
    desk.ends(&print, 1);
    assert!(!desk.path().join("png").exists(), "nothing is signed yet");
    desk.sign("1");
    desk.write("other.toml", FILE.replace("SEOMUN GYEOUL", "SEOMUN BOM").replace("겨울", "봄"));
    desk.issued("other.toml", "2");
    desk.ends(&["print", "1", "--out", "png", "--officer", "4", "--format", "png"], 1);
    desk.ends(&["print", "1", "--out", "png", "--officer", "3", "--format", "docx"], 2);
    let files = desk.draws(&["1", "2"], "png");
    assert_eq!(files.len(), 4, "both sides of each: {files:?}");
    let mode = fs::metadata(desk.path().join("png").join(&files[0])).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let [own, others] = [&files[0], &files[2]].map(|file| format!("png/{file}"));
    assert!(own.ends_with("-card-back.png"), "{own}");
    desk.ends(&["read-back", "1", &own, "--officer", "3"], 1);
    for number in ["1", "2"] {
        desk.good(&["act", number, "print", "--officer", "3"]);
    }
    let said = desk.ends(&["read-back", "1", &others, "--officer", "3"], 1);
    assert!(said.contains(&others["png/".len()..][..23]), "whose it is: {said}");
    desk.ends(&["read-back", "1", "person.toml", "--officer", "3"], 1);
    desk.ends(&["act", "1", "hand-over", "--officer", "3"], 1);
    let said = desk.good(&["read-back", "1", &own, "--officer", "3"]);
    assert!(said.contains("of 4: 4") && said.contains("ready to be fetched"), "{said}");
    desk.good(&["act", "1", "hand-over", "--officer", "3"]);
    desk.ends(&["print", "1", "--out", "late", "--officer", "3"], 1);
    // One document of what is left, and one file a side.
    assert_eq!(desk.draws(&["2"], "svg").len(), 2);
    let pdf = desk.draws(&["2"], "pdf");
    assert!(pdf.len() == 1 && pdf[0].ends_with("-card.pdf"), "{pdf:?}");
    assert!(desk.good(&["check"]).contains("every row agrees"));
}

#[test]
fn r26_a_permit_is_renewed_and_corrected_by_command() {
    let desk = Desk::new();
    desk.write("follows.toml", FOLLOWS);
    desk.issued("person.toml", "1");
    // Not handed over yet: it is corrected, and not renewed.
    desk.ends(&["renew", "1", "follows.toml", "--officer", "3"], 1);
    let mended = FILE.split("[permit]").nth(1).unwrap().replace("1931-04-02", "1931-04-20");
    desk.write("mended.toml", format!("{FOLLOWS}\n[permit]{mended}"));
    desk.write("named.toml", format!("ethnicity = \"-\"\n{FOLLOWS}"));
    let said = desk.ends(&["amend", "1", "named.toml", "--officer", "3"], 3);
    assert!(said.contains("ethnicity"), "{said}");
    desk.good(&["amend", "1", "mended.toml", "--officer", "3"]);
    assert!(desk.good(&["show", "2"]).contains("1931-04-20"));
    desk.sign("2");
    assert!(desk.good(&["show", "1"]).contains("replaced"));
    let mut codes: Vec<_> = fs::read_dir(desk.path().join("codes"))
        .unwrap()
        .map(|it| it.unwrap().file_name().into_string().unwrap()[..23].to_owned())
        .collect();
    codes.sort();
    assert_eq!(codes, ["00101-1963-00000001-001", "00101-1963-00000001-002"], "the next copy");
    desk.good(&["act", "2", "print", "--officer", "3"]);
    let files = desk.draws(&["2"], "png");
    let back = format!("png/{}", files[0]);
    desk.good(&["read-back", "2", &back, "--officer", "3"]);
    desk.good(&["act", "2", "hand-over", "--officer", "3"]);
    let said = desk.good(&["renew", "2", "follows.toml", "--officer", "3"]);
    assert!(said.contains("Application 3: handed in"), "{said}");
    assert!(desk.good(&["show", "3"]).contains("1931-04-20"), "what the permit says");
    desk.sign("3");
    assert!(desk.good(&["check"]).contains("every row agrees"));
}

const CASE: &str = "kind = \"resettlement\"\nlanguage = \"ko\"\nlatin = \"SEOMUN GYEOUL\"\nbirth = \"1931\"\n\
     region = \"cn-yanji-county\"\npeople = 2\nbasis = \"182\"\n";

#[test]
fn r20_r21_r22_r24_cases_are_worked_by_command() {
    let desk = Desk::new();
    desk.write("case.toml", CASE);
    desk.write("rank.toml", format!("rank = \"-\"\n{CASE}"));
    let receive = |file, status| desk.ends(&["case", "receive", file, "--officer", "7"], status);
    assert!(receive("rank.toml", 3).contains("rank"));
    assert!(receive("case.toml", 0).contains("resettlement · case 1: received · 30 days left"));
    desk.ends(&["case", "receive", "case.toml", "--officer", "3"], 1);
    let key = Desk::key(4);
    let approve = ["case", "approve", "1", "--key", &key];
    desk.ends(&approve, 1);
    // What is asked for is fixed.
    desk.ends(&["case", "have", "1", "consent", "--officer", "7"], 1);
    desk.ends(&["case", "have", "1", "salary", "--officer", "7"], 2);
    desk.good(&["case", "have", "1", "own-wish", "--officer", "7"]);
    let said = desk.good(&["case", "have", "1", "relatives", "--officer", "7"]);
    assert!(!said.contains("Still to come"), "{said}");
    desk.good(&["case", "block", "1", "缺车辆。", "--officer", "7"]);
    let said = desk.good(&approve);
    assert!(said.contains("Digest") && said.contains("case 1: approved"), "{said}");
    desk.ends(&["case", "act", "1", "return", "--officer", "7"], 1);
    for (step, state) in [("authorise", "authorisation handed over"), ("depart", "departed")] {
        let said = desk.good(&["case", "act", "1", step, "--officer", "7"]);
        assert!(said.contains(state), "{said}");
    }
    // A return is never refused; a resettlement by two, and dropped by one.
    desk.write("return.toml", CASE.replace("resettlement", "return"));
    receive("return.toml", 0);
    receive("case.toml", 0);
    let grounds =
        ["--ground", "other", "--words", "말로 밝힘.", "--deadline", "1963-11-01", "--to", "102"];
    let refuse = |number: &str, officer, first: bool, status| {
        let key = Desk::key(officer);
        let rest: &[&str] = if first { &grounds } else { &[] };
        desk.ends(&[&["case", "refuse", number, "--key", &key], rest].concat(), status)
    };
    refuse("2", 4, true, 1);
    refuse("3", 4, false, 2);
    refuse("3", 4, true, 0);
    refuse("3", 4, false, 1);
    desk.good(&["case", "act", "3", "drop-refusal", "--officer", "4"]);
    refuse("3", 4, true, 0);
    assert!(refuse("3", 1, false, 0).contains("case 3: refused"));
    let list = desk.good(&["case", "list"]);
    assert!(list.contains("case 2") && !list.contains("case 1") && !list.contains("case 3"));
    assert_eq!(desk.good(&["case", "list", "--overdue"]), "");
    assert!(desk.good(&["check"]).contains("every row agrees"));
}

#[test]
fn settings_are_shown_and_a_supervisor_sets_them() {
    let desk = Desk::new();
    let shown = desk.good(&["settings"]);
    assert!(shown.contains("Incomplete: late after more than: 14\n"), "{shown}");
    let set = ["settings", "--incomplete", "3", "--expiring", "60"];
    desk.ends(&set, 2);
    desk.ends(&["settings", "--officer", "1"], 2);
    let by = |officer| [&set[..], &["--officer", officer]].concat();
    let denied = desk.ends(&by("3"), 1);
    assert!(denied.contains("supervisor"), "{denied}");
    let set = desk.good(&by("1"));
    assert!(set.contains("more than: 3\n") && set.contains("within: 60\n"), "{set}");
    assert_eq!(desk.good(&["settings"]), set, "it is on the record");
    let days = |days| ["settings", "--undecided", days, "--officer", "1"];
    for wrong in ["0", "91", "7"] {
        desk.ends(&days(wrong), 1);
    }
    assert_eq!(desk.good(&["settings"]), set);
    desk.good(&["check"]);
}

//! The register that `permit issue` kept, taken over by the desk: once, whole, and no number is given twice after it.

#![expect(clippy::unwrap_used, reason = "tests say what they expect")]

use std::{collections::BTreeSet, fs, path::Path, process::Command};

use permit_signing::register::Register;

const FILE: &str = "station = 101
[[years]]
station = 101
year = 1963
serials = ['1-3']
[[signed]]
key = '0707070707070707070707070707070707070707070707070707070707070707'
year = 1963
permits = ['3/1 00000000000000000000000000000003', '3/2 00000000000000000000000000000004']
";
const PERSON: &str = r#"class = "resident"
language = "zh"
papers = [{ kind = "relative-letter", issuer = "온성", dated = "1963-09-01" }, { kind = "commune-letter", issuer = "演示公社", dated = "1963-09-02" }]
permit = { latin = "SEOMUN GYEOUL", birth = "1931-04-02", nationality = "156", region = "cn-yanji-county" }
"#;

/// What it says, and that it ended so.
fn ends(folder: &Path, line: &str, status: i32) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_permit-station"));
    let output = command.current_dir(folder).args(["--lang", "en"]).args(line.split(' '));
    let output = output.output().unwrap();
    let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert_eq!(output.status.code(), Some(status), "{line}: {said}");
    said
}

fn numbers(path: &Path) -> BTreeSet<(u8, u32)> {
    let register: Register = toml::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    register.numbers().collect()
}

#[test]
fn r12_a_register_is_taken_over_once_and_goes_on_at_the_desk() {
    let place = tempfile::tempdir().unwrap();
    let (folder, file) = (place.path(), place.path().join("101.toml"));
    ends(folder, "init --demo", 0);
    fs::write(&file, FILE).unwrap();
    fs::write(folder.join("person.toml"), PERSON).unwrap();
    ends(folder, "register 101.toml --officer 3", 1);
    assert_eq!(fs::read_to_string(&file).unwrap(), FILE, "denied, it is as it was");
    let held = fs::File::create(folder.join("101.toml.lock")).unwrap();
    held.lock().unwrap();
    assert!(ends(folder, "register 101.toml --officer 1", 5).contains("Another command"));
    drop(held);
    assert!(ends(folder, "register 101.toml --officer 1", 0).contains("3 numbers"));
    assert!(fs::read_to_string(&file).unwrap().contains("desk = true"));
    assert!(ends(folder, "register 101.toml --officer 1", 1).contains("once"));
    ends(folder, "apply person.toml --officer 3", 0);
    ends(folder, "approve 1 --key permit-desk/officers/00004.key", 0);
    assert!(ends(folder, "issue 1 --officer 3 --out cards", 0).contains("00000004-001"));
    ends(folder, "export --out out --month 1963-09", 0);
    let exported = folder.join("out/00101-register.toml");
    assert_eq!(numbers(&exported), (1..=4).map(|serial| (63, serial)).collect());
    let said = fs::read_to_string(&exported).unwrap();
    assert!(said.contains("3/2 00000000000000000000000000000004") && said.contains("desk = true"));
    assert!(ends(folder, "check", 0).contains("every row agrees"));
}

#[test]
fn r12_whoever_was_interrupted_after_the_file_was_marked_takes_it_over_again() {
    let place = tempfile::tempdir().unwrap();
    ends(place.path(), "init --demo", 0);
    fs::write(place.path().join("101.toml"), FILE.replacen('\n', "\ndesk = true\n", 1)).unwrap();
    assert!(ends(place.path(), "register 101.toml --officer 1", 0).contains("3 numbers"));
}

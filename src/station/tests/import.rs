//! Batches of applications: as spreadsheets save them, all or none, taken up again after a crash without a double.
//!
//! `PERMIT_KILLS` says how often one is killed; four times by default.

#![expect(clippy::unwrap_used, reason = "tests say what they expect")]

use core::{fmt::Write as _, time::Duration};
use std::{
    fs,
    path::Path,
    process::{Command, Output, Stdio},
    thread::sleep,
};

use encoding_rs::GBK;
use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng as _, SeedableRng as _},
};

const HEAD: &str = "class;language;personnel-letter;personnel-letter-dated;latin;native;birth;nationality;region\r\n";

fn command(folder: &Path, line: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_permit-station"));
    command.current_dir(folder).args(["--lang", "en"]).args(line.split(' ')).stdin(Stdio::null());
    command
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[&output.stdout[..], &output.stderr].concat()).into_owned()
}

fn run(folder: &Path, line: &str, status: i32) -> String {
    let output = command(folder, line).output().unwrap();
    assert_eq!(output.status.code(), Some(status), "{line}: {}", said(&output));
    said(&output)
}

/// Applications of as many state employees, as a spreadsheet in Beijing saves them.
fn batch(rows: usize) -> Vec<u8> {
    let mut text = HEAD.to_owned();
    for row in 0..rows {
        let letter = char::from(b'A' + u8::try_from(row % 26).unwrap());
        let _ = write!(
            text,
            "state-employee;zh;演示单位;1963-09-01;PAK {letter}{letter} {};朴正植;{};156;延吉县\r\n",
            ["SONG", "IL", "HO"][row / 26 % 3],
            1900 + row,
        );
    }
    GBK.encode(&text).0.into_owned()
}

fn applications(folder: &Path) -> usize {
    let there = |number: &usize| {
        command(folder, &format!("show {number}")).output().unwrap().status.success()
    };
    (1..).take_while(there).count()
}

#[test]
fn r14_a_batch_from_a_spreadsheet_is_taken_in_once() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    run(folder, "init --demo", 0);
    fs::write(folder.join("batch.csv"), batch(4)).unwrap();
    let checked = run(folder, "import batch.csv --officer 3 --check", 0);
    assert!(checked.contains("GBK, ;") && checked.contains("can be taken in: 4"), "{checked}");
    assert_eq!(applications(folder), 0);
    let taken = run(folder, "import batch.csv --officer 3", 0);
    assert!(taken.contains("Taken in: 4. There before: 0. Not handed in yet: 0."), "{taken}");
    let shown = run(folder, "show 1", 0);
    assert!(shown.contains("handed in"), "{shown}");
    let again = run(folder, "import batch.csv --officer 3", 0);
    assert!(again.contains("Taken in: 0. There before: 4."), "{again}");
    assert_eq!(applications(folder), 4, "nothing of it twice");
    run(folder, "check", 0);
}

#[test]
fn a_batch_in_json_is_taken_in_like_a_table() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    run(folder, "init --demo", 0);
    let row = |latin: &str, more: &str| {
        format!(
            r#"{{"class": "resident", "language": "zh", "relative-letter": "온성", "relative-letter-dated": "1963-09-01",
            "commune-letter": "演示公社", "commune-letter-dated": "1963-09-02", "latin": "{latin}", "birth": "1931-04-02",
            "nationality": 156, "region": "cn-yanji-county", "crossings": [3]{more}}}"#
        )
    };
    let batch = format!("[{},\n{}]", row("PAK SONG", ""), row("O SORI", r#", "entries": 2"#));
    fs::write(folder.join("batch.json"), batch).unwrap();
    let taken = run(folder, "import batch.json --officer 3", 0);
    assert!(taken.contains("JSON") && taken.contains("Taken in: 2."), "{taken}");
    let odd = format!("[{}]", row("SECRETNAME", r#", "民族": "SECRETVALUE""#));
    fs::write(folder.join("odd.json"), odd).unwrap();
    let told = run(folder, "import odd.json --officer 3", 3);
    assert!(told.contains("民族") && !told.contains("SECRET"), "{told}");
    fs::write(folder.join("wrong.json"), format!("[{}]", row("PAK 1", ""))).unwrap();
    let told = run(folder, "import wrong.json --officer 3", 3);
    assert!(told.contains("latin") && !told.contains("PAK 1"), "{told}");
    assert_eq!(applications(folder), 2);
}

#[test]
fn a_column_that_no_application_has_refuses_the_file_and_is_not_read() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    run(folder, "init --demo", 0);
    for column in ["民族", "religion", "specimen", "replaces"] {
        let text = format!("class,{column},latin\nresident,SECRETVALUE,O\n");
        fs::write(folder.join("odd.csv"), text).unwrap();
        let told = run(folder, "import odd.csv --officer 3", 3);
        assert!(told.contains(column) && !told.contains("SECRETVALUE"), "{told}");
    }
    assert_eq!(applications(folder), 0);
}

#[test]
fn what_is_wrong_is_listed_by_row_and_says_nothing_of_a_person() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    run(folder, "init --demo", 0);
    let wrong = "clerk;zh;;1963-09-01;KIM YONGSU;朴正植;1931-02-30;156;延吉县\r\n";
    let twin = "state-employee;zh;演示单位;1963-09-01;PAK AA SONG;朴正植;1900;156;延吉县\r\n";
    let bytes = [batch(1), GBK.encode(wrong).0.into_owned(), GBK.encode(twin).0.into_owned()];
    fs::write(folder.join("wrong.csv"), bytes.concat()).unwrap();
    let told = run(folder, "import wrong.csv --officer 3", 3);
    for part in [
        "row 3, class: one of: resident, foreign-resident, state-employee",
        "row 3, personnel-letter: a paper has an issuer and a date",
        "row 3, birth: ",
        "row 4, class: the same application as in row 2",
        "something wrong: 2",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    for list in ["list.xlsx", "list.csv"] {
        let told = run(folder, &format!("import wrong.csv --officer 3 --wrong {list}"), 3);
        assert!(!told.contains("KIM") && !told.contains("1931-02-30"), "{told}");
        let table = permit_table::read(&fs::read(folder.join(list)).unwrap()).unwrap();
        assert_eq!(table.columns, ["Row", "Column", "Problem"]);
        assert_eq!(table.rows[0].cells[..2], ["3", "class"]);
        let all = format!("{table:?}");
        assert!(!all.contains("KIM") && !all.contains("1931-02-30"), "{all}");
        // What is there is not written over.
        run(folder, &format!("import wrong.csv --officer 3 --wrong {list}"), 5);
    }
    assert_eq!(applications(folder), 0, "all of it or nothing");
    run(folder, "import --template form.xlsx", 0);
    let form = permit_table::read(&fs::read(folder.join("form.xlsx")).unwrap()).unwrap();
    assert_eq!(form.columns, permit_station::batch::columns());
}

#[test]
fn killed_in_the_middle_of_a_batch_it_goes_on_without_a_double() {
    let kills = std::env::var("PERMIT_KILLS").ok().and_then(|it| it.parse().ok()).unwrap_or(4_u64);
    for seed in 0..kills.div_ceil(4) {
        killed_four_times(seed);
    }
    println!("COUNTED import-kills={}", kills.div_ceil(4) * 4);
}

fn killed_four_times(seed: u64) {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    run(folder, "init --demo", 0);
    let rows = 12;
    fs::write(folder.join("batch.csv"), batch(rows)).unwrap();
    let mut random = ChaCha8Rng::seed_from_u64(12 + seed);
    for _ in 0..4 {
        let mut child = command(folder, "import batch.csv --officer 3")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        sleep(Duration::from_millis(200 + random.next_u64() % 600));
        let _ = child.kill();
        child.wait().unwrap();
        run(folder, "check", 0);
    }
    run(folder, "import batch.csv --officer 3", 0);
    assert_eq!(applications(folder), rows, "each once, and none that was begun and not filled in");
    for number in 1..=rows {
        let shown = run(folder, &format!("show {number}"), 0);
        assert!(shown.contains("handed in"), "{shown}");
    }
    let again = run(folder, "import batch.csv --officer 3", 0);
    assert!(again.contains(&format!("There before: {rows}.")), "{again}");
}

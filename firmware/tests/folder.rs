//! The real binary, from pictures to its record of events.
//!
//! Every case of the demonstration that a picture can show is drawn, played and held against the verdict it must get,
//! which is the one `permit verify` gives: the same verifier under the same question.

#![expect(clippy::unwrap_used, reason = "tests say what they expect")]

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use permit_core::{Checkpoint, Direction, Side, UnixTime};
use permit_signing::demo::{Case, World};
use permit_symbol::{Size, Symbol};
use serde_json::Value;

fn reader(folder: &Path, more: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_permit-reader"))
        .args(["--board", "sim", "--camera"])
        .arg(folder)
        .args(["--lang", "en"])
        .args(more)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn draw(folder: &Path, number: usize, text: &[u8]) {
    let text = core::str::from_utf8(text).unwrap();
    let symbol = Symbol::new(text).or_else(|_| Symbol::foreign(text)).unwrap();
    let png = symbol.png(&Size::module(0.17)).unwrap();
    std::fs::write(folder.join(format!("{number:03}.png")), png).unwrap();
}

fn lines(output: &Output) -> Vec<Value> {
    let text = core::str::from_utf8(&output.stdout).unwrap();
    let mut lines = text.lines();
    let address = lines.next().unwrap();
    assert!(address.starts_with("http://127.0.0.1:") && address.contains("/?key="), "{address}");
    lines.map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn cases() -> Vec<Case> {
    World::make().unwrap().cases().unwrap()
}

/// The command line of a question.
fn question(here: Checkpoint, at: UnixTime) -> Vec<String> {
    let side = if here.side == Side::A { "A" } else { "B" };
    let direction = if here.direction == Direction::Entry { "entry" } else { "exit" };
    let (day, minute) = (at.day(0), at.minute(0));
    let at = format!("{day}T{:02}:{:02}Z", minute / 60, minute % 60);
    let crossing = here.crossing.to_string();
    let words = ["--crossing", &crossing, "--side", side, "--direction", direction, "--at", &at];
    words.map(str::to_owned).into()
}

#[test]
fn every_case_that_a_picture_can_show() {
    let cases = cases();
    let mut questions: BTreeMap<Vec<String>, Vec<&Case>> = BTreeMap::new();
    for case in cases.iter().filter(|case| case.presence.is_none()) {
        questions.entry(question(case.checkpoint, case.at)).or_default().push(case);
    }
    let mut checked = 0;
    for (question, cases) in questions {
        let folder = tempfile::tempdir().unwrap();
        for (number, case) in cases.iter().enumerate() {
            draw(folder.path(), number, &case.text);
        }
        let mut more: Vec<&str> = question.iter().map(String::as_str).collect();
        more.extend(["--once", "--events", "-", "--fps", "1000"]);
        let output = reader(folder.path(), &more);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let verdicts: Vec<(u64, u64)> = lines(&output)
            .iter()
            .filter(|line| line["event"] == "verdict")
            .map(|line| (line["picture"].as_u64().unwrap(), line["code"].as_u64().unwrap()))
            .collect();
        let wanted: Vec<(u64, u64)> =
            (0..).zip(cases.iter().map(|case| case.code.into())).collect();
        let names: Vec<&str> = cases.iter().map(|case| case.name).collect();
        assert_eq!(verdicts, wanted, "{question:?} {names:?}");
        checked += wanted.len();
    }
    println!("COUNTED reader-pictures={checked}");
    assert!(checked > 60, "{checked}");
}

#[test]
fn nothing_personal_in_events_and_logs() {
    let folder = tempfile::tempdir().unwrap();
    let cases = cases();
    let some: Vec<&Case> =
        cases.iter().filter(|case| case.permit.is_some() && case.presence.is_none()).collect();
    for (number, case) in some.iter().enumerate() {
        draw(folder.path(), number, &case.text);
    }
    let state = tempfile::tempdir().unwrap();
    let kept = state.path().to_str().unwrap();
    let output =
        reader(folder.path(), &["--once", "--events", "-", "--fps", "1000", "--state", kept]);
    assert!(output.status.success());
    let mut said = [&output.stdout[..], &output.stderr].concat();
    for entry in std::fs::read_dir(state.path().join("journal")).unwrap() {
        said.extend(std::fs::read(entry.unwrap().path()).unwrap());
    }
    let has = |needle: &str| said.windows(needle.len()).any(|window| window == needle.as_bytes());
    for permit in some.iter().filter_map(|case| case.permit.as_ref()) {
        let native = permit.native.as_deref().unwrap_or("no native name");
        let document = permit.options.document.as_deref().unwrap_or("no document");
        let number = permit.id.to_string();
        let latin = if permit.latin.len() > 3 { permit.latin.as_str() } else { "no name" };
        for personal in [latin, native, document, &number] {
            assert!(!has(personal), "{personal}");
        }
    }
}

/// What lamps alone say, by somebody who sees no screen, hears nothing and knows no colours: how often they change while
/// a picture is shown, from when the lamps of the verdict are lit.
#[test]
fn lamps_alone_tell_the_classes_apart() {
    let cases = cases();
    let mut counts = Vec::new();
    for name in ["hangul-name", "unknown-key", "plain-text", "expired-yesterday"] {
        let case = cases.iter().find(|case| case.name == name).unwrap();
        let folder = tempfile::tempdir().unwrap();
        draw(folder.path(), 0, &case.text);
        // Its nine frames last longer than the lamps are looked at.
        let output = reader(folder.path(), &["--once", "--events", "-", "--fps", "4"]);
        let lines = lines(&output);
        // The first tone sounds as the lamps of the verdict are lit.
        let shown = lines.iter().find(|line| line["event"] == "tone").unwrap();
        let since = shown["ms"].as_u64().unwrap();
        let changes = lines
            .iter()
            .filter(|line| line["event"] == "lamps")
            .filter(|line| (since + 20..since + 1_400).contains(&line["ms"].as_u64().unwrap()))
            .count();
        counts.push(changes);
    }
    let [valid, refer, other, invalid] = counts[..] else { panic!("four classes") };
    assert_eq!((valid, refer, other), (0, 2, 3));
    assert!((8..=13).contains(&invalid), "{invalid}");
}

#[test]
fn how_it_ends_and_what_it_says() {
    let empty = tempfile::tempdir().unwrap();
    let film = empty.path().join("notes.txt");
    std::fs::write(&film, "no film").unwrap();
    let film = film.to_str().unwrap();
    for (more, status, said) in [
        (&["--once", "--crossing", "nowhere"][..], 2, "There is no crossing nowhere."),
        (&["--once", "--bundle", film], 4, "without --root"),
        (&["--once", "--root", film], 4, "not a root"),
        (&["--once", "--bundle", "/gone"], 4, "cannot be read"),
        (&["--once", "--events", "/gone/events"], 5, "Cannot write"),
        (&["--once", "--state", film], 5, "cannot be used"),
        (&["--fps", "0"], 2, "does not fit"),
        (&["--bord", "sim"], 2, "There is no argument"),
    ] {
        let output = reader(empty.path(), more);
        let text = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(status), "{more:?}: {text}");
        assert!(text.contains(said) || status == 4, "{more:?}: {text}");
        assert!(text.contains("next: "), "{more:?}: {text}");
    }
    for folder in [Path::new("/gone"), empty.path()] {
        let output = reader(folder, &["--once"]);
        assert_eq!(output.status.code(), Some(3), "{}", folder.display());
    }
}

#[test]
fn a_real_board_takes_no_demonstration_unasked() {
    for board in ["pi", "gpiochip"] {
        let output = Command::new(env!("CARGO_BIN_EXE_permit-reader"))
            .args(["--board", board, "--camera", "none", "--lang", "en"])
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2), "{board}");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains("A real board needs an installed root."), "{said}");
    }
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../keys/demo/root.cbor");
    let bundle = concat!(env!("CARGO_MANIFEST_DIR"), "/../keys/demo/bundle.cbor");
    let output = Command::new(env!("CARGO_BIN_EXE_permit-reader"))
        .args(["--board", "pi", "--camera", "none", "--root", root, "--bundle", bundle])
        .args(["--lang", "en", "--crossing", "3", "--side", "A", "--direction", "exit"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(4));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("The demonstration's root is refused on a real board."), "{said}");
}

/// A terminal that runs goes on while somebody is enrolled, unlocked or given another PIN.
#[test]
fn row_01_somebody_is_enrolled_while_a_terminal_runs() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state");
    let pictures = folder.path().join("pictures");
    std::fs::create_dir(&pictures).unwrap();
    draw(&pictures, 0, &cases().first().unwrap().text);
    let mut terminal = Command::new(env!("CARGO_BIN_EXE_permit-reader"))
        .args(["--board", "sim", "--lang", "en", "--camera"])
        .arg(&pictures)
        .arg("--state")
        .arg(&state)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut first = String::new();
    let mut said = BufReader::new(terminal.stdout.take().unwrap());
    said.read_line(&mut first).unwrap();
    assert!(first.starts_with("http://"), "{first}");
    let enrol = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_permit-reader"));
        command.args(["--lang", "en", "--enrol", "7", "--state"]).arg(&state);
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // It may have refused before anything was typed.
        let _ = child.stdin.take().unwrap().write_all(b"834921\n");
        child.wait_with_output().unwrap()
    };
    assert_eq!(enrol().status.code(), Some(0));
    assert!(state.join("officers.json").exists());
    assert!(terminal.try_wait().unwrap().is_none(), "it goes on");
    let unlock = |number: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_permit-reader"));
        command.args(["--lang", "en", "--unlock", number, "--state"]).arg(&state);
        command.output().unwrap()
    };
    assert_eq!(unlock("7").status.code(), Some(0));
    let nobody = unlock("8");
    assert_eq!(nobody.status.code(), Some(5));
    assert!(String::from_utf8_lossy(&nobody.stderr).contains("next: "));
    terminal.kill().unwrap();
    terminal.wait().unwrap();
}

/// Cards side by side as a camera sees them, several of them good: whichever is read, no verdict is about one of them.
#[test]
fn row_05_several_cards_in_view_get_no_verdict() {
    use permit_symbol::camera::{Kind, SIZES, Shot, photograph};
    let cases = cases();
    let good = cases.iter().filter(|case| case.code == 0 && case.presence.is_none());
    let text = |case: &Case| Symbol::new(core::str::from_utf8(&case.text).unwrap()).unwrap();
    let symbols: Vec<Symbol> = good.map(text).collect();
    let folder = tempfile::tempdir().unwrap();
    let mut number = 0;
    let mut save = |kind, strength, seed| {
        let shot = Shot { kind, strength, size: SIZES[1], seed, frame: 0 };
        let grey = photograph(&shot, &symbols).picture;
        let mut pgm = format!("P5 {} {} 255\n", grey.width(), grey.height()).into_bytes();
        pgm.extend_from_slice(grey.pixels());
        std::fs::write(folder.path().join(format!("{number:03}.pgm")), pgm).unwrap();
        number += 1;
    };
    for seed in 1_000..1_004 {
        // Two, nine and sixteen.
        for strength in [0.0, 0.25, 0.5] {
            save(Kind::Several, strength, seed);
        }
    }
    save(Kind::Clean, 0.0, 1_000);
    let output = reader(folder.path(), &["--once", "--fps", "20", "--events", "-"]);
    let verdicts: Vec<Value> = lines(&output);
    let verdicts = verdicts.iter().filter(|line| line["event"] == "verdict");
    let given: Vec<_> = verdicts.map(|line| (&line["picture"], &line["code"])).collect();
    assert_eq!(given, [(&Value::from(12), &Value::from(0))], "the last shows one card");
}

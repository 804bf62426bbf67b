//! `permit verify` from the outside: statuses, files and messages, under the demonstration's bundle.

#![expect(clippy::unwrap_used, reason = "tests say what they expect")]

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const BUNDLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../keys/demo/bundle.cbor");
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../keys/demo/root.cbor");
const GOLDEN: &str = include_str!("../../../keys/demo/golden.txt");

/// Where and when the golden permit is good.
const HERE: [&str; 8] =
    ["--crossing", "1", "--side", "A", "--direction", "exit", "--at", "1963-09-10"];

fn verify(args: &[&str], typed: &[u8]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_permit"));
    command.arg("verify").args(args).env("LANGUAGE", "en").env("NO_COLOR", "1");
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // A command that stops early does not read on.
    let _ = stdin.write_all(typed);
    drop(stdin);
    child.wait_with_output().unwrap()
}

fn here<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["-", "--bundle", BUNDLE], &HERE[..], more].concat()
}

fn status(output: &Output) -> Option<i32> {
    output.status.code()
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
        + core::str::from_utf8(&output.stderr).unwrap()
}

fn scans(text: &[u8]) -> Vec<serde_json::Value> {
    let lines = text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    lines.map(|line| serde_json::from_slice(line).unwrap()).collect()
}

#[test]
fn a_hand_scanner_is_answered_line_by_line() {
    let typed = format!("{GOLDEN}\r\n\r\nHC1:6BF\nBP2:A\nhello\n");
    let output = verify(&here(&["--json", "-"]), typed.as_bytes());
    assert_eq!(status(&output), Some(0), "a verdict is no error: {}", said(&output));
    let scans = scans(&output.stdout);
    let codes: Vec<u64> = scans.iter().map(|scan| scan["code"].as_u64().unwrap()).collect();
    assert_eq!(codes, [0, 11, 21, 11]);
    assert_eq!(scans[0]["notes"]["demo"], true);
    assert_eq!(scans[1].get("text"), None, "what a health certificate holds stays out");
    assert_eq!(scans[3]["text"], "hello");
}

#[test]
fn row_19_what_a_scanner_puts_around_a_text_is_dropped() {
    let golden = GOLDEN.trim_end();
    for (before, after) in
        [("\u{2}", "\u{3}\r\n"), ("]Q1", "\t"), ("\u{feff}", "\u{1d}"), (" ", "  ")]
    {
        let output = verify(&here(&["--json", "-"]), format!("{before}{golden}{after}").as_bytes());
        let codes: Vec<_> =
            scans(&output.stdout).iter().map(|scan| scan["code"].as_u64()).collect();
        assert_eq!(codes, [Some(0)], "{before:?} {after:?}");
    }
}

#[test]
fn row_19_what_a_scanner_does_is_no_verdict() {
    let golden = GOLDEN.trim_end();
    for (typed, said_of) in [
        (golden.to_lowercase(), "Caps Lock"),
        (golden.replacen(':', "Ö", 1), "another keyboard language"),
        (format!("{}\n", "A".repeat(60_000)), "does not end its scans"),
    ] {
        let mut args = here(&[]);
        args.extend(["--lang", "en"]);
        let output = said(&verify(&args, typed.as_bytes()));
        assert!(output.contains(said_of) && !output.contains(" 20 "), "{output}");
    }
}

#[test]
fn an_endless_line_is_one_scan() {
    let typed = [b"BP1:".as_slice(), &vec![b'A'; 3_000_000]].concat();
    let output = verify(&here(&["--json", "-"]), &typed);
    let scans = scans(&output.stdout);
    assert_eq!((scans.len(), scans[0]["code"].as_u64()), (1, Some(10)));
}

#[test]
fn names_are_only_there_when_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let files = ["scans.json", "junit.xml", "report.html"].map(|name| folder.path().join(name));
    let [json, junit, report] = files.each_ref().map(|path| path.to_str().unwrap());
    let written = ["--json", json, "--junit", junit, "--report", report];
    let name = "NAMGUNG";
    let output = verify(&here(&written), GOLDEN.as_bytes());
    assert_eq!(status(&output), Some(0));
    assert!(!said(&output).contains(name));
    for file in &files {
        assert!(!fs::read_to_string(file).unwrap().contains(name), "{file:?}");
    }
    verify(&here(&[&written[..], &["--with-names"]].concat()), GOLDEN.as_bytes());
    assert!(fs::read_to_string(json).unwrap().contains(name));
    assert!(fs::read_to_string(report).unwrap().contains("DEMO"));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3, "nothing half-written is left");
}

#[test]
fn what_changed_since_an_earlier_run() {
    let folder = tempfile::tempdir().unwrap();
    let earlier = folder.path().join("earlier.json");
    let earlier = earlier.to_str().unwrap();
    assert_eq!(status(&verify(&here(&["--json", earlier]), GOLDEN.as_bytes())), Some(0));
    assert_eq!(status(&verify(&here(&["--against", earlier]), GOLDEN.as_bytes())), Some(0));
    let late = [
        "-",
        "--bundle",
        BUNDLE,
        "--crossing",
        "1",
        "--side",
        "A",
        "--direction",
        "exit",
        "--at",
        "1963-12-01",
    ];
    let output = verify(&[&late[..], &["--against", earlier]].concat(), GOLDEN.as_bytes());
    assert_eq!(status(&output), Some(1));
    assert!(said(&output).contains("0 valid → 31 expired"), "{}", said(&output));
}

#[test]
fn a_manifest_is_held_against_what_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let blank = [b"P5\n64 64\n255\n".as_slice(), &[200; 64 * 64]].concat();
    fs::write(folder.path().join("blank.pgm"), blank).unwrap();
    let manifest = folder.path().join("manifest.json");
    let pictures = folder.path().to_str().unwrap();
    let ask = r#""at":"1963-09-10","crossing":1,"side":"A","direction":"exit""#;
    for (entry, expected) in [
        (format!(r#"{{"file":"blank.pgm","kind":"desk","code":10,{ask}}}"#), 0),
        (format!(r#"{{"file":"blank.pgm","kind":"glare","strength":0.5,"payload":"4250","code":0,{ask}}}"#), 0),
        (format!(r#"{{"file":"blank.pgm","kind":"clean","strength":0,"payload":"4250","code":0,{ask}}}"#), 1),
        (format!(r#"{{"file":"blank.pgm","code":10,{ask}}},{{"file":"gone.pgm","code":10,{ask}}}"#), 3),
        (r#"{"file":"blank.pgm","code":10}"#.to_owned(), 2),
        (r#"{"file":"blank.pgm","code":10,"at":"noon","crossing":1,"side":"A","direction":"exit"}"#.to_owned(), 3),
        ("{".to_owned(), 3),
    ] {
        fs::write(&manifest, format!("[{entry}]")).unwrap();
        let args = [pictures, "--bundle", BUNDLE, "--manifest", manifest.to_str().unwrap()];
        let output = verify(&args, b"");
        assert_eq!(status(&output), Some(expected), "{entry}\n{}", said(&output));
    }
    let output = verify(&[&[pictures, "--bundle", BUNDLE], &HERE[..]].concat(), b"");
    assert_eq!(
        status(&output),
        Some(3),
        "without a manifest, a picture without a code was not read"
    );
}

#[test]
fn trust_that_cannot_be_used() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = fs::read(BUNDLE).unwrap();
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let mut flipped = bytes.clone();
    flipped[bytes.len() / 2] ^= 1;
    let other_root = "0".repeat(64);
    for (bundle, root, words) in [
        (write("empty", b""), None, "not a bundle"),
        (write("text", b"hello"), None, "not a bundle"),
        (write("short", &bytes[..bytes.len() - 9]), None, "ends early"),
        (write("flipped", &flipped), None, ""),
        (ROOT.to_owned(), None, "is a root"),
        ("no/such.cbor".to_owned(), None, "Cannot open"),
        (folder.path().to_str().unwrap().to_owned(), None, "not a file"),
        (BUNDLE.to_owned(), Some(other_root.as_str()), "--root "),
        (BUNDLE.to_owned(), Some(BUNDLE), "not a root"),
    ] {
        let mut args = [&["-", "--bundle", &bundle], &HERE[..]].concat();
        args.extend(root.map(|root| ["--root", root]).iter().flatten());
        let output = verify(&args, GOLDEN.as_bytes());
        assert_eq!(status(&output), Some(4), "{bundle}: {}", said(&output));
        assert!(
            said(&output).contains(words) && said(&output).contains("next:"),
            "{bundle}: {}",
            said(&output)
        );
        assert!(output.stdout.is_empty(), "no verdict without trust");
    }
    let output = verify(&here(&["--root", ROOT]), GOLDEN.as_bytes());
    assert_eq!(status(&output), Some(0));
    assert!(said(&output).contains("DEMO"), "also with its root given");
}

#[test]
fn where_must_be_known() {
    let there = |crossing: &str| {
        let args = [
            "-",
            "--bundle",
            BUNDLE,
            "--crossing",
            crossing,
            "--side",
            "A",
            "--direction",
            "exit",
            "--at",
            "1963-09-10",
        ];
        verify(&args, GOLDEN.as_bytes())
    };
    for name in ["1", "x-quanhe", "圈河-元汀", "권하-원정", "quanhe-wonjong"] {
        assert_eq!(status(&there(name)), Some(0), "{name}");
    }
    let output = there("Atlantis");
    assert_eq!(status(&output), Some(2));
    assert!(said(&output).contains("x-tumen-road"), "says which there are");
    assert_eq!(status(&verify(&["-", "--bundle", BUNDLE], b"")), Some(2));
    assert_eq!(status(&verify(&here(&["--side", "C"]), b"")), Some(2));
}

#[test]
fn nothing_to_judge_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().to_str().unwrap();
    assert_eq!(status(&verify(&[&[empty, "--bundle", BUNDLE], &HERE[..]].concat(), b"")), Some(3));
    assert_eq!(status(&verify(&here(&[]), b"\r\n\n")), Some(3));
    let gone = Path::new(empty).join("gone.png");
    let args = [&[gone.to_str().unwrap(), "--bundle", BUNDLE], &HERE[..]].concat();
    let output = verify(&args, b"");
    assert_eq!(status(&output), Some(3));
    assert!(String::from_utf8_lossy(&output.stderr).contains("next: "), "what to do");
}

#[test]
fn a_text_file_has_a_permit_a_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("permits.txt");
    fs::write(&path, format!("{GOLDEN}\n\u{1b}[2Jx\n")).unwrap();
    let args = [&[path.to_str().unwrap(), "--bundle", BUNDLE], &HERE[..]].concat();
    let output = verify(&args, b"");
    assert_eq!(status(&output), Some(0), "{}", said(&output));
    assert!(!said(&output).contains('\u{1b}'), "nothing a terminal obeys");
    assert!(said(&output).contains("Not a permit 1"));
}

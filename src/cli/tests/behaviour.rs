//! What the command does to the world around it: pipes, signals, full disks, many pictures.

#![expect(clippy::unwrap_used, reason = "tests say what they expect")]

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn permit(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_permit"));
    command.args(args).env("LANGUAGE", "en").stdin(Stdio::null());
    command
}

fn run(args: &[&str]) -> Output {
    permit(args).output().unwrap()
}

fn grey(path: &Path, width: usize, height: usize) {
    let header = format!("P5\n{width} {height}\n255\n").into_bytes();
    fs::write(path, [header, vec![200; width * height]].concat()).unwrap();
}

#[test]
fn json_has_a_line_for_every_picture_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    for number in 0..40 {
        // The first ones take longest.
        grey(&root.join(format!("{number:02}.pgm")), 640 - 15 * number, 400);
    }
    fs::write(root.join("20b.png"), b"").unwrap();
    let root = root.to_str().unwrap();
    let lines = |jobs| {
        let output = run(&["read", "--json", "--jobs", jobs, root]);
        assert_eq!(output.status.code(), Some(3));
        let lines: Vec<serde_json::Value> = output
            .stdout
            .lines()
            .map(|line| serde_json::from_str(&line.unwrap()).unwrap())
            .collect();
        for line in &lines {
            assert!(
                line["ms"].as_f64().unwrap() >= 0.0 && line["codes"].as_array().unwrap().is_empty()
            );
            assert_eq!(
                line.get("error").is_some(),
                line["path"].as_str().unwrap().ends_with("20b.png")
            );
        }
        lines.iter().map(|line| line["path"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let alone = lines("1");
    assert_eq!(alone.len(), 41);
    assert!(alone.is_sorted() && alone[0] == format!("{root}/00.pgm"));
    assert_eq!(lines("4"), alone);
}

#[test]
fn a_code_is_read_with_everything_about_it() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap();
    let made = run(&["images", "--out", out, "--kinds", "clean", "--size", "640x480", "BP1:HELLO"]);
    assert_eq!(made.status.code(), Some(0), "{made:?}");
    let output = run(&["read", "--json", out]);
    assert_eq!(output.status.code(), Some(0));
    let record: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let code = &record["codes"][0];
    assert_eq!(code["text"], "BP1:HELLO");
    assert_eq!(code["bytes"], "QlAxOkhFTExP");
    assert_eq!(code["version"], 1);
    assert!(["L", "M", "Q", "H"].contains(&code["level"].as_str().unwrap()));
    let manifest: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.path().join("manifest.json")).unwrap()).unwrap();
    assert_eq!(manifest[0]["payload"], "4250313a48454c4c4f");
    for corner in 0..4 {
        for axis in 0..2 {
            let at = |value: &serde_json::Value| value["corners"][corner][axis].as_f64().unwrap();
            assert!(
                (at(code) - at(&manifest[0])).abs() < 6.0,
                "corner {corner}: {code} {manifest}"
            );
        }
    }
}

#[test]
fn the_same_seed_is_the_same_picture() {
    let make = |seed| {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().to_str().unwrap();
        let made = run(&[
            "images",
            "--out",
            out,
            "--kinds",
            "combo",
            "--strengths",
            "0.5",
            "--size",
            "320x240",
            "--seed",
            seed,
            "A",
        ]);
        assert_eq!(made.status.code(), Some(0), "{made:?}");
        fs::read(folder.path().join("combo-050-320x240-0000.jpg")).unwrap()
    };
    assert!(make("3") == make("3"));
    assert!(make("3") != make("4"));
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_a_reader_who_had_enough() {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..200 {
        grey(&folder.path().join(format!("{number}.pgm")), 16, 16);
    }
    for form in ["--json", "--jobs=2"] {
        let mut child = permit(&["read", form, folder.path().to_str().unwrap()])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = String::new();
        BufReader::with_capacity(16, child.stdout.take().unwrap()).read_line(&mut first).unwrap();
        let mut said = String::new();
        child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(0));
        assert_eq!(said, "");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_says_so() {
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output =
        permit(&["completions", "bash"]).stdout(full).stderr(Stdio::piped()).output().unwrap();
    assert_eq!(output.status.code(), Some(5));
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        "permit: Cannot print: the disk is full.\n  next: Check where standard output goes.\n"
    );
}

#[cfg(unix)]
#[test]
fn an_interrupt_leaves_nothing_half_written() {
    use rustix::process::{Pid, Signal, kill_process};
    let folder = tempfile::tempdir().unwrap();
    let mut child =
        permit(&["images", "--out", folder.path().to_str().unwrap(), "--per", "1000", "TEXT"])
            .spawn()
            .unwrap();
    // As soon as the first picture is there, the handler is armed and work is under way.
    while fs::read_dir(folder.path()).unwrap().next().is_none() {
        assert!(child.try_wait().unwrap().is_none(), "it ended too early");
        std::thread::yield_now();
    }
    kill_process(Pid::from_child(&child), Signal::INT).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130));
    for file in fs::read_dir(folder.path()).unwrap() {
        let path = file.unwrap().path();
        assert_eq!(path.extension().unwrap(), "jpg", "{path:?} is left");
        let bytes = fs::read(&path).unwrap();
        assert!(
            bytes.starts_with(&[0xff, 0xd8]) && bytes.ends_with(&[0xff, 0xd9]),
            "{path:?} is whole"
        );
    }
}

#[test]
fn what_a_terminal_would_obey_is_written_out() {
    let output = run(&["read", "no\u{1b}[2Jsuch\u{202e}.png"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(
        text.contains("no\\u{1b}[2Jsuch\\u{202e}.png") && !text.contains(['\u{1b}', '\u{202e}']),
        "{text}"
    );
}

#[test]
fn an_empty_folder_is_said_and_is_no_failure() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(&["read", folder.path().to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8(output.stderr).unwrap().contains("There is no picture in"));
}

#[test]
fn completions_and_manual_pages_name_every_command() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let output = run(&["completions", shell]);
        assert_eq!(output.status.code(), Some(0));
        let script = String::from_utf8(output.stdout).unwrap();
        assert!(script.contains("images") && script.contains("strengths"), "{shell}");
    }
    let folder = tempfile::tempdir().unwrap();
    let output = run(&["man", "--out", folder.path().to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    for page in
        ["permit.1", "permit-read.1", "permit-images.1", "permit-completions.1", "permit-man.1"]
    {
        let text = fs::read_to_string(folder.path().join(page)).unwrap();
        assert!(
            text.starts_with(".ie") && text.contains(".SH NAME") && text.contains("SYNOPSIS"),
            "{page}"
        );
    }
}

#[test]
fn the_reader_is_watched_and_measured() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let pictures = at("pictures");
    let taken = run(&[
        "images",
        "BP1:SPECIMEN",
        "--out",
        &pictures,
        "--kinds",
        "clean,desk",
        "--size",
        "640x480",
    ]);
    assert!(taken.status.success());
    let clean = fs::read_dir(&pictures).unwrap().map(|entry| entry.unwrap().path());
    let clean = clean.into_iter().find(|path| path.to_string_lossy().contains("clean")).unwrap();
    assert!(run(&["inspect", clean.to_str().unwrap(), "--stages", &at("rooms")]).status.success());
    let mut names: Vec<String> = fs::read_dir(at("rooms"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names[0], "01-input.png");
    for room in ["binarize-", "find.png", "group.png", "sample-1", "soften-1", "correct-1"] {
        assert!(names.iter().any(|name| name.contains(room)), "{room} in {names:?}");
    }
    let page = fs::read_to_string(at("rooms/index.html")).unwrap();
    assert!(names.iter().filter(|name| name.ends_with("png")).all(|name| page.contains(name)));

    let bench = ["bench", "reading", "--pictures", &pictures, "--peers", "none"];
    let files = ["--out", &at("out"), "--json", &at("figures.json"), "--least", "100"];
    assert!(run(&[&bench[..], &files[..]].concat()).status.success());
    let text = fs::read_to_string(at("figures.json")).unwrap();
    let figures: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!((&figures["readers"][0]["read"], &figures["empty"]), (&100.0.into(), &1.into()));
    assert_eq!(fs::read_to_string(at("out/reading.csv")).unwrap().lines().count(), 3);
    for chart in ["reading-time.svg", "reading-kinds.svg"] {
        assert!(
            fs::read_to_string(folder.path().join("out").join(chart)).unwrap().contains("</svg>")
        );
    }
    // A picture that says something else is not read, and that is less than all of it.
    let wrong = text_of(&pictures).replace("payload\": \"42", "payload\": \"43");
    fs::write(folder.path().join("pictures/manifest.json"), wrong).unwrap();
    let least = run(&[&bench[..], &["--least", "50"]].concat());
    assert_eq!(least.status.code(), Some(1));
}

fn text_of(pictures: &str) -> String {
    fs::read_to_string(Path::new(pictures).join("manifest.json")).unwrap()
}

//! `permit demo` and `permit inspect` as a person runs them: one small run, then everything it says to do next.

#![expect(clippy::unwrap_used, reason = "tests say what they expect")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn permit(args: &[&str], within: &Path) -> Output {
    let command = env!("CARGO_BIN_EXE_permit");
    Command::new(command).args(["--lang", "en"]).args(args).current_dir(within).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn a_small_demonstration_and_what_it_says_to_do_next() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let run = permit(&["demo", "--out", "d", "--per", "0"], at);
    let text = said(&run);
    assert_eq!(run.status.code(), Some(0), "{text}");
    assert!(text.contains("cases judged as they must be") && !text.contains('≠'), "{text}");
    for name in [
        "bundle.cbor",
        "root.cbor",
        "report.html",
        "permits/hangul-name.svg",
        "permits/hangul-name.png",
        "permits/hangul-name.txt",
        "permits/hangul-name-folded-outside.svg",
        "permits/hangul-name-folded-inside.svg",
        "permits/hangul-name-card-front.svg",
        "permits/hangul-name-card-back.svg",
        "permits/print.html",
        "pictures/manifest.json",
    ] {
        assert!(fs::metadata(at.join("d").join(name)).is_ok_and(|file| file.len() > 0), "{name}");
    }
    for side in ["folded-outside", "folded-inside", "card-front", "card-back"] {
        let drawn =
            fs::read_to_string(at.join(format!("d/permits/hangul-name-{side}.svg"))).unwrap();
        assert!(drawn.contains("SPECIMEN · DEMO"), "{side}");
    }
    let page = fs::read_to_string(at.join("d/permits/print.html")).unwrap();
    assert!(page.contains("hangul-name-card-back.svg") && page.contains("남궁"), "files and names");

    let line = text.lines().map(str::trim).find(|line| line.contains(" verify ")).unwrap();
    let args: Vec<&str> = line.split(' ').skip(1).collect();
    let again = permit(&args, at);
    assert_eq!(again.status.code(), Some(0), "{}", said(&again));

    // The same files again; then a file of somebody else's.
    let bundle = fs::read(at.join("d/bundle.cbor")).unwrap();
    fs::write(at.join("d/mine.txt"), "mine").unwrap();
    let refused = permit(&["demo", "--out", "d", "--per", "0"], at);
    assert_eq!(refused.status.code(), Some(5));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("mine.txt"));
    assert_eq!(fs::read(at.join("d/bundle.cbor")).unwrap(), bundle);
}

#[test]
fn a_code_explained_and_expanded() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    // The worked example of the format document.
    let text = "BP1:HD4WD6TLHFDGI/7.00580G69E+9W34:B9-3471AB19U1UF.H%FN3ZTDIJH73%PHB73BAJMIPA93M3SQMBRLKQJGJB0*60M.MK%DZQQVL10YMZ2MQNRM/6R7RYJP/48ZLT/RE4VC-YG:3BIJSK M:TTROENLSL5JBLTW+FEUFA/PF-CM:5S5DB-O67C50";
    let lesson = permit(&["inspect", text], at);
    assert_eq!(lesson.status.code(), Some(0));
    for part in
        ["21 fe 31 df", "HONG KIL TONG", "1963-09-10", "None of the", "border-permit/permit/1"]
    {
        assert!(said(&lesson).contains(part), "{part}");
    }
    let cose = said(&permit(&["inspect", "--cose", text], at));
    assert!(
        cose.starts_with("d28449a20132044421fe31dfa05839") && cose.ends_with("602d05\n"),
        "{cose}"
    );
    let json: serde_json::Value =
        serde_json::from_str(&said(&permit(&["inspect", "--json", text], at))).unwrap();
    assert!(json["parts"].as_array().unwrap().len() >= 6);
    assert_eq!(permit(&["inspect", "--cose", "hello"], at).status.code(), Some(3));
    assert_eq!(permit(&["inspect", "no-such.png"], at).status.code(), Some(3));
}

#[cfg(unix)]
#[test]
fn ctrl_c_leaves_nothing_half_written() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let mut run = Command::new(env!("CARGO_BIN_EXE_permit"))
        .args(["demo", "--out", "d"])
        .current_dir(at)
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    // As soon as there is a picture, it is in the middle of the work.
    while fs::read_dir(at.join("d/pictures")).map_or(0, Iterator::count) == 0 {
        std::thread::yield_now();
        assert!(run.try_wait().unwrap().is_none(), "it ended before it was interrupted");
    }
    let stopped = Command::new("kill").args(["-INT", &run.id().to_string()]).status().unwrap();
    assert!(stopped.success());
    assert_eq!(run.wait().unwrap().code(), Some(130));
    for place in ["d", "d/permits", "d/pictures"] {
        for file in fs::read_dir(at.join(place)).unwrap() {
            let name = file.unwrap().file_name().into_string().unwrap();
            assert!(!name.ends_with(".part"), "{place}/{name}");
            if name.ends_with(".jpg") {
                let bytes = fs::read(at.join(place).join(&name)).unwrap();
                assert!(bytes.ends_with(&[0xff, 0xd9]), "{name} is whole");
            }
        }
    }
}

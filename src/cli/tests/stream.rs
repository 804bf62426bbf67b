//! Pictures behind each other: what no single one tells is read from all, and what cannot be opened is said.

#![expect(clippy::unwrap_used, reason = "tests say what they expect")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use permit_symbol::camera::{Kind, SIZES, Shot, photograph};
use permit_symbol::{GreyBuf, Symbol};
use serde_json::Value;

fn read(path: &Path, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_permit"));
    command.arg("read").args(more).arg(path).env("LANGUAGE", "en").stdin(Stdio::null());
    command.output().unwrap()
}

fn lines(output: &Output) -> Vec<Value> {
    let text = str::from_utf8(&output.stdout).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn text() -> String {
    format!("BP1:{}", "SPECIMEN1".repeat(16))
}

fn frames(kind: Kind, strength: f32, count: u32) -> Vec<GreyBuf> {
    let symbols = [Symbol::new(&text()).unwrap()];
    let shot = |frame| Shot { kind, strength, size: SIZES[0], seed: 1, frame };
    (0..count).map(|frame| photograph(&shot(frame), &symbols).picture).collect()
}

/// A film of grey frames.
fn film(frames: &[GreyBuf]) -> Vec<u8> {
    let mut film = b"YUV4MPEG2 W640 H480 F15:1 Cmono\n".to_vec();
    for frame in frames {
        film.extend_from_slice(b"FRAME\n");
        film.extend_from_slice(frame.as_grey().pixels());
    }
    film
}

#[test]
fn what_no_picture_tells_ten_tell() {
    let folder = tempfile::tempdir().unwrap();
    let frames = frames(Kind::Noise, 1.0, 10);
    for (number, frame) in frames.iter().enumerate() {
        let mut file = b"P5\n640 480\n255\n".to_vec();
        file.extend_from_slice(frame.as_grey().pixels());
        fs::write(folder.path().join(format!("{number:02}.pgm")), file).unwrap();
    }
    for line in lines(&read(folder.path(), &["--json"])) {
        assert_eq!(line["codes"].as_array().unwrap().len(), 0, "one picture is enough");
    }
    let film_path = folder.path().join("frames.y4m");
    let told = read(folder.path(), &["--stream", "--json"]);
    fs::write(&film_path, film(&frames)).unwrap();
    let filmed = read(&film_path, &["--stream", "--json"]);
    for output in [told, filmed] {
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        let lines = lines(&output);
        let [code, sum] = &lines[..] else { panic!("{lines:?}") };
        assert_eq!(code["text"], text());
        assert!((2..=10).contains(&code["frame"].as_u64().unwrap()));
        assert!(code["frames"].as_u64().unwrap() > 1);
        assert_eq!((sum["frames"].as_u64(), sum["codes"].as_u64()), (Some(10), Some(1)));
    }
}

#[test]
fn a_film_that_breaks_off_loses_nothing_before_that() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cut.y4m");
    let mut film = film(&frames(Kind::Clean, 0.0, 3));
    film.truncate(film.len() - 1000);
    fs::write(&path, film).unwrap();
    let output = read(&path, &["--stream", "--json"]);
    let lines = lines(&output);
    assert_eq!(lines[0]["text"], text());
    assert_eq!(lines.last().unwrap()["unreadable"], 1);
    assert!(lines.iter().any(|line| line["error"].is_string() && line["frame"] == 3), "{lines:?}");
    assert!(!output.status.success());
}

#[test]
fn nothing_to_see_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let output = read(folder.path(), &["--stream"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("next:") && said.contains(&*folder.path().to_string_lossy()), "{said}");
}

//! A bundle drawn as codes, and read again from what was drawn.

#![expect(clippy::unwrap_used, reason = "tests say what they expect")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use permit_parts::delta::Delta;
use permit_parts::{Added, Collector, MOST_BYTES, MOST_FOUNTAIN, Part};
use permit_signing::demo;
use permit_symbol::load;

const BUNDLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../keys/demo/bundle.cbor");

fn permit(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_permit"))
        .arg("authority")
        .args(args)
        .current_dir(folder)
        .envs([("LANGUAGE", "en"), ("NO_COLOR", "1")])
        .output()
        .unwrap()
}

/// What was said, of a command that did what it was asked.
fn said(folder: &Path, args: &[&str]) -> String {
    let output = permit(folder, args);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    said
}

/// The codes that were drawn as pictures, in order.
fn drawn(folder: &Path) -> Vec<Part> {
    let names = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
    let mut names: Vec<_> = names.filter(|path| path.extension().unwrap() == "png").collect();
    names.sort();
    let read = names.iter().map(|path| {
        let picture = load::open(path).unwrap().next().unwrap().unwrap();
        let codes = permit_symbol::read(picture.grey.as_grey());
        let [code] = &codes[..] else { panic!("one code in {}", path.display()) };
        Part::read(&code.bytes).unwrap()
    });
    read.collect()
}

fn collected<'p>(parts: impl IntoIterator<Item = &'p Part>) -> Vec<u8> {
    let mut collector = Collector::default();
    for part in parts {
        if let Added::Whole(file) = collector.add(part).unwrap() {
            return file;
        }
    }
    panic!("it never came together")
}

#[test]
fn what_is_drawn_is_the_bundle() {
    let folder = tempfile::tempdir().unwrap();
    let told = said(folder.path(), &["codes", BUNDLE, "--numbered", "--out", "codes"]);
    assert!(
        told.starts_with("24 codes are drawn;") && told.contains("A round takes 8 s."),
        "{told}"
    );
    let codes = folder.path().join("codes");
    assert_eq!(fs::read_dir(&codes).unwrap().count(), 2 * 24 + 1, "each code twice, and the page");
    assert_eq!(collected(drawn(&codes).iter().rev()), fs::read(BUNDLE).unwrap());
}

#[test]
fn any_of_what_is_drawn_are_the_bundle() {
    let folder = tempfile::tempdir().unwrap();
    let told = said(folder.path(), &["codes", BUNDLE, "--out", "codes"]);
    assert!(told.starts_with("36 codes are drawn, of which any 24, "), "{told}");
    assert!(told.contains("A round takes 12 s."), "{told}");
    let parts = drawn(&folder.path().join("codes"));
    assert_eq!(parts.len(), 36);
    // Three of ten are lost.
    let left = parts.iter().enumerate().filter(|(at, _)| !matches!(at % 10, 0 | 4 | 7));
    assert_eq!(collected(left.map(|(_, part)| part)), fs::read(BUNDLE).unwrap());
    let told = said(folder.path(), &["codes", BUNDLE, "--out", "few", "--more", "5"]);
    assert!(told.starts_with("26 codes are drawn"), "{told}");
}

#[test]
fn a_delta_as_file_and_as_codes() {
    let folder = tempfile::tempdir().unwrap();
    let newer = demo::World::make().unwrap().next_bundle().unwrap();
    fs::write(folder.path().join("new.cbor"), &newer).unwrap();
    let old = fs::read(BUNDLE).unwrap();
    let told = said(folder.path(), &["delta", "--base", BUNDLE, "new.cbor", "--out", "delta.cbor"]);
    let delta = fs::read(folder.path().join("delta.cbor")).unwrap();
    let counts = format!("{} bytes instead of {}", delta.len(), newer.len());
    assert!(told.contains(&counts), "{told}");
    assert_eq!(Delta::read(&delta).unwrap().patch(&old).unwrap(), newer);
    said(folder.path(), &["codes", "new.cbor", "--base", BUNDLE, "--out", "codes"]);
    assert_eq!(collected(drawn(&folder.path().join("codes")).iter().rev()), delta);
    let page = fs::read_to_string(folder.path().join("codes/codes.html")).unwrap();
    assert!(page.contains("Only for terminals whose lists are"));
    // Backwards is no way for a terminal, and no delta is a bundle.
    for args in [
        ["delta", "--base", "new.cbor", BUNDLE, "--out", "back"],
        ["codes", "--base", "new.cbor", BUNDLE, "--out", "back"],
        ["codes", "--base", BUNDLE, "delta.cbor", "--out", "back"],
        ["delta", "--base", "delta.cbor", "new.cbor", "--out", "back"],
    ] {
        let output = permit(folder.path(), &args);
        let text = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(4), "{args:?}: {text}");
        assert!(text.contains("next: ") && !folder.path().join("back").exists(), "{text}");
    }
}

#[test]
fn what_is_not_drawn_and_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    let bundle = fs::read(BUNDLE).unwrap();
    file("root.cbor", &fs::read(BUNDLE.replace("bundle", "root")).unwrap());
    file("short.cbor", &bundle[..4000]);
    let mut forged = bundle.clone();
    *forged.last_mut().unwrap() ^= 1;
    file("forged.cbor", &forged);
    file("text.txt", b"no bundle");
    for (name, status, said) in [
        ("root.cbor", 4, "root"),
        ("short.cbor", 4, "4000"),
        ("forged.cbor", 4, "signature"),
        ("text.txt", 4, "not a bundle"),
        ("gone.cbor", 4, "gone.cbor"),
    ] {
        let output = permit(folder.path(), &["codes", name, "--out", "codes"]);
        let text = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(status), "{name}: {text}");
        assert!(text.contains(said) && text.contains("next: "), "{name}: {text}");
        assert!(!folder.path().join("codes").exists(), "{name}: nothing is left");
    }
    assert!(bundle.len() < MOST_BYTES.min(MOST_FOUNTAIN));
}

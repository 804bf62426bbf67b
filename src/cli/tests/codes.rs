//! A bundle drawn as codes, and read again from what was drawn.

#![expect(clippy::unwrap_used, reason = "tests say what they expect")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use permit_parts::{Added, Collector, MOST_BYTES, Part};
use permit_symbol::load;

const BUNDLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../keys/demo/bundle.cbor");

fn permit(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_permit"))
        .args(["authority", "codes"])
        .args(args)
        .current_dir(folder)
        .envs([("LANGUAGE", "en"), ("NO_COLOR", "1")])
        .output()
        .unwrap()
}

#[test]
fn what_is_drawn_is_the_bundle() {
    let folder = tempfile::tempdir().unwrap();
    let output = permit(folder.path(), &[BUNDLE, "--out", "codes"]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && said.starts_with("24 codes are drawn"), "{said}");
    assert!(said.contains("A round takes 8 s."), "{said}");
    let mut names: Vec<_> =
        fs::read_dir(folder.path().join("codes")).unwrap().map(|it| it.unwrap().path()).collect();
    names.sort();
    assert_eq!(names.len(), 2 * 24 + 1, "each code twice, and the page");
    let mut collector = Collector::default();
    let mut whole = None;
    for path in names.iter().rev().filter(|path| path.extension().unwrap() == "png") {
        let picture = load::open(path).unwrap().next().unwrap().unwrap();
        let codes = permit_symbol::read(picture.grey.as_grey());
        let [code] = &codes[..] else { panic!("one code in {}", path.display()) };
        if let Added::Whole(bundle) = collector.add(&Part::read(&code.bytes).unwrap()).unwrap() {
            whole = Some(bundle);
        }
    }
    assert_eq!(whole.unwrap(), fs::read(BUNDLE).unwrap());
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
        let output = permit(folder.path(), &[name, "--out", "codes"]);
        let text = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(status), "{name}: {text}");
        assert!(text.contains(said) && text.contains("next: "), "{name}: {text}");
        assert!(!folder.path().join("codes").exists(), "{name}: nothing is left");
    }
    assert!(bundle.len() < MOST_BYTES);
}

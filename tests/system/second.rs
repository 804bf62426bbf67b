//! The second reader, in another language, over every vector; and that the vectors are what core says today.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
};

use permit_core::{Terms, Trust};
use permit_signing::demo::World;
use permit_tests::{
    shared::absent,
    town::{Ask, open},
    vector::{Question, Time, all, text},
};

fn vectors() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors")
}

#[test]
fn the_committed_vectors_are_current() {
    let (generated, bundles) = all();
    let again = "run `cargo run -p permit-tests --bin vectors` and look at what changed";
    let mut files = 0;
    for folder in ["valid", "invalid", "edge"] {
        files += fs::read_dir(vectors().join(folder)).unwrap().count();
    }
    assert_eq!(files, generated.len(), "{again}");
    for vector in &generated {
        let path = vectors().join(vector.folder).join(format!("{}.json", vector.name));
        let committed = fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(committed, text(&vector.contents), "{}: {again}", path.display());
    }
    for (name, bundle) in bundles {
        let path = vectors().join("bundles").join(format!("{name}.cbor"));
        assert!(fs::read(&path).unwrap() == bundle, "{}: {again}", path.display());
    }
}

/// The interpreter of an environment with the two packages, made where it is not there yet.
fn python() -> Option<PathBuf> {
    // Two tests ask at once, and one would clear what the other has just made.
    static MADE: OnceLock<Option<PathBuf>> = OnceLock::new();
    MADE.get_or_init(make_python).clone()
}

fn make_python() -> Option<PathBuf> {
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("second-reader");
    let python = home.join("bin/python");
    let works = |python: &Path| {
        let import = Command::new(python).args(["-c", "import cbor2, cryptography"]).output();
        import.is_ok_and(|output| output.status.success())
    };
    if works(&python) {
        return Some(python);
    }
    let requirements = Path::new(env!("CARGO_MANIFEST_DIR")).join("second/requirements.txt");
    let made = Command::new("python3").args(["-m", "venv", "--clear"]).arg(&home).output();
    if made.is_ok_and(|output| output.status.success()) {
        let mut pip = Command::new(&python);
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"]);
        let _ = pip.arg(requirements).output();
    }
    if works(&python) {
        return Some(python);
    }
    absent("the second reader needs python3 with venv, and cbor2 and cryptography from PyPI");
    None
}

fn run(python: &Path, folders: &[PathBuf]) -> (bool, String) {
    let reader = Path::new(env!("CARGO_MANIFEST_DIR")).join("second/reader.py");
    let output = Command::new(python).arg("-B").arg(reader).args(folders).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&said).into_owned())
}

/// The demo world's cases as vectors; how many.
fn demo(into: &Path) -> usize {
    let world = World::make().unwrap();
    let anchor = permit_core::Anchor::of(&world.root).unwrap();
    let trust: &Trust<'_> =
        open(&world.bundle, &Terms { anchor, before: None, now: None }).unwrap();
    fs::create_dir_all(into.join("demo")).unwrap();
    fs::create_dir_all(into.join("bundles")).unwrap();
    fs::write(into.join("bundles/world.cbor"), &world.bundle).unwrap();
    let cases = world.cases().unwrap();
    for case in &cases {
        let at = case.checkpoint;
        let ask = Ask { presence: case.presence, ..Ask::at(at.crossing, at.side, at.direction) };
        let time = Time {
            clock: Some(case.at),
            floor: trust.newest(),
            floors: None,
            by_hand: true,
            doubt: None,
        };
        let question = Question { bundle: "world", trust, anchor, scan: &case.text, ask, time };
        let (judgement, contents) = question.answer(case.name);
        assert_eq!(judgement.verdict.code(), case.code, "{}: {:?}", case.name, judgement.verdict);
        fs::write(into.join(format!("demo/{}.json", case.name)), text(&contents)).unwrap();
    }
    cases.len()
}

#[test]
fn a_second_reader_agrees() {
    let Some(python) = python() else { return };
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("second-vectors");
    let _ = fs::remove_dir_all(&place);
    let demo = demo(&place);
    let mut folders: Vec<_> =
        ["valid", "invalid", "edge"].map(|folder| vectors().join(folder)).into();
    folders.push(place.join("demo"));
    let (agrees, said) = run(&python, &folders);
    assert!(agrees, "{said}");
    let expected = format!("second reader: {} vectors, all agree", all().0.len() + demo);
    assert_eq!(said.trim(), expected);
    println!("{}", said.trim());
}

/// The comparison itself can fail: one altered expectation a vector, every one noticed.
#[test]
fn the_second_reader_disagrees_when_it_should() {
    let Some(python) = python() else { return };
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("second-altered");
    let _ = fs::remove_dir_all(&place);
    fs::create_dir_all(place.join("bundles")).unwrap();
    fs::create_dir_all(place.join("altered")).unwrap();
    let (vectors, bundles) = all();
    for (name, bundle) in bundles {
        fs::write(place.join(format!("bundles/{name}.cbor")), bundle).unwrap();
    }
    let mut altered = 0;
    for vector in vectors {
        let mut contents = vector.contents;
        let expect = &mut contents["expect"];
        if expect["code"].is_number() {
            expect["code"] = 99.into();
        } else if expect["parts"].is_array() {
            expect["needs_repair"] = 99.into();
        } else {
            expect["error"] = "nothing".into();
        }
        fs::write(place.join(format!("altered/{}.json", vector.name)), text(&contents)).unwrap();
        altered += 1;
    }
    let (agrees, said) = run(&python, &[place.join("altered")]);
    assert!(!agrees);
    assert_eq!(
        said.lines().filter(|line| line.contains(": the vector has ")).count(),
        altered,
        "{said}"
    );
}

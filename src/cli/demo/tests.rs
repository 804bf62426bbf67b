//! The plan of the demonstration, and whose folder it may write into.

use std::collections::BTreeSet;
use std::fs;

use permit_signing::demo::World;

use super::folder::Folder;
use super::{cards, shots};
use crate::Exit;

#[test]
fn every_code_of_the_table_is_shown_and_every_picture_has_its_own_name() {
    let cases = World::make().unwrap().cases().unwrap();
    let takes = shots::plan(&cases, 3);
    let names: BTreeSet<&str> = takes.iter().map(|take| take.file.as_str()).collect();
    assert_eq!(names.len(), takes.len());
    for case in cases.iter().filter(|case| case.presence.is_none()) {
        assert!(names.contains(format!("clean-{}.jpg", case.name).as_str()), "{}", case.name);
    }
    // 12 and 62 are asked directly, 10 is a picture without a code.
    let shown: BTreeSet<u8> = cases.iter().map(|case| case.code).chain([10, 12, 62]).collect();
    let all = [
        0, 10, 11, 12, 20, 21, 22, 23, 24, 25, 30, 31, 32, 33, 34, 40, 41, 42, 43, 50, 51, 52, 53,
        60, 61, 62,
    ];
    assert_eq!(shown, BTreeSet::from(all));
}

#[test]
fn every_case_can_be_drawn() {
    for case in World::make().unwrap().cases().unwrap() {
        assert_eq!(cards::symbol(&case).unwrap().text().as_bytes(), case.text, "{}", case.name);
    }
}

#[test]
fn only_its_own_folder() {
    let parent = tempfile::tempdir().unwrap();
    let root = parent.path().join("demo");
    let cases = World::make().unwrap().cases().unwrap();
    let names = cards::names(&cases);
    let claim = |per| Folder::claim(&root, &names, &shots::plan(&cases, per));
    let folder = claim(1).unwrap();
    // An earlier run made more pictures than this one will: those go, and nothing else does.
    let takes = shots::plan(&cases, 1);
    let files: Vec<_> = takes.iter().map(|take| serde_json::json!({"file": take.file})).collect();
    fs::write(folder.manifest(), serde_json::to_string(&files).unwrap()).unwrap();
    for take in &takes {
        fs::write(folder.picture(&take.file), b"x").unwrap();
    }
    fs::write(folder.card("hangul-name.svg"), b"x").unwrap();
    let fewer = claim(0).unwrap();
    fewer.sweep().unwrap();
    let left = fs::read_dir(folder.pictures()).unwrap().count();
    assert_eq!(left, shots::plan(&cases, 0).len() + 1);
    for foreign in ["notes.txt", "permits/holiday.png", "pictures/holiday.jpg"] {
        fs::write(root.join(foreign), b"mine").unwrap();
        assert_eq!(claim(0).unwrap_err().exit(), Exit::Unwritable, "{foreign}");
        assert_eq!(fs::read(root.join(foreign)).unwrap(), b"mine");
        fs::remove_file(root.join(foreign)).unwrap();
    }
    fs::write(folder.manifest(), r#"[{"file": "../../secret.jpg"}, {"file": "/etc/x.jpg"}]"#)
        .unwrap();
    fs::write(parent.path().join("secret.jpg"), b"mine").unwrap();
    claim(0).unwrap().sweep().unwrap();
    assert!(parent.path().join("secret.jpg").exists(), "a manifest cannot name files elsewhere");
}

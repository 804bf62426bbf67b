//! The program from the outside.

use std::{fs, path::Path, process::Command};

use permit_core::{Direction, Side, trust::Role};
use permit_signing::{KeyFile, Label};

use crate::world::{Kept, bundle, role, terminal};

fn run(folder: &Path, line: &str) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_permit-headquarters"));
    let output =
        command.current_dir(folder).args(["--lang", "en"]).args(line.split(' ')).output().unwrap();
    let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    (output.status.code().unwrap(), said)
}

#[test]
fn a_stick_is_taken_shown_and_answered() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let good = |line: &str| {
        let (status, said) = run(folder.path(), line);
        assert_eq!(status, 0, "{line}: {said}");
        said
    };
    let (lists, root) = bundle();
    fs::write(path("bundle.cbor"), lists).unwrap();
    fs::write(path("root.cbor"), root).unwrap();
    let said = good("init --side A --bundle bundle.cbor --root root.cbor");
    assert!(said.contains("Terminals on the lists: 2"), "{said}");
    let (status, _) = run(folder.path(), "init --side A --bundle bundle.cbor --root root.cbor");
    assert_eq!(status, 3, "there is one already");

    let mut kept = Kept::new(terminal(Side::A, 1));
    kept.cross(1, Direction::Exit);
    let early = kept.export(None);
    kept.cross(2, Direction::Exit);
    let middle = kept.journal.tip().sequence;
    kept.cross(3, Direction::Exit);
    fs::create_dir(path("stick")).unwrap();
    fs::write(path("stick/1.cbor"), &early).unwrap();
    fs::write(path("stick/2.cbor"), kept.export(Some(middle))).unwrap();
    fs::write(path("stick/notes.txt"), "none of ours").unwrap();
    std::os::unix::fs::symlink("/dev/zero", path("stick/3.cbor")).unwrap();
    let said = good("take stick");
    assert!(said.contains("terminal 1: 3 new records, through 3; 1 new passages"), "{said}");
    assert!(!said.contains("notes"), "{said}");
    assert_eq!(good("take stick").matches("taken before").count(), 2);
    let (status, said) = run(folder.path(), "show");
    assert_eq!(status, 1, "{said}");
    assert!(
        said.contains("missing 4 to") && said.contains("Terminal 2, crossing 3: never reported")
    );
    fs::write(path("stick/4.cbor"), kept.export(None)).unwrap();
    fs::write(path("stick/5.cbor"), &early[..200]).unwrap();
    let (status, said) = run(folder.path(), "take stick");
    assert_eq!(status, 1, "{said}");
    assert!(said.contains("5.cbor: not taken, kept as evidence: nothing that headquarters take"));
    assert!(!good("show").contains("missing"));
    assert!(good("check").contains("Everything that is kept is what the records say."));

    for (name, of) in [
        ("heads.key", Role::Heads),
        ("passages.key", Role::Passages),
        ("presence.key", Role::Presence),
    ] {
        let sealed =
            KeyFile::seal_unprotected_for_demo_keys_only(&role(Side::A, of), Label::default());
        sealed.unwrap().create(&path(name)).unwrap();
    }
    good("heads --key heads.key --out heads.cbor");
    good("passages --key passages.key --out for-b.cbor");
    let said = good("presence --key presence.key --out presence.cbor");
    assert!(said.contains("presence.cbor: the presence list, signed"), "{said}");
    assert!(said.contains("missing here: 1, 2.") && said.contains("none ever came"), "{said}");
    let (status, said) = run(folder.path(), "heads --key passages.key --out other.cbor");
    assert_eq!(status, 4, "{said}");
    assert!(path("heads.cbor").exists() && !path("other.cbor").exists());
    good("check");
}

#[test]
fn a_report_is_made_and_verified() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let good = |line: &str| {
        let (status, said) = run(folder.path(), line);
        assert_eq!(status, 0, "{line}: {said}");
        said
    };
    let (lists, root) = bundle();
    fs::write(path("bundle.cbor"), lists).unwrap();
    fs::write(path("root.cbor"), root).unwrap();
    good("init --side A --bundle bundle.cbor --root root.cbor");
    let mut kept = Kept::new(terminal(Side::A, 1));
    kept.cross(1, Direction::Exit);
    fs::write(path("1.cbor"), kept.export(None)).unwrap();
    good("take 1.cbor");
    let key = KeyFile::seal_unprotected_for_demo_keys_only(
        &role(Side::A, Role::Report),
        Label::default(),
    );
    key.unwrap().create(&path("report.key")).unwrap();

    let report = "report situation --to ministry --order 182 --key report.key --out situation";
    assert!(good(report).contains("report 1 is made and signed"));
    assert!(good("verify situation").contains("Report 1 of headquarters of side A"));
    let (status, _) = run(folder.path(), report);
    assert_eq!(status, 5, "the folder is there already");
    assert!(path("situation/situation-zh.html").exists());
    let pdf = fs::read(path("situation/situation-ko.pdf")).unwrap();
    assert!(pdf.starts_with(b"%PDF-"));
    fs::write(path("situation/situation-zh.html"), "another").unwrap();
    let (status, said) =
        run(folder.path(), "verify situation --bundle bundle.cbor --root root.cbor");
    assert_eq!(status, 1, "{said}");
    let usage = "report usage --month 2026-02 --to ministry --key report.key --out usage";
    let (status, said) = run(folder.path(), usage);
    assert_eq!(status, 1, "{said}");
    assert!(said.contains("Not everything of the month has come home. Terminals: 2"), "{said}");
    good(&format!("{usage} --incomplete"));
    assert!(good("verify usage").contains("use of border permits, 2026-02-01 to 2026-02-28"));
    let left = fs::read_dir(folder.path()).unwrap().flatten();
    assert!(left.into_iter().all(|it| !it.file_name().to_string_lossy().starts_with(".report")));
}

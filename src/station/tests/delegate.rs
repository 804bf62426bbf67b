//! Special personnel from delegating to a record that came home, by the command.

#![expect(clippy::unwrap_used, reason = "tests say what they expect")]

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use permit_core::{
    Anchor, Checkpoint, Direction, KeySlot, NoLedger, Now, Side, Terms, Trust, Verdict, Verifier,
};
use permit_signing::{
    demo,
    draft::{Date, Key, KeyClass, Kind, Names, Station, StationKey},
};
use permit_station::home::Home;
use serde::Deserialize;

const FILE: &str = r#"
class = "resident"
language = "ko"
commune = "演示公社一"

[[papers]]
kind = "relative-letter"
issuer = "온성"
dated = "1963-09-01"

[[papers]]
kind = "commune-letter"
issuer = "演示公社一"
dated = "1963-09-02"

[permit]
latin = "SEOMUN GYEOUL"
native = "서문겨울"
birth = "1931-04-02"
nationality = "156"
region = "cn-yanji-county"
"#;

const DELEGATE: &str = "delegate away --number 199 --region cn-yanji-county --commune 演示公社一 --commune 演示公社二 \
     --from 1963-09-10 --through 1963-11-30 --quota 2 --officer 3 --officer 4 --sign 1 --sign 2";

#[derive(Deserialize)]
struct Drafted {
    stations: Vec<Station>,
}

fn run(folder: &Path, line: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_permit-station"));
    command.current_dir(folder).args(["--lang", "en"]).args(line.split_whitespace());
    command.output().unwrap()
}

fn ends(folder: &Path, line: &str, status: i32) -> String {
    let output = run(folder, line);
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert_eq!(output.status.code(), Some(status), "{line}: {said}");
    said
}

fn good(folder: &Path, line: &str) -> String {
    ends(folder, line, 0)
}

/// The lists with these further stations.
fn bundle(folder: &Path, version: u32, stations: &[Station]) -> Vec<u8> {
    let bundle = demo::World::make().unwrap().bundle_with(version, stations).unwrap();
    fs::write(folder.join(format!("lists-{version}.cbor")), &bundle).unwrap();
    bundle
}

/// What a checkpoint says by lists.
fn verdict(text: &[u8], bundle: &[u8]) -> Verdict {
    let anchor = Anchor::of(demo::ROOT).unwrap();
    let mut slots = vec![KeySlot::EMPTY; 1000];
    let terms = Terms { anchor, before: None, now: None };
    let trust = Trust::open(bundle, &terms, &mut slots).unwrap();
    let checkpoint = Checkpoint { crossing: 3, side: Side::A, direction: Direction::Exit };
    let now = Now::by_hand(demo::NOON, trust.newest());
    Verifier::new(&trust, checkpoint).unwrap().verify(text, &NoLedger, &now).verdict
}

/// A station that has come to cover the first commune.
fn covering() -> Station {
    Station {
        number: 110,
        kind: Kind::BorderWork,
        regions: vec![3],
        communes: vec!["演示公社一".to_owned()],
        suspended: None,
        names: Names { en: Some("Another (demo)".to_owned()), ..Names::default() },
        keys: vec![StationKey {
            key: Key(permit_core::Signer::public_key(&demo::station_key(110))),
            from: Date(permit_core::Day::from_civil(1963, 1, 1).unwrap()),
            through: Date(permit_core::Day::from_civil(1963, 12, 31).unwrap()),
            class: KeyClass::Demo,
            regions: Vec::new(),
        }],
    }
}

#[test]
fn r13_special_personnel_issue_offline_and_their_record_comes_home() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    good(folder, "init --demo");
    fs::write(folder.join("person.toml"), FILE).unwrap();
    let at_home = FILE.replace("commune = \"演示公社一\"\n", "").replace("GYEOUL", "KYOUL");
    fs::write(folder.join("home.toml"), at_home).unwrap();
    // Whoever is no supervisor delegates nothing, and nothing is left of it.
    ends(folder, &DELEGATE.replace("--sign 2", "--sign 4"), 1);
    assert!(!folder.join("away").exists());
    let said = good(folder, DELEGATE);
    let drafted = fs::read_to_string(folder.join("away/00199-station.toml")).unwrap();
    let Drafted { mut stations } = toml::from_str(&drafted).unwrap();
    assert_eq!(stations[0].communes, ["演示公社一", "演示公社二"]);
    // Headquarters know their returns by it.
    let record = Home::open(&folder.join("away")).unwrap().key("record").unwrap();
    let record = Key(permit_core::Signer::public_key(&record)).to_string();
    assert!(said.contains(&record), "{said}");

    // Before the side has listed the number nothing is taken in there.
    ends(folder, "--state away apply person.toml --officer 3", 4);
    let lists = bundle(folder, 2, &stations);
    good(folder, "--state away lists lists-2.cbor --officer 1");
    // A station has come to cover the commune; the computer without a network has not heard of it.
    stations.push(covering());
    bundle(folder, 3, &stations);
    good(folder, "lists lists-3.cbor --officer 1");
    // The station itself asks for no commune.
    ends(folder, "apply person.toml --officer 3", 1);
    good(folder, "apply home.toml --officer 3");

    good(folder, "--state away apply person.toml --officer 3");
    good(folder, "--state away approve 1 --key away/officers/00004.key");
    good(folder, "--state away issue 1 --officer 3 --out cards");
    let text = fs::read(only(&folder.join("cards"))).unwrap();
    assert_eq!(verdict(&text, &lists), Verdict::Valid);
    assert!(!matches!(verdict(&text, demo::BUNDLE), Verdict::Valid), "not before it was listed");

    assert!(good(folder, "--state away hand-back home.bin").contains("sealed"));
    let sealed = fs::read(folder.join("home.bin")).unwrap();
    let holds = |text: &str| sealed.windows(text.len()).any(|it| it == text.as_bytes());
    assert!(!holds("SEOMUN") && !holds("서문겨울") && !holds("演示公社"), "no name, no place");
    // Whatever is changed of it, the number in front included, and what another station gets: refused, and nothing taken.
    for at in [17, 18, 50, sealed.len() - 1] {
        let mut broken = sealed.clone();
        broken[at] ^= 1;
        fs::write(folder.join("broken.bin"), broken).unwrap();
        let said = ends(folder, "merge broken.bin --officer 1", 1);
        assert!(said.contains("sealed for another station"), "{at}: {said}");
    }
    fs::write(folder.join("short.bin"), &sealed[..17]).unwrap();
    ends(folder, "merge short.bin --officer 1", 1);
    good(folder, "--state other init --demo");
    ends(folder, "--state other merge home.bin --officer 1", 1);
    // One of a folder that was made before it got a key is read as it is.
    let key = folder.join("away/hand-back");
    fs::rename(&key, folder.join("key")).unwrap();
    assert!(good(folder, "--state away hand-back plain.bin").contains("holds names"));
    fs::rename(folder.join("key"), key).unwrap();
    ends(folder, "merge plain.bin --officer 1", 1);
    let said = ends(folder, "merge home.bin --officer 1", 1);
    assert!(said.contains("2 conflicts"), "{said}");
    assert!(said.contains("演示公社一") && said.contains("application 1 of station 101"), "{said}");
    assert!(!said.contains("SEOMUN") && !said.contains("서문"), "{said}");
    let said = good(folder, "merge home.bin --officer 1 --with-conflicts");
    assert!(said.contains("1 of 2"), "{said}");
    assert!(good(folder, "merge home.bin --officer 1").contains("taken before"));
    assert!(good(folder, "check").contains("every row agrees"));
    // Once it has heard, it signs nothing for that commune any more.
    good(folder, "--state away lists lists-3.cbor --officer 1");
    ends(folder, "--state away apply person.toml --officer 3", 1);
}

fn only(folder: &Path) -> std::path::PathBuf {
    fs::read_dir(folder).unwrap().next().unwrap().unwrap().path()
}

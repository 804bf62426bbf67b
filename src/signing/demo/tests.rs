//! The files the project keeps are what this code makes, and every case gets its verdict.

use std::{collections::BTreeSet, fs, path::Path};

use permit_core::{Now, Terms, Trust, Verdict, Verifier};

use super::*;

#[test]
fn every_case_gets_its_verdict() {
    let world = World::make().unwrap();
    let mut slots = crate::slots(&world.bundle);
    let terms = Terms { anchor: Anchor::of(&world.root).unwrap(), before: None, now: None };
    let trust = Trust::open(&world.bundle, &terms, &mut slots).unwrap();
    let (mut names, mut codes, mut wrong) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
    for case in world.cases().unwrap() {
        let verifier = Verifier::new(&trust, case.checkpoint).unwrap();
        let now = Now::by_hand(case.at, trust.newest());
        let judgement = match case.presence {
            Some(presence) => verifier.verify(&case.text, &presence, &now),
            None => verifier.verify(&case.text, &permit_core::NoLedger, &now),
        };
        let outcome = match judgement.verdict {
            Verdict::Valid => Outcome::Valid,
            Verdict::Invalid(_) => Outcome::Invalid,
            Verdict::Refer(_) => Outcome::Refer,
            Verdict::NotAPermit(_) => Outcome::NotAPermit,
        };
        if (outcome, judgement.verdict.code()) != (case.outcome, case.code) {
            wrong.push(format!("{}: {:?}", case.name, judgement.verdict));
        }
        assert!(judgement.notes.demo, "{} is framed DEMO", case.name);
        assert!(names.insert(case.name), "{} is there twice", case.name);
        codes.insert(case.code);
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let shown =
        [0, 11, 20, 21, 22, 23, 24, 25, 30, 31, 32, 33, 34, 40, 41, 42, 43, 50, 51, 52, 53, 60, 61];
    assert_eq!(codes.into_iter().collect::<Vec<_>>(), shown);
}

#[test]
fn the_files_are_what_the_code_makes() {
    let world = World::make().unwrap();
    assert_eq!(world, World::make().unwrap(), "the same every time");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../keys/demo");
    let golden = &world.cases().unwrap()[0].text;
    let files = [
        ("root.cbor", &world.root, ROOT),
        ("bundle.cbor", &world.bundle, BUNDLE),
        ("golden.txt", golden, GOLDEN),
    ];
    for (name, made, kept) in files {
        if std::env::var_os("PERMIT_WRITE_DEMO").is_some() {
            fs::write(folder.join(name), made).unwrap();
        } else {
            assert!(
                made == kept,
                "keys/demo/{name} differs: if it should, run this test with PERMIT_WRITE_DEMO=1"
            );
        }
    }
}

#[test]
fn texts_of_the_demonstration_are_found() {
    let world = World::make().unwrap();
    let found = |draft: &Draft| template(draft);
    let mut zone = world.zone.clone();
    assert_eq!(found(&Draft::Zone(zone.clone())).as_deref(), Some("basis"));
    zone.basis = "Record of 8 June 1955".to_owned();
    assert_eq!(found(&Draft::Zone(zone.clone())).as_deref(), Some("regions[99].names"));
    zone.regions.retain(|it| it.number != 99);
    assert_eq!(found(&Draft::Zone(zone.clone())), None);
    zone.crossings[0].names.zh = Some("口岸(演示)".to_owned());
    let field = format!("crossings[{}].names", zone.crossings[0].number);
    assert_eq!(found(&Draft::Zone(zone)), Some(field));
    let lists: Vec<_> = world.drafts.iter().filter_map(found).collect();
    assert_eq!(lists, ["stations[101].names", "stations[33001].names"]);
}

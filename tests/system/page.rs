//! The page of the verdicts is true.

use std::collections::{BTreeMap, BTreeSet};

use permit_core::{Anchor, Effect, Journey, NoLedger, Now, Terms, Trust, Verifier};
use permit_signing::demo::World;
use permit_words::{Lang, Words};

const PAGE: &str = include_str!("../../src/core/VERDICTS.md");

/// A row: name, outward, homeward.
fn rows() -> BTreeMap<u8, [&'static str; 3]> {
    let cells = |line: &'static str| line.split('|').map(str::trim).collect::<Vec<_>>();
    let row = |line| match cells(line)[..] {
        ["", code, name, outward, homeward, _, ""] => {
            code.parse().ok().map(|code| (code, [name, outward, homeward]))
        }
        _ => None,
    };
    PAGE.lines().filter_map(row).collect()
}

#[test]
fn every_code_has_its_row_and_its_name() {
    let (rows, words) = (rows(), Words::new(Lang::En));
    for code in 0..=u8::MAX {
        let id = format!("verdict-{code}");
        let known = words.find(&id, &[]);
        assert_eq!(known.as_deref(), rows.get(&code).map(|row| row[0]), "{code}");
    }
}

#[test]
fn what_a_reason_means_is_what_the_page_says() {
    let rows = rows();
    let world = World::make().unwrap();
    let mut slots = permit_signing::slots(&world.bundle);
    let terms = Terms { anchor: Anchor::of(&world.root).unwrap(), before: None, now: None };
    let trust = Trust::open(&world.bundle, &terms, &mut slots).unwrap();
    let mut seen = BTreeSet::new();
    for case in world.cases().unwrap() {
        let verifier = Verifier::new(&trust, case.checkpoint).unwrap();
        let now = Now::by_hand(case.at, trust.newest());
        let judgement = match case.presence {
            Some(presence) => verifier.verify(&case.text, &presence, &now),
            None => verifier.verify(&case.text, &NoLedger, &now),
        };
        let Some(reason) = judgement.verdict.reason() else { continue };
        let [_, outward, homeward] = rows[&reason.code()];
        for (journey, said) in [(Journey::Outward, outward), (Journey::Homeward, homeward)] {
            let means = match reason.effect(Some(journey)) {
                Effect::Invalid => "invalid",
                Effect::Refer => "refer",
            };
            // What is never asked on a journey means nothing there.
            let unasked = said == "–" && journey == Journey::Homeward && reason.code() == 50;
            assert!(unasked || said == means, "{}: {said}, {means}", reason.code());
        }
        seen.insert(reason.code());
    }
    let asked = |code: &&u8| ![0, 10, 11, 12, 62].contains(*code);
    assert_eq!(seen, rows.keys().filter(asked).copied().collect());
}

#[test]
fn the_order_is_the_one_that_is_asked() {
    let text = PAGE.replace('\n', " ");
    let order = text.split("in this order: ").nth(1).unwrap().split('.').next().unwrap();
    let order: Vec<u8> = order.split(", ").map(|code| code.trim().parse().unwrap()).collect();
    assert_eq!(order, super::order::ORDER);
}

#[test]
fn the_page_of_the_threats_names_tests_that_are_there() {
    let page = include_str!("../../src/core/THREATS.md");
    let home = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let named: Vec<_> = page.split('`').skip(1).step_by(2).filter(|it| it.contains('/')).collect();
    assert!(named.len() > 20, "{named:?}");
    for name in named.into_iter().filter(|name| !name.contains(' ')) {
        assert!(home.join(name).exists(), "{name}");
    }
}

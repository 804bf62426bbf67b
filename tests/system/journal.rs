//! The verifier and a journal together: what is recorded, what it makes of the next verdict, and that
//! nothing personal is in it.

use std::collections::BTreeSet;

use permit_core::{Checkpoint, Direction, Now, Passage, Reason, Side, Trust, Verdict, Verifier};
use permit_journal::{
    Decided, Event, Journal, Outcome, Scanned, Secret, Secrets, Settings, Terminal, audit,
    faults::Memory, verify,
};
use permit_signing::demo;
use permit_tests::{
    key::Key,
    town::{Town, noon, permit, today},
};

const OUT: Checkpoint = Checkpoint { crossing: 1, side: Side::A, direction: Direction::Exit };
const IN: Checkpoint = Checkpoint { side: Side::B, direction: Direction::Entry, ..OUT };
const HOME: Checkpoint = Checkpoint { direction: Direction::Entry, ..OUT };
const HOUR: i64 = 3600;

fn open(disk: &Memory, now: &Now) -> Journal<Memory> {
    let secrets = Secrets::new(Secret::new([3; 32]), None);
    let terminal = Terminal { side: Side::A, number: 1 };
    Journal::open(disk.clone(), Settings::new(terminal, secrets), now).unwrap()
}

/// Judges, records, and lets whoever is not turned back through.
fn pass<'t>(
    journal: &mut Journal<Memory>,
    trust: &'t Trust<'t>,
    checkpoint: Checkpoint,
    text: &[u8],
    now: &Now,
) -> Verdict {
    let verifier = Verifier::new(trust, checkpoint).unwrap();
    let judgement = verifier.verify(text, journal, now);
    let scan = journal.scanned(&judgement, checkpoint, trust, now).unwrap().sequence();
    let outcome = match judgement.verdict {
        Verdict::Invalid(ref reason) => Outcome::TurnedBack(reason.code()),
        _ => Outcome::Admitted,
    };
    let decided = Decided { scan: Some(scan), outcome, officer: Some(4), reason: Some(1) };
    if let Some(opening) = journal.decided(decided, now).unwrap().opening() {
        let _ = journal.gate(opening.decision(), true, now).unwrap();
    }
    judgement.verdict
}

/// Codes 50 to 53 come from what was recorded, over a restart as well.
#[test]
fn the_next_verdict() {
    let trust = Town::new().open().unwrap();
    let start = noon(today());
    let at = |hours: i64| Now::read(Some(start.plus(hours * HOUR)), trust.newest());
    let disk = Memory::new();
    let mut journal = open(&disk, &at(0));
    let mut twice = permit(1);
    twice.options.entries = Some(2);
    let text = Key::named("station/11").seal(&twice);
    let ask = |journal: &mut Journal<Memory>, here, hours| {
        pass(journal, trust, here, text.as_bytes(), &at(hours))
    };
    assert_eq!(ask(&mut journal, OUT, 0), Verdict::Valid);
    assert_eq!(ask(&mut journal, IN, 1), Verdict::Valid, "one journey");
    let last = Some(Passage { checkpoint: IN, at: start.plus(HOUR) });
    assert_eq!(ask(&mut journal, OUT, 2), Verdict::Refer(Reason::AlreadyThere { last }));
    drop(journal);
    let mut journal = open(&disk, &at(3));
    assert_eq!(ask(&mut journal, HOME, 4), Verdict::Valid);
    let used = Reason::EntriesUsed { used: 2, allowed: 2 };
    assert_eq!(ask(&mut journal, OUT, 5), Verdict::Invalid(used));

    let other = Key::named("station/11").seal(&permit(2));
    let mut ask = |here, hours| pass(&mut journal, trust, here, other.as_bytes(), &at(hours));
    assert_eq!(ask(OUT, 6), Verdict::Valid);
    let days = 24 * i64::from(trust.zone().limits.stay);
    let late = ask(HOME, 6 + days);
    let Verdict::Refer(Reason::StayExceeded { days, allowed }) = late else { panic!("{late:?}") };
    assert_eq!((days, allowed), (allowed + 1, u32::from(trust.zone().limits.stay)));
}

/// Everything the demo can show goes through a journal; nothing of a person or a number comes out.
#[test]
fn nothing_personal_is_recorded() {
    let world = demo::World::make().unwrap();
    let mut slots = permit_signing::slots(&world.bundle);
    let anchor = permit_core::Anchor::of(&world.root).unwrap();
    let terms = permit_core::Terms { anchor, before: None, now: None };
    let trust = Trust::open(&world.bundle, &terms, &mut slots).unwrap();
    let disk = Memory::new();
    let hand = |at| Now::by_hand(at, trust.newest());
    let mut journal = open(&disk, &hand(demo::NOON));
    journal.hear_all(&trust, &hand(demo::NOON));
    let mut needles = BTreeSet::new();
    let cases = world.cases().unwrap();
    for case in &cases {
        let now = hand(case.at);
        pass(&mut journal, &trust, case.checkpoint, &case.text, &now);
        let Some(permit) = &case.permit else { continue };
        let verifier = Verifier::new(&trust, case.checkpoint).unwrap();
        let typed = verifier.look_up(&permit.id, &journal, &now);
        let scanned = Scanned::judged(&typed, case.checkpoint, &trust, journal.secrets(), &now);
        let scanned = scanned.typed(&permit.id, journal.secrets());
        let _ = journal.append(Event::Scanned(scanned), &now).unwrap();
        let words = permit.latin.split([' ', '-', '.', '\'']).filter(|word| word.len() > 3);
        needles.extend(words.map(|word| word.as_bytes().to_vec()));
        needles.extend(permit.native.iter().map(|name| name.as_bytes().to_vec()));
        let document = permit.options.document.iter().filter(|it| it.len() > 3);
        needles.extend(document.map(|document| document.as_bytes().to_vec()));
        let printed = permit.id.to_string();
        needles.extend([printed.replace('-', "").into_bytes(), printed.into_bytes()]);
        needles.insert(permit.id.to_bytes()[..6].to_vec());
        needles.insert(case.text[4..].to_vec());
    }
    let reader = demo::station_key(11);
    let _ = journal.sign(&hand(demo::NOON), &reader).unwrap();
    let export = journal.export(None, &hand(demo::NOON), &reader).unwrap();
    drop(journal);
    let key = permit_core::PublicKey::new(&permit_core::Signer::public_key(&reader)).unwrap();
    assert!(verify(&export, &key).is_sound());
    let terminal = Terminal { side: Side::A, number: 1 };
    assert!(audit(&disk, terminal, &key).unwrap().counts.records > 2 * cases.len() as u64);
    assert!(needles.len() > 100, "{}", needles.len());
    let mut files: Vec<_> = disk.files().into_iter().collect();
    files.push(("export".to_owned(), export));
    for (name, bytes) in files {
        for needle in &needles {
            let found = bytes.windows(needle.len()).any(|window| window == &needle[..])
                || name.as_bytes().windows(needle.len()).any(|window| window == &needle[..]);
            assert!(!found, "{} in {name}", String::from_utf8_lossy(needle));
        }
    }
    println!("COUNTED journal-personal-needles={}", needles.len());
}

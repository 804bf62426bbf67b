//! Whatever is done to records is found out.

use std::collections::BTreeMap;

use permit_core::PublicKey;

use super::world::{HOME, Kept, OUT, World, now};
use crate::{
    Problem, Report, Terminal, audit,
    faults::Memory,
    frame,
    segment::{self, MARK},
    verify,
};

/// Three small segments with heads.
fn filled(world: &mut World, disk: &Memory) -> Kept {
    world.full = 1500;
    let mut journal = world.open(disk);
    for serial in 0..12 {
        let _ = world.cross(&mut journal, serial, OUT, &now(i64::from(serial) * 60));
        let _ = world.cross(&mut journal, serial, HOME, &now(i64::from(serial) * 60 + 30));
        if serial % 4 == 3 {
            let _ = journal.sign(&now(i64::from(serial) * 60 + 40), &world.key).unwrap();
        }
    }
    journal
}

/// The records of a segment's file.
fn records(file: &[u8]) -> Vec<Vec<u8>> {
    let (mut at, mut found) = (MARK.len(), Vec::new());
    while let Some((bytes, end)) = frame::read(file, at) {
        found.push(bytes.to_vec());
        at = end;
    }
    found
}

fn file(records: &[Vec<u8>]) -> Vec<u8> {
    let mut file = MARK.to_vec();
    records.iter().for_each(|record| frame::write(&mut file, record));
    file
}

/// The ways of changing a list at one place.
fn changed(records: &[Vec<u8>], at: usize) -> Vec<(&'static str, Vec<Vec<u8>>)> {
    let with = |change: &dyn Fn(&mut Vec<Vec<u8>>)| {
        let mut copy = records.to_vec();
        change(&mut copy);
        copy
    };
    let mut ways = vec![
        ("edit", with(&|all| *all[at].last_mut().unwrap() ^= 1)),
        ("edit", with(&|all| all[at][1] ^= 1)),
        ("delete", with(&|all| drop(all.remove(at)))),
        ("duplicate", with(&|all| all.insert(at, all[at].clone()))),
    ];
    if at > 0 {
        ways.push(("swap", with(&|all| all.swap(at - 1, at))));
    }
    ways
}

#[test]
fn every_record_of_a_card() {
    let mut world = World::new();
    let disk = Memory::new();
    let journal = filled(&mut world, &disk);
    let (tip, terminal, key) = (journal.tip(), world.settings.terminal, world.public());
    drop(journal);
    let files = disk.files();
    assert!(files.len() >= 3);
    let sound = audit(&disk, terminal, &key).unwrap();
    assert!(sound.is_sound() && sound.tip == Some(tip) && sound.heads == 3, "{sound:?}");
    let found = |files: BTreeMap<String, Vec<u8>>| {
        let report = audit(&Memory::of(files), terminal, &key).unwrap();
        !report.is_sound() || report.tip != Some(tip)
    };
    let mut tried = 0;
    for (name, bytes) in &files {
        let records = records(bytes);
        for at in 0..records.len() {
            for (how, records) in changed(&records, at) {
                let mut bad = files.clone();
                bad.insert(name.clone(), file(&records));
                assert!(found(bad), "{how} of record {at} of {name}");
                tried += 1;
            }
        }
        let mut without = files.clone();
        without.remove(name);
        assert!(found(without), "{name} taken away");
    }
    println!("COUNTED journal-card-tampering={tried}");
}

#[test]
fn a_chain_written_anew_has_no_heads() {
    let mut world = World::new();
    let disk = Memory::new();
    drop(filled(&mut world, &disk));
    let (key, terminal) = (world.public(), world.settings.terminal);
    let mut thief = World::new();
    thief.key = World::at(Terminal { number: 9, ..terminal }).key;
    let forged = Memory::new();
    drop(filled(&mut thief, &forged));
    let report = audit(&forged, terminal, &key).unwrap();
    let bad = |problem: &&Problem| matches!(problem, Problem::BadHead { .. });
    assert_eq!(report.problems.iter().filter(bad).count(), 3);
    // Without any heads: nobody leaves three hours unsigned.
    let bare = Memory::new();
    let mut journal = thief.open(&bare);
    let _ = thief.cross(&mut journal, 1, OUT, &now(0));
    let _ = thief.cross(&mut journal, 2, OUT, &now(3 * 3600));
    drop(journal);
    let report = audit(&bare, terminal, &key).unwrap();
    assert_eq!(report.problems, [Problem::Unsigned { after: 0 }]);
}

#[test]
fn another_terminal_s_card() {
    let mut world = World::new();
    let disk = Memory::new();
    drop(filled(&mut world, &disk));
    let other = Terminal { number: 5, ..world.settings.terminal };
    assert!(!audit(&disk, other, &world.public()).unwrap().is_sound());
}

fn export() -> (Vec<u8>, PublicKey, Report) {
    let mut world = World::new();
    let journal = filled(&mut world, &Memory::new());
    let bytes = journal.export(None, &now(9000), &world.key).unwrap();
    let report = verify(&bytes, &world.public());
    assert!(report.is_sound(), "{:?}", report.problems);
    assert_eq!((report.tip, report.counts.clone()), (Some(journal.tip()), journal.counts()));
    assert_eq!(report.passages, journal.passages());
    assert!(report.follows(&world.settings.terminal.genesis()));
    (bytes, world.public(), report)
}

#[test]
fn every_byte_of_an_export() {
    let (bytes, key, _) = export();
    for at in 0..bytes.len() {
        let mut bad = bytes.clone();
        bad[at] ^= 1 << (at % 8);
        assert!(!verify(&bad, &key).is_sound(), "byte {at}");
    }
    for cut in 0..bytes.len() {
        assert!(!verify(&bytes[..cut], &key).is_sound(), "cut at {cut}");
    }
    println!("COUNTED journal-export-bytes={}", 2 * bytes.len());
}

#[test]
fn every_stretch_of_an_export() {
    let (bytes, key, sound) = export();
    let (magic, stretches, head): (
        String,
        Vec<minicbor::bytes::ByteVec>,
        minicbor::bytes::ByteVec,
    ) = minicbor::decode(&bytes).unwrap();
    assert!(stretches.len() >= 3);
    let plain: Vec<Vec<u8>> = stretches.iter().map(|stretch| stretch.to_vec()).collect();
    for at in 0..plain.len() {
        for (how, stretches) in changed(&plain, at) {
            let sealed: Vec<_> =
                stretches.into_iter().map(minicbor::bytes::ByteVec::from).collect();
            let bad = minicbor::to_vec((&magic, sealed, &head)).unwrap();
            assert!(!verify(&bad, &key).is_sound(), "{how} of stretch {at}");
        }
    }
    // A head inside the chain is no head of an export, even where it speaks of the same end.
    let world = World::new();
    let disk = Memory::new();
    let mut journal = world.open(&disk);
    let _ = journal.sign(&now(5), &world.key).unwrap();
    let inner = records(&disk.files()[&segment::name(1)]).pop().unwrap();
    let crate::Entry::Head(inner) = crate::Record::from_bytes(&inner).unwrap().entry else {
        panic!("no head")
    };
    let none: Vec<minicbor::bytes::ByteVec> = Vec::new();
    let bad = minicbor::to_vec((&magic, none, minicbor::bytes::ByteVec::from(inner))).unwrap();
    assert!(verify(&bad, &key).problems.contains(&Problem::NoHead));
    assert!(sound.is_sound());
}

#[test]
fn the_wrong_key() {
    let (bytes, _, _) = export();
    let other = World::at(Terminal { side: permit_core::Side::A, number: 77 }).public();
    let report = verify(&bytes, &other);
    let forged = |problem: &&Problem| matches!(problem, Problem::Forged { .. });
    assert!(report.problems.iter().filter(forged).count() >= 3);
    assert_eq!(report.counts.records, 0, "nothing is read of what is not signed");
}

#[test]
fn exports_go_on_where_the_last_ended() {
    let mut world = World::new();
    let mut journal = filled(&mut world, &Memory::new());
    let first = verify(&journal.export(None, &now(9000), &world.key).unwrap(), &world.public());
    let last = first.tip.unwrap();
    let nothing = journal.export(Some(last.sequence), &now(9000), &world.key).unwrap();
    let nothing = verify(&nothing, &world.public());
    assert!(nothing.is_sound() && nothing.follows(&last) && nothing.tip == Some(last));
    let _ = world.cross(&mut journal, 50, OUT, &now(9001));
    let next = journal.export(Some(last.sequence), &now(9002), &world.key).unwrap();
    let next = verify(&next, &world.public());
    assert!(next.is_sound() && next.follows(&last), "{:?}", next.problems);
    assert_eq!(next.counts.records, 2);
    let mut both = first.passages;
    both.merge(&next.passages);
    assert_eq!(both, journal.passages());
}

/// A record changed in the middle is reported, not repaired, and the chain goes on in a new segment that
/// says so.
#[test]
fn damage_in_the_middle_is_stated_once() {
    let mut world = World::new();
    let disk = Memory::new();
    drop(filled(&mut world, &disk));
    let mut files = disk.files();
    let middle = files.values_mut().nth(1).unwrap();
    let at = middle.len() / 2;
    middle[at] ^= 0x40;
    let untouched = middle.clone();
    let disk = Memory::of(files.clone());
    let journal = world.open_at(&disk, 10_000);
    let condition = journal.condition().clone();
    assert_eq!((condition.damage.len(), condition.found.len()), (1, 1), "{condition:?}");
    assert_eq!(condition.damage[0].segment, 2);
    assert_eq!(journal.fault(), None, "what is recorded now is as durable as ever");
    drop(journal);
    assert_eq!(disk.files().len(), files.len() + 1);
    assert_eq!(disk.files().values().nth(1), Some(&untouched));
    let again = world.open_at(&disk, 10_001);
    assert_eq!((again.condition().damage.len(), again.condition().found.len()), (1, 0));
    drop(again);
    assert_eq!(disk.files().len(), files.len() + 1, "the same damage costs one segment");
    let report = audit(&disk, world.settings.terminal, &world.public()).unwrap();
    assert!(report.problems.contains(&Problem::Stated(condition.damage[0])));
    let export = world.open_at(&disk, 10_002).export(None, &now(10_003), &world.key).unwrap();
    let report = verify(&export, &world.public());
    assert!(report.problems.iter().any(|problem| matches!(problem, Problem::Broken { .. })));
}

/// A disk that is full at the start does not let the break go unnamed.
#[test]
fn damage_is_named_before_anything_else() {
    let mut world = World::new();
    let disk = Memory::new();
    drop(filled(&mut world, &disk));
    let mut files = disk.files();
    let middle = files.values_mut().nth(1).unwrap();
    let at = middle.len() / 2;
    middle[at] ^= 0x40;
    let disk = Memory::of(files);
    let (operation, how) = (crate::Operation::Append, crate::faults::How::Full);
    disk.fail(crate::faults::Fault { operation, at: 0, forever: true, how });
    let mut journal = world.open_at(&disk, 10_000);
    assert_eq!(journal.fault(), Some(permit_core::TerminalFault::Disk));
    disk.heal();
    let _ = world.cross(&mut journal, 40, OUT, &now(10_001));
    let damage = journal.condition().damage.clone();
    drop(journal);
    let last = disk.files().into_values().next_back().unwrap();
    let entries =
        records(&last).into_iter().map(|bytes| crate::Record::from_bytes(&bytes).unwrap());
    let said = entries.map(|record| record.entry).find_map(|entry| match entry {
        crate::Entry::Trouble(_) => None,
        other => Some(other),
    });
    let Some(crate::Entry::Started(started)) = said else { panic!("{said:?}") };
    assert_eq!(started.found, damage);
    assert_eq!(world.open_at(&disk, 10_002).condition().found, []);
}

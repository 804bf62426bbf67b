//! Damage is trouble until two officers start a new chain, and nothing that was cut off goes unnoticed.

use std::collections::BTreeMap;

use permit_core::{Distrust, Ledger, Now, Side, trust::PresenceList};

use super::world::{HOME, Kept, OUT, START, World, now, permit};
use crate::{
    AppendError, Harm, Journal, Problem, SignError, audit,
    faults::{Fault, How, Loss, Memory},
    frame,
    segment::{self, MARK},
    verify,
};

type Files = BTreeMap<String, Vec<u8>>;

/// Opens with heads kept in another memory.
fn open(world: &World, disk: &Memory, apart: &Memory, seconds: i64) -> Kept {
    let apart = Some((apart.clone(), world.public()));
    let mut journal =
        Journal::open_with(disk.clone(), apart, world.settings.clone(), &now(seconds)).unwrap();
    journal.full = world.full;
    journal
}

/// A few small segments, and the head of their end kept apart.
fn filled(world: &mut World) -> (Memory, Memory) {
    world.full = 900;
    let (disk, apart) = (Memory::new(), Memory::new());
    let mut journal = open(world, &disk, &apart, 0);
    for serial in 1..10 {
        let at = i64::from(serial) * 60;
        let _ = world.cross(&mut journal, serial, OUT, &now(at));
        let _ = world.cross(&mut journal, serial, HOME, &now(at + 30));
        journal.tend(&now(at + 31), serial.into(), &world.key).unwrap();
    }
    assert!(journal.condition().is_whole() && journal.gap().is_none());
    (disk, apart)
}

/// The places in a file where a record ends.
fn ends(file: &[u8]) -> Vec<usize> {
    let mut ends = vec![MARK.len()];
    while let Some((_, end)) = frame::read(file, ends[ends.len() - 1]) {
        ends.push(end);
    }
    ends
}

#[test]
fn row_12_every_cut_and_every_older_copy_is_found() {
    let mut world = World::new();
    let (disk, apart) = filled(&mut world);
    let files = disk.files();
    assert!(files.len() >= 3);
    let mut tried = 0;
    let mut found = |bad: Files, what: &str| {
        let (disk, apart) = (Memory::of(bad), Memory::of(apart.files()));
        for start in 0..3 {
            let mut journal = open(&world, &disk, &apart, 700 + start);
            assert!(journal.is_damaged(), "{what}, start {start}");
            journal.tend(&now(701 + start), 1, &world.key).unwrap();
            // It is still recorded.
            let _ = world.cross(&mut journal, 90, OUT, &now(702 + start));
        }
        tried += 1;
    };
    let segments: Vec<_> = files.keys().filter(|name| segment::number(name).is_some()).collect();
    // Cut off anywhere: all the later segments gone, and the last cut at every byte.
    for (place, name) in segments.iter().enumerate().rev() {
        let kept: Files = files
            .iter()
            .filter(|(other, _)| segments[..=place].contains(other))
            .map(|(name, bytes)| (name.clone(), bytes.clone()))
            .collect();
        let whole = files[*name].len();
        let cuts: Vec<usize> = match place + 1 == segments.len() {
            true => (0..whole).collect(),
            false => ends(&files[*name]),
        };
        for cut in cuts {
            let mut bad = kept.clone();
            bad.get_mut(*name).unwrap().truncate(cut);
            found(bad, &format!("{name} cut at {cut}"));
        }
    }
    found(Files::new(), "the folder is gone");
    // An older copy of all of it: as it was after each of the crossings.
    let (older, elsewhere) = (Memory::new(), Memory::new());
    let mut journal = open(&world, &older, &elsewhere, 0);
    for serial in 1..9 {
        let at = i64::from(serial) * 60;
        let _ = world.cross(&mut journal, serial, OUT, &now(at));
        found(older.files(), "an older copy");
        let _ = world.cross(&mut journal, serial, HOME, &now(at + 30));
        journal.tend(&now(at + 31), serial.into(), &world.key).unwrap();
    }
    // Another chain of the same length, by somebody without the head.
    let (other, elsewhere) = (Memory::new(), Memory::new());
    let mut journal = open(&world, &other, &elsewhere, 5);
    for serial in 1..12 {
        let _ = world.cross(&mut journal, serial, OUT, &now(i64::from(serial)));
        let _ = world.cross(&mut journal, serial, HOME, &now(i64::from(serial)));
        journal.tend(&now(700), serial.into(), &world.key).unwrap();
    }
    found(other.files(), "another chain");
    println!("COUNTED journal-cuts={tried}");
    assert!(!open(&world, &disk, &apart, 800).is_damaged(), "and what is whole is whole");
}

#[test]
fn row_12_one_copy_of_the_head_is_enough() {
    let mut world = World::new();
    let (disk, apart) = filled(&mut world);
    let heads = apart.files();
    assert_eq!(heads.len(), 2);
    for name in heads.keys() {
        for change in 0..3 {
            let mut bad = heads.clone();
            match change {
                0 => drop(bad.remove(name)),
                1 => bad.get_mut(name).unwrap()[60] ^= 1,
                _ => bad.get_mut(name).unwrap().clear(),
            }
            let apart = Memory::of(bad);
            let journal = open(&world, &Memory::of(disk.files()), &apart, 700);
            assert!(!journal.is_damaged(), "what is there is whole");
            drop(journal);
            assert!(open(&world, &Memory::new(), &apart, 700).is_damaged(), "{name} {change}");
        }
    }
    // Heads of another terminal, or by another key, say nothing.
    let other = World::at(crate::Terminal { side: Side::A, number: 9 });
    assert!(!open(&other, &Memory::new(), &Memory::of(heads), 700).is_damaged());
}

#[test]
fn a_power_cut_is_no_damage() {
    let mut world = World::new();
    let (disk, apart) = filled(&mut world);
    let (files, heads) = (disk.files(), apart.files());
    for operation in [crate::Operation::Append, crate::Operation::Sync, crate::Operation::Rename] {
        for at in 0..8 {
            for (how, loss) in [
                (How::Before, Loss::All),
                (How::During, Loss::Torn),
                (How::After, Loss::Reordered),
                (How::Error, Loss::None),
            ] {
                for on_heads in [false, true] {
                    let (disk, apart) = (Memory::of(files.clone()), Memory::of(heads.clone()));
                    let mut journal = open(&world, &disk, &apart, 700);
                    let which = if on_heads { &apart } else { &disk };
                    which.fail(Fault { operation, at, forever: false, how });
                    for serial in 20..24 {
                        let scanned = world.scanned(serial, OUT, crate::Colour::Green);
                        let at = now(700 + i64::from(serial));
                        if let Ok(scan) = journal.append(crate::Event::Scanned(scanned), &at) {
                            let decided = crate::Decided::automatic(scan.sequence());
                            let _ = journal.decided(decided, &at);
                        }
                        let _ = journal.tend(&at, serial.into(), &world.key);
                    }
                    drop(journal);
                    disk.power_cut(loss, 7);
                    apart.power_cut(loss, 7);
                    let journal = open(&world, &disk, &apart, 800);
                    let damage = &journal.condition().damage;
                    assert!(
                        !journal.is_damaged(),
                        "{operation:?} {at} {how:?} {on_heads}: {damage:?}"
                    );
                }
            }
        }
    }
}

/// The second segment with one byte of a record turned over.
fn flipped(world: &mut World) -> (Memory, Memory) {
    let (disk, apart) = filled(world);
    let mut files = disk.files();
    let middle = files.values_mut().nth(1).unwrap();
    let at = middle.len() / 2;
    middle[at] ^= 0x40;
    (Memory::of(files), apart)
}

#[test]
fn row_12_a_new_chain_takes_two_officers_and_a_clock() {
    let mut world = World::new();
    let (disk, apart) = flipped(&mut world);
    let mut journal = open(&world, &disk, &apart, 700);
    assert!(journal.is_damaged());
    let refused =
        |journal: &mut Kept, officers, now: &Now| match journal.renew(officers, now, &world.key) {
            Err(SignError::Append(why)) => why,
            other => panic!("{other:?}"),
        };
    assert!(matches!(refused(&mut journal, [7, 7], &now(701)), AppendError::OneOfficer));
    let doubted = Now::untrusted(Some(START), START, Distrust::Jumped);
    assert!(matches!(refused(&mut journal, [7, 8], &doubted), AppendError::NoTime));
    assert!(journal.is_damaged(), "still");
    for at in 0..10 {
        // The disk fails in the middle of it: then everything is as before.
        let (disk, apart) = (Memory::of(disk.files()), Memory::of(apart.files()));
        let mut journal = open(&world, &disk, &apart, 700);
        let (tip, counts) = (journal.tip(), journal.counts());
        for operation in
            [crate::Operation::Sync, crate::Operation::Append, crate::Operation::Create]
        {
            disk.fail(Fault { operation, at, forever: true, how: How::Error });
        }
        if journal.renew([7, 8], &now(701), &world.key).is_err() && journal.is_damaged() {
            assert_eq!((journal.tip(), journal.counts()), (tip, counts));
            disk.heal();
            let _ = world.cross(&mut journal, 40, OUT, &now(702));
            drop(journal);
            assert!(open(&world, &disk, &apart, 703).is_damaged(), "at {at}");
        }
    }
    let _ = journal.renew([7, 8], &now(701), &world.key).unwrap();
    assert!(!journal.is_damaged() && journal.epoch() == 1);
    assert!(matches!(refused(&mut journal, [7, 8], &now(702)), AppendError::NotDamaged));
}

#[test]
fn row_12_the_new_chain_carries_what_still_verifies() {
    let mut world = World::new();
    let (disk, apart) = flipped(&mut world);
    let mut journal = open(&world, &disk, &apart, 700);
    let before = verify(&journal.export(None, &now(700), &world.key).unwrap(), &world.public());
    assert!(!before.is_sound());
    let (known, old) = (journal.presence(&permit(1)), journal.tip());
    assert_eq!(known.unwrap().journeys, 1);
    let lost: Vec<_> = (1..10).filter(|it| journal.presence(&permit(*it)).is_none()).collect();
    let _ = journal.renew([7, 8], &now(701), &world.key).unwrap();
    let _ = world.cross(&mut journal, 50, OUT, &now(800));
    let undone = world.cross(&mut journal, 51, OUT, &now(800)).sequence();
    let _ = journal.undone(undone, 7, &now(801)).unwrap();
    journal.tend(&now(802), 1, &world.key).unwrap();
    let check = |journal: &Kept| {
        assert_eq!(journal.presence(&permit(1)), known, "carried");
        assert_eq!(journal.presence(&permit(50)).unwrap().journeys, 1);
        assert!(lost.iter().all(|it| journal.presence(&permit(*it)).is_none()));
        assert_eq!((journal.epoch(), journal.gap()), (1, Some(START.plus(701))));
        assert!(journal.tip().sequence > old.sequence + 1_000_000, "no number is used twice");
    };
    check(&journal);
    drop(journal);
    let journal = open(&world, &disk, &apart, 900);
    assert!(journal.condition().is_whole(), "{:?}", journal.condition());
    check(&journal);
    // The old files are evidence, and no part of the chain.
    assert!(disk.files().keys().any(|name| name.starts_with("old-")));
    let report = audit(&disk, world.settings.terminal, &world.public()).unwrap();
    assert!(report.is_sound(), "{:?}", report.problems);
    let export = journal.export(None, &now(901), &world.key).unwrap();
    let report = verify(&export, &world.public());
    assert!(report.is_sound() && report.renews(&before), "{:?}", report.problems);
    assert_eq!(report.epoch, Some(1));
    let renewed = report.renewed.unwrap();
    assert_eq!((renewed.first, renewed.second, renewed.before), (7, 8, old));
    assert!(matches!(renewed.found[0].what, Harm::Unreadable | Harm::Broken { .. }));
    let mut both = before.passages;
    both.merge(&report.passages);
    assert!(both.permits() > report.passages.permits(), "old and new have no number in common");
    let later = journal.export(report.tip.map(|tip| tip.sequence - 2), &now(902), &world.key);
    let later = verify(&later.unwrap(), &world.public());
    assert!(later.is_sound() && later.epoch == Some(1) && later.renewed.is_none());
    // The old chain put back under its old names is an older copy.
    let back: Files = disk
        .files()
        .into_iter()
        .filter_map(|(name, bytes)| Some((name.get(15..)?.to_owned(), bytes)))
        .filter(|(name, _)| segment::number(name).is_some())
        .collect();
    let put_back = open(&world, &Memory::of(back), &apart, 903);
    let behind = |it: &crate::Damage| matches!(it.what, Harm::Behind { epoch: 1, .. });
    assert!(put_back.condition().damage.iter().any(behind));
}

#[test]
fn row_12_what_may_be_lost_is_in_doubt_until_a_newer_list() {
    let mut world = World::new();
    let (disk, apart) = flipped(&mut world);
    let mut journal = open(&world, &disk, &apart, 700);
    let hear = |journal: &mut Kept, side: Side, seconds: i64| {
        let bytes = super::world::presence(side, START.plus(seconds)).leak();
        journal.hear(&PresenceList::decode(bytes).unwrap());
    };
    hear(&mut journal, Side::A, 100);
    let _ = journal.renew([7, 8], &now(701), &world.key).unwrap();
    assert!(journal.gap().is_some());
    for (side, seconds) in [(Side::B, 5000), (Side::A, 700), (Side::A, 701)] {
        hear(&mut journal, side, seconds);
        assert!(
            journal.gap().is_some(),
            "not newer, or not of the side that hears of this terminal"
        );
    }
    drop(journal);
    let mut journal = open(&world, &disk, &apart, 800);
    assert!(journal.gap().is_some(), "after a start too");
    hear(&mut journal, Side::A, 702);
    assert_eq!(journal.gap(), None);
}

#[test]
fn a_new_chain_is_pruned_like_any_other() {
    let mut world = World::new();
    let (disk, apart) = flipped(&mut world);
    let mut journal = open(&world, &disk, &apart, 700);
    let day = |day: i64| now(day * 86_400);
    assert_eq!(journal.prune(&day(400)).unwrap(), None, "what is damaged is evidence");
    let _ = journal.renew([7, 8], &now(701), &world.key).unwrap();
    for serial in 20..40 {
        let _ = world.cross(&mut journal, serial, OUT, &now(800));
    }
    for serial in 40..50 {
        let _ = world.cross(&mut journal, serial, OUT, &day(95));
    }
    assert!(journal.prune(&day(96)).unwrap().is_some());
    assert!(!disk.files().keys().any(|name| name.starts_with("old-")), "past its term too");
    let (gap, counts) = (journal.gap(), journal.counts());
    journal.tend(&day(96), 1, &world.key).unwrap();
    drop(journal);
    let journal = open(&world, &disk, &apart, 96 * 86_400);
    assert!(journal.condition().is_whole(), "{:?}", journal.condition());
    assert_eq!((journal.epoch(), journal.gap()), (1, gap), "known without its first record");
    assert_eq!(journal.counts().admitted, counts.admitted);
    let report = audit(&disk, world.settings.terminal, &world.public()).unwrap();
    assert!(report.is_sound() && report.epoch == Some(1), "{:?}", report.problems);
    // The day after, a new chain of the next number.
    let mut files = disk.files();
    let last = files.iter_mut().filter(|(name, _)| segment::number(name).is_some());
    let (_, bytes) = last.last().unwrap();
    bytes.truncate(20);
    drop(journal);
    let mut journal = open(&world, &Memory::of(files), &apart, 96 * 86_400);
    assert!(journal.is_damaged());
    let _ = journal.renew([9, 8], &day(97), &world.key).unwrap();
    assert_eq!(journal.epoch(), 2);
}

/// A record that somebody changed, with its checksum made good again, does not count.
#[test]
fn row_12_a_changed_record_does_not_count() {
    let mut world = World::new();
    let (disk, apart) = filled(&mut world);
    let files = disk.files();
    let name = segment::name(1);
    let places = ends(&files[&name]);
    let mut changed = 0;
    for pair in places.windows(2) {
        let (bytes, _) = frame::read(&files[&name], pair[0]).unwrap();
        let mut record = crate::Record::from_bytes(bytes).unwrap();
        let crate::Entry::Event(crate::Event::Scanned(scanned)) = &mut record.entry else {
            continue;
        };
        scanned.pseudonym = Some(world.settings.secrets.pseudonym(&permit(99)));
        let mut file = files[&name][..pair[0]].to_vec();
        frame::write(&mut file, &record.to_bytes());
        file.extend(&files[&name][pair[1]..]);
        let mut bad = files.clone();
        bad.insert(name.clone(), file);
        let journal = open(&world, &Memory::of(bad), &apart, 700);
        assert!(journal.is_damaged());
        assert_eq!(journal.presence(&permit(99)), None);
        changed += 1;
    }
    assert!(changed > 2);
    let sound = audit(&disk, world.settings.terminal, &world.public()).unwrap();
    assert!(!sound.problems.iter().any(|it| matches!(it, Problem::Broken { .. })));
}

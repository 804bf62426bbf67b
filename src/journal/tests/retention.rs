//! What is past its term is removed, and what is still needed of it is kept.

use permit_core::{Distrust, Ledger, Now};

use super::world::{HOME, OUT, START, World, last_day, now, permit};
use crate::{
    ClockEvent, Colour, Counts, Decided, Entry, Event, Harm, Pruned, Record, Tip, audit,
    faults::Memory, frame, segment, verify,
};

const DAY: i64 = 86_400;

/// Crosses with a permit whose last day is `days` after the usual one.
fn cross(
    world: &World,
    journal: &mut super::world::Kept,
    serial: u32,
    out: bool,
    day: i64,
    days: i32,
) {
    let mut scanned = world.scanned(serial, if out { OUT } else { HOME }, Colour::Green);
    scanned.through = Some(last_day().plus(days));
    let scan = journal.append(Event::Scanned(scanned), &now(day * DAY)).unwrap();
    let _ = journal.decided(Decided::automatic(scan.sequence()), &now(day * DAY)).unwrap();
}

#[test]
fn counters_stay_until_the_last_day_and_the_return() {
    let mut world = World::new();
    world.full = 1200;
    let disk = Memory::new();
    let mut journal = world.open(&disk);
    for (serial, day, days) in [(1, 0, 0), (2, 0, 0), (3, 1, 170)] {
        cross(&world, &mut journal, serial, true, day, days);
        if serial > 1 {
            cross(&world, &mut journal, serial, false, day + 1, days);
        }
    }
    let _ = journal.sign(&now(3 * DAY), &world.key).unwrap();
    for serial in 10..30 {
        cross(&world, &mut journal, serial, true, 60, 400);
    }
    let before = disk.files().len();
    assert_eq!(journal.prune(&now(80 * DAY)).unwrap(), None, "nothing is past its term");
    let counts = journal.counts();
    let removed = journal.prune(&now(120 * DAY)).unwrap().unwrap();
    assert!(removed.records > 8 && disk.files().len() < before);
    assert_eq!(journal.counts().admitted, counts.admitted, "counts are kept");
    let away = journal.presence(&permit(1)).unwrap();
    assert_eq!((away.journeys, away.outside_since), (1, Some(START)), "not yet home");
    assert_eq!(journal.presence(&permit(2)), None, "home, and past the last day");
    let valid = journal.known(&permit(3)).unwrap();
    assert_eq!((valid.presence.journeys, valid.stayed), (1, 2), "still valid");
    let _ = journal.sign(&now(120 * DAY), &world.key).unwrap();
    let tip = journal.tip();
    drop(journal);

    let report = audit(&disk, world.settings.terminal, &world.public()).unwrap();
    assert!(report.is_sound() && report.tip == Some(tip), "{:?}", report.problems);
    let mut journal = world.open_at(&disk, 120 * DAY);
    assert!(journal.condition().is_whole(), "{:?}", journal.condition());
    assert_eq!(journal.known(&permit(3)), Some(valid));
    assert_eq!(journal.presence(&permit(1)), Some(away));
    let export = journal.export(None, &now(120 * DAY), &world.key).unwrap();
    let report = verify(&export, &world.public());
    assert!(report.is_sound(), "{:?}", report.problems);
    assert!(report.before.unwrap().sequence >= removed.records);

    cross(&world, &mut journal, 1, false, 121, 0);
    assert_eq!(journal.known(&permit(1)).unwrap().stayed, 122);
    for serial in 40..60 {
        cross(&world, &mut journal, serial, true, 125, 400);
    }
    let removed = journal.prune(&now(240 * DAY)).unwrap().unwrap();
    assert!(removed.admitted > 20, "counts add up: {removed:?}");
    assert_eq!(journal.presence(&permit(1)), None, "home, and past the last day");
    assert_eq!(journal.presence(&permit(3)), None, "past its last day");
    assert_eq!(journal.presence(&permit(12)).unwrap().journeys, 1, "away, carried twice");
    drop(journal);
    let journal = world.open_at(&disk, 240 * DAY);
    assert!(journal.condition().is_whole(), "{:?}", journal.condition());
    assert_eq!(journal.presence(&permit(12)).unwrap().journeys, 1);
}

#[test]
fn a_clock_that_is_not_trusted_removes_nothing() {
    let mut world = World::new();
    world.full = 500;
    let mut journal = world.open(&Memory::new());
    for serial in 0..20 {
        cross(&world, &mut journal, serial, true, 0, 0);
    }
    let far = START.plus(4000 * DAY);
    let doubted = Now::untrusted(Some(far), START, Distrust::Jumped);
    assert_eq!(journal.prune(&doubted).unwrap(), None);
    assert_eq!(journal.prune(&Now::by_hand(far, START)).unwrap(), None);
}

/// One start in 2062, by a battery clock gone mad: the second start used to remove everything.
#[test]
fn row_09_nothing_is_removed_by_a_clock_alone() {
    let mut world = World::new();
    world.full = 500;
    let disk = Memory::new();
    let mut journal = world.open(&disk);
    for serial in 0..20 {
        cross(&world, &mut journal, serial, true, 0, 0);
    }
    let (files, known) = (disk.files(), journal.presence(&permit(3)));
    let floor = START.plus(-DAY);
    for days in [91, 120, 399, 13_000, 60_000] {
        let far = Now::read(Some(START.plus(days * DAY)), floor);
        assert_eq!(far.distrust(true), None, "believed, and still");
        for proven in [None, Some(floor), Some(START), Some(START.plus(82 * DAY))] {
            assert_eq!(journal.prune(&far.proven_by(proven)).unwrap(), None, "{days}");
        }
        // The counters of a permit that has not ended by the proven time are not dropped either.
        assert_eq!((disk.files(), journal.presence(&permit(3))), (files.clone(), known));
    }
    // What was proven to have come is enough, and so is two officers' word.
    let now = Now::read(Some(START.plus(98 * DAY)), floor);
    assert!(journal.prune(&now.proven_by(Some(START.plus(84 * DAY)))).unwrap().is_some());
}

#[test]
fn row_10_the_officers_word_outlives_the_record_of_it() {
    let mut world = World::new();
    world.full = 500;
    let disk = Memory::new();
    let mut journal = world.open(&disk);
    let overruled = [Some(START.plus(900 * DAY)), None, Some(START.plus(800 * DAY)), None];
    let why = Some(Distrust::BelowFloor);
    let word = ClockEvent::Confirmed { first: 7, second: 8, why, overruled };
    let _ = journal.append(Event::Clock(word), &now(0)).unwrap();
    let said = journal.confirmed().unwrap();
    assert_eq!(said.at, START);
    for serial in 0..20 {
        cross(&world, &mut journal, serial, true, 1, 0);
    }
    for day in [0, 100, 101] {
        if day == 100 {
            for serial in 0..20 {
                cross(&world, &mut journal, serial, true, 99, 0);
            }
            assert!(journal.prune(&now(100 * DAY)).unwrap().is_some());
        }
        drop(journal);
        journal = world.open_at(&disk, day * DAY);
        assert!(journal.condition().is_whole());
        let again = journal.confirmed().unwrap();
        let values =
            |word: permit_core::Confirmation| Vec::from_iter(word.overruled.into_iter().flatten());
        assert_eq!((again.at, values(again)), (said.at, values(said)));
    }
}

#[test]
fn what_was_not_said_to_be_removed_is_missing() {
    let mut world = World::new();
    world.full = 500;
    let disk = Memory::new();
    let mut journal = world.open(&disk);
    for serial in 0..20 {
        cross(&world, &mut journal, serial, true, 0, 0);
    }
    drop(journal);
    let mut files = disk.files();
    files.pop_first();
    let journal = world.open(&Memory::of(files));
    assert_eq!(journal.condition().damage[0].what, Harm::Missing);
}

/// Chores: heartbeats and heads at their times, by the monotonic clock alone.
#[test]
fn what_is_due() {
    let world = World::new();
    let disk = Memory::new();
    let mut journal = world.open(&disk);
    for up in 0..4 * 3600 {
        journal.tend(&now(0), up, &world.key).unwrap();
    }
    drop(journal);
    let report = audit(&disk, world.settings.terminal, &world.public()).unwrap();
    assert!(report.is_sound());
    assert_eq!((report.heads, report.counts.records), (4, 1 + 24 + 4));
}

/// A record that claims the whole chain was removed does not get it removed.
#[test]
fn a_forged_removal_removes_nothing() {
    let mut world = World::new();
    world.full = 500;
    let disk = Memory::new();
    let mut journal = world.open(&disk);
    for serial in 0..20 {
        cross(&world, &mut journal, serial, true, 0, 0);
    }
    let tip = journal.tip();
    drop(journal);
    for sequence in [tip.sequence, tip.sequence + 500, u64::MAX] {
        let mut files = disk.files();
        let ends = vec![Tip { sequence, ..tip }];
        let pruned =
            Pruned { ends, counts: Counts::default(), carried: 0, confirmed: None, renewed: None };
        let forged = Record {
            sequence: 7,
            previous: tip.hash,
            durable: 6,
            stamp: (&now(0)).into(),
            entry: Entry::Pruned(pruned),
        };
        let mut bytes = segment::MARK.to_vec();
        frame::write(&mut bytes, &forged.to_bytes());
        files.insert(segment::name(77), bytes);
        let forged = Memory::of(files.clone());
        let journal = world.open(&forged);
        assert!(!journal.condition().is_whole());
        drop(journal);
        let after = forged.files();
        assert!(files.iter().all(|(name, bytes)| after.get(name) == Some(bytes)), "{sequence}");
    }
}

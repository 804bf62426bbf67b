//! Admissions that an officer took back, and verdicts that nobody attended to.

use permit_core::{Distrust, Ledger, Now};

use super::world::{HOME, Kept, OUT, START, World, now, permit};
use crate::{
    AppendError, Colour, Decided, Durable, Event, Outcome, Passages, UNDO, audit, faults::Memory,
    verify,
};

const DAY: i64 = 86_400;

fn decided(scan: Option<u64>, outcome: Outcome) -> Decided {
    Decided { scan, outcome, officer: None, reason: None }
}

/// Why an admission cannot be undone.
fn why(journal: &mut Kept, decision: u64, seconds: i64) -> AppendError {
    journal.undone(decision, 7, &now(seconds)).unwrap_err()
}

#[test]
fn row_04_an_undone_admission_counts_nowhere() {
    let world = World::new();
    let disk = Memory::new();
    let mut journal = world.open(&disk);
    let _ = world.cross(&mut journal, 1, OUT, &now(0));
    let _ = world.cross(&mut journal, 1, HOME, &now(1800));
    let before = journal.known(&permit(1));
    assert_eq!(journal.away(), 0);
    let gone = world.cross(&mut journal, 1, OUT, &now(3600)).sequence();
    assert_eq!(journal.presence(&permit(1)).unwrap().journeys, 2);
    assert_eq!(journal.away(), 1);
    let undone = journal.undone(gone, 7, &now(3630)).unwrap();
    assert_eq!(undone.opening(), None, "nothing is opened by it");
    assert_eq!(journal.known(&permit(1)), before, "journeys, away since, the last passage");
    assert_eq!((journal.counts().admitted, journal.counts().undone), (3, 1));
    assert_eq!(journal.away(), 0);
    drop(journal);
    let journal = world.open_at(&disk, 3700);
    assert!(journal.condition().is_whole());
    assert_eq!(journal.known(&permit(1)), before, "the same after a start");
    assert_eq!((journal.counts().admitted, journal.counts().undone), (3, 1));
    let told = journal.passages();
    let real = told.iter().filter(|(_, crossed)| !crossed.void).count();
    assert_eq!((real, told.iter().count()), (2, 3));
    let report = audit(&disk, world.settings.terminal, &world.public()).unwrap();
    assert!(report.is_sound(), "{:?}", report.problems);
    assert_eq!(report.passages, told);
}

#[test]
fn row_04_only_the_last_admissions_once_and_in_time() {
    let world = World::new();
    let mut journal = world.open(&Memory::new());
    let scan = world.scan(&mut journal, 1, 0).sequence();
    let back = journal.decided(decided(Some(scan), Outcome::TurnedBack(31)), &now(0)).unwrap();
    let helped = journal.decided(decided(None, Outcome::Assisted), &now(0)).unwrap();
    for other in [back.sequence(), helped.sequence()] {
        assert!(matches!(why(&mut journal, other, 0), AppendError::NoAdmission { .. }));
    }
    for nothing in [scan, 0, 999] {
        assert!(matches!(why(&mut journal, nothing, 0), AppendError::UnknownDecision { .. }));
    }
    let first = world.cross(&mut journal, 2, OUT, &now(10)).sequence();
    let late = why(&mut journal, first, 11 + UNDO);
    assert!(matches!(late, AppendError::TooLate { .. }), "{late}");
    let _: Durable = journal.undone(first, 7, &now(10 + UNDO)).unwrap();
    let again = why(&mut journal, first, 12);
    assert!(matches!(again, AppendError::Undone { .. }), "{again}");
    let second = world.cross(&mut journal, 3, OUT, &now(20)).sequence();
    for serial in 0..64 {
        let _ = world.cross(&mut journal, 100 + serial, OUT, &now(21));
    }
    assert!(matches!(why(&mut journal, second, 22), AppendError::UnknownDecision { .. }));
    // Without a trusted clock both moments are the floor; the caller's own count of time bounds it then.
    let lost = Now::untrusted(None, START, Distrust::Missing);
    let third = world.cross(&mut journal, 4, OUT, &lost).sequence();
    let _: Durable = journal.undone(third, 7, &lost).unwrap();
    assert_eq!(journal.presence(&permit(4)).and_then(|it| it.last), None);
}

#[test]
fn row_04_a_later_export_takes_back_what_an_earlier_one_told() {
    let world = World::new();
    let mut journal = world.open(&Memory::new());
    let _ = world.cross(&mut journal, 1, OUT, &now(0));
    let gone = world.cross(&mut journal, 2, OUT, &now(60)).sequence();
    let shut = world.cross(&mut journal, 3, OUT, &now(70)).sequence();
    let export = |journal: &Kept, after, seconds| {
        let bytes = journal.export(after, &now(seconds), &world.key).unwrap();
        let report = verify(&bytes, &world.public());
        assert!(report.is_sound(), "{:?}", report.problems);
        report
    };
    let first = export(&journal, None, 80);
    let away = |passages: &Passages, serial| {
        let pseudonym = world.settings.secrets.pseudonym(&permit(serial));
        passages.tally(&pseudonym).unwrap().presence.journeys
    };
    assert_eq!(away(&first.passages, 2), 1, "told as if it had been");
    let _ = journal.undone(gone, 7, &now(90)).unwrap();
    let _ = journal.gate(shut, false, &now(91)).unwrap();
    let later = export(&journal, first.tip.map(|tip| tip.sequence), 100);
    let whole = export(&journal, None, 101);
    for (serial, journeys) in [(1, 1), (2, 0), (3, 0)] {
        assert_eq!(away(&whole.passages, serial), journeys, "{serial}");
    }
    let parts = [&first.passages, &later.passages, &whole.passages];
    for order in [[0, 1, 1], [1, 0, 1], [1, 0, 2], [2, 1, 0], [0, 2, 1], [1, 2, 0], [1, 1, 0]] {
        let mut merged = Passages::default();
        order.iter().for_each(|part| merged.merge(parts[*part]));
        assert_eq!(merged, journal.passages(), "{order:?}");
    }
    // Another terminal that was told both, in either order.
    for order in [[0, 1], [1, 0]] {
        let whose = crate::Terminal { number: 9, ..world.settings.terminal };
        let mut other = World::at(whose).open(&Memory::new());
        order.iter().for_each(|part| other.merge(parts[*part]));
        assert_eq!(other.presence(&permit(1)).unwrap().journeys, 1);
        assert_eq!(other.presence(&permit(2)).unwrap().journeys, 0);
        assert_eq!(other.presence(&permit(3)).unwrap().journeys, 0);
    }
}

#[test]
fn row_04_what_was_undone_is_not_carried_over() {
    let mut world = World::new();
    world.full = 600;
    let disk = Memory::new();
    let mut journal = world.open(&disk);
    for day in 0..3 {
        let turn = world.cross(&mut journal, 1, OUT, &now(day * DAY)).sequence();
        if day == 1 {
            let _ = journal.undone(turn, 7, &now(day * DAY + 20)).unwrap();
        } else {
            let _ = world.cross(&mut journal, 1, HOME, &now(day * DAY + 3600));
        }
    }
    for serial in 10..30 {
        let _ = world.cross(&mut journal, serial, OUT, &now(20 * DAY));
    }
    let known = journal.known(&permit(1));
    assert_eq!(known.unwrap().presence.journeys, 2);
    assert_eq!(journal.counts().undone, 1);
    // The permit's last day is the thirtieth: its counter is carried.
    journal.settings.term = 5;
    let removed = journal.prune(&now(26 * DAY)).unwrap().unwrap();
    assert_eq!(removed.undone, 1, "{removed:?}");
    assert_eq!(journal.known(&permit(1)), known);
    drop(journal);
    let journal = world.open_at(&disk, 26 * DAY);
    assert!(journal.condition().is_whole());
    assert_eq!(journal.known(&permit(1)), known);
    assert_eq!(journal.counts().undone, 1);
}

#[test]
fn row_04_a_verdict_nobody_attended_to_counts_nothing() {
    let world = World::new();
    let disk = Memory::new();
    let mut journal = world.open(&disk);
    for (serial, colour) in [(1, Colour::Green), (2, Colour::Red), (3, Colour::Amber)] {
        let scan = world.scan_as(&mut journal, serial, colour, 0).sequence();
        let left = journal.decided(decided(Some(scan), Outcome::NotDecided), &now(300)).unwrap();
        let sequence = left.sequence();
        assert_eq!(left.opening(), None);
        assert_eq!(journal.presence(&permit(serial)), None);
        let gate = journal.append(Event::Gate { decision: sequence, turned: true }, &now(300));
        assert!(matches!(gate, Err(AppendError::UnknownDecision { .. })), "no gate answers for it");
        assert!(matches!(why(&mut journal, sequence, 300), AppendError::UnknownDecision { .. }));
    }
    let none = journal.decided(decided(None, Outcome::NotDecided), &now(300));
    assert!(matches!(none, Err(AppendError::NoScan)));
    drop(journal);
    let journal = world.open(&disk);
    let counts = journal.counts();
    assert_eq!((counts.admitted, counts.turned_back, counts.assisted), (0, 0, 0));
    assert_eq!((counts.not_decided, counts.undone), (3, 0));
    assert_eq!(journal.passages().iter().count(), 0);
}

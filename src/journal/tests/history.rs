//! What is known of a permit: journeys, days, and an oracle for any history.

use permit_core::{Checkpoint, Day, Direction, Distrust, Ledger, Now, Passage, Side, UnixTime};
use proptest::prelude::*;

use super::world::{HOME, Kept, OUT, START, World, cases, now, permit};
use crate::{Colour, Decided, Event, Outcome, Secret, Secrets, Stamp, Tally, days, faults::Memory};

const HOUR: i64 = 3600;
/// The other side's part of the way out.
const IN: Checkpoint = Checkpoint { side: Side::B, direction: Direction::Entry, ..OUT };
/// And of the way home.
const BACK: Checkpoint = Checkpoint { side: Side::B, direction: Direction::Exit, ..OUT };

fn utc(year: i32, month: u8, day: u8, hour: i64) -> UnixTime {
    Day::from_civil(year, month, day).unwrap().begins(0).plus(hour * HOUR)
}

fn certain(at: UnixTime) -> Now {
    Now::read(Some(at), UnixTime(i64::MIN))
}

#[test]
fn out_and_in_within_twelve_hours_are_one_journey() {
    for (second, crossing, journeys) in
        [(0, 3, 1), (12 * HOUR, 3, 1), (12 * HOUR + 1, 3, 2), (HOUR, 4, 2)]
    {
        let world = World::new();
        let mut journal = world.open(&Memory::new());
        let _ = world.cross(&mut journal, 1, OUT, &now(0));
        let _ = world.cross(&mut journal, 1, Checkpoint { crossing, ..IN }, &now(second));
        let known = journal.presence(&permit(1)).unwrap();
        assert_eq!(known.journeys, journeys, "{second} s later at crossing {crossing}");
        let since = if journeys == 1 { 0 } else { second };
        assert_eq!(known.outside_since, Some(START.plus(since)));
        let _ = world.cross(&mut journal, 1, Checkpoint { crossing, ..BACK }, &now(20 * HOUR));
        let _ = world.cross(&mut journal, 1, Checkpoint { crossing, ..HOME }, &now(21 * HOUR));
        let known = journal.presence(&permit(1)).unwrap();
        assert_eq!((known.journeys, known.outside_since), (journeys, None), "home");
    }
}

#[test]
fn every_copy_of_a_permit_is_one_permit() {
    let world = World::new();
    let mut journal = world.open(&Memory::new());
    let _ = world.cross(&mut journal, 1, OUT, &now(0));
    let reprint = permit_core::PermitId { copy: 2, ..permit(1) };
    assert_eq!(journal.presence(&reprint), journal.presence(&permit(1)));
}

/// The day of leaving and the day of return both count, by the crossing's own midnight.
#[test]
fn stays_across_midnight_at_the_crossing() {
    // 2026-03-01 15:50 and 16:10 UTC: before and after midnight at UTC+8, one day at UTC.
    let (before, after) = (utc(2026, 3, 1, 15).plus(50 * 60), utc(2026, 3, 1, 16).plus(10 * 60));
    assert_eq!((days(before, after, 480), days(before, after, 0)), (2, 1));
    assert_eq!(days(after, after.plus(24 * HOUR), 480), 2);
    // Over a leap day, and over the end of February in a year without one.
    assert_eq!(days(utc(2028, 2, 28, 12), utc(2028, 3, 1, 12), 480), 3);
    assert_eq!(days(utc(2027, 2, 28, 12), utc(2027, 3, 1, 12), 480), 2);
    // Back before leaving, by a clock that was set back: no days.
    assert_eq!(days(after, utc(2026, 2, 20, 0), 480), 0);
    let world = World::new();
    let mut journal = world.open(&Memory::new());
    let _ = world.cross(&mut journal, 1, OUT, &certain(before));
    let _ = world.cross(&mut journal, 1, HOME, &certain(after));
    assert_eq!(journal.known(&permit(1)).unwrap().stayed, 2, "midnight passed");
    let _ = world.cross(&mut journal, 1, OUT, &certain(utc(2028, 2, 28, 20)));
    let _ = world.cross(&mut journal, 1, HOME, &certain(utc(2028, 2, 29, 20)));
    let known = journal.known(&permit(1)).unwrap();
    assert_eq!((known.stayed, known.presence.journeys), (4, 2), "the leap day is a day");
}

/// Times are what the clock said; order is the chain's.
#[test]
fn a_clock_set_back_does_not_turn_the_chain_around() {
    let world = World::new();
    let disk = Memory::new();
    let mut journal = world.open(&disk);
    let _ = world.cross(&mut journal, 1, OUT, &now(0));
    // 1970 by its own account: not trusted, the earliest it can be is the floor.
    let floor = START.plus(-400 * 86_400);
    let lost = Now::untrusted(Some(UnixTime(0)), floor, Distrust::BelowFloor);
    let _ = world.cross(&mut journal, 1, HOME, &lost);
    assert_eq!(journal.floor(), Some(START), "only a trusted clock raises the floor");
    let known = journal.known(&permit(1)).unwrap().presence;
    assert_eq!((known.journeys, known.outside_since), (1, None), "home came last");
    assert_eq!(known.last, Some(Passage { checkpoint: HOME, at: floor }));
    let _ = world.cross(&mut journal, 1, OUT, &now(-5000));
    let known = journal.known(&permit(1)).unwrap().presence;
    assert_eq!((known.journeys, known.outside_since), (2, Some(START.plus(-5000))));
    drop(journal);
    assert_eq!(world.open(&disk).known(&permit(1)).unwrap().presence, known);
    let stamp = Stamp::from(&lost);
    assert_eq!(stamp, Stamp::Untrusted { clock: Some(UnixTime(0)), earliest: floor });
    for odd in
        [UnixTime(0), UnixTime(i64::from(i32::MAX) + 1), utc(2000, 1, 1, 0), utc(2028, 2, 29, 23)]
    {
        let _ = world.cross(&mut world.open(&disk), 2, OUT, &certain(odd));
    }
    assert_eq!(world.open(&disk).presence(&permit(2)).unwrap().journeys, 4);
}

#[test]
fn the_secret_is_replaced() {
    let mut world = World::new();
    let disk = Memory::new();
    let old = Secret::new([7; 32]);
    let mut journal = world.open(&disk);
    let _ = world.cross(&mut journal, 1, OUT, &now(0));
    let _ = world.cross(&mut journal, 1, HOME, &now(HOUR));
    let _ = world.cross(&mut journal, 1, OUT, &now(2 * HOUR));
    drop(journal);
    world.settings.secrets = Secrets::new(Secret::new([8; 32]), Some(old));
    let mut journal = world.open(&disk);
    assert_eq!(journal.presence(&permit(1)).unwrap().journeys, 2, "known under the old one");
    let _ = world.cross(&mut journal, 1, HOME, &now(3 * HOUR));
    let _ = world.cross(&mut journal, 1, OUT, &now(4 * HOUR));
    let known = journal.presence(&permit(1)).unwrap();
    assert_eq!((known.journeys, known.outside_since), (3, Some(START.plus(4 * HOUR))));
    assert_eq!(journal.passages().permits(), 2, "written under two pseudonyms");
    drop(journal);
    world.settings.secrets = Secrets::new(Secret::new([8; 32]), None);
    let journal = world.open(&disk);
    assert_eq!(journal.presence(&permit(1)).unwrap().journeys, 1, "the old one is forgotten");
}

#[test]
fn very_many_passages_become_a_counter() {
    let world = World::new();
    let disk = Memory::new();
    let mut journal = world.open(&disk);
    for turn in 0..1500 {
        let _ = world.cross(&mut journal, 1, OUT, &now(turn * 200));
        let _ = world.cross(&mut journal, 1, HOME, &now(turn * 200 + 100));
    }
    let known = journal.known(&permit(1));
    assert_eq!(known.unwrap().presence.journeys, 1500);
    let kept = journal.passages().iter().count();
    assert!(kept <= 512, "{kept}");
    drop(journal);
    assert_eq!(world.open(&disk).known(&permit(1)), known);
}

/// One thing that happens at a gate.
#[derive(Clone, Debug)]
struct Turn {
    permit: u32,
    checkpoint: Checkpoint,
    outcome: Outcome,
    turned: bool,
    undone: bool,
    /// Seconds since the one before, or before it.
    later: i64,
    trusted: bool,
    restart: bool,
}

fn turn() -> impl Strategy<Value = Turn> {
    let place = (2u16..4, any::<bool>(), any::<bool>()).prop_map(|(crossing, side, exit)| {
        let side = if side { Side::A } else { Side::B };
        let direction = if exit { Direction::Exit } else { Direction::Entry };
        Checkpoint { crossing, side, direction }
    });
    let outcome = prop_oneof![
        6 => Just(Outcome::Admitted),
        1 => Just(Outcome::TurnedBack(31)),
        1 => Just(Outcome::Assisted),
    ];
    let rest = (-HOUR..20 * HOUR, prop::bool::weighted(0.9), prop::bool::weighted(0.1));
    let gate = (prop::bool::weighted(0.9), prop::bool::weighted(0.1));
    (1u32..4, place, outcome, gate, rest).prop_map(
        |(permit, checkpoint, outcome, (turned, undone), (later, trusted, restart))| Turn {
            permit,
            checkpoint,
            outcome,
            turned,
            undone,
            later,
            trusted,
            restart,
        },
    )
}

/// Everything about one permit, asked afresh of the whole history.
fn oracle(past: &[(u32, Passage)], permit: u32) -> Option<Tally> {
    let mine: Vec<_> = past.iter().filter(|(who, _)| *who == permit).map(|(_, it)| *it).collect();
    let last = *mine.last()?;
    let home = |it: &Passage| it.checkpoint.journey(Side::A) == permit_core::Journey::Homeward;
    let is_away = |at: usize| at > 0 && !home(&mine[at - 1]);
    let second_half = |at: usize| at > 0 && mine[at - 1].is_continued_by(&mine[at]) && is_away(at);
    let leaves = |at: &usize| !home(&mine[*at]) && !second_half(*at);
    let left = |until: usize| (0..until).rev().find(leaves).map(|at| mine[at].at);
    let returns = (0..mine.len()).filter(|at| home(&mine[*at]) && is_away(*at));
    let stayed = returns.map(|at| days(left(at).unwrap(), mine[at].at, 480)).sum();
    let journeys = u32::try_from((0..mine.len()).filter(leaves).count()).unwrap();
    let outside_since = if home(&last) { None } else { left(mine.len()) };
    let presence = permit_core::Presence { journeys, outside_since, last: Some(last) };
    Some(Tally { presence, stayed })
}

fn play(world: &World, journal: &mut Kept, turn: &Turn, now: &Now) {
    let scanned = world.scanned(turn.permit, turn.checkpoint, Colour::Green);
    let scan = journal.append(Event::Scanned(scanned), now).unwrap().sequence();
    let decided = Decided { outcome: turn.outcome, ..Decided::automatic(scan) };
    let decision = journal.decided(decided, now).unwrap().sequence();
    let _ = journal.gate(decision, turn.turned, now).unwrap();
    if turn.undone {
        let done = journal.undone(decision, 7, now);
        assert_eq!(done.is_ok(), turn.outcome == Outcome::Admitted);
    }
}

proptest! {
    #![proptest_config(cases(128))]
    #[test]
    fn the_index_is_what_the_oracle_says(turns in prop::collection::vec(turn(), 1..60)) {
        let mut world = World::new();
        world.full = 2000;
        let disk = Memory::new();
        let mut journal = world.open(&disk);
        let (mut past, mut time, floor) = (Vec::new(), 0, START.plus(-HOUR));
        for turn in &turns {
            time += turn.later;
            let at = START.plus(time);
            let now = if turn.trusted {
                Now::read(Some(at), at)
            } else {
                Now::untrusted(Some(at), floor, Distrust::Jumped)
            };
            play(&world, &mut journal, turn, &now);
            if turn.outcome == Outcome::Admitted && turn.turned && !turn.undone {
                let at = if turn.trusted { at } else { floor };
                past.push((turn.permit, Passage { checkpoint: turn.checkpoint, at }));
            }
            if turn.restart {
                drop(journal);
                journal = world.open(&disk);
            }
            for serial in 1..4 {
                // A permit whose only passage did not take place is known, with nothing to its name.
                let known = journal.known(&permit(serial)).filter(|it| it.presence.last.is_some());
                prop_assert_eq!(known, oracle(&past, serial));
            }
        }
    }
}

//! Sets of passages, told in any order and as often as one likes.

use permit_core::{Checkpoint, Direction, Passage, Side, UnixTime};
use proptest::prelude::*;

use super::world::{HOME, OUT, START, World, cases, now, permit};
use crate::{Clash, Crossed, Passages, Pseudonym, Terminal, faults::Memory};

const APART: i64 = 3 * 60 * 60;
const DAY: i64 = 86_400;

fn at(crossing: u16, side: Side, direction: Direction, seconds: i64) -> Passage {
    Passage { checkpoint: Checkpoint { crossing, side, direction }, at: START.plus(seconds) }
}

fn crossed(passage: Passage, sequence: u64) -> Crossed {
    let Checkpoint { crossing, side, .. } = passage.checkpoint;
    let terminal = Terminal { side, number: crossing };
    Crossed { origin: Some((terminal, sequence)), passage, home: Side::A, offset: 0, void: false }
}

/// An honest holder's journeys: out by one crossing, home by another, each seen by one or both sides.
fn honest(plan: &[(u16, u16, bool, bool, i64)]) -> Vec<Crossed> {
    let mut all = Vec::new();
    let mut time = 0;
    for &(out, home, here, there, away) in plan {
        let mut see = |passage| all.push(crossed(passage, 1 + all.len() as u64));
        see(at(out, Side::A, Direction::Exit, time));
        if there {
            see(at(out, Side::B, Direction::Entry, time + 1800));
        }
        time += DAY + away;
        if there || !here {
            see(at(home, Side::B, Direction::Exit, time));
        }
        if here {
            see(at(home, Side::A, Direction::Entry, time + 1800));
        }
        time += 2 * DAY;
    }
    all
}

/// Numbers the passages as their terminals would have.
fn number(all: &mut [Crossed]) {
    all.sort_by_key(|it| it.passage.at);
    for (sequence, it) in (1..).zip(all) {
        it.origin = it.origin.map(|(terminal, _)| (terminal, sequence));
    }
}

fn plan() -> impl Strategy<Value = Vec<(u16, u16, bool, bool, i64)>> {
    let journey = (1u16..4, 1u16..4, any::<bool>(), any::<bool>(), 0..5 * DAY);
    prop::collection::vec(journey, 1..6)
}

/// Anything at all, with clocks that jump.
fn wild() -> impl Strategy<Value = Vec<(u8, Crossed)>> {
    let one = (0u8..4, 0u16..4, any::<bool>(), any::<bool>(), -DAY..DAY, any::<bool>(), 0u8..10);
    prop::collection::vec(one, 0..40).prop_map(|all| {
        let place = |(sequence, (permit, crossing, side, exit, time, home, void))| {
            let side = if side { Side::A } else { Side::B };
            let direction = if exit { Direction::Exit } else { Direction::Entry };
            let home = if home { Side::A } else { Side::B };
            let crossed = crossed(at(crossing, side, direction, time), sequence);
            (permit % 3, Crossed { home, void: void == 0, ..crossed })
        };
        (1..).zip(all).map(place).collect()
    })
}

fn set(all: &[(u8, Crossed)]) -> Passages {
    let mut set = Passages::default();
    for (permit, crossed) in all {
        set.insert(Pseudonym([*permit; 16]), *crossed);
    }
    set
}

/// When a passage counts: no earlier than any before it in its own chain.
fn counts_from(all: &[Crossed], one: &Crossed) -> UnixTime {
    let (terminal, sequence) = one.origin.unwrap();
    let before = |other: &&Crossed| {
        let (who, at) = other.origin.unwrap();
        who == terminal && at <= sequence
    };
    all.iter().filter(before).map(|other| other.passage.at).max().unwrap()
}

/// Double use, by asking of every pair whether anything lies between.
fn oracle(all: &[(u8, Crossed)]) -> Vec<(u8, Crossed, Crossed, Clash)> {
    let mut found = Vec::new();
    for permit in 0..3 {
        let mine: Vec<_> =
            all.iter().filter(|(who, _)| *who == permit).map(|(_, it)| *it).collect();
        let key = |it: &Crossed| (counts_from(&mine, it), it.origin.unwrap());
        let real = || mine.iter().filter(|it| !it.void);
        for one in real() {
            for two in real() {
                let between = |it: &Crossed| key(it) > key(one) && key(it) < key(two);
                if key(one) >= key(two) || real().any(between) {
                    continue;
                }
                let (first, second) = (one.passage.checkpoint, two.passage.checkpoint);
                let same_way = first.journey(one.home) == second.journey(two.home);
                let seconds = two.passage.at.0 - one.passage.at.0;
                let halves = first.crossing == second.crossing
                    && first.side != second.side
                    && first.direction == Direction::Exit
                    && second.direction == Direction::Entry
                    && (0..=43_200).contains(&seconds);
                if same_way && !halves {
                    found.push((permit, *one, *two, Clash::SameWay));
                } else if first.crossing != second.crossing && seconds.abs() < APART {
                    found.push((permit, *one, *two, Clash::Elsewhere));
                }
            }
        }
    }
    found
}

fn conflicts(set: &Passages) -> Vec<(u8, Crossed, Crossed, Clash)> {
    let plain = |it: crate::Conflict| (it.pseudonym.0[0], it.first, it.second, it.clash);
    let mut all: Vec<_> = set.conflicts(APART).into_iter().map(plain).collect();
    all.sort_by_key(|(permit, first, ..)| (*permit, first.origin));
    all
}

proptest! {
    #![proptest_config(cases(256))]
    #[test]
    fn merging_is_commutative_associative_and_idempotent(
        all in wild(),
        cuts in prop::collection::vec(0usize..4, 40),
        order in Just((0..4usize).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let parts: Vec<Vec<_>> = (0..4)
            .map(|part| {
                let of = |at: &usize| cuts[*at] == part || cuts[*at] == part + 1;
                (0..all.len()).filter(of).map(|at| all[at]).collect()
            })
            .collect();
        let told: Vec<_> = all.iter().zip(&cuts).map(|(one, _)| *one).collect();
        let whole = set(&told);
        let mut merged = Passages::default();
        for part in order.iter().chain(&order) {
            merged.merge(&set(&parts[*part]));
        }
        let mut backwards = Passages::default();
        for part in order.iter().rev() {
            let mut pair = set(&parts[*part]);
            pair.merge(&backwards);
            backwards = pair;
        }
        prop_assert_eq!(&merged, &backwards);
        prop_assert_eq!(&merged, &whole);
        // Told as if they had taken place, and taken back by somebody else.
        let mut late = Passages::default();
        for part in &order {
            let as_if = parts[*part].iter().map(|(who, it)| (*who, Crossed { void: false, ..*it }));
            late.merge(&set(&as_if.collect::<Vec<_>>()));
            let mut back = Passages::default();
            let void = parts[order[*part]].iter().filter(|(_, it)| it.void);
            void.for_each(|(_, it)| back.void(it.origin.unwrap()));
            late.merge(&back);
        }
        prop_assert_eq!(&late, &whole);
        prop_assert_eq!(conflicts(&merged), conflicts(&backwards));
        for (pseudonym, tally) in whole.tallies() {
            prop_assert_eq!(merged.tally(&pseudonym), Some(tally));
        }
    }

    #[test]
    fn double_use_is_what_the_oracle_says(all in wild()) {
        let mut expected = oracle(&all);
        expected.sort_by_key(|(permit, first, ..)| (*permit, first.origin));
        prop_assert_eq!(conflicts(&set(&all)), expected);
    }

    #[test]
    fn an_honest_holder_is_never_in_conflict_and_a_copy_always_is(
        plan in plan(),
        which in any::<prop::sample::Index>(),
        crossing in 1u16..4,
        seed in any::<u64>(),
    ) {
        let mut all = honest(&plan);
        let one = |all: &[Crossed]| set(&all.iter().map(|it| (0, *it)).collect::<Vec<_>>());
        prop_assert_eq!(one(&all).conflicts(APART), vec![]);
        let journeys = one(&all).tally(&Pseudonym([0; 16])).unwrap();
        prop_assert_eq!(journeys.presence.journeys as usize, plan.len());
        prop_assert_eq!(journeys.presence.outside_since, None);
        // While the holder is away, a copy goes out.
        let starts: Vec<_> = all
            .iter()
            .filter(|it| it.passage.checkpoint.side == Side::A)
            .filter(|it| it.passage.checkpoint.direction == Direction::Exit)
            .map(|it| it.passage.at.since(START))
            .collect();
        let start = starts[which.index(starts.len())];
        let copy = at(crossing, Side::A, Direction::Exit, start + 20 * 3600);
        all.push(crossed(copy, 0));
        number(&mut all);
        let turn = usize::try_from(seed % all.len() as u64).unwrap();
        all.rotate_left(turn);
        prop_assert!(!one(&all).conflicts(APART).is_empty());
    }
}

#[test]
fn r19_both_halves_of_one_way_home_end_the_same_stay() {
    // Out on a day, home two days later over both checkpoints; then home once more, since when nobody knows.
    let mut all = vec![
        crossed(at(1, Side::A, Direction::Exit, 0), 1),
        crossed(at(1, Side::B, Direction::Entry, 1800), 1),
        crossed(at(2, Side::B, Direction::Exit, 2 * DAY), 2),
        crossed(at(2, Side::A, Direction::Entry, 2 * DAY + 1800), 2),
        crossed(at(2, Side::A, Direction::Entry, 5 * DAY), 3),
    ];
    let stays = |all: &[Crossed]| -> Vec<_> {
        let set = set(&all.iter().map(|it| (0, *it)).collect::<Vec<_>>());
        set.returns().map(|(it, days)| (it.passage.checkpoint.side, days)).collect()
    };
    assert_eq!(stays(&all), [(Side::B, Some(3)), (Side::A, Some(3)), (Side::A, None)]);
    all.reverse();
    assert_eq!(stays(&all), [(Side::B, Some(3)), (Side::A, Some(3)), (Side::A, None)]);
    // Nobody went home by the first of them: the second ends the stay.
    all[2].void = true;
    assert_eq!(stays(&all), [(Side::A, Some(3)), (Side::A, None)]);
}

#[test]
fn two_terminals_and_a_list_meet() {
    let here = World::new();
    let mut beyond = World::at(Terminal { side: Side::B, number: 9 });
    beyond.settings.secrets = here.settings.secrets.clone();
    let (disk, other) = (Memory::new(), Memory::new());
    let (mut journal, mut second) = (here.open(&disk), beyond.open(&other));
    let _ = here.cross(&mut journal, 7, OUT, &now(0));
    let entry = Checkpoint { side: Side::B, direction: Direction::Entry, ..OUT };
    let _ = beyond.cross(&mut second, 7, entry, &now(1800));
    let _ = beyond.cross(&mut second, 8, entry, &now(1900));
    for _ in 0..3 {
        journal.merge(&second.passages());
        second.merge(&journal.passages());
    }
    for known in [journal.known(&permit(7)).unwrap(), second.known(&permit(7)).unwrap()] {
        assert_eq!(known.presence.journeys, 1, "out and in are one journey");
        assert_eq!(known.presence.outside_since, Some(START));
        assert_eq!(known.presence.last.unwrap().checkpoint, entry);
    }
    assert_eq!(journal.known(&permit(8)).unwrap().presence.journeys, 1);
    assert_eq!(journal.passages().permits(), 1, "what was told is not told on");
    // Home again here: the other side has not heard, this one knows.
    let _ = here.cross(&mut journal, 7, HOME, &now(DAY));
    let known = journal.known(&permit(7)).unwrap();
    assert_eq!((known.presence.outside_since, known.stayed), (None, 2));
}

//! Attacks on what reports tell: by sums and differences, by whole numbers, with what stations tell themselves.

use permit_core::{Day, UnixTime};
use permit_record::{Count, Outcome, Return};
use proptest::prelude::*;

use super::{
    Applications, Passages, Told,
    applications::applications,
    passages::{ENTRY, EXIT, Was, bounds},
};
use crate::told::cells::{is_small, tests::fits};

/// Everything that is known, as sums of atoms.
#[derive(Default)]
struct Known(Vec<(Vec<usize>, u32)>);

impl Known {
    fn told(&mut self, sum: impl IntoIterator<Item = usize>, told: Told) {
        self.0.extend(told.map(|number| (sum.into_iter().collect(), number)));
    }

    /// Every small number among the sums may still be any of 1 to 4.
    fn tells_nothing_of(&self, atoms: &[u32], sums: &[Vec<usize>]) {
        let most = atoms.iter().max().copied().unwrap_or_default() + 5;
        for sum in sums {
            let value: u32 = sum.iter().map(|atom| atoms[*atom]).sum();
            for other in (1..5).filter(|_| is_small(value)) {
                let mut all = self.0.clone();
                all.push((sum.clone(), other));
                assert!(fits(atoms.len(), most, &all), "{sum:?} of {atoms:?} is not {other}");
            }
        }
    }
}

/// What an atom of applications is: its station, class, region and ground, so that each sum goes over several.
const APPLIED: [(u16, u8, u16, u8); 6] = [
    (101, 0, 1, 0),
    (101, 0, 2, 1),
    (101, 1, 1, 1),
    (102, 0, 1, 1),
    (102, 1, 2, 0),
    (102, 1, 3, 1),
];

fn returned(station: u16, of: Outcome, numbers: &[u32]) -> (u16, Option<Return>) {
    let day = Day::from_civil(1963, 9, 2).unwrap();
    let own =
        APPLIED.into_iter().zip(numbers).filter(|(it, number)| it.0 == station && **number > 0);
    let count = |((_, class, region, ground), number): ((u16, u8, u16, u8), &u32)| Count {
        day,
        class,
        region,
        outcome: of,
        ground: of.has_ground().then_some(ground),
        number: *number,
    };
    let drawn = Return {
        zone: 1,
        station,
        demo: true,
        made: UnixTime(0),
        from: day,
        through: day,
        sequence: 1,
        tip: [0; 32],
        counts: own.map(count).collect(),
        cases: Vec::new(),
        issues: None,
        views: None,
        register: [0; 32],
    };
    (station, Some(drawn))
}

/// The atoms that a sum goes over.
fn those<A>(atoms: &[A], is: impl Fn(&A) -> bool) -> Vec<usize> {
    (0..atoms.len()).filter(|at| is(&atoms[*at])).collect()
}

/// What a passage is: its crossing, its direction, and what it was.
const PASSED: [(u16, u8, Was); 6] = [
    (1, ENTRY, Was::Home(0)),
    (1, ENTRY, Was::Out),
    (1, EXIT, Was::Out),
    (2, ENTRY, Was::Home(0)),
    (2, ENTRY, Was::Unknown),
    (2, EXIT, Was::Home(1)),
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn r19_no_passage_and_no_stay_is_worked_out(
        numbers in prop::collection::vec(prop_oneof![0_u32..5, 0_u32..12], 6),
    ) {
        let counted = PASSED.into_iter().zip(numbers.clone()).filter(|it| it.1 > 0).collect();
        let told = Passages::of(&[1, 2], &counted, Some(&bounds(3)));
        let mut all = vec![
            (those(&PASSED, |_| true), told.all),
            (those(&PASSED, |it| it.1 == ENTRY), told.entries),
            (those(&PASSED, |it| it.1 == EXIT), told.exits),
        ];
        for at in &told.crossings {
            let here = |it: &(u16, u8, Was)| it.0 == at.crossing;
            all.push((those(&PASSED, here), at.all));
            all.push((those(&PASSED, |it| here(it) && it.1 == ENTRY), at.entries));
            all.push((those(&PASSED, |it| here(it) && it.1 == EXIT), at.exits));
        }
        let stays = told.stays.unwrap();
        prop_assert_eq!(stays.classes.len(), 3, "a day, 2 to 3 days, longer");
        all.push((those(&PASSED, |it| it.2 != Was::Out), stays.all));
        all.push((those(&PASSED, |it| it.2 == Was::Unknown), stays.unknown));
        for (class, it) in stays.classes.iter().enumerate() {
            all.push((those(&PASSED, |it| it.2 == Was::Home(class)), it.number));
        }
        attacked(&numbers, &all, &[]);
    }

    #[test]
    fn r19_no_application_is_worked_out_with_what_stations_tell_themselves(
        numbers in prop::collection::vec(prop_oneof![0_u32..5, 0_u32..12], 6),
        refused in any::<bool>(),
    ) {
        let of = if refused { Outcome::Refused } else { Outcome::Issued };
        let returns = [returned(101, of, &numbers), returned(102, of, &numbers)];
        let told: Applications = applications(of, &returns, &[1, 2]);
        let mut all = vec![(those(&APPLIED, |_| true), told.all)];
        for (class, number) in (0_u8..).zip(told.classes) {
            all.push((those(&APPLIED, |it| it.1 == class), number));
        }
        for (station, number) in &told.stations {
            all.push((those(&APPLIED, |it| it.0 == *station), *number));
        }
        for (region, number) in &told.regions {
            all.push((those(&APPLIED, |it| it.2 == *region), *number));
        }
        prop_assert_eq!(told.regions.len(), 2, "what is not given is not told");
        prop_assert_eq!(told.grounds.len(), if refused { 7 } else { 0 });
        for (ground, number) in &told.grounds {
            all.push((those(&APPLIED, |it| it.3 == *ground), *number));
        }
        // The stations' own reports: every class that is not small.
        let mut known = Vec::new();
        for (station, class) in [(101, 0), (101, 1), (102, 0), (102, 1)] {
            let sum = those(&APPLIED, |it| (it.0, it.1) == (station, class));
            let value = sum.iter().map(|atom| numbers[*atom]).sum();
            if !is_small(value) {
                known.push((sum, Some(value)));
            }
        }
        attacked(&numbers, &all, &known);
    }
}

/// What is told is right, and with it, with what is known and with every atom that is nothing, no small sum is narrowed.
fn attacked(numbers: &[u32], told: &[(Vec<usize>, Told)], known: &[(Vec<usize>, Told)]) {
    let mut all = Known::default();
    for (sum, number) in told.iter().chain(known) {
        let value: u32 = sum.iter().map(|atom| numbers[*atom]).sum();
        assert!(number.is_none_or(|it| it == value && !is_small(it)), "{sum:?} of {numbers:?}");
        all.told(sum.iter().copied(), *number);
    }
    for (atom, number) in numbers.iter().enumerate() {
        all.told([atom], (*number == 0).then_some(0));
    }
    let mut sums: Vec<Vec<usize>> = (0..numbers.len()).map(|atom| vec![atom]).collect();
    sums.extend(told.iter().map(|it| it.0.clone()));
    all.tells_nothing_of(numbers, &sums);
}

#[test]
fn r19_a_side_of_twenty_stations_tells_most_of_it() {
    let day = Day::from_civil(1963, 9, 2).unwrap();
    let outcome = Outcome::Issued;
    // A linear congruential generator.
    let mut next: u32 = 7;
    let returns: Vec<(u16, Option<Return>)> = (0..20)
        .map(|station| {
            let (_, drawn) = returned(station, outcome, &[]);
            let mut drawn = drawn.unwrap();
            for (class, region) in [(0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (2, 1)] {
                next = next.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let number = (next >> 8) % if class == 0 { 60 } else { 6 };
                let region = station / 2 + region;
                let count = Count { day, class, region, outcome, ground: None, number };
                drawn.counts.extend((number > 0).then_some(count));
            }
            (station, Some(drawn))
        })
        .collect();
    let regions: Vec<u16> = (0..=10).collect();
    let told = applications(outcome, &returns, &regions);
    assert!(told.all.is_some() && told.classes.iter().all(Option::is_some));
    let many = |all: &[(u16, Told)]| all.iter().filter(|it| it.1.is_some()).count();
    assert!(many(&told.stations) >= 10 && many(&told.regions) >= 10, "{told:?}");
}

//! Attacks on what reports tell: by sums and differences, by whole numbers, with what stations tell themselves.

use permit_core::{Day, UnixTime};
use permit_record::{Count, Outcome, Return};
use proptest::prelude::*;

use super::{Applications, Passages, Told, usage::applications};
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

fn returned(station: u16, numbers: &[u32]) -> (u16, Option<Return>) {
    let day = Day::from_civil(1963, 9, 2).unwrap();
    let count = |(class, number): (u8, &u32)| Count {
        day,
        class,
        region: 3,
        outcome: Outcome::Issued,
        ground: None,
        number: *number,
    };
    let counts = (0..).zip(numbers).filter(|it| *it.1 > 0).map(count).collect();
    let drawn = Return {
        zone: 1,
        station,
        demo: true,
        made: UnixTime(0),
        from: day,
        through: day,
        sequence: 1,
        tip: [0; 32],
        counts,
        cases: Vec::new(),
        issues: None,
        views: None,
        register: [0; 32],
    };
    (station, Some(drawn))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn r19_no_passage_by_crossing_and_direction_is_worked_out(
        numbers in prop::collection::vec(prop_oneof![0_u32..5, 0_u32..12], 6),
    ) {
        let crossings: Vec<(u16, [u32; 2])> =
            (1..).zip(numbers.chunks(2)).map(|(at, it)| (at, [it[0], it[1]])).collect();
        let told = Passages::of(&crossings);
        let mut known = Known::default();
        known.told(0..6, told.all);
        known.told([0, 2, 4], told.entries);
        known.told([1, 3, 5], told.exits);
        let mut sums: Vec<Vec<usize>> = (0..6).map(|atom| vec![atom]).collect();
        for (at, it) in told.crossings.iter().enumerate() {
            known.told([2 * at, 2 * at + 1], it.all);
            known.told([2 * at], it.entries);
            known.told([2 * at + 1], it.exits);
            sums.push(vec![2 * at, 2 * at + 1]);
        }
        known.tells_nothing_of(&numbers, &sums);
    }

    #[test]
    fn r19_no_application_is_worked_out_with_what_stations_tell_themselves(
        numbers in prop::collection::vec(prop_oneof![0_u32..5, 0_u32..12], 6),
    ) {
        let returns = [returned(101, &numbers[..3]), returned(102, &numbers[3..])];
        let told: Applications = applications(Outcome::Issued, &returns);
        let mut known = Known::default();
        // The station's own report: every number of it that is not small.
        for (atom, number) in numbers.iter().enumerate() {
            known.told([atom], (!is_small(*number)).then_some(*number));
        }
        known.told(0..6, told.all);
        let mut sums: Vec<Vec<usize>> = (0..6).map(|atom| vec![atom]).collect();
        for (class, number) in told.classes.iter().enumerate() {
            known.told([class, class + 3], *number);
            sums.push(vec![class, class + 3]);
        }
        for (at, (_, number)) in told.stations.iter().enumerate() {
            known.told(3 * at..3 * at + 3, *number);
            sums.push((3 * at..3 * at + 3).collect());
        }
        known.tells_nothing_of(&numbers, &sums);
    }
}

//! Attacks on what is told: by sums and differences, by whole numbers, over linked tables and reports.

use proptest::prelude::*;

use permit_report::LEAST;

use super::{System, is_small};

/// Whether any atoms from nothing to `most` have these sums: an attacker's own search, which knows nothing of how it was
/// chosen.
pub(crate) fn fits(atoms: usize, most: u32, sums: &[(Vec<usize>, u32)]) -> bool {
    fn search(atoms: &mut Vec<u32>, at: usize, most: u32, sums: &[(Vec<usize>, u32)]) -> bool {
        let fits = sums.iter().all(|(sum, wanted)| {
            let known: u32 = sum.iter().filter(|atom| **atom < at).map(|atom| atoms[*atom]).sum();
            let open = sum.iter().any(|atom| *atom >= at);
            known == *wanted || (open && known < *wanted)
        });
        if !fits || at == atoms.len() {
            return fits;
        }
        (0..=most).any(|value| {
            atoms[at] = value;
            search(atoms, at + 1, most, sums)
        })
    }
    search(&mut vec![0; atoms], 0, most, sums)
}

/// Whether this sum can have this value with everything that is told.
fn possible(system: &System, told: &[Vec<usize>], secret: &[usize], value: u32) -> bool {
    let mut sums: Vec<(Vec<usize>, u32)> =
        told.iter().map(|sum| (sum.clone(), system.value(sum))).collect();
    sums.push((secret.to_vec(), value));
    let most = system.atoms.iter().max().copied().unwrap_or_default() + LEAST;
    fits(system.atoms.len(), most, &sums)
}

/// A table with its sums, the grand total first.
fn table(rows: usize, columns: usize, atoms: Vec<u32>) -> System {
    let at = |row: usize, column: usize| row * columns + column;
    let mut cells = vec![(0..atoms.len()).collect()];
    cells.extend((0..rows).map(|row| (0..columns).map(|column| at(row, column)).collect()));
    cells.extend((0..columns).map(|column| (0..rows).map(|row| at(row, column)).collect()));
    cells.extend((0..atoms.len()).map(|atom| vec![atom]));
    System { atoms, told: Vec::new(), cells }
}

fn told(system: &System) -> Vec<Vec<usize>> {
    let chosen = system.choose();
    let own =
        system.cells.iter().zip(chosen).filter(|(_, told)| *told).map(|(cell, _)| cell.clone());
    system.told.iter().cloned().chain(own).collect()
}

/// Every small number may still be any of 1 to 4.
fn holds(system: &System) {
    let told = told(system);
    for secret in system.secrets() {
        for value in 1..LEAST {
            assert!(possible(system, &told, &secret, value), "{secret:?} is not {value}: {told:?}");
        }
    }
}

#[test]
fn r19_nothing_is_hidden_where_nothing_is_small() {
    let system = table(3, 2, vec![5, 9, 12, 40, 0, 7]);
    assert!(system.choose().iter().all(|told| *told));
    let small = table(3, 2, vec![5, 9, 12, 40, 3, 7]);
    assert!(!small.choose()[6 + 4]);
    assert!(small.choose()[0], "the grand total is told");
}

#[test]
fn r19_one_small_number_is_not_the_difference_of_a_sum() {
    // Hiding 3 alone would tell it twice over.
    let system = table(2, 2, vec![3, 20, 30, 40]);
    let chosen = system.choose();
    assert!(!chosen[5], "the small number itself");
    let hidden = chosen.iter().filter(|told| !**told).count();
    assert!(hidden >= 3, "and what would tell it by row and by column");
    holds(&system);
}

#[test]
fn r19_what_another_report_tells_is_known() {
    // Two stations; each told its own numbers that are not small. Their sum would tell the third.
    let mut system = System { atoms: vec![8, 2], told: vec![vec![0]], cells: vec![vec![0, 1]] };
    assert_eq!(system.choose(), [false]);
    system.atoms = vec![8, 2, 4];
    system.told = vec![vec![0]];
    system.cells = vec![vec![0, 1, 2]];
    // Two hidden ones of together 6 could each be 1 to 4 only if 2 + 4, 4 + 2, 3 + 3, 5 + 1 …: they can.
    assert_eq!(system.choose(), [true]);
    holds(&system);
    system.atoms = vec![8, 1, 1];
    assert_eq!(system.choose(), [false], "of together 2, each is 0 to 2");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn r19_no_small_number_is_narrowed_in_a_table(atoms in prop::collection::vec(0_u32..12, 6)) {
        let system = table(3, 2, atoms);
        let chosen = system.choose();
        for (cell, told) in system.cells.iter().zip(chosen) {
            prop_assert!(!told || !is_small(system.value(cell)));
        }
        holds(&system);
    }

    #[test]
    fn r19_no_small_number_is_narrowed_over_linked_tables(
        atoms in prop::collection::vec(0_u32..9, 6),
        known in prop::collection::vec(any::<bool>(), 6),
    ) {
        let mut system = table(3, 2, atoms);
        let known = known.iter().enumerate().filter(|(_, told)| **told).map(|(atom, _)| vec![atom]);
        system.told = known.filter(|cell| !is_small(system.value(cell))).collect();
        holds(&system);
    }
}

#[test]
fn r19_a_large_table_is_chosen_and_tells_most_of_it() {
    let atoms: Vec<u32> = (0..300_u32).map(|at| at.wrapping_mul(2_654_435_761) >> 27).collect();
    let system = table(30, 10, atoms);
    let chosen = system.choose();
    let told = chosen.iter().filter(|told| **told).count();
    assert!(told > 180, "{told} of {} are told", chosen.len());
    assert!(chosen[0]);
}

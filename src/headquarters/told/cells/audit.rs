//! Whether a small number could be another one, as far as what is told says: in whole numbers, none below nothing.
//!
//! The answer yes is a witness: other atoms with which every told sum stays what it is. It is sought near the true ones,
//! first by mending sum after sum by one atom each ([`Mending`]), then by trying values in turn and narrowing the rest by
//! every sum ([`Search`]); where none is found within [`STEPS`] the answer is no, which hides more than needed and never
//! less.

use super::System;

/// How far an atom of a witness is from the true one at most (chosen: no small number moves by more than 3).
const FAR: i64 = 8;
/// Values tried for one witness (chosen; a table of 30 by 10 took under 200 in the tests).
const STEPS: usize = 400;
/// Atoms moved in search of one by mending, and those that are tried in a sum (chosen: a side of 20 stations
/// with 120 atoms takes milliseconds, by the search alone it took minutes).
const MOVES: usize = 1000;
const TRIED: usize = 8;

/// Sums of differences from the true atoms, each with what it has to come to.
struct Search<'s> {
    sums: Vec<(&'s [usize], i64)>,
    steps: usize,
}

/// The least and the greatest difference of every atom.
type Bounds = Vec<(i64, i64)>;

/// True if `secret` can be `value` while all of `told` stay what they are.
pub(super) fn can_be(system: &System, told: &[&[usize]], secret: &[usize], value: u32) -> bool {
    let wanted = i64::from(value) - i64::from(system.value(secret));
    let bounds: Bounds =
        system.atoms.iter().map(|atom| (-i64::from(*atom).min(FAR), FAR)).collect();
    let mut sums: Vec<(&[usize], i64)> = told.iter().map(|sum| (*sum, 0)).collect();
    sums.push((secret, wanted));
    Mending::new(&sums, &bounds).mend() || Search { sums, steps: STEPS }.find(bounds)
}

/// Atoms moved one by one, each once, until every sum is what it has to be.
struct Mending<'s> {
    sums: &'s [(&'s [usize], i64)],
    bounds: &'s Bounds,
    /// The sums that each atom is in.
    of: Vec<Vec<usize>>,
    /// What each sum lacks.
    lacks: Vec<i64>,
    moved: Vec<bool>,
    moves: usize,
}

impl<'s> Mending<'s> {
    fn new(sums: &'s [(&'s [usize], i64)], bounds: &'s Bounds) -> Self {
        let mut of = vec![Vec::new(); bounds.len()];
        for (at, (sum, _)) in sums.iter().enumerate() {
            sum.iter().for_each(|atom| of[*atom].push(at));
        }
        let lacks = sums.iter().map(|it| it.1).collect();
        Self { sums, bounds, of, lacks, moved: vec![false; bounds.len()], moves: MOVES }
    }

    /// True once nothing lacks anything. The sum with the fewest atoms is mended first.
    fn mend(&mut self) -> bool {
        let open = (0..self.sums.len()).filter(|at| self.lacks[*at] != 0);
        let Some(open) = open.min_by_key(|at| self.sums[*at].0.len()) else { return true };
        let mut tried: Vec<(i64, usize, i64)> = Vec::new();
        for atom in self.sums[open].0.iter().filter(|atom| !self.moved[**atom]) {
            let (least, most) = self.bounds[*atom];
            let by = self.lacks[open].clamp(least, most);
            let worse = |at: &usize| (self.lacks[*at] - by).abs() - self.lacks[*at].abs();
            if by != 0 {
                tried.push((self.of[*atom].iter().map(worse).sum(), *atom, by));
            }
        }
        tried.sort_unstable();
        for (_, atom, by) in tried.into_iter().take(TRIED) {
            let Some(left) = self.moves.checked_sub(1) else { return false };
            self.moves = left;
            self.shift(atom, by);
            if self.mend() {
                return true;
            }
            self.shift(atom, -by);
        }
        false
    }

    fn shift(&mut self, atom: usize, by: i64) {
        self.moved[atom] = !self.moved[atom];
        self.of[atom].iter().for_each(|at| self.lacks[*at] -= by);
    }
}

impl Search<'_> {
    fn find(&mut self, mut bounds: Bounds) -> bool {
        if !self.narrow(&mut bounds) {
            return false;
        }
        // Every atom as near to the true one as it may be: where that satisfies all, it is a witness.
        let near = |(least, most): (i64, i64)| 0.clamp(least, most);
        let open = self.sums.iter().find(|(sum, wanted)| {
            sum.iter().map(|atom| near(bounds[*atom])).sum::<i64>() != *wanted
        });
        let Some((sum, wanted)) = open else { return true };
        let missing = wanted - sum.iter().map(|atom| near(bounds[*atom])).sum::<i64>();
        let free = sum.iter().filter(|atom| bounds[**atom].0 < bounds[**atom].1);
        let Some(&atom) = free.min_by_key(|atom| bounds[**atom].1 - bounds[**atom].0) else {
            return false;
        };
        let (least, most) = bounds[atom];
        // What would fill the sum at once first, then what is near it.
        let best = (near(bounds[atom]) + missing).clamp(least, most);
        let mut values: Vec<i64> = (least..=most).collect();
        values.sort_by_key(|value| (value - best).abs());
        for value in values {
            let Some(left) = self.steps.checked_sub(1) else { return false };
            self.steps = left;
            let mut next = bounds.clone();
            next[atom] = (value, value);
            if self.find(next) {
                return true;
            }
        }
        false
    }

    /// Narrows every atom by every sum until nothing changes; false if one cannot be.
    fn narrow(&self, bounds: &mut Bounds) -> bool {
        loop {
            let mut changed = false;
            for (sum, wanted) in &self.sums {
                let mut least: i64 = sum.iter().map(|atom| bounds[*atom].0).sum();
                let mut most: i64 = sum.iter().map(|atom| bounds[*atom].1).sum();
                if *wanted < least || *wanted > most {
                    return false;
                }
                for atom in *sum {
                    let (low, high) = bounds[*atom];
                    let others = (least - low, most - high);
                    let next = (low.max(wanted - others.1), high.min(wanted - others.0));
                    if next.0 > next.1 {
                        return false;
                    }
                    if next != (low, high) {
                        (least, most) = (least + next.0 - low, most + next.1 - high);
                        bounds[*atom] = next;
                        changed = true;
                    }
                }
            }
            if !changed {
                return true;
            }
        }
    }
}

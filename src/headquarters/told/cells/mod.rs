//! Which numbers of a report are told, so that none below 5 can be worked out.
//!
//! A report's numbers are sums over *atoms*, the finest numbers that are counted (a station's class and outcome in a
//! month, say). Numbers are told one by one, in the order of their importance, and in two steps, the exact method of the
//! project's study of such tables:
//!
//! 1. a number is told only while no small number comes into the linear span of what is told: by no sum and difference
//!    can one be worked out (exact rationals, `span`);
//! 2. then every small number is asked whether it could still be any of 1 to 4, in whole numbers and with none below
//!    nothing (`audit`). If not, the least important number that is told near it is taken back, and all is asked again.
//!
//! What was told before or elsewhere of the same atoms (a station's own report) goes in as told already, so that tables
//! that hang together are one system. All that is not told looks the same.

mod audit;
mod span;
#[cfg(test)]
pub(crate) mod tests;

use permit_report::LEAST;

use span::Span;

/// Numbers that hang together.
#[derive(Clone, Default, Debug)]
pub struct System {
    /// The atoms.
    pub atoms: Vec<u32>,
    /// Sums that are known already, each as its atoms.
    pub told: Vec<Vec<usize>>,
    /// Sums that are to be told if they can be, the most important first, each as its atoms.
    pub cells: Vec<Vec<usize>>,
}

impl System {
    /// What a sum comes to.
    #[must_use]
    pub fn value(&self, cell: &[usize]) -> u32 {
        let atom = |at: &usize| self.atoms.get(*at).copied().unwrap_or_default();
        cell.iter().map(atom).fold(0, u32::saturating_add)
    }

    /// Atoms and sums that are too small to be told.
    fn secrets(&self) -> Vec<Vec<usize>> {
        let atoms = (0..self.atoms.len()).map(|at| vec![at]);
        let mut all: Vec<Vec<usize>> = atoms.chain(self.cells.iter().cloned()).collect();
        all.retain(|cell| is_small(self.value(cell)));
        all.sort_unstable();
        all.dedup();
        all
    }

    /// What every cell comes to, where it is told.
    #[must_use]
    pub fn told(&self) -> Vec<Option<u32>> {
        let told = self.choose();
        self.cells.iter().zip(told).map(|(cell, told)| told.then(|| self.value(cell))).collect()
    }

    /// For every cell, whether it is told.
    #[must_use]
    pub fn choose(&self) -> Vec<bool> {
        let place = self.unknown();
        let rest = self.over(&place);
        let secrets: Vec<Vec<usize>> = self.secrets().iter().map(|it| over(it, &place)).collect();
        let mut span = Span::new(rest.atoms.len(), &secrets);
        for cell in &rest.told {
            span.tell(cell, rest.value(cell) == 0);
        }
        let tell = |(cell, rest_of): (&Vec<usize>, &Vec<usize>)| {
            !is_small(self.value(cell)) && span.tell(rest_of, rest.value(rest_of) == 0)
        };
        let mut told: Vec<bool> = self.cells.iter().zip(&rest.cells).map(tell).collect();
        let mut open: Vec<(&[usize], u32)> = Vec::new();
        for secret in &secrets {
            open.extend((1..LEAST).map(|value| (secret.as_slice(), value)));
        }
        // What could be so with more numbers told can be so with fewer: only what failed is asked again.
        loop {
            let sums: Vec<&[usize]> = rest.sums(&told);
            open.retain(|(secret, value)| !audit::can_be(&rest, &sums, secret, *value));
            let Some((secret, _)) = open.first() else { return told };
            let Some(last) = rest.nearest(&told, secret) else { return told };
            told[last] = false;
        }
    }

    /// For every atom that is not known by itself, its place among those.
    fn unknown(&self) -> Vec<Option<usize>> {
        let mut place = vec![Some(0); self.atoms.len()];
        for cell in &self.told {
            if let [atom] = cell[..] {
                place[atom] = None;
            }
        }
        place.iter_mut().flatten().zip(0..).for_each(|(place, next)| *place = next);
        place
    }

    /// The same with only these atoms: what is known by itself only shifts every sum.
    fn over(&self, place: &[Option<usize>]) -> Self {
        let atoms = self.atoms.iter().zip(place).filter(|it| it.1.is_some());
        let cells = |cells: &[Vec<usize>]| cells.iter().map(|cell| over(cell, place)).collect();
        let mut told: Vec<Vec<usize>> = cells(&self.told);
        told.retain(|cell| !cell.is_empty());
        Self { atoms: atoms.map(|it| *it.0).collect(), told, cells: cells(&self.cells) }
    }

    /// Everything that is known to whoever has the report.
    fn sums(&self, told: &[bool]) -> Vec<&[usize]> {
        let own = self.cells.iter().zip(told).filter(|(_, told)| **told).map(|(cell, _)| cell);
        self.told.iter().chain(own).map(Vec::as_slice).collect()
    }

    /// The least important cell that is told and shares an atom with the secret; else the least important of all.
    fn nearest(&self, told: &[bool], secret: &[usize]) -> Option<usize> {
        let all = || (0..self.cells.len()).rev().filter(|at| told[*at]);
        let near = |at: &usize| self.cells[*at].iter().any(|atom| secret.contains(atom));
        all().find(near).or_else(|| all().next())
    }
}

fn over(cell: &[usize], place: &[Option<usize>]) -> Vec<usize> {
    cell.iter().filter_map(|atom| place[*atom]).collect()
}

/// True for a number that is not told.
#[must_use]
pub(crate) const fn is_small(value: u32) -> bool {
    0 < value && value < LEAST
}

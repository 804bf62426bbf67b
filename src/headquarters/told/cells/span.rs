//! The linear span of what is told, in exact rationals.
//!
//! Rows are kept so that each begins where no earlier one does; every secret is kept with what the rows say of it taken
//! out, so that a new row is tried against each in one step. A number that no longer fits its 128 bits is taken for the
//! worst: what it would tell is not told.

/// A fraction in lowest terms with a denominator above 0.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Ratio(i128, i128);

impl Ratio {
    const NONE: Self = Self(0, 1);
    const ONE: Self = Self(1, 1);

    fn of(above: i128, below: i128) -> Option<Self> {
        let divisor = gcd(above.checked_abs()?, below.checked_abs()?);
        let sign = if below < 0 { -1 } else { 1 };
        (below != 0).then_some(Self(sign * above / divisor, sign * below / divisor))
    }

    /// `self - factor * other`
    fn less(self, factor: Self, other: Self) -> Option<Self> {
        let above = factor.0.checked_mul(other.0)?;
        let below = factor.1.checked_mul(other.1)?;
        let first = self.0.checked_mul(below)?;
        Self::of(first.checked_sub(above.checked_mul(self.1)?)?, self.1.checked_mul(below)?)
    }

    fn over(self, other: Self) -> Option<Self> {
        Self::of(self.0.checked_mul(other.1)?, self.1.checked_mul(other.0)?)
    }
}

const fn gcd(mut a: i128, mut b: i128) -> i128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    if a == 0 { 1 } else { a }
}

type Vector = Vec<Ratio>;

/// What is told, and what must not be.
#[derive(Clone)]
pub(super) struct Span {
    atoms: usize,
    /// Each with the place where it begins, where it is 1.
    rows: Vec<(usize, Vector)>,
    secrets: Vec<Vector>,
}

impl Span {
    /// Nothing is told yet.
    pub(super) fn new(atoms: usize, secrets: &[Vec<usize>]) -> Self {
        let secrets = secrets.iter().map(|cell| vector(atoms, cell)).collect();
        Self { atoms, rows: Vec::new(), secrets }
    }

    /// Tells a sum, unless a secret would come into the span; of a sum of nothing every atom is told to be nothing.
    pub(super) fn tell(&mut self, cell: &[usize], nothing: bool) -> bool {
        let mut next = self.clone();
        let told = if nothing {
            cell.iter().all(|atom| next.add(&[*atom]).is_some())
        } else {
            next.add(cell).is_some()
        };
        if told {
            *self = next;
        }
        told
    }

    fn add(&mut self, cell: &[usize]) -> Option<()> {
        let mut row = vector(self.atoms, cell);
        for (begins, known) in &self.rows {
            take_out(&mut row, *begins, known)?;
        }
        let Some(begins) = row.iter().position(|it| *it != Ratio::NONE) else { return Some(()) };
        let first = row[begins];
        for value in &mut row {
            *value = value.over(first)?;
        }
        for secret in &mut self.secrets {
            take_out(secret, begins, &row)?;
            if secret.iter().all(|it| *it == Ratio::NONE) {
                return None;
            }
        }
        self.rows.push((begins, row));
        Some(())
    }
}

/// Takes so much of a row out that nothing is left where it begins.
fn take_out(from: &mut Vector, begins: usize, row: &Vector) -> Option<()> {
    let factor = from[begins];
    if factor != Ratio::NONE {
        for (value, of_row) in from.iter_mut().zip(row) {
            if *of_row != Ratio::NONE {
                *value = value.less(factor, *of_row)?;
            }
        }
    }
    Some(())
}

fn vector(atoms: usize, cell: &[usize]) -> Vector {
    let mut vector = vec![Ratio::NONE; atoms];
    for atom in cell {
        vector[*atom] = Ratio::ONE;
    }
    vector
}

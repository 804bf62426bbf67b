//! Linear equations: Gaussian elimination, and Cholesky's decomposition of a band.

use core::ops::{Div, Mul, Sub};

use crate::decode::math::single;

/// A number of one precision or the other.
pub(crate) trait Real:
    Copy + Default + PartialOrd + Sub<Output = Self> + Mul<Output = Self> + Div<Output = Self>
{
    fn plus(self, other: Self) -> Self;
    fn size(self) -> Self;
    fn is_number(self) -> bool;
}

macro_rules! real {
    ($($of:ty),*) => {$(
        impl Real for $of {
            fn plus(self, other: Self) -> Self {
                self + other
            }

            fn size(self) -> Self {
                self.abs()
            }

            fn is_number(self) -> bool {
                self.is_finite()
            }
        }
    )*};
}

real!(f32, f64);

/// Which row is taken out of the others next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pivot {
    /// The one whose entry is largest (partial pivoting).
    Largest,
    /// The next one: enough for normal equations with something added to their diagonal.
    Next,
}

/// Solves `n` equations, each a row of `n` coefficients and the right sides after them; the solutions take the right
/// sides' places. `None` where a pivot is less than `least` or no number.
pub(crate) fn solve<T: Real, R: AsRef<[T]> + AsMut<[T]>>(
    rows: &mut [R],
    pivot: Pivot,
    least: T,
) -> Option<()> {
    let n = rows.len();
    for i in 0..n {
        if pivot == Pivot::Largest {
            let size = |row: usize| rows[row].as_ref()[i].size();
            let largest = (i..n).reduce(|a, b| if size(b) >= size(a) { b } else { a })?;
            rows.swap(i, largest);
        }
        let (row, below) = rows[i..].split_first_mut()?;
        let row = row.as_ref();
        let diagonal = row[i];
        if !diagonal.is_number() || diagonal.size() < least {
            return None;
        }
        for other in below {
            let other = other.as_mut();
            let factor = other[i] / diagonal;
            for (other, row) in other[i..].iter_mut().zip(&row[i..]) {
                *other = *other - factor * *row;
            }
        }
    }
    let sides = rows.first()?.as_ref().len();
    for i in (0..n).rev() {
        let (above, below) = rows.split_at_mut(i + 1);
        let row = above[i].as_mut();
        for side in n..sides {
            let solved = row[i + 1..n].iter().zip(below.iter());
            let known = solved.fold(T::default(), |sum, (a, b)| sum.plus(*a * b.as_ref()[side]));
            row[side] = (row[side] - known) / row[i];
        }
    }
    Some(())
}

/// Normal equations in which an unknown meets only those a few places from it, kept as a band along the diagonal.
#[derive(Debug)]
pub(crate) struct Band {
    /// Entries kept of each row: the diagonal, then what is to the right of it.
    width: usize,
    rows: Vec<f64>,
    sides: Vec<f64>,
}

impl Band {
    /// Equations that say nothing yet of so many unknowns.
    pub(crate) fn new(unknowns: usize, width: usize) -> Self {
        Self { width, rows: vec![0.0; unknowns * width], sides: vec![0.0; unknowns] }
    }

    /// Adds to the diagonal.
    pub(crate) fn damp(&mut self, by: f64) {
        for row in self.rows.chunks_exact_mut(self.width) {
            row[0] += by;
        }
    }

    /// Adds that a sum of unknowns, each with its share and in their order, is nothing.
    pub(crate) fn square(&mut self, parts: &[(usize, f32)], weight: f32) {
        for (k, &(i, a)) in parts.iter().enumerate() {
            for &(j, b) in &parts[k..] {
                self.rows[i * self.width + j - i] += f64::from(weight * a * b);
            }
        }
    }

    /// Adds that it is `value`.
    pub(crate) fn add(&mut self, parts: &[(usize, f32)], value: f32, weight: f32) {
        self.square(parts, weight);
        for &(i, share) in parts {
            self.sides[i] += f64::from(weight * share * value);
        }
    }

    /// Cholesky's decomposition (with a diagonal, so without roots) within the band, then both substitutions.
    pub(crate) fn solve(mut self) -> Option<Vec<f32>> {
        let unknowns = self.sides.len();
        for i in 0..unknowns {
            let pivot = self.rows[i * self.width];
            if pivot.is_nan() || pivot < 1e-9 {
                return None;
            }
            let wide = self.width.min(unknowns - i);
            let (row, below) = self.rows[i * self.width..].split_at_mut(self.width);
            for k in 1..wide {
                let factor = row[k] / pivot;
                if factor == 0.0 {
                    continue;
                }
                let to = &mut below[(k - 1) * self.width..];
                for (to, from) in to.iter_mut().zip(&row[k..wide]) {
                    *to -= factor * from;
                }
                self.sides[i + k] -= factor * self.sides[i];
            }
        }
        let mut out = vec![0.0; unknowns];
        for i in (0..unknowns).rev() {
            let wide = self.width.min(unknowns - i);
            let row = &self.rows[i * self.width..i * self.width + wide];
            let known: f64 = row.iter().zip(&out[i..]).skip(1).map(|(a, b)| a * b).sum();
            out[i] = (self.sides[i] - known) / row[0];
        }
        Some(out.into_iter().map(single).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_right_sides_at_once() {
        // x + 2 y = 5, 3 x + 4 y = 11; and 1, 1.
        let rows = [[1.0, 2.0, 5.0, 1.0], [3.0, 4.0, 11.0, 1.0]];
        for pivot in [Pivot::Largest, Pivot::Next] {
            let mut solved: [[f64; 4]; 2] = rows;
            solve(&mut solved, pivot, 1e-12).unwrap();
            let near = |a: f64, b: f64| (a - b).abs() < 1e-9;
            assert!(near(solved[0][2], 1.0) && near(solved[1][2], 2.0), "{solved:?}");
            assert!(near(solved[0][3], -1.0) && near(solved[1][3], 1.0), "{solved:?}");
        }
    }

    #[test]
    fn what_says_the_same_twice_has_no_solution() {
        let mut rows = [[1.0_f32, 2.0, 5.0], [2.0, 4.0, 10.0]];
        assert_eq!(solve(&mut rows, Pivot::Largest, 1e-6), None);
        let mut rows = [[f32::NAN, 2.0, 5.0], [2.0, 4.0, 10.0]];
        assert_eq!(solve(&mut rows, Pivot::Next, 1e-6), None);
    }

    #[test]
    fn a_band_as_its_square() {
        // Three unknowns in a row: each is 1, and the second differences vanish.
        let mut band = Band::new(3, 3);
        band.square(&[(0, 1.0), (1, -2.0), (2, 1.0)], 2.0);
        for i in 0..3 {
            band.add(&[(i, 1.0)], 1.0, 1.0);
        }
        let solved = band.solve().unwrap();
        assert!(solved.iter().all(|x| (x - 1.0).abs() < 1e-6), "{solved:?}");
        assert!(Band::new(3, 3).solve().is_none());
    }
}

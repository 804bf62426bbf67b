//! Equalise: undo blur between modules.
//!
//! Defocus and motion mix each module with its neighbours, everywhere in the same way. The
//! modules that are known (patterns, and blocks already put right) show how; a linear
//! filter learnt from them takes the neighbours out of all others. It learns from this
//! symbol only and invents nothing: what it returns is soft values like any others.

use crate::decode::code::layout::Layout;
use crate::decode::math::linear::{self, Pivot};

/// Soft values with the neighbours' share taken out, learnt from `truth` where known and
/// from confident values elsewhere; `None` where there is too little to learn from.
pub(crate) fn equalise(soft: &[f32], layout: &Layout, truth: &[Option<bool>]) -> Option<Vec<f32>> {
    let padded = Padded::new(soft, layout.side);
    let mut normal = vec![[0.0_f32; TAPS + 2]; TAPS + 1];
    for (i, known) in truth.iter().enumerate() {
        let (target, weight) = match known {
            Some(dark) => (if *dark { 1.0 } else { -1.0 }, 1.0),
            None => (soft[i].signum(), (soft[i].abs() - 0.4).max(0.0)),
        };
        if weight > 0.0 {
            learn(&mut normal, &padded.around(i), target, weight);
        }
    }
    let filter = solve(normal)?;
    let mut out: Vec<f32> = (0..soft.len())
        .map(|i| padded.around(i).iter().zip(&filter).map(|(a, b)| a * b).sum())
        .collect();
    for value in &mut out {
        *value = value.clamp(-1.0, 1.0);
    }
    Some(out)
}

/// Soft values with a light border around them.
struct Padded {
    side: usize,
    values: Vec<f32>,
}

impl Padded {
    fn new(soft: &[f32], side: usize) -> Self {
        let wide = side + 2 * REACH;
        let mut values = vec![-1.0; wide * wide];
        for (y, row) in soft.chunks_exact(side).enumerate() {
            let start = (y + REACH) * wide + REACH;
            values[start..start + side].copy_from_slice(row);
        }
        Self { side, values }
    }

    /// The values around a module, and a one for the offset.
    fn around(&self, i: usize) -> [f32; TAPS + 1] {
        let wide = self.side + 2 * REACH;
        let start = i / self.side * wide + i % self.side;
        let mut out = [1.0; TAPS + 1];
        for (row, part) in out.chunks_exact_mut(SPAN).enumerate() {
            part.copy_from_slice(&self.values[start + row * wide..][..SPAN]);
        }
        out
    }
}

fn learn(normal: &mut [[f32; TAPS + 2]], seen: &[f32; TAPS + 1], target: f32, weight: f32) {
    for (row, a) in normal.iter_mut().zip(seen) {
        let share = a * weight;
        for (sum, b) in row.iter_mut().zip(seen) {
            *sum += share * b;
        }
        row[TAPS + 1] += share * target;
    }
}

/// Least squares, leaning towards leaving the values as they are.
fn solve(mut normal: Vec<[f32; TAPS + 2]>) -> Option<[f32; TAPS + 1]> {
    let lean = normal[TAPS][TAPS] * 0.02 + 1.0;
    for (i, row) in normal.iter_mut().enumerate() {
        row[i] += lean;
        if i == TAPS / 2 {
            row[TAPS + 1] += lean;
        }
    }
    linear::solve(&mut normal, Pivot::Next, 1e-6)?;
    Some(core::array::from_fn(|i| normal[i][TAPS + 1]))
}

/// How many modules to each side count. Chosen, not measured.
const REACH: usize = 2;
const SPAN: usize = 2 * REACH + 1;
const TAPS: usize = SPAN * SPAN;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::code::layout::Known;

    #[test]
    fn a_neighbours_share_is_taken_out() {
        let layout = Layout::of(7).unwrap();
        let side = layout.side;
        let truth: Vec<bool> = (0..side * side)
            .map(|i| match layout.known[i] {
                Known::Dark => true,
                Known::Light => false,
                Known::Format | Known::Data => i * 7919 % 31 < 15,
            })
            .collect();
        let level = |x: usize, y: usize| if truth[y * side + x] { 1.0 } else { -1.0 };
        let blurred: Vec<f32> = (0..side * side)
            .map(|i| {
                let (x, y) = (i % side, i / side);
                let left = if x > 0 { level(x - 1, y) } else { -1.0 };
                0.6 * level(x, y) + 0.4 * left
            })
            .collect();
        let known: Vec<Option<bool>> = layout
            .known
            .iter()
            .zip(&truth)
            .map(|(known, truth)| matches!(known, Known::Dark | Known::Light).then_some(*truth))
            .collect();
        let wrong =
            |soft: &[f32]| soft.iter().zip(&truth).filter(|(s, t)| (**s > 0.25) != **t).count();
        let sharp = equalise(&blurred, layout, &known).unwrap();
        assert!(wrong(&sharp) * 4 < wrong(&blurred), "{} of {}", wrong(&sharp), wrong(&blurred));
    }
}

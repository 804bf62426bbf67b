//! Soften: from grey levels to dark and light with a confidence.
//!
//! Each module is held against the dark and the light around it, so that shade and glare
//! cost confidence rather than errors. 1 is surely dark, -1 surely light, 0 unknown.

use super::layout::{Known, Layout};

/// The soft value of every module of `values`, also where a symbol is light on dark.
pub(super) fn soften(values: &[f32], layout: &Layout) -> Vec<f32> {
    let mut soft = soften_wide(values, layout);
    for value in &mut soft {
        *value = value.clamp(-1.0, 1.0);
    }
    soft
}

/// [`soften`] without an end: what is darker than the dark around it stays so, for sums in
/// which noise averages out.
pub(super) fn soften_wide(values: &[f32], layout: &Layout) -> Vec<f32> {
    let known: Vec<f32> = layout
        .known
        .iter()
        .map(|k| match k {
            Known::Dark => 1.0,
            Known::Light => -1.0,
            Known::Format | Known::Data => 0.0,
        })
        .collect();
    let contrast = known_contrast(values, &known);
    if contrast < 0.0 {
        let turned: Vec<f32> = values.iter().map(|v| 255.0 - v).collect();
        return soften_known(&turned, layout.side, &known, -contrast);
    }
    soften_known(values, layout.side, &known, contrast)
}

fn soften_known(values: &[f32], side: usize, known: &[f32], contrast: f32) -> Vec<f32> {
    let mean = Windows::new(values.iter().map(|&v| (v, 1.0)), side);
    let mut middle: Vec<f32> = (0..values.len()).map(|i| mean.mean(i, 4, 0.0, 0.0)).collect();
    let mut half = vec![contrast / 2.0; values.len()];
    for _ in 0..2 {
        let dark = |i: usize| known[i] > 0.0 || (known[i] == 0.0 && values[i] < middle[i]);
        let darks = Windows::new(values.iter().enumerate().map(|(i, &v)| share(v, dark(i))), side);
        let lights =
            Windows::new(values.iter().enumerate().map(|(i, &v)| share(v, !dark(i))), side);
        for i in 0..values.len() {
            let (low, high) = (middle[i] - half[i], middle[i] + half[i]);
            let (low, high) = (darks.mean(i, 3, low, 3.0), lights.mean(i, 3, high, 3.0));
            middle[i] = (low + high) / 2.0;
            half[i] = (high - low) / 2.0;
        }
    }
    let least = contrast * 0.2;
    values
        .iter()
        .zip(middle.iter().zip(&half))
        .map(|(&v, (&m, &h))| ((m - v) / h.max(least).max(0.5)).clamp(-4.0, 4.0))
        .collect()
}

/// The soft values with less confidence where proven modules nearby turned out wrong:
/// stains, scratches and glare are larger than a module.
pub(super) fn suspect(soft: &[f32], layout: &Layout, truth: &[Option<bool>]) -> Vec<f32> {
    let wrong = |i: usize| truth[i].is_some_and(|dark| dark != (soft[i] > 0.0));
    let proven = |i: usize| if truth[i].is_some() { 1.0 } else { 0.0 };
    let errors = (0..soft.len()).map(|i| (if wrong(i) { 1.0 } else { 0.0 }, proven(i)));
    let near = Windows::new(errors, layout.side);
    let count = (0..soft.len()).filter(|&i| wrong(i)).count() as f32;
    let usual = count / (0..soft.len()).map(proven).sum::<f32>().max(1.0);
    soft.iter()
        .enumerate()
        .map(|(i, s)| {
            let excess = near.mean(i, 1, usual, 0.5) - usual;
            s * (1.0 - 2.0 * excess).clamp(0.1, 1.0)
        })
        .collect()
}

/// How far light lies above dark where both are known; negative for light on dark.
fn known_contrast(values: &[f32], known: &[f32]) -> f32 {
    let mean = |sign: f32| {
        let (sum, count) = values
            .iter()
            .zip(known)
            .filter(|(_, k)| **k == sign)
            .fold((0.0, 0.0_f32), |(sum, count), (v, _)| (sum + v, count + 1.0));
        sum / count.max(1.0)
    };
    mean(-1.0) - mean(1.0)
}

fn share(value: f32, counts: bool) -> (f32, f32) {
    if counts { (value, 1.0) } else { (0.0, 0.0) }
}

/// Weighted sums over square windows of modules.
struct Windows {
    side: usize,
    sums: Vec<(f32, f32)>,
}

impl Windows {
    fn new(values: impl Iterator<Item = (f32, f32)>, side: usize) -> Self {
        let stride = side + 1;
        let mut sums = vec![(0.0, 0.0); stride * stride];
        let mut left = (0.0, 0.0);
        for (i, (value, weight)) in values.enumerate() {
            let (x, y) = (i % side, i / side);
            if x == 0 {
                left = (0.0, 0.0);
            }
            left = (left.0 + value, left.1 + weight);
            let above = sums[y * stride + x + 1];
            sums[(y + 1) * stride + x + 1] = (above.0 + left.0, above.1 + left.1);
        }
        Self { side, sums }
    }

    /// The mean around module `i`, with `weight` values of `prior` among it.
    fn mean(&self, i: usize, reach: usize, prior: f32, weight: f32) -> f32 {
        let (x, y, stride) = (i % self.side, i / self.side, self.side + 1);
        let (left, right) = (x.saturating_sub(reach), (x + reach + 1).min(self.side));
        let (top, bottom) = (y.saturating_sub(reach), (y + reach + 1).min(self.side));
        let [a, b, c, d] = [(left, top), (right, top), (left, bottom), (right, bottom)]
            .map(|(x, y)| self.sums[y * stride + x]);
        let (sum, count) = (d.0 - b.0 - c.0 + a.0, d.1 - b.1 - c.1 + a.1);
        (sum + prior * weight) / (count + weight).max(1e-3)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shade_costs_no_errors() {
        let layout = Layout::of(7).unwrap();
        let dark = |i: usize| match layout.known[i] {
            Known::Dark => true,
            Known::Light => false,
            Known::Format | Known::Data => i * 7919 % 13 < 6,
        };
        let values: Vec<f32> = (0..layout.known.len())
            .map(|i| {
                let light = 40.0 + (i % layout.side) as f32 * 4.0;
                if dark(i) { light * 0.2 } else { light }
            })
            .collect();
        let soft = soften(&values, layout);
        let wrong = soft.iter().enumerate().filter(|&(i, &s)| (s > 0.0) != dark(i)).count();
        assert_eq!(wrong, 0);
        assert!(soft.iter().filter(|s| s.abs() > 0.5).count() > soft.len() * 9 / 10);
    }
}

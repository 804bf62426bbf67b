//! Soften: from grey levels to dark and light with a confidence.
//!
//! Each module is held against the dark and the light around it, so that shade and glare
//! cost confidence rather than errors. 1 is surely dark, -1 surely light, 0 unknown.

use crate::decode::code::layout::{Known, Layout};
use crate::decode::math::integral::Integral;

/// The soft value of every module of `values`, also where a symbol is light on dark.
pub(crate) fn soften(values: &[f32], layout: &Layout) -> Vec<f32> {
    let mut soft = soften_wide(values, layout);
    for value in &mut soft {
        *value = value.clamp(-1.0, 1.0);
    }
    soft
}

/// [`soften`] without an end: what is darker than the dark around it stays so, for sums in
/// which noise averages out.
pub(crate) fn soften_wide(values: &[f32], layout: &Layout) -> Vec<f32> {
    let known = levels(layout);
    let contrast = known_contrast(values, &known);
    if contrast < 0.0 {
        let turned: Vec<f32> = values.iter().map(|v| 255.0 - v).collect();
        return soften_known(&turned, layout.side, &known, -contrast);
    }
    soften_known(values, layout.side, &known, contrast)
}

/// The level between dark and light around every module, and how far both are from it; and whether the symbol is light
/// on dark.
pub(crate) fn shades(values: &[f32], layout: &Layout) -> (Vec<(f32, f32)>, bool) {
    let known = levels(layout);
    let contrast = known_contrast(values, &known);
    if contrast < 0.0 {
        let turned: Vec<f32> = values.iter().map(|v| 255.0 - v).collect();
        let shades = shades_known(&turned, layout.side, &known, -contrast);
        return (shades.into_iter().map(|(middle, half)| (255.0 - middle, half)).collect(), true);
    }
    (shades_known(values, layout.side, &known, contrast), false)
}

fn soften_known(values: &[f32], side: usize, known: &[f32], contrast: f32) -> Vec<f32> {
    values
        .iter()
        .zip(shades_known(values, side, known, contrast))
        .map(|(&v, (m, h))| ((m - v) / h).clamp(-4.0, 4.0))
        .collect()
}

fn shades_known(values: &[f32], side: usize, known: &[f32], contrast: f32) -> Vec<(f32, f32)> {
    let near = Windows::new(values.iter().map(|&v| [v, 1.0]), side);
    let mean = |[sum, count]: [f32; 2]| sum / count;
    let mut middle = Vec::with_capacity(values.len());
    near.each(4, |_, sums| middle.push(mean(sums)));
    let mut half = vec![contrast / 2.0; values.len()];
    for _ in 0..2 {
        let dark = |i: usize| known[i] > 0.0 || (known[i] == 0.0 && values[i] < middle[i]);
        let parts = values
            .iter()
            .enumerate()
            .map(|(i, &v)| if dark(i) { [v, 1.0, 0.0, 0.0] } else { [0.0, 0.0, v, 1.0] });
        let near = Windows::new(parts, side);
        near.each(3, |i, [dark, darks, light, lights]| {
            let (low, high) = (middle[i] - half[i], middle[i] + half[i]);
            let (low, high) =
                ((dark + 3.0 * low) / (darks + 3.0), (light + 3.0 * high) / (lights + 3.0));
            middle[i] = (low + high) / 2.0;
            half[i] = (high - low) / 2.0;
        });
    }
    let least = (contrast * 0.2).max(0.5);
    middle.into_iter().zip(half.into_iter().map(|half| half.max(least))).collect()
}

/// The soft values with less confidence where proven modules nearby turned out wrong:
/// stains, scratches and glare are larger than a module.
pub(crate) fn suspect(soft: &[f32], layout: &Layout, truth: &[Option<bool>]) -> Vec<f32> {
    let wrong = |i: usize| truth[i].is_some_and(|dark| dark != (soft[i] > 0.0));
    let proven = |i: usize| if truth[i].is_some() { 1.0 } else { 0.0 };
    let errors = (0..soft.len()).map(|i| [if wrong(i) { 1.0 } else { 0.0 }, proven(i)]);
    let near = Windows::new(errors, layout.side);
    let count = (0..soft.len()).filter(|&i| wrong(i)).count() as f32;
    let usual = count / (0..soft.len()).map(proven).sum::<f32>().max(1.0);
    let mut surer = Vec::with_capacity(soft.len());
    near.each(1, |i, [wrong, proven]| {
        let excess = (wrong + 0.5 * usual) / (proven + 0.5) - usual;
        surer.push(soft[i] * (1.0 - 2.0 * excess).clamp(0.1, 1.0));
    });
    surer
}

/// What is known of modules: 1 dark, -1 light, 0 nothing.
fn levels(layout: &Layout) -> Vec<f32> {
    let level = |known: &Known| match known {
        Known::Dark => 1.0,
        Known::Light => -1.0,
        Known::Format | Known::Data => 0.0,
    };
    layout.known.iter().map(level).collect()
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

/// Sums over square windows of modules, of several values at once.
struct Windows<const N: usize>(Integral<[f32; N]>);

impl<const N: usize> Windows<N> {
    fn new(mut values: impl Iterator<Item = [f32; N]>, side: usize) -> Self {
        let mut sums = Integral::new(side, side);
        for _ in 0..side {
            sums.push(values.by_ref().take(side));
        }
        Self(sums)
    }

    /// Shows each module with the sums over those at most `reach` away from it.
    fn each(&self, reach: usize, mut see: impl FnMut(usize, [f32; N])) {
        let side = self.0.width();
        let ends = |at: usize| (at.saturating_sub(reach), (at + reach + 1).min(side));
        for y in 0..side {
            let (top, bottom) = ends(y);
            let (above, below) = (self.0.line(top), self.0.line(bottom));
            for x in 0..side {
                let (left, right) = ends(x);
                let [a, b, c, d] = [above[left], above[right], below[left], below[right]];
                see(y * side + x, core::array::from_fn(|k| d[k] - b[k] - c[k] + a[k]));
            }
        }
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

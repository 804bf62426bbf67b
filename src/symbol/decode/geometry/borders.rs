//! Borders: where the print goes from dark to light between two modules, and how far that is from where a grid has it.
//!
//! It says which way a grid has slipped wherever two neighbours differ, whatever they say.

use crate::decode::code::layout::{Known, Layout, is_finder};
use crate::decode::picture::interpolate::grey;
use crate::decode::sample::grid::Grid;
use crate::{Grey, Point};

/// A border between two modules that was seen beside its place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slip {
    /// The border's middle, in modules.
    pub(crate) at: (f32, f32),
    /// Whether the second module is below the first, not right of it.
    pub(crate) along: bool,
    /// How far the border is seen towards the second, in modules, half a module at most.
    pub(crate) slip: f32,
    /// How sure it is, 1 at most.
    pub(crate) weight: f32,
}

/// Where the borders between modules are seen that are no farther than `reach` modules from a finder, and the share of
/// those between known modules, finders apart, that are as they must be.
pub(crate) fn borders(
    picture: Grey<'_>,
    layout: &Layout,
    grid: &Grid,
    reach: f32,
) -> (Vec<Slip>, f32) {
    let side = layout.side;
    let laid: Vec<bool> = (0..side * side)
        .map(|i| away((i % side) as f32 + 0.5, (i / side) as f32 + 0.5, side as f32) < reach)
        .collect();
    let values = grid.sampled(picture, |i| laid[i]);
    let contrast = contrast(&values, layout);
    let mut slips = Vec::with_capacity(side * side);
    let (mut right, mut all) = (0.0_f32, 0.0_f32);
    for (i, next, along) in neighbours(side).filter(|&(i, next, _)| laid[i] && laid[next]) {
        let step = values[next] - values[i];
        let sure = (step.abs() / contrast - 0.25).clamp(0.0, 0.5) * 2.0;
        let against = is_against(layout, i, next, step);
        if let (Some(against), false) = (against, is_finder(i % side, i / side, side)) {
            all += 1.0;
            right += if against { 0.0 } else { 1.0 };
        }
        if sure == 0.0 || against == Some(true) {
            continue;
        }
        let seen = between(picture, grid.at(i % side, i / side), grid.at(next % side, next / side));
        let slip = ((values[i] + values[next]) / 2.0 - seen) / step;
        let (u, v) = ((i % side) as f32 + 0.5, (i / side) as f32 + 0.5);
        let at = if along { (u, v + 0.5) } else { (u + 0.5, v) };
        slips.push(Slip { at, along, slip: slip.clamp(-0.5, 0.5), weight: sure });
    }
    (slips, if all < 8.0 { 1.0 } else { right / all })
}

/// Pairs of modules that share a border, and whether the second is below the first.
fn neighbours(side: usize) -> impl Iterator<Item = (usize, usize, bool)> {
    (0..side * side).flat_map(move |i| {
        let beside = (i % side + 1 < side).then_some((i, i + 1, false));
        let below = (i / side + 1 < side).then_some((i, i + side, true));
        beside.into_iter().chain(below)
    })
}

/// The mean grey level on the way from one module's middle to the next: it tells where on
/// the way the border is, however sharp that is.
fn between(picture: Grey<'_>, a: Point, b: Point) -> f32 {
    let at = |s: f32| grey(picture, a + (b - a) * s);
    WAY.iter().map(|&s| at(s)).sum::<f32>() / WAY.len() as f32
}

/// Whether two modules that are known and differ change the other way round.
fn is_against(layout: &Layout, from: usize, to: usize, step: f32) -> Option<bool> {
    match (layout.known[from], layout.known[to]) {
        (Known::Dark, Known::Light) => Some(step < 0.0),
        (Known::Light, Known::Dark) => Some(step > 0.0),
        _ => None,
    }
}

/// The grey levels between dark and light.
fn contrast(values: &[f32], layout: &Layout) -> f32 {
    let (mut dark, mut light) = ((0.0_f32, 0.0_f32), (0.0_f32, 0.0_f32));
    let laid = values.iter().zip(&layout.known).filter(|(value, _)| !value.is_nan());
    for (value, known) in laid {
        match known {
            Known::Dark => dark = (dark.0 + value, dark.1 + 1.0),
            Known::Light => light = (light.0 + value, light.1 + 1.0),
            Known::Format | Known::Data => {}
        }
    }
    (light.0 / light.1.max(1.0) - dark.0 / dark.1.max(1.0)).abs().max(4.0)
}

/// How far a module is from the nearest finder's middle.
pub(crate) fn away(x: f32, y: f32, side: f32) -> f32 {
    let far = side - 3.5;
    [(3.5, 3.5), (far, 3.5), (3.5, far)]
        .into_iter()
        .map(|(a, b)| (x - a).hypot(y - b))
        .fold(f32::MAX, f32::min)
}

/// Where on the way between two modules' middles it is looked. Chosen, not measured.
const WAY: [f32; 5] = [0.1, 0.3, 0.5, 0.7, 0.9];

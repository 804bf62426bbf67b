//! Fit: putting patterns that are known onto the grey picture, to a fraction of a pixel.
//!
//! Finders, alignment patterns and then all that is known of a symbol are laid over the
//! grey levels and moved until they match best (least squares, with little say for pixels
//! that fit nothing: dirt, glare). Nothing here uses binarized pixels.

use std::sync::LazyLock;

use crate::decode::code::layout::{Known, Layout};
use crate::decode::geometry::homography::Homography;
use crate::decode::math::integral::Integral;
use crate::decode::math::linear::{Pivot, solve};
use crate::decode::math::{single, whole};
use crate::decode::picture::interpolate::grey;
use crate::decode::sample::local::Local;
use crate::{Grey, Point};

/// Lays a finder pattern over the picture, starting from `guess`.
pub(crate) fn finder(picture: Grey<'_>, guess: Local) -> Local {
    let mut best = guess;
    for _ in 0..ROUNDS {
        let Some(next) = finder_round(picture, &best) else { break };
        let still = (next.centre.x - best.centre.x).abs() + (next.centre.y - best.centre.y).abs();
        let sane = next.area() > guess.area() * 0.4 && next.area() < guess.area() * 2.5;
        if !sane {
            break;
        }
        best = next;
        if still < STILL {
            break;
        }
    }
    best.match_ = finder_match(picture, &best);
    best
}

fn finder_round(picture: Grey<'_>, local: &Local) -> Option<Local> {
    let mut seen = [[0.0; EDGE + 2]; EDGE + 2];
    for (j, row) in (0_u8..).zip(&mut seen) {
        for (i, seen) in (0_u8..).zip(row) {
            let place = |i: u8| (f32::from(i) - 1.0) * STEP - REACH;
            *seen = grey(picture, local.at(place(i), place(j)));
        }
    }
    let inside = |k: usize| seen[k / EDGE + 1][k % EDGE + 1];
    let (gain, offset) = levels(finder_points().enumerate().map(|(k, (_, _, t))| (inside(k), t)))?;
    let twist = local.right.cross(local.down);
    if twist.abs() < 1e-3 {
        return None;
    }
    let mut normal = [[0.0_f32; 8]; 6];
    for (k, (u, v, t)) in finder_points().enumerate() {
        let (i, j) = (k % EDGE + 1, k / EDGE + 1);
        let (along, down) = (seen[j][i + 1] - seen[j][i - 1], seen[j + 1][i] - seen[j - 1][i]);
        let x = (along * local.down.y - down * local.right.y) / twist;
        let y = (down * local.right.x - along * local.down.x) / twist;
        let rest = gain * t + offset - seen[j][i];
        let off = rest / (0.5 * gain);
        let weight = 1.0 / (1.0 + off * off);
        let row = [x, x * u, x * v, y, y * u, y * v, rest, 0.0];
        for (line, here) in normal.iter_mut().zip(row) {
            for (sum, there) in line.iter_mut().zip(row) {
                *sum += weight * here * there;
            }
        }
    }
    let mut normal = normal.map(|line| {
        let [a, b, c, d, e, f, rest, _] = line.map(f64::from);
        [a, b, c, d, e, f, rest]
    });
    damp(&mut normal);
    solve(&mut normal, Pivot::Largest, 1e-12)?;
    let step = normal.map(|row| single(row[6]));
    let far = (step[0].abs() + step[3].abs()) / local.area().sqrt();
    let short = if far > 1.0 { 1.0 / far } else { 1.0 };
    Some(Local {
        centre: local.centre + Point { x: step[0], y: step[3] } * short,
        right: local.right + Point { x: step[1], y: step[4] } * short,
        down: local.down + Point { x: step[2], y: step[5] } * short,
        match_: 0.0,
    })
}

fn finder_match(picture: Grey<'_>, local: &Local) -> f32 {
    correlation(finder_points().map(|(u, v, t)| (grey(picture, local.at(u, v)), t)))
}

/// The correlation at a few places only, on the nearest pixels, for guesses by the hundred.
pub(crate) fn finder_glance(picture: Grey<'_>, local: &Local) -> f32 {
    let (wide, high) = (i64::from(picture.width()), i64::from(picture.height()));
    let (right, down) = (fixed(local.right), fixed(local.down));
    let mut row = fixed(local.at(-4.0, -4.0));
    let (mut sum, mut squares, mut with) = (0_i64, 0_i64, 0_i64);
    let mut add = |seen: i64, sign: i8| {
        sum += seen;
        squares += seen * seen;
        with += seen * i64::from(sign);
    };
    let far = |from: (i64, i64), by: (i64, i64)| (from.0 + 8 * by.0, from.1 + 8 * by.1);
    let corners = [row, far(row, right), far(row, down), far(far(row, right), down)];
    let is_inside = |(x, y): &(i64, i64)| {
        (0..wide).contains(&(x >> FRACTION)) && (0..high).contains(&(y >> FRACTION))
    };
    // Where all of it is in the picture, none of its places has to be moved there.
    let inside = corners.iter().all(is_inside);
    for signs in GLANCE {
        let mut at = row;
        for sign in signs {
            let (mut x, mut y) = (at.0 >> FRACTION, at.1 >> FRACTION);
            if !inside {
                (x, y) = (x.clamp(0, wide - 1), y.clamp(0, high - 1));
            }
            let seen = usize::try_from(y * wide + x).ok().and_then(|i| picture.pixels().get(i));
            add(seen.map_or(0, |&p| i64::from(p)), sign);
            at = (at.0 + right.0, at.1 + right.1);
        }
        row = (row.0 + down.0, row.1 + down.1);
    }
    let total: i64 = GLANCE.as_flattened().iter().map(|&sign| i64::from(sign)).sum();
    let count = 81;
    let spread = (count * squares - sum * sum) * (count * count - total * total);
    if spread > 0 { (count * with - sum * total) as f32 / (spread as f32).sqrt() } else { 0.0 }
}

/// What is to be seen around a finder's middle, a module apart: 1 light, -1 dark.
const GLANCE: [[i8; 9]; 9] = {
    const RINGS: [i8; 5] = [-1, -1, 1, -1, 1];
    let mut signs = [[0; 9]; 9];
    let mut i = 0;
    while i < 81 {
        let (u, v) = ((i % 9_usize).abs_diff(4), (i / 9_usize).abs_diff(4));
        signs[i / 9][i % 9] = RINGS[if u > v { u } else { v }];
        i += 1;
    }
    signs
};

/// A place as fixed-point numbers.
#[expect(clippy::cast_possible_truncation, reason = "the cast saturates; far outside is outside")]
fn fixed(at: Point) -> (i64, i64) {
    let one = |c: f32| i64::from((c * 65536.0) as i32);
    (one(at.x), one(at.y))
}

/// Bits of a fixed-point number behind the point.
const FRACTION: u32 = 16;

/// Places in and around a finder and what is to be seen there, 1 light and -1 dark.
fn finder_points() -> impl Iterator<Item = (f32, f32, f32)> {
    static POINTS: LazyLock<Vec<(f32, f32, f32)>> = LazyLock::new(|| {
        let places = (0..18_u8).flat_map(|j| (0..18_u8).map(move |i| (i, j)));
        let place = |i: u8| f32::from(i) * STEP - REACH;
        let point = |(u, v): (f32, f32)| (u, v, rings(u.abs().max(v.abs())));
        places.map(|(i, j)| point((place(i), place(j)))).collect()
    });
    POINTS.iter().copied()
}

/// Places along an edge of a finder, how far they are from each other and from the middle
/// at most, in modules.
const EDGE: usize = 18;
const STEP: f32 = 0.5;
const REACH: f32 = 4.25;

/// A finder at `distance` modules from its middle, its edges a little soft.
fn rings(distance: f32) -> f32 {
    let ramp = |edge: f32| ((distance - edge) / 0.3).clamp(-1.0, 1.0);
    if distance < 2.0 {
        ramp(1.5)
    } else if distance < 3.0 {
        -ramp(2.5)
    } else {
        ramp(3.5)
    }
}

/// Moves the map until everything known of the symbol fits best; `learned` are the modules
/// that were told so far, 1 surely dark, -1 surely light, 0 not known.
pub(crate) fn symbol(
    picture: Grey<'_>,
    layout: &Layout,
    start: Homography,
    learned: Option<&[f32]>,
) -> Homography {
    let points: Vec<(f64, f64, f32)> = known_points(layout, learned).collect();
    let side = layout.side as f64;
    let corners = [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side)];
    let mut best = start;
    for _ in 0..3 {
        let Some(next) = symbol_round(picture, &points, &best) else { break };
        let moved = corners.map(|(u, v)| {
            let (a, b) = (best.map(u, v), next.map(u, v));
            (a.x - b.x).abs() + (a.y - b.y).abs()
        });
        best = next;
        if moved.into_iter().fold(0.0, f32::max) < STILL {
            break;
        }
    }
    best
}

fn symbol_round(
    picture: Grey<'_>,
    points: &[(f64, f64, f32)],
    map: &Homography,
) -> Option<Homography> {
    let (gain, offset) = levels(points.iter().map(|&(u, v, t)| (grey(picture, map.map(u, v)), t)))?;
    let mut normal = [[0.0; 9]; 8];
    for &(u, v, t) in points {
        let (across, down, at) = map.derivatives(u, v);
        let (slope_x, slope_y) = slope(picture, at);
        let rest = f64::from(gain * t + offset - grey(picture, at));
        let mut row = [0.0; 9];
        for i in 0..8 {
            row[i] = slope_x * across[i] + slope_y * down[i];
        }
        row[8] = rest;
        add(&mut normal, &row, tame(rest, gain));
    }
    mirror(&mut normal);
    damp(&mut normal);
    solve(&mut normal, Pivot::Largest, 1e-12)?;
    Some(map.moved(&normal.map(|row| row[8])))
}

/// The modules that are known or were learned, two places in each, as (u, v, level).
fn known_points<'a>(
    layout: &'a Layout,
    learned: Option<&'a [f32]>,
) -> impl Iterator<Item = (f64, f64, f32)> + 'a {
    layout.known.iter().enumerate().flat_map(move |(i, known)| {
        let level = match known {
            Known::Dark => Some(-1.0),
            Known::Light => Some(1.0),
            Known::Format | Known::Data => {
                learned.and_then(|l| l.get(i)).filter(|l| l.abs() > TOLD).map(|l| -l)
            }
        };
        let (x, y) = ((i % layout.side) as f64, (i / layout.side) as f64);
        let places = if i % 2 == 0 { [(0.2, 0.4), (0.8, 0.6)] } else { [(0.6, 0.2), (0.4, 0.8)] };
        level.into_iter().flat_map(move |level| places.map(|(u, v)| (x + u, y + v, level)))
    })
}

/// Modules told less surely than this have no say. Chosen, not measured.
const TOLD: f32 = 0.2;

/// An alignment pattern near a place whose axes are known, light on dark where the place's match is negative: its
/// middle, and its correlation.
pub(crate) fn alignment(picture: Grey<'_>, guess: &Local, reach: f32) -> Option<(Point, f32)> {
    let half = 2.5 + reach;
    let patch = Patch::new(picture, guess, half);
    let steps = patch.side - 5 * FINE + 1;
    let middle = (steps - 1) as f32 / 2.0;
    let mut scores = vec![-1.0; steps * steps];
    let sign = if guess.match_ < 0.0 { -1.0 } else { 1.0 };
    let mut best = (0, f32::MIN);
    for (k, score) in scores.iter_mut().enumerate() {
        *score = sign * patch.alignment(k % steps, k / steps);
        let away = (k % steps) as f32 - middle;
        let away = away.hypot((k / steps) as f32 - middle) / FINE as f32;
        let value = *score - 0.02 * away;
        if value > best.1 {
            best = (k, value);
        }
    }
    let (i, j) = (best.0 % steps, best.0 / steps);
    let peak = |k: usize, stride: usize, inner: bool| {
        if inner { vertex(scores[k - stride], scores[k], scores[k + stride]) } else { 0.0 }
    };
    let u = i as f32 + peak(best.0, 1, i > 0 && i + 1 < steps);
    let v = j as f32 + peak(best.0, steps, j > 0 && j + 1 < steps);
    let at = guess.at((u - middle) / FINE as f32, (v - middle) / FINE as f32);
    Some((at, scores[best.0]))
}

/// The picture around a place along its own axes, summed so that any square of it is known
/// at once.
struct Patch {
    /// Samples along an edge, [`FINE`] to a module.
    side: usize,
    /// Sums of the samples and of their squares.
    sums: Integral<[f32; 2]>,
}

impl Patch {
    /// Samples of up to `half` modules away from the middle of `local`.
    fn new(picture: Grey<'_>, local: &Local, half: f32) -> Self {
        let side = whole(half * 2.0 * FINE as f32);
        let place = |i: usize| (i as f32 + 0.5) / FINE as f32 - half;
        let base = grey(picture, local.centre);
        let mut sums = Integral::new(side, side);
        for j in 0..side {
            sums.push((0..side).map(|i| {
                // Around 0, so that the sums stay exact enough.
                let seen = grey(picture, local.at(place(i), place(j))) - base;
                [seen, seen * seen]
            }));
        }
        Self { side, sums }
    }

    /// The sums over a square.
    fn square(&self, left: usize, top: usize, side: usize) -> [f32; 2] {
        self.sums.over((left, left + side), (top, top + side))
    }

    /// The correlation with an alignment pattern whose corner is there.
    fn alignment(&self, left: usize, top: usize) -> f32 {
        let [all, squares] = self.square(left, top, 5 * FINE);
        let [inner, _] = self.square(left + FINE, top + FINE, 3 * FINE);
        let [heart, _] = self.square(left + 2 * FINE, top + 2 * FINE, FINE);
        let with = 2.0 * (inner - heart) - all;
        let one = (FINE * FINE) as f32;
        let (count, total) = (25.0 * one, -9.0 * one);
        let spread = (count * squares - all * all) * (count * count - total * total);
        if spread > 1.0 { (count * with - all * total) / spread.sqrt() } else { 0.0 }
    }
}

/// Samples of a module in each direction. Chosen, not measured.
const FINE: usize = 4;

/// Where a parabola through three equally spaced values has its top, from the middle one.
fn vertex(before: f32, here: f32, after: f32) -> f32 {
    let bend = before - 2.0 * here + after;
    if bend >= -1e-6 { 0.0 } else { (0.5 * (before - after) / bend).clamp(-0.5, 0.5) }
}

/// Correlation of seen and expected, from -1 to 1.
pub(crate) fn correlation(pairs: impl Iterator<Item = (f32, f32)>) -> f32 {
    let (mut n, mut a, mut b, mut aa, mut bb, mut ab) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
    for (seen, expected) in pairs {
        n += 1.0;
        a += seen;
        b += expected;
        aa += seen * seen;
        bb += expected * expected;
        ab += seen * expected;
    }
    let spread = (n * aa - a * a) * (n * bb - b * b);
    if spread > 1e-3 { (n * ab - a * b) / spread.sqrt() } else { 0.0 }
}

/// Gain and offset that turn expected levels into seen ones; `None` without contrast.
fn levels(pairs: impl Iterator<Item = (f32, f32)>) -> Option<(f32, f32)> {
    let (mut n, mut a, mut b, mut bb, mut ab) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for (seen, expected) in pairs {
        n += 1.0;
        a += seen;
        b += expected;
        bb += expected * expected;
        ab += seen * expected;
    }
    let gain = (n * ab - a * b) / (n * bb - b * b).max(1e-6);
    (gain.abs() > 1.0).then_some((gain, (a - gain * b) / n))
}

fn slope(picture: Grey<'_>, at: Point) -> (f64, f64) {
    let dx = grey(picture, Point { x: at.x + 0.5, y: at.y })
        - grey(picture, Point { x: at.x - 0.5, y: at.y });
    let dy = grey(picture, Point { x: at.x, y: at.y + 0.5 })
        - grey(picture, Point { x: at.x, y: at.y - 0.5 });
    (f64::from(dx), f64::from(dy))
}

/// The say of a place that is `rest` grey levels off.
fn tame(rest: f64, gain: f32) -> f64 {
    let ratio = rest / (0.5 * f64::from(gain));
    1.0 / (1.0 + ratio * ratio)
}

fn add<const N: usize, const M: usize>(normal: &mut [[f64; M]; N], row: &[f64; M], weight: f64) {
    for i in 0..N {
        let weighted = weight * row[i];
        for j in i..M {
            normal[i][j] += weighted * row[j];
        }
    }
}

/// Fills in the half that [`add`] leaves out.
fn mirror<const N: usize, const M: usize>(normal: &mut [[f64; M]; N]) {
    for i in 1..N {
        let (above, rest) = normal.split_at_mut(i);
        for (j, row) in above.iter().enumerate() {
            rest[0][j] = row[i];
        }
    }
}

fn damp<const N: usize, const M: usize>(normal: &mut [[f64; M]; N]) {
    for (i, row) in normal.iter_mut().enumerate() {
        row[i] = row[i] * 1.001 + 1e-9;
    }
}

const ROUNDS: usize = 5;

/// What moved by fewer pixels is laid. Chosen, not measured.
const STILL: f32 = 0.1;

#[cfg(test)]
mod tests;

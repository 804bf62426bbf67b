//! Rings: finders where no threshold shows any.
//!
//! A finder is a dark middle in a light ring in a dark ring in a light ring. The means of
//! these four squares tell it from noise, haze and shadow that break every row of bits,
//! because hundreds of pixels have their say. One module length is looked for at a time;
//! for streams, which have many frames to look through. It finds upright and slightly
//! turned finders only, and proposes: whether three of them are a symbol's is for others.

use super::attempt::{self, Three};
use super::fit::Local;
use crate::{Grey, Point};

/// A place that looks like a finder.
#[derive(Clone, Copy, Debug)]
struct Ring {
    x: f32,
    y: f32,
    /// Correlation with a finder, 1 at best; negative for light on dark.
    alike: f32,
}

/// Three finders each of the likeliest symbols whose modules span about `module` pixels.
pub(super) fn guesses(picture: Grey<'_>, module: f32) -> Vec<(Three, bool)> {
    let rings = rings(picture, module);
    let mut found = Vec::new();
    for inverted in [false, true] {
        let of: Vec<&Ring> = rings.iter().filter(|r| (r.alike < 0.0) == inverted).collect();
        for (i, a) in of.iter().enumerate() {
            for (j, b) in of.iter().enumerate() {
                for c in of.iter().skip(j + 1).filter(|_| i != j) {
                    if !core::ptr::eq(*a, *c)
                        && let Some(three) = corner(a, b, c, module)
                    {
                        found.push((three, inverted, (a.alike + b.alike + c.alike).abs()));
                    }
                }
            }
        }
    }
    found.sort_by(|a, b| b.2.total_cmp(&a.2));
    found.truncate(LOOKED);
    let mut judged: Vec<(f32, Three, bool)> = found
        .into_iter()
        .map(|(three, inverted, _)| (attempt::likeness(picture, &three, inverted), three, inverted))
        .collect();
    judged.sort_by(|a, b| b.0.total_cmp(&a.0));
    judged.truncate(GUESSES);
    judged.into_iter().map(|(_, three, inverted)| (three, inverted)).collect()
}

/// Three finders as a symbol's, the first being the corner, if they can be.
fn corner(a: &Ring, b: &Ring, c: &Ring, module: f32) -> Option<Three> {
    let (mut right, mut down) = ((b.x - a.x, b.y - a.y), (c.x - a.x, c.y - a.y));
    let turn = right.0 * down.1 - right.1 * down.0;
    if turn < 0.0 {
        core::mem::swap(&mut right, &mut down);
    }
    let (across, along) = (right.0.hypot(right.1), down.0.hypot(down.1));
    let square = turn.abs() > 0.8 * across * along && across < 1.3 * along && along < 1.3 * across;
    if !square || across.min(along) < 12.0 * module || across.max(along) > 80.0 * module {
        return None;
    }
    let axis =
        |(x, y): (f32, f32), length: f32| Point { x: x / length * module, y: y / length * module };
    let (right_axis, down_axis) = (axis(right, across), axis(down, along));
    let local = |x: f32, y: f32| Local {
        centre: Point { x, y },
        right: right_axis,
        down: down_axis,
        match_: 0.0,
    };
    Some([local(a.x, a.y), local(a.x + right.0, a.y + right.1), local(a.x + down.0, a.y + down.1)])
}

/// The places most like finders, the best first.
fn rings(picture: Grey<'_>, module: f32) -> Vec<Ring> {
    let sums = Sums::new(picture);
    let reach = [1.5, 2.5, 3.5, 4.5].map(|modules| steps(modules * module));
    let (wide, high) = (picture.width() as usize, picture.height() as usize);
    let step = if module >= 1.9 { 2 } else { 1 };
    let edge = reach[3] + 2;
    let mut rings: Vec<Ring> = Vec::new();
    for y in (edge..high.saturating_sub(edge)).step_by(step) {
        for x in (edge..wide.saturating_sub(edge)).step_by(step) {
            if sums.alike(x, y, reach).abs() < FIRST {
                continue;
            }
            let (x, y, alike) = sums.peak(x, y, reach);
            if alike.abs() > LEAST {
                keep(
                    &mut rings,
                    Ring { x: x as f32 + 0.5, y: y as f32 + 0.5, alike },
                    4.0 * module,
                );
            }
        }
    }
    rings
}

/// Keeps the best of what lies together, and the best of all, in order.
fn keep(rings: &mut Vec<Ring>, new: Ring, apart: f32) {
    let full = rings.len() >= KEPT;
    if full && rings.last().is_some_and(|worst| worst.alike.abs() >= new.alike.abs()) {
        return;
    }
    let near = |r: &Ring| (r.x - new.x).abs() < apart && (r.y - new.y).abs() < apart;
    if let Some(at) = rings.iter().position(near) {
        if rings[at].alike.abs() >= new.alike.abs() {
            return;
        }
        rings.remove(at);
    } else if full {
        rings.pop();
    }
    let at = rings.partition_point(|r| r.alike.abs() > new.alike.abs());
    rings.insert(at, new);
}

/// Sums of grey levels and of their squares, above and to the left.
struct Sums {
    stride: usize,
    levels: Vec<u32>,
    squares: Vec<u64>,
}

impl Sums {
    fn new(picture: Grey<'_>) -> Self {
        let stride = picture.width() as usize + 1;
        let mut levels = vec![0_u32; stride];
        let mut squares = vec![0_u64; stride];
        for y in 0..picture.height() {
            let (mut level, mut square) = (0_u32, 0_u64);
            let start = levels.len() - stride;
            levels.push(0);
            squares.push(0);
            for (x, &pixel) in picture.row(y).iter().enumerate() {
                level = level.wrapping_add(pixel.into());
                square += u64::from(pixel) * u64::from(pixel);
                levels.push(levels[start + x + 1].wrapping_add(level));
                squares.push(squares[start + x + 1] + square);
            }
        }
        Self { stride, levels, squares }
    }

    /// The correlation of what is around a place with a finder.
    fn alike(&self, x: usize, y: usize, reach: [usize; 4]) -> f32 {
        let boxes = reach.map(|r| self.level(x, y, r));
        let areas = reach.map(|r| ((2 * r + 1) * (2 * r + 1)) as f32);
        let (dark, dark_area) = (boxes[0] + boxes[2] - boxes[1], areas[0] + areas[2] - areas[1]);
        let (light, light_area) = (boxes[3] - dark, areas[3] - dark_area);
        let contrast = light / light_area - dark / dark_area;
        let mean = boxes[3] / areas[3];
        let spread = self.square(x, y, reach[3]) / areas[3] - mean * mean;
        if spread < 0.3 {
            return 0.0;
        }
        let share = dark_area / areas[3];
        contrast * (share * (1.0 - share) / spread).sqrt()
    }

    /// The place most like a finder, of this one and its neighbours.
    fn peak(&self, x: usize, y: usize, reach: [usize; 4]) -> (usize, usize, f32) {
        let around = (0..9).map(|k| (x + k % 3 - 1, y + k / 3 - 1));
        around
            .map(|(x, y)| (x, y, self.alike(x, y, reach)))
            .max_by(|a, b| a.2.abs().total_cmp(&b.2.abs()))
            .unwrap_or((x, y, 0.0))
    }

    fn level(&self, x: usize, y: usize, reach: usize) -> f32 {
        let [a, b, c, d] = self.corners(x, y, reach).map(|at| self.levels[at]);
        d.wrapping_sub(b).wrapping_sub(c.wrapping_sub(a)) as f32
    }

    fn square(&self, x: usize, y: usize, reach: usize) -> f32 {
        let [a, b, c, d] = self.corners(x, y, reach).map(|at| self.squares[at]);
        (d + a - b - c) as f32
    }

    const fn corners(&self, x: usize, y: usize, reach: usize) -> [usize; 4] {
        let (left, right) = (x - reach, x + reach + 1);
        let (top, bottom) = ((y - reach) * self.stride, (y + reach + 1) * self.stride);
        [top + left, top + right, bottom + left, bottom + right]
    }
}

/// Pixels to each side of the middle one that a square of this half width covers.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few pixels")]
fn steps(half: f32) -> usize {
    half.max(0.5) as usize
}

/// Places less like a finder than this have none beside them.
const FIRST: f32 = 0.15;

/// Places less like a finder than this are noise.
const LEAST: f32 = 0.25;

/// The most places kept.
const KEPT: usize = 16;

/// The most groups compared with the picture.
const LOOKED: usize = 60;

/// The most groups proposed.
const GUESSES: usize = 3;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finders_in_heavy_noise() {
        let side = 240_usize;
        let finders = [(60_usize, 60_usize), (160, 60), (60, 160)];
        let mut state = 9_u64;
        let pixels: Vec<u8> = (0..side * side)
            .map(|i| {
                let (x, y) = (i % side, i / side);
                let dark = finders.iter().any(|&(u, v)| {
                    let ring = (x / 3).abs_diff(u / 3).max((y / 3).abs_diff(v / 3));
                    ring <= 3 && ring != 2
                });
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                let noise = i64::try_from(state % 160).unwrap() - 80;
                u8::try_from((if dark { 110 } else { 150 } + noise).clamp(0, 255)).unwrap()
            })
            .collect();
        let picture = Grey::new(240, 240, &pixels).unwrap();
        let (three, inverted) = guesses(picture, 3.0)[0];
        assert!(!inverted);
        for (local, (x, y)) in three.iter().zip(finders) {
            let off = (local.centre.x - x as f32 - 1.5).hypot(local.centre.y - y as f32 - 1.5);
            assert!(off < 3.0, "{local:?}");
        }
    }
}

//! Rings: finders where no threshold shows any.
//!
//! A finder is a dark middle in a light ring in a dark ring in a light ring. The means of
//! these four squares tell it from noise, haze and shadow that break every row of bits,
//! because hundreds of pixels have their say. For streams, which have many frames to look
//! through: small pictures are searched for finders of every size, large ones by turns. It
//! finds upright and slightly turned finders only, and proposes: whether three of them are a
//! symbol's is for others.

use crate::decode::detect::candidate;
use crate::decode::math::integral::Integral;
use crate::decode::picture::pyramid::{Pyramid, scale};
use crate::decode::sample::local::{Local, Triple};
use crate::{Grey, Point};

/// A place that looks like a finder, in pixels of the picture.
#[derive(Clone, Copy, Debug)]
struct Ring {
    x: f32,
    y: f32,
    module: f32,
    /// How often the picture in which it was seen is halved.
    size: usize,
    /// Correlation with a finder, 1 at best; negative for light on dark.
    alike: f32,
}

/// Three finders each of the likeliest symbols.
pub(crate) fn guesses(sizes: &mut Pyramid<'_>, turn: usize) -> Vec<(Triple, bool)> {
    let mut rings = Vec::with_capacity(KEPT);
    let mut size = 1;
    while size <= SMALLEST && sizes.reach(size) {
        let picture = sizes.at(size);
        if picture.pixels().len() > MANY {
            size += 1;
            continue;
        }
        let all = picture.pixels().len() <= FEW;
        let sums = Sums::new(picture);
        for (k, (module, reach)) in SPANS.into_iter().enumerate() {
            if all || k == turn % SPANS.len() {
                sums.search(&Squares::new(reach), |x, y, alike| {
                    let [x, y, module] = [x, y, module].map(|c| c * scale(size));
                    keep(&mut rings, Ring { x, y, module, size, alike });
                });
            }
        }
        size += 1;
    }
    groups(sizes, &rings)
}

/// The likeliest groups of three.
fn groups(sizes: &Pyramid<'_>, rings: &[Ring]) -> Vec<(Triple, bool)> {
    let mut found = Vec::new();
    for (i, a) in rings.iter().enumerate() {
        let alike = |b: &Ring| (a.alike < 0.0) == (b.alike < 0.0) && a.is_sized(b);
        for (j, b) in rings.iter().enumerate().filter(|(j, b)| i != *j && alike(b)) {
            for (_, c) in rings.iter().enumerate().skip(j + 1).filter(|(k, c)| i != *k && alike(c))
            {
                if let Some(three) = corner(a, b, c) {
                    found.push((three, a.size, (a.alike + b.alike + c.alike)));
                }
            }
        }
    }
    found.sort_by(|a, b| b.2.abs().total_cmp(&a.2.abs()));
    found.truncate(LOOKED);
    let mut judged: Vec<(f32, Triple, bool)> = found
        .into_iter()
        .map(|(three, size, sum)| {
            let small = three.map(|local| local.scaled(1.0 / scale(size)));
            let inverted = sum < 0.0;
            (candidate::likeness(sizes.at(size), &small, inverted), three, inverted)
        })
        .collect();
    judged.sort_by(|a, b| b.0.total_cmp(&a.0));
    judged.truncate(GUESSES);
    judged.into_iter().map(|(_, three, inverted)| (three, inverted)).collect()
}

/// Three finders as a symbol's, the first being the corner, if they can be.
fn corner(a: &Ring, b: &Ring, c: &Ring) -> Option<Triple> {
    let module = (a.module + b.module + c.module) / 3.0;
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

/// Keeps the best of what lies together, and the best of all, in order.
fn keep(rings: &mut Vec<Ring>, new: Ring) {
    let full = rings.len() >= KEPT;
    if full && rings.last().is_some_and(|worst| worst.alike.abs() >= new.alike.abs()) {
        return;
    }
    let near = |r: &Ring| {
        let apart = 4.0 * new.module.min(r.module);
        (r.x - new.x).abs() < apart && (r.y - new.y).abs() < apart
    };
    if rings.iter().any(|r| near(r) && r.alike.abs() >= new.alike.abs()) {
        return;
    }
    rings.retain(|r| !near(r));
    rings.truncate(KEPT - 1);
    let at = rings.partition_point(|r| r.alike.abs() > new.alike.abs());
    rings.insert(at, new);
}

impl Ring {
    /// Whether both may belong to one symbol by their sizes.
    fn is_sized(&self, other: &Self) -> bool {
        self.module < 1.7 * other.module && other.module < 1.7 * self.module
    }
}

/// Sums of grey levels and of their squares.
struct Sums {
    levels: Integral<u32>,
    squares: Integral<u32>,
}

/// Four squares around a place, one in the other.
struct Squares {
    /// Pixels to each side of the middle one.
    reach: [usize; 4],
    /// One over the pixels that are dark in a finder, that are light, and of all.
    shares: [f32; 3],
    /// What the square of the difference of dark and light has to be multiplied by.
    gain: f32,
}

impl Squares {
    fn new(reach: [usize; 4]) -> Self {
        let [a, b, c, d] = reach.map(|r| ((2 * r + 1) * (2 * r + 1)) as f32);
        let dark = a + c - b;
        let share = dark / d;
        let shares = [1.0 / dark, 1.0 / (d - dark), 1.0 / d];
        Self { reach, shares, gain: share * (1.0 - share) }
    }

    /// The square of the correlation with a finder, negative for light on dark, from the sums
    /// over the four squares and over the levels' own squares.
    fn alike(&self, [a, b, c, d]: [u32; 4], squares: u32) -> f32 {
        let dark = a.wrapping_add(c).wrapping_sub(b);
        let light = d.wrapping_sub(dark);
        let [per_dark, per_light, per_all] = self.shares;
        let contrast = light as f32 * per_light - dark as f32 * per_dark;
        let mean = d as f32 * per_all;
        let spread = squares as f32 * per_all - mean * mean;
        let spread = if spread < FLAT { f32::MAX } else { spread };
        contrast * contrast.abs() * self.gain / spread
    }
}

impl Sums {
    fn new(picture: Grey<'_>) -> Self {
        let (wide, high) = (picture.width() as usize, picture.height() as usize);
        let (mut levels, mut squares) = (Integral::new(wide, high), Integral::new(wide, high));
        for row in picture.pixels().chunks_exact(wide) {
            levels.push(row.iter().map(|&pixel| u32::from(pixel)));
            squares.push(row.iter().map(|&pixel| u32::from(pixel) * u32::from(pixel)));
        }
        Self { levels, squares }
    }

    /// Tells of the places most like finders with modules of that length.
    fn search(&self, squares: &Squares, mut tell: impl FnMut(f32, f32, f32)) {
        let edge = squares.reach[3] + 2;
        let (wide, high) = (self.levels.width(), self.levels.height());
        if wide < 2 * edge + 3 || high < 2 * edge + 3 {
            return;
        }
        let mut row = Row::new(wide - 2 * edge);
        let (mut spots, mut least) = (Vec::with_capacity(4 * SPOTS + wide), FIRST * FIRST);
        for y in (edge..high - edge).step_by(2) {
            row.look(self, squares, y, edge);
            spots.extend(row.peaks(least).map(|(alike, i)| (alike, edge + i, y)));
            if spots.len() > 4 * SPOTS {
                least = strongest(&mut spots);
            }
        }
        strongest(&mut spots);
        for (_, x, y) in spots {
            let around = (0..9).map(|k| (x + k % 3 - 1, y + k / 3 - 1));
            let best = around
                .map(|(x, y)| (x, y, self.alike(squares, x, y)))
                .max_by(|a, b| a.2.abs().total_cmp(&b.2.abs()));
            if let Some((x, y, alike)) = best.filter(|best| best.2.abs() > LEAST * LEAST) {
                tell(x as f32 + 0.5, y as f32 + 0.5, alike.abs().sqrt().copysign(alike));
            }
        }
    }

    /// [`Squares::alike`] at one place.
    fn alike(&self, squares: &Squares, x: usize, y: usize) -> f32 {
        let over =
            |sums: &Integral<u32>, r: usize| sums.over((x - r, x + r + 1), (y - r, y + r + 1));
        let boxes = squares.reach.map(|r| over(&self.levels, r));
        squares.alike(boxes, over(&self.squares, squares.reach[3]))
    }
}

/// A row of places, but for its ends.
struct Row {
    /// Sums over columns as high as each of the squares, and of the levels' squares.
    strips: [Vec<u32>; 5],
    alike: Vec<f32>,
}

impl Row {
    fn new(count: usize) -> Self {
        Self { strips: [const { Vec::new() }; 5], alike: vec![0.0; count] }
    }

    fn look(&mut self, sums: &Sums, squares: &Squares, y: usize, edge: usize) {
        let [.., last] = squares.reach;
        let heights = squares.reach.into_iter().chain([last]);
        for (k, (strip, r)) in self.strips.iter_mut().zip(heights).enumerate() {
            let of = if k == 4 { &sums.squares } else { &sums.levels };
            let (above, below) = (of.line(y - r), of.line(y + r + 1));
            strip.clear();
            strip.extend(below.iter().zip(above).map(|(b, a)| b.wrapping_sub(*a)));
        }
        let count = self.alike.len();
        let ends = |k: usize| {
            let (r, strip) = (squares.reach[k.min(3)], &self.strips[k]);
            (&strip[edge - r..][..count], &strip[edge + r + 1..][..count])
        };
        let [(a, b), (c, d), (e, f), (g, h), (p, q)] =
            [ends(0), ends(1), ends(2), ends(3), ends(4)];
        for (i, alike) in self.alike.iter_mut().enumerate() {
            let boxes = [
                b[i].wrapping_sub(a[i]),
                d[i].wrapping_sub(c[i]),
                f[i].wrapping_sub(e[i]),
                h[i].wrapping_sub(g[i]),
            ];
            *alike = squares.alike(boxes, q[i].wrapping_sub(p[i]));
        }
    }

    /// Places more alike than their neighbours and than `least`.
    fn peaks(&self, least: f32) -> impl Iterator<Item = (f32, usize)> + '_ {
        self.alike.windows(3).enumerate().filter_map(move |(i, three)| {
            let [before, here, after] = [three[0], three[1], three[2]].map(f32::abs);
            (here > least && here >= before && here > after).then_some((here, i + 1))
        })
    }
}

/// Keeps the clearest spots; how clear the last of them is.
fn strongest(spots: &mut Vec<(f32, usize, usize)>) -> f32 {
    spots.sort_by(|a, b| b.0.total_cmp(&a.0));
    spots.truncate(SPOTS);
    spots.last().map_or(FIRST * FIRST, |spot| spot.0)
}

/// Finders that are looked for in a picture: a module's length in its pixels, and how far each of the squares
/// reaches from the middle pixel. Larger ones are looked for in the picture halved. Chosen, not measured.
const SPANS: [(f32, [usize; 4]); 4] =
    [(1.5, [2, 3, 5, 6]), (1.86, [2, 4, 6, 8]), (2.16, [3, 5, 7, 9]), (2.6, [4, 6, 9, 11])];

/// Grey levels that spread less than this are flat. Chosen, not measured.
const FLAT: f32 = 0.3;

/// How often a picture is halved at most. Chosen for time.
const SMALLEST: usize = 4;

/// Pictures of so many pixels are searched for all lengths. Chosen for time.
const FEW: usize = 80_000;

/// Pictures of more pixels are halved first. Chosen for time.
const MANY: usize = 600_000;

/// The most places of a picture that are looked at closely. Chosen for time.
const SPOTS: usize = 48;

/// Places less like a finder than this have none beside them. Chosen, not measured.
const FIRST: f32 = 0.15;

/// Places less like a finder than this are noise. Chosen, not measured.
const LEAST: f32 = 0.25;

/// The most places kept. Chosen for time.
const KEPT: usize = 24;

/// The most groups compared with the picture. Chosen for time.
const LOOKED: usize = 60;

/// The most groups proposed. Chosen for time.
const GUESSES: usize = 1;

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
        let (three, inverted) = guesses(&mut Pyramid::new(picture), 0)[0];
        assert!(!inverted);
        for (local, (x, y)) in three.iter().zip(finders) {
            let off = (local.centre.x - x as f32 - 1.5).hypot(local.centre.y - y as f32 - 1.5);
            assert!(off < 3.0, "{local:?}");
        }
    }
}

//! Crease: paper folded once, as two flat halves that meet in a straight line.
//!
//! Both halves are planes seen by one camera, so that the second half's map is the first's after a movement that leaves
//! the crease where it is: a place p = (u, v, 1) at the distance d beyond the crease lies where the first map has
//! p + d·t, for one vector t of three numbers (a planar homology, Hartley & Zisserman, Multiple View Geometry, 2nd ed.,
//! section A7.2). With the crease's angle and distance and the first map's eight numbers that is thirteen in all. They are
//! fitted to what the finders and the borders between modules say (Levenberg–Marquardt); nothing can slip by a module
//! between the two halves.

use core::f64::consts::PI;

use crate::decode::code::layout::Layout;
use crate::decode::geometry::borders::{Slip, borders};
use crate::decode::geometry::homography::{Homography, Pair};
use crate::decode::geometry::mesh;
use crate::decode::geometry::refine;
use crate::decode::math::linear::{Pivot, solve};
use crate::decode::math::{single, whole};
use crate::decode::sample::grid::Grid;
use crate::decode::sample::local::Local;
use crate::{Grey, Point};

/// Unknowns of a creased map.
const UNKNOWNS: usize = 13;

/// The map of a symbol whose paper is folded once. Modules count from the symbol's middle.
#[derive(Clone, Copy, Debug)]
struct Crease {
    /// The first half's map, row by row without the last entry, which is 1.
    rows: [f64; 8],
    /// Which way a place beyond the crease goes, for each module beyond it.
    turn: [f64; 3],
    /// Direction across the crease, and its distance from the middle.
    angle: f64,
    offset: f64,
    /// The symbol's middle, in modules.
    middle: f64,
}

/// What was seen of a place: that it lies there, or, with a direction, that it lies there in that direction.
#[derive(Clone, Copy, Debug)]
struct Seen {
    at: (f64, f64),
    place: Point,
    direction: Option<Point>,
    weight: f64,
}

/// The grid of a symbol whose finders are `three` on paper that is folded once; nothing where a fold explains them, or
/// what lies between them, no better than flat paper does.
pub(crate) fn creased(picture: Grey<'_>, layout: &Layout, three: &[Local; 3]) -> Option<Grid> {
    let seen = finders(layout.side, three);
    let mut best: Option<(f32, Crease)> = None;
    for (_, crease) in guesses(picture, layout.side, three, &seen).into_iter().take(LAID) {
        let Some(followed) = crease.followed(picture, layout, three, &seen) else { continue };
        if best.is_none_or(|best| followed.0 > best.0) {
            best = Some(followed);
        }
        if followed.0 > CLEAR {
            break;
        }
    }
    Some(best?.1.grid(layout.side))
}

/// How much a symbol of so many modules looks folded, 2 at best; nothing where flat paper explains its finders as well.
pub(crate) fn promise(picture: Grey<'_>, side: usize, three: &[Local; 3]) -> Option<f64> {
    guesses(picture, side, three, &finders(side, three)).first().map(|guess| guess.0)
}

/// The creases that suit the finders, the likeliest first, by how well timing patterns alternate under them.
fn guesses(
    picture: Grey<'_>,
    side: usize,
    three: &[Local; 3],
    seen: &[Seen],
) -> Vec<(f64, Crease)> {
    let module = f64::from(three[0].area().max(1.0).sqrt());
    let Some(flat) = Crease::flat(side, seen) else { return Vec::new() };
    let uneven = flat.off(seen) / module;
    if uneven < EVEN {
        return Vec::new();
    }
    let ways = (0..WAYS * STEPS).map(|i| {
        let angle = PI * f64::from(i / STEPS) / f64::from(WAYS);
        let offset = (f64::from(i % STEPS) / f64::from(STEPS - 1) - 0.5) * 1.1 * side as f64;
        let mut crease = Crease { angle, offset, ..flat };
        for _ in 0..FIRST {
            crease.settle(seen, false);
        }
        (crease.off(seen) / module, crease)
    });
    let mut tried: Vec<(f64, Crease)> = ways.filter(|(off, _)| *off < uneven * BETTER).collect();
    tried.sort_by(|a, b| a.0.total_cmp(&b.0));
    tried.truncate(TIMED);
    for (score, crease) in &mut tried {
        *score = f64::from(mesh::timing(picture, &crease.grid(side), side)) - *score;
    }
    tried.retain(|(score, _)| *score > LIKELY);
    tried.sort_by(|a, b| b.0.total_cmp(&a.0));
    tried
}

/// Places in each finder and where its own axes have them.
fn finders(side: usize, three: &[Local; 3]) -> Vec<Seen> {
    let far = side as f32 - 3.5;
    let mut seen = Vec::with_capacity(27);
    for (local, (x, y)) in three.iter().zip([(3.5, 3.5), (far, 3.5), (3.5, far)]) {
        for k in 0..9_u8 {
            let (a, b) = (f32::from(k % 3) * 3.5 - 3.5, f32::from(k / 3) * 3.5 - 3.5);
            let at = (f64::from(x + a), f64::from(y + b));
            seen.push(Seen { at, place: local.at(a, b), direction: None, weight: HELD });
        }
    }
    seen
}

impl Crease {
    /// Paper that is not folded.
    fn flat(side: usize, seen: &[Seen]) -> Option<Self> {
        let middle = side as f64 / 2.0;
        let pairs: Vec<Pair> = seen
            .iter()
            .map(|seen| {
                let module = (seen.at.0 - middle, seen.at.1 - middle);
                Pair { module, picture: seen.place, weight: 1.0 }
            })
            .collect();
        let rows = Homography::fit(&pairs, side as f64)?.rows();
        Some(Self { rows, turn: [0.0; 3], angle: 0.0, offset: 0.0, middle })
    }

    /// The place before the map, and how far it lies beyond the crease.
    fn moved(&self, (u, v): (f64, f64)) -> ([f64; 3], f64) {
        let (u, v) = (u - self.middle, v - self.middle);
        let (sine, cosine) = self.angle.sin_cos();
        let beyond = (cosine * u + sine * v - self.offset).max(0.0);
        let [a, b, c] = self.turn;
        ([u + beyond * a, v + beyond * b, 1.0 + beyond * c], beyond)
    }

    /// Where a place of the symbol lies in the picture.
    fn map(&self, at: (f64, f64)) -> (f64, f64) {
        let ([p, q, r], _) = self.moved(at);
        let [a, b, c, d, e, f, g, h] = self.rows;
        let w = g * p + h * q + r;
        let w = if w.abs() < 1e-9 { 1e-9 } else { w };
        ((a * p + b * q + c * r) / w, (d * p + e * q + f * r) / w)
    }

    fn grid(&self, side: usize) -> Grid {
        Grid::from_fn(side, |x, y| {
            let (x, y) = self.map((x as f64 + 0.5, y as f64 + 0.5));
            Point { x: single(x), y: single(y) }
        })
    }

    /// How the place in the picture moves with each unknown.
    fn derivatives(&self, at: (f64, f64)) -> ([f64; UNKNOWNS], [f64; UNKNOWNS]) {
        let ([p, q, r], beyond) = self.moved(at);
        let [a, b, c, d, e, f, g, h] = self.rows;
        let w = g * p + h * q + r;
        let w = if w.abs() < 1e-9 { 1e-9 } else { w };
        let (x, y) = ((a * p + b * q + c * r) / w, (d * p + e * q + f * r) / w);
        let (p, q, r) = (p / w, q / w, r / w);
        let across = [(a - x * g) / w, (b - x * h) / w, (c - x) / w];
        let along = [(d - y * g) / w, (e - y * h) / w, (f - y) / w];
        let inner =
            |way: &[f64; 3]| -> f64 { way.iter().zip(&self.turn).map(|(a, b)| a * b).sum() };
        let (sine, cosine) = self.angle.sin_cos();
        let swing = cosine * (at.1 - self.middle) - sine * (at.0 - self.middle);
        let (swing, away) = if beyond > 0.0 { (swing, -1.0) } else { (0.0, 0.0) };
        let row = |head: [f64; 8], way: &[f64; 3]| {
            let mut row = [0.0; UNKNOWNS];
            row[..8].copy_from_slice(&head);
            for (to, way) in row[8..11].iter_mut().zip(way) {
                *to = beyond * way;
            }
            row[11] = swing * inner(way);
            row[12] = away * inner(way);
            row
        };
        (
            row([p, q, r, 0.0, 0.0, 0.0, -x * p, -x * q], &across),
            row([0.0, 0.0, 0.0, p, q, r, -y * p, -y * q], &along),
        )
    }

    /// One step towards what was seen; the crease itself moves only where it is `free` to.
    fn settle(&mut self, seen: &[Seen], free: bool) {
        let n = if free { UNKNOWNS } else { UNKNOWNS - 2 };
        let mut normal = [[0.0; UNKNOWNS + 1]; UNKNOWNS];
        let mut add = |row: &[f64; UNKNOWNS], right: f64, weight: f64| {
            for i in 0..n {
                for j in 0..n {
                    normal[i][j] += weight * row[i] * row[j];
                }
                normal[i][n] += weight * row[i] * right;
            }
        };
        for seen in seen {
            let (x, y) = self.map(seen.at);
            let (dx, dy) = (f64::from(seen.place.x) - x, f64::from(seen.place.y) - y);
            let (across, along) = self.derivatives(seen.at);
            match seen.direction {
                None => {
                    add(&across, dx, seen.weight);
                    add(&along, dy, seen.weight);
                }
                Some(way) => {
                    let (a, b) = (f64::from(way.x), f64::from(way.y));
                    let mut row = across;
                    for (to, along) in row.iter_mut().zip(&along) {
                        *to = a * *to + b * along;
                    }
                    add(&row, a * dx + b * dy, seen.weight);
                }
            }
        }
        // Unknowns of one size each, so that one damping and one least pivot suit all.
        let mut sizes = [0.0; UNKNOWNS];
        for (i, size) in sizes.iter_mut().enumerate().take(n) {
            *size = normal[i][i].max(1e-12).sqrt();
        }
        let mut rows: Vec<Vec<f64>> = (0..n)
            .map(|i| {
                let scaled = (0..n).map(|j| {
                    normal[i][j] / (sizes[i] * sizes[j]) + if i == j { DAMPED } else { 0.0 }
                });
                scaled.chain([normal[i][n] / sizes[i]]).collect()
            })
            .collect();
        if solve(&mut rows, Pivot::Largest, 1e-9).is_none() {
            return;
        }
        let step: Vec<f64> = rows.iter().zip(sizes).map(|(row, size)| row[n] / size).collect();
        for (to, by) in self.rows.iter_mut().chain(&mut self.turn).zip(&step) {
            *to += by;
        }
        if let [.., angle, offset] = step[..]
            && free
        {
            self.angle += angle.clamp(-0.2, 0.2);
            self.offset += offset.clamp(-2.0, 2.0);
        }
    }

    /// How far what was seen lies from where the map has it, in pixels (root of the mean square).
    fn off(&self, seen: &[Seen]) -> f64 {
        let square = |seen: &Seen| {
            let (x, y) = self.map(seen.at);
            (f64::from(seen.place.x) - x).powi(2) + (f64::from(seen.place.y) - y).powi(2)
        };
        (seen.iter().map(square).sum::<f64>() / seen.len().max(1) as f64).sqrt()
    }

    /// The crease moved to where the borders and the alignment patterns have it, and before it the share of known borders
    /// that are as they must be; nothing where those are too few.
    fn followed(
        mut self,
        picture: Grey<'_>,
        layout: &Layout,
        three: &[Local; 3],
        finders: &[Seen],
    ) -> Option<(f32, Self)> {
        let side = layout.side;
        let mut share = 0.0;
        for (reach, least) in REACHES {
            let grid = self.grid(side);
            let (slips, agreed) = borders(picture, layout, &grid, reach * side as f32);
            share = agreed;
            if agreed < least {
                return None;
            }
            let mut seen = finders.to_vec();
            seen.extend(slips.iter().map(|slip| self.slipped(slip, &grid)));
            seen.extend(patterns(picture, layout, &grid, three[0].match_));
            self.settle(&seen, true);
            self.settle(&seen, true);
        }
        Some((share, self))
    }

    /// A border where it is seen.
    fn slipped(&self, slip: &Slip, grid: &Grid) -> Seen {
        let at = (f64::from(slip.at.0), f64::from(slip.at.1));
        let (x, y) = self.map(at);
        let (right, down) = grid.axes(module(slip.at.0), module(slip.at.1));
        let axis = if slip.along { down } else { right };
        let length = axis.x.hypot(axis.y).max(1e-3);
        let place = Point { x: single(x), y: single(y) } + axis * slip.slip;
        let weight = f64::from(slip.weight);
        Seen { at, place, direction: Some(axis * (1.0 / length)), weight }
    }
}

/// The alignment patterns where they are seen.
fn patterns(picture: Grey<'_>, layout: &Layout, grid: &Grid, polarity: f32) -> Vec<Seen> {
    let seen = |(x, y): (usize, usize)| {
        let guess = Local { match_: polarity, ..grid.local(x, y) };
        let (place, score) = refine::alignment(picture, &guess, REACH)?;
        let at = (x as f64 + 0.5, y as f64 + 0.5);
        (score > ALIKE).then_some(Seen { at, place, direction: None, weight: SURE })
    };
    layout.alignments().filter_map(seen).collect()
}

/// The module a place lies in.
fn module(at: f32) -> usize {
    whole(at.max(0.0))
}

/// Directions within a half turn, and distances, from which a crease is looked for: seen from its other side it is the
/// same one. Chosen for time.
const WAYS: u8 = 6;
const STEPS: u8 = 7;

/// Steps towards the finders. Chosen for time.
const FIRST: usize = 3;

/// Finders less uneven than this lie on flat paper, in modules, and a crease explains them by so much better. Chosen, not
/// measured.
const EVEN: f64 = 0.2;
const BETTER: f64 = 0.6;

/// Of the creases that suit the finders, how many are held against the timing patterns, and how many of those are
/// followed. Chosen for time.
const TIMED: usize = 12;
const LAID: usize = 2;

/// Timing patterns alternate by so much more than the finders are off, under a crease that is one: over 1.1 in seven folded
/// symbols of the right version, under 0.7 in others (1 December 2026).
const LIKELY: f64 = 0.9;

/// Where so many of the known borders are as they must be, no other crease is followed. Chosen, not measured.
const CLEAR: f32 = 0.97;

/// How far from a finder borders are believed while a crease is followed, in sides of the symbol, and the share of known
/// borders that must be as they have to be by then. Chosen, not measured.
const REACHES: [(f32, f32); 6] =
    [(0.3, 0.5), (0.4, 0.6), (0.5, 0.7), (0.6, 0.75), (1.0, 0.75), (1.0, 0.75)];

/// What is added to the diagonal, of entries that are 1. Chosen, not measured.
const DAMPED: f64 = 1e-4;

/// The weight of what finders say, and alignment patterns, beside one border. Chosen, not measured.
const HELD: f64 = 12.0;
const SURE: f64 = 100.0;

/// How far an alignment pattern is looked for, in modules. Chosen, not measured.
const REACH: f32 = 2.5;

/// Alignment patterns less like themselves are none. Chosen, not measured.
const ALIKE: f32 = 0.7;

#[cfg(test)]
mod tests;

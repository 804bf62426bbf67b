//! Grow: a grid for paper that bends anywhere, grown from the finders outwards.
//!
//! A lattice of nodes every few modules starts at the three finders. Each node is placed
//! by the neighbours that are placed already, then moved to where dark and light part
//! best. It needs no flat map to start from, so a card on a cylinder or folded across its
//! middle can be followed; what the modules say is for others.

use super::fit::{Local, grey};
use super::layout::{Known, Layout};
use super::sample::Grid;
use crate::{Grey, Point};

/// The grid grown from `three` finders.
pub(super) fn grow(picture: Grey<'_>, layout: &Layout, three: &[Local; 3]) -> Grid {
    let mut lattice = Lattice::new(layout, three);
    for node in lattice.outwards() {
        if let Some(guess) = lattice.predict(node) {
            let placed = lattice.settle(picture, layout, node, guess, 0.5);
            lattice.nodes[node] = Some(placed);
        }
    }
    for node in lattice.outwards() {
        if let Some(guess) = lattice.between(node) {
            let placed = lattice.settle(picture, layout, node, guess, 0.25);
            lattice.nodes[node] = Some(placed);
        }
    }
    lattice.grid(layout.side)
}

struct Lattice {
    /// The modules' columns and rows that carry nodes.
    places: Vec<usize>,
    nodes: Vec<Option<Local>>,
}

impl Lattice {
    fn new(layout: &Layout, three: &[Local; 3]) -> Self {
        let span = layout.side - 7;
        let count = span.div_ceil(SPACING);
        let places: Vec<usize> = (0..=count).map(|i| 3 + i * span / count).collect();
        let mut nodes = vec![None; places.len() * places.len()];
        let last = places.len() - 1;
        for (at, local) in [0, last, last * places.len()].into_iter().zip(three) {
            nodes[at] = Some(*local);
        }
        Self { places, nodes }
    }

    /// All nodes but the seeds, those near a seed first.
    fn outwards(&self) -> Vec<usize> {
        let (side, last) = (self.places.len(), self.places.len() - 1);
        let away = |node: usize| {
            let (i, j) = (node % side, node / side);
            [(0, 0), (last, 0), (0, last)]
                .map(|(a, b)| i.abs_diff(a).pow(2) + j.abs_diff(b).pow(2))
                .into_iter()
                .min()
                .unwrap_or(0)
        };
        let mut order: Vec<usize> = (0..side * side).filter(|&node| away(node) > 0).collect();
        order.sort_by_key(|&node| away(node));
        order
    }

    fn module(&self, node: usize) -> (usize, usize) {
        let side = self.places.len();
        (self.places[node % side], self.places[node / side])
    }

    /// Neighbours that are placed, and how many modules away they are.
    fn neighbours(&self, node: usize) -> impl Iterator<Item = (Local, f32, f32)> + '_ {
        let side = self.places.len();
        let (i, j) = (node % side, node / side);
        let (x, y) = self.module(node);
        let around = (j.saturating_sub(1)..=(j + 1).min(side - 1)).flat_map(move |b| {
            (i.saturating_sub(1)..=(i + 1).min(side - 1)).map(move |a| b * side + a)
        });
        around.filter(move |&other| other != node).filter_map(move |other| {
            let (u, v) = self.module(other);
            let local = self.nodes[other]?;
            Some((local, x as f32 - u as f32, y as f32 - v as f32))
        })
    }

    /// Where the neighbours' own axes put a node.
    fn predict(&self, node: usize) -> Option<Local> {
        mean(self.neighbours(node).map(|(local, u, v)| {
            let weight = 1.0 / (u * u + v * v);
            (Local { centre: local.at(u, v), ..local }, weight)
        }))
    }

    /// Where a node lies if it is in the middle of its opposite neighbours, with the axes
    /// they span.
    fn between(&self, node: usize) -> Option<Local> {
        let side = self.places.len();
        let (i, j) = (node % side, node / side);
        if i == 0 || j == 0 || i + 1 == side || j + 1 == side {
            return self.nodes[node];
        }
        let pair = |a: usize, b: usize| Some((self.nodes[a]?, self.nodes[b]?));
        let (left, right) = pair(node - 1, node + 1)?;
        let (up, down) = pair(node - side, node + side)?;
        let (x, y) = self.module(node);
        let share = |a: usize, b: usize, at: usize| (at - a) as f32 / (b - a) as f32;
        let across = (self.places[i - 1], self.places[i + 1]);
        let along = (self.places[j - 1], self.places[j + 1]);
        let (s, t) = (share(across.0, across.1, x), share(along.0, along.1, y));
        let here = self.nodes[node]?;
        let blend = |a: f32, b: f32, s: f32| a + (b - a) * s;
        let smooth = |c: f32, a: f32, b: f32, p: f32, q: f32| {
            0.5 * c + 0.25 * (blend(a, b, s) + blend(p, q, t))
        };
        let (wide, high) = ((across.1 - across.0) as f32, (along.1 - along.0) as f32);
        Some(Local {
            centre: Point {
                x: smooth(here.centre.x, left.centre.x, right.centre.x, up.centre.x, down.centre.x),
                y: smooth(here.centre.y, left.centre.y, right.centre.y, up.centre.y, down.centre.y),
            },
            right: slope(left.centre, right.centre, wide),
            down: slope(up.centre, down.centre, high),
            match_: here.match_,
        })
    }

    /// Moves a node to where the modules around it are most clearly dark or light.
    fn settle(
        &self,
        picture: Grey<'_>,
        layout: &Layout,
        node: usize,
        guess: Local,
        reach: f32,
    ) -> Local {
        let (x, y) = self.module(node);
        let (mut u, mut v) = (0.0, 0.0);
        for step in [reach, reach / 2.0] {
            let middle = (u, v);
            let mut best = f32::MIN;
            for (i, j) in (0..9_i8).map(|k| (f32::from(k % 3 - 1), f32::from(k / 3 - 1))) {
                let (a, b) = (middle.0 + i * step * 0.67, middle.1 + j * step * 0.67);
                let moved = Local { centre: guess.at(a, b), ..guess };
                let score = clarity(picture, layout, &moved, x, y) * (1.0 - 0.3 * (a * a + b * b));
                if score > best {
                    (best, u, v) = (score, a, b);
                }
            }
        }
        let mut placed = Local { centre: guess.at(u, v), ..guess };
        self.turn(node, &mut placed);
        placed
    }

    /// Lets a node's axes follow the neighbours that are placed.
    fn turn(&self, node: usize, placed: &mut Local) {
        for (other, u, v) in self.neighbours(node) {
            let (from, to) = (other.centre, placed.centre);
            if v == 0.0 {
                placed.right = halfway(placed.right, slope(from, to, u));
            }
            if u == 0.0 {
                placed.down = halfway(placed.down, slope(from, to, v));
            }
        }
    }

    /// Module middles between the nodes, and beyond the outermost by their axes.
    fn grid(&self, side: usize) -> Grid {
        Grid::from_fn(side, |x, y| {
            let cell = |at: usize| {
                let last = self.places.len() - 2;
                self.places.iter().rposition(|&p| p <= at).unwrap_or(0).min(last)
            };
            let (i, j) = (cell(x), cell(y));
            let share = |at: usize, cell: usize| {
                let (a, b) = (self.places[cell], self.places[cell + 1]);
                (at as f32 - a as f32) / (b - a) as f32
            };
            let (s, t) = (share(x, i), share(y, j));
            let stride = self.places.len();
            let corner = |a: usize, b: usize| {
                let node = b * stride + a;
                let (u, v) = self.module(node);
                self.nodes[node].map(|n| n.at(x as f32 - u as f32, y as f32 - v as f32))
            };
            let weight = |near: f32| near.clamp(0.0, 1.0);
            let (s, t) = (weight(s), weight(t));
            blend4([corner(i, j), corner(i + 1, j), corner(i, j + 1), corner(i + 1, j + 1)], s, t)
        })
    }
}

/// How clearly the modules around a node are dark or light: known ones as they must be,
/// others either way.
fn clarity(picture: Grey<'_>, layout: &Layout, local: &Local, x: usize, y: usize) -> f32 {
    let mut seen = [(0.0_f32, 0.0_f32); 25];
    let mut count = 0;
    for v in -3..=3_i8 {
        for u in -3..=3_i8 {
            let (Some(a), Some(b)) =
                (x.checked_add_signed(u.into()), y.checked_add_signed(v.into()))
            else {
                continue;
            };
            if a >= layout.side || b >= layout.side || (a + b) % 2 == 1 {
                continue;
            }
            let sign = match layout.known[b * layout.side + a] {
                Known::Dark => -1.0,
                Known::Light => 1.0,
                Known::Format | Known::Data => 0.0,
            };
            seen[count] = (grey(picture, local.at(f32::from(u), f32::from(v))), sign);
            count += 1;
        }
    }
    let seen = &seen[..count];
    let middle = seen.iter().map(|s| s.0).sum::<f32>() / count.max(1) as f32;
    seen.iter()
        .map(
            |&(grey, sign)| {
                if sign == 0.0 { (grey - middle).abs() } else { sign * (grey - middle) }
            },
        )
        .sum()
}

fn mean(locals: impl Iterator<Item = (Local, f32)>) -> Option<Local> {
    let zero = Point { x: 0.0, y: 0.0 };
    let mut sum = Local { centre: zero, right: zero, down: zero, match_: 0.0 };
    let mut total = 0.0;
    for (local, weight) in locals {
        for (to, from) in [
            (&mut sum.centre, local.centre),
            (&mut sum.right, local.right),
            (&mut sum.down, local.down),
        ] {
            to.x += from.x * weight;
            to.y += from.y * weight;
        }
        total += weight;
    }
    if total == 0.0 {
        return None;
    }
    for point in [&mut sum.centre, &mut sum.right, &mut sum.down] {
        point.x /= total;
        point.y /= total;
    }
    Some(sum)
}

fn blend4(corners: [Option<Point>; 4], s: f32, t: f32) -> Point {
    let weights = [(1.0 - s) * (1.0 - t), s * (1.0 - t), (1.0 - s) * t, s * t];
    let mut out = Point { x: 0.0, y: 0.0 };
    let mut total = 0.0;
    for (corner, weight) in corners.into_iter().zip(weights) {
        if let Some(corner) = corner {
            out.x += corner.x * weight;
            out.y += corner.y * weight;
            total += weight;
        }
    }
    let total = total.max(1e-6);
    Point { x: out.x / total, y: out.y / total }
}

/// The movement for one module, given the movement for `modules` of them.
fn slope(from: Point, to: Point, modules: f32) -> Point {
    Point { x: (to.x - from.x) / modules, y: (to.y - from.y) / modules }
}

fn halfway(a: Point, b: Point) -> Point {
    Point { x: (a.x + b.x) / 2.0, y: (a.y + b.y) / 2.0 }
}

/// Modules between nodes, at most.
const SPACING: usize = 4;

#[cfg(test)]
mod tests;

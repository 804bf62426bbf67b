//! Sample: a grey level for every module of a symbol.
//!
//! A grid holds where each module's middle lies in the picture, so that any shape of paper
//! is only another grid: a projective map to begin with, then bent until patterns and
//! modules fit. It reads grey levels; dark and light are decided later.

use super::fit::grey;
use super::warp::Homography;
use crate::{Grey, Point};

/// Where the middles of a symbol's modules lie.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    side: usize,
    points: Vec<Point>,
}

impl Grid {
    /// The grid of a flat symbol.
    pub(super) fn flat(map: &Homography, side: usize) -> Self {
        let points = (0..side * side)
            .map(|i| map.map((i % side) as f64 + 0.5, (i / side) as f64 + 0.5))
            .collect();
        Self { side, points }
    }

    /// A grid of any shape.
    pub(super) fn from_fn(side: usize, mut at: impl FnMut(usize, usize) -> Point) -> Self {
        let points = (0..side * side).map(|i| at(i % side, i / side)).collect();
        Self { side, points }
    }

    /// The middle of a module.
    pub(super) fn at(&self, x: usize, y: usize) -> Point {
        self.points[y * self.side + x]
    }

    /// The picture's movement from a module to its right and to its lower neighbour.
    pub(super) fn axes(&self, x: usize, y: usize) -> (Point, Point) {
        let last = self.side - 1;
        let (left, right) = (x.saturating_sub(1), (x + 1).min(last));
        let (up, down) = (y.saturating_sub(1), (y + 1).min(last));
        let across = between(self.at(left, y), self.at(right, y), 1.0 / (right - left) as f32);
        let along = between(self.at(x, up), self.at(x, down), 1.0 / (down - up) as f32);
        (across, along)
    }

    /// Moves every module's middle by what `shift` says for its place.
    pub(super) fn moved(&self, mut shift: impl FnMut(usize, usize) -> Point) -> Self {
        let side = self.side;
        let points = self
            .points
            .iter()
            .enumerate()
            .map(|(i, p)| {
                let by = shift(i % side, i / side);
                Point { x: p.x + by.x, y: p.y + by.y }
            })
            .collect();
        Self { side, points }
    }

    /// The place so many modules to the right of a module's middle and below it.
    pub(super) fn beside(&self, (x, y): (usize, usize), (u, v): (f32, f32)) -> Point {
        let (at, (across, along)) = (self.at(x, y), self.axes(x, y));
        Point { x: at.x + u * across.x + v * along.x, y: at.y + u * across.y + v * along.y }
    }

    /// The outline, clockwise from the top left, on a picture `factor` times as large.
    pub(super) fn corners(&self, factor: f32) -> [Point; 4] {
        let last = self.side - 1;
        [(0, 0), (last, 0), (last, last), (0, last)].map(|(x, y)| {
            let (across, along) = self.axes(x, y);
            let (u, v) = (if x == 0 { -0.5 } else { 0.5 }, if y == 0 { -0.5 } else { 0.5 });
            let at = self.at(x, y);
            Point {
                x: (at.x + u * across.x + v * along.x) * factor,
                y: (at.y + u * across.y + v * along.y) * factor,
            }
        })
    }

    /// The grey level of every module: the mean of five places around its middle.
    pub(super) fn sample(&self, picture: Grey<'_>) -> Vec<f32> {
        self.sampled(picture, |_| true)
    }

    /// The same of some modules only; the others are not a number.
    pub(super) fn sampled(&self, picture: Grey<'_>, wanted: impl Fn(usize) -> bool) -> Vec<f32> {
        let mut values = vec![f32::NAN; self.points.len()];
        for (i, value) in values.iter_mut().enumerate().filter(|(i, _)| wanted(*i)) {
            let (x, y) = (i % self.side, i / self.side);
            let (across, along) = self.axes(x, y);
            *value = module(picture, self.at(x, y), across, along);
        }
        values
    }
}

/// The grey level around a module's middle.
pub(super) fn module(picture: Grey<'_>, at: Point, across: Point, along: Point) -> f32 {
    let sum: f32 = AROUND
        .iter()
        .map(|&(u, v)| {
            grey(
                picture,
                Point {
                    x: at.x + u * across.x + v * along.x,
                    y: at.y + u * across.y + v * along.y,
                },
            )
        })
        .sum();
    sum / AROUND.len() as f32
}

fn between(a: Point, b: Point, share: f32) -> Point {
    Point { x: (b.x - a.x) * share, y: (b.y - a.y) * share }
}

/// Places around a module's middle, in modules.
const AROUND: [(f32, f32); 5] =
    [(0.0, 0.0), (-0.22, -0.22), (0.22, -0.22), (-0.22, 0.22), (0.22, 0.22)];

#[cfg(test)]
mod tests {
    use super::super::warp::Pair;
    use super::*;

    #[test]
    fn modules_where_they_are() {
        let pixels: Vec<u8> = (0..100 * 100)
            .map(|i| if (i % 100 / 4 + i / 400) % 2 == 0 { 0 } else { 255 })
            .collect();
        let picture = Grey::new(100, 100, &pixels).unwrap();
        let pairs =
            [(0.0_f32, 0.0_f32), (21.0, 0.0), (0.0, 21.0), (21.0, 21.0)].map(|(u, v)| Pair {
                module: (f64::from(u), f64::from(v)),
                picture: Point { x: 8.0 + 4.0 * u, y: 8.0 + 4.0 * v },
                weight: 1.0,
            });
        let grid = Grid::flat(&Homography::fit(&pairs, 21.0).unwrap(), 21);
        for (i, value) in grid.sample(picture).into_iter().enumerate() {
            let dark = (i % 21 + i / 21) % 2 == 0;
            assert!((value - if dark { 0.0 } else { 255.0 }).abs() < 1.0);
        }
        let corners = grid.corners(2.0);
        assert!((corners[2].x - 184.0).abs() < 0.1 && (corners[0].y - 16.0).abs() < 0.1);
    }
}

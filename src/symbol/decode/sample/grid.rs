//! Sample: a grey level for every module of a symbol.
//!
//! A grid holds where each module's middle lies in the picture, so that any shape of paper
//! is only another grid: a projective map to begin with, then bent until patterns and
//! modules fit. It reads grey levels; dark and light are decided later.

use crate::decode::picture::interpolate::grey;
use crate::decode::sample::local::Local;
use crate::{Grey, Point};

/// Where the middles of a symbol's modules lie.
#[derive(Clone, Debug)]
pub(crate) struct Grid {
    side: usize,
    points: Vec<Point>,
}

impl Grid {
    /// A grid of any shape.
    pub(crate) fn from_fn(side: usize, mut at: impl FnMut(usize, usize) -> Point) -> Self {
        let points = (0..side * side).map(|i| at(i % side, i / side)).collect();
        Self { side, points }
    }

    /// The middle of a module.
    pub(crate) fn at(&self, x: usize, y: usize) -> Point {
        self.points[y * self.side + x]
    }

    /// The picture's movement from a module to its right and to its lower neighbour.
    pub(crate) fn axes(&self, x: usize, y: usize) -> (Point, Point) {
        let last = self.side - 1;
        let (left, right) = (x.saturating_sub(1), (x + 1).min(last));
        let (up, down) = (y.saturating_sub(1), (y + 1).min(last));
        let across = (self.at(right, y) - self.at(left, y)) * (1.0 / (right - left) as f32);
        let along = (self.at(x, down) - self.at(x, up)) * (1.0 / (down - up) as f32);
        (across, along)
    }

    /// A module's middle with its axes.
    pub(crate) fn local(&self, x: usize, y: usize) -> Local {
        let (right, down) = self.axes(x, y);
        Local { centre: self.at(x, y), right, down, match_: 0.0 }
    }

    /// Moves every module's middle by what `shift` says for its place.
    pub(crate) fn moved(&self, mut shift: impl FnMut(usize, usize) -> Point) -> Self {
        let side = self.side;
        let points = self
            .points
            .iter()
            .enumerate()
            .map(|(i, p)| {
                let by = shift(i % side, i / side);
                *p + by
            })
            .collect();
        Self { side, points }
    }

    /// The place so many modules to the right of a module's middle and below it.
    pub(crate) fn beside(&self, (x, y): (usize, usize), (u, v): (f32, f32)) -> Point {
        let (at, (across, along)) = (self.at(x, y), self.axes(x, y));
        at + across * u + along * v
    }

    /// The outline, clockwise from the top left, on a picture `factor` times as large.
    pub(crate) fn corners(&self, factor: f32) -> [Point; 4] {
        let last = self.side - 1;
        [(0, 0), (last, 0), (last, last), (0, last)].map(|(x, y)| {
            let (across, along) = self.axes(x, y);
            let (u, v) = (if x == 0 { -0.5 } else { 0.5 }, if y == 0 { -0.5 } else { 0.5 });
            let at = self.at(x, y);
            (at + across * u + along * v) * factor
        })
    }

    /// The grey level of every module: the mean of five places around its middle.
    pub(crate) fn sample(&self, picture: Grey<'_>) -> Vec<f32> {
        self.sampled(picture, |_| true)
    }

    /// The same of some modules only; the others are not a number.
    pub(crate) fn sampled(&self, picture: Grey<'_>, wanted: impl Fn(usize) -> bool) -> Vec<f32> {
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
pub(crate) fn module(picture: Grey<'_>, at: Point, across: Point, along: Point) -> f32 {
    let sum: f32 = AROUND.iter().map(|&(u, v)| grey(picture, at + across * u + along * v)).sum();
    sum / AROUND.len() as f32
}

/// Places around a module's middle, in modules. Chosen, not measured.
const AROUND: [(f32, f32); 5] =
    [(0.0, 0.0), (-0.22, -0.22), (0.22, -0.22), (-0.22, 0.22), (0.22, 0.22)];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::geometry::homography::{Homography, Pair};

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
        let grid = Homography::fit(&pairs, 21.0).unwrap().grid(21);
        for (i, value) in grid.sample(picture).into_iter().enumerate() {
            let dark = (i % 21 + i / 21) % 2 == 0;
            assert!((value - if dark { 0.0 } else { 255.0 }).abs() < 1.0);
        }
        let corners = grid.corners(2.0);
        assert!((corners[2].x - 184.0).abs() < 0.1 && (corners[0].y - 16.0).abs() < 0.1);
    }
}

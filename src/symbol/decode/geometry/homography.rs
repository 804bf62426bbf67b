//! Homography: from module coordinates to picture coordinates, as a plane is seen.
//!
//! (0, 0) is the outer corner of a symbol's top left module, (0.5, 0.5) its middle. Plain
//! numbers; it looks at no picture.

use crate::Point;
use crate::decode::math::linear::{Pivot, solve};
use crate::decode::math::single;
use crate::decode::sample::grid::Grid;
use crate::decode::sample::local::Local;

/// A projective map of the plane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Homography {
    /// Row by row; the last entry is 1.
    rows: [f64; 9],
}

/// A module place and the picture place it was seen at, with a weight.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Pair {
    pub(crate) module: (f64, f64),
    pub(crate) picture: Point,
    pub(crate) weight: f64,
}

impl Homography {
    /// The map that fits the pairs best, of four at least.
    pub(crate) fn fit(pairs: &[Pair], side: f64) -> Option<Self> {
        let centre = mean(pairs)?;
        let scale = side.max(1.0);
        let mut normal = [[0.0; 9]; 8];
        for pair in pairs {
            let (u, v) = (pair.module.0 / scale, pair.module.1 / scale);
            let x = (f64::from(pair.picture.x) - centre.0) / scale;
            let y = (f64::from(pair.picture.y) - centre.1) / scale;
            let across = [u, v, 1.0, 0.0, 0.0, 0.0, -u * x, -v * x, x];
            let down = [0.0, 0.0, 0.0, u, v, 1.0, -u * y, -v * y, y];
            for row in [across, down] {
                for i in 0..8 {
                    for j in 0..9 {
                        normal[i][j] += pair.weight * row[i] * row[j];
                    }
                }
            }
        }
        solve(&mut normal, Pivot::Largest, 1e-12)?;
        let [a, b, c, d, e, f, g, h] = normal.map(|row| row[8]);
        let (g, h) = (g / scale, h / scale);
        let rows = [
            a + centre.0 * g,
            b + centre.0 * h,
            c * scale + centre.0,
            d + centre.1 * g,
            e + centre.1 * h,
            f * scale + centre.1,
            g,
            h,
            1.0,
        ];
        rows.iter().all(|r| r.is_finite()).then_some(Self { rows })
    }

    /// Row by row, without the last entry.
    pub(crate) fn rows(&self) -> [f64; 8] {
        let [a, b, c, d, e, f, g, h, _] = self.rows;
        [a, b, c, d, e, f, g, h]
    }

    /// Where a module place lies in the picture; far away for what lies behind the viewer.
    pub(crate) fn map(&self, u: f64, v: f64) -> Point {
        let (x, y) = self.exact(u, v);
        Point { x: single(x), y: single(y) }
    }

    /// The same with the axes of the modules there.
    pub(crate) fn local(&self, u: f64, v: f64) -> Local {
        let (centre, right, down) = (self.map(u, v), self.map(u + 1.0, v), self.map(u, v + 1.0));
        Local { centre, right: right - centre, down: down - centre, match_: 0.0 }
    }

    /// Where the middles of the modules of a flat symbol lie.
    pub(crate) fn grid(&self, side: usize) -> Grid {
        Grid::from_fn(side, |x, y| self.map(x as f64 + 0.5, y as f64 + 0.5))
    }

    /// How the picture place moves with each of the eight parameters, and the place.
    pub(crate) fn derivatives(&self, u: f64, v: f64) -> ([f64; 8], [f64; 8], Point) {
        let w = self.weight(u, v);
        let (x, y) = self.exact(u, v);
        let (a, b, c) = (u / w, v / w, 1.0 / w);
        let across = [a, b, c, 0.0, 0.0, 0.0, -x * a, -x * b];
        let down = [0.0, 0.0, 0.0, a, b, c, -y * a, -y * b];
        (across, down, Point { x: single(x), y: single(y) })
    }

    /// The map with its first eight parameters moved.
    pub(crate) fn moved(&self, step: &[f64; 8]) -> Self {
        let mut rows = self.rows;
        for (row, s) in rows.iter_mut().zip(step) {
            *row += s;
        }
        Self { rows }
    }

    /// The map onto a picture `factor` times as large.
    pub(crate) fn scaled(&self, factor: f64) -> Self {
        let mut rows = self.rows;
        for row in rows.iter_mut().take(6) {
            *row *= factor;
        }
        Self { rows }
    }

    /// The map onto a picture moved by so many pixels.
    pub(crate) fn shifted(&self, x: f64, y: f64) -> Self {
        let mut rows = self.rows;
        for i in 0..3 {
            rows[i] += x * rows[6 + i];
            rows[3 + i] += y * rows[6 + i];
        }
        Self { rows }
    }

    /// The map onto a picture turned by a small angle and scaled about a place.
    pub(crate) fn turned(&self, about: Point, angle: f64, factor: f64) -> Self {
        let (x, y) = (f64::from(about.x), f64::from(about.y));
        let mut rows = self.shifted(-x, -y).rows;
        for i in 0..3 {
            let (a, b) = (rows[i], rows[3 + i]);
            rows[i] = factor * (a - angle * b);
            rows[3 + i] = factor * (b + angle * a);
        }
        Self { rows }.shifted(x, y)
    }

    fn exact(&self, u: f64, v: f64) -> (f64, f64) {
        let [a, b, c, d, e, f, ..] = self.rows;
        let w = self.weight(u, v);
        ((a * u + b * v + c) / w, (d * u + e * v + f) / w)
    }

    fn weight(&self, u: f64, v: f64) -> f64 {
        let w = self.rows[6] * u + self.rows[7] * v + 1.0;
        if w.abs() < 1e-6 { 1e-6 } else { w }
    }
}

fn mean(pairs: &[Pair]) -> Option<(f64, f64)> {
    let count = pairs.len() as f64;
    let sum = pairs.iter().fold((0.0, 0.0), |sum, pair| {
        (sum.0 + f64::from(pair.picture.x), sum.1 + f64::from(pair.picture.y))
    });
    (pairs.len() >= 4).then_some((sum.0 / count, sum.1 / count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_map_goes_through_its_points() {
        let places = [
            ((3.5, 3.5), (100.0, 80.0)),
            ((41.5, 3.5), (260.0, 95.0)),
            ((3.5, 41.5), (90.0, 240.0)),
            ((38.5, 38.5), (240.0, 230.0)),
        ];
        let pairs =
            places.map(|(module, (x, y))| Pair { module, picture: Point { x, y }, weight: 1.0 });
        let map = Homography::fit(&pairs, 45.0).unwrap();
        for pair in pairs {
            let at = map.map(pair.module.0, pair.module.1);
            assert!((at.x - pair.picture.x).abs() < 1e-3 && (at.y - pair.picture.y).abs() < 1e-3);
        }
        assert!(Homography::fit(&pairs[..3], 45.0).is_none());
    }

    #[test]
    fn points_on_a_line_are_no_map() {
        let pairs: Vec<Pair> = (0..6_u8)
            .map(|i| Pair {
                module: (f64::from(i), 1.0),
                picture: Point { x: f32::from(i), y: 0.0 },
                weight: 1.0,
            })
            .collect();
        assert!(Homography::fit(&pairs, 10.0).is_none());
    }
}

//! Local: a place in the picture with the axes of a symbol there, and three of them.

use crate::Point;

/// A finder with its own axes: the picture moves by `right` for a module to the right and
/// by `down` for a module downwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Local {
    pub(crate) centre: Point,
    pub(crate) right: Point,
    pub(crate) down: Point,
    /// Correlation with the ideal pattern, 1 at best; negative for light on dark.
    pub(crate) match_: f32,
}

impl Local {
    /// Where a place lies, in modules from the middle.
    pub(crate) fn at(&self, u: f32, v: f32) -> Point {
        self.centre + self.right * u + self.down * v
    }

    /// The same in a picture `factor` times as large.
    pub(crate) fn scaled(&self, factor: f32) -> Self {
        let larger = |p: Point| p * factor;
        Self {
            centre: larger(self.centre),
            right: larger(self.right),
            down: larger(self.down),
            ..*self
        }
    }

    /// The area of a module in square pixels.
    pub(crate) fn area(&self) -> f32 {
        (self.right.cross(self.down)).abs()
    }
}

/// Three finders of a group, laid exactly over the picture: corner, right, lower.
pub(crate) type Triple = [Local; 3];

/// Whether two groups of finders are the same: they lie at the same places, of one size and one polarity.
pub(crate) fn is_same(a: &Triple, b: &Triple) -> bool {
    a.iter().zip(b).all(|(a, b)| {
        let away = a.centre.distance(b.centre);
        let (small, large) = (a.area().min(b.area()), a.area().max(b.area()));
        away * away < a.area() * 0.25 && large < 1.5 * small && a.match_ * b.match_ >= 0.0
    })
}

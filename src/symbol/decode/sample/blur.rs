//! Blur: how far and which way a picture is smeared, and what that does to modules.
//!
//! A hand that moves draws every point into a line, a lens that is not sharp into a disc. Both together are a few
//! numbers, from which follows how much each module around has of what is seen in one. Which numbers fit a picture is
//! for [`deconvolve`](super::deconvolve).

/// The share of each module around, row by row, and what is added everywhere.
pub(crate) type Shares = [f32; TAPS + 1];

/// A blur, in modules.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Blur {
    /// How far everything moved while the picture was taken.
    length: f32,
    /// Which way, in radians.
    angle: f32,
    /// To how far points are spread.
    radius: f32,
    /// How far the grid lies off.
    off: (f32, f32),
}

impl Blur {
    /// Blurs of which one is near to any other.
    pub(crate) fn coarse() -> impl Iterator<Item = Self> {
        let angles = (0..12_u8).map(|turn| f32::from(turn) * core::f32::consts::PI / 12.0);
        let line = |angle| {
            (1..=6_u8).map(move |half| Self {
                length: f32::from(half) * 0.5,
                angle,
                radius: 0.2,
                off: (0.0, 0.0),
            })
        };
        let disc = |fifth: u8| Self { radius: f32::from(fifth) * 0.2, ..Self::default() };
        angles.flat_map(line).chain((1..=6).map(disc))
    }

    /// The blurs a step away in each respect.
    pub(crate) fn near(self, step: f32) -> impl Iterator<Item = Self> {
        (0..10_u8).map(move |way| {
            let by = if way % 2 == 0 { step } else { -step };
            let mut near = self;
            match way / 2 {
                0 => near.length = (near.length + 0.2 * by).clamp(0.0, LONGEST),
                1 => near.angle += 0.12 * by,
                2 => near.radius = (near.radius + 0.1 * by).clamp(0.05, WIDEST),
                3 => near.off.0 += 0.08 * by,
                _ => near.off.1 += 0.08 * by,
            }
            near
        })
    }

    /// Whether a filter on modules would not do.
    pub(crate) fn is_strong(&self) -> bool {
        self.length > MOVED || self.radius > SPREAD
    }

    /// The shares of the modules around in each place of one.
    pub(crate) fn shares(&self) -> [Shares; PLACES.len()] {
        let (sin, cos) = self.angle.sin_cos();
        let ring = |i: u8| (f32::from(i) * core::f32::consts::FRAC_PI_3).sin_cos();
        let mut shares = [[0.0; TAPS + 1]; PLACES.len()];
        let mut total = 0.0;
        for i in 0..ALONG {
            let along = (f32::from(i) / f32::from(ALONG - 1) - 0.5) * self.length;
            for j in 0..7_u8 {
                let (y, x) = if j == 0 { (0.0, 0.0) } else { ring(j) };
                let radius = 0.75 * self.radius;
                let from =
                    (self.off.0 + along * cos + radius * x, self.off.1 + along * sin + radius * y);
                for (shares, (u, v)) in shares.iter_mut().zip(PLACES) {
                    let (over, under) = (over(from.0 + u), over(from.1 + v));
                    for (part, share) in shares.chunks_exact_mut(SPAN).zip(under) {
                        add(part, &over, share);
                    }
                }
                total += 1.0;
            }
        }
        shares.map(|shares| shares.map(|share| share / total))
    }
}

/// How much each of the modules in a row covers a place, whose edges are a little blurred.
fn over(at: f32) -> [f32; SPAN] {
    let mut out = [0.0; SPAN];
    for (offset, out) in (-2_i8..).zip(&mut out) {
        *out = ((0.62 - (at - f32::from(offset)).abs()) / 0.24).clamp(0.0, 1.0);
    }
    out
}

/// A straight line through pairs of values.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Line {
    count: f32,
    x: f32,
    y: f32,
    xx: f32,
    xy: f32,
    yy: f32,
}

impl Line {
    pub(crate) fn add(&mut self, x: f32, y: f32) {
        self.count += 1.0;
        (self.x, self.y) = (self.x + x, self.y + y);
        (self.xx, self.xy, self.yy) = (self.xx + x * x, self.xy + x * y, self.yy + y * y);
    }

    /// The slope and where it begins.
    pub(crate) fn fitted(&self) -> (f32, f32) {
        let count = self.count.max(1.0);
        let slope =
            (self.xy - self.x * self.y / count) / (self.xx - self.x * self.x / count).max(1e-6);
        (slope, (self.y - slope * self.x) / count)
    }

    /// How much `y` spreads.
    pub(crate) fn spread(&self) -> f32 {
        self.yy - self.y * self.y / self.count.max(1.0)
    }

    /// What of that the line leaves.
    pub(crate) fn rest(&self) -> f32 {
        let count = self.count.max(1.0);
        self.spread() - self.fitted().0 * (self.xy - self.x * self.y / count)
    }
}

pub(crate) fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Adds values so many times.
pub(crate) fn add(to: &mut [f32], values: &[f32], times: f32) {
    for (to, value) in to.iter_mut().zip(values) {
        *to += times * value;
    }
}

/// Places in a module that are looked at, in modules from its middle. Chosen, not measured.
pub(crate) const PLACES: [(f32, f32); 4] =
    [(-0.25, -0.25), (0.25, -0.25), (-0.25, 0.25), (0.25, 0.25)];

/// How many modules to each side have a share in one. Chosen, not measured.
pub(crate) const REACH: usize = 2;
pub(crate) const SPAN: usize = 2 * REACH + 1;
pub(crate) const TAPS: usize = SPAN * SPAN;

/// The longest line and the widest disc that fit in the reach. Chosen, not measured.
const LONGEST: f32 = 3.5;
const WIDEST: f32 = 1.8;

/// A blur of less is undone by a filter on modules. Chosen, not measured.
const MOVED: f32 = 1.2;
const SPREAD: f32 = 0.5;

/// Places looked at along a line. Chosen for time.
const ALONG: u8 = 9;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_is_its_own_module() {
        for shares in Blur::default().shares() {
            assert!(shares[TAPS / 2] > 0.99, "{shares:?}");
        }
    }

    #[test]
    fn a_line_covers_the_modules_along_it() {
        let blur = Blur { length: 3.0, ..Blur::default() };
        for shares in blur.shares() {
            assert!((dot(&shares[..TAPS], &[1.0; TAPS]) - 1.0).abs() < 0.02, "{shares:?}");
            let row = &shares[TAPS / 2 - 2..=TAPS / 2 + 2];
            assert!((dot(row, &[1.0; SPAN]) - 1.0).abs() < 0.02, "all of it in the middle row");
            assert!(row[1..4].iter().all(|share| *share > 0.2), "{row:?}");
        }
        assert!(blur.is_strong() && !Blur { radius: 0.4, ..Blur::default() }.is_strong());
    }

    #[test]
    fn what_a_line_leaves() {
        let mut line = Line::default();
        for (x, y) in [(0.0, 1.0), (1.0, 3.0), (2.0, 5.0)] {
            line.add(x, y);
        }
        assert!(line.rest().abs() < 1e-4 && (line.spread() - 8.0).abs() < 1e-4);
        let (slope, from) = line.fitted();
        assert!((slope - 2.0).abs() < 1e-4 && (from - 1.0).abs() < 1e-4);
    }
}

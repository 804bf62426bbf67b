//! The shape of the paper in space.
//!
//! Paper bends but does not stretch: folds and rolls keep lengths along the paper. Crumpled
//! paper is an approximation by facets. The code's middle stays where it was.

use super::random::{Random, direction, fraction};

/// A place in space, millimetres; the flat card lies in the plane z = 0 and the camera is on
/// the side of negative z.
pub(super) type Place = [f32; 3];

/// What shape the paper has.
#[derive(Clone, Debug)]
pub(super) enum Surface {
    /// Flat.
    Plane,
    /// Flat, and so far from the middle of a sheet, to the right and downwards.
    Aside((f32, f32)),
    /// One straight fold.
    Fold {
        /// Direction across the fold, sine and cosine.
        across: (f32, f32),
        /// From the code's middle to the fold.
        offset: f32,
        /// How far the far side is turned up (or, negative, down), sine and cosine.
        turn: (f32, f32),
    },
    /// Rolled around a cylinder.
    Curved {
        /// Direction in which it is rolled, sine and cosine.
        across: (f32, f32),
        /// The radius; negative when hollow towards the camera.
        radius: f32,
    },
    /// Crushed and flattened again.
    Crumple(Vec<Ridge>),
}

/// A zigzag across the paper.
#[derive(Clone, Debug)]
pub(super) struct Ridge {
    across: (f32, f32),
    period: f32,
    phase: f32,
    slope: f32,
    shift: (f32, f32),
}

impl Surface {
    /// Facets whose slopes add up to about `slope`.
    pub(super) fn crumple(random: &mut Random, slope: f32) -> Self {
        let mut ridges = Vec::new();
        for _ in 0..7 {
            let across = direction(random.angle());
            let period = random.between(9.0, 40.0);
            let slope = slope * random.between(0.25, 0.6) * random.sign();
            let shift = (random.between(-0.5, 0.5), random.between(-0.5, 0.5));
            ridges.push(Ridge { across, period, phase: random.unit(), slope, shift });
        }
        Self::Crumple(ridges)
    }

    /// Where the paper's place (`u`, `v`), millimetres from the code's middle, is.
    pub(super) fn place(&self, u: f32, v: f32) -> Place {
        match self {
            Self::Plane => [u, v, 0.0],
            Self::Aside((right, down)) => [u + right, v + down, 0.0],
            Self::Fold { across, offset, turn } => {
                let beyond = u * across.1 + v * across.0 - offset;
                if beyond <= 0.0 {
                    return [u, v, 0.0];
                }
                let back = beyond * (turn.1 - 1.0);
                [u + back * across.1, v + back * across.0, -beyond * turn.0]
            }
            Self::Curved { across, radius } => {
                let along = u * across.1 + v * across.0;
                let (sine, cosine) = direction(along / radius);
                let moved = radius * sine - along;
                [u + moved * across.1, v + moved * across.0, radius * (1.0 - cosine)]
            }
            Self::Crumple(ridges) => ridges.iter().fold([u, v, 0.0], |[x, y, z], ridge| {
                let height = ridge.height(u, v) - ridge.height(0.0, 0.0);
                [x + height * ridge.shift.0, y + height * ridge.shift.1, z + height]
            }),
        }
    }

    /// Whether a coarse mesh is enough.
    pub(super) const fn is_flat(&self) -> bool {
        matches!(self, Self::Plane | Self::Aside(_))
    }
}

impl Ridge {
    fn height(&self, u: f32, v: f32) -> f32 {
        let along = (u * self.across.1 + v * self.across.0) / self.period + self.phase;
        (1.0 - (2.0 * fraction(along) - 1.0).abs()) * self.period * 0.5 * self.slope
    }
}

//! Health: what a frame and a symbol in it measure.
//!
//! Plain numbers with units, taken from one frame; whether they are good or bad is for
//! `guide`.

use crate::decode::follow::track::Place;
use crate::decode::follow::view::{Tone, View};
use crate::{Grey, Point};

/// Measurements of a frame and of the symbol seen in it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Health {
    /// The mean grey level, 0 to 1.
    pub level: f32,
    /// The range of grey levels without the outermost hundredths, 0 to 1.
    pub range: f32,
    /// The share of pixels as bright as can be, 0 to 1.
    pub white: f32,
    /// The symbol seen, if any.
    pub symbol: Option<Symbol>,
}

/// Measurements of a symbol that is seen.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Symbol {
    /// Pixels a module.
    pub module: f32,
    /// How much longer one side looks than another: 1 face on.
    pub tilt: f32,
    /// Modules moved since the frame before.
    pub motion: f32,
    /// The difference of light and dark modules, 0 to 1.
    pub contrast: f32,
    /// The level of the light modules, 0 to 1.
    pub light: f32,
    /// The share of modules as bright as can be, 0 to 1.
    pub white: f32,
    /// The share of the finders' modules that look wrong, 0 to 1.
    pub coarse: f32,
    /// The share of the other known modules that look wrong, 0 to 1.
    pub fine: f32,
    /// Whether it is large and a part of it lies outside the frame.
    pub cut: bool,
    /// How well the known modules look as they must: 1 at best.
    pub resemblance: f32,
    /// How well the worst finder looks like one: 1 at best.
    pub weakest: f32,
}

impl Health {
    /// Of a whole frame, from some of its pixels.
    pub(super) fn of(picture: Grey<'_>) -> Self {
        let mut counts = [0_u32; 256];
        let step = (picture.pixels().len() / SAMPLES).max(1) | 1;
        for &pixel in picture.pixels().iter().step_by(step) {
            counts[usize::from(pixel)] += 1;
        }
        let total: u32 = counts.iter().sum();
        let share = |count: u32| count as f32 / total.max(1) as f32;
        let mean =
            (0..=255_u8).zip(counts).map(|(level, n)| f32::from(level) * share(n)).sum::<f32>();
        let low = quantile(&counts, total / 100);
        let high = quantile(&counts, total - total / 100 - 1);
        Self {
            level: mean / 255.0,
            range: (f32::from(high) - f32::from(low)) / 255.0,
            white: share(counts[250..].iter().sum()),
            symbol: None,
        }
    }
}

impl Symbol {
    pub(super) fn of(place: &Place, before: Option<Point>, view: Option<&View>) -> Self {
        let module = place.module();
        let moved = before.map_or(0.0, |then| {
            let now = place.middle();
            (now.x - then.x).hypot(now.y - then.y) / module.max(0.1)
        });
        let Tone { dark, light, white, coarse, fine } =
            view.map(|view| view.tone).unwrap_or_default();
        Self {
            module,
            tilt: place.tilt(),
            motion: moved,
            contrast: (light - dark).abs() / 255.0,
            light: light.max(dark) / 255.0,
            white,
            coarse,
            fine,
            cut: false,
            resemblance: view.map_or(0.0, |view| view.resemblance),
            weakest: place.weakest(),
        }
    }
}

/// The level below which `rank` pixels lie.
fn quantile(counts: &[u32; 256], rank: u32) -> u8 {
    let mut left = rank;
    for (level, &count) in (0_u8..=255).zip(counts) {
        if left < count {
            return level;
        }
        left -= count;
    }
    255
}

/// About so many pixels are looked at.
const SAMPLES: usize = 16_384;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_of_a_frame() {
        let pixels: Vec<u8> = (0..100 * 100).map(|i| if i % 100 < 50 { 51 } else { 255 }).collect();
        let health = Health::of(Grey::new(100, 100, &pixels).unwrap());
        assert!((health.level - 0.6).abs() < 0.01, "{health:?}");
        assert!((health.range - 0.8).abs() < 0.01 && (health.white - 0.5).abs() < 0.01);
        let black = Health::of(Grey::new(30, 30, &[0; 900]).unwrap());
        assert_eq!((black.level, black.range, black.white), (0.0, 0.0, 0.0));
    }
}

//! Guide: why a code that is seen is not read, as one thing to do.
//!
//! It weighs the measurements of `health` against where reading ends and names the worst.
//! It never speaks of a code that was read, and it has no words for people: those are
//! chosen by whoever shows them.

use super::health::{Health, Symbol};

/// Why a code is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Hint {
    /// Its modules span too few pixels: come closer.
    TooFar,
    /// It does not fit the picture: move away.
    TooClose,
    /// It leans away from the camera: hold it straight.
    Tilted,
    /// It moves: hold it still.
    Moving,
    /// There is too little light.
    Dark,
    /// There is too much light.
    Bright,
    /// A lamp is mirrored in it: turn it a little.
    Glare,
    /// Light and dark differ too little: faded, or behind something.
    Faint,
    /// It is not sharp: another distance, or a clean lens.
    Blurred,
    /// A part is missing, covered or folded.
    Torn,
}

impl Hint {
    /// Every hint, in the order in which they are declared.
    pub const ALL: [Self; 10] = [
        Self::TooFar,
        Self::TooClose,
        Self::Tilted,
        Self::Moving,
        Self::Dark,
        Self::Bright,
        Self::Glare,
        Self::Faint,
        Self::Blurred,
        Self::Torn,
    ];

    /// A name for files and programs: small letters and hyphens.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::TooFar => "too-far",
            Self::TooClose => "too-close",
            Self::Tilted => "tilted",
            Self::Moving => "moving",
            Self::Dark => "dark",
            Self::Bright => "bright",
            Self::Glare => "glare",
            Self::Faint => "faint",
            Self::Blurred => "blurred",
            Self::Torn => "torn",
        }
    }
}

/// What to do about a frame in which nothing was read, if anything is known to help; `far` if
/// a symbol is seen that is too small to be measured, and none that is clear.
pub(super) fn hint(health: &Health, far: bool) -> Option<Hint> {
    match &health.symbol {
        _ if far => Some(Hint::TooFar),
        Some(symbol) if symbol.contrast > 0.0 => worst(symbol),
        Some(symbol) if symbol.module < SMALL => Some(Hint::TooFar),
        _ if health.level < BLACK => Some(Hint::Dark),
        _ => None,
    }
}

/// The cause that is furthest beyond where reading ends; the first of equals.
fn worst(symbol: &Symbol) -> Option<Hint> {
    let over = |value: f32, limit: f32| value / limit;
    let under = |value: f32, limit: f32| limit / value.max(0.001);
    // A tear spoils one finder of three, blur all.
    let torn = if symbol.coarse < SPOILT { symbol.coarse - 0.6 * symbol.fine } else { 0.0 };
    let causes = [
        (Hint::TooFar, under(symbol.module, SMALL)),
        (Hint::TooClose, if symbol.cut { 2.0 } else { 0.0 }),
        (Hint::Moving, over(symbol.motion, FAST)),
        (Hint::Dark, under(symbol.light, DIM)),
        (Hint::Bright, over(symbol.white, WHITE)),
        (Hint::Glare, if symbol.white < WHITE { over(symbol.white, SHINY) } else { 0.0 }),
        (Hint::Faint, under(symbol.contrast, FAINT)),
        (Hint::Tilted, over(symbol.tilt - 1.0, LEANING)),
        (Hint::Torn, over(torn, RAGGED)),
        (Hint::Blurred, over(symbol.fine, FUZZY).min(1.5)),
    ];
    let worst = causes.into_iter().rev().max_by(|a, b| a.1.total_cmp(&b.1))?;
    (worst.1 > 1.0).then_some(worst.0)
}

/// Below this level a frame is dark.
const BLACK: f32 = 0.06;

/// Pixels a module below which little is read.
const SMALL: f32 = 1.9;

/// Modules a frame above which little is read.
const FAST: f32 = 3.0;

/// The level of light modules below which a symbol is dark.
const DIM: f32 = 0.16;

/// The share of white modules above which there is glare.
const SHINY: f32 = 0.25;

/// The contrast below which a symbol is faint.
const FAINT: f32 = 0.08;

/// By how much one side may look longer.
const LEANING: f32 = 0.9;

/// More of the finders' modules look wrong than one finder has.
const SPOILT: f32 = 0.3;

/// The share of the finders' modules that may look wrong.
const RAGGED: f32 = 0.1;

/// The share of the other known modules that may look wrong.
const FUZZY: f32 = 0.12;

/// The share of white modules above which the whole symbol is washed out.
const WHITE: f32 = 0.85;

#[cfg(test)]
mod tests {
    use super::*;

    fn seen() -> Symbol {
        let mut symbol = Symbol::default();
        (symbol.module, symbol.tilt, symbol.contrast, symbol.light) = (4.0, 1.1, 0.5, 0.8);
        symbol
    }

    fn of(change: impl Fn(&mut Symbol)) -> Option<Hint> {
        let mut symbol = seen();
        change(&mut symbol);
        let mut health = Health::default();
        (health.level, health.symbol) = (0.5, Some(symbol));
        hint(&health, false)
    }

    #[test]
    fn each_cause_alone_is_named() {
        assert_eq!(of(|_| {}), None);
        assert_eq!(of(|s| s.module = 1.0), Some(Hint::TooFar));
        assert_eq!(of(|s| s.cut = true), Some(Hint::TooClose));
        assert_eq!(of(|s| s.tilt = 2.5), Some(Hint::Tilted));
        assert_eq!(of(|s| s.motion = 7.0), Some(Hint::Moving));
        assert_eq!(of(|s| s.light = 0.05), Some(Hint::Dark));
        assert_eq!(of(|s| s.white = 0.95), Some(Hint::Bright));
        assert_eq!(of(|s| s.white = 0.4), Some(Hint::Glare));
        assert_eq!(of(|s| s.contrast = 0.02), Some(Hint::Faint));
        assert_eq!(of(|s| s.coarse = 0.25), Some(Hint::Torn));
        assert_eq!(of(|s| s.fine = 0.3), Some(Hint::Blurred));
        assert_eq!(of(|s| (s.coarse, s.fine) = (0.2, 0.2)), Some(Hint::Blurred));
        assert_eq!(of(|s| (s.coarse, s.fine) = (0.28, 0.2)), Some(Hint::Torn));
    }

    #[test]
    fn darkness_without_a_code() {
        let mut health = Health { level: 0.02, ..Health::default() };
        assert_eq!(hint(&health, false), Some(Hint::Dark));
        assert_eq!(hint(&health, true), Some(Hint::TooFar));
        health.level = 0.4;
        assert_eq!(hint(&health, false), None);
    }

    #[test]
    fn names_differ() {
        let names: std::collections::BTreeSet<_> = Hint::ALL.iter().map(|h| h.name()).collect();
        assert_eq!(names.len(), Hint::ALL.len());
    }
}

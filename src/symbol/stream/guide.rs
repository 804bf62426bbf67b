//! Guide: why a code that is seen is not read, as one thing to do.
//!
//! It holds the measurements of `health` against where reading ends and names a cause only
//! where it is one: no hint is better than a wrong one. It never speaks of a code that was
//! read, and it has no words for people: those are chosen by whoever shows them.

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
    /// It is not sharp: it moves, or is at another distance than the lens is set to.
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
        Some(symbol) if symbol.contrast > 0.0 => cause(symbol, health.range),
        Some(symbol) if symbol.module < SMALL => Some(Hint::TooFar),
        _ if health.level < BLACK => Some(Hint::Dark),
        _ => None,
    }
}

/// The first cause, the most certain first, in a frame of this range; none where several may be.
fn cause(symbol: &Symbol, range: f32) -> Option<Hint> {
    let Symbol { module, tilt, motion, contrast, light, white, coarse, resemblance, .. } = *symbol;
    let share = contrast / range.max(0.01);
    let causes = [
        (Hint::Dark, light < DIM),
        (Hint::Bright, white > WHITE),
        (Hint::Glare, white > SHINY),
        (Hint::TooClose, symbol.cut && resemblance > LIKE),
        (Hint::TooFar, module < SMALL && resemblance > LIKE),
        (Hint::Moving, motion > FAST && resemblance > LIKE),
        // What is pale is pale all over, and its finders are whole.
        (Hint::Faint, contrast < FAINT && coarse < SPOILT && resemblance > LIKE),
        (Hint::Blurred, range > PLAIN && range < NOISY && share < WASHED && coarse > SPOILT),
        (Hint::Tilted, tilt > LEANING && resemblance > LIKE),
        // Nothing is wrong with what is known of it, so something is with the rest.
        (Hint::Torn, share > PRINTED && resemblance > WHOLE && white < SHINY / 2.0),
    ];
    causes.into_iter().find_map(|(hint, is)| is.then_some(hint))
}

// Limits: measured on 1 December 2026 on the generator's kinds at 640×480, seeds 1 to 3, strengths 0.1 to 1, thirty
// frames each; they are where a hint is true or absent, and were tried on other seeds (`firmware/README.md`).

/// Below this level a frame is dark: chosen.
const BLACK: f32 = 0.06;

/// Pixels a module below which little is read, and coming closer is right in any case.
const SMALL: f32 = 2.3;

/// Modules a frame above which little is read; a hand that holds still moves 4.
const FAST: f32 = 6.0;

/// The level of light modules below which a symbol is dark: chosen.
const DIM: f32 = 0.12;

/// The share of white modules above which there is glare.
const SHINY: f32 = 0.2;

/// The share of white modules above which the whole symbol is washed out: chosen.
const WHITE: f32 = 0.85;

/// The contrast below which a symbol is faint.
const FAINT: f32 = 0.06;

/// How much longer one side looks than another, above which it leans: chosen, since bent paper reaches 1.9.
const LEANING: f32 = 2.2;

/// The share of the finders' modules that look wrong, above which they are not whole.
const SPOILT: f32 = 0.33;

/// A frame whose range is smaller has little in it, and one whose range is greater is noisy or has a lamp in it.
const PLAIN: f32 = 0.2;
const NOISY: f32 = 0.9;

/// The share of a frame's range that a symbol's contrast has: below, it is washed out; above, it is well printed.
const WASHED: f32 = 0.14;
const PRINTED: f32 = 0.48;

/// A symbol's resemblance to one, above which its measurements are its own; and all that is known of it is there.
const LIKE: f32 = 0.5;
const WHOLE: f32 = 0.8;

#[cfg(test)]
mod tests {
    use super::*;

    fn seen() -> Symbol {
        let mut symbol = Symbol::default();
        (symbol.module, symbol.tilt, symbol.contrast, symbol.light) = (4.0, 1.1, 0.5, 0.8);
        symbol.resemblance = 0.7;
        symbol
    }

    fn of(change: impl Fn(&mut Symbol)) -> Option<Hint> {
        let mut symbol = seen();
        change(&mut symbol);
        let mut health = Health::default();
        (health.level, health.range, health.symbol) = (0.5, 0.7, Some(symbol));
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
        assert_eq!(of(|s| (s.contrast, s.coarse) = (0.05, 0.4)), Some(Hint::Blurred));
        assert_eq!(of(|s| s.resemblance = 0.9), Some(Hint::Torn));
        assert_eq!(of(|s| (s.resemblance, s.white) = (0.9, 0.15)), None, "it may shine");
        assert_eq!(of(|s| (s.module, s.resemblance) = (1.0, 0.3)), None, "it may be none");
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

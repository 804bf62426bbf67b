//! Steps: the ways in which finders are looked for, from cheap to dear.
//!
//! Each is one size of the picture under one threshold. A new way to look for finders is a new entry here.

use crate::decode::detect::binarize::Rule;
use crate::decode::detect::finder::{Ink, NEED};

/// One binarization of one size.
#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) name: &'static str,
    /// How often the picture is halved first.
    pub(crate) halved: usize,
    /// Whether it is smoothed next.
    pub(crate) smooth: bool,
    pub(crate) rule: Rule,
    /// Every how many rows finders are looked for.
    pub(crate) rows: usize,
    /// How many pixels a finder spans at least.
    pub(crate) least: u16,
    /// Dark on light, light on dark, or both.
    pub(crate) ink: Ink,
}

impl Step {
    /// For sharp symbols, in a picture that is halved so many times.
    const fn halved(name: &'static str, halved: usize) -> Self {
        let rule = Rule { reach: 2, below: 4 };
        Self { name, halved, smooth: false, rule, rows: 2, least: 12, ink: Ink::Both(NEED) }
    }
}

/// The first steps see every size of a symbol that is sharp; the others, what those miss.
pub(crate) const FIRST: usize = 5;

/// The steps of a stream's frame: the first ones, and of the others one in turn. Measured on streams of eight kinds and six
/// strengths, 8 and 16 codes each (2 December 2026): as many are read as with all steps, for half the time where none is;
/// with the smallest symbols in turn, too, fewer are (combo 0.7: 4 of 16 where 5 are).
pub(crate) const TURN: usize = FIRST + 1;

/// The step that sees the smallest symbols: no halving, no smoothing.
pub(crate) const FULL: &Step = &STEPS[FIRST - 1];

/// Windows reach 2 blocks of 4 pixels to each side, 20 pixels in all, which holds the inside of a finder of up to
/// about 8 pixels a module; each halving takes over where the one before ends. Other numbers were found on the
/// generated sets of 21 November 2026: a reach of 1 to 4 and a difference of 2 to 6 change little.
pub(crate) const STEPS: [Step; 10] = [
    Step::halved("half", 1),
    Step::halved("quarter", 2),
    Step::halved("eighth", 3),
    Step::halved("sixteenth", 4),
    Step {
        name: "full",
        halved: 0,
        smooth: false,
        rule: Rule { reach: 2, below: 5 },
        rows: 2,
        least: 10,
        // Small light finders are many by chance.
        ink: Ink::Both(NEED + 1),
    },
    Step {
        name: "smooth",
        halved: 0,
        smooth: true,
        rule: Rule { reach: 4, below: 4 },
        rows: 3,
        least: 12,
        ink: Ink::Both(NEED),
    },
    Step {
        name: "near smooth",
        halved: 0,
        smooth: true,
        rule: Rule { reach: 1, below: 3 },
        rows: 3,
        least: 12,
        ink: Ink::Dark,
    },
    Step {
        name: "near",
        halved: 0,
        smooth: false,
        rule: Rule { reach: 1, below: 3 },
        rows: 1,
        least: 7,
        ink: Ink::Dark,
    },
    Step {
        name: "half smooth",
        halved: 1,
        smooth: true,
        rule: Rule { reach: 3, below: 2 },
        rows: 1,
        least: 12,
        ink: Ink::Dark,
    },
    // What the threshold of the others favours in dark ink, this one does in light ink.
    Step {
        name: "light",
        halved: 0,
        smooth: false,
        rule: Rule { reach: 2, below: -5 },
        rows: 2,
        least: 10,
        ink: Ink::Light(NEED),
    },
];

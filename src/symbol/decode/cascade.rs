//! The reader of one picture: steps from cheap to dear.
//!
//! Each step binarizes one size of the picture in one way and tries the groups of finders
//! it shows. Later steps run only where the earlier ones left something unread. The work
//! is counted, not timed: the same picture always gives the same answer.

use core::cell::RefCell;

use super::attempt::{Reading, Three};
use super::layout::Layout;
use super::search::Search;
use super::steps::STEPS;
use super::watch::Trace;
use super::{Code, Decoder, Modules};
use crate::{Grey, GreyBuf, Point};

/// The reader this crate recommends.
#[derive(Clone, Copy, Debug)]
pub struct Cascade {
    steps: usize,
}

impl Cascade {
    /// The names of the steps, the cheapest first.
    #[must_use]
    pub fn steps() -> Vec<&'static str> {
        STEPS.iter().map(|step| step.name).collect()
    }

    /// A reader that stops after some of the steps, to tell what each is worth.
    #[must_use]
    pub const fn first(steps: usize) -> Self {
        Self { steps }
    }
}

impl Default for Cascade {
    fn default() -> Self {
        Self { steps: STEPS.len() }
    }
}

impl Decoder for Cascade {
    fn decode(&self, picture: Grey<'_>) -> Vec<Code> {
        Search::new(picture).run(self.steps).codes
    }
}

/// A symbol that was seen and not read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sight {
    /// The outline, clockwise from the symbol's own top left, as far as it could be told.
    pub corners: [Point; 4],
    /// The likeliest version.
    pub version: u8,
    /// How well the modules that are always the same look as they must: 1 at best.
    pub resemblance: f32,
    /// The share of blocks that could be put right.
    pub share: f32,
}

impl Sight {
    /// Whether it is a symbol for certain, and found as well as it can be.
    #[must_use]
    pub fn is_clear(&self) -> bool {
        self.resemblance > 0.5
            && Layout::of(self.version).is_some_and(|layout| layout.is_told(self.resemblance))
    }
}

/// What a picture shows.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Seen {
    /// Every code that was read.
    pub codes: Vec<Code>,
    /// Every symbol that was seen and not read.
    pub sights: Vec<Sight>,
    /// Whether all was looked at that looks like a symbol; false where a bound was reached before.
    pub complete: bool,
}

/// Reads a picture, and says what else was seen in it.
#[must_use]
pub fn look(picture: Grey<'_>) -> Seen {
    Search::new(picture).run(STEPS.len())
}

/// Three finders of a symbol, in picture pixels.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot {
    pub(super) three: Three,
    pub(super) inverted: bool,
}

/// Which steps of a search are taken.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sweep {
    /// At most so many.
    pub(crate) steps: usize,
    /// Two, if no good finder is seen by then.
    pub(crate) brief: bool,
    /// Which of them is the second; the first is always the cheapest.
    pub(crate) turn: usize,
}

/// Runs some of the steps for so much `work`, blind to the symbols at the `known` places: the codes read, each
/// with its finders, and the finders of symbols that were seen and not read.
pub(super) fn some(
    picture: Grey<'_>,
    sweep: Sweep,
    known: &[Three],
    work: usize,
) -> (Vec<(Code, Three)>, Vec<Spot>) {
    Search::blind(picture, known, work).some(sweep)
}

pub(super) fn code(reading: Reading, factor: f32) -> Code {
    let side = reading.layout.side;
    let mut modules = Modules::new(side);
    for (i, &soft) in reading.soft.iter().enumerate() {
        modules.set(i % side, i / side, soft > 0.0);
    }
    let mut corners = reading.grid.corners(factor);
    if reading.mirrored {
        corners.swap(1, 3);
    }
    Code {
        bytes: reading.corrected.bytes,
        version: reading.layout.version,
        level: reading.corrected.level,
        corners,
        modules,
        spent: reading.corrected.spent,
        mirrored: reading.mirrored,
    }
}

/// What one step saw, for those who want to watch.
#[derive(Clone, Debug)]
pub struct Stage {
    /// The step's name.
    pub name: &'static str,
    /// How many picture pixels a pixel of `bits` spans in each direction.
    pub scale: f32,
    /// The binarized picture, black and white.
    pub bits: GreyBuf,
    /// The middles of the finders, in picture pixels.
    pub finders: Vec<Point>,
}

/// What every step sees in a picture, whether or not an earlier one reads it.
#[must_use]
pub fn stages(picture: Grey<'_>) -> Vec<Stage> {
    let mut search = Search::new(picture);
    STEPS.iter().filter_map(|step| search.stage(step)).collect()
}

/// Reads a picture and writes down every attempt.
pub(super) fn observed<'a>(picture: Grey<'a>, traces: &'a RefCell<Vec<Trace>>) {
    Search::watched(picture, traces).run(STEPS.len());
}

#[cfg(test)]
mod tests;

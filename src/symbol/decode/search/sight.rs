//! Sight: what a search is told and what it saw.

use crate::decode::answer::Code;
use crate::decode::code::layout::Layout;
use crate::decode::detect::micro::Cousin;
use crate::decode::sample::local::Triple;
use crate::{GreyBuf, Point};

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
    /// Every code of a small kind, of which nothing is read.
    pub cousins: Vec<Cousin>,
    /// Whether all was looked at that looks like a symbol; false where a bound was reached before.
    pub complete: bool,
}

/// Three finders of a symbol, in picture pixels.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spot {
    pub(crate) three: Triple,
    pub(crate) inverted: bool,
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
    /// Where nothing is seen, codes of a small kind are looked for.
    pub(crate) small: bool,
    /// Blur and scratches of a symbol are undone, and a mesh may be laid over it.
    pub(crate) thorough: bool,
}

/// What some steps saw.
#[derive(Debug)]
pub(crate) struct Swept {
    /// The codes read, each with its finders.
    pub(crate) codes: Vec<(Code, Triple)>,
    /// The finders of symbols that were seen and not read.
    pub(crate) spots: Vec<Spot>,
    /// Codes of a small kind.
    pub(crate) cousins: Vec<Cousin>,
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

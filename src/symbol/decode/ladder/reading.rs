//! Reading: what came of three finders.

use crate::Point;
use crate::decode::answer::{Code, Modules};
use crate::decode::code::correct::Corrected;
use crate::decode::code::layout::Layout;
use crate::decode::sample::grid::Grid;

/// A symbol that was read, on the picture it was sampled from.
#[derive(Debug)]
pub(crate) struct Reading {
    pub(crate) corrected: Corrected,
    pub(crate) layout: &'static Layout,
    pub(crate) grid: Grid,
    pub(crate) soft: Vec<f32>,
    pub(crate) mirrored: bool,
    /// The hypothesis or the remedy by which it was read.
    pub(crate) by: &'static str,
}

impl Reading {
    /// The code, in a picture `factor` times as large.
    pub(crate) fn code(self, factor: f32) -> Code {
        let corners = self.grid.corners(factor);
        code(self.corrected, self.layout, corners, &self.soft, self.mirrored)
    }
}

/// A code whose soft modules are `soft`, from its own top left also where it was seen from behind; `corners` are as seen.
pub(crate) fn code(
    corrected: Corrected,
    layout: &Layout,
    mut corners: [Point; 4],
    soft: &[f32],
    mirrored: bool,
) -> Code {
    let mut modules = Modules::new(layout.side);
    for (i, &soft) in soft.iter().enumerate() {
        modules.set(i % layout.side, i / layout.side, soft > 0.0);
    }
    if mirrored {
        corners.swap(1, 3);
    }
    let printed = Some(corrected.modules(layout));
    Code {
        bytes: corrected.contents.bytes,
        segments: corrected.contents.segments,
        append: corrected.contents.append,
        version: layout.version,
        level: corrected.level,
        corners,
        modules,
        printed,
        spent: corrected.spent,
        mirrored,
    }
}

/// A symbol that was seen and not read.
#[derive(Debug)]
pub(crate) struct Seen {
    pub(crate) layout: &'static Layout,
    pub(crate) grid: Grid,
    /// How well its known modules look as they must: 1 at best.
    pub(crate) resemblance: f32,
    /// The share of its blocks that could be put right.
    pub(crate) share: f32,
    /// The hypothesis that laid the grid.
    pub(crate) by: &'static str,
}

impl Seen {
    /// The one of which more could be put right, or that looks more like a symbol.
    pub(crate) fn better(self, other: Self) -> Self {
        if (self.share, self.resemblance) >= (other.share, other.resemblance) {
            self
        } else {
            other
        }
    }
}

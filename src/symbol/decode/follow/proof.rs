//! Proof: soft modules of one or many frames, put right.
//!
//! What is known of a version, which modules carry codewords, and whether soft modules come
//! to a code. What their error correction does not uphold is not called a code.

use crate::Point;
use crate::decode::answer::Code;
use crate::decode::code::correct::{Corrected, format_fit};
use crate::decode::code::layout::{Known, Layout, beyond_chance, is_finder, transposed};
use crate::decode::ladder::judge::patiently;
use crate::decode::ladder::reading::code;
use crate::decode::sample::equalise::equalise;

/// Soft modules put right.
#[derive(Clone, Debug)]
pub(crate) struct Proof {
    pub(crate) corrected: Corrected,
    pub(crate) mirrored: bool,
}

impl Proof {
    /// The code whose soft modules, as seen, are these.
    pub(crate) fn code(self, layout: &Layout, corners: [Point; 4], soft: &[f32]) -> Code {
        let soft = if self.mirrored { &transposed(soft, layout.side) } else { soft };
        code(self.corrected, layout, corners, soft, self.mirrored)
    }

    /// Every module that carries a codeword, with its block and whether it must be dark;
    /// modules count row by row as seen, also where that is from behind.
    pub(crate) fn printed(&self, version: u8) -> Vec<(usize, usize, bool)> {
        let Some(layout) = Layout::of(version) else { return Vec::new() };
        let mut printed = self.corrected.printed(layout);
        if self.mirrored {
            for (at, ..) in &mut printed {
                *at = *at % layout.side * layout.side + *at / layout.side;
            }
        }
        printed
    }
}

/// What the modules of a version must be, as far as that is known: dark 1, light -1, else
/// 0. Finders are left out where there is enough beside them: they are larger than modules
/// and look better.
pub(crate) fn known(version: u8) -> Vec<f32> {
    let Some(layout) = Layout::of(version) else { return Vec::new() };
    let side = layout.side;
    let value = |(i, known): (usize, &Known)| match known {
        _ if version > 1 && is_finder(i % side, i / side, side) => 0.0,
        Known::Dark => 1.0,
        Known::Light => -1.0,
        Known::Format | Known::Data => 0.0,
    };
    layout.known.iter().enumerate().map(value).collect()
}

/// Whether these known modules, if they look so well, tell a symbol from chance.
pub(crate) fn is_told(known: &[f32], quality: f32) -> bool {
    beyond_chance(quality, known.iter().filter(|known| **known != 0.0).count())
}

/// The modules of a version that carry codewords.
pub(crate) fn carriers(version: u8) -> &'static [u16] {
    Layout::of(version).map_or(&[], |layout| &layout.order)
}

/// Puts soft modules (from -1 to 1) right, or says what share of the blocks could be.
pub(crate) fn settle(soft: &[f32], version: u8, rounds: usize) -> Result<Proof, f32> {
    let layout = Layout::of(version).ok_or(0.0_f32)?;
    if soft.len() != layout.known.len() {
        return Err(0.0);
    }
    let behind = transposed(soft, layout.side);
    let mirrored = format_fit(&behind, layout.side) > format_fit(soft, layout.side);
    let soft = if mirrored { &behind } else { soft };
    patiently(soft, layout, rounds).map(|corrected| Proof { corrected, mirrored })
}

/// Soft modules with the blur of their frame undone, learnt from the modules that are known
/// and from those of which `mean` is sure.
pub(crate) fn sharpen(soft: &[f32], mean: &[f32], version: u8) -> Option<Vec<f32>> {
    let layout = Layout::of(version)?;
    let truth: Vec<Option<bool>> = layout
        .known
        .iter()
        .zip(mean)
        .map(|(known, mean)| match known {
            Known::Dark => Some(true),
            Known::Light => Some(false),
            Known::Format | Known::Data => (mean.abs() > CERTAIN).then_some(*mean > 0.0),
        })
        .collect();
    (soft.len() == truth.len()).then(|| equalise(soft, layout, &truth))?
}

/// A mean beyond this is right, nearly always. Chosen, not measured.
const CERTAIN: f32 = 0.35;

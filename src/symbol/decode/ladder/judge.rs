//! Judge: soft modules corrected, once or with what was proven before.

use crate::Grey;
use crate::decode::code::correct::{Corrected, Outcome, correct, format_fit};
use crate::decode::code::layout::{Layout, transposed};
use crate::decode::ladder::hypotheses::Laid;
use crate::decode::ladder::reading::{Reading, Seen};
use crate::decode::sample::equalise::equalise;
use crate::decode::sample::normalise::{soften, suspect};
use crate::decode::sample::resemblance::resemblance;

/// Reads the modules under a grid; nothing of it is a code, or is not yet, where it is only seen.
pub(crate) fn judge(
    picture: Grey<'_>,
    layout: &'static Layout,
    laid: Laid,
    rounds: usize,
) -> Result<Reading, Seen> {
    let Laid { name: by, grid, .. } = laid;
    let straight = soften(&grid.sample(picture), layout);
    let resemblance = resemblance(&straight, layout);
    if resemblance < ALIKE {
        return Err(Seen { layout, grid, resemblance, share: 0.0, by });
    }
    let behind = transposed(&straight, layout.side);
    let mirrored = format_fit(&behind, layout.side) > format_fit(&straight, layout.side);
    let soft = if mirrored { behind } else { straight };
    let rounds = if resemblance < CLEAR { 0 } else { rounds };
    match patiently(&soft, layout, rounds) {
        Ok(corrected) => Ok(Reading { corrected, layout, grid, soft, mirrored, by }),
        Err(share) => Err(Seen { layout, grid, resemblance, share, by }),
    }
}

/// Corrects; where that fails, learns from what is proven (where damage lies, how blur
/// mixes modules) and tries again.
pub(crate) fn patiently(soft: &[f32], layout: &Layout, rounds: usize) -> Result<Corrected, f32> {
    let mut share = 0.0;
    let mut current = soft.to_vec();
    for round in 0..=rounds {
        let (part, truth) = match correct(&current, layout) {
            Outcome::Read(corrected) => return Ok(*corrected),
            Outcome::Part { share, truth } => (share, truth),
        };
        if rounds == 0 || (round > 1 && part <= share) {
            return Err(part.max(share));
        }
        share = part.max(share);
        if part > 0.0
            && let Outcome::Read(corrected) = correct(&suspect(&current, layout, &truth), layout)
        {
            return Ok(*corrected);
        }
        match equalise(soft, layout, &truth) {
            Some(next) => current = next,
            None => break,
        }
    }
    Err(share)
}

/// Below this, what is under a grid is not worth correcting. Chosen, not measured.
pub(super) const ALIKE: f32 = 0.25;

/// Above this, what is under a grid is a symbol for certain. Chosen, not measured.
pub(super) const CLEAR: f32 = 0.45;

//! Ladder: three finders in, a code or what was seen of it out.
//!
//! The hypotheses of one table ([`hypotheses`]) are tried from cheap to dear, each only where those before failed: first
//! those about the paper in each likely version, then a mesh in the versions that it suits, then what undoes a blur or
//! leaves scratches out. Each gives a grid, whose modules are judged ([`judge()`]). It does not look for finders.

pub(crate) mod hypotheses;
pub(crate) mod judge;
pub(crate) mod reading;

use self::hypotheses::{CREASE, FLAT, MESH, PAPER, REMEDIES, Remedy, Subject};
use self::judge::{ALIKE, CLEAR, judge};
use self::reading::{Reading, Seen};
use crate::Grey;
use crate::decode::code::correct::{Outcome, correct, format_fit};
use crate::decode::code::layout::{Layout, transposed};
use crate::decode::geometry::homography::Homography;
use crate::decode::geometry::versions::{anchor, versions};
use crate::decode::geometry::{crease, mesh};
use crate::decode::sample::local::Triple;
use crate::decode::sample::normalise::soften;
use crate::decode::sample::resemblance::resemblance;

/// How much may be spent on a group.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Effort {
    /// Versions tried, the likeliest first.
    pub(crate) versions: usize,
    /// Whether a mesh may be laid.
    pub(crate) mesh: bool,
    /// How often blur is undone with what is proven so far.
    pub(crate) rounds: usize,
}

/// Reads the symbol whose finders are `three`, or says what was seen of it; and whether a mesh had to be laid for that.
pub(crate) fn read(
    picture: Grey<'_>,
    three: &Triple,
    effort: Effort,
) -> (Result<Reading, Option<Seen>>, bool) {
    let mut best: Option<Seen> = None;
    let versions = versions(picture, three);
    for (version, map) in versions.iter().take(effort.versions) {
        let Some(layout) = Layout::of(*version) else { continue };
        let map = anchor(picture, three, layout, *map);
        let subject = Subject { picture, layout, three, map, grid: None };
        match climb(&subject, effort) {
            Ok(reading) => return (Ok(reading), false),
            Err(Some(seen)) => {
                best = Some(match best {
                    Some(best) => best.better(seen),
                    None => seen,
                });
            }
            Err(None) => {}
        }
    }
    let sure = three.iter().map(|f| f.match_.abs()).sum::<f32>() > SURE;
    let below = |least| best.as_ref().is_none_or(|seen| seen.resemblance < least);
    let (folded, bent) = (below(STRAIGHT), below(EVEN));
    let meshed = effort.mesh && sure && bent;
    if effort.mesh && sure && folded {
        match on_bent_paper(picture, three, &versions, bent) {
            Ok(reading) => return (Ok(reading), meshed),
            Err(Some(seen)) => {
                best = Some(match best {
                    Some(best) => seen.better(best),
                    None => seen,
                });
            }
            Err(None) => {}
        }
    }
    let worth = |seen: &Seen| seen.resemblance > CLEAR && !seen.layout.is_large();
    for remedy in &REMEDIES {
        best = match best {
            Some(seen) if effort.rounds > 0 && worth(&seen) => {
                match remedied(picture, seen, remedy) {
                    Ok(reading) => return (Ok(reading), meshed),
                    Err(seen) => Some(seen),
                }
            }
            other => other,
        };
    }
    (Err(best), meshed)
}

/// Tries the hypotheses about the paper in one version, but for those of bent paper, which choose their versions
/// themselves.
fn climb(subject: &Subject<'_>, effort: Effort) -> Result<Reading, Option<Seen>> {
    let mut best: Option<Seen> = None;
    let bent = [CREASE.name, MESH.name];
    for hypothesis in PAPER.iter().filter(|hypothesis| !bent.contains(&hypothesis.name)) {
        let grid = best.as_ref().map(|seen| &seen.grid);
        let Some(laid) = (hypothesis.lay)(&Subject { grid, ..*subject }) else { continue };
        let rounds = if hypothesis.patient { effort.rounds } else { 0 };
        let seen = judge(subject.picture, subject.layout, laid, rounds).map_or_else(Ok, Err);
        let seen = match seen {
            Ok(seen) => seen,
            Err(reading) => return Ok(reading),
        };
        if hypothesis.name == FLAT.name && seen.resemblance < FAINT {
            return Err(Some(seen));
        }
        best = Some(match best {
            Some(best) => seen.better(best),
            None => seen,
        });
    }
    Err(best)
}

/// Lays a crease over the symbol and, if that is not all, meshes, in the versions whose timing patterns fit best between
/// the finders.
fn on_bent_paper(
    picture: Grey<'_>,
    three: &Triple,
    versions: &[(u8, Homography)],
    bent: bool,
) -> Result<Reading, Option<Seen>> {
    let plans = versions.iter().filter_map(|(version, _)| {
        let layout = Layout::of(*version)?;
        Some((layout, mesh::base(three, layout.side)?))
    });
    let mut plans: Vec<(f32, &'static Layout, Homography)> = plans
        .filter(|(layout, _)| !layout.is_large())
        .take(HUNG)
        .filter_map(|(layout, map)| {
            let grid = mesh::hung(layout.side, three, &map)?.grid(&map, layout.side);
            Some((mesh::timing(picture, &grid, layout.side), layout, map))
        })
        .collect();
    plans.sort_by(|a, b| b.0.total_cmp(&a.0));
    let folded = plans.iter().filter_map(|(_, layout, map)| {
        Some((crease::promise(picture, layout.side, three)?, *layout, *map))
    });
    let folded = folded.max_by(|a, b| a.0.total_cmp(&b.0));
    let folded = folded.map(|(_, layout, map)| (layout, map));
    let mut best: Option<Seen> = None;
    if let Some((layout, map)) = folded {
        let laid = (CREASE.lay)(&Subject { picture, layout, three, map, grid: None });
        match laid.map(|laid| judge(picture, layout, laid, MESH_ROUNDS)) {
            Some(Ok(reading)) => return Ok(reading),
            seen => best = seen.and_then(Result::err),
        }
    }
    let meshed = if bent { MESHED } else { 0 };
    let alike = plans.into_iter().take(meshed).filter_map(|(_, layout, map)| {
        let laid = (MESH.lay)(&Subject { picture, layout, three, map, grid: None })?;
        let resemblance = resemblance(&soften(&laid.grid.sample(picture), layout), layout);
        Some((resemblance, layout, laid))
    });
    match alike.max_by(|a, b| a.0.total_cmp(&b.0)) {
        Some((found, layout, laid)) if found >= ALIKE => judge(picture, layout, laid, MESH_ROUNDS)
            .map_err(|seen| {
                Some(match best {
                    Some(best) => best.better(seen),
                    None => seen,
                })
            }),
        Some(_) | None => Err(best),
    }
}

/// Reads what is seen by a remedy, with what that proves again as long as it is more.
fn remedied(picture: Grey<'_>, seen: Seen, remedy: &Remedy) -> Result<Reading, Seen> {
    let (layout, side) = (seen.layout, seen.layout.side);
    let (mut proven, mut share, mut first) = (Vec::new(), seen.share, None);
    for turn in 0..AGAIN {
        let Some(straight) = (remedy.soften)(picture, layout, &seen.grid, &proven) else { break };
        let first: &Vec<f32> = first.get_or_insert_with(|| straight.clone());
        let behind = transposed(&straight, side);
        let mirrored = format_fit(&behind, side) > format_fit(&straight, side);
        let soft = if mirrored { behind } else { straight };
        match correct(&soft, layout) {
            Outcome::Read(corrected) => {
                let (grid, corrected) = (seen.grid, *corrected);
                // What is seen, not what was proven on the way.
                let worn = remedy.wear.then(|| soften(&grid.sample(picture), layout));
                let soft = worn.as_ref().unwrap_or(first);
                let soft = if mirrored { transposed(soft, side) } else { soft.clone() };
                return Ok(Reading { corrected, layout, grid, soft, mirrored, by: remedy.name });
            }
            // Nothing new is proven, or all is and is not enough.
            Outcome::Part { share: part, .. }
                if part <= 0.0 || part >= 1.0 || turn > 0 && part <= share =>
            {
                share = part.max(share);
                break;
            }
            Outcome::Part { share: part, truth } => {
                share = part.max(share);
                proven = if mirrored { transposed(&truth, side) } else { truth };
            }
        }
    }
    Err(Seen { share, ..seen })
}

/// How often a symbol is looked at by a remedy, with what the time before proved. Chosen.
const AGAIN: usize = 4;

/// Below this, what is under a grid is not worth another grid. Chosen, not measured.
const FAINT: f32 = 0.1;

/// Three finders that match more than this together are a symbol's: a mesh is dear. Chosen, not measured.
const SURE: f32 = 2.2;

/// Above this, a symbol lies on flat paper, and laying a mesh is no use. Chosen, not measured.
const EVEN: f32 = 0.85;

/// Above this, it is not even folded across a corner. Chosen, not measured.
const STRAIGHT: f32 = 0.95;

/// The most versions that are looked at on bent paper. Chosen for time.
const HUNG: usize = 6;

/// The most versions that a mesh is laid in. Chosen for time.
const MESHED: usize = 2;

/// How often blur is undone under a mesh. Chosen.
const MESH_ROUNDS: usize = 3;

#[cfg(test)]
mod tests;

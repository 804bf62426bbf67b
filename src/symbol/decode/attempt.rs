//! One group of finders, tried until it is a code or out of ideas.
//!
//! The order is from cheap to dear, and each step runs only where the one before failed:
//! a flat grid, a grid bent to the alignment patterns, a sheet laid over the modules. It
//! returns what was read, or how far it came.

use super::bend;
use super::correct::{Corrected, Outcome, correct, format_fit};
use super::drape;
use super::equalise::equalise;
use super::find::Finder;
use super::fit::{self, Local};
use super::group::Group;
use super::layout::{Known, Layout, is_finder};
use super::restore::restore;
use super::sample::Grid;
use super::scratch::mend;
use super::soften::{soften, suspect};
use super::warp::{Homography, Pair};
use crate::{Grey, Point};

/// A symbol that was read, on the picture it was sampled from.
#[derive(Debug)]
pub(super) struct Reading {
    pub(super) corrected: Corrected,
    pub(super) layout: &'static Layout,
    pub(super) grid: Grid,
    pub(super) soft: Vec<f32>,
    pub(super) mirrored: bool,
}

/// Three finders of a group, laid exactly over the picture: corner, right, lower.
pub(super) type Three = [Local; 3];

/// A group's finders as far as the bits tell, in a picture `factor` times as large as the
/// one they were found in.
pub(super) fn guess(finders: &[Finder; 3], group: &Group, factor: f32) -> Three {
    let at = finders.map(|f| Point { x: f.centre.x * factor, y: f.centre.y * factor });
    let [corner_right, corner_down, right, down] = group.modules.map(|m| m * factor);
    // A plane recedes: a module that lies towards the other finder shrinks with the square of the distance from the
    // viewer, so that two module lengths tell how much further away each of the others is.
    // Lengths of a few pixels tell nothing finer than these.
    let slack = UNSURE / (corner_right * corner_down).sqrt().max(0.1);
    let [far_right, far_down] = [corner_right / right, corner_down / down].map(|ratio| {
        let log = ratio.ln();
        ((log - log.clamp(-slack, slack)) / 2.0).exp().clamp(0.5, 2.0)
    });
    let count = |a: Point, b: Point, m: f32, n: f32| (b.x - a.x).hypot(b.y - a.y) / (m * n).sqrt();
    let across = count(at[0], at[1], corner_right, right);
    let along = count(at[0], at[2], corner_down, down);
    let distances = [1.0, far_right, far_down];
    let mut three = [Local { centre: at[0], right: at[0], down: at[0], match_: 0.0 }; 3];
    for ((local, centre), distance) in three.iter_mut().zip(at).zip(distances) {
        let axis = |to: Point, far: f32, count: f32| {
            let part = |to: f32, start: f32, here: f32| {
                (far * (to - here) - (start - here)) / (distance * count)
            };
            Point { x: part(to.x, at[0].x, centre.x), y: part(to.y, at[0].y, centre.y) }
        };
        local.centre = centre;
        local.right = axis(at[1], far_right, across);
        local.down = axis(at[2], far_down, along);
    }
    three
}

/// How much three guessed finders look like finders turned and sized alike: 3 at best.
pub(super) fn likeness(picture: Grey<'_>, three: &Three, inverted: bool) -> f32 {
    let sum: f32 = three.iter().map(|local| fit::finder_glance(picture, local)).sum();
    if inverted { -sum } else { sum }
}

/// How well the light changes from module to module between guessed finders, where the
/// timing patterns must be: 1 at best, about 0.5 among data.
pub(super) fn alternation(picture: Grey<'_>, [corner, right, down]: &Three) -> f32 {
    let between = |from: (&Local, f32, f32), to: (&Local, f32, f32), module: f32| {
        let (a, b) = (from.0.at(from.1, from.2), to.0.at(to.1, to.2));
        let modules = (b.x - a.x).hypot(b.y - a.y) / module.max(0.5);
        let seen: Vec<f32> = along(a, b, modules).map(|at| fit::grey(picture, at)).collect();
        let mean = seen.iter().sum::<f32>() / seen.len().max(1) as f32;
        let changes = seen.windows(2).filter(|w| (w[0] > mean) != (w[1] > mean)).count();
        let ratio = changes as f32 / modules.max(1.0);
        ratio.min(2.0 - ratio).max(0.0)
    };
    let length = |p: Point| p.x.hypot(p.y);
    between((corner, 4.0, 3.0), (right, -4.0, 3.0), length(corner.right)).max(between(
        (corner, 4.0, 2.7),
        (right, -4.0, 2.7),
        length(corner.right),
    )) + between((corner, 3.0, 4.0), (down, 3.0, -4.0), length(corner.down)).max(between(
        (corner, 2.7, 4.0),
        (down, 2.7, -4.0),
        length(corner.down),
    ))
}

/// Places on a line, three in a module.
fn along(a: Point, b: Point, modules: f32) -> impl Iterator<Item = Point> {
    let count = fit::whole((3.0 * modules).ceil()).clamp(1, 600);
    (0..=count).map(move |i| {
        let t = i as f32 / count as f32;
        Point { x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t }
    })
}

/// Lays guessed finders exactly over the picture; `None` where one of them is none.
pub(super) fn lay(picture: Grey<'_>, guess: &Three, inverted: bool) -> Option<Three> {
    let three = guess.map(|local| fit::finder(picture, local));
    let sign = if inverted { -1.0 } else { 1.0 };
    let least = three.iter().map(|f| f.match_ * sign).fold(1.0, f32::min);
    let sum: f32 = three.iter().map(|f| f.match_ * sign).sum();
    (least > 0.2 && sum > 1.2).then_some(three)
}

/// A symbol that was seen and not read.
#[derive(Debug)]
pub(super) struct Seen {
    pub(super) layout: &'static Layout,
    pub(super) grid: Grid,
    /// How well its known modules look as they must: 1 at best.
    pub(super) resemblance: f32,
    /// The share of its blocks that could be put right.
    pub(super) share: f32,
}

impl Seen {
    /// Whether it is a symbol for certain, of a size that can be gone over part by part.
    fn is_worth_more(&self) -> bool {
        self.resemblance > CLEAR && self.layout.side <= LARGE
    }
}

/// Whether two groups of finders are the same: they lie at the same places, of one size and one polarity.
pub(super) fn is_same(a: &Three, b: &Three) -> bool {
    a.iter().zip(b).all(|(a, b)| {
        let away = (a.centre.x - b.centre.x).hypot(a.centre.y - b.centre.y);
        let (small, large) = (a.area().min(b.area()), a.area().max(b.area()));
        away * away < a.area() * 0.25 && large < 1.5 * small && a.match_ * b.match_ >= 0.0
    })
}

/// Reads the symbol whose finders are `three`, or says what was seen of it; and whether a
/// sheet had to be laid for that.
pub(super) fn read(
    picture: Grey<'_>,
    three: &Three,
    effort: Effort,
) -> (Result<Reading, Option<Seen>>, bool) {
    let best = match flat(picture, three, effort) {
        Ok(reading) => return (Ok(reading), false),
        Err(best) => best,
    };
    let sure = three.iter().map(|f| f.match_.abs()).sum::<f32>() > 2.2;
    let bent = best.as_ref().is_none_or(|seen| seen.resemblance < FLAT);
    let draping = effort.drape && sure && bent;
    let result = if draping { draped(picture, three, best) } else { Err(best) };
    let result = match result {
        Err(Some(seen)) if effort.rounds > 0 && seen.is_worth_more() => {
            restored(picture, seen).map_err(Some)
        }
        other => other,
    };
    (result, draping)
}

/// Reads what is seen by a model of its blur, or without what lies under scratches.
fn restored(picture: Grey<'_>, seen: Seen) -> Result<Reading, Seen> {
    let seen = match again(picture, seen, restore) {
        Ok(reading) => return Ok(reading),
        Err(seen) => seen,
    };
    // Scratches are wear: the modules are given as they look with them.
    again(picture, seen, mend).map(|reading| {
        let worn = soften(&reading.grid.sample(picture), reading.layout);
        let soft = if reading.mirrored { transposed(&worn, reading.layout.side) } else { worn };
        Reading { soft, ..reading }
    })
}

/// A way to soft values of a symbol of which something may be proven.
type Way = fn(Grey<'_>, &Layout, &Grid, &[Option<bool>]) -> Option<Vec<f32>>;

/// Reads what is seen in another way, with what that proves again as long as it is more.
fn again(picture: Grey<'_>, seen: Seen, way: Way) -> Result<Reading, Seen> {
    let (layout, side) = (seen.layout, seen.layout.side);
    let (mut proven, mut share, mut first) = (Vec::new(), seen.share, None);
    for turn in 0..AGAIN {
        let Some(straight) = way(picture, layout, &seen.grid, &proven) else { break };
        let first: &Vec<f32> = first.get_or_insert_with(|| straight.clone());
        let behind = transposed(&straight, side);
        let mirrored = format_fit(&behind, side) > format_fit(&straight, side);
        let soft = if mirrored { behind } else { straight };
        match correct(&soft, layout) {
            Outcome::Read(corrected) => {
                let (grid, corrected) = (seen.grid, *corrected);
                // What is seen, not what was proven on the way.
                let soft = if mirrored { transposed(first, side) } else { first.clone() };
                return Ok(Reading { corrected, layout, grid, soft, mirrored });
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

/// Reads the symbol as if its paper were flat, or nearly.
fn flat(picture: Grey<'_>, three: &Three, effort: Effort) -> Result<Reading, Option<Seen>> {
    let mut best: Option<Seen> = None;
    for (version, map) in versions(picture, three).into_iter().take(effort.versions) {
        let Some(layout) = Layout::of(version) else { continue };
        let map = anchor(picture, three, layout, map);
        let seen = match judge(picture, layout, Grid::flat(&map, layout.side), 0) {
            Ok(reading) => return Ok(reading),
            Err(seen) if seen.resemblance < FAINT => seen,
            Err(seen) => match harder(picture, three, &map, seen, effort) {
                Ok(reading) => return Ok(reading),
                Err(seen) => seen,
            },
        };
        best = Some(match best {
            Some(best) => better(best, seen),
            None => seen,
        });
    }
    Err(best)
}

/// Tries sheets laid over the symbol, in the versions whose timing patterns fit best between
/// the finders.
fn draped(picture: Grey<'_>, three: &Three, best: Option<Seen>) -> Result<Reading, Option<Seen>> {
    let plans = versions(picture, three);
    let plans = plans.into_iter().filter_map(|(version, _)| {
        let layout = Layout::of(version)?;
        Some((layout, drape::base(three, layout.side)?))
    });
    let mut plans: Vec<(f32, &'static Layout, Homography)> = plans
        .filter(|(layout, _)| layout.side <= LARGE)
        .take(HUNG)
        .filter_map(|(layout, map)| {
            let grid = drape::hung(layout.side, three, &map)?.grid(&map, layout.side);
            Some((drape::timing(picture, &grid, layout.side), layout, map))
        })
        .collect();
    plans.sort_by(|a, b| b.0.total_cmp(&a.0));
    let alike = plans.into_iter().take(DRAPED).filter_map(|(_, layout, map)| {
        let grid = drape::drape(picture, layout, three, &map)?.grid(&map, layout.side);
        let resemblance = resemblance(&soften(&grid.sample(picture), layout), layout);
        Some((resemblance, layout, grid))
    });
    let Some((found, layout, grid)) = alike.max_by(|a, b| a.0.total_cmp(&b.0)) else {
        return Err(best);
    };
    if found < ALIKE {
        return Err(best);
    }
    judge(picture, layout, grid, 3).map_err(|seen| {
        Some(match best {
            Some(best) => better(seen, best),
            None => seen,
        })
    })
}

/// Tries a better flat grid, then grids that are not flat, from what was seen so far.
fn harder(
    picture: Grey<'_>,
    three: &Three,
    map: &Homography,
    first: Seen,
    effort: Effort,
) -> Result<Reading, Seen> {
    let layout = first.layout;
    let fitted = fit::symbol(picture, layout, *map, None);
    let flat = judge(picture, layout, Grid::flat(&fitted, layout.side), effort.rounds);
    let seen = match flat {
        Ok(reading) => return Ok(reading),
        Err(seen) => better(seen, first),
    };
    let grid = bend::patterns(picture, layout, three, &seen.grid);
    judge(picture, layout, grid, effort.rounds).map_err(|bent| better(bent, seen))
}

fn better(a: Seen, b: Seen) -> Seen {
    if (a.share, a.resemblance) >= (b.share, b.resemblance) { a } else { b }
}

/// How much may be spent on a group.
#[derive(Clone, Copy, Debug)]
pub(super) struct Effort {
    /// Versions tried, the likeliest first.
    pub(super) versions: usize,
    /// Whether a sheet may be laid.
    pub(super) drape: bool,
    /// How often blur is undone with what is proven so far.
    pub(super) rounds: usize,
}

/// Reads the modules under a grid.
pub(super) fn judge(
    picture: Grey<'_>,
    layout: &'static Layout,
    grid: Grid,
    rounds: usize,
) -> Result<Reading, Seen> {
    let values = grid.sample(picture);
    let straight = soften(&values, layout);
    let resemblance = resemblance(&straight, layout);
    if resemblance < ALIKE {
        return Err(Seen { layout, grid, resemblance, share: 0.0 });
    }
    let behind = transposed(&straight, layout.side);
    let mirrored = format_fit(&behind, layout.side) > format_fit(&straight, layout.side);
    let soft = if mirrored { behind } else { straight };
    let rounds = if resemblance < CLEAR { 0 } else { rounds };
    match patiently(&soft, layout, rounds) {
        Ok(corrected) => Ok(Reading { corrected, layout, grid, soft, mirrored }),
        Err(share) => Err(Seen { layout, grid, resemblance, share }),
    }
}

/// Corrects; where that fails, learns from what is proven (where damage lies, how blur
/// mixes modules) and tries again.
pub(super) fn patiently(soft: &[f32], layout: &Layout, rounds: usize) -> Result<Corrected, f32> {
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

/// How well the modules that are known, finders apart, look as they must: 1 at best. What stripes or a chessboard
/// would show as well, timing patterns above all, is nothing.
pub(super) fn resemblance(soft: &[f32], layout: &Layout) -> f32 {
    let side = layout.side;
    let (mut sum, mut count) = (0.0, 0.0_f32);
    for (i, known) in layout.known.iter().enumerate() {
        let (x, y) = (i % side, i / side);
        if is_finder(x, y, side) {
            continue;
        }
        let sign = match known {
            Known::Dark => 1.0,
            Known::Light => -1.0,
            Known::Format | Known::Data => continue,
        };
        sum += sign * (soft[i] - stripes(soft, layout, (x, y)));
        count += 1.0;
    }
    sum / count.max(1.0)
}

/// What the unknown modules around one show in the mean that lie an even number of rows and columns away, beyond what
/// all of them do; 0 where that is little enough to be chance.
fn stripes(soft: &[f32], layout: &Layout, (x, y): (usize, usize)) -> f32 {
    let (mut like, mut all) = ((0.0, 0.0_f32), (0.0, 0.0_f32));
    let near = |at: usize| at.saturating_sub(AROUND)..(at + AROUND + 1).min(layout.side);
    for v in near(y) {
        for u in near(x) {
            let i = v * layout.side + u;
            if layout.known[i] == Known::Data {
                all = (all.0 + soft[i], all.1 + 1.0);
                if (u ^ x) % 2 == 0 && (v ^ y) % 2 == 0 {
                    like = (like.0 + soft[i], like.1 + 1.0);
                }
            }
        }
    }
    let beyond = like.0 / like.1.max(1.0) - all.0 / all.1.max(1.0);
    if beyond.abs() * like.1.sqrt() > STRIPED { beyond } else { 0.0 }
}

/// The versions that fit the finders' distances, with their maps, the likeliest first.
pub(super) fn versions(picture: Grey<'_>, three: &Three) -> Vec<(u8, Homography)> {
    let [corner, right, down] = three;
    let modules = |a: &Local, b: &Local, la: Point, lb: Point| {
        let distance = (a.centre.x - b.centre.x).hypot(a.centre.y - b.centre.y);
        distance / (la.x.hypot(la.y) * lb.x.hypot(lb.y)).sqrt()
    };
    let across = modules(corner, right, corner.right, right.right);
    let along = modules(corner, down, corner.down, down.down);
    let side = (across * along).sqrt() + 7.0;
    let guess = (side - 17.0) / 4.0;
    let slack = if guess < 4.0 { 0.8 } else { 0.16 * guess + 0.5 };
    let mut ranked: Vec<(f32, u8, Homography)> = (1..=40_u8)
        .filter(|&v| (f32::from(v) - guess).abs() <= slack)
        .filter_map(|version| {
            let side = 17 + 4 * usize::from(version);
            let map = from_finders(three, side, None)?;
            let far = (f32::from(version) - guess).abs();
            Some((timing(picture, &map, side) - 0.1 * far, version, map))
        })
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    ranked.into_iter().map(|(_, version, map)| (version, map)).collect()
}

/// The map given by the finders' outlines, and another place if one is known.
pub(super) fn from_finders(three: &Three, side: usize, more: Option<Pair>) -> Option<Homography> {
    let far = side as f64 - 3.5;
    let middles = [(3.5, 3.5), (far, 3.5), (3.5, far)];
    let mut pairs = Vec::with_capacity(13);
    for (local, (x, y)) in three.iter().zip(middles) {
        for (u, v) in [(-3.5_f32, -3.5_f32), (3.5, -3.5), (3.5, 3.5), (-3.5, 3.5)] {
            let module = (x + f64::from(u), y + f64::from(v));
            pairs.push(Pair { module, picture: local.at(u, v), weight: 1.0 });
        }
    }
    pairs.extend(more);
    Homography::fit(&pairs, side as f64)
}

/// How well the timing patterns alternate under a map, from -1 to 1.
fn timing(picture: Grey<'_>, map: &Homography, side: usize) -> f32 {
    let line = |row: f64, across: bool| {
        fit::correlation((8..side - 8).map(|i| {
            let (u, v) = (i as f64 + 0.5, row);
            let at = if across { map.map(u, v) } else { map.map(v, u) };
            (fit::grey(picture, at), if i % 2 == 0 { -1.0 } else { 1.0 })
        }))
        .abs()
    };
    let best =
        |across| [6.2, 6.5, 6.8].map(|row| line(row, across)).into_iter().fold(0.0, f32::max);
    (best(true) + best(false)) / 2.0
}

/// Corrects the far corner by the alignment pattern nearest to it.
pub(super) fn anchor(
    picture: Grey<'_>,
    three: &Three,
    layout: &Layout,
    map: Homography,
) -> Homography {
    let Some(&last) = layout.alignment.last() else { return map };
    let at = last as f64 + 0.5;
    let guess = Local { match_: three[0].match_, ..local(&map, at, at) };
    let far = (layout.side as f32 * 0.1).clamp(4.0, 7.0);
    let leaning = leaning(three, layout, last);
    let tries = [(&guess, 1.25, 0.75), (&guess, far, 0.6), (&leaning, far, 0.7)];
    let found = tries.into_iter().find_map(|(guess, reach, least)| {
        fit::alignment(picture, guess, reach).filter(|(_, score)| *score > least)
    });
    let Some((place, _)) = found else { return map };
    let pair = Pair { module: (at, at), picture: place, weight: 6.0 };
    from_finders(three, layout.side, Some(pair)).unwrap_or(map)
}

/// The last alignment pattern's place if the symbol leans, but does not recede.
fn leaning([corner, right, down]: &Three, layout: &Layout, last: usize) -> Local {
    let span = layout.side as f32 - 7.0;
    let axis = |to: Point| Point {
        x: (to.x - corner.centre.x) / span,
        y: (to.y - corner.centre.y) / span,
    };
    let flat = Local { right: axis(right.centre), down: axis(down.centre), ..*corner };
    let away = last as f32 - 3.0;
    Local { centre: flat.at(away, away), ..flat }
}

/// The map near a place, as a place with axes.
pub(super) fn local(map: &Homography, u: f64, v: f64) -> Local {
    let (centre, right, down) = (map.map(u, v), map.map(u + 1.0, v), map.map(u, v + 1.0));
    let minus = |p: Point| Point { x: p.x - centre.x, y: p.y - centre.y };
    Local { centre, right: minus(right), down: minus(down), match_: 0.0 }
}

/// Rows become columns: how a mirrored symbol is read.
pub(super) fn transposed<T: Copy>(values: &[T], side: usize) -> Vec<T> {
    (0..values.len()).map(|i| values[i % side * side + i / side]).collect()
}

/// How far the logarithm of the ratio of two lengths of a module is not to be trusted, times the pixels of a module:
/// half a pixel at either end of the seven of a finder.
const UNSURE: f32 = 0.2;

/// How often a symbol is looked at in another way, with what the time before proved.
const AGAIN: usize = 4;

/// The mean of one module would hardly show so much of stripes by chance, that of four half as much.
const STRIPED: f32 = 1.75;

/// Modules to each side of one in which stripes are looked for.
const AROUND: usize = 6;

/// Below this, what is under a grid is not worth another grid.
const FAINT: f32 = 0.1;

/// Below this, what is under a grid is not worth correcting.
const ALIKE: f32 = 0.25;

/// Above this, what is under a grid is a symbol for certain.
const CLEAR: f32 = 0.45;

/// The most versions that are looked at on bent paper.
const HUNG: usize = 6;

/// The most versions that a sheet is laid in.
const DRAPED: usize = 2;

/// Above this, a symbol lies on flat paper, and laying a sheet is no use.
const FLAT: f32 = 0.85;

/// Symbols with more modules along an edge are not gone over module by module, nor sheets laid over them.
pub(super) const LARGE: usize = 77;

#[cfg(test)]
mod tests;

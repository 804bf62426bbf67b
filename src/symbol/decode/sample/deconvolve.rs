//! Deconvolve: modules that are blurred into each other, parted by a model of the blur.
//!
//! Where neighbours lie so far over each other that no filter on modules parts them, the picture still says how it
//! came to be. Finders and what is around them are known: the line along which everything moved and the disc to which
//! points are spread are fitted to them. Each of a few places in a module is then a known sum of the modules around,
//! and the sums of all places are solved for the modules, first as numbers, then as dark and light. Shares and modules
//! are told anew from each other a few times. What is proven stays, and nothing here proves anything.

use crate::Grey;
use crate::decode::code::layout::Layout;
use crate::decode::math::linear::{self, Pivot};
use crate::decode::picture::interpolate::grey;
use crate::decode::sample::blur::{Blur, Line, PLACES, REACH, SPAN, Shares, TAPS, add, dot};
use crate::decode::sample::grid::Grid;
use crate::decode::sample::normalise::shades;

/// Soft values of the modules under a grid, given what is `proven` of them; `None` where a picture is not blurred, or
/// not in a way that explains what is known.
pub(crate) fn deconvolve(
    picture: Grey<'_>,
    layout: &Layout,
    grid: &Grid,
    proven: &[Option<bool>],
) -> Option<Vec<f32>> {
    let mut mixture = Mixture::new(picture, layout, grid, proven);
    mixture.model()?;
    for turn in 0..TURNS {
        if turn > 0 {
            mixture.learn()?;
        }
        mixture.part();
        mixture.compare();
        mixture.settle();
    }
    let soft = |i: usize| {
        let at = mixture.at(i);
        let (gain, power) = mixture.gain(at);
        mixture.taken[at] * (gain / power.max(1e-6)).clamp(0.01, 1.0)
    };
    Some((0..layout.known.len()).map(soft).collect())
}

/// What is seen of a symbol, and how it is thought to have come to be. All values are row by row and have a border
/// `REACH` wide, so that a module's neighbours are at the same steps from all of them.
struct Mixture {
    wide: usize,
    /// What is seen at each place of each module: 1 dark, -1 light.
    seen: [Vec<f32>; PLACES.len()],
    /// What each module is taken to be, 1 dark or -1 light; the border is light.
    taken: Vec<f32>,
    /// How sure that is, from 0 to 1.
    trust: Vec<f32>,
    /// 1 where a module is to be found out, 0 where it is known or there is none.
    open: Vec<f32>,
    /// 1 where there is a module.
    inside: Vec<f32>,
    /// The share of each module around in what is seen at a place, and what is added everywhere.
    shares: [Shares; PLACES.len()],
    /// What is seen less what is expected.
    rest: [Vec<f32>; PLACES.len()],
}

impl Mixture {
    fn new(picture: Grey<'_>, layout: &Layout, grid: &Grid, proven: &[Option<bool>]) -> Self {
        let side = layout.side;
        let wide = side + 2 * REACH;
        let known = layout.told(proven);
        let nothing = vec![0.0; wide * wide];
        let mut mixture = Self {
            wide,
            seen: PLACES.map(|_| nothing.clone()),
            taken: vec![-1.0; wide * wide],
            trust: vec![1.0; wide * wide],
            open: nothing.clone(),
            inside: nothing.clone(),
            shares: [[0.0; TAPS + 1]; PLACES.len()],
            rest: PLACES.map(|_| nothing.clone()),
        };
        let (shades, turned) = shades(&grid.sample(picture), layout);
        for (i, (level, half)) in calm(&shades, side).into_iter().enumerate() {
            let at = mixture.at(i);
            for (seen, place) in mixture.seen.iter_mut().zip(PLACES) {
                let place = grid.beside((i % side, i / side), place);
                let dark = (level - grey(picture, place)) / half;
                seen[at] = (if turned { -dark } else { dark }).clamp(-BRIGHTEST, BRIGHTEST);
            }
            mixture.inside[at] = 1.0;
            if let Some(dark) = known[i] {
                mixture.taken[at] = if dark { 1.0 } else { -1.0 };
            } else {
                (mixture.open[at], mixture.trust[at]) = (1.0, 0.0);
            }
        }
        mixture
    }

    /// Where a module is.
    fn at(&self, i: usize) -> usize {
        let side = self.wide - 2 * REACH;
        (i / side + REACH) * self.wide + i % side + REACH
    }

    /// Where the modules are, and the ends of their rows.
    fn span(&self) -> core::ops::Range<usize> {
        let first = REACH * self.wide + REACH;
        first..self.taken.len() - first
    }

    fn modules(&self) -> impl Iterator<Item = usize> + '_ {
        self.span().filter(|&at| self.inside[at] > 0.0)
    }

    /// The first of a module's neighbours in each row around it.
    fn rows(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        let first = at - REACH * self.wide - REACH;
        (0..SPAN).map(move |row| first + row * self.wide)
    }

    /// What the modules around one are taken to be, and a one.
    fn around(&self, at: usize) -> Shares {
        let mut out = [1.0; TAPS + 1];
        for (part, row) in out.chunks_exact_mut(SPAN).zip(self.rows(at)) {
            part.copy_from_slice(&self.taken[row..row + SPAN]);
        }
        out
    }

    /// Finds the blur that explains best what is seen where everything around is known.
    fn model(&mut self) -> Option<()> {
        let known = |at: &usize| {
            self.rows(*at).all(|row| self.open[row..row + SPAN].iter().all(|open| *open == 0.0))
        };
        let clear: Vec<(usize, Shares)> =
            self.modules().filter(known).map(|at| (at, self.around(at))).collect();
        let fit = |blur: &Blur| {
            let mut line = Line::default();
            for (shares, seen) in blur.shares().iter().zip(&self.seen) {
                for (at, around) in &clear {
                    line.add(dot(&around[..TAPS], &shares[..TAPS]), seen[*at]);
                }
            }
            line
        };
        let mut best = (f32::MAX, Blur::default());
        for blur in Blur::coarse() {
            let rest = fit(&blur).rest();
            if rest < best.0 {
                best = (rest, blur);
            }
        }
        for step in [1.0, 0.5, 0.25] {
            for _ in 0..TRIES {
                let before = best.0;
                for blur in best.1.near(step) {
                    let rest = fit(&blur).rest();
                    if rest < best.0 {
                        best = (rest, blur);
                    }
                }
                if best.0 > before * 0.999 {
                    break;
                }
            }
        }
        let (rest, blur) = best;
        let line = fit(&blur);
        if !blur.is_strong() || rest > UNEXPLAINED * line.spread() {
            return None;
        }
        let (gain, offset) = line.fitted();
        self.shares = blur.shares().map(|mut shares| {
            for share in &mut shares {
                *share *= gain;
            }
            shares[TAPS] = offset;
            shares
        });
        Some(())
    }

    /// Learns the shares from what the modules are taken to be.
    fn learn(&mut self) -> Option<()> {
        let mut normal = [[0.0_f32; TAPS + 1 + PLACES.len()]; TAPS + 1];
        for at in self.modules() {
            let middle = self.rows(at).skip(1).take(SPAN - 2);
            let trust = middle
                .flat_map(|row| &self.trust[row + 1..row + SPAN - 1])
                .fold(1.0_f32, |least, trust| least.min(*trust));
            if trust < LEAST {
                continue;
            }
            let around = self.around(at);
            let seen = self.seen.each_ref().map(|seen| seen[at]);
            for (row, a) in normal.iter_mut().zip(&around) {
                let (unknown, sides) = row.split_at_mut(TAPS + 1);
                add(unknown, &around, trust * a);
                for (side, seen) in sides.iter_mut().zip(seen) {
                    *side += trust * seen * a;
                }
            }
        }
        let lean = 0.01 * normal[TAPS][TAPS] + 1.0;
        for (i, row) in normal.iter_mut().enumerate() {
            row[i] += lean;
        }
        linear::solve(&mut normal, Pivot::Next, 1e-6)?;
        self.shares =
            core::array::from_fn(|place| core::array::from_fn(|i| normal[i][TAPS + 1 + place]));
        Some(())
    }

    /// Sums of values around each module: by the shares, or turned round by the shares a module has in others.
    fn mixed(&self, values: &[f32], shares: &Shares, turned: bool) -> Vec<f32> {
        let span = self.span();
        let mut out = vec![0.0; values.len()];
        for (tap, share) in shares[..TAPS].iter().enumerate() {
            let tap = if turned { TAPS - 1 - tap } else { tap };
            let from = span.start + tap / SPAN * self.wide + tap % SPAN - REACH * self.wide - REACH;
            add(&mut out[span.clone()], &values[from..from + span.len()], *share);
        }
        out
    }

    /// What all places say of the modules to be found out, if `values` are seen there.
    fn gathered(&self, values: impl Fn(usize) -> Vec<f32>) -> Vec<f32> {
        let mut out = vec![0.0; self.taken.len()];
        for (k, shares) in self.shares.iter().enumerate() {
            let mut values = values(k);
            mask(&mut values, &self.inside);
            add(&mut out, &self.mixed(&values, shares, true), 1.0);
        }
        mask(&mut out, &self.open);
        out
    }

    /// Takes the modules for what least squares say, by conjugate gradients.
    fn part(&mut self) {
        for (taken, open) in self.taken.iter_mut().zip(&self.open) {
            *taken *= 1.0 - open;
        }
        self.compare();
        let mut left = self.gathered(|k| self.rest[k].clone());
        let mut found = vec![0.0; self.taken.len()];
        let mut way = left.clone();
        let mut size = dot(&left, &left);
        let enough = size * 1e-4;
        for _ in 0..STEPS {
            if size <= enough {
                break;
            }
            let mut bent = self.gathered(|k| self.mixed(&way, &self.shares[k], false));
            add(&mut bent, &way, RIDGE);
            let step = size / dot(&way, &bent).max(1e-9);
            add(&mut found, &way, step);
            add(&mut left, &bent, -step);
            let before = core::mem::replace(&mut size, dot(&left, &left));
            for (way, left) in way.iter_mut().zip(&left) {
                *way = *left + size / before * *way;
            }
        }
        for (at, found) in found.into_iter().enumerate().filter(|(at, _)| self.open[*at] > 0.0) {
            self.taken[at] = if found > 0.0 { 1.0 } else { -1.0 };
            self.trust[at] = found.abs().min(1.0).powi(2);
        }
    }

    /// Tells what is seen from what is expected.
    fn compare(&mut self) {
        for k in 0..PLACES.len() {
            let mixed = self.mixed(&self.taken, &self.shares[k], false);
            let offset = self.shares[k][TAPS];
            let pairs = self.seen[k].iter().zip(mixed).zip(&self.inside);
            self.rest[k] =
                pairs.map(|((seen, mixed), inside)| (seen - mixed - offset) * inside).collect();
        }
    }

    /// How much further from what is seen all would be if one module were the other, and how much where nothing else is
    /// wrong.
    fn gain(&self, at: usize) -> (f32, f32) {
        let (mut agreement, mut power) = (0.0, 0.0);
        for (rest, shares) in self.rest.iter().zip(&self.shares) {
            for (row, part) in self.rows(at).zip(shares[..TAPS].chunks_exact(SPAN).rev()) {
                agreement += rest[row..row + SPAN]
                    .iter()
                    .zip(part.iter().rev())
                    .map(|(r, s)| r * s)
                    .sum::<f32>();
            }
            power += dot(&shares[..TAPS], &shares[..TAPS]);
        }
        (self.taken[at] * agreement + power, power)
    }

    /// Turns single modules while that brings what is expected nearer to what is seen.
    fn settle(&mut self) {
        for _ in 0..SWEEPS {
            let mut changed = false;
            for at in self.span().filter(|&at| self.open[at] > 0.0).collect::<Vec<_>>() {
                let (gain, power) = self.gain(at);
                self.trust[at] = (gain.abs() / power.max(1e-6)).min(1.0).powi(2);
                if gain < 0.0 {
                    self.turn(at);
                    changed = true;
                }
            }
            if !changed {
                break;
            }
        }
    }

    fn turn(&mut self, at: usize) {
        let before = self.taken[at];
        self.taken[at] = -before;
        let first = at - REACH * self.wide - REACH;
        for (rest, shares) in self.rest.iter_mut().zip(&self.shares) {
            for (row, part) in shares[..TAPS].chunks_exact(SPAN).rev().enumerate() {
                let row = first + row * self.wide;
                let inside = &self.inside[row..row + SPAN];
                let values = rest[row..row + SPAN].iter_mut().zip(inside);
                for ((rest, inside), share) in values.zip(part.iter().rev()) {
                    *rest += 2.0 * before * share * inside;
                }
            }
        }
    }
}

/// Shades without what single patterns do to them.
fn calm(shades: &[(f32, f32)], side: usize) -> Vec<(f32, f32)> {
    let near = |at: usize| at.saturating_sub(CALM)..(at + CALM + 1).min(side);
    let mean = |of: &mut dyn Iterator<Item = (f32, f32)>| {
        let (sum, count) = of.fold(((0.0, 0.0), 0.0_f32), |((a, b), count), (level, half)| {
            ((a + level, b + half), count + 1.0)
        });
        (sum.0 / count.max(1.0), sum.1 / count.max(1.0))
    };
    let cells = || (0..side * side).map(|i| (i % side, i / side));
    let rows: Vec<(f32, f32)> =
        cells().map(|(x, y)| mean(&mut near(x).map(|x| shades[y * side + x]))).collect();
    cells().map(|(x, y)| mean(&mut near(y).map(|y| rows[y * side + x]))).collect()
}

fn mask(values: &mut [f32], by: &[f32]) {
    for (value, by) in values.iter_mut().zip(by) {
        *value *= by;
    }
}

/// What is seen counts no more than so many times the usual contrast. Chosen, not measured.
const BRIGHTEST: f32 = 3.0;

/// How many modules to each side shades are made calm over. Chosen, not measured.
const CALM: usize = 7;

/// How often a blur is made better with one step. Chosen for time.
const TRIES: usize = 6;

/// More than this share of what is seen of known modules left over, and it is no such blur. Chosen, not measured.
const UNEXPLAINED: f32 = 0.3;

/// Modules that are trusted less are not learnt from. Chosen, not measured.
const LEAST: f32 = 0.05;

/// How often shares and modules are told from each other. Chosen for time.
const TURNS: usize = 3;

/// Steps of least squares, and how far they lean towards nothing. Chosen for time.
const STEPS: usize = 30;
const RIDGE: f32 = 0.01;

/// How often single modules are turned with the same shares. Chosen for time.
const SWEEPS: usize = 4;

#[cfg(test)]
mod tests;

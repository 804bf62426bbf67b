//! Walk: every symbol of a picture, one step after the other.
//!
//! Each step adds the finders it shows to those known, and the likeliest groups of three are tried. What is read is
//! taken out, and the search goes on for what is left until every finder that looks like one is explained. The work is
//! counted, not timed, so that the same picture always gives the same answer; only work in vain counts, so that a
//! hundred codes are read as surely as one. Where a bound is reached, that is said.

use core::cell::RefCell;

use crate::decode::answer::Code;
use crate::decode::detect::binarize::{Bits, Sums};
use crate::decode::detect::candidate;
use crate::decode::detect::finder::{Finder, MOST, finders};
use crate::decode::detect::group::{Group, Pool, is_inside};
use crate::decode::detect::micro::{Cousin, cousin};
use crate::decode::detect::texture::{Region, regions};
use crate::decode::ladder::{self, Effort};
use crate::decode::picture::filter::smooth;
use crate::decode::picture::pyramid::{Pyramid, scale};
use crate::decode::sample::local::{Local, Triple, is_same};
use crate::decode::search::sight::{Seen, Sight, Spot, Stage, Sweep, Swept};
use crate::decode::search::steps::{FIRST, FULL, STEPS, Step, TURN};
use crate::decode::search::watch::Trace;
use crate::{Grey, GreyBuf, Point};

pub(crate) struct Search<'a> {
    sizes: Pyramid<'a>,
    /// How often a very large picture is halved before anything is done.
    coarse: usize,
    codes: Vec<Code>,
    sights: Vec<Sight>,
    pool: Pool,
    prepared: Vec<Prepared>,
    /// Where a symbol was looked for.
    places: Vec<Triple>,
    /// The finders of codes that were read.
    taken: Vec<Triple>,
    /// The outlines of what is explained: read, or as clear as it can be.
    outlines: Vec<[Point; 4]>,
    /// The outlines of symbols that are clear, but too large for the step that saw them.
    doubts: Vec<[Point; 4]>,
    /// The size of the picture that the step looks at.
    size: usize,
    /// Where a symbol was seen and not read.
    spots: Vec<Spot>,
    /// Work in vain that is left, an attempt to lay finders being one.
    budget: usize,
    /// Groups that may still be looked at.
    glances: usize,
    /// Pixels that may still be searched beside the steps over the whole picture.
    pixels: usize,
    /// How often a mesh may still be laid.
    meshes: usize,
    /// Whether blur and scratches are undone and a mesh may be laid.
    thorough: bool,
    complete: bool,
    /// Where attempts are written down, if anybody watches.
    watched: Option<&'a RefCell<Vec<Trace>>>,
}

/// A size of the picture, smoothed or not, ready for any threshold.
struct Prepared {
    key: (usize, bool),
    smoothed: Option<GreyBuf>,
    sums: Sums,
}

/// A group about to be tried, on the size of the picture that suits it.
struct Try {
    group: Group,
    guess: Triple,
    size: usize,
    inverted: bool,
    likeness: f32,
    alternation: f32,
    rank: f32,
}

impl<'a> Search<'a> {
    pub(crate) fn new(picture: Grey<'a>) -> Self {
        Self {
            sizes: Pyramid::new(picture),
            coarse: 0,
            codes: Vec::new(),
            sights: Vec::new(),
            pool: Pool::default(),
            prepared: Vec::new(),
            places: Vec::new(),
            taken: Vec::new(),
            outlines: Vec::new(),
            doubts: Vec::new(),
            size: 0,
            spots: Vec::new(),
            budget: WORK,
            glances: GLANCES,
            pixels: AREA,
            meshes: 2,
            thorough: true,
            complete: true,
            watched: None,
        }
    }

    /// A search that writes down its attempts.
    pub(crate) fn watched(picture: Grey<'a>, traces: &'a RefCell<Vec<Trace>>) -> Self {
        Self { watched: Some(traces), ..Self::new(picture) }
    }

    /// A search for so much work, blind to the symbols at the `known` places.
    pub(crate) fn blind(picture: Grey<'a>, known: &[Triple], work: usize) -> Self {
        let outlines = known.iter().map(outline).collect();
        Self { budget: work, meshes: 1, taken: known.to_vec(), outlines, ..Self::new(picture) }
    }

    pub(crate) fn run(mut self, steps: usize) -> Seen {
        let large = self.sizes.picture().pixels().len() > SMALL;
        self.all(Sweep { steps, brief: large, turn: 0, small: true, thorough: true });
        let complete = self.complete && self.budget > 0;
        let cousins = self.cousins();
        Seen { codes: self.codes, sights: self.sights, cousins, complete }
    }

    /// The codes of a small kind that the strongest of the finders belong to which are left.
    fn cousins(&mut self) -> Vec<Cousin> {
        let mut left: Vec<Finder> = self.pool.left().copied().collect();
        left.sort_by(|a, b| b.strength().total_cmp(&a.strength()));
        left.truncate(COUSINS);
        let of = |finder: &Finder| {
            let size = self.sizes.suited((finder.wide * finder.high).sqrt() / 7.0, 0);
            let seen = cousin(self.sizes.at(size), &finder.scaled(1.0 / scale(size)))?;
            Some(Cousin { corners: seen.corners.map(|p| p * scale(size)), ..seen })
        };
        left.iter().filter_map(of).collect()
    }

    /// As [`super::some`].
    pub(crate) fn some(mut self, sweep: Sweep) -> Swept {
        self.thorough = sweep.thorough;
        let known = self.taken.len();
        self.all(sweep);
        let nothing = self.codes.is_empty() && self.sights.is_empty();
        let cousins = if nothing && sweep.small { self.cousins() } else { Vec::new() };
        let taken = self.taken.into_iter().skip(known);
        Swept { codes: self.codes.into_iter().zip(taken).collect(), spots: self.spots, cousins }
    }

    /// One step after the other, until all is explained or, if it is to be brief, no good finder is seen.
    fn all(&mut self, sweep: Sweep) {
        self.shrink();
        let turned = FIRST - 1 + sweep.turn % (STEPS.len() + 1 - FIRST);
        let others = (FIRST - 1..STEPS.len()).filter(|at| *at != turned);
        let order = (0..FIRST - 1).chain([turned]).chain(others);
        for (i, at) in order.take(sweep.steps).enumerate() {
            let Some(step) = STEPS.get(at) else { break };
            let over = i >= FIRST
                && if self.outlines.is_empty() {
                    sweep.brief && !self.pool.is_promising()
                } else {
                    !self.pool.is_sure()
                };
            if over || self.budget == 0 {
                break;
            }
            if i + 1 >= FIRST {
                self.outlines.append(&mut self.doubts);
            }
            if self.outlines.is_empty() {
                self.step(step);
            } else {
                self.beside(step);
            }
        }
        if sweep.steps >= TURN {
            self.finer();
        }
    }

    /// Halves a very large picture first.
    fn shrink(&mut self) {
        while self.sizes.at(self.coarse).pixels().len() > PIXELS
            && self.sizes.reach(self.coarse + 1)
        {
            self.coarse += 1;
        }
    }

    /// Takes a step over the whole picture.
    fn step(&mut self, step: &Step) {
        let size = self.coarse + step.halved;
        if !self.sizes.reach(size) {
            return;
        }
        let bits = self.bits(step);
        let found = finders(&bits, self.sizes.at(size), (step.rows, step.least, step.ink));
        self.add(bits, size, (0, 0), &found);
        if !self.pool.is_crowded() {
            self.tries(STRONGEST, step.halved > 1);
        }
        self.explain(step.halved > 1);
    }

    /// Takes a step over what has texture beside the symbols that are explained.
    fn beside(&mut self, step: &Step) {
        let size = self.coarse + step.halved;
        // Half the size shows the texture of the smallest symbols and costs less.
        let map = size.max(self.coarse + 1);
        if self.sizes.reach(map) {
            for region in self.rest(map) {
                self.part(step, size, region.doubled(map - size, self.sizes.at(size)));
            }
        }
    }

    /// Looks at a very large picture in its full size, where it has texture.
    fn finer(&mut self) {
        for size in (0..self.coarse).rev() {
            for region in self.rest(self.coarse) {
                let Some(region) = region.doubled(self.coarse - size, self.sizes.at(size)) else {
                    continue;
                };
                for part in region.parts(PART, BORDER) {
                    self.part(FULL, size, Some(part));
                }
            }
        }
    }

    /// The regions of a size of the picture with texture where nothing is explained.
    fn rest(&self, size: usize) -> Vec<Region> {
        let factor = scale(size);
        let small = |p: &Point| *p / factor;
        let outlines: Vec<[Point; 4]> =
            self.outlines.iter().map(|outline| outline.each_ref().map(small)).collect();
        regions(self.sizes.at(size), &outlines)
    }

    /// Takes a step over a part of a size of the picture.
    fn part(&mut self, step: &Step, size: usize, region: Option<Region>) {
        let Some(region) = region.filter(|_| self.budget > 0) else { return };
        let Some(left) = self.pixels.checked_sub(region.area()) else {
            self.complete = false;
            return;
        };
        self.pixels = left;
        let mut cut = region.cut(self.sizes.at(size));
        if step.smooth {
            cut = smooth(cut.as_grey());
        }
        let bits = Sums::new(cut.as_grey()).bits(cut.as_grey(), step.rule);
        let found = finders(&bits, cut.as_grey(), (step.rows, step.least, step.ink));
        if !found.is_empty() {
            self.add(bits, size, (region.left, region.top), &found);
            self.explain(true);
        }
    }

    /// Adds what was found in a part of a size of the picture.
    fn add(&mut self, bits: Bits, size: usize, at: (u32, u32), found: &[Finder]) {
        self.complete &= found.len() < MOST;
        self.size = size;
        self.pool.add(bits, (scale(size), at), found);
        for outline in &self.outlines {
            self.pool.remove(outline);
        }
    }

    /// Tries what looks like three finders of a symbol until nothing more comes of it.
    fn explain(&mut self, sure: bool) {
        while self.tries(MOST, sure) && self.budget > 0 {}
    }

    /// One round over the likeliest groups of the strongest finders, or over those that are sure; whether one was
    /// explained.
    fn tries(&mut self, strongest: usize, sure: bool) -> bool {
        let before = self.outlines.len();
        let clear = sure || before > 0;
        let mut vain = 0;
        for try_ in self.likely(strongest, clear) {
            // The likeliest come first: once one is nothing, what was read is taken out before others are tried.
            let most = if self.outlines.len() > before { 1 } else { GROUPS };
            if self.budget == 0 || vain >= most {
                break;
            }
            if try_.guess.iter().any(|f| self.explained(&f.scaled(scale(try_.size)))) {
                continue;
            }
            self.pool.tried(&try_.group);
            let sure = try_.likeness > SURE && try_.alternation > ALTERNATING;
            if !clear || sure {
                self.budget -= 1;
                vain += usize::from(!self.attempt(&try_));
            }
        }
        for outline in &self.outlines[before..] {
            self.pool.remove(outline);
        }
        self.outlines.len() > before
    }

    /// The groups that look most like three finders of one symbol in the grey picture.
    fn likely(&mut self, strongest: usize, clear: bool) -> Vec<Try> {
        if self.glances == 0 {
            self.complete = false;
            return Vec::new();
        }
        let groups = self.pool.groups(strongest, GUESSES, clear);
        let mut tries: Vec<Try> = Vec::new();
        for some in groups.chunks(GLANCE.max(groups.len() / 4)) {
            self.complete &= some.len() <= self.glances;
            let some = &some[..some.len().min(self.glances)];
            self.glances -= some.len();
            tries.extend(some.iter().filter_map(|group| self.glance(group)));
            if tries.iter().any(|t| t.likeness > SURE && t.alternation > ALTERNATING) {
                break;
            }
        }
        tries.sort_by(|a, b| b.rank.total_cmp(&a.rank));
        tries
    }

    fn glance(&mut self, group: &Group) -> Option<Try> {
        let finders = group.finders.map(|i| *self.pool.finder(i));
        let module = group.modules.iter().sum::<f32>() / 4.0;
        // Small symbols of very large pictures are looked at in full size.
        let least =
            (0..=self.coarse).rev().find(|size| module / scale(*size) > FINEST).unwrap_or(0);
        let size = self.sizes.suited(module, least);
        let guess = candidate::guess(&finders, group, 1.0 / scale(size));
        let inverted = finders[0].inverted;
        let likeness = candidate::likeness(self.sizes.at(size), &guess, inverted);
        if likeness < ALIKE {
            return None;
        }
        let alternation = candidate::alternation(self.sizes.at(size), &guess);
        let likeness = likeness - 0.3 * group.score;
        let rank = likeness + 0.5 * alternation;
        Some(Try { group: *group, guess, size, inverted, likeness, alternation, rank })
    }

    fn attempt(&mut self, try_: &Try) -> bool {
        let size = try_.size;
        let picture = self.sizes.at(size);
        let Some(three) = candidate::lay(picture, &try_.guess, try_.inverted) else { return false };
        let place = three.map(|local| local.scaled(scale(size)));
        if self.places.iter().any(|known| is_same(known, &place)) {
            return false;
        }
        self.places.push(place);
        let rounds = if self.thorough { ROUNDS } else { 0 };
        let mesh = self.thorough && self.meshes > 0;
        let effort = Effort { versions: VERSIONS, rounds, mesh };
        let (result, meshed) = ladder::read(self.sizes.at(size), &three, effort);
        if let Some(watched) = self.watched {
            let trace = Trace::of(&result, self.sizes.at(size), &three, scale(size));
            watched.borrow_mut().push(trace);
        }
        self.meshes -= usize::from(meshed && self.meshes > 0);
        match result {
            Ok(reading) => {
                let code = reading.code(scale(size));
                // What an earlier step saw of it is read now.
                self.sights.retain(|sight| !is_inside(&code.corners, middle(&sight.corners)));
                self.outlines.push(code.corners);
                self.codes.push(code);
                self.taken.push(place);
                // What is read was not in vain, and brings others.
                self.budget += 2;
                if self.codes.len() == 1 {
                    self.glances = self.glances.min(MORE);
                }
                self.glances += EACH;
                true
            }
            Err(seen) => {
                self.budget = self.budget.saturating_sub(if meshed { 8 } else { 2 });
                self.spots.push(Spot { three: place, inverted: try_.inverted });
                let sight = seen.map(|seen| Sight {
                    corners: seen.grid.corners(scale(size)),
                    version: seen.layout.version,
                    resemblance: seen.resemblance,
                    share: seen.share,
                });
                let clear = sight.filter(Sight::is_clear);
                self.sights.extend(sight);
                let large = place[0].area().sqrt() > WINDOW * scale(self.size);
                let to = if large { &mut self.doubts } else { &mut self.outlines };
                to.extend(clear.map(|sight| sight.corners));
                clear.is_some() && !large
            }
        }
    }

    /// The bits of a step; what two steps have in common is made once.
    fn bits(&mut self, step: &Step) -> Bits {
        let key = (self.coarse + step.halved, step.smooth);
        let at = self.prepared.iter().position(|p| p.key == key).unwrap_or_else(|| {
            let picture = self.sizes.at(key.0);
            let smoothed = step.smooth.then(|| smooth(picture));
            let sums = Sums::new(smoothed.as_ref().map_or(picture, GreyBuf::as_grey));
            self.prepared.push(Prepared { key, smoothed, sums });
            self.prepared.len() - 1
        });
        let Prepared { smoothed, sums, .. } = &self.prepared[at];
        sums.bits(smoothed.as_ref().map_or(self.sizes.at(key.0), GreyBuf::as_grey), step.rule)
    }

    /// What a step shows, whether or not an earlier one read it.
    pub(crate) fn stage(&mut self, step: &Step) -> Option<Stage> {
        if !self.sizes.reach(self.coarse + step.halved) {
            return None;
        }
        let bits = self.bits(step);
        let factor = scale(self.coarse + step.halved);
        let picture = self.sizes.at(self.coarse + step.halved);
        let finders = finders(&bits, picture, (step.rows, step.least, step.ink))
            .iter()
            .map(|f| f.centre * factor)
            .collect();
        Some(Stage { name: step.name, scale: factor, bits: bits.draw(), finders })
    }

    /// Whether a finder is one of a code already read.
    fn explained(&self, finder: &Local) -> bool {
        self.taken.iter().flatten().any(|taken| {
            let away = taken.centre.distance(finder.centre);
            away * away < taken.area() * 9.0
        })
    }
}

fn middle(outline: &[Point; 4]) -> Point {
    let mean = |of: fn(&Point) -> f32| outline.iter().map(of).sum::<f32>() / 4.0;
    Point { x: mean(|p| p.x), y: mean(|p| p.y) }
}

/// The outline of a symbol by its finders, as if it were flat.
fn outline([corner, right, down]: &Triple) -> [Point; 4] {
    let (start, end) = (corner.at(-3.5, -3.5), right.at(3.5, -3.5));
    let low = down.at(-3.5, 3.5);
    let far = end + low - start;
    [start, end, far, low]
}

/// So many of the strongest finders are tried before all are. Chosen for time.
const STRONGEST: usize = 10;

/// The most groups looked at in a step. Chosen for time.
const GUESSES: usize = 200;

/// Groups looked at together, before it is asked whether one of them is sure. Chosen for time.
const GLANCE: usize = 24;

/// Three finders as alike as this are tried at once. Chosen, not measured.
const SURE: f32 = 1.8;

/// Three finders less alike than this are not tried. Chosen, not measured.
const ALIKE: f32 = 0.95;

/// Timing patterns: both alternate more than data between them does, of 2 at best. Chosen, not measured.
const ALTERNATING: f32 = 1.2;

/// A module spans at least so many pixels in the size it is looked at, if it does in any. Chosen, not measured.
const FINEST: f32 = 1.5;

/// Finders of more pixels a module are seen better in a smaller picture: beyond 8 the window of a step has no inside.
const WINDOW: f32 = 6.0;

/// The most groups tried in vain in a round. Chosen for time.
const GROUPS: usize = 4;

/// Versions tried of a group, and how often blur is undone with what is proven so far. Chosen for time.
const VERSIONS: usize = 2;
const ROUNDS: usize = 3;

/// Work that may be spent on a picture in vain. Chosen for time.
const WORK: usize = 40;

/// Groups that are looked at before one is read; once one is; and for each that is. Chosen: a sheet of 120 codes takes
/// 4,000 in all, moiré any number.
const GLANCES: usize = 4_000;
const MORE: usize = 400;
const EACH: usize = 40;

/// Pixels searched in parts of a picture: all of one of 24 megapixels. Chosen for time: a tenth of a second.
const AREA: usize = 24_000_000;

/// Pixels of a part, and how far parts overlap: the largest symbol of 3 pixels a module, which half the size shows.
/// Chosen for time.
const PART: usize = 2_000_000;
const BORDER: u32 = 400;

/// Finders that are looked at alone. Chosen for time.
const COUSINS: usize = 12;

/// Pictures with fewer pixels are cheap enough for every step. Chosen for time.
const SMALL: usize = 400_000;

/// Pictures with more pixels are halved first. Chosen for time.
const PIXELS: usize = 3_200_000;

#[cfg(test)]
mod tests;

//! The reader of one picture: steps from cheap to dear.
//!
//! Each step binarizes one size of the picture in one way and tries the groups of finders
//! it shows. Later steps run only where the earlier ones left something unread. The work
//! is counted, not timed: the same picture always gives the same answer.

use core::cell::RefCell;

use super::attempt::{self, Effort, Reading, Three};
use super::binarize::{Bits, Rule, Sums, smooth};
use super::find::{MOST, finders};
use super::fit::Local;
use super::group::{Group, Pool};
use super::layout::Layout;
use super::sizes::{Sizes, scale};
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
        Search::new(picture).run(self.steps).0
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

/// Reads a picture, and says what else was seen in it.
#[must_use]
pub fn look(picture: Grey<'_>) -> (Vec<Code>, Vec<Sight>) {
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
    let mut search = Search::new(picture);
    (search.budget, search.sheets) = (work, 1);
    search.taken.extend(known);
    search.all(sweep);
    let taken = search.taken.into_iter().skip(known.len());
    (search.codes.into_iter().zip(taken).collect(), search.spots)
}

/// One binarization of one size.
struct Step {
    name: &'static str,
    /// How often the picture is halved first.
    halved: usize,
    /// Whether it is smoothed next.
    smooth: bool,
    rule: Rule,
    /// Every how many rows finders are looked for.
    rows: usize,
    /// How many pixels a finder spans at least.
    least: u16,
    /// Whether light on dark is looked for too.
    inverted: bool,
}

const STEPS: [Step; 7] = [
    Step {
        name: "half",
        halved: 1,
        smooth: false,
        rule: Rule { reach: 2, below: 4 },
        rows: 2,
        least: 12,
        inverted: true,
    },
    Step {
        name: "full",
        halved: 0,
        smooth: false,
        rule: Rule { reach: 2, below: 5 },
        rows: 2,
        least: 10,
        inverted: false,
    },
    Step {
        name: "smooth",
        halved: 0,
        smooth: true,
        rule: Rule { reach: 4, below: 4 },
        rows: 3,
        least: 12,
        inverted: true,
    },
    Step {
        name: "near smooth",
        halved: 0,
        smooth: true,
        rule: Rule { reach: 1, below: 3 },
        rows: 3,
        least: 12,
        inverted: false,
    },
    Step {
        name: "near",
        halved: 0,
        smooth: false,
        rule: Rule { reach: 1, below: 3 },
        rows: 1,
        least: 7,
        inverted: false,
    },
    Step {
        name: "half smooth",
        halved: 1,
        smooth: true,
        rule: Rule { reach: 3, below: 2 },
        rows: 1,
        least: 12,
        inverted: false,
    },
    Step {
        name: "quarter",
        halved: 2,
        smooth: false,
        rule: Rule { reach: 2, below: 4 },
        rows: 1,
        least: 12,
        inverted: false,
    },
];

struct Search<'a> {
    sizes: Sizes<'a>,
    /// How often a very large picture is halved before anything is done.
    coarse: usize,
    codes: Vec<Code>,
    sights: Vec<Sight>,
    pool: Pool,
    prepared: Vec<Prepared>,
    /// Where a symbol was looked for.
    places: Vec<Three>,
    /// The finders of codes that were read.
    taken: Vec<Three>,
    /// Where a symbol was seen and not read.
    spots: Vec<Spot>,
    /// Work left, an attempt to lay finders being one.
    budget: usize,
    /// How often a sheet may still be laid.
    sheets: usize,
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
    guess: Three,
    size: usize,
    inverted: bool,
    likeness: f32,
    rank: f32,
}

impl<'a> Search<'a> {
    fn new(picture: Grey<'a>) -> Self {
        Self {
            sizes: Sizes::new(picture),
            coarse: 0,
            codes: Vec::new(),
            sights: Vec::new(),
            pool: Pool::default(),
            prepared: Vec::new(),
            places: Vec::new(),
            taken: Vec::new(),
            spots: Vec::new(),
            budget: WORK,
            sheets: 2,
            watched: None,
        }
    }

    fn run(mut self, steps: usize) -> (Vec<Code>, Vec<Sight>) {
        let large = self.sizes.picture().pixels().len() > SMALL;
        self.all(Sweep { steps, brief: large, turn: 0 });
        (self.codes, self.sights)
    }

    /// One step after the other, until one reads or, if it is to be brief, no good finder is seen.
    fn all(&mut self, sweep: Sweep) {
        self.shrink();
        let second = 1 + sweep.turn % (STEPS.len() - 1);
        let others = (1..STEPS.len()).filter(|at| *at != second);
        for (i, at) in [0, second].into_iter().chain(others).take(sweep.steps).enumerate() {
            let Some(step) = STEPS.get(at) else { break };
            if i == GLIMPSE && sweep.brief && !self.pool.is_promising() {
                break;
            }
            self.step(step);
            if !self.codes.is_empty() || self.budget == 0 || self.sights.iter().any(Sight::is_clear)
            {
                break;
            }
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

    fn step(&mut self, step: &Step) {
        if !self.sizes.reach(self.coarse + step.halved) {
            return;
        }
        let bits = self.bits(step);
        let picture = self.sizes.at(self.coarse + step.halved);
        let found = finders(&bits, picture, (step.rows, step.least, step.inverted));
        self.pool.add(bits, scale(self.coarse + step.halved), &found);
        for strongest in [STRONGEST, MOST] {
            let before = self.codes.len();
            self.tries(strongest);
            if self.codes.len() > before {
                self.more();
            }
            if !self.codes.is_empty() {
                return;
            }
        }
    }

    /// Where codes were read there may be more: a frame of many permits has many groups.
    fn more(&mut self) {
        let mut before = 0;
        while before != self.codes.len() && self.budget > 0 {
            for code in &self.codes[before..] {
                self.pool.remove(&code.corners);
            }
            before = self.codes.len();
            self.tries(MOST);
        }
    }

    /// One round over the likeliest groups of the strongest finders.
    fn tries(&mut self, strongest: usize) {
        for try_ in self.likely(strongest) {
            if self.budget == 0 {
                break;
            }
            self.pool.tried(&try_.group);
            let known = try_.guess.iter().any(|f| self.explained(&f.scaled(scale(try_.size))));
            if !known && (self.codes.is_empty() || try_.likeness > SURE) {
                self.budget -= 1;
                self.attempt(&try_);
            }
        }
    }

    /// The groups that look most like three finders of one symbol in the grey picture.
    fn likely(&mut self, strongest: usize) -> Vec<Try> {
        let groups = self.pool.groups(strongest, GUESSES);
        let mut tries = Vec::new();
        for some in groups.chunks(GLANCE) {
            tries.extend(some.iter().filter_map(|group| self.glance(group)));
            if tries.iter().any(|t: &Try| t.likeness > SURE) {
                break;
            }
        }
        for t in &mut tries {
            t.rank += 0.5 * attempt::alternation(self.sizes.at(t.size), &t.guess);
        }
        tries.sort_by(|a, b| b.rank.total_cmp(&a.rank));
        tries.truncate(GROUPS);
        tries
    }

    fn glance(&mut self, group: &Group) -> Option<Try> {
        let finders = group.finders.map(|i| *self.pool.finder(i));
        let module = group.modules.iter().sum::<f32>() / 4.0;
        let size = self.sizes.suited(module, self.coarse);
        let guess = attempt::guess(&finders, group, 1.0 / scale(size));
        let inverted = finders[0].inverted;
        let likeness = attempt::likeness(self.sizes.at(size), &guess, inverted);
        (likeness > ALIKE).then_some(Try {
            group: *group,
            guess,
            size,
            inverted,
            likeness: likeness - 0.3 * group.score,
            rank: likeness - 0.3 * group.score,
        })
    }

    fn attempt(&mut self, try_: &Try) {
        let size = try_.size;
        let picture = self.sizes.at(size);
        let Some(three) = attempt::lay(picture, &try_.guess, try_.inverted) else { return };
        let place = three.map(|local| local.scaled(scale(size)));
        if self.places.iter().any(|known| attempt::is_same(known, &place)) {
            return;
        }
        self.places.push(place);
        let effort = Effort { versions: 2, rounds: 3, drape: self.sheets > 0 };
        let (result, draped) = attempt::read(self.sizes.at(size), &three, effort);
        if let Some(watched) = self.watched {
            let trace = Trace::of(&result, self.sizes.at(size), &three, scale(size));
            watched.borrow_mut().push(trace);
        }
        self.sheets -= usize::from(draped && self.sheets > 0);
        self.budget = self.budget.saturating_sub(if draped { 8 } else { 2 });
        match result {
            Ok(reading) => {
                self.codes.push(code(reading, scale(size)));
                self.taken.push(place);
            }
            Err(seen) => {
                self.spots.push(Spot { three: place, inverted: try_.inverted });
                self.sights.extend(seen.map(|seen| Sight {
                    corners: seen.grid.corners(scale(size)),
                    version: seen.layout.version,
                    resemblance: seen.resemblance,
                    share: seen.share,
                }));
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

    fn stage(&mut self, step: &Step) -> Option<Stage> {
        if !self.sizes.reach(self.coarse + step.halved) {
            return None;
        }
        let bits = self.bits(step);
        let factor = scale(self.coarse + step.halved);
        let picture = self.sizes.at(self.coarse + step.halved);
        let finders = finders(&bits, picture, (step.rows, step.least, step.inverted))
            .iter()
            .map(|f| Point { x: f.centre.x * factor, y: f.centre.y * factor })
            .collect();
        Some(Stage { name: step.name, scale: factor, bits: bits.draw(), finders })
    }

    /// Whether a finder is one of a code already read.
    fn explained(&self, finder: &Local) -> bool {
        self.taken.iter().flatten().any(|taken| {
            let away = (taken.centre.x - finder.centre.x).hypot(taken.centre.y - finder.centre.y);
            away * away < taken.area() * 9.0
        })
    }
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

/// So many of the strongest finders are tried before all are.
const STRONGEST: usize = 10;

/// The most groups looked at in a step.
const GUESSES: usize = 200;

/// Groups looked at together, before it is asked whether one of them is sure.
const GLANCE: usize = 24;

/// Three finders as alike as this are tried at once.
const SURE: f32 = 1.8;

/// Three finders less alike than this are not tried.
const ALIKE: f32 = 0.95;

/// The most groups tried in a step.
const GROUPS: usize = 4;

/// Work that may be spent on a picture.
const WORK: usize = 40;

/// After so many steps, a large picture without a good finder is left alone.
const GLIMPSE: usize = 2;

/// Pictures with fewer pixels are cheap enough for every step.
const SMALL: usize = 400_000;

/// Pictures with more pixels are halved first.
const PIXELS: usize = 3_200_000;

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
    Search { watched: Some(traces), ..Search::new(picture) }.run(STEPS.len());
}

#[cfg(test)]
mod tests;

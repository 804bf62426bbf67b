//! Track: the same symbol in the next picture, without a search.
//!
//! Three finders are laid again where motion should have brought them, and the modules are
//! sampled under the best of a few grids. It says what the modules look like and what soft
//! modules come to; which frames belong together is for those who see them all.

use super::attempt::{self, Three};
use super::bend;
use super::binarize::half;
use super::cascade::{self, scale};
use super::correct::{Corrected, format_fit};
use super::fit::{self, Local};
use super::grow::grow;
use super::layout::{Known, Layout};
use super::sample::Grid;
use super::soften::soften_wide;
use super::warp::{Homography, Pair};
use super::{Code, Modules};
use crate::{Grey, GreyBuf, Point};

/// A picture and its halves, made when needed.
#[derive(Debug)]
pub(crate) struct Frame<'a> {
    picture: Grey<'a>,
    halves: Vec<GreyBuf>,
}

impl<'a> Frame<'a> {
    pub(crate) fn new(picture: Grey<'a>) -> Self {
        Self { picture, halves: Vec::new() }
    }

    pub(crate) const fn picture(&self) -> Grey<'a> {
        self.picture
    }

    /// How often to halve so that a module spans a few pixels, no more.
    fn size_for(&mut self, module: f32) -> usize {
        let mut size = 0;
        while module / scale(size + 1) > FINE && self.reach(size + 1) {
            size += 1;
        }
        size
    }

    fn reach(&mut self, halved: usize) -> bool {
        while self.halves.len() < halved {
            let Some(next) = half(self.size(self.halves.len())) else { return false };
            self.halves.push(next);
        }
        true
    }

    fn size(&self, halved: usize) -> Grey<'_> {
        match halved.checked_sub(1).and_then(|i| self.halves.get(i)) {
            Some(half) => half.as_grey(),
            None => self.picture,
        }
    }
}

/// Where a symbol is: its finders, and the opposite corner once that is known.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    three: Three,
    inverted: bool,
    /// The place as far from the fourth corner as finders' middles are from theirs.
    far: Option<Point>,
}

impl Place {
    /// Pixels a module.
    pub(crate) fn module(&self) -> f32 {
        (self.three.iter().map(Local::area).sum::<f32>() / 3.0).sqrt()
    }

    /// How well its finders look like finders: 1 at best.
    pub(crate) fn match_(&self) -> f32 {
        self.three.iter().map(|f| f.match_.abs()).sum::<f32>() / 3.0
    }

    /// The worst of its finders: 1 at best.
    pub(crate) fn weakest(&self) -> f32 {
        self.three.iter().map(|f| f.match_.abs()).fold(1.0, f32::min)
    }

    /// The middle between the two outer finders, which is the symbol's.
    pub(crate) fn middle(&self) -> Point {
        let [_, right, down] = &self.three;
        halfway(right.centre, down.centre)
    }

    /// The longer of two finders' module lengths over the shorter, and of a module's two
    /// sides: 1 face on, more the more it is tilted.
    pub(crate) fn tilt(&self) -> f32 {
        let areas = self.three.map(|f| f.area().sqrt().max(0.1));
        let near = areas.iter().copied().fold(0.0, f32::max);
        let far = areas.iter().copied().fold(f32::MAX, f32::min);
        let [corner, right, down] = &self.three;
        let across = distance(corner.centre, right.centre).max(0.1);
        let along = distance(corner.centre, down.centre).max(0.1);
        let (dx, dy) = (minus(right.centre, corner.centre), minus(down.centre, corner.centre));
        let sine = (dx.x * dy.y - dx.y * dy.x).abs() / (across * along);
        let lean = (across / along).max(along / across) / sine.max(0.1);
        lean.max(near / far)
    }

    /// Where it will be if it moves on as it did from `before`.
    pub(crate) fn next(&self, before: &Self) -> Self {
        let on =
            |now: Point, then: Point| Point { x: 2.0 * now.x - then.x, y: 2.0 * now.y - then.y };
        let mut next = *self;
        for (local, then) in next.three.iter_mut().zip(&before.three) {
            local.centre = on(local.centre, then.centre);
        }
        next.far = self.far.zip(before.far).map(|(now, then)| on(now, then)).or(self.far);
        next
    }

    /// Whether a symbol is at the same place.
    pub(crate) fn is_near(&self, other: &Self) -> bool {
        let near = 3.5 * self.module().max(other.module());
        distance(self.middle(), other.middle()) < near
    }

    fn scaled(&self, factor: f32) -> Self {
        let far = self.far.map(|p| Point { x: p.x * factor, y: p.y * factor });
        Self { three: self.three.map(|local| local.scaled(factor)), far, ..*self }
    }

    fn shifted(&self, by: Point) -> Self {
        let mut out = *self;
        let moved = |p: Point| Point { x: p.x + by.x, y: p.y + by.y };
        for local in &mut out.three {
            local.centre = moved(local.centre);
        }
        out.far = out.far.map(moved);
        out
    }
}

/// What the modules of a symbol look like in a picture, if it is of this version.
#[derive(Clone, Debug)]
pub(crate) struct View {
    layout: &'static Layout,
    /// Positive where dark; 1 as dark as the dark around, beyond where darker still.
    pub(crate) soft: Vec<f32>,
    /// How well the known modules, finders apart, look as they must: 1 at best.
    pub(crate) resemblance: f32,
    /// The outline, in pixels of the picture.
    pub(crate) corners: [Point; 4],
    pub(crate) tone: Tone,
    far: Point,
}

/// The grey levels of a symbol.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tone {
    /// The mean of what must be dark.
    pub(crate) dark: f32,
    /// The mean of what must be light.
    pub(crate) light: f32,
    /// The share of modules as bright as a picture can be.
    pub(crate) white: f32,
    /// The share of what must be dark and is not.
    pub(crate) pale: f32,
    /// The share of what must be light and is not.
    pub(crate) stained: f32,
}

/// Looks for symbols with some of the search's steps, blind to those at `known` places:
/// the codes read, and where symbols were seen and not read.
pub(crate) fn seek(
    picture: Grey<'_>,
    steps: &[usize],
    known: &[Place],
) -> (Vec<(Code, Place)>, Vec<Place>) {
    let known: Vec<Three> = known.iter().map(|place| place.three).collect();
    let (codes, spots) = cascade::some(picture, steps, &known);
    let place = |three, inverted| Place { three, inverted, far: None };
    let codes = codes
        .into_iter()
        .map(|(code, three)| {
            let inverted = three.iter().map(|f| f.match_).sum::<f32>() < 0.0;
            let far = far_of(&code);
            (code, Place { far: Some(far), ..place(three, inverted) })
        })
        .collect();
    (codes, spots.into_iter().map(|spot| place(spot.three, spot.inverted)).collect())
}

/// The number of steps a search has.
pub(crate) fn steps() -> usize {
    super::Cascade::steps().len()
}

/// Lays the finders of a symbol again, near where they should be.
pub(crate) fn follow(frame: &mut Frame<'_>, guess: &Place) -> Option<Place> {
    let size = frame.size_for(guess.module());
    let factor = scale(size);
    let picture = frame.size(size);
    let small = guess.scaled(1.0 / factor);
    let near = drift(picture, &small);
    let (three, from) = [near, small].into_iter().find_map(|from| {
        attempt::lay(picture, &from.three, from.inverted).map(|three| (three, from))
    })?;
    let mut found = Place { three, ..from };
    let by = minus(found.middle(), from.middle());
    found.far = from.far.map(|p| Point { x: p.x + by.x, y: p.y + by.y });
    let sane = found.module() > 0.6 * small.module() && found.module() < 1.6 * small.module();
    sane.then(|| found.scaled(factor))
}

/// The place moved to where three finders are most alike, a few modules around.
fn drift(picture: Grey<'_>, guess: &Place) -> Place {
    let like = |place: &Place| attempt::likeness(picture, &place.three, place.inverted);
    let [corner, ..] = &guess.three;
    let mut best = (like(guess), *guess);
    if best.0 > SETTLED {
        return best.1;
    }
    for (i, j) in (0..ACROSS * ACROSS).map(|k| (k % ACROSS, k / ACROSS)) {
        let (u, v) = (f32::from(i) - REACH, f32::from(j) - REACH);
        let by = minus(corner.at(u, v), corner.centre);
        let moved = guess.shifted(by);
        let value = like(&moved) - 0.01 * u.hypot(v);
        if value > best.0 {
            best = (value, moved);
        }
    }
    best.1
}

/// The modules at a place: in the version given, or in the likeliest ones.
pub(crate) fn views(frame: &mut Frame<'_>, place: &Place, version: Option<u8>) -> Vec<View> {
    let size = frame.size_for(place.module());
    let factor = scale(size);
    let small = place.scaled(1.0 / factor);
    let picture = frame.size(size);
    let maps = match version {
        Some(version) => {
            let side = 17 + 4 * usize::from(version);
            let far = (side - 4) as f64 + 0.5;
            let pair = small.far.map(|at| Pair { module: (far, far), picture: at, weight: 3.0 });
            attempt::from_finders(&small.three, side, pair)
                .map(|map| (version, map))
                .into_iter()
                .collect()
        }
        None => attempt::versions(picture, &small.three),
    };
    maps.into_iter()
        .take(VERSIONS)
        .filter_map(|(version, map)| view(picture, &small, Layout::of(version)?, map, factor))
        .collect()
}

/// The best of a few grids over a symbol.
fn view(
    picture: Grey<'_>,
    place: &Place,
    layout: &'static Layout,
    map: Homography,
    factor: f32,
) -> Option<View> {
    let map = match place.far {
        Some(_) => touch_up(picture, place, layout, map),
        None => attempt::anchor(picture, &place.three, layout, map),
    };
    let fitted = fit::symbol(picture, layout, map);
    let mut best = [map, fitted]
        .map(|map| sampled(picture, layout, Grid::flat(&map, layout.side)))
        .into_iter()
        .max_by(|a, b| a.resemblance.total_cmp(&b.resemblance))?;
    if best.resemblance < FLAT && best.resemblance > FAINT {
        let bent = bend::patterns(picture, layout, &place.three, &best.grid);
        best = best.better(sampled(picture, layout, bent));
    }
    if best.resemblance < BENT && place.match_() > 0.7 && layout.side <= LARGE {
        best = best.better(sampled(picture, layout, grow(picture, layout, &place.three)));
    }
    Some(best.view(layout, factor))
}

/// The map with its far corner moved to the alignment pattern near it.
fn touch_up(picture: Grey<'_>, place: &Place, layout: &Layout, map: Homography) -> Homography {
    let Some(&last) = layout.alignment.last() else { return map };
    let at = last as f64 + 0.5;
    let guess = attempt::local(&map, at, at);
    let found = fit::alignment(picture, &guess, 1.25).filter(|(_, score)| *score > 0.6);
    let Some((seen, _)) = found else { return map };
    let pair = Pair { module: (at, at), picture: seen, weight: 6.0 };
    attempt::from_finders(&place.three, layout.side, Some(pair)).unwrap_or(map)
}

struct Sampled {
    grid: Grid,
    values: Vec<f32>,
    soft: Vec<f32>,
    resemblance: f32,
}

fn sampled(picture: Grey<'_>, layout: &Layout, grid: Grid) -> Sampled {
    let values = grid.sample(picture);
    let soft = soften_wide(&values, layout);
    let resemblance = attempt::resemblance(&soft, layout);
    Sampled { grid, values, soft, resemblance }
}

impl Sampled {
    fn better(self, other: Self) -> Self {
        if other.resemblance > self.resemblance { other } else { self }
    }

    fn view(self, layout: &'static Layout, factor: f32) -> View {
        let far = self.grid.at(layout.side - 4, layout.side - 4);
        View {
            layout,
            tone: Tone::of(&self.values, &self.soft, layout),
            soft: self.soft,
            resemblance: self.resemblance,
            corners: self.grid.corners(factor),
            far: Point { x: far.x * factor, y: far.y * factor },
        }
    }
}

impl View {
    pub(crate) const fn version(&self) -> u8 {
        self.layout.version
    }

    /// The place with the far corner as this view has it.
    pub(crate) fn place(&self, place: &Place) -> Place {
        Place { far: Some(self.far), ..*place }
    }

    /// A code whose modules these are.
    pub(crate) fn code(&self, proof: Proof, soft: &[f32]) -> Code {
        let side = self.layout.side;
        let mut modules = Modules::new(side);
        for (i, &soft) in soft.iter().enumerate() {
            let (x, y) = (i % side, i / side);
            let (x, y) = if proof.mirrored { (y, x) } else { (x, y) };
            modules.set(x, y, soft > 0.0);
        }
        let mut corners = self.corners;
        if proof.mirrored {
            corners.swap(1, 3);
        }
        Code {
            bytes: proof.corrected.bytes,
            version: self.layout.version,
            level: proof.corrected.level,
            corners,
            modules,
            spent: proof.corrected.spent,
            mirrored: proof.mirrored,
        }
    }
}

impl Tone {
    fn of(values: &[f32], soft: &[f32], layout: &Layout) -> Self {
        let (mut tone, mut darks, mut lights) = (Self::default(), 0.0_f32, 0.0_f32);
        for ((&value, &soft), known) in values.iter().zip(soft).zip(&layout.known) {
            tone.white += if value >= WHITE { 1.0 } else { 0.0 };
            match known {
                Known::Dark => {
                    tone.dark += value;
                    tone.pale += if soft < 0.0 { 1.0 } else { 0.0 };
                    darks += 1.0;
                }
                Known::Light => {
                    tone.light += value;
                    tone.stained += if soft > 0.0 { 1.0 } else { 0.0 };
                    lights += 1.0;
                }
                Known::Format | Known::Data => {}
            }
        }
        let (darks, lights) = (darks.max(1.0), lights.max(1.0));
        Self {
            dark: tone.dark / darks,
            light: tone.light / lights,
            white: tone.white / values.len().max(1) as f32,
            pale: tone.pale / darks,
            stained: tone.stained / lights,
        }
    }
}

/// Soft modules put right.
#[derive(Clone, Debug)]
pub(crate) struct Proof {
    corrected: Corrected,
    mirrored: bool,
}

impl Proof {
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
    let value = |(i, known): (usize, &Known)| {
        let (x, y) = (i % side, i / side);
        let finder = (x < 8 || x >= side - 8) && y < 8 || x < 8 && y >= side - 8;
        match known {
            _ if finder && version > 1 => 0.0,
            Known::Dark => 1.0,
            Known::Light => -1.0,
            Known::Format | Known::Data => 0.0,
        }
    };
    layout.known.iter().enumerate().map(value).collect()
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
    let behind = attempt::transposed(soft, layout.side);
    let mirrored = format_fit(&behind, layout.side) > format_fit(soft, layout.side);
    let soft = if mirrored { &behind } else { soft };
    attempt::patiently(soft, layout, rounds).map(|corrected| Proof { corrected, mirrored })
}

/// The place in a read code that a place's `far` names.
fn far_of(code: &Code) -> Point {
    let side = code.modules.side() as f32;
    let [start, right, end, down] = code.corners;
    let share = 1.0 - 3.5 / side;
    let blend =
        |a: Point, b: Point, s: f32| Point { x: a.x + (b.x - a.x) * s, y: a.y + (b.y - a.y) * s };
    blend(blend(start, right, share), blend(down, end, share), share)
}

fn halfway(a: Point, b: Point) -> Point {
    Point { x: (a.x + b.x) / 2.0, y: (a.y + b.y) / 2.0 }
}

fn minus(a: Point, b: Point) -> Point {
    Point { x: a.x - b.x, y: a.y - b.y }
}

fn distance(a: Point, b: Point) -> f32 {
    (a.x - b.x).hypot(a.y - b.y)
}

/// A module need not span more pixels than this after halving.
const FINE: f32 = 2.6;

/// Three finders as alike as this are where they were thought to be.
const SETTLED: f32 = 2.0;

/// How far finders are looked for, in modules to each side.
const REACH: f32 = 4.0;

/// Places tried along a row: twice the reach, and the middle.
const ACROSS: u8 = 9;

/// The most versions looked at where none is known.
const VERSIONS: usize = 3;

/// Above this, paper is flat, and no other grid is tried.
const FLAT: f32 = 0.85;

/// Below this, there is nothing to bend a grid to.
const FAINT: f32 = 0.15;

/// Below this, a grid is grown.
const BENT: f32 = 0.7;

/// No grid is grown with more modules along an edge.
const LARGE: usize = 97;

/// As bright as a picture can be, nearly.
const WHITE: f32 = 250.0;

//! Track: the same symbol in the next picture, without a search.
//!
//! Three finders are laid again where motion should have brought them, and the modules are
//! sampled under the best of a few grids. It says what the modules look like and what soft
//! modules come to; which frames belong together is for those who see them all.

use core::cell::Cell;

use crate::decode::answer::Code;
use crate::decode::code::layout::Layout;
use crate::decode::detect::micro::Cousin;
use crate::decode::detect::{candidate, rings};
use crate::decode::follow::crop::Crop;
use crate::decode::follow::register::{Last, register};
use crate::decode::follow::view::{Sampled, View, is_likely, sampled};
use crate::decode::geometry::homography::{Homography, Pair};
use crate::decode::geometry::mesh::{self, Mesh};
use crate::decode::geometry::{refine, versions};
use crate::decode::ladder::hypotheses::{FITTED, FLAT, Laid, MESH, PLATE, Subject};
use crate::decode::picture::pyramid::{Pyramid, scale};
use crate::decode::sample::grid::Grid;
use crate::decode::sample::local::{Local, Triple};
use crate::decode::search;
use crate::decode::search::sight::{Sweep, Swept};
use crate::{Grey, Point};

/// A picture in all sizes, and what may still be spent on it.
#[derive(Debug)]
pub(crate) struct Frame<'a> {
    sizes: Pyramid<'a>,
    /// How often a symbol may still be looked for all around a place that is not certain.
    searches: Cell<usize>,
    /// How many modules may still be looked at in places that are not certain.
    modules: Cell<usize>,
}

impl<'a> Frame<'a> {
    pub(crate) const fn new(picture: Grey<'a>) -> Self {
        Self {
            sizes: Pyramid::new(picture),
            searches: Cell::new(SEARCHES),
            modules: Cell::new(MODULES),
        }
    }

    pub(crate) const fn picture(&self) -> Grey<'a> {
        self.sizes.picture()
    }

    /// Whether a symbol of that version may be looked at in a place that is not certain.
    fn spend(&self, layout: &Layout) -> bool {
        let left = self.modules.get().checked_sub(layout.known.len());
        self.modules.set(left.unwrap_or(self.modules.get()));
        left.is_some()
    }
}

/// Where a symbol is: its finders, and the opposite corner once that is known.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    three: Triple,
    inverted: bool,
    /// The place as far from the fourth corner as finders' middles are from theirs.
    far: Option<Point>,
    /// The version, and the flat map that fits it, once that is certain.
    map: Option<(&'static Layout, Homography)>,
}

impl Place {
    /// Whether it is a symbol's for certain.
    pub(crate) const fn is_certain(&self) -> bool {
        self.map.is_some()
    }

    /// Whether its three finders look like finders.
    pub(crate) fn is_likely(&self) -> bool {
        self.three.iter().map(|finder| finder.match_.abs()).sum::<f32>() > LIKELY
    }

    /// The same place with the opposite corner and the map that were seen.
    pub(crate) fn seen(&self, far: Point, map: Option<(&'static Layout, Homography)>) -> Self {
        Self { far: Some(far), map, ..*self }
    }

    /// The same finders, nothing said of the rest.
    pub(crate) const fn doubted(&self) -> Self {
        Self { far: None, map: None, ..*self }
    }

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
        middle(&self.three)
    }

    /// The longer of two finders' module lengths over the shorter, and of a module's two
    /// sides: 1 face on, more the more it is tilted.
    pub(crate) fn tilt(&self) -> f32 {
        let areas = self.three.map(|f| f.area().sqrt().max(0.1));
        let near = areas.iter().copied().fold(0.0, f32::max);
        let far = areas.iter().copied().fold(f32::MAX, f32::min);
        let [corner, right, down] = &self.three;
        let across = corner.centre.distance(right.centre).max(0.1);
        let along = corner.centre.distance(down.centre).max(0.1);
        let (dx, dy) = (right.centre - corner.centre, down.centre - corner.centre);
        let sine = dx.cross(dy).abs() / (across * along);
        let lean = (across / along).max(along / across) / sine.max(0.1);
        lean.max(near / far)
    }

    /// Where it will be if it moves on as it did from `before`.
    pub(crate) fn next(&self, before: &Self) -> Self {
        let on = |now: Point, then: Point| now * 2.0 - then;
        let mut next = *self;
        for (local, then) in next.three.iter_mut().zip(&before.three) {
            local.centre = on(local.centre, then.centre);
        }
        next.far = self.far.zip(before.far).map(|(now, then)| on(now, then)).or(self.far);
        let by = next.middle() - self.middle();
        next.map = self.map.map(|(layout, map)| (layout, map.shifted(by.x.into(), by.y.into())));
        next
    }

    /// Whether a symbol is at the same place.
    pub(crate) fn is_near(&self, other: &Self) -> bool {
        let near = 3.5 * self.module().max(other.module());
        self.middle().distance(other.middle()) < near
    }

    /// The place that a map of its symbol gives; finders that fit are laid exactly.
    fn under(&self, picture: Grey<'_>, layout: &'static Layout, map: Homography) -> Self {
        let far = (layout.side - 4) as f64 + 0.5;
        let at = [(3.5, 3.5), (far, 3.5), (3.5, far)];
        let mut three = at.map(|(u, v)| map.local(u, v));
        for local in &mut three {
            let exact = refine::finder(picture, *local);
            let away = exact.centre.distance(local.centre);
            let near = away * away < local.area() && exact.match_.abs() > 0.5;
            let match_ = exact.match_;
            *local = if near { exact } else { Local { match_, ..*local } };
        }
        Self { three, far: Some(map.map(far, far)), map: Some((layout, map)), ..*self }
    }

    fn last<'a>(&self, learned: Option<&'a [f32]>, read: bool) -> Option<Last<'a>> {
        let (layout, map) = self.map?;
        let (module, inverted) = (self.module(), self.inverted);
        Some(Last { layout, map, module, inverted, learned, read })
    }

    /// The place moved to where its known modules are, if its version is certain.
    fn registered(&self, picture: Grey<'_>, learned: Option<&[f32]>, read: bool) -> Option<Self> {
        let last = self.last(learned, read)?;
        register(picture, &last).map(|map| self.under(picture, last.layout, map))
    }

    fn scaled(&self, factor: f32) -> Self {
        let far = self.far.map(|p| p * factor);
        let map = self.map.map(|(layout, map)| (layout, map.scaled(factor.into())));
        Self { three: self.three.map(|local| local.scaled(factor)), far, map, ..*self }
    }

    fn shifted(&self, by: Point) -> Self {
        let mut out = *self;
        let moved = |p: Point| p + by;
        for local in &mut out.three {
            local.centre = moved(local.centre);
        }
        out.far = out.far.map(moved);
        out.map = out.map.map(|(layout, map)| (layout, map.shifted(by.x.into(), by.y.into())));
        out
    }
}

/// Looks for symbols with some of the search's steps, blind to those at `known` places: the
/// codes read, where symbols were seen and not read, and codes of a small kind.
pub(crate) fn seek(
    picture: Grey<'_>,
    sweep: Sweep,
    known: &[Place],
    work: usize,
) -> (Vec<(Code, Place)>, Vec<Place>, Vec<Cousin>) {
    let known: Vec<Triple> = known.iter().map(|place| place.three).collect();
    let Swept { codes, spots, cousins } = search::some(picture, sweep, &known, work);
    let place = |three, inverted| Place { three, inverted, far: None, map: None };
    let codes = codes
        .into_iter()
        .map(|(code, three)| {
            let inverted = three.iter().map(|f| f.match_).sum::<f32>() < 0.0;
            let far = far_of(&code);
            let map =
                map_of(&code).zip(Layout::of(code.version)).map(|(map, layout)| (layout, map));
            (code, Place { far: Some(far), map, ..place(three, inverted) })
        })
        .collect();
    let spots = spots.into_iter().map(|spot| place(spot.three, spot.inverted)).collect();
    (codes, spots, cousins)
}

/// Looks for symbols that no threshold shows.
pub(crate) fn glimpse(frame: &mut Frame<'_>, turn: usize) -> Vec<Place> {
    let guesses = rings::guesses(&mut frame.sizes, turn);
    let lay = |(three, inverted)| {
        let guess = Place { three, inverted, far: None, map: None };
        let size = frame.sizes.suited(guess.module(), 0);
        let (picture, factor) = (frame.sizes.at(size), scale(size));
        let guess = guess.scaled(1.0 / factor);
        let laid = lay(picture, &drift(picture, &guess))?;
        Some(Place { three: laid, ..guess }.scaled(factor))
    };
    guesses.into_iter().filter_map(lay).collect()
}

/// Lays the finders of a place that is nearly right. Three that only look a little like
/// finders will do: that they are where they should be counts too.
fn lay(picture: Grey<'_>, place: &Place) -> Option<Triple> {
    let three = place.three.map(|local| refine::finder(picture, local));
    let sign = if place.inverted { -1.0 } else { 1.0 };
    let least = three.iter().map(|f| f.match_ * sign).fold(1.0, f32::min);
    let sum: f32 = three.iter().map(|f| f.match_ * sign).sum();
    let near = three.iter().zip(&place.three).all(|(a, b)| {
        let away = a.centre.distance(b.centre);
        away * away < 6.0 * b.area()
    });
    (near && least > 0.1 && sum > 0.75).then_some(three)
}

/// Finds a symbol again, near where it should be: by all of its known modules where its
/// version is certain, else by its finders.
pub(crate) fn follow(
    frame: &mut Frame<'_>,
    guess: &Place,
    learned: Option<&[f32]>,
    read: bool,
) -> Option<Place> {
    let size = frame.sizes.suited(guess.module(), 0);
    let factor = scale(size);
    let picture = frame.sizes.at(size);
    let small = guess.scaled(1.0 / factor);
    let found = small.registered(picture, learned, read).or_else(|| {
        let near = drift(picture, &small);
        let three = lay(picture, &near)?;
        let by = near.middle() - middle(&three);
        let far = near.far.map(|p| p - by);
        Some(Place { three, far, map: None, ..near })
    })?;
    let sane = found.module() > 0.6 * small.module() && found.module() < 1.6 * small.module();
    sane.then(|| found.scaled(factor))
}

/// The place moved to where three finders are most alike, a few modules around.
fn drift(picture: Grey<'_>, guess: &Place) -> Place {
    let like = |place: &Place| candidate::likeness(picture, &place.three, place.inverted);
    let [corner, ..] = &guess.three;
    let mut best = (like(guess), *guess);
    if best.0 > SETTLED {
        return best.1;
    }
    for (i, j) in (0..ACROSS * ACROSS).map(|k| (k % ACROSS, k / ACROSS)) {
        let (u, v) = (f32::from(i) - REACH, f32::from(j) - REACH);
        let by = corner.at(u, v) - corner.centre;
        let moved = guess.shifted(by);
        let value = like(&moved) - 0.01 * u.hypot(v);
        if value > best.0 {
            best = (value, moved);
        }
    }
    best.1
}

/// The modules at a place: in the version given, or in the likeliest ones.
///
/// Of a symbol that was read, one grid is enough as long as it fits.
pub(crate) fn views(
    frame: &mut Frame<'_>,
    place: &Place,
    version: Option<u8>,
    mesh: Option<&Mesh>,
    read: bool,
) -> Vec<View> {
    let size = frame.sizes.suited(place.module(), 0);
    let factor = scale(size);
    let small = place.scaled(1.0 / factor);
    let picture = frame.sizes.at(size);
    let plan = |(version, map)| Some((Layout::of(version)?, map));
    let maps: Vec<(&'static Layout, Homography)> = match (small.map, version) {
        (Some(known), _) => vec![known],
        (None, Some(version)) => {
            let side = 17 + 4 * usize::from(version);
            let far = (side - 4) as f64 + 0.5;
            let pair = small.far.map(|at| Pair { module: (far, far), picture: at, weight: 3.0 });
            let map = versions::from_finders(&small.three, side, pair);
            map.and_then(|map| plan((version, map))).into_iter().collect()
        }
        (None, None) => versions::versions(picture, &small.three)
            .into_iter()
            .take(VERSIONS)
            .filter_map(plan)
            .collect(),
    };
    let effort = Effort { read, mesh, searches: &frame.searches };
    let views =
        maps.into_iter().filter(|plan| place.is_certain() || frame.spend(plan.0)).enumerate();
    views
        .filter_map(|(i, plan)| Some(view(picture, &small, plan, i, effort)?.view(plan.0, factor)))
        .collect()
}

/// The soft modules of a view of this frame, its blur or its scratches taken out.
pub(crate) fn restored(frame: &Frame<'_>, view: &View) -> Option<Vec<f32>> {
    view.restored(&frame.sizes)
}

/// The modules at places that are known.
pub(crate) fn laid(picture: Grey<'_>, middles: &[Point], version: u8) -> Option<View> {
    let layout = Layout::of(version)?;
    let mut frame = Frame::new(picture);
    let [first, .., last] = middles else { return None };
    if middles.len() != layout.known.len() {
        return None;
    }
    let module = first.distance(*last) / (layout.side as f32 * core::f32::consts::SQRT_2);
    let size = frame.sizes.suited(module, 0);
    let factor = scale(size);
    let grid = Grid::from_fn(layout.side, |x, y| {
        let at = middles[y * layout.side + x];
        at / factor
    });
    let laid = Laid { name: KNOWN, grid, map: None, mesh: None };
    Some(sampled(frame.sizes.at(size), layout, laid).view(layout, factor))
}

/// How much may be spent on a place.
#[derive(Clone, Copy)]
struct Effort<'a> {
    /// Whether it was read, and is only watched.
    read: bool,
    /// How its paper was bent when it was seen last.
    mesh: Option<&'a Mesh>,
    searches: &'a Cell<usize>,
}

/// The best of a few grids over a symbol; `rank` is 0 in the likeliest version.
fn view(
    picture: Grey<'_>,
    place: &Place,
    (layout, map): (&'static Layout, Homography),
    rank: usize,
    effort: Effort<'_>,
) -> Option<Sampled> {
    let subject = Subject { picture, layout, three: &place.three, map, grid: None };
    let laid: Vec<Laid> = if place.map.is_some() {
        (FLAT.lay)(&subject).into_iter().collect()
    } else {
        let map = match place.far {
            None if rank == 0 => versions::anchor(picture, &place.three, layout, map),
            _ => touch_up(picture, place, layout, map),
        };
        let subject = Subject { map, ..subject };
        let mut laid = Vec::with_capacity(3);
        if is_likely(picture, layout, &map) {
            laid.extend([FLAT, FITTED].iter().filter_map(|flat| (flat.lay)(&subject)));
        }
        let left = effort.searches.get();
        if place.match_() < STEADY && left > 0 {
            effort.searches.set(left - 1);
            let guess = Place { map: Some((layout, map)), ..*place };
            let found = guess.last(None, false).and_then(|last| register(picture, &last));
            laid.extend(found.map(|map| Laid::flat(REGISTERED, map, layout)));
        }
        laid
    };
    let flat = laid.into_iter().map(|laid| sampled(picture, layout, laid));
    let mut best = flat.max_by(|a, b| a.resemblance.total_cmp(&b.resemblance))?;
    if effort.read && best.resemblance > FITS {
        return Some(best);
    }
    let flat = best.laid.map;
    if best.resemblance < EVEN && best.resemblance > FAINT {
        let bent = (PLATE.lay)(&Subject { grid: Some(&best.laid.grid), ..subject });
        if let Some(bent) = bent {
            best = best.better(sampled(picture, layout, bent));
        }
    }
    let bent = best.resemblance < EVEN && place.match_() > 0.7;
    if rank == 0 && bent && !layout.is_large() {
        best = under_mesh(&subject, best, effort.mesh);
    }
    if let (Some(map), false) = (best.laid.map, effort.read) {
        best.crop = Crop::of(picture, layout, &map);
    }
    best.laid.map = flat;
    Some(best)
}

/// A grid, or a mesh laid over the symbol if that fits better: as it lay before, or anew.
fn under_mesh(subject: &Subject<'_>, best: Sampled, before: Option<&Mesh>) -> Sampled {
    let Subject { picture, layout, .. } = *subject;
    let again = mesh::base(subject.three, layout.side).zip(before).and_then(|(map, mesh)| {
        let mesh = mesh.again(picture, layout, &map)?;
        Some(sampled(picture, layout, Laid::under(MESH.name, mesh, &map, layout)))
    });
    let best = match again {
        Some(again) if again.resemblance > best.resemblance => return again,
        Some(_) | None => best,
    };
    if best.resemblance > BENT {
        return best;
    }
    match (MESH.lay)(subject) {
        Some(anew) => best.better(sampled(picture, layout, anew)),
        None => best,
    }
}

/// The map with its far corner moved to the alignment pattern near it.
fn touch_up(picture: Grey<'_>, place: &Place, layout: &Layout, map: Homography) -> Homography {
    let Some(&last) = layout.alignment.last() else { return map };
    let at = last as f64 + 0.5;
    let guess = Local { match_: place.three[0].match_, ..map.local(at, at) };
    let found = refine::alignment(picture, &guess, 1.25).filter(|(_, score)| *score > 0.6);
    let Some((seen, _)) = found else { return map };
    let pair = Pair { module: (at, at), picture: seen, weight: 6.0 };
    versions::from_finders(&place.three, layout.side, Some(pair)).unwrap_or(map)
}

/// The place in a read code that a place's `far` names.
fn far_of(code: &Code) -> Point {
    let side = code.modules.side() as f32;
    let [start, right, end, down] = code.corners;
    let share = 1.0 - 3.5 / side;
    let blend = |a: Point, b: Point, s: f32| a + (b - a) * s;
    blend(blend(start, right, share), blend(down, end, share), share)
}

/// The flat map that a read code's outline gives.
fn map_of(code: &Code) -> Option<Homography> {
    let side = code.modules.side() as f64;
    let mut corners = code.corners;
    if code.mirrored {
        corners.swap(1, 3);
    }
    let at = [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side)];
    let pairs: Vec<Pair> = at
        .into_iter()
        .zip(corners)
        .map(|(module, picture)| Pair { module, picture, weight: 1.0 })
        .collect();
    Homography::fit(&pairs, side)
}

fn middle([_, right, down]: &Triple) -> Point {
    (right.centre + down.centre) / 2.0
}

/// Three finders as alike as this are where they were thought to be. Chosen, not measured.
const SETTLED: f32 = 2.0;

/// What a grid is called that was given.
const KNOWN: &str = "known";

/// What a map is called that was found by all known modules around a place.
const REGISTERED: &str = "registered";

/// Finders that match less than this do not tell the far corner. Chosen, not measured.
const STEADY: f32 = 0.75;

/// How far finders are looked for, in modules to each side. Chosen, not measured.
const REACH: f32 = 4.0;

/// Places tried along a row: twice the reach, and the middle.
const ACROSS: u8 = 9;

/// Three finders that match more than this together are hardly chance. Chosen, not measured.
const LIKELY: f32 = 2.2;

/// The most versions looked at where none is known. Chosen for time.
const VERSIONS: usize = 3;

/// The most modules looked at in a frame in places that are not certain. Chosen for time.
const MODULES: usize = 40_000;

/// The most places a frame is searched around that are not certain. Chosen for time.
const SEARCHES: usize = 1;

/// A grid over a symbol that was read fits above this. Chosen, not measured.
const FITS: f32 = 0.35;

/// Above this, paper is flat, and no other grid is tried. Chosen, not measured.
const EVEN: f32 = 0.85;

/// Below this, there is nothing to bend a grid to. Chosen, not measured.
const FAINT: f32 = 0.15;

/// Below this, a mesh is laid anew. Chosen, not measured.
const BENT: f32 = 0.7;

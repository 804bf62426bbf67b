//! Speck: a symbol too small for its modules to be told.
//!
//! A symbol far away is a small square of dark and light that lies alone on its paper. Where
//! the paper and the square end is seen well; and three of its corners are like finders, more
//! than places within it are by chance, and the fourth is not. It looks for symbols of a
//! permit's versions, dark on light, of less than two pixels a module. It says where one is,
//! and nothing of what its modules are: nothing is read from it.

use crate::decode::code::layout::Layout;
use crate::decode::detect::patch::{Square, squares};
use crate::decode::picture::pyramid::{Pyramid, scale};
use crate::{Grey, Point};

/// Where a small symbol is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Speck {
    /// The outline, clockwise from the symbol's own top left.
    pub(crate) corners: [Point; 4],
    /// By how many spreads of chance its three corners are more like finders than other places in it.
    pub(crate) certainty: f32,
}

impl Speck {
    /// Whether both may be the same symbol, a moment later.
    pub(crate) fn is_near(&self, other: &Self) -> bool {
        let [a, _, b, _] = self.corners;
        let [c, _, d, _] = other.corners;
        let away = (a + b - c - d).length() / 2.0;
        away < 0.5 * a.distance(b)
    }
}

/// The small symbols of a picture, the surest first. A very large one is halved before anything is done, as it is for
/// those who read.
pub(crate) fn specks(picture: Grey<'_>) -> Vec<Speck> {
    let (mut sizes, mut size) = (Pyramid::new(picture), 0);
    while sizes.at(size).pixels().len() > PIXELS && sizes.reach(size + 1) {
        size += 1;
    }
    let (picture, factor) = (sizes.at(size), scale(size));
    let told = squares(picture).take(MOST).filter_map(|square| told(&square, picture));
    let larger = |p: Point| p * factor;
    let mut specks: Vec<Speck> =
        told.map(|speck| Speck { corners: speck.corners.map(larger), ..speck }).collect();
    specks.sort_by(|a, b| b.certainty.total_cmp(&a.certainty));
    specks
}

/// The symbol it is, if three of its corners are like finders beyond chance.
fn told(square: &Square, picture: Grey<'_>) -> Option<Speck> {
    let (side, finders) = VERSIONS
        .filter_map(|version| Layout::of(version).map(|layout| layout.side as f32))
        .filter(|side| module(square, *side) > MODULES.start)
        .filter_map(|side| Some((side, finders(square, picture, side)?)))
        .max_by(|a, b| three(&a.1).total_cmp(&three(&b.1)))?;
    if module(square, side) > MODULES.end {
        return None;
    }
    let (mean, spread) = chance(square, picture, side)?;
    let mut order = [0, 1, 2, 3];
    order.sort_by(|&a, &b| finders[a].total_cmp(&finders[b]));
    let [none, weakest, _, best] = order.map(|corner| finders[corner]);
    let is_alike = weakest - mean > spread && weakest > EVEN * best;
    let is_alone = weakest - none > ALONE * spread;
    let certainty = (three(&finders) / 3.0 - mean) / spread;
    // The corner without a finder is the third from the symbol's own top left.
    let from = order[0] + 2;
    let outline = [0, 1, 2, 3].map(|i| CORNERS[(from + i) % 4]);
    (is_alike && is_alone)
        .then(|| Speck { corners: outline.map(|(u, v)| square.at(u, v)), certainty })
}

/// Pixels a module, if it is a symbol of so many.
fn module(square: &Square, side: f32) -> f32 {
    let [right, down] = [square.right, square.down].map(|axis| axis.length());
    right.max(down) / side
}

/// How much each corner is like a finder of a symbol of so many modules.
fn finders(square: &Square, picture: Grey<'_>, side: f32) -> Option<[f32; 4]> {
    let mut finders = [0.0; 4];
    for (finder, (u, v)) in finders.iter_mut().zip(CORNERS) {
        let inset = |end: f32| end + (1.0 - 2.0 * end) * 3.5 / side;
        let stencil = Stencil::new(square, side, square.at(inset(u), inset(v)), (u, v))?;
        *finder = stencil.best(picture, (0, 0))?;
    }
    Some(finders)
}

/// The mean and the spread of the same at places in between.
fn chance(square: &Square, picture: Grey<'_>, side: f32) -> Option<(f32, f32)> {
    let middle = square.at(0.5, 0.5);
    let mut stencils = Vec::with_capacity(4);
    for corner in CORNERS {
        stencils.push(Stencil::new(square, side, middle, corner)?);
    }
    let (mut sum, mut squares, mut count) = (0.0, 0.0, 0.0);
    for (i, j) in (0..PLACES * PLACES).map(|k| (k % PLACES, k / PLACES)) {
        let outer = |i: u8| i == 0 || i == PLACES - 1;
        if outer(i) && outer(j) {
            continue;
        }
        let along = |i: u8| (3.5 + (side - 7.0) * (f32::from(i) + 0.5) / f32::from(PLACES)) / side;
        let at = square.at(along(i), along(j));
        let by = (whole(at.x - middle.x), whole(at.y - middle.y));
        let seen = stencils[usize::from(i + j) % 4].best(picture, by)?;
        (sum, squares, count) = (sum + seen, squares + seen * seen, count + 1.0);
    }
    let mean = sum / count;
    Some((mean, (squares / count - mean * mean).max(1.0).sqrt()))
}

/// What a finder is like on the grid of pixels, with the light between it and the modules.
struct Stencil {
    left: i64,
    top: i64,
    wide: usize,
    /// For each pixel its share of the light places, less its share of the dark ones.
    shares: Vec<f32>,
}

impl Stencil {
    /// Of a finder of a square of `side` modules, its middle at a place, in that corner.
    fn new(square: &Square, side: f32, at: Point, (right, down): (f32, f32)) -> Option<Self> {
        let (u, v) = (square.right, square.down);
        let turn = u.cross(v) / side;
        let reach = 4.5 * (u.x.abs() + v.x.abs()).max(u.y.abs() + v.y.abs()) / side;
        let (left, top) = (whole(at.x - reach), whole(at.y - reach));
        let wide = usize::try_from(whole(2.0 * reach) + 3).ok().filter(|wide| *wide <= WIDEST)?;
        let mut places = Vec::with_capacity(wide * wide);
        for (i, j) in (0..wide * wide).map(|k| (k % wide, k / wide)) {
            let (mut light, mut dark) = (0.0, 0.0);
            for (a, b) in [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)] {
                let (x, y) = (left as f32 + i as f32 + a - at.x, top as f32 + j as f32 + b - at.y);
                let (m, n) = ((x * v.y - y * v.x) / turn, (y * u.x - x * u.y) / turn);
                let inner = m * (0.5 - right) > -1.75 && n * (0.5 - down) > -1.75;
                match m.abs().max(n.abs()) {
                    ring if ring < 1.5 || (2.5..3.5).contains(&ring) => dark += 1.0,
                    ring if ring < 2.5 || ring < 4.5 && inner => light += 1.0,
                    _ => {}
                }
            }
            places.push((light, dark));
        }
        let (light, dark) =
            places.iter().fold((1e-6, 1e-6), |sum, place| (sum.0 + place.0, sum.1 + place.1));
        let shares = places.into_iter().map(|place| place.0 / light - place.1 / dark).collect();
        Some(Self { left, top, wide, shares })
    }

    /// By how many grey levels the light places are lighter, moved so and up to a pixel more.
    fn best(&self, picture: Grey<'_>, (x, y): (i64, i64)) -> Option<f32> {
        let mut around = (0..9).map(|k| (x + k % 3 - 1, y + k / 3 - 1));
        around.try_fold(f32::MIN, |best, by| Some(best.max(self.contrast(picture, by)?)))
    }

    /// The same moved exactly so; `None` where the picture ends before.
    fn contrast(&self, picture: Grey<'_>, (x, y): (i64, i64)) -> Option<f32> {
        let left = usize::try_from(self.left + x).ok()?;
        let top = usize::try_from(self.top + y).ok()?;
        let across = picture.width() as usize;
        let mut sum = 0.0;
        for (y, shares) in (top..).zip(self.shares.chunks_exact(self.wide)) {
            let row = picture.pixels().get(y * across..(y + 1) * across)?;
            let pixels = row.get(left..left + self.wide)?;
            sum += pixels.iter().zip(shares).map(|(p, share)| f32::from(*p) * share).sum::<f32>();
        }
        Some(sum)
    }
}

/// What the three best of four come to.
fn three(finders: &[f32; 4]) -> f32 {
    finders.iter().sum::<f32>() - finders.iter().copied().fold(f32::MAX, f32::min)
}

#[expect(clippy::cast_possible_truncation, reason = "places in and near a picture")]
fn whole(length: f32) -> i64 {
    length.floor() as i64
}

/// The corners of a square, clockwise from its own top left.
const CORNERS: [(f32, f32); 4] = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)];

/// The versions of permits. A permit has 160 to 230 characters.
const VERSIONS: core::ops::RangeInclusive<u8> = 5..=12;

/// Pixels a module: of fewer no finder is told, and of more there is more to be seen. Chosen, not measured.
const MODULES: core::ops::Range<f32> = 0.7..1.9;

/// Pictures with more pixels are halved first. Chosen for time.
const PIXELS: usize = 3_200_000;

/// The most squares of a picture that are looked at closely. Chosen for time.
const MOST: usize = 8;

/// The least a finder may be like one, of what the best of the same symbol is. Chosen, not measured.
const EVEN: f32 = 0.4;

/// By so many spreads of chance three corners must be more like finders than the fourth. Chosen, not measured.
const ALONE: f32 = 2.0;

/// Places along a side that are compared with finders. Chosen, not measured.
const PLACES: u8 = 6;

/// Pixels that a finder and the light beside it span at most. Nine modules of 1.9 pixels, turned by 45 degrees,
/// with room.
const WIDEST: usize = 56;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::GreyBuf;
    use crate::decode::scene::{self, Flat, apart};

    fn surest(picture: &GreyBuf) -> Option<Speck> {
        specks(picture.as_grey()).into_iter().find(|speck| speck.certainty > 2.0)
    }

    #[test]
    fn found_and_turned_the_right_way() {
        let code = scene::symbol(7);
        for (module, turn) in [(1.0, 0.1), (1.2, 2.0), (1.5, 3.6), (0.9, 5.0)] {
            let middle = Flat { origin: (0.0, 0.0), module, turn }.there(22.5, 22.5);
            let flat = Flat { origin: (90.3 - middle.x, 90.6 - middle.y), module, turn };
            let picture = scene::draw(&code, (180, 180), |x, y| flat.back(x, y));
            let found = surest(&picture);
            let Some(found) = found else { panic!("{module} px, turned {turn}") };
            let side = code.width() as f32;
            let corners = [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side)];
            for (seen, (u, v)) in found.corners.iter().zip(corners) {
                assert!(
                    apart(*seen, flat.there(u, v)) < 2.5,
                    "{module} px, turned {turn}: {found:?}"
                );
            }
            assert!(found.is_near(&found));
        }
    }

    /// The same modules without finders, with four of them, and at a size at which more is told.
    #[test]
    fn what_has_not_three_finders_is_not() {
        let code = scene::symbol(7);
        let side = code.width() as f32;
        let flat = Flat { origin: (60.0, 70.0), module: 1.2, turn: -0.1 };
        let far = |a: f32| a > side - 8.0;
        let inner =
            |u: f32, v: f32| (8.0 + (u * 7.0) % (side - 16.0), 8.0 + (v * 5.0) % (side - 16.0));
        let is_inside = |u: f32, v: f32| (0.0..side).contains(&u) && (0.0..side).contains(&v);
        let without = |x, y| {
            let (u, v) = flat.back(x, y);
            let corner = (u < 8.0 || far(u)) && (v < 8.0 || far(v));
            if is_inside(u, v) && corner { inner(u, v) } else { (u, v) }
        };
        let four = |x, y| {
            let (u, v) = flat.back(x, y);
            if far(u) && far(v) { (side - u, side - v) } else { (u, v) }
        };
        let large = Flat { module: 2.4, ..flat };
        let pictures = [
            scene::draw(&code, (180, 180), without),
            scene::draw(&code, (180, 180), four),
            scene::draw(&code, (240, 240), |x, y| large.back(x, y)),
        ];
        for (i, picture) in pictures.iter().enumerate() {
            let found = surest(picture);
            assert!(found.is_none(), "{i}: {found:?}");
        }
    }
}

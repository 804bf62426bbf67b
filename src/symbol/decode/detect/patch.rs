//! Patch: squares of light and dark that lie alone.
//!
//! Cells of a few pixels that hold both light and dark hang together in patches. A patch that is
//! a full square, turned as it may be, with paper all around, is what a symbol far away looks
//! like. Whether it is one is for others.

use crate::{Grey, Point};

/// A square around what is dark in a patch.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Square {
    corner: Point,
    /// Along its sides, as long as they.
    pub(crate) right: Point,
    pub(crate) down: Point,
}

impl Square {
    fn of(picture: Grey<'_>, patch: &Patch) -> Option<Self> {
        let (ends, dark) = ends(picture, patch);
        let [left, right, top, bottom, cosine, sine] = smallest(&ends)?;
        let (wide, high) = (right - left, bottom - top);
        let area = wide * high;
        let filled = (patch.cells.len() * CELL * CELL) as f32 / area;
        let is_square = wide < LONGER * high && high < LONGER * wide;
        let is_full = filled > FILLED && dark as f32 > INKED * area;
        let turned = |u: f32, v: f32| Point { x: u * cosine - v * sine, y: u * sine + v * cosine };
        (is_square && is_full).then(|| Self {
            corner: turned(left, top),
            right: turned(wide, 0.0),
            down: turned(0.0, high),
        })
    }

    /// A place in it, from 0 to 1 along its sides.
    pub(crate) fn at(&self, u: f32, v: f32) -> Point {
        self.corner + self.right * u + self.down * v
    }
}

/// The squares of a picture.
pub(crate) fn squares(picture: Grey<'_>) -> impl Iterator<Item = Square> {
    patches(picture).into_iter().filter_map(move |patch| Square::of(picture, &patch))
}

/// Cells that hang together, in which light and dark are close to each other.
struct Patch {
    cells: Vec<(usize, usize)>,
    least: (usize, usize),
    most: (usize, usize),
}

/// Whether so many cells in these bounds are about as high as wide, and of a symbol's size.
fn is_likely(cells: usize, least: (usize, usize), most: (usize, usize)) -> bool {
    let (wide, high) = (most.0 - least.0 + 1, most.1 - least.1 + 1);
    let (short, long) = (wide.min(high), wide.max(high));
    short >= CELLS.0 && long <= CELLS.1 && 2 * long <= 3 * short && 5 * cells >= 2 * wide * high
}

/// The first likely patches of a picture.
fn patches(picture: Grey<'_>) -> Vec<Patch> {
    let across = picture.width() as usize / CELL;
    let mut busy = busy(picture);
    let (mut patches, mut cells) = (Vec::new(), Vec::new());
    for start in 0..busy.len() {
        if !core::mem::take(&mut busy[start]) {
            continue;
        }
        let first = (start % across, start / across);
        let (mut least, mut most, mut next) = (first, first, 0);
        cells.clear();
        cells.push(first);
        while let Some(&(x, y)) = cells.get(next) {
            next += 1;
            (least.0, most) = (least.0.min(x), (most.0.max(x), most.1.max(y)));
            let beside = [(x.wrapping_sub(1), y), (x + 1, y), (x, y.wrapping_sub(1)), (x, y + 1)];
            for (x, y) in beside.into_iter().filter(|cell| cell.0 < across) {
                let at = y.wrapping_mul(across).wrapping_add(x);
                if busy.get_mut(at).is_some_and(core::mem::take) {
                    cells.push((x, y));
                }
            }
        }
        if is_likely(cells.len(), least, most) {
            patches.push(Patch { cells: cells.clone(), least, most });
            if patches.len() == MOST {
                break;
            }
        }
    }
    patches
}

/// Which cells hold both light and dark, row by row.
fn busy(picture: Grey<'_>) -> Vec<bool> {
    let (wide, high) = (picture.width() as usize, picture.height() as usize);
    let mut busy = Vec::with_capacity((wide / CELL) * (high / CELL));
    let (mut low, mut top) = (Vec::with_capacity(wide), Vec::with_capacity(wide));
    for rows in picture.pixels().chunks_exact(CELL * wide) {
        let (first, others) = rows.split_at(wide);
        for ends in [&mut low, &mut top] {
            ends.clear();
            ends.extend_from_slice(first);
        }
        for row in others.chunks_exact(wide) {
            for ((low, top), pixel) in low.iter_mut().zip(&mut top).zip(row) {
                (*low, *top) = ((*low).min(*pixel), (*top).max(*pixel));
            }
        }
        let cells = low.as_chunks::<CELL>().0.iter().zip(top.as_chunks::<CELL>().0);
        busy.extend(cells.map(|(low, top)| {
            let low = low.iter().fold(u8::MAX, |a, b| a.min(*b));
            let top = top.iter().fold(0, |a, b| a.max(*b));
            top - low >= BUSY
        }));
    }
    busy
}

/// The outermost dark pixels of each row of a patch, and how many are dark in all.
fn ends(picture: Grey<'_>, patch: &Patch) -> (Vec<Point>, usize) {
    let wide = picture.width() as usize;
    let inside = (0..CELL * CELL).map(|k| (k % CELL, k / CELL));
    let places = patch
        .cells
        .iter()
        .flat_map(|&(x, y)| inside.clone().map(move |(i, j)| (CELL * x + i, CELL * y + j)));
    let pixels =
        || places.clone().filter_map(|(x, y)| Some((x, y, *picture.pixels().get(y * wide + x)?)));
    let mut counts = [0_usize; 256];
    pixels().for_each(|(.., pixel)| counts[usize::from(pixel)] += 1);
    let all: usize = counts.iter().sum();
    let (ink, paper) = (quantile(&counts, all / 20), quantile(&counts, all - all / 20));
    let limit = paper - (paper - ink) / 3;
    let first = CELL * patch.least.1;
    let mut rows = vec![(usize::MAX, 0); CELL * (patch.most.1 + 1) - first];
    let mut dark = 0;
    for (x, y, _) in pixels().filter(|(.., pixel)| usize::from(*pixel) < limit) {
        dark += 1;
        if let Some(row) = rows.get_mut(y - first) {
            *row = (row.0.min(x), row.1.max(x));
        }
    }
    let rows = rows.into_iter().zip(first..).filter(|((left, right), _)| left <= right);
    let middle = |x: usize, y: usize| Point { x: x as f32 + 0.5, y: y as f32 + 0.5 };
    (rows.flat_map(|((left, right), y)| [middle(left, y), middle(right, y)]).collect(), dark)
}

/// The level below which `rank` pixels lie.
fn quantile(counts: &[usize; 256], rank: usize) -> usize {
    let sums = counts.iter().scan(0, |sum, count| {
        *sum += count;
        Some(*sum)
    });
    sums.take_while(|sum| *sum <= rank).count().min(255)
}

/// The smallest rectangle around places: how far it reaches along and across its turn, and the
/// turn's cosine and sine.
fn smallest(places: &[Point]) -> Option<[f32; 6]> {
    let around = |degrees: f32| {
        let (sine, cosine) = degrees.to_radians().sin_cos();
        let mut reach = [f32::MAX, f32::MIN, f32::MAX, f32::MIN, cosine, sine];
        for place in places {
            let along = place.x * cosine + place.y * sine;
            let across = place.y * cosine - place.x * sine;
            reach[0] = reach[0].min(along);
            reach[1] = reach[1].max(along);
            reach[2] = reach[2].min(across);
            reach[3] = reach[3].max(across);
        }
        (degrees, reach)
    };
    let area =
        |(_, [left, right, top, bottom, ..]): &(f32, [f32; 6])| (right - left) * (bottom - top);
    let best = |turns: core::ops::Range<i16>, middle: f32, step: f32| {
        let all = turns.map(|turn| around(middle + step * f32::from(turn)));
        all.min_by(|a, b| area(a).total_cmp(&area(b)))
    };
    let (rough, _) = best(0..30, 0.0, 3.0).filter(|_| places.len() > 2)?;
    best(-2..3, rough, 1.0).map(|(_, reach)| reach)
}

/// Edge of a cell in pixels. Chosen, not measured.
const CELL: usize = 4;

/// Grey levels between the lightest and the darkest pixel of a cell in which there are modules. Chosen, not
/// measured.
const BUSY: u8 = 24;

/// Cells that a patch is high and wide, at least and at most. Chosen, not measured.
const CELLS: (usize, usize) = (6, 36);

/// The most patches of a picture. Chosen for time.
const MOST: usize = 128;

/// One side may be longer than the other by so much. Chosen, not measured.
const LONGER: f32 = 1.35;

/// The share of a square that its cells fill at least. Chosen, not measured.
const FILLED: f32 = 0.95;

/// The share of a square that is dark at least. Chosen, not measured.
const INKED: f32 = 0.4;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::GreyBuf;

    /// Dark where told, on light, in a picture of 120 × 90 pixels.
    fn draw(dark: impl Fn(f32, f32) -> bool) -> GreyBuf {
        let places =
            (0..90_u8).flat_map(|y| (0..120_u8).map(move |x| (f32::from(x), f32::from(y))));
        let pixels = places.map(|(x, y)| if dark(x, y) { 40 } else { 200 }).collect();
        GreyBuf::from_vec(120, 90, pixels).unwrap()
    }

    fn chequered(x: f32, y: f32) -> bool {
        (x + y) % 2.0 == 0.0
    }

    #[test]
    fn a_square_is_found_where_it_is() {
        let (middle, reach) = ((60.0, 45.0), 22.0);
        for turn in [0.0_f32, 0.3, 0.7] {
            let (s, c) = turn.sin_cos();
            let picture = draw(|x, y| {
                let (dx, dy) = (x - middle.0, y - middle.1);
                let far = (c * dx + s * dy).abs().max((c * dy - s * dx).abs());
                far < reach && (chequered(x, y) || far > reach - 2.0)
            });
            let found: Vec<Square> = squares(picture.as_grey()).collect();
            let [square] = found[..] else { panic!("{turn}: {found:?}") };
            let at = square.at(0.5, 0.5);
            assert!((at.x - 60.5).abs() < 1.5 && (at.y - 45.5).abs() < 1.5, "{turn}: {square:?}");
            let side = square.right.length();
            assert!((side - 2.0 * reach).abs() < 2.5, "{turn}: {square:?}");
        }
    }

    #[test]
    fn what_is_no_square_is_not() {
        let long =
            draw(|x, y| (20.0..90.0).contains(&x) && (30.0..60.0).contains(&y) && chequered(x, y));
        let round =
            draw(|x, y| (x - 60.0).hypot(y - 45.0) < 24.0 && (x - 60.0).hypot(y - 45.0) > 18.0);
        let everywhere = draw(chequered);
        let blot = draw(|x, y| (30.0..80.0).contains(&x) && (20.0..70.0).contains(&y));
        for picture in [long, round, everywhere, blot] {
            assert_eq!(squares(picture.as_grey()).count(), 0);
        }
    }

    #[test]
    fn any_size() {
        for (wide, high) in [(1, 1), (3, 2000), (2000, 3), (4, 4), (41, 43)] {
            let pixels: Vec<u8> =
                (0..wide * high).map(|i| if i % 3 == 0 { 0 } else { 255 }).collect();
            squares(Grey::new(wide, high, &pixels).unwrap()).for_each(drop);
        }
    }
}

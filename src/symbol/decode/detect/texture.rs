//! Texture: the parts of a picture in which a symbol may stand.
//!
//! A symbol changes between dark and light along rows and along columns, everywhere in it. Cells of a few pixels in
//! which both happen hang together in connected components; what is left over, walls, tables, the card's plain paper,
//! need not be searched at full resolution. It says where to look, and nothing of what is there.

use crate::{Grey, GreyBuf, Point};

/// A rectangle of whole pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Region {
    pub(crate) left: u32,
    pub(crate) top: u32,
    pub(crate) width: u32,
    pub(crate) height: u32,
}

impl Region {
    /// All of a picture.
    pub(crate) const fn all(picture: Grey<'_>) -> Self {
        Self { left: 0, top: 0, width: picture.width(), height: picture.height() }
    }

    pub(crate) const fn area(&self) -> usize {
        self.width as usize * self.height as usize
    }

    /// The same region of a picture twice as large as often as said, within its bounds.
    pub(crate) fn doubled(&self, times: usize, picture: Grey<'_>) -> Option<Self> {
        let large = |side: u32, most: u32| (side << times).min(most);
        let (left, right) = (self.left, self.left + self.width);
        let (top, bottom) = (self.top, self.top + self.height);
        let [left, right] = [left, right].map(|x| large(x, picture.width()));
        let [top, bottom] = [top, bottom].map(|y| large(y, picture.height()));
        let region = Self { left, top, width: right - left, height: bottom - top };
        (region.width > 0 && region.height > 0).then_some(region)
    }

    /// Parts of it that have at most about `most` pixels each and share a border of `border` pixels.
    pub(crate) fn parts(&self, most: usize, border: u32) -> Vec<Self> {
        if self.area() <= most {
            return vec![*self];
        }
        let mut parts = Vec::new();
        let high = u32::try_from(most / self.width.max(1) as usize).unwrap_or(u32::MAX);
        let high = high.max(2 * border);
        let mut top = 0;
        loop {
            let height = high.min(self.height - top);
            parts.push(Self { top: self.top + top, height, ..*self });
            if top + height >= self.height {
                return parts;
            }
            top += high - border;
        }
    }

    /// What the picture shows there.
    pub(crate) fn cut(&self, picture: Grey<'_>) -> GreyBuf {
        let mut out = GreyBuf::new(self.width, self.height);
        let rows = out.pixels_mut().chunks_exact_mut(self.width as usize);
        for (line, y) in rows.zip(self.top..) {
            let row = picture.row(y).get(self.left as usize..).unwrap_or(&[]);
            let wide = row.len().min(line.len());
            line[..wide].copy_from_slice(&row[..wide]);
        }
        out
    }
}

/// The regions of a picture with texture outside the symbols outlined, the first from the top first.
pub(crate) fn regions(picture: Grey<'_>, symbols: &[[Point; 4]]) -> Vec<Region> {
    let (across, down) =
        ((picture.width() as usize).div_ceil(CELL), (picture.height() as usize).div_ceil(CELL));
    let mut cells = cells(picture, across);
    for outline in symbols {
        cover(&mut cells, across, outline);
    }
    let mut regions: Vec<Region> = components(&mut cells, across)
        .into_iter()
        .map(|[left, top, right, bottom]| {
            let (left, top) = (left.saturating_sub(1), top.saturating_sub(1));
            let (right, bottom) = ((right + 2).min(across), (bottom + 2).min(down));
            let pixels = |cells: usize| u32::try_from(cells * CELL).unwrap_or(u32::MAX);
            Region {
                left: pixels(left),
                top: pixels(top),
                width: pixels(right).min(picture.width()) - pixels(left),
                height: pixels(bottom).min(picture.height()) - pixels(top),
            }
        })
        .collect();
    if regions.len() > MOST {
        return vec![Region::all(picture)];
    }
    merge(&mut regions);
    regions
}

/// How a cell changes between dark and light.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Cell {
    #[default]
    Calm,
    /// Along rows and along columns.
    Busy,
    /// Along both diagonals too: no stripes do.
    Mixed,
}

/// How the cells change, row by row: by more than the calmest tenth of the picture, which shows its noise.
fn cells(picture: Grey<'_>, across: usize) -> Vec<Cell> {
    let wide = picture.width() as usize;
    let mut least = Vec::with_capacity(across * (picture.height() as usize).div_ceil(CELL));
    let mut sums = vec![[0_u32; 4]; across];
    let mut steps = vec![0_u8; across * CELL];
    for rows in picture.pixels().chunks(CELL * wide) {
        sums.fill([0; 4]);
        for two in rows.chunks(STRIDE * wide).filter_map(|some| some.get(..2 * wide)) {
            let (line, below) = two.split_at(wide);
            let pairs =
                [(line, &line[1..]), (line, below), (line, &below[1..]), (&line[1..], below)];
            for (k, (one, other)) in pairs.into_iter().enumerate() {
                for (step, (a, b)) in steps.iter_mut().zip(one.iter().zip(other)) {
                    *step = a.abs_diff(*b);
                }
                for (sum, eight) in sums.iter_mut().zip(steps.as_chunks::<CELL>().0) {
                    sum[k] += total(*eight);
                }
            }
        }
        least.extend(sums.iter().map(|[a, b, c, d]| (*a.min(b), *c.min(d))));
    }
    let limit = BUSY.max(calm(&least) * NOISE / 10);
    let kind = |(straight, slanted): (u32, u32)| match (straight >= limit, slanted >= limit) {
        (false, _) => Cell::Calm,
        (true, false) => Cell::Busy,
        (true, true) => Cell::Mixed,
    };
    least.into_iter().map(kind).collect()
}

/// What a tenth of the cells stay below.
fn calm(cells: &[(u32, u32)]) -> u32 {
    let mut some: Vec<u32> = cells.iter().map(|cell| cell.0).step_by(3).collect();
    let tenth = some.len() / 10;
    if some.is_empty() { 0 } else { *some.select_nth_unstable(tenth).1 }
}

/// Whether a cell and those around it are all mixed: the inside of a symbol, but of no line of text.
fn is_core(cells: &[Cell], across: usize, (x, y): (usize, usize)) -> bool {
    x > 0
        && x + 1 < across
        && y > 0
        && (y - 1..y + 2).all(|y| {
            let start = y * across + x - 1;
            cells.get(start..start + 3).is_some_and(|three| *three == [Cell::Mixed; 3])
        })
}

/// The sum of eight bytes.
fn total(eight: [u8; CELL]) -> u32 {
    const LANES: u64 = 0x0001_0001_0001_0001;
    let word = u64::from_le_bytes(eight);
    let pairs = (word & (0x00FF * LANES)) + ((word >> 8) & (0x00FF * LANES));
    u32::try_from(pairs.wrapping_mul(LANES) >> 48).unwrap_or(0)
}

/// Leaves out the cells of a symbol, and those at its edge.
fn cover(cells: &mut [Cell], across: usize, outline: &[Point; 4]) {
    let cell = CELL as f32;
    let (mut left, mut right, mut top, mut bottom) = (f32::MAX, 0.0_f32, f32::MAX, 0.0_f32);
    for p in outline {
        (left, right) = (left.min(p.x), right.max(p.x));
        (top, bottom) = (top.min(p.y), bottom.max(p.y));
    }
    for (i, kind) in cells.iter_mut().enumerate().filter(|(_, kind)| **kind != Cell::Calm) {
        let (x, y) = ((i % across) as f32 * cell, (i / across) as f32 * cell);
        if x + cell < left || x > right || y + cell < top || y > bottom {
            continue;
        }
        let at = Point { x: x + cell / 2.0, y: y + cell / 2.0 };
        if away(outline, at) <= cell {
            *kind = Cell::Calm;
        }
    }
}

/// How far a place lies outside a convex outline; negative inside.
fn away(outline: &[Point; 4], at: Point) -> f32 {
    let sides = [0, 1, 2, 3].map(|i| {
        let (a, b) = (outline[i], outline[(i + 1) % 4]);
        (b - a).cross(at - a) / (b - a).length().max(1e-6)
    });
    let area = (0..4).map(|i| {
        let (a, b) = (outline[i], outline[(i + 1) % 4]);
        a.cross(b)
    });
    let sign = if area.sum::<f32>() < 0.0 { 1.0 } else { -1.0 };
    sides.into_iter().map(|side| sign * side).fold(f32::MIN, f32::max)
}

/// The bounds of cells that hang together and may hold a symbol: left, top, right and bottom cell.
fn components(cells: &mut [Cell], across: usize) -> Vec<[usize; 4]> {
    let (mut found, mut open) = (Vec::new(), Vec::new());
    let cores: Vec<usize> = (0..cells.len())
        .filter(|i| cells[*i] == Cell::Mixed && is_core(cells, across, (i % across, i / across)))
        .collect();
    let mut take =
        |i: usize| cells.get_mut(i).is_some_and(|cell| core::mem::take(cell) != Cell::Calm);
    for start in cores {
        if !take(start) {
            continue;
        }
        let mut bounds = [usize::MAX, usize::MAX, 0, 0];
        open.push((start % across, start / across));
        while let Some((x, y)) = open.pop() {
            bounds = [bounds[0].min(x), bounds[1].min(y), bounds[2].max(x), bounds[3].max(y)];
            for (dx, dy) in AROUND {
                let (x, y) = (x.wrapping_add_signed(dx), y.wrapping_add_signed(dy));
                if x < across && take(y.wrapping_mul(across).wrapping_add(x)) {
                    open.push((x, y));
                }
            }
        }
        found.push(bounds);
    }
    found
}

/// Makes one of regions that overlap by much.
fn merge(regions: &mut Vec<Region>) {
    let mut i = 0;
    while i < regions.len() {
        let joined = (i + 1..regions.len()).find_map(|j| {
            let (a, b) = (regions[i], regions[j]);
            let (left, top) = (a.left.min(b.left), a.top.min(b.top));
            let right = (a.left + a.width).max(b.left + b.width);
            let bottom = (a.top + a.height).max(b.top + b.height);
            let both = Region { left, top, width: right - left, height: bottom - top };
            (both.area() <= a.area() + b.area()).then_some((j, both))
        });
        match joined {
            Some((j, both)) => {
                regions.swap_remove(j);
                regions[i] = both;
                i = 0;
            }
            None => i += 1,
        }
    }
}

/// The neighbours of a cell.
const AROUND: [(isize, isize); 8] =
    [(-1, -1), (0, -1), (1, -1), (-1, 0), (1, 0), (-1, 1), (0, 1), (1, 1)];

/// Edge of a cell in pixels. Eight bytes of a word.
const CELL: usize = 8;

/// More regions than this are one: the whole picture. Chosen for time.
const MOST: usize = 150;

/// Every how many rows two are compared. Chosen for time.
const STRIDE: usize = 4;

/// What the differences of a cell come to where there is texture: 10 grey levels between neighbours, in two rows of
/// eight. Chosen: noise of eight grey levels gives 9, a symbol of little contrast at a pixel a module 15 and more.
const BUSY: u32 = 10 * 2 * 8;

/// Tenths of what the calmest cells show that texture shows at least. Chosen: in cells of even noise the sum spreads by
/// less than a fifth.
const NOISE: u32 = 18;

#[cfg(test)]
mod tests {
    use super::*;

    /// Single pixels at random in a rectangle on grey.
    fn board(places: &[(u32, u32, u32, u32)]) -> GreyBuf {
        let mut picture = GreyBuf::new(320, 200);
        picture.pixels_mut().fill(128);
        for &(left, top, wide, high) in places {
            for (x, y) in (left..left + wide).flat_map(|x| (top..top + high).map(move |y| (x, y))) {
                picture.pixels_mut()[(y * 320 + x) as usize] =
                    if (x * 7919 + y * 104_729).wrapping_mul(x + 3 * y) % 11 < 5 {
                        60
                    } else {
                        200
                    };
            }
        }
        picture
    }

    #[test]
    fn what_is_textured_and_not_read_is_left() {
        let picture = board(&[(40, 40, 60, 60), (200, 100, 40, 40)]);
        let found = regions(picture.as_grey(), &[]);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].left <= 40 && found[0].left + found[0].width >= 100);
        let at = |x: f32, y: f32| Point { x, y };
        let read = [at(38.0, 38.0), at(102.0, 38.0), at(102.0, 102.0), at(38.0, 102.0)];
        let rest = regions(picture.as_grey(), &[read]);
        assert_eq!(rest.len(), 1, "{rest:?}");
        assert!(rest[0].left > 180);
        let mut behind = read;
        behind.reverse();
        assert_eq!(regions(picture.as_grey(), &[behind]), rest);
    }

    #[test]
    fn lines_are_no_texture() {
        let mut picture = board(&[]);
        for y in (0..200).step_by(2) {
            picture.pixels_mut()[y * 320..(y + 1) * 320].fill(20);
        }
        assert!(regions(picture.as_grey(), &[]).is_empty());
    }

    #[test]
    fn parts_share_a_border() {
        let region = Region { left: 5, top: 10, width: 1000, height: 1000 };
        let parts = region.parts(300_000, 50);
        assert_eq!((parts[0].height, parts[1].top), (300, 260));
        assert_eq!(parts.last().map(|part| part.top + part.height), Some(1010));
        assert_eq!(region.parts(1_000_000, 50), [region]);
    }
}

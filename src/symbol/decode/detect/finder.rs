//! Find: the finder patterns of a binarized picture.
//!
//! Rows are scanned for dark-light-dark-light-dark in 1:1:3:1:1, in either polarity; what
//! passes is crossed in other directions through its middle. One direction may be broken
//! (a scratch, a stain): two others outvote it. It does not know which finders belong
//! together, and it keeps only the best of them, however many a picture shows.

use core::f32::consts::FRAC_1_SQRT_2;

use crate::decode::detect::binarize::Bits;
use crate::decode::geometry::refine;
use crate::decode::sample::local::Local;
use crate::{Grey, Point};

/// A finder pattern, in pixels of the bits it was found in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Finder {
    /// Its middle.
    pub(crate) centre: Point,
    /// Its extent along a row through the middle, seven modules where upright.
    pub(crate) wide: f32,
    /// Its extent along a column.
    pub(crate) high: f32,
    /// How many scanned rows crossed it.
    pub(crate) hits: u32,
    /// In how many of eight directions it looks like one.
    pub(crate) votes: u32,
    /// How much it looks like one in the grey picture, 1 at best; 0 until asked for.
    pub(crate) looks: f32,
    /// Light on dark.
    pub(crate) inverted: bool,
}

/// Which finders are looked for: dark on light, or light on dark, of which so many of four directions must agree.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Ink {
    Dark,
    Light(u32),
    Both(u32),
}

/// The finders of `bits` at least `least` pixels wide, the best first, at most [`MOST`]; every `step`th row is scanned.
pub(crate) fn finders(
    bits: &Bits,
    picture: Grey<'_>,
    (step, least, ink): (usize, u16, Ink),
) -> Vec<Finder> {
    // Windows with an odd number begin with an edge from dark to light.
    let (first, stride) = match ink {
        Ink::Dark => (0, 2),
        Ink::Light(_) => (1, 2),
        Ink::Both(_) => (0, 1),
    };
    let light = match ink {
        Ink::Dark => NEED,
        Ink::Light(need) | Ink::Both(need) => need,
    };
    let mut found = Found::new(bits);
    let mut edges = Vec::new();
    let mut work = WORK;
    for y in (step / 2..bits.height()).step_by(step) {
        edges_of(bits, y, &mut edges);
        for (i, window) in edges.windows(6).enumerate().skip(first).step_by(stride) {
            let [a, b, c, d, e, f] = *window else { continue };
            if is_finder_row([a, b, c, d, e, f], least) && work > 0 {
                work -= 1;
                let x = f32::from(c + d) / 2.0;
                let wide = f32::from(f - a);
                let need = if i % 2 == 1 { light } else { NEED };
                let row = Row { x, y, wide, inverted: i % 2 == 1, need };
                found.collect(bits, &row);
            }
        }
    }
    rank(found.finders, picture)
}

/// The distances from `from` at which the five runs of a finder end, crossing its middle
/// in direction (`dx`, `dy`): three behind (negative, outermost first) and three ahead.
/// `None` where the pattern does not end within `limit` steps to a side.
pub(crate) fn cross(
    bits: &Bits,
    from: Point,
    (dx, dy): (f32, f32),
    limit: f32,
    inverted: bool,
) -> Option<[f32; 6]> {
    let ahead = walk(bits, from, (dx, dy), limit, inverted)?;
    let behind = walk(bits, from, (-dx, -dy), limit, inverted)?;
    Some([-behind[2], -behind[1], -behind[0], ahead[0], ahead[1], ahead[2]])
}

/// Whether the ends of five runs are a finder's, within half a module each.
pub(crate) fn is_finder(ends: [f32; 6]) -> bool {
    let [a, b, c, d, e, f] = ends;
    let module = (f - a) / 7.0;
    let slack = module * 0.75 + 0.5;
    let near = |length: f32, modules: f32| (length - modules * module).abs() <= slack;
    near(c - a, 2.0)
        && near(d - b, 4.0)
        && near(e - c, 4.0)
        && near(f - d, 2.0)
        && (d - c) > module * 1.6
        && (b - a).min(c - b).min(e - d).min(f - e) > module * 0.25
}

struct Row {
    x: f32,
    y: usize,
    wide: f32,
    inverted: bool,
    /// Of four directions, how many must agree.
    need: u32,
}

/// The finders so far, and in which cells of the picture each is crossed.
struct Found {
    finders: Vec<Finder>,
    cells: Vec<Vec<usize>>,
    wide: usize,
    high: usize,
}

impl Found {
    fn new(bits: &Bits) -> Self {
        let (wide, high) = (bits.width() / CELL + 1, bits.height() / CELL + 1);
        Self { finders: Vec::new(), cells: vec![Vec::new(); wide * high], wide, high }
    }

    /// The cells around a place.
    fn around(&self, at: Point, across: f32, along: f32) -> impl Iterator<Item = usize> + use<> {
        let part = |of: f32, away: f32, most: usize| {
            let cell = |x: f32| (floor(x) / CELL).min(most - 1);
            cell(of - away)..=cell(of + away)
        };
        let (columns, rows) = (part(at.x, across, self.wide), part(at.y, along, self.high));
        let wide = self.wide;
        rows.flat_map(move |row| columns.clone().map(move |column| row * wide + column))
    }

    /// Examines a candidate and adds it, or counts it where known.
    fn collect(&mut self, bits: &Bits, row: &Row) {
        let y = coordinate(row.y);
        let mut near = self.around(Point { x: row.x, y }, 0.0, 0.0);
        let known = |&i: &&usize| self.finders[*i].covers(row, y);
        if let Some(&known) = near.find_map(|cell| self.cells[cell].iter().rev().find(known)) {
            self.finders[known].hits += 1;
            return;
        }
        if self.finders.len() >= CANDIDATES {
            return;
        }
        let Some(new) = examine(bits, row) else { return };
        match self.twin_of(&new) {
            Some(twin) => self.finders[twin].hits += 1,
            None => {
                for cell in self.around(new.centre, new.wide / 6.0, new.high / 3.5) {
                    self.cells[cell].push(self.finders.len());
                }
                self.finders.push(new);
            }
        }
    }

    /// The first known find that is the same.
    fn twin_of(&self, new: &Finder) -> Option<usize> {
        self.around(new.centre, new.wide / 5.0, new.high / 5.0)
            .flat_map(|cell| &self.cells[cell])
            .copied()
            .filter(|&i| self.finders[i].is_twin_of(new))
            .min()
    }
}

/// A coordinate as a whole number, none below 0.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "not negative")]
fn floor(x: f32) -> usize {
    x.max(0.0) as usize
}

/// Crosses a row's hit downwards and along both diagonals; enough of these and the row must agree that it is a finder.
fn examine(bits: &Bits, row: &Row) -> Option<Finder> {
    let mut centre = onto_pixel(Point { x: row.x, y: coordinate(row.y) });
    let limit = row.wide * 1.6 + 2.0;
    let through = |from: Point, direction| {
        cross(bits, from, direction, limit, row.inverted).filter(|&ends| is_finder(ends))
    };
    let (mut wide, mut high) = (row.wide, 0.0);
    let mut agree = 1;
    if let Some(ends) = through(centre, (0.0, 1.0)) {
        centre.y += (ends[2] + ends[3]) / 2.0;
        high = ends[5] - ends[0];
        agree += 1;
        let start = onto_pixel(centre);
        if let Some(ends) = through(start, (1.0, 0.0)) {
            centre.x = start.x + (ends[2] + ends[3]) / 2.0;
            wide = ends[5] - ends[0];
        }
    } else if row.need > NEED {
        return None;
    }
    let start = onto_pixel(centre);
    let falling = through(start, (1.0, 1.0));
    if agree + u32::from(falling.is_some()) + 1 < row.need {
        return None;
    }
    let rising = through(start, (1.0, -1.0));
    agree += u32::from(falling.is_some()) + u32::from(rising.is_some());
    if agree < row.need {
        return None;
    }
    if high == 0.0 {
        let (falling, rising) = (falling?, rising?);
        let (m, n) = ((falling[2] + falling[3]) / 2.0, (rising[2] + rising[3]) / 2.0);
        centre = Point { x: start.x + (m + n) / 2.0, y: start.y + (m - n) / 2.0 };
        high = (falling[5] - falling[0] + rising[5] - rising[0]) / 2.0;
    }
    if wide > high * 3.0 || high > wide * 3.0 {
        return None;
    }
    let mut new =
        Finder { centre, wide, high, hits: 1, votes: 0, looks: 0.0, inverted: row.inverted };
    new.votes = votes(bits, &new);
    Some(new)
}

/// In how many of eight directions the middle is crossed as a finder's should be.
fn votes(bits: &Bits, finder: &Finder) -> u32 {
    const DIRECTIONS: [(f32, f32); 8] = [
        (1.0, 0.0),
        (0.0, 1.0),
        (1.0, 1.0),
        (1.0, -1.0),
        (1.0, 0.5),
        (0.5, 1.0),
        (1.0, -0.5),
        (-0.5, 1.0),
    ];
    let limit = finder.wide.max(finder.high) * 0.9 + 2.0;
    let from = onto_pixel(finder.centre);
    let crossed = |&direction: &(f32, f32)| {
        cross(bits, from, direction, limit, finder.inverted).is_some_and(is_finder)
    };
    DIRECTIONS.iter().map(|d| u32::from(crossed(d))).sum()
}

impl Finder {
    /// Whether a row's hit is this finder again.
    fn covers(&self, row: &Row, y: f32) -> bool {
        self.inverted == row.inverted
            && (self.centre.x - row.x).abs() < self.wide / 6.0
            && (self.centre.y - y).abs() < self.high / 3.5
            && row.wide < self.wide * 1.5
            && self.wide < row.wide * 1.5
    }

    /// Whether two finds are the same.
    pub(crate) fn is_twin_of(&self, other: &Self) -> bool {
        self.inverted == other.inverted
            && (self.centre.x - other.centre.x).abs() < other.wide / 5.0
            && (self.centre.y - other.centre.y).abs() < other.high / 5.0
            && self.wide < other.wide * 1.4
            && other.wide < self.wide * 1.4
    }

    /// How much it is a finder, 16 at best.
    pub(crate) fn strength(&self) -> f32 {
        self.votes as f32 + 8.0 * self.looks
    }

    /// The finder seen from a place further up and left.
    pub(crate) fn shifted(&self, by: Point) -> Self {
        let centre = self.centre + by;
        Self { centre, ..*self }
    }

    /// The finder in a picture `factor` times as large.
    pub(crate) fn scaled(&self, factor: f32) -> Self {
        Self {
            centre: self.centre * factor,
            wide: self.wide * factor,
            high: self.high * factor,
            ..*self
        }
    }
}

/// The best of them, by their looks too.
fn rank(mut found: Vec<Finder>, picture: Grey<'_>) -> Vec<Finder> {
    for finder in &mut found {
        finder.looks = looks(finder, picture);
    }
    found.sort_by(|a, b| b.strength().total_cmp(&a.strength()));
    let clear = found.iter().take_while(|finder| finder.strength() >= PROMISING).count();
    found.truncate(clear.clamp(FEW, MOST));
    found
}

/// How much a finder looks like one in the grey picture, in the best of four turns.
fn looks(finder: &Finder, picture: Grey<'_>) -> f32 {
    let upright = (finder.wide / 7.0, finder.high / 7.0);
    let mean = (finder.wide * finder.high).sqrt() / 7.0;
    let seen = TURNS.map(|(cosine, sine)| {
        let (wide, high) =
            if sine == 0.0 { upright } else { (mean * cosine.max(sine), mean * cosine.max(sine)) };
        let right = Point { x: wide * cosine, y: wide * sine };
        let down = Point { x: -high * sine, y: high * cosine };
        refine::finder_glance(picture, &Local { centre: finder.centre, right, down, match_: 0.0 })
    });
    let sign = if finder.inverted { -1.0 } else { 1.0 };
    seen.into_iter().map(|match_| match_ * sign).fold(0.0, f32::max)
}

/// Cosine and sine of no turn, and of 23, 45 and 68 degrees.
const TURNS: [(f32, f32); 4] =
    [(1.0, 0.0), (0.923_88, 0.382_68), (FRAC_1_SQRT_2, FRAC_1_SQRT_2), (0.382_68, 0.923_88)];

/// Distances to the ends of the middle, the light ring and the dark ring.
fn walk(
    bits: &Bits,
    from: Point,
    (dx, dy): (f32, f32),
    limit: f32,
    inverted: bool,
) -> Option<[f32; 3]> {
    let mut ends = [0.0; 3];
    let (mut x, mut y, dx, dy) = (fixed(from.x), fixed(from.y), fixed(dx), fixed(dy));
    let limit = fixed(limit) >> FRACTION;
    let mut at = 0_u16;
    for (i, end) in ends.iter_mut().enumerate() {
        let dark = (i % 2 == 0) != inverted;
        loop {
            match bits.pixel(x >> FRACTION, y >> FRACTION) {
                Some(seen) if seen == dark => {}
                None if i < 2 => return None,
                _ => break,
            }
            at += 1;
            x += dx;
            y += dy;
            if i64::from(at) > limit {
                return None;
            }
        }
        *end = f32::from(at) - 0.5;
    }
    (ends[0] > 0.0).then_some(ends)
}

/// The places in a row where the colour changes, the first from light to dark.
fn edges_of(bits: &Bits, y: usize, edges: &mut Vec<u16>) {
    edges.clear();
    let mut carry = 0;
    let mut base = 0_u16;
    for &word in bits.row(y) {
        let mut changes = word ^ (word << 1 | carry);
        carry = word >> 63;
        while changes != 0 {
            edges.push(base + u16::try_from(changes.trailing_zeros()).unwrap_or(0));
            changes &= changes - 1;
        }
        base = base.saturating_add(64);
    }
    if edges.len() % 2 == 1 {
        edges.push(u16::try_from(bits.width()).unwrap_or(u16::MAX));
    }
}

/// [`is_finder`] on whole pixels, for the many rows that are none; all is asked at once, for no answer is much likelier than
/// the other.
fn is_finder_row([a, b, c, d, e, f]: [u16; 6], least: u16) -> bool {
    let total = u32::from(f - a);
    let slack = total * 3 / 4 + 4;
    let near =
        |length: u16, modules: u32| (7 * u32::from(length)).abs_diff(modules * total) <= slack;
    let heart = d - c;
    (heart > b - a)
        & (heart > f - e)
        & (f - a >= least)
        & near(c - a, 2)
        & near(d - b, 4)
        & near(e - c, 4)
        & near(f - d, 2)
}

/// The middle of the pixel a place lies in.
fn onto_pixel(at: Point) -> Point {
    Point { x: at.x.floor() + 0.5, y: at.y.floor() + 0.5 }
}

fn coordinate(y: usize) -> f32 {
    y as f32 + 0.5
}

/// A coordinate as a fixed-point number, for walking without rounding.
#[expect(clippy::cast_possible_truncation, reason = "the cast saturates; far outside is outside")]
fn fixed(at: f32) -> i64 {
    (at * 65536.0) as i64
}

/// Bits of a fixed-point number behind the point.
const FRACTION: u32 = 16;

/// A finder as strong as this is hardly chance. Chosen, not measured.
pub(crate) const PROMISING: f32 = 10.3;

/// So many are kept at least, chance or not. Chosen for time.
pub(crate) const FEW: usize = 48;

/// The most finders kept. Chosen for time: five hundred codes.
pub(crate) const MOST: usize = 1500;

/// Finders are remembered by squares of so many pixels. Chosen for time.
const CELL: usize = 32;

/// The most candidates remembered while scanning. Chosen for time.
const CANDIDATES: usize = 4000;

/// Of four directions, how many must agree. Chosen, not measured.
pub(crate) const NEED: u32 = 3;

/// The most candidates crossed in a picture. Chosen for time.
const WORK: usize = 25_000;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::GreyBuf;
    use crate::decode::detect::binarize::{Rule, Sums};

    /// A finder of `module` pixels with its corner at (`x`, `y`) on white.
    fn draw(picture: &mut GreyBuf, x: u32, y: u32, module: u32) {
        let width = picture.width();
        for v in 0..7 * module {
            for u in 0..7 * module {
                let ring = (u / module).abs_diff(3).max((v / module).abs_diff(3));
                picture.pixels_mut()[((y + v) * width + x + u) as usize] =
                    if ring == 2 { 255 } else { 0 };
            }
        }
    }

    fn white(width: u32, height: u32) -> GreyBuf {
        let mut picture = GreyBuf::new(width, height);
        picture.pixels_mut().fill(255);
        picture
    }

    fn search(picture: Grey<'_>) -> Vec<Finder> {
        finders(
            &Sums::new(picture).bits(picture, Rule { reach: 2, below: 5 }),
            picture,
            (1, 12, Ink::Both(NEED)),
        )
    }

    #[test]
    fn finds_it_where_it_is() {
        let mut picture = white(160, 120);
        draw(&mut picture, 30, 40, 4);
        let found = search(picture.as_grey());
        assert_eq!(found.len(), 1);
        assert_eq!(
            (found[0].centre, found[0].wide, found[0].high),
            (Point { x: 44.0, y: 54.0 }, 28.0, 28.0)
        );
    }

    #[test]
    fn a_scratch_down_the_middle_does_not_hide_it() {
        let mut picture = white(160, 120);
        draw(&mut picture, 30, 40, 4);
        for y in 0..45 {
            for x in 42..46 {
                picture.pixels_mut()[y * 160 + x] = 0;
            }
        }
        let found = search(picture.as_grey());
        assert!(
            found
                .iter()
                .all(|f| (f.centre.x - 44.0).abs() < 3.0 && (f.centre.y - 54.0).abs() < 4.0)
        );
        assert!(!found.is_empty());
    }

    #[test]
    fn light_on_dark() {
        let mut picture = white(160, 120);
        draw(&mut picture, 30, 40, 4);
        picture.pixels_mut().iter_mut().for_each(|p| *p = 255 - *p);
        let found = search(picture.as_grey());
        assert!(found.iter().any(|f| f.inverted && f.centre == Point { x: 44.0, y: 54.0 }));
    }

    #[test]
    fn all_that_are_beyond_doubt_and_never_more_than_the_most() {
        let mut picture = white(640, 480);
        for y in 0..20 {
            for x in 0..28 {
                draw(&mut picture, 4 + x * 22, 4 + y * 22, 2);
            }
        }
        assert_eq!(search(picture.as_grey()).len(), 560);
        let mut picture = white(1_280, 960);
        for y in 0..42 {
            for x in 0..56 {
                draw(&mut picture, 4 + x * 22, 4 + y * 22, 2);
            }
        }
        assert_eq!(search(picture.as_grey()).len(), MOST);
    }
}

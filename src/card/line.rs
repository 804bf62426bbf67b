//! Fine line work from a permit's own number.
//!
//! Every number draws its own waves and its own rosette, so that the two sides of one permit belong together visibly
//! and those of two permits do not. It is ornament: what proves a permit is the signature in its code. Curves are
//! cubic, in hundredths of a millimetre, and written as short as SVG allows.

use core::f64::consts::TAU;
use core::fmt::Write as _;

use permit_core::PermitId;

/// Numbers that follow from a permit's number.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seed(u64);

impl Seed {
    /// Those of this permit, the same for all its copies; `part` tells a card's places apart.
    pub(crate) fn of(id: PermitId, part: u8) -> Self {
        let [a, b, c, d, e, f, _] = id.to_bytes();
        Self(u64::from_be_bytes([part, 0x9e, a, b, c, d, e, f]))
    }

    /// The next, from 0 up to 1 (SplitMix64).
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
        f64::from(u32::try_from(z >> 32).unwrap_or(u32::MAX)) / 4_294_967_296.0
    }

    /// One between two.
    fn between(&mut self, least: f64, most: f64) -> f64 {
        least + (most - least) * self.next()
    }

    /// A whole number between two, both included.
    fn whole(&mut self, least: u32, most: u32) -> f64 {
        let span = f64::from(most - least + 1);
        (f64::from(least) + (self.next() * span).floor()).min(f64::from(most))
    }
}

/// A place on the paper, in millimetres.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Area {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
}

impl Area {
    pub(crate) fn middle(&self) -> (f64, f64) {
        (self.x + self.width / 2.0, self.y + self.height / 2.0)
    }
}

/// Ribbons of waves over an area: the lines between two waves run from one to the other.
pub(crate) fn ground(area: &Area, seed: &mut Seed) -> String {
    let lines = (area.height / LINE_STEP).ceil();
    let ribbons = (area.height / RIBBON).round().max(2.0);
    let waves: Vec<[f64; 6]> = (0..=whole(ribbons))
        .map(|_| {
            [
                seed.between(0.8, 2.6),
                TAU / seed.between(34.0, 58.0),
                seed.between(0.0, TAU),
                seed.between(0.4, 1.3),
                TAU / seed.between(15.0, 24.0),
                seed.between(0.0, TAU),
            ]
        })
        .collect();
    let each = whole((lines / ribbons).round().max(2.0));
    let gap = area.height / ribbons;
    let mut path = String::new();
    for (ribbon, pair) in (0_u32..).zip(waves.windows(2)) {
        let [f, g] = pair else { continue };
        for line in 0..each {
            let t = f64::from(line) / f64::from(each);
            let base = area.y + gap * (f64::from(ribbon) + t);
            let at = |x: f64| {
                let (low, low_slope) = wave(f, x);
                let (high, high_slope) = wave(g, x);
                (base + low + (high - low) * t, low_slope + (high_slope - low_slope) * t)
            };
            run(&mut path, area, &at);
        }
    }
    path
}

/// Interlaced rings round the middle of an area, turned against each other; a `d` a ring, and its turns in degrees.
pub(crate) fn rosette(area: &Area, seed: &mut Seed) -> Vec<(String, Vec<f64>)> {
    let (x, y) = area.middle();
    let outer = area.width.min(area.height) / 2.0;
    let petals = seed.whole(6, 10);
    let mut rings = Vec::new();
    let mut inner = 0.16;
    for ring in 0..3_u32 {
        let room = if ring == 2 { 1.0 - inner } else { seed.between(0.24, 0.32) };
        let (radius, swing) = (outer * (inner + room / 2.0), outer * room / 2.0);
        let folds = petals * if ring == 0 { 1.0 } else { 2.0 };
        let bent = seed.between(0.08, 0.24);
        let mut d = String::new();
        let nodes = whole(folds) * NODES;
        let at = |n: u32| {
            let angle = TAU * f64::from(n) / f64::from(nodes);
            let r = radius
                + swing
                    * ((folds * angle).cos() * (1.0 - bent) + bent * (3.0 * folds * angle).cos());
            (x + r * angle.cos(), y + r * angle.sin(), slope(radius, swing, folds, bent, angle))
        };
        closed(&mut d, nodes, &at);
        let turns = 6_u32;
        let step = 360.0 / folds / f64::from(turns);
        rings.push((d, (0..turns).map(|turn| step * f64::from(turn)).collect()));
        // Rings overlap a little, as a lathe's do.
        inner += room * 0.82;
    }
    rings
}

/// A band of interlaced waves along the four edges of an area, and an ornament in each corner.
#[derive(Debug)]
pub(crate) struct Frame {
    /// One wave of the edges from left to right, from 0 to its length, and one of those from the top down.
    pub(crate) waves: [String; 2],
    /// Where each wave begins.
    pub(crate) across: Vec<(f64, f64)>,
    pub(crate) down: Vec<(f64, f64)>,
    /// The corner, round 0.
    pub(crate) corner: String,
    pub(crate) corners: [(f64, f64); 4],
}

/// The frame of an area, `band` wide.
pub(crate) fn frame(area: &Area, band: f64, seed: &mut Seed) -> Frame {
    let half = band / 2.0;
    let length = seed.between(5.0, 7.5);
    let bent = seed.between(0.1, 0.3);
    let (wide, high) = (area.width - 2.0 * band, area.height - 2.0 * band);
    let waves = |long: f64| (long / length).round().max(1.0);
    let (columns, rows) = (waves(wide), waves(high));
    let (left, right) = (area.x + half, area.x + area.width - half);
    let (top, bottom) = (area.y + half, area.y + area.height - half);
    let begins =
        |count: f64, long: f64| (0..whole(count)).map(move |n| long / count * f64::from(n) + band);
    let across = begins(columns, wide).flat_map(|s| [(area.x + s, top), (area.x + s, bottom)]);
    let down = begins(rows, high).flat_map(|s| [(left, area.y + s), (right, area.y + s)]);
    let swing = half * 0.86;
    let mut corner = String::new();
    let folds = seed.whole(5, 8);
    for turn in [0.0, 0.5] {
        let at = |n: u32| {
            let angle = TAU * f64::from(n) / (folds * 8.0) + TAU * turn / folds;
            let r = swing * (0.58 + 0.42 * (folds * TAU * f64::from(n) / (folds * 8.0)).cos());
            let dr = -swing * 0.42 * folds * (folds * TAU * f64::from(n) / (folds * 8.0)).sin();
            let slope = (dr * angle.cos() - r * angle.sin(), dr * angle.sin() + r * angle.cos());
            (r * angle.cos(), r * angle.sin(), slope)
        };
        closed(&mut corner, whole(folds) * 8, &at);
    }
    Frame {
        waves: [
            strands(wide / columns, swing, bent, |s, h| (s, h)),
            strands(high / rows, swing, bent, |s, h| (h, s)),
        ],
        across: across.collect(),
        down: down.collect(),
        corner,
        corners: [(left, top), (right, top), (left, bottom), (right, bottom)],
    }
}

/// Four strands over one wave.
fn strands(long: f64, swing: f64, bent: f64, place: fn(f64, f64) -> (f64, f64)) -> String {
    let mut path = String::new();
    let k = TAU / long;
    let step = long / f64::from(STRAND);
    for strand in 0..4_u32 {
        let phase = TAU * f64::from(strand) / 4.0;
        let mut pen = Pen::new(&mut path);
        for n in 0..=STRAND {
            let s = step * f64::from(n);
            let h = swing * ((k * s + phase).sin() * (1.0 - bent) + bent * (2.0 * k * s).sin());
            let slope = swing
                * k
                * ((k * s + phase).cos() * (1.0 - bent) + 2.0 * bent * (2.0 * k * s).cos());
            let handle = |t: f64| place(s + t, h + slope * t);
            pen.node(place(s, h), handle(-step / 3.0), handle(step / 3.0));
        }
    }
    path
}

/// Height and slope of two waves on each other.
fn wave(w: &[f64; 6], x: f64) -> (f64, f64) {
    let [a, k, p, b, l, q] = *w;
    (
        (k * x + p).sin() * a + (l * x + q).sin() * b,
        (k * x + p).cos() * a * k + (l * x + q).cos() * b * l,
    )
}

/// An open curve over the width of an area, by height and slope at each place.
fn run(path: &mut String, area: &Area, at: &dyn Fn(f64) -> (f64, f64)) {
    let nodes = whole((area.width / NODE).ceil());
    let step = area.width / f64::from(nodes);
    let mut pen = Pen::new(path);
    for n in 0..=nodes {
        let x = area.x + step * f64::from(n);
        let (y, slope) = at(x);
        let third = step / 3.0;
        pen.node((x, y), (x - third, y - slope * third), (x + third, y + slope * third));
    }
}

/// The derivative of a ring by its angle.
fn slope(radius: f64, swing: f64, folds: f64, bent: f64, angle: f64) -> (f64, f64) {
    let r = radius
        + swing * ((folds * angle).cos() * (1.0 - bent) + bent * (3.0 * folds * angle).cos());
    let dr = -swing
        * folds
        * ((folds * angle).sin() * (1.0 - bent) + 3.0 * bent * (3.0 * folds * angle).sin());
    (dr * angle.cos() - r * angle.sin(), dr * angle.sin() + r * angle.cos())
}

fn closed(path: &mut String, nodes: u32, at: &dyn Fn(u32) -> (f64, f64, (f64, f64))) {
    let third = TAU / f64::from(nodes) / 3.0;
    let mut pen = Pen::new(path);
    for n in 0..=nodes {
        let (x, y, (dx, dy)) = at(n);
        pen.node((x, y), (x - dx * third, y - dy * third), (x + dx * third, y + dy * third));
    }
    path.push('z');
}

/// Writes smooth curves, relative and in hundredths.
struct Pen<'p> {
    path: &'p mut String,
    /// Where it stands, in hundredths; none before the first node.
    at: Option<(i32, i32)>,
    /// The first handle of the curve that comes, which `s` cannot say.
    out: Option<(i32, i32)>,
}

impl<'p> Pen<'p> {
    fn new(path: &'p mut String) -> Self {
        Self { path, at: None, out: None }
    }

    fn node(&mut self, at: (f64, f64), before: (f64, f64), after: (f64, f64)) {
        let [here, before, after] =
            [at, before, after].map(|(x, y)| (hundredths(x), hundredths(y)));
        let Some(from) = self.at.replace(here) else {
            self.path.push('M');
            pair(self.path, here, true);
            self.out = Some(after);
            return;
        };
        let to = |(x, y): (i32, i32)| (x - from.0, y - from.1);
        if let Some(out) = self.out.take() {
            self.path.push('c');
            pair(self.path, to(out), true);
            pair(self.path, to(before), false);
        } else {
            self.path.push('s');
            pair(self.path, to(before), true);
        }
        pair(self.path, to(here), false);
    }
}

fn pair(path: &mut String, (x, y): (i32, i32), first: bool) {
    number(path, x, first);
    number(path, y, false);
}

/// Hundredths as a number without idle digits; a space only where a sign does not part it from the one before.
fn number(path: &mut String, hundredths: i32, first: bool) {
    if hundredths < 0 {
        path.push('-');
    } else if !first {
        path.push(' ');
    }
    let (whole, part) = (hundredths.unsigned_abs() / 100, hundredths.unsigned_abs() % 100);
    if whole > 0 || part == 0 {
        // Writing to a String cannot fail.
        let _ = write!(path, "{whole}");
    }
    match part {
        0 => {}
        part if part % 10 == 0 => {
            let _ = write!(path, ".{}", part / 10);
        }
        part => {
            let _ = write!(path, ".{part:02}");
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "cards are a few hundred millimetres; casts saturate"
)]
fn hundredths(millimetres: f64) -> i32 {
    (millimetres * 100.0).round() as i32
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "small and positive; casts saturate"
)]
fn whole(number: f64) -> u32 {
    number as u32
}

/// From line to line of the ground, in millimetres; chosen: finer ones run together at 300 dpi.
const LINE_STEP: f64 = 0.95;
/// Height of a ribbon; chosen.
const RIBBON: f64 = 14.0;
/// From node to node along the ground, in millimetres: a third of the shortest wave; chosen.
const NODE: f64 = 6.0;
/// Nodes a fold of a rosette: three and more a wave of its finest; chosen.
const NODES: u32 = 8;
/// Nodes a wave of a frame; chosen.
const STRAND: u32 = 8;

#[cfg(test)]
mod tests {
    use super::*;

    const AREA: Area = Area { x: 0.0, y: 0.0, width: 85.6, height: 54.0 };

    fn id(serial: u32) -> PermitId {
        PermitId { station: 101, year: 63, serial, copy: 1 }
    }

    #[test]
    fn r1_lines_follow_from_the_number() {
        let draw = |serial| ground(&AREA, &mut Seed::of(id(serial), 0));
        assert_eq!(draw(42), draw(42));
        assert_ne!(draw(42), draw(43));
        let copy = PermitId { copy: 2, ..id(42) };
        assert_eq!(draw(42), ground(&AREA, &mut Seed::of(copy, 0)), "a reprint looks the same");
        assert!(draw(42).len() < 24_000, "{}", draw(42).len());
    }

    #[test]
    fn a_rosette_stays_in_its_place() {
        for serial in 1..40 {
            for (d, turns) in rosette(&AREA, &mut Seed::of(id(serial), 1)) {
                assert!(d.starts_with('M') && d.ends_with('z') && turns.len() == 6);
            }
        }
    }

    #[test]
    fn short_numbers() {
        let mut path = String::new();
        for (at, hundredths) in [5, -5, 50, 100, -250, 0].into_iter().enumerate() {
            number(&mut path, hundredths, at == 0);
        }
        assert_eq!(path, ".05-.05 .5 1-2.5 0");
    }
}

//! Group: which three finders belong to one symbol.
//!
//! Distances are counted in the modules each finder shows *in that direction*, measured
//! through its own middle, so nothing is extrapolated from one corner. It proposes, the
//! likeliest first; whether there is a symbol is for those who look at the modules.

use crate::Point;
use crate::decode::detect::binarize::Bits;
use crate::decode::detect::finder::{FEW, Finder, MOST, PROMISING, cross, is_finder};
use core::cmp::Ordering;

/// Three finders: the corner, then the two others clockwise as seen in the picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Group {
    /// Top left, top right, bottom left (of a symbol that is not mirrored).
    pub(crate) finders: [usize; 3],
    /// Module lengths: of the corner towards right and down, of the right one along the
    /// top, of the lower one along the left.
    pub(crate) modules: [f32; 4],
    /// Lower is likelier.
    pub(crate) score: f32,
}

/// Finders of several binarizations, in picture pixels.
#[derive(Debug, Default)]
pub(crate) struct Pool {
    planes: Vec<Plane>,
    finders: Vec<Finder>,
    /// For each finder, the plane it is best seen in.
    home: Vec<usize>,
    /// Module lengths of each finder towards the others, 0 until measured.
    lengths: Vec<Vec<f32>>,
    tried: Vec<[usize; 3]>,
    /// Whether a finder lies in a symbol that was read.
    gone: Vec<bool>,
}

/// Bits, and how many picture pixels one of them spans in each direction.
#[derive(Debug)]
struct Plane {
    bits: Bits,
    scale: f32,
    /// Where its corner lies in the picture, in its own pixels.
    corner: Point,
}

impl Pool {
    /// Adds the finders found in `bits`; what is known already only gets better.
    ///
    /// The bits lie at a place `at` of a picture `scale` times smaller.
    pub(crate) fn add(&mut self, bits: Bits, (scale, at): (f32, (u32, u32)), found: &[Finder]) {
        let plane = self.planes.len();
        let corner = Point { x: at.0 as f32, y: at.1 as f32 };
        self.planes.push(Plane { bits, scale, corner });
        for finder in found.iter().map(|f| f.shifted(corner).scaled(scale)) {
            let twin = self.finders.iter().position(|f| f.is_twin_of(&finder));
            match twin {
                Some(i) if !self.improves(i, &finder, scale) => {}
                Some(i) => {
                    self.tried.retain(|three| !three.contains(&i));
                    self.finders[i] = finder;
                    self.home[i] = plane;
                    self.lengths[i].clear();
                }
                None => {
                    self.finders.push(finder);
                    self.home.push(plane);
                    self.lengths.push(Vec::new());
                    self.gone.push(false);
                }
            }
        }
    }

    /// Whether a new find says more than what is known: seen finer, or clearly better.
    fn improves(&self, i: usize, finder: &Finder, scale: f32) -> bool {
        let known = self.planes[self.home[i]].scale;
        match finder.votes.cmp(&self.finders[i].votes) {
            Ordering::Less => false,
            Ordering::Equal => scale < known,
            Ordering::Greater => scale <= known || finder.votes > self.finders[i].votes + 1,
        }
    }

    pub(crate) fn finder(&self, i: usize) -> &Finder {
        &self.finders[i]
    }

    /// The likeliest groups of the strongest `finders` not tried before, the best first, at
    /// most `most`.
    ///
    /// Of `clear` finders only those that are hardly chance.
    pub(crate) fn groups(&mut self, finders: usize, most: usize, clear: bool) -> Vec<Group> {
        let mut best = self.best(finders);
        if clear {
            best.retain(|&i| self.finders[i].strength() >= PROMISING);
        }
        let mut groups = Vec::new();
        let most = if best.len() > FEW { most.max(EACH * best.len()) } else { most };
        if best.len() > FEW {
            self.near(&best, &mut groups);
        } else {
            self.any(&best, &mut groups);
        }
        groups.retain(|g| !self.tried.contains(&g.finders));
        let likelier = |a: &Group, b: &Group| {
            a.score.total_cmp(&b.score).then_with(|| a.finders.cmp(&b.finders))
        };
        if groups.len() > most {
            groups.select_nth_unstable_by(most, likelier);
            groups.truncate(most);
        }
        groups.sort_unstable_by(likelier);
        groups
    }

    /// All groups of a few finders.
    fn any(&mut self, best: &[usize], groups: &mut Vec<Group>) {
        for (i, &a) in best.iter().enumerate() {
            let friends: Vec<usize> = best[..i]
                .iter()
                .copied()
                .filter(|&b| alike(&self.finders[a], &self.finders[b]))
                .collect();
            for (j, &b) in friends.iter().enumerate() {
                for &c in &friends[..j] {
                    if alike(&self.finders[b], &self.finders[c]) {
                        groups.extend(self.turned([a, b, c]).into_iter().flatten());
                    }
                }
            }
        }
    }

    /// The likeliest groups of many finders: of each as the corner with those next to it.
    fn near(&mut self, best: &[usize], groups: &mut Vec<Group>) {
        for &a in best {
            let here = self.finders[a];
            let mut friends: Vec<(f32, usize)> = best
                .iter()
                .filter(|&&b| b != a && alike(&here, &self.finders[b]))
                .map(|&b| (here.centre.distance(self.finders[b].centre), b))
                .collect();
            if friends.len() > NEXT {
                friends.select_nth_unstable_by(NEXT, |a, b| a.0.total_cmp(&b.0));
                friends.truncate(NEXT);
            }
            let mut own = Vec::new();
            for (j, &(right, b)) in friends.iter().enumerate() {
                for &(down, c) in &friends[..j] {
                    let across = self.finders[b].centre.distance(self.finders[c].centre);
                    if across > CLOSE * right.max(down) && alike(&self.finders[b], &self.finders[c])
                    {
                        own.extend(self.group([a, b, c], 0));
                    }
                }
            }
            own.sort_by(|a, b| a.score.total_cmp(&b.score));
            own.truncate(EACH);
            groups.extend(own);
        }
    }

    /// Whether there are three finders of one polarity beyond doubt.
    pub(crate) fn is_sure(&self) -> bool {
        let mut counts = [0; 2];
        for finder in self.left().filter(|finder| finder.strength() >= SURE) {
            counts[usize::from(finder.inverted)] += 1;
        }
        counts.iter().any(|count| *count > 2)
    }

    /// The finders that are hardly chance and lie in no symbol that was read.
    pub(crate) fn left(&self) -> impl Iterator<Item = &Finder> {
        let left = self.finders.iter().zip(&self.gone).filter(|(_, gone)| !**gone);
        left.map(|(finder, _)| finder).filter(|finder| finder.strength() >= PROMISING)
    }

    /// Whether there are so many finders that only neighbours are looked at together.
    pub(crate) fn is_crowded(&self) -> bool {
        self.finders.len() > FEW && self.best(MOST).len() > FEW
    }

    /// Whether there is a finder good enough to look for others.
    pub(crate) fn is_promising(&self) -> bool {
        let left = self.finders.iter().zip(&self.gone).filter(|(_, gone)| !**gone);
        left.into_iter().any(|(finder, _)| finder.strength() >= PROMISING)
    }

    /// Remembers that a group was tried.
    pub(crate) fn tried(&mut self, group: &Group) {
        self.tried.push(group.finders);
    }

    /// Leaves out what lies in a symbol that was read, outlined clockwise or the other way.
    pub(crate) fn remove(&mut self, outline: &[Point; 4]) {
        for (gone, finder) in self.gone.iter_mut().zip(&self.finders) {
            *gone |= is_inside(outline, finder.centre);
        }
    }

    /// The strongest finders.
    fn best(&self, most: usize) -> Vec<usize> {
        let mut best: Vec<usize> = (0..self.finders.len()).filter(|&i| !self.gone[i]).collect();
        best.sort_by(|&a, &b| self.finders[b].strength().total_cmp(&self.finders[a].strength()));
        if most < MOST {
            // As many of each polarity: data of a symbol that is light on dark show many dark ones.
            let mut left = [most; 2];
            best.retain(|&i| {
                let left = &mut left[usize::from(self.finders[i].inverted)];
                let kept = *left > 0;
                *left -= usize::from(kept);
                kept
            });
            return best;
        }
        // Beside the best, those that are hardly chance.
        let clear = best.iter().take_while(|&&i| self.finders[i].strength() >= PROMISING).count();
        best.truncate(clear.clamp(FEW, MOST));
        best
    }

    /// Three finders as a group: the corner lies opposite the longest side; where two
    /// sides are nearly as long, which a steep view can turn round, either may be it.
    fn turned(&mut self, three: [usize; 3]) -> [Option<Group>; 2] {
        let at = three.map(|i| self.finders[i].centre);
        let across = [at[1].distance(at[2]), at[0].distance(at[2]), at[0].distance(at[1])];
        let mut corners = [0, 1, 2];
        corners.sort_by(|&i, &j| across[j].total_cmp(&across[i]));
        let [first, second, _] = corners;
        let close = across[second] > CLOSE * across[first];
        [self.group(three, first), if close { self.group(three, second) } else { None }]
    }

    fn group(&mut self, three: [usize; 3], corner: usize) -> Option<Group> {
        let a = three[corner];
        let (mut b, mut c) = (three[(corner + 1) % 3], three[(corner + 2) % 3]);
        let [pa, pb, pc] = [a, b, c].map(|i| self.finders[i].centre);
        let turn = (pb - pa).cross(pc - pa);
        if turn < 0.0 {
            core::mem::swap(&mut b, &mut c);
        }
        let [right, down] = [b, c].map(|i| pa.distance(self.finders[i].centre));
        let sine = turn.abs() / (right * down).max(1e-6);
        if sine < LEAN || right > 3.0 * down || down > 3.0 * right {
            return None;
        }
        self.judge([a, b, c], right, down, sine)
    }

    fn judge(&mut self, [a, b, c]: [usize; 3], right: f32, down: f32, sine: f32) -> Option<Group> {
        let rough = |i: usize| self.finders[i].wide * self.finders[i].high;
        let module = (rough(a) * rough(b) * rough(c)).cbrt().sqrt() / 7.0;
        if right.max(down) < 7.0 * module || right.min(down) > 400.0 * module {
            return None;
        }
        let modules = [self.along(a, b), self.along(a, c), self.along(b, a), self.along(c, a)];
        let across = right / (modules[0] * modules[2]).sqrt();
        let along = down / (modules[1] * modules[3]).sqrt();
        let (least, greatest) = (across.min(along), across.max(along));
        if least < 10.0 || greatest > 200.0 || greatest > least * 1.7 {
            return None;
        }
        let votes: u32 = [a, b, c].iter().map(|&i| self.finders[i].votes).sum();
        let ratio = |x: f32, y: f32| (x / y).ln().abs();
        let score = 2.0 * ratio(across, along)
            + ratio(modules[0], modules[2])
            + ratio(modules[1], modules[3])
            + 0.5 * ratio(modules[0], modules[1])
            + (1.0 - sine)
            + 0.002 * greatest
            + 0.06 * (24.0 - votes as f32);
        Some(Group { finders: [a, b, c], modules, score })
    }

    fn along(&mut self, from: usize, to: usize) -> f32 {
        let known = self.lengths[from].get(to).copied().unwrap_or(0.0);
        if known > 0.0 {
            return known;
        }
        let (here, there) = (&self.finders[from], &self.finders[to]);
        let direction = (there.centre.x - here.centre.x, there.centre.y - here.centre.y);
        let length = module_along(&self.planes[self.home[from]], here, direction).max(0.1);
        let count = self.finders.len();
        let row = &mut self.lengths[from];
        row.resize(count, 0.0);
        row[to] = length;
        length
    }
}

/// The module length of a finder along a direction, through its own middle.
fn module_along(plane: &Plane, finder: &Finder, direction: (f32, f32)) -> f32 {
    let reach = direction.0.abs().max(direction.1.abs()).max(1e-6);
    let step = (direction.0 / reach, direction.1 / reach);
    let length = step.0.hypot(step.1);
    let corner = Point { x: -plane.corner.x, y: -plane.corner.y };
    let small = finder.scaled(1.0 / plane.scale).shifted(corner);
    let limit = small.wide.max(small.high) * 1.3 + 2.0;
    let crossed = cross(&plane.bits, small.centre, step, limit, finder.inverted);
    crossed.filter(|&ends| is_finder(ends)).map_or_else(
        || (finder.wide * finder.high).sqrt() / 7.0 / length,
        |ends| (ends[5] - ends[0]) * length * plane.scale / 7.0,
    )
}

/// Whether a place lies in a convex outline.
pub(crate) fn is_inside(outline: &[Point; 4], at: Point) -> bool {
    let side = |i: usize| {
        let (a, b) = (outline[i], outline[(i + 1) % 4]);
        (b - a).cross(at - a)
    };
    let sides = [0, 1, 2, 3].map(side);
    sides.iter().all(|&s| s >= 0.0) || sides.iter().all(|&s| s <= 0.0)
}

/// The side opposite the corner is the longest or nearly, unless the view is steep. Chosen, not measured.
const CLOSE: f32 = 0.75;

/// The sine of the angle at the corner is not less: beyond, a symbol is seen from 70 degrees and more. Chosen, not
/// measured.
const LEAN: f32 = 0.3;

/// Of more, each with so many next to it. A code on a sheet has its own two among the first dozen. Chosen for time.
const NEXT: usize = 24;

/// Groups with the same corner that are kept of these. Chosen for time.
const EACH: usize = 12;

/// Whether two finders may belong to one symbol: a steep view makes those that are further away smaller and flatter, but
/// turns none of them otherwise.
fn alike(a: &Finder, b: &Finder) -> bool {
    let near = |a: f32, b: f32| a < UNLIKE * b && b < UNLIKE * a;
    let large = a.wide.max(a.high).max(b.wide.max(b.high));
    a.inverted == b.inverted
        && near(a.wide, b.wide)
        && near(a.high, b.high)
        && a.centre.distance(b.centre) > large
}

/// A finder as strong as this is one. Chosen, not measured.
const SURE: f32 = 13.5;

/// How much larger one finder of a symbol may look than another. Chosen, not measured.
const UNLIKE: f32 = 2.5;

#[cfg(test)]
mod tests;

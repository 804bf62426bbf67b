//! Group: which three finders belong to one symbol.
//!
//! Distances are counted in the modules each finder shows *in that direction*, measured
//! through its own middle, so nothing is extrapolated from one corner. It proposes, the
//! likeliest first; whether there is a symbol is for those who look at the modules.

use super::binarize::Bits;
use super::find::{Finder, cross, is_finder};
use crate::Point;

/// Three finders: the corner, then the two others clockwise as seen in the picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Group {
    /// Top left, top right, bottom left (of a symbol that is not mirrored).
    pub(super) finders: [usize; 3],
    /// Module lengths: of the corner towards right and down, of the right one along the
    /// top, of the lower one along the left.
    pub(super) modules: [f32; 4],
    /// Lower is likelier.
    pub(super) score: f32,
}

/// The likeliest groups, the best first, at most `most`.
pub(super) fn groups(bits: &Bits, finders: &[Finder], most: usize) -> Vec<Group> {
    let mut table = Table::new(bits, finders);
    let mut groups = Vec::new();
    for a in 0..finders.len() {
        for b in 0..a {
            if !alike(&finders[a], &finders[b]) {
                continue;
            }
            for c in 0..b {
                if alike(&finders[a], &finders[c]) && alike(&finders[b], &finders[c]) {
                    groups.extend(table.group([a, b, c]));
                }
            }
        }
    }
    groups.sort_by(|a, b| a.score.total_cmp(&b.score));
    groups.truncate(most);
    groups
}

/// The module length of a finder along a direction, through its own middle.
pub(super) fn module_along(bits: &Bits, finder: &Finder, direction: (f32, f32)) -> f32 {
    let reach = direction.0.abs().max(direction.1.abs()).max(1e-6);
    let step = (direction.0 / reach, direction.1 / reach);
    let length = step.0.hypot(step.1);
    let limit = finder.wide.max(finder.high) * 1.3 + 2.0;
    let crossed = cross(bits, finder.centre, step, limit, finder.inverted);
    crossed.filter(|&ends| is_finder(ends)).map_or_else(
        || (finder.wide * finder.high).sqrt() / 7.0 * reach,
        |ends| (ends[5] - ends[0]) * length / 7.0,
    )
}

struct Table<'a> {
    bits: &'a Bits,
    finders: &'a [Finder],
    /// Module length of one finder towards another, once measured.
    lengths: Vec<f32>,
}

impl<'a> Table<'a> {
    fn new(bits: &'a Bits, finders: &'a [Finder]) -> Self {
        let lengths = vec![0.0; finders.len() * finders.len()];
        Self { bits, finders, lengths }
    }

    fn group(&mut self, three: [usize; 3]) -> Option<Group> {
        let at = three.map(|i| self.finders[i].centre);
        let across = [distance(at[1], at[2]), distance(at[0], at[2]), distance(at[0], at[1])];
        let corner = (0..3).max_by(|&i, &j| across[i].total_cmp(&across[j]))?;
        let a = three[corner];
        let (mut b, mut c) = (three[(corner + 1) % 3], three[(corner + 2) % 3]);
        let (pa, pb, pc) = (self.finders[a].centre, self.finders[b].centre, self.finders[c].centre);
        let turn = (pb.x - pa.x) * (pc.y - pa.y) - (pb.y - pa.y) * (pc.x - pa.x);
        if turn < 0.0 {
            core::mem::swap(&mut b, &mut c);
        }
        let (right, down) =
            (distance(pa, self.finders[b].centre), distance(pa, self.finders[c].centre));
        let sine = turn.abs() / (right * down).max(1e-6);
        if sine < 0.5 || right > 3.0 * down || down > 3.0 * right {
            return None;
        }
        self.judge([a, b, c], right, down, sine)
    }

    fn judge(&mut self, [a, b, c]: [usize; 3], right: f32, down: f32, sine: f32) -> Option<Group> {
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
        let at = from * self.finders.len() + to;
        if self.lengths[at] == 0.0 {
            let (here, there) = (&self.finders[from], &self.finders[to]);
            let direction = (there.centre.x - here.centre.x, there.centre.y - here.centre.y);
            let length = direction.0.hypot(direction.1).max(1e-6);
            let direction = (direction.0 / length, direction.1 / length);
            self.lengths[at] = module_along(self.bits, here, direction).max(0.1);
        }
        self.lengths[at]
    }
}

/// Whether two finders may belong to one symbol.
fn alike(a: &Finder, b: &Finder) -> bool {
    let (small, large) =
        (a.wide.min(a.high).min(b.wide.min(b.high)), a.wide.max(a.high).max(b.wide.max(b.high)));
    a.inverted == b.inverted && large < small * 3.0 && distance(a.centre, b.centre) > large
}

fn distance(a: Point, b: Point) -> f32 {
    (a.x - b.x).hypot(a.y - b.y)
}

#[cfg(test)]
mod tests {
    use super::super::binarize::{Rule, Sums};
    use super::*;
    use crate::Grey;

    fn upright(x: f32, y: f32) -> Finder {
        Finder {
            centre: Point { x, y },
            wide: 28.0,
            high: 28.0,
            hits: 12,
            votes: 8,
            inverted: false,
        }
    }

    #[test]
    fn three_of_a_square_and_a_stranger() {
        let white = vec![255; 640 * 480];
        let bits =
            Sums::new(Grey::new(640, 480, &white).unwrap()).bits(Rule { reach: 1, below: 5 });
        let finders = [
            upright(100.0, 300.0),
            upright(500.0, 77.0),
            upright(252.0, 148.0),
            upright(100.0, 148.0),
        ];
        let best = groups(&bits, &finders, 8)[0];
        assert_eq!(best.finders, [3, 2, 0]);
        assert!((152.0 / best.modules[0] - 38.0).abs() < 0.01);
    }
}

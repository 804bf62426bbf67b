//! Register: a symbol's map moved to where the symbol is now.
//!
//! What is known of its modules is compared with the picture a few modules around, by some of
//! them first and by all where those agree; then the map is turned, stretched and fitted. It
//! says nothing of what the modules carry.

use crate::decode::code::layout::Layout;
use crate::decode::follow::crop::cut;
use crate::decode::follow::view::{known_middles, learned_middles};
use crate::decode::geometry::homography::Homography;
use crate::decode::geometry::refine;
use crate::decode::picture::filter::smooth;
use crate::decode::picture::interpolate::grey;
use crate::{Grey, Point};

/// A symbol that was somewhere near, and what is known of it.
#[derive(Clone, Copy)]
pub(crate) struct Last<'a> {
    pub(crate) layout: &'static Layout,
    pub(crate) map: Homography,
    /// Pixels a module.
    pub(crate) module: f32,
    pub(crate) inverted: bool,
    /// What earlier frames told of the modules that carry data.
    pub(crate) learned: Option<&'a [f32]>,
    /// Whether it was read, and is clear enough to be found by few modules.
    pub(crate) read: bool,
}

/// Where the known modules are most like themselves, if they are more so than by chance.
pub(crate) fn register(picture: Grey<'_>, last: &Last<'_>) -> Option<Homography> {
    let (near, corner) = cut(picture, last.layout, &last.map, last.module * (AWAY + 1.0))?;
    let near = smooth(near.as_grey());
    let near = near.as_grey();
    let start = last.map.shifted(-f64::from(corner.x), -f64::from(corner.y));
    let mut known: Vec<(f64, f64, f32)> = known_middles(last.layout).collect();
    let learned = last.learned.into_iter();
    known.extend(learned.flat_map(|learned| learned_middles(last.layout, learned)));
    let sign = if last.inverted { -1.0 } else { 1.0 };
    let every = match last.learned {
        _ if last.read => FEW,
        Some(_) => SOME,
        None => 1,
    };
    let alike = Alike { near, known, sign, middle: last.layout.side as f64 / 2.0, every };
    let mut best = (alike.under(&start, 1), start);
    if best.0 < CLOSE {
        best = alike.around(best);
    }
    if best.0 < STRAIGHT {
        best = alike.turned(best);
    }
    let fitted = refine::symbol(near, last.layout, best.1, last.learned);
    let value = alike.under(&fitted, 1);
    if value > best.0 {
        best = (value, fitted);
    }
    let chance = 1.0 / (alike.known.len() as f32).sqrt();
    (best.0 > 5.0 * chance).then(|| best.1.shifted(corner.x.into(), corner.y.into()))
}

/// How much a symbol's known modules are like themselves under one map or another.
struct Alike<'a> {
    near: Grey<'a>,
    known: Vec<(f64, f64, f32)>,
    sign: f32,
    /// Half the modules along an edge.
    middle: f64,
    /// Every so many of the known modules are looked at first.
    every: usize,
}

impl Alike<'_> {
    /// Every so many of the known modules under a map, as places and levels.
    fn places(&self, map: &Homography, every: usize) -> impl Iterator<Item = (Point, f32)> {
        self.known.iter().step_by(every).map(|&(u, v, level)| (map.map(u, v), level))
    }

    fn under(&self, map: &Homography, every: usize) -> f32 {
        let seen = self.places(map, every).map(|(at, level)| (grey(self.near, at), level));
        refine::correlation(seen) * self.sign
    }

    /// The best place a few modules around: by some of the modules first, the likeliest by all.
    fn around(&self, start: (f32, Homography)) -> (f32, Homography) {
        let axes = start.1.local(self.middle, self.middle);
        let some: Vec<(Point, f32)> = self.places(&start.1, self.every).collect();
        let mut tried: Vec<(f32, Point)> = (0..WIDE * WIDE)
            .map(|k| {
                let (u, v) = (f32::from(k % WIDE) - AWAY, f32::from(k / WIDE) - AWAY);
                let by = axes.at(u, v) - axes.centre;
                let seen = some.iter().map(|&(at, level)| (grey(self.near, at + by), level));
                (refine::correlation(seen) * self.sign - 0.004 * u.hypot(v), by)
            })
            .collect();
        tried.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut best = start;
        for (_, by) in tried.into_iter().take(LIKELIEST) {
            let moved = start.1.shifted(by.x.into(), by.y.into());
            let value = self.under(&moved, 1);
            if value > best.0 {
                best = (value, moved);
            }
        }
        best
    }

    /// The best of a map's neighbours: turned a little, nearer or farther, a little beside.
    fn turned(&self, best: (f32, Homography)) -> (f32, Homography) {
        let axes = best.1.local(self.middle, self.middle);
        let mut tried = Vec::with_capacity(TURNED);
        for (turn, growth) in (0..25_u8).map(|k| (f64::from(k % 5) - 2.0, f64::from(k / 5) - 2.0)) {
            let map = best.1.turned(axes.centre, 0.018 * turn, 1.0 + 0.012 * growth);
            for (u, v) in (0..9_u8).map(|k| (f32::from(k % 3) - 1.0, f32::from(k / 3) - 1.0)) {
                let (u, v) = (BESIDE * u, BESIDE * v);
                let by = axes.at(u, v) - axes.centre;
                let moved = map.shifted(by.x.into(), by.y.into());
                tried.push((self.under(&moved, self.every), moved));
            }
        }
        tried.sort_by(|a, b| b.0.total_cmp(&a.0));
        let likeliest =
            tried.into_iter().take(LIKELIEST).map(|(_, map)| (self.under(&map, 1), map));
        likeliest.fold(best, |best, next| if next.0 > best.0 { next } else { best })
    }
}

/// Known modules as much like themselves as this are where they were thought to be. Chosen, not measured.
const CLOSE: f32 = 0.6;

/// Less alike than this, they may be turned. Chosen, not measured.
const STRAIGHT: f32 = 0.8;

/// How far a symbol is looked for, in modules to each side. Chosen, not measured.
const AWAY: f32 = 6.0;

/// Places tried along a row: twice that, and the middle.
const WIDE: u8 = 13;

/// How far beside a place a turned symbol is looked for, in modules. Chosen, not measured.
const BESIDE: f32 = 0.45;

/// Neighbours of a map: five turns, five sizes, nine places.
const TURNED: usize = 225;

/// Places and neighbours under which all known modules are looked at. Chosen for time.
const LIKELIEST: usize = 8;

/// A symbol that was read is looked for by every so many of its known modules. Chosen for time.
const FEW: usize = 5;

/// One that was not read but of which frames told something is looked for by every so many of them. Chosen for time.
const SOME: usize = 3;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::geometry::homography::Pair;
    use crate::decode::scene::{Flat, apart, symbol};

    const SCENE: Flat = Flat { origin: (90.4, 71.2), module: 3.0, turn: 0.1 };

    /// Where a scene's symbol was thought to be: so many modules beside it, and turned.
    fn last(aside: (f32, f32), turn: f32, read: bool) -> Last<'static> {
        let scene = Flat { turn: SCENE.turn + turn, ..SCENE };
        let pairs = [(3.5, 3.5), (41.5, 3.5), (3.5, 41.5), (41.5, 41.5)].map(|(u, v)| {
            let picture = scene.there(u + aside.0, v + aside.1);
            Pair { module: (f64::from(u), f64::from(v)), picture, weight: 1.0 }
        });
        let map = Homography::fit(&pairs, 45.0).unwrap();
        let layout = Layout::of(7).unwrap();
        Last { layout, map, module: SCENE.module, inverted: false, learned: None, read }
    }

    #[test]
    fn a_symbol_that_moved_and_turned_is_found_again() {
        let picture = SCENE.draw(&symbol(7));
        for read in [false, true] {
            for aside in [(0.0, 0.0), (2.3, -1.6), (-4.8, 3.1)] {
                for turn in [0.0, 0.03, -0.03] {
                    let found = register(picture.as_grey(), &last(aside, turn, read)).unwrap();
                    for (u, v) in [(0.5, 0.5), (44.5, 44.5), (44.5, 0.5)] {
                        let (at, truth) =
                            (found.map(f64::from(u), f64::from(v)), SCENE.there(u, v));
                        assert!(
                            apart(at, truth) < 0.4 * SCENE.module,
                            "{aside:?} {turn} {read}: {at:?} {truth:?}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn what_is_not_there_or_too_far_is_not_found() {
        let picture = SCENE.draw(&symbol(7));
        for read in [false, true] {
            assert!(register(picture.as_grey(), &last((40.0, 40.0), 0.0, read)).is_none());
            let grey = crate::GreyBuf::from_vec(480, 480, vec![128; 480 * 480]).unwrap();
            assert!(register(grey.as_grey(), &last((0.0, 0.0), 0.0, read)).is_none());
        }
    }
}

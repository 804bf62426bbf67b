//! Candidate: three finders that may be one symbol's, held against the grey picture before anything is sampled.
//!
//! The lengths that the binarized picture gives are turned into three places with axes; how much these look like finders
//! of one size and turn, and how the light changes between them, says whether it is worth looking at the modules.

use crate::decode::detect::finder::Finder;
use crate::decode::detect::group::Group;
use crate::decode::geometry::refine;
use crate::decode::math::whole;
use crate::decode::picture::interpolate::grey;
use crate::decode::sample::local::{Local, Triple};
use crate::{Grey, Point};

/// A group's finders as far as the bits tell, in a picture `factor` times as large as the
/// one they were found in.
pub(crate) fn guess(finders: &[Finder; 3], group: &Group, factor: f32) -> Triple {
    let at = finders.map(|f| f.centre * factor);
    let [corner_right, corner_down, right, down] = group.modules.map(|m| m * factor);
    // A plane recedes: a module that lies towards the other finder shrinks with the square of the distance from the
    // viewer, so that two module lengths tell how much further away each of the others is.
    // Lengths of a few pixels tell nothing finer than these.
    let slack = UNSURE / (corner_right * corner_down).sqrt().max(0.1);
    let [far_right, far_down] = [corner_right / right, corner_down / down].map(|ratio| {
        let log = ratio.ln();
        ((log - log.clamp(-slack, slack)) / 2.0).exp().clamp(0.5, 2.0)
    });
    let count = |a: Point, b: Point, m: f32, n: f32| b.distance(a) / (m * n).sqrt();
    let across = count(at[0], at[1], corner_right, right);
    let along = count(at[0], at[2], corner_down, down);
    let distances = [1.0, far_right, far_down];
    let mut three = [Local { centre: at[0], right: at[0], down: at[0], match_: 0.0 }; 3];
    for ((local, centre), distance) in three.iter_mut().zip(at).zip(distances) {
        let axis = |to: Point, far: f32, count: f32| {
            let part = |to: f32, start: f32, here: f32| {
                (far * (to - here) - (start - here)) / (distance * count)
            };
            Point { x: part(to.x, at[0].x, centre.x), y: part(to.y, at[0].y, centre.y) }
        };
        local.centre = centre;
        local.right = axis(at[1], far_right, across);
        local.down = axis(at[2], far_down, along);
    }
    three
}

/// How much three guessed finders look like finders turned and sized alike: 3 at best.
pub(crate) fn likeness(picture: Grey<'_>, three: &Triple, inverted: bool) -> f32 {
    let sum: f32 = three.iter().map(|local| refine::finder_glance(picture, local)).sum();
    if inverted { -sum } else { sum }
}

/// How well the light changes from module to module between guessed finders, where the
/// timing patterns must be: 1 at best, about 0.5 among data.
pub(crate) fn alternation(picture: Grey<'_>, [corner, right, down]: &Triple) -> f32 {
    let between = |from: (&Local, f32, f32), to: (&Local, f32, f32), module: f32| {
        let (a, b) = (from.0.at(from.1, from.2), to.0.at(to.1, to.2));
        let modules = b.distance(a) / module.max(0.5);
        let seen: Vec<f32> = along(a, b, modules).map(|at| grey(picture, at)).collect();
        let mean = seen.iter().sum::<f32>() / seen.len().max(1) as f32;
        let changes = seen.windows(2).filter(|w| (w[0] > mean) != (w[1] > mean)).count();
        let ratio = changes as f32 / modules.max(1.0);
        ratio.min(2.0 - ratio).max(0.0)
    };
    let length = |p: Point| p.length();
    between((corner, 4.0, 3.0), (right, -4.0, 3.0), length(corner.right)).max(between(
        (corner, 4.0, 2.7),
        (right, -4.0, 2.7),
        length(corner.right),
    )) + between((corner, 3.0, 4.0), (down, 3.0, -4.0), length(corner.down)).max(between(
        (corner, 2.7, 4.0),
        (down, 2.7, -4.0),
        length(corner.down),
    ))
}

/// Places on a line, three in a module.
fn along(a: Point, b: Point, modules: f32) -> impl Iterator<Item = Point> {
    let count = whole((3.0 * modules).ceil()).clamp(1, 600);
    (0..=count).map(move |i| {
        let t = i as f32 / count as f32;
        a + (b - a) * t
    })
}

/// Lays guessed finders exactly over the picture; `None` where one of them is none.
pub(crate) fn lay(picture: Grey<'_>, guess: &Triple, inverted: bool) -> Option<Triple> {
    let three = guess.map(|local| refine::finder(picture, local));
    let sign = if inverted { -1.0 } else { 1.0 };
    let least = three.iter().map(|f| f.match_ * sign).fold(1.0, f32::min);
    let sum: f32 = three.iter().map(|f| f.match_ * sign).sum();
    (least > 0.2 && sum > 1.2).then_some(three)
}

/// How far the logarithm of the ratio of two lengths of a module is not to be trusted, times the pixels of a module:
/// half a pixel at either end of the seven of a finder.
const UNSURE: f32 = 0.2;

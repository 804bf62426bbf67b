//! Versions: the sizes that three finders may have between them, and the flat map of each.

use crate::decode::code::layout::Layout;
use crate::decode::geometry::homography::{Homography, Pair};
use crate::decode::geometry::refine;
use crate::decode::picture::interpolate::grey;
use crate::decode::sample::local::{Local, Triple};
use crate::{Grey, Point};

/// The versions that fit the finders' distances, with their maps, the likeliest first.
pub(crate) fn versions(picture: Grey<'_>, three: &Triple) -> Vec<(u8, Homography)> {
    let [corner, right, down] = three;
    let modules = |a: &Local, b: &Local, la: Point, lb: Point| {
        let distance = a.centre.distance(b.centre);
        distance / (la.length() * lb.length()).sqrt()
    };
    let across = modules(corner, right, corner.right, right.right);
    let along = modules(corner, down, corner.down, down.down);
    let side = (across * along).sqrt() + 7.0;
    let guess = (side - 17.0) / 4.0;
    let slack = if guess < 4.0 { 0.8 } else { 0.16 * guess + 0.5 };
    let mut ranked: Vec<(f32, u8, Homography)> = (1..=40_u8)
        .filter(|&v| (f32::from(v) - guess).abs() <= slack)
        .filter_map(|version| {
            let side = 17 + 4 * usize::from(version);
            let map = from_finders(three, side, None)?;
            let far = (f32::from(version) - guess).abs();
            Some((timing(picture, &map, side) - 0.1 * far, version, map))
        })
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    ranked.into_iter().map(|(_, version, map)| (version, map)).collect()
}

/// The map given by the finders' outlines, and another place if one is known.
pub(crate) fn from_finders(three: &Triple, side: usize, more: Option<Pair>) -> Option<Homography> {
    let far = side as f64 - 3.5;
    let middles = [(3.5, 3.5), (far, 3.5), (3.5, far)];
    let mut pairs = Vec::with_capacity(13);
    for (local, (x, y)) in three.iter().zip(middles) {
        for (u, v) in [(-3.5_f32, -3.5_f32), (3.5, -3.5), (3.5, 3.5), (-3.5, 3.5)] {
            let module = (x + f64::from(u), y + f64::from(v));
            pairs.push(Pair { module, picture: local.at(u, v), weight: 1.0 });
        }
    }
    pairs.extend(more);
    Homography::fit(&pairs, side as f64)
}

/// How well the timing patterns alternate under a map, from -1 to 1.
fn timing(picture: Grey<'_>, map: &Homography, side: usize) -> f32 {
    let line = |row: f64, across: bool| {
        refine::correlation((8..side - 8).map(|i| {
            let (u, v) = (i as f64 + 0.5, row);
            let at = if across { map.map(u, v) } else { map.map(v, u) };
            (grey(picture, at), if i % 2 == 0 { -1.0 } else { 1.0 })
        }))
        .abs()
    };
    let best =
        |across| [6.2, 6.5, 6.8].map(|row| line(row, across)).into_iter().fold(0.0, f32::max);
    (best(true) + best(false)) / 2.0
}

/// Corrects the far corner by the alignment pattern nearest to it.
pub(crate) fn anchor(
    picture: Grey<'_>,
    three: &Triple,
    layout: &Layout,
    map: Homography,
) -> Homography {
    let Some(&last) = layout.alignment.last() else { return map };
    let at = last as f64 + 0.5;
    let guess = Local { match_: three[0].match_, ..map.local(at, at) };
    let far = (layout.side as f32 * 0.1).clamp(4.0, 7.0);
    let leaning = leaning(three, layout, last);
    let tries = [(&guess, 1.25, 0.75), (&guess, far, 0.6), (&leaning, far, 0.7)];
    let found = tries.into_iter().find_map(|(guess, reach, least)| {
        refine::alignment(picture, guess, reach).filter(|(_, score)| *score > least)
    });
    let Some((place, _)) = found else { return map };
    let pair = Pair { module: (at, at), picture: place, weight: 6.0 };
    from_finders(three, layout.side, Some(pair)).unwrap_or(map)
}

/// The last alignment pattern's place if the symbol leans, but does not recede.
fn leaning([corner, right, down]: &Triple, layout: &Layout, last: usize) -> Local {
    let span = layout.side as f32 - 7.0;
    let axis = |to: Point| (to - corner.centre) / span;
    let flat = Local { right: axis(right.centre), down: axis(down.centre), ..*corner };
    let away = last as f32 - 3.0;
    Local { centre: flat.at(away, away), ..flat }
}

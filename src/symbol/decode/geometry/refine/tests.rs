//! Patterns drawn at known places are found again, to a fraction of a pixel.

use super::*;
use crate::GreyBuf;
use crate::decode::geometry::homography::Pair;
use crate::decode::scene::{Flat, apart, local, symbol as drawn};

const SCENE: Flat = Flat { origin: (61.37, 48.81), module: 3.4, turn: 0.13 };

fn moved(local: Local, dx: f32, dy: f32, scale: f32) -> Local {
    let wider = |p: Point| Point { x: p.x * scale, y: p.y * scale };
    let centre = Point { x: local.centre.x + dx, y: local.centre.y + dy };
    Local { centre, right: wider(local.right), down: wider(local.down), match_: 0.0 }
}

#[test]
fn a_finder_to_a_fraction_of_a_pixel() {
    let picture = SCENE.draw(&drawn(7));
    let truth = local(|u, v| SCENE.there(u, v), 3.5, 3.5);
    for (dx, dy, scale) in [(0.0, 0.0, 1.0), (0.9, -0.7, 1.03), (-0.9, 0.7, 0.97)] {
        let found = finder(picture.as_grey(), moved(truth, dx, dy, scale));
        assert!(apart(found.centre, truth.centre) < 0.08, "{found:?} is not {truth:?}");
        assert!(apart(found.right, truth.right) < 0.12 && apart(found.down, truth.down) < 0.12);
        assert!(found.match_ > 0.9);
    }
}

#[test]
fn no_finder_where_there_is_none() {
    let picture = SCENE.draw(&drawn(7));
    let middle = local(|u, v| SCENE.there(u, v), 25.0, 30.0);
    assert!(finder(picture.as_grey(), middle).match_ < 0.6);
    let white = GreyBuf::from_vec(60, 60, vec![255; 3600]).unwrap();
    assert_eq!(finder(white.as_grey(), middle).match_, 0.0);
    assert_eq!(finder_glance(white.as_grey(), &middle), 0.0);
}

#[test]
fn a_glance_tells_finders_from_data() {
    let picture = SCENE.draw(&drawn(7));
    let glance =
        |u: f32, v: f32| finder_glance(picture.as_grey(), &local(|u, v| SCENE.there(u, v), u, v));
    assert!(glance(3.5, 3.5) > 0.8 && glance(41.5, 3.5) > 0.8 && glance(3.5, 41.5) > 0.8);
    assert!(glance(30.5, 30.5) < 0.5);
}

#[test]
fn an_alignment_pattern_from_a_guess_nearby() {
    let picture = SCENE.draw(&drawn(7));
    let truth = local(|u, v| SCENE.there(u, v), 22.5, 38.5);
    for (dx, dy) in [(0.0, 0.0), (4.0, -3.0), (-5.5, 4.5)] {
        let (at, score) =
            alignment(picture.as_grey(), &moved(truth, dx, dy, 1.0), 1.75).expect("in reach");
        assert!(apart(at, truth.centre) < 0.3, "{at:?} is not {:?}", truth.centre);
        assert!(score > 0.75, "{score}");
    }
}

#[test]
fn a_map_slides_back_into_place() {
    let code = drawn(7);
    let (picture, layout) = (SCENE.draw(&code), Layout::of(7).unwrap());
    let corners = [(3.5, 3.5), (41.5, 3.5), (3.5, 41.5), (38.5, 38.5)];
    let map = |off: f32| {
        let pairs = corners.map(|(u, v)| {
            let at = SCENE.there(u, v);
            let off = if (u, v) == (38.5, 38.5) { off } else { 0.0 };
            Pair {
                module: (f64::from(u), f64::from(v)),
                picture: Point { x: at.x + off, y: at.y - off },
                weight: 1.0,
            }
        });
        Homography::fit(&pairs, 45.0).unwrap()
    };
    let start = map(1.0);
    let far = SCENE.there(44.5, 44.5);
    assert!(apart(start.map(44.5, 44.5), far) > 1.5);
    let fitted = symbol_fit(&picture, layout, start);
    assert!(
        apart(fitted.map(44.5, 44.5), far) < 0.3,
        "{:?} is not {far:?}",
        fitted.map(44.5, 44.5)
    );
}

fn symbol_fit(picture: &GreyBuf, layout: &Layout, start: Homography) -> Homography {
    symbol(picture.as_grey(), layout, start, None)
}

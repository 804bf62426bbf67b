//! A fold that is known is followed.

use super::*;
use crate::decode::geometry::homography::{Homography, Pair};
use crate::decode::scene::{apart, draw, finders, symbol};

/// Beyond column 20 the paper is folded away and looks narrower.
fn there(u: f32, v: f32) -> Point {
    let bent = if u > 20.0 { 20.0 + (u - 20.0) * 0.86 } else { u };
    Point { x: 70.0 + 6.0 * bent, y: 60.0 + 6.0 * v + 0.05 * bent }
}

fn back(x: f32, y: f32) -> (f32, f32) {
    let bent = (x - 70.0) / 6.0;
    let u = if bent > 20.0 { 20.0 + (bent - 20.0) / 0.86 } else { bent };
    (u, (y - 60.0 - 0.05 * bent) / 6.0)
}

/// Mean and greatest distance from the truth, in pixels.
fn off(grid: &Grid, side: usize) -> (f32, f32) {
    let far = (0..side * side).map(|i| {
        let (x, y) = (i % side, i / side);
        apart(grid.at(x, y), there(x as f32 + 0.5, y as f32 + 0.5))
    });
    let all: Vec<f32> = far.collect();
    (all.iter().sum::<f32>() / all.len() as f32, all.iter().copied().fold(0.0, f32::max))
}

#[test]
fn a_fold_is_followed() {
    let layout = Layout::of(7).unwrap();
    let picture = draw(&symbol(7), (400, 400), back);
    let three = finders(there, layout.side);
    let pairs = [(3.5, 3.5), (41.5, 3.5), (3.5, 41.5), (38.5, 38.5)].map(|(u, v)| Pair {
        module: (f64::from(u), f64::from(v)),
        picture: there(u, v),
        weight: 1.0,
    });
    let flat = Homography::fit(&pairs, 45.0).unwrap().grid(layout.side);
    let bent = plate(picture.as_grey(), layout, &three, &flat);
    let (before, after) = (off(&flat, layout.side), off(&bent, layout.side));
    assert!(before.1 > 5.0, "the fold matters: {before:?}");
    assert!(after.0 * 3.0 < before.0 && after.1 < 3.0, "{after:?} beside {before:?}");
}

#[test]
fn flat_paper_stays_flat() {
    let layout = Layout::of(8).unwrap();
    let even = |u: f32, v: f32| Point { x: 60.0 + 5.0 * u, y: 60.0 + 5.0 * v };
    let picture = draw(&symbol(8), (400, 400), |x, y| ((x - 60.0) / 5.0, (y - 60.0) / 5.0));
    let grid = Grid::from_fn(layout.side, |x, y| even(x as f32 + 0.5, y as f32 + 0.5));
    let bent = plate(picture.as_grey(), layout, &finders(even, layout.side), &grid);
    for (x, y) in [(0, 0), (48, 0), (0, 48), (48, 48), (24, 24), (33, 12)] {
        assert!(apart(bent.at(x, y), grid.at(x, y)) < 0.4, "({x}, {y})");
    }
}

#[test]
fn a_plate_passes_near_its_pulls() {
    let grid = Grid::from_fn(45, |x, y| Point { x: x as f32 * 4.0, y: y as f32 * 4.0 });
    let pull = |x, y, by: f32| Pull { x, y, by: Point { x: by, y: -by } };
    let pulls = [pull(3, 3, 0.0), pull(41, 3, 0.0), pull(3, 41, 0.0), pull(38, 38, 6.0)];
    let bent = through(&grid, &pulls);
    let moved = apart(bent.at(38, 38), grid.at(38, 38));
    assert!((moved - 6.0_f32.hypot(6.0)).abs() < 1.0, "{moved}");
    assert!(apart(bent.at(3, 3), grid.at(3, 3)) < 0.5);
}

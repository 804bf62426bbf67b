//! A curl that is known is followed from the finders outwards.

use qrcode::{EcLevel, QrCode};

use super::super::scene::{apart, draw, finders};
use super::super::warp::{Homography, Pair};
use super::*;

/// Paper rolled around an upright cylinder of 36 modules' radius, seen from the front.
const RADIUS: f32 = 36.0;

fn there(u: f32, v: f32) -> Point {
    let along = (u - 22.5) / RADIUS;
    Point { x: 200.0 + 4.0 * RADIUS * along.sin(), y: 40.0 + 4.0 * v }
}

fn back(x: f32, y: f32) -> (f32, f32) {
    let sine = (x - 200.0) / 4.0 / RADIUS;
    let u = if sine.abs() < 0.99 { 22.5 + RADIUS * sine.asin() } else { -1.0 };
    (u, (y - 40.0) / 4.0)
}

/// Mean and greatest distance from the truth, in pixels.
fn off(at: impl Fn(usize, usize) -> Point) -> (f32, f32) {
    let far: Vec<f32> = (0..45 * 45)
        .map(|i| {
            let (x, y) = (i % 45, i / 45);
            apart(at(x, y), there(x as f32 + 0.5, y as f32 + 0.5))
        })
        .collect();
    (far.iter().sum::<f32>() / far.len() as f32, far.iter().copied().fold(0.0, f32::max))
}

#[test]
fn a_curl_is_followed() {
    let layout = Layout::of(7).unwrap();
    let three = finders(there, layout.side);
    let pairs = [(3.5, 3.5), (41.5, 3.5), (3.5, 41.5), (38.5, 38.5)].map(|(u, v)| Pair {
        module: (f64::from(u), f64::from(v)),
        picture: there(u, v),
        weight: 1.0,
    });
    let map = Homography::fit(&pairs, 45.0).unwrap();
    let flat = off(|x, y| map.map(x as f64 + 0.5, y as f64 + 0.5));
    assert!(flat.1 > 2.0, "half a module off, if taken for flat: {flat:?}");
    let texts =
        "6BFOXN*TS0BI$ZD.P9UOL97O4-2HH77HRM3DSPTLRR+%3.ZH9M9ESIGUBA KWML/O6HXK 0D+4/".repeat(3);
    // What lies between the patterns leads it: with some it slips at the far edge.
    let followed = (0..9).filter(|shift| {
        let text = &texts.as_bytes()[7 * shift..][..150];
        let version = qrcode::Version::Normal(7);
        let code = QrCode::with_version(text, version, EcLevel::M).unwrap();
        let picture = draw(&code, (400, 400), back);
        let grid = grow(picture.as_grey(), layout, &three);
        let grown = off(|x, y| grid.at(x, y));
        grown.0 * 2.0 < flat.0
    });
    let count = followed.count();
    assert!(count >= 8, "{count} of 9");
}

#[test]
fn nodes_span_the_symbol_and_start_at_the_finders() {
    let layout = Layout::of(10).unwrap();
    let three = finders(there, layout.side);
    let lattice = Lattice::new(layout, &three);
    assert_eq!((lattice.places[0], lattice.places.last()), (3, Some(&(layout.side - 4))));
    assert!(
        lattice.places.windows(2).all(|pair| pair[0] < pair[1] && pair[1] - pair[0] <= SPACING)
    );
    assert_eq!(lattice.nodes.iter().flatten().count(), 3);
    let order = lattice.outwards();
    assert_eq!(order.len(), lattice.nodes.len() - 3);
    assert!(lattice.predict(order[0]).is_some(), "the first has a neighbour");
}

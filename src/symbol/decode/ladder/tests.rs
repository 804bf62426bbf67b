//! Three finders in, a code or nothing out.

use super::*;
use crate::decode::detect::candidate::lay;
use crate::decode::sample::local::{Local, is_same};
use crate::decode::scene::{Flat, draw, finders, symbol};
use crate::{GreyBuf, Point};

const SCENE: Flat = Flat { origin: (50.4, 38.9), module: 5.2, turn: 0.05 };
const ALL: Effort = Effort { versions: 2, mesh: true, rounds: 3 };

fn scene(version: u8) -> (GreyBuf, Triple) {
    let side = 17 + 4 * usize::from(version);
    (SCENE.draw(&symbol(version)), finders(|u, v| SCENE.there(u, v), side))
}

#[test]
fn the_version_by_its_timing() {
    for version in 2..=14 {
        let (picture, three) = scene(version);
        let ranked = versions(picture.as_grey(), &three);
        assert_eq!(ranked.first().map(|first| first.0), Some(version));
    }
}

#[test]
fn a_plain_symbol_is_read_without_growing() {
    let (picture, three) = scene(7);
    let (result, grew) = read(picture.as_grey(), &three, ALL);
    let reading = result.expect("nothing is wrong with it");
    assert!(!grew && !reading.mirrored);
    assert_eq!(
        (reading.layout.version, &reading.corrected.contents.bytes[..]),
        (7, &b"BP1:ROOM"[..])
    );
    assert!(reading.corrected.erased.is_empty());
}

#[test]
fn a_symbol_from_behind_is_said_to_be() {
    let code = symbol(5);
    let picture = draw(&code, (300, 300), |x, y| ((250.0 - x) / 5.0, (y - 30.0) / 5.0));
    let there = |u: f32, v: f32| Point { x: 250.0 - 5.0 * v, y: 30.0 + 5.0 * u };
    let [corner, right, down] = finders(there, 37);
    // Clockwise in the picture, as a group comes: what is below stands right of the corner.
    let turned = |f: Local| f;
    let (result, _) = read(picture.as_grey(), &[turned(corner), turned(right), turned(down)], ALL);
    let reading = result.expect("a mirror image is read");
    assert!(reading.mirrored);
    assert_eq!(reading.corrected.contents.bytes, b"BP1:ROOM");
}

#[test]
fn finders_without_a_code_between_them_are_none() {
    let (picture, three) = scene(7);
    let mut blank = picture.clone();
    for (i, pixel) in blank.pixels_mut().iter_mut().enumerate() {
        let (u, v) = SCENE.back((i % 480) as f32, (i / 480) as f32);
        let finder =
            |a: f32, b: f32| (a - 0.5..a + 8.0).contains(&u) && (b - 0.5..b + 8.0).contains(&v);
        if !finder(-0.5, -0.5) && !finder(37.5, -0.5) && !finder(-0.5, 37.5) {
            *pixel = 220;
        }
    }
    let (result, _) = read(blank.as_grey(), &three, ALL);
    assert!(result.is_err());
    assert!(lay(blank.as_grey(), &three, false).is_some(), "the finders are there");
    assert!(lay(blank.as_grey(), &three, true).is_none(), "and not light on dark");
}

#[test]
fn places_are_the_same_within_half_a_module() {
    let (_, three) = scene(7);
    let aside = three.map(|f| Local { centre: f.at(0.3, 0.2), ..f });
    let away = three.map(|f| Local { centre: f.at(1.5, 0.0), ..f });
    assert!(is_same(&three, &aside) && !is_same(&three, &away));
}

#[test]
fn rows_become_columns() {
    assert_eq!(transposed(&[1, 2, 3, 4, 5, 6, 7, 8, 9], 3), [1, 4, 7, 2, 5, 8, 3, 6, 9]);
}

/// Rows, columns and a chessboard a module wide, that drift by half a wave over the symbol or not, are timing patterns
/// wherever they are looked at; a symbol on a shade of the same is one.
#[test]
fn stripes_resemble_nothing() {
    for version in [5, 6, 9, 12] {
        let layout = Layout::of(version).unwrap();
        let side = layout.side;
        let colours = symbol(version).to_colors();
        let symbol: Vec<f32> = colours.iter().map(|colour| colour.select(1.0, -1.0)).collect();
        assert_eq!(symbol.len(), side * side);
        for (across, down) in [(1.0, 0.0), (0.0, 1.0), (1.0, 1.0)] {
            for drift in [0.0, 0.5] {
                let wave = |i: usize| {
                    let (x, y) = ((i % side) as f32, (i / side) as f32);
                    let off = drift * if down > 0.0 { x } else { y } / side as f32;
                    (core::f32::consts::PI * (across * x + down * y + off)).cos()
                };
                let stripes: Vec<f32> = (0..side * side).map(wave).collect();
                let seen = resemblance(&stripes, layout);
                assert!(seen.abs() < 0.15, "{version}, {across} {down}, {drift}: {seen}");
                let shaded: Vec<f32> =
                    symbol.iter().enumerate().map(|(i, soft)| 0.5 * soft + 0.5 * wave(i)).collect();
                let seen = resemblance(&shaded, layout);
                assert!((0.4..0.6).contains(&seen), "{version}, {across} {down}, {drift}: {seen}");
            }
        }
        assert!(resemblance(&symbol, layout) > 0.9);
    }
}

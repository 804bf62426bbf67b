use super::*;
use crate::Point;
use crate::decode::code::layout::Known;
use crate::decode::geometry::homography::{Homography, Pair};

/// Pixels a module.
const FINE: usize = 4;

fn truth(layout: &Layout) -> Vec<bool> {
    let data = |i: usize| (i * 7919 + i / 31 * 104_729) % 61 < 30;
    let dark = |(i, known): (usize, &Known)| match known {
        Known::Dark => true,
        Known::Light => false,
        Known::Format | Known::Data => data(i),
    };
    layout.known.iter().enumerate().map(dark).collect()
}

/// A symbol whose every pixel is the mean of those along a line of so many half pixels, and where it lies.
fn smeared(
    layout: &Layout,
    dark: &[bool],
    (dx, dy): (isize, isize),
    turned: bool,
) -> (Vec<u8>, usize, Grid) {
    let (side, margin) = (layout.side, 6 * FINE);
    let wide = side * FINE + 2 * margin;
    let level = |x: usize, y: usize| {
        let inside = |at: usize| at.checked_sub(margin).map(|at| at / FINE).filter(|at| *at < side);
        let dark = inside(x).zip(inside(y)).is_some_and(|(x, y)| dark[y * side + x]);
        if dark == turned { 200 } else { 60 }
    };
    let pixels = (0..wide * wide).map(|i| {
        let along = |from: usize, by: isize, step: isize| {
            from.saturating_add_signed((step * by).div_euclid(40)).min(wide - 1)
        };
        let sum: usize = (-10..=10)
            .map(|step| level(along(i % wide, dx, step), along(i / wide, dy, step)))
            .sum();
        u8::try_from(sum / 21 + i * 31 % 5).unwrap()
    });
    let pixels = pixels.collect();
    let corner = |u: usize, v: usize| Pair {
        module: (u as f64, v as f64),
        picture: Point { x: (margin + u * FINE) as f32, y: (margin + v * FINE) as f32 },
        weight: 1.0,
    };
    let pairs = [corner(0, 0), corner(side, 0), corner(0, side), corner(side, side)];
    let map = Homography::fit(&pairs, side as f64).unwrap();
    (pixels, wide, map.grid(side))
}

#[test]
fn modules_under_a_long_smear_are_told() {
    let layout = Layout::of(8).unwrap();
    let dark = truth(layout);
    for (by, turned) in [((20, 3), false), ((-6, 18), false), ((17, 17), true)] {
        let (pixels, wide, grid) = smeared(layout, &dark, by, turned);
        let wide = u32::try_from(wide).unwrap();
        let picture = Grey::new(wide, wide, &pixels).unwrap();
        let soft = deconvolve(picture, layout, &grid, &[]).unwrap();
        let wrong =
            |soft: &[f32]| soft.iter().zip(&dark).filter(|(s, d)| (**s > 0.0) != **d).count();
        let before =
            wrong(&crate::decode::sample::normalise::soften(&grid.sample(picture), layout));
        assert!(before > 150 && wrong(&soft) < 25, "{before} wrong, then {}", wrong(&soft));
        assert!(soft.iter().all(|soft| (-1.0..=1.0).contains(soft)));
    }
}

#[test]
fn what_is_proven_stays() {
    let layout = Layout::of(8).unwrap();
    let dark = truth(layout);
    let (pixels, wide, grid) = smeared(layout, &dark, (18, 0), false);
    let wide = u32::try_from(wide).unwrap();
    let picture = Grey::new(wide, wide, &pixels).unwrap();
    // Said to be the other: it must not be turned back.
    let proven: Vec<Option<bool>> =
        dark.iter().enumerate().map(|(i, dark)| (i == 700).then_some(!dark)).collect();
    let soft = deconvolve(picture, layout, &grid, &proven).unwrap();
    assert_eq!(soft[700] > 0.0, !dark[700]);
}

#[test]
fn what_is_sharp_or_no_symbol_is_left_alone() {
    let layout = Layout::of(8).unwrap();
    let dark = truth(layout);
    let (pixels, wide, grid) = smeared(layout, &dark, (0, 0), false);
    let wide = u32::try_from(wide).unwrap();
    assert!(deconvolve(Grey::new(wide, wide, &pixels).unwrap(), layout, &grid, &[]).is_none());
    let mut state = 1_u64;
    let noise: Vec<u8> = pixels
        .iter()
        .map(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            state.to_be_bytes()[0]
        })
        .collect();
    assert!(deconvolve(Grey::new(wide, wide, &noise).unwrap(), layout, &grid, &[]).is_none());
    let black = vec![0; noise.len()];
    assert!(deconvolve(Grey::new(wide, wide, &black).unwrap(), layout, &grid, &[]).is_none());
}

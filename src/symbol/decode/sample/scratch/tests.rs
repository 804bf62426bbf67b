use super::*;
use crate::decode::code::layout::Known;
use crate::decode::geometry::homography::{Homography, Pair};
use crate::decode::sample::normalise::soften;
use crate::{GreyBuf, Point};

/// Pixels a module.
const WIDE: i32 = 4;
const MARGIN: i32 = 8;

/// A symbol whose data is random: what runs in lines is a scratch.
fn truth(layout: &Layout) -> Vec<bool> {
    let mut state = 7_u64;
    let mut data = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % 64 < 32
    };
    let dark = |known: &Known| match known {
        Known::Dark => true,
        Known::Light => false,
        Known::Format | Known::Data => data(),
    };
    layout.known.iter().map(dark).collect()
}

/// From where to where, how wide, and its level.
type Mark = ((i32, i32), (i32, i32), i32, u8);

/// A symbol with scratches from one place to another, so many pixels wide, of a level.
fn scratched(layout: &Layout, dark: &[bool], scratches: &[Mark]) -> (GreyBuf, Grid) {
    let side = i32::try_from(layout.side).unwrap();
    let wide = side * WIDE + 2 * MARGIN;
    let pixel = |i: i32| {
        let (x, y) = (i % wide - MARGIN, i / wide - MARGIN);
        let on = |&&(from, to, thick, _): &&Mark| {
            let (dx, dy) = (to.0 - from.0, to.1 - from.1);
            let length = (dx * dx + dy * dy).isqrt();
            let along = ((x - from.0) * dx + (y - from.1) * dy) / length;
            let aside = ((x - from.0) * dy - (y - from.1) * dx) / length;
            (0..=length).contains(&along) && 2 * aside.abs() <= thick
        };
        if let Some((.., level)) = scratches.iter().find(on) {
            return *level;
        }
        let inside = |v: i32| (0..side * WIDE).contains(&v).then_some(v / WIDE);
        let at = inside(x).zip(inside(y)).map(|(x, y)| usize::try_from(y * side + x).unwrap());
        if at.is_some_and(|at| dark[at]) { 40 } else { 220 }
    };
    let picture = u32::try_from(wide).unwrap();
    let grey = GreyBuf::from_vec(picture, picture, (0..wide * wide).map(pixel).collect()).unwrap();
    let corner = |u: i32, v: i32| Pair {
        module: (f64::from(u), f64::from(v)),
        picture: Point { x: (MARGIN + u * WIDE) as f32, y: (MARGIN + v * WIDE) as f32 },
        weight: 1.0,
    };
    let pairs = [corner(0, 0), corner(side, 0), corner(0, side), corner(side, side)];
    (grey, Homography::fit(&pairs, f64::from(side)).unwrap().grid(layout.side))
}

/// How many soft values are wrong, and how many say nothing.
fn wrong(soft: &[f32], dark: &[bool]) -> (usize, usize) {
    let wrong = soft.iter().zip(dark).filter(|(s, d)| **s != DOUBT && (**s > 0.0) != **d).count();
    (wrong, soft.iter().filter(|s| **s == DOUBT).count())
}

#[test]
fn what_scratches_leave_is_told() {
    let layout = Layout::of(8).unwrap();
    let dark = truth(layout);
    let scratches = [
        ((4, 20), (190, 150), 3, 230),
        ((20, 180), (170, 4), 4, 230),
        ((60, 2), (100, 190), 3, 230),
        ((2, 100), (190, 90), 3, 60),
    ];
    let (picture, grid) = scratched(layout, &dark, &scratches);
    let (before, _) = wrong(&soften(&grid.sample(picture.as_grey()), layout), &dark);
    let soft = mend(picture.as_grey(), layout, &grid, &[]).unwrap();
    let (after, unknown) = wrong(&soft, &dark);
    assert!(soft.iter().all(|soft| *soft != 0.0), "nothing goes without proof");
    assert!(before > 60 && after < before / 3 && unknown < 60, "{before}: {after}, {unknown}");
}

/// Too short to be told from print, but for what is known to be otherwise.
#[test]
fn what_is_proven_shows_a_short_scratch() {
    let layout = Layout::of(8).unwrap();
    let dark = truth(layout);
    let (picture, grid) = scratched(layout, &dark, &[((70, 80), (110, 104), 4, 230)]);
    let proven: Vec<Option<bool>> = dark.iter().copied().map(Some).collect();
    let soft = mend(picture.as_grey(), layout, &grid, &proven).unwrap();
    let (before, _) = wrong(&soften(&grid.sample(picture.as_grey()), layout), &dark);
    let (after, _) = wrong(&soft, &dark);
    assert!(before > 5 && after * 2 < before, "{before}, {after}");
}

/// Where print runs in a line by chance, what is beside the line still tells it.
#[test]
fn print_alone_stays_as_it_is() {
    for version in [1, 5, 8, 12] {
        let layout = Layout::of(version).unwrap();
        let dark = truth(layout);
        let (picture, grid) = scratched(layout, &dark, &[]);
        let turned: Vec<u8> = picture.pixels().iter().map(|pixel| 255 - pixel).collect();
        let turned = Grey::new(picture.width(), picture.height(), &turned).unwrap();
        for picture in [picture.as_grey(), turned] {
            let Some(soft) = mend(picture, layout, &grid, &[]) else { continue };
            let (wrong, unknown) = wrong(&soft, &dark);
            assert!(wrong < 5 && unknown < 30, "version {version}: {wrong}, {unknown}");
        }
    }
}

//! Finders of two codes side by side stay apart.

use super::*;
use crate::GreyBuf;
use crate::decode::detect::binarize::{Rule, Sums};
use crate::decode::detect::finder::{Ink, NEED, finders};
use crate::decode::scene::{draw, symbol};

/// Two codes of different versions, the second from column 300 on.
fn pair(module: f32) -> GreyBuf {
    let (one, two) = (symbol(4), symbol(7));
    let left = draw(&one, (300, 400), |x, y| ((x - 40.0) / 5.0, (y - 80.0) / 5.0));
    let right = draw(&two, (340, 400), |x, y| ((x - 30.0) / module, (y - 40.0) / module));
    let rows = left.pixels().chunks_exact(300).zip(right.pixels().chunks_exact(340));
    let pixels = rows.flat_map(|(a, b)| a.iter().chain(b).copied()).collect();
    GreyBuf::from_vec(640, 400, pixels).unwrap()
}

fn pool(picture: &GreyBuf) -> Pool {
    let grey = picture.as_grey();
    let bits = Sums::new(grey).bits(grey, Rule { reach: 4, below: 5 });
    let found = finders(&bits, picture.as_grey(), (1, 12, Ink::Both(NEED)));
    let mut pool = Pool::default();
    pool.add(bits, (1.0, (0, 0)), &found);
    pool
}

#[test]
fn the_first_two_groups_are_the_two_codes() {
    for module in [4.0, 5.0, 6.0] {
        let mut pool = pool(&pair(module));
        let groups = pool.groups(48, 50, false);
        let sides: Vec<Vec<bool>> = groups[..2]
            .iter()
            .map(|group| group.finders.map(|i| pool.finder(i).centre.x > 300.0).to_vec())
            .collect();
        for side in &sides {
            assert!(side.iter().all(|right| *right == side[0]), "mixed at {module}: {sides:?}");
        }
        assert_ne!(sides[0][0], sides[1][0], "both codes are among the first two");
    }
}

#[test]
fn distances_are_counted_in_modules() {
    let mut pool = pool(&pair(5.0));
    for group in pool.groups(48, 2, false) {
        let at = group.finders.map(|i| pool.finder(i).centre);
        let right = at[0].distance(at[1]) / (group.modules[0] * group.modules[2]).sqrt();
        let right_one = if at[0].x > 300.0 { 38.0 } else { 26.0 };
        assert!((right - right_one).abs() < 1.5, "{right} modules, not {right_one}");
    }
}

#[test]
fn a_group_is_offered_until_it_was_tried() {
    let mut pool = pool(&pair(5.0));
    let count = pool.groups(48, 5000, false).len();
    let first = pool.groups(48, 1, false)[0];
    pool.tried(&first);
    assert_eq!(pool.groups(48, 5000, false).len() + 1, count);
    assert_ne!(pool.groups(48, 1, false)[0].finders, first.finders);
}

#[test]
fn nothing_belongs_together_where_two_are() {
    let white = vec![255; 200 * 200];
    let picture = crate::Grey::new(200, 200, &white).unwrap();
    let bits = Sums::new(picture).bits(picture, Rule { reach: 1, below: 5 });
    let finder = |x: f32| Finder {
        centre: Point { x, y: 50.0 },
        wide: 21.0,
        high: 21.0,
        hits: 7,
        votes: 8,
        looks: 1.0,
        inverted: false,
    };
    let mut pool = Pool::default();
    assert!(!pool.is_promising());
    pool.add(bits, (1.0, (0, 0)), &[finder(30.0), finder(150.0)]);
    assert!(pool.is_promising() && pool.groups(48, 10, false).is_empty());
}

fn upright(x: f32, y: f32) -> Finder {
    Finder {
        centre: Point { x, y },
        wide: 28.0,
        high: 28.0,
        hits: 12,
        votes: 8,
        looks: 1.0,
        inverted: false,
    }
}

#[test]
fn three_of_a_square_and_a_stranger() {
    let white = vec![255; 640 * 480];
    let picture = crate::Grey::new(640, 480, &white).unwrap();
    let bits = Sums::new(picture).bits(picture, Rule { reach: 1, below: 5 });
    let finders =
        [upright(100.0, 300.0), upright(500.0, 77.0), upright(252.0, 148.0), upright(100.0, 148.0)];
    let mut pool = Pool::default();
    pool.add(bits, (1.0, (0, 0)), &finders);
    let best = pool.groups(48, 8, false)[0];
    assert_eq!(best.finders, [3, 2, 0]);
    assert!((152.0 / best.modules[0] - 38.0).abs() < 0.01);
    pool.tried(&best);
    assert!(pool.groups(48, 8, false).iter().all(|g| g.finders != best.finders));
}

//! That looking up loses nobody.
#![expect(clippy::cast_possible_truncation, reason = "the numbers are small")]

use permit_core::{Birth, Day};
use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng as _, SeedableRng as _},
};

use super::{births, born, looked_up};

#[test]
fn every_birth_that_agrees_is_looked_up() {
    let mut random = ChaCha8Rng::seed_from_u64(1963);
    let mut below = |most: u32| (random.next_u64() % u64::from(most)) as u32;
    let mut birth = || {
        // Few enough that many agree.
        let (year, month, day) = (1890 + below(40), 1 + below(12), 1 + below(28));
        let (year, month, day) = (year as u16, month as u8, day as u8);
        match below(6) {
            0 => Birth::Year(year),
            1 => Birth::Month(year, month),
            _ => Birth::Day(Day::from_civil(year.into(), month, day).unwrap()),
        }
    };
    let all: Vec<Birth> = (0..1500).map(|_| birth()).collect();
    let (mut agreed, mut looked) = (0, 0);
    for a in &all[..300] {
        let ranges = looked_up(*a);
        assert!(ranges.is_sorted_by(|before, next| before.1 < next.0), "{ranges:?}");
        for b in &all {
            let found = ranges.iter().any(|(from, through)| (*from..=*through).contains(&born(*b)));
            let agrees = births(*a, *b).is_some();
            assert!(found || !agrees, "{a:?} {b:?}");
            (agreed, looked) = (agreed + u32::from(agrees), looked + u32::from(found));
        }
    }
    assert!(agreed > 2000 && looked < 2 * agreed, "{agreed} of {looked}");
}

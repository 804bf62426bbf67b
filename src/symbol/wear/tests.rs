//! Damage that is counted because it was done on purpose.

use std::collections::BTreeSet;

use qrcode::QrCode;
use qrcode::ec::construct_codewords;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};

use super::*;
use crate::camera::{Kind, SIZES, Shot, paper, photograph};
use crate::encode::square;
use crate::{GreyBuf, Symbol, read};

const LEVELS: [Level; 4] = [Level::L, Level::M, Level::Q, Level::H];

fn wear(symbol: &Symbol, sampled: &Modules) -> Option<Wear> {
    Wear::against(symbol, sampled)
}

#[test]
fn a_fresh_print_is_whole() {
    for length in [10, 60, 150, 178, 200, 260, 400, 1500, 3391] {
        let symbol = Symbol::new(&"PERMIT+7/".repeat(400)[..length]).unwrap();
        let fresh = wear(&symbol, symbol.modules()).unwrap();
        assert_eq!((fresh.damaged, fresh.patterns), (0, 0));
        assert_eq!((fresh.used(), fresh.grade()), (0.0, Grade::A));
    }
}

#[test]
fn the_share_is_exact() {
    let symbol = Symbol::new(&"A".repeat(178)).unwrap();
    assert_eq!((symbol.version(), symbol.level()), (7, Level::M));
    // Version 7 at M: 4 blocks of 31 data and 18 check words; 9 of each may be wrong.
    let mut worn = symbol.modules().clone();
    let flips = [(44, 44), (44, 40), (44, 36)];
    for (count, (x, y)) in (1..).zip(flips) {
        worn.set(x, y, !worn.get(x, y));
        let found = wear(&symbol, &worn).unwrap();
        assert_eq!((found.damaged, found.patterns, found.modules), (count, 0, 45 * 45));
        assert_eq!(found.blocks.len(), 4);
        let wrong: usize = found.blocks.iter().map(|block| block.wrong).sum();
        assert_eq!((wrong, found.blocks[0].correctable), (count, 9));
        assert!((found.used() - 1.0 / 9.0).abs() < 1e-9, "one in each of three blocks");
    }
    // Codewords 0 and 4 lie in one block: 8 modules of two columns each, four rows high.
    worn = symbol.modules().clone();
    for y in [44, 28] {
        worn.set(44, y, !worn.get(44, y));
    }
    assert!((wear(&symbol, &worn).unwrap().used() - 2.0 / 9.0).abs() < 1e-9);
}

#[test]
fn more_damage_is_never_a_better_grade() {
    let symbol = Symbol::new(&"A1".repeat(95)).unwrap();
    let side = symbol.modules().side();
    let mut random = ChaCha8Rng::seed_from_u64(7);
    let mut worn = symbol.modules().clone();
    let mut flipped = Modules::new(side);
    let (mut last, mut grades) = (0.0, vec![Grade::A]);
    for done in 0.. {
        let found = wear(&symbol, &worn).unwrap();
        if found.blocks.iter().any(|block| block.wrong > block.correctable) {
            break;
        }
        assert_eq!(found.damaged, done);
        assert!(found.used() >= last);
        last = found.used();
        if found.grade() != grades[grades.len() - 1] {
            grades.push(found.grade());
        }
        let (x, y) = loop {
            let [x, y] = [0; 2].map(|_: i32| random.next_u32() as usize % side);
            if !flipped.get(x, y) {
                break (x, y);
            }
        };
        flipped.set(x, y, true);
        worn.set(x, y, !worn.get(x, y));
    }
    assert_eq!(grades, [Grade::A, Grade::B, Grade::C, Grade::D, Grade::F]);
    assert!(last > 0.8, "readable to the end: {last}");
}

#[test]
fn damaged_patterns_cost_no_correction() {
    let symbol = Symbol::new("BP1:PATTERNS").unwrap();
    let mut worn = symbol.modules().clone();
    for (x, y) in [(3, 3), (0, 0), (10, 6), (6, 10)] {
        worn.set(x, y, !worn.get(x, y));
    }
    let found = wear(&symbol, &worn).unwrap();
    assert_eq!((found.damaged, found.patterns, found.used()), (4, 4, 0.0));
}

#[test]
fn any_mask_and_any_segments() {
    for data in [
        &b"https://example.org/a?b=c"[..],
        b"12345678901234567890",
        b"MIXED 123456789012 and small",
    ] {
        for level in LEVELS {
            let code = QrCode::with_error_correction_level(data, correction(level)).unwrap();
            let version = code.version();
            let modules = square(code.width(), &code.into_colors());
            let codes = read(drawn(&modules).as_grey());
            let found = Wear::of(&codes[0]).unwrap();
            assert_eq!(
                (found.damaged, codes[0].printed.as_ref()),
                (0, Some(&modules)),
                "{version:?}"
            );
        }
    }
}

#[test]
fn another_size_is_not_wear() {
    let one = Symbol::new("BP1:ONE").unwrap();
    assert_eq!(wear(&one, &Modules::new(4)), None);
}

/// Reed–Solomon is linear: change one data word, and exactly the check words of its own
/// block change. The encoder's blocks are found this way and compared with ours.
#[test]
fn blocks_are_the_encoders() {
    for version in 1..=40 {
        for level in LEVELS {
            let layout = Layout::of(version).unwrap();
            let blocks = layout.blocks(level);
            let block =
                |place: usize| (0..blocks.count).find(|&i| blocks.places(i).contains(&place));
            let data_words = layout.codewords() - blocks.count * blocks.parity;
            let number = Version::Normal(version.into());
            let construct =
                |data: &[u8]| construct_codewords(data, number, correction(level)).unwrap();
            for place in [0, 1, data_words / 2, data_words - 1] {
                let mut data = vec![0; data_words];
                data[place] = 1;
                let (words, check) = construct(&data);
                assert_eq!(words.len() + check.len(), layout.codewords(), "{version}-{level:?}");
                let at = words.iter().position(|&word| word != 0).unwrap();
                let mut changed = check.iter().enumerate().filter(|(_, word)| **word != 0);
                assert!(changed.all(|(n, _)| block(data_words + n) == block(at)));
            }
            let most = max_allowed_errors(number, correction(level)).unwrap() / blocks.count;
            assert!(most <= blocks.parity / 2 && most + 3 >= blocks.parity / 2);
        }
    }
}

/// Cards that get worse and worse before a camera, as far as they are read: the share of wrong
/// modules is told to within three points, and where a point more of them is wrong, the grade
/// is never better.
#[test]
fn a_picture_tells_how_worn_its_paper_is() {
    let symbol = Symbol::new(&"BP1:SPECIMEN/0123456".repeat(9)).unwrap();
    let (mut compared, mut grades) = (0, BTreeSet::new());
    for (kind, seed) in [Kind::Dirt, Kind::Scratch, Kind::Torn]
        .into_iter()
        .flat_map(|kind| [(kind, 0), (kind, 1), (kind, 2)])
    {
        let mut series: Vec<(f64, Grade)> = Vec::new();
        for step in 0..14_u8 {
            let strength = f32::from(step) / 16.0;
            let shot = Shot { kind, strength, size: SIZES[1], seed, frame: 0 };
            let photo = photograph(&shot, core::slice::from_ref(&symbol));
            let codes = read(photo.picture.as_grey());
            let Some(wear) = codes.first().and_then(Wear::of) else { break };
            let (truth, said) = (wrong(&paper(&shot, &symbol), &symbol), wear.share());
            assert!(
                (said - truth).abs() <= 0.03,
                "{kind:?} {strength} {seed}: {said}, not {truth}"
            );
            let grade = wear.grade();
            let better = series.iter().find(|(less, worse)| less + 0.01 < truth && *worse > grade);
            assert_eq!(better, None, "{kind:?} {strength} {seed}: {truth} is {grade:?}");
            series.push((truth, grade));
            grades.insert(grade);
            compared += 1;
        }
    }
    assert!(compared > 50, "{compared} pictures read");
    assert!(grades.len() >= 4, "{grades:?}");
}

/// The share of modules that are not as printed.
fn wrong(seen: &Modules, symbol: &Symbol) -> f64 {
    let side = symbol.modules().side();
    let places = (0..side * side).map(|i| (i % side, i / side));
    let differ = places.filter(|&(x, y)| seen.get(x, y) != symbol.modules().get(x, y));
    ratio(differ.count(), side * side)
}

/// Modules of a drawn code turned over one after another, as far as it is read: the share is
/// told exactly, and the grade only ever falls.
#[test]
fn every_module_more_is_told_and_the_grade_only_falls() {
    let symbol = Symbol::new(&"BP1:SPECIMEN/0123456".repeat(9)).unwrap();
    let side = symbol.modules().side();
    let mut random = ChaCha8Rng::seed_from_u64(3);
    let mut worn = symbol.modules().clone();
    let mut flipped = Modules::new(side);
    let (mut last, mut seen) = (Grade::A, BTreeSet::new());
    for _ in 0..120 {
        let picture = drawn(&worn);
        let codes = read(picture.as_grey());
        let Some(wear) = codes.first().and_then(Wear::of) else { break };
        assert!((wear.share() - wrong(&worn, &symbol)).abs() < 0.002);
        assert!(wear.grade() >= last);
        last = wear.grade();
        seen.insert(last);
        let [x, y] = [0; 2].map(|_: i32| random.next_u32() as usize % side);
        if !flipped.get(x, y) {
            flipped.set(x, y, true);
            worn.set(x, y, !worn.get(x, y));
        }
    }
    assert_eq!(seen.len(), 5, "all grades are met: {seen:?}");
}

/// Modules of four pixels, with a quiet zone.
fn drawn(modules: &Modules) -> GreyBuf {
    let edge = 4 * (modules.side() + 8);
    let pixels = (0..edge * edge).map(|i| {
        let [x, y] = [i % edge / 4, i / edge / 4].map(|n| n.wrapping_sub(4));
        if modules.get(x, y) { 30 } else { 220 }
    });
    let side = u32::try_from(edge).unwrap();
    GreyBuf::from_vec(side, side, pixels.collect()).unwrap()
}

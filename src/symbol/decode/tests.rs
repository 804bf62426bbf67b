//! The reader as a whole: every version, damage up to the code's bound, pictures made to hurt.

use qrcode::{Color, EcLevel, QrCode};

use super::{Code, Decoder as _, Level, Rqrr, read};
use crate::decode::code::correct::{Outcome, correct};
use crate::decode::code::layout::Layout;
use crate::{Grey, GreyBuf};

const TEXT: &[u8] =
    b"BP1:6BFOXN*TS0BI$ZD.P9UOL97O4-2HH77HRM3DSPTLRR+%3.ZH9M9ESIGUBA KWML/O6HXK 0D+4";

/// Small numbers that are the same everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(below.max(1)).unwrap()).unwrap()
    }
}

fn symbol(version: u8, level: EcLevel) -> QrCode {
    QrCode::with_version(&b"12345"[..], qrcode::Version::Normal(version.into()), level).unwrap()
}

/// Draws a code with its quiet zone.
fn draw(code: &QrCode, module: usize, map: impl Fn(usize, usize) -> (usize, usize)) -> GreyBuf {
    let (side, colors) = (code.width(), code.to_colors());
    let wide = (side + 8) * module;
    let pixels = (0..wide * wide)
        .map(|i| {
            let (x, y) = (i % wide / module, i / wide / module);
            let inside = (4..side + 4).contains(&x) && (4..side + 4).contains(&y);
            let dark = inside && {
                let (u, v) = map(x - 4, y - 4);
                colors[v * side + u] == Color::Dark
            };
            if dark { 30 } else { 220 }
        })
        .collect();
    let wide = u32::try_from(wide).unwrap();
    GreyBuf::from_vec(wide, wide, pixels).unwrap()
}

fn upright(x: usize, y: usize) -> (usize, usize) {
    (x, y)
}

fn only(codes: &[Code]) -> &Code {
    assert_eq!(codes.len(), 1);
    &codes[0]
}

#[test]
fn every_version_is_read() {
    let levels = [
        (EcLevel::L, Level::L),
        (EcLevel::M, Level::M),
        (EcLevel::Q, Level::Q),
        (EcLevel::H, Level::H),
    ];
    for version in 1..=40_u8 {
        let (theirs, ours) = levels[usize::from(version) % 4];
        let picture = draw(&symbol(version, theirs), 3, upright);
        let codes = read(picture.as_grey());
        let code = only(&codes);
        assert_eq!((code.version, code.level, &code.bytes[..]), (version, ours, &b"12345"[..]));
        assert!(code.spent.iter().all(|block| (block.errors, block.erasures) == (0, 0)));
        assert!(!code.mirrored);
    }
}

#[test]
fn near_and_far() {
    for module in [2, 3, 5, 8, 13, 21, 34] {
        let picture = draw(&symbol(7, EcLevel::M), module, upright);
        assert_eq!(only(&read(picture.as_grey())).bytes, b"12345", "{module} pixels to a module");
    }
}

#[test]
fn corners_are_where_they_are() {
    let picture = draw(&symbol(7, EcLevel::M), 4, upright);
    let codes = read(picture.as_grey());
    let expected = [(16.0, 16.0), (196.0, 16.0), (196.0, 196.0), (16.0, 196.0)];
    for (corner, (x, y)) in only(&codes).corners.iter().zip(expected) {
        assert!((corner.x - x).hypot(corner.y - y) < 1.0, "{corner:?} is not ({x}, {y})");
    }
}

#[test]
fn from_behind_and_light_on_dark() {
    let code = QrCode::with_error_correction_level(TEXT, EcLevel::M).unwrap();
    let behind = draw(&code, 4, |x, y| (code.width() - 1 - x, y));
    let codes = read(behind.as_grey());
    assert!(only(&codes).mirrored);
    assert_eq!(only(&codes).bytes, TEXT);
    let mut light = draw(&code, 4, upright);
    light.pixels_mut().iter_mut().for_each(|p| *p = 255 - *p);
    assert_eq!(only(&read(light.as_grey())).bytes, TEXT);
}

#[test]
fn two_codes_in_one_picture() {
    let (one, two) = (symbol(2, EcLevel::M), QrCode::new(b"another").unwrap());
    let (one, two) = (draw(&one, 4, upright), draw(&two, 4, upright));
    let (wide, high) = (one.width() + two.width(), one.height().max(two.height()));
    let mut both = GreyBuf::new(wide, high);
    both.pixels_mut().fill(220);
    for (picture, left) in [(&one, 0), (&two, one.width())] {
        for y in 0..picture.height() {
            let start = (y * wide + left) as usize;
            let row = picture.as_grey().row(y);
            both.pixels_mut()[start..start + row.len()].copy_from_slice(row);
        }
    }
    let mut texts: Vec<Vec<u8>> = read(both.as_grey()).into_iter().map(|c| c.bytes).collect();
    texts.sort();
    assert_eq!(texts, [b"12345".to_vec(), b"another".to_vec()]);
}

/// Soft modules of a drawn symbol, `lost` codewords of each block marked as unknown.
fn damaged(code: &QrCode, layout: &Layout, lost: usize, blocks: usize) -> Vec<f32> {
    let sure = |c| if c == Color::Dark { 1.0 } else { -1.0 };
    let mut soft: Vec<f32> = code.to_colors().into_iter().map(sure).collect();
    for &module in &layout.order[..8 * lost * blocks] {
        soft[usize::from(module)] = 0.0;
    }
    soft
}

#[test]
fn marked_codewords_are_corrected_up_to_the_bound() {
    let levels = [
        (EcLevel::L, Level::L),
        (EcLevel::M, Level::M),
        (EcLevel::Q, Level::Q),
        (EcLevel::H, Level::H),
    ];
    for version in 5..=12_u8 {
        for (theirs, ours) in levels {
            let layout = Layout::of(version).unwrap();
            let blocks = layout.blocks(ours);
            let code = symbol(version, theirs);
            let lost = blocks.parity.min(blocks.short);
            let Outcome::Read(read) = correct(&damaged(&code, layout, lost, blocks.count), layout)
            else {
                panic!("{version} {ours:?}: {lost} of {} are too many", blocks.parity);
            };
            assert_eq!(read.contents.bytes, b"12345");
            if lost == blocks.parity {
                let more = damaged(&code, layout, lost + 1, blocks.count);
                assert!(matches!(correct(&more, layout), Outcome::Part { .. }));
            }
        }
    }
}

#[test]
fn mutated_pictures_are_read_right_or_not_at_all() {
    let code = QrCode::with_error_correction_level(TEXT, EcLevel::M).unwrap();
    let picture = draw(&code, 4, upright);
    let wide = picture.width() as usize;
    let mut dice = Dice(20_261_121);
    for _ in 0..150 {
        let mut pixels = picture.pixels().to_vec();
        for _ in 0..dice.roll(12) {
            let (x, y) = (dice.roll(wide), dice.roll(wide));
            let (w, h) = (1 + dice.roll(wide / 4), 1 + dice.roll(wide / 4));
            let grey = u8::try_from(dice.roll(256)).unwrap();
            for row in pixels.chunks_exact_mut(wide).skip(y).take(h) {
                row[x..(x + w).min(wide)].fill(grey);
            }
        }
        let cut = wide - dice.roll(wide / 3);
        let pixels: Vec<u8> =
            pixels.chunks_exact(wide).flat_map(|row| &row[..cut]).copied().collect();
        let side = |length: usize| u32::try_from(length).unwrap();
        let grey = Grey::new(side(cut), side(wide), &pixels).unwrap();
        assert!(read(grey).iter().all(|read| read.bytes == TEXT));
    }
}

#[test]
fn pictures_without_a_code_hold_none() {
    let mut dice = Dice(7);
    for block in [1, 2, 3, 5, 8] {
        let cells: Vec<u8> =
            (0..320 * 240).map(|_| u8::try_from(dice.roll(2) * 255).unwrap()).collect();
        let pixels: Vec<u8> =
            (0..320 * 240).map(|i| cells[i / 320 / block * 320 + i % 320 / block]).collect();
        assert!(read(Grey::new(320, 240, &pixels).unwrap()).is_empty());
    }
    let sheet: Vec<u8> = (0..640 * 480)
        .map(|i| {
            let (x, y): (usize, usize) = (i % 640 % 27 / 3, i / 640 % 27 / 3);
            let ring = x.abs_diff(3).max(y.abs_diff(3));
            if ring > 3 || ring == 2 { 255 } else { 0 }
        })
        .collect();
    assert!(read(Grey::new(640, 480, &sheet).unwrap()).is_empty());
}

#[test]
fn tiny_and_blank_pictures() {
    for (width, height) in
        [(1, 1), (2, 2), (7, 7), (20, 20), (39, 39), (1, 2000), (2000, 1), (41, 9)]
    {
        for fill in [0, 128, 255] {
            let pixels = vec![fill; width * height];
            let side = |length: usize| u32::try_from(length).unwrap();
            assert!(read(Grey::new(side(width), side(height), &pixels).unwrap()).is_empty());
        }
    }
}

#[test]
fn the_frame_that_makes_rqrr_panic() {
    let path =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/hostile/rqrr-0.11-panic.png");
    let Ok(picture) = image::open(path) else {
        println!("skipped: ../shared/data/hostile is not here");
        return;
    };
    let picture = picture.to_luma8();
    let (width, height) = picture.dimensions();
    let grey = Grey::new(width, height, picture.as_raw()).unwrap();
    assert!(Rqrr.decode(grey).is_empty());
    assert!(read(grey).is_empty());
}

//! Every size, every number, every contrast and steep views: what is sharp is read.

use super::*;
use crate::camera::{Kind, SIZES, Shot, photograph};
use crate::decode::scene::draw;
use crate::decode::search::look;
use crate::{Symbol, read};
use qrcode::{EcLevel, QrCode, Version};

fn code(version: i16, text: &str) -> QrCode {
    QrCode::with_version(text, Version::Normal(version), EcLevel::M).unwrap()
}

fn texts(picture: &GreyBuf) -> Vec<Vec<u8>> {
    let mut texts: Vec<Vec<u8>> =
        read(picture.as_grey()).into_iter().map(|code| code.bytes).collect();
    texts.sort();
    texts
}

/// Copies `part` into a picture with its corner there.
fn paste(picture: &mut GreyBuf, part: &GreyBuf, left: u32, top: u32) {
    let wide = picture.width();
    for y in 0..part.height() {
        let at = ((top + y) * wide + left) as usize;
        let row = part.as_grey().row(y);
        picture.pixels_mut()[at..at + row.len()].copy_from_slice(row);
    }
}

/// A symbol of that many pixels a module with its quiet zone, not turned.
fn plain(code: &QrCode, module: u32) -> GreyBuf {
    let side = (u32::try_from(code.width()).unwrap() + 8) * module;
    let module = module as f32;
    draw(code, (side, side), |x, y| (x / module - 4.0, y / module - 4.0))
}

#[test]
fn modules_of_three_to_sixty_pixels() {
    let code = code(1, "BP1:CLOSE");
    for module in [3_u32, 5, 9, 16, 21, 33, 60] {
        let side = 29 * module;
        let (sine, cosine) = 0.16_f32.sin_cos();
        let (middle, m) = (side as f32 / 2.0, module as f32);
        let picture = draw(&code, (side, side), |x, y| {
            let (x, y) = ((x - middle) / m, (y - middle) / m);
            (cosine * x + sine * y + 10.5, cosine * y - sine * x + 10.5)
        });
        assert_eq!(texts(&picture), [b"BP1:CLOSE"], "{module} pixels a module");
    }
}

#[test]
fn every_code_of_a_sheet() {
    let mut sheet = GreyBuf::new(1_480, 1_110);
    sheet.pixels_mut().fill(220);
    let mut wanted = Vec::new();
    for i in 0..48_u32 {
        let text = format!("BP1:SHEET-{i:03}");
        paste(&mut sheet, &plain(&code(3, &text), 4), 20 + i % 8 * 180, 10 + i / 8 * 180);
        wanted.push(text.into_bytes());
    }
    let seen = look(sheet.as_grey());
    let mut texts: Vec<Vec<u8>> = seen.codes.into_iter().map(|code| code.bytes).collect();
    texts.sort();
    assert_eq!(texts, wanted);
    assert!(seen.complete);
}

#[test]
fn a_small_code_beside_a_large_one() {
    let mut picture = GreyBuf::new(1_280, 720);
    picture.pixels_mut().fill(200);
    paste(&mut picture, &plain(&code(7, "BP1:SMALL"), 2), 60, 300);
    paste(&mut picture, &plain(&code(2, "BP1:LARGE"), 14), 700, 60);
    assert_eq!(texts(&picture), [b"BP1:LARGE", b"BP1:SMALL"]);
}

#[test]
fn light_on_dark_of_any_size() {
    for (version, module) in [(3, 2), (8, 3), (7, 6), (4, 12)] {
        let mut picture = plain(&code(version, "BP1:DARK"), module);
        picture.pixels_mut().iter_mut().for_each(|pixel| *pixel = 255 - *pixel);
        assert_eq!(texts(&picture), [b"BP1:DARK"], "version {version}, {module} pixels a module");
    }
}

#[test]
fn a_small_code_in_twelve_megapixels() {
    let mut picture = GreyBuf::new(4_000, 3_000);
    picture.pixels_mut().fill(180);
    paste(&mut picture, &plain(&code(7, "BP1:FAR"), 2), 3_201, 1_777);
    assert_eq!(texts(&picture), [b"BP1:FAR"]);
}

/// A card lying on a table in front of the camera: the far side two thirds as wide as the near one, and flat.
#[test]
fn a_steep_view() {
    let code = code(6, "BP1:STEEP");
    let side = code.width() as f32;
    for (lean, turn) in [(0.3_f32, 0.0_f32), (0.3, 0.5), (0.4, 1.0)] {
        let (sine, cosine) = turn.sin_cos();
        let picture = draw(&code, (900, 700), |x, y| {
            // The plane's places for a place in the picture: w grows towards the viewer.
            let (x, y) = ((x - 450.0) / 300.0, (y - 350.0) / 300.0);
            let w = 1.0 + lean * y;
            let (u, v) = (x / w, y / w / 0.45);
            let (u, v) = (cosine * u + sine * v, cosine * v - sine * u);
            ((u * 0.5 + 0.5) * side, (v * 0.5 + 0.5) * side)
        });
        assert_eq!(texts(&picture), [b"BP1:STEEP"], "{lean} {turn}");
    }
}

#[test]
fn a_bound_that_is_reached_is_told() {
    let mut sheet = GreyBuf::new(1_280, 960);
    sheet.pixels_mut().fill(230);
    let finder = |x: u32, y: u32| {
        let ring = (x / 3).abs_diff(3).max((y / 3).abs_diff(3));
        if ring > 3 || ring == 2 { 230 } else { 20 }
    };
    for (i, pixel) in (0_u32..).zip(sheet.pixels_mut()) {
        *pixel = finder(i % 1_280 % 27, i / 1_280 % 27);
    }
    let seen = look(sheet.as_grey());
    assert!(seen.codes.is_empty() && !seen.complete);
    let symbol = Symbol::new("BP1:SPECIMEN").unwrap();
    let shot = Shot { kind: Kind::Clean, strength: 0.0, size: SIZES[0], seed: 4, frame: 0 };
    let seen = look(photograph(&shot, &[symbol]).picture.as_grey());
    assert!(seen.codes.len() == 1 && seen.complete);
}

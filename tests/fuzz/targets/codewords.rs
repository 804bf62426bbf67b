//! Any data codewords, with check words that fit, drawn and read: every segment decoder, without a camera's luck.
#![no_main]

use libfuzzer_sys::fuzz_target;
use permit_symbol::{Grey, read};
use qrcode::bits::Bits;
use qrcode::canvas::{Canvas, MaskPattern};
use qrcode::ec::construct_codewords;
use qrcode::{Color, EcLevel, Version};

fuzz_target!(|input: &[u8]| {
    let [version, level, flips, words @ ..] = input else { return };
    let version = Version::Normal(i16::from(version % 14) + 1);
    let level = [EcLevel::L, EcLevel::M, EcLevel::Q, EcLevel::H][usize::from(level % 4)];
    let length = Bits::new(version).max_len(level).expect("of the table") / 8;
    let mut data = words[..words.len().min(length)].to_vec();
    data.resize(length, 0xEC);
    let (data, check) = construct_codewords(&data, version, level).expect("of that length");
    let mut canvas = Canvas::new(version, level);
    canvas.draw_all_functional_patterns();
    canvas.draw_data(&data, &check);
    canvas.apply_mask(MaskPattern::Checkerboard);
    let side = usize::from(version.width().unsigned_abs());
    let mut dark: Vec<bool> = canvas.into_colors().iter().map(|c| *c == Color::Dark).collect();
    // A few modules turned over, so that correction has something to do as well.
    for flip in 0..usize::from(flips % 32) {
        let at = (flip * 7919 + words.len() * 31) % dark.len();
        dark[at] = !dark[at];
    }
    let (module, edge) = (3, 3 * (side + 8));
    let grey: Vec<u8> = (0..edge * edge)
        .map(|i| {
            let [x, y] = [i % edge / module, i / edge / module].map(|n| n.wrapping_sub(4));
            if x < side && y < side && dark[y * side + x] { 20 } else { 230 }
        })
        .collect();
    let picture = Grey::new(edge as u32, edge as u32, &grey).expect("a square");
    assert!(read(picture).len() <= 1);
});

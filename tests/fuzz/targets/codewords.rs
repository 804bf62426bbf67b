//! Any data codewords, with check words that fit, as modules: every segment decoder, without a camera and its luck.
#![no_main]

use libfuzzer_sys::fuzz_target;
use permit_symbol::{Modules, join, read_modules};
use qrcode::bits::Bits;
use qrcode::canvas::{Canvas, MaskPattern};
use qrcode::ec::construct_codewords;
use qrcode::{Color, EcLevel, Version};

fuzz_target!(|input: &[u8]| {
    let [version, level, flips, words @ ..] = input else { return };
    let version = Version::Normal(i16::from(version % 6) + 1);
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
    let mut modules = Modules::new(side);
    for (at, colour) in canvas.into_colors().iter().enumerate() {
        modules.set(at % side, at / side, *colour == Color::Dark);
    }
    // A few modules turned over, so that correction has something to do as well.
    for flip in 0..usize::from(flips % 32) {
        let at = (flip * 7919 + words.len() * 31) % (side * side);
        modules.set(at % side, at / side, !modules.get(at % side, at / side));
    }
    if let Some(code) = read_modules(&modules) {
        let text = code.text();
        assert_eq!(code.segments.last().map(|segment| segment.end), Some(code.bytes.len()));
        for joined in join([&code, &code]) {
            assert_eq!((joined.bytes.len(), joined.text()), (code.bytes.len(), text.clone()));
        }
    }
});

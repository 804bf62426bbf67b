//! Any grey picture through the reader and the verifier: no panic, no invented permit.
#![no_main]

use libfuzzer_sys::fuzz_target;
use permit_core::{Anchor, Checkpoint, Direction, KeySlot, NoLedger, Now, Side, Terms, Trust, UnixTime, Verdict, Verifier};
use permit_symbol::{Grey, read};

static BUNDLE: &[u8] = include_bytes!("../../../keys/demo/bundle.cbor");
static ROOT: &[u8] = include_bytes!("../../../keys/demo/root.cbor");

fuzz_target!(|input: &[u8]| {
    let [width, scale, pixels @ ..] = input else { return };
    let (width, scale) = (usize::from(*width).max(1), usize::from(scale % 8) + 1);
    let height = pixels.len() / width;
    if height == 0 {
        return;
    }
    // Each byte of input is a square of pixels, so that small inputs make pictures with structure.
    let (w, h) = (width * scale, height * scale);
    let grey: Vec<u8> = (0..w * h).map(|i| pixels[(i / w / scale) * width + (i % w) / scale]).collect();
    let Some(picture) = Grey::new(w as u32, h as u32, &grey) else { return };
    let anchor = Anchor::of(ROOT).expect("the demo root is one");
    let mut slots = [KeySlot::EMPTY; 64];
    let trust = Trust::open(BUNDLE, &Terms { anchor, before: None, now: None }, &mut slots).expect("the demo bundle");
    let checkpoint = Checkpoint { crossing: 3, side: Side::A, direction: Direction::Exit };
    let verifier = Verifier::new(&trust, checkpoint).expect("the demo zone has crossing 3");
    for code in read(picture) {
        let verdict = verifier.verify(&code.bytes, &NoLedger, &Now::read(Some(UnixTime(0)), UnixTime(0))).verdict;
        assert_ne!(verdict, Verdict::Valid);
    }
});

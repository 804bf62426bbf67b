//! Any small grey picture through the reader and the verifier: no panic, no invented permit.
#![no_main]

use libfuzzer_sys::fuzz_target;
use permit_core::{Anchor, Checkpoint, Direction, KeySlot, NoLedger, Now, Side, Terms, Trust, UnixTime, Verdict, Verifier};
use permit_symbol::{Grey, read};

static BUNDLE: &[u8] = include_bytes!("../../../keys/demo/bundle.cbor");
static ROOT: &[u8] = include_bytes!("../../../keys/demo/root.cbor");

thread_local! {
    /// The lists are opened once: every input would wait for their signatures.
    static TRUST: &'static Trust<'static> = {
        let anchor = Anchor::of(ROOT).expect("the demo root is one");
        let slots = Box::leak(Box::new([KeySlot::EMPTY; 64]));
        let terms = Terms { anchor, before: None, now: None };
        Box::leak(Box::new(Trust::open(BUNDLE, &terms, slots).expect("the demo bundle")))
    };
}

/// More pixels than this cost more than they find.
const PIXELS: usize = 90 * 90;

fuzz_target!(|input: &[u8]| {
    let [width, scale, pixels @ ..] = input else { return };
    let (width, scale) = (usize::from(*width).max(1), usize::from(scale % 4) + 1);
    let height = pixels.len() / width;
    // Each byte of input is a square of pixels, so that small inputs make pictures with structure.
    let (w, h) = (width * scale, height * scale);
    if height == 0 || w * h > PIXELS {
        return;
    }
    let grey: Vec<u8> = (0..w * h).map(|i| pixels[(i / w / scale) * width + (i % w) / scale]).collect();
    let Some(picture) = Grey::new(w as u32, h as u32, &grey) else { return };
    let codes = read(picture);
    if codes.is_empty() {
        return;
    }
    let checkpoint = Checkpoint { crossing: 3, side: Side::A, direction: Direction::Exit };
    let verifier = TRUST.with(|trust| Verifier::new(trust, checkpoint).expect("the demo zone has crossing 3"));
    for code in codes {
        let verdict = verifier.verify(&code.bytes, &NoLedger, &Now::read(Some(UnixTime(0)), UnixTime(0))).verdict;
        assert_ne!(verdict, Verdict::Valid);
    }
});

//! Any small grey picture through the reader and the verifier: no panic, no invented permit.
#![no_main]

use libfuzzer_sys::fuzz_target;
use permit_core::{Anchor, Checkpoint, Direction, KeySlot, NoLedger, Now, Side, Terms, Trust, UnixTime, Verdict, Verifier};
use permit_symbol::{Cascade, Decoder as _, Grey};

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

/// Room for a version 2 code of two pixels a module. More pixels cost more than they find: chosen for inputs a second.
const PIXELS: usize = 60 * 60;

/// The reader's steps, of which an input names how many are taken: every step is the last of some inputs.
const STEPS: usize = 10;

fuzz_target!(|input: &[u8]| {
    let [width, how, pixels @ ..] = input else { return };
    let (width, scale) = (usize::from(*width).max(1), usize::from(how % 4) + 1);
    let steps = usize::from(how / 4) % STEPS + 1;
    let height = pixels.len() / width;
    // Each byte of input is a square of pixels, so that small inputs make pictures with structure.
    let (w, h) = (width * scale, height * scale);
    if height == 0 || w * h > PIXELS {
        return;
    }
    let grey: Vec<u8> = (0..w * h).map(|i| pixels[(i / w / scale) * width + (i % w) / scale]).collect();
    let Some(picture) = Grey::new(w as u32, h as u32, &grey) else { return };
    let codes = Cascade::first(steps).decode(picture);
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

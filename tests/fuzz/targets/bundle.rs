//! The demo bundle with anything done to it: only the untouched one is taken.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use permit_core::{Anchor, KeySlot, Terms, Trust};

static BUNDLE: &[u8] = include_bytes!("../../../keys/demo/bundle.cbor");
static ROOT: &[u8] = include_bytes!("../../../keys/demo/root.cbor");
static ANCHOR: LazyLock<Anchor> =
    LazyLock::new(|| Anchor::of(ROOT).expect("the demo root is one"));

fuzz_target!(|edits: &[u8]| {
    let mut bytes = BUNDLE.to_vec();
    for edit in edits.chunks_exact(4) {
        let at = usize::from(u16::from_be_bytes([edit[0], edit[1]])) % bytes.len();
        match edit[2] % 3 {
            0 => bytes[at] ^= edit[3],
            1 => bytes.insert(at, edit[3]),
            _ => drop(bytes.remove(at)),
        }
    }
    let mut slots = [KeySlot::EMPTY; 64];
    let taken = Trust::open(&bytes, &Terms { anchor: *ANCHOR, before: None, now: None }, &mut slots).is_ok();
    assert_eq!(taken, bytes == BUNDLE);
});

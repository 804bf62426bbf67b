//! Deltas of any two files make the second of the first; a delta with anything done to it makes that or nothing.
#![no_main]

use libfuzzer_sys::fuzz_target;
use permit_parts::delta::{Delta, delta};

fuzz_target!(|input: &[u8]| {
    if let Ok(delta) = Delta::read(input) {
        let _ = delta.patch(&[]);
    }
    let [cut, at, change, rest @ ..] = input else { return };
    let (base, new) = rest.split_at(usize::from(*cut) * rest.len() / 256);
    let Ok(mut bytes) = delta(base, new) else {
        assert!(new.is_empty());
        return;
    };
    let made = Delta::read(&bytes).expect("one that was just written").patch(base);
    assert_eq!(made.as_deref(), Ok(new));
    let at = usize::from(*at) * bytes.len() / 256;
    bytes[at] ^= change;
    if let Ok(delta) = Delta::read(&bytes)
        && let Ok(made) = delta.patch(base)
    {
        assert_eq!(made, new);
    }
});

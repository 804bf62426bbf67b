//! Any payload as a permit: what is accepted, less options this version does not know, encodes to the same bytes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use permit_core::{Permit, permit::PAYLOAD};

fuzz_target!(|payload: &[u8]| {
    if payload.len() > PAYLOAD {
        return;
    }
    let Ok(permit) = Permit::decode(payload) else { return };
    let mut out = [0; PAYLOAD];
    let length = permit.encode(&mut out).expect("what was read can be written");
    // An unknown option that may be ignored is not kept, so only such a payload may be longer.
    if length == payload.len() {
        assert_eq!(&out[..length], payload);
    } else {
        assert!(length < payload.len());
        assert_eq!(Permit::decode(&out[..length]), Ok(permit));
    }
});

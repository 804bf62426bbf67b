//! Any bytes as COSE_Sign1 and COSE_Sign: what is read, put together again, is the same bytes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use minicbor::{Encoder, data::Tag};
use permit_core::{
    KeyId,
    cose::{Sign, Sign1},
};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(read) = Sign1::read(bytes) {
        let mut e = Encoder::new(Vec::new());
        e.tag(Tag::new(18)).and_then(|e| e.array(4)).expect("fits");
        e.bytes(&protected(read.signed.kid)).and_then(|e| e.map(0)).expect("fits");
        e.bytes(read.payload).and_then(|e| e.bytes(read.signed.signature)).expect("fits");
        assert_eq!(e.into_writer(), bytes);
    }
    if let Ok(read) = Sign::read(bytes) {
        let mut e = Encoder::new(Vec::new());
        e.tag(Tag::new(98)).and_then(|e| e.array(4)).and_then(|e| e.bytes(&[])).and_then(|e| e.map(0)).expect("fits");
        e.bytes(read.payload).and_then(|e| e.array(read.signatures().count() as u64)).expect("fits");
        for signed in read.signatures() {
            e.array(3).and_then(|e| e.bytes(&protected(signed.kid))).expect("fits");
            e.map(0).and_then(|e| e.bytes(signed.signature)).expect("fits");
        }
        assert_eq!(e.into_writer(), bytes);
    }
});

fn protected(KeyId([a, b, c, d]): KeyId) -> [u8; 9] {
    [0xa2, 0x01, 0x32, 0x04, 0x44, a, b, c, d]
}

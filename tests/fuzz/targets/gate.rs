//! Any bytes through the gate: what it accepts, written again, is the same bytes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use minicbor::{Decoder, Encoder, data::Type};
use permit_core::{DOCUMENT_DEPTH, gate};

fuzz_target!(|bytes: &[u8]| {
    if gate(bytes, DOCUMENT_DEPTH).is_ok() {
        let mut out = Encoder::new(Vec::new());
        let mut decoder = Decoder::new(bytes);
        item(&mut decoder, &mut out);
        assert_eq!(decoder.position(), bytes.len());
        assert_eq!(out.into_writer(), bytes);
    }
});

fn item(d: &mut Decoder<'_>, e: &mut Encoder<Vec<u8>>) {
    let mut inner = 0;
    match d.datatype().expect("gated") {
        Type::Bytes => e.bytes(d.bytes().expect("gated")).map(drop),
        Type::String => e.str(d.str().expect("gated")).map(drop),
        Type::Bool => e.bool(d.bool().expect("gated")).map(drop),
        Type::Null => e.null().map(|_| d.null().expect("gated")),
        Type::Array => {
            inner = d.array().expect("gated").expect("definite");
            e.array(inner).map(drop)
        }
        Type::Map => {
            let pairs = d.map().expect("gated").expect("definite");
            inner = pairs * 2;
            e.map(pairs).map(drop)
        }
        _ => e.int(d.int().expect("gated")).map(drop),
    }
    .expect("a vector takes everything");
    for _ in 0..inner {
        item(d, e);
    }
}

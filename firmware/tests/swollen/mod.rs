//! Lists that nobody signed and that ask for much arithmetic.

use permit_core::sha256;
use permit_signing::Parts;

/// A bundle with a list of stations of four megabytes, 123,000 keys, in place of each side's own.
pub(crate) fn swollen(bundle: &[u8]) -> Vec<u8> {
    let parts = Parts::of(bundle).unwrap();
    let mut keys = minicbor::Encoder::new(Vec::new());
    keys.array(123_000).unwrap();
    for at in 0..123_000_u32 {
        keys.bytes(&sha256(&[&at.to_be_bytes()])).unwrap();
    }
    let swollen = keys.into_writer();
    let mut to = minicbor::Encoder::new(Vec::new());
    to.array(5).unwrap().str("border-permit-bundle/1").unwrap();
    to.array(1).unwrap().bytes(&parts.roots[0]).unwrap().bytes(&parts.zone).unwrap();
    for side in [parts.a, parts.b].into_iter().flatten() {
        to.array(6).unwrap().bytes(&side.snapshot).unwrap().bytes(&swollen).unwrap();
        for document in &side.documents[1..] {
            match document {
                Some(document) => to.bytes(document).unwrap(),
                None => to.null().unwrap(),
            };
        }
    }
    to.into_writer()
}

//! A scan of any bytes: base45 has one spelling, a typed number has one id, nothing panics.
#![no_main]

use libfuzzer_sys::fuzz_target;
use permit_core::{Envelope, PermitId, base45_decode, base45_encode, recognise, spell};

fuzz_target!(|scan: &[u8]| {
    let _ = recognise(scan);
    if let Ok(bytes) = base45_decode::<2048>(scan) {
        let mut text = heapless::String::<4096>::new();
        base45_encode(&bytes, &mut text).expect("what was decoded can be spelled");
        assert_eq!(text.as_bytes(), scan, "one spelling");
    }
    if let Ok(envelope) = Envelope::open(scan) {
        let text = spell(envelope.kid(), envelope.payload(), envelope.signature()).expect("an envelope can be spelled");
        let line = scan.strip_suffix(b"\n").unwrap_or(scan);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        assert_eq!(text.as_bytes(), line, "one text");
    }
    if let Ok(Ok(id)) = str::from_utf8(scan).map(str::parse::<PermitId>) {
        assert_eq!(id.to_string().parse(), Ok(id));
    }
});

//! Parts of files in any order and of both forms, with anything done to them and their check put right again: what comes
//! together is one of the files.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use permit_parts::{Added, Collector, Fountain, Part, split};

static FILES: [&[u8]; 2] = [&[1; 1000], &[2; 900]];
static TEXTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let numbered = FILES.iter().flat_map(|file| split(file).expect("small enough"));
    let fountains = FILES.map(|file| Fountain::new(file).expect("small enough"));
    let any = fountains.iter().flat_map(|fountain| fountain.texts().take(20));
    numbered.chain(any).collect()
});

fuzz_target!(|input: &[u8]| {
    let _ = Part::read(input);
    let mut collector = Collector::default();
    for step in input.chunks_exact(4) {
        let text = &TEXTS[usize::from(step[0]) % TEXTS.len()];
        let text = if step[3] == 0 { text.clone() } else { forged(text, step) };
        let Ok(part) = Part::read(text.as_bytes()) else { continue };
        if let Ok(Added::Whole(file)) = collector.add(&part) {
            assert!(FILES.contains(&&file[..]));
        }
        let (have, total) = collector.progress();
        if collector.takes_any() {
            assert!(collector.missing().next().is_none() && have < total + 16);
        } else {
            assert_eq!(collector.missing().count(), total - have);
        }
    }
});

/// The part with a byte changed and a check that fits.
fn forged(text: &str, step: &[u8]) -> String {
    let (prefix, body) = text.split_at(4);
    let bytes = permit_core::base45_decode::<600>(body.as_bytes()).expect("of a part");
    let mut bytes = bytes[..bytes.len() - 4].to_vec();
    let at = usize::from(u16::from_be_bytes([step[1], step[2]])) % bytes.len();
    bytes[at] ^= step[3];
    let check = permit_core::sha256(&[&bytes]);
    bytes.extend(&check[..4]);
    let mut spelled = heapless::String::<900>::new();
    permit_core::base45_encode(&bytes, &mut spelled).expect("it fits");
    format!("{prefix}{spelled}")
}

//! The gate against annotated bytes, every short string, and the examples of RFC 8949.

use super::*;

#[path = "rfc8949.rs"]
mod rfc8949;

fn hex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_hexdigit).collect();
    digits
        .chunks(2)
        .map(|pair| u8::from_str_radix(core::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

/// Written again from what was understood: the gate's property is that this is the same bytes.
fn again(bytes: &[u8]) -> Vec<u8> {
    fn item(d: &mut minicbor::Decoder<'_>, out: &mut Vec<u8>) {
        let mut head = [0; 16];
        let mut e = minicbor::Encoder::new(minicbor::encode::write::Cursor::new(&mut head[..]));
        let mut inner = 0;
        let mut tail: &[u8] = &[];
        match d.datatype().unwrap() {
            minicbor::data::Type::Bytes => {
                tail = d.bytes().unwrap();
                e.bytes_len(tail.len() as u64).unwrap();
            }
            minicbor::data::Type::String => {
                tail = d.str().unwrap().as_bytes();
                e.str_len(tail.len() as u64).unwrap();
            }
            minicbor::data::Type::Array => {
                inner = d.array().unwrap().unwrap();
                e.array(inner).unwrap();
            }
            minicbor::data::Type::Map => {
                let pairs = d.map().unwrap().unwrap();
                e.map(pairs).unwrap();
                inner = pairs * 2;
            }
            minicbor::data::Type::Bool => {
                e.bool(d.bool().unwrap()).unwrap();
            }
            minicbor::data::Type::Null => {
                d.null().unwrap();
                e.null().unwrap();
            }
            _ => {
                e.int(d.int().unwrap()).unwrap();
            }
        }
        let length = e.writer().position();
        out.extend(&head[..length]);
        out.extend(tail);
        for _ in 0..inner {
            item(d, out);
        }
    }
    let mut d = minicbor::Decoder::new(bytes);
    let mut out = Vec::new();
    item(&mut d, &mut out);
    assert_eq!(d.position(), bytes.len());
    out
}

#[test]
fn annotated() {
    let bad = [
        ("", 0, Flaw::Truncated),
        ("18", 1, Flaw::Truncated),
        ("18 17", 0, Flaw::NotShortest),
        ("19 00ff", 0, Flaw::NotShortest),
        ("1a 0000ffff", 0, Flaw::NotShortest),
        ("1b 00000000ffffffff", 0, Flaw::NotShortest),
        ("58 01 00", 0, Flaw::NotShortest),
        ("1c", 0, Flaw::Reserved),
        ("1f", 0, Flaw::Reserved),
        ("5f 41 00 ff", 0, Flaw::Indefinite),
        ("7f ff", 0, Flaw::Indefinite),
        ("9f ff", 0, Flaw::Indefinite),
        ("bf ff", 0, Flaw::Indefinite),
        ("ff", 0, Flaw::Reserved),
        ("c0 00", 0, Flaw::Tag),
        ("f7", 0, Flaw::Simple),
        ("f8 18", 0, Flaw::Simple),
        ("f9 0000", 0, Flaw::Float),
        ("fa 00000000", 0, Flaw::Float),
        ("fb 0000000000000000", 0, Flaw::Float),
        ("00 00", 1, Flaw::Trailing),
        ("42 00", 1, Flaw::Truncated),
        ("82 00", 2, Flaw::Truncated),
        ("9b ffffffffffffffff 00", 10, Flaw::Truncated),
        ("bb ffffffffffffffff 00 00", 0, Flaw::Truncated),
        ("62 61 ff", 2, Flaw::Utf8),
        ("63 ed a0 80", 1, Flaw::Utf8),
        ("a2 00 00 00 00", 3, Flaw::Duplicate),
        ("a2 01 00 00 00", 3, Flaw::Unsorted),
        ("a2 20 00 01 00", 3, Flaw::Unsorted),
        ("a2 61 61 00 01 00", 4, Flaw::Unsorted),
        ("a1 40 00", 1, Flaw::Key),
        ("a1 80 00", 1, Flaw::Key),
        ("a1 f4 00", 1, Flaw::Key),
        ("81 81 81 81 80", 4, Flaw::TooDeep),
        ("a1 00 a1 00 a1 00 a1 00 a0", 8, Flaw::TooDeep),
    ];
    for (text, offset, flaw) in bad {
        assert_eq!(gate(&hex(text), PERMIT_DEPTH), Err(Fault { offset, flaw }), "{text}");
    }
    for good in [
        "00",
        "17",
        "18 18",
        "1b ffffffffffffffff",
        "3b ffffffffffffffff",
        "80",
        "a0",
        "f4",
        "f5",
        "f6",
        "81 81 81 80",
        "a3 00 00 20 80 61 61 a0",
        "64 f0 90 80 80",
    ] {
        assert_eq!(gate(&hex(good), PERMIT_DEPTH), Ok(()), "{good}");
    }
}

#[test]
fn every_string_up_to_three_bytes() {
    let mut accepted = 0_u32;
    let mut bytes = [0_u8; 3];
    for length in 0..=3_u32 {
        for n in 0..256_u32.pow(length) {
            bytes.copy_from_slice(&n.to_le_bytes()[..3]);
            let bytes = &bytes[..length as usize];
            if gate(bytes, PERMIT_DEPTH).is_ok() {
                accepted += 1;
                assert_eq!(again(bytes), bytes);
            }
        }
    }
    assert!(accepted > 200_000, "{accepted}");
}

#[test]
fn rfc_8949_appendix_f() {
    let mut tried = 0;
    for (flaw, items) in rfc8949::NOT_WELL_FORMED {
        for item in items.split(' ') {
            assert!(gate(&hex(item), DOCUMENT_DEPTH).is_err(), "{flaw}: {item}");
            tried += 1;
        }
    }
    assert_eq!(tried, 94);
}

#[test]
fn rfc_8949_appendix_a() {
    let mut tally = std::collections::BTreeMap::new();
    for (item, notation) in rfc8949::EXAMPLES {
        let bytes = hex(item);
        let result = gate(&bytes, DOCUMENT_DEPTH);
        if result.is_ok() {
            assert_eq!(again(&bytes), bytes, "{notation}");
            for cut in 0..bytes.len() {
                assert!(gate(&bytes[..cut], DOCUMENT_DEPTH).is_err(), "{notation}, cut at {cut}");
            }
            for more in 0..=255 {
                assert!(
                    gate(&[&bytes[..], &[more]].concat(), DOCUMENT_DEPTH).is_err(),
                    "{notation} and {more}"
                );
            }
        }
        *tally.entry(std::format!("{:?}", result.map_err(|fault| fault.flaw))).or_insert(0) += 1;
    }
    let expected = [
        ("Err(Float)", 22),
        ("Err(Indefinite)", 11),
        ("Err(Simple)", 3),
        ("Err(Tag)", 8),
        ("Ok(())", 37),
    ];
    assert_eq!(tally, expected.map(|(k, v)| (String::from(k), v)).into());
}

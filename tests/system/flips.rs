//! One bit, one byte, one key id: nothing altered is believed.

use permit_core::{
    Day, Envelope, Reason, Stage, Terms, UnixTime, Verdict, base45_encode, permit::Birth,
};
use permit_tests::{
    key::Key,
    town::{Ask, Town, day, permit, try_open},
};

/// Twenty permits of every shape.
fn permits() -> Vec<permit_core::Permit> {
    (1..=20_u32)
        .map(|n| {
            let mut permit = permit(n + 10);
            let options = &mut permit.options;
            match n % 5 {
                0 => permit.native = None,
                1 => permit.birth = Birth::Year(1905),
                2 => permit.birth = Birth::Month(1944, 12),
                3 => permit.native = Some("김".try_into().unwrap()),
                _ => permit.latin = "NAMGUNG-HWANGBO SEO-YEON ALEXANDRIA LEE".try_into().unwrap(),
            }
            match n % 7 {
                0 => options.crossings.extend([1, 2]),
                1 => options.issued = Some(day(1963, 9, 1)),
                2 => options.entries = Some(2),
                3 => options.stay = Some(3),
                4 => options.children = Some(9),
                5 => options.document = Some("G1234567".try_into().unwrap()),
                _ => permit.birth = Birth::Day(Day::EARLIEST_BIRTH),
            }
            permit
        })
        .collect()
}

fn spelled(bytes: &[u8]) -> String {
    let mut text = permit_core::Text::new();
    text.push_str("BP1:").unwrap();
    base45_encode(bytes, &mut text).unwrap();
    text.as_str().into()
}

fn bytes_of(text: &str) -> Vec<u8> {
    permit_core::base45_decode::<1100>(&text.as_bytes()[4..]).unwrap().to_vec()
}

#[test]
fn every_bit_of_twenty_permits() {
    let trust = Town::new().open().unwrap();
    let key = Key::named("station/11");
    let mut refused = std::collections::BTreeMap::<u8, u32>::new();
    let mut check = |scan: &[u8]| {
        let judgement = Ask::new().judge(trust, scan);
        assert_ne!(judgement.verdict, Verdict::Valid);
        assert!(judgement.permit.is_none() && judgement.stage != Stage::Rules, "{scan:02x?}");
        *refused.entry(judgement.verdict.code()).or_default() += 1;
    };
    let mut shapes = std::collections::BTreeSet::new();
    for permit in permits() {
        let text = key.seal(&permit);
        shapes.insert(text.len());
        let judgement = Ask::new().judge(trust, text.as_bytes());
        assert_eq!(judgement.verdict, Verdict::Valid, "{:?}", judgement.also);
        for bit in 0..text.len() * 8 {
            let mut scan = text.clone().into_bytes();
            scan[bit / 8] ^= 1 << (bit % 8);
            check(&scan);
        }
        let bytes = bytes_of(&text);
        for bit in 0..bytes.len() * 8 {
            let mut bytes = bytes.clone();
            bytes[bit / 8] ^= 1 << (bit % 8);
            check(spelled(&bytes).as_bytes());
        }
    }
    assert!(shapes.len() > 5, "{shapes:?}");
    let total: u32 = refused.values().sum();
    println!("{total} altered permits refused, by code: {refused:?}");
    assert!(total > 45_000 && [11, 20, 21, 22, 23].iter().all(|code| refused.contains_key(code)));
}

#[test]
fn a_permit_cut_anywhere() {
    let trust = Town::new().open().unwrap();
    let text = Key::named("station/11").seal(&permit(1));
    for length in 0..text.len() {
        let judgement = Ask::new().judge(trust, &text.as_bytes()[..length]);
        assert!(judgement.permit.is_none(), "{length}");
        let expected: &[u8] = if length < 4 { &[11] } else { &[20, 23] };
        assert!(expected.contains(&judgement.verdict.code()), "{length}: {:?}", judgement.verdict);
    }
    let bytes = bytes_of(&text);
    for length in 0..bytes.len() {
        let judgement = Ask::new().judge(trust, spelled(&bytes[..length]).as_bytes());
        assert_eq!(judgement.verdict.code(), if length < 69 { 20 } else { 23 }, "{length}");
    }
    for more in ["0", "00", "000", " ", "\n\n", "\r\r", "\n\r"] {
        let judgement = Ask::new().judge(trust, format!("{text}{more}").as_bytes());
        assert!(judgement.permit.is_none(), "{more:?}");
    }
    for end in ["\n", "\r\n", "\r"] {
        let judgement = Ask::new().judge(trust, format!("{text}{end}").as_bytes());
        assert_eq!(judgement.verdict, Verdict::Valid, "{end:?}");
    }
}

#[test]
fn another_key_id() {
    let trust = Town::new().open().unwrap();
    let text = Key::named("station/11").seal(&permit(1));
    let bytes = bytes_of(&text);
    let judge = |bytes: &[u8]| Ask::new().judge(trust, spelled(bytes).as_bytes());
    let with = |kid: &[u8]| [kid, &bytes[4..]].concat();
    for (kid, code) in [
        (Key::named("station/13").id().0.to_vec(), 23),
        (Key::named("station/33000").id().0.to_vec(), 23),
        (Key::named("A/2/1").id().0.to_vec(), 22),
        (Key::named("nobody").id().0.to_vec(), 22),
        (vec![0; 4], 22),
        (vec![0xff; 4], 22),
        // One byte too few or too many shifts everything behind it.
        (bytes[..3].to_vec(), 22),
        ([&bytes[..4], &[0]].concat(), 23),
        (vec![], 22),
    ] {
        let judgement = judge(&with(&kid));
        assert_eq!(judgement.verdict.code(), code, "{kid:02x?}");
        assert!(judgement.permit.is_none());
    }
    // Key ids at the ends of the index find nothing that is not there.
    for kid in trust_ids().windows(2) {
        let between = u32::from_be_bytes(kid[0]).wrapping_add(1).to_be_bytes();
        assert_eq!(judge(&with(&between)).verdict.code(), 22);
    }
}

fn trust_ids() -> Vec<[u8; 4]> {
    let names =
        ["station/11", "station/11/b", "station/12", "station/13", "station/14", "station/33000"];
    let mut ids: Vec<_> = names.iter().map(|name| Key::named(name).id().0).collect();
    ids.sort_unstable();
    ids
}

#[test]
fn every_bit_of_a_small_bundle() {
    let town = Town::small();
    let bundle = town.bundle();
    let terms = Terms { anchor: town.anchor(), before: None, now: None };
    assert_eq!(try_open(&bundle, &terms), Ok(()));
    let bits = bundle.len() * 8;
    let half = |bits: core::ops::Range<usize>| {
        let mut bundle = bundle.clone();
        for bit in bits {
            bundle[bit / 8] ^= 1 << (bit % 8);
            assert!(try_open(&bundle, &terms).is_err(), "bit {bit}");
            bundle[bit / 8] ^= 1 << (bit % 8);
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(|| half(0..bits / 3));
        half(bits / 3..bits);
    });
    println!("{bits} altered bundles of {} bytes refused", bundle.len());
}

#[test]
fn a_bundle_cut_anywhere() {
    for town in [Town::small(), Town::new()] {
        let bundle = town.bundle();
        let terms = Terms { anchor: town.anchor(), before: None, now: None };
        for length in 0..bundle.len() {
            assert!(try_open(&bundle[..length], &terms).is_err(), "{length}");
        }
        for more in [&b"\0"[..], b"\xf6", b"\n"] {
            assert!(try_open(&[&bundle, more].concat(), &terms).is_err());
        }
    }
}

#[test]
fn the_other_documents_hold_every_bit_too() {
    // The optional documents and COSE_Sign of a side, which the small bundle does not have.
    let town = Town::new();
    let terms = Terms { anchor: town.anchor(), before: None, now: None };
    let parts = town.parts();
    let mut refused = 0;
    for (side, which) in [(0, 3), (0, 4), (0, 5), (1, 1)] {
        let length = parts.sides[side].as_ref().unwrap()[which].as_ref().unwrap().len();
        for byte in 0..length {
            let mut parts = parts.clone();
            let document = parts.sides[side].as_mut().unwrap()[which].as_mut().unwrap();
            document[byte] ^= 1 << (byte % 8);
            assert!(
                try_open(&parts.bundle(), &terms).is_err(),
                "side {side}, {which}, byte {byte}"
            );
            refused += 1;
        }
    }
    println!("{refused} more altered bundles refused");
}

#[test]
fn a_signature_that_is_not_reduced() {
    let trust = Town::new().open().unwrap();
    let text = Key::named("station/11").seal(&permit(1));
    let mut bytes = bytes_of(&text);
    // s + ℓ: the same equation holds, but s has one form.
    let order: [u8; 32] = [
        0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde,
        0x14, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
    ];
    let start = bytes.len() - 32;
    let mut carry = 0_u16;
    for (byte, add) in bytes[start..].iter_mut().zip(order) {
        let sum = u16::from(*byte) + u16::from(add) + carry;
        *byte = sum.to_le_bytes()[0];
        carry = sum >> 8;
    }
    let judgement = Ask::new().judge(trust, spelled(&bytes).as_bytes());
    assert!(matches!(judgement.verdict, Verdict::Invalid(Reason::BadSignature { .. })));
    assert!(Envelope::open(spelled(&bytes).as_bytes()).is_ok());
}

#[test]
fn a_weak_key_is_not_listed() {
    let mut town = Town::new();
    // The identity, a point of order 8, one with torsion: each as a station's key.
    for key in [
        "0100000000000000000000000000000000000000000000000000000000000000",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    ] {
        let key: [u8; 32] = hex::decode(key).unwrap().try_into().unwrap();
        assert!(permit_core::PublicKey::new(&key).is_err());
        let stations = town.document(permit_core::Side::A, 0);
        *stations.payload.at(&[6, 2, 5, 0, 0]) = key.into();
        let refused =
            matches!(town.open(), Err(permit_core::TrustError::WeakKey { station: Some(13), .. }));
        assert!(refused, "{key:02x?}: {:?}", town.open().err());
        let mut town = Town::new();
        *town.roots[0].payload.at(&[6, 4, 1, 0]) = key.into();
        assert!(matches!(
            town.open(),
            Err(permit_core::TrustError::WeakKey {
                document: permit_core::Document::Root,
                station: None
            })
        ));
    }
    let _ = UnixTime(0);
}

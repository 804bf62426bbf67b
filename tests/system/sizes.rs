//! The design's table of sizes, from real sealed permits.

use permit_core::{
    Permit, PermitId,
    permit::{Birth, Options},
};
use permit_tests::{
    key::Key,
    town::{day, permit},
};
use qrcode::{EcLevel, QrCode, Version};

fn of(latin: usize, native: Option<&str>) -> Permit {
    let latin: String = "KIM CHOL-SU NAMGUNG SEO-YEON LEE-WHANGBO".chars().take(latin).collect();
    Permit {
        id: PermitId { station: 33_000, year: 63, serial: 42, copy: 1 },
        latin: latin.as_str().trim_end().try_into().unwrap(),
        native: native.map(|name| name.try_into().unwrap()),
        birth: Birth::Day(day(1931, 4, 5)),
        nationality: 408,
        region: 21,
        options: Options::default(),
        ..permit(1)
    }
}

fn version(text: &str, level: EcLevel) -> i16 {
    match QrCode::with_error_correction_level(text, level).unwrap().version() {
        Version::Normal(version) | Version::Micro(version) => version,
    }
}

#[test]
fn the_table_holds() {
    let hangul = Some("김철수");
    let mut crossings = of(19, hangul);
    crossings.options.crossings.extend([1, 2]);
    crossings.options.entries = Some(1);
    let mut all = crossings.clone();
    all.options.issued = Some(day(1963, 9, 4));
    all.options.stay = Some(15);
    all.options.children = Some(2);
    all.options.document = Some("PA12345678".try_into().unwrap());
    let longest = "가".repeat(20);
    // Bytes, characters, version at M, at Q.
    let rows = [
        ("11-character Latin", of(11, None), [104, 160, 7, 9]),
        ("19-character Latin", of(19, None), [112, 172, 7, 9]),
        ("19 + 3 Hangul", of(19, hangul), [121, 186, 8, 9]),
        ("19 + 4 Hanzi", of(19, Some("林小雨花")), [124, 190, 8, 10]),
        ("two crossings and entries", crossings, [128, 196, 8, 10]),
        ("39-character Latin", of(39, None), [133, 204, 8, 10]),
        ("options 0 to 5", all, [148, 226, 9, 11]),
        ("the longest names", of(39, Some(&longest)), [194, 295, 10, 12]),
    ];
    let key = Key::named("station/33000");
    for (name, permit, most) in rows {
        let text = key.seal(&permit);
        let bytes = permit_core::base45_decode::<1100>(&text.as_bytes()[4..]).unwrap().len();
        let sizes = [
            i16::try_from(bytes).unwrap(),
            i16::try_from(text.len()).unwrap(),
            version(&text, EcLevel::M),
            version(&text, EcLevel::Q),
        ];
        println!(
            "{name}: {} bytes, {} characters, version {} at M, {} at Q",
            sizes[0], sizes[1], sizes[2], sizes[3]
        );
        assert!(
            sizes.iter().zip(most).all(|(have, most)| *have <= most),
            "{name}: {sizes:?} {most:?}"
        );
    }
}

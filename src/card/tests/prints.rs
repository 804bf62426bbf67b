//! Cards as bitmaps: what a printer of 300 dpi makes of them is read and judged.
#![cfg(feature = "png")]
#![allow(clippy::unwrap_used, reason = "what a test cannot make for itself is a failure")]

mod world;

use permit_card::{Design, Fonts, ReadBack, Refused, bitmap};
use permit_core::{NoLedger, Now, Verifier};
use permit_symbol::Grade;
use permit_words::Card;

#[test]
fn r1_r3_a_printed_code_is_read_and_judged_as_the_permit_is() {
    let (fonts, card) = (Fonts::system().unwrap(), Card::new());
    let designs = [Design::card().unwrap(), Design::folded().unwrap()];
    let mut count = 0;
    world::each(|case, print, trust| {
        // Every case on one of the designs, by turns.
        let design = &designs[count % 2];
        count += 1;
        let sides = design.draw(print, &card, &fonts).unwrap();
        let coded = if design.side(permit_card::Face::Front).code().is_some() {
            &sides.front
        } else {
            &sides.back
        };
        let scan = bitmap::grey(coded, &fonts, 300).unwrap();
        let codes = permit_symbol::read(scan.as_grey());
        assert_eq!(codes.len(), 1, "{}", case.name);
        assert_eq!(codes[0].bytes, case.text, "{}", case.name);
        let ReadBack::Printed(printed) =
            ReadBack::of(scan.as_grey(), core::slice::from_ref(print.symbol), 0)
        else {
            panic!("{}", case.name)
        };
        assert_eq!((printed.grade(), &printed.wrong[..]), (Grade::A, &[][..]), "{}", case.name);
        if case.presence.is_none() {
            let verifier = Verifier::new(trust, case.checkpoint).unwrap();
            let judged =
                verifier.verify(&codes[0].bytes, &NoLedger, &Now::by_hand(case.at, trust.newest()));
            assert_eq!(judged.verdict.code(), case.code, "{}", case.name);
        }
    });
}

#[test]
fn r1_a_name_without_a_glyph_stops_the_print() {
    let fonts = Fonts::system().unwrap();
    // U+3134A came with Unicode 13, after the fonts that systems have.
    let rare = '\u{3134a}';
    assert_eq!(fonts.check("金\u{3134a}"), Err(rare));
    assert_eq!(fonts.check("남궁하늘 NAMGUNG Đặng 1931-04-02 / 延吉县"), Ok(()));
    world::one(
        |permit| permit.native = Some("金\u{3134a}".parse().unwrap()),
        |print| {
            let why = Design::card().unwrap().draw(print, &Card::new(), &fonts).unwrap_err();
            assert_eq!(why, [Refused::Glyph { place: "name".into(), c: rare }]);
            assert!(why[0].to_string().contains(rare), "the character is shown");
        },
    );
}

#[test]
fn r1_the_longest_names_fit_in_the_fonts_of_the_machine() {
    let fonts = Fonts::system().unwrap();
    world::zone(|trust| {
        for design in [Design::card().unwrap(), Design::folded().unwrap()] {
            assert_eq!(design.check(trust.zone(), &[], &Card::new(), &fonts), []);
        }
    });
}

#[test]
fn a_portrait_is_drawn_in_its_place() {
    let fonts = Fonts::system().unwrap();
    let red = permit_symbol::GreyBuf::new(8, 10);
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, 8, 10);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.write_header().unwrap().write_image_data(red.pixels()).unwrap();
    world::one(
        |_| {},
        |print| {
            let dark = |portrait| {
                let print = permit_card::Print { portrait, demo: false, ..*print };
                let sides = Design::card().unwrap().draw(&print, &Card::new(), &fonts).unwrap();
                let picture = bitmap::grey(&sides.front, &fonts, 100).unwrap();
                let row = picture.as_grey().row(28 * 100 / 25);
                row[4 * 4..28 * 100 / 26].iter().filter(|pixel| **pixel < 20).count()
            };
            assert!(
                dark(Some(&file)) > 85 && dark(None) < 10,
                "{} {}",
                dark(Some(&file)),
                dark(None)
            );
        },
    );
}

//! The designs and a station's own templates, without a font.
#![allow(clippy::unwrap_used, reason = "what a test cannot make for itself is a failure")]

mod world;

use permit_card::{Assumed, Design, DesignFlaw, Field, Flaw, PORTRAIT, Refused};
use permit_core::Side;
use permit_words::Card;

const FRONT: &str = include_str!("../designs/card-front.svg");
const BACK: &str = include_str!("../designs/card-back.svg");

fn both() -> [Design; 2] {
    [Design::card().unwrap(), Design::folded().unwrap()]
}

#[test]
fn r1_a_permit_of_the_demonstration_is_a_specimen_on_both_sides() {
    let card = Card::new();
    world::each(|case, print, _| {
        for design in both() {
            let sides = design.draw(print, &card, &Assumed).unwrap();
            for side in [&sides.front, &sides.back] {
                roxmltree::Document::parse(side).unwrap();
                assert!(side.contains("SPECIMEN · DEMO"), "{}", case.name);
                assert!(side.len() < 120_000, "{}: {} bytes", case.name, side.len());
            }
        }
    });
}

#[test]
fn r1_a_permit_of_a_real_key_is_no_specimen_unless_it_says_so() {
    let card = Card::new();
    for specimen in [false, true] {
        world::one(
            |permit| permit.options.specimen = specimen,
            |print| {
                let print = permit_card::Print { demo: false, ..*print };
                let sides = Design::card().unwrap().draw(&print, &card, &Assumed).unwrap();
                for side in [&sides.front, &sides.back] {
                    assert_eq!(side.contains("SPECIMEN"), specimen);
                    assert!(!side.contains("DEMO"));
                }
            },
        );
    }
}

#[test]
fn r1_the_name_stands_before_the_number_and_the_nationality_is_a_name() {
    world::one(
        |_| {},
        |print| {
            let [card, folded] =
                both().map(|design| design.draw(print, &Card::new(), &Assumed).unwrap());
            for side in [&card.front, &folded.back] {
                let size = |text: &str| {
                    let at = side.find(&format!(">{text}<")).unwrap_or_else(|| panic!("{text}"));
                    let tag = &side[..at];
                    let size = &tag[tag.rfind("font-size=\"").unwrap() + 11..];
                    size[..size.find('"').unwrap()].parse::<f64>().unwrap()
                };
                assert!(size(&print.permit.latin) > size(&print.permit.id.to_string()));
            }
            assert!(card.front.contains("中国") && !card.front.contains("156"));
        },
    );
}

#[test]
fn r1_the_longest_names_and_every_place_of_the_register_fit() {
    world::zone(|trust| {
        let lists = [Side::A, Side::B].map(|side| trust.lists(side).unwrap());
        let stations: Vec<_> = lists
            .iter()
            .flat_map(|lists| lists.stations.stations.iter().map(|station| station.names))
            .collect();
        assert!(stations.len() > 5, "{}", stations.len());
        for design in both() {
            assert_eq!(design.check(trust.zone(), &stations, &Card::new(), &Assumed), []);
        }
    });
}

#[test]
fn r12_a_template_without_a_fact_is_refused() {
    for field in Field::ALL {
        let without = |side: &str| {
            let lines =
                side.lines().filter(|line| !line.contains(&format!("data-field=\"{field}\"")));
            lines.collect::<Vec<_>>().join("\n")
        };
        let flaws = Design::new(&without(FRONT), &without(BACK)).unwrap_err();
        assert_eq!(flaws, [DesignFlaw::Missing(field)]);
    }
    let twice = Design::new(BACK, BACK).unwrap_err();
    assert!(twice.contains(&DesignFlaw::Codes { found: 2 }), "{twice:?}");
}

#[test]
fn r12_a_template_too_small_for_the_longest_names_is_told() {
    world::zone(|trust| {
        let narrow = FRONT.replace(
            "data-field=\"name\" x=\"31.2\" y=\"15\" width=\"50.4\"",
            "data-field=\"name\" x=\"31.2\" y=\"15\" width=\"9\"",
        );
        assert_ne!(narrow, FRONT);
        let flaws =
            Design::new(&narrow, BACK).unwrap().check(trust.zone(), &[], &Card::new(), &Assumed);
        assert_eq!(flaws, [DesignFlaw::Print(Refused::Room { place: "name".into() })]);
        let fine = BACK.replace(
            "x=\"42\" y=\"3.5\" width=\"40\" height=\"40\"",
            "x=\"42\" y=\"3.5\" width=\"15\" height=\"15\"",
        );
        assert_ne!(fine, BACK);
        let flaws =
            Design::new(FRONT, &fine).unwrap().check(trust.zone(), &[], &Card::new(), &Assumed);
        assert!(matches!(flaws[..], [DesignFlaw::Print(Refused::Code { .. })]), "{flaws:?}");
    });
}

#[test]
fn r12_a_template_has_the_paper_of_its_layout_and_is_looked_at_as_a_specimen() {
    let [card, folded] = both();
    assert!(Design::like(FRONT, BACK, &card).is_ok());
    let paper = DesignFlaw::Paper { width: 148.0, height: 105.0, fold: Some(74.0) };
    assert_eq!(Design::like(FRONT, BACK, &folded).unwrap_err(), [paper]);
    world::zone(|trust| {
        let station = trust.zone().regions.iter().next().unwrap().names;
        for design in both() {
            for longest in [false, true] {
                let how = (&Card::new(), &Assumed as &dyn permit_card::Faces);
                let sides = design.specimen(trust.zone(), station, how, longest).unwrap();
                for side in [&sides.front, &sides.back] {
                    assert!(side.contains("SPECIMEN · DEMO"));
                }
                let named = sides.front.contains("WWWW") || sides.back.contains("WWWW");
                assert_eq!(named, longest);
            }
        }
    });
}

#[test]
fn r12_a_template_says_where_it_is_wrong() {
    let wrong = |from: &str, to: &str| {
        let changed = FRONT.replacen(from, to, 1);
        assert_ne!(changed, FRONT, "{from}");
        match &Design::new(&changed, BACK).unwrap_err()[..] {
            [DesignFlaw::Side(permit_card::Face::Front, flaw), ..] => flaw.clone(),
            other => panic!("{other:?}"),
        }
    };
    assert!(matches!(
        wrong("data-field=\"birth\"", "data-field=\"ethnicity\""),
        Flaw::Attribute { .. }
    ));
    assert!(matches!(wrong("data-label=\"birth\"", "data-label=\"rank\""), Flaw::Attribute { .. }));
    assert!(matches!(wrong("width=\"50.4\"", "width=\"70.4\""), Flaw::Outside { .. }));
    assert!(matches!(wrong("<defs>", "<script/><defs>"), Flaw::Unsafe { line: 2, .. }));
    assert!(matches!(
        wrong("fill=\"#fff\"", "fill=\"&quot; onload=&quot;\""),
        Flaw::Attribute { .. }
    ));
    assert!(matches!(wrong("</svg>", ""), Flaw::Xml { .. }));
    assert_eq!(wrong("width=\"85.6mm\"", "width=\"85.6\""), Flaw::Root);
}

#[test]
fn r12_a_portrait_goes_on_the_card_and_nothing_else_does() {
    world::one(
        |_| {},
        |print| {
            let draw = |portrait: &[u8]| {
                let print = permit_card::Print { portrait: Some(portrait), ..*print };
                Design::card().unwrap().draw(&print, &Card::new(), &Assumed)
            };
            let sides = draw(b"\xff\xd8\xff\xe0 portrait").unwrap();
            assert!(sides.front.contains("href=\"data:image/jpeg;base64,/9j/4CBwb3J0cmFpdA==\""));
            assert!(!sides.back.contains("data:image"));
            assert_eq!(draw(b"<svg/>").unwrap_err(), [Refused::Portrait]);
            assert_eq!(
                draw(&[&b"\xff\xd8\xff"[..], &vec![0; PORTRAIT]].concat()).unwrap_err(),
                [Refused::Portrait]
            );
        },
    );
}

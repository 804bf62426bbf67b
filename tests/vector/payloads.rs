//! Payloads that are properly signed and are no permits, or just so: each field, each option.
#![expect(clippy::too_many_lines, reason = "tables of cases, one a line")]

use super::cases::{Spec, encoded, key};
use crate::{item::Item, town::permit};

pub(super) fn all() -> Vec<Spec> {
    let int = |n: i128| Item::Int(n);
    let bad = |name: &str, about: &str, scan: String| {
        Spec::new("invalid", &format!("payload-{name}"), about, scan, 20)
    };
    let field = |index: usize, item: Item| twisted(move |permit| *permit.at(&[index]) = item);
    let raw = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut payload = encoded(&permit(1));
        change(&mut payload);
        key().seal_raw(&payload)
    };
    let text = |text: &str| Item::Text(text.into());
    let mut specs = vec![
        bad("trailing", "A byte after the item.", raw(&|p| p.push(0xf6))),
        bad("truncated", "The last byte is missing.", raw(&|p| p.truncate(p.len() - 1))),
        bad(
            "indefinite",
            "An array of indefinite length.",
            raw(&|p| {
                p[0] = 0x9f;
                p.push(0xff);
            }),
        ),
        bad("not-shortest", "A zone in two bytes.", field(6, Item::Raw(vec![0x18, 1]))),
        bad("float", "A float.", field(6, Item::Raw(vec![0xf9, 0x3c, 0]))),
        bad("tag", "A tag.", field(6, Item::Tag(1, Box::new(int(1))))),
        bad("undefined", "The simple value undefined.", field(2, Item::Raw(vec![0xf7]))),
        bad("reserved", "A reserved head.", field(6, Item::Raw(vec![0x1c]))),
        bad("utf8", "A surrogate in a name.", field(1, Item::Raw(vec![0x63, 0xed, 0xa0, 0x80]))),
        bad("eight-fields", "A field too few.", twisted(|p| drop(p.items().pop()))),
        bad(
            "eleven-fields",
            "A field too many.",
            twisted(|p| p.items().extend([Item::Map(vec![(int(2), int(1))]), int(0)])),
        ),
        bad("map", "A map in place of the array.", key().seal_raw(&[0xa0])),
        bad("id-short", "A permit id of six bytes.", field(0, Item::bytes(&[0, 11, 63, 0, 0, 1]))),
        bad("station-0", "Station 0.", field(0, Item::bytes(&[0, 0, 63, 0, 0, 1, 1]))),
        bad("serial-0", "Serial 0.", field(0, Item::bytes(&[0, 11, 63, 0, 0, 0, 1]))),
        bad("name-empty", "An empty name.", field(1, text(""))),
        bad("name-long", "A name of 40 bytes.", field(1, text(&"A".repeat(40)))),
        bad("name-digit", "A digit in a name.", field(1, text("A1"))),
        bad("name-space", "Two spaces together.", field(1, text("A  B"))),
        bad("name-end", "A space at the end.", field(1, text("A "))),
        bad("name-bidi", "A right-to-left override.", field(1, text("A\u{202e}B"))),
        bad("native-latin", "A Latin letter in native script.", field(2, text("林A"))),
        bad(
            "native-compatibility",
            "A compatibility ideograph, which is not NFC.",
            field(2, text("\u{2f800}")),
        ),
        bad("native-jamo", "Hangul in pieces.", field(2, text("\u{1112}\u{1161}\u{11ab}"))),
        bad("birth-early", "Born before 1800.", field(3, int(-36_525))),
        bad("birth-late", "Born after 2155.", field(3, int(93_502))),
        bad("birth-month", "Month 13.", field(3, crate::array![1931_u16, 13_u8])),
        bad(
            "birth-three",
            "Three numbers of birth.",
            field(3, crate::array![1931_u16, 4_u8, 5_u8]),
        ),
        bad("nationality", "Nationality 1000.", field(4, int(1000))),
        bad("region-0", "Region 0.", field(5, int(0))),
        bad("zone-wide", "A zone beyond 16 bits.", field(6, int(65_536))),
        bad("from-negative", "Valid from before 1900.", field(7, int(-1))),
        bad("ends-before", "Ends before it begins.", field(8, int(23_000))),
        bad(
            "wide",
            "A number beyond 64 bits.",
            field(8, Item::Raw(vec![0x3b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff])),
        ),
    ];
    specs.extend(options());
    specs
}

fn options() -> Vec<Spec> {
    let int = |n: i128| Item::Int(n);
    let option = |name: &str, about: &str, pairs: Vec<(Item, Item)>, code| {
        let folder = if code == 0 { "edge" } else { "invalid" };
        Spec::new(folder, &format!("option-{name}"), about, with_options(pairs), code)
    };
    let one = |key: i128, value: Item| vec![(Item::Int(key), value)];
    let document = |text: &str| Item::Text(text.into());
    vec![
        option("none", "An empty map.", vec![], 20),
        option("unsorted", "Keys out of order.", vec![(int(4), int(1)), (int(2), int(1))], 20),
        option("twice", "A key twice.", vec![(int(2), int(1)), (int(2), int(2))], 20),
        option("crossings-none", "No crossing.", one(0, Item::Array(vec![])), 20),
        option(
            "crossings-unsorted",
            "Crossings out of order.",
            one(0, crate::array![2_u8, 1_u8]),
            20,
        ),
        option("crossings-twice", "A crossing twice.", one(0, crate::array![1_u8, 1_u8]), 20),
        option(
            "crossings-25",
            "More than 24 crossings.",
            one(0, Item::Array((1..=25).map(int).collect())),
            20,
        ),
        option(
            "crossings-24",
            "As many as there may be.",
            one(0, Item::Array((1..=24).map(int).collect())),
            0,
        ),
        option(
            "issued-same",
            "Issued on the first day, which says nothing.",
            one(1, int(23_257)),
            20,
        ),
        option("issued-later", "Issued after the first day.", one(1, int(23_258)), 20),
        option("entries-0", "No entries.", one(2, int(0)), 20),
        option("stay-wide", "A stay beyond 16 bits.", one(3, int(65_536)), 20),
        option("children-10", "Ten children.", one(4, int(10)), 20),
        option("document-long", "21 characters.", one(5, document("ABCDEFGHIJKLMNOPQRSTU")), 20),
        option("document-lower", "A small letter.", one(5, document("g1")), 20),
        option("portrait-empty", "An empty portrait.", one(6, Item::bytes(&[])), 20),
        option("portrait-801", "A portrait of 801 bytes.", one(6, Item::bytes(&[1; 801])), 20),
        option("specimen-false", "Not a specimen, said aloud.", one(7, Item::Bool(false)), 20),
        option("text-key", "A text as key.", vec![(Item::Text("a".into()), int(1))], 20),
        option(
            "deep",
            "An unknown option nested too deeply.",
            one(8, crate::array![crate::array![crate::array![1_u8]]]),
            20,
        ),
        option(
            "unknown",
            "An unknown option from 8 upwards is ignored.",
            one(8, crate::array![crate::array![1_u8]]),
            0,
        ),
        option(
            "unknown-wide",
            "The highest option there can be.",
            one(i128::from(i64::MAX), Item::Null),
            0,
        ),
        option(
            "too-wide",
            "An option beyond 63 bits.",
            one(i128::from(i64::MAX) + 1, Item::Null),
            20,
        ),
        option("newer", "An unknown option below 0.", one(-1, Item::Bool(true)), 21),
        option(
            "newer-twice",
            "The first unknown option below 0 is named.",
            vec![(int(2), int(9)), (int(-2), Item::Null), (int(-300), Item::Null)],
            21,
        ),
        option(
            "long",
            "Longer than 320 characters without a portrait.",
            one(8, Item::bytes(&[7; 200])),
            20,
        ),
        option("specimen", "A specimen.", one(7, Item::Bool(true)), 25),
    ]
}

/// A permit's text with its payload changed as an item, signed all the same.
fn twisted(change: impl FnOnce(&mut Item)) -> String {
    let mut item = Item::read(&encoded(&permit(1))).0;
    change(&mut item);
    key().seal_raw(&item.encode())
}

fn with_options(pairs: Vec<(Item, Item)>) -> String {
    twisted(|item| item.items().push(Item::Map(pairs)))
}

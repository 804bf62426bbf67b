//! Vectors of a station's return, written from the format document.
#![expect(clippy::too_many_lines, reason = "a table of cases")]

use permit_core::{Kind, PublicKey, sha256};
use permit_record::Return;
use serde_json::json;

use super::{
    Vector,
    records::{AT, name, sign1, vector},
};
use crate::{array, item::Item, key::Key};

/// 1963-09-01 and 1963-09-10.
const FROM: u32 = 23_253;
const THROUGH: u32 = FROM + 9;

/// Two counts, one open case, one issue, and "none" of differing views.
fn example() -> Item {
    array![
        1_u16,
        101_u16,
        Item::Bool(false),
        AT,
        FROM,
        THROUGH,
        412_u32,
        sha256(&[b"the last entry"]),
        array![
            array![FROM, 0_u8, 1_u16, 0_u8, Item::Null, 12_u32],
            array![FROM + 9, 0_u8, 1_u16, 2_u8, 0_u8, 1_u32]
        ],
        array![array![0_u8, 1_u8, 1_u8, 3_u32]],
        array![array![1_u8, FROM, "窗口不足。", Item::Bool(true)]],
        Item::Array(vec![]),
        sha256(&[b"the register"]),
    ]
}

pub(super) fn all() -> Vec<Vector> {
    let (desk, other) = (Key::named("record"), Key::named("other"));
    let good = sign1(Kind::Return, &example().encode(), &desk);
    let changed = |path: &[usize], value: Item| {
        let mut item = example();
        *item.at(path) = value;
        sign1(Kind::Return, &item.encode(), &desk)
    };
    let mut flipped = good.clone();
    flipped[40] ^= 1;
    let second = || array![FROM + 9, 0_u8, 1_u16, 2_u8, 0_u8, 1_u32];
    let cases = [
        ("return", "Ten days at a station.", good, None),
        (
            "return-silent",
            "Nothing was done, and nobody was asked about issues and views.",
            {
                let mut item = example();
                for (at, value) in [
                    (8, Item::Array(vec![])),
                    (9, Item::Array(vec![])),
                    (10, Item::Null),
                    (11, Item::Null),
                ] {
                    *item.at(&[at]) = value;
                }
                sign1(Kind::Return, &item.encode(), &desk)
            },
            None,
        ),
        (
            "return-wordless",
            "The words of an issue hold a name and stayed at the desk.",
            changed(&[10, 0, 2], Item::Null),
            None,
        ),
        ("return-flipped", "A bit of it is another.", flipped, Some("signature")),
        (
            "return-other-key",
            "Of another desk.",
            sign1(Kind::Return, &example().encode(), &other),
            Some("other-key"),
        ),
        (
            "return-as-report",
            "Signed as a report.",
            sign1(Kind::Report, &example().encode(), &desk),
            Some("signature"),
        ),
        (
            "return-backwards",
            "It ends before it begins.",
            changed(&[5], (FROM - 1).into()),
            Some("contents"),
        ),
        (
            "return-other-day",
            "A count of a day that is not among its own.",
            changed(&[8, 1, 0], (THROUGH + 1).into()),
            Some("contents"),
        ),
        (
            "return-groundless",
            "A refusal without a ground.",
            changed(&[8, 1, 4], Item::Null),
            Some("contents"),
        ),
        (
            "return-ground",
            "A ground for what has none.",
            changed(&[8, 0, 4], 0_u8.into()),
            Some("contents"),
        ),
        ("return-zero", "A count of nothing.", changed(&[8, 0, 5], 0_u8.into()), Some("contents")),
        (
            "return-outcome",
            "There is no such outcome.",
            changed(&[8, 0, 3], 10_u8.into()),
            Some("contents"),
        ),
        (
            "return-twice",
            "Two counts of the same.",
            changed(&[8], array![second(), second()]),
            Some("contents"),
        ),
        (
            "return-class",
            "There is no such class.",
            changed(&[8, 0, 1], 3_u8.into()),
            Some("contents"),
        ),
        ("return-age", "There is no such age.", changed(&[9, 0, 1], 5_u8.into()), Some("contents")),
        (
            "return-empty-words",
            "An issue in no words.",
            changed(&[10, 0, 2], "".into()),
            Some("contents"),
        ),
        (
            "return-no-register",
            "It speaks for no register.",
            changed(&[12], Item::Null),
            Some("contents"),
        ),
        (
            "return-longer",
            "A field more.",
            {
                let mut item = example();
                item.items().push(Item::Null);
                sign1(Kind::Return, &item.encode(), &desk)
            },
            Some("contents"),
        ),
    ];
    let key = PublicKey::new(&desk.public()).expect("a sound key");
    let each = |(case, about, sealed, error): (&str, &str, Vec<u8>, Option<&str>)| {
        let opened = Return::open(&sealed, &key);
        assert_eq!(opened.as_ref().err().map(name), error, "{case}: {opened:?}");
        let contents = json!({
            "about": about,
            "record": "return",
            "keys_hex": [hex::encode(desk.public())],
            "sealed_hex": hex::encode(&sealed),
            "expect": { "error": error, "officer": opened.ok().map(|opened| opened.sequence) },
        });
        vector(case, error, contents)
    };
    cases.into_iter().map(each).collect()
}

//! Vectors of what headquarters sign: reports and passages, written from the format document.

use permit_core::{Kind, PublicKey, sha256};
use permit_record::{Crossings, Refused, Report};
use serde_json::json;

use super::{
    Vector,
    records::{AT, name, sign1, vector},
};
use crate::{array, item::Item, key::Key};

/// 1963-09-01 and 1963-09-10.
const FROM: u32 = 23_253;
const THROUGH: u32 = FROM + 9;

pub(super) fn all() -> Vec<Vector> {
    let mut all = reports();
    all.extend(passages());
    all
}

/// Of the use of permits, answering two orders, with two files.
fn report() -> Item {
    let file = |name: &str| array![name, sha256(&[name.as_bytes()])];
    array![
        1_u16,
        0_u8,
        Item::Bool(false),
        0_u8,
        7_u32,
        AT,
        FROM,
        THROUGH,
        array!["1963-181", "1963-182"],
        array![file("report.csv"), file("report.html")]
    ]
}

/// Two terminals; one passage of each, and one that never was.
fn crossings() -> Item {
    let passage = |terminal: u8, sequence: u32, way: u8| {
        array![
            array![terminal, sequence],
            [sequence.to_be_bytes()[3]; 16],
            3_u8,
            way,
            AT,
            0_u8,
            480_u16
        ]
    };
    array![
        1_u16,
        0_u8,
        Item::Bool(false),
        1_u8,
        AT,
        array![array![4_u8, 1_u8, 90_u8], array![4_u8, 120_u8, 300_u16], array![5_u8, 1_u8, 20_u8]],
        array![passage(4, 41, 1), passage(4, 130, 0), passage(5, 7, 1)],
        array![array![4_u8, 130_u8]]
    ]
}

type Case = (&'static str, &'static str, Vec<u8>, Option<&'static str>);

fn changed(of: fn() -> Item, kind: Kind, path: &[usize], value: Item) -> Vec<u8> {
    let mut item = of();
    *item.at(path) = value;
    sign1(kind, &item.encode(), &Key::named("headquarters"))
}

fn reports() -> Vec<Vector> {
    let (own, other) = (Key::named("headquarters"), Key::named("headquarters/other"));
    let good = sign1(Kind::Report, &report().encode(), &own);
    let with = |path: &[usize], value: Item| changed(report, Kind::Report, path, value);
    let cases: Vec<Case> = vec![
        ("report", "Of the use of permits.", good, None),
        ("report-situation", "Of the situation.", with(&[3], 1_u8.into()), None),
        ("report-no-order", "It answers no order.", with(&[8], Item::Array(vec![])), None),
        (
            "report-other-key",
            "Of another key.",
            sign1(Kind::Report, &report().encode(), &other),
            Some("other-key"),
        ),
        (
            "report-as-return",
            "Signed as a station's return.",
            sign1(Kind::Return, &report().encode(), &own),
            Some("signature"),
        ),
        ("report-subject", "There is no such subject.", with(&[3], 2_u8.into()), Some("contents")),
        ("report-nought", "Number 0.", with(&[4], 0_u8.into()), Some("contents")),
        (
            "report-backwards",
            "It ends before it begins.",
            with(&[7], (FROM - 1).into()),
            Some("contents"),
        ),
        ("report-no-file", "It has no file.", with(&[9], Item::Array(vec![])), Some("contents")),
        (
            "report-path",
            "A file in another folder.",
            with(&[9, 1, 0], "../report.html".into()),
            Some("contents"),
        ),
        (
            "report-unsorted",
            "Files in another order.",
            with(&[9, 1, 0], "a.html".into()),
            Some("contents"),
        ),
        (
            "report-order-twice",
            "The same order twice.",
            with(&[8, 1], "1963-181".into()),
            Some("contents"),
        ),
    ];
    vectors("report", cases, |sealed, key| Report::open(sealed, key).map(|it| it.number))
}

fn passages() -> Vec<Vector> {
    let (own, other) = (Key::named("headquarters"), Key::named("headquarters/other"));
    let good = sign1(Kind::Passages, &crossings().encode(), &own);
    let with = |path: &[usize], value: Item| changed(crossings, Kind::Passages, path, value);
    let cases: Vec<Case> = vec![
        ("passages", "Passages of two terminals.", good, None),
        ("passages-none", "Records without a passage.", with(&[6], Item::Array(vec![])), None),
        (
            "passages-other-key",
            "Of another key.",
            sign1(Kind::Passages, &crossings().encode(), &other),
            Some("other-key"),
        ),
        (
            "passages-as-report",
            "Signed as a report.",
            sign1(Kind::Report, &crossings().encode(), &own),
            Some("signature"),
        ),
        ("passages-side", "There is no such side.", with(&[1], 2_u8.into()), Some("contents")),
        (
            "passages-touching",
            "Two stretches that share a record.",
            with(&[5, 1, 1], 90_u8.into()),
            Some("contents"),
        ),
        (
            "passages-twice",
            "The same passage twice.",
            with(&[6, 1, 0, 1], 41_u8.into()),
            Some("contents"),
        ),
        ("passages-way", "There is no such way.", with(&[6, 0, 3], 2_u8.into()), Some("contents")),
        (
            "passages-offset",
            "A clock 15 hours and a minute ahead.",
            with(&[6, 0, 6], 901_u16.into()),
            Some("contents"),
        ),
        (
            "passages-officer",
            "A passage with one more field: what an officer did does not cross.",
            {
                let mut item = crossings();
                item.at(&[6, 0]).items().push(12_u8.into());
                sign1(Kind::Passages, &item.encode(), &own)
            },
            Some("contents"),
        ),
    ];
    vectors("passages", cases, |sealed, key| Crossings::open(sealed, key).map(|it| it.number))
}

fn vectors(
    record: &str,
    cases: Vec<Case>,
    open: fn(&[u8], &PublicKey) -> Result<u32, Refused>,
) -> Vec<Vector> {
    let public = Key::named("headquarters").public();
    let key = PublicKey::new(&public).expect("a sound key");
    let each = |(case, about, sealed, error): Case| {
        let opened = open(&sealed, &key);
        assert_eq!(opened.as_ref().err().map(name), error, "{case}: {opened:?}");
        let contents = json!({
            "about": about,
            "record": record,
            "keys_hex": [hex::encode(public)],
            "sealed_hex": hex::encode(&sealed),
            "expect": { "error": error, "officer": opened.ok() },
        });
        vector(case, error, contents)
    };
    cases.into_iter().map(each).collect()
}

//! Rows that are right, rows that are wrong in many ways, keys that may not issue.

use permit_core::{Anchor, Day, KeySlot, PermitId, Signer, Terms, Trust};

use super::*;
use crate::demo::{self, World};

fn with_issuer<T>(run: impl FnOnce(&Issuer<'_>) -> T) -> T {
    let world = World::make().unwrap();
    let mut slots = crate::slots(&world.bundle);
    let trust = open(&world, &mut slots);
    run(&Issuer::find(&trust, &demo::station_key(101).public_key(), today()).unwrap())
}

fn open<'w>(world: &'w World, slots: &'w mut [KeySlot]) -> Trust<'w> {
    let terms = Terms { anchor: Anchor::of(&world.root).unwrap(), before: None, now: None };
    Trust::open(&world.bundle, &terms, slots).unwrap()
}

fn today() -> Day {
    Day::from_civil(1963, 9, 10).unwrap()
}

const ID: PermitId = PermitId { station: 101, year: 63, serial: 1000, copy: 1 };

#[test]
fn a_row_is_normalised_and_filled_in() {
    let row: Row = toml::from_str(
        "latin = 'Namgung  ｈanul\u{2010}Pyŏl'\nnative = '남궁\u{3000}하늘'\nbirth = 1931-04-02\n\
         nationality = 'cn'\nregion = 'YANJI COUNTY'\ncrossings = ['x-sanhe', 3, '三合-会宁']\n\
         document = 'demo 77/1'",
    )
    .unwrap();
    with_issuer(|issuer| {
        let wrong = issuer.check(&row).unwrap_err();
        assert_eq!(wrong, [Problem { field: "document".into(), why: Why::Character('/') }]);
        let mut row = row.clone();
        row.0.insert("document".into(), Cell::One("demo 77-1".into()));
        let permit = issuer.check(&row).unwrap().numbered(ID);
        assert_eq!(permit.latin, "NAMGUNG HANUL-PYŎL");
        assert_eq!(permit.native.as_deref(), Some("남궁 하늘"));
        assert_eq!((permit.nationality, permit.region), (156, 3));
        assert_eq!(permit.options.crossings[..], [3, 6]);
        assert_eq!(permit.options.document.as_deref(), Some("DEMO77-1"));
        assert_eq!((permit.from, permit.days(), permit.options.entries), (today(), 31, Some(1)));
        let (_, text) =
            issuer.seal(&issuer.check(&row).unwrap(), ID, &demo::station_key(101)).unwrap();
        assert!(text.starts_with("BP1:"));
        assert!(issuer.seal(&issuer.check(&row).unwrap(), ID, &demo::station_key(102)).is_err());
    });
}

#[test]
fn every_problem_at_once() {
    let row = Row::of_columns([
        ("latin", "김"),
        ("birth", "1963-13"),
        ("region", "Hunchun County"),
        ("from", "1963-09-09"),
        ("through", "1970-01-01"),
        ("children", "10"),
        ("crossings", "3; nowhere"),
        ("ethnicity", "any"),
        ("photo_score", "0.9"),
        ("stay", ""),
    ]);
    let problems = with_issuer(|issuer| issuer.check(&row).unwrap_err());
    let mut found: Vec<_> = problems.iter().map(|problem| problem.field.as_str()).collect();
    found.sort_unstable();
    let mut all = [
        "latin",
        "birth",
        "region",
        "from",
        "through",
        "children",
        "crossings",
        "ethnicity",
        "photo_score",
        "nationality",
    ];
    all.sort_unstable();
    assert_eq!(found, all, "{problems:?}");
}

#[test]
fn a_later_first_day_keeps_the_day_of_issue() {
    let row = Row::of_columns([
        ("latin", "O"),
        ("birth", "1940"),
        ("nationality", "408"),
        ("region", "1"),
        ("from", "1963-10-01"),
        ("entries", "unlimited"),
        ("replaces", "101-1963-7-1-"),
    ]);
    with_issuer(|issuer| {
        assert!(matches!(
            issuer.check(&row).unwrap_err()[..],
            [Problem { why: Why::PermitNumber(_), .. }]
        ));
        let mut row = row.clone();
        let old = PermitId { serial: 7, ..ID };
        row.0.insert("replaces".into(), Cell::One(old.to_string()));
        let request = issuer.check(&row).unwrap();
        assert_eq!(request.number(), Some(PermitId { copy: 2, ..old }));
        let permit = request.numbered(ID);
        assert_eq!((permit.issued(), permit.options.entries), (today(), None));
        let (through, born) = ("1963-09-30", "1963-11-01");
        row.0.insert("through".into(), Cell::One(through.into()));
        row.0.insert("birth".into(), Cell::One(born.into()));
        assert_eq!(issuer.check(&row).unwrap_err().len(), 2);
    });
}

#[test]
fn keys_that_may_not_issue() {
    let world = World::make().unwrap();
    let mut slots = crate::slots(&world.bundle);
    let trust = open(&world, &mut slots);
    let find = |key: [u8; 32], day| Issuer::find(&trust, &key, day).map(drop);
    let day = |month, day| Day::from_civil(1963, month, day).unwrap();
    let suspended = |station, since| Err(NotAnIssuer::Suspended { station, since });
    assert_eq!(find(demo::station_key(106).public_key(), today()), suspended(106, day(8, 15)));
    assert_eq!(find(demo::station_key(33_004).public_key(), today()), suspended(33_004, day(9, 1)));
    assert!(find(demo::station_key(106).public_key(), day(8, 14)).is_ok());
    assert!(matches!(
        find(demo::station_key(105).public_key(), day(11, 1)),
        Err(NotAnIssuer::Window { .. })
    ));
    assert!(matches!(
        find(demo::station_key(7).public_key(), today()),
        Err(NotAnIssuer::Unlisted { .. })
    ));
    assert_eq!(
        find(demo::key_through_approvals().public_key(), today()),
        Err(NotAnIssuer::ThroughApprovals { station: 101 })
    );
}

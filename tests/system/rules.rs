//! Every rule of the verdict, at its edges: the day before, the day, the day after, and midnight.

use permit_core::{
    Checkpoint, Day, Direction, Entitlement, Journey, Now, Passage, Permit, Presence, Reason,
    Revocation, Shut, Side, TerminalFault, Trust, UnixTime, Verdict,
};
use permit_tests::{
    key::Key,
    town::{Ask, Town, codes, day, issued, noon, permit, today},
};

fn trust() -> &'static Trust<'static> {
    Town::new().open().unwrap()
}

/// The codes of a permit of station 11's key.
fn asked(trust: &'static Trust<'static>, permit: &Permit, ask: &Ask) -> Vec<u8> {
    by("station/11", trust, permit, ask)
}

fn by(key: &str, trust: &'static Trust<'static>, permit: &Permit, ask: &Ask) -> Vec<u8> {
    codes(&ask.judge(trust, Key::named(key).seal(permit).as_bytes()))
}

fn verdict(trust: &'static Trust<'static>, permit: &Permit, ask: &Ask) -> Verdict {
    ask.judge(trust, Key::named("station/11").seal(permit).as_bytes()).verdict
}

/// Invalid outward, and the same reason merely refers homeward.
#[track_caller]
fn both_ways(permit: &Permit, outward: &Ask, code: u8) {
    both_ways_by("station/11", trust(), permit, outward, code);
}

#[track_caller]
fn both_ways_by(
    key: &str,
    trust: &'static Trust<'static>,
    permit: &Permit,
    outward: &Ask,
    code: u8,
) {
    let text = Key::named(key).seal(permit);
    let home = Checkpoint { direction: Direction::Entry, ..outward.checkpoint };
    let there = outward.judge(trust, text.as_bytes());
    let back = Ask { checkpoint: home, ..*outward }.judge(trust, text.as_bytes());
    assert_eq!(there.journey, Some(Journey::Outward));
    assert_eq!(back.journey, Some(Journey::Homeward));
    assert!(matches!(there.verdict, Verdict::Invalid(ref r) if r.code() == code), "{there:?}");
    assert!(matches!(back.verdict, Verdict::Refer(ref r) if r.code() == code), "{back:?}");
    assert_eq!(there.verdict.reason(), back.verdict.reason());
}

#[test]
fn the_days_of_validity() {
    let (trust, p) = (trust(), permit(1));
    for (on, expected) in [
        (p.from.plus(-1), 30),
        (p.from, 0),
        (p.from.plus(1), 0),
        (p.through.plus(-1), 0),
        (p.through, 0),
        (p.through.plus(1), 31),
    ] {
        // The floor lies before them all, so that only the rule decides.
        let now = Now::read(Some(noon(on)), day(1963, 9, 1).begins(0));
        let ask = Ask { now, ..Ask::new() };
        assert_eq!(asked(trust, &p, &ask), [expected], "{on}");
    }
    both_ways(&p, &Ask::new().on(p.through.plus(1)), 31);
    let mut later = permit(1);
    later.from = today().plus(1);
    both_ways(&later, &Ask::new(), 30);
}

#[test]
fn midnight_is_the_crossings() {
    let (trust, mut p) = (trust(), permit(1));
    p.region = 102;
    p.through = day(1963, 9, 12);
    let midnight = p.through.plus(1).begins(480);
    assert_eq!(asked(trust, &p, &Ask::new().when(midnight.plus(-1))), [0]);
    assert_eq!(asked(trust, &p, &Ask::new().when(midnight)), [31]);
    // From the 20th, 00:00 UTC, the clock at crossing 2 is nine hours ahead: its midnight comes earlier.
    p.through = day(1963, 9, 24);
    let midnight = p.through.plus(1).begins(540);
    for (crossing, at, expired) in [
        (2, midnight.plus(-1), false),
        (2, midnight, true),
        (1, midnight, false),
        (1, midnight.plus(3600), true),
    ] {
        let found = asked(trust, &p, &Ask::new().through(crossing).when(at));
        assert_eq!(found.contains(&31), expired, "crossing {crossing} at {at}: {found:?}");
    }
    // The moment the offset changes: 08:00 becomes 09:00.
    let change = day(1963, 9, 20).begins(0);
    let crossing = trust.zone().crossing(2).unwrap();
    assert_eq!((crossing.offset(change.plus(-1)), crossing.offset(change)), (480, 540));
}

#[test]
fn who_may_sign_what() {
    let trust = trust();
    let why = |key: &str, permit: &Permit, ask: &Ask| {
        let judgement = ask.judge(trust, Key::named(key).seal(permit).as_bytes());
        match judgement.verdict {
            Verdict::Invalid(Reason::NotEntitled { why, .. })
            | Verdict::Refer(Reason::NotEntitled { why, .. }) => Some(why),
            Verdict::Valid => None,
            other => panic!("{other:?}"),
        }
    };
    let ask = Ask::new();
    // Another station's number.
    let named = Some(Entitlement::Station { named: 11 });
    assert_eq!(why("station/13", &permit(1), &ask), named);
    assert_eq!(why("station/33000", &permit(1), &ask), named);
    // Regions: its own, a delegated one, one of neither, one of the other side.
    let of = |station: u16, region: u16| {
        let mut p = permit(1);
        p.id.station = station;
        p.region = region;
        p.options.issued = Some(day(1963, 9, 1));
        p
    };
    assert_eq!(why("station/12", &of(12, 101), &ask), None);
    assert_eq!(why("station/12", &of(12, 102), &ask), None);
    assert_eq!(why("station/12", &of(12, 104), &ask), Some(Entitlement::Region { region: 104 }));
    assert_eq!(why("station/11", &of(11, 201), &ask), Some(Entitlement::Region { region: 201 }));
    // Suspended by the list from the 5th, by the revocations from the 8th: what was issued before stays good.
    for (key, station, since) in
        [("station/13", 13, day(1963, 9, 5)), ("station/12", 12, day(1963, 9, 8))]
    {
        for (on, suspended) in [(-1, false), (0, true), (1, true)] {
            let mut p = of(station, 101);
            p.options.issued = Some(since.plus(on));
            p.from = day(1963, 9, 10);
            let expected = suspended.then_some(Entitlement::Suspended { since });
            assert_eq!(why(key, &p, &ask), expected, "{key} {on}");
        }
    }
    // A demo key under a root that is none.
    assert_eq!(why("station/14", &of(14, 101), &ask), Some(Entitlement::Demo));
    let demo = Town::demo().open().unwrap();
    assert_eq!(by("station/14", demo, &of(14, 101), &ask), [0]);
    both_ways(&of(11, 201), &Ask::at(1, Side::B, Direction::Exit), 24);
    both_ways_by("station/14", trust, &of(14, 101), &ask, 24);
}

#[test]
fn the_window_of_a_key_and_the_longest_validity() {
    let mut town = Town::new();
    *town.document(Side::A, 0).payload.at(&[6, 0, 5, 0, 1]) = day(1963, 9, 5).into();
    *town.document(Side::A, 0).payload.at(&[6, 0, 5, 0, 2]) = day(1963, 9, 7).into();
    *town.document(Side::A, 0).payload.at(&[6, 0, 5, 1, 1]) = day(1963, 9, 5).into();
    *town.document(Side::A, 0).payload.at(&[6, 0, 5, 1, 2]) = day(1963, 9, 7).into();
    let trust = town.open().unwrap();
    for (on, good) in [(4, false), (5, true), (6, true), (7, true), (8, false)] {
        let mut p = permit(1);
        p.from = day(1963, 9, 10);
        p.options.issued = Some(day(1963, 9, on));
        assert_eq!(
            asked(trust, &p, &Ask::new()),
            [if good { 0 } else { 24 }],
            "issued on the {on}th"
        );
        // Without option 1 the first day of validity is the day of issue.
        let mut p = permit(1);
        p.from = day(1963, 9, on);
        assert_eq!(asked(trust, &p, &Ask::new()), [if good { 0 } else { 24 }], "from the {on}th");
    }
    for (days, good) in [(89, true), (90, true), (91, false)] {
        let mut p = permit(1);
        p.through = p.from.plus(days - 1);
        let found = verdict(self::trust(), &p, &Ask::new());
        assert_eq!(found == Verdict::Valid, good, "{days} days: {found:?}");
    }
}

#[test]
fn a_specimen_is_never_good() {
    let mut p = permit(1);
    p.options.specimen = true;
    for trust in [trust(), Town::demo().open().unwrap()] {
        for ask in [Ask::new(), Ask::homeward()] {
            assert_eq!(verdict(trust, &p, &ask), Verdict::Invalid(Reason::Specimen));
        }
    }
}

#[test]
fn taken_back() {
    let trust = trust();
    let since = day(1963, 9, 7);
    let revoked = |how, since| Verdict::Invalid(Reason::Revoked { how, since, listed: issued() });
    for (serial, copy, expected) in [
        (4, 1, Verdict::Valid),
        (5, 1, revoked(Revocation::Serial, None)),
        (5, 9, revoked(Revocation::Serial, None)),
        (6, 1, Verdict::Invalid(Reason::Replaced { copy: 1, good: 2, since })),
        (6, 2, Verdict::Valid),
        (6, 3, Verdict::Valid),
        (7, 1, revoked(Revocation::Lost, Some(since))),
        (7, 2, Verdict::Valid),
        (8, 1, Verdict::Valid),
        (99, 1, Verdict::Valid),
        (100, 1, revoked(Revocation::Range, Some(since))),
        (199, 255, revoked(Revocation::Range, Some(since))),
        (200, 0, Verdict::Valid),
    ] {
        let mut p = permit(serial);
        p.id.copy = copy;
        assert_eq!(verdict(trust, &p, &Ask::new()), expected, "serial {serial}, copy {copy}");
    }
    // Another year of the same serial is another permit.
    let mut p = permit(5);
    p.id.year = 62;
    assert!(!asked(trust, &p, &Ask::new()).contains(&32));
    for serial in [5, 7, 150] {
        both_ways(&permit(serial), &Ask::new(), 32);
    }
    both_ways(&permit(6), &Ask::new(), 33);
}

#[test]
fn zones_and_regions() {
    let trust = trust();
    let of = |region| Permit { region, ..permit(1) };
    // 103 left the zone on the last of August, 104 enters it in October.
    for (region, on, member) in [
        (103, day(1963, 8, 31), true),
        (103, day(1963, 9, 1), false),
        (104, day(1963, 9, 30), false),
        (104, day(1963, 10, 1), true),
    ] {
        let mut p = of(region);
        p.from = day(1963, 8, 20);
        p.through = day(1963, 10, 20);
        p.options.issued = Some(day(1963, 8, 19));
        let ask = Ask { now: Now::read(Some(noon(on)), UnixTime(i64::MIN)), ..Ask::new() };
        assert_eq!(!asked(trust, &p, &ask).contains(&40), member, "region {region} on {on}");
    }
    both_ways(&of(103), &Ask::new(), 40);
    // Not listed at all: also outside what the station serves.
    assert_eq!(asked(trust, &of(999), &Ask::new()), [24, 40]);
    // Another zone: its region numbers mean nothing here, and the key's side is home.
    let other = Permit { zone: 2, region: 201, ..permit(1) };
    assert_eq!(asked(trust, &other, &Ask::new()), [41]);
    both_ways(&other, &Ask::new(), 41);
}

#[test]
fn crossings() {
    let trust = trust();
    let mut p = permit(1);
    p.options.crossings.extend([1, 4]);
    assert_eq!(asked(trust, &p, &Ask::new()), [0]);
    let elsewhere = Ask::new().through(2).when(today().begins(480).plus(12 * 3600));
    assert_eq!(asked(trust, &p, &elsewhere), [42]);
    both_ways(&p, &elsewhere, 42);
    for (crossing, on, expected) in [
        (3, day(1963, 8, 31), None),
        (3, day(1963, 9, 1), Some(Shut::Closed { since: day(1963, 9, 1) })),
        (4, day(1963, 9, 4), None),
        (
            4,
            day(1963, 9, 5),
            Some(Shut::Suspended { since: day(1963, 9, 5), until: Some(day(1963, 9, 20)) }),
        ),
        (
            4,
            day(1963, 9, 19),
            Some(Shut::Suspended { since: day(1963, 9, 5), until: Some(day(1963, 9, 20)) }),
        ),
        (4, day(1963, 9, 20), None),
        (5, day(1963, 8, 31), None),
        (5, day(1963, 9, 1), Some(Shut::Region { region: 103 })),
        (6, day(1963, 12, 31), Some(Shut::NotOpen { until: Some(day(1964, 1, 1)) })),
        (6, day(1964, 1, 1), None),
    ] {
        let mut p = permit(1);
        (p.from, p.through) = (on, on);
        p.options.issued = Some(day(1963, 8, 20));
        let ask = Ask {
            now: Now::read(Some(noon(on)), UnixTime(i64::MIN)),
            ..Ask::new().through(crossing)
        };
        let found = verdict(trust, &p, &ask);
        let expected =
            expected.map_or(Verdict::Valid, |shut| Verdict::Invalid(Reason::CrossingShut(shut)));
        assert_eq!(found, expected, "crossing {crossing} on {on}");
    }
    both_ways(&permit(1), &Ask::new().through(3), 43);
}

#[test]
fn opening_hours() {
    let trust = trust();
    // The 10th of September 1963 was a Tuesday, the 15th a Sunday.
    let at = |on: Day, minute: i64| on.begins(480).plus(minute * 60);
    let (tuesday, saturday, sunday) = (today(), day(1963, 9, 14), day(1963, 9, 15));
    for (on, minute, opens) in [
        (tuesday, 0, Some(480)),
        (tuesday, 479, Some(480)),
        (tuesday, 480, None),
        (tuesday, 1079, None),
        (tuesday, 1080, Some(480)),
        (saturday, 1080, Some(600)),
        (sunday, 599, Some(600)),
        (sunday, 600, None),
        (sunday, 719, None),
        (sunday, 720, Some(480)),
    ] {
        let found = verdict(trust, &permit(1), &Ask::new().through(2).when(at(on, minute)));
        let expected = opens.map_or(Verdict::Valid, |opens| {
            Verdict::Invalid(Reason::CrossingShut(Shut::Hours { opens: Some(opens) }))
        });
        assert_eq!(found, expected, "{on}, minute {minute}");
    }
    both_ways(&permit(1), &Ask::new().through(2).when(at(tuesday, 300)), 43);
}

/// A passage at crossing 1, `hours` before noon.
fn passage(side: Side, direction: Direction, seconds: i64) -> Passage {
    passage_at(1, side, direction, seconds)
}

fn passage_at(crossing: u16, side: Side, direction: Direction, seconds: i64) -> Passage {
    Passage {
        checkpoint: Checkpoint { crossing, side, direction },
        at: noon(today()).plus(-seconds),
    }
}

#[test]
fn journeys_and_entries() {
    let trust = trust();
    let mut p = permit(1);
    p.options.entries = Some(2);
    let knows = |journeys, last: Option<Passage>| Presence { journeys, outside_since: None, last };
    let home = Some(passage(Side::A, Direction::Entry, 86_400));
    let there = Ask::at(1, Side::B, Direction::Entry);
    for (ask, journeys, last, expected) in [
        (Ask::new(), 0, None, vec![0]),
        (Ask::new(), 1, home, vec![0]),
        (Ask::new(), 2, home, vec![50]),
        (Ask::new(), 3, home, vec![50]),
        // The entry beyond belongs to the exit before it: the second journey is not a third.
        (there, 2, Some(passage(Side::A, Direction::Exit, 600)), vec![0]),
        (there, 2, Some(passage(Side::A, Direction::Exit, 43_200)), vec![0]),
        (there, 2, Some(passage(Side::A, Direction::Exit, 43_201)), vec![50, 51]),
        (there, 2, Some(passage(Side::A, Direction::Exit, -1)), vec![50, 51]),
        (there, 2, Some(passage_at(2, Side::A, Direction::Exit, 7200)), vec![50, 51]),
        // Without an exit the entry is a journey of its own.
        (there, 2, home, vec![50]),
        (there, 1, home, vec![0]),
        // Homeward nothing is counted.
        (Ask::homeward(), 9, Some(passage(Side::B, Direction::Entry, 86_400)), vec![0]),
        (
            Ask::at(1, Side::B, Direction::Exit),
            9,
            Some(passage(Side::B, Direction::Entry, 86_400)),
            vec![0],
        ),
    ] {
        let found = asked(trust, &p, &ask.knowing(knows(journeys, last)));
        assert_eq!(found, expected, "{:?}, {journeys} journeys, {last:?}", ask.checkpoint);
    }
    // Nothing known, nothing counted; not limited, nothing counted.
    assert_eq!(asked(trust, &p, &Ask::new()), [0]);
    p.options.entries = None;
    assert_eq!(asked(trust, &p, &Ask::new().knowing(knows(999, home))), [0]);
    let judgement =
        |p: &Permit, ask: &Ask| ask.judge(trust, Key::named("station/11").seal(p).as_bytes());
    p.options.entries = Some(2);
    assert_eq!(judgement(&p, &Ask::new().knowing(knows(1, home))).notes.entries_left, Some(1));
    assert_eq!(judgement(&p, &Ask::new()).notes.entries_left, None);
}

#[test]
fn already_there() {
    let (trust, p) = (trust(), permit(1));
    let day = 86_400;
    let last = |side, direction, seconds| Presence {
        journeys: 1,
        outside_since: None,
        last: Some(passage(side, direction, seconds)),
    };
    let (a, b) = (Side::A, Side::B);
    let (entry, exit) = (Direction::Entry, Direction::Exit);
    for (side, direction, presence, found) in [
        (a, exit, last(a, exit, day), true),
        (a, exit, last(b, entry, day), true),
        (a, exit, last(a, entry, day), false),
        (a, exit, last(b, exit, day), false),
        (b, entry, last(b, entry, 600), true),
        (b, entry, last(a, exit, 600), false),
        (b, entry, last(a, exit, day), true),
        (b, exit, last(b, exit, day), true),
        (a, entry, last(b, exit, 600), false),
        (a, entry, last(b, exit, day), true),
        (a, entry, last(a, entry, day), true),
        (a, exit, Presence { outside_since: Some(issued()), ..Presence::default() }, true),
        (a, entry, Presence { outside_since: Some(issued()), ..Presence::default() }, false),
        (a, exit, Presence::default(), false),
    ] {
        let ask = Ask::at(1, side, direction).knowing(presence);
        let expected = if found { 51 } else { 0 };
        assert_eq!(asked(trust, &p, &ask), [expected], "{side:?} {direction:?} {presence:?}");
    }
}

#[test]
fn stays() {
    let trust = trust();
    let outside = |since: Day, minute: i64| Presence {
        journeys: 1,
        outside_since: Some(since.begins(480).plus(minute * 60)),
        last: None,
    };
    // The register allows 15 days, the first and today included.
    for (stay, ago, over) in [
        (None, 14, false),
        (None, 15, true),
        (Some(3), 2, false),
        (Some(3), 3, true),
        (Some(1), 0, false),
        (Some(20), 15, false),
    ] {
        let mut p = permit(1);
        p.options.stay = stay;
        for minute in [0, 1439] {
            let ask = Ask::homeward().knowing(outside(today().plus(-ago), minute));
            let found = verdict(trust, &p, &ask);
            let expected = Reason::StayExceeded {
                days: u32::try_from(ago + 1).unwrap(),
                allowed: stay.unwrap_or(15).into(),
            };
            assert_eq!(
                found,
                if over { Verdict::Refer(expected) } else { Verdict::Valid },
                "{stay:?} {ago}"
            );
        }
    }
    // A clock that ran ahead when the holder left does no harm.
    let ask = Ask::homeward().knowing(outside(today().plus(3), 0));
    assert_eq!(asked(trust, &permit(1), &ask), [0]);
}

#[test]
fn seen_elsewhere() {
    let (trust, p) = (trust(), permit(1));
    for (crossing, seconds, found) in [
        (2, 0, true),
        (2, 3599, true),
        (2, 3600, false),
        (2, -3599, true),
        (2, -3600, false),
        (1, 10, false),
    ] {
        let last = Some(passage_at(crossing, Side::A, Direction::Entry, seconds));
        let ask = Ask::new().knowing(Presence { journeys: 1, outside_since: None, last });
        assert_eq!(asked(trust, &p, &ask), [if found { 53 } else { 0 }], "{crossing} {seconds}");
    }
}

#[test]
fn the_register_of_issued_permits() {
    let trust = trust();
    let key = Key::named("station/11");
    // It speaks for the 8th and ends at serial 239; the grace is 14 days.
    for (serial, on, asked_on, expected, newer) in [
        (239, 5, today(), 0, false),
        (240, 5, today(), 34, false),
        (240, 8, today(), 34, false),
        (240, 9, day(1963, 9, 9), 0, true),
        (240, 9, day(1963, 9, 22), 0, true),
        (240, 9, day(1963, 9, 23), 0, true),
        (240, 9, day(1963, 9, 24), 34, false),
        // Counted from its own issue: a later permit stays good for longer.
        (241, 20, day(1963, 10, 4), 0, true),
        (241, 20, day(1963, 10, 5), 34, false),
        (200, 20, day(1963, 10, 5), 0, false),
    ] {
        let mut p = permit(serial);
        p.from = day(1963, 9, on);
        p.through = day(1963, 10, 20);
        let judgement = Ask::new().on(asked_on).judge(trust, key.seal(&p).as_bytes());
        assert_eq!(
            judgement.verdict.code(),
            expected,
            "serial {serial} of the {on}th on {asked_on}"
        );
        assert_eq!(judgement.notes.newer_than_register, newer);
    }
    // Side B publishes none.
    let mut p = permit(99_999);
    (p.id.station, p.region) = (33_000, 201);
    let ask = Ask::at(1, Side::B, Direction::Exit);
    assert_eq!(by("station/33000", trust, &p, &ask), [0]);
}

#[test]
fn the_terminal_itself() {
    let (trust, p) = (trust(), permit(1));
    for fault in [
        TerminalFault::Journal,
        TerminalFault::Disk,
        TerminalFault::Camera,
        TerminalFault::SelfTest,
        TerminalFault::Lost,
    ] {
        for ask in [Ask::new(), Ask::homeward()] {
            let ask = Ask { fault: Some(fault), ..ask };
            assert_eq!(verdict(trust, &p, &ask), Verdict::Refer(Reason::TerminalFault(fault)));
        }
    }
}

#[test]
fn lists_too_old() {
    let mut p = permit(1);
    p.from = day(1963, 9, 5);
    p.through = p.from.plus(89);
    let days = |days: i64| issued().plus(days * 86_400);
    let expiring = |change: &dyn Fn(&mut Town)| {
        let mut town = Town::new();
        change(&mut town);
        town.open().unwrap()
    };
    let set = |document: &mut permit_tests::town::Document, at: UnixTime| {
        *document.payload.at(&[3]) = at.into();
    };
    // Each document this permit leans on: good in its last second, too old in the next.
    for which in 0..6 {
        let trust = expiring(&|town| match which {
            0 => set(&mut town.roots[0], days(30)),
            1 => set(&mut town.zone, days(30)),
            2 => set(&mut town.half(Side::A).snapshot, days(30)),
            _ => set(town.document(Side::A, which - 3), days(30)),
        });
        for (second, code) in [(-1, 0), (0, 0), (1, 61)] {
            let ask = Ask::new().when(days(30).plus(second));
            assert_eq!(asked(trust, &p, &ask), [code], "document {which}, second {second}");
        }
        let home = Ask::homeward().when(days(31));
        assert!(matches!(verdict(trust, &p, &home), Verdict::Refer(Reason::ListsTooOld { .. })));
    }
    // The other side's silence blocks nobody here, nor do presence and readers.
    let trust = expiring(&|town| {
        for which in [0, 1, 3, 4] {
            set(town.document(Side::B, which), days(30));
        }
        set(&mut town.half(Side::B).snapshot, days(30));
        set(town.document(Side::A, 3), days(30));
        set(town.document(Side::A, 4), days(30));
    });
    assert_eq!(asked(trust, &p, &Ask::new().when(days(31))), [0]);
    // Past the next update it is shown, and stays good.
    let judgement =
        |at| Ask::new().when(at).judge(self::trust(), Key::named("station/11").seal(&p).as_bytes());
    assert_eq!(judgement(days(7)).notes.stale_since, None);
    assert_eq!(judgement(days(7).plus(1)).notes.stale_since, Some(issued()));
    assert_eq!(judgement(days(7).plus(1)).verdict, Verdict::Valid);
}

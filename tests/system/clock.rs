//! Clocks that are wrong, missing, set by hand, or right on strange days.

use permit_core::{
    Day, Distrust, Floor, Now, Proof, Reason, Side, Trust, UnixTime, Verdict, Watch,
};
use permit_tests::{
    array,
    key::Key,
    town::{Ask, Town, codes, day, permit},
};

/// The town signed at another time, with keys for all years.
fn town(demo: bool, at: UnixTime) -> Town {
    let mut town = if demo { Town::demo() } else { Town::new() };
    town.roots[0].set_issued(at);
    for document in town.documents() {
        document.set_issued(at);
    }
    for index in 0..2 {
        *town.document(Side::A, 0).payload.at(&[6, 0, 5, index, 1]) = day(1900, 1, 1).into();
        *town.document(Side::A, 0).payload.at(&[6, 0, 5, index, 2]) = day(2155, 12, 31).into();
    }
    let everything = array![array![11_u8, 63_u8, [0x7f_u8]]];
    *town.document(Side::A, 2).payload.at(&[7]) = everything;
    town
}

fn asked(trust: &'static Trust<'static>, [from, through]: [Day; 2], now: Now) -> Vec<u8> {
    let mut permit = permit(1);
    (permit.from, permit.through) = (from, through);
    let ask = Ask { now, ..Ask::new() };
    codes(&ask.judge(trust, Key::named("station/11").seal(&permit).as_bytes()))
}

#[test]
fn clocks_that_lost_their_battery() {
    let signed = day(2026, 11, 1).begins(480);
    let town = town(false, signed);
    let trust = town.open().unwrap();
    assert_eq!(trust.newest(), signed);
    let good = [day(2026, 11, 1), day(2026, 11, 30)];
    let past = [day(2026, 10, 1), day(2026, 10, 31)];
    let later = [day(2026, 11, 20), day(2026, 12, 1)];
    let wrong = [
        UnixTime(0),
        day(2000, 1, 1).begins(480),
        day(1980, 1, 6).begins(0),
        signed.plus(-1),
        UnixTime(i64::MIN),
    ];
    for clock in wrong {
        let now = Now::read(Some(clock), signed);
        assert_eq!(now.distrust(true), Some(Distrust::BelowFloor), "{clock}");
        // Never green; what has ended by the floor has ended; what has not begun may have by now.
        assert_eq!(asked(trust, good, now), [60]);
        assert_eq!(asked(trust, past, now), [31, 60]);
        assert_eq!(asked(trust, later, now), [60]);
    }
    for now in [
        Now::read(None, signed),
        Now::untrusted(Some(signed), signed, Distrust::Stopped),
        Now::untrusted(Some(signed), signed, Distrust::Jumped),
        Now::untrusted(Some(signed), signed, Distrust::FarAhead),
    ] {
        assert_eq!(asked(trust, good, now), [60]);
    }
    assert_eq!(asked(trust, good, Now::read(Some(signed), signed)), [0]);
    assert_eq!(asked(trust, later, Now::read(Some(signed), signed)), [30]);
}

#[test]
fn days_that_break_software() {
    for (first, at) in [
        (day(2038, 1, 19), UnixTime(i64::from(i32::MAX))),
        (day(2038, 1, 19), UnixTime(i64::from(i32::MAX) + 1)),
        (day(2024, 2, 29), day(2024, 2, 29).begins(480)),
        (day(2024, 2, 29), day(2024, 3, 1).begins(480).plus(-1)),
        (day(1964, 2, 29), day(1964, 2, 29).begins(480)),
        (day(1970, 1, 1), UnixTime(0)),
        (day(1970, 1, 1), UnixTime(-1)),
        (day(1999, 12, 31), day(2000, 1, 1).begins(480).plus(-1)),
        (day(2000, 1, 1), day(2000, 1, 1).begins(480)),
        (day(2100, 2, 28), day(2100, 3, 1).begins(480).plus(-1)),
        (day(2106, 2, 7), UnixTime(i64::from(u32::MAX) + 1)),
        (day(2155, 12, 31), day(2155, 12, 31).begins(480).plus(86_399)),
    ] {
        let signed = at.plus(-3600);
        let trust = town(false, signed).open().unwrap();
        let now = Now::read(Some(at), signed);
        assert_eq!(asked(trust, [first, first], now), [0], "{first} at {at}");
        assert_eq!(asked(trust, [first.plus(-1), first.plus(-1)], now), [31], "{first} at {at}");
        if first < Day::LAST {
            assert_eq!(asked(trust, [first.plus(1), first.plus(1)], now), [30], "{first} at {at}");
        }
    }
}

#[test]
fn a_clock_set_by_hand() {
    let signed = day(1963, 9, 9).begins(480);
    let good = [day(1963, 9, 9), day(1963, 9, 30)];
    let (real, demo) = (town(false, signed).open().unwrap(), town(true, signed).open().unwrap());
    let now = Now::by_hand(signed.plus(86_400), signed);
    assert_eq!(asked(real, good, now), [60]);
    assert_eq!(asked(demo, good, now), [0]);
    let judgement =
        Ask { now, ..Ask::new() }.judge(demo, Key::named("station/11").seal(&permit(1)).as_bytes());
    assert!(judgement.notes.demo && judgement.notes.by_hand);
    let early = Now::by_hand(signed.plus(-1), signed);
    assert_eq!(asked(demo, good, early), [60]);
}

/// Ten thousand steps of a clock that is now and then pushed about: never green in doubt.
#[test]
fn a_random_walk_of_clocks() {
    let signed = day(1963, 9, 9).begins(480);
    let trust = town(false, signed).open().unwrap();
    let text = Key::named("station/11").seal(&permit(1));
    let floor = Floor { proof: Proof::of(signed), journal: None, build: None, confirmed: None };
    let mut random = 1963_u64;
    let mut next = |below: u64| {
        random =
            random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (random >> 33) % below
    };
    let (mut watch, mut error, mut time) = (Watch::new(floor, Side::A), 0_i64, signed.plus(60));
    let (mut green, mut doubtful, mut in_doubt) = (0, 0, false);
    for step in 0..10_000_i64 {
        time = time.plus(i64::try_from(next(120)).unwrap());
        let monotonic = time.since(signed);
        if next(200) == 0 {
            let push = i64::try_from(next(2_000_000)).unwrap() - 1_000_000;
            in_doubt |= push.abs() > 600 && step > 0;
            error += push;
        }
        if in_doubt && next(100) == 0 {
            // Two officers set it right and say so.
            error = 0;
            watch.observe(Some(time), monotonic, false);
            watch.confirm();
            in_doubt = false;
        }
        let wall = time.plus(error);
        let now = watch.observe(Some(wall), monotonic, false);
        let verdict = Ask { now, ..Ask::new() }.judge(trust, text.as_bytes()).verdict;
        let trusted = !in_doubt && wall >= watch.floor().time();
        if in_doubt || wall < signed {
            assert_ne!(verdict, Verdict::Valid, "step {step}, error {error}");
            doubtful += 1;
        } else if trusted && wall.day(480) <= permit(1).through {
            assert_eq!(
                verdict,
                Verdict::Valid,
                "step {step}, error {error}: {:?}",
                now.distrust(false)
            );
            watch.journalled(wall);
            green += 1;
        }
        if let Verdict::Refer(Reason::ClockNotTrusted { floor, .. }) = verdict {
            assert_eq!(floor, watch.floor().time());
        }
    }
    println!("{green} green, {doubtful} in doubt and never green");
    assert!(green > 1000 && doubtful > 1000, "{green} {doubtful}");
}

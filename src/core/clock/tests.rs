use super::*;

const SIGNED: UnixTime = UnixTime(1_000 * DAY);

fn floor() -> Floor {
    Floor { proof: Proof::of(SIGNED), journal: None, build: None, confirmed: None }
}

fn watch() -> Watch {
    Watch::new(floor(), Side::A)
}

fn why(now: Now) -> Option<Distrust> {
    now.distrust(true)
}

/// What a side's documents prove, with A's as old as the rest.
fn ahead_at_b(seconds: i64) -> Proof {
    Proof { both: SIGNED, sides: [Some(SIGNED), Some(SIGNED.plus(seconds))] }
}

#[test]
fn below_the_floor() {
    for early in [UnixTime(0), UnixTime(946_684_800).min(SIGNED.plus(-1)), SIGNED.plus(-1)] {
        assert_eq!(
            why(watch().observe(Some(early), 0, false)),
            Some(Distrust::BelowFloor),
            "{early}"
        );
    }
    assert_eq!(why(watch().observe(Some(SIGNED), 0, false)), None);
    assert_eq!(why(watch().observe(None, 0, false)), Some(Distrust::Missing));
}

#[test]
fn a_jump_stays_until_confirmed() {
    for jump in [-601, 601, -DAY, 400 * DAY] {
        let mut watch = watch();
        let start = SIGNED.plus(DAY);
        assert_eq!(why(watch.observe(Some(start), 100, false)), None);
        assert_eq!(why(watch.observe(Some(start.plus(60)), 160, false)), None);
        let after = start.plus(120).plus(jump);
        assert_eq!(why(watch.observe(Some(after), 220, false)), Some(Distrust::Jumped));
        assert_eq!(why(watch.observe(Some(after.plus(10)), 230, false)), Some(Distrust::Jumped));
        watch.confirm().unwrap();
        assert_eq!(why(watch.observe(Some(after.plus(20)), 240, false)), None);
    }
}

#[test]
fn ten_minutes_of_drift_a_day_are_none() {
    let mut slow = watch();
    slow.observe(Some(SIGNED), 0, false);
    assert_eq!(why(slow.observe(Some(SIGNED.plus(4200)), 3600, false)), None);
    // A clock that gains a second with each is a jump in small pieces.
    let mut creeping = watch();
    let doubted =
        (0..2_000).find(|&s| why(creeping.observe(Some(SIGNED.plus(2 * s)), s, false)).is_some());
    assert_eq!(doubted, Some(601));
    // Nine minutes a day are what a poor clock loses.
    let mut poor = watch();
    for day in 0..30 {
        let wall = SIGNED.plus(day * (DAY - 540));
        assert_eq!(why(poor.observe(Some(wall), day * DAY, false)), None, "day {day}");
    }
}

#[test]
fn row_09_far_above_everything_known_wants_two_officers() {
    let late = SIGNED.plus(401 * DAY);
    for journal in [None, Some(SIGNED), Some(SIGNED.plus(-900 * DAY))] {
        for build in [None, Some(SIGNED.plus(-DAY))] {
            let floor = Floor { journal, build, ..floor() };
            for far in [late, UnixTime(2_902_694_400), UnixTime(4_294_967_296)] {
                let mut watch = Watch::new(floor, Side::A);
                let before = *watch.floor();
                for second in 0..10 {
                    let now = watch.observe(Some(far.plus(second)), second, false);
                    assert_eq!(why(now), Some(Distrust::FarAhead), "{far}");
                    assert!(now.certain().is_none() && now.proven() <= Some(SIGNED));
                }
                assert_eq!(*watch.floor(), before, "no floor rises");
                let word = watch.confirm().unwrap();
                assert_eq!((word.at, word.overruled), (far.plus(9), [None; 4]));
                let now = watch.observe(Some(far.plus(10)), 10, false);
                assert_eq!((why(now), now.proven()), (None, Some(far.plus(9))));
            }
            let near = SIGNED.plus(400 * DAY);
            assert_eq!(why(Watch::new(floor, Side::A).observe(Some(near), 0, false)), None);
        }
    }
}

#[test]
fn a_fresh_bundle_speaks_for_the_clock() {
    let late = SIGNED.plus(401 * DAY);
    let issued = |days: i64| Proof::of(late.plus(days * DAY - AHEAD));
    for (days, clears) in [(-2, true), (2, true), (-3, false), (3, false)] {
        let mut watch = watch();
        watch.observe(Some(late), 0, false);
        watch.accepted(issued(days));
        let doubted = watch.doubt.is_some();
        assert_eq!(doubted, !clears, "{days}");
    }
    // Not the other side's.
    let mut watch = watch();
    watch.observe(Some(late), 0, false);
    watch.accepted(ahead_at_b(401 * DAY - AHEAD));
    assert_eq!(why(watch.observe(Some(late), 1, false)), Some(Distrust::FarAhead));
    // After years in a store room, with lists of today.
    let old = Floor { journal: Some(SIGNED.plus(-900 * DAY)), ..floor() };
    let mut watch = Watch::new(old, Side::A);
    assert_eq!(why(watch.observe(Some(SIGNED.plus(DAY)), 0, false)), None);
}

#[test]
fn row_10_one_side_s_date_binds_that_side_s_permits() {
    let floor = Floor { proof: ahead_at_b(300), ..floor() };
    for home in Side::BOTH {
        let mut watch = Watch::new(floor, home);
        let now = watch.observe(Some(SIGNED), 0, false);
        assert_eq!(why(now), None);
        assert_eq!(why(now.of(Side::A)), None);
        assert_eq!(why(now.of(Side::B)), Some(Distrust::BelowFloor));
        assert_eq!(
            (now.of(Side::A).earliest(), now.of(Side::B).floor()),
            (SIGNED, SIGNED.plus(300))
        );
        assert_eq!(
            now.doubt(true),
            Some(Distrust::BelowFloor),
            "said, so that it can be confirmed"
        );
        watch.confirm().unwrap();
        let now = watch.observe(Some(SIGNED.plus(1)), 1, false);
        assert_eq!((now.doubt(true), why(now.of(Side::B))), (None, None));
        let again = Watch::new(*watch.floor(), home).observe(Some(SIGNED.plus(2)), 0, false);
        assert_eq!(again.doubt(true), None, "at the next start too");
        // Another document of that side counts anew.
        let newer = Floor { proof: ahead_at_b(301), ..*watch.floor() };
        let now = Watch::new(newer, home).observe(Some(SIGNED.plus(3)), 0, false);
        assert_eq!(why(now.of(Side::B)), Some(Distrust::BelowFloor));
    }
}

#[test]
fn row_10_a_date_that_cannot_be_is_not_taken_as_the_time() {
    let year_2149 = UnixTime(5_648_832_000);
    let built = SIGNED.plus(-10 * DAY);
    let journals = [None, Some(SIGNED.plus(-DAY))];
    for journal in journals {
        for sides in [[Some(year_2149), None], [None, Some(year_2149)], [Some(year_2149); 2]] {
            for both in [SIGNED, year_2149] {
                let proof = Proof { both, sides };
                let floor = Floor { proof, journal, build: Some(built), confirmed: None };
                for home in Side::BOTH {
                    let mut watch = Watch::new(floor, home);
                    let now = watch.observe(None, 0, false);
                    for side in Side::BOTH {
                        assert!(now.of(side).earliest() <= SIGNED, "{floor:?}");
                    }
                    let right = SIGNED.plus(DAY);
                    let mut watch = Watch::new(floor, home);
                    assert_eq!(watch.observe(Some(right), 0, false).doubt(true), None);
                    let wrong = year_2149.plus(-3600);
                    let mut watch = Watch::new(floor, home);
                    assert_eq!(why(watch.observe(Some(wrong), 0, false)), Some(Distrust::FarAhead));
                }
            }
        }
    }
}

#[test]
fn row_10_two_officers_are_believed_whatever_the_reason() {
    let journal = Some(SIGNED.plus(90 * DAY));
    let build = Some(SIGNED.plus(20 * DAY));
    let floor = Floor { proof: ahead_at_b(60 * DAY), journal, build, confirmed: None };
    let right = SIGNED.plus(10 * DAY);
    for reason in [Distrust::BelowFloor, Distrust::Stopped, Distrust::Jumped] {
        let mut watch = Watch::new(floor, Side::A);
        if reason == Distrust::Jumped {
            watch.observe(Some(SIGNED.plus(91 * DAY)), 0, false);
        }
        let now = watch.observe(Some(right), 0, reason == Distrust::Stopped);
        assert_eq!(why(now), Some(reason));
        let word = watch.confirm().unwrap();
        assert_eq!(word.overruled, [None, None, Some(SIGNED.plus(60 * DAY)), build]);
        let still = reason == Distrust::Stopped;
        let now = watch.observe(Some(right), 1, still);
        assert_eq!(now.doubt(true), None, "what it says of the past was heard");
        assert_eq!(watch.floor().time(), right, "and the floor is the clock");
        let set_back = watch.observe(Some(right.plus(-1)), 1, false);
        assert_eq!(why(set_back), Some(Distrust::BelowFloor));
    }
    assert_eq!(watch().confirm(), None, "there is no clock");
    let mut gone = watch();
    gone.observe(Some(right), 0, false);
    gone.observe(None, 1, false);
    assert_eq!(gone.confirm(), None, "not any more");
}

#[test]
fn by_hand_is_certain_only_in_a_demo() {
    let now = Now::by_hand(SIGNED, SIGNED);
    assert_eq!((now.distrust(true), now.distrust(false)), (None, Some(Distrust::ByHand)));
    assert_eq!(why(Now::by_hand(SIGNED.plus(-1), SIGNED)), Some(Distrust::BelowFloor));
    let now = Now::above(Some(SIGNED), &ahead_at_b(300));
    assert_eq!((why(now), why(now.of(Side::A))), (None, None));
    assert_eq!(why(now.of(Side::B)), Some(Distrust::BelowFloor));
}

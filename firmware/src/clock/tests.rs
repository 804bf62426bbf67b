//! Clocks that are wrong, dead, set, or right on strange days, and what is said of a permit by each.

use permit_core::{Checkpoint, Day, Direction, NoLedger, Permit, Proof, Verifier};
use permit_signing::demo::{self, World};

use super::*;
use crate::lists::Lists;

const HERE: Checkpoint = Checkpoint { crossing: 3, side: Side::A, direction: Direction::Exit };
const DAY: i64 = 86_400;

/// A terminal's clock, and the demonstration's lists to ask about a permit.
struct Bench {
    clock: Clock,
    lists: Lists,
    permit: Permit,
}

impl Bench {
    /// Above the lists' newest signature, or above the build where that is later.
    fn new(build: Option<UnixTime>) -> Self {
        let lists = Lists::open(demo::BUNDLE, demo::anchor().unwrap(), None, None).unwrap();
        let proof = Proof::of(lists.trust().newest());
        let floor = Floor { proof, journal: None, build, confirmed: None };
        let cases = World::make().unwrap().cases().unwrap();
        let good = cases.into_iter().find(|case| case.name == "hangul-name").unwrap();
        Self { clock: Clock::system(floor, Side::A), lists, permit: good.permit.unwrap() }
    }

    /// The codes of everything that is said while the clock says this, the verdict's first; 0 is green.
    fn codes(&mut self, ms: u64, wall: Option<i64>, stopped: bool) -> Vec<u8> {
        let moment = self.clock.read(ms, wall.map(UnixTime), stopped);
        let text = permit_core::seal(&self.permit, &demo::station_key(101)).unwrap();
        let verifier = Verifier::new(self.lists.trust(), HERE).unwrap();
        let judged = verifier.verify(text.as_bytes(), &NoLedger, &moment.now);
        let also = judged.also.iter().map(|finding| finding.reason.code());
        core::iter::once(judged.verdict.code()).chain(also).collect()
    }

    /// The permit is good on this day alone.
    fn only(mut self, year: i32, month: u8, day: u8) -> Self {
        let day = Day::from_civil(year, month, day).unwrap();
        (self.permit.from, self.permit.through) = (day, day);
        self
    }
}

const NOON: i64 = demo::NOON.0;

#[test]
fn floor() {
    let mut bench = Bench::new(None);
    let signed = bench.lists.trust().newest().0;
    assert_eq!(bench.codes(0, Some(signed - 1), false), [60]);
    let mut bench = Bench::new(None);
    assert_eq!(bench.codes(0, Some(signed), false), [0]);
    // The build counts like a signature, and the journal like both.
    let mut bench = Bench::new(Some(UnixTime(NOON + 60)));
    assert_eq!(bench.codes(0, Some(NOON + 59), false), [60]);
    let mut bench = Bench::new(Some(UnixTime(NOON + 60)));
    assert_eq!(bench.codes(0, Some(NOON + 60), false), [0]);
    let mut bench = Bench::new(None);
    bench.clock.journalled(UnixTime(NOON + 60));
    assert_eq!(bench.codes(0, Some(NOON), false), [60]);
}

#[test]
fn the_build_is_a_floor_of_this_program() {
    let built = built().unwrap();
    assert!(built > UnixTime(1_750_000_000), "{built}");
    assert!(built <= system().unwrap(), "{built}");
}

#[test]
fn set_back() {
    let mut bench = Bench::new(None);
    assert_eq!(bench.codes(0, Some(NOON), false), [0]);
    assert_eq!(bench.codes(60_000, Some(NOON + 60 - 599), false), [0], "what a network corrects");
    assert_eq!(bench.codes(120_000, Some(NOON + 120 - 1_200), false), [60]);
    assert_eq!(bench.codes(180_000, Some(NOON + 180), false), [60], "it was not right all along");
    bench.clock.confirm().unwrap();
    assert_eq!(bench.codes(240_000, Some(NOON + 240), false), [0]);
}

#[test]
fn set_forward() {
    let mut bench = Bench::new(None);
    assert_eq!(bench.codes(0, Some(NOON), false), [0]);
    // A day of which the permit has nothing: a doubted clock makes nothing valid and nothing expired.
    assert_eq!(bench.codes(1_000, Some(NOON + 30 * DAY), false)[0], 60);
    assert_eq!(bench.codes(61_000, Some(NOON + 30 * DAY + 60), false)[0], 60);
    assert_eq!(bench.codes(62_000, Some(NOON + 62), false)[0], 60, "back again is a second jump");
    bench.clock.confirm().unwrap();
    assert_eq!(bench.codes(63_000, Some(NOON + 63), false), [0]);
}

#[test]
fn dead_rtc() {
    let mut bench = Bench::new(None);
    assert_eq!(bench.codes(0, Some(NOON), true), [60], "it stood still, whatever it says");
    assert_eq!(bench.codes(1_000, Some(NOON + 1), false), [60], "and nobody said that it is right");
    bench.clock.confirm().unwrap();
    assert_eq!(bench.codes(2_000, Some(NOON + 2), false), [0]);
    assert_eq!(bench.codes(3_000, None, false), [60], "none at all");
}

#[test]
fn year_1970_and_others_that_empty_batteries_give() {
    for year in [1970, 1980, 2000] {
        let wall = Day::from_civil(year, 1, 1).unwrap().begins(0).0;
        let mut bench = Bench::new(built());
        let codes = bench.codes(0, Some(wall), false);
        assert!(codes.contains(&60), "{year}: {codes:?}");
        assert_eq!(codes[0], 31, "what ended before the build has ended");
        let said = view(&bench.clock.read(0, Some(UnixTime(wall)), false).now, None, false);
        assert_eq!(said.distrust, Some(Doubt::BelowFloor));
        assert_eq!(said.seconds, Some(wall), "it is shown, with the doubt");
    }
}

/// On a day of its own a permit is neither too early nor too late, a second before or after it is.
fn one_day(year: i32, month: u8, day: u8) {
    let mut bench = Bench::new(None).only(year, month, day);
    let begins = Day::from_civil(year, month, day).unwrap().begins(480).0;
    for (at, said) in
        [(begins - 1, Some(30)), (begins, None), (begins + DAY - 1, None), (begins + DAY, Some(31))]
    {
        bench.clock.read(0, Some(UnixTime(at)), false);
        bench.clock.confirm().unwrap();
        let codes = bench.codes(0, Some(at), false);
        let dates: Vec<u8> =
            codes.into_iter().filter(|code| matches!(code, 30 | 31 | 60)).collect();
        assert_eq!(dates, Vec::from_iter(said), "{year}-{month}-{day} at {at}");
    }
}

#[test]
fn year_2038_january_19() {
    one_day(2038, 1, 19);
    let mut clock = Bench::new(None).clock;
    let last = i64::from(i32::MAX);
    clock.read(0, Some(UnixTime(last)), false);
    clock.confirm().unwrap();
    let after = clock.read(1_000, Some(UnixTime(last + 1)), false);
    assert_eq!(after.now.certain(), Some(UnixTime(last + 1)), "a second like any other");
    // A clock of 32 bits goes to 1901 instead.
    let wrapped = clock.read(2_000, Some(UnixTime(i64::from(i32::MIN))), false);
    assert_eq!(wrapped.now.distrust(false), Some(Distrust::Jumped));
}

#[test]
fn leap_day() {
    one_day(1964, 2, 29);
    one_day(2028, 2, 29);
    assert!(Day::from_civil(2100, 2, 29).is_none(), "none in that year");
}

#[test]
fn midnight_at_the_crossing() {
    one_day(1963, 9, 10);
    // The same second is another day elsewhere: the crossing's own counts.
    let mut bench = Bench::new(None).only(1963, 9, 10);
    let midnight = Day::from_civil(1963, 9, 11).unwrap().begins(480).0;
    assert_eq!(UnixTime(midnight).day(0), Day::from_civil(1963, 9, 10).unwrap());
    assert_eq!(bench.codes(0, Some(midnight - 1), false), [0]);
    assert_eq!(bench.codes(1_000, Some(midnight), false)[0], 31);
}

#[test]
fn a_battery_clock_that_leads_goes_on_between_questions() {
    let mut clock = Bench::new(None).clock;
    assert_eq!(clock.wall_at(5_000), None, "the system's");
    clock.led = Some((UnixTime(NOON), 1_000));
    assert_eq!(clock.wall_at(1_999), Some(UnixTime(NOON)));
    assert_eq!(clock.wall_at(61_000), Some(UnixTime(NOON + 60)));
    clock.lead(UnixTime(NOON));
    let moment = clock.moment(false);
    assert_eq!(moment.now.distrust(false), None);
    assert!(moment.now.certain().unwrap().since(UnixTime(NOON)) < 60);
}

#[test]
fn a_time_set_by_hand_goes_on() {
    let mut clock = Clock::by_hand(UnixTime(NOON + 100), UnixTime(NOON));
    let moment = clock.read(61_000, None, false);
    assert_eq!(moment.now.clock(), Some(UnixTime(NOON + 161)));
    assert_eq!(moment.now.distrust(true), None);
    assert_eq!(moment.now.distrust(false), Some(Distrust::ByHand));
}

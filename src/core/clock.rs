//! Whether the clock can be believed.
//!
//! A terminal trusts its clock only above a floor, and stops trusting it when it jumps. Nothing here
//! reads a clock: the wall clock and the monotonic clock are arguments, and a moment that is not certain
//! has another type than one that is.

use crate::UnixTime;

/// Something that may know the time.
pub trait Clock {
    /// The time, if this clock has one.
    fn now(&self) -> Option<UnixTime>;
}

/// A jump of the wall clock against the monotonic clock that ends trust, in seconds.
const JUMP: i64 = 10 * 60;
/// A first start this far above the floor needs confirming, in seconds.
const FIRST_START: i64 = 400 * 24 * 60 * 60;
/// A bundle signed this close to the clock confirms it, in seconds.
const CONFIRMS: i64 = 48 * 60 * 60;

/// The earliest the time can be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Floor {
    /// The newest signed time accepted.
    pub signed: UnixTime,
    /// The last journal entry made while the clock was trusted.
    pub journal: Option<UnixTime>,
    /// When the software was built.
    pub build: Option<UnixTime>,
}

impl Floor {
    /// The latest of the three.
    #[must_use]
    pub fn time(&self) -> UnixTime {
        [self.journal, self.build].into_iter().flatten().fold(self.signed, Ord::max)
    }
}

/// Why a clock is not trusted.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum Distrust {
    /// There is none.
    Missing,
    /// It says that it stopped.
    Stopped,
    /// It lies below the floor.
    BelowFloor,
    /// It jumped.
    Jumped,
    /// First start, far above the floor.
    FirstStart,
    /// Set by hand where that makes nothing valid.
    ByHand,
}

/// The time as a verifier is told it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Now {
    reading: Reading,
    floor: UnixTime,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Reading {
    Trusted(UnixTime),
    ByHand(UnixTime),
    Untrusted(Option<UnixTime>, Distrust),
}

impl Now {
    /// The time of a clock that nothing else speaks against.
    #[must_use]
    pub fn read(clock: Option<UnixTime>, floor: UnixTime) -> Self {
        let reading = match clock {
            None => Reading::Untrusted(None, Distrust::Missing),
            Some(time) if time < floor => Reading::Untrusted(clock, Distrust::BelowFloor),
            Some(time) => Reading::Trusted(time),
        };
        Self { reading, floor }
    }

    /// A time set by hand (`--at`); the floor is then the signed times alone.
    #[must_use]
    pub fn by_hand(time: UnixTime, signed: UnixTime) -> Self {
        let reading = if time < signed {
            Reading::Untrusted(Some(time), Distrust::BelowFloor)
        } else {
            Reading::ByHand(time)
        };
        Self { reading, floor: signed }
    }

    /// A clock that is not trusted.
    #[must_use]
    pub const fn untrusted(clock: Option<UnixTime>, floor: UnixTime, why: Distrust) -> Self {
        Self { reading: Reading::Untrusted(clock, why), floor }
    }

    /// The time, where it is certain.
    #[must_use]
    pub const fn certain(&self) -> Option<UnixTime> {
        match self.reading {
            Reading::Trusted(time) | Reading::ByHand(time) => Some(time),
            Reading::Untrusted(..) => None,
        }
    }

    /// The time, or the earliest it can be.
    #[must_use]
    pub const fn earliest(&self) -> UnixTime {
        match self.certain() {
            Some(time) => time,
            None => self.floor,
        }
    }

    /// What the clock says, believed or not.
    #[must_use]
    pub const fn clock(&self) -> Option<UnixTime> {
        match self.reading {
            Reading::Trusted(time) | Reading::ByHand(time) => Some(time),
            Reading::Untrusted(clock, _) => clock,
        }
    }

    /// The earliest it can be.
    #[must_use]
    pub const fn floor(&self) -> UnixTime {
        self.floor
    }

    /// True if the time was set by hand.
    #[must_use]
    pub const fn is_by_hand(&self) -> bool {
        matches!(self.reading, Reading::ByHand(_))
    }

    /// Why it is not trusted, if it is not; by hand counts only with `demo`.
    #[must_use]
    pub const fn distrust(&self, demo: bool) -> Option<Distrust> {
        match self.reading {
            Reading::Untrusted(_, why) => Some(why),
            Reading::ByHand(_) if !demo => Some(Distrust::ByHand),
            Reading::Trusted(_) | Reading::ByHand(_) => None,
        }
    }
}

/// Watches a terminal's clock from its start.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Watch {
    floor: Floor,
    /// The last reading: wall clock and monotonic seconds.
    last: Option<(UnixTime, i64)>,
    /// Once set, only officers or a fresh bundle clear it.
    doubt: Option<Distrust>,
    /// True until a first reading has been taken on a terminal that never ran.
    first: bool,
}

impl Watch {
    /// A watch above `floor`; `first` on a terminal without a journal.
    #[must_use]
    pub const fn new(floor: Floor, first: bool) -> Self {
        Self { floor, last: None, doubt: None, first }
    }

    /// The floor.
    #[must_use]
    pub const fn floor(&self) -> &Floor {
        &self.floor
    }

    /// Takes a reading: the wall clock (`None` when there is none), monotonic seconds, whether it says it stopped.
    pub fn observe(&mut self, wall: Option<UnixTime>, monotonic: i64, stopped: bool) -> Now {
        let floor = self.floor.time();
        let Some(time) = wall else { return Now::untrusted(None, floor, Distrust::Missing) };
        if stopped {
            self.doubt = Some(Distrust::Stopped);
        }
        if let Some((before, then)) = self.last.replace((time, monotonic)) {
            let drift = time.since(before).saturating_sub(monotonic.saturating_sub(then));
            if drift.saturating_abs() > JUMP {
                self.doubt = Some(Distrust::Jumped);
            }
        } else if self.first && time.since(floor) > FIRST_START {
            self.doubt = Some(Distrust::FirstStart);
        }
        match self.doubt {
            Some(why) => Now::untrusted(wall, floor, why),
            None => Now::read(wall, floor),
        }
    }

    /// Two officers confirm that the clock is right; may lower the journal's part of the floor.
    ///
    /// Who they are, and that they are two, is the caller's to check and record.
    pub fn confirm(&mut self) {
        self.doubt = None;
        self.first = false;
        if let (Some((time, _)), Some(journal)) = (self.last, self.floor.journal) {
            self.floor.journal = Some(journal.min(time));
        }
    }

    /// A bundle was accepted whose newest signed time is `signed`.
    pub fn accepted(&mut self, signed: UnixTime) {
        self.floor.signed = self.floor.signed.max(signed);
        if self.last.is_some_and(|(time, _)| time.since(signed).saturating_abs() <= CONFIRMS) {
            self.doubt = None;
            self.first = false;
        }
    }

    /// A journal entry was made while the clock was trusted.
    pub fn journalled(&mut self, at: UnixTime) {
        self.floor.journal = Some(self.floor.journal.map_or(at, |before| before.max(at)));
        self.first = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 86_400;
    const SIGNED: UnixTime = UnixTime(1_000 * DAY);

    fn watch() -> Watch {
        Watch::new(Floor { signed: SIGNED, journal: None, build: None }, true)
    }

    fn why(now: Now) -> Option<Distrust> {
        now.distrust(true)
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
            assert_eq!(
                why(watch.observe(Some(after.plus(10)), 230, false)),
                Some(Distrust::Jumped)
            );
            watch.confirm();
            let now = watch.observe(Some(after.plus(20)), 240, false);
            assert_eq!(why(now), (after < SIGNED).then_some(Distrust::BelowFloor));
        }
    }

    #[test]
    fn ten_minutes_of_drift_are_none() {
        let mut watch = watch();
        watch.observe(Some(SIGNED), 0, false);
        assert_eq!(why(watch.observe(Some(SIGNED.plus(4200)), 3600, false)), None);
    }

    #[test]
    fn first_start() {
        let late = SIGNED.plus(401 * DAY);
        assert_eq!(why(watch().observe(Some(late), 0, false)), Some(Distrust::FirstStart));
        let mut known = Watch::new(*watch().floor(), false);
        assert_eq!(why(known.observe(Some(late), 0, false)), None);
        let mut fresh = watch();
        fresh.observe(Some(late), 0, false);
        fresh.accepted(late.plus(-2 * DAY));
        assert_eq!(why(fresh.observe(Some(late), 1, false)), None);
        let mut other = watch();
        other.observe(Some(late), 0, false);
        other.accepted(late.plus(-2 * DAY - 1));
        assert_eq!(why(other.observe(Some(late), 1, false)), Some(Distrust::FirstStart));
    }

    #[test]
    fn a_stopped_clock_and_two_officers() {
        let mut watch = Watch::new(
            Floor { signed: SIGNED, journal: Some(SIGNED.plus(90 * DAY)), build: None },
            false,
        );
        let right = SIGNED.plus(10 * DAY);
        assert_eq!(why(watch.observe(Some(right), 0, true)), Some(Distrust::Stopped));
        watch.confirm();
        assert_eq!(
            why(watch.observe(Some(right), 1, false)),
            None,
            "the journal's part was lowered"
        );
        assert_eq!(watch.floor().time(), right);
    }

    #[test]
    fn by_hand_is_certain_only_in_a_demo() {
        let now = Now::by_hand(SIGNED, SIGNED);
        assert_eq!((now.distrust(true), now.distrust(false)), (None, Some(Distrust::ByHand)));
        assert_eq!(why(Now::by_hand(SIGNED.plus(-1), SIGNED)), Some(Distrust::BelowFloor));
    }
}

//! The two clocks of a terminal.
//!
//! One never jumps and starts with the process; the other is the system's, watched and believed only above its floor. A
//! time set by hand runs on from where it was set and makes nothing valid outside a demonstration.

use std::time::{Instant, SystemTime};

use permit_core::trust::Crossing;
use permit_core::{Distrust, Floor, Now, UnixTime, Watch};

use crate::machine::{ClockView, Doubt, Moment};

/// A terminal's clocks.
#[derive(Debug)]
pub struct Clock {
    start: Instant,
    wall: Wall,
}

#[derive(Debug)]
enum Wall {
    /// `--at`: this moment at the start, and the newest signed time.
    ByHand(UnixTime, UnixTime),
    System(Watch),
}

impl Clock {
    /// The system's clock, above `floor`; `first` on a terminal without a journal.
    #[must_use]
    pub fn system(floor: Floor, first: bool) -> Self {
        Self { start: Instant::now(), wall: Wall::System(Watch::new(floor, first)) }
    }

    /// A moment set by hand, that goes on from now.
    #[must_use]
    pub fn by_hand(at: UnixTime, signed: UnixTime) -> Self {
        Self { start: Instant::now(), wall: Wall::ByHand(at, signed) }
    }

    /// The present moment; `stopped` where the clock says that it stood still.
    pub fn moment(&mut self, stopped: bool) -> Moment {
        self.read(self.ms(), system(), stopped)
    }

    /// Milliseconds since the start.
    #[must_use]
    pub fn ms(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// When the process started, for threads that count for themselves.
    #[must_use]
    pub const fn start(&self) -> Instant {
        self.start
    }

    /// Two officers confirmed that it is right.
    pub fn confirm(&mut self) {
        if let Wall::System(watch) = &mut self.wall {
            watch.confirm();
        }
    }

    /// A bundle was accepted.
    pub fn accepted(&mut self, newest: UnixTime) {
        match &mut self.wall {
            Wall::ByHand(_, signed) => *signed = newest.max(*signed),
            Wall::System(watch) => watch.accepted(newest),
        }
    }

    /// An entry is durable.
    pub fn journalled(&mut self, at: UnixTime) {
        if let Wall::System(watch) = &mut self.wall {
            watch.journalled(at);
        }
    }

    fn read(&mut self, ms: u64, wall: Option<UnixTime>, stopped: bool) -> Moment {
        let seconds = i64::try_from(ms / 1_000).unwrap_or(i64::MAX);
        let now = match &mut self.wall {
            Wall::ByHand(at, signed) => Now::by_hand(at.plus(seconds), *signed),
            Wall::System(watch) => watch.observe(wall, seconds, stopped),
        };
        Moment { ms, now }
    }
}

/// What the edge of the screen says of the time; `demo` where a time set by hand counts.
#[must_use]
pub fn view(now: &Now, crossing: Option<&Crossing<'_>>, demo: bool) -> ClockView {
    ClockView {
        seconds: now.clock().map(|time| time.0),
        offset: crossing.map_or(0, |crossing| crossing.offset(now.earliest())),
        distrust: now.distrust(demo).map(|why: Distrust| Doubt::from(why)),
    }
}

/// The system's clock, in seconds.
#[must_use]
pub fn system() -> Option<UnixTime> {
    let seconds = match SystemTime::now().duration_since(SystemTime::UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_secs()).ok()?,
        Err(before) => -i64::try_from(before.duration().as_secs()).ok()?,
    };
    Some(UnixTime(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIGNED: UnixTime = UnixTime(1_000_000_000);

    #[test]
    fn a_clock_that_jumps_is_not_believed() {
        let floor = Floor { signed: SIGNED, journal: None, build: None };
        let mut clock = Clock::system(floor, false);
        let why = |moment: Moment| moment.now.distrust(false);
        assert_eq!(why(clock.read(0, Some(SIGNED.plus(9)), false)), None);
        assert_eq!(why(clock.read(5_000, Some(SIGNED.plus(14)), false)), None);
        let jumped = clock.read(6_000, Some(SIGNED.plus(10_000)), false);
        assert_eq!(why(jumped), Some(Distrust::Jumped));
        clock.confirm();
        assert_eq!(why(clock.read(7_000, Some(SIGNED.plus(10_001)), false)), None);
        assert_eq!(why(clock.read(8_000, None, false)), Some(Distrust::Missing));
        let stopped = clock.read(9_000, Some(SIGNED.plus(10_003)), true);
        assert_eq!(why(stopped), Some(Distrust::Stopped));
    }

    #[test]
    fn the_great_days_of_clocks() {
        for (wall, why) in [
            (0, Some(Distrust::BelowFloor)),
            (946_684_800, Some(Distrust::BelowFloor)),
            (2_147_483_648, None),
            (1_709_208_000, None),
        ] {
            let floor = Floor { signed: SIGNED, journal: None, build: None };
            let moment = Clock::system(floor, false).read(0, Some(UnixTime(wall)), false);
            assert_eq!(moment.now.distrust(false), why, "{wall}");
        }
    }

    #[test]
    fn a_time_set_by_hand_goes_on() {
        let mut clock = Clock::by_hand(SIGNED.plus(100), SIGNED);
        let moment = clock.read(61_000, None, false);
        assert_eq!(moment.now.clock(), Some(SIGNED.plus(161)));
        assert_eq!(moment.now.distrust(true), None);
        assert_eq!(moment.now.distrust(false), Some(Distrust::ByHand));
    }
}

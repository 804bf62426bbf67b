//! The two clocks of a terminal.
//!
//! One never jumps and starts with the process; the other is the system's, watched and believed only above its floor. A
//! battery clock that the kernel knows nothing of leads instead of the system's. A time set by hand runs on from where it
//! was set and makes nothing valid outside a demonstration.

use std::time::{Instant, SystemTime};

use permit_core::trust::Crossing;
use permit_core::{Confirmation, Distrust, Floor, Now, Side, Trust, UnixTime, Watch};

use crate::machine::{ClockView, Doubt, Moment};

/// A terminal's clocks.
#[derive(Clone, Debug)]
pub struct Clock {
    start: Instant,
    wall: Wall,
    /// What a battery clock said last, and when, in milliseconds.
    led: Option<(UnixTime, u64)>,
    /// Officers said what time it is: no other clock leads any more.
    set: bool,
}

#[derive(Clone, Debug)]
enum Wall {
    /// `--at`: this moment at the start, and the newest signed time.
    ByHand(UnixTime, UnixTime),
    System(Watch),
}

impl Clock {
    /// The system's clock, above `floor`, of a terminal of `home`.
    #[must_use]
    pub fn system(floor: Floor, home: Side) -> Self {
        Self {
            start: Instant::now(),
            wall: Wall::System(Watch::new(floor, home)),
            led: None,
            set: false,
        }
    }

    /// A moment set by hand, that goes on from now.
    #[must_use]
    pub fn by_hand(at: UnixTime, signed: UnixTime) -> Self {
        Self { start: Instant::now(), wall: Wall::ByHand(at, signed), led: None, set: false }
    }

    /// The present moment; `stopped` where the clock says that it stood still.
    pub fn moment(&mut self, stopped: bool) -> Moment {
        let ms = self.ms();
        self.read(ms, self.wall_at(ms).or_else(system), stopped)
    }

    /// A battery clock says this, and its time is used from now on in place of the system's.
    pub fn lead(&mut self, said: UnixTime) {
        if !self.set {
            self.led = Some((said, self.ms()));
        }
    }

    /// It is this time, and it goes on from now until the process ends, whatever the system's and a battery clock say.
    pub fn set(&mut self, to: UnixTime) {
        (self.led, self.set) = (Some((to, self.ms())), true);
    }

    /// The leading clock's time, carried on since it was asked.
    fn wall_at(&self, ms: u64) -> Option<UnixTime> {
        let (said, at) = self.led?;
        Some(said.plus(i64::try_from(ms.saturating_sub(at) / 1_000).unwrap_or(i64::MAX)))
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

    /// Two officers confirmed that it is right: what is to be recorded of it, or nothing where there is no clock to
    /// confirm.
    pub fn confirm(&mut self) -> Option<Confirmation> {
        match &mut self.wall {
            Wall::ByHand(..) => None,
            Wall::System(watch) => watch.confirm(),
        }
    }

    /// A bundle was accepted.
    pub fn accepted(&mut self, trust: &Trust<'_>) {
        match &mut self.wall {
            Wall::ByHand(_, signed) => *signed = trust.newest().max(*signed),
            Wall::System(watch) => watch.accepted(trust.proof()),
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
        distrust: now.doubt(demo).map(|why: Distrust| Doubt::from(why)),
    }
}

/// When this program was built: no true clock says less.
#[must_use]
pub fn built() -> Option<UnixTime> {
    env!("PERMIT_BUILT").parse().ok().map(UnixTime)
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
mod tests;

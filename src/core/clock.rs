//! Whether the clock can be believed.
//!
//! A terminal trusts its clock only above a floor, and not when it jumps or lies far above everything known.
//! What one side says of the time binds that side's permits alone, and never against a trusted clock. Nothing
//! here reads a clock: the wall clock and the monotonic clock are arguments, and a moment that is not certain
//! has another type than one that is.

use crate::{Side, UnixTime};

/// Something that may know the time.
pub trait Clock {
    /// The time, if this clock has one.
    fn now(&self) -> Option<UnixTime>;
}

/// How far ahead of a trusted clock a document may be signed, in seconds: by so much less it proves the time.
pub(crate) const AHEAD: i64 = DAY;
/// What the wall clock may gain or lose on the monotonic clock within a day, in seconds.
const JUMP: i64 = 10 * 60;
/// A start this far above everything known needs confirming, in seconds.
const FAR: i64 = 400 * DAY;
/// A bundle signed this close to the clock confirms it, in seconds.
const CONFIRMS: i64 = 2 * DAY;
const DAY: i64 = 24 * 60 * 60;

/// Moments that have come, by what was signed: each is 24 hours before the newest `issued`, since a document may
/// be signed that far ahead of a right clock.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Proof {
    /// By what both sides sign together: root and zone register.
    pub both: UnixTime,
    /// By each side's own documents, side A's first.
    pub sides: [Option<UnixTime>; 2],
}

impl Proof {
    /// By what both sides sign together alone.
    #[must_use]
    pub const fn of(both: UnixTime) -> Self {
        Self { both, sides: [None; 2] }
    }

    /// By one side's own documents.
    #[must_use]
    pub const fn side(&self, side: Side) -> Option<UnixTime> {
        let [a, b] = self.sides;
        match side {
            Side::A => a,
            Side::B => b,
        }
    }
}

/// What two officers said of the clock.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Confirmation {
    /// The clock, which they said is right.
    pub at: UnixTime,
    /// Moments that had come by a signature or by the program's date, and had not by the clock: those count no more.
    pub overruled: [Option<UnixTime>; 4],
}

/// The earliest the time can be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Floor {
    /// What the documents in force prove.
    pub proof: Proof,
    /// The last journal entry made while the clock was trusted.
    pub journal: Option<UnixTime>,
    /// When the software was built.
    pub build: Option<UnixTime>,
    /// What two officers said last.
    pub confirmed: Option<Confirmation>,
}

impl Floor {
    /// The latest of journal, build and what both sides signed together: it binds every permit.
    #[must_use]
    pub fn time(&self) -> UnixTime {
        let signed = self.counts(self.proof.both);
        self.base().max(signed).unwrap_or(self.proof.both)
    }

    /// The same with what one side's own documents prove: it binds that side's permits.
    #[must_use]
    pub fn of(&self, side: Side) -> UnixTime {
        let own = self.proof.side(side).and_then(|part| self.counts(part));
        own.map_or(self.time(), |own| own.max(self.time()))
    }

    /// What no single hand can move: this terminal's own memory and the program's date.
    fn base(&self) -> Option<UnixTime> {
        self.journal.max(self.build.filter(|build| !self.is_overruled(*build)))
    }

    /// A signed moment, unless officers overruled it or it lies so far above all else that it cannot be the time.
    fn counts(&self, part: UnixTime) -> Option<UnixTime> {
        let far = self.base().is_some_and(|base| part.since(base) > FAR);
        (!far && !self.is_overruled(part)).then_some(part)
    }

    fn is_overruled(&self, part: UnixTime) -> bool {
        self.confirmed.is_some_and(|word| word.overruled.contains(&Some(part)))
    }

    /// True if a clock that says `time` is far above everything a terminal of `home` knows.
    ///
    /// A document that is ahead of the clock says nothing for it; one that is not speaks for it, however old journal
    /// and program are.
    fn is_far_below(&self, time: UnixTime, home: Side) -> bool {
        let Self { proof, journal, build, .. } = *self;
        let known = [journal, build, Some(proof.both), proof.side(home)];
        let newest = known.into_iter().flatten().filter(|part| *part <= time).max();
        time >= self.time() && newest.is_some_and(|newest| time.since(newest) > FAR)
    }

    /// The latest moment that has certainly come for a terminal of `home`, by a signature or two officers: what is
    /// removed for ever is removed by this time.
    fn proven(&self, home: Side) -> Option<UnixTime> {
        let signed = [Some(self.proof.both), self.proof.side(home)].into_iter().flatten();
        let signed = signed.filter_map(|part| self.counts(part)).max();
        signed.max(self.confirmed.map(|word| word.at))
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
    /// At the start it lay far above everything known.
    FarAhead,
    /// Set by hand where that makes nothing valid.
    ByHand,
}

/// The time as a verifier is told it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Now {
    reading: Reading,
    floor: UnixTime,
    /// What binds each side's permits, side A's first.
    sides: [UnixTime; 2],
    proven: Option<UnixTime>,
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
        Self::new(reading, floor)
    }

    /// The time of a clock above what was signed.
    #[must_use]
    pub fn above(clock: Option<UnixTime>, proof: &Proof) -> Self {
        let sides = proof.sides.map(|side| side.unwrap_or(proof.both).max(proof.both));
        Self::read(clock, proof.both).binding(sides)
    }

    /// A time set by hand (`--at`); the floor is then the signed times alone.
    #[must_use]
    pub fn by_hand(time: UnixTime, signed: UnixTime) -> Self {
        let reading = if time < signed {
            Reading::Untrusted(Some(time), Distrust::BelowFloor)
        } else {
            Reading::ByHand(time)
        };
        Self::new(reading, signed)
    }

    /// A clock that is not trusted.
    #[must_use]
    pub const fn untrusted(clock: Option<UnixTime>, floor: UnixTime, why: Distrust) -> Self {
        Self::new(Reading::Untrusted(clock, why), floor)
    }

    const fn new(reading: Reading, floor: UnixTime) -> Self {
        Self { reading, floor, sides: [floor; 2], proven: None }
    }

    /// The same, with what binds each side's permits, side A's first.
    #[must_use]
    pub const fn binding(self, sides: [UnixTime; 2]) -> Self {
        Self { sides, ..self }
    }

    /// The same, and up to when the time is proven.
    #[must_use]
    pub const fn proven_by(self, proven: Option<UnixTime>) -> Self {
        Self { proven, ..self }
    }

    /// The time as it binds one side's permits: what that side's own documents prove counts too.
    #[must_use]
    pub fn of(&self, side: Side) -> Self {
        let [a, b] = self.sides;
        let own = match side {
            Side::A => a,
            Side::B => b,
        };
        let floor = own.max(self.floor);
        let reading = match self.reading {
            Reading::Trusted(time) if time < floor => {
                Reading::Untrusted(Some(time), Distrust::BelowFloor)
            }
            reading => reading,
        };
        Self { reading, floor, ..*self }
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

    /// The latest moment that has certainly come, by a signature or two officers; none where nobody said so.
    #[must_use]
    pub const fn proven(&self) -> Option<UnixTime> {
        self.proven
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

    /// The same, or why it is not trusted for one side's permits.
    #[must_use]
    pub fn doubt(&self, demo: bool) -> Option<Distrust> {
        let of = |side| self.of(side).distrust(demo);
        self.distrust(demo).or_else(|| Side::BOTH.into_iter().find_map(of))
    }
}

/// Watches a terminal's clock from its start.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Watch {
    floor: Floor,
    /// Whose terminal it is: the other side's documents do not speak for its clock.
    home: Side,
    /// The last reading, while there is one.
    last: Option<(UnixTime, i64)>,
    /// The reading that later ones are held against, at most a day old: wall clock and monotonic seconds.
    held: Option<(UnixTime, i64)>,
    /// It said so at the last reading: that it stood still is news once.
    stopped: bool,
    /// Once set, only officers or a fresh bundle clear it.
    doubt: Option<Distrust>,
}

impl Watch {
    /// A watch above `floor`, on a terminal of `home`.
    #[must_use]
    pub const fn new(floor: Floor, home: Side) -> Self {
        Self { floor, home, last: None, held: None, stopped: false, doubt: None }
    }

    /// The floor.
    #[must_use]
    pub const fn floor(&self) -> &Floor {
        &self.floor
    }

    /// Takes a reading: the wall clock (`None` when there is none), monotonic seconds, whether it says it stopped.
    pub fn observe(&mut self, wall: Option<UnixTime>, monotonic: i64, stopped: bool) -> Now {
        self.last = wall.map(|time| (time, monotonic));
        if let Some(time) = wall {
            if stopped && !self.stopped {
                self.doubt = Some(Distrust::Stopped);
            }
            self.stopped = stopped;
            self.hold(time, monotonic);
        }
        let floor = self.floor.time();
        let now = match self.doubt {
            Some(why) if wall.is_some() => Now::untrusted(wall, floor, why),
            _ => Now::read(wall, floor),
        };
        let sides = Side::BOTH.map(|side| self.floor.of(side));
        now.binding(sides).proven_by(self.floor.proven(self.home))
    }

    /// Holds a reading against an earlier one, or the first against everything known.
    fn hold(&mut self, time: UnixTime, monotonic: i64) {
        let Some((before, then)) = self.held else {
            if self.floor.is_far_below(time, self.home) {
                self.doubt = Some(Distrust::FarAhead);
            }
            self.held = Some((time, monotonic));
            return;
        };
        let passed = monotonic.saturating_sub(then);
        let jumped = time.since(before).saturating_sub(passed).saturating_abs() > JUMP;
        if jumped {
            self.doubt = Some(Distrust::Jumped);
        }
        if jumped || passed >= DAY {
            self.held = Some((time, monotonic));
        }
    }

    /// Two officers confirm that the clock is right, whatever spoke against it: what is to be recorded of it, or
    /// nothing where there is no clock to confirm.
    ///
    /// The floor is the clock from then on. Who they are, and that they are two, is the caller's to check and record.
    pub fn confirm(&mut self) -> Option<Confirmation> {
        let (at, _) = self.last?;
        let Floor { proof: Proof { both, sides: [a, b] }, build, .. } = self.floor;
        let overruled = [Some(both), a, b, build].map(|part| part.filter(|part| *part > at));
        let word = Confirmation { at, overruled };
        self.floor.confirmed = Some(word);
        self.floor.journal = Some(at);
        self.doubt = None;
        self.held = self.last;
        Some(word)
    }

    /// A bundle was accepted, which proves this.
    pub fn accepted(&mut self, proof: Proof) {
        self.floor.proof = proof;
        let signed = [Some(proof.both), proof.side(self.home)].into_iter().flatten();
        let mut signed = signed.map(|part| part.plus(AHEAD));
        let near =
            |time: UnixTime| signed.any(|issued| time.since(issued).saturating_abs() <= CONFIRMS);
        if self.last.map(|(time, _)| time).is_some_and(near) {
            self.doubt = None;
        }
    }

    /// A journal entry was made while the clock was trusted.
    pub fn journalled(&mut self, at: UnixTime) {
        self.floor.journal = Some(self.floor.journal.map_or(at, |before| before.max(at)));
    }
}

#[cfg(test)]
mod tests;

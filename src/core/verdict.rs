//! What is said about a permit, and why.
//!
//! A verdict is a statement about a permit, never about a person, and it is a value, not an error. Each
//! reason has a stable number and carries its evidence; the wording is elsewhere.

use heapless::Vec;

use crate::{Day, Flaw, Foreign, KeyId, Permit, UnixTime, permit::Crossings};

/// One of the two sides of the zone.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Side {
    /// The first side: stations 1–32767.
    A,
    /// The second side: stations 32768–65535.
    B,
}

impl Side {
    /// Both, in order.
    pub const BOTH: [Self; 2] = [Self::A, Self::B];

    /// The side a station number belongs to.
    #[must_use]
    pub const fn of_station(number: u16) -> Self {
        if number < 0x8000 { Self::A } else { Self::B }
    }

    /// The other one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::A => Self::B,
            Self::B => Self::A,
        }
    }
}

/// Seen from the side whose guards stand at the checkpoint.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Direction {
    /// Into that side's territory.
    Entry,
    /// Out of it.
    Exit,
}

/// Where the question is asked.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Checkpoint {
    /// Number of the crossing in the zone register.
    pub crossing: u16,
    /// The side whose guards stand there.
    pub side: Side,
    /// Which way the traveller goes, seen from that side.
    pub direction: Direction,
}

impl Checkpoint {
    /// Which way a holder at home on `home` goes here.
    #[must_use]
    pub fn journey(&self, home: Side) -> Journey {
        if (self.direction == Direction::Exit) == (self.side == home) {
            Journey::Outward
        } else {
            Journey::Homeward
        }
    }
}

/// Seen from the holder's home side.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Journey {
    /// Away from home.
    Outward,
    /// Towards home: nobody is kept from it.
    Homeward,
}

/// What the terminal says of the permit before it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// Good here, now, in this direction: green, ✓.
    Valid,
    /// Not good: red, ✕ (a specimen: blue frame).
    Invalid(Reason),
    /// A person has to look further: amber, !.
    Refer(Reason),
    /// Something else was scanned.
    NotAPermit(Foreign),
}

impl Verdict {
    /// The stable code: 0 valid, 11 not a permit, else the reason's.
    #[must_use]
    pub const fn code(&self) -> u8 {
        match self {
            Self::Valid => 0,
            Self::NotAPermit(_) => 11,
            Self::Invalid(reason) | Self::Refer(reason) => reason.code(),
        }
    }

    /// The reason, where there is one.
    #[must_use]
    pub const fn reason(&self) -> Option<&Reason> {
        match self {
            Self::Invalid(reason) | Self::Refer(reason) => Some(reason),
            Self::Valid | Self::NotAPermit(_) => None,
        }
    }
}

/// How heavily a finding weighs.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Effect {
    /// Makes the permit invalid here and now.
    Invalid,
    /// Wants a person to look further.
    Refer,
}

/// One thing found, in the order of the checks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    /// What, with its evidence.
    pub reason: Reason,
    /// What it means on this journey.
    pub effect: Effect,
}

/// Everything found, at most one of each reason.
pub type Findings = Vec<Finding, 20>;

/// How far a text got.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Stage {
    /// Length, prefix, base45.
    Text,
    /// Key id, payload and signature told apart; a listed key sought.
    Envelope,
    /// The signature was checked with every candidate key.
    Signature,
    /// The signature holds, the payload is read and every rule was asked.
    Rules,
}

/// A verdict with everything that stands behind it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Judgement {
    /// The first invalid finding, else the first that refers, else valid.
    pub verdict: Verdict,
    /// The other findings, in order.
    pub also: Findings,
    /// How far the text got.
    pub stage: Stage,
    /// The permit, once its signature holds.
    pub permit: Option<crate::Verified<Permit>>,
    /// Which way the holder goes, once the home side is known.
    pub journey: Option<Journey>,
    /// What is worth showing beside the verdict.
    pub notes: Notes,
}

/// What is worth showing beside a verdict; none of it changes one.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Notes {
    /// Judged under a demo root: frame it DEMO.
    pub demo: bool,
    /// The clock was set by hand.
    pub by_hand: bool,
    /// Issued after the day the register of issued permits speaks for, within its grace.
    pub newer_than_register: bool,
    /// A list is past its next update (but not expired): issued when.
    pub stale_since: Option<UnixTime>,
    /// The side the holder is at home on.
    pub home: Option<Side>,
    /// Outward journeys left, this one included, where the permit limits them and the ledger knows.
    pub entries_left: Option<u32>,
    /// Days left, today included.
    pub days_left: Option<u32>,
    /// Days a stay may last: the permit's own, else the register's default.
    pub stay: Option<u16>,
}

/// Why a permit is not simply good, with the evidence.
///
/// The numbers are stable: [`Reason::code`].
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Reason {
    /// 12: the number was typed, the code not read.
    NumberTyped,
    /// 20: not in the one form a permit has.
    Malformed {
        /// Where in the layers.
        layer: Layer,
        /// Offset in that layer: characters of text, bytes of everything else.
        offset: u16,
        /// What is wrong there.
        flaw: Flaw,
    },
    /// 21: made for a newer terminal.
    Newer(Newer),
    /// 22: no listed key has this id.
    UnknownKey {
        /// The key id it names.
        key: KeyId,
        /// When the newest station list at hand was issued.
        lists: Option<UnixTime>,
    },
    /// 23: the signature does not hold with any listed key of that id.
    BadSignature {
        /// The key id it names.
        key: KeyId,
    },
    /// 24: the key may not sign this.
    NotEntitled {
        /// The station whose key it is.
        station: u16,
        /// What it may not.
        why: Entitlement,
    },
    /// 25: a specimen, never good.
    Specimen,
    /// 30: good only from a later day.
    NotYetValid {
        /// First day.
        from: Day,
        /// Today at the crossing.
        today: Day,
    },
    /// 31: good only through an earlier day.
    Expired {
        /// Last day.
        through: Day,
        /// Today at the crossing, or the earliest day it can be.
        today: Day,
    },
    /// 32: revoked, or reported lost.
    Revoked {
        /// How.
        how: Revocation,
        /// Since when, where the list says.
        since: Option<Day>,
        /// When the list that says so was issued.
        listed: UnixTime,
    },
    /// 33: replaced by a later copy.
    Replaced {
        /// The copy before the guard.
        copy: u8,
        /// The lowest copy that is good.
        good: u8,
        /// Since when.
        since: Day,
    },
    /// 34: its station's register of issued permits does not have it.
    NotIssued {
        /// The day the register speaks for.
        speaks_for: Day,
        /// The day the permit says it was issued.
        issued: Day,
    },
    /// 40: the home region is not in the zone today.
    RegionOutside {
        /// Number of the region.
        region: u16,
        /// Number of the zone.
        zone: u16,
    },
    /// 41: a permit for another zone.
    OtherZone {
        /// The zone it is for.
        permit: u16,
        /// The zone here.
        here: u16,
    },
    /// 42: the permit names other crossings.
    OtherCrossing {
        /// Those it names.
        names: Crossings,
        /// This one.
        here: u16,
    },
    /// 43: the crossing is closed, suspended or outside its hours.
    CrossingShut(Shut),
    /// 50: every outward journey is used.
    EntriesUsed {
        /// Journeys made.
        used: u32,
        /// Journeys allowed.
        allowed: u32,
    },
    /// 51: by the ledger the holder is already on that side.
    AlreadyThere {
        /// The last crossing known.
        last: Option<Passage>,
    },
    /// 52: stayed longer than allowed: a notice, not a list.
    StayExceeded {
        /// Days, the first and today included.
        days: u32,
        /// Days allowed.
        allowed: u32,
    },
    /// 53: seen elsewhere too recently to be the same person.
    SeenElsewhere {
        /// Where and when.
        last: Passage,
    },
    /// 60: the terminal cannot trust its clock.
    ClockNotTrusted {
        /// What the clock says, if anything.
        clock: Option<UnixTime>,
        /// The earliest it can be.
        floor: UnixTime,
        /// Why it is not trusted.
        why: crate::Distrust,
    },
    /// 61: a document this permit leans on has expired.
    ListsTooOld {
        /// Which.
        document: crate::Document,
        /// When it was issued.
        issued: UnixTime,
        /// When it expired.
        expired: UnixTime,
    },
    /// 62: the terminal itself is not whole.
    TerminalFault(TerminalFault),
}

impl Reason {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> u8 {
        match self {
            Self::NumberTyped => 12,
            Self::Malformed { .. } => 20,
            Self::Newer(_) => 21,
            Self::UnknownKey { .. } => 22,
            Self::BadSignature { .. } => 23,
            Self::NotEntitled { .. } => 24,
            Self::Specimen => 25,
            Self::NotYetValid { .. } => 30,
            Self::Expired { .. } => 31,
            Self::Revoked { .. } => 32,
            Self::Replaced { .. } => 33,
            Self::NotIssued { .. } => 34,
            Self::RegionOutside { .. } => 40,
            Self::OtherZone { .. } => 41,
            Self::OtherCrossing { .. } => 42,
            Self::CrossingShut(_) => 43,
            Self::EntriesUsed { .. } => 50,
            Self::AlreadyThere { .. } => 51,
            Self::StayExceeded { .. } => 52,
            Self::SeenElsewhere { .. } => 53,
            Self::ClockNotTrusted { .. } => 60,
            Self::ListsTooOld { .. } => 61,
            Self::TerminalFault(_) => 62,
        }
    }

    /// What the reason means on a journey: homeward, codes 24, 30–33 and 40–43 never make a permit invalid.
    ///
    /// Every reason is named: a new one does not compile until it is decided what it means.
    #[must_use]
    pub const fn effect(&self, journey: Option<Journey>) -> Effect {
        match self {
            Self::NumberTyped
            | Self::Newer(_)
            | Self::UnknownKey { .. }
            | Self::NotIssued { .. }
            | Self::AlreadyThere { .. }
            | Self::StayExceeded { .. }
            | Self::SeenElsewhere { .. }
            | Self::ClockNotTrusted { .. }
            | Self::ListsTooOld { .. }
            | Self::TerminalFault(_) => Effect::Refer,
            Self::NotEntitled { .. }
            | Self::NotYetValid { .. }
            | Self::Expired { .. }
            | Self::Revoked { .. }
            | Self::Replaced { .. }
            | Self::RegionOutside { .. }
            | Self::OtherZone { .. }
            | Self::OtherCrossing { .. }
            | Self::CrossingShut(_) => match journey {
                Some(Journey::Homeward) => Effect::Refer,
                Some(Journey::Outward) | None => Effect::Invalid,
            },
            Self::Malformed { .. }
            | Self::BadSignature { .. }
            | Self::Specimen
            | Self::EntriesUsed { .. } => Effect::Invalid,
        }
    }
}

/// The layer in which a text stops being a permit.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Layer {
    /// The scanned characters.
    Text,
    /// Their base45 (offsets in characters, the prefix included).
    Base45,
    /// Key id, payload, signature.
    Envelope,
    /// The payload's CBOR.
    Payload,
}

/// What a newer permit has that this terminal does not know.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Newer {
    /// A prefix `BPn:` with n > 1.
    Version(u32),
    /// An option that restricts the holder and is not known here.
    Option(i64),
}

/// What a key was found to be missing.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum Entitlement {
    /// The permit id names another station.
    Station {
        /// The station the id names.
        named: u16,
    },
    /// The station does not serve the holder's region.
    Region {
        /// The region.
        region: u16,
    },
    /// Issued outside the key's window.
    Window {
        /// The window's first day.
        from: Day,
        /// Its last.
        through: Day,
        /// The day of issue.
        issued: Day,
    },
    /// Valid for longer than the zone register allows.
    Validity {
        /// Days, both ends included.
        days: u32,
        /// The most there may be.
        longest: u32,
    },
    /// The station is suspended.
    Suspended {
        /// Since when.
        since: Day,
    },
    /// A demonstration key under a root that is not one.
    Demo,
    /// The key was stolen, and this is not among what was really signed with it.
    Stolen {
        /// Since when it may be in other hands.
        since: Day,
    },
}

/// How a permit was taken back.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Revocation {
    /// By its serial.
    Serial,
    /// With a range of serials, such as a stolen batch of blanks.
    Range,
    /// Reported lost.
    Lost,
}

/// Why nobody crosses here now.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Shut {
    /// Closed for good.
    Closed {
        /// First day.
        since: Day,
    },
    /// Suspended for a time.
    Suspended {
        /// First day.
        since: Day,
        /// The day it opens again, where known.
        until: Option<Day>,
    },
    /// Not yet open.
    NotOpen {
        /// The day it opens, where known.
        until: Option<Day>,
    },
    /// Outside its hours.
    Hours {
        /// Minutes after midnight at which it opens next, today or on the next day it opens.
        opens: Option<u16>,
    },
    /// One of the two regions it joins is not in the zone today.
    Region {
        /// Which.
        region: u16,
    },
}

/// What is wrong with the terminal.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum TerminalFault {
    /// Entries cannot be made durable.
    Journal,
    /// The disk is full or failing.
    Disk,
    /// The camera gives no true picture.
    Camera,
    /// The self-test did not pass.
    SelfTest,
    /// Entries about this permit may have been lost.
    Lost,
}

/// One crossing as a journal or a presence list knows it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Passage {
    /// Where, on whose side, which way.
    pub checkpoint: Checkpoint,
    /// When.
    pub at: UnixTime,
}

/// An exit here and an entry beyond are one journey within this many seconds.
const ONE_JOURNEY: i64 = 12 * 60 * 60;

impl Passage {
    /// True if `next` is the other half of the journey this one began: out on one side and in on the other,
    /// at one crossing, within 12 hours.
    #[must_use]
    pub fn is_continued_by(&self, next: &Self) -> bool {
        let (here, there) = (self.checkpoint, next.checkpoint);
        here.crossing == there.crossing
            && here.side == there.side.other()
            && (here.direction, there.direction) == (Direction::Exit, Direction::Entry)
            && (0..=ONE_JOURNEY).contains(&next.at.since(self.at))
    }
}

//! What a journal records.
//!
//! [`Event`]s are the terminal's to append; the rest of [`Entry`] is the journal's own. There is no field
//! for a name, a permit number or a reason in words, and none of free text: people are officers' numbers,
//! permits are pseudonyms, reasons are codes.

mod concern;
mod counts;
mod kept;

use minicbor::{Decode, Encode};
use permit_core::{
    Checkpoint, Day, Distrust, Judgement, Now, PermitId, Side, Trust, UnixTime, Verdict,
};

use crate::{Pseudonym, Secrets, wire};

pub use self::{
    concern::Concern,
    counts::Counts,
    kept::{Carried, Confirmed, Counter, Epoch, Pruned, Renewed},
};

/// What a record says.
#[derive(Clone, PartialEq, Eq, Encode, Decode, Debug)]
#[cbor(flat)]
#[non_exhaustive]
pub enum Entry {
    /// Something the terminal saw or did.
    #[n(0)]
    Event(#[n(0)] Event),
    /// The journal was opened, or held against newer countersigned heads and found damaged.
    #[n(1)]
    Started(#[n(0)] Started),
    /// The disk failed; the records after it stand in a new segment.
    #[n(2)]
    Trouble(#[n(0)] Trouble),
    /// A signed head (COSE_Sign1) of the chain up to the record before.
    #[n(3)]
    Head(#[cbor(n(0), with = "minicbor::bytes")] Vec<u8>),
    /// What is still needed of records that are about to be pruned.
    #[n(4)]
    Carried(#[n(0)] Carried),
    /// Records past their term were removed.
    #[n(5)]
    Pruned(#[n(0)] Pruned),
    /// Two officers started a new chain, because the one before is damaged: the first record of it.
    #[n(6)]
    Renewed(#[n(0)] Renewed),
}

/// What a terminal appends.
#[derive(Clone, PartialEq, Eq, Encode, Decode, Debug)]
#[cbor(flat)]
#[non_exhaustive]
pub enum Event {
    /// A code was scanned or a number typed, and judged.
    #[n(0)]
    Scanned(#[n(0)] Scanned),
    /// A person, or on a green verdict the terminal, decided.
    #[n(1)]
    Decided(#[n(0)] Decided),
    /// What the gate did after a decision.
    #[n(2)]
    Gate {
        /// Sequence of the decision.
        #[n(0)]
        decision: u64,
        /// False: released, but nobody went through in time.
        #[n(1)]
        turned: bool,
    },
    /// Still here: written at intervals, so that a missing end is noticed.
    #[n(3)]
    Heartbeat {
        /// Seconds since the terminal started.
        #[n(0)]
        up: u64,
    },
    /// The clock, or what is thought of it, changed.
    #[n(4)]
    Clock(#[n(0)] ClockEvent),
    /// A bundle was offered.
    #[n(5)]
    Update(#[n(0)] Update),
    /// A part of the terminal failed, or works again.
    #[n(6)]
    Health {
        /// Which.
        #[n(0)]
        part: Part,
        /// True: out of order from now on.
        #[n(1)]
        out: bool,
        /// Which lane's, from 1; none where it is of all lanes or there is one only.
        #[n(2)]
        lane: Option<u8>,
    },
    /// An officer took over, or left.
    #[n(7)]
    Shift {
        /// Number of the officer.
        #[n(0)]
        officer: u16,
        /// True: took over.
        #[n(1)]
        on: bool,
    },
    /// An officer takes an admission back: nobody went through. Its passage never was.
    #[n(8)]
    Undone {
        /// Sequence of the decision to admit.
        #[n(0)]
        decision: u64,
        /// Number of the officer.
        #[n(1)]
        officer: u16,
    },
    /// An officer was enrolled or given another PIN at the terminal. Their own change is by themselves.
    #[n(9)]
    Enrolled {
        /// Number of the officer.
        #[n(0)]
        officer: u16,
        /// Number of the supervisor, or the officer's own.
        #[n(1)]
        by: u16,
    },
    /// An officer raised something of a closed list, or another closed it.
    #[n(10)]
    Concern {
        /// What.
        #[n(0)]
        what: Concern,
        /// True: raised, open from now on.
        #[n(1)]
        open: bool,
        /// Number of the officer.
        #[n(2)]
        officer: u16,
    },
}

/// A scan and its verdict.
#[derive(Clone, PartialEq, Eq, Encode, Decode, Debug)]
#[cbor(array)]
pub struct Scanned {
    /// Which permit; none when no signature held.
    #[n(0)]
    pub pseudonym: Option<Pseudonym>,
    /// The holder's home side, where known.
    #[cbor(n(1), with = "wire::maybe_side")]
    pub home: Option<Side>,
    /// The permit's last day, until which its counter is kept.
    #[cbor(n(2), with = "wire::maybe_day")]
    pub through: Option<Day>,
    /// Where, on whose side, which way.
    #[cbor(n(3), with = "wire::checkpoint")]
    pub checkpoint: Checkpoint,
    /// Minutes the crossing's clock is ahead of UTC.
    #[n(4)]
    pub offset: i16,
    /// Which of the four verdicts.
    #[n(5)]
    pub colour: Colour,
    /// The verdict's code.
    #[n(6)]
    pub code: u8,
    /// The other findings' codes.
    #[n(7)]
    pub also: Vec<u8>,
    /// The lists it was judged by.
    #[n(8)]
    pub lists: Lists,
}

impl Scanned {
    /// What was judged at `checkpoint`; a pseudonym is given only to a permit whose signature held.
    #[must_use]
    pub fn judged(
        judgement: &Judgement,
        checkpoint: Checkpoint,
        trust: &Trust<'_>,
        secrets: &Secrets,
        now: &Now,
    ) -> Self {
        let crossing = trust.zone().crossing(checkpoint.crossing);
        let permit = judgement.permit.as_ref();
        Self {
            pseudonym: permit.map(|permit| secrets.pseudonym(&permit.id)),
            home: judgement.notes.home,
            through: permit.map(|permit| permit.through),
            checkpoint,
            offset: crossing.map_or(0, |crossing| crossing.offset(now.earliest())),
            colour: Colour::of(&judgement.verdict),
            code: judgement.verdict.code(),
            also: judgement.also.iter().map(|finding| finding.reason.code()).collect(),
            lists: Lists::of(trust),
        }
    }

    /// The same for a number that was typed.
    #[must_use]
    pub fn typed(self, id: &PermitId, secrets: &Secrets) -> Self {
        Self { pseudonym: Some(secrets.pseudonym(id)), home: Some(id.side()), ..self }
    }
}

/// Which of the four verdicts.
#[derive(Clone, Copy, PartialEq, Eq, Encode, Decode, Debug)]
#[cbor(index_only)]
pub enum Colour {
    /// Valid.
    #[n(0)]
    Green,
    /// Refer.
    #[n(1)]
    Amber,
    /// Invalid.
    #[n(2)]
    Red,
    /// Not a permit.
    #[n(3)]
    None,
}

impl Colour {
    const fn of(verdict: &Verdict) -> Self {
        match verdict {
            Verdict::Valid => Self::Green,
            Verdict::Refer(_) => Self::Amber,
            Verdict::Invalid(_) => Self::Red,
            Verdict::NotAPermit(_) => Self::None,
        }
    }
}

/// Versions of the lists a terminal judges by.
#[derive(Clone, Copy, PartialEq, Eq, Default, Encode, Decode, Debug)]
#[cbor(array)]
pub struct Lists {
    /// The newest root.
    #[n(0)]
    pub root: u32,
    /// The zone register.
    #[n(1)]
    pub zone: u32,
    /// Side A's snapshot.
    #[n(2)]
    pub a: Option<u32>,
    /// Side B's snapshot.
    #[n(3)]
    pub b: Option<u32>,
}

impl Lists {
    /// Those accepted now.
    #[must_use]
    pub fn of(trust: &Trust<'_>) -> Self {
        let snapshot = |side| trust.lists(side).map(|lists| lists.snapshot.header.version);
        Self {
            root: trust.root().header.version,
            zone: trust.zone().header.version,
            a: snapshot(Side::A),
            b: snapshot(Side::B),
        }
    }
}

/// What was decided.
#[derive(Clone, Copy, PartialEq, Eq, Encode, Decode, Debug)]
#[cbor(array)]
pub struct Decided {
    /// Sequence of the scan it is about; none: a person without a permit.
    #[n(0)]
    pub scan: Option<u64>,
    /// What.
    #[n(1)]
    pub outcome: Outcome,
    /// Number of the officer; none: the terminal itself, on a green verdict.
    #[n(2)]
    pub officer: Option<u16>,
    /// Code of the reason, where the decision goes against the verdict.
    #[n(3)]
    pub reason: Option<u8>,
}

impl Decided {
    /// A green verdict let the holder through.
    #[must_use]
    pub const fn automatic(scan: u64) -> Self {
        Self { scan: Some(scan), outcome: Outcome::Admitted, officer: None, reason: None }
    }
}

/// Admitted, turned back, assisted or nothing of these.
#[derive(Clone, Copy, PartialEq, Eq, Encode, Decode, Debug)]
#[cbor(flat)]
pub enum Outcome {
    /// Went through on the permit.
    #[n(0)]
    Admitted,
    /// Turned back, with the code of the reason on the slip.
    #[n(1)]
    TurnedBack(#[n(0)] u8),
    /// Helped, whatever the verdict: no journey is counted, and the other side is not told.
    #[n(2)]
    Assisted,
    /// Nobody attended to the verdict until it was closed: nobody went through, and nothing is counted.
    #[n(3)]
    NotDecided,
}

/// What happened to the clock.
#[derive(Clone, Copy, PartialEq, Eq, Encode, Decode, Debug)]
#[cbor(flat)]
pub enum ClockEvent {
    /// It is no longer trusted.
    #[n(0)]
    Distrusted(#[cbor(n(0), with = "wire::distrust")] Distrust),
    /// It is trusted again, by a bundle or by itself.
    #[n(1)]
    Trusted,
    /// Two officers confirmed it.
    #[n(2)]
    Confirmed {
        /// One.
        #[n(0)]
        first: u16,
        /// The other.
        #[n(1)]
        second: u16,
        /// Why it was not trusted.
        #[cbor(n(2), with = "wire::maybe_distrust", has_nil)]
        why: Option<Distrust>,
        /// What was signed or built later than the clock says, which counts no more.
        #[cbor(n(3), with = "wire::overruled", has_nil)]
        overruled: [Option<UnixTime>; 4],
    },
    /// One officer said that it is right, and a second has yet to.
    #[n(3)]
    Vouched {
        /// Who.
        #[n(0)]
        officer: u16,
        /// Why it is not trusted.
        #[cbor(n(1), with = "wire::distrust")]
        why: Distrust,
        /// What it said.
        #[cbor(n(2), with = "wire::maybe_time")]
        clock: Option<UnixTime>,
    },
}

/// What came of a bundle.
#[derive(Clone, Copy, PartialEq, Eq, Encode, Decode, Debug)]
#[cbor(flat)]
pub enum Update {
    /// Taken: these lists hold from now on.
    #[n(0)]
    Taken(#[n(0)] Lists),
    /// Refused, with a code of the terminal's.
    #[n(1)]
    Refused(#[n(0)] u8),
}

/// A part of a terminal.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Encode, Decode, Debug)]
#[cbor(index_only)]
#[non_exhaustive]
pub enum Part {
    /// Entries cannot be made durable.
    #[n(0)]
    Journal,
    /// The disk is full or failing.
    #[n(1)]
    Disk,
    /// The camera gives no true picture.
    #[n(2)]
    Camera,
    /// The self-test did not pass.
    #[n(3)]
    SelfTest,
    /// The clock chip.
    #[n(4)]
    Clock,
    /// Lamps or buzzer.
    #[n(5)]
    Signals,
    /// The gate or its relay.
    #[n(6)]
    Gate,
    /// The housing was opened.
    #[n(7)]
    Housing,
    /// The screen.
    #[n(8)]
    Screen,
    /// The program itself: it was stopped by its watchdog or by a fault.
    #[n(9)]
    Program,
    /// The terminal's own files: its key, the zone's secret, its officers.
    #[n(10)]
    Files,
}

/// What was found when the journal was opened, or when it was held against newer countersigned heads.
#[derive(Clone, PartialEq, Eq, Encode, Decode, Debug)]
#[cbor(array)]
pub struct Started {
    /// Version of the format, 1.
    #[n(0)]
    pub format: u8,
    /// Damage found for the first time, at most 64.
    #[n(1)]
    pub found: Vec<Damage>,
    /// How many more there were.
    #[n(2)]
    pub more: u64,
}

/// Where a journal is not as it was written.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Encode, Decode, Debug)]
#[cbor(array)]
pub struct Damage {
    /// Number of the segment.
    #[n(0)]
    pub segment: u32,
    /// Bytes from its start.
    #[n(1)]
    pub at: u64,
    /// What.
    #[n(2)]
    pub what: Harm,
}

/// In which way.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Encode, Decode, Debug)]
#[cbor(flat)]
pub enum Harm {
    /// The end was not written out: cut off. What it held was not known to be durable.
    #[n(0)]
    Torn {
        /// Bytes cut off.
        #[n(0)]
        bytes: u64,
        /// Whole records among them; there may have been one more.
        #[n(1)]
        records: u64,
    },
    /// No whole record here, though later ones are.
    #[n(1)]
    Unreadable,
    /// A whole record of this sequence that does not follow the one before.
    #[n(2)]
    Broken {
        /// Its sequence.
        #[n(0)]
        sequence: u64,
    },
    /// The segment is not there, or cannot be read.
    #[n(3)]
    Missing,
    /// The chain ends before a record that a head kept apart or countersigned by headquarters was signed for, goes another
    /// way, or is an older one: it was cut off, removed or put back.
    #[n(4)]
    Behind {
        /// The chain that head is of.
        #[n(0)]
        epoch: u32,
        /// Sequence of that record.
        #[n(1)]
        sequence: u64,
    },
}

/// A failure of the disk.
#[derive(Clone, Copy, PartialEq, Eq, Encode, Decode, Debug)]
#[cbor(array)]
pub struct Trouble {
    /// What failed.
    #[n(0)]
    pub operation: Operation,
    /// The system's number for the error, if it has one.
    #[n(1)]
    pub errno: Option<i32>,
    /// The segment that was being written.
    #[n(2)]
    pub segment: u32,
    /// What stands there from this byte on is void: it is written again after this record.
    #[n(3)]
    pub from: u64,
}

/// What is asked of a disk.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Encode, Decode, Debug)]
#[cbor(index_only)]
pub enum Operation {
    /// Keeping others out.
    #[n(0)]
    Lock,
    /// Listing the files.
    #[n(1)]
    List,
    /// Reading a file.
    #[n(2)]
    Read,
    /// Making a file.
    #[n(3)]
    Create,
    /// Writing.
    #[n(4)]
    Append,
    /// Cutting off.
    #[n(5)]
    Truncate,
    /// Making a file durable.
    #[n(6)]
    Sync,
    /// Naming a file.
    #[n(7)]
    Rename,
    /// Removing a file.
    #[n(8)]
    Remove,
    /// Making names durable.
    #[n(9)]
    SyncDirectory,
}

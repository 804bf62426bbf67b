//! The verifier: the ordered checks, from a scan to a judgement.
//!
//! Prefix, base45, key, signature, payload, rules: nothing of a payload is looked at before its
//! signature holds ([`Checked`]), and no rule can see a permit that is not [`Verified`]. It reads no clock and keeps
//! nothing: trust, time and what the journal knows are arguments.

mod rules;
mod verified;

use verified::Unfit;
pub use verified::{Checked, Verified};

use crate::{
    Checkpoint, Distrust, Effect, Envelope, Finding, Findings, Flaw, Foreign, Journey, Judgement,
    Layer, Ledger, NotAnEnvelope, Notes, Now, Passage, Permit, PermitId, Presence, Reason, Side,
    Stage, TerminalFault, Trust, UnixTime, Verdict,
    trust::{Crossing, Region},
};

/// The crossing is not in the zone register.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct UnknownCrossing(pub u16);

impl core::fmt::Display for UnknownCrossing {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "crossing {} is not in the zone register", self.0)
    }
}

impl core::error::Error for UnknownCrossing {}

/// Asks one question over and over: is this permit good here, now, in this direction?
#[derive(Clone, Copy, Debug)]
pub struct Verifier<'t> {
    trust: &'t Trust<'t>,
    place: Option<Place<'t>>,
    fault: Option<TerminalFault>,
}

/// Where the question is asked.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'t> {
    checkpoint: Checkpoint,
    crossing: Crossing<'t>,
    /// The two regions it joins.
    ends: [Option<Region<'t>>; 2],
}

impl<'t> Verifier<'t> {
    /// A verifier for one checkpoint.
    ///
    /// # Errors
    ///
    /// When the zone register does not have the crossing.
    pub fn new(trust: &'t Trust<'t>, checkpoint: Checkpoint) -> Result<Self, UnknownCrossing> {
        let crossing = trust
            .zone()
            .crossing(checkpoint.crossing)
            .ok_or(UnknownCrossing(checkpoint.crossing))?;
        let ends = crossing.regions.map(|number| trust.zone().region(number));
        Ok(Self { trust, place: Some(Place { checkpoint, crossing, ends }), fault: None })
    }

    /// A verifier away from every crossing: on a train, on a path, at a desk.
    ///
    /// Codes 42 and 43 are not asked, nor what a ledger knows (50 to 53), and no direction is known, so that nothing is
    /// weighed for the way home: whoever shows the verdict says so. The day is that of the first crossing the permit
    /// names, else of the register's first.
    #[must_use]
    pub const fn nowhere(trust: &'t Trust<'t>) -> Self {
        Self { trust, place: None, fault: None }
    }

    /// The same, on a terminal that is not whole.
    #[must_use]
    pub const fn with_fault(self, fault: Option<TerminalFault>) -> Self {
        Self { fault, ..self }
    }

    /// Judges a scan: the bytes of a code, or a line from a hand scanner.
    #[must_use]
    pub fn verify(&self, scan: &[u8], ledger: &dyn Ledger, now: &Now) -> Judgement {
        let envelope = match Envelope::open(scan) {
            Ok(envelope) => envelope,
            Err(NotAnEnvelope::Foreign(kind)) => return self.foreign(kind, now),
            Err(NotAnEnvelope::Newer(newer)) => {
                return self.stopped(Stage::Text, Reason::Newer(newer), now);
            }
            Err(NotAnEnvelope::Malformed(layer, fault)) => {
                return self.stopped(Stage::Text, malformed(layer, fault.offset, fault.flaw), now);
            }
        };
        let checked = match Checked::of(&envelope, self.trust) {
            Ok(checked) => checked,
            Err((stage, reason)) => return self.stopped(stage, reason, now),
        };
        match Verified::open(&checked) {
            Ok(permit) => self.judge(permit, &checked, ledger, now),
            Err(Unfit::Malformed(layer, fault)) => {
                self.stopped(Stage::Signature, malformed(layer, fault.offset, fault.flaw), now)
            }
            Err(Unfit::Newer(newer)) => self.stopped(Stage::Signature, Reason::Newer(newer), now),
        }
    }

    /// Looks a typed number up: what the lists and the ledger know of it. Never good, always referred.
    #[must_use]
    pub fn look_up(&self, id: &PermitId, ledger: &dyn Ledger, now: &Now) -> Judgement {
        let journey = self.journey(id.side());
        let mut also = Findings::new();
        let here = self.place.map(|place| place.checkpoint);
        let presence = here.and_then(|here| Some((here, ledger.presence(id)?)));
        let moment = self.moment(&now.of(id.side()), None);
        for reason in rules::of_a_number(id, self.trust, &moment, presence) {
            let effect = reason.effect(journey);
            let _ = also.push(Finding { reason, effect });
        }
        let verdict = Verdict::Refer(Reason::NumberTyped);
        let notes = Notes { home: Some(id.side()), ..self.notes(now) };
        Judgement { verdict, also, stage: Stage::Text, permit: None, journey, notes }
    }

    /// Asks every rule of a permit whose signature holds.
    fn judge(
        &self,
        permit: Verified<Permit>,
        checked: &Checked<'_, 't>,
        ledger: &dyn Ledger,
        now: &Now,
    ) -> Judgement {
        let region = (permit.zone == self.trust.zone().header.zone)
            .then(|| self.trust.zone().region(permit.region))
            .flatten();
        let home = region.map_or(checked.side(), |region| region.side);
        let journey = self.journey(home);
        let lost = ledger.may_have_lost(&permit);
        let case = rules::Case {
            permit: &permit,
            checked,
            region,
            place: self.place.as_ref(),
            trust: self.trust,
            // What one side says of the time binds its own permits alone.
            moment: self.moment(&now.of(checked.side()), permit.options.crossings.first().copied()),
            journey,
            presence: self.place.and_then(|_| ledger.presence(&permit.id)),
            fault: self.fault.or(lost.then_some(TerminalFault::Lost)),
        };
        let (verdict, also) = rules::ask(&case);
        let notes = Notes { home: Some(home), ..rules::notes(&case, self.notes(now)) };
        Judgement { verdict, also, stage: Stage::Rules, permit: Some(permit), journey, notes }
    }

    fn journey(&self, home: Side) -> Option<Journey> {
        self.place.map(|place| place.checkpoint.journey(home))
    }

    /// The moment here; nowhere, at the crossing that the permit names.
    fn moment(&self, now: &Now, named: Option<u16>) -> Moment {
        let time = now.earliest();
        let zone = self.trust.zone();
        let there = || named.and_then(|number| zone.crossing(number));
        let crossing = self.place.map(|place| place.crossing).or_else(there);
        let crossing = crossing.or_else(|| zone.crossings.iter().next());
        let offset = crossing.map_or(0, |crossing| crossing.offset(time));
        Moment {
            now: *now,
            time,
            today: time.day(offset),
            minute: now.certain().map(|time| time.minute(offset)),
            offset,
            distrust: now.distrust(self.trust.is_demo()),
        }
    }

    fn foreign(&self, kind: Foreign, now: &Now) -> Judgement {
        let verdict = Verdict::NotAPermit(kind);
        Judgement {
            verdict,
            also: Findings::new(),
            stage: Stage::Text,
            permit: None,
            journey: None,
            notes: self.notes(now),
        }
    }

    fn stopped(&self, stage: Stage, reason: Reason, now: &Now) -> Judgement {
        let verdict = match reason.effect(None) {
            Effect::Invalid => Verdict::Invalid(reason),
            Effect::Refer => Verdict::Refer(reason),
        };
        Judgement {
            verdict,
            also: Findings::new(),
            stage,
            permit: None,
            journey: None,
            notes: self.notes(now),
        }
    }

    fn notes(&self, now: &Now) -> Notes {
        Notes { demo: self.trust.is_demo(), by_hand: now.is_by_hand(), ..Notes::default() }
    }
}

/// The moment of a question, at the crossing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moment {
    now: Now,
    /// The time, or the earliest it can be.
    time: UnixTime,
    /// The civil day of `time`.
    today: crate::Day,
    /// Minutes after midnight, where the time is certain.
    minute: Option<u16>,
    /// Minutes ahead of UTC.
    offset: i16,
    distrust: Option<Distrust>,
}

/// True if the holder went on from `presence`'s last passage, on the same journey.
fn same_journey(presence: &Presence, here: Checkpoint, now: UnixTime) -> bool {
    presence.last.is_some_and(|last| last.is_continued_by(&Passage { checkpoint: here, at: now }))
}

fn malformed(layer: Layer, offset: usize, flaw: Flaw) -> Reason {
    Reason::Malformed { layer, offset: u16::try_from(offset).unwrap_or(u16::MAX), flaw }
}

/// Which way the holder of a permit of `home` last went.
fn last_journey(last: &Passage, home: Side) -> Journey {
    last.checkpoint.journey(home)
}

//! The journal as the reader uses it.
//!
//! It turns the machine's entries into the journal's records and hands out the one thing a gate opens with, which exists
//! only once a decision is on the disk. It repeats nothing and forgives nothing: what the journal refuses is refused.

mod no_key;
mod said;
mod trouble;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use permit_core::{
    Confirmation, Distrust, Ledger, Now, Permit, PermitId, Presence, PublicKey, Signer,
    TerminalFault, Trust, UnixTime, Verdict,
};
use permit_journal::{
    AppendError, ClockEvent, Decided, Durable, Event, Journal, OpenError, Opening, Outcome,
    Scanned, Secret, Secrets, Settings, SignError, Storage, Terminal, Update,
};
use permit_signing::SecretKey;

use crate::keys::{self, Keys};
use crate::machine::{
    Asked, ChainState, Figures, Grounds, Judged, LaneNumber, Trouble, UpdateFault,
};
use crate::place::Place;
use crate::record::{Decision, Entry, RecordFault};
use crate::reserve::Reserve;

use self::{no_key::NoKey, trouble::event};

/// A journal, and what it was told is broken.
#[derive(Debug)]
pub struct Keeper<S> {
    journal: Journal<S>,
    /// None where it is lost: heads are not signed then, and nothing is exported.
    key: Option<SecretKey>,
    /// The zone's secret is lost: nobody is known by their pseudonym, and no scan can be recorded.
    blind: bool,
    reserve: Option<Arc<Reserve>>,
    /// Where it is tried whether anything can be written.
    state: Option<PathBuf>,
    /// What was found broken at the start.
    broken: Vec<Trouble>,
    /// Troubles that were recorded and have not ended.
    troubles: Vec<(Trouble, Option<LaneNumber>)>,
    /// Why bundles were refused, and when that was recorded last, in milliseconds of the terminal's.
    refused: BTreeMap<u8, u64>,
}

/// Which of the journal's records the next decision of a lane is about, and its gate.
#[derive(Debug, Default)]
pub struct Trail {
    /// Sequence of the scan whose verdict stands, if it was recorded.
    scan: Option<u64>,
    /// Sequence of the decision the gate answers for.
    decision: Option<u64>,
    /// Sequence of the last admission, which an officer may undo.
    admitted: Option<u64>,
}

impl Keeper<Place> {
    /// Opens the journal below a state folder, with the terminal's key and the zone's secret beside it.
    ///
    /// A folder without them gets its own: what it records can then not be merged with what others record. Whatever is
    /// wrong with the folder is said by [`broken`](Self::broken) and keeps nothing from being judged.
    ///
    /// # Errors
    ///
    /// When another process keeps it.
    pub fn open(state: &Path, terminal: Terminal, now: &Now) -> Result<Self, OpenError> {
        if let Err(error) = fs::create_dir_all(state) {
            tracing::error!(%error, "the state's folder cannot be made");
        }
        let below = state.join("journal");
        let first = keys::is_first(&below);
        let keys = {
            let mut place = Place::new(state);
            let _ = place.lock();
            Keys::open(&mut place, first)
        };
        let reserve = Arc::new(Reserve::open(state));
        let secret = keys.secret.as_deref().copied().unwrap_or_default();
        let secrets = Secrets::new(Secret::new(secret), None);
        let settings = Settings { terminal, secrets, term: Settings::TERM };
        // Beside the journal and not in it: whoever removes the one leaves the other.
        let apart = Place::shared(state.join("journal-head"));
        let public = keys.key.as_ref().and_then(|key| PublicKey::new(&key.public_key()).ok());
        let apart = public.map(|public| (apart, public));
        let journal = Journal::open_with(Place::new(below), apart, settings, now)?;
        Ok(Self {
            journal,
            key: keys.key,
            blind: keys.secret.is_none(),
            reserve: Some(reserve),
            state: Some(state.to_owned()),
            broken: keys.broken,
            troubles: Vec::new(),
            refused: BTreeMap::new(),
        })
    }
}

impl<S: Storage> Keeper<S> {
    /// Keeps an open journal.
    #[must_use]
    pub const fn new(journal: Journal<S>, key: SecretKey) -> Self {
        Self {
            journal,
            key: Some(key),
            blind: false,
            reserve: None,
            state: None,
            broken: Vec::new(),
            troubles: Vec::new(),
            refused: BTreeMap::new(),
        }
    }

    /// What is broken of the state: with most of it nothing is green.
    #[must_use]
    pub fn broken(&self) -> Vec<Trouble> {
        let unwritable = self.journal.fault() == Some(TerminalFault::Journal)
            && self.state.as_deref().is_some_and(|state| !is_writable(state));
        let state = unwritable.then_some(Trouble::State);
        state.into_iter().chain(self.broken.iter().copied()).collect()
    }

    /// Room kept for the night, for whoever else writes.
    #[must_use]
    pub fn reserve(&self) -> Option<Arc<Reserve>> {
        self.reserve.clone()
    }

    /// Whether entries are made in the room that was kept for the night: the disk is full.
    #[must_use]
    pub fn is_spent(&self) -> bool {
        self.reserve.as_ref().is_some_and(|reserve| !reserve.is_held())
    }

    /// Keeps room for the next night, where there is enough again.
    pub fn replenish(&self) {
        if let (Some(reserve), Ok(free)) = (&self.reserve, self.free()) {
            reserve.make(free);
        }
    }

    /// Makes an entry durable; a decision that lets somebody through comes back with what opens the gate.
    ///
    /// # Errors
    ///
    /// When it is not certain to survive a power cut, or nobody answers for it.
    pub fn append(
        &mut self,
        trail: &mut Trail,
        entry: &Entry,
        judged: Option<&Judged>,
        trust: Option<&Trust<'_>>,
        now: &Now,
    ) -> Result<Option<Opening>, RecordFault> {
        // A demonstration may be tried by whoever likes; anything else has somebody who answers for it.
        let demo = trust.is_some_and(Trust::is_demo);
        self.journal.on_trial(demo);
        let named = entry.officer.is_some() || demo;
        match (entry.decision, judged) {
            (Some(Decision::NotDecided), _) => {
                self.not_decided(trail, entry.officer, now).map(|()| None)
            }
            (Some(decision), _) if !named && decision != Decision::Assisted => {
                Err(RecordFault::Refused)
            }
            (Some(Decision::Undone), _) => {
                let officer = entry.officer.ok_or(RecordFault::Refused)?;
                self.undo(trail, officer, now).map(|()| None)
            }
            (Some(decision), _) => self.decide(trail, entry, decision, now),
            (None, Some(judged)) => self.scanned(trail, judged, trust, now).map(|()| None),
            (None, None) => Err(RecordFault::Refused),
        }
    }

    fn scanned(
        &mut self,
        trail: &mut Trail,
        judged: &Judged,
        trust: Option<&Trust<'_>>,
        now: &Now,
    ) -> Result<(), RecordFault> {
        let Some(trust) = trust else { return Err(RecordFault::Refused) };
        trail.scan = None;
        if self.blind {
            return Err(RecordFault::Failing);
        }
        let secrets = self.journal.secrets();
        let scanned = Scanned::judged(&judged.judgement, judged.here, trust, secrets, now);
        let scanned = match &judged.asked {
            Asked::Number(id) => scanned.typed(id, secrets),
            Asked::Text(_) => scanned,
        };
        let durable = self.commit(Event::Scanned(scanned), now)?;
        trail.scan = Some(durable.sequence());
        Ok(())
    }

    fn decide(
        &mut self,
        trail: &mut Trail,
        entry: &Entry,
        decision: Decision,
        now: &Now,
    ) -> Result<Option<Opening>, RecordFault> {
        // What is not a permit has no record of its own, and neither has help without a permit.
        let verdict = entry.code.filter(|code| *code != NOT_A_PERMIT);
        let scan = verdict.and(trail.scan);
        let outcome = match decision {
            Decision::Admitted => Outcome::Admitted,
            Decision::TurnedBack => Outcome::TurnedBack(entry.code.unwrap_or_default()),
            Decision::Assisted => Outcome::Assisted,
            // These have records of another kind.
            Decision::NotDecided | Decision::Undone => return Err(RecordFault::Refused),
        };
        // A verdict that could not be recorded leaves the decision to stand alone: the terminal is known to be wrong.
        let grounds = entry.grounds.or_else(|| {
            (scan.is_none() && decision == Decision::Admitted).then_some(Grounds::KnownError)
        });
        let reason = grounds.map(code);
        let decided = Decided { scan, outcome, officer: entry.officer, reason };
        let durable = self.commit(Event::Decided(decided), now)?;
        trail.decision = Some(durable.sequence());
        trail.admitted = (outcome == Outcome::Admitted).then_some(durable.sequence());
        Ok(durable.opening())
    }

    /// Records that nobody attended to the verdict that stands: it counts nothing and opens nothing.
    ///
    /// # Errors
    ///
    /// When it is not recorded, or the verdict has no record.
    pub fn not_decided(
        &mut self,
        trail: &mut Trail,
        officer: Option<u16>,
        now: &Now,
    ) -> Result<(), RecordFault> {
        let scan = Some(trail.scan.take().ok_or(RecordFault::Refused)?);
        let decided = Decided { scan, outcome: Outcome::NotDecided, officer, reason: None };
        self.commit(Event::Decided(decided), now).map(|_| ())
    }

    /// Records that nobody went through on a lane's last decision, if that was to admit.
    ///
    /// # Errors
    ///
    /// When it is not recorded, there is no such admission, or it is too long ago ([`permit_journal::UNDO`]).
    pub fn undo(&mut self, trail: &mut Trail, officer: u16, now: &Now) -> Result<(), RecordFault> {
        let decision = trail.admitted.ok_or(RecordFault::Refused)?;
        self.note(Event::Undone { decision, officer }, now)?;
        trail.admitted = None;
        Ok(())
    }

    /// Records what a lane's gate did after the last decision there.
    ///
    /// # Errors
    ///
    /// When it is not recorded.
    pub fn gate(&mut self, trail: &mut Trail, turned: bool, now: &Now) -> Result<(), RecordFault> {
        let Some(decision) = trail.decision.take() else { return Ok(()) };
        self.commit(Event::Gate { decision, turned }, now).map(|_| ())
    }

    /// Records what broke and what works again since it was last told. What cannot be recorded now is tried again when
    /// it is told next. A trouble of one lane of two comes with its number.
    pub fn troubled(&mut self, troubles: &[(Trouble, Option<LaneNumber>)], now: &Now) {
        let known = core::mem::take(&mut self.troubles);
        let ended: Vec<_> = known.iter().copied().filter(|it| !troubles.contains(it)).collect();
        let begun: Vec<_> = troubles.iter().copied().filter(|it| !known.contains(it)).collect();
        self.troubles = known;
        for trouble in ended {
            if event(trouble, false, now).is_none_or(|event| self.note(event, now).is_ok()) {
                self.troubles.retain(|other| *other != trouble);
            }
        }
        for trouble in begun {
            if event(trouble, true, now).is_none_or(|event| self.note(event, now).is_ok()) {
                self.troubles.push(trouble);
            }
        }
    }

    /// Records what came of a bundle that was offered. Anybody may offer one, so that the same refusal is recorded once an
    /// hour: no stick fills the journal.
    ///
    /// # Errors
    ///
    /// When it is not recorded.
    pub fn offered(
        &mut self,
        done: Result<&Trust<'_>, UpdateFault>,
        ms: u64,
        now: &Now,
    ) -> Result<(), RecordFault> {
        let why = match done {
            Ok(trust) => {
                let taken = Update::Taken(permit_journal::Lists::of(trust));
                return self.note(Event::Update(taken), now);
            }
            Err(UpdateFault::Nothing) => 1,
            Err(UpdateFault::Unfit) => 2,
            Err(UpdateFault::Refused) => 3,
            Err(UpdateFault::Unwritable) => 4,
            Err(UpdateFault::Forged) => 5,
            Err(UpdateFault::Older) => 6,
            Err(UpdateFault::Forked) => 7,
            Err(UpdateFault::Busy) => 8,
            Err(UpdateFault::Elsewhere) => 9,
            Err(UpdateFault::Rootless) => 10,
            Err(UpdateFault::Base) => 11,
        };
        if self.refused.get(&why).is_some_and(|recorded| ms < recorded + REFUSED_MS) {
            return Ok(());
        }
        self.note(Event::Update(Update::Refused(why)), now)?;
        self.refused.insert(why, ms);
        Ok(())
    }

    /// Records that two officers confirmed the clock, by the time that they confirmed.
    ///
    /// # Errors
    ///
    /// When it is not recorded.
    pub fn confirmed(
        &mut self,
        [first, second]: [u16; 2],
        why: Option<Distrust>,
        word: &Confirmation,
        now: &Now,
    ) -> Result<(), RecordFault> {
        let overruled = word.overruled;
        let said = ClockEvent::Confirmed { first, second, why, overruled };
        self.note(Event::Clock(said), now)
    }

    /// Records something else.
    ///
    /// # Errors
    ///
    /// When it is not recorded.
    pub fn note(&mut self, event: Event, now: &Now) -> Result<(), RecordFault> {
        self.commit(event, now).map(|_| ())
    }

    /// How far headquarters have countersigned this journal, by lists.
    #[must_use]
    pub fn countersigned(&self, trust: &Trust<'_>) -> Option<u64> {
        let Terminal { side, number } = self.journal.terminal();
        let head = trust.lists(side)?.heads?.heads.iter().find(|it| it.number == number)?;
        Some(head.sequence)
    }

    /// All records that are kept, or those after one, in signed segments.
    ///
    /// # Errors
    ///
    /// When they cannot be read or signed.
    pub fn export(&self, after: Option<u64>, now: &Now) -> Result<Vec<u8>, RecordFault> {
        let key = self.key.as_ref().ok_or(RecordFault::Failing)?;
        self.journal.export(after, now, key).map_err(|_| RecordFault::Failing)
    }

    /// What an export is called: the terminal and the last record in it.
    #[must_use]
    pub fn export_name(&self) -> String {
        let Terminal { side, number } = self.journal.terminal();
        format!("journal-{side:?}{number}-{:010}.cbor", self.journal.tip().sequence)
    }

    /// Does what is due: heartbeats, signed heads, removal; `up` in seconds since the start.
    ///
    /// # Errors
    ///
    /// When something could not be recorded.
    pub fn tend(&mut self, now: &Now, up: u64) -> Result<(), RecordFault> {
        let done = match &self.key {
            Some(key) => self.journal.tend(now, up, key).map_err(|error| match error {
                SignError::Append(AppendError::Full) => RecordFault::Full,
                _ => RecordFault::Failing,
            }),
            None => match self.journal.tend(now, up, &NoKey) {
                // Said as a trouble: it is no news every second.
                Ok(()) | Err(SignError::Signer(_)) => Ok(()),
                Err(_) => Err(RecordFault::Failing),
            },
        };
        if done == Err(RecordFault::Full)
            && let Some(reserve) = &self.reserve
        {
            reserve.give();
        }
        done
    }

    /// Takes in the presence lists of an accepted bundle, and holds the journal against the countersigned heads.
    pub fn hear(&mut self, trust: &Trust<'_>, now: &Now) {
        self.journal.hear_all(trust, now);
    }

    /// Bytes that can still be written.
    ///
    /// # Errors
    ///
    /// What the disk says.
    pub fn free(&self) -> io::Result<u64> {
        self.journal.free()
    }

    /// The last moment recorded while the clock was trusted.
    #[must_use]
    pub const fn floor(&self) -> Option<UnixTime> {
        self.journal.floor()
    }

    /// Whether the chain is whole and can be written.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.journal.condition().is_whole() && self.journal.fault().is_none()
    }

    /// Whether anything of the chain is lost.
    #[must_use]
    pub fn chain(&self) -> ChainState {
        match self.journal.gap() {
            _ if self.journal.is_damaged() => ChainState::Damaged,
            Some(_) => ChainState::Incomplete,
            None => ChainState::Whole,
        }
    }

    /// Starts a new chain in place of a damaged one, in the names of two officers.
    ///
    /// # Errors
    ///
    /// When nothing is wrong with the chain, the time is not known, or the new one cannot be written.
    pub fn renew(&mut self, officers: [u16; 2], now: &Now) -> Result<(), RecordFault> {
        let key = self.key.as_ref().ok_or(RecordFault::Failing)?;
        self.journal.renew(officers, now, key).map(|_| ()).map_err(|error| {
            tracing::error!(%error, "no new chain");
            match error {
                SignError::Append(error) => fault(&error),
                _ => RecordFault::Failing,
            }
        })
    }

    /// What the journal has counted since it began, and how many are away.
    #[must_use]
    pub fn figures(&self) -> Figures {
        let counts = self.journal.counts();
        let decisions = [
            (Decision::Admitted, counts.admitted),
            (Decision::TurnedBack, counts.turned_back),
            (Decision::Assisted, counts.assisted),
            (Decision::NotDecided, counts.not_decided),
            (Decision::Undone, counts.undone),
        ];
        Figures {
            verdicts: counts.verdicts.into_iter().collect(),
            decisions: decisions.into(),
            away: u64::try_from(self.journal.away()).unwrap_or(u64::MAX),
        }
    }

    /// The journal, to look at.
    #[must_use]
    pub const fn journal(&self) -> &Journal<S> {
        &self.journal
    }

    fn commit(&mut self, event: Event, now: &Now) -> Result<Durable, RecordFault> {
        let done = self.journal.append(event.clone(), now);
        let done = match (done, &self.reserve) {
            // Once more in the room that was kept for it.
            (Err(AppendError::Full), Some(reserve)) if reserve.give() => {
                self.journal.append(event, now)
            }
            (done, _) => done,
        };
        done.map_err(|error| fault(&error))
    }
}

/// What the machine is told of a refusal.
const fn fault(error: &AppendError) -> RecordFault {
    match error {
        AppendError::Full => RecordFault::Full,
        AppendError::Storage { .. } => RecordFault::Failing,
        _ => RecordFault::Refused,
    }
}

impl<S: Storage> Ledger for Keeper<S> {
    fn presence(&self, id: &PermitId) -> Option<Presence> {
        self.journal.presence(id).filter(|_| !self.blind)
    }

    fn may_have_lost(&self, permit: &Permit) -> bool {
        self.journal.may_have_lost(permit)
    }
}

/// Whether a file can be made here.
fn is_writable(state: &Path) -> bool {
    let probe = state.join("probe");
    fs::File::create(&probe).and_then(|_| fs::remove_file(&probe)).is_ok()
}

/// The code of what is not a permit.
/// The same refusal of lists is recorded once in so long, in milliseconds. Chosen: ten reasons are 240 records a day.
const REFUSED_MS: u64 = 60 * 60_000;

const NOT_A_PERMIT: u8 = Verdict::NotAPermit(permit_core::Foreign::Text).code();

/// The number of the grounds in the journal.
const fn code(grounds: Grounds) -> u8 {
    match grounds {
        Grounds::OtherPapers => 1,
        Grounds::Confirmed => 2,
        Grounds::Ordered => 3,
        Grounds::KnownError => 4,
    }
}

#[cfg(test)]
mod tests {
    use permit_journal::faults::Memory;
    use permit_signing::demo;

    use super::*;

    fn keeper(now: &Now) -> Keeper<Memory> {
        let settings = Settings {
            terminal: Terminal { side: permit_core::Side::A, number: 1 },
            secrets: Secrets::new(Secret::new([7; 32]), None),
            term: Settings::TERM,
        };
        let journal = Journal::open(Memory::new(), settings, now).unwrap();
        Keeper::new(journal, SecretKey::from_known_seed_for_demo_keys_only(&[9; 32]))
    }

    #[test]
    fn troubles_are_recorded_when_they_begin_and_end() {
        let now = Now::by_hand(demo::NOON, demo::ISSUED);
        let mut keeper = keeper(&now);
        let before = keeper.journal().counts().records;
        for (troubles, more) in [
            (&[][..], 0),
            (&[Trouble::Camera, Trouble::Tamper], 2),
            (&[Trouble::Camera, Trouble::Tamper], 2),
            (&[Trouble::Tamper, Trouble::ListsExpired], 3),
            (&[], 4),
            (&[Trouble::Clock], 5),
        ] {
            let troubles: Vec<_> = troubles.iter().map(|trouble| (*trouble, None)).collect();
            keeper.troubled(&troubles, &now);
            assert_eq!(keeper.journal().counts().records, before + more, "{troubles:?}");
        }
    }

    #[test]
    fn row_17_no_stick_fills_the_journal() {
        let now = Now::by_hand(demo::NOON, demo::ISSUED);
        let mut keeper = keeper(&now);
        let before = keeper.journal().counts().records;
        let whys = [UpdateFault::Refused, UpdateFault::Older, UpdateFault::Nothing];
        for second in 0..10_000 {
            let why = whys[usize::try_from(second).unwrap() % whys.len()];
            keeper.offered(Err(why), second * 1_000, &now).unwrap();
        }
        // Three reasons, at the beginning and once more in each hour that began since.
        assert_eq!(keeper.journal().counts().records, before + 9);
    }

    #[test]
    fn secrets_are_made_once_and_for_their_owner_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let state = tempfile::tempdir().unwrap();
        let now = Now::by_hand(demo::NOON, demo::ISSUED);
        let whose = Terminal { side: permit_core::Side::A, number: 1 };
        drop(Keeper::open(state.path(), whose, &now).unwrap());
        let read = || {
            ["reader.key", "pseudonym.secret"]
                .map(|name| fs::read(state.path().join(name)).unwrap())
        };
        let first = read();
        for name in ["reader.key", "pseudonym.secret"] {
            let mode = fs::metadata(state.path().join(name)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{name}");
        }
        let again = Keeper::open(state.path(), whose, &now).unwrap();
        assert_eq!(read(), first);
        let other = Keeper::open(state.path(), whose, &now);
        assert!(matches!(other, Err(OpenError::Locked)), "one process at a time");
        drop(again);
        fs::write(state.path().join("pseudonym.secret"), "short").unwrap();
        let mended = Keeper::open(state.path(), whose, &now).unwrap();
        assert_eq!(mended.broken(), [Trouble::Restored]);
        assert_eq!(read(), first);
        drop(mended);
        for name in ["pseudonym.secret", "pseudonym.secret.copy"] {
            fs::write(state.path().join(name), "short").unwrap();
        }
        let lost = Keeper::open(state.path(), whose, &now).unwrap();
        assert_eq!(lost.broken(), [Trouble::SecretLost]);
    }
}

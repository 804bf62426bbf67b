//! The desk in memory: every act goes in here, and the one number that no application knows is kept here.
//!
//! It is a value: replaying a record's acts makes it, and nothing else does.

use std::collections::BTreeMap;

use permit_core::{PermitId, UnixTime};
use permit_record::Subject;

use super::{
    Ahead, Application, ApplicationAct, Case, CaseAct, Delegated, Denied, Founding, Gone, Issued,
    LetGo, Matter, MatterAct, MatterKind, MatterState, Moment, Office, OfficeAct, Origin, Refusal,
    born::Births, taken::Taken,
};
use crate::likeness::Names;

/// What is done at a desk.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Act {
    /// With the office.
    Office(OfficeAct),
    /// With the application of this number; 0 with [`ApplicationAct::Open`].
    Application(u32, ApplicationAct),
    /// With the case of this number; 0 with [`CaseAct::Open`].
    Case(u32, CaseAct),
    /// With the matter of this number; 0 with [`MatterAct::Raise`].
    Matter(u32, MatterAct),
}

/// What came of an act.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outcome {
    /// What it was about, with the number given to something new.
    pub subject: Subject,
    /// The acts it makes in the record, in order: two where a permit takes another's place.
    pub acts: Vec<Act>,
}

/// Everything at a desk, or as much of it as was read from the record so far.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Desk {
    office: Office,
    pub(super) applications: BTreeMap<u32, Application>,
    pub(super) cases: BTreeMap<u32, Case>,
    matters: BTreeMap<u32, Matter>,
    /// Numbers given so far: applications, cases, matters.
    pub(super) given: [u32; 3],
    /// The highest serial of each year.
    pub(super) serials: BTreeMap<u8, u32>,
    /// Numbers given before the desk was, once they are taken over.
    pub(super) taken: Option<Taken>,
    /// Which application a permit's number belongs to, and its newest copy.
    pub(super) owners: BTreeMap<(u8, u32), (u32, u8)>,
    pub(super) births: Births,
    pub(crate) names: Names,
    /// Records of special personnel that were handed back, by station.
    pub(super) delegated: BTreeMap<u16, Delegated>,
    /// What stays of applications that were let go.
    pub(super) gone: BTreeMap<u32, Gone>,
    /// What will be let go, while a record is replayed.
    pub(super) ahead: Ahead,
    /// Decisions that were offered and not taken.
    pub(super) refusals: Vec<Refusal>,
    pub(super) sequence: u64,
    pub(super) at: UnixTime,
}

/// What an act would come to at the desk that was asked, and not yet has.
#[derive(Debug)]
pub struct Pending {
    outcome: Outcome,
    effects: Vec<Effect>,
    at: UnixTime,
}

impl Pending {
    /// What it will come to.
    #[must_use]
    pub const fn outcome(&self) -> &Outcome {
        &self.outcome
    }
}

/// What an act changes, worked out before anything is changed.
#[derive(Debug)]
enum Effect {
    Office(Box<Office>),
    Application(Box<Application>, Option<PermitId>),
    Case(Box<Case>),
    Matter(Box<Matter>),
    Merged(u16, Box<Delegated>),
    LetGo(Box<LetGo>),
    TakenOver(Taken),
    NotTaken(Refusal),
}

impl Act {
    /// What it is about.
    #[must_use]
    pub const fn subject(&self) -> Subject {
        match self {
            Self::Office(_) => Subject::Office,
            Self::Application(number, _) => Subject::Application(*number),
            Self::Case(number, _) => Subject::Case(*number),
            Self::Matter(number, _) => Subject::Matter(*number),
        }
    }

    /// Its number in an entry.
    #[must_use]
    pub const fn code(&self) -> u8 {
        match self {
            Self::Office(act) => act.code(),
            Self::Application(_, act) => act.step() as u8,
            Self::Case(_, act) => act.code(),
            Self::Matter(_, act) => act.code(),
        }
    }
}

impl Desk {
    /// A desk that begins.
    ///
    /// # Errors
    ///
    /// Why its founding does not hold.
    pub fn found(founding: Founding, at: UnixTime) -> Result<Self, Denied> {
        Ok(Self {
            office: Office::found(founding, at)?,
            applications: BTreeMap::new(),
            cases: BTreeMap::new(),
            matters: BTreeMap::new(),
            given: [0; 3],
            serials: BTreeMap::new(),
            taken: None,
            owners: BTreeMap::new(),
            births: Births::default(),
            names: Names::default(),
            delegated: BTreeMap::new(),
            gone: BTreeMap::new(),
            ahead: Ahead::default(),
            refusals: Vec::new(),
            sequence: 1,
            at,
        })
    }

    /// The office.
    #[must_use]
    pub const fn office(&self) -> &Office {
        &self.office
    }

    /// An application.
    #[must_use]
    pub fn application(&self, number: u32) -> Option<&Application> {
        self.applications.get(&number)
    }

    /// All of them, by number.
    pub fn applications(&self) -> impl Iterator<Item = &Application> {
        self.applications.values()
    }

    /// The number of the application that a permit belongs to, in whichever copy.
    #[must_use]
    pub fn whose(&self, id: PermitId) -> Option<u32> {
        self.owners.get(&(id.year, id.serial)).map(|(number, _)| *number)
    }

    /// A case.
    #[must_use]
    pub fn case(&self, number: u32) -> Option<&Case> {
        self.cases.get(&number)
    }

    /// All of them, by number.
    pub fn cases(&self) -> impl Iterator<Item = &Case> {
        self.cases.values()
    }

    /// A matter.
    #[must_use]
    pub fn matter(&self, number: u32) -> Option<&Matter> {
        self.matters.get(&number)
    }

    /// All of them, by number.
    pub fn matters(&self) -> impl Iterator<Item = &Matter> {
        self.matters.values()
    }

    /// How many entries there are.
    #[must_use]
    pub const fn sequence(&self) -> u64 {
        self.sequence
    }

    /// The moment of the last entry.
    #[must_use]
    pub const fn at(&self) -> UnixTime {
        self.at
    }

    /// The moment of the next entry.
    #[must_use]
    pub const fn moment(&self, by: u16, at: UnixTime) -> Moment<'_> {
        Moment { office: &self.office, sequence: self.sequence.saturating_add(1), at, by }
    }

    /// What issuing an application now would record: the next serial of the year, or the next copy of what it
    /// corrects.
    ///
    /// # Errors
    ///
    /// Why it cannot be.
    pub fn to_issue(&self, number: u32, by: u16, at: UnixTime) -> Result<Issued, Denied> {
        let unknown = Denied::NoSubject(Subject::Application(number));
        let application = self.applications.get(&number).ok_or(unknown)?;
        let moment = self.moment(by, at);
        let id = self.next_number(application, &moment)?;
        self.within_quota(id)?;
        application.signed_as(&moment, id)
    }

    /// Does an act in an officer's name.
    ///
    /// # Errors
    ///
    /// Why it may not be done. Nothing has changed then.
    pub fn act(&mut self, by: u16, at: UnixTime, act: Act) -> Result<Outcome, Denied> {
        let pending = self.propose(by, at, act)?;
        Ok(self.take(pending))
    }

    /// Whether the rules would let several acts about one application be, one after the other; of number 0 the first one
    /// begins it. What other applications say against them is not asked.
    ///
    /// # Errors
    ///
    /// Why the first of them that may not be done may not.
    pub fn try_out(
        &self,
        by: u16,
        at: UnixTime,
        number: u32,
        acts: &[ApplicationAct],
    ) -> Result<(), Denied> {
        let moment = self.moment(by, at);
        let mut now = self.applications.get(&number).cloned();
        for act in acts {
            now = Some(match &now {
                None => Application::open(&moment, number, act)?,
                Some(application) => application.next(&moment, act)?,
            });
        }
        Ok(())
    }

    /// What an act would come to: whoever keeps a record writes it down between this and [`Desk::take`].
    ///
    /// # Errors
    ///
    /// Why it may not be done.
    pub fn propose(&self, by: u16, at: UnixTime, act: Act) -> Result<Pending, Denied> {
        let act = self.numbered(act);
        let subject = act.subject();
        let mut acts = vec![act.clone()];
        acts.extend(self.superseded(&act)?);
        let sequences = self.sequence.saturating_add(1)..;
        let effects = acts.iter().zip(sequences);
        let effects = effects.map(|(act, sequence)| self.one(sequence, by, at, act));
        let effects = effects.collect::<Result<_, _>>()?;
        Ok(Pending { outcome: Outcome { subject, acts }, effects, at })
    }

    /// Does what was proposed, to the same desk.
    pub fn take(&mut self, pending: Pending) -> Outcome {
        for effect in pending.effects {
            self.apply(effect, pending.at);
        }
        pending.outcome
    }

    /// Takes one entry as it stands in a record. Whatever the rules would not have let be is denied, and then nothing
    /// has changed.
    ///
    /// # Errors
    ///
    /// Why the rules would not have let it be.
    pub fn replay(&mut self, by: u16, at: UnixTime, act: &Act) -> Result<(), Denied> {
        let effect = self.one(self.sequence.saturating_add(1), by, at, act)?;
        self.apply(effect, at);
        Ok(())
    }

    fn one(&self, sequence: u64, by: u16, at: UnixTime, act: &Act) -> Result<Effect, Denied> {
        if at < self.at {
            return Err(Denied::Clock);
        }
        self.effect(&Moment { office: &self.office, sequence, at, by }, act)
    }

    fn effect(&self, moment: &Moment<'_>, act: &Act) -> Result<Effect, Denied> {
        Ok(match act {
            Act::Office(act) => {
                if let OfficeAct::Nothing(kind, _) = act {
                    self.has_none(*kind)?;
                }
                let office = self.office.next(moment, act)?;
                match act {
                    OfficeAct::Merge(handed) => {
                        Effect::Merged(handed.station, Box::new(self.merged(handed)?))
                    }
                    OfficeAct::LetGo(what) => {
                        self.lets_go(moment, what)?;
                        Effect::LetGo(Box::new(what.clone()))
                    }
                    OfficeAct::NotTaken(offered) => {
                        Effect::NotTaken(self.refuses(moment, offered)?)
                    }
                    OfficeAct::TakeOver(file) => Effect::TakenOver(self.takes_over(moment, file)?),
                    _ => Effect::Office(Box::new(office)),
                }
            }
            Act::Application(number, act) => {
                let mut next = match self.applications.get(number) {
                    Some(before) => before.next(moment, act)?,
                    None => self.begun(moment, self.fresh(0, *number)?, act)?,
                };
                let signed = match act {
                    ApplicationAct::Issue(issued) => {
                        if issued.id != self.next_number(&next, moment)? {
                            return Err(Denied::Number);
                        }
                        self.within_quota(issued.id)?;
                        next.handed_over |= self.corrects_handed_over(&next);
                        Some(issued.id)
                    }
                    ApplicationAct::Reprint(issued) => Some(issued.id),
                    _ => None,
                };
                Effect::Application(Box::new(next), signed)
            }
            Act::Case(number, act) => Effect::Case(Box::new(match self.cases.get(number) {
                Some(before) => before.next(moment, act)?,
                None => Case::open(moment, self.fresh(1, *number)?, act)?,
            })),
            Act::Matter(number, act) => Effect::Matter(Box::new(match self.matters.get(number) {
                Some(before) => before.next(moment, act)?,
                None => Matter::open(moment, self.fresh(2, *number)?, act)?,
            })),
        })
    }

    fn apply(&mut self, effect: Effect, at: UnixTime) {
        (self.sequence, self.at) = (self.sequence.saturating_add(1), at);
        match effect {
            Effect::Office(office) => self.office = *office,
            Effect::Merged(station, record) => {
                self.delegated.insert(station, *record);
            }
            Effect::LetGo(what) => self.forget(*what),
            Effect::NotTaken(refusal) => self.refusals.push(refusal),
            Effect::TakenOver(taken) => {
                for (year, serial) in taken.highest() {
                    let highest = self.serials.entry(year).or_default();
                    *highest = serial.max(*highest);
                }
                self.taken = Some(taken);
            }
            Effect::Application(application, signed) => {
                let number = application.number;
                if let Some(id) = signed {
                    self.number(number, id);
                }
                let before = self.applications.get(&number);
                self.births.follow(before, &application);
                self.names.follow(before, &application);
                self.given[0] = number.max(self.given[0]);
                self.applications.insert(number, *application);
            }
            Effect::Case(case) => {
                self.given[1] = case.number.max(self.given[1]);
                self.cases.insert(case.number, *case);
            }
            Effect::Matter(matter) => {
                self.given[2] = matter.number.max(self.given[2]);
                self.matters.insert(matter.number, *matter);
            }
        }
    }

    /// An application's permit has this number now.
    pub(super) fn number(&mut self, application: u32, id: PermitId) {
        let PermitId { year, serial, copy, .. } = id;
        let highest = self.serials.entry(year).or_default();
        *highest = serial.max(*highest);
        self.owners.insert((year, serial), (application, copy));
    }

    /// An application may begin from a permit of this desk, while it is its number's newest copy and not taken back.
    fn begun(
        &self,
        moment: &Moment<'_>,
        number: u32,
        act: &ApplicationAct,
    ) -> Result<Application, Denied> {
        let next = Application::open(moment, number, act)?;
        if let Some(old) = next.origin.permit() {
            let owner = self.owners.get(&(old.year, old.serial));
            let newest = owner.is_some_and(|(_, copy)| *copy == old.copy);
            if old.station != self.office.station() || !newest {
                return Err(Denied::Number);
            }
        }
        Ok(next)
    }

    /// "None" is not said while something of the kind is open.
    fn has_none(&self, kind: MatterKind) -> Result<(), Denied> {
        let mut open = self.matters.values().filter(|it| it.state == MatterState::Open);
        match open.any(|matter| matter.kind == kind) {
            true => Err(Denied::MatterState(MatterState::Open)),
            false => Ok(()),
        }
    }

    /// The number that something new gets.
    fn fresh(&self, kind: usize, number: u32) -> Result<u32, Denied> {
        let next = self.given[kind].saturating_add(1);
        let subject = [Subject::Application, Subject::Case, Subject::Matter][kind];
        if number == next { Ok(number) } else { Err(Denied::NoSubject(subject(number))) }
    }

    fn numbered(&self, act: Act) -> Act {
        let next = |kind: usize| self.given[kind].saturating_add(1);
        match act {
            Act::Application(0, act) => Act::Application(next(0), act),
            Act::Case(0, act) => Act::Case(next(1), act),
            Act::Matter(0, act) => Act::Matter(next(2), act),
            act => act,
        }
    }

    /// Issuing a correction ends the application whose permit it corrects, in the same breath.
    fn superseded(&self, act: &Act) -> Result<Option<Act>, Denied> {
        let Act::Application(number, ApplicationAct::Issue(issued)) = act else { return Ok(None) };
        let origin = self.applications.get(number).map(|application| application.origin);
        let Some(Origin::Correction(old)) = origin else { return Ok(None) };
        let owner = self.whose(old).ok_or(Denied::Number)?;
        Ok(Some(Act::Application(owner, ApplicationAct::Supersede(issued.id))))
    }

    /// Whether the permit that it corrects was handed over.
    fn corrects_handed_over(&self, next: &Application) -> bool {
        let Origin::Correction(old) = next.origin else { return false };
        let before = self.whose(old).and_then(|number| self.applications.get(&number));
        before.is_some_and(|before| before.handed_over)
    }

    fn next_number(&self, next: &Application, moment: &Moment<'_>) -> Result<PermitId, Denied> {
        if let Origin::Correction(old) = next.origin {
            let (_, copy) = self.owners.get(&(old.year, old.serial)).ok_or(Denied::Number)?;
            let copy = copy.checked_add(1).ok_or(Denied::LastCopy)?;
            return Ok(PermitId { copy, ..old });
        }
        let (civil, ..) = moment.today().civil();
        let year = u8::try_from(civil.saturating_sub(1900)).map_err(|_| Denied::Clock)?;
        let serial = self.serials.get(&year).copied().unwrap_or_default().saturating_add(1);
        // A bit list of issued permits ends there (format document, section 12).
        if serial > LAST_SERIAL {
            return Err(Denied::Number);
        }
        Ok(PermitId { station: self.office.station(), year, serial, copy: 1 })
    }
}

/// The highest serial that a bit list can hold.
const LAST_SERIAL: u32 = 1_048_575;

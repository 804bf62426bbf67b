//! What the law lets go: whoever's application or case is long over is forgotten, and the record still holds.
//!
//! Letting go is an act like any other. It says which numbers, and of each application what stays: what headquarters and
//! the register are told of it, and no person. The contents of their entries are deleted in the same breath; the entries
//! stay with the digests of their contents, and whoever replays the record passes over them.

use std::collections::{BTreeMap, BTreeSet};

use minicbor::{Decode, Encode};
use permit_core::{Day, PermitId, UnixTime};
use permit_record::{Entry, Role, Subject};

use super::{
    Application, Case, CaseState, Class, Denied, Desk, Ground, Issued, Moment, Origin, State, Step,
};

/// Days after the end of an application or a case, before its contents may be let go: chosen, what a deadline of a refusal
/// and the next report need.
pub const LEAST_TERM: u16 = 90;
/// Days after which they are, where nothing else is said: chosen, a year.
pub const TERM: u16 = 365;

/// What is let go.
#[derive(Clone, PartialEq, Eq, Default, Encode, Decode, Debug)]
#[cbor(array)]
pub struct LetGo {
    /// Days since the end of each, at least.
    #[n(0)]
    pub days: u16,
    /// Applications, by number, with what stays of them.
    #[n(1)]
    pub applications: Vec<Gone>,
    /// Cases, by number. Nothing stays of them.
    #[n(2)]
    pub cases: Vec<u32>,
}

/// What stays of an application: numbers, and no person.
#[derive(Clone, PartialEq, Eq, Encode, Decode, Debug)]
#[cbor(array)]
pub struct Gone {
    /// Its number.
    #[n(0)]
    pub number: u32,
    /// Who applied.
    #[n(1)]
    pub class: Class,
    /// The home region that the form said last; 0 where it was not filled in.
    #[n(2)]
    pub region: u16,
    /// The ground of its refusal or of its permit's revocation.
    #[n(3)]
    pub ground: Option<Ground>,
    /// Whether it corrected a permit.
    #[n(4)]
    pub corrects: bool,
    /// Whether nobody holds its permit any more: revoked, given back, or withdrawn after it was signed.
    #[n(5)]
    pub over: bool,
    /// Every permit that was signed, with its entry.
    #[n(6)]
    pub signed: Vec<(u64, Issued)>,
}

/// What a record says, before it is replayed, that it will let go.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Ahead {
    applications: BTreeMap<u32, Gone>,
    cases: BTreeSet<u32>,
}

impl Ahead {
    /// Further ones.
    pub fn add(&mut self, later: LetGo) {
        self.cases.extend(later.cases);
        self.applications.extend(later.applications.into_iter().map(|it| (it.number, it)));
    }

    /// True if entries about this are passed over.
    #[must_use]
    pub fn has(&self, subject: Subject) -> bool {
        match subject {
            Subject::Application(number) => self.applications.contains_key(&number),
            Subject::Case(number) => self.cases.contains(&number),
            _ => false,
        }
    }
}

impl LetGo {
    /// True if there is nothing.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.applications.is_empty() && self.cases.is_empty()
    }

    /// Each of them, as the record knows it.
    pub fn subjects(&self) -> impl Iterator<Item = Subject> + '_ {
        let applications = self.applications.iter().map(|it| Subject::Application(it.number));
        applications.chain(self.cases.iter().map(|number| Subject::Case(*number)))
    }
}

impl Gone {
    /// The permit that an entry signed.
    #[must_use]
    pub fn signed_by(&self, sequence: u64) -> Option<&Issued> {
        self.signed.iter().find(|(at, _)| *at == sequence).map(|(_, issued)| issued)
    }

    /// The number of its permit, the newest copy.
    #[must_use]
    pub fn permit(&self) -> Option<PermitId> {
        self.signed.last().map(|(_, issued)| issued.id)
    }
}

impl Application {
    /// The day on which it was over in every respect; `None` while it is not.
    fn over_since(&self, today: Day, offset: i16) -> Option<Day> {
        let state = self.state(today);
        let through = self.permit.map(|permit| permit.through);
        let passed = through.is_some_and(|through| through < today);
        if !(state.is_final() || state == State::Expired || (state == State::Lost && passed)) {
            return None;
        }
        let decided = self.refusal.as_ref().or(self.revocation.as_ref());
        let deadline = decided.map(|(grounds, _)| grounds.deadline);
        [Some(self.since.day(offset)), through, deadline].into_iter().flatten().max()
    }

    /// What stays of it.
    fn gone(&self) -> Gone {
        let decided = match self.stored() {
            State::Refused => self.refusal.as_ref(),
            State::Revoked => self.revocation.as_ref(),
            _ => None,
        };
        Gone {
            number: self.number,
            class: self.class,
            region: self.particulars.as_ref().map_or(0, |content| content.region),
            ground: decided.map(|(grounds, _)| grounds.ground),
            corrects: matches!(self.origin, Origin::Correction(_)),
            over: self.permit.is_some() && self.is_over(),
            signed: self.signed.clone(),
        }
    }

    /// Whether nobody holds its permit any more.
    #[must_use]
    pub const fn is_over(&self) -> bool {
        matches!(self.stored, State::Revoked | State::Surrendered | State::Withdrawn)
    }
}

impl Case {
    const fn is_ended(&self) -> bool {
        matches!(
            self.state,
            CaseState::Departed | CaseState::Returned | CaseState::Withdrawn | CaseState::Refused
        )
    }
}

impl Desk {
    /// What may be let go on a day, so many days after its end: of special personnel nothing, since their record has to
    /// come home.
    #[must_use]
    pub fn due(&self, today: Day, days: u16) -> LetGo {
        if self.office().delegation().is_some() {
            return LetGo::default();
        }
        let offset = self.office().founding().offset;
        let long = |over: Day| today.since(over) > i32::from(days);
        let begun: BTreeSet<PermitId> = self
            .applications()
            .filter(|it| it.over_since(today, offset).is_none())
            .filter_map(|it| it.origin.permit())
            .collect();
        // Whatever an open application begins from is still needed.
        let needed = |it: &Application| it.signed.iter().any(|(_, it)| begun.contains(&it.id));
        let due = |it: &&Application| it.over_since(today, offset).is_some_and(long) && !needed(it);
        let cases = self.cases().filter(|it| it.is_ended() && long(it.since.day(offset)));
        LetGo {
            days,
            applications: self.applications().filter(due).map(Application::gone).collect(),
            cases: cases.map(|it| it.number).collect(),
        }
    }

    /// Letting go: by a supervisor, of what is due and nothing else. What was let go already is as the record says.
    pub(super) fn lets_go(&self, moment: &Moment<'_>, what: &LetGo) -> Result<(), Denied> {
        moment.has(&[Role::Supervisor])?;
        if what.days < LEAST_TERM {
            return Err(Denied::TooEarly { least: LEAST_TERM });
        }
        if what.is_empty() {
            return Err(Denied::Same);
        }
        let due = self.due(moment.today(), what.days);
        let known: BTreeMap<u32, &Gone> =
            due.applications.iter().map(|it| (it.number, it)).collect();
        let cases: BTreeSet<u32> = due.cases.iter().copied().collect();
        for gone in &what.applications {
            let found = known.get(&gone.number) == Some(&gone);
            if !found && self.ahead.applications.get(&gone.number) != Some(gone) {
                return Err(Denied::NoSubject(Subject::Application(gone.number)));
            }
        }
        for number in &what.cases {
            if !cases.contains(number) && !self.ahead.cases.contains(number) {
                return Err(Denied::NoSubject(Subject::Case(*number)));
            }
        }
        Ok(())
    }

    /// Forgets.
    pub(super) fn forget(&mut self, what: LetGo) {
        for gone in what.applications {
            self.ahead.applications.remove(&gone.number);
            if let Some(application) = self.applications.remove(&gone.number) {
                self.births.forget(&application);
                self.names.forget(&application);
            }
            self.gone.insert(gone.number, gone);
        }
        for number in what.cases {
            self.ahead.cases.remove(&number);
            self.cases.remove(&number);
        }
    }

    /// Before a record is replayed: what it will let go.
    pub fn expect(&mut self, ahead: Ahead) {
        self.ahead = ahead;
    }

    /// What stays of an application that was let go.
    #[must_use]
    pub fn gone(&self, number: u32) -> Option<&Gone> {
        self.gone.get(&number)
    }

    /// All that stays of applications that were let go, by number.
    pub fn all_gone(&self) -> impl Iterator<Item = &Gone> {
        self.gone.values()
    }

    /// True if entries about this are passed over.
    #[must_use]
    pub fn passes_over(&self, subject: Subject) -> bool {
        self.ahead.has(subject)
    }

    /// Takes an entry whose content was let go later on.
    ///
    /// # Errors
    ///
    /// [`Denied::Clock`]; [`Denied::Number`] where it signed another number than the next.
    pub fn pass_over(&mut self, entry: &Entry) -> Result<(), Denied> {
        if entry.at < self.at() {
            return Err(Denied::Clock);
        }
        match entry.subject {
            Subject::Application(number) => {
                self.given[0] = number.max(self.given[0]);
                let gone = self.ahead.applications.get(&number);
                let signed = gone.and_then(|gone| gone.signed_by(entry.sequence)).copied();
                if let Some(issued) = signed {
                    self.number(number, issued.id);
                } else if signs(entry.act) {
                    return Err(Denied::Number);
                }
            }
            Subject::Case(number) => self.given[1] = number.max(self.given[1]),
            _ => {}
        }
        self.passed(entry.at);
        Ok(())
    }

    fn passed(&mut self, at: UnixTime) {
        (self.sequence, self.at) = (self.sequence.saturating_add(1), at);
    }
}

/// Whether an act of an application signs a permit.
const fn signs(act: u8) -> bool {
    act == Step::Issue as u8 || act == Step::Reprint as u8
}

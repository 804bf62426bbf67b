//! Cases: resettlement, return, army families (R20–R24). None of them ever makes a border permit.
//!
//! Approving a resettlement is the default and refusing it takes reasons and two people; a return knows no refusal; an
//! army family's case begins with the other side's request and the person's own consent. What is asked for is fixed
//! here and nothing can be added. No rank, no unit, no name of an officer has a field.

use minicbor::{Decode, Encode};
use permit_core::{Birth, Day, UnixTime, sha256};
use permit_record::{Decision, Subject};

use super::{
    CaseStep, Denied, Given, Grounds, Language, Moment, case_step::DECIDES, officer::same_person,
    text, wire,
};

/// Which kind of case.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, Debug)]
#[cbor(index_only)]
pub enum CaseKind {
    /// Moves to relatives on the other side (R20, R21).
    #[n(0)]
    Resettlement,
    /// A national of the other side goes home (R22).
    #[n(1)]
    Return,
    /// Family of an officer of the other side's army, on that side's request (R23).
    #[n(2)]
    ArmyFamily,
}

/// One point of a checklist.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, Debug)]
#[cbor(index_only)]
pub enum Item {
    /// The person's own wish, said to an officer.
    #[n(0)]
    OwnWish,
    /// That there are relatives; who they are is not taken in.
    #[n(1)]
    Relatives,
    /// A national credential of the other side was seen.
    #[n(2)]
    Credential,
    /// The other side's request, by its number.
    #[n(3)]
    Request,
    /// The person's own consent.
    #[n(4)]
    Consent,
}

/// Where a case stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum CaseState {
    /// Received; something of the checklist may be missing.
    Received,
    /// Approved.
    Approved,
    /// One officer proposes to refuse (resettlement only).
    RefusalProposed,
    /// Refused by two (resettlement only).
    Refused,
    /// The authorisation, which bears no code, was handed over.
    Authorised,
    /// Gone.
    Departed,
    /// Come back (army family only).
    Returned,
    /// Taken back by the person.
    Withdrawn,
}

/// Whom a case is about.
#[derive(Clone, PartialEq, Eq, Hash, Encode, Decode, Debug)]
#[cbor(array)]
pub struct Person {
    /// Name in Latin script.
    #[n(0)]
    pub latin: String,
    /// Name in native script.
    #[n(1)]
    pub native: Option<String>,
    /// Birth, as far as known.
    #[cbor(n(2), with = "wire::birth")]
    pub birth: Birth,
    /// Home region, by its number in the zone register; none: outside the zone.
    #[n(3)]
    pub region: Option<u16>,
    /// How many go, this person included.
    #[n(4)]
    pub people: u8,
}

impl Person {
    /// People of one case, at most: chosen.
    pub const MOST: u8 = 20;
}

/// What is done with a case.
#[derive(Clone, PartialEq, Eq, Encode, Decode, Debug)]
#[cbor(flat)]
#[non_exhaustive]
pub enum CaseAct {
    /// Begins one.
    #[n(0)]
    Open {
        /// Which kind.
        #[n(0)]
        kind: CaseKind,
        /// Whom it is about.
        #[n(1)]
        person: Person,
        /// In which language the person is written to.
        #[n(2)]
        language: Language,
        /// What it rests on, by number only (R24).
        #[n(3)]
        basis: Option<String>,
        /// Random bytes for the digest of its content.
        #[cbor(n(4), with = "minicbor::bytes")]
        salt: [u8; 16],
    },
    /// A point of the checklist is there.
    #[n(1)]
    Have(#[n(0)] Item),
    /// What keeps it from going on; empty once nothing does.
    #[n(2)]
    Block(#[n(0)] String),
    /// Approved: a signature over [`Case::digest`].
    #[n(3)]
    Approve(#[cbor(n(0), with = "minicbor::bytes")] Vec<u8>),
    /// A refusal is proposed.
    #[n(4)]
    ProposeRefusal(#[n(0)] Grounds, #[cbor(n(1), with = "minicbor::bytes")] Vec<u8>),
    /// A second officer refuses.
    #[n(5)]
    Refuse(#[cbor(n(0), with = "minicbor::bytes")] Vec<u8>),
    /// The proposal is dropped.
    #[n(6)]
    DropRefusal,
    /// The printed authorisation is handed over.
    #[n(7)]
    Authorise,
    /// The person has gone.
    #[n(8)]
    Depart,
    /// The person has come back.
    #[n(9)]
    Return,
    /// The person takes it back: at any time before departure.
    #[n(10)]
    Withdraw,
}

/// A case.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Case {
    /// Its number.
    pub number: u32,
    /// Which kind.
    pub kind: CaseKind,
    /// Whom it is about.
    pub person: Person,
    /// The person's language.
    pub language: Language,
    /// What it rests on, by number.
    pub basis: Option<String>,
    /// When it was received: its clock runs from here.
    pub opened: UnixTime,
    /// Who received it.
    pub opened_by: u16,
    /// What is there of the checklist.
    pub have: Vec<Item>,
    /// What keeps it from going on.
    pub blocked: Option<String>,
    /// Where it stands.
    pub state: CaseState,
    /// When that last changed.
    pub since: UnixTime,
    /// Who approved it.
    pub approved: Option<Given>,
    /// The refusal that is proposed or made.
    pub refusal: Option<(Grounds, Vec<Given>)>,
    /// Its last entry in the record.
    pub last: u64,
    salt: [u8; 16],
}

impl CaseState {
    /// Whether nothing is to be done any more. An army family that is away may come back.
    #[must_use]
    pub const fn is_ended(self, kind: CaseKind) -> bool {
        match self {
            Self::Refused | Self::Returned | Self::Withdrawn => true,
            Self::Departed => !matches!(kind, CaseKind::ArmyFamily),
            _ => false,
        }
    }
}

impl CaseKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Resettlement, Self::Return, Self::ArmyFamily];

    /// Everything that is asked for (R21).
    #[must_use]
    pub const fn checklist(self) -> &'static [Item] {
        match self {
            Self::Resettlement => &[Item::OwnWish, Item::Relatives],
            Self::Return => &[Item::OwnWish, Item::Credential],
            Self::ArmyFamily => &[Item::Request, Item::Consent],
        }
    }

    /// Whether there is such a thing as refusing it.
    #[must_use]
    pub const fn can_be_refused(self) -> bool {
        matches!(self, Self::Resettlement)
    }

    /// Days within which it is to be decided (R24: "quickly"); chosen, the source gives none.
    #[must_use]
    pub const fn days(self) -> i32 {
        match self {
            Self::Resettlement => 30,
            Self::Return => 14,
            Self::ArmyFamily => 7,
        }
    }
}

impl CaseAct {
    /// Its number in an entry.
    #[must_use]
    pub const fn code(&self) -> u8 {
        CaseStep::of(self) as u8
    }
}

impl Case {
    /// Begins one.
    ///
    /// # Errors
    ///
    /// Why not.
    pub fn open(moment: &Moment<'_>, number: u32, act: &CaseAct) -> Result<Self, Denied> {
        let CaseAct::Open { kind, person, language, basis, salt } = act else {
            return Err(Denied::NoSubject(Subject::Case(number)));
        };
        moment.has(CaseStep::Open.by())?;
        text::sound(&person.latin, text::SHORT)?;
        person.native.iter().try_for_each(|name| text::sound(name, text::SHORT))?;
        basis.iter().try_for_each(|basis| text::sound(basis, text::SHORT))?;
        Ok(Self {
            number,
            kind: *kind,
            person: person.clone(),
            language: *language,
            basis: basis.clone(),
            opened: moment.at,
            opened_by: moment.by,
            have: Vec::new(),
            blocked: None,
            state: CaseState::Received,
            since: moment.at,
            approved: None,
            refusal: None,
            last: moment.sequence,
            salt: *salt,
        })
    }

    /// What decisions are signed over: SHA-256 of `[salt, zone, station, number, kind, person, basis, items]`.
    #[must_use]
    pub fn digest(&self, moment: &Moment<'_>) -> [u8; 32] {
        let founding = moment.office.founding();
        let salt = minicbor::bytes::ByteArray::from(self.salt);
        let content = (
            salt,
            founding.zone,
            founding.station,
            self.number,
            self.kind,
            &self.person,
            &self.basis,
            &self.have,
        );
        sha256(&[&minicbor::to_vec(content).unwrap_or_default()])
    }

    /// What a refusal is signed over: SHA-256 of the digest and the grounds.
    #[must_use]
    pub fn digest_with(&self, moment: &Moment<'_>, grounds: &Grounds) -> [u8; 32] {
        let grounds = minicbor::to_vec(grounds).unwrap_or_default();
        sha256(&[&self.digest(moment), &grounds])
    }

    /// What is still to come of the checklist.
    #[must_use]
    pub fn missing(&self) -> Vec<Item> {
        let missing = |item: &&Item| !self.have.contains(item);
        self.kind.checklist().iter().filter(missing).copied().collect()
    }

    /// The day until which it is to be decided, at a desk so many minutes ahead of UTC. `None` once it is.
    #[must_use]
    pub fn due(&self, offset: i16) -> Option<Day> {
        let open = matches!(self.state, CaseState::Received | CaseState::RefusalProposed);
        open.then(|| self.opened.day(offset).plus(self.kind.days()))
    }

    /// Days left until it is overdue; negative from then on. `None` once it is decided.
    #[must_use]
    pub fn days_left(&self, moment: &Moment<'_>) -> Option<i32> {
        Some(self.due(moment.office.founding().offset)?.since(moment.today()))
    }

    /// Does an act: what it is afterwards.
    ///
    /// # Errors
    ///
    /// Why it may not be done.
    pub fn next(&self, moment: &Moment<'_>, act: &CaseAct) -> Result<Self, Denied> {
        let step = CaseStep::of(act);
        moment.has(step.by())?;
        if matches!(act, CaseAct::ProposeRefusal(..)) && !self.kind.can_be_refused() {
            return Err(Denied::NeverRefused);
        }
        if !step.from().contains(&self.state) {
            return Err(Denied::CaseState(self.state));
        }
        let mut next = self.clone();
        next.last = moment.sequence;
        next.take(moment, act)?;
        if next.state != self.state {
            next.since = moment.at;
        }
        Ok(next)
    }

    fn take(&mut self, moment: &Moment<'_>, act: &CaseAct) -> Result<(), Denied> {
        match act {
            CaseAct::Open { .. } => return Err(Denied::NoSubject(Subject::Case(self.number))),
            CaseAct::Have(item) => self.has(*item)?,
            CaseAct::Block(words) => self.block(words)?,
            CaseAct::Approve(sealed) => self.approve(moment, sealed)?,
            CaseAct::ProposeRefusal(grounds, sealed) => {
                grounds.check(moment)?;
                self.refusal = Some((grounds.clone(), Vec::new()));
                self.refuse(moment, sealed)?;
                self.state = CaseState::RefusalProposed;
            }
            CaseAct::Refuse(sealed) => {
                self.refuse(moment, sealed)?;
                self.state = CaseState::Refused;
            }
            CaseAct::DropRefusal => {
                self.refusal = None;
                self.state = CaseState::Received;
            }
            CaseAct::Authorise => self.state = CaseState::Authorised,
            CaseAct::Depart => self.state = CaseState::Departed,
            CaseAct::Return if self.kind == CaseKind::ArmyFamily => {
                self.state = CaseState::Returned;
            }
            CaseAct::Return => return Err(Denied::CaseState(self.state)),
            CaseAct::Withdraw => self.state = CaseState::Withdrawn,
        }
        Ok(())
    }

    fn has(&mut self, item: Item) -> Result<(), Denied> {
        if !self.kind.checklist().contains(&item) {
            return Err(Denied::FixedChecklist);
        }
        if self.have.contains(&item) {
            return Err(Denied::Same);
        }
        self.have.push(item);
        self.have.sort_unstable();
        Ok(())
    }

    fn block(&mut self, words: &str) -> Result<(), Denied> {
        if !words.is_empty() {
            text::sound(words, text::LONG)?;
        }
        self.blocked = (!words.is_empty()).then(|| words.to_owned());
        Ok(())
    }

    fn approve(&mut self, moment: &Moment<'_>, sealed: &[u8]) -> Result<(), Denied> {
        let missing = self.missing();
        if !missing.is_empty() {
            return Err(Denied::Checklist(missing));
        }
        let digest = self.digest(moment);
        self.approved = Some(self.given(moment, sealed, (digest, Decision::Approve), &[])?);
        self.state = CaseState::Approved;
        Ok(())
    }

    /// One of the two who refuse; neither received the case.
    fn refuse(&mut self, moment: &Moment<'_>, sealed: &[u8]) -> Result<(), Denied> {
        let (grounds, before) =
            self.refusal.clone().ok_or(Denied::CaseState(CaseState::RefusalProposed))?;
        if self.opened_by == moment.by {
            return Err(Denied::TypedIn);
        }
        let digest = self.digest_with(moment, &grounds);
        let given = self.given(moment, sealed, (digest, Decision::Refuse), &before)?;
        self.refusal = Some((grounds, before.into_iter().chain([given]).collect()));
        Ok(())
    }

    fn given(
        &self,
        moment: &Moment<'_>,
        sealed: &[u8],
        (digest, decision): ([u8; 32], Decision),
        before: &[Given],
    ) -> Result<Given, Denied> {
        let about = (Subject::Case(self.number), digest, decision);
        let approval = moment.decision(sealed, about, DECIDES)?;
        let (officer, term) = moment.officer()?;
        let name = (self.person.latin.as_str(), &self.person.native);
        if same_person((&officer.latin, &officer.native), name) {
            return Err(Denied::OwnCase);
        }
        let same = |other: &Given| {
            other.key == term.key || moment.office.one_person(other.officer, moment.by)
        };
        if before.iter().any(same) {
            return Err(Denied::SamePerson);
        }
        let (role, at, key) = (approval.role, approval.at, term.key);
        Ok(Given { officer: moment.by, role, key, at, sealed: sealed.to_vec() })
    }
}

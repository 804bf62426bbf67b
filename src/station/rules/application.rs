//! An application and the permit that comes of it: what is known, and in which state it is.

use std::collections::BTreeSet;

use minicbor::{Decode, Encode, bytes::ByteArray};
use permit_core::{Day, PermitId, UnixTime, sha256};
use permit_record::{Role, Subject};

use super::{
    Class, Denied, Grounds, Language, MOVES, Moment, Office, Origin, Paper, PaperKind, Particulars,
    Step, wire,
};

/// Where an application stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u8)]
pub enum State {
    /// Being taken in.
    Draft,
    /// Handed in.
    Submitted,
    /// Something is missing; it goes on from here.
    Incomplete,
    /// Being reviewed.
    UnderReview,
    /// Everybody who has to has approved.
    Approved,
    /// One officer proposes to refuse it.
    RefusalProposed,
    /// Refused by two.
    Refused,
    /// The permit is signed.
    Issued,
    /// The card is printed.
    Printed,
    /// The print was read back and is good.
    ReadBack,
    /// The holder has it; its first day is still to come.
    HandedOver,
    /// The holder has it and it is good.
    Active,
    /// Its last day has passed.
    Expired,
    /// Given back, or found.
    Surrendered,
    /// Reported lost.
    Lost,
    /// One officer proposes to revoke it.
    RevocationProposed,
    /// Revoked by two.
    Revoked,
    /// Taken back by the applicant.
    Withdrawn,
    /// A corrected permit took its place.
    Superseded,
}

impl State {
    /// All of them.
    pub const ALL: [Self; 19] = [
        Self::Draft,
        Self::Submitted,
        Self::Incomplete,
        Self::UnderReview,
        Self::Approved,
        Self::RefusalProposed,
        Self::Refused,
        Self::Issued,
        Self::Printed,
        Self::ReadBack,
        Self::HandedOver,
        Self::Active,
        Self::Expired,
        Self::Surrendered,
        Self::Lost,
        Self::RevocationProposed,
        Self::Revoked,
        Self::Withdrawn,
        Self::Superseded,
    ];

    /// True if nothing comes after it.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(
            self,
            Self::Refused | Self::Surrendered | Self::Revoked | Self::Withdrawn | Self::Superseded
        )
    }

    /// True if time alone leads to it: it is never stored.
    #[must_use]
    pub const fn by_time(self) -> bool {
        matches!(self, Self::Active | Self::Expired)
    }
}

/// An application.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Application {
    /// Its number: what the applicant is told on the first visit.
    pub number: u32,
    /// Who applies.
    pub class: Class,
    /// What it begins from.
    pub origin: Origin,
    /// In which language the applicant is written to.
    pub language: Language,
    /// The officer of this desk who applies, if one does.
    pub applicant: Option<u16>,
    /// When it was begun.
    pub opened: UnixTime,
    /// Papers seen, with who saw them and when.
    pub papers: Vec<(Paper, u16, UnixTime)>,
    /// What the permit is to say.
    pub particulars: Option<Particulars>,
    /// Who typed any of it.
    pub typed_by: BTreeSet<u16>,
    /// What is missing, while it is incomplete.
    pub wanted: Vec<PaperKind>,
    /// Approvals given for the content as it stands.
    pub approvals: Vec<Given>,
    /// The refusal that is proposed or made, by whom, and by whom confirmed.
    pub refusal: Option<(Grounds, Vec<Given>)>,
    /// The revocation, likewise.
    pub revocation: Option<(Grounds, Vec<Given>)>,
    /// Corrections before the permit was issued: what stood there before, by whom changed, when, why.
    pub corrections: Vec<(Particulars, u16, UnixTime, String)>,
    /// The permit.
    pub permit: Option<Issued>,
    /// Every permit that was signed, the newest last, with its entry.
    pub signed: Vec<(u64, Issued)>,
    /// Copies before this one that were lost.
    pub lost: Vec<u8>,
    /// Prints that were read back: copy, grade, whether it says what was signed.
    pub prints: Vec<(u8, u8, bool)>,
    /// Whether a copy of its permit was ever handed over, or of the permit that it corrects.
    pub handed_over: bool,
    /// When its state last changed.
    pub since: UnixTime,
    /// Its last entry in the record.
    pub last: u64,
    pub(super) salt: [u8; 16],
    pub(super) stored: State,
    /// Where a proposal to revoke leads back to.
    pub(super) held: Option<State>,
}

/// A decision that an officer signed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Given {
    /// By whom.
    pub officer: u16,
    /// As what.
    pub role: Role,
    /// With which key.
    pub key: [u8; 32],
    /// When, by the officer's clock.
    pub at: UnixTime,
    /// The signed bytes.
    pub sealed: Vec<u8>,
}

/// A permit that was signed.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Encode, Decode, Debug)]
#[cbor(array)]
pub struct Issued {
    /// Its number, the copy included.
    #[cbor(n(0), with = "wire::permit")]
    pub id: PermitId,
    /// First day.
    #[cbor(n(1), with = "wire::day")]
    pub from: Day,
    /// Last day.
    #[cbor(n(2), with = "wire::day")]
    pub through: Day,
    /// Day of issue, where it is before the first day.
    #[cbor(n(3), with = "wire::maybe_day")]
    pub issued: Option<Day>,
    /// SHA-256 of the signed payload.
    #[cbor(n(4), with = "minicbor::bytes")]
    pub digest: [u8; 32],
    /// SHA-256 of the portrait in its code, which no record holds; none: the code has none.
    #[n(5)]
    pub portrait: Option<ByteArray<32>>,
}

impl Issued {
    /// Whether this is what the rules work out, but for a portrait in the code: what the payload's digest is over then, the
    /// record does not know.
    pub(super) fn fits(&self, worked_out: &Self) -> bool {
        match self.portrait {
            None => self == worked_out,
            Some(_) => Self { digest: worked_out.digest, portrait: None, ..*self } == *worked_out,
        }
    }
}

/// What is done with an application. Who may, when and what follows is said by the act's row in
/// [`MOVES`] and its rule.
#[derive(Clone, PartialEq, Eq, Encode, Decode, Debug)]
#[cbor(flat)]
#[non_exhaustive]
pub enum ApplicationAct {
    /// Begins one.
    #[n(0)]
    Open {
        /// Who applies.
        #[n(0)]
        class: Class,
        /// What it begins from.
        #[n(1)]
        origin: Origin,
        /// The applicant's language.
        #[n(2)]
        language: Language,
        /// The officer who applies, if one does.
        #[n(3)]
        applicant: Option<u16>,
        /// Random bytes for the digest of its content.
        #[cbor(n(4), with = "minicbor::bytes")]
        salt: [u8; 16],
    },
    /// A paper was seen.
    #[n(1)]
    See(#[n(0)] Paper),
    /// The form.
    #[n(2)]
    Fill(#[n(0)] Particulars),
    /// Handed in.
    #[n(3)]
    Submit,
    /// Something is missing: of the papers that the class asks for, or in the form.
    #[n(4)]
    Want(#[n(0)] Vec<PaperKind>),
    /// Under review from now on.
    #[n(5)]
    Review,
    /// One approval: the officer's signature over [`Application::digest`].
    #[n(6)]
    Approve(#[cbor(n(0), with = "minicbor::bytes")] Vec<u8>),
    /// A refusal is proposed: signed over [`Application::digest_with`].
    #[n(7)]
    ProposeRefusal(#[n(0)] Grounds, #[cbor(n(1), with = "minicbor::bytes")] Vec<u8>),
    /// A second officer refuses, by a signature over the same.
    #[n(8)]
    Refuse(#[cbor(n(0), with = "minicbor::bytes")] Vec<u8>),
    /// The proposal is dropped; the review goes on.
    #[n(9)]
    DropRefusal,
    /// An error is corrected; approvals given for what stood there are void.
    #[n(10)]
    Correct(#[n(0)] Particulars, #[n(1)] String),
    /// The permit is signed.
    #[n(11)]
    Issue(#[n(0)] Issued),
    /// This copy is printed.
    #[n(12)]
    Print(#[n(0)] u8),
    /// This copy's print was read: its grade (ISO/IEC 15415, 4 is best) and whether every module is right.
    #[n(13)]
    ReadBack {
        /// Which copy.
        #[n(0)]
        copy: u8,
        /// Its grade.
        #[n(1)]
        grade: u8,
        /// Whether it says what was signed.
        #[n(2)]
        right: bool,
    },
    /// The next copy: everything as before but its number.
    #[n(14)]
    Reprint(#[n(0)] Issued),
    /// Handed over.
    #[n(15)]
    HandOver,
    /// Taken back by the applicant.
    #[n(16)]
    Withdraw,
    /// Given back, or found.
    #[n(17)]
    Surrender,
    /// Reported lost.
    #[n(18)]
    Lose,
    /// A revocation is proposed: signed over [`Application::digest_with`].
    #[n(19)]
    ProposeRevocation(#[n(0)] Grounds, #[cbor(n(1), with = "minicbor::bytes")] Vec<u8>),
    /// A second officer revokes.
    #[n(20)]
    Revoke(#[cbor(n(0), with = "minicbor::bytes")] Vec<u8>),
    /// The proposal is dropped; the permit is what it was.
    #[n(21)]
    DropRevocation,
    /// A corrected permit took its place.
    #[n(22)]
    Supersede(#[cbor(n(0), with = "wire::permit")] PermitId),
}

impl ApplicationAct {
    /// Which step it is.
    #[must_use]
    pub const fn step(&self) -> Step {
        match self {
            Self::Open { .. } => Step::Open,
            Self::See(_) => Step::See,
            Self::Fill(_) => Step::Fill,
            Self::Submit => Step::Submit,
            Self::Want(_) => Step::Want,
            Self::Review => Step::Review,
            Self::Approve(_) => Step::Approve,
            Self::ProposeRefusal(..) => Step::ProposeRefusal,
            Self::Refuse(_) => Step::Refuse,
            Self::DropRefusal => Step::DropRefusal,
            Self::Correct(..) => Step::Correct,
            Self::Issue(_) => Step::Issue,
            Self::Print(_) => Step::Print,
            Self::ReadBack { .. } => Step::ReadBack,
            Self::Reprint(_) => Step::Reprint,
            Self::HandOver => Step::HandOver,
            Self::Withdraw => Step::Withdraw,
            Self::Surrender => Step::Surrender,
            Self::Lose => Step::Lose,
            Self::ProposeRevocation(..) => Step::ProposeRevocation,
            Self::Revoke(_) => Step::Revoke,
            Self::DropRevocation => Step::DropRevocation,
            Self::Supersede(_) => Step::Supersede,
        }
    }
}

impl Application {
    /// As what the record knows it.
    #[must_use]
    pub const fn subject(&self) -> Subject {
        Subject::Application(self.number)
    }

    /// Where it stands on a day: a permit that was handed over becomes active and expires by itself.
    #[must_use]
    pub fn state(&self, today: Day) -> State {
        let Some(permit) = &self.permit else { return self.stored };
        match self.stored {
            State::HandedOver if permit.through < today => State::Expired,
            State::HandedOver if permit.from <= today => State::Active,
            stored => stored,
        }
    }

    /// Where its last act left it: what time alone leads to is not in it.
    #[must_use]
    pub const fn stored(&self) -> State {
        self.stored
    }

    /// What approvals are given to: SHA-256 of `[salt, zone, station, number, class, origin, papers, particulars]`.
    ///
    /// Whatever is changed changes it. The salt keeps it from telling a name to whoever guesses.
    #[must_use]
    pub fn digest(&self, office: &Office) -> [u8; 32] {
        sha256(&[&self.content(office)])
    }

    /// What a refusal or a revocation is signed over: SHA-256 of the digest and the grounds.
    #[must_use]
    pub fn digest_with(&self, office: &Office, grounds: &Grounds) -> [u8; 32] {
        let mut bytes = Vec::new();
        // Writing into memory cannot fail.
        let written = minicbor::encode(grounds, &mut bytes);
        debug_assert!(written.is_ok());
        sha256(&[&self.digest(office), &bytes])
    }

    /// The bytes of which [`Application::digest`] is the digest.
    #[must_use]
    pub fn content(&self, office: &Office) -> Vec<u8> {
        let founding = office.founding();
        let papers: Vec<&Paper> = self.papers.iter().map(|(paper, ..)| paper).collect();
        let salt = ByteArray::from(self.salt);
        let about = (founding.zone, founding.station, self.number);
        let content =
            (salt, about.0, about.1, about.2, self.class, self.origin, papers, &self.particulars);
        minicbor::to_vec(content).unwrap_or_default()
    }

    /// The steps that an officer could do now, as far as state, hand-over and roles go: what a page offers.
    #[must_use]
    pub fn open_to(&self, moment: &Moment<'_>) -> Vec<Step> {
        let state = self.state(moment.today());
        let rows = MOVES.iter().filter(|row| row.from.contains(&state) && !row.by.is_empty());
        rows.filter(|row| moment.has(row.by).is_ok())
            .map(|row| row.step)
            .filter(|step| *step != Step::Withdraw || !self.handed_over)
            .collect()
    }

    /// Papers that are still to be shown: one of each.
    #[must_use]
    pub fn missing_papers(&self) -> Vec<&'static [PaperKind]> {
        let seen = |need: &&[PaperKind]| {
            self.papers.iter().any(|(paper, ..)| need.contains(&paper.kind))
                && !self.wanted.iter().any(|kind| need.contains(kind))
        };
        self.class.needs().iter().copied().filter(|need| !seen(need)).collect()
    }

    /// Approvals that still count: by officers who are there, with the key and the role they signed with.
    pub fn standing(&self, moment: &Moment<'_>) -> impl Iterator<Item = &Given> {
        let (office, sequence) = (moment.office, moment.sequence);
        self.approvals.iter().filter(move |given| {
            office
                .officer(given.officer, sequence)
                .is_ok_and(|(_, term)| term.key == given.key && term.roles.has(given.role))
        })
    }

    /// Approvals that are still to come: of each, by any one of these roles.
    #[must_use]
    pub fn missing_approvals(&self, moment: &Moment<'_>) -> Vec<&'static [Role]> {
        let standing: Vec<&Given> = self.standing(moment).collect();
        let given = |roles: &&[Role]| standing.iter().any(|given| roles.contains(&given.role));
        self.class.approvals().iter().copied().filter(|roles| !given(roles)).collect()
    }

    /// Begins one.
    ///
    /// # Errors
    ///
    /// Why not.
    pub fn open(moment: &Moment<'_>, number: u32, act: &ApplicationAct) -> Result<Self, Denied> {
        let ApplicationAct::Open { class, origin, language, applicant, salt } = act else {
            return Err(Denied::NoSubject(Subject::Application(number)));
        };
        moment.has(Step::Open.row().by)?;
        Ok(Self {
            number,
            class: *class,
            origin: *origin,
            language: *language,
            applicant: *applicant,
            opened: moment.at,
            papers: Vec::new(),
            particulars: None,
            typed_by: BTreeSet::from([moment.by]),
            wanted: Vec::new(),
            approvals: Vec::new(),
            refusal: None,
            revocation: None,
            corrections: Vec::new(),
            permit: None,
            signed: Vec::new(),
            lost: Vec::new(),
            prints: Vec::new(),
            handed_over: false,
            since: moment.at,
            last: moment.sequence,
            salt: *salt,
            stored: State::Draft,
            held: None,
        })
    }

    /// Does an act: what it is afterwards.
    ///
    /// # Errors
    ///
    /// Why it may not be done. This one is as it was.
    pub fn next(&self, moment: &Moment<'_>, act: &ApplicationAct) -> Result<Self, Denied> {
        self.may(moment, act.step())?;
        let mut next = self.clone();
        next.last = moment.sequence;
        next.take(moment, act)?;
        if next.stored != self.stored {
            next.since = moment.at;
        }
        Ok(next)
    }

    /// The table's part of every rule: who, and in which state.
    fn may(&self, moment: &Moment<'_>, step: Step) -> Result<(), Denied> {
        let (row, state) = (step.row(), self.state(moment.today()));
        if row.by.is_empty() {
            moment.officer()?;
        } else {
            moment.has(row.by)?;
        }
        if row.from.contains(&state) { Ok(()) } else { Err(Denied::State(state)) }
    }
}

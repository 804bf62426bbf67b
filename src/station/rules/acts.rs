//! The rule of each act of an application: what must hold beside state and role, and what follows.

use heapless::Vec as Few;
use permit_core::{Flaw, Permit, PermitId, permit::PAYLOAD, sha256};
use permit_record::{Decision, Role};

use super::{
    Application, ApplicationAct, Class, Denied, Given, Grounds, Issued, Moment, Origin, Paper,
    PaperKind, Particulars, State, officer::same_person, text,
};

/// Who decides.
const DECIDES: &[Role] = &[Role::Police, Role::BorderDefence];
/// Least grade (ISO/IEC 15415) of a print that is handed over: chosen; 2 is what retail asks of its codes.
const LEAST_GRADE: u8 = 2;

impl Application {
    /// Which act, which rule.
    pub(super) fn take(&mut self, moment: &Moment<'_>, act: &ApplicationAct) -> Result<(), Denied> {
        match act {
            ApplicationAct::Open { .. } => Err(Denied::NoSubject(self.subject())),
            ApplicationAct::See(paper) => self.see(moment, paper),
            ApplicationAct::Fill(particulars) => self.fill(moment, particulars),
            ApplicationAct::Submit => self.submit(),
            ApplicationAct::Want(papers) => self.want(papers),
            ApplicationAct::Review => self.to(State::UnderReview),
            ApplicationAct::Approve(sealed) => self.approve(moment, sealed),
            ApplicationAct::ProposeRefusal(grounds, sealed) => {
                self.propose_refusal(moment, grounds, sealed)
            }
            ApplicationAct::Refuse(sealed) => self.refuse(moment, sealed),
            ApplicationAct::DropRefusal => self.drop_refusal(),
            ApplicationAct::Correct(particulars, why) => self.correct(moment, particulars, why),
            ApplicationAct::Issue(issued) => self.issue(moment, issued),
            ApplicationAct::Print(copy) => self.print(moment, *copy),
            ApplicationAct::ReadBack { copy, grade, right } => {
                self.read_back(*copy, *grade, *right)
            }
            ApplicationAct::Reprint(issued) => self.reprint(moment, issued),
            ApplicationAct::HandOver => self.hand_over(moment),
            ApplicationAct::Withdraw => self.withdraw(),
            ApplicationAct::Surrender => self.to(State::Surrendered),
            ApplicationAct::Lose => self.to(State::Lost),
            ApplicationAct::ProposeRevocation(grounds, sealed) => {
                self.propose_revocation(moment, grounds, sealed)
            }
            ApplicationAct::Revoke(sealed) => self.revoke(moment, sealed),
            ApplicationAct::DropRevocation => self.drop_revocation(),
            ApplicationAct::Supersede(by) => self.supersede(*by),
        }
    }

    /// A paper of a kind that the class asks for and has not got; both letters of a unit are one too many (R14).
    fn see(&mut self, moment: &Moment<'_>, paper: &Paper) -> Result<(), Denied> {
        let kind = paper.kind;
        text::sound(&paper.issuer, text::SHORT)?;
        if paper.dated > moment.today() {
            return Err(Denied::FutureDate { dated: paper.dated });
        }
        let need = self.class.need(kind).ok_or(Denied::NotAsked { kind })?;
        let met = |(seen, ..): &(Paper, u16, _)| need.contains(&seen.kind) && seen.kind != kind;
        if self.papers.iter().any(met) && !self.wanted.iter().any(|it| need.contains(it)) {
            return Err(Denied::NotAsked { kind });
        }
        self.papers.retain(|(seen, ..)| !need.contains(&seen.kind));
        self.wanted.retain(|wanted| !need.contains(wanted));
        self.papers.push((paper.clone(), moment.by, moment.at));
        self.papers.sort_by_key(|(paper, ..)| paper.kind);
        Ok(())
    }

    /// The form: of the class's nationality, from a region that is served, for no longer than is allowed, and sayable
    /// by a permit.
    fn fill(&mut self, moment: &Moment<'_>, particulars: &Particulars) -> Result<(), Denied> {
        if self.class.papers_first()
            && let Some(any_of) = self.missing_papers().first().copied()
        {
            return Err(Denied::PapersFirst { any_of });
        }
        self.check(moment, particulars)?;
        self.typed_by.insert(moment.by);
        self.particulars = Some(particulars.clone());
        Ok(())
    }

    fn check(&self, moment: &Moment<'_>, particulars: &Particulars) -> Result<(), Denied> {
        let (office, nationality) = (moment.office, particulars.nationality);
        let own = u16::from(office.side() == permit_core::Side::B);
        let foreign = u16::from(self.class == Class::ForeignResident);
        if nationality != NATIONALS[usize::from(own ^ foreign)] {
            return Err(Denied::Nationality { nationality });
        }
        if !office.serves(particulars.region, moment.sequence) {
            return Err(Denied::NotServed { region: particulars.region });
        }
        office.commune(moment, particulars.commune.as_deref())?;
        let (days, most) = (particulars.days, office.longest(moment.sequence));
        if days > most {
            return Err(Denied::TooManyDays { days, most });
        }
        let id = PermitId { station: office.station(), year: 0, serial: 1, copy: 1 };
        particulars.permit(id, office.founding().zone, moment.today()).map(|_| ())
    }

    /// Handed in once every paper was seen and the form filled in.
    fn submit(&mut self) -> Result<(), Denied> {
        let missing = self.missing_papers();
        if !missing.is_empty() {
            return Err(Denied::Papers(missing));
        }
        if self.particulars.is_none() {
            return Err(Denied::NotFilled);
        }
        self.to(State::Submitted)
    }

    /// What is missing can only be what the class asks for; none named means the form.
    fn want(&mut self, papers: &[PaperKind]) -> Result<(), Denied> {
        for kind in papers {
            self.class.need(*kind).ok_or(Denied::NotAsked { kind: *kind })?;
        }
        self.wanted = papers.to_vec();
        self.approvals.clear();
        self.to(State::Incomplete)
    }

    /// One approval (R16): signed over exactly this content, by an officer whose own case it is not, who did not type
    /// it in where two are asked, once a role and once a person.
    fn approve(&mut self, moment: &Moment<'_>, sealed: &[u8]) -> Result<(), Denied> {
        let about = (self.subject(), self.digest(moment.office), Decision::Approve);
        self.approvals = self.standing(moment).cloned().collect();
        let given = self.given(moment, sealed, about, &self.approvals)?;
        if self.class.approvals().len() > 1 && self.typed_by.contains(&moment.by) {
            return Err(Denied::TypedIn);
        }
        if self.approvals.iter().any(|other| other.role == given.role) {
            return Err(Denied::RoleTaken { role: given.role });
        }
        self.approvals.push(given);
        match self.missing_approvals(moment).is_empty() {
            true => self.to(State::Approved),
            false => Ok(()),
        }
    }

    /// What the acting officer signed, held against those who decided before.
    fn given(
        &self,
        moment: &Moment<'_>,
        sealed: &[u8],
        about: (permit_record::Subject, [u8; 32], Decision),
        others: &[Given],
    ) -> Result<Given, Denied> {
        let approval = moment.decision(sealed, about, DECIDES)?;
        let (officer, term) = moment.officer()?;
        let own_name = self.particulars.as_ref().is_some_and(|it| {
            same_person((&officer.latin, &officer.native), (&it.latin, &it.native))
        });
        if own_name || self.applicant == Some(moment.by) {
            return Err(Denied::OwnCase);
        }
        let same = |other: &Given| {
            other.key == term.key || moment.office.one_person(other.officer, moment.by)
        };
        if others.iter().any(same) {
            return Err(Denied::SamePerson);
        }
        let (officer, role, at) = (moment.by, approval.role, approval.at);
        Ok(Given { officer, role, key: term.key, at, sealed: sealed.to_vec() })
    }

    /// One of the two who refuse or revoke: signed over content and grounds, and not by who typed it in.
    fn one_of_two(
        &self,
        moment: &Moment<'_>,
        grounds: &Grounds,
        (decision, sealed): (Decision, &[u8]),
        before: &[Given],
    ) -> Result<Vec<Given>, Denied> {
        let about = (self.subject(), self.digest_with(moment.office, grounds), decision);
        let given = self.given(moment, sealed, about, before)?;
        if self.typed_by.contains(&moment.by) {
            return Err(Denied::TypedIn);
        }
        Ok(before.iter().cloned().chain([given]).collect())
    }

    fn propose_refusal(
        &mut self,
        moment: &Moment<'_>,
        grounds: &Grounds,
        sealed: &[u8],
    ) -> Result<(), Denied> {
        grounds.check(moment)?;
        let given = self.one_of_two(moment, grounds, (Decision::Refuse, sealed), &[])?;
        self.refusal = Some((grounds.clone(), given));
        self.to(State::RefusalProposed)
    }

    fn refuse(&mut self, moment: &Moment<'_>, sealed: &[u8]) -> Result<(), Denied> {
        let (grounds, before) =
            self.refusal.clone().ok_or(Denied::State(State::RefusalProposed))?;
        let given = self.one_of_two(moment, &grounds, (Decision::Refuse, sealed), &before)?;
        self.refusal = Some((grounds, given));
        self.to(State::Refused)
    }

    fn drop_refusal(&mut self) -> Result<(), Denied> {
        self.refusal = None;
        self.to(State::UnderReview)
    }

    /// Before and after stay on record; what was approved is another content now.
    fn correct(
        &mut self,
        moment: &Moment<'_>,
        particulars: &Particulars,
        why: &str,
    ) -> Result<(), Denied> {
        text::sound(why, text::LONG)?;
        self.check(moment, particulars)?;
        let before = self.particulars.replace(particulars.clone()).ok_or(Denied::NotFilled)?;
        if before == *particulars {
            return Err(Denied::Same);
        }
        self.corrections.push((before, moment.by, moment.at, why.to_owned()));
        self.typed_by.insert(moment.by);
        self.approvals.clear();
        self.to(match self.stored {
            State::Submitted => State::Submitted,
            _ => State::UnderReview,
        })
    }

    /// Signed: only with every approval that the class asks for still standing, by different people, and only what
    /// was approved. Which number is next is asked of the desk.
    fn issue(&mut self, moment: &Moment<'_>, issued: &Issued) -> Result<(), Denied> {
        let missing = self.missing_approvals(moment);
        if !missing.is_empty() {
            return Err(Denied::Approvals(missing));
        }
        moment.office.may_sign(moment, self.particulars.as_ref())?;
        let id = issued.id;
        let right_copy = match self.origin {
            Origin::New | Origin::Renewal(_) => id.copy == 1,
            Origin::Correction(old) => {
                id.copy > old.copy && (PermitId { copy: old.copy, ..id }) == old
            }
        };
        if id.station != moment.office.station() || !right_copy {
            return Err(Denied::Number);
        }
        if !issued.fits(&self.signed_as(moment, id)?) {
            return Err(Denied::OtherPermit);
        }
        self.permit = Some(*issued);
        self.signed.push((moment.sequence, *issued));
        self.to(State::Issued)
    }

    /// What issuing this today under a number would record.
    ///
    /// # Errors
    ///
    /// [`Denied::NotFilled`], [`Denied::FromPassed`], [`Denied::Unfit`].
    pub fn signed_as(&self, moment: &Moment<'_>, id: PermitId) -> Result<Issued, Denied> {
        let particulars = self.particulars.as_ref().ok_or(Denied::NotFilled)?;
        let permit = particulars.permit(id, moment.office.founding().zone, moment.today())?;
        record(&permit)
    }

    /// The permit that was recorded, or is to be, with the portrait that its code holds.
    ///
    /// # Errors
    ///
    /// [`Denied::NotFilled`]; [`Denied::Unfit`], also where no text is long enough for the portrait.
    pub fn permit_of(
        &self,
        issued: &Issued,
        zone: u16,
        portrait: Option<&[u8]>,
    ) -> Result<Permit, Denied> {
        let particulars = self.particulars.as_ref().ok_or(Denied::NotFilled)?;
        let mut permit = particulars.as_of(issued.id, zone, issued.from, issued.issued)?;
        let bytes = portrait.map(Few::from_slice).transpose();
        permit.options.portrait = bytes.map_err(|_| Denied::Unfit { flaw: Flaw::TooLong })?;
        Ok(permit)
    }

    /// What signing it with this portrait in the code records instead.
    ///
    /// # Errors
    ///
    /// As [`Application::permit_of`].
    pub fn with_portrait(
        &self,
        issued: &Issued,
        zone: u16,
        portrait: &[u8],
    ) -> Result<Issued, Denied> {
        let shown = record(&self.permit_of(issued, zone, Some(portrait))?)?;
        Ok(Issued { portrait: Some(sha256(&[portrait]).into()), ..shown })
    }

    /// What the next copy would record: everything as it was but the copy.
    ///
    /// # Errors
    ///
    /// [`Denied::LastCopy`], [`Denied::NotFilled`], [`Denied::Unfit`].
    pub fn next_copy(&self, moment: &Moment<'_>) -> Result<Issued, Denied> {
        let (particulars, old) =
            self.particulars.as_ref().zip(self.permit).ok_or(Denied::NotFilled)?;
        let copy = old.id.copy.checked_add(1).ok_or(Denied::LastCopy)?;
        let id = PermitId { copy, ..old.id };
        let zone = moment.office.founding().zone;
        record(&particulars.as_of(id, zone, old.from, old.issued)?)
    }

    fn print(&mut self, moment: &Moment<'_>, copy: u8) -> Result<(), Denied> {
        self.good_still(moment)?;
        self.this_copy(copy)?;
        self.to(State::Printed)
    }

    /// A print that is read badly stays printed, and is never handed over: the next copy takes its place.
    fn read_back(&mut self, copy: u8, grade: u8, right: bool) -> Result<(), Denied> {
        self.this_copy(copy)?;
        if grade > 4 {
            return Err(Denied::Grade { grade });
        }
        self.prints.push((copy, grade, right));
        match right && grade >= LEAST_GRADE {
            true => self.to(State::ReadBack),
            false => Ok(()),
        }
    }

    fn reprint(&mut self, moment: &Moment<'_>, issued: &Issued) -> Result<(), Denied> {
        self.good_still(moment)?;
        moment.office.may_sign(moment, self.particulars.as_ref())?;
        if !issued.fits(&self.next_copy(moment)?) {
            return Err(Denied::OtherPermit);
        }
        if let (State::Lost, Some(old)) = (self.stored, self.permit) {
            self.lost.push(old.id.copy);
        }
        self.permit = Some(*issued);
        self.signed.push((moment.sequence, *issued));
        self.to(State::Issued)
    }

    fn hand_over(&mut self, moment: &Moment<'_>) -> Result<(), Denied> {
        self.good_still(moment)?;
        self.handed_over = true;
        self.to(State::HandedOver)
    }

    /// Whatever its state, what a holder has had in hand is given back or revoked, and not withdrawn.
    const fn withdraw(&mut self) -> Result<(), Denied> {
        if self.handed_over { Err(Denied::HandedOver) } else { self.to(State::Withdrawn) }
    }

    fn propose_revocation(
        &mut self,
        moment: &Moment<'_>,
        grounds: &Grounds,
        sealed: &[u8],
    ) -> Result<(), Denied> {
        grounds.check(moment)?;
        let given = self.one_of_two(moment, grounds, (Decision::Revoke, sealed), &[])?;
        self.revocation = Some((grounds.clone(), given));
        self.held = Some(self.stored);
        self.to(State::RevocationProposed)
    }

    fn revoke(&mut self, moment: &Moment<'_>, sealed: &[u8]) -> Result<(), Denied> {
        let (grounds, before) =
            self.revocation.clone().ok_or(Denied::State(State::RevocationProposed))?;
        let given = self.one_of_two(moment, &grounds, (Decision::Revoke, sealed), &before)?;
        self.revocation = Some((grounds, given));
        self.to(State::Revoked)
    }

    fn drop_revocation(&mut self) -> Result<(), Denied> {
        self.revocation = None;
        let back = self.held.take().ok_or(Denied::State(State::RevocationProposed))?;
        self.to(back)
    }

    /// By the next copy of its own number, which another application was issued as.
    fn supersede(&mut self, by: PermitId) -> Result<(), Denied> {
        let old = self.permit.ok_or(Denied::Number)?.id;
        if by.copy > old.copy && (PermitId { copy: old.copy, ..by }) == old {
            self.to(State::Superseded)
        } else {
            Err(Denied::Number)
        }
    }

    fn good_still(&self, moment: &Moment<'_>) -> Result<(), Denied> {
        let through = self.permit.map(|permit| permit.through);
        match through.filter(|through| *through < moment.today()) {
            Some(through) => Err(Denied::Past { through }),
            None => Ok(()),
        }
    }

    fn this_copy(&self, copy: u8) -> Result<(), Denied> {
        let right = self.permit.is_some_and(|permit| permit.id.copy == copy);
        if right { Ok(()) } else { Err(Denied::Number) }
    }

    const fn to(&mut self, state: State) -> Result<(), Denied> {
        self.stored = state;
        Ok(())
    }
}

/// What is recorded of a permit that is about to be signed.
fn record(permit: &Permit) -> Result<Issued, Denied> {
    let mut payload = [0; PAYLOAD];
    let length = permit.encode(&mut payload).map_err(|flaw| Denied::Unfit { flaw })?;
    let digest = sha256(&[payload.get(..length).unwrap_or_default()]);
    let (from, through, issued) = (permit.from, permit.through, permit.options.issued);
    Ok(Issued { id: permit.id, from, through, issued, digest, portrait: None })
}

/// ISO 3166-1 numeric of the two sides' nationals: side A's, side B's.
const NATIONALS: [u16; 2] = [156, 408];

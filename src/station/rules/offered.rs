//! Decisions that were offered and not taken: the rules refuse them, and that they were offered is an act of its own.
//!
//! Whoever offers the same over and over, or ever something else, does not fill the record: one thing is recorded once a
//! day, and of one officer as many a day as a person could mean.

use permit_core::{PublicKey, UnixTime, sha256};
use permit_record::{Approval, NotTaken, Offered, Subject};

use super::{Act, ApplicationAct, CaseAct, Denied, Desk, Moment};

/// Most of one officer on one day: chosen.
pub const OFFERED_A_DAY: usize = 16;

/// One that was recorded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Refusal {
    /// When.
    pub at: UnixTime,
    /// The officer who offered it, or in whose name it was.
    pub by: u16,
    /// What.
    pub offered: Offered,
}

impl Act {
    /// The signed decision that it brings.
    fn sealed(&self) -> Option<&[u8]> {
        match self {
            Self::Application(
                _,
                ApplicationAct::Approve(sealed)
                | ApplicationAct::ProposeRefusal(_, sealed)
                | ApplicationAct::Refuse(sealed)
                | ApplicationAct::ProposeRevocation(_, sealed)
                | ApplicationAct::Revoke(sealed),
            )
            | Self::Case(
                _,
                CaseAct::Approve(sealed)
                | CaseAct::ProposeRefusal(_, sealed)
                | CaseAct::Refuse(sealed),
            ) => Some(sealed),
            _ => None,
        }
    }
}

impl Desk {
    /// What is to be recorded of a decision that was denied; nothing where only what was written with it does not fit.
    #[must_use]
    pub fn offered(&self, by: u16, at: UnixTime, act: &Act, denied: &Denied) -> Option<Offered> {
        let sealed = act.sealed()?;
        let of_state = || match genuine(&self.moment(by, at), sealed) {
            Ok(()) => is_of_state(denied).then_some(NotTaken::OtherState),
            Err(denied) => why(&denied),
        };
        let why = why(denied).or_else(of_state)?;
        Some(Offered { subject: act.subject(), digest: sha256(&[sealed]), why })
    }

    /// Decisions that were offered and not taken, the newest last.
    #[must_use]
    pub fn refusals(&self) -> &[Refusal] {
        &self.refusals
    }

    /// Of somebody who is or was an officer, about something that there is or was, once a day and not too often.
    pub(super) fn refuses(
        &self,
        moment: &Moment<'_>,
        offered: &Offered,
    ) -> Result<Refusal, Denied> {
        let (by, at, offset) = (moment.by, moment.at, moment.office.founding().offset);
        if !moment.office.officers().any(|officer| officer.number == by) {
            return Err(Denied::NoOfficer { officer: by });
        }
        let given = match offered.subject {
            Subject::Application(number) => (1..=self.given[0]).contains(&number),
            Subject::Case(number) => (1..=self.given[1]).contains(&number),
            _ => false,
        };
        if !given {
            return Err(Denied::NoSubject(offered.subject));
        }
        let today = moment.today();
        let of_today = self.refusals.iter().rev().take_while(|it| it.at.day(offset) == today);
        let (mut mine, same) = (0, (offered.subject, offered.digest));
        for it in of_today {
            mine += usize::from(it.by == by);
            if mine >= OFFERED_A_DAY || (it.offered.subject, it.offered.digest) == same {
                return Err(Denied::Same);
            }
        }
        Ok(Refusal { at, by, offered: *offered })
    }
}

/// Whether the officer who acts signed it, about whatever.
fn genuine(moment: &Moment<'_>, sealed: &[u8]) -> Result<(), Denied> {
    let (_, term) = moment.officer()?;
    let key = PublicKey::new(&term.key).map_err(|_| Denied::WeakKey)?;
    Approval::open(sealed, &key).map(drop).map_err(Denied::Signature)
}

/// Whether there is nothing to decide so as things stand.
const fn is_of_state(denied: &Denied) -> bool {
    matches!(denied, Denied::State(_) | Denied::CaseState(_) | Denied::RoleTaken { .. })
}

const fn why(denied: &Denied) -> Option<NotTaken> {
    Some(match denied {
        Denied::Signature(_) | Denied::WeakKey => NotTaken::Forged,
        Denied::OtherContent => NotTaken::OtherContent,
        Denied::OtherTime => NotTaken::OtherTime,
        Denied::NoOfficer { .. } | Denied::Dismissed { .. } => NotTaken::Left,
        Denied::Role { .. } => NotTaken::Role,
        Denied::OwnCase | Denied::TypedIn | Denied::SamePerson => NotTaken::SamePerson,
        _ => return None,
    })
}

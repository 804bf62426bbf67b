//! When an act is done, by whom, and what that officer may sign.

use permit_core::{Day, PublicKey, UnixTime};
use permit_record::{Approval, Decision, Role, Subject};

use super::{Denied, Office, Officer, Term};

/// When an act is done, by whom, at which office. The only clock and the only officer a rule knows.
#[derive(Clone, Copy, Debug)]
pub struct Moment<'o> {
    /// The office.
    pub office: &'o Office,
    /// Number of the record's entry that this is or will be: who is an officer is asked as of it.
    pub sequence: u64,
    /// The desk's clock.
    pub at: UnixTime,
    /// Number of the officer who acts.
    pub by: u16,
}

impl Moment<'_> {
    /// The civil day at the desk.
    #[must_use]
    pub fn today(&self) -> Day {
        self.at.day(self.office.founding().offset)
    }

    /// The officer who acts, with the key and roles of this moment.
    pub(super) fn officer(&self) -> Result<(&Officer, &Term), Denied> {
        self.office.officer(self.by, self.sequence)
    }

    /// The same, if it has one of these roles.
    ///
    /// # Errors
    ///
    /// [`Denied::Role`]; where it is no officer here.
    pub fn has(&self, any_of: &'static [Role]) -> Result<(&Officer, &Term), Denied> {
        let (officer, term) = self.officer()?;
        if any_of.iter().any(|role| term.roles.has(*role)) {
            Ok((officer, term))
        } else {
            Err(Denied::Role { any_of })
        }
    }

    /// Opens a decision that the acting officer signed, about exactly this, in one of these roles.
    pub(super) fn decision(
        &self,
        sealed: &[u8],
        about: (Subject, [u8; 32], Decision),
        any_of: &'static [Role],
    ) -> Result<Approval, Denied> {
        let (_, term) = self.has(any_of)?;
        let key = PublicKey::new(&term.key).map_err(|_| Denied::WeakKey)?;
        let approval = Approval::open(sealed, &key).map_err(Denied::Signature)?;
        let founding = self.office.founding();
        let said = (approval.zone, approval.station, approval.officer);
        if said != (founding.zone, founding.station, self.by)
            || about != (approval.subject, approval.digest, approval.decision)
        {
            return Err(Denied::OtherContent);
        }
        if !any_of.contains(&approval.role) || !term.roles.has(approval.role) {
            return Err(Denied::Role { any_of });
        }
        let apart = self.at.since(approval.at).saturating_abs();
        if apart > SIGNED_WITHIN { Err(Denied::OtherTime) } else { Ok(approval) }
    }
}

/// A day: a decision may be signed at an officer's own seat, where the clock is another. Chosen, as the trust
/// documents' 24 hours.
const SIGNED_WITHIN: i64 = 24 * 60 * 60;

//! The one door to the station's key: what is signed is what the rules let be recorded, in the transaction that records it.

use permit_core::{Permit, SealError, Text, UnixTime, permit::PAYLOAD, seal, sha256};
use permit_record::Subject;

use super::{Registry, RegistryError};
use crate::rules::{Act, ApplicationAct, Denied, Issued, State, Step};

/// A permit that was signed: everything a card needs.
#[derive(Clone, Debug)]
pub struct Signed {
    /// The permit.
    pub permit: Permit,
    /// The text of its code.
    pub text: Text,
}

impl Registry {
    /// Signs the permit of an approved application, under its next number, with or without a portrait in its code.
    ///
    /// The rules are asked over the record as it is inside the transaction that records it: approvals that do not
    /// stand any more are as good as none.
    ///
    /// # Errors
    ///
    /// As [`Registry::act`]; [`RegistryError::NoStationKey`].
    pub async fn issue(
        &mut self,
        number: u32,
        by: u16,
        at: UnixTime,
        portrait: Option<&[u8]>,
    ) -> Result<Signed, RegistryError> {
        self.sign((Step::Issue, number), by, at, portrait).await
    }

    /// Signs the next copy of a permit, which supersedes the ones before.
    ///
    /// # Errors
    ///
    /// As [`Registry::issue`].
    pub async fn reprint(
        &mut self,
        number: u32,
        by: u16,
        at: UnixTime,
        portrait: Option<&[u8]>,
    ) -> Result<Signed, RegistryError> {
        self.sign((Step::Reprint, number), by, at, portrait).await
    }

    /// Whether the rules would let it be signed now, by what is known here, and what that would record.
    ///
    /// # Errors
    ///
    /// As [`Registry::issue`].
    pub fn to_sign(
        &self,
        (step, number): (Step, u32),
        by: u16,
        at: UnixTime,
        portrait: Option<&[u8]>,
    ) -> Result<Issued, RegistryError> {
        let (desk, at) = (&self.desk, self.moment(at));
        let unknown = Denied::NoSubject(Subject::Application(number));
        let application = desk.application(number).ok_or(unknown)?;
        let plain = match step {
            Step::Reprint => application.next_copy(&desk.moment(by, at))?,
            _ => desk.to_issue(number, by, at)?,
        };
        let zone = desk.office().founding().zone;
        let issued = match portrait {
            Some(portrait) => application.with_portrait(&plain, zone, portrait)?,
            None => plain,
        };
        desk.propose(by, at, Act::Application(number, signing(step, issued)))?;
        Ok(issued)
    }

    async fn sign(
        &mut self,
        (step, number): (Step, u32),
        by: u16,
        at: UnixTime,
        portrait: Option<&[u8]>,
    ) -> Result<Signed, RegistryError> {
        if self.keys.station.is_none() {
            return Err(RegistryError::NoStationKey);
        }
        let session = self.begin().await?;
        let issued = self.to_sign((step, number), by, at, portrait)?;
        self.record(session, by, at, Act::Application(number, signing(step, issued))).await?;
        self.signed(number, portrait)
    }

    /// The permit of an application again, while its card is still to be made: the same bytes every time, since
    /// Ed25519 signs one message in one way. The portrait in its code has to be given, where it has one.
    ///
    /// # Errors
    ///
    /// [`Denied::State`] once it was read back or where there is none; [`Denied::PortraitGone`] without the portrait that its
    /// code holds; [`RegistryError::NoStationKey`].
    pub fn signed(&self, number: u32, portrait: Option<&[u8]>) -> Result<Signed, RegistryError> {
        let station = self.keys.station.as_ref().ok_or(RegistryError::NoStationKey)?;
        let unknown = Denied::NoSubject(Subject::Application(number));
        let application = self.desk.application(number).ok_or(unknown)?;
        let state = application.stored();
        let (State::Issued | State::Printed, Some(issued)) = (state, application.permit) else {
            return Err(Denied::State(state).into());
        };
        let portrait = portrait.filter(|_| issued.portrait.is_some());
        if portrait.map(|bytes| sha256(&[bytes]).into()) != issued.portrait {
            return Err(Denied::PortraitGone.into());
        }
        let zone = self.desk.office().founding().zone;
        let permit = application.permit_of(&issued, zone, portrait)?;
        let mut payload = [0; PAYLOAD];
        let length = permit.encode(&mut payload).map_err(RegistryError::Seal)?;
        if sha256(&[&payload[..length]]) != issued.digest {
            return Err(Denied::OtherPermit.into());
        }
        let text = seal(&permit, station).map_err(|error| match error {
            SealError::Permit(flaw) => RegistryError::Seal(flaw),
            _ => RegistryError::NoStationKey,
        })?;
        Ok(Signed { permit, text })
    }
}

/// The act that records what is signed.
const fn signing(step: Step, issued: Issued) -> ApplicationAct {
    match step {
        Step::Reprint => ApplicationAct::Reprint(issued),
        _ => ApplicationAct::Issue(issued),
    }
}

//! Special personnel (R13): what a station delegates, what they may issue, and their record once it is handed back.
//!
//! They have a desk of their own with a station number of its own, so that serials never meet, and its record begins
//! with the delegation that two supervisors of the station have signed. Communes, days and quota are asked by the rules
//! of that desk whenever a permit is signed, and again by the station's when it reads the record that was handed back:
//! it replays every act of it.

use permit_core::{PermitId, PublicKey, Side, UnixTime};
use permit_record::{Body, Chain, Delegation, Entry, Handed, Link, Recorded, Role, Tip};
use thiserror::Error;

use super::{Act, Denied, Desk, Founding, Moment, Office, OfficeAct, Particulars, read, text};

/// Most days a delegation may be good: chosen, a quarter, as the demonstration's special personnel have.
pub const LONGEST_DELEGATION: u16 = 92;

/// The record of special personnel, as far as it was handed back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Delegated {
    desk: Desk,
    chain: Chain,
}

/// Why a record that was handed back is not taken. Nothing of it was.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[non_exhaustive]
pub enum NotHandedBack {
    /// Nothing was delegated to this station.
    #[error("nothing was delegated to station {0}")]
    Nobody(u16),
    /// Its file is sealed for another station, or was changed on the way.
    #[error("it is sealed for another station, or was changed on the way")]
    Sealed,
    /// It begins with another delegation, or with none.
    #[error("it begins with another delegation")]
    Other,
    /// It ends before what was taken already, or says something else there.
    #[error("it ends before entry {known}, which was taken already, or is another there")]
    Fork {
        /// The last entry that was taken.
        known: u64,
    },
    /// The chain does not hold.
    #[error(transparent)]
    Chain(#[from] Link),
    /// An entry's content is no act, or another than was recorded.
    #[error("entry {at} has another content")]
    Content {
        /// Which.
        at: u64,
    },
    /// The rules would not have let it be: outside the days, beyond the quota, for another commune.
    #[error("entry {at} breaks a rule: {why}")]
    Unlawful {
        /// Which.
        at: u64,
        /// Which rule.
        why: Box<Denied>,
    },
}

impl Office {
    /// Delegating: a supervisor brings what two supervisors have signed.
    pub(super) fn delegate(&self, moment: &Moment<'_>, bytes: &[u8]) -> Result<Delegation, Denied> {
        moment.has(&[Role::Supervisor])?;
        if self.delegation().is_some() {
            return Err(Denied::NoDelegation);
        }
        let (said, kids) = Delegation::unverified(bytes).map_err(Denied::Signature)?;
        let keys = self.two_supervisors(moment.sequence, kids)?;
        Delegation::open(bytes, &keys).map_err(Denied::Signature)?;
        self.delegable(moment, &said)?;
        Ok(said)
    }

    /// Whether this can be delegated, whoever signs it.
    ///
    /// # Errors
    ///
    /// Why not.
    pub fn delegable(&self, moment: &Moment<'_>, said: &Delegation) -> Result<(), Denied> {
        if self.delegation().is_some() {
            return Err(Denied::NoDelegation);
        }
        if (said.zone, said.by) != (self.founding().zone, self.station()) {
            return Err(Denied::OtherContent);
        }
        let number = said.station;
        let other_side = Side::of_station(number) != self.side();
        if number == 0 || number == self.station() || other_side || self.to(number).is_some() {
            return Err(Denied::StationNumber { station: number });
        }
        for key in [&said.record, &said.key] {
            PublicKey::new(key).map_err(|_| Denied::WeakKey)?;
            if self.has_key(key) {
                return Err(Denied::KeyTaken);
            }
        }
        if said.record == said.key {
            return Err(Denied::KeyTaken);
        }
        if let Some(region) = said.regions.iter().find(|it| !self.serves(**it, moment.sequence)) {
            return Err(Denied::NotServed { region: *region });
        }
        said.communes.iter().try_for_each(|commune| text::sound(commune, text::SHORT))?;
        let days = said.through.since(said.from).saturating_add(1);
        let days = u16::try_from(days).unwrap_or(u16::MAX);
        if days > LONGEST_DELEGATION {
            return Err(Denied::TooManyDays { days, most: LONGEST_DELEGATION });
        }
        Ok(())
    }

    /// Whether a commune is one that this desk issues for: of special personnel one that was delegated and that no
    /// station has come to cover; of others none is asked.
    pub(super) fn commune(&self, moment: &Moment<'_>, commune: Option<&str>) -> Result<(), Denied> {
        let Some(delegation) = self.delegation() else {
            return if commune.is_none() { Ok(()) } else { Err(Denied::Commune) };
        };
        let commune = commune.filter(|it| delegation.communes.has(*it)).ok_or(Denied::Commune)?;
        if self.covered(moment.sequence).any(|covered| covered == commune) {
            return Err(Denied::Covered);
        }
        Ok(())
    }

    /// Whether this desk may sign a permit of this content at this moment.
    pub(super) fn may_sign(
        &self,
        moment: &Moment<'_>,
        content: Option<&Particulars>,
    ) -> Result<(), Denied> {
        self.commune(moment, content.and_then(|it| it.commune.as_deref()))?;
        if let Some(Delegation { from, through, .. }) = self.delegation() {
            let (from, through, today) = (*from, *through, moment.today());
            if today < from || today > through {
                return Err(Denied::NotDelegated { from, through });
            }
        }
        Ok(())
    }

    /// Whether another number may be given, after so many.
    pub(super) fn may_number(&self, given: usize) -> Result<(), Denied> {
        match self.delegation() {
            Some(Delegation { quota, .. })
                if u32::try_from(given).unwrap_or(u32::MAX) >= *quota =>
            {
                Err(Denied::Quota { most: *quota })
            }
            _ => Ok(()),
        }
    }
}

/// The delegation that a record begins with, which its first two supervisors have signed.
pub(super) fn founded(
    founding: &Founding,
    supervisors: &[PublicKey; 2],
) -> Result<Option<Delegation>, Denied> {
    let Some(bytes) = &founding.delegation else { return Ok(None) };
    let said = Delegation::open(bytes, supervisors).map_err(Denied::Signature)?;
    let own = (said.zone, said.station, said.record);
    if own != (founding.zone, founding.station, founding.key)
        || !said.regions.iter().eq(&founding.regions)
    {
        return Err(Denied::OtherContent);
    }
    Ok(Some(said))
}

impl Delegated {
    /// The desk that the record makes.
    #[must_use]
    pub const fn desk(&self) -> &Desk {
        &self.desk
    }

    /// The end of what was handed back.
    #[must_use]
    pub const fn tip(&self) -> Tip {
        self.chain.tip()
    }

    /// Which entries of a file are new: none where all of it was taken before.
    ///
    /// # Errors
    ///
    /// [`NotHandedBack::Fork`].
    pub fn fresh(before: Option<&Self>, handed: Handed) -> Result<Handed, NotHandedBack> {
        let Some(tip) = before.map(Self::tip) else { return Ok(handed) };
        let fork = NotHandedBack::Fork { known: tip.sequence };
        let known = usize::try_from(tip.sequence).unwrap_or(usize::MAX);
        let last = known.checked_sub(1).and_then(|last| handed.entries.get(last));
        let same = last.and_then(|it| Entry::unverified(&it.sealed).ok());
        if same.is_none_or(|entry| entry.hash() != tip.hash) {
            return Err(fork);
        }
        let entries = handed.entries.into_iter().skip(known).collect();
        Ok(Handed { entries, ..handed })
    }

    /// What is known once these entries follow: each verified, replayed by the rules, and under this delegation.
    ///
    /// # Errors
    ///
    /// The first entry that does not hold.
    pub fn taken(
        before: Option<&Self>,
        delegation: (&Delegation, &[u8]),
        entries: &[Recorded],
    ) -> Result<Self, NotHandedBack> {
        let key = PublicKey::new(&delegation.0.record).map_err(|_| NotHandedBack::Other)?;
        let mut chain = before.map(|it| it.chain.clone()).unwrap_or_default();
        let mut desk = before.map(|it| it.desk.clone());
        for recorded in entries {
            let entry = chain.next(&recorded.sealed, Some(&key))?;
            let at = entry.sequence;
            let body = Body::stored(recorded.body.clone());
            entry.holds(&body).map_err(|_| NotHandedBack::Content { at })?;
            let act = read(&entry, &body).map_err(|_| NotHandedBack::Content { at })?;
            let unlawful = |why| NotHandedBack::Unlawful { at, why: Box::new(why) };
            match &mut desk {
                Some(desk) => desk.replay(entry.officer, entry.at, &act).map_err(unlawful)?,
                None => desk = Some(begun(act, entry.at, delegation.1)?.map_err(unlawful)?),
            }
            chain.follow(&entry)?;
        }
        let desk = desk.ok_or(NotHandedBack::Other)?;
        Ok(Self { desk, chain })
    }
}

/// The desk that begins with this delegation.
fn begun(act: Act, at: UnixTime, bytes: &[u8]) -> Result<Result<Desk, Denied>, NotHandedBack> {
    match act {
        Act::Office(OfficeAct::Found(founding))
            if founding.delegation.as_ref().is_some_and(|own| own.as_slice() == bytes) =>
        {
            Ok(Desk::found(founding, at))
        }
        _ => Err(NotHandedBack::Other),
    }
}

impl Desk {
    /// The records of special personnel that were handed back, by station.
    pub fn delegated(&self) -> impl Iterator<Item = (u16, &Delegated)> {
        self.delegated.iter().map(|(station, it)| (*station, it))
    }

    /// The record of special personnel that was handed back.
    #[must_use]
    pub fn delegated_to(&self, station: u16) -> Option<&Delegated> {
        self.delegated.get(&station)
    }

    /// How many numbers were given.
    #[must_use]
    pub fn numbers(&self) -> usize {
        self.owners.len()
    }

    /// What a record that is handed back would come to.
    ///
    /// # Errors
    ///
    /// [`Denied::HandedBack`]; [`Denied::Same`] where nothing is new.
    pub fn merged(&self, handed: &Handed) -> Result<Delegated, Denied> {
        let station = handed.station;
        let nobody = NotHandedBack::Nobody(station);
        let (delegation, bytes) = self.office().to(station).ok_or(nobody)?;
        if handed.entries.is_empty() {
            return Err(Denied::Same);
        }
        let before = self.delegated_to(station);
        Ok(Delegated::taken(before, (delegation, bytes), &handed.entries)?)
    }

    /// Whether the next number may be given under a permit of this id.
    pub(super) fn within_quota(&self, id: PermitId) -> Result<(), Denied> {
        match self.owners.contains_key(&(id.year, id.serial)) {
            true => Ok(()),
            false => self.office().may_number(self.owners.len()),
        }
    }
}

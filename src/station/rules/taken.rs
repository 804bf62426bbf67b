//! The register of numbers that the station gave before it had a desk: taken over once, so that no number is given twice.
//!
//! `permit issue --register` keeps such a file. An entry holds all of it, and what leaves the desk tells of its numbers, too. The
//! permits themselves are not at the desk: nobody's application is known, and they are taken back as before.

use std::collections::{BTreeMap, BTreeSet};

use permit_core::PermitId;
use permit_record::Role;
use permit_signing::register::Register;

use super::{Denied, Desk, Moment};

/// Numbers given before the desk was: serials by year.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(super) struct Taken(BTreeMap<u8, BTreeSet<u32>>);

impl Taken {
    /// The highest serial of each year.
    pub(super) fn highest(&self) -> impl Iterator<Item = (u8, u32)> {
        self.0.iter().filter_map(|(year, serials)| Some((*year, *serials.last()?)))
    }
}

impl Desk {
    /// Taking a register over: by a supervisor, once, of this station, and of numbers that this desk has not given.
    pub(super) fn takes_over(&self, moment: &Moment<'_>, file: &[u8]) -> Result<Taken, Denied> {
        moment.has(&[Role::Supervisor])?;
        let office = self.office();
        // How many numbers special personnel give was delegated, and counted from the first.
        if self.taken.is_some() || office.delegation().is_some() {
            return Err(Denied::RegisterTaken);
        }
        let register = register(file).ok_or(Denied::NoRegister)?;
        if register.station != office.station() || register.stranger().is_some() {
            return Err(Denied::NoRegister);
        }
        let mut taken = Taken::default();
        for (year, serial) in register.numbers() {
            taken.0.entry(year).or_default().insert(serial);
        }
        for (year, serials) in &taken.0 {
            let given = self.serials.get(year).copied().unwrap_or_default();
            if serials.first().is_some_and(|first| *first <= given) {
                return Err(Denied::NumbersMeet);
            }
        }
        Ok(taken)
    }

    /// Whether the station gave a number, in whichever copy, before it had this desk.
    #[must_use]
    pub fn gave_before(&self, id: PermitId) -> bool {
        let serials = self.taken.as_ref().and_then(|taken| taken.0.get(&id.year));
        id.station == self.office().station()
            && serials.is_some_and(|serials| serials.contains(&id.serial))
    }
}

/// A register as an entry holds it; `None` where it is none.
#[must_use]
pub fn register(file: &[u8]) -> Option<Register> {
    toml::from_str(core::str::from_utf8(file).ok()?).ok()
}

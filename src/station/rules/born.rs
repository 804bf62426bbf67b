//! Births as applications are looked up by: so that whoever looks for one person does not look at all of them.

use std::collections::{BTreeMap, BTreeSet};

use permit_core::Birth;

use super::{Application, Desk};

/// Year, month and day; what is not known is 0.
pub(crate) type Born = (u16, u8, u8);

/// Applications by the birth that their form says.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(super) struct Births(BTreeMap<Born, BTreeSet<u32>>);

impl Births {
    /// An application is another than before.
    pub(super) fn follow(&mut self, before: Option<&Application>, after: &Application) {
        let of = |it: &Application| it.particulars.as_ref().map(|content| born(content.birth));
        let (old, new) = (before.and_then(of), of(after));
        if old == new {
            return;
        }
        if let Some(before) = before {
            self.forget(before);
        }
        if let Some(new) = new {
            self.0.entry(new).or_default().insert(after.number);
        }
    }

    /// An application is forgotten.
    pub(super) fn forget(&mut self, gone: &Application) {
        let birth = gone.particulars.as_ref().map(|content| born(content.birth));
        let Some(birth) = birth else { return };
        if let Some(numbers) = self.0.get_mut(&birth) {
            numbers.remove(&gone.number);
            if numbers.is_empty() {
                self.0.remove(&birth);
            }
        }
    }
}

impl Desk {
    /// Applications of people born from one birth to another, both included.
    pub(crate) fn born(&self, from: Born, through: Born) -> impl Iterator<Item = &Application> {
        let numbers = self.births.0.range(from..=through).flat_map(|(_, numbers)| numbers);
        numbers.filter_map(|number| self.application(*number))
    }
}

/// How a birth is looked up.
pub(crate) fn born(birth: Birth) -> Born {
    match birth {
        Birth::Year(year) => (year, 0, 0),
        Birth::Month(year, month) => (year, month, 0),
        Birth::Day(day) => {
            let (year, month, day) = day.civil();
            (u16::try_from(year).unwrap_or_default(), month, day)
        }
    }
}

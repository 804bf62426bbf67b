//! What registers of stations say, into descriptions of their side's lists. Nothing that is there is taken out.

use std::collections::BTreeSet;

use super::{Copies, Date, Issued, Key, PayloadDigest, Revocations, SerialList, Stolen};
use crate::register::Register;

impl Revocations {
    /// What a station says is not good any more.
    pub fn enter(&mut self, register: &Register) {
        join(&mut self.serials, &register.revoked);
        for copy in &register.copies {
            let same = |have: &&mut Copies| {
                (have.station, have.year, have.serial) == (copy.station, copy.year, copy.serial)
            };
            match self.copies.iter_mut().find(same) {
                // An entry never lowers the copy that is good.
                Some(have) if have.copy < copy.copy => *have = *copy,
                Some(_) => {}
                None => self.copies.push(*copy),
            }
        }
        self.copies.sort_by_key(|it| (it.station, it.year, it.serial));
    }

    /// That a key was stolen, and everything it really signed; an entry that is there only grows.
    pub fn enter_stolen(&mut self, key: Key, since: Date, digests: BTreeSet<PayloadDigest>) {
        match self.stolen.iter_mut().find(|have| have.key == key) {
            Some(have) => {
                have.since = have.since.min(since);
                have.digests.extend(digests);
            }
            None => self.stolen.push(Stolen { key, since, digests }),
        }
    }
}

impl Issued {
    /// What a station issued.
    pub fn enter(&mut self, register: &Register) {
        join(&mut self.serials, &register.years);
    }
}

fn join(lists: &mut Vec<SerialList>, new: &[SerialList]) {
    for list in new {
        let same = |have: &&mut SerialList| (have.station, have.year) == (list.station, list.year);
        match lists.iter_mut().find(same) {
            Some(have) => {
                for serial in list.serials.iter() {
                    // It came out of such a set.
                    let _ = have.serials.insert(serial);
                }
            }
            None => lists.push(list.clone()),
        }
    }
    lists.sort_by_key(|list| (list.station, list.year));
}

//! The register of permits: every number given, a digest of everything signed, and what is not good any more.

use std::collections::BTreeMap;

use permit_core::{Day, PermitId};
use permit_record::Entry;
use permit_signing::{
    draft::{Copies, Date, Key, PayloadDigest, Year},
    register::Register,
};

use crate::rules::{
    Act, Application, ApplicationAct, Desk, Gone, Issued, OfficeAct, Step, register,
};

/// Numbers given, while the record is read from its beginning.
pub(super) struct Numbers {
    register: Register,
    key: Key,
    offset: i16,
    /// Which permit an application has at this point of the record.
    permits: BTreeMap<u32, PermitId>,
    /// The newest copy of a number, whether a copy was lost, and since when.
    copies: BTreeMap<(u8, u32), Newest>,
}

struct Newest {
    copy: u8,
    /// Whether the newest copy itself is lost.
    gone: bool,
    /// Whether any copy was lost.
    lost: bool,
    since: Day,
}

impl Numbers {
    pub(super) const fn new(station: u16, key: [u8; 32], offset: i16) -> Self {
        let mut register = Register::new(station);
        register.desk = true;
        Self { register, key: Key(key), offset, permits: BTreeMap::new(), copies: BTreeMap::new() }
    }

    /// The next entry of the record.
    pub(super) fn take(&mut self, entry: &Entry, act: &Act) {
        if let Act::Office(OfficeAct::TakeOver(file)) = act
            && let Some(before) = register(file)
        {
            self.before(before);
        }
        let Act::Application(number, act) = act else { return };
        let issued = match act {
            ApplicationAct::Issue(issued) | ApplicationAct::Reprint(issued) => Some(issued),
            _ => None,
        };
        let lost = matches!(act, ApplicationAct::Lose);
        self.did(*number, (issued, lost), entry.at.day(self.offset));
    }

    /// What the station gave and signed before it had a desk, which is all that is known of it here.
    fn before(&mut self, before: Register) {
        for list in before.years {
            let given = self.register.given(list.year);
            // As in `signed`.
            list.serials.iter().for_each(|serial| _ = given.insert(serial));
        }
        for list in before.revoked {
            let revoked = self.register.revoked(list.year);
            list.serials.iter().for_each(|serial| _ = revoked.insert(serial));
        }
        self.register.signed.extend(before.signed);
        self.register.copies.extend(before.copies);
    }

    /// The same of an application that was let go.
    pub(super) fn gone(&mut self, entry: &Entry, gone: &Gone) {
        let lost = entry.act == Step::Lose as u8;
        let issued = gone.signed_by(entry.sequence);
        self.did(gone.number, (issued, lost), entry.at.day(self.offset));
    }

    fn did(&mut self, number: u32, (issued, lost): (Option<&Issued>, bool), since: Day) {
        if let Some(issued) = issued {
            self.signed(issued, since);
            self.permits.insert(number, issued.id);
        }
        if lost {
            let id = self.permits.get(&number);
            let copies = &mut self.copies;
            if let Some(newest) = id.and_then(|id| copies.get_mut(&(id.year, id.serial))) {
                (newest.gone, newest.lost, newest.since) = (true, true, since);
            }
        }
    }

    fn signed(&mut self, issued: &Issued, since: Day) {
        let id = issued.id;
        // A bit list has room for every serial that a desk gives.
        let _ = self.register.given(Year::since_1900(id.year)).insert(id.serial);
        let [digest, _] = halves(issued.digest);
        self.register.enter(self.key, id, PayloadDigest(digest));
        let fresh = Newest { copy: id.copy, gone: false, lost: false, since };
        let newest = self.copies.entry((id.year, id.serial)).or_insert(fresh);
        (newest.copy, newest.gone, newest.since) = (id.copy, false, since);
    }

    /// The register, with what is not good any more as the desk stands.
    pub(super) fn register(mut self, desk: &Desk) -> Register {
        let gone = desk.all_gone().filter(|it| it.over).filter_map(Gone::permit);
        for id in desk.applications().filter_map(ended).chain(gone) {
            let _ = self.register.revoked(Year::since_1900(id.year)).insert(id.serial);
            self.copies.remove(&(id.year, id.serial));
        }
        for ((year, serial), newest) in self.copies {
            let Newest { copy, gone, lost, since } = newest;
            let year = Year::since_1900(year);
            let Some(copy) = copy.checked_add(u8::from(gone)) else {
                let _ = self.register.revoked(year).insert(serial);
                continue;
            };
            if copy > 1 {
                let (station, since) = (self.register.station, Date(since));
                let entry = Copies { station, year, serial, copy, lost, since };
                self.register.copies.push(entry);
            }
        }
        self.register
    }
}

/// The permit of an application that nobody holds any more: revoked, given back, or withdrawn after it was signed.
fn ended(application: &Application) -> Option<PermitId> {
    application.permit.filter(|_| application.is_over()).map(|permit| permit.id)
}

fn halves(digest: [u8; 32]) -> [[u8; 16]; 2] {
    let mut halves = [[0; 16]; 2];
    halves.as_flattened_mut().copy_from_slice(&digest);
    halves
}

//! Any payload as each trust document: no panic, and look-ups in what is accepted end.
#![no_main]

use libfuzzer_sys::fuzz_target;
use permit_core::{
    Day, PermitId, UnixTime,
    trust::{IssuedRegister, PresenceList, ReaderList, Revocations, Root, Snapshot, StationList, ZoneRegister},
};

fuzz_target!(|input: &[u8]| {
    let Some((which, payload)) = input.split_first() else { return };
    let id = PermitId { station: 101, year: 63, serial: 42, copy: 1 };
    match which % 8 {
        0 => drop(Root::decode(payload).map(|root| root.demo)),
        1 => {
            if let Ok(zone) = ZoneRegister::decode(payload) {
                for crossing in zone.crossings.iter() {
                    let _ = (zone.crossing(crossing.number), crossing.offset(UnixTime(0)));
                    let _ = (crossing.shut_on(Day::FIRST), crossing.shut_at(Day::FIRST, 0));
                }
            }
        }
        2 => drop(StationList::decode(payload).map(|list| list.station(101).is_some())),
        3 => drop(Revocations::decode(payload).map(|list| (list.revoked(&id), list.good_copy(&id), list.suspended(101), list.stolen(&[0; 32]).map(|key| key.signed(payload))))),
        4 => drop(IssuedRegister::decode(payload).map(|list| list.contains(101, 63, 42))),
        5 => drop(Snapshot::decode(payload).map(|snapshot| snapshot.pins.iter().count())),
        6 => drop(PresenceList::decode(payload).map(|list| list.entries.iter().count())),
        _ => drop(ReaderList::decode(payload).map(|list| list.readers.iter().count())),
    }
});

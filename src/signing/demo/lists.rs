//! What each demo side signs on its own: stations, revocations, issued permits, presence, readers.

use permit_core::{Day, Side, Signer, sha256};

use super::{DemoError, cases, key, list_header, station_key};
use crate::draft::{
    Copies, Date, Draft, Issued, Key, KeyClass, Kind, Names, Passage, Presence, PresenceEntry,
    Pseudonym, Range, Reader, Readers, Revocations, SerialList, Serials, Station, StationKey,
    Stations, Suspension, Time, Way, Year,
};

/// The day the registers of issued permits speak for.
const SPEAKS_FOR: (u8, u8) = (9, 8);

/// A side's five documents, in the order of a bundle.
pub(super) fn of(side: Side) -> Result<Vec<Draft>, DemoError> {
    Ok(vec![
        Draft::Stations(stations(side)),
        Draft::Revocations(revocations(side)?),
        Draft::Issued(issued(side)?),
        Draft::Presence(presence(side)),
        Draft::Readers(readers(side)),
    ])
}

/// Puts stations of this side into its list, over those of their number.
pub(super) fn enter(drafts: &mut [Draft], side: Side, further: &[Station]) {
    let own = further.iter().filter(|station| Side::of_station(station.number) == side);
    for list in drafts.iter_mut() {
        if let Draft::Stations(list) = list {
            for station in own.clone() {
                list.stations.retain(|it| it.number != station.number);
                list.stations.push(station.clone());
            }
            list.stations.sort_by_key(|it| it.number);
        }
    }
}

/// A day of 1963.
pub(super) fn day(month: u8, day: u8) -> Day {
    Day::from_civil(1963, month, day).unwrap_or(Day::FIRST)
}

fn date(month: u8, of_month: u8) -> Date {
    Date(day(month, of_month))
}

/// A station: number, kind, Chinese, Korean and English name, regions.
type Row = (u16, Kind, [&'static str; 3], &'static [u16]);

/// Regions 77 and 99 stand for a region the register does not list and one that left the zone.
const STATIONS: [Row; 10] = [
    (101, Kind::PublicSecurity, ["延吉", "연길", "Yanji"], &[1, 3, 77, 99]),
    (102, Kind::BorderWork, ["珲春", "훈춘", "Hunchun"], &[5]),
    (103, Kind::BorderWork, ["和龙", "화룡", "Helong"], &[4]),
    (104, Kind::PublicSecurity, ["长白", "장백", "Changbai"], &[7, 8]),
    (105, Kind::SpecialPersonnel, ["汪清专人", "왕청 전임", "Wangqing special personnel"], &[6]),
    (106, Kind::PublicSecurity, ["辑安", "집안", "Ji'an"], &[2, 9]),
    (33_001, Kind::BorderWork, ["稳城", "온성", "Onsong"], &[104, 105]),
    (33_002, Kind::PublicSecurity, ["会宁", "회령", "Hoeryong"], &[106, 107]),
    (33_003, Kind::PublicSecurity, ["惠山", "혜산", "Hyesan"], &[110, 111, 112]),
    (33_004, Kind::BorderWork, ["茂山", "무산", "Musan"], &[108]),
];

fn stations(side: Side) -> Stations {
    let ours = STATIONS.iter().filter(|(number, ..)| Side::of_station(*number) == side);
    Stations { side: side.into(), header: list_header(), stations: ours.map(station).collect() }
}

fn station(&(number, kind, [zh, ko, en], regions): &Row) -> Station {
    let special = kind == Kind::SpecialPersonnel;
    let communes: &[&str] = if special { &["演示公社一", "演示公社二"] } else { &[] };
    Station {
        number,
        kind,
        regions: regions.to_vec(),
        communes: communes.iter().map(|name| (*name).to_owned()).collect(),
        suspended: (number == 106).then(|| date(8, 15)),
        names: Names {
            zh: Some(format!("{zh}签发站(演示)")),
            ko: Some(format!("{ko} 발급소(시연)")),
            en: Some(format!("{en} Station (demo)")),
            ..Names::default()
        },
        keys: keys(number, special),
    }
}

/// Each station's demo key; Yanji has one more for its approvals, Helong one for a delegation.
fn keys(number: u16, special: bool) -> Vec<StationKey> {
    let (from, through) =
        if special { (date(8, 1), date(10, 31)) } else { (date(1, 1), date(12, 31)) };
    let listed =
        |key: [u8; 32], class, regions| StationKey { key: Key(key), from, through, class, regions };
    let mut keys = vec![listed(station_key(number).public_key(), KeyClass::Demo, Vec::new())];
    match number {
        101 => keys.push(listed(key(APPROVALS).public_key(), KeyClass::Station, Vec::new())),
        103 => keys.push(listed(key(DELEGATED).public_key(), KeyClass::Delegated, vec![3])),
        _ => {}
    }
    keys
}

/// Yanji's key of class `station`: the command must refuse it.
pub(super) const APPROVALS: &str = "station 101, through approvals";
/// Helong's key for residents of Yanji County.
pub(super) const DELEGATED: &str = "station 103, delegated";

fn revocations(side: Side) -> Result<Revocations, DemoError> {
    let year = Year::since_1900(63);
    let list = Revocations {
        side: side.into(),
        header: list_header(),
        serials: Vec::new(),
        copies: Vec::new(),
        ranges: Vec::new(),
        stations: Vec::new(),
        stolen: Vec::new(),
    };
    if side == Side::B {
        let since = date(9, 1);
        let serials = vec![serials(33_001, &[40])?];
        return Ok(Revocations {
            stations: vec![Suspension { station: 33_004, since }],
            serials,
            ..list
        });
    }
    let copies =
        |serial, lost| Copies { station: 102, year, serial, copy: 2, lost, since: date(9, 3) };
    let stolen = Range { station: 101, year, first: 950, last: 960, since: date(8, 20) };
    Ok(Revocations {
        serials: vec![serials(101, &[40, 41])?],
        copies: vec![copies(50, true), copies(51, false)],
        ranges: vec![stolen],
        ..list
    })
}

fn serials(station: u16, numbers: &[u32]) -> Result<SerialList, DemoError> {
    let mut serials = Serials::default();
    for number in numbers {
        serials.insert(*number)?;
    }
    Ok(SerialList { station, year: Year::since_1900(63), serials })
}

/// What the cases say was issued and entered.
fn issued(side: Side) -> Result<Issued, DemoError> {
    let mut lists: Vec<SerialList> = Vec::new();
    for id in cases::registered().filter(|id| id.side() == side) {
        let year = Year::since_1900(id.year);
        let at = lists.iter().position(|list| (list.station, list.year) == (id.station, year));
        let at = at.unwrap_or_else(|| {
            lists.push(SerialList { station: id.station, year, serials: Serials::default() });
            lists.len() - 1
        });
        lists[at].serials.insert(id.serial)?;
    }
    let (month, of_month) = SPEAKS_FOR;
    Ok(Issued {
        side: side.into(),
        speaks_for: date(month, of_month),
        header: list_header(),
        serials: lists,
    })
}

/// One invented traveller away from home.
fn presence(side: Side) -> Presence {
    let digest = sha256(&[b"demo pseudonym", &[side as u8]]);
    let mut pseudonym = [0; 16];
    pseudonym.copy_from_slice(&digest[..16]);
    let at = Time(super::ISSUED.plus(-3 * 60 * 60));
    let entry = PresenceEntry {
        pseudonym: Pseudonym(pseudonym),
        journeys: 1,
        outside_since: Some(at),
        last: Some(Passage { crossing: 3, side: side.into(), direction: Way::Exit, at }),
    };
    Presence { side: side.into(), header: list_header(), entries: vec![entry] }
}

/// A terminal at each of two crossings.
fn readers(side: Side) -> Readers {
    let reader = |(number, crossing): (u16, u16)| Reader {
        number,
        crossing,
        key: Key(key(&format!("side {side:?}, reader {number}")).public_key()),
    };
    let readers = [(1, 3), (2, 8)].map(reader).to_vec();
    Readers { side: side.into(), header: list_header(), readers }
}

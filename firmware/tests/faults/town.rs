//! Lists of one's own that are no demonstration, and permits under them.
//!
//! They are signed when the check begins, for the real clock. Every key comes from a public text, as in any test; the
//! holder is invented, and looked for afterwards wherever no name may stand.

use std::time::{SystemTime, UNIX_EPOCH};

use permit_core::trust::{Role, Root as CoreRoot};
use permit_core::{Permit, Side, Signer as _, UnixTime, seal, sha256};
use permit_signing::demo::World;
use permit_signing::draft::{
    Copies, Date, Draft, Header, Key, KeyClass, Kind, List, Names, Pin, Presence, Range,
    Revocations, RoleKeys, Root, SerialList, Serials, Snapshot, Station, StationKey, Stations,
    Time, Year, Zone,
};
use permit_signing::{Parties, Parts, SecretKey, SideParts, sign_at_once};

use super::swollen::swollen;

/// The station that issues.
const STATION: u16 = 101;
/// A serial that every list takes back.
pub(crate) const REVOKED: u32 = 40;
/// The holder of every permit.
pub(crate) const LATIN: &str = "OUYANG NAMELESS";
/// The same in their own script.
pub(crate) const NATIVE: &str = "구름마루";
const DAY: i64 = 86_400;

/// What is shown to a terminal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Card {
    /// Good today.
    Good,
    /// Its last day was yesterday.
    Expired,
    /// Its first day is tomorrow.
    Early,
    /// Taken back.
    Revoked,
    /// Of a key that no list has.
    Unknown,
    /// With another signature.
    Forged,
}

/// The kinds that are never green.
pub(crate) const BAD: [Card; 5] =
    [Card::Expired, Card::Early, Card::Revoked, Card::Unknown, Card::Forged];

/// Two authorities and a station.
#[derive(Debug)]
pub(crate) struct Town {
    root: Root,
    root_bytes: Vec<u8>,
    zone: Zone,
    zone_bytes: Vec<u8>,
    golden: Permit,
    serial: u32,
    /// The number of the last permit, as people write it.
    pub(crate) number: Option<String>,
    /// The newest version of the lists of side A.
    pub(crate) version: u32,
    /// Whether lists from now on tell of presence: nobody is away.
    pub(crate) presence: bool,
    /// Serials that lists from now on take back.
    pub(crate) revoked: Vec<u32>,
}

/// The system's time.
pub(crate) fn now() -> UnixTime {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    UnixTime(i64::try_from(since.as_secs()).unwrap())
}

fn key(name: &str) -> SecretKey {
    SecretKey::from_known_seed_for_demo_keys_only(&sha256(&[
        b"a check of faults: ",
        name.as_bytes(),
    ]))
}

fn authority(side: Side, role: Role, number: u8) -> SecretKey {
    key(&format!("{side:?} {role:?} {number}"))
}

fn header(version: u32, issued: UnixTime, due: i64, expires: i64) -> Header {
    let time = |after: i64| Time(issued.plus(after));
    Header {
        version,
        issued: Time(issued),
        next_update: time(due),
        expires: time(expires),
        zone: 1,
    }
}

fn sign(draft: &Draft, root: &CoreRoot<'_>) -> Vec<u8> {
    let both =
        |role| Side::BOTH.map(|side| authority(side, role, 1)).into_iter().collect::<Vec<_>>();
    let (parties, keys) = match (draft.role(), draft.side()) {
        (Role::Root, _) => (Parties::of_root(root, None), both(Role::Root)),
        (role, None) => (Parties::of_zone(root), both(role)),
        (role, Some(side)) => (Parties::of_side(root, side, role), vec![authority(side, role, 1)]),
    };
    sign_at_once(draft, &parties, &keys).unwrap()
}

impl Town {
    pub(crate) fn new() -> Self {
        let world = World::make().unwrap();
        let cases = world.cases().unwrap();
        let golden = cases.into_iter().find(|case| case.name == "hangul-name").unwrap();
        let mut root = world.root_draft.clone();
        root.demo = false;
        root.header = header(1, now().plus(-30 * DAY), 1_000 * DAY, 1_800 * DAY);
        for (side, roles) in [(Side::A, &mut root.a), (Side::B, &mut root.b)] {
            for role in Role::ALL {
                let keys = vec![Key(authority(side, role, 1).public_key())];
                *roles.of_mut(role) = RoleKeys { threshold: 1, keys };
            }
        }
        let mut zone = world.zone.clone();
        zone.header = header(1, now().plus(-20 * DAY), 180 * DAY, 360 * DAY);
        let payload = root.encode().unwrap();
        let core = CoreRoot::decode(&payload).unwrap();
        let root_bytes = sign(&Draft::Root(Box::new(root.clone())), &core);
        let zone_bytes = sign(&Draft::Zone(zone.clone()), &core);
        let golden = golden.permit.unwrap();
        Self {
            root,
            root_bytes,
            zone,
            zone_bytes,
            golden,
            serial: 10_000,
            number: None,
            version: 1,
            presence: false,
            revoked: vec![REVOKED],
        }
    }

    /// The root's file.
    pub(crate) fn root(&self) -> &[u8] {
        &self.root_bytes
    }

    /// The register of the zone.
    pub(crate) fn zone(&self) -> &[u8] {
        &self.zone_bytes
    }

    /// Lists of this version, signed an hour ago and good for half a year.
    pub(crate) fn bundle(&self, version: u32) -> Vec<u8> {
        self.bundle_for(version, now().plus(-3_600), 180 * DAY, 0)
    }

    /// Lists of this version that end so many seconds after they were signed; `more` keys make them as large as one
    /// likes.
    pub(crate) fn bundle_for(
        &self,
        version: u32,
        issued: UnixTime,
        ends: i64,
        more: u32,
    ) -> Vec<u8> {
        let payload = self.root.encode().unwrap();
        let core = CoreRoot::decode(&payload).unwrap();
        let side = |side, version| {
            let header = header(version, issued, ends.min(7 * DAY), ends);
            let stations = Draft::Stations(self.stations(side, header, more));
            let revocations = Draft::Revocations(self.revocations(side, header));
            let [stations, revocations] = [stations, revocations].map(|draft| sign(&draft, &core));
            let mut pins = vec![
                Pin::of(List::Stations, version, &stations),
                Pin::of(List::Revocations, version, &revocations),
            ];
            let presence = Presence { side: Side::into(side), header, entries: Vec::new() };
            let presence = self.presence.then(|| sign(&Draft::Presence(presence), &core));
            if let Some(presence) = &presence {
                pins.push(Pin::of(List::Presence, version, presence));
            }
            let snapshot = Snapshot { side: Side::into(side), root: 1, zone: 1, header, pins };
            let snapshot = sign(&Draft::Snapshot(snapshot), &core);
            let documents = [Some(stations), Some(revocations), None, presence, None, None];
            Some(SideParts { snapshot, documents })
        };
        let parts = Parts {
            roots: vec![self.root_bytes.clone()],
            zone: self.zone_bytes.clone(),
            a: side(Side::A, version),
            b: side(Side::B, version),
        };
        parts.assemble(None, None).unwrap()
    }

    fn stations(&self, side: Side, header: Header, more: u32) -> Stations {
        let (number, region) = if side == Side::A { (STATION, 3) } else { (33_001, 104) };
        let (from, through) = self.year();
        let listed = |key: [u8; 32], class| StationKey {
            key: Key(key),
            from: Date(from),
            through: Date(through),
            class,
            regions: Vec::new(),
        };
        let one = listed(key(&format!("station {number}")).public_key(), KeyClass::Direct);
        let others = (0..more)
            .map(|at| listed(key(&format!("more {side:?} {at}")).public_key(), KeyClass::Station));
        let station = |number: u16, keys| Station {
            number,
            kind: Kind::PublicSecurity,
            regions: vec![region],
            communes: Vec::new(),
            suspended: None,
            names: Names { en: Some("A station".to_owned()), ..self.zone.regions[0].names.clone() },
            keys,
        };
        let mut stations = vec![station(number, vec![one])];
        for (at, keys) in (1..).zip(others.collect::<Vec<_>>().chunks(16)) {
            stations.push(station(number + at, keys.to_vec()));
        }
        Stations { side: side.into(), header, stations }
    }

    /// The newest lists with a list of stations of four megabytes that nobody signed.
    pub(crate) fn swollen(&self) -> Vec<u8> {
        swollen(&self.bundle(self.version + 1))
    }

    fn revocations(&self, side: Side, header: Header) -> Revocations {
        let mut serials = Serials::default();
        for serial in &self.revoked {
            serials.insert(*serial).unwrap();
        }
        let year = Year::since_1900(self.year_byte());
        let list = SerialList { station: STATION, year, serials };
        let (copies, ranges): (Vec<Copies>, Vec<Range>) = (Vec::new(), Vec::new());
        let serials = if side == Side::A { vec![list] } else { Vec::new() };
        Revocations {
            side: side.into(),
            header,
            serials,
            copies,
            ranges,
            stations: Vec::new(),
            stolen: Vec::new(),
        }
    }

    /// First and last day on which the station's key may issue.
    #[expect(clippy::unused_self, reason = "of the town, as all the rest")]
    fn year(&self) -> (permit_core::Day, permit_core::Day) {
        (now().plus(-200 * DAY).day(480), now().plus(200 * DAY).day(480))
    }

    fn year_byte(&self) -> u8 {
        let (year, _, _) = now().day(480).civil();
        u8::try_from(year - 1_900).unwrap()
    }

    /// The text of the next permit of a kind.
    pub(crate) fn permit(&mut self, kind: Card) -> String {
        self.serial += 1;
        let serial = if kind == Card::Revoked { REVOKED } else { self.serial };
        self.permit_of(kind, serial)
    }

    /// The serial of the permit that was made last.
    pub(crate) const fn last(&self) -> u32 {
        self.serial
    }

    fn permit_of(&mut self, kind: Card, serial: u32) -> String {
        let day = |days: i64| now().plus(days * DAY).day(480);
        let mut permit = self.golden.clone();
        permit.id.serial = serial;
        permit.id.station = STATION;
        permit.id.year = self.year_byte();
        permit.latin = LATIN.try_into().unwrap();
        permit.native = Some(NATIVE.try_into().unwrap());
        (permit.from, permit.through) = match kind {
            Card::Expired => (day(-20), day(-2)),
            Card::Early => (day(2), day(20)),
            _ => (day(-3), day(20)),
        };
        permit.options.issued = Some(day(-30));
        permit.options.entries = Some(1);
        let name = if kind == Card::Unknown {
            "nobody's".to_owned()
        } else {
            format!("station {STATION}")
        };
        let text = seal(&permit, &key(&name)).unwrap().as_str().to_owned();
        self.number = Some(permit.id.to_string());
        if kind == Card::Forged {
            // Another character of the alphabet near the end: another signature.
            let mut bytes = text.into_bytes();
            let at = bytes.len() - 20;
            bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
            return String::from_utf8(bytes).unwrap();
        }
        text
    }
}

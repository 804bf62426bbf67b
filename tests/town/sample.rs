//! The sound town: invented names, one of everything.

use core::array;

use permit_core::{
    Day, Kind, Permit, PermitId, Side,
    permit::{Birth, Options},
};

use super::{Document, Half, Header, Roles, Town, day};
use crate::{array, item::Item, key::Key};

/// The crossings: 1 always open; 2 with hours and a change of offset; 3 closed; 4 suspended for a time;
/// 5 into a region that left the zone; 6 not yet open.
pub const CROSSINGS: [u16; 6] = [1, 2, 3, 4, 5, 6];

impl Town {
    /// One of everything, sound in every part, not a demonstration.
    #[must_use]
    pub fn new() -> Self {
        Self::with(false)
    }

    /// The same as a demonstration.
    #[must_use]
    pub fn demo() -> Self {
        Self::with(true)
    }

    fn with(demo: bool) -> Self {
        let roles = [roles("A"), roles("B")];
        let mut town = Self {
            roots: vec![Document::root(1, demo, &roles)],
            zone: zone(),
            sides: Side::BOTH.map(|side| Some(half(side))),
            roles,
        };
        town.roots[0].signers =
            super::distinct(town.roles.iter().flat_map(|roles| super::enough(roles, 0)).collect());
        town.resign();
        town
    }

    /// The least that can be bundled: one key a role, one region a side, one crossing, one side's lists.
    #[must_use]
    pub fn small() -> Self {
        let mut town = Self::new();
        let roles = ["A", "B"].map(|side| {
            array::from_fn(|role| {
                if role >= 4 && role != 5 {
                    (0, Vec::new())
                } else {
                    (1, vec![Key::named(&format!("{side}/{role}/1"))])
                }
            })
        });
        let zone = town.zone.payload.items();
        zone[7] =
            Item::Array(vec![region(101, Side::A, None, None), region(201, Side::B, None, None)]);
        zone[8] = Item::Array(vec![crossing(1, [101, 201], &[], vec![(day(1955, 6, 8), 0)])]);
        town.sides[1] = None;
        let half = town.half(Side::A);
        half.documents[2..].fill(None);
        let stations = half.documents[0].as_mut().expect("a station list");
        stations.payload.items()[6] =
            Item::Array(vec![station(11, &[101], vec![direct("station/11")], None)]);
        half.documents[1].as_mut().expect("revocations").payload.items()[6..]
            .fill(Item::Array(vec![]));
        town.roots = vec![Document::root(1, false, &roles)];
        town.roots[0].signers = vec![roles[0][0].1[0].clone(), roles[1][0].1[0].clone()];
        town.roles = roles;
        town.resign();
        town
    }
}

impl Default for Town {
    fn default() -> Self {
        Self::new()
    }
}

/// Root two of three, zone one of two, the station list of B two of three, one of one for the rest, and nobody for what
/// headquarters sign.
fn roles(side: &str) -> Roles {
    array::from_fn(|role| {
        let (threshold, count) = match (role, side) {
            (0, _) | (2, "B") => (2, 3),
            (1, _) => (1, 2),
            (8.., _) => (0, 0),
            _ => (1, 1),
        };
        let keys = (1..=count).map(|n| Key::named(&format!("{side}/{role}/{n}")));
        (threshold, keys.collect())
    })
}

fn names(name: &str) -> Item {
    array![Item::Array(vec![array![2_u8, name]])].items().remove(0)
}

/// `[number, side, id, names, from, through]`
#[must_use]
pub fn region(number: u16, side: Side, from: Option<Day>, through: Option<Day>) -> Item {
    let id = format!("region-{number}");
    array![number, side as u8, id.as_str(), names(&format!("Region {number}")), from, through]
}

/// `[number, id, regions, names, hours, offsets, states]`
#[must_use]
pub fn crossing(number: u16, [a, b]: [u16; 2], hours: &[[u16; 3]], states: Vec<(Day, u8)>) -> Item {
    let offsets = if number == 2 {
        vec![array![Item::Null, 480_i16], array![day(1963, 9, 20).begins(0), 540_i16]]
    } else {
        vec![array![Item::Null, 480_i16]]
    };
    let hours: Vec<_> = hours.iter().map(|[a, b, c]| array![*a, *b, *c]).collect();
    let states: Vec<_> = states.into_iter().map(|(day, state)| array![day, state]).collect();
    let id = format!("x-{number}");
    let names = names(&format!("Bridge {number}"));
    array![number, id.as_str(), array![a, b], names, hours, offsets, states]
}

fn zone() -> Document {
    let open = || vec![(day(1955, 6, 8), 0)];
    let regions = vec![
        region(101, Side::A, None, None),
        region(102, Side::A, Some(day(1955, 6, 8)), None),
        region(103, Side::A, None, Some(day(1963, 8, 31))),
        region(104, Side::A, Some(day(1963, 10, 1)), None),
        region(201, Side::B, None, None),
        region(202, Side::B, None, None),
    ];
    let crossings = vec![
        crossing(1, [101, 201], &[], open()),
        // Monday to Saturday 08:00 to 18:00, Sunday 10:00 to 12:00.
        crossing(2, [102, 202], &[[0x3f, 480, 1080], [0x40, 600, 720]], open()),
        crossing(3, [101, 202], &[], vec![(day(1955, 6, 8), 0), (day(1963, 9, 1), 1)]),
        crossing(
            4,
            [102, 201],
            &[],
            vec![(day(1955, 6, 8), 0), (day(1963, 9, 5), 2), (day(1963, 9, 20), 0)],
        ),
        crossing(5, [103, 201], &[], open()),
        crossing(6, [101, 201], &[], vec![(day(1964, 1, 1), 0)]),
    ];
    let limits = array![90_u8, 30_u8, 1_u8, 15_u8, 14_u8, 60_u8];
    let basis = "Agreement of the two sides on border traffic (invented)";
    let fields =
        vec![basis.into(), day(1955, 6, 8).into(), regions.into(), crossings.into(), limits];
    Document::new(Kind::Zone, Header::of(365), fields)
}

/// `[key, from, through, 2]`: a key for direct use in 1963.
#[must_use]
pub fn direct(key: &str) -> Item {
    array![Key::named(key).public(), day(1963, 1, 1), day(1963, 12, 31), 2_u8]
}

/// A key delegated for further regions.
#[must_use]
pub fn delegated(key: &str, regions: &[u16]) -> Item {
    let regions: Vec<_> = regions.iter().map(|number| Item::from(*number)).collect();
    array![Key::named(key).public(), day(1963, 1, 1), day(1963, 12, 31), 1_u8, regions]
}

/// `[number, kind, names, regions, communes, keys, suspended]`
#[must_use]
pub fn station(number: u16, regions: &[u16], mut keys: Vec<Item>, suspended: Option<Day>) -> Item {
    let regions: Vec<_> = regions.iter().map(|number| Item::from(*number)).collect();
    keys.sort_by_key(Item::encode);
    let names = names(&format!("Station {number}"));
    array![number, 0_u8, names, regions, Vec::<Item>::new(), keys, suspended]
}

fn half(side: Side) -> Half {
    let documents = match side {
        Side::A => [stations_a(), revocations_a(), issued_a()].map(Some),
        Side::B => {
            let stations = station(33_000, &[201, 202], vec![direct("station/33000")], None);
            let none = || Item::Array(vec![]);
            [
                Some(Document::of_side(Kind::Stations, side, vec![vec![stations].into()])),
                Some(Document::of_side(
                    Kind::Revocations,
                    side,
                    vec![none(), none(), none(), none()],
                )),
                None,
            ]
        }
    };
    let [stations, revocations, issued] = documents;
    let entry =
        array![[7_u8; 16], 1_u8, super::issued(), array![1_u8, side as u8, 1_u8, super::issued()]];
    let presence = Document::of_side(Kind::Presence, side, vec![vec![entry].into()]);
    let reader = array![1_u8, 1_u8, Key::named("reader/1").public()];
    let readers = Document::of_side(Kind::Readers, side, vec![vec![reader].into()]);
    Half {
        snapshot: Document::of_side(
            Kind::Snapshot,
            side,
            vec![Item::Null, 1_u8.into(), 1_u8.into()],
        ),
        documents: [stations, revocations, issued, Some(presence), Some(readers), None],
        pinned: true,
    }
}

fn stations_a() -> Document {
    let demo = array![Key::named("station/14").public(), day(1963, 1, 1), day(1963, 12, 31), 3_u8];
    let stations = vec![
        station(
            11,
            &[101, 102, 103, 104],
            vec![direct("station/11"), direct("station/11/b")],
            None,
        ),
        station(12, &[101], vec![delegated("station/12", &[102])], None),
        station(13, &[101], vec![direct("station/13")], Some(day(1963, 9, 5))),
        station(14, &[101], vec![demo], None),
    ];
    Document::of_side(Kind::Stations, Side::A, vec![stations.into()])
}

/// Serial 5 revoked, 6 reissued, 7 lost, 100–199 blocked, station 12 suspended from the 8th.
fn revocations_a() -> Document {
    let since = day(1963, 9, 7);
    let serials = vec![array![11_u8, 63_u8, [0b0000_0100_u8]]];
    let copies = vec![
        array![11_u8, 63_u8, 6_u8, 2_u8, false, since],
        array![11_u8, 63_u8, 7_u8, 2_u8, true, since],
    ];
    let ranges = vec![array![11_u8, 63_u8, 100_u8, 199_u8, since]];
    let stations = vec![array![12_u8, day(1963, 9, 8)]];
    let fields = vec![serials.into(), copies.into(), ranges.into(), stations.into()];
    Document::of_side(Kind::Revocations, Side::A, fields)
}

/// Serials 1–239 of stations 11–14, as of the 8th.
fn issued_a() -> Document {
    let mut bits = [0xff_u8; 30];
    bits[0] = 0x7f;
    let serials: Vec<_> = [11_u8, 12, 13, 14].iter().map(|n| array![*n, 63_u8, bits]).collect();
    let fields = vec![day(1963, 9, 8).into(), serials.into()];
    Document::of_side(Kind::Issued, Side::A, fields)
}

/// A permit of station 11 that is good at crossing 1 today.
///
/// # Panics
///
/// Never: the name fits.
#[must_use]
pub fn permit(serial: u32) -> Permit {
    Permit {
        id: PermitId { station: 11, year: 63, serial, copy: 1 },
        latin: "LIN XIAOYU".try_into().expect("a short name"),
        native: Some("林小雨".try_into().expect("a short name")),
        birth: Birth::Day(day(1931, 4, 5)),
        nationality: 156,
        region: 101,
        zone: 1,
        from: day(1963, 9, 5),
        through: day(1963, 10, 4),
        options: Options::default(),
    }
}

//! One side's stations and the keys they sign permits with.
//!
//! A key is good for what its entry says and nothing else: its station's regions, the days of its
//! window, its class. A side lists only its own stations: the number's upper bit tells.

use crate::{
    Day, Fault, Flaw, KeyId, PublicKey, Side,
    cbor::{Fields, Result},
    text,
    trust::{
        header::{self, Header},
        list::{By, List, at_most, list},
        zone::{Names, REGIONS},
    },
};

/// Most keys in a station list, of all its stations together.
///
/// Each costs about 0.1 ms to look at on a desk's computer when a list is taken.
pub const STATION_KEYS: u64 = 2048;
/// Most communes of a station.
const COMMUNES: u64 = 1024;

/// A station list.
#[derive(Clone, Copy, Debug)]
pub struct StationList<'b> {
    /// Version, times, zone.
    pub header: Header,
    /// Whose.
    pub side: Side,
    /// Stations, by number.
    pub stations: List<'b, Station<'b>>,
}

impl<'b> StationList<'b> {
    /// Reads `[header…, side, stations]`.
    ///
    /// # Errors
    ///
    /// The byte where it stops being a station list: a number of the other side's half, more keys than
    /// [`STATION_KEYS`]. Whether the keys are sound is asked when a bundle is taken, after everything else.
    pub fn decode(payload: &'b [u8]) -> core::result::Result<Self, Fault> {
        let (header, mut fields) = header::open(payload, 7)?;
        let side = header::side(&mut fields)?;
        let at = fields.fault(Flaw::Range);
        let stations = list(&mut fields, Station::read, By::Fields(1))?;
        let mut keys = 0_u64;
        for station in stations.iter() {
            keys = keys.saturating_add(station.keys.len());
            if Side::of_station(station.number) != side {
                return Err(at);
            }
        }
        if keys > STATION_KEYS {
            return Err(Fault { flaw: Flaw::Count, ..at });
        }
        Ok(Self { header, side, stations })
    }

    /// The station with this number.
    #[must_use]
    pub fn station(&self, number: u16) -> Option<Station<'b>> {
        self.stations.seek([number.into()])
    }
}

/// A station.
#[derive(Clone, Copy, Debug)]
pub struct Station<'b> {
    /// Number, as permits carry it.
    pub number: u16,
    /// What it is.
    pub kind: StationKind,
    /// Names.
    pub names: Names<'b>,
    /// Regions whose residents it serves.
    pub regions: List<'b, u16>,
    /// Communes it serves, where it does not serve all (special personnel must name them).
    pub communes: List<'b, &'b str>,
    /// Its keys.
    pub keys: List<'b, StationKey<'b>>,
    /// Suspended from that day on: nothing it issues from then is good.
    pub suspended: Option<Day>,
}

/// What a station is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum StationKind {
    /// Local public security.
    PublicSecurity,
    /// Border work station.
    BorderWork,
    /// Special personnel for communes without a station.
    SpecialPersonnel,
}

impl<'b> Station<'b> {
    /// True if every key passes [`PublicKey::new`].
    pub(crate) fn is_sound(&self) -> bool {
        self.keys.iter().all(|key| PublicKey::new(&key.key).is_ok())
    }

    /// `[number, kind, names, regions, communes, keys, suspended]`
    fn read(fields: &mut Fields<'b>) -> Result<Self> {
        fields.array(7)?;
        let number = fields.positive()?;
        let kind = match fields.number::<u8>(0, 2)? {
            0 => StationKind::PublicSecurity,
            1 => StationKind::BorderWork,
            _ => StationKind::SpecialPersonnel,
        };
        let names = Names::read(fields)?;
        let regions = at_most(REGIONS, fields, Fields::any, By::Itself)?;
        let at = fields.fault(Flaw::Count);
        let communes =
            at_most(COMMUNES, fields, |fields| fields.text(80, text::place), By::Nothing)?;
        if !communes.iter().is_sorted_by(|before, next| before < next) {
            return Err(Fault { flaw: Flaw::Unsorted, ..at });
        }
        if kind == StationKind::SpecialPersonnel && communes.is_empty() {
            return Err(at);
        }
        let keys = at_most(STATION_KEYS, fields, StationKey::read, By::Fields(1))?;
        Ok(Self {
            number,
            kind,
            names,
            regions,
            communes,
            keys,
            suspended: fields.optional(Fields::day)?,
        })
    }
}

/// A key of a station.
#[derive(Clone, Copy, Debug)]
pub struct StationKey<'b> {
    /// Raw public key.
    pub key: [u8; 32],
    /// First day on which it may issue.
    pub from: Day,
    /// Last day on which it may issue.
    pub through: Day,
    /// How it may be used.
    pub class: Class<'b>,
}

/// How a station's key may be used.
#[derive(Clone, Copy, Debug)]
pub enum Class<'b> {
    /// Through the station's approvals only.
    Station,
    /// The same, for further regions by a recorded delegation.
    Delegated(List<'b, u16>),
    /// Directly, by the command.
    Direct,
    /// For demonstrations; good under a demo root only.
    Demo,
}

impl<'b> StationKey<'b> {
    /// The key's id.
    #[must_use]
    pub fn id(&self) -> KeyId {
        KeyId::of(&self.key)
    }

    /// `[key, from, through, class]`, with class 1 also `[region …]`.
    fn read(fields: &mut Fields<'b>) -> Result<Self> {
        let at = fields.fault(Flaw::Count);
        let count = fields.count()?;
        let key = fields.exactly()?;
        let from = fields.day()?;
        let range = fields.fault(Flaw::Range);
        let through = fields.day()?;
        if through < from {
            return Err(range);
        }
        let class = match (fields.number::<u8>(0, 3)?, count) {
            (0, 4) => Class::Station,
            (1, 5) => Class::Delegated(at_most(REGIONS, fields, Fields::any, By::Itself)?),
            (2, 4) => Class::Direct,
            (3, 4) => Class::Demo,
            _ => return Err(at),
        };
        Ok(Self { key, from, through, class })
    }
}

/// Where a key id is found: lent by whoever opens a bundle, one for each listed key.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct KeySlot {
    kid: KeyId,
    side: Side,
    /// Offset of the key's station in its list.
    station: u32,
    /// Which of the station's keys.
    place: u16,
}

impl KeySlot {
    /// An empty slot.
    pub const EMPTY: Self =
        Self { kid: KeyId([0xff; 4]), side: Side::B, station: u32::MAX, place: 0 };

    /// One of the keys of the station that begins at `station` in its side's list.
    pub(crate) const fn new(kid: KeyId, side: Side, station: u32, place: u16) -> Self {
        Self { kid, side, station, place }
    }

    pub(crate) const fn kid(&self) -> KeyId {
        self.kid
    }

    pub(crate) const fn side(&self) -> Side {
        self.side
    }

    pub(crate) const fn station(&self) -> u32 {
        self.station
    }

    pub(crate) const fn place(&self) -> u16 {
        self.place
    }
}

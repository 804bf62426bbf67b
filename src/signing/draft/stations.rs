//! One side's stations and the keys they sign permits with.

use permit_core::trust;
use serde::{Deserialize, Serialize};

use super::{Date, DraftError, Half, Header, Key, Names, write::Writer};

/// A station list.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stations {
    /// Whose.
    pub side: Half,
    /// Version, times, zone.
    pub header: Header,
    /// The stations.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stations: Vec<Station>,
}

/// A station.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Station {
    /// Number, as permits carry it.
    pub number: u16,
    /// What it is.
    pub kind: Kind,
    /// Regions whose residents it serves.
    pub regions: Vec<u16>,
    /// Communes it serves, where it does not serve all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub communes: Vec<String>,
    /// Suspended from that day on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suspended: Option<Date>,
    /// Names.
    pub names: Names,
    /// Its keys.
    #[serde(default)]
    pub keys: Vec<StationKey>,
}

/// What a station is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Local public security.
    PublicSecurity,
    /// Border work station.
    BorderWork,
    /// Special personnel for communes without a station.
    SpecialPersonnel,
}

/// A key of a station.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StationKey {
    /// Raw public key.
    pub key: Key,
    /// First day on which it may issue.
    pub from: Date,
    /// Last day on which it may issue.
    pub through: Date,
    /// How it may be used.
    pub class: KeyClass,
    /// With class `delegated`: further regions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub regions: Vec<u16>,
}

/// How a station's key may be used.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum KeyClass {
    /// Through the station's approvals only.
    Station,
    /// The same, for further regions by a recorded delegation.
    Delegated,
    /// Directly, by the command.
    Direct,
    /// For demonstrations; good under a demo root only.
    Demo,
}

impl Stations {
    /// The bytes to sign.
    ///
    /// # Errors
    ///
    /// The field a reader would refuse.
    pub fn encode(&self) -> Result<Vec<u8>, DraftError> {
        let mut to = Writer::payload(7);
        self.header.write(&mut to);
        to.field("side", |to| self.side.write(to));
        to.list("stations", &self.stations, |station| station.number, Station::write);
        to.finish(|payload| trust::StationList::decode(payload).map(drop))
    }
}

impl Station {
    fn write(to: &mut Writer, station: &Self) {
        to.array(7);
        to.field("number", |to| to.number(station.number));
        to.field("kind", |to| to.number(station.kind as u8));
        station.names.write(to);
        to.list("regions", &station.regions, |number| *number, |to, number| to.number(*number));
        to.list("communes", &station.communes, |name| name.as_str(), |to, name| to.text(name));
        to.list("keys", &station.keys, |key| key.key, StationKey::write);
        let suspended = station.suspended;
        to.field("suspended", |to| to.optional(suspended, |to, day| to.number(day.0.number())));
    }
}

impl StationKey {
    fn write(to: &mut Writer, key: &Self) {
        // A list of regions on a key of another class makes five fields as well, so that core refuses
        // it rather than that it is dropped here.
        let delegated = key.class == KeyClass::Delegated || !key.regions.is_empty();
        to.array(if delegated { 5 } else { 4 });
        to.field("key", |to| to.bytes(&key.key.0));
        to.field("from", |to| to.number(key.from.0.number()));
        to.field("through", |to| to.number(key.through.0.number()));
        to.field("class", |to| to.number(key.class as u8));
        if delegated {
            to.list("regions", &key.regions, |number| *number, |to, number| to.number(*number));
        }
    }
}

impl From<&trust::StationList<'_>> for Stations {
    fn from(list: &trust::StationList<'_>) -> Self {
        let stations = list.stations.iter().map(|station| Station::from(&station)).collect();
        Self { side: list.side.into(), header: list.header.into(), stations }
    }
}

impl From<&trust::Station<'_>> for Station {
    fn from(station: &trust::Station<'_>) -> Self {
        let kind = match station.kind {
            trust::StationKind::PublicSecurity => Kind::PublicSecurity,
            trust::StationKind::BorderWork => Kind::BorderWork,
            trust::StationKind::SpecialPersonnel => Kind::SpecialPersonnel,
        };
        Self {
            number: station.number,
            kind,
            regions: station.regions.iter().collect(),
            communes: station.communes.iter().map(str::to_owned).collect(),
            suspended: station.suspended.map(Date),
            names: station.names.into(),
            keys: station.keys.iter().map(|key| StationKey::from(&key)).collect(),
        }
    }
}

impl From<&trust::StationKey<'_>> for StationKey {
    fn from(key: &trust::StationKey<'_>) -> Self {
        let (class, regions) = match key.class {
            trust::Class::Station => (KeyClass::Station, Vec::new()),
            trust::Class::Delegated(regions) => (KeyClass::Delegated, regions.iter().collect()),
            trust::Class::Direct => (KeyClass::Direct, Vec::new()),
            trust::Class::Demo => (KeyClass::Demo, Vec::new()),
        };
        let (from, through) = (Date(key.from), Date(key.through));
        Self { key: Key(key.key), from, through, class, regions }
    }
}

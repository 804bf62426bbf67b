//! What one side has taken back.

use std::collections::BTreeSet;

use permit_core::trust;
use serde::{Deserialize, Serialize};

use super::{Date, DraftError, Half, Header, Key, PayloadDigest, SerialList, Year, write::Writer};

/// A revocation list.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Revocations {
    /// Whose.
    pub side: Half,
    /// Version, times, zone.
    pub header: Header,
    /// Serials of which every copy is revoked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub serials: Vec<SerialList>,
    /// Permits of which only later copies are good.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub copies: Vec<Copies>,
    /// Blocked ranges.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ranges: Vec<Range>,
    /// Suspended stations.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stations: Vec<Suspension>,
    /// Stolen keys.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stolen: Vec<Stolen>,
}

/// A stolen key: nothing it signed is good but what is named here.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stolen {
    /// Raw public key.
    pub key: Key,
    /// Since when it may be in other hands.
    pub since: Date,
    /// What it really signed.
    pub digests: BTreeSet<PayloadDigest>,
}

/// A permit of which earlier copies are not good.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Copies {
    /// Number of the station.
    pub station: u16,
    /// Year.
    pub year: Year,
    /// Serial.
    pub serial: u32,
    /// The lowest copy that is good.
    pub copy: u8,
    /// True if the earlier ones were reported lost, false if they were reissued.
    pub lost: bool,
    /// Since when.
    pub since: Date,
}

/// A blocked range of serials.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Range {
    /// Number of the station.
    pub station: u16,
    /// Year.
    pub year: Year,
    /// First serial.
    pub first: u32,
    /// Last serial.
    pub last: u32,
    /// Since when.
    pub since: Date,
}

/// A suspended station.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Suspension {
    /// Number of the station.
    pub station: u16,
    /// Since when.
    pub since: Date,
}

impl Revocations {
    /// The bytes to sign.
    ///
    /// # Errors
    ///
    /// The field a reader would refuse.
    pub fn encode(&self) -> Result<Vec<u8>, DraftError> {
        let mut to = Writer::payload(10 + usize::from(!self.stolen.is_empty()));
        self.header.write(&mut to);
        to.field("side", |to| self.side.write(to));
        to.list(
            "serials",
            &self.serials,
            |list| (list.station, list.year),
            |to, list| {
                list.write(to);
            },
        );
        to.list("copies", &self.copies, |c| (c.station, c.year, c.serial), Copies::write);
        to.list("ranges", &self.ranges, |r| (r.station, r.year, r.first), Range::write);
        to.list(
            "stations",
            &self.stations,
            |suspension| suspension.station,
            |to, suspension| {
                to.array(2);
                to.field("station", |to| to.number(suspension.station));
                to.field("since", |to| to.number(suspension.since.0.number()));
            },
        );
        if !self.stolen.is_empty() {
            to.list("stolen", &self.stolen, |stolen| stolen.key, Stolen::write);
        }
        to.finish(|payload| trust::Revocations::decode(payload).map(drop))
    }
}

impl Copies {
    fn write(to: &mut Writer, copies: &Self) {
        to.array(6);
        to.field("station", |to| to.number(copies.station));
        to.field("year", |to| to.number(copies.year.years()));
        to.field("serial", |to| to.number(copies.serial));
        to.field("copy", |to| to.number(copies.copy));
        to.field("lost", |to| to.boolean(copies.lost));
        to.field("since", |to| to.number(copies.since.0.number()));
    }
}

impl Range {
    fn write(to: &mut Writer, range: &Self) {
        to.array(5);
        to.field("station", |to| to.number(range.station));
        to.field("year", |to| to.number(range.year.years()));
        to.field("first", |to| to.number(range.first));
        to.field("last", |to| to.number(range.last));
        to.field("since", |to| to.number(range.since.0.number()));
    }
}

impl Stolen {
    fn write(to: &mut Writer, stolen: &Self) {
        to.array(3);
        to.field("key", |to| to.bytes(&stolen.key.0));
        to.field("since", |to| to.number(stolen.since.0.number()));
        let digests: Vec<u8> = stolen.digests.iter().flat_map(|digest| digest.0).collect();
        to.field("digests", |to| to.bytes(&digests));
    }
}

impl From<&trust::Revocations<'_>> for Revocations {
    fn from(list: &trust::Revocations<'_>) -> Self {
        let copies = list.copies.iter().map(|copy| Copies {
            station: copy.station,
            year: Year::since_1900(copy.year),
            serial: copy.serial,
            copy: copy.copy,
            lost: copy.lost,
            since: Date(copy.since),
        });
        let ranges = list.ranges.iter().map(|range| Range {
            station: range.station,
            year: Year::since_1900(range.year),
            first: range.first,
            last: range.last,
            since: Date(range.since),
        });
        let stations = list.stations.iter();
        let stolen = list.stolen.iter().map(|stolen| Stolen {
            key: Key(stolen.key),
            since: Date(stolen.since),
            digests: stolen.digests().iter().copied().map(PayloadDigest).collect(),
        });
        Self {
            side: list.side.into(),
            header: list.header.into(),
            serials: list.serials.iter().map(SerialList::from).collect(),
            copies: copies.collect(),
            ranges: ranges.collect(),
            stations: stations
                .map(|(station, since)| Suspension { station, since: Date(since) })
                .collect(),
            stolen: stolen.collect(),
        }
    }
}

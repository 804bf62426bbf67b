//! A station's register of numbers given, as a file: what was signed under which number, and what is not good any more.
//!
//! `permit issue --register` keeps one, a desk exports one, and whoever publishes a side's lists takes both. It has no
//! name of anybody.

use core::fmt;

use permit_core::PermitId;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::draft::{Copies, Key, PayloadDigest, SerialList, Serials, Year};

/// The contents of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Register {
    /// Number of the station.
    pub station: u16,
    /// Set where a desk gives the station's numbers: nothing else gives one by this file.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub desk: bool,
    /// Numbers given, by year.
    #[serde(default)]
    pub years: Vec<SerialList>,
    /// What each key signed; permits of before this was kept are missing.
    #[serde(default)]
    pub signed: Vec<Signed>,
    /// Serials of which no copy is good any more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub revoked: Vec<SerialList>,
    /// Permits of which only later copies are good.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub copies: Vec<Copies>,
}

/// What one key signed in a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signed {
    /// Raw public key.
    pub key: Key,
    /// Year of the numbers.
    pub year: Year,
    /// `SERIAL/COPY DIGEST`.
    pub permits: Vec<Signing>,
}

/// One signing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signing {
    /// The serial.
    pub serial: u32,
    /// The copy.
    pub copy: u8,
    /// What was signed.
    pub digest: PayloadDigest,
}

impl fmt::Display for Signing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{} {}", self.serial, self.copy, self.digest)
    }
}

impl Serialize for Signing {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Signing {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        let signing = || {
            let (number, digest) = text.split_once(' ')?;
            let (serial, copy) = number.split_once('/')?;
            let (serial, copy) = (serial.parse().ok()?, copy.parse().ok()?);
            Some(Self { serial, copy, digest: digest.parse().ok()? })
        };
        signing().ok_or_else(|| de::Error::custom("not SERIAL/COPY DIGEST"))
    }
}

impl Register {
    /// An empty one.
    #[must_use]
    pub const fn new(station: u16) -> Self {
        Self {
            station,
            desk: false,
            years: Vec::new(),
            signed: Vec::new(),
            revoked: Vec::new(),
            copies: Vec::new(),
        }
    }

    /// The first station in it that is not its own.
    #[must_use]
    pub fn stranger(&self) -> Option<u16> {
        let lists = self.years.iter().chain(&self.revoked).map(|list| list.station);
        let copies = self.copies.iter().map(|it| it.station);
        lists.chain(copies).find(|station| *station != self.station)
    }

    /// Numbers of which a copy was given or signed: year since 1900 and serial, some of them more than once.
    pub fn numbers(&self) -> impl Iterator<Item = (u8, u32)> {
        let given = self.years.iter();
        let given = given.flat_map(|it| it.serials.iter().map(|serial| (it.year, serial)));
        let signed = self.signed.iter();
        let signed = signed.flat_map(|it| it.permits.iter().map(|one| (it.year, one.serial)));
        given.chain(signed).map(|(year, serial)| (year.years(), serial))
    }

    /// Serials given in a year.
    pub fn given(&mut self, year: Year) -> &mut Serials {
        of(&mut self.years, self.station, year)
    }

    /// Serials of a year of which no copy is good any more.
    pub fn revoked(&mut self, year: Year) -> &mut Serials {
        of(&mut self.revoked, self.station, year)
    }

    /// Enters what a key signs under a number.
    pub fn enter(&mut self, key: Key, id: PermitId, digest: PayloadDigest) {
        let year = Year::since_1900(id.year);
        let at = self.signed.iter().position(|it| (it.key, it.year) == (key, year));
        let at = at.unwrap_or_else(|| {
            self.signed.push(Signed { key, year, permits: Vec::new() });
            self.signed.len() - 1
        });
        self.signed[at].permits.push(Signing { serial: id.serial, copy: id.copy, digest });
    }
}

fn of(lists: &mut Vec<SerialList>, station: u16, year: Year) -> &mut Serials {
    let at = lists.iter().position(|list| list.year == year);
    let at = at.unwrap_or_else(|| {
        lists.push(SerialList { station, year, serials: Serials::default() });
        lists.len() - 1
    });
    &mut lists[at].serials
}

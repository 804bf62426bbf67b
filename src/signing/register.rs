//! A station's register of numbers given, as a file: what was signed under which number, and what is not good any more.
//!
//! `permit issue --register` keeps one, a desk exports one, and whoever publishes a side's lists takes both. It has no
//! name of anybody.

use core::fmt;
use std::collections::BTreeSet;

use permit_core::PermitId;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use thiserror::Error;

use crate::draft::{Copies, Key, PayloadDigest, SerialList, Serials, Year, toml_flaw};

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

/// Why a text is no register.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[non_exhaustive]
pub enum Unread {
    /// Line, column, reason.
    #[error("{0}")]
    Text(String),
    /// It has numbers of another station.
    #[error("station {0}")]
    Station(u16),
}

/// Why it is not known what a key really signed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
#[non_exhaustive]
pub enum NotKnown {
    /// Numbers were given of which it is not known what was signed.
    #[error("of {0} numbers it is not known what was signed")]
    Numbers(usize),
    /// The register knows no such key.
    #[error("the register knows no such key")]
    Key,
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

    /// Reads the file.
    ///
    /// # Errors
    ///
    /// Where it stops being one, in one line.
    pub fn read(text: &str) -> Result<Self, Unread> {
        let register: Self =
            toml::from_str(text).map_err(|error| Unread::Text(toml_flaw(text, &error)))?;
        match register.stranger() {
            Some(other) => Err(Unread::Station(other)),
            None => Ok(register),
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

    /// Everything that one key signed, by its id or in hexadecimal; it has to be known of every number.
    ///
    /// # Errors
    ///
    /// When it is not, or the register does not know the key.
    pub fn signed_by(&self, name: &str) -> Result<(Key, BTreeSet<PayloadDigest>), NotKnown> {
        let unknown = self.unknown();
        if unknown > 0 {
            return Err(NotKnown::Numbers(unknown));
        }
        let named = |it: &&Signed| it.key.to_string() == name || it.key.id().to_string() == name;
        let key = self.signed.iter().find(named).map(|it| it.key).ok_or(NotKnown::Key)?;
        let of_key = self.signed.iter().filter(|it| it.key == key);
        let digests = of_key.flat_map(|it| it.permits.iter().map(|entry| entry.digest));
        Ok((key, digests.collect()))
    }

    /// How many numbers were given of which it is not known what was signed.
    fn unknown(&self) -> usize {
        let first = |it: &Signed| {
            let year = it.year;
            let of_first = it.permits.iter().filter(|entry| entry.copy == 1);
            of_first.map(move |entry| (year, entry.serial)).collect::<Vec<_>>()
        };
        let known: BTreeSet<(Year, u32)> = self.signed.iter().flat_map(first).collect();
        let given =
            self.years.iter().flat_map(|list| list.serials.iter().map(|it| (list.year, it)));
        given.filter(|number| !known.contains(number)).count()
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

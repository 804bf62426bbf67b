//! Sets of serials: written as numbers and runs (`[3, "10-25"]`), signed as bits.

use core::fmt;
use std::collections::BTreeSet;

use permit_core::{
    PermitId,
    trust::{BITS, Bits},
};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser::SerializeSeq};
use thiserror::Error;

use super::{Year, write::Writer};

/// Serials of one station and year.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SerialList {
    /// Number of the station.
    pub station: u16,
    /// Year.
    pub year: Year,
    /// The serials.
    pub serials: Serials,
}

impl SerialList {
    pub(super) fn write(&self, to: &mut Writer) {
        to.array(3);
        to.field("station", |to| to.number(self.station));
        to.field("year", |to| to.number(self.year.years()));
        to.field("serials", |to| to.bytes(&self.serials.bits()));
    }
}

impl From<Bits<'_>> for SerialList {
    fn from(bits: Bits<'_>) -> Self {
        let serials = Serials(bits.serials().collect());
        Self { station: bits.station, year: Year::since_1900(bits.year), serials }
    }
}

/// A set of serials, 1–1048575: what one bit list holds.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Serials(BTreeSet<u32>);

/// Not serials.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
#[non_exhaustive]
pub enum SerialsError {
    /// Outside what a bit list holds.
    #[error("serial {serial} is outside 1–{}", Serials::MOST)]
    Range {
        /// The number.
        serial: u32,
    },
    /// Neither a number nor two with a hyphen.
    #[error("neither a serial nor a run such as \"10-25\"")]
    Form,
}

impl Serials {
    /// The highest serial a bit list holds.
    pub const MOST: u32 = 1_048_575;

    /// Adds a serial; false if it was there.
    ///
    /// # Errors
    ///
    /// When no bit list can hold it.
    pub fn insert(&mut self, serial: u32) -> Result<bool, SerialsError> {
        if serial == 0 || serial > Self::MOST {
            return Err(SerialsError::Range { serial });
        }
        Ok(self.0.insert(serial))
    }

    /// The serials, ascending.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.0.iter().copied()
    }

    /// True when there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Serial s is bit 7 − (s mod 8) of byte s div 8; the last byte is not 0.
    fn bits(&self) -> Vec<u8> {
        let index = |serial: u32| (serial / 8) as usize;
        let mut bits = vec![0; self.0.last().map_or(0, |last| index(*last) + 1)];
        for serial in &self.0 {
            bits[index(*serial)] |= 0x80 >> (serial % 8);
        }
        bits
    }

    /// First and last of each run.
    fn runs(&self) -> Vec<(u32, u32)> {
        let mut runs: Vec<(u32, u32)> = Vec::new();
        for serial in self.iter() {
            match runs.last_mut() {
                Some((_, last)) if *last + 1 == serial => *last = serial,
                _ => runs.push((serial, serial)),
            }
        }
        runs
    }

    fn insert_run(&mut self, text: &str) -> Result<(), SerialsError> {
        let (first, last) = text.split_once('-').ok_or(SerialsError::Form)?;
        let number = |text: &str| text.trim().parse::<u32>().map_err(|_| SerialsError::Form);
        let (first, last) = (number(first)?, number(last)?);
        if last < first {
            return Err(SerialsError::Form);
        }
        // The ends first: a run of four thousand million is not walked.
        self.insert(last)?;
        (first..=last).try_for_each(|serial| self.insert(serial).map(drop))
    }
}

const _: () =
    assert!(Serials::MOST as usize == BITS * 8 - 1 && Serials::MOST <= PermitId::LAST_SERIAL);

impl Serialize for Serials {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let runs = self.runs();
        let mut list = to.serialize_seq(Some(runs.len()))?;
        for (first, last) in runs {
            if first == last {
                list.serialize_element(&first)?;
            } else {
                list.serialize_element(&format!("{first}-{last}"))?;
            }
        }
        list.end()
    }
}

impl<'de> Deserialize<'de> for Serials {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Runs;

        impl<'de> de::Visitor<'de> for Runs {
            type Value = Serials;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("serials and runs, [3, \"10-25\"]")
            }

            fn visit_seq<A: de::SeqAccess<'de>>(self, mut list: A) -> Result<Serials, A::Error> {
                let mut serials = Serials::default();
                while let Some(run) = list.next_element::<Run>()? {
                    match run {
                        Run::One(serial) => serials.insert(serial).map(drop),
                        Run::Many(text) => serials.insert_run(&text),
                    }
                    .map_err(de::Error::custom)?;
                }
                Ok(serials)
            }
        }

        from.deserialize_seq(Runs)
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Run {
    One(u32),
    Many(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_and_bits() {
        let serials: Serials = serde_json::from_str(r#"[3, "10-12", 9, "8-8"]"#).unwrap();
        assert_eq!(serials.iter().collect::<Vec<_>>(), [3, 8, 9, 10, 11, 12]);
        assert_eq!(serde_json::to_string(&serials).unwrap(), r#"[3,"8-12"]"#);
        assert_eq!(serials.bits(), [0b0001_0000, 0b1111_1000]);
    }

    #[test]
    fn not_serials() {
        for text in ["[0]", "[1048576]", r#"["5-4"]"#, r#"["1-4294967295"]"#, r#"["a"]"#, "[1.5]"] {
            assert!(serde_json::from_str::<Serials>(text).is_err(), "{text}");
        }
    }
}

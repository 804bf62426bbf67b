//! What one side has taken back: serials, copies, ranges, stations, stolen keys.
//!
//! Exact and complete: a newer list replaces the older one whole. It says which permits, never why and
//! never whose. Of a key that was stolen it says what was really signed with it, since a thief dates what he
//! signs as he likes and picks a number that was given: nothing else by that key is good.

use crate::{
    Day, Fault, Flaw, PermitId, Revocation, Side,
    cbor::{Fields, Result},
    key::sha256,
    trust::{
        bits::Bits,
        header::{self, Header},
        list::{By, List, at_most, list},
        stations::STATION_KEYS,
    },
};

/// A revocation list.
#[derive(Clone, Copy, Debug)]
pub struct Revocations<'b> {
    /// Version, times, zone.
    pub header: Header,
    /// Whose.
    pub side: Side,
    /// By station and year: a set bit revokes every copy.
    pub serials: List<'b, Bits<'b>>,
    /// Permits of which only later copies are good.
    pub copies: List<'b, GoodCopy>,
    /// Ranges of serials that are blocked, such as a stolen batch.
    pub ranges: List<'b, Range>,
    /// Stations suspended, and since when.
    pub stations: List<'b, (u16, Day)>,
    /// Keys that were stolen, by key.
    pub stolen: List<'b, StolenKey<'b>>,
}

/// How many bytes of a payload's SHA-256 say that it was really signed.
///
/// A thief may try as many payloads as he can hash against all digests at once: with 8 bytes and 100,000 digests he
/// needs 2⁴⁷ tries, with 16 he needs 2¹¹¹.
pub const DIGEST: usize = 16;

/// A stolen key, and what was really signed with it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct StolenKey<'b> {
    /// Raw public key.
    pub key: [u8; 32],
    /// Since when it may be in other hands: told to people, and decides nothing.
    pub since: Day,
    digests: &'b [u8],
}

impl<'b> StolenKey<'b> {
    /// What a payload is known by.
    #[must_use]
    pub fn digest(payload: &[u8]) -> [u8; DIGEST] {
        let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, ..] = sha256(&[payload]);
        [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p]
    }

    /// What was really signed, ascending.
    #[must_use]
    pub const fn digests(&self) -> &'b [[u8; DIGEST]] {
        self.digests.as_chunks().0
    }

    /// True if this payload was really signed.
    #[must_use]
    pub fn signed(&self, payload: &[u8]) -> bool {
        self.digests().binary_search(&Self::digest(payload)).is_ok()
    }

    /// `[key, since, digests]`; [`Self::flaw`] is asked once, when the list is taken.
    fn read(fields: &mut Fields<'b>) -> Result<Self> {
        fields.array(3)?;
        Ok(Self { key: fields.exactly()?, since: fields.day()?, digests: fields.bytes()? })
    }

    fn flaw(&self) -> Option<Flaw> {
        if !self.digests.len().is_multiple_of(DIGEST) {
            return Some(Flaw::Count);
        }
        let ascends = self.digests().is_sorted_by(|before, next| before < next);
        (!ascends).then_some(Flaw::Unsorted)
    }
}

/// A permit of which earlier copies are not good.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct GoodCopy {
    /// Number of the station.
    pub station: u16,
    /// Year, since 1900.
    pub year: u8,
    /// Serial.
    pub serial: u32,
    /// The lowest copy that is good.
    pub copy: u8,
    /// True if the earlier ones were reported lost, false if they were reissued.
    pub lost: bool,
    /// Since when.
    pub since: Day,
}

/// A blocked range of serials.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Range {
    /// Number of the station.
    pub station: u16,
    /// Year, since 1900.
    pub year: u8,
    /// First serial.
    pub first: u32,
    /// Last serial.
    pub last: u32,
    /// Since when.
    pub since: Day,
}

impl<'b> Revocations<'b> {
    /// Reads `[header…, side, serials, copies, ranges, stations]`, and `stolen` where there are any.
    ///
    /// # Errors
    ///
    /// The byte where it stops being a revocation list.
    pub fn decode(payload: &'b [u8]) -> core::result::Result<Self, Fault> {
        let (header, mut fields, count) = header::open_any(payload)?;
        if !matches!(count, 10 | 11) {
            return Err(Fault { offset: 0, flaw: Flaw::Count });
        }
        let side = header::side(&mut fields)?;
        let at = fields.fault(Flaw::Range);
        let serials = list(&mut fields, Bits::read, By::Fields(2))?;
        let copies = list(&mut fields, GoodCopy::read, By::Fields(3))?;
        let ranges = list(&mut fields, Range::read, By::Fields(3))?;
        let stations = list(&mut fields, suspension, By::Fields(1))?;
        let stolen = match count {
            10 => List::EMPTY,
            _ => stolen(&mut fields)?,
        };
        let all = Self { header, side, serials, copies, ranges, stations, stolen };
        let ours = |station| station > 0 && Side::of_station(station) == side;
        let all_ours = all.serials.iter().all(|bits| ours(bits.station))
            && all.copies.iter().all(|copy| ours(copy.station))
            && all.ranges.iter().all(|range| ours(range.station))
            && all.stations.iter().all(|(station, _)| ours(station));
        if all_ours { Ok(all) } else { Err(at) }
    }

    /// How this permit was taken back, if it was, and since when where the list says.
    #[must_use]
    pub fn revoked(&self, id: &PermitId) -> Option<(Revocation, Option<Day>)> {
        let key = [id.station.into(), id.year.into()];
        if self.serials.seek(key).is_some_and(|bits| bits.contains(id.serial)) {
            return Some((Revocation::Serial, None));
        }
        let of_station =
            self.ranges.iter().skip_while(|r| (r.station, r.year) < (id.station, id.year));
        let of_station = of_station.take_while(|r| (r.station, r.year) == (id.station, id.year));
        let range = of_station.into_iter().find(|r| (r.first..=r.last).contains(&id.serial));
        if let Some(range) = range {
            return Some((Revocation::Range, Some(range.since)));
        }
        self.good_copy(id)
            .filter(|good| good.lost && id.copy < good.copy)
            .map(|good| (Revocation::Lost, Some(good.since)))
    }

    /// The entry that says which copies of this permit are good, if there is one.
    #[must_use]
    pub fn good_copy(&self, id: &PermitId) -> Option<GoodCopy> {
        self.copies.seek([id.station.into(), id.year.into(), id.serial])
    }

    /// Since when a station is suspended, if it is.
    #[must_use]
    pub fn suspended(&self, station: u16) -> Option<Day> {
        self.stations.seek([station.into()]).map(|(_, since)| since)
    }
}

impl<'b> Revocations<'b> {
    /// The entry of a stolen key, if it is one.
    #[must_use]
    pub fn stolen(&self, key: &[u8; 32]) -> Option<StolenKey<'b>> {
        self.stolen.iter().find(|stolen| stolen.key == *key)
    }
}

/// At least one: none is said by leaving the list out.
fn stolen<'b>(fields: &mut Fields<'b>) -> Result<List<'b, StolenKey<'b>>> {
    let at = fields.fault(Flaw::Redundant);
    let stolen = at_most(STATION_KEYS, fields, StolenKey::read, By::Fields(1))?;
    match stolen.iter().find_map(|key| key.flaw()) {
        Some(flaw) => Err(Fault { flaw, ..at }),
        None if stolen.is_empty() => Err(at),
        None => Ok(stolen),
    }
}

impl GoodCopy {
    /// `[station, year, serial, copy, lost, since]`
    fn read(fields: &mut Fields<'_>) -> Result<Self> {
        fields.array(6)?;
        Ok(Self {
            station: fields.any()?,
            year: fields.any()?,
            serial: serial(fields)?,
            copy: fields.positive()?,
            lost: fields.boolean()?,
            since: fields.day()?,
        })
    }
}

impl Range {
    /// `[station, year, first, last, since]`
    fn read(fields: &mut Fields<'_>) -> Result<Self> {
        fields.array(5)?;
        let (station, year, first) = (fields.any()?, fields.any()?, serial(fields)?);
        let at = fields.fault(Flaw::Range);
        let last = serial(fields)?;
        if last < first {
            return Err(at);
        }
        Ok(Self { station, year, first, last, since: fields.day()? })
    }
}

fn serial(fields: &mut Fields<'_>) -> Result<u32> {
    fields.number(1, PermitId::LAST_SERIAL.into())
}

/// `[station, since]`
fn suspension(fields: &mut Fields<'_>) -> Result<(u16, Day)> {
    fields.array(2)?;
    Ok((fields.any()?, fields.day()?))
}

//! A station's key that may sign directly, and what it makes of a row.

use heapless::{String as Short, Vec as Few};
use permit_core::{
    Birth, Day, Flaw, KeyId, Permit, PermitId, SealError, Side, Signer, Text, Trust,
    permit::{Options, PAYLOAD},
    seal,
    trust::{Class, Names, Region, Station, StationKey, ZoneRegister},
};
use thiserror::Error;

use super::{
    Problem, Why,
    dates::iso,
    normal,
    row::{FIELDS, Row},
};
use crate::draft::{Date, PayloadDigest};

/// A listed key of a station that may sign without the station's approvals, on a day.
#[derive(Clone, Debug)]
pub struct Issuer<'t> {
    zone: ZoneRegister<'t>,
    side: Side,
    station: Station<'t>,
    key: StationKey<'t>,
    today: Day,
    demo: bool,
}

/// Why a key may not issue with the command.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
#[non_exhaustive]
pub enum NotAnIssuer {
    /// No station lists it.
    #[error("no station of this bundle lists key {key}")]
    Unlisted {
        /// Its id.
        key: KeyId,
    },
    /// It signs directly, without approvals: no desk has it.
    #[error("the key of station {station} signs directly, not through approvals")]
    Direct {
        /// Whose it is.
        station: u16,
    },
    /// It signs through the station's approvals only.
    #[error("the key of station {station} signs through the station's approvals only")]
    ThroughApprovals {
        /// Whose it is.
        station: u16,
    },
    /// Today is outside its window.
    #[error("the key of station {station} may issue from {from} through {through}, not on {today}")]
    Window {
        /// Whose it is.
        station: u16,
        /// First day.
        from: Day,
        /// Last day.
        through: Day,
        /// Today.
        today: Day,
    },
    /// The station is suspended.
    #[error("station {station} is suspended since {since}")]
    Suspended {
        /// Which.
        station: u16,
        /// Since when.
        since: Day,
    },
    /// The key was reported stolen.
    #[error("the key of station {station} was reported stolen on {since}")]
    Stolen {
        /// Whose it is.
        station: u16,
        /// Since when it may be in other hands.
        since: Day,
    },
    /// A demo key under a root that is not one.
    #[error("the key of station {station} is a demo key, and this root is not a demonstration")]
    Demo {
        /// Whose it is.
        station: u16,
    },
}

/// A permit with everything but its number.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Request {
    permit: Permit,
    replaces: Option<PermitId>,
}

impl Request {
    /// The permit under this number.
    #[must_use]
    pub fn numbered(&self, id: PermitId) -> Permit {
        Permit { id, ..self.permit.clone() }
    }

    /// What the permit under this number is known by, before it is signed.
    ///
    /// # Errors
    ///
    /// The flaw for which a reader would refuse the permit.
    pub fn digest(&self, id: PermitId) -> Result<PayloadDigest, Flaw> {
        let mut payload = [0; PAYLOAD];
        let length = self.numbered(id).encode(&mut payload)?;
        Ok(PayloadDigest::of(&payload[..length]))
    }

    /// The number it must have, when it replaces an earlier copy: the next copy of that one.
    #[must_use]
    pub fn number(&self) -> Option<PermitId> {
        self.replaces
    }
}

impl<'t> Issuer<'t> {
    /// Finds the station that lists a key, and asks whether the key may sign directly today.
    ///
    /// # Errors
    ///
    /// Why not.
    pub fn find(trust: &Trust<'t>, public: &[u8; 32], today: Day) -> Result<Self, NotAnIssuer> {
        Self::listed(trust, public, today, true)
    }

    /// The same of a key that signs through the station's approvals only: a desk's.
    ///
    /// # Errors
    ///
    /// Why not.
    pub fn through_approvals(
        trust: &Trust<'t>,
        public: &[u8; 32],
        today: Day,
    ) -> Result<Self, NotAnIssuer> {
        Self::listed(trust, public, today, false)
    }

    fn listed(
        trust: &Trust<'t>,
        public: &[u8; 32],
        today: Day,
        directly: bool,
    ) -> Result<Self, NotAnIssuer> {
        let unlisted = NotAnIssuer::Unlisted { key: KeyId::of(public) };
        let (side, station, key) = listed(trust, public).ok_or(unlisted)?;
        let number = station.number;
        match key.class {
            Class::Station | Class::Delegated(_) if directly => {
                return Err(NotAnIssuer::ThroughApprovals { station: number });
            }
            Class::Station | Class::Delegated(_) => {}
            Class::Demo | Class::Direct if !directly => {
                return Err(NotAnIssuer::Direct { station: number });
            }
            Class::Demo if !trust.is_demo() => return Err(NotAnIssuer::Demo { station: number }),
            Class::Demo | Class::Direct => {}
        }
        let revocations = trust.lists(side).map(|lists| lists.revocations);
        if let Some(stolen) = revocations.and_then(|list| list.stolen(public)) {
            return Err(NotAnIssuer::Stolen { station: number, since: stolen.since });
        }
        let revoked = revocations.and_then(|list| list.suspended(number));
        let suspended = [station.suspended, revoked].into_iter().flatten().min();
        if let Some(since) = suspended.filter(|since| *since <= today) {
            return Err(NotAnIssuer::Suspended { station: number, since });
        }
        if today < key.from || today > key.through {
            let (from, through) = (key.from, key.through);
            return Err(NotAnIssuer::Window { station: number, from, through, today });
        }
        let demo = trust.is_demo();
        Ok(Self { zone: *trust.zone(), side, station, key, today, demo })
    }

    /// The station.
    #[must_use]
    pub const fn station(&self) -> &Station<'t> {
        &self.station
    }

    /// Its key.
    #[must_use]
    pub const fn key(&self) -> &StationKey<'t> {
        &self.key
    }

    /// The zone register it issues under.
    #[must_use]
    pub const fn zone(&self) -> &ZoneRegister<'t> {
        &self.zone
    }

    /// The day it issues on.
    #[must_use]
    pub const fn today(&self) -> Day {
        self.today
    }

    /// True if what it signs is a demonstration and must be printed as a specimen.
    #[must_use]
    pub fn is_demo(&self) -> bool {
        self.demo || matches!(self.key.class, Class::Demo)
    }

    /// Understands a row, filling in what the zone register says.
    ///
    /// # Errors
    ///
    /// Every problem of the row.
    pub fn check(&self, row: &Row) -> Result<Request, Vec<Problem>> {
        let mut reading = Reading { issuer: self, row, problems: Vec::new() };
        let request = reading.request();
        match request {
            Some(request) if reading.problems.is_empty() => Ok(request),
            _ => Err(reading.problems),
        }
    }

    /// Signs a request under a number of this station.
    ///
    /// # Errors
    ///
    /// When the signer is not this issuer's key or cannot sign, or a reader would refuse the permit.
    pub fn seal<S: Signer>(
        &self,
        request: &Request,
        id: PermitId,
        signer: &S,
    ) -> Result<(Permit, Text), IssueError<S::Error>> {
        if signer.public_key() != self.key.key || id.station != self.station.number {
            return Err(IssueError::OtherKey { station: self.station.number });
        }
        let permit = request.numbered(id);
        let text = seal(&permit, signer)?;
        Ok((permit, text))
    }
}

/// Why a permit was not signed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
#[non_exhaustive]
pub enum IssueError<E: core::fmt::Debug + core::fmt::Display> {
    /// Another key, or a number of another station.
    #[error("not the key or not a number of station {station}")]
    OtherKey {
        /// The station that was to sign.
        station: u16,
    },
    /// Not sealed.
    #[error(transparent)]
    Seal(#[from] SealError<E>),
}

fn listed<'t>(trust: &Trust<'t>, public: &[u8; 32]) -> Option<(Side, Station<'t>, StationKey<'t>)> {
    let each = |side| trust.lists(side).map(|lists| (side, lists.stations.stations));
    Side::BOTH.into_iter().filter_map(each).find_map(|(side, stations)| {
        stations.iter().find_map(|station| {
            let key = station.keys.iter().find(|key| key.key == *public)?;
            Some((side, station, key))
        })
    })
}

/// A row being understood: problems gather, nothing stops at the first.
struct Reading<'r, 't> {
    issuer: &'r Issuer<'t>,
    row: &'r Row,
    problems: Vec<Problem>,
}

impl Reading<'_, '_> {
    fn request(&mut self) -> Option<Request> {
        self.unknown();
        let latin = self.needed("latin", normal::latin);
        let native = self.field("native", normal::native);
        let (from, through) = self.dates();
        let birth = self.needed("birth", birth);
        let nationality = self.needed("nationality", country);
        let region = self.region(from);
        let (replaces, options) = (self.replaces(), self.options(from));
        if birth.is_some_and(|birth| earliest(birth) > from) {
            self.problem("birth", Why::BornLater);
        }
        let permit = Permit {
            id: PermitId { station: self.issuer.station.number, year: 0, serial: 1, copy: 1 },
            latin: short(&latin?)?,
            native: native.as_deref().map(short).unwrap_or_default(),
            birth: birth?,
            nationality: nationality?,
            region: region?,
            zone: self.issuer.zone.header.zone,
            from,
            through,
            options,
        };
        Some(Request { permit, replaces })
    }

    fn problem(&mut self, field: &str, why: Why) {
        self.problems.push(Problem { field: field.to_owned(), why });
    }

    fn unknown(&mut self) {
        let unknown: Vec<String> = self.row.0.keys().filter(|n| !is_field(n)).cloned().collect();
        for field in unknown {
            self.problem(&field, Why::Unknown);
        }
    }

    /// A field that may be left out.
    fn field<T>(&mut self, field: &str, read: impl FnOnce(&str) -> Result<T, Why>) -> Option<T> {
        let read = match self.row.one(field)? {
            Ok(text) => read(text),
            Err(()) => Err(Why::List),
        };
        read.map_err(|why| self.problem(field, why)).ok()
    }

    fn needed<T>(&mut self, field: &str, read: impl FnOnce(&str) -> Result<T, Why>) -> Option<T> {
        if self.row.one(field).is_none() {
            self.problem(field, Why::Missing);
        }
        self.field(field, read)
    }

    /// First and last day; the register's validity from today where the row says nothing.
    fn dates(&mut self) -> (Day, Day) {
        let (today, limits) = (self.issuer.today, self.issuer.zone.limits);
        let from = self.field("from", date).unwrap_or(today);
        if from < today {
            self.problem("from", Why::Past { today });
        }
        let fill = i32::from(limits.validity) - 1;
        let through = self.field("through", date).unwrap_or_else(|| from.plus(fill));
        let (days, longest) = (through.since(from) + 1, u32::from(limits.longest_validity));
        match u32::try_from(days) {
            Ok(days) if days > longest => self.problem("through", Why::Validity { days, longest }),
            Ok(1..) => {}
            _ => self.problem("through", Why::BeforeFrom { from }),
        }
        (from, through)
    }

    fn region(&mut self, from: Day) -> Option<u16> {
        let issuer = self.issuer;
        let number = self.needed("region", |text| {
            let regions = issuer.zone.regions.iter();
            pick(text, regions.map(|region| (region.number, region.id, region.names)))
        })?;
        let region = issuer.zone.region(number)?;
        if !serves(issuer, &region) {
            self.problem("region", Why::NotServed);
        } else if !region.is_member(from) {
            self.problem("region", Why::OutsideZone);
        }
        Some(number)
    }

    fn options(&mut self, from: Day) -> Options {
        let issuer = self.issuer;
        let entries = self.field("entries", |text| match text {
            "unlimited" => Ok(None),
            text => number(text, 1, u32::MAX).map(Some),
        });
        Options {
            crossings: self.crossings(),
            issued: (issuer.today < from).then_some(issuer.today),
            entries: entries.unwrap_or(issuer.zone.limits.entries),
            stay: self.field("stay", |text| small(text, 1, u16::MAX)),
            children: self.field("children", |text| small(text, 0, 9)).filter(|n| *n > 0),
            document: self.field("document", normal::document).and_then(|text| short::<20>(&text)),
            portrait: None,
            specimen: self.field("specimen", boolean).unwrap_or_default(),
        }
    }

    fn crossings(&mut self) -> Few<u16, 24> {
        let mut numbers = Vec::new();
        for text in self.row.many("crossings") {
            let crossings = self.issuer.zone.crossings.iter();
            let found = pick(text, crossings.map(|it| (it.number, it.id, it.names)));
            match found {
                Ok(number) => numbers.push(number),
                Err(why) => self.problem("crossings", why),
            }
        }
        numbers.sort_unstable();
        numbers.dedup();
        Few::from_slice(&numbers).unwrap_or_else(|_| {
            self.problem("crossings", Why::TooMany { most: 24 });
            Few::new()
        })
    }

    fn replaces(&mut self) -> Option<PermitId> {
        let station = self.issuer.station.number;
        self.field("replaces", |text| {
            let id: PermitId = normal::digits(text).parse().map_err(Why::PermitNumber)?;
            if id.station != station {
                return Err(Why::OtherStation { station: id.station });
            }
            let copy = id.copy.checked_add(1).ok_or(Why::LastCopy)?;
            Ok(PermitId { copy, ..id })
        })
    }
}

fn is_field(name: &str) -> bool {
    FIELDS.contains(&name)
}

/// As the verifier asks it: the station's own regions of its own side, and those that were delegated to the key.
fn serves(issuer: &Issuer<'_>, region: &Region<'_>) -> bool {
    let is = |number: u16| number == region.number;
    let delegated = matches!(issuer.key.class, Class::Delegated(regions) if regions.iter().any(is));
    region.side == issuer.side && (delegated || issuer.station.regions.iter().any(is))
}

/// Finds one entry by number, identifier or a name in any form.
fn pick<'n>(
    text: &str,
    entries: impl Iterator<Item = (u16, &'n str, Names<'n>)>,
) -> Result<u16, Why> {
    let wanted = normal::folded(text);
    let number: Option<u16> = wanted.trim().parse().ok();
    let hit = |(have, id, names): &(u16, &str, Names<'_>)| {
        Some(*have) == number
            || *id == wanted
            || names.iter().any(|(_, name)| normal::folded(name) == wanted)
    };
    let mut found = entries.filter(hit).map(|(number, ..)| number);
    let first = found.next().ok_or(Why::NotInRegister)?;
    if found.next().is_some() { Err(Why::Ambiguous) } else { Ok(first) }
}

fn date(text: &str) -> Result<Day, Why> {
    iso(&normal::digits(text)).parse::<Date>().map(|date| date.0).map_err(|_| Why::Date)
}

/// A birth as far as it is known, as [`iso`] reads it: `1931-04-02`, `1931-04` or `1931`.
///
/// # Errors
///
/// [`Why::Birth`], or of a day that is none.
pub fn birth(text: &str) -> Result<Birth, Why> {
    let text = iso(&normal::digits(text));
    let year = |text: &str| match text.parse::<u16>() {
        Ok(year @ 1800..=2155) if text.len() == 4 => Ok(year),
        _ => Err(Why::Birth),
    };
    match text.split('-').collect::<Vec<_>>()[..] {
        [only] => Ok(Birth::Year(year(only)?)),
        [first, month] => {
            let month = month.parse().ok().filter(|n| month.len() == 2 && (1..=12).contains(n));
            Ok(Birth::Month(year(first)?, month.ok_or(Why::Birth)?))
        }
        _ => text.parse::<Date>().map(|date| Birth::Day(date.0)).map_err(|_| Why::Birth),
    }
}

/// The first day a birth can have been on.
fn earliest(birth: Birth) -> Day {
    let first = |year: u16, month| Day::from_civil(year.into(), month, 1);
    match birth {
        Birth::Day(day) => day,
        Birth::Year(year) => first(year, 1).unwrap_or(Day::EARLIEST_BIRTH),
        Birth::Month(year, month) => first(year, month).unwrap_or(Day::EARLIEST_BIRTH),
    }
}

/// ISO 3166-1: any number, and the letters of the two sides and their neighbours.
fn country(text: &str) -> Result<u16, Why> {
    let text = normal::digits(text).to_ascii_uppercase();
    match text.as_str() {
        "CN" | "CHN" => Ok(156),
        "KP" | "PRK" => Ok(408),
        "KR" | "KOR" => Ok(410),
        "MN" | "MNG" => Ok(496),
        "RU" | "RUS" => Ok(643),
        number => number.parse().ok().filter(|n| (1..=999).contains(n)).ok_or(Why::Country),
    }
}

fn number(text: &str, least: u32, most: u32) -> Result<u32, Why> {
    let number = normal::digits(text).parse().ok();
    number.filter(|n| (least..=most).contains(n)).ok_or(Why::Number { least, most })
}

fn small<T: TryFrom<u32> + Into<u32>>(text: &str, least: u32, most: T) -> Result<T, Why> {
    let most = most.into();
    T::try_from(number(text, least, most)?).map_err(|_| Why::Number { least, most })
}

fn boolean(text: &str) -> Result<bool, Why> {
    match text {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(Why::Boolean),
    }
}

/// The alphabets' checks bounded the length already.
fn short<const N: usize>(text: &str) -> Option<Short<N>> {
    Short::try_from(text).ok()
}

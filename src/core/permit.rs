//! The permit: what a station signs and a card carries.
//!
//! One array, then options; one permit has one encoding. Reading refuses everything else, so that the
//! bytes a signature covers and the facts shown to a guard can never drift apart. No field tells
//! anything about a person beyond what the guard compares with the document in the holder's hand.

use heapless::{String, Vec};
use minicbor::{Encoder, encode::write::Cursor};

use crate::{
    Day, Fault, Flaw, Newer, Side, TEXT_WITHOUT_PORTRAIT,
    cbor::{self, Fields, PERMIT_DEPTH},
    text,
};

/// Longest payload in bytes: the longest text holds no more.
pub const PAYLOAD: usize = 1024;

/// Crossings a permit names; at most 24.
pub type Crossings = Vec<u16, 24>;

/// Which permit: station, year, serial, copy.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PermitId {
    /// Number of the issuing station, from 1.
    pub station: u16,
    /// Year of the serial, since 1900.
    pub year: u8,
    /// Serial within station and year, 1–16777215.
    pub serial: u32,
    /// Which print of this permit: a reprint raises it and supersedes the earlier ones.
    pub copy: u8,
}

impl PermitId {
    /// Highest serial.
    pub const LAST_SERIAL: u32 = 0xff_ffff;

    /// The seven bytes of the payload.
    #[must_use]
    pub const fn to_bytes(self) -> [u8; 7] {
        let [s, t] = self.station.to_be_bytes();
        let [_, a, b, c] = self.serial.to_be_bytes();
        [s, t, self.year, a, b, c, self.copy]
    }

    /// Reads seven bytes; `None` for station 0 or serial 0.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 7]) -> Option<Self> {
        let [s, t, year, a, b, c, copy] = bytes;
        let id = Self {
            station: u16::from_be_bytes([s, t]),
            year,
            serial: u32::from_be_bytes([0, a, b, c]),
            copy,
        };
        if id.station == 0 || id.serial == 0 { None } else { Some(id) }
    }

    /// The side its station belongs to.
    #[must_use]
    pub const fn side(self) -> Side {
        Side::of_station(self.station)
    }
}

/// What is known of a birth.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Birth {
    /// The day.
    Day(Day),
    /// The year, 1800–2155.
    Year(u16),
    /// Year and month 1–12.
    Month(u16, u8),
}

/// A border permit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Permit {
    /// Which permit.
    pub id: PermitId,
    /// Name in Latin script, surname first, 1–39 bytes.
    pub latin: String<39>,
    /// Name in Hangul or Han, at most 60 bytes.
    pub native: Option<String<60>>,
    /// Birth, as far as known.
    pub birth: Birth,
    /// Nationality: ISO 3166-1 numeric, 1–999.
    pub nationality: u16,
    /// Number of the home region in the zone register.
    pub region: u16,
    /// Number of the zone.
    pub zone: u16,
    /// First day of validity, at the crossing.
    pub from: Day,
    /// Last day of validity.
    pub through: Day,
    /// What else it says.
    pub options: Options,
}

/// What a permit may say beyond the nine fields.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Options {
    /// Option 0: the only crossings it is good at; empty: every crossing of the zone.
    pub crossings: Crossings,
    /// Option 1: the day of issue, before the first day of validity; absent: that day.
    pub issued: Option<Day>,
    /// Option 2: outward journeys; absent: not limited.
    pub entries: Option<u32>,
    /// Option 3: longest stay in days; absent: the zone register's default.
    pub stay: Option<u16>,
    /// Option 4: children travelling along, 1–9; absent: none.
    pub children: Option<u8>,
    /// Option 5: number of the identity document it is bound to.
    pub document: Option<String<20>>,
    /// Option 6: portrait for a person to look at, lossy WebP; never interpreted here.
    pub portrait: Option<Vec<u8, 800>>,
    /// Option 7: a specimen, never good.
    pub specimen: bool,
}

/// Why a payload is not a permit this terminal can read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unreadable {
    /// Not in the one form.
    Malformed(Fault),
    /// With a restriction made for a newer terminal.
    Newer(Newer),
}

impl From<Fault> for Unreadable {
    fn from(fault: Fault) -> Self {
        Self::Malformed(fault)
    }
}

impl Permit {
    /// Day of issue.
    #[must_use]
    pub fn issued(&self) -> Day {
        self.options.issued.unwrap_or(self.from)
    }

    /// Days of validity, both ends included.
    #[must_use]
    pub fn days(&self) -> u32 {
        u32::try_from(self.through.since(self.from).saturating_add(1)).unwrap_or_default()
    }

    /// True if its text may have that many characters: only a portrait makes it longer than 320.
    #[must_use]
    pub const fn fits(&self, characters: usize) -> bool {
        self.options.portrait.is_some() || characters <= TEXT_WITHOUT_PORTRAIT
    }

    /// Reads a payload.
    ///
    /// # Errors
    ///
    /// [`Unreadable::Malformed`] with the byte, or [`Unreadable::Newer`] for an unknown option below 0.
    pub fn decode(payload: &[u8]) -> Result<Self, Unreadable> {
        cbor::gate(payload, PERMIT_DEPTH)?;
        let mut fields = Fields::new(payload);
        let at = fields.fault(Flaw::Count);
        let count = fields.count()?;
        if !matches!(count, 9 | 10) {
            return Err(at.into());
        }
        let mut permit = nine(&mut fields)?;
        if count == 10 {
            let (issued_at, newer) = options(&mut fields, &mut permit.options)?;
            if let Some(flaw) = permit.contradiction() {
                return Err(Fault { offset: issued_at, flaw }.into());
            }
            if let Some(option) = newer {
                return Err(Unreadable::Newer(Newer::Option(option)));
            }
        }
        Ok(permit)
    }

    /// Writes the payload into `out`; how many bytes it took.
    ///
    /// # Errors
    ///
    /// The flaw a reader would find, so that nothing is signed that cannot be read; [`Flaw::TooLong`]
    /// when `out` is too small.
    pub fn encode(&self, out: &mut [u8]) -> Result<usize, Flaw> {
        let length = write(self, out).map_err(|_| Flaw::TooLong)?;
        match Self::decode(out.get(..length).unwrap_or_default()) {
            Ok(read) if read == *self => Ok(length),
            Ok(_) => Err(Flaw::Redundant),
            Err(Unreadable::Malformed(fault)) => Err(fault.flaw),
            Err(Unreadable::Newer(_)) => Err(Flaw::Range),
        }
    }

    fn contradiction(&self) -> Option<Flaw> {
        match self.options.issued {
            Some(issued) if issued == self.from => Some(Flaw::Redundant),
            Some(issued) if issued > self.from => Some(Flaw::Range),
            _ => None,
        }
    }
}

fn nine(fields: &mut Fields<'_>) -> cbor::Result<Permit> {
    let at = fields.fault(Flaw::Range);
    let id = PermitId::from_bytes(fields.exactly()?).ok_or(at)?;
    let latin = name(fields, text::latin)?;
    let native = fields.optional(|fields| name(fields, text::native))?;
    let birth = birth(fields)?;
    let nationality = fields.number(1, 999)?;
    let region = fields.positive()?;
    let zone = fields.positive()?;
    let from = fields.day()?;
    let at = fields.fault(Flaw::Range);
    let through = fields.day()?;
    if through < from {
        return Err(at);
    }
    Ok(Permit {
        id,
        latin,
        native,
        birth,
        nationality,
        region,
        zone,
        from,
        through,
        options: Options::default(),
    })
}

fn name<const N: usize>(
    fields: &mut Fields<'_>,
    alphabet: fn(char) -> bool,
) -> cbor::Result<String<N>> {
    let at = fields.fault(Flaw::Space);
    let name = fields.text(N, alphabet)?;
    if !text::spaced(name) {
        return Err(at);
    }
    String::try_from(name).map_err(|_| at)
}

fn birth(fields: &mut Fields<'_>) -> cbor::Result<Birth> {
    if !fields.is_array() {
        let at = fields.fault(Flaw::Range);
        return Day::new(fields.any()?).map(Birth::Day).ok_or(at);
    }
    let at = fields.fault(Flaw::Count);
    let count = fields.count()?;
    if !matches!(count, 1 | 2) {
        return Err(at);
    }
    let year = fields.number(1800, 2155)?;
    Ok(if count == 1 { Birth::Year(year) } else { Birth::Month(year, fields.number(1, 12)?) })
}

/// Reads the options; the byte option 1 stands at, and the first unknown option below 0.
fn options(fields: &mut Fields<'_>, options: &mut Options) -> cbor::Result<(usize, Option<i64>)> {
    let at = fields.fault(Flaw::Redundant);
    let (mut issued_at, mut newer) = (0, None);
    let pairs = fields.map()?;
    if pairs == 0 {
        return Err(at);
    }
    for _ in 0..pairs {
        let option = fields.integer()?;
        match option {
            1 => issued_at = fields.offset(),
            0.. => {}
            _ => newer = newer.or(Some(option)),
        }
        one_option(fields, option, options)?;
    }
    Ok((issued_at, newer))
}

fn one_option(fields: &mut Fields<'_>, option: i64, options: &mut Options) -> cbor::Result<()> {
    match option {
        0 => options.crossings = crossings(fields)?,
        1 => options.issued = Some(fields.day()?),
        2 => options.entries = Some(fields.positive()?),
        3 => options.stay = Some(fields.positive()?),
        4 => options.children = Some(fields.number(1, 9)?),
        5 => {
            let at = fields.fault(Flaw::Count);
            options.document =
                Some(String::try_from(fields.text(20, text::document)?).map_err(|_| at)?);
        }
        6 => {
            let at = fields.fault(Flaw::Count);
            let portrait = Vec::from_slice(fields.bytes()?).map_err(|_| at)?;
            if portrait.is_empty() {
                return Err(at);
            }
            options.portrait = Some(portrait);
        }
        7 => {
            let at = fields.fault(Flaw::Redundant);
            options.specimen = fields.boolean()?;
            if !options.specimen {
                return Err(at);
            }
        }
        _ => fields.skip()?,
    }
    Ok(())
}

fn crossings(fields: &mut Fields<'_>) -> cbor::Result<Crossings> {
    let at = fields.fault(Flaw::Count);
    let mut list = Crossings::new();
    for _ in 0..fields.count()? {
        let here = fields.offset();
        let number: u16 = fields.positive()?;
        match list.last().map(|last| number.cmp(last)) {
            Some(core::cmp::Ordering::Less) => {
                return Err(Fault { offset: here, flaw: Flaw::Unsorted });
            }
            Some(core::cmp::Ordering::Equal) => {
                return Err(Fault { offset: here, flaw: Flaw::Duplicate });
            }
            _ => list.push(number).map_err(|_| at)?,
        }
    }
    if list.is_empty() { Err(at) } else { Ok(list) }
}

type Write = Result<(), minicbor::encode::Error<minicbor::encode::write::EndOfSlice>>;

fn write(
    permit: &Permit,
    out: &mut [u8],
) -> Result<usize, minicbor::encode::Error<minicbor::encode::write::EndOfSlice>> {
    let mut e = Encoder::new(Cursor::new(out));
    let pairs = permit.options.count();
    e.array(if pairs == 0 { 9 } else { 10 })?.bytes(&permit.id.to_bytes())?.str(&permit.latin)?;
    match &permit.native {
        Some(name) => e.str(name)?,
        None => e.null()?,
    };
    match permit.birth {
        Birth::Day(day) => e.i32(day.number())?,
        Birth::Year(year) => e.array(1)?.u16(year)?,
        Birth::Month(year, month) => e.array(2)?.u16(year)?.u8(month)?,
    };
    e.u16(permit.nationality)?.u16(permit.region)?.u16(permit.zone)?;
    e.i32(permit.from.number())?.i32(permit.through.number())?;
    if pairs > 0 {
        e.map(pairs)?;
        write_options(&permit.options, &mut e)?;
    }
    Ok(e.writer().position())
}

fn write_options(options: &Options, e: &mut Encoder<Cursor<&mut [u8]>>) -> Write {
    if !options.crossings.is_empty() {
        e.u8(0)?.array(u64::try_from(options.crossings.len()).unwrap_or_default())?;
        for number in &options.crossings {
            e.u16(*number)?;
        }
    }
    if let Some(issued) = options.issued {
        e.u8(1)?.i32(issued.number())?;
    }
    if let Some(entries) = options.entries {
        e.u8(2)?.u32(entries)?;
    }
    if let Some(stay) = options.stay {
        e.u8(3)?.u16(stay)?;
    }
    if let Some(children) = options.children {
        e.u8(4)?.u8(children)?;
    }
    if let Some(document) = &options.document {
        e.u8(5)?.str(document)?;
    }
    if let Some(portrait) = &options.portrait {
        e.u8(6)?.bytes(portrait)?;
    }
    if options.specimen {
        e.u8(7)?.bool(true)?;
    }
    Ok(())
}

impl Options {
    /// How many are set.
    fn count(&self) -> u64 {
        [
            !self.crossings.is_empty(),
            self.issued.is_some(),
            self.entries.is_some(),
            self.stay.is_some(),
            self.children.is_some(),
            self.document.is_some(),
            self.portrait.is_some(),
            self.specimen,
        ]
        .into_iter()
        .map(u64::from)
        .sum()
    }
}

//! The zone register: which regions and crossings the two sides agreed on, and the limits.
//!
//! Signed by both sides or by neither. Membership is a list with dates, never geometry; names are for
//! people and decide nothing. The numbers of regions, crossings and zone are what permits carry.

use crate::{
    Day, Fault, Flaw, Shut, Side, UnixTime,
    cbor::{Fields, Result},
    text,
    trust::{
        header::{self, Header},
        list::{By, List, at_most, list},
    },
};

/// Most regions in a zone register, and most that a station or a key serves.
pub const REGIONS: u64 = 1024;
/// Most crossings in a zone register.
pub const CROSSINGS: u64 = 256;
/// Most hours, offsets and states of a crossing, each.
pub const SPANS: u64 = 256;

/// The zone register.
#[derive(Clone, Copy, Debug)]
pub struct ZoneRegister<'b> {
    /// Version, times, zone.
    pub header: Header,
    /// What the zone rests on, for people.
    pub basis: &'b str,
    /// The day of that basis.
    pub basis_day: Day,
    /// Regions, by number.
    pub regions: List<'b, Region<'b>>,
    /// Crossings, by number.
    pub crossings: List<'b, Crossing<'b>>,
    /// Limits and defaults.
    pub limits: Limits,
}

impl<'b> ZoneRegister<'b> {
    /// Reads `[header…, basis, day, regions, crossings, limits]`.
    ///
    /// # Errors
    ///
    /// The byte where it stops being a zone register: a crossing that does not join a listed region of
    /// each side is one such place.
    pub fn decode(payload: &'b [u8]) -> core::result::Result<Self, Fault> {
        let (header, mut fields) = header::open(payload, 10)?;
        let basis = fields.text(400, text::place)?;
        let basis_day = fields.day()?;
        let regions = at_most(REGIONS, &mut fields, Region::read, By::Fields(1))?;
        let at = fields.fault(Flaw::Range);
        let crossings = at_most(CROSSINGS, &mut fields, Crossing::read, By::Fields(1))?;
        let limits = Limits::read(&mut fields)?;
        let register = Self { header, basis, basis_day, regions, crossings, limits };
        if register.crossings.iter().all(|crossing| register.joins(&crossing)) {
            Ok(register)
        } else {
            Err(at)
        }
    }

    /// The region with this number.
    #[must_use]
    pub fn region(&self, number: u16) -> Option<Region<'b>> {
        self.regions.seek([number.into()])
    }

    /// The crossing with this number.
    #[must_use]
    pub fn crossing(&self, number: u16) -> Option<Crossing<'b>> {
        self.crossings.seek([number.into()])
    }

    fn joins(&self, crossing: &Crossing<'_>) -> bool {
        let side = |number| self.region(number).map(|region| region.side);
        let [a, b] = crossing.regions;
        side(a) == Some(Side::A) && side(b) == Some(Side::B)
    }
}

/// Names for people: 0 zh, 1 ko, 2 en, 3 Han in full form, 4 McCune–Reischauer.
#[derive(Clone, Copy, Debug)]
pub struct Names<'b>(List<'b, (u8, &'b str)>);

impl<'b> Names<'b> {
    /// The name in one of the five forms.
    #[must_use]
    pub fn get(&self, form: u8) -> Option<&'b str> {
        self.0.iter().find(|(have, _)| *have == form).map(|(_, name)| name)
    }

    /// Form and name, ascending.
    pub fn iter(&self) -> impl Iterator<Item = (u8, &'b str)> + use<'b> {
        self.0.iter()
    }

    /// `[[form, name] …]`, at least one.
    pub(crate) fn read(fields: &mut Fields<'b>) -> Result<Self> {
        let at = fields.fault(Flaw::Count);
        let names = list(fields, name, By::Fields(1))?;
        if names.is_empty() { Err(at) } else { Ok(Self(names)) }
    }
}

fn name<'b>(fields: &mut Fields<'b>) -> Result<(u8, &'b str)> {
    fields.array(2)?;
    let form = fields.number(0, 4)?;
    Ok((form, fields.text(80, text::place)?))
}

/// A region of the zone.
#[derive(Clone, Copy, Debug)]
pub struct Region<'b> {
    /// Number, as permits carry it.
    pub number: u16,
    /// Whose it is.
    pub side: Side,
    /// Lasting identifier, `cn-yanji-county`.
    pub id: &'b str,
    /// Names.
    pub names: Names<'b>,
    /// First day in the zone; absent: always was.
    pub from: Option<Day>,
    /// Last day in the zone; absent: still is.
    pub through: Option<Day>,
}

impl<'b> Region<'b> {
    /// True if it is in the zone on that day.
    #[must_use]
    pub fn is_member(&self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day)
            && self.through.is_none_or(|through| day <= through)
    }

    /// `[number, side, id, names, from, through]`
    fn read(fields: &mut Fields<'b>) -> Result<Self> {
        fields.array(6)?;
        Ok(Self {
            number: fields.positive()?,
            side: header::side(fields)?,
            id: fields.text(40, text::identifier)?,
            names: Names::read(fields)?,
            from: fields.optional(Fields::day)?,
            through: fields.optional(Fields::day)?,
        })
    }
}

/// A crossing between one region of each side.
#[derive(Clone, Copy, Debug)]
pub struct Crossing<'b> {
    /// Number, as permits carry it.
    pub number: u16,
    /// Lasting identifier, `x-quanhe`.
    pub id: &'b str,
    /// The region on side A, the region on side B.
    pub regions: [u16; 2],
    /// Names.
    pub names: Names<'b>,
    /// When people may pass; none: at all hours.
    pub hours: List<'b, Hours>,
    /// Minutes ahead of UTC, from when on; the first without a beginning.
    pub offsets: List<'b, (Option<UnixTime>, i16)>,
    /// Open, closed or suspended, from which day on.
    pub states: List<'b, (Day, State)>,
}

/// Opening hours of some days of the week.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Hours {
    /// Bit 0 Monday … bit 6 Sunday.
    pub days: u8,
    /// Minutes after midnight.
    pub opens: u16,
    /// Minutes after midnight, later than `opens`, at most 1440.
    pub closes: u16,
}

/// Whether a crossing is in use.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// In use.
    Open,
    /// Given up.
    Closed,
    /// Shut for a time.
    Suspended,
}

impl<'b> Crossing<'b> {
    /// Minutes the clock there is ahead of UTC.
    #[must_use]
    pub fn offset(&self, at: UnixTime) -> i16 {
        let begun = self.offsets.iter().take_while(|(from, _)| from.is_none_or(|from| from <= at));
        begun.last().map_or(0, |(_, minutes)| minutes)
    }

    /// Why nobody passes on that day, if so.
    #[must_use]
    pub fn shut_on(&self, day: Day) -> Option<Shut> {
        let next_open = || {
            self.states
                .iter()
                .find(|(from, state)| *from > day && *state == State::Open)
                .map(|(from, _)| from)
        };
        match self.states.iter().take_while(|(from, _)| *from <= day).last() {
            None => Some(Shut::NotOpen { until: next_open() }),
            Some((_, State::Open)) => None,
            Some((since, State::Closed)) => Some(Shut::Closed { since }),
            Some((since, State::Suspended)) => Some(Shut::Suspended { since, until: next_open() }),
        }
    }

    /// Why nobody passes at that minute of a day on which it is in use, if so.
    #[must_use]
    pub fn shut_at(&self, day: Day, minute: u16) -> Option<Shut> {
        let on = |day: Day| self.hours.iter().filter(move |hours| hours.days & weekday(day) != 0);
        if self.hours.is_empty()
            || on(day).any(|hours| (hours.opens..hours.closes).contains(&minute))
        {
            return None;
        }
        let later = on(day).filter(|hours| hours.opens > minute).map(|hours| hours.opens).min();
        let next = || (1..=7).find_map(|days| on(day.plus(days)).map(|hours| hours.opens).min());
        Some(Shut::Hours { opens: later.or_else(next) })
    }

    /// `[number, id, [region of A, region of B], names, hours, offsets, states]`
    fn read(fields: &mut Fields<'b>) -> Result<Self> {
        fields.array(7)?;
        let number = fields.positive()?;
        let id = fields.text(40, text::identifier)?;
        fields.array(2)?;
        let regions = [fields.any()?, fields.any()?];
        let names = Names::read(fields)?;
        let hours = at_most(SPANS, fields, Hours::read, By::Fields(3))?;
        let at = fields.fault(Flaw::Count);
        let offsets = at_most(SPANS, fields, offset, By::Nothing)?;
        if offsets.iter().next().is_none_or(|(from, _)| from.is_some()) {
            return Err(at);
        }
        if !offsets.iter().is_sorted_by(|(before, _), (next, _)| before < next) {
            return Err(Fault { flaw: Flaw::Unsorted, ..at });
        }
        let at = fields.fault(Flaw::Count);
        let states = at_most(SPANS, fields, state, By::Fields(1))?;
        if states.is_empty() {
            return Err(at);
        }
        Ok(Self { number, id, regions, names, hours, offsets, states })
    }
}

impl Hours {
    /// `[days, opens, closes]`
    fn read(fields: &mut Fields<'_>) -> Result<Self> {
        fields.array(3)?;
        let days = fields.number(1, 0x7f)?;
        let opens: u16 = fields.number(0, 1439)?;
        Ok(Self { days, opens, closes: fields.number(i64::from(opens).saturating_add(1), 1440)? })
    }
}

/// `[from, minutes]`, the first with `null`.
fn offset(fields: &mut Fields<'_>) -> Result<(Option<UnixTime>, i16)> {
    fields.array(2)?;
    Ok((fields.optional(Fields::time)?, fields.number(-900, 900)?))
}

/// `[from, 0 open | 1 closed | 2 suspended]`
fn state(fields: &mut Fields<'_>) -> Result<(Day, State)> {
    fields.array(2)?;
    let from = fields.day()?;
    let state = match fields.number::<u8>(0, 2)? {
        0 => State::Open,
        1 => State::Closed,
        _ => State::Suspended,
    };
    Ok((from, state))
}

/// Bit of the day of the week; 1900-01-01 was a Monday.
fn weekday(day: Day) -> u8 {
    1_u8.checked_shl(u32::try_from(day.number().rem_euclid(7)).unwrap_or_default())
        .unwrap_or_default()
}

/// Limits the two sides agreed on, and what a station fills in when nothing else is asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Longest validity in days, both ends included.
    pub longest_validity: u16,
    /// Validity in days a station fills in.
    pub validity: u16,
    /// Outward journeys a station fills in; none: not limited.
    pub entries: Option<u32>,
    /// Longest stay in days where the permit says nothing.
    pub stay: u16,
    /// Days after its issue that a permit newer than the register of issued permits stays green.
    pub grace: u16,
    /// Minutes within which nobody can be at two crossings.
    pub apart: u16,
}

impl Limits {
    /// `[longest validity, validity, entries, stay, grace, apart]`
    fn read(fields: &mut Fields<'_>) -> Result<Self> {
        fields.array(6)?;
        let longest_validity: u16 = fields.positive()?;
        Ok(Self {
            longest_validity,
            validity: fields.number(1, longest_validity.into())?,
            entries: fields.optional(|fields| fields.positive())?,
            stay: fields.positive()?,
            grace: fields.any()?,
            apart: fields.any()?,
        })
    }
}

//! The zone register: regions, crossings, limits.

use core::{fmt, str::FromStr};

use permit_core::trust;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use thiserror::Error;

use super::{Date, DraftError, Half, Header, Names, Time, write::Writer};

/// A zone register.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Zone {
    /// What the zone rests on, for people; at most 400 bytes.
    pub basis: String,
    /// The day of that basis.
    pub basis_day: Date,
    /// Version, times, zone.
    pub header: Header,
    /// Limits and defaults.
    pub limits: Limits,
    /// Regions.
    pub regions: Vec<Region>,
    /// Crossings.
    pub crossings: Vec<Crossing>,
}

/// Limits the two sides agreed on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Longest validity in days, both ends included.
    pub longest_validity: u16,
    /// Validity in days a station fills in.
    pub validity: u16,
    /// Outward journeys a station fills in; left out: not limited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entries: Option<u32>,
    /// Longest stay in days where the permit says nothing.
    pub stay: u16,
    /// Days that a permit newer than the register of issued permits stays green.
    pub grace: u16,
    /// Minutes within which nobody can be at two crossings.
    pub apart: u16,
}

/// A region of the zone.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Region {
    /// Number, as permits carry it.
    pub number: u16,
    /// Whose it is.
    pub side: Half,
    /// Lasting identifier.
    pub id: String,
    /// First day in the zone; left out: always was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// Last day in the zone; left out: still is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub through: Option<Date>,
    /// Names.
    pub names: Names,
}

/// A crossing.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Crossing {
    /// Number, as permits carry it.
    pub number: u16,
    /// Lasting identifier.
    pub id: String,
    /// The region on side A, the region on side B.
    pub regions: [u16; 2],
    /// When people may pass; none: at all hours.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hours: Vec<Hours>,
    /// Minutes ahead of UTC, the first without a beginning.
    pub offsets: Vec<Offset>,
    /// Open, closed or suspended, from which day on.
    pub states: Vec<State>,
    /// Names.
    pub names: Names,
}

/// Opening hours of some days of the week.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// The days.
    pub days: Vec<Day>,
    /// From, `08:00`.
    pub opens: TimeOfDay,
    /// Until, `17:00`; at most `24:00`.
    pub closes: TimeOfDay,
}

/// A day of the week.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "they are the days of the week")]
pub enum Day {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

impl Day {
    const ALL: [Self; 7] =
        [Self::Mon, Self::Tue, Self::Wed, Self::Thu, Self::Fri, Self::Sat, Self::Sun];
}

/// Minutes after midnight, written `08:30`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct TimeOfDay(pub u16);

/// Not a time of day.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
#[error("not a time of day written hh:mm, 00:00–24:00")]
pub struct NotAnHour;

/// Minutes ahead of UTC from a moment on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offset {
    /// From when on; left out for the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Time>,
    /// Minutes, −900 to 900.
    pub minutes: i16,
}

/// What a crossing is from a day on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    /// From which day on.
    pub from: Date,
    /// What it is.
    pub state: OpenState,
}

/// Whether a crossing is in use.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OpenState {
    /// In use.
    Open,
    /// Given up.
    Closed,
    /// Shut for a time.
    Suspended,
}

impl Zone {
    /// The bytes to sign.
    ///
    /// # Errors
    ///
    /// The field a reader would refuse.
    pub fn encode(&self) -> Result<Vec<u8>, DraftError> {
        let mut to = Writer::payload(10);
        self.header.write(&mut to);
        to.field("basis", |to| to.text(&self.basis));
        to.field("basis_day", |to| to.number(self.basis_day.0.number()));
        to.list("regions", &self.regions, |region| region.number, Region::write);
        to.list("crossings", &self.crossings, |crossing| crossing.number, Crossing::write);
        to.field("limits", |to| self.limits.write(to));
        to.finish(|payload| trust::ZoneRegister::decode(payload).map(drop))
    }
}

impl Limits {
    fn write(&self, to: &mut Writer) {
        to.array(6);
        to.field("longest_validity", |to| to.number(self.longest_validity));
        to.field("validity", |to| to.number(self.validity));
        to.field("entries", |to| to.optional(self.entries, Writer::number));
        to.field("stay", |to| to.number(self.stay));
        to.field("grace", |to| to.number(self.grace));
        to.field("apart", |to| to.number(self.apart));
    }
}

impl Region {
    fn write(to: &mut Writer, region: &Self) {
        to.array(6);
        to.field("number", |to| to.number(region.number));
        to.field("side", |to| region.side.write(to));
        to.field("id", |to| to.text(&region.id));
        region.names.write(to);
        for (name, day) in [("from", region.from), ("through", region.through)] {
            to.field(name, |to| to.optional(day, |to, day| to.number(day.0.number())));
        }
    }
}

impl Crossing {
    fn write(to: &mut Writer, crossing: &Self) {
        to.array(7);
        to.field("number", |to| to.number(crossing.number));
        to.field("id", |to| to.text(&crossing.id));
        to.field("regions", |to| {
            to.array(2);
            crossing.regions.iter().for_each(|number| to.number(*number));
        });
        crossing.names.write(to);
        to.list("hours", &crossing.hours, Hours::key, |to, hours| {
            let (days, opens, closes) = hours.key();
            to.array(3);
            to.field("days", |to| to.number(days));
            to.field("opens", |to| to.number(opens));
            to.field("closes", |to| to.number(closes));
        });
        to.list(
            "offsets",
            &crossing.offsets,
            |offset| offset.from,
            |to, offset| {
                to.array(2);
                to.field("from", |to| to.optional(offset.from, |to, from| to.number(from.0.0)));
                to.field("minutes", |to| to.number(offset.minutes));
            },
        );
        to.list(
            "states",
            &crossing.states,
            |state| state.from,
            |to, state| {
                to.array(2);
                to.field("from", |to| to.number(state.from.0.number()));
                to.field("state", |to| to.number(state.state as u8));
            },
        );
    }
}

impl Hours {
    /// Bit 0 Monday … bit 6 Sunday, then the minutes.
    fn key(&self) -> (u8, u16, u16) {
        let days = self.days.iter().fold(0, |days, day| days | (1 << (*day as u8)));
        (days, self.opens.0, self.closes.0)
    }
}

impl FromStr for TimeOfDay {
    type Err = NotAnHour;

    fn from_str(text: &str) -> Result<Self, NotAnHour> {
        let (hours, minutes) = text.split_once(':').ok_or(NotAnHour)?;
        let number = |text: &str| match text.len() {
            2 => text.parse::<u8>().map_err(|_| NotAnHour),
            _ => Err(NotAnHour),
        };
        match (number(hours)?, number(minutes)?) {
            (24, 0) => Ok(Self(1440)),
            (hours @ 0..=23, minutes @ 0..=59) => {
                Ok(Self(u16::from(hours) * 60 + u16::from(minutes)))
            }
            _ => Err(NotAnHour),
        }
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl Serialize for TimeOfDay {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for TimeOfDay {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(de::Error::custom)
    }
}

impl From<&trust::ZoneRegister<'_>> for Zone {
    fn from(zone: &trust::ZoneRegister<'_>) -> Self {
        let limits = zone.limits;
        Self {
            basis: zone.basis.to_owned(),
            basis_day: Date(zone.basis_day),
            header: zone.header.into(),
            limits: Limits {
                longest_validity: limits.longest_validity,
                validity: limits.validity,
                entries: limits.entries,
                stay: limits.stay,
                grace: limits.grace,
                apart: limits.apart,
            },
            regions: zone.regions.iter().map(|region| Region::from(&region)).collect(),
            crossings: zone.crossings.iter().map(|crossing| Crossing::from(&crossing)).collect(),
        }
    }
}

impl From<&trust::Region<'_>> for Region {
    fn from(region: &trust::Region<'_>) -> Self {
        Self {
            number: region.number,
            side: region.side.into(),
            id: region.id.to_owned(),
            from: region.from.map(Date),
            through: region.through.map(Date),
            names: region.names.into(),
        }
    }
}

impl From<&trust::Crossing<'_>> for Crossing {
    fn from(crossing: &trust::Crossing<'_>) -> Self {
        let offset = |(from, minutes): (Option<_>, _)| Offset { from: from.map(Time), minutes };
        Self {
            number: crossing.number,
            id: crossing.id.to_owned(),
            regions: crossing.regions,
            hours: crossing.hours.iter().map(Hours::from).collect(),
            offsets: crossing.offsets.iter().map(offset).collect(),
            states: crossing.states.iter().map(State::from).collect(),
            names: crossing.names.into(),
        }
    }
}

impl From<trust::Hours> for Hours {
    fn from(hours: trust::Hours) -> Self {
        let on = |day: &Day| hours.days & (1 << (*day as u8)) != 0;
        Self {
            days: Day::ALL.into_iter().filter(on).collect(),
            opens: TimeOfDay(hours.opens),
            closes: TimeOfDay(hours.closes),
        }
    }
}

impl From<(permit_core::Day, trust::State)> for State {
    fn from((from, state): (permit_core::Day, trust::State)) -> Self {
        let state = match state {
            trust::State::Open => OpenState::Open,
            trust::State::Closed => OpenState::Closed,
            trust::State::Suspended => OpenState::Suspended,
        };
        Self { from: Date(from), state }
    }
}

//! Days as `1963-09-10` and moments as `1963-09-10T04:00:00Z`, the way people write them.
//!
//! TOML may hold them bare, JSON as texts. Fractions of a second and leap seconds are refused: the
//! format counts whole seconds.

use core::{fmt, str::FromStr};

use permit_core::{Day, UnixTime};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use thiserror::Error;

/// A civil day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Date(pub Day);

/// A moment.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Time(pub UnixTime);

/// Not a day that exists within 1800–2155.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
#[error("not a day written YYYY-MM-DD, 1800–2155")]
pub struct NotADate;

/// Not a moment in RFC 3339's form.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
#[error("not a moment written YYYY-MM-DDThh:mm:ssZ (RFC 3339, whole seconds)")]
pub struct NotATime;

impl FromStr for Date {
    type Err = NotADate;

    fn from_str(text: &str) -> Result<Self, NotADate> {
        let [year, month, day] = numbers(text, '-', [4, 2, 2]).ok_or(NotADate)?;
        let civil = |n: u16| u8::try_from(n).map_err(|_| NotADate);
        Day::from_civil(year.into(), civil(month)?, civil(day)?).map(Self).ok_or(NotADate)
    }
}

impl FromStr for Time {
    type Err = NotATime;

    fn from_str(text: &str) -> Result<Self, NotATime> {
        let (date, rest) = text.split_at_checked(10).ok_or(NotATime)?;
        let day = Date::from_str(date).map_err(|_| NotATime)?.0;
        let rest = rest.strip_prefix(['T', 't', ' ']).ok_or(NotATime)?;
        let (time, zone) = rest.split_at_checked(8).ok_or(NotATime)?;
        let [hour, minute, second] = numbers(time, ':', [2, 2, 2]).ok_or(NotATime)?;
        if hour > 23 || minute > 59 || second > 59 {
            return Err(NotATime);
        }
        let seconds = i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second);
        Ok(Self(day.begins(0).plus(seconds - i64::from(ahead(zone)?) * 60)))
    }
}

/// Minutes ahead of UTC of `Z` or `±hh:mm`.
fn ahead(zone: &str) -> Result<i32, NotATime> {
    if zone.eq_ignore_ascii_case("z") {
        return Ok(0);
    }
    let (sign, rest) = match zone.as_bytes().first() {
        Some(b'+') => (1, &zone[1..]),
        Some(b'-') => (-1, &zone[1..]),
        _ => return Err(NotATime),
    };
    let [hours, minutes] = numbers(rest, ':', [2, 2]).ok_or(NotATime)?;
    if hours > 23 || minutes > 59 {
        return Err(NotATime);
    }
    Ok(sign * (i32::from(hours) * 60 + i32::from(minutes)))
}

/// `N` groups of exactly so many digits.
fn numbers<const N: usize>(text: &str, between: char, widths: [usize; N]) -> Option<[u16; N]> {
    let (mut groups, mut found) = (text.split(between), [0; N]);
    for (slot, width) in found.iter_mut().zip(widths) {
        let group = groups.next()?;
        if group.len() != width || !group.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        *slot = group.parse().ok()?;
    }
    groups.next().is_none().then_some(found)
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Moment("a day, 1963-09-10"))?.parse().map_err(de::Error::custom)
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Moment("a moment, 1963-09-10T04:00:00Z"))?
            .parse()
            .map_err(de::Error::custom)
    }
}

/// A text, or a bare date of TOML, which arrives as a map of one text.
pub(crate) struct Moment(pub(crate) &'static str);

impl<'de> de::Visitor<'de> for Moment {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<String, E> {
        Ok(text.to_owned())
    }

    fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<String, A::Error> {
        match map.next_entry::<String, String>()? {
            Some((key, text)) if key == TOML_DATETIME => Ok(text),
            _ => Err(de::Error::invalid_type(de::Unexpected::Map, &self)),
        }
    }
}

/// How the crate `toml` marks its own date type towards serde.
pub(crate) const TOML_DATETIME: &str = "$__toml_private_datetime";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_moments() {
        assert_eq!("1963-09-10".parse::<Date>().unwrap().to_string(), "1963-09-10");
        for (text, utc) in [
            ("1963-09-10T12:00:00+08:00", "1963-09-10T04:00:00Z"),
            ("1963-09-10 04:00:00z", "1963-09-10T04:00:00Z"),
            ("1963-09-09T20:30:00-07:30", "1963-09-10T04:00:00Z"),
        ] {
            assert_eq!(text.parse::<Time>().unwrap().to_string(), utc);
        }
    }

    #[test]
    fn what_is_neither() {
        for text in [
            "",
            "1963-9-10",
            "1963-02-29",
            "1963-09-10T",
            "10.09.1963",
            "1963-09-10-1",
            "+963-09-10",
        ] {
            assert_eq!(text.parse::<Date>(), Err(NotADate), "{text}");
        }
        for text in [
            "1963-09-10",
            "1963-09-10T24:00:00Z",
            "1963-09-10T12:00:60Z",
            "1963-09-10T12:00:00",
            "1963-09-10T12:00:00.5Z",
            "1963-09-10T12:00:00+8:00",
        ] {
            assert_eq!(text.parse::<Time>(), Err(NotATime), "{text}");
        }
    }

    #[derive(Debug, Deserialize)]
    struct Both {
        day: Date,
        at: Time,
    }

    #[test]
    fn bare_in_toml_or_in_quotes() {
        for text in [
            "day = 1963-09-10\nat = 1963-09-10T04:00:00Z",
            "day = '1963-09-10'\nat = '1963-09-10T12:00:00+08:00'",
        ] {
            let both: Both = toml::from_str(text).unwrap();
            assert_eq!((both.day.to_string(), both.at.0.0), ("1963-09-10".into(), -199_137_600));
        }
        assert!(toml::from_str::<Both>("day = 19630910\nat = 0").is_err());
    }
}

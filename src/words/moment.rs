//! The moment a person means, as it is typed after `--at`.
//!
//! A bare date is noon at the crossing, a time without an offset is the crossing's local time; the zone register says
//! what that is. Seconds may be said, since documents say them; names of time zones are refused, so that nothing is guessed.

use core::str::FromStr;

use permit_core::trust::Crossing;
use permit_core::{Day, UnixTime};

use crate::Unfit;

/// `YYYY-MM-DD[Thh:mm[:ss][±hh:mm|Z]]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct At {
    day: Day,
    /// Seconds after midnight.
    second: i64,
    /// Minutes ahead of UTC, where it was said.
    offset: Option<i16>,
}

const NOON: i64 = 12 * 60 * 60;

impl At {
    /// The moment, at this crossing.
    #[must_use]
    pub fn at(self, crossing: &Crossing<'_>) -> UnixTime {
        let moment = |offset| self.day.begins(offset).plus(self.second);
        self.offset.map_or_else(
            || {
                // The offset has dates of its own: the one of the moment that the first guess gives.
                let guess = moment(crossing.offset(moment(0)));
                moment(crossing.offset(guess))
            },
            moment,
        )
    }
}

impl FromStr for At {
    type Err = Unfit;

    fn from_str(text: &str) -> Result<Self, Unfit> {
        read(text).ok_or(Unfit("unfit-at"))
    }
}

fn read(text: &str) -> Option<At> {
    let (date, rest) = text.split_at_checked(10)?;
    let [year, month, day] = numbers(date, '-', [4, 2, 2])?;
    let day = Day::from_civil(year.into(), u8::try_from(month).ok()?, u8::try_from(day).ok()?)?;
    if rest.is_empty() {
        return Some(At { day, second: NOON, offset: None });
    }
    let (time, zone) = rest.strip_prefix(['T', 't', ' '])?.split_at_checked(5)?;
    let minute = clock(time, 23)?;
    let (second, zone) = match zone.strip_prefix(':') {
        Some(rest) => {
            let (second, zone) = rest.split_at_checked(2)?;
            let [second] = numbers(second, ':', [2])?;
            (Some(second).filter(|second| *second <= 59)?, zone)
        }
        None => (0, zone),
    };
    let offset = match zone {
        "" => None,
        "Z" | "z" => Some(0),
        _ => Some(ahead(zone)?),
    };
    Some(At { day, second: i64::from(minute) * 60 + i64::from(second), offset })
}

fn ahead(zone: &str) -> Option<i16> {
    let east = zone.strip_prefix('+').map(|zone| (1, zone));
    let (sign, zone) = east.or_else(|| Some((-1, zone.strip_prefix('-')?)))?;
    Some(sign * clock(zone, 15)?)
}

/// `hh:mm` as minutes.
fn clock(text: &str, last: u16) -> Option<i16> {
    let [hour, minute] = numbers(text, ':', [2, 2])?;
    (hour <= last && minute <= 59).then(|| i16::try_from(hour * 60 + minute).ok())?
}

/// Numbers of exactly so many digits each.
fn numbers<const N: usize>(text: &str, between: char, digits: [usize; N]) -> Option<[u16; N]> {
    let mut numbers = [0; N];
    let mut parts = text.split(between);
    for (number, digits) in numbers.iter_mut().zip(digits) {
        let part = parts.next()?;
        if part.len() != digits || !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        *number = part.parse().ok()?;
    }
    parts.next().is_none().then_some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_a_moment() {
        for (text, second, offset) in [
            ("1963-09-10", 43_200, None),
            ("1963-09-10T08:30", 30_600, None),
            ("1963-09-10 08:30", 30_600, None),
            ("1963-09-10T23:59+08:30", 86_340, Some(510)),
            ("1963-09-10T00:00Z", 0, Some(0)),
            ("1963-09-10T04:00:07Z", 14_407, Some(0)),
            ("1963-09-10T08:30:59", 30_659, None),
            ("1963-09-10T00:00-09:00", 0, Some(-540)),
        ] {
            let at: At = text.parse().unwrap();
            assert_eq!(
                (at.day.to_string(), at.second, at.offset),
                ("1963-09-10".into(), second, offset),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_none() {
        for text in [
            "",
            "1963",
            "1963-9-10",
            "1963-02-29",
            "1963-09-10T",
            "1963-09-10T8:30",
            "1963-09-10T24:00",
            "1963-09-10T08:60",
            "1963-09-10T08:30:0",
            "1963-09-10T08:30:60",
            "1963-09-10T08:30:000",
            "1963-09-10T08:30:é",
            "1963-09-10T08:30+8",
            "1963-09-10T08:30 CST",
            "1963-09-10T08:30+16:00",
            "10.09.1963",
            "１９63-09-10",
            "1799-01-01",
            "2156-01-01",
            "+963-09-10",
        ] {
            assert!(text.parse::<At>().is_err(), "{text}");
        }
    }

    #[test]
    fn seconds_since_1970() {
        let at = |text: &str| {
            let at: At = text.parse().unwrap();
            at.day.begins(at.offset.unwrap_or(0)).plus(at.second)
        };
        assert_eq!(at("1970-01-01T00:00Z"), UnixTime(0));
        assert_eq!(at("1963-09-10T12:30+08:30").to_string(), "1963-09-10T04:00:00Z");
    }
}

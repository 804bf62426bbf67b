//! `--at`: the moment a person means, as `permit verify` takes it.
//!
//! A bare date is noon at the crossing, a time without an offset is the crossing's local time. Seconds and names of time
//! zones are refused, so that nothing is guessed.

use core::str::FromStr;

use permit_core::trust::Crossing;
use permit_core::{Day, UnixTime};

use super::help::Unfit;

/// `YYYY-MM-DD[Thh:mm[±hh:mm|Z]]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct At {
    day: Day,
    /// Minutes after midnight.
    minute: i64,
    /// Minutes ahead of UTC, where it was said.
    offset: Option<i16>,
}

const NOON: i64 = 12 * 60;

impl At {
    /// The moment, at this crossing.
    pub(crate) fn at(self, crossing: &Crossing<'_>) -> UnixTime {
        let moment = |offset| self.day.begins(offset).plus(self.minute * 60);
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
        return Some(At { day, minute: NOON, offset: None });
    }
    let (time, zone) = rest.strip_prefix(['T', 't', ' '])?.split_at_checked(5)?;
    let minute = clock(time, 23)?;
    let offset = match zone {
        "" => None,
        "Z" | "z" => Some(0),
        _ => Some(ahead(zone)?),
    };
    Some(At { day, minute: minute.into(), offset })
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
    fn what_is_a_moment_and_what_is_none() {
        for (text, minute, offset) in [
            ("1963-09-10", 720, None),
            ("1963-09-10T08:30", 510, None),
            ("1963-09-10T23:59+08:30", 1439, Some(510)),
            ("1963-09-10T00:00Z", 0, Some(0)),
        ] {
            let at: At = text.parse().unwrap();
            assert_eq!((at.minute, at.offset), (minute, offset), "{text}");
        }
        for text in ["", "1963", "1963-02-29", "1963-09-10T24:00", "1963-09-10T08:30:00"] {
            assert!(text.parse::<At>().is_err(), "{text}");
        }
    }
}

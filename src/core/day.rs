//! Days and seconds: the two clocks of the format.
//!
//! A permit speaks of civil days (day 0 = 1900-01-01, proleptic Gregorian), a trust document of signed
//! 64-bit seconds since 1970. Neither is read from a clock here, and no time zone is known but the
//! offset that the zone register gives for a crossing.

use core::fmt;

/// A civil day, counted from 1900-01-01 (day 0). Negative before.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Day(i32);

impl Day {
    /// 1800-01-01, the earliest birth a permit can state.
    pub const EARLIEST_BIRTH: Self = Self(-36524);
    /// 1900-01-01, the earliest day of validity.
    pub const FIRST: Self = Self(0);
    /// 2155-12-31, the last day the format knows.
    pub const LAST: Self = Self(93501);

    /// The day with this number, if it lies within 1800-01-01 … 2155-12-31.
    #[must_use]
    pub const fn new(number: i32) -> Option<Self> {
        if number < Self::EARLIEST_BIRTH.0 || number > Self::LAST.0 {
            None
        } else {
            Some(Self(number))
        }
    }

    /// The day with this number, or the nearest the format knows.
    #[must_use]
    pub fn clamped(number: i64) -> Self {
        let number = number.clamp(Self::EARLIEST_BIRTH.0.into(), Self::LAST.0.into());
        i32::try_from(number).map_or(Self::LAST, Self)
    }

    /// Days since 1900-01-01.
    #[must_use]
    pub const fn number(self) -> i32 {
        self.0
    }

    /// The day of a civil date, if there is such a date within 1800 … 2155.
    ///
    /// ```
    /// # use permit_core::Day;
    /// assert_eq!(Day::from_civil(1963, 9, 10).unwrap().to_string(), "1963-09-10");
    /// assert_eq!(Day::from_civil(1963, 2, 29), None);
    /// ```
    #[must_use]
    pub fn from_civil(year: i32, month: u8, day: u8) -> Option<Self> {
        if !(1800..=2155).contains(&year) || day == 0 || day > days_in_month(year, month)? {
            return None;
        }
        Self::new(civil_to_number(year, month.into(), day.into()))
    }

    /// Year, month 1–12, day 1–31.
    #[must_use]
    pub fn civil(self) -> (i32, u8, u8) {
        number_to_civil(self.0)
    }

    /// The day `days` later (earlier when negative), held within what the format knows.
    #[must_use]
    pub fn plus(self, days: i32) -> Self {
        Self::clamped(i64::from(self.0).saturating_add(days.into()))
    }

    /// Days from `earlier` to this one; negative when it lies after.
    #[must_use]
    pub const fn since(self, earlier: Self) -> i32 {
        self.0.saturating_sub(earlier.0)
    }

    /// The moment this day begins where the clock is `offset` minutes ahead of UTC.
    #[must_use]
    pub fn begins(self, offset: i16) -> UnixTime {
        let days = i64::from(self.0).saturating_sub(EPOCH_DAY.into());
        UnixTime(days.saturating_mul(DAY).saturating_sub(i64::from(offset).saturating_mul(60)))
    }
}

impl fmt::Display for Day {
    /// `1963-09-10`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.civil();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

/// Seconds since 1970-01-01T00:00:00Z; 1963 is negative.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct UnixTime(pub i64);

impl UnixTime {
    /// The civil day where the clock is `offset` minutes ahead of UTC.
    #[must_use]
    pub fn day(self, offset: i16) -> Day {
        Day::clamped(self.days(offset).saturating_add(EPOCH_DAY).into())
    }

    /// Minutes since midnight (0–1439) where the clock is `offset` minutes ahead of UTC.
    #[must_use]
    pub fn minute(self, offset: i16) -> u16 {
        let midnight = i64::from(self.days(offset)).saturating_mul(DAY);
        let second = u32::try_from(self.local(offset).saturating_sub(midnight)).unwrap_or_default();
        u16::try_from(second.div_euclid(60)).unwrap_or_default().min(1439)
    }

    /// Days since 1970 where the clock is `offset` minutes ahead of UTC.
    ///
    /// A day is 675 × 128 seconds: divided in two steps, 32 bits suffice, and a microcontroller needs no
    /// division of 64.
    fn days(self, offset: i16) -> i32 {
        let steps = (self.local(offset) >> 7).clamp(i32::MIN.into(), i32::MAX.into());
        i32::try_from(steps).unwrap_or_default().div_euclid(675)
    }

    /// The moment `seconds` later.
    #[must_use]
    pub const fn plus(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds))
    }

    /// Seconds from `earlier` to this moment; negative when it lies after.
    #[must_use]
    pub const fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    const fn local(self, offset: i16) -> i64 {
        self.0.saturating_add((offset as i64).saturating_mul(60))
    }
}

impl fmt::Display for UnixTime {
    /// `1963-09-10T04:00:00Z`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let second = self.0.rem_euclid(60);
        let minute = self.minute(0);
        write!(
            f,
            "{}T{:02}:{:02}:{second:02}Z",
            self.day(0),
            minute.div_euclid(60),
            minute.rem_euclid(60)
        )
    }
}

/// Days in a month, `None` for a month that is not 1–12.
const fn days_in_month(year: i32, month: u8) -> Option<u8> {
    Some(match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year.rem_euclid(4) == 0
            && (year.rem_euclid(100) != 0 || year.rem_euclid(400) == 0) =>
        {
            29
        }
        2 => 28,
        _ => return None,
    })
}

/// Howard Hinnant, "chrono-compatible low-level date algorithms": days_from_civil, from 1900.
#[expect(clippy::arithmetic_side_effects, reason = "years 1800–2155 only: every term fits 32 bits")]
const fn civil_to_number(year: i32, month: i32, day: i32) -> i32 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - FROM_0000_03_01
}

/// The inverse: civil_from_days.
#[expect(
    clippy::arithmetic_side_effects,
    reason = "a Day lies within 1800–2155: every term fits 32 bits"
)]
fn number_to_civil(number: i32) -> (i32, u8, u8) {
    let number = number + FROM_0000_03_01;
    let era = number.div_euclid(146_097);
    let day = number.rem_euclid(146_097);
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let of_year = day - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let civil = era * 400 + year + i32::from(month <= 2);
    let of_month = of_year - (153 * shifted + 2) / 5 + 1;
    (civil, u8::try_from(month).unwrap_or(1), u8::try_from(of_month).unwrap_or(1))
}

/// Days from 0000-03-01 to 1900-01-01.
const FROM_0000_03_01: i32 = 693_901;
/// 1970-01-01 as a day number.
const EPOCH_DAY: i32 = 25_567;
/// Seconds in a day.
const DAY: i64 = 86_400;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_days() {
        for (y, m, d, n) in [
            (1900, 1, 1, 0),
            (1970, 1, 1, 25_567),
            (2155, 12, 31, 93_501),
            (1800, 1, 1, -36_524),
            (1955, 6, 8, 20_246),
        ] {
            assert_eq!(Day::from_civil(y, m, d).map(Day::number), Some(n), "{y}-{m}-{d}");
        }
    }

    #[test]
    fn every_day_there_and_back() {
        let mut last = (1799, 12, 31);
        for n in Day::EARLIEST_BIRTH.number()..=Day::LAST.number() {
            let (y, m, d) = Day::new(n).unwrap().civil();
            assert!((y, m, d) > last);
            assert_eq!(Day::from_civil(y, m, d), Day::new(n));
            last = (y, m, d);
        }
        assert_eq!(last, (2155, 12, 31));
    }

    #[test]
    fn no_such_date() {
        for (y, m, d) in [
            (1963, 2, 29),
            (1900, 2, 29),
            (1963, 0, 1),
            (1963, 13, 1),
            (1963, 4, 31),
            (1963, 1, 0),
            (1799, 1, 1),
            (2156, 1, 1),
        ] {
            assert_eq!(Day::from_civil(y, m, d), None);
        }
        assert!(Day::from_civil(1964, 2, 29).is_some() && Day::from_civil(2000, 2, 29).is_some());
    }

    #[test]
    fn midnight_at_the_crossing() {
        let day = Day::from_civil(1963, 9, 10).unwrap();
        let midnight = day.begins(480);
        assert_eq!(midnight.to_string(), "1963-09-09T16:00:00Z");
        assert_eq!((midnight.day(480), midnight.minute(480)), (day, 0));
        assert_eq!(
            (midnight.plus(-1).day(480), midnight.plus(-1).minute(480)),
            (day.plus(-1), 1439)
        );
    }

    #[test]
    fn the_ends_of_time_hold() {
        assert_eq!(UnixTime(i64::MAX).day(900), Day::LAST);
        assert_eq!(UnixTime(i64::MIN).day(-900), Day::EARLIEST_BIRTH);
        assert_eq!(UnixTime(i64::from(i32::MAX)).to_string(), "2038-01-19T03:14:07Z");
    }
}

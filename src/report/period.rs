//! The days that a return or a report is about: a calendar month.
//!
//! Months do not overlap, so that no difference of two reports tells what one of them hides.

use core::{fmt, str::FromStr};

use permit_core::Day;
use thiserror::Error;

/// A calendar month, or as much of it as has passed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Period {
    year: i32,
    month: u8,
    until: Option<Day>,
}

/// Not a month.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
#[error("not a month from 1900-01 to 2155-12")]
pub struct NotAPeriod;

impl Period {
    /// A month of a year.
    ///
    /// # Errors
    ///
    /// [`NotAPeriod`].
    pub fn of(year: i32, month: u8) -> Result<Self, NotAPeriod> {
        let period = Self { year, month, until: None };
        period.first().map(|_| period).ok_or(NotAPeriod)
    }

    /// The last whole month before a day.
    #[must_use]
    pub fn before(today: Day) -> Self {
        let (year, month, _) = today.civil();
        match month {
            1 => Self { year: year - 1, month: 12, until: None },
            _ => Self { year, month: month - 1, until: None },
        }
    }

    /// The same, cut off at a day that is in it.
    #[must_use]
    pub fn until(self, today: Day) -> Self {
        let within = (self.from()..self.last()).contains(&today);
        Self { until: within.then_some(today), ..self }
    }

    /// Whether every day of it has passed.
    #[must_use]
    pub fn is_over(self, today: Day) -> bool {
        self.last() < today
    }

    /// First day.
    #[must_use]
    pub fn from(self) -> Day {
        self.first().unwrap_or(Day::FIRST)
    }

    /// Last day.
    #[must_use]
    pub fn through(self) -> Day {
        self.until.unwrap_or_else(|| self.last())
    }

    fn last(self) -> Day {
        let next = match self.month {
            12 => Day::from_civil(self.year + 1, 1, 1),
            month => Day::from_civil(self.year, month + 1, 1),
        };
        next.map_or_else(|| self.from().plus(30), |next| next.plus(-1))
    }

    fn first(self) -> Option<Day> {
        Day::from_civil(self.year, self.month, 1).filter(|day| day.number() >= 0)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl FromStr for Period {
    type Err = NotAPeriod;

    /// `YYYY-MM`.
    fn from_str(text: &str) -> Result<Self, NotAPeriod> {
        let (year, month) = text.split_once('-').ok_or(NotAPeriod)?;
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if (year.len(), month.len()) != (4, 2) || !digits(year) || !digits(month) {
            return Err(NotAPeriod);
        }
        let year = year.parse().map_err(|_| NotAPeriod)?;
        Self::of(year, month.parse().map_err(|_| NotAPeriod)?)
    }
}

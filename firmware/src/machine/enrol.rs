//! Officers' PINs and roles, and the time, as they are set on the supervisor's page.
//!
//! A supervisor enrols officers and gives them PINs, everybody changes their own. Whoever's PIN somebody else has set is
//! no second person until they changed it and a day has passed: else one could be two. The time is set by two.

use permit_core::{Day, UnixTime};
use serde::{Deserialize, Serialize};

use super::Machine;
use super::action::Action;
use super::event::{Moment, Pin};
use super::view::Notice;

/// What an officer may do beside deciding.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Nothing more.
    #[default]
    Officer,
    /// Enrol officers and give them other PINs.
    Supervisor,
}

/// Who signed in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Signed {
    /// Number of the officer.
    pub officer: u16,
    /// Their role.
    pub role: Role,
    /// Whether they may be one of two: their PIN is their own, and has been for a day.
    pub second: bool,
}

impl Signed {
    /// An officer with a PIN of their own.
    #[must_use]
    pub const fn officer(officer: u16) -> Self {
        Self { officer, role: Role::Officer, second: true }
    }
}

/// Why a PIN was not set.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum PinFault {
    /// It has fewer than six characters.
    Short,
    /// One's own is changed with the one before, and set by nobody else's right.
    Own,
    /// The PIN before was wrong.
    Wrong,
    /// Another PIN is being looked at, or it is too early after a wrong one.
    Busy,
    /// It could not be written or recorded.
    Unwritable,
}

impl Machine {
    /// A supervisor enrols an officer, or gives one another PIN.
    pub(super) fn appoint(&mut self, officer: u16, pin: Pin, role: Option<Role>, at: Moment) {
        match self.signed {
            None => self.notify(Notice::NeedsOfficer, at.ms),
            Some(by) if by.role != Role::Supervisor => self.notify(Notice::NeedsSupervisor, at.ms),
            Some(by) if by.officer == officer => {
                self.notify(Notice::PinNotSet { why: PinFault::Own }, at.ms);
            }
            Some(by) => self.out.push(Action::Appoint { by: by.officer, officer, pin, role }),
        }
    }

    /// The officer on duty takes another PIN.
    pub(super) fn change_pin(&mut self, old: Pin, new: Pin, at: Moment) {
        match self.officer() {
            None => self.notify(Notice::NeedsOfficer, at.ms),
            Some(officer) => self.out.push(Action::ChangePin { officer, old, new }),
        }
    }

    /// A PIN was set and that is on record, or it was not.
    pub(super) fn pin_set(&mut self, done: Result<(), PinFault>, ms: u64) {
        self.notify(done.map_or_else(|why| Notice::PinNotSet { why }, |()| Notice::PinSet), ms);
    }

    /// Another time than the clock's: once two officers have said the same.
    pub(super) fn set_clock(&mut self, said: &str, at: Moment) {
        let Some(to) = time(said, self.health.clock.offset) else {
            return self.notify(Notice::TimeMistyped, at.ms);
        };
        if let Some((first, second)) = self.said_time(to, at) {
            self.out.push(Action::SetClock { first, second, to });
        }
    }
}

/// `YYYY-MM-DD HH:MM` at a place so many minutes ahead of UTC.
fn time(said: &str, offset: i16) -> Option<UnixTime> {
    let (day, minute) = said.trim().split_once([' ', 'T'])?;
    let [year, month, day] = numbers(day, '-')?;
    let [hour, minute] = numbers(minute.trim(), ':')?;
    let day = Day::from_civil(i32::from(year), u8::try_from(month).ok()?, u8::try_from(day).ok()?)?;
    (hour < 24 && minute < 60)
        .then(|| day.begins(offset).plus(i64::from(hour) * 3_600 + i64::from(minute) * 60))
}

/// So many whole numbers.
fn numbers<const N: usize>(text: &str, between: char) -> Option<[u16; N]> {
    let all: Option<Vec<u16>> = text.split(between).map(|part| part.parse().ok()).collect();
    all?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_as_people_write_it() {
        let noon = Day::from_civil(2026, 12, 1).unwrap().begins(480).plus(12 * 3_600 + 5 * 60);
        for said in ["2026-12-01 12:05", "2026-12-1T12:05", " 2026-12-01  12:5 "] {
            assert_eq!(time(said, 480), Some(noon), "{said}");
        }
        for none in ["", "2026-12-01", "2026-13-01 12:00", "2026-12-01 24:00", "2026-12-01 12:60"] {
            assert_eq!(time(none, 480), None, "{none}");
        }
        assert_eq!(time("2026-12-01 -1:00", 0), None);
    }
}

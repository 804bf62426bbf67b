//! What was counted: since the journal began, and in a shift.
//!
//! Numbers of verdicts and decisions, and how many are away. None can be traced to a permit or a person.

use std::collections::BTreeMap;

use crate::record::Decision;

use super::Machine;
use super::event::Moment;
use super::view::{Class, seconds};

/// What the journal has counted since it began.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Figures {
    /// Verdicts by code.
    pub verdicts: BTreeMap<u8, u64>,
    /// Decisions, each kind.
    pub decisions: BTreeMap<Decision, u64>,
    /// Holders who are away from home, as far as this terminal and its lists know.
    pub away: u64,
}

/// What an officer's shift came to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Shift {
    /// Number of the officer.
    pub officer: u16,
    /// When they signed in, in seconds since 1970, where the time was certain.
    pub since: Option<i64>,
    /// When they were signed out; `None` while they are on duty.
    pub until: Option<i64>,
    /// Verdicts by class, codes that are no permit left out.
    pub verdicts: BTreeMap<Class, u32>,
    /// Decisions, each kind.
    pub decisions: BTreeMap<Decision, u32>,
}

impl Machine {
    /// An officer's shift begins.
    pub(super) fn begin_shift(&mut self, officer: u16, at: Moment) {
        self.shift = Some(Shift {
            officer,
            since: seconds(at.now.certain()),
            until: None,
            verdicts: BTreeMap::new(),
            decisions: BTreeMap::new(),
        });
    }

    /// It is over; it is shown until the next one begins.
    pub(super) fn end_shift(&mut self, at: Moment) {
        if let Some(shift) = &mut self.shift {
            shift.until = seconds(at.now.certain());
        }
    }

    /// A verdict was shown on an officer's duty.
    pub(super) fn count_verdict(&mut self, class: Class) {
        if let Some(shift) = self.on_duty().filter(|_| class != Class::NotAPermit) {
            *shift.verdicts.entry(class).or_default() += 1;
        }
    }

    /// A decision was recorded on an officer's duty.
    pub(super) fn count_decision(&mut self, decision: Decision) {
        if let Some(shift) = self.on_duty() {
            *shift.decisions.entry(decision).or_default() += 1;
        }
    }

    fn on_duty(&mut self) -> Option<&mut Shift> {
        let officer = self.officer()?;
        self.shift.as_mut().filter(|shift| shift.officer == officer)
    }
}

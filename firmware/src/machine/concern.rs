//! What officers raise from a closed list, and what of it is open here (R17, R18).
//!
//! A guard raises it by one touch, whatever else goes on; it comes home with the journal. A supervisor closes it who did not
//! raise it, which the journal holds.

use serde::{Deserialize, Serialize};

use crate::record::RecordFault;

use super::Machine;
use super::action::Action;
use super::enrol::Role;
use super::event::Moment;
use super::view::Notice;

/// A concern, by its name.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "&'static str")]
pub struct Concern(pub permit_journal::Concern);

/// A name that no concern has.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("no concern of the list")]
pub struct NoConcern;

impl TryFrom<String> for Concern {
    type Error = NoConcern;

    fn try_from(name: String) -> Result<Self, NoConcern> {
        permit_journal::Concern::named(&name).map(Self).ok_or(NoConcern)
    }
}

impl From<Concern> for &'static str {
    fn from(concern: Concern) -> Self {
        concern.0.name()
    }
}

impl Machine {
    /// An officer raises it, if it is not open.
    pub(super) fn raise(&mut self, what: Concern, at: Moment) {
        match self.officer() {
            None => self.notify(Notice::NeedsOfficer, at.ms),
            Some(_) if self.concerns.contains(&what) => self.notify(Notice::RaisedBefore, at.ms),
            Some(officer) => self.out.push(Action::Concern { what, open: true, officer }),
        }
    }

    /// A supervisor closes it.
    pub(super) fn settle_concern(&mut self, what: Concern, at: Moment) {
        match self.signed {
            None => self.notify(Notice::NeedsOfficer, at.ms),
            Some(by) if by.role != Role::Supervisor => self.notify(Notice::NeedsSupervisor, at.ms),
            Some(by) => {
                self.out.push(Action::Concern { what, open: false, officer: by.officer });
            }
        }
    }

    /// It is on record, or it is not.
    pub(super) fn concerned(&mut self, open: bool, done: Result<(), RecordFault>, ms: u64) {
        let notice = match (done, open) {
            (Ok(()), true) => Notice::Raised,
            (Ok(()), false) => Notice::Closed,
            (Err(RecordFault::Refused), true) => Notice::RaisedBefore,
            (Err(RecordFault::Refused), false) => Notice::NotClosed,
            (Err(_), _) => Notice::NotRecorded,
        };
        self.notify(notice, ms);
    }
}

//! What officers say at a terminal beside their decisions: that they are there, that the clock is right. Nothing waits for it, so
//! that what is not recorded is told to whoever reads the log.

use permit_core::Now;
use permit_journal::{ClockEvent, Event, Storage};

use super::Keeper;
use crate::record::RecordFault;

impl<S: Storage> Keeper<S> {
    /// An officer came on duty (true) or left.
    pub fn shift(&mut self, officer: u16, on: bool, now: &Now) {
        if let Err(fault) = self.note(Event::Shift { officer, on }, now) {
            tracing::error!(%fault, "a shift was not recorded");
        }
    }

    /// An officer says that the clock is right, which takes a second one.
    pub fn vouched(&mut self, officer: u16, now: &Now) {
        let said =
            now.doubt(true).map(|why| ClockEvent::Vouched { officer, why, clock: now.clock() });
        let said = said.ok_or(RecordFault::Refused);
        if let Err(fault) = said.and_then(|said| self.note(Event::Clock(said), now)) {
            tracing::error!(%fault, "an officer's word on the clock was not recorded");
        }
    }
}

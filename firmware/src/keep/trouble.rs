//! What a journal is told of troubles.

use permit_core::Now;
use permit_journal::{ClockEvent, Event, Part};

use crate::machine::{LaneNumber, Trouble};

/// What is recorded of a trouble that begins or ends; lists have records of their own, and a journal that fails cannot
/// say so.
pub(super) fn event(
    (trouble, lane): (Trouble, Option<LaneNumber>),
    out: bool,
    now: &Now,
) -> Option<Event> {
    let part = match trouble {
        Trouble::DiskFull | Trouble::DiskFailing => Part::Disk,
        Trouble::SelfTest => Part::SelfTest,
        Trouble::Camera => Part::Camera,
        Trouble::Tamper => Part::Housing,
        Trouble::Screen => Part::Screen,
        Trouble::State
        | Trouble::KeyLost
        | Trouble::SecretLost
        | Trouble::OfficersLost
        | Trouble::Restored => Part::Files,
        Trouble::Clock => {
            let why = now.doubt(false).filter(|_| out);
            return Some(Event::Clock(why.map_or(ClockEvent::Trusted, ClockEvent::Distrusted)));
        }
        _ => return None,
    };
    Some(Event::Health { part, out, lane: lane.map(u8::from) })
}

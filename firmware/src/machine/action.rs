//! What the machine wants done.
//!
//! Whoever runs the machine does these in order. The answers to [`Action::Judge`] and [`Action::Append`] are events,
//! and no relay moves before the answer to the entry that allows it.

use permit_core::{Checkpoint, TerminalFault, UnixTime};

use crate::record::Entry;
use crate::signal::Signal;

use super::concern::Concern;
use super::enrol::Role;
use super::event::{Asked, Pin, Reply, UpdateFault};
use super::view::View;

/// Something to do.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub enum Action {
    /// Judge this; answer with [`Event::Judged`](super::Event::Judged).
    Judge {
        /// What.
        asked: Asked,
        /// Where.
        here: Checkpoint,
        /// What is wrong with the terminal.
        fault: Option<TerminalFault>,
    },
    /// Make this durable; answer with [`Event::Recorded`](super::Event::Recorded).
    Append(Entry),
    /// Show this with the lamps and the buzzer, from its beginning.
    Signal(Signal),
    /// Close the relay of the gate for so many milliseconds, once.
    Pulse(u32),
    /// Open the relay now, whatever time it had left.
    Release,
    /// The lamp over the permit.
    Illuminate(bool),
    /// The view changed.
    Show(Box<View>),
    /// Tell the record of events.
    Tell(Told),
    /// Check an officer's PIN; answer with [`Event::SignedIn`](super::Event::SignedIn).
    CheckPin {
        /// Number of the officer.
        officer: u16,
        /// The PIN.
        pin: Pin,
    },
    /// Enrol an officer or give one another PIN, and record who did; answer with
    /// [`Event::PinSet`](super::Event::PinSet).
    Appoint {
        /// The supervisor.
        by: u16,
        /// Number of the officer.
        officer: u16,
        /// The PIN.
        pin: Pin,
        /// The role, where it is said.
        role: Option<Role>,
    },
    /// Give an officer another PIN, if the one before is right; answer with [`Event::PinSet`](super::Event::PinSet).
    ChangePin {
        /// Number of the officer.
        officer: u16,
        /// The PIN until now.
        old: Pin,
        /// The new one.
        new: Pin,
    },
    /// Two officers say that it is this time: record it, and go by it from then on; answer with
    /// [`Event::ClockConfirmed`](super::Event::ClockConfirmed).
    SetClock {
        /// Who said it first.
        first: u16,
        /// And who second.
        second: u16,
        /// The time.
        to: UnixTime,
    },
    /// Record that this officer raised something (true) or closed it; answer with
    /// [`Event::Concerned`](super::Event::Concerned).
    Concern {
        /// What.
        what: Concern,
        /// Whether it is raised.
        open: bool,
        /// Number of the officer.
        officer: u16,
    },
    /// An officer came on duty (true) or left.
    Shift {
        /// Number of the officer.
        officer: u16,
        /// Whether they came.
        on: bool,
    },
    /// Take the bundle from the stick; answer with [`Event::Updated`](super::Event::Updated).
    Update,
    /// Take this bundle, read from codes, or record why there is none; answer with
    /// [`Event::Updated`](super::Event::Updated).
    Take(Result<Vec<u8>, UpdateFault>),
    /// Export the journal, to whoever waits or else to a stick; answer with
    /// [`Event::Exported`](super::Event::Exported).
    Export(Option<Reply>),
    /// Run the self-test; answer with [`Event::Tested`](super::Event::Tested).
    SelfTest,
    /// Record that this officer says that the clock is right: a second has to.
    VouchClock(u16),
    /// Two officers said that the clock is right: record it, and believe it then; answer with
    /// [`Event::ClockConfirmed`](super::Event::ClockConfirmed).
    ConfirmClock {
        /// Who said it first.
        first: u16,
        /// And who second.
        second: u16,
    },
    /// Two officers start a new chain of the journal; answer with [`Event::ChainBegun`](super::Event::ChainBegun).
    NewChain {
        /// Who said it first.
        first: u16,
        /// And who second.
        second: u16,
    },
    /// The last picture was dealt with.
    Finish,
}

/// A line for `--events`: nothing personal.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Told {
    /// A verdict was shown.
    Verdict {
        /// The stable code.
        code: u8,
        /// The class.
        class: super::view::Class,
        /// The other findings' codes.
        also: Vec<u8>,
        /// Where the text came from.
        source: super::event::Source,
        /// Which picture of a played source, counted from 0.
        #[serde(skip_serializing_if = "Option::is_none")]
        picture: Option<u32>,
    },
    /// A decision was recorded.
    Decision {
        /// Which.
        decision: crate::record::Decision,
        /// The verdict's code.
        code: u8,
    },
    /// The gate turned, or did not in time.
    Gate {
        /// Whether it turned.
        turned: bool,
    },
}

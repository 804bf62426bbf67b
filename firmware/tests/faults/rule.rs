//! The rules by name, and an event as the oracle sees it.

use std::time::Instant;

use serde_json::Value;

/// A rule that every fault is held against.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Check {
    /// A relay closes for a decision that an officer on duty asked for, once.
    Ordered,
    /// And for one that is durable by then, with that officer's number.
    Recorded,
    /// Green only for a good permit that was presented, and never while something forbids it.
    Green,
    /// A process that starts shows its page in time.
    Page,
    /// No process ends by itself, and none panics.
    Lives,
    /// Its memory is bounded.
    Small,
    /// No name, number or PIN where none may stand.
    Private,
    /// The chain is whole unless somebody damaged it.
    Whole,
    /// Once the fault is gone, the next good permit passes.
    Again,
    /// What this fault alone must or must not do.
    Own,
}

impl Check {
    pub(crate) const ALL: [Self; 10] = [
        Self::Ordered,
        Self::Recorded,
        Self::Green,
        Self::Page,
        Self::Lives,
        Self::Small,
        Self::Private,
        Self::Whole,
        Self::Again,
        Self::Own,
    ];
}

/// An event, with its lane from 0 and about when it happened.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    pub(crate) lane: usize,
    pub(crate) at: Instant,
    pub(crate) event: Value,
}

impl Told {
    pub(crate) fn is(&self, name: &str) -> bool {
        self.event["event"] == name
    }

    pub(crate) fn is_green(&self) -> bool {
        self.is("verdict") && self.event["class"] == "valid"
    }

    pub(crate) fn closes(&self) -> bool {
        self.is("relay") && self.event["closed"] == true
    }
}

//! What a journal knows of a permit: an argument, never kept here.

use crate::{Passage, Permit, PermitId, UnixTime};

/// What is known of one permit, every copy of it together.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Presence {
    /// Outward journeys made, the present one included.
    pub journeys: u32,
    /// Away from home since.
    pub outside_since: Option<UnixTime>,
    /// The last crossing.
    pub last: Option<Passage>,
}

/// Where presence is looked up, once a signature holds.
pub trait Ledger {
    /// What is known of this permit; `None` for nothing.
    fn presence(&self, id: &PermitId) -> Option<Presence>;

    /// True if it may have known more of this permit than it does now: nothing is green on what is left.
    fn may_have_lost(&self, _: &Permit) -> bool {
        false
    }
}

/// A ledger that knows nothing: a laptop, a first day.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct NoLedger;

impl Ledger for NoLedger {
    fn presence(&self, _: &PermitId) -> Option<Presence> {
        None
    }
}

impl Ledger for Presence {
    /// The same for every permit: one traveller's day, played through.
    fn presence(&self, _: &PermitId) -> Option<Presence> {
        Some(*self)
    }
}

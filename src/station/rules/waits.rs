//! After how many days what waits at a desk is called late: what a supervisor sets, as an act on the record.

use minicbor::{Decode, Encode};
use permit_core::UnixTime;

use super::{Denied, Moment};

/// Days, each from [`Waits::LEAST`] to [`Waits::MOST`].
#[derive(Clone, Copy, PartialEq, Eq, Encode, Decode, Debug)]
#[cbor(array)]
pub struct Waits {
    /// What is incomplete is late after more than these.
    #[n(0)]
    pub incomplete: u16,
    /// What is ready and not fetched.
    #[n(1)]
    pub unfetched: u16,
    /// What waits for a decision.
    #[n(2)]
    pub undecided: u16,
    /// A permit that ends within these is listed as about to expire.
    #[n(3)]
    pub expiring: u16,
}

/// What was set, when and by whom.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct WaitsSet {
    /// When.
    pub at: UnixTime,
    /// By which supervisor.
    pub by: u16,
    /// What stood there.
    pub before: Waits,
    /// What stands there since.
    pub after: Waits,
}

impl Waits {
    /// Least days: what waits for a day is late at the earliest.
    pub const LEAST: u16 = 1;
    /// Most days: chosen, a quarter. A list that nobody is ever late in is none.
    pub const MOST: u16 = 90;

    /// All of them, in order.
    #[must_use]
    pub const fn all(self) -> [u16; 4] {
        [self.incomplete, self.unfetched, self.undecided, self.expiring]
    }

    /// Set anew over what stands there: changed by it, and within bounds.
    pub(super) fn set(
        self,
        moment: &Moment<'_>,
        [before, after]: [Self; 2],
    ) -> Result<WaitsSet, Denied> {
        if before != self {
            return Err(Denied::OtherContent);
        }
        if after == self {
            return Err(Denied::Same);
        }
        if after.all().iter().any(|days| !(Self::LEAST..=Self::MOST).contains(days)) {
            return Err(Denied::Bounds { least: Self::LEAST, most: Self::MOST });
        }
        Ok(WaitsSet { at: moment.at, by: moment.by, before, after })
    }
}

/// Until a supervisor sets something else: chosen.
impl Default for Waits {
    fn default() -> Self {
        Self { incomplete: 14, unfetched: 14, undecided: 7, expiring: 14 }
    }
}

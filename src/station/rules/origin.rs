//! What an application begins from: nothing, a permit that another follows, or one with an error in it.

use minicbor::{Decode, Encode};
use permit_core::{Day, PermitId};

use super::{Desk, Particulars, State, wire};

/// What an application begins from.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Encode, Decode, Debug)]
#[cbor(flat)]
pub enum Origin {
    /// Nothing.
    #[n(0)]
    New,
    /// A permit of this desk that is to be followed by another, under a number of its own.
    #[n(1)]
    Renewal(#[cbor(n(0), with = "wire::permit")] PermitId),
    /// A permit of this desk with an error in it: the corrected one is its next copy (R26).
    #[n(2)]
    Correction(#[cbor(n(0), with = "wire::permit")] PermitId),
}

impl Origin {
    /// The permit it begins from.
    #[must_use]
    pub const fn permit(self) -> Option<PermitId> {
        match self {
            Self::New => None,
            Self::Renewal(id) | Self::Correction(id) => Some(id),
        }
    }

    /// Whether a permit in this state is followed by another: a correction takes the place of a card that is there.
    #[must_use]
    pub const fn may_follow(self, state: State) -> bool {
        match self {
            Self::New => false,
            Self::Renewal(_) => {
                matches!(state, State::HandedOver | State::Active | State::Expired)
            }
            Self::Correction(_) => matches!(
                state,
                State::Issued
                    | State::Printed
                    | State::ReadBack
                    | State::HandedOver
                    | State::Active
                    | State::Lost
            ),
        }
    }
}

impl Desk {
    /// What an application begins with that follows a permit: what that says, from today on; a corrected one for the days
    /// that it has left.
    #[must_use]
    pub fn following(&self, origin: Origin, today: Day) -> Option<Particulars> {
        let from = self.application(self.whose(origin.permit()?)?)?;
        let (content, permit) = (from.particulars.clone()?, from.permit?);
        let left = permit.through.since(today).saturating_add(1);
        let days = match origin {
            Origin::Correction(_) => u16::try_from(left).ok().filter(|days| *days > 0),
            _ => None,
        };
        Some(Particulars { from: None, days: days.unwrap_or(content.days), ..content })
    }
}

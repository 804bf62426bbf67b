//! Which design the cards are drawn by: the program's, or one of the station's own.

use minicbor::{Decode, Encode};
use permit_core::UnixTime;

/// A kind of card.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, Debug)]
#[cbor(index_only)]
pub enum Layout {
    /// Of ID-1 size.
    #[n(0)]
    Card,
    /// A6, folded once.
    #[n(1)]
    Folded,
}

impl Layout {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Card, Self::Folded];
}

/// A design of the station's own, as the record knows it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OwnDesign {
    /// SHA-256 of the two sides' files, front and back.
    pub sides: [[u8; 32]; 2],
    /// Which supervisor took it into use.
    pub by: u16,
    /// When.
    pub at: UnixTime,
}

//! Why a person is refused or a permit revoked, and where the person can go with it (R26).
//!
//! Two people stand for it, and both sign these words too: what is printed on the notice is what they signed.

use minicbor::{Decode, Encode};
use permit_core::Day;

use super::{Denied, Moment, text, wire};

/// What a refusal or a revocation rests on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, Debug)]
#[cbor(index_only)]
pub enum Ground {
    /// Does not live in the zone.
    #[n(0)]
    NotResident,
    /// Of none of the three classes.
    #[n(1)]
    NoClass,
    /// A paper is not genuine.
    #[n(2)]
    FalsePaper,
    /// Something stated is not so.
    #[n(3)]
    FalseStatement,
    /// The permit was used against its terms.
    #[n(4)]
    Misuse,
    /// The permit was issued by mistake.
    #[n(5)]
    Mistake,
    /// Another, said in the words.
    #[n(6)]
    Other,
}

/// The reasons, as they are printed.
#[derive(Clone, PartialEq, Eq, Hash, Encode, Decode, Debug)]
#[cbor(array)]
pub struct Grounds {
    /// Which ground.
    #[n(0)]
    pub ground: Ground,
    /// The reasons in words, in the applicant's language.
    #[n(1)]
    pub words: String,
    /// Until when it can be taken to the other station.
    #[cbor(n(2), with = "wire::day")]
    pub deadline: Day,
    /// An independent station: any but this one.
    #[n(3)]
    pub station: u16,
}

impl Grounds {
    /// Least days a person has to have it looked at again: chosen.
    pub const LEAST_DAYS: i32 = 15;

    /// Holds them against the rules.
    ///
    /// # Errors
    ///
    /// Of the words, the station to turn to, or the deadline.
    pub fn check(&self, moment: &Moment<'_>) -> Result<(), Denied> {
        text::sound(&self.words, text::LONG)?;
        if self.station == 0 || self.station == moment.office.station() {
            return Err(Denied::NotIndependent { station: self.station });
        }
        let least = moment.today().plus(Self::LEAST_DAYS);
        if self.deadline < least { Err(Denied::TooSoon { least }) } else { Ok(()) }
    }
}

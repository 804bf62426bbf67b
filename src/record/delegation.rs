//! What a station delegates to special personnel, in the hands of two of its supervisors (R13).
//!
//! It names everything that limits what the special personnel may issue: communes, days, how many. Whoever reads their
//! record holds each permit in it against this.

use minicbor::{Decode, Encode, Encoder, decode, encode::Write};
use permit_core::{Day, KeyId, Kind, PublicKey, Signer, UnixTime};

use crate::{Refused, sealed, wire};

/// What two supervisors of the delegating station sign.
#[derive(Clone, PartialEq, Eq, Hash, Encode, Decode, Debug)]
#[cbor(array)]
pub struct Delegation {
    /// Number of the zone.
    #[n(0)]
    pub zone: u16,
    /// Number of the station that delegates.
    #[n(1)]
    pub by: u16,
    /// Number that the special personnel have as a station: their permits carry it.
    #[n(2)]
    pub station: u16,
    /// The key that signs their record.
    #[cbor(n(3), with = "minicbor::bytes")]
    pub record: [u8; 32],
    /// The key that signs their permits.
    #[cbor(n(4), with = "minicbor::bytes")]
    pub key: [u8; 32],
    /// Regions of the communes, ascending.
    #[n(5)]
    pub regions: Ascending<u16>,
    /// Communes whose residents they serve, ascending by their bytes.
    #[n(6)]
    pub communes: Ascending<String>,
    /// First day on which they may issue.
    #[cbor(n(7), with = "wire::day")]
    pub from: Day,
    /// Last day.
    #[cbor(n(8), with = "wire::day")]
    pub through: Day,
    /// Most numbers they may give.
    #[n(9)]
    pub quota: u32,
    /// When.
    #[cbor(n(10), with = "wire::time")]
    pub at: UnixTime,
}

/// At least one value, ascending, each once.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Ascending<T>(Vec<T>);

impl<T: Ord> Ascending<T> {
    /// These in order; `None` if there are none.
    #[must_use]
    pub fn of(mut values: Vec<T>) -> Option<Self> {
        values.sort_unstable();
        values.dedup();
        (!values.is_empty()).then_some(Self(values))
    }

    /// True if it is one of them.
    #[must_use]
    pub fn has<Q: Ord + ?Sized>(&self, value: &Q) -> bool
    where
        T: core::borrow::Borrow<Q>,
    {
        self.0.binary_search_by(|have| have.borrow().cmp(value)).is_ok()
    }

    /// Each, in order.
    pub fn iter(&self) -> core::slice::Iter<'_, T> {
        self.0.iter()
    }
}

impl<C, T: Encode<C>> Encode<C> for Ascending<T> {
    fn encode<W: Write>(
        &self,
        to: &mut Encoder<W>,
        with: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        self.0.encode(to, with)
    }
}

impl<'b, C, T: Decode<'b, C> + Ord> Decode<'b, C> for Ascending<T> {
    fn decode(from: &mut minicbor::Decoder<'b>, with: &mut C) -> Result<Self, decode::Error> {
        let values = Vec::<T>::decode(from, with)?;
        if !values.is_empty() && values.is_sorted_by(|before, next| before < next) {
            Ok(Self(values))
        } else {
            Err(decode::Error::message("none, or not ascending"))
        }
    }
}

impl Delegation {
    /// One supervisor's signature over it, as a part of the whole.
    ///
    /// # Errors
    ///
    /// When the key cannot sign.
    pub fn sign<S: Signer>(&self, signer: &S) -> Result<(KeyId, [u8; 64]), S::Error> {
        sealed::signature(Kind::Delegation, &sealed::bytes(self), signer)
    }

    /// The whole: a COSE_Sign of kind `delegation` with both signatures.
    #[must_use]
    pub fn seal(&self, signatures: [(KeyId, [u8; 64]); 2]) -> Vec<u8> {
        sealed::two(&sealed::bytes(self), signatures)
    }

    /// What it says and which keys are said to have signed. Nothing is verified yet.
    ///
    /// # Errors
    ///
    /// What the bytes are not; [`Refused::Contents`] too where its last day is before the first or its quota is 0.
    pub fn unverified(bytes: &[u8]) -> Result<(Self, [KeyId; 2]), Refused> {
        let (payload, kids) = sealed::parts_of_two(bytes)?;
        let delegation: Self = sealed::opened(payload)?;
        if delegation.through < delegation.from || delegation.quota == 0 {
            return Err(Refused::Contents);
        }
        Ok((delegation, kids))
    }

    /// Opens one that these two keys must have signed.
    ///
    /// # Errors
    ///
    /// What it is not.
    pub fn open(bytes: &[u8], keys: &[PublicKey; 2]) -> Result<Self, Refused> {
        sealed::both_hold(Kind::Delegation, bytes, keys)?;
        Self::unverified(bytes).map(|(delegation, _)| delegation)
    }
}

//! An officer's enrolment: number, name, key and roles, in the hands of two supervisors.
//!
//! A row in a table makes nobody an officer. Who may sign an enrolment is a rule of the desk; here is what is signed,
//! and that exactly two different keys did.

use minicbor::{Decode, Encode};
use permit_core::{KeyId, Kind, PublicKey, Signer, UnixTime};

use crate::{Refused, sealed, wire};

/// What two supervisors sign.
#[derive(Clone, PartialEq, Eq, Hash, Encode, Decode, Debug)]
#[cbor(array)]
pub struct Enrolment {
    /// Number of the station.
    #[n(0)]
    pub station: u16,
    /// The officer's number, from 1, given once.
    #[n(1)]
    pub officer: u16,
    /// Name in Latin script.
    #[n(2)]
    pub latin: String,
    /// Name in native script.
    #[n(3)]
    pub native: Option<String>,
    /// Raw public key.
    #[cbor(n(4), with = "minicbor::bytes")]
    pub key: [u8; 32],
    /// What the officer may do.
    #[n(5)]
    pub roles: Roles,
    /// When.
    #[cbor(n(6), with = "wire::time")]
    pub at: UnixTime,
}

/// What an officer does at a desk.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, Debug)]
#[cbor(index_only)]
pub enum Role {
    /// Takes applications in, sees papers, prints, hands over.
    #[n(0)]
    Counter,
    /// Reviews and decides for the local county or city police.
    #[n(1)]
    Police,
    /// Decides as the border defence's deputy representative.
    #[n(2)]
    BorderDefence,
    /// Works cases: resettlement, return, army families.
    #[n(3)]
    Cases,
    /// Enrols and dismisses officers, answers issues raised.
    #[n(4)]
    Supervisor,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Counter, Self::Police, Self::BorderDefence, Self::Cases, Self::Supervisor];
}

/// A set of roles.
#[derive(Clone, PartialEq, Eq, Hash, Default, Debug)]
pub struct Roles(Vec<Role>);

impl Roles {
    /// The set of these.
    #[must_use]
    pub fn of(roles: &[Role]) -> Self {
        let mut roles = roles.to_vec();
        roles.sort_unstable();
        roles.dedup();
        Self(roles)
    }

    /// True if it is one of them.
    #[must_use]
    pub fn has(&self, role: Role) -> bool {
        self.0.contains(&role)
    }

    /// Each, in order.
    pub fn iter(&self) -> impl Iterator<Item = Role> + '_ {
        self.0.iter().copied()
    }

    /// True if there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<C> Encode<C> for Roles {
    fn encode<W: minicbor::encode::Write>(
        &self,
        to: &mut minicbor::Encoder<W>,
        with: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        self.0.encode(to, with)
    }
}

impl<'b, C> Decode<'b, C> for Roles {
    /// Ascending, each once.
    fn decode(
        from: &mut minicbor::Decoder<'b>,
        with: &mut C,
    ) -> Result<Self, minicbor::decode::Error> {
        let roles = Vec::<Role>::decode(from, with)?;
        if roles.is_sorted_by(|before, next| before < next) {
            Ok(Self(roles))
        } else {
            Err(minicbor::decode::Error::message("roles do not ascend"))
        }
    }
}

impl Enrolment {
    /// One supervisor's signature over it, as a part of the whole.
    ///
    /// # Errors
    ///
    /// When the key cannot sign.
    pub fn sign<S: Signer>(&self, signer: &S) -> Result<(KeyId, [u8; 64]), S::Error> {
        sealed::signature(Kind::Enrolment, &sealed::bytes(self), signer)
    }

    /// The whole: a COSE_Sign of kind `enrolment` with both signatures.
    #[must_use]
    pub fn seal(&self, signatures: [(KeyId, [u8; 64]); 2]) -> Vec<u8> {
        sealed::two(&sealed::bytes(self), signatures)
    }

    /// What it says and which keys are said to have signed. Nothing is verified yet.
    ///
    /// # Errors
    ///
    /// What the bytes are not.
    pub fn unverified(bytes: &[u8]) -> Result<(Self, [KeyId; 2]), Refused> {
        let (payload, kids) = sealed::parts_of_two(bytes)?;
        Ok((sealed::opened(payload)?, kids))
    }

    /// Opens one that these two keys must have signed.
    ///
    /// # Errors
    ///
    /// What it is not.
    pub fn open(bytes: &[u8], keys: &[PublicKey; 2]) -> Result<Self, Refused> {
        sealed::both_hold(Kind::Enrolment, bytes, keys)?;
        Self::unverified(bytes).map(|(enrolment, _)| enrolment)
    }
}

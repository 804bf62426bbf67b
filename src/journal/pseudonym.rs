//! What stands in a journal in place of a permit's number.
//!
//! A keyed hash (HMAC-SHA-256, RFC 2104) of the permit id without its copy, cut to 16 bytes. The key is
//! the zone's, the same on every terminal of both sides, so that their records meet; without it nobody
//! can tell which permit is meant. Whoever has it, as on a stolen terminal, can try guessed numbers.

use core::fmt;

use hmac::{Hmac, KeyInit, Mac};
use minicbor::{Decode, Encode};
use permit_core::PermitId;
use sha2::Sha256;
use zeroize::Zeroizing;

/// A keyed pseudonym of a permit, the same for every copy of it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct Pseudonym(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 16]);

impl fmt::Debug for Pseudonym {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pseudonym({:032x})", u128::from_be_bytes(self.0))
    }
}

/// A zone's pseudonym secret for one period.
#[derive(Clone)]
pub struct Secret(Zeroizing<[u8; 32]>);

impl Secret {
    /// A secret of 32 random bytes.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The pseudonym of a permit under this secret.
    #[must_use]
    pub fn pseudonym(&self, id: &PermitId) -> Pseudonym {
        let [station, station2, year, serial, serial2, serial3, _copy] = id.to_bytes();
        let mut block = Zeroizing::new([0; 64]);
        block[..32].copy_from_slice(&*self.0);
        let mut mac = Hmac::<Sha256>::new((&*block).into());
        mac.update(LABEL);
        mac.update(&[station, station2, year, serial, serial2, serial3]);
        let tag: [u8; 32] = mac.finalize().into_bytes().into();
        let mut short = [0; 16];
        short.copy_from_slice(&tag[..16]);
        Pseudonym(short)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

/// The secret in use and, for one period after it was replaced, the one before.
#[derive(Clone, Debug)]
pub struct Secrets {
    current: Secret,
    previous: Option<Secret>,
}

impl Secrets {
    /// Writes under `current`; looks up under both.
    #[must_use]
    pub const fn new(current: Secret, previous: Option<Secret>) -> Self {
        Self { current, previous }
    }

    /// What a new record says.
    #[must_use]
    pub fn pseudonym(&self, id: &PermitId) -> Pseudonym {
        self.current.pseudonym(id)
    }

    /// What records may say, the current one first.
    pub fn pseudonyms(&self, id: &PermitId) -> impl Iterator<Item = Pseudonym> {
        [Some(&self.current), self.previous.as_ref()]
            .into_iter()
            .flatten()
            .map(|secret| secret.pseudonym(id))
    }
}

/// Keeps this use of the secret apart from any other.
const LABEL: &[u8] = b"border-permit/pseudonym/1";

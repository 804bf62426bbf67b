//! Public keys that have been looked at, and the four bytes that name one.
//!
//! A key enters only if it is canonical, of large order and free of torsion (RFC 8032 §5.1.7 leaves
//! that open): with such a key a message has one verdict, whatever implementation asks.

use core::fmt;

use ed25519_dalek::{Signature, VerifyingKey, ed25519::signature::MultipartVerifier};
use sha2::{Digest, Sha256};

/// First four bytes of the SHA-256 of a raw public key: a hint which key to try, never a proof.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(pub [u8; 4]);

impl KeyId {
    /// The id of a raw public key.
    #[must_use]
    pub fn of(key: &[u8; 32]) -> Self {
        let [a, b, c, d, ..] = sha256(&[key]);
        Self([a, b, c, d])
    }
}

impl fmt::Display for KeyId {
    /// Eight hexadecimal digits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}", u32::from_be_bytes(self.0))
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyId({self})")
    }
}

/// Why 32 bytes are not a key to trust.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum KeyFault {
    /// Not a point of the curve.
    NotOnCurve,
    /// Not the one encoding of its point.
    NonCanonical,
    /// Of small order: signatures with it prove nothing.
    Weak,
    /// With a component of small order: implementations disagree about its signatures.
    Torsion,
}

impl fmt::Display for KeyFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotOnCurve => "not a point of the curve",
            Self::NonCanonical => "not the canonical encoding of its point",
            Self::Weak => "a point of small order",
            Self::Torsion => "a point with a component of small order",
        })
    }
}

impl core::error::Error for KeyFault {}

/// An Ed25519 public key that passed every check.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PublicKey(VerifyingKey);

impl PublicKey {
    /// Checks a raw public key.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn new(bytes: &[u8; 32]) -> Result<Self, KeyFault> {
        #[cfg(test)]
        tally::add(|counts| counts.sound += 1);
        let key = VerifyingKey::from_bytes(bytes).map_err(|_| KeyFault::NotOnCurve)?;
        let point = key.to_edwards();
        if point.compress().to_bytes() != *bytes {
            Err(KeyFault::NonCanonical)
        } else if key.is_weak() {
            Err(KeyFault::Weak)
        } else if !point.is_torsion_free() {
            Err(KeyFault::Torsion)
        } else {
            Ok(Self(key))
        }
    }

    /// A key that [`Self::new`] accepted when its list was loaded.
    pub(crate) fn listed(bytes: &[u8; 32]) -> Option<Self> {
        VerifyingKey::from_bytes(bytes).ok().map(Self)
    }

    /// The raw 32 bytes.
    #[must_use]
    pub fn to_bytes(&self) -> [u8; 32] {
        self.0.to_bytes()
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> KeyId {
        KeyId::of(self.0.as_bytes())
    }

    /// True if `signature` over `message` holds, strictly (RFC 8032 §5.1.7 without cofactor, R not small).
    #[must_use]
    pub fn verify(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        #[cfg(test)]
        tally::add(|counts| counts.verified += 1);
        self.0.verify_strict(message, &Signature::from_bytes(signature)).is_ok()
    }

    /// The same for a message in parts, so that four megabytes need not be copied.
    ///
    /// dalek has no strict verification of parts. For a key without torsion the two differ in one R
    /// only: R equals sB − kA, which then lies in the prime-order group, where the identity alone is small.
    #[must_use]
    pub fn verify_parts(&self, message: &[&[u8]], signature: &[u8; 64]) -> bool {
        #[cfg(test)]
        tally::add(|counts| counts.verified += 1);
        let identity = signature.first() == Some(&1)
            && signature.iter().skip(1).take(31).all(|&byte| byte == 0);
        !identity && self.0.multipart_verify(message, &Signature::from_bytes(signature)).is_ok()
    }
}

/// SHA-256 of the parts, one after the other.
#[must_use]
pub fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        #[cfg(test)]
        tally::add(|counts| counts.hashed += part.len() + 64);
        hash.update(part);
    }
    hash.finalize().into()
}

/// What was asked of the arithmetic, for tests that hold it against a bound.
#[cfg(test)]
pub(crate) mod tally {
    use core::cell::Cell;

    /// Expensive operations of one thread.
    #[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
    pub(crate) struct Counts {
        /// Keys whose soundness was asked.
        pub(crate) sound: usize,
        /// Signatures that were tried.
        pub(crate) verified: usize,
        /// Bytes through SHA-256, a block more each time.
        pub(crate) hashed: usize,
    }

    std::thread_local!(static COUNTS: Cell<Counts> = const {
        Cell::new(Counts { sound: 0, verified: 0, hashed: 0 })
    });

    pub(crate) fn add(change: impl FnOnce(&mut Counts)) {
        COUNTS.with(|counts| {
            let mut now = counts.get();
            change(&mut now);
            counts.set(now);
        });
    }

    /// What `run` asked for.
    pub(crate) fn of<T>(run: impl FnOnce() -> T) -> (T, Counts) {
        COUNTS.with(|counts| counts.set(Counts::default()));
        let result = run();
        (result, COUNTS.with(Cell::get))
    }
}

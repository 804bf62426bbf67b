//! What can sign: a key in memory, a key file, a token.
//!
//! The trait is here so that whoever signs (a station, a reader its journal) needs no key storage, and
//! so that core can build every signed thing in the one place that also checks it. Core holds no secrets.

/// Something that signs with one Ed25519 key (RFC 8032, pure).
pub trait Signer {
    /// Why a signature could not be made.
    type Error: core::fmt::Debug + core::fmt::Display;

    /// The raw 32-byte public key the signatures verify with.
    fn public_key(&self) -> [u8; 32];

    /// Signs `message`, a complete `Sig_structure`.
    ///
    /// # Errors
    ///
    /// When the key cannot be used now: a token was removed, an approval is missing.
    fn sign(&self, message: &[u8]) -> Result<[u8; 64], Self::Error>;
}

impl<S: Signer + ?Sized> Signer for &S {
    type Error = S::Error;

    fn public_key(&self) -> [u8; 32] {
        (**self).public_key()
    }

    fn sign(&self, message: &[u8]) -> Result<[u8; 64], Self::Error> {
        (**self).sign(message)
    }
}

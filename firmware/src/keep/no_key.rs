//! In place of a key that is lost.

use std::io;

use permit_core::Signer;

/// Signs nothing.
pub(super) struct NoKey;

impl Signer for NoKey {
    type Error = io::Error;

    fn public_key(&self) -> [u8; 32] {
        [0; 32]
    }

    fn sign(&self, _message: &[u8]) -> Result<[u8; 64], io::Error> {
        Err(io::ErrorKind::NotFound.into())
    }
}

//! Keys that anyone can make again: the secret is the SHA-256 of a name.
//!
//! They protect nothing and never leave the tests.

use core::convert::Infallible;

use ed25519_dalek::{Signer as _, SigningKey};
use permit_core::{KeyId, Permit, Signer, sha256};

/// A key with a name.
#[derive(Clone, Debug)]
pub struct Key {
    secret: SigningKey,
    /// What it is called here.
    pub name: String,
}

impl Key {
    /// The key of that name.
    #[must_use]
    pub fn named(name: &str) -> Self {
        let secret = sha256(&[b"permit-tests/", name.as_bytes()]);
        Self { secret: SigningKey::from_bytes(&secret), name: name.into() }
    }

    /// Raw public key.
    #[must_use]
    pub fn public(&self) -> [u8; 32] {
        self.secret.verifying_key().to_bytes()
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> KeyId {
        KeyId::of(&self.public())
    }

    /// Signs the bytes as they are.
    #[must_use]
    pub fn sign_raw(&self, message: &[u8]) -> [u8; 64] {
        self.secret.sign(message).to_bytes()
    }

    /// A permit's text.
    ///
    /// # Panics
    ///
    /// When a reader would refuse the permit.
    #[must_use]
    pub fn seal(&self, permit: &Permit) -> String {
        permit_core::seal(permit, self).expect("a good permit").as_str().into()
    }

    /// The text of any payload, good or bad.
    ///
    /// # Panics
    ///
    /// When it does not fit a code.
    #[must_use]
    pub fn seal_raw(&self, payload: &[u8]) -> String {
        let message =
            permit_core::cose::to_be_signed::<2000>(permit_core::Kind::Permit, self.id(), payload)
                .expect("room");
        let text = permit_core::spell(self.id(), payload, &self.sign_raw(&message));
        text.expect("room").as_str().into()
    }
}

impl Signer for Key {
    type Error = Infallible;

    fn public_key(&self) -> [u8; 32] {
        self.public()
    }

    fn sign(&self, message: &[u8]) -> Result<[u8; 64], Infallible> {
        Ok(self.sign_raw(message))
    }
}

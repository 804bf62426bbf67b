//! A thing whose signature was checked: only that makes one.

use core::ops::Deref;

use crate::{Envelope, Permit, permit::Unreadable};

/// `T` as a listed key signed it. There is no other way to one than the verifier.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Verified<T> {
    value: T,
    characters: usize,
}

impl Verified<Permit> {
    /// Reads the payload of an envelope whose signature holds: the verifier's last step before the rules.
    pub(super) fn open(envelope: &Envelope) -> Result<Self, Unreadable> {
        let value = Permit::decode(envelope.payload())?;
        Ok(Self { value, characters: envelope.characters() })
    }
}

impl<T> Verified<T> {
    /// Characters of the text it came in.
    pub(super) const fn characters(&self) -> usize {
        self.characters
    }
}

impl<T> Deref for Verified<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

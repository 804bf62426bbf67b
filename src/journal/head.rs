//! Signed heads: a terminal's word for its chain up to a point.
//!
//! Whoever can write to the card can write a whole new chain; nobody but the terminal's key can sign its
//! head. A COSE_Sign1 in the one form of the trust documents, of a kind of its own.

use minicbor::{Decode, Encode, Encoder, data::Tag};
use permit_core::{KeyId, Kind, PublicKey, Signer, cose};

use crate::{Stamp, Terminal, Tip};

/// What a head says: the records after `before` through `tip` are this terminal's.
#[derive(Clone, Copy, PartialEq, Eq, Encode, Decode, Debug)]
#[cbor(array)]
pub struct Head {
    /// Whose.
    #[n(0)]
    pub terminal: Terminal,
    /// The record before the first.
    #[n(1)]
    pub before: Tip,
    /// The last.
    #[n(2)]
    pub tip: Tip,
    /// When it was signed.
    #[n(3)]
    pub stamp: Stamp,
    /// Of an export, how many segments it has; nothing in the chain itself, so that neither stands for the
    /// other.
    #[n(4)]
    pub segments: Option<u32>,
    /// How many chains the terminal began before this one.
    #[cbor(n(5), with = "crate::wire::few", has_nil)]
    pub epoch: u32,
}

/// A payload signed as `kind`: `18([<< {1: -19, 4: kid} >>, {}, payload, signature])`.
pub(crate) fn seal<S: Signer>(kind: Kind, payload: &[u8], signer: &S) -> Result<Vec<u8>, S::Error> {
    let kid = KeyId::of(&signer.public_key());
    let message = [&cose::frame(kind, kid, payload.len())[..], payload].concat();
    let signature = signer.sign(&message)?;
    let mut bytes = Vec::with_capacity(payload.len() + 90);
    let mut to = Encoder::new(&mut bytes);
    let written = to
        .tag(Tag::new(18))
        .and_then(|to| to.array(4))
        .and_then(|to| to.bytes(&protected(kid)))
        .and_then(|to| to.map(0))
        .and_then(|to| to.bytes(payload))
        .and_then(|to| to.bytes(&signature));
    debug_assert!(written.is_ok());
    Ok(bytes)
}

/// The payload of an envelope, if this key signed it as `kind`.
pub(crate) fn unseal<'b>(kind: Kind, bytes: &'b [u8], key: &PublicKey) -> Option<&'b [u8]> {
    let envelope = cose::Sign1::read(bytes).ok()?;
    let cose::Signed { kid, signature } = envelope.signed;
    let frame = cose::frame(kind, kid, envelope.payload.len());
    let holds = kid == key.id() && key.verify_parts(&[&frame, envelope.payload], signature);
    holds.then_some(envelope.payload)
}

/// `{1: -19, 4: kid}`
const fn protected(kid: KeyId) -> [u8; 9] {
    let [a, b, c, d] = kid.0;
    [0xa2, 0x01, 0x32, 0x04, 0x44, a, b, c, d]
}

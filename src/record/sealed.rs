//! One way of sealing and opening: the envelopes of the trust documents, for values with one encoding.

use minicbor::{Decode, Encode, Encoder, data::Tag};
use permit_core::{DOCUMENT_DEPTH, Fault, KeyId, Kind, PublicKey, Signer, cose, gate};
use thiserror::Error;

/// Why bytes are not what they are given as.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
#[non_exhaustive]
pub enum Refused {
    /// Not an envelope, or not deterministic CBOR.
    #[error("not in the one form: {0}")]
    Form(#[from] Fault),
    /// Another thing than this kind's, or another spelling of it.
    #[error("another thing, or another spelling of it")]
    Contents,
    /// Signed by another key.
    #[error("signed by key {0}, which was not asked for")]
    OtherKey(KeyId),
    /// A signature that does not hold.
    #[error("the signature of key {0} does not hold")]
    Signature(KeyId),
    /// Two different keys have to sign.
    #[error("not signed by exactly two")]
    NotTwo,
}

/// The bytes of a value that has one encoding.
pub(crate) fn bytes<T: Encode<()>>(value: &T) -> Vec<u8> {
    let mut bytes = Vec::new();
    // Writing into memory cannot fail, and no type of this room refuses to be written.
    let written = minicbor::encode(value, &mut bytes);
    debug_assert!(written.is_ok());
    bytes
}

/// Reads the one spelling of a value.
///
/// # Errors
///
/// When the gate refuses the bytes, or they say something else or in other words.
pub fn opened<T: Encode<()> + for<'b> Decode<'b, ()>>(from: &[u8]) -> Result<T, Refused> {
    gate(from, DOCUMENT_DEPTH)?;
    let value: T = minicbor::decode(from).map_err(|_| Refused::Contents)?;
    if bytes(&value) == from { Ok(value) } else { Err(Refused::Contents) }
}

/// `18([<< {1: -19, 4: kid} >>, {}, payload, signature])`
pub(crate) fn one<S: Signer>(kind: Kind, payload: &[u8], signer: &S) -> Result<Vec<u8>, S::Error> {
    let kid = KeyId::of(&signer.public_key());
    let message = [&cose::frame(kind, kid, payload.len())[..], payload].concat();
    let signature = signer.sign(&message)?;
    let mut out = Vec::with_capacity(payload.len() + 90);
    let mut to = Encoder::new(&mut out);
    let written = to
        .tag(Tag::new(18))
        .and_then(|to| to.array(4))
        .and_then(|to| to.bytes(&protected(kid)))
        .and_then(|to| to.map(0))
        .and_then(|to| to.bytes(payload))
        .and_then(|to| to.bytes(&signature));
    debug_assert!(written.is_ok());
    Ok(out)
}

/// The payload of a COSE_Sign1, if this key signed it as `kind`.
pub(crate) fn open_one<'b>(
    kind: Kind,
    bytes: &'b [u8],
    key: &PublicKey,
) -> Result<&'b [u8], Refused> {
    let envelope = cose::Sign1::read(bytes)?;
    let cose::Signed { kid, signature } = envelope.signed;
    if kid != key.id() {
        return Err(Refused::OtherKey(kid));
    }
    let frame = cose::frame(kind, kid, envelope.payload.len());
    if key.verify_parts(&[&frame, envelope.payload], signature) {
        Ok(envelope.payload)
    } else {
        Err(Refused::Signature(kid))
    }
}

/// What one key adds to a COSE_Sign.
pub(crate) fn signature<S: Signer>(
    kind: Kind,
    payload: &[u8],
    signer: &S,
) -> Result<(KeyId, [u8; 64]), S::Error> {
    let kid = KeyId::of(&signer.public_key());
    let message = [&cose::frame_of_many(kind, kid, payload.len())[..], payload].concat();
    Ok((kid, signer.sign(&message)?))
}

/// `98([h'', {}, payload, [[<< {1: -19, 4: kid} >>, {}, signature] …]])` of two, by ascending key id.
pub(crate) fn two(payload: &[u8], mut signatures: [(KeyId, [u8; 64]); 2]) -> Vec<u8> {
    signatures.sort_unstable_by_key(|(kid, _)| *kid);
    let mut out = Vec::with_capacity(payload.len() + 180);
    let mut to = Encoder::new(&mut out);
    let begun = to
        .tag(Tag::new(98))
        .and_then(|to| to.array(4))
        .and_then(|to| to.bytes(&[]))
        .and_then(|to| to.map(0))
        .and_then(|to| to.bytes(payload))
        .and_then(|to| to.array(2))
        .is_ok();
    let mut each = signatures.iter();
    let written = each.all(|(kid, signature)| {
        let to = to.array(3).and_then(|to| to.bytes(&protected(*kid)));
        to.and_then(|to| to.map(0)).and_then(|to| to.bytes(signature)).is_ok()
    });
    debug_assert!(begun && written);
    out
}

/// The payload of a COSE_Sign by exactly two, and who signed; nothing is verified yet.
pub(crate) fn parts_of_two(bytes: &[u8]) -> Result<(&[u8], [KeyId; 2]), Refused> {
    let envelope = cose::Sign::read(bytes)?;
    let mut kids = envelope.signatures().map(|signed| signed.kid);
    match (kids.next(), kids.next(), kids.next()) {
        (Some(first), Some(second), None) => Ok((envelope.payload, [first, second])),
        _ => Err(Refused::NotTwo),
    }
}

/// True once both keys' signatures over a COSE_Sign's payload hold.
pub(crate) fn both_hold(kind: Kind, bytes: &[u8], keys: &[PublicKey; 2]) -> Result<(), Refused> {
    let envelope = cose::Sign::read(bytes)?;
    if envelope.signatures().count() != 2 || keys[0].to_bytes() == keys[1].to_bytes() {
        return Err(Refused::NotTwo);
    }
    for signed in envelope.signatures() {
        let key = keys.iter().find(|key| key.id() == signed.kid);
        let key = key.ok_or(Refused::OtherKey(signed.kid))?;
        let frame = cose::frame_of_many(kind, signed.kid, envelope.payload.len());
        if !key.verify_parts(&[&frame, envelope.payload], signed.signature) {
            return Err(Refused::Signature(signed.kid));
        }
    }
    Ok(())
}

/// `{1: -19, 4: kid}`
const fn protected(kid: KeyId) -> [u8; 9] {
    let [a, b, c, d] = kid.0;
    [0xa2, 0x01, 0x32, 0x04, 0x44, a, b, c, d]
}

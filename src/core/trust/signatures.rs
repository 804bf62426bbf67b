//! Whose signatures a document bears, and whether they are enough.
//!
//! Distinct keys count, not signatures; every signature must be by a key that has a part in the
//! document, and hold. One that does not spoils the document: nobody honest adds such a one.

use crate::{
    KeyId, PublicKey, Side,
    cose::{self, Kind, Sign, Sign1},
    trust::{
        error::{Document, TrustError},
        root::Keys,
    },
};

/// A payload with the signatures it needs: only this room makes one, after it has checked them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Attested<'b>(&'b [u8]);

impl<'b> Attested<'b> {
    /// What is signed.
    pub(crate) const fn payload(self) -> &'b [u8] {
        self.0
    }
}

/// Keys that must sign, and for which side.
pub(crate) type Party<'b> = (Side, Keys<'b>);

/// The payload of a COSE_Sign that satisfies every party: who signed is counted before any of it is tried.
pub(crate) fn by_all<'b>(
    bytes: &'b [u8],
    kind: Kind,
    document: Document,
    parties: &[Party<'_>],
) -> Result<Attested<'b>, TrustError> {
    let sign = Sign::read(bytes).map_err(|fault| TrustError::Malformed(document, fault))?;
    for signed in sign.signatures() {
        key(parties, signed.kid, document)?;
    }
    for (side, keys) in parties {
        let signed = sign.signatures().filter(|signed| keys.find(signed.kid).is_some()).count();
        let have = u8::try_from(signed).unwrap_or(u8::MAX);
        if have < keys.threshold {
            return Err(TrustError::Threshold {
                document,
                side: *side,
                have,
                need: keys.threshold,
            });
        }
    }
    for signed in sign.signatures() {
        let key = key(parties, signed.kid, document)?;
        let frame = cose::frame_of_many(kind, signed.kid, sign.payload.len());
        holds(key, &frame, sign.payload, signed.signature, document, signed.kid)?;
    }
    Ok(Attested(sign.payload))
}

fn key(parties: &[Party<'_>], kid: KeyId, document: Document) -> Result<[u8; 32], TrustError> {
    let key = parties.iter().find_map(|(_, keys)| keys.find(kid));
    key.ok_or(TrustError::UnknownSigner(document, kid))
}

/// The payload of a document of one side: COSE_Sign1 where one key suffices, else COSE_Sign.
pub(crate) fn by_side<'b>(
    bytes: &'b [u8],
    kind: Kind,
    document: Document,
    party: Party<'_>,
) -> Result<Attested<'b>, TrustError> {
    let (side, keys) = party;
    if keys.threshold == 0 {
        return Err(TrustError::Threshold { document, side, have: 0, need: 1 });
    }
    if keys.threshold > 1 {
        return by_all(bytes, kind, document, &[party]);
    }
    let sign1 = Sign1::read(bytes).map_err(|fault| TrustError::Malformed(document, fault))?;
    let kid = sign1.signed.kid;
    let key = key(&[party], kid, document)?;
    let frame = cose::frame(kind, kid, sign1.payload.len());
    holds(key, &frame, sign1.payload, sign1.signed.signature, document, kid)?;
    Ok(Attested(sign1.payload))
}

fn holds(
    key: [u8; 32],
    frame: &[u8],
    payload: &[u8],
    signature: &[u8; 64],
    document: Document,
    kid: KeyId,
) -> Result<(), TrustError> {
    // A root is signed by keys that nobody has looked at yet; the others were when the root was taken.
    let key = match document {
        Document::Root => PublicKey::new(&key).ok(),
        _ => PublicKey::listed(&key),
    };
    let holds = key.is_some_and(|key| key.verify_parts(&[frame, payload], signature));
    if holds { Ok(()) } else { Err(TrustError::BadSignature(document, kid)) }
}

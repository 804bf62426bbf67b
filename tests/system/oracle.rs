//! Other people's COSE, held against ours.

use coset::{CoseSign, CoseSign1, TaggedCborSerializable, iana};
use permit_core::{Envelope, Kind, PublicKey};
use permit_tests::{
    key::Key,
    town::{Town, permit},
};

fn verify(key: &Key, message: &[u8], signature: &[u8]) -> Result<(), ()> {
    let key = ed25519_dalek::VerifyingKey::from_bytes(&key.public()).unwrap();
    key.verify_strict(message, &ed25519_dalek::Signature::from_slice(signature).unwrap())
        .map_err(|_| ())
}

#[test]
fn coset_verifies_an_expanded_permit() {
    let key = Key::named("station/11");
    for serial in 1..=20 {
        let mut permit = permit(serial);
        if serial % 2 == 0 {
            permit.options.portrait = Some(heapless_bytes(40 * serial as usize));
        }
        let text = key.seal(&permit);
        let envelope = Envelope::open(text.as_bytes()).unwrap();
        let mut out = [0; 1200];
        let length = envelope.expand(&mut out).unwrap();
        let sign1 = CoseSign1::from_tagged_slice(&out[..length]).unwrap();
        assert_eq!(
            sign1.protected.header.alg,
            Some(coset::Algorithm::Assigned(iana::Algorithm::Ed25519))
        );
        assert_eq!(sign1.protected.header.key_id, key.id().0);
        assert!(sign1.unprotected.is_empty());
        let aad = Kind::Permit.external_aad().as_bytes();
        assert_eq!(sign1.tbs_data(aad), &envelope.to_be_signed()[..]);
        sign1.verify_signature(aad, |signature, message| verify(&key, message, signature)).unwrap();
        assert!(
            sign1
                .verify_signature(b"", |signature, message| verify(&key, message, signature))
                .is_err()
        );
        // What we expand, we read as well.
        let ours = permit_core::cose::Sign1::read(&out[..length]).unwrap();
        assert_eq!((ours.payload, ours.signed.kid), (envelope.payload(), envelope.kid()));
    }
}

fn heapless_bytes<const N: usize>(length: usize) -> heapless::Vec<u8, N> {
    (0..length).map(|n| n.to_le_bytes()[0]).collect()
}

#[test]
fn coset_reads_every_document() {
    let town = Town::new();
    let mut documents = vec![town.roots[0].clone(), town.zone.clone()];
    for half in town.sides.iter().flatten() {
        documents.extend(half.documents.iter().flatten().cloned());
    }
    for document in documents {
        let (envelope, aad) = (document.envelope(), document.kind.external_aad().as_bytes());
        if document.many || document.signers.len() > 1 {
            let sign = CoseSign::from_tagged_slice(&envelope).unwrap();
            assert_eq!(sign.signatures.len(), document.signers.len());
            for (index, signature) in sign.signatures.iter().enumerate() {
                let kid = &signature.protected.header.key_id;
                let key = document.signers.iter().find(|key| key.id().0 == kid[..]).unwrap();
                sign.verify_signature(index, aad, |signature, message| {
                    verify(key, message, signature)
                })
                .unwrap();
                let frame = permit_core::cose::frame_of_many(
                    document.kind,
                    key.id(),
                    sign.payload.as_ref().unwrap().len(),
                );
                assert!(sign.tbs_data(aad, signature).starts_with(&frame));
            }
        } else {
            let sign1 = CoseSign1::from_tagged_slice(&envelope).unwrap();
            let key = &document.signers[0];
            sign1
                .verify_signature(aad, |signature, message| verify(key, message, signature))
                .unwrap();
            assert!(PublicKey::new(&key.public()).is_ok());
        }
    }
}

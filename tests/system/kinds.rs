//! Every kind of signed thing before every verifier: only the diagonal passes.

use permit_core::{Kind, Side, Terms, Verdict};
use permit_tests::{
    item::Item,
    key::Key,
    town::{Ask, Document, Parts, Town, permit, pins, try_open},
};

/// The verifiers of a bundle: root, zone register, and the six of side A.
const PLACES: [Kind; 8] = [
    Kind::Root,
    Kind::Zone,
    Kind::Snapshot,
    Kind::Stations,
    Kind::Revocations,
    Kind::Issued,
    Kind::Presence,
    Kind::Readers,
];

pub(crate) fn document(town: &Town, place: usize) -> Document {
    let half = town.sides[0].as_ref().unwrap();
    match place {
        0 => town.roots[0].clone(),
        1 => town.zone.clone(),
        2 => pinned_snapshot(town),
        _ => half.documents[place - 3].clone().unwrap(),
    }
}

fn pinned_snapshot(town: &Town) -> Document {
    let half = town.sides[0].as_ref().unwrap();
    let mut snapshot = half.snapshot.clone();
    let envelopes: Vec<_> =
        half.documents.iter().map(|d| d.as_ref().map(Document::envelope)).collect();
    *snapshot.payload.at(&[6]) = pins(&half.documents, &envelopes);
    snapshot
}

/// The town's parts with another envelope in one place, pinned as far as that goes.
pub(crate) fn with(town: &Town, place: usize, envelope: Vec<u8>) -> Parts {
    let mut parts = town.parts();
    match place {
        0 => parts.roots[0] = envelope,
        1 => parts.zone = envelope,
        _ => {
            let half = town.sides[0].as_ref().unwrap();
            let side = parts.sides[0].as_mut().unwrap();
            side[place - 2] = Some(envelope);
            if place > 2 {
                let mut snapshot = half.snapshot.clone();
                *snapshot.payload.at(&[6]) = pins(&half.documents, &side[1..]);
                side[0] = Some(snapshot.envelope());
            }
        }
    }
    parts
}

#[test]
fn only_the_diagonal() {
    let town = Town::new();
    let terms = Terms { anchor: town.anchor(), before: None, now: None };
    let (mut passed, mut refused) = (0, 0);
    for (place, verifier) in PLACES.iter().enumerate() {
        let document = document(&town, place);
        for kind in Kind::ALL {
            let parts = with(&town, place, document.envelope_as(kind));
            let taken = try_open(&parts.bundle(), &terms);
            assert_eq!(taken.is_ok(), kind == *verifier, "{kind:?} before {verifier:?}: {taken:?}");
            if taken.is_ok() { passed += 1 } else { refused += 1 }
        }
    }
    let trust = town.open().unwrap();
    let key = Key::named("station/11");
    let mut payload = [0; 200];
    let length = permit(1).encode(&mut payload).unwrap();
    for kind in Kind::ALL {
        let frame = permit_core::cose::frame(kind, key.id(), length);
        let signature = key.sign_raw(&[&frame, &payload[..length]].concat());
        let text = permit_core::spell(key.id(), &payload[..length], &signature).unwrap();
        let judgement = Ask::new().judge(trust, text.as_bytes());
        assert_eq!(judgement.verdict == Verdict::Valid, kind == Kind::Permit, "{kind:?}");
        assert_eq!(judgement.verdict.code() == 23, kind != Kind::Permit, "{kind:?}");
        if kind == Kind::Permit { passed += 1 } else { refused += 1 }
    }
    println!("{passed} of {} kinds × verifiers passed", passed + refused);
    assert_eq!((passed, refused), (9, 171));
}

#[test]
fn no_document_in_anothers_place() {
    let town = Town::new();
    let terms = Terms { anchor: town.anchor(), before: None, now: None };
    for place in 0..PLACES.len() {
        for other in 0..PLACES.len() {
            let parts = with(&town, place, document(&town, other).envelope());
            let taken = try_open(&parts.bundle(), &terms);
            assert_eq!(taken.is_ok(), place == other, "{other} in the place of {place}: {taken:?}");
        }
    }
    // Nor the same document of the other side.
    let b = town.parts().sides[1].clone().unwrap();
    for (place, envelope) in b.iter().enumerate() {
        let Some(envelope) = envelope else { continue };
        let parts = with(&town, place + 2, envelope.clone());
        assert!(try_open(&parts.bundle(), &terms).is_err(), "B's {place} as A's");
    }
}

#[test]
fn no_role_signs_for_another() {
    let town = Town::new();
    let terms = Terms { anchor: town.anchor(), before: None, now: None };
    let mut refused = 0;
    for (place, kind) in PLACES.iter().enumerate().skip(1) {
        for side in 0..2 {
            for (role, (_, keys)) in town.roles[side].iter().enumerate() {
                let own = side == 0 && permit_core::trust::Role::ALL[role].kind() == *kind;
                if own || keys.is_empty() || (place == 1 && role == 1) {
                    continue;
                }
                let mut document = document(&town, place);
                document.signers = if place == 1 {
                    keys.iter().take(2).cloned().collect()
                } else {
                    vec![keys[0].clone()]
                };
                let parts = with(&town, place, document.envelope());
                let taken = try_open(&parts.bundle(), &terms);
                assert!(taken.is_err(), "role {role} of side {side} signed {kind:?}");
                refused += 1;
            }
        }
    }
    println!("{refused} documents signed by another role refused");
}

#[test]
fn a_documents_payload_is_no_permit() {
    let town = Town::new();
    let trust = town.open().unwrap();
    let key = Key::named("station/11");
    for place in 0..PLACES.len() {
        let payload = document(&town, place).payload.encode();
        if payload.len() > 956 {
            continue;
        }
        // Signed as a permit by a station's key it is still no permit.
        let judgement = Ask::new().judge(trust, key.seal_raw(&payload).as_bytes());
        assert_eq!(judgement.verdict.code(), 20);
    }
    // A permit's payload is no document.
    let mut town = Town::new();
    let mut payload = [0; 200];
    let length = permit(1).encode(&mut payload).unwrap();
    town.document(Side::A, 0).payload = Item::read(&payload[..length]).0;
    town.half(Side::A).pinned = false;
    assert!(town.open().is_err());
}

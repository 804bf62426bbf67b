//! Every byte of what is signed counts.

use ed25519_dalek::{Signer as _, SigningKey};
use permit_core::{PublicKey, Signer, UnixTime};

use crate::{
    Approval, Body, Chain, Decision, Enrolment, Entry, Link, Refused, Role, Roles, Subject,
};

struct Key(SigningKey);

impl Key {
    fn of(seed: u8) -> Self {
        Self(SigningKey::from_bytes(&[seed; 32]))
    }

    fn public(&self) -> PublicKey {
        PublicKey::new(&self.public_key()).unwrap()
    }
}

impl Signer for Key {
    type Error = core::convert::Infallible;

    fn public_key(&self) -> [u8; 32] {
        self.0.verifying_key().to_bytes()
    }

    fn sign(&self, message: &[u8]) -> Result<[u8; 64], Self::Error> {
        Ok(self.0.sign(message).to_bytes())
    }
}

fn get<T>(result: Result<T, core::convert::Infallible>) -> T {
    match result {
        Ok(value) => value,
    }
}

fn approval() -> Approval {
    Approval {
        zone: 1,
        station: 101,
        subject: Subject::Application(7),
        digest: [5; 32],
        decision: Decision::Approve,
        role: Role::Police,
        officer: 4,
        at: UnixTime(-199_137_600),
    }
}

#[test]
fn r16_an_approval_opens_with_its_key_and_no_bit_changed() {
    let key = Key::of(1);
    let bytes = get(approval().seal(&key));
    assert_eq!(Approval::open(&bytes, &key.public()), Ok(approval()));
    let other = Key::of(2);
    assert!(matches!(Approval::open(&bytes, &other.public()), Err(Refused::OtherKey(_))));
    for bit in 0..bytes.len() * 8 {
        let mut bad = bytes.clone();
        bad[bit / 8] ^= 1 << (bit % 8);
        assert!(Approval::open(&bad, &key.public()).is_err(), "bit {bit}");
    }
    for cut in 0..bytes.len() {
        assert!(Approval::open(&bytes[..cut], &key.public()).is_err());
    }
}

#[test]
fn r16_an_enrolment_takes_two_different_keys() {
    let enrolment = Enrolment {
        station: 101,
        officer: 4,
        latin: "PAK BORDER".into(),
        native: None,
        key: Key::of(4).public_key(),
        roles: Roles::of(&[Role::BorderDefence, Role::Police, Role::Police]),
        at: UnixTime(0),
    };
    let (a, b) = (Key::of(1), Key::of(2));
    let bytes = enrolment.seal([get(enrolment.sign(&a)), get(enrolment.sign(&b))]);
    assert_eq!(bytes, enrolment.seal([get(enrolment.sign(&b)), get(enrolment.sign(&a))]));
    let keys = [a.public(), b.public()];
    assert_eq!(Enrolment::open(&bytes, &keys), Ok(enrolment.clone()));
    assert_eq!(Enrolment::open(&bytes, &[a.public(), a.public()]), Err(Refused::NotTwo));
    let twice = enrolment.seal([get(enrolment.sign(&a)), get(enrolment.sign(&a))]);
    assert!(Enrolment::open(&twice, &keys).is_err());
    for bit in 0..bytes.len() * 8 {
        let mut bad = bytes.clone();
        bad[bit / 8] ^= 1 << (bit % 8);
        assert!(Enrolment::open(&bad, &keys).is_err(), "bit {bit}");
    }
}

/// A chain of entries about one application.
fn chain(length: u64, key: &Key) -> Vec<(Entry, Vec<u8>)> {
    let (mut chain, mut out) = (Chain::default(), Vec::new());
    for sequence in 1..=length {
        let entry = Entry {
            sequence,
            previous: chain.tip().hash,
            subject: Subject::Application(1),
            before: chain.last(Subject::Application(1)),
            at: UnixTime(0),
            officer: 3,
            act: 1,
            body: Body::new([1; 16], &[0x80]).digest(),
        };
        chain.follow(&entry).unwrap();
        out.push((entry, get(entry.seal(key))));
    }
    out
}

#[test]
fn r26_every_entry_edited_deleted_swapped_doubled_is_noticed() {
    let key = Key::of(9);
    let good: Vec<Vec<u8>> = chain(6, &key).into_iter().map(|(_, bytes)| bytes).collect();
    let holds = |entries: &[Vec<u8>]| {
        let mut chain = Chain::default();
        entries.iter().try_for_each(|bytes| {
            let entry = chain.next(bytes, Some(&key.public()))?;
            chain.follow(&entry)
        })
    };
    assert_eq!(holds(&good), Ok(()));
    for at in 0..good.len() {
        let mut deleted = good.clone();
        deleted.remove(at);
        assert_eq!(holds(&deleted).is_ok(), at == good.len() - 1, "the end is remembered apart");
        let mut doubled = good.clone();
        doubled.insert(at, good[at].clone());
        assert!(matches!(holds(&doubled), Err(Link::Order { .. })));
        for other in 0..at {
            let mut swapped = good.clone();
            swapped.swap(at, other);
            assert!(holds(&swapped).is_err());
        }
        let mut edited = good.clone();
        edited[at][40] ^= 1;
        assert!(matches!(holds(&edited), Err(Link::Refused { .. })));
    }
}

#[test]
fn a_content_is_known_by_its_digest_and_needs_no_content() {
    let (entry, _) = chain(1, &Key::of(9)).remove(0);
    assert!(entry.holds(&Body::new([1; 16], &[0x80])).is_ok());
    assert!(entry.holds(&Body::new([2; 16], &[0x80])).is_err());
    assert!(entry.holds(&Body::stored(vec![])).is_err());
    assert_eq!(Body::stored(vec![0; 3]).content(), b"");
}

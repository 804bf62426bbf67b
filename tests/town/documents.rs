//! Documents as items, and the envelopes around them.

use permit_core::{KeyId, Kind, Side, UnixTime};

use super::Roles;
use crate::{array, item::Item, key::Key};

/// A payload and who signs it.
#[derive(Clone, Debug)]
pub struct Document {
    /// What it is signed as.
    pub kind: Kind,
    /// What is signed.
    pub payload: Item,
    /// By whom; the envelope sorts them.
    pub signers: Vec<Key>,
    /// COSE_Sign even for one signer.
    pub many: bool,
}

/// The first five fields.
#[derive(Clone, Copy, Debug)]
pub struct Header {
    /// Counts up from 1.
    pub version: u32,
    /// When it was signed.
    pub issued: UnixTime,
    /// Days until it expires; the next update is due after seven.
    pub days: i64,
}

impl Header {
    /// Version 1, signed when everything was, expiring after `days`.
    #[must_use]
    pub fn of(days: i64) -> Self {
        Self { version: 1, issued: super::issued(), days }
    }

    fn items(&self) -> Vec<Item> {
        let (next, expires) = (self.issued.plus(7 * 86_400), self.issued.plus(self.days * 86_400));
        [self.version.into(), self.issued.into(), next.into(), expires.into(), Item::Int(1)].into()
    }
}

impl Document {
    /// A document of `kind` with these fields after the header.
    #[must_use]
    pub fn new(kind: Kind, header: Header, fields: Vec<Item>) -> Self {
        let mut items = header.items();
        items.extend(fields);
        Self { kind, payload: Item::Array(items), signers: Vec::new(), many: kind == Kind::Zone }
    }

    /// A document of one side.
    #[must_use]
    pub fn of_side(kind: Kind, side: Side, fields: Vec<Item>) -> Self {
        let fields = core::iter::once((side as u8).into()).chain(fields).collect();
        Self::new(kind, Header::of(180), fields)
    }

    /// A root with these keys.
    #[must_use]
    pub fn root(version: u32, demo: bool, roles: &[Roles; 2]) -> Self {
        let header = Header { version, ..Header::of(5 * 365) };
        let side = |roles: &Roles| {
            let later = roles[8..].iter().any(|(threshold, _)| *threshold > 0);
            let roles = &roles[..if later { 11 } else { 8 }];
            Item::Array(roles.iter().map(|(threshold, keys)| role(*threshold, keys)).collect())
        };
        let fields = vec![demo.into(), side(&roles[0]), side(&roles[1])];
        Self { many: true, ..Self::new(Kind::Root, header, fields) }
    }

    /// Its version.
    ///
    /// # Panics
    ///
    /// When the payload has none.
    #[must_use]
    pub fn version(&self) -> u32 {
        match &self.payload {
            Item::Array(items) => match items[..] {
                [Item::Int(version), ..] => u32::try_from(version).expect("a version"),
                _ => panic!("no version"),
            },
            _ => panic!("no document"),
        }
    }

    /// Gives it another version.
    pub fn set_version(&mut self, version: u32) {
        *self.payload.at(&[0]) = version.into();
    }

    /// Signs it anew at another moment.
    pub fn set_issued(&mut self, issued: UnixTime) {
        let expires = issued.plus(180 * 86_400);
        *self.payload.at(&[1]) = issued.into();
        *self.payload.at(&[2]) = issued.plus(7 * 86_400).into();
        *self.payload.at(&[3]) = expires.into();
    }

    /// The envelope.
    #[must_use]
    pub fn envelope(&self) -> Vec<u8> {
        self.envelope_as(self.kind)
    }

    /// The envelope, signed as another kind.
    ///
    /// # Panics
    ///
    /// When nobody signs.
    #[must_use]
    pub fn envelope_as(&self, kind: Kind) -> Vec<u8> {
        let payload = self.payload.encode();
        if !self.many && self.signers.len() == 1 {
            return sign1(kind, &self.signers[0], &payload);
        }
        let mut signers: Vec<_> = self.signers.iter().collect();
        signers.sort_by_key(|key| key.id());
        sign(&payload, signers.into_iter().map(|key| signature(kind, key, &payload)).collect())
    }
}

/// `[threshold, [key …]]`
fn role(threshold: u8, keys: &[Key]) -> Item {
    let mut keys: Vec<_> = keys.iter().map(Key::public).collect();
    keys.sort_unstable();
    array![threshold, Item::Array(keys.into_iter().map(Item::from).collect())]
}

/// `<< {1: -19, 4: kid} >>`
#[must_use]
pub(crate) fn protected(kid: KeyId) -> Item {
    let map = Item::Map(vec![(1_u8.into(), Item::Int(-19)), (4_u8.into(), kid.0.into())]);
    Item::Bytes(map.encode())
}

/// A COSE_Sign1.
#[must_use]
pub(crate) fn sign1(kind: Kind, key: &Key, payload: &[u8]) -> Vec<u8> {
    let to_be_signed = array![
        "Signature1",
        protected(key.id()),
        Item::bytes(kind.external_aad().as_bytes()),
        Item::bytes(payload)
    ];
    let signature = key.sign_raw(&to_be_signed.encode());
    let body = array![protected(key.id()), Item::Map(vec![]), Item::bytes(payload), signature];
    Item::Tag(18, Box::new(body)).encode()
}

/// A COSE_Sign of signatures in the order given.
fn sign(payload: &[u8], signatures: Vec<Item>) -> Vec<u8> {
    let body = array![Item::bytes(&[]), Item::Map(vec![]), Item::bytes(payload), signatures];
    Item::Tag(98, Box::new(body)).encode()
}

/// `[<< {1: -19, 4: kid} >>, {}, signature]`
fn signature(kind: Kind, key: &Key, payload: &[u8]) -> Item {
    let to_be_signed = array![
        "Signature",
        Item::bytes(&[]),
        protected(key.id()),
        Item::bytes(kind.external_aad().as_bytes()),
        Item::bytes(payload),
    ];
    array![protected(key.id()), Item::Map(vec![]), key.sign_raw(&to_be_signed.encode())]
}

/// True for a root of a demonstration.
pub(super) fn is_demo(root: &Document) -> bool {
    matches!(&root.payload, Item::Array(items) if items[5] == Item::Bool(true))
}

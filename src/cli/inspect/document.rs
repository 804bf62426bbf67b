//! A trust document or a bundle: its envelope, who signed, and what it says in readable form.
//!
//! The contents are shown as the very description `permit authority` reads. Whether a terminal would take them is
//! asked of core; nothing is trusted because it was shown.

use permit_core::cose::{Sign, Sign1, Signed, frame, frame_of_many};
use permit_core::trust::{Bundle, Role, Root};
use permit_core::{Anchor, Fault, KeyId, Kind, Permit, PublicKey, Side, UnixTime, spell};
use permit_signing::draft::{Draft, role_name};

use super::items::{Value, items};
use super::lesson::{Lesson, Part};
use super::{Teacher, flaw};
use crate::bundle::hex;
use crate::verify::place::side_name;

/// What bytes that are no text and no picture may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// COSE_Sign1.
    One,
    /// COSE_Sign.
    Many,
    /// A bundle.
    Bundle,
}

impl Shape {
    /// By the first bytes.
    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xd2, 0x84, ..] => Some(Self::One),
            [0xd8, 0x62, 0x84, ..] => Some(Self::Many),
            [0x80..=0x97, 0x76, b'b', b'o', b'r', b'd', b'e', b'r', ..] => Some(Self::Bundle),
            _ => None,
        }
    }
}

/// A key and what it may sign.
type Listed = (Side, Role, [u8; 32]);

/// The parts of either envelope.
struct Parts<'b> {
    payload: &'b [u8],
    signed: Vec<Signed<'b>>,
    many: bool,
}

impl<'b> Parts<'b> {
    fn read(bytes: &'b [u8]) -> Result<Self, Fault> {
        if Shape::of(bytes) == Some(Shape::Many) {
            let sign = Sign::read(bytes)?;
            return Ok(Self {
                payload: sign.payload,
                signed: sign.signatures().collect(),
                many: true,
            });
        }
        let sign = Sign1::read(bytes)?;
        Ok(Self { payload: sign.payload, signed: vec![sign.signed], many: false })
    }

    fn holds(&self, kind: Kind, key: &[u8; 32], signed: &Signed<'_>) -> bool {
        let of = if self.many { frame_of_many } else { frame };
        let frame = of(kind, signed.kid, self.payload.len());
        PublicKey::new(key)
            .is_ok_and(|key| key.verify_parts(&[&frame, self.payload], signed.signature))
    }
}

impl Teacher<'_> {
    /// A bundle, and every document in it.
    pub(super) fn bundle(&self, bytes: &[u8], lesson: &mut Lesson) {
        let words = self.words;
        let part = lesson.part(words.with("inspect-bundle", &[("count", bytes.len().into())]));
        let bundle = match Bundle::read(bytes) {
            Ok(bundle) => bundle,
            Err(fault) => return self.broken(bytes, fault, part),
        };
        let roots: Vec<&[u8]> = bundle.roots.iter().collect();
        let keys = roots.last().map(|root| listed(root)).unwrap_or_default();
        let mut envelopes = roots.clone();
        envelopes.push(bundle.zone);
        for side in Side::BOTH {
            match bundle.side(side) {
                Some(lists) => {
                    envelopes.push(lists.snapshot);
                    envelopes.extend(lists.documents.iter().flatten());
                }
                None => {
                    part.say(
                        words.with("inspect-side-missing", &[("side", side_name(side).into())]),
                    );
                }
            }
        }
        part.say(words.with(
            "inspect-bundle-has",
            &[("count", envelopes.len().into()), ("roots", roots.len().into())],
        ));
        for envelope in envelopes {
            self.document(
                envelope,
                envelope.as_ptr().addr().saturating_sub(bytes.as_ptr().addr()),
                &keys,
                lesson,
            );
        }
    }

    /// A document of its own, signed by keys of the root at hand.
    pub(super) fn alone(&self, bytes: &[u8], lesson: &mut Lesson) {
        if let Some(text) = permit(bytes) {
            lesson
                .part(self.words.get("inspect-expanded"))
                .say(self.words.get("inspect-expanded-says"));
            return self.scan(text.as_bytes(), lesson);
        }
        self.document(bytes, 0, &keys(self.trust.root()), lesson);
    }

    /// One document that begins `base` bytes into the file.
    fn document(&self, bytes: &[u8], base: usize, keys: &[Listed], lesson: &mut Lesson) {
        let words = self.words;
        let parts = match Parts::read(bytes) {
            Ok(parts) => parts,
            Err(fault) => {
                let part = lesson
                    .part(words.with("inspect-document-unknown", &[("count", bytes.len().into())]));
                return flaw::stop(
                    part,
                    Fault { offset: base + fault.offset, ..fault },
                    near(bytes, fault.offset),
                    words,
                );
            }
        };
        let own = if parts.many { [keys, &listed(bytes)].concat() } else { keys.to_vec() };
        let role = role(&parts, &own);
        let values = [
            ("document", words.get(role.map_or("document-bundle", named)).into()),
            ("count", bytes.len().into()),
        ];
        let title = if role.is_some() {
            words.with("inspect-document", &values)
        } else {
            words.with("inspect-document-unknown", &values)
        };
        let part = lesson.part(title);
        let from = parts.payload.as_ptr().addr().saturating_sub(bytes.as_ptr().addr());
        self.frame(bytes, from, &parts, base, part);
        for signed in &parts.signed {
            part.say(self.signer(&parts, signed, role, &own));
        }
        self.header(parts.payload, base + from, part);
        if role == Some(Role::Root) {
            let digest = permit_core::sha256(&[parts.payload]);
            part.say(words.with("inspect-fingerprint", &[("fingerprint", hex(&digest).into())]));
            let spelt = permit_words::fingerprint(&digest, words.lang()).join(" ");
            part.say(words.with("inspect-fingerprint-words", &[("words", spelt.into())]));
        }
        match role.map(|role| Draft::decode(role, parts.payload)) {
            Some(Ok(draft)) => {
                part.say(words.get("inspect-contents"));
                described(&draft).lines().for_each(|line| {
                    part.fixed(None, line.to_owned());
                });
                self.left_out(&draft, part);
            }
            _ => self.undecoded(parts.payload, base + from, part),
        }
    }

    /// How many digests of each stolen key there are, where not all are shown.
    fn left_out(&self, draft: &Draft, part: &mut Part) {
        let Draft::Revocations(list) = draft else { return };
        for stolen in list.stolen.iter().filter(|stolen| stolen.digests.len() > ITEMS) {
            let values = [
                ("key", stolen.key.id().to_string().into()),
                ("shown", ITEMS.into()),
                ("count", stolen.digests.len().into()),
            ];
            part.say(self.words.with("inspect-digests", &values));
        }
    }

    /// The fixed bytes around the payload.
    fn frame(&self, bytes: &[u8], from: usize, parts: &Parts<'_>, base: usize, part: &mut Part) {
        let words = self.words;
        let cut = |from: usize, to: usize| bytes.get(from..to).unwrap_or_default();
        if parts.many {
            part.bytes(base, cut(0, 5), 0, words.get("inspect-cose-many"));
            part.bytes(
                base + 5,
                cut(5, from),
                0,
                words.with("inspect-payload-of", &[("count", parts.payload.len().into())]),
            );
        } else {
            part.bytes(base, cut(0, 2), 0, words.get("inspect-cose-one"));
            part.bytes(
                base + 2,
                cut(2, 12),
                0,
                words.with(
                    "inspect-signed-protected",
                    &[("key", parts.signed[0].kid.to_string().into())],
                ),
            );
            part.bytes(base + 12, cut(12, 13), 0, words.get("inspect-cose-unprotected"));
            part.bytes(
                base + 13,
                cut(13, from),
                0,
                words.with("inspect-payload-of", &[("count", parts.payload.len().into())]),
            );
        }
        let after = from + parts.payload.len();
        let count = parts.signed.len();
        part.bytes(
            base + after,
            near(bytes, after),
            0,
            words.with("inspect-cose-signatures", &[("count", count.into())]),
        );
    }

    /// Who signed, and whether it holds.
    fn signer(
        &self,
        parts: &Parts<'_>,
        signed: &Signed<'_>,
        role: Option<Role>,
        keys: &[Listed],
    ) -> String {
        let words = self.words;
        let key = words.with("inspect-key-id", &[("key", signed.kid.to_string().into())]);
        let found: Vec<&Listed> =
            keys.iter().filter(|(_, _, key)| KeyId::of(key) == signed.kid).collect();
        let Some((side, of, bytes)) = found.first() else {
            return words.with("inspect-signer-unknown", &[("key", key.into())]);
        };
        let holds = parts.holds(role.unwrap_or(*of).kind(), bytes, signed);
        let says = words.get(if holds { "inspect-holds" } else { "inspect-fails" });
        words.with(
            "inspect-signer",
            &[
                ("key", key.into()),
                ("side", side_name(*side).into()),
                ("role", role_name(*of).into()),
                ("says", says.into()),
            ],
        )
    }

    /// The five fields every document begins with.
    fn header(&self, payload: &[u8], base: usize, part: &mut Part) {
        let names = [
            "inspect-header-version",
            "inspect-header-issued",
            "inspect-header-next",
            "inspect-header-expires",
            "inspect-header-zone",
        ];
        for (number, item) in items(payload, None).iter().skip(1).take(names.len()).enumerate() {
            let Value::Number(value) = item.value else { return };
            let kind = self.kind(&item.value);
            let field = self.words.get(names[number]);
            let time =
                i64::try_from(value).ok().filter(|_| (1..=3).contains(&number)).map(UnixTime);
            let says = match time {
                Some(time) => {
                    let values = [
                        ("kind", kind.into()),
                        ("field", field.into()),
                        ("meaning", time.to_string().into()),
                    ];
                    self.words.with("inspect-item-means", &values)
                }
                None => self
                    .words
                    .with("inspect-item", &[("kind", kind.into()), ("field", field.into())]),
            };
            part.bytes(base + item.at, item.bytes, 1, says);
        }
    }

    /// A payload that is none of the documents: item by item, as far as it goes.
    fn undecoded(&self, payload: &[u8], base: usize, part: &mut Part) {
        let likely = Role::ALL.map(|role| Draft::decode(role, payload).err());
        let fault = likely.into_iter().flatten().max_by_key(|fault| fault.offset);
        let Some(fault) = fault else { return };
        part.say(self.words.get("inspect-no-document"));
        self.listing(payload, base, fault, part);
    }

    /// Bytes that are no bundle.
    fn broken(&self, bytes: &[u8], fault: Fault, part: &mut Part) {
        self.listing(bytes, 0, fault, part);
    }

    fn listing(&self, bytes: &[u8], base: usize, fault: Fault, part: &mut Part) {
        let all = items(bytes, Some(fault.offset));
        if all.len() > ITEMS {
            part.say(self.words.with("inspect-skipped", &[("count", (all.len() - ITEMS).into())]));
        }
        for item in all.iter().skip(all.len().saturating_sub(ITEMS)) {
            part.bytes(base + item.at, item.bytes, item.path.len(), self.kind(&item.value));
        }
        flaw::stop(
            part,
            Fault { offset: base + fault.offset, ..fault },
            near(bytes, fault.offset),
            self.words,
        );
    }
}

/// The role whose document this is: by a signature that holds, else by its form.
fn role(parts: &Parts<'_>, keys: &[Listed]) -> Option<Role> {
    let signed = keys.iter().find(|(_, role, key)| {
        parts
            .signed
            .iter()
            .any(|signed| KeyId::of(key) == signed.kid && parts.holds(role.kind(), key, signed))
    });
    signed
        .map(|(_, role, _)| *role)
        .or_else(|| Role::ALL.into_iter().find(|role| Draft::decode(*role, parts.payload).is_ok()))
}

/// The keys that an enveloped root lists; none where it is no root.
fn listed(root: &[u8]) -> Vec<Listed> {
    let payload = Sign::read(root).map(|sign| sign.payload);
    payload
        .ok()
        .and_then(|payload| Root::decode(payload).ok())
        .map(|root| keys(&root))
        .unwrap_or_default()
}

fn keys(root: &Root<'_>) -> Vec<Listed> {
    let roles = Side::BOTH.into_iter().flat_map(|side| Role::ALL.map(|role| (side, role)));
    roles
        .flat_map(|(side, role)| {
            root.keys(side, role).keys.iter().map(move |key| (side, role, key))
        })
        .collect()
}

/// The text that an expanded permit stands for.
fn permit(bytes: &[u8]) -> Option<permit_core::Text> {
    let sign = Sign1::read(bytes).ok()?;
    Permit::decode(sign.payload).ok()?;
    spell(sign.signed.kid, sign.payload, sign.signed.signature)
}

/// A document as its author wrote it.
fn described(draft: &Draft) -> String {
    let mut draft = draft.clone();
    if let Draft::Revocations(list) = &mut draft {
        for stolen in &mut list.stolen {
            stolen.digests = stolen.digests.iter().take(ITEMS).copied().collect();
        }
    }
    let draft = &draft;
    toml::to_string(draft).or_else(|_| serde_json::to_string_pretty(draft)).unwrap_or_default()
}

/// The root a bundle begins with, on whose terms it can be asked for its own soundness.
pub(super) fn first_root(bytes: &[u8]) -> Option<Anchor> {
    let bundle = Bundle::read(bytes).ok()?;
    let root = bundle.roots.iter().next()?;
    Anchor::of(root).ok()
}

const fn named(role: Role) -> &'static str {
    match role {
        Role::Root => "document-root",
        Role::Zone => "document-zone",
        Role::Stations => "document-stations",
        Role::Revocations => "document-revocations",
        Role::Issued => "document-issued",
        Role::Snapshot => "document-snapshot",
        Role::Presence => "document-presence",
        Role::Readers => "document-readers",
        Role::Heads => "document-heads",
        Role::Report => "document-report",
        Role::Passages => "document-passages",
    }
}

/// A few bytes from an offset on.
fn near(bytes: &[u8], at: usize) -> &[u8] {
    let rest = bytes.get(at..).unwrap_or_default();
    &rest[..rest.len().min(8)]
}

/// Items shown before the byte where it stops.
const ITEMS: usize = 24;

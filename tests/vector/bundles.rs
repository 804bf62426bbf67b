//! Vectors of bundles: taken or not, and why not.
#![expect(clippy::too_many_lines, reason = "tables of cases, one a line")]

use permit_core::{Accepted, Anchor, Kind, Side, Terms, TrustError, UnixTime};
use serde_json::json;

use super::Vector;
use crate::{
    array,
    item::Item,
    key::Key,
    town::{Document, Town, direct, issued, try_open},
};

/// A bundle offered to a terminal.
struct Offer {
    name: &'static str,
    about: &'static str,
    bundle: Vec<u8>,
    anchor: Anchor,
    before: Option<Vec<u8>>,
    clock: Option<UnixTime>,
    error: Option<&'static str>,
}

/// The name of an error, as the format document has it.
const fn name(error: &TrustError) -> &'static str {
    match error {
        TrustError::Malformed(..) => "malformed",
        TrustError::TooLarge(_) => "too-large",
        TrustError::UnknownSigner(..) => "unknown-signer",
        TrustError::BadSignature(..) => "bad-signature",
        TrustError::Threshold { .. } => "threshold",
        TrustError::Chain { .. } => "chain",
        TrustError::Anchor { .. } => "anchor",
        TrustError::OtherZone { .. } => "other-zone",
        TrustError::OtherSide(_) => "other-side",
        TrustError::Rollback { .. } => "rollback",
        TrustError::Fork { .. } => "fork",
        TrustError::Missing(_) => "missing",
        TrustError::Unpinned(_) => "unpinned",
        TrustError::BelowMinimum { .. } => "below-minimum",
        TrustError::Future { .. } => "future",
        TrustError::WeakKey { .. } => "weak-key",
        TrustError::DuplicateKey { .. } => "duplicate-key",
        TrustError::TooManyKeys { .. } => "too-many-keys",
        TrustError::DemoMixed => "demo-mixed",
        _ => "unknown",
    }
}

pub(super) fn all() -> Vec<Vector> {
    let mut offers = taken();
    offers.extend(refused());
    offers.extend(refused_after());
    offers.extend(mixed());
    offers.into_iter().map(Offer::vector).collect()
}

impl Offer {
    fn new(name: &'static str, about: &'static str, town: &Town) -> Self {
        let anchor = town.anchor();
        Self { name, about, bundle: town.bundle(), anchor, before: None, clock: None, error: None }
    }

    fn after(self, town: &Town) -> Self {
        Self { before: Some(town.bundle()), ..self }
    }

    fn given(self, bundle: Vec<u8>) -> Self {
        Self { bundle, ..self }
    }

    fn fails(self, error: &'static str) -> Self {
        Self { error: Some(error), ..self }
    }

    fn vector(self) -> Vector {
        let first = Terms { anchor: self.anchor, before: None, now: None };
        let before: Option<Accepted> = self.before.as_ref().map(|bundle| {
            *crate::town::open(bundle, &first).expect("a bundle to start from").accepted()
        });
        let terms = Terms { before: before.as_ref(), now: self.clock, ..first };
        let found = try_open(&self.bundle, &terms);
        assert_eq!(found.as_ref().err().map(name), self.error, "{}: {found:?}", self.name);
        let contents = json!({
            "about": self.about,
            "bundle_hex": hex::encode(&self.bundle),
            "anchor": hex::encode(self.anchor.0),
            "before_hex": self.before.map(hex::encode),
            "clock": self.clock.map(|time| time.0),
            "expect": { "taken": self.error.is_none(), "error": self.error },
        });
        let folder = if self.error.is_none() { "valid" } else { "invalid" };
        Vector { folder, name: format!("bundle-{}", self.name), contents }
    }
}

/// A bundle whose side A ends with a null.
fn null_heads(town: &Town) -> Vec<u8> {
    let (mut bundle, _) = Item::read(&town.bundle());
    bundle.at(&[3]).items().push(Item::Null);
    bundle.encode()
}

fn changed(change: impl FnOnce(&mut Town)) -> Town {
    let mut town = Town::small();
    change(&mut town);
    town
}

fn later() -> Town {
    changed(|town| {
        for document in town.documents() {
            document.set_version(2);
        }
    })
}

fn rotated(role: usize, side: usize) -> Town {
    changed(|town| {
        let mut roles = town.roles.clone();
        roles[side][role] = (1, vec![Key::named("fresh")]);
        town.rotate(roles);
        town.half(Side::A).snapshot.set_version(2);
    })
}

/// A second root gives side A keys for what its headquarters sign: reports, heads, passages.
fn headquarters(thresholds: [u8; 3]) -> Town {
    changed(|town| {
        let mut roles = town.roles.clone();
        for (role, threshold) in (8..).zip(thresholds) {
            let keys = (1..=threshold).map(|number| Key::named(&format!("A/{role}/{number}")));
            roles[0][role] = (threshold, keys.collect());
        }
        town.rotate(roles);
        town.half(Side::A).snapshot.set_version(2);
    })
}

/// The same, with heads of two terminals.
fn heads(sequence: u64) -> Town {
    let mut town = headquarters([1, 1, 1]);
    let head =
        |number: u8, sequence: u64| array![number, 0_u8, Item::Int(sequence.into()), [number; 32]];
    let list = vec![head(4, sequence), head(7, 1)].into();
    let document = Document::of_side(Kind::Heads, Side::A, vec![list]);
    town.half(Side::A).documents[5] = Some(document);
    town.resign();
    town
}

fn taken() -> Vec<Offer> {
    let small = Town::small();
    let again = Offer::new("again", "The same bundle once more.", &small).after(&small);
    let clock = Some(issued().plus(-86_400));
    vec![
        Offer::new("small", "The least that can be bundled.", &small),
        Offer::new("whole", "One of everything, thresholds above one.", &Town::new()),
        again,
        Offer::new("newer", "Every document one version on.", &later()).after(&small),
        Offer::new(
            "stolen-key",
            "Two stolen keys, one of which signed nothing.",
            &changed(|t| stolen(t, &[(1, &[[1; 16], [2; 16]]), (2, &[])])),
        ),
        Offer::new(
            "headquarters",
            "A second root with keys for headquarters.",
            &headquarters([1, 1, 1]),
        )
        .after(&small),
        Offer::new("heads", "Countersigned heads of two terminals.", &heads(900)).after(&small),
        Offer::new("rotated", "A second root gives the station list another key.", &rotated(2, 0))
            .after(&small),
        Offer {
            clock,
            ..Offer::new("a-day-ahead", "Signed exactly 24 hours ahead of the clock.", &small)
        },
        Offer::new(
            "fast-forward",
            "A version that was driven up does not count once the role has new keys.",
            &rotated(2, 0),
        )
        .after(&changed(|town| town.document(Side::A, 0).set_version(u32::MAX))),
    ]
}

/// Puts stolen keys into side A's revocations: a byte of the key, and the digests.
fn stolen(town: &mut Town, keys: &[(u8, &[[u8; 16]])]) {
    let since = crate::town::day(1963, 9, 1);
    let entries = keys
        .iter()
        .map(|(key, digests)| crate::array![[*key; 32], since, Item::Bytes(digests.concat())]);
    let entries = Item::Array(entries.collect());
    town.document(Side::A, 1).payload.items().push(entries);
}

fn refused() -> Vec<Offer> {
    let small = Town::small();
    let offer = |name, about, change: &dyn Fn(&mut Town), error| {
        Offer::new(name, about, &changed(change)).fails(error)
    };
    let stranger = || vec![Key::named("stranger")];
    let of = |name, about, town: &Town, error| Offer::new(name, about, town).fails(error);
    let mut less = heads(900);
    less.half(Side::A).documents[5] = None;
    less.half(Side::A).snapshot.set_version(3);
    vec![
        of("heads-missing", "Heads that were there are left out.", &less, "missing")
            .after(&heads(900)),
        of("heads-nought", "A head of record 0.", &heads(0), "malformed"),
        of("heads-null", "A seventh place for heads, with nothing in it.", &small, "malformed")
            .given(null_heads(&small)),
        of(
            "report-of-two",
            "A report that two must sign: it is sealed by one.",
            &headquarters([2, 1, 1]),
            "malformed",
        ),
        of(
            "roles-of-nobody",
            "Places for headquarters' keys, and nobody in them.",
            &changed(|town| {
                for side in [6, 7] {
                    let roles = town.roots[0].payload.at(&[side]).items();
                    roles.resize(11, array![0_u8, Item::Array(vec![])]);
                }
            }),
            "malformed",
        ),
        Offer {
            anchor: Anchor([0; 32]),
            ..Offer::new("anchor", "Another root is installed.", &small).fails("anchor")
        },
        Offer {
            clock: Some(issued().plus(-86_401)),
            ..Offer::new("future", "Signed 24 hours and a second ahead.", &small).fails("future")
        },
        offer("chain", "The first root is not version 1.", &|t| t.roots[0].set_version(2), "chain"),
        offer(
            "root-one-side",
            "The root lacks one side's signature.",
            &|t| {
                t.roots[0].signers.truncate(1);
                t.roots[0].signers.push(Key::named("A/1/1"));
            },
            "unknown-signer",
        ),
        offer(
            "zone-one-side",
            "One side signed the zone register twice over.",
            &|t| {
                t.zone.signers = vec![t.roles[0][1].1[0].clone(), stranger().remove(0)];
            },
            "unknown-signer",
        ),
        offer(
            "stations-stranger",
            "A key without a role signed.",
            &|t| t.document(Side::A, 0).signers = stranger(),
            "unknown-signer",
        ),
        offer(
            "stations-other-kind",
            "A station list signed as revocations.",
            &|t| t.document(Side::A, 0).kind = Kind::Revocations,
            "bad-signature",
        ),
        offer(
            "other-zone",
            "A station list of another zone.",
            &|t| *t.document(Side::A, 0).payload.at(&[4]) = 2_u8.into(),
            "other-zone",
        ),
        offer(
            "other-side",
            "An empty station list that says it is B's.",
            &|t| {
                *t.document(Side::A, 0).payload.at(&[5]) = 1_u8.into();
                *t.document(Side::A, 0).payload.at(&[6]) = Item::Array(vec![]);
            },
            "other-side",
        ),
        offer(
            "others-station",
            "A lists a station of B's half.",
            &|t| *t.document(Side::A, 0).payload.at(&[6, 0, 0]) = 33_000_u16.into(),
            "malformed",
        ),
        offer(
            "extra-field",
            "A field more than the document has.",
            &|t| t.zone.payload.items().push(Item::Null),
            "malformed",
        ),
        offer(
            "unsorted",
            "Regions out of order.",
            &|t| t.zone.payload.at(&[7]).items().reverse(),
            "malformed",
        ),
        offer(
            "crossing-sides",
            "A crossing from B to A.",
            &|t| *t.zone.payload.at(&[8, 0, 2]) = crate::array![201_u16, 101_u16],
            "malformed",
        ),
        offer(
            "not-shortest",
            "A version number in two bytes.",
            &|t| *t.zone.payload.at(&[0]) = Item::Raw(vec![0x18, 1]),
            "malformed",
        ),
        offer(
            "serial-0",
            "A bit for serial 0.",
            &|t| {
                *t.document(Side::A, 1).payload.at(&[6]) =
                    crate::array![crate::array![11_u8, 63_u8, [0x80_u8]]];
            },
            "malformed",
        ),
        offer(
            "zero-byte",
            "A bit list that ends in a zero byte.",
            &|t| {
                *t.document(Side::A, 1).payload.at(&[6]) =
                    crate::array![crate::array![11_u8, 63_u8, [0x40_u8, 0]]];
            },
            "malformed",
        ),
        offer(
            "minimum-root",
            "The snapshot wants a newer root.",
            &|t| *t.half(Side::A).snapshot.payload.at(&[7]) = 2_u8.into(),
            "below-minimum",
        ),
        offer(
            "minimum-zone",
            "The snapshot wants a newer zone register.",
            &|t| *t.half(Side::A).snapshot.payload.at(&[8]) = 2_u8.into(),
            "below-minimum",
        ),
        offer(
            "duplicate-key",
            "A station key is there twice.",
            &|t| {
                let twice = crate::town::station(12, &[101], vec![direct("station/11")], None);
                t.document(Side::A, 0).payload.at(&[6]).items().push(twice);
            },
            "duplicate-key",
        ),
        offer(
            "weak-key",
            "A station's key is the identity.",
            &|t| {
                let mut key = [0; 32];
                key[0] = 1;
                *t.document(Side::A, 0).payload.at(&[6, 0, 5, 0, 0]) = key.into();
            },
            "weak-key",
        ),
        offer("stolen-none", "An empty list of stolen keys.", &|t| stolen(t, &[]), "malformed"),
        offer(
            "stolen-twice",
            "A key is stolen twice.",
            &|t| stolen(t, &[(1, &[]), (1, &[])]),
            "malformed",
        ),
        offer(
            "stolen-unsorted",
            "Digests out of order.",
            &|t| stolen(t, &[(1, &[[2; 16], [1; 16]])]),
            "malformed",
        ),
        offer(
            "stolen-digest-twice",
            "A digest is there twice.",
            &|t| stolen(t, &[(1, &[[1; 16], [1; 16]])]),
            "malformed",
        ),
        offer(
            "stolen-odd",
            "The last digest is cut.",
            &|t| {
                stolen(t, &[(1, &[[1; 16]])]);
                *t.document(Side::A, 1).payload.at(&[10, 0, 2]) = Item::Bytes(vec![1; 17]);
            },
            "malformed",
        ),
        offer(
            "stolen-and-more",
            "A field after the stolen keys.",
            &|t| {
                stolen(t, &[(1, &[])]);
                t.document(Side::A, 1).payload.items().push(Item::Array(vec![]));
            },
            "malformed",
        ),
        offer(
            "root-weak-key",
            "A role's key in the root is the identity.",
            &|t| {
                let mut key = [0; 32];
                key[0] = 1;
                *t.roots[0].payload.at(&[6, 5, 1, 0]) = key.into();
            },
            "weak-key",
        ),
        offer(
            "root-17-keys",
            "Seventeen keys in a role of the root.",
            &|t| {
                let mut keys: Vec<_> =
                    (0..17).map(|n| Key::named(&format!("A/5/{n}")).public()).collect();
                keys.sort_unstable();
                *t.roots[0].payload.at(&[6, 5, 1]) =
                    Item::Array(keys.into_iter().map(Item::from).collect());
            },
            "malformed",
        ),
        offer(
            "1025-regions",
            "One region more than a zone may have.",
            &|t| {
                let regions = t.zone.payload.at(&[7]).items();
                let last = regions.last().expect("a region").clone();
                let first = 60_000_u16;
                let missing = 1025_u16.saturating_sub(u16::try_from(regions.len()).unwrap_or(0));
                for number in first..first + missing {
                    let mut region = last.clone();
                    *region.at(&[0]) = number.into();
                    regions.push(region);
                }
            },
            "malformed",
        ),
        Offer {
            anchor: small.anchor(),
            ..Offer::new(
                "anchor-unsigned",
                "Another authority's root, signed by nobody who may: the anchor is asked first.",
                &changed(|t| {
                    t.roots[0].set_issued(issued().plus(60));
                    t.roots[0].signers = vec![Key::named("x"), Key::named("y")];
                }),
            )
            .fails("anchor")
        },
        Offer {
            bundle: short_and_false(),
            ..Offer::new(
                "threshold-first",
                "A zone register that one side signed, and falsely: who signed is asked first.",
                &small,
            )
            .fails("threshold")
        },
        offer(
            "unsigned-weak-key",
            "A station's key is the identity, in a list that no known key signed.",
            &|t| {
                let mut key = [0; 32];
                key[0] = 1;
                *t.document(Side::A, 0).payload.at(&[6, 0, 5, 0, 0]) = key.into();
                t.document(Side::A, 0).kind = Kind::Revocations;
            },
            "bad-signature",
        ),
        offer(
            "demo-mixed",
            "The second root turns it into a demonstration.",
            &|t| {
                let roles = t.roles.clone();
                t.rotate(roles);
                *t.roots[1].payload.at(&[5]) = true.into();
            },
            "demo-mixed",
        ),
        offer(
            "root-gap",
            "The second root is the third.",
            &|t| {
                let roles = t.roles.clone();
                t.rotate(roles);
                t.roots[1].set_version(3);
            },
            "chain",
        ),
        offer(
            "root-by-the-new-alone",
            "The old root's keys did not sign the new one.",
            &|t| {
                let mut roles = t.roles.clone();
                roles[0][0] = (1, vec![Key::named("fresh")]);
                t.rotate(roles);
                t.roots[1].signers = vec![Key::named("fresh"), Key::named("B/0/1")];
            },
            "threshold",
        ),
    ]
}

/// Two keys of side A signed the zone register, and the last signature is false.
fn short_and_false() -> Vec<u8> {
    let town = changed(|t| {
        let mut roles = t.roles.clone();
        roles[0][1].1.push(Key::named("A/1/2"));
        t.rotate(roles.clone());
        t.zone.signers = roles[0][1].1.clone();
    });
    let mut parts = town.parts();
    *parts.zone.last_mut().expect("a signature") ^= 1;
    parts.bundle()
}

fn refused_after() -> Vec<Offer> {
    let small = Town::small();
    let fork = changed(|town| {
        town.document(Side::A, 1).set_issued(issued().plus(60));
        town.half(Side::A).snapshot.set_version(2);
    });
    let second = changed(|town| town.half(Side::A).snapshot.set_version(2));
    let empty = changed(|town| town.sides[0] = None);
    let root_fork = changed(|town| town.roots[0].set_issued(issued().plus(60)));
    let mut offers = vec![
        Offer::new("rollback", "Every document one version back.", &small)
            .after(&later())
            .fails("rollback"),
        Offer::new("fork", "The same version of the revocations with another payload.", &fork)
            .after(&small)
            .fails("fork"),
        Offer::new("missing-side", "A side that was there is left out.", &empty)
            .after(&small)
            .fails("missing"),
        Offer::new("fast-forward-kept", "The role's keys are the old ones.", &second)
            .after(&changed(|town| town.document(Side::A, 0).set_version(u32::MAX)))
            .fails("rollback"),
    ];
    let anchor = small.anchor();
    offers.push(Offer {
        anchor,
        ..Offer::new("other-root", "Another first root, as well signed.", &root_fork)
            .fails("anchor")
    });
    offers
}

/// Parts of two bundles in one, and bytes that are none.
fn mixed() -> Vec<Offer> {
    let (small, newer) = (Town::small(), later());
    let offer = |name, about, bundle: Vec<u8>, error| Offer {
        bundle,
        ..Offer::new(name, about, &small).fails(error)
    };
    let mut mixed = newer.parts();
    let old = small.parts().sides[0].as_ref().expect("a side")[1].clone();
    mixed.sides[0].as_mut().expect("a side")[1] = old;
    let mut flipped = small.bundle();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 1;
    let whole = small.bundle();
    let mut missing = Town::new().parts();
    missing.sides[0].as_mut().expect("a side")[3] = None;
    vec![
        offer("mixed", "An old station list among newer documents.", mixed.bundle(), "unpinned"),
        offer("cut", "The last byte is missing.", whole[..whole.len() - 1].to_vec(), "malformed"),
        offer("longer", "A byte too many.", [&whole[..], &[0xf6]].concat(), "malformed"),
        offer("empty", "Nothing.", Vec::new(), "malformed"),
        Offer {
            bundle: missing.bundle(),
            ..Offer::new(
                "pinned-missing",
                "A register that the snapshot names is not there.",
                &Town::new(),
            )
            .fails("missing")
        },
    ]
}

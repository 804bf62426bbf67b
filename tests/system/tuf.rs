//! The 53 cases of the TUF conformance suite, by name: each has its test here, or the reason it has none.
//!
//! A bundle is one file with every document, taken whole: there is no timestamp, no mirror, no download
//! and no delegation. What remains of such a case is tested under its name all the same.

use permit_core::{
    Accepted, Document, KeyId, Side, Terms, TrustError, UnixTime,
    cose::{Sign, Sign1},
    sha256,
};
use permit_tests::{
    item::Item,
    key::Key,
    shared::{counted, set},
    town::{Ask, Town, codes, issued, permit, try_open},
};

enum Case {
    /// The test with this name in this file.
    Here,
    /// Why it does not apply.
    Not(&'static str),
}
use Case::{Here, Not};

const DOWNLOAD: &str = "nothing is downloaded: a bundle is one file that holds what it names";
const TIMESTAMP: &str = "there is no timestamp: the snapshot is the freshest document";
const DELEGATION: &str =
    "roles are not delegated: stations are entries of a list, not signers of documents";

const CASES: [(&str, Case); 53] = [
    ("test_basic_refresh_requests", Not("no requests are made, in whatever order")),
    ("test_basic_refresh_trusted_data", Here),
    ("test_implicit_refresh", Not(DOWNLOAD)),
    ("test_invalid_initial_root", Here),
    ("test_unsigned_initial_root", Here),
    ("test_unsigned_metadata", Here),
    ("test_url_and_metadata_version_mismatch", Here),
    ("test_timestamp_content_changes", Here),
    ("test_basic_metadata_hash_support", Here),
    ("test_targets_hash_mismatch", Here),
    ("test_snapshot_hash_mismatch", Not("nothing pins the snapshot; it is the document that pins")),
    ("test_metadata_bytes_match", Here),
    ("test_custom_fields", Here),
    (
        "test_deprecated_keyid_hash_algorithms",
        Not("a key id is computed, never stated: it has one hash"),
    ),
    ("test_snapshot_404", Here),
    ("test_targets_404", Here),
    ("test_timestamp_404", Not(TIMESTAMP)),
    ("test_incorrect_metadata_type", Here),
    ("test_faketime", Here),
    ("test_root_expired", Here),
    ("test_timestamp_expired", Not(TIMESTAMP)),
    ("test_snapshot_expired", Here),
    ("test_targets_expired", Here),
    ("test_expired_local_root", Here),
    ("test_expired_local_timestamp", Here),
    ("test_client_downloads_expected_file", Not(DOWNLOAD)),
    ("test_client_downloads_expected_file_in_sub_dir", Not(DOWNLOAD)),
    ("test_repository_substitutes_target_file", Here),
    ("test_multiple_changes_to_target", Here),
    (
        "test_download_with_hash_algorithms",
        Not("there is one hash, SHA-256, and no field to choose it"),
    ),
    (
        "test_download_with_unknown_hash_algorithm",
        Not("there is one hash, SHA-256, and no field to choose it"),
    ),
    ("test_artifact_cache", Not(DOWNLOAD)),
    ("test_snapshot_does_not_meet_threshold", Here),
    ("test_snapshot_has_too_few_keys", Here),
    ("test_duplicate_keys", Here),
    ("test_duplicate_sig_keyids", Here),
    ("test_keytype_and_scheme", Here),
    ("test_invalid_sig_in_valid_metadata", Here),
    ("test_unusual_role_name", Not("roles are places in an array and have no names")),
    ("test_new_timestamp_version_rollback", Not(TIMESTAMP)),
    ("test_snapshot_rollback", Here),
    ("test_targets_role_removal", Here),
    ("test_targets_fast_forward_recovery", Here),
    ("test_new_snapshot_fast_forward_recovery", Here),
    ("test_new_timestamp_fast_forward_recovery", Not(TIMESTAMP)),
    ("test_targets_rollback", Here),
    ("test_static_repository", Here),
    ("test_graph_traversal", Not(DELEGATION)),
    ("test_targetfile_search", Not(DELEGATION)),
    ("test_cached_role_is_verified_against_current_delegator", Here),
    ("test_delegation_not_in_snapshot", Here),
    ("test_root_rotation", Here),
    ("test_non_root_rotations", Here),
];

#[test]
fn every_named_case_has_its_test_or_a_reason() {
    let source = include_str!("tuf.rs");
    for (name, case) in &CASES {
        match case {
            Here => assert!(source.contains(&format!("#[test]\nfn {name}()")), "{name}"),
            Not(why) => assert!(why.len() > 20, "{name}"),
        }
    }
    let applicable = CASES.iter().filter(|(_, case)| matches!(case, Here)).count();
    let tests = source.lines().filter(|line| line.starts_with("fn test_")).count();
    assert_eq!(tests, applicable, "a test without a row");
    println!("{applicable} of 53 TUF cases apply");
    let Some(path) = set("tuf/checklist.txt") else { return };
    let list = std::fs::read_to_string(path).unwrap();
    let names: Vec<_> = list.lines().filter_map(|line| line.rsplit(':').next()).collect();
    assert_eq!(names, CASES.map(|(name, _)| name));
    counted("tuf", applicable);
}

fn fresh(town: &Town) -> Result<(), TrustError> {
    town.open().map(|_| ())
}

fn after(town: &Town, before: &Accepted) -> Result<(), TrustError> {
    town.open_after(before).map(|_| ())
}

fn accepted(town: &Town) -> Accepted {
    *town.open().unwrap().accepted()
}

fn terms(town: &Town) -> Terms<'static> {
    Terms { anchor: town.anchor(), before: None, now: None }
}

/// The next bundle: this document and the snapshot one version on.
fn next(town: &Town, side: Side, which: usize) -> Town {
    let mut next = town.clone();
    let version = next.document(side, which).version();
    next.document(side, which).set_version(version + 1);
    let version = next.half(side).snapshot.version();
    next.half(side).snapshot.set_version(version + 1);
    next
}

#[test]
fn test_basic_refresh_trusted_data() {
    let town = Town::new();
    let accepted = accepted(&town);
    assert_eq!((accepted.root.version, accepted.zone.version), (1, 1));
    let there = accepted.sides.iter().flatten().flatten().count();
    assert_eq!(there, 6 + 5);
    assert_eq!(accepted.newest, issued());
}

#[test]
fn test_invalid_initial_root() {
    let town = Town::new();
    let mut parts = town.parts();
    for bytes in [&b""[..], b"\xf6", b"{}", &parts.zone.clone(), &parts.roots[0].clone()[1..]] {
        parts.roots[0] = bytes.to_vec();
        let result = try_open(&parts.bundle(), &terms(&town));
        assert!(matches!(result, Err(TrustError::Malformed(Document::Root, _))), "{result:?}");
    }
}

#[test]
fn test_unsigned_initial_root() {
    let mut town = Town::new();
    // COSE_Sign with an empty list is not its form; keys of no role are no signatures.
    let payload = town.roots[0].payload.encode();
    let mut parts = town.parts();
    let body =
        permit_tests::array![Item::bytes(&[]), Item::Map(vec![]), payload, Vec::<Item>::new()];
    parts.roots[0] = Item::Tag(98, Box::new(body)).encode();
    assert!(matches!(
        try_open(&parts.bundle(), &terms(&town)),
        Err(TrustError::Malformed(Document::Root, _))
    ));
    town.roots[0].signers = ["x", "y", "z", "w"].map(Key::named).into();
    assert!(matches!(fresh(&town), Err(TrustError::UnknownSigner(Document::Root, _))));
}

#[test]
fn test_unsigned_metadata() {
    for which in 0..Town::new().documents().len() {
        let mut town = Town::new();
        let document = &mut town.documents()[which];
        let count = document.signers.len();
        document.signers = (0..count).map(|n| Key::named(&format!("stranger/{n}"))).collect();
        let result = fresh(&town);
        assert!(matches!(result, Err(TrustError::UnknownSigner(..))), "{which}: {result:?}");
    }
}

#[test]
fn test_url_and_metadata_version_mismatch() {
    // A document's place in a chain or a pin says which version is expected there.
    let mut town = Town::new();
    town.roots[0].set_version(2);
    assert_eq!(fresh(&town), Err(TrustError::Chain { expected: 1, found: 2 }));
    let mut town = Town::new();
    town.half(Side::A).pinned = false;
    let envelopes = town.half(Side::A).envelopes();
    let mut pins = permit_tests::town::pins(&town.half(Side::A).documents, &envelopes[1..]);
    *pins.at(&[0, 1]) = 2_u8.into();
    *town.half(Side::A).snapshot.payload.at(&[6]) = pins;
    assert_eq!(fresh(&town), Err(TrustError::Unpinned(Document::Stations(Side::A))));
}

#[test]
fn test_timestamp_content_changes() {
    // The snapshot is the document that changes most: the same version with other contents is a fork.
    let town = Town::new();
    let before = accepted(&town);
    let mut other = town.clone();
    other.document(Side::A, 1).set_version(2);
    let document = Document::Snapshot(Side::A);
    assert_eq!(after(&other, &before), Err(TrustError::Fork { document, version: 1 }));
    assert_eq!(after(&town, &before), Ok(()), "the same bundle again is no change");
}

#[test]
fn test_basic_metadata_hash_support() {
    let mut town = Town::new();
    let envelopes = town.half(Side::A).envelopes();
    let snapshot = Sign1::read(envelopes[0].as_ref().unwrap()).unwrap();
    let snapshot = permit_core::trust::Snapshot::decode(snapshot.payload).unwrap();
    assert_eq!(snapshot.pins.len(), 5);
    for (pin, envelope) in snapshot.pins.iter().zip(&envelopes[1..]) {
        let envelope = envelope.as_ref().unwrap();
        assert!(pin.holds(envelope, 1) && !pin.holds(envelope, 2) && !pin.holds(&envelope[1..], 1));
        assert_eq!(pin.digest, sha256(&[envelope]));
    }
}

#[test]
fn test_targets_hash_mismatch() {
    for which in 0..5 {
        for (field, value) in [(2, Item::from(1_u8)), (3, Item::from([0_u8; 32]))] {
            let mut town = Town::new();
            let envelopes = town.half(Side::A).envelopes();
            let mut pins = permit_tests::town::pins(&town.half(Side::A).documents, &envelopes[1..]);
            *pins.at(&[which, field]) = value;
            let half = town.half(Side::A);
            half.pinned = false;
            *half.snapshot.payload.at(&[6]) = pins;
            let result = fresh(&town);
            assert!(matches!(result, Err(TrustError::Unpinned(_))), "{which}: {result:?}");
        }
    }
}

#[test]
fn test_metadata_bytes_match() {
    let town = Town::new();
    let accepted = accepted(&town);
    assert_eq!(accepted.root.digest, sha256(&[&town.roots[0].payload.encode()]));
    assert_eq!(accepted.zone.digest, sha256(&[&town.zone.payload.encode()]));
    let parts = town.parts();
    for (side, marks) in accepted.sides.iter().enumerate() {
        for (which, mark) in marks.iter().enumerate() {
            let envelope = parts.sides[side].as_ref().unwrap()[which].as_ref();
            let payload = envelope.map(|bytes| {
                Sign1::read(bytes)
                    .map_or_else(|_| Sign::read(bytes).unwrap().payload, |one| one.payload)
            });
            assert_eq!(mark.map(|mark| mark.digest), payload.map(|payload| sha256(&[payload])));
        }
    }
}

#[test]
fn test_custom_fields() {
    // TUF lets unknown fields pass; here a document has one form, and whoever adds to it makes a new version.
    for which in 0..Town::new().documents().len() {
        for extra in [Item::Null, Item::from("custom"), Item::Map(vec![])] {
            let mut town = Town::new();
            town.documents()[which].payload.items().push(extra);
            assert!(matches!(fresh(&town), Err(TrustError::Malformed(..))), "{which}");
        }
    }
}

#[test]
fn test_snapshot_404() {
    let town = Town::new();
    let mut parts = town.parts();
    parts.sides[0].as_mut().unwrap()[0] = None;
    let result = try_open(&parts.bundle(), &terms(&town));
    assert!(matches!(result, Err(TrustError::Malformed(Document::Bundle, _))), "{result:?}");
    let mut parts = town.parts();
    parts.sides[0] = None;
    let before = accepted(&town);
    let result = try_open(&parts.bundle(), &Terms { before: Some(&before), ..terms(&town) });
    assert_eq!(result, Err(TrustError::Missing(Document::Snapshot(Side::A))));
}

#[test]
fn test_targets_404() {
    let town = Town::new();
    for which in 1..=5 {
        let mut parts = town.parts();
        parts.sides[0].as_mut().unwrap()[which] = None;
        let result = try_open(&parts.bundle(), &terms(&town));
        let refused = matches!(
            result,
            Err(TrustError::Missing(_) | TrustError::Malformed(Document::Bundle, _))
        );
        assert!(refused, "{which}: {result:?}");
    }
}

#[test]
fn test_incorrect_metadata_type() {
    // Signed by the right key, as the right kind, but what is inside is another document.
    let town = Town::new();
    for which in 0..5 {
        for other in (0..5).filter(|other| *other != which) {
            let mut wrong = town.clone();
            wrong.document(Side::A, which).payload = wrong.document(Side::A, other).payload.clone();
            let result = fresh(&wrong);
            let refused = matches!(result, Err(TrustError::Malformed(..)));
            // An empty shape can fit two kinds; a full one of the same shape does not.
            assert!(refused, "{other} as {which}: {result:?}");
        }
    }
}

#[test]
fn test_faketime() {
    let town = Town::new();
    let expired = issued().plus(200 * 86_400);
    assert_eq!(try_open(&town.bundle(), &Terms { now: Some(expired), ..terms(&town) }), Ok(()));
    assert!(asked(&town, expired).contains(&61));
    assert!(!asked(&town, issued().plus(3600)).contains(&61));
}

/// The codes of a permit of long validity at a moment.
fn asked(town: &Town, at: UnixTime) -> Vec<u8> {
    let mut town = town.clone();
    *town.zone.payload.at(&[9, 0]) = 60_000_u16.into();
    let trust = town.open().unwrap();
    let mut permit = permit(1);
    permit.through = permit.from.plus(10_000);
    codes(&Ask::new().when(at).judge(trust, Key::named("station/11").seal(&permit).as_bytes()))
}

fn expire(document: &mut permit_tests::town::Document) -> UnixTime {
    *document.payload.at(&[2]) = issued().plus(1).into();
    *document.payload.at(&[3]) = issued().plus(2).into();
    issued().plus(3)
}

#[test]
fn test_root_expired() {
    let mut town = Town::new();
    let at = expire(&mut town.roots[0]);
    assert_eq!(fresh(&town), Ok(()), "taken, so that its age can be said");
    assert_eq!(asked(&town, at), [61]);
    assert_eq!(asked(&town, at.plus(-1)), [0]);
}

#[test]
fn test_snapshot_expired() {
    let mut town = Town::new();
    let at = expire(&mut town.half(Side::A).snapshot);
    assert_eq!(asked(&town, at), [61]);
    assert_eq!(asked(&town, at.plus(-1)), [0]);
}

#[test]
fn test_targets_expired() {
    for which in 0..3 {
        let mut town = Town::new();
        let at = expire(town.document(Side::A, which));
        assert_eq!(asked(&town, at), [61], "{which}");
        assert_eq!(asked(&town, at.plus(-1)), [0], "{which}");
    }
    let mut town = Town::new();
    let at = expire(&mut town.zone);
    assert_eq!(asked(&town, at), [61]);
}

#[test]
fn test_expired_local_root() {
    // The root at hand has expired; a newer one signed by its keys is taken, and is what counts.
    let mut town = Town::new();
    let at = expire(&mut town.roots[0]);
    let before = accepted(&town);
    let roles = town.roles.clone();
    town.rotate(roles);
    assert_eq!(after(&town, &before), Ok(()));
    assert_eq!(asked(&town, at), [0]);
}

#[test]
fn test_expired_local_timestamp() {
    let mut town = Town::new();
    let at = expire(&mut town.half(Side::A).snapshot);
    let before = accepted(&town);
    let mut newer = Town::new();
    newer.half(Side::A).snapshot.set_version(2);
    assert_eq!(after(&newer, &before), Ok(()));
    assert_eq!(asked(&newer, at), [0]);
}

#[test]
fn test_repository_substitutes_target_file() {
    // Another list, as well signed by the same key, in the place of the one the snapshot names.
    let town = Town::new();
    for which in 0..5 {
        let mut other = town.clone();
        other.document(Side::A, which).set_issued(issued().plus(60));
        let mut parts = town.parts();
        let substitute = other.parts().sides[0].as_ref().unwrap()[which + 1].clone();
        parts.sides[0].as_mut().unwrap()[which + 1] = substitute;
        let result = try_open(&parts.bundle(), &terms(&town));
        assert!(matches!(result, Err(TrustError::Unpinned(_))), "{which}: {result:?}");
    }
}

#[test]
fn test_multiple_changes_to_target() {
    let mut town = Town::new();
    let mut before = accepted(&town);
    for _ in 0..10 {
        let older = town.bundle();
        town = next(&town, Side::A, 1);
        let now = *town.open_after(&before).unwrap().accepted();
        let result = try_open(&older, &Terms { before: Some(&now), ..terms(&town) });
        assert!(matches!(result, Err(TrustError::Rollback { .. })), "{result:?}");
        before = now;
    }
    assert_eq!(before.sides[0][2].map(|mark| mark.version), Some(11));
}

/// A town whose snapshot of side A needs two of three.
fn two_of_three() -> Town {
    let mut town = Town::new();
    let mut roles = town.roles.clone();
    roles[0][5] = (2, (1..=3).map(|n| Key::named(&format!("A/5/{n}"))).collect());
    town.roots.clear();
    town.roles = roles.clone();
    let mut root = permit_tests::town::Document::root(1, false, &roles);
    root.signers = [&roles[0][0].1[..2], &roles[1][0].1[..2]].concat();
    town.roots.push(root);
    town.resign();
    town
}

#[test]
fn test_snapshot_does_not_meet_threshold() {
    let town = two_of_three();
    assert_eq!(fresh(&town), Ok(()));
    let mut one = town.clone();
    one.half(Side::A).snapshot.signers.truncate(1);
    assert!(matches!(fresh(&one), Err(TrustError::Malformed(Document::Snapshot(Side::A), _))));
    let mut stranger = town.clone();
    stranger.half(Side::A).snapshot.signers[1] = Key::named("stranger");
    assert!(matches!(
        fresh(&stranger),
        Err(TrustError::UnknownSigner(Document::Snapshot(Side::A), _))
    ));
    let mut all = town;
    all.half(Side::A).snapshot.signers = (1..=3).map(|n| Key::named(&format!("A/5/{n}"))).collect();
    assert_eq!(fresh(&all), Ok(()));
}

#[test]
fn test_snapshot_has_too_few_keys() {
    for (threshold, keys) in [(2_u8, 1), (3, 2), (16, 3), (0, 1), (1, 0)] {
        let mut town = Town::new();
        let listed: Vec<_> = (0..keys).map(|n| Key::named(&format!("A/5/{n}"))).collect();
        town.roles[0][5] = (threshold, listed);
        let roles = town.roles.clone();
        let signers = town.roots[0].signers.clone();
        town.roots[0] = permit_tests::town::Document::root(1, false, &roles);
        town.roots[0].signers = signers;
        let result = fresh(&town);
        assert!(matches!(result, Err(TrustError::Malformed(Document::Root, _))), "{result:?}");
    }
}

#[test]
fn test_duplicate_keys() {
    // The same key twice in a role, to reach a threshold of two alone.
    let mut town = Town::new();
    let key = town.roles[0][5].1[0].clone();
    town.roles[0][5] = (2, vec![key.clone(), key]);
    let roles = town.roles.clone();
    let signers = town.roots[0].signers.clone();
    town.roots[0] = permit_tests::town::Document::root(1, false, &roles);
    town.roots[0].signers = signers;
    assert!(matches!(fresh(&town), Err(TrustError::Malformed(Document::Root, _))));
}

#[test]
fn test_duplicate_sig_keyids() {
    let mut town = two_of_three();
    let signers = &mut town.half(Side::A).snapshot.signers;
    signers[1] = signers[0].clone();
    let result = fresh(&town);
    assert!(
        matches!(result, Err(TrustError::Malformed(Document::Snapshot(Side::A), _))),
        "{result:?}"
    );
    // Not in ascending order either: one set of signatures has one form.
    let town = two_of_three();
    let mut envelope = Item::read(town.parts().sides[0].as_ref().unwrap()[0].as_ref().unwrap()).0;
    let Item::Tag(_, body) = &mut envelope else { panic!("no tag") };
    body.at(&[3]).items().reverse();
    let mut parts = town.parts();
    parts.sides[0].as_mut().unwrap()[0] = Some(envelope.encode());
    let result = try_open(&parts.bundle(), &terms(&town));
    assert!(
        matches!(result, Err(TrustError::Malformed(Document::Snapshot(Side::A), _))),
        "{result:?}"
    );
}

#[test]
fn test_keytype_and_scheme() {
    // -8 EdDSA, -7 ES256, -19 spelled long: only Ed25519 in the one form, whatever else a header says.
    let town = Town::new();
    let envelope = town.parts().sides[0].clone().unwrap()[0].clone().unwrap();
    let kid: KeyId = Sign1::read(&envelope).unwrap().signed.kid;
    let number = |n: i128| Item::Int(n);
    let pair = |key: i128, value: Item| (Item::Int(key), value);
    let id = || pair(4, kid.0.into());
    for header in [
        vec![pair(1, number(-8)), id()],
        vec![pair(1, number(-7)), id()],
        vec![pair(1, Item::Raw(vec![0x38, 18])), id()],
        vec![id()],
        vec![pair(1, number(-19))],
        vec![pair(1, number(-19)), pair(2, Item::Array(vec![number(4)])), id()],
        vec![id(), pair(1, number(-19))],
    ] {
        let mut item = Item::read(&envelope).0;
        let Item::Tag(_, body) = &mut item else { panic!("no tag") };
        *body.at(&[0]) = Item::Bytes(Item::Map(header).encode());
        let mut parts = town.parts();
        parts.sides[0].as_mut().unwrap()[0] = Some(item.encode());
        let result = try_open(&parts.bundle(), &terms(&town));
        assert!(
            matches!(result, Err(TrustError::Malformed(Document::Snapshot(Side::A), _))),
            "{result:?}"
        );
    }
}

#[test]
fn test_invalid_sig_in_valid_metadata() {
    // TUF passes over a signature that does not hold; here it spoils the document.
    let mut town = two_of_three();
    town.half(Side::A).snapshot.signers =
        (1..=3).map(|n| Key::named(&format!("A/5/{n}"))).collect();
    for which in 0..3 {
        let mut envelope =
            Item::read(town.parts().sides[0].as_ref().unwrap()[0].as_ref().unwrap()).0;
        let Item::Tag(_, body) = &mut envelope else { panic!("no tag") };
        let Item::Bytes(signature) = body.at(&[3, which, 2]) else { panic!("no signature") };
        signature[0] ^= 1;
        let mut parts = town.parts();
        parts.sides[0].as_mut().unwrap()[0] = Some(envelope.encode());
        let result = try_open(&parts.bundle(), &terms(&town));
        assert!(
            matches!(result, Err(TrustError::BadSignature(Document::Snapshot(Side::A), _))),
            "{result:?}"
        );
    }
}

#[test]
fn test_snapshot_rollback() {
    let town = Town::new();
    let newer = next(&town, Side::A, 1);
    let before = accepted(&newer);
    let document = Document::Snapshot(Side::A);
    assert_eq!(after(&town, &before), Err(TrustError::Rollback { document, have: 2, offered: 1 }));
    assert_eq!(after(&newer, &before), Ok(()));
}

#[test]
fn test_targets_role_removal() {
    let town = Town::new();
    let before = accepted(&town);
    for which in 2..5 {
        let mut less = next(&town, Side::A, 0);
        less.half(Side::A).documents[which] = None;
        let result = after(&less, &before);
        assert!(matches!(result, Err(TrustError::Missing(_))), "{which}: {result:?}");
    }
}

/// Every document of side A at a version a thief drove up; then its role gets new keys.
fn fast_forward(which: Option<usize>) {
    let town = Town::new();
    let role = which.map_or(5, |which| [2, 3, 4, 6, 7][which]);
    let mut driven = town.clone();
    match which {
        Some(which) => driven.document(Side::A, which).set_version(u32::MAX),
        None => driven.half(Side::A).snapshot.set_version(u32::MAX),
    }
    let before = accepted(&driven);
    let mut recovered = town.clone();
    if which.is_some() {
        recovered.half(Side::A).snapshot.set_version(2);
    }
    let result = after(&recovered, &before);
    assert!(matches!(result, Err(TrustError::Rollback { have: u32::MAX, .. })), "{result:?}");
    let mut roles = town.roles.clone();
    let unchanged = roles.clone();
    roles[0][role] = (1, vec![Key::named("A/fresh")]);
    let mut same = recovered.clone();
    same.rotate(unchanged);
    assert!(
        matches!(after(&same, &before), Err(TrustError::Rollback { .. })),
        "the old keys are still good"
    );
    let mut other = recovered.clone();
    let mut roles_of_b = town.roles.clone();
    roles_of_b[1][role] = (1, vec![Key::named("B/fresh")]);
    if !town.roles[1][role].1.is_empty() && role != 2 {
        other.rotate(roles_of_b);
        assert!(
            matches!(after(&other, &before), Err(TrustError::Rollback { .. })),
            "another side's role"
        );
    }
    recovered.rotate(roles);
    assert_eq!(after(&recovered, &before), Ok(()), "{which:?}");
}

#[test]
fn test_targets_fast_forward_recovery() {
    (0..5).for_each(|which| fast_forward(Some(which)));
    // The zone register, when both sides change their keys for it, and not when one does.
    let town = Town::new();
    let mut driven = town.clone();
    driven.zone.set_version(u32::MAX);
    let before = accepted(&driven);
    let fresh_keys = |side: &str| (1, vec![Key::named(&format!("{side}/zone/fresh"))]);
    for (sides, recovers) in [(&["A"][..], false), (&["B"], false), (&["A", "B"], true)] {
        let mut recovered = town.clone();
        let mut roles = town.roles.clone();
        for side in sides {
            roles[usize::from(*side == "B")][1] = fresh_keys(side);
        }
        recovered.rotate(roles);
        assert_eq!(after(&recovered, &before).is_ok(), recovers, "{sides:?}");
    }
}

#[test]
fn test_new_snapshot_fast_forward_recovery() {
    fast_forward(None);
}

#[test]
fn test_targets_rollback() {
    let town = Town::new();
    for which in 0..5 {
        let newer = next(&town, Side::A, which);
        let before = accepted(&newer);
        let mut back = newer.clone();
        back.document(Side::A, which).set_version(1);
        back.half(Side::A).snapshot.set_version(3);
        let result = after(&back, &before);
        assert!(
            matches!(result, Err(TrustError::Rollback { have: 2, offered: 1, .. })),
            "{which}: {result:?}"
        );
    }
}

#[test]
fn test_static_repository() {
    // A bundle from a stick, without any clock and without anything known before.
    for town in [Town::new(), Town::small(), Town::demo()] {
        assert_eq!(fresh(&town), Ok(()));
    }
}

#[test]
fn test_cached_role_is_verified_against_current_delegator() {
    // Documents that the old keys signed are not good under a root that names new ones.
    for role in 1..8 {
        let town = Town::new();
        let mut rotated = town.clone();
        let mut roles = town.roles.clone();
        let (threshold, count) = (roles[0][role].0, roles[0][role].1.len());
        roles[0][role] =
            (threshold, (0..count).map(|n| Key::named(&format!("fresh/{role}/{n}"))).collect());
        rotated.rotate(roles);
        assert_eq!(fresh(&rotated), Ok(()));
        let mut parts = town.parts();
        parts.roots = rotated.parts().roots;
        let result = try_open(&parts.bundle(), &terms(&town));
        assert!(matches!(result, Err(TrustError::UnknownSigner(..))), "{role}: {result:?}");
    }
}

#[test]
fn test_delegation_not_in_snapshot() {
    for which in 0..5 {
        let mut town = Town::new();
        let half = town.half(Side::A);
        let envelopes = half.envelopes();
        let mut documents = half.documents.clone();
        documents[which] = None;
        half.pinned = false;
        *half.snapshot.payload.at(&[6]) = permit_tests::town::pins(&documents, &envelopes[1..]);
        let result = fresh(&town);
        assert!(matches!(result, Err(TrustError::Unpinned(_))), "{which}: {result:?}");
    }
}

#[test]
fn test_root_rotation() {
    let town = Town::new();
    let mut roles = town.roles.clone();
    roles[0][0] = (2, (4..=6).map(|n| Key::named(&format!("A/0/{n}"))).collect());
    let mut rotated = town.clone();
    rotated.rotate(roles.clone());
    assert_eq!(fresh(&rotated), Ok(()));
    assert_eq!(after(&rotated, &accepted(&town)), Ok(()));
    // Signed by the new keys alone, by the old alone, by too few of the old.
    let [old, new] = [&town.roles, &roles]
        .map(|roles| roles.iter().flat_map(|side| side[0].1[..2].to_vec()).collect::<Vec<Key>>());
    let b: Vec<Key> = old[2..].to_vec();
    for (signers, good) in [
        ([&old[..2], &new[..2], &b].concat(), true),
        ([&new[..2], &b].concat(), false),
        ([&old[..2], &b].concat(), false),
        ([&old[..1], &new[..2], &b].concat(), false),
        ([&old[..2], &new[..1], &b].concat(), false),
        ([&old[..2], &new[..2], &b[..1]].concat(), false),
        ([&old[..2], &new[..2]].concat(), false),
    ] {
        let mut rotated = rotated.clone();
        rotated.roots[1].signers = signers;
        let result = fresh(&rotated);
        assert_eq!(result.is_ok(), good, "{result:?}");
        assert!(
            good || matches!(result, Err(TrustError::Threshold { document: Document::Root, .. }))
        );
    }
    // From one to the other over several, all at once.
    let mut far = town.clone();
    for generation in 1..6 {
        let mut roles = far.roles.clone();
        for (side, roles) in roles.iter_mut().enumerate() {
            roles[0].1 = (0..3).map(|n| Key::named(&format!("{side}/{generation}/{n}"))).collect();
        }
        far.rotate(roles);
    }
    assert_eq!(after(&far, &accepted(&town)), Ok(()));
}

#[test]
fn test_non_root_rotations() {
    for role in 1..8 {
        for (threshold, count) in [(1, 1), (1, 2), (2, 2), (2, 3), (3, 5)] {
            let town = Town::new();
            let before = accepted(&town);
            let mut roles = town.roles.clone();
            roles[0][role] =
                (threshold, (0..count).map(|n| Key::named(&format!("fresh/{role}/{n}"))).collect());
            let mut rotated = town.clone();
            rotated.rotate(roles);
            let version = rotated.half(Side::A).snapshot.version();
            rotated.half(Side::A).snapshot.set_version(version + 1);
            rotated.zone.set_version(2);
            for which in 0..5 {
                rotated.document(Side::A, which).set_version(2);
            }
            assert_eq!(after(&rotated, &before), Ok(()), "role {role}, {threshold} of {count}");
        }
    }
}

//! Taking bundles: chains, thresholds, rollback, forks, mixes, the future, the other side.

use permit_core::{
    Accepted, Anchor, Document, KeySlot, Side, Terms, Trust, TrustError, UnixTime,
    trust::{BUNDLE, DOCUMENT},
};
use permit_tests::{
    item::Item,
    key::Key,
    town::{Parts, Roles, Town, issued, open, try_open},
};

fn fresh(town: &Town) -> Result<(), TrustError> {
    town.open().map(|_| ())
}

fn accepted(town: &Town) -> Accepted {
    *town.open().unwrap().accepted()
}

/// Every document but the roots one version on; the snapshots then ask for the new zone register.
fn next(town: &Town) -> Town {
    let mut next = town.clone();
    for document in next.documents() {
        let version = document.version();
        document.set_version(version + 1);
        document.set_issued(issued().plus(3600));
    }
    for side in Side::BOTH {
        *next.half(side).snapshot.payload.at(&[8]) = 2_u8.into();
    }
    next
}

#[test]
fn one_old_part_among_new_ones() {
    let (old, new) = (Town::new(), next(&Town::new()));
    let (old_parts, new_parts) = (old.parts(), new.parts());
    let terms = Terms { anchor: old.anchor(), before: None, now: None };
    let before = accepted(&new);
    let after = Terms { before: Some(&before), ..terms };
    let (mut taken, mut refused) = (0, 0);
    // The zone register and side A's six documents, in every combination of old and new.
    for mask in 0..128_u32 {
        let mut parts = new_parts.clone();
        if mask & 1 != 0 {
            parts.zone.clone_from(&old_parts.zone);
        }
        for which in 0..6 {
            if mask & (2 << which) != 0 {
                let old = old_parts.sides[0].as_ref().unwrap()[which].clone();
                parts.sides[0].as_mut().unwrap()[which] = old;
            }
        }
        // All of a side's documents or none; an old zone register never, the other side asks for the new.
        let whole = matches!(mask, 0 | 0b111_1110);
        let bundle = parts.bundle();
        let result = try_open(&bundle, &terms);
        assert_eq!(result.is_ok(), whole, "{mask:07b}: {result:?}");
        let result = try_open(&bundle, &after);
        assert_eq!(result.is_ok(), mask == 0, "after, {mask:07b}: {result:?}");
        if whole { taken += 1 } else { refused += 1 }
    }
    println!("{refused} mixes of old and new refused, {taken} whole ones taken");
}

#[test]
fn every_pair_of_parts() {
    let (old, new) = (Town::new(), next(&Town::new()));
    let terms = Terms { anchor: old.anchor(), before: None, now: None };
    let places: Vec<(usize, usize)> = [(2, 0)]
        .into_iter()
        .chain((0..6).map(|n| (0, n)))
        .chain([0, 1, 2, 4, 5].map(|n| (1, n)))
        .collect();
    let take = |parts: &mut Parts, from: &Parts, (side, which): (usize, usize)| {
        if side == 2 {
            parts.zone.clone_from(&from.zone);
        } else {
            let part = from.sides[side].as_ref().unwrap()[which].clone();
            parts.sides[side].as_mut().unwrap()[which] = part;
        }
    };
    let mut refused = 0;
    for (base, other) in [(&old, &new), (&new, &old)] {
        let (base, other) = (base.parts(), other.parts());
        for (index, first) in places.iter().enumerate() {
            for second in &places[index..] {
                let mut parts = base.clone();
                take(&mut parts, &other, *first);
                take(&mut parts, &other, *second);
                let result = try_open(&parts.bundle(), &terms);
                // An older side works with a newer zone register; nothing else fits together.
                let fits = base == old.parts() && *first == (2, 0) && *second == (2, 0);
                assert_eq!(result.is_ok(), fits, "{first:?} {second:?}: {result:?}");
                refused += usize::from(!fits);
            }
        }
    }
    println!("{refused} pairs of old and new parts refused");
    assert_eq!(refused, 2 * 78 - 1);
}

#[test]
fn rollback_of_each_document() {
    let new = next(&Town::new());
    let before = accepted(&new);
    for which in 0..new.clone().documents().len() {
        let mut town = new.clone();
        town.documents()[which].set_version(1);
        for side in Side::BOTH {
            *town.half(side).snapshot.payload.at(&[8]) = 1_u8.into();
            if which > 0 {
                // Otherwise the snapshot itself would be a fork.
                let version = town.half(side).snapshot.version();
                if version == 2 {
                    town.half(side).snapshot.set_version(3);
                }
            }
        }
        let result = town.open_after(&before).map(|_| ());
        assert!(
            matches!(result, Err(TrustError::Rollback { have: 2, offered: 1, .. })),
            "{which}: {result:?}"
        );
        assert_eq!(fresh(&town), Ok(()), "{which}");
    }
    assert_eq!(new.open_after(&before).map(|_| ()), Ok(()));
    assert_eq!(next(&new).open_after(&before).map(|_| ()), Ok(()));
}

#[test]
fn a_fork_of_each_document() {
    let town = Town::new();
    let before = accepted(&town);
    for which in 0..town.clone().documents().len() {
        let mut fork = town.clone();
        fork.documents()[which].set_issued(issued().plus(60));
        for side in Side::BOTH {
            let snapshot = &mut fork.half(side).snapshot;
            if which > 0 && *snapshot.payload.at(&[1]) == issued().into() {
                snapshot.set_version(2);
            }
        }
        let result = fork.open_after(&before).map(|_| ());
        assert!(matches!(result, Err(TrustError::Fork { version: 1, .. })), "{which}: {result:?}");
        assert_eq!(fresh(&fork), Ok(()), "{which}");
    }
    // A root too: the same version, signed by the same people, with another payload.
    let mut fork = town.clone();
    fork.roots[0].set_issued(issued().plus(60));
    let result =
        open(&fork.bundle(), &Terms { anchor: fork.anchor(), before: Some(&before), now: None });
    assert!(matches!(
        result.map(|_| ()),
        Err(TrustError::Fork { document: Document::Root, version: 1 })
    ));
}

#[test]
fn thresholds() {
    // Two of three: every subset of the root's signers.
    let town = Town::new();
    let all: Vec<Key> = town.roles.iter().flat_map(|roles| roles[0].1.clone()).collect();
    for mask in 0..64_u32 {
        let mut town = town.clone();
        let signers: Vec<_> = all
            .iter()
            .enumerate()
            .filter(|(n, _)| mask & (1 << n) != 0)
            .map(|(_, k)| k.clone())
            .collect();
        if signers.is_empty() {
            continue;
        }
        town.roots[0].signers = signers;
        let enough = (mask & 7).count_ones() >= 2 && (mask >> 3).count_ones() >= 2;
        assert_eq!(fresh(&town).is_ok(), enough, "{mask:06b}");
    }
    // The zone register needs both sides.
    for (signers, expected) in [
        (vec!["A/1/1", "A/1/2"], Some(Side::B)),
        (vec!["B/1/1", "B/1/2"], Some(Side::A)),
        (vec!["A/1/2", "B/1/2"], None),
        (vec!["A/1/1", "A/1/2", "B/1/1", "B/1/2"], None),
    ] {
        let mut town = Town::new();
        town.zone.signers = signers.iter().map(|name| Key::named(name)).collect();
        let result = fresh(&town);
        let found = match result {
            Err(TrustError::Threshold { document: Document::Zone, side, have: 0, need: 1 }) => {
                Some(side)
            }
            Ok(()) => None,
            other => panic!("{other:?}"),
        };
        assert_eq!(found, expected, "{signers:?}");
    }
    // A list that needs two is not one key's to sign, in whatever form.
    for (signers, many) in [(1, false), (1, true)] {
        let mut town = Town::new();
        let document = town.document(Side::B, 0);
        document.signers.truncate(signers);
        document.many = many;
        assert!(fresh(&town).is_err());
    }
    // One that needs one is COSE_Sign1 and nothing else.
    let mut town = Town::new();
    let document = town.document(Side::A, 0);
    document.many = true;
    document.signers.push(Key::named("A/2/2"));
    assert!(matches!(fresh(&town), Err(TrustError::Malformed(Document::Stations(Side::A), _))));
}

#[test]
fn one_side_does_not_speak_for_the_other() {
    // A station, a bit list, a suspension of the other side's half.
    for (which, path) in [
        (0, &[6, 0, 0][..]),
        (1, &[6, 0, 0]),
        (1, &[7, 0, 0]),
        (1, &[8, 0, 0]),
        (1, &[9, 0, 0]),
        (2, &[7, 0, 0]),
    ] {
        for number in [32_768_u16, 33_000, 65_535, 0] {
            let mut town = Town::new();
            let document = town.document(Side::A, which);
            let list = document.payload.at(&path[..1]).items();
            list.truncate(1);
            *document.payload.at(path) = number.into();
            let result = fresh(&town);
            assert!(
                matches!(result, Err(TrustError::Malformed(..))),
                "{which} {path:?} {number}: {result:?}"
            );
        }
    }
    // A's documents that say they are B's.
    for which in 0..5 {
        let mut town = Town::new();
        *town.document(Side::A, which).payload.at(&[5]) = 1_u8.into();
        let result = fresh(&town);
        let refused = matches!(result, Err(TrustError::OtherSide(_) | TrustError::Malformed(..)));
        assert!(refused, "{which}: {result:?}");
    }
    let mut town = Town::new();
    *town.half(Side::A).snapshot.payload.at(&[5]) = 1_u8.into();
    assert_eq!(fresh(&town), Err(TrustError::OtherSide(Document::Snapshot(Side::A))));
    // Crossings join one region of each, and the sides of the bundle are not exchanged.
    let mut town = Town::new();
    *town.zone.payload.at(&[8, 0, 2]) = permit_tests::array![201_u16, 101_u16];
    assert!(matches!(fresh(&town), Err(TrustError::Malformed(Document::Zone, _))));
    let mut parts = Town::new().parts();
    parts.sides.swap(0, 1);
    let terms = Terms { anchor: Town::new().anchor(), before: None, now: None };
    assert!(try_open(&parts.bundle(), &terms).is_err());
}

#[test]
fn where_trust_starts() {
    let mut town = Town::new();
    let first = town.anchor();
    let roles = town.roles.clone();
    town.rotate(roles.clone());
    town.rotate(roles);
    let bundle = town.bundle();
    let digest = |n: usize| Anchor(permit_core::sha256(&[&town.roots[n].payload.encode()]));
    for anchor in [first, digest(1), digest(2)] {
        assert_eq!(try_open(&bundle, &Terms { anchor, before: None, now: None }), Ok(()));
    }
    for anchor in [
        Anchor([0; 32]),
        Anchor([0xff; 32]),
        Anchor(permit_core::sha256(&[&town.roots[0].envelope()])),
    ] {
        let result = try_open(&bundle, &Terms { anchor, before: None, now: None });
        assert_eq!(result, Err(TrustError::Anchor { fingerprint: digest(2).0, version: 3 }));
    }
    assert_eq!(Anchor::of(&town.roots[1].envelope()), Ok(digest(1)));
    // A whole other authority, sound in itself.
    let mut other = Town::new();
    let mut roles = other.roles.clone();
    roles[0][0].1 = (1..=3).map(|n| Key::named(&format!("thief/{n}"))).collect();
    other.roots[0] = permit_tests::town::Document::root(1, false, &roles);
    other.roots[0].signers = [&roles[0][0].1[..2], &roles[1][0].1[..2]].concat();
    assert_eq!(fresh(&other), Ok(()));
    let result = try_open(&other.bundle(), &Terms { anchor: first, before: None, now: None });
    assert!(matches!(result, Err(TrustError::Anchor { version: 1, .. })));
}

#[test]
fn chains_that_break() {
    let mut town = Town::new();
    let roles = town.roles.clone();
    town.rotate(roles.clone());
    town.rotate(roles);
    let expect = |change: &dyn Fn(&mut Town), expected: &dyn Fn(&TrustError) -> bool| {
        let mut town = town.clone();
        change(&mut town);
        let newest = town.roots.last().map(|root| permit_core::sha256(&[&root.payload.encode()]));
        let terms = Terms { anchor: Anchor(newest.unwrap_or_default()), before: None, now: None };
        let error = try_open(&town.bundle(), &terms).unwrap_err();
        assert!(expected(&error), "{error:?}");
    };
    expect(&|town| drop(town.roots.remove(0)), &|e| {
        matches!(e, TrustError::Chain { expected: 1, found: 2 })
    });
    expect(&|town| drop(town.roots.remove(1)), &|e| {
        matches!(e, TrustError::Chain { expected: 2, found: 3 })
    });
    expect(&|town| town.roots.swap(0, 1), &|e| {
        matches!(e, TrustError::Chain { expected: 1, found: 2 })
    });
    expect(&|town| town.roots.push(town.roots[2].clone()), &|e| {
        matches!(e, TrustError::Chain { expected: 4, found: 3 })
    });
    expect(&|town| *town.roots[1].payload.at(&[4]) = 2_u8.into(), &|e| {
        matches!(e, TrustError::OtherZone { document: Document::Root, found: 2, expected: 1 })
    });
    expect(&|town| *town.roots[2].payload.at(&[5]) = true.into(), &|e| {
        matches!(e, TrustError::DemoMixed)
    });
    expect(&|town| town.roots.clear(), &|e| {
        matches!(e, TrustError::Malformed(Document::Bundle, _))
    });
    // Older than what was accepted, though it still holds the anchor.
    let before = accepted(&town);
    let mut old = town.clone();
    old.roots.pop();
    let result = old.open_after(&before).map(|_| ());
    assert_eq!(result, Err(TrustError::Rollback { document: Document::Root, have: 3, offered: 2 }));
    // 64 roots and no more.
    let mut long = Town::new();
    let roles = long.roles.clone();
    for _ in 1..64 {
        long.rotate(roles.clone());
    }
    assert_eq!(fresh(&long), Ok(()));
    long.rotate(roles);
    assert!(matches!(fresh(&long), Err(TrustError::Malformed(Document::Bundle, _))));
}

#[test]
fn the_future() {
    let town = Town::new();
    let clock = issued().plus(-86_400);
    for (seconds, taken) in [(-1, false), (0, true), (1, true)] {
        let terms = Terms { anchor: town.anchor(), before: None, now: Some(clock.plus(seconds)) };
        let result = try_open(&town.bundle(), &terms);
        assert_eq!(result.is_ok(), taken, "{result:?}");
    }
    for which in 0..town.clone().documents().len() {
        let mut town = town.clone();
        town.documents()[which].set_issued(issued().plus(10));
        let terms = Terms { anchor: town.anchor(), before: None, now: Some(clock) };
        let result = try_open(&town.bundle(), &terms);
        assert!(matches!(result, Err(TrustError::Future { .. })), "{which}: {result:?}");
        assert_eq!(town.open().unwrap().newest(), issued().plus(10));
    }
    // Without a trusted clock nothing is too new.
    let mut late = town.clone();
    late.roots[0].set_issued(UnixTime(i64::MAX / 2));
    assert_eq!(fresh(&late), Ok(()));
}

#[test]
fn another_zones_documents() {
    for which in 0..Town::new().documents().len() {
        let mut town = Town::new();
        *town.documents()[which].payload.at(&[4]) = 2_u8.into();
        let result = fresh(&town);
        assert!(
            matches!(result, Err(TrustError::OtherZone { found: 2, expected: 1, .. })),
            "{which}: {result:?}"
        );
    }
}

#[test]
fn what_a_side_demands() {
    for (field, document) in [(7, Document::Root), (8, Document::Zone)] {
        for side in Side::BOTH {
            let mut town = Town::new();
            *town.half(side).snapshot.payload.at(&[field]) = 2_u8.into();
            let expected = TrustError::BelowMinimum { document, side, need: 2, offered: 1 };
            assert_eq!(fresh(&town), Err(expected));
        }
    }
}

#[test]
fn what_was_there_does_not_go_away() {
    let town = Town::new();
    let before = accepted(&town);
    for (side, which, document) in [
        (Side::A, 2, Document::Issued(Side::A)),
        (Side::A, 3, Document::Presence(Side::A)),
        (Side::B, 4, Document::Readers(Side::B)),
    ] {
        let mut less = next(&town);
        less.half(side).documents[which] = None;
        assert_eq!(fresh(&less), Ok(()), "the snapshot agrees");
        assert_eq!(less.open_after(&before).map(|_| ()), Err(TrustError::Missing(document)));
        // The snapshot names it, and it is not there.
        let mut parts = town.parts();
        parts.sides[side as usize].as_mut().unwrap()[which + 1] = None;
        let terms = Terms { anchor: town.anchor(), before: None, now: None };
        assert_eq!(try_open(&parts.bundle(), &terms), Err(TrustError::Missing(document)));
    }
    let mut less = next(&town);
    less.sides[1] = None;
    assert_eq!(fresh(&less), Ok(()));
    assert_eq!(
        less.open_after(&before).map(|_| ()),
        Err(TrustError::Missing(Document::Snapshot(Side::B)))
    );
}

#[test]
fn keys_listed_twice() {
    let mut town = Town::new();
    let twice = permit_tests::town::direct("station/11");
    *town.document(Side::A, 0).payload.at(&[6, 2, 5, 0]) = twice;
    let key = Key::named("station/11").id();
    assert_eq!(
        fresh(&town),
        Err(TrustError::DuplicateKey { document: Document::Stations(Side::A), key })
    );
    // On two sides it may be: the same machine cannot be told from a copied key, and the number decides.
    let mut town = Town::new();
    *town.document(Side::B, 0).payload.at(&[6, 0, 5, 0]) = permit_tests::town::direct("station/11");
    assert_eq!(fresh(&town), Ok(()));
    let trust = town.open().unwrap();
    let text = Key::named("station/11").seal(&permit_tests::town::permit(1));
    let judgement = permit_tests::town::Ask::new().judge(trust, text.as_bytes());
    assert_eq!(judgement.verdict.code(), 0);
    // A key has one role on one side.
    let mut town = Town::new();
    let mut roles: [Roles; 2] = town.roles.clone();
    roles[1][5].1[0] = roles[0][5].1[0].clone();
    town.roles = roles.clone();
    town.roots[0] = permit_tests::town::Document::root(1, false, &roles);
    town.roots[0].signers = [&roles[0][0].1[..2], &roles[1][0].1[..2]].concat();
    town.resign();
    assert!(matches!(fresh(&town), Err(TrustError::Malformed(Document::Root, _))));
}

#[test]
fn room_for_keys() {
    let town = Town::new();
    let bundle = town.bundle();
    let terms = Terms { anchor: town.anchor(), before: None, now: None };
    for room in 0..8 {
        let mut slots = vec![KeySlot::EMPTY; room];
        let result = Trust::open(&bundle, &terms, &mut slots).map(|_| ());
        assert_eq!(result, if room < 6 { Err(TrustError::TooManyKeys { room }) } else { Ok(()) });
    }
}

#[test]
fn caps_before_parsing() {
    let terms = Terms { anchor: Anchor([0; 32]), before: None, now: None };
    let large = vec![0x80; BUNDLE + 1];
    assert_eq!(try_open(&large, &terms), Err(TrustError::TooLarge(Document::Bundle)));
    let mut parts = Town::new().parts();
    parts.zone = vec![0; DOCUMENT + 1];
    let terms = Terms { anchor: Town::new().anchor(), before: None, now: None };
    assert_eq!(try_open(&parts.bundle(), &terms), Err(TrustError::TooLarge(Document::Bundle)));
    for depth in [9, 100, 100_000] {
        let nested = [vec![0x81; depth], vec![0x80]].concat();
        assert!(matches!(
            try_open(&nested, &terms),
            Err(TrustError::Malformed(Document::Bundle, _))
        ));
    }
    // A bit list for more than a million serials.
    let mut town = Town::new();
    let mut bits = vec![0; permit_core::trust::BITS + 1];
    *bits.last_mut().unwrap() = 1;
    *town.document(Side::A, 1).payload.at(&[6, 0, 2]) = Item::Bytes(bits.clone());
    assert!(matches!(fresh(&town), Err(TrustError::Malformed(Document::Revocations(Side::A), _))));
    bits.remove(0);
    *town.document(Side::A, 1).payload.at(&[6, 0, 2]) = Item::Bytes(bits);
    assert_eq!(fresh(&town), Ok(()));
}

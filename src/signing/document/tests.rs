//! Two sides sign one document with a file that travels, and every short cut is refused.

use permit_core::{Side, trust::Role};

use super::*;
use crate::{
    SecretKey,
    changes::changes,
    demo::{World, authority_key},
    draft::{Draft, Zone},
};

fn keys(side: Side, role: Role, count: u8) -> Vec<SecretKey> {
    (1..=count).map(|number| authority_key(side, role, number)).collect()
}

fn with_root(run: impl FnOnce(&World, &Root<'_>)) {
    let world = World::make().unwrap();
    let payload = world.root_draft.encode().unwrap();
    run(&world, &Root::decode(&payload).unwrap());
}

#[test]
fn a_zone_register_travels() {
    with_root(|world, root| {
        let before = Draft::Zone(world.zone.clone());
        let mut zone = world.zone.clone();
        zone.header.version = 2;
        zone.limits.grace = 7;
        zone.regions.remove(9);
        let parties = Parties::of_zone(root);
        let mut file = Proposal::start(&Draft::Zone(zone), Form::Many).unwrap().to_bytes();
        for side in Side::BOTH {
            for key in keys(side, Role::Zone, 2) {
                let mut proposal = Proposal::from_bytes(&file).unwrap();
                assert!(proposal.finish(&parties).is_err());
                let shown = changes(&before, &proposal.contents().unwrap());
                let paths: Vec<_> = shown.iter().map(|change| change.path.as_str()).collect();
                assert!(paths.contains(&"limits.grace") && paths.contains(&"regions[99].id"));
                proposal.sign(&parties, &key).unwrap();
                assert_eq!(proposal.sign(&parties, &key), Err(SignError::Already(key.key_id())));
                file = proposal.to_bytes();
            }
        }
        let signed = Proposal::from_bytes(&file).unwrap().finish(&parties).unwrap();
        let mut parts = world.parts.clone();
        parts.zone = signed;
        parts.assemble(None, None).unwrap();
    });
}

#[test]
fn copies_signed_apart_are_joined() {
    with_root(|world, root| {
        let parties = Parties::of_zone(root);
        let start = Proposal::start(&Draft::Zone(world.zone.clone()), Form::Many).unwrap();
        let [mut a, mut b] = [start.clone(), start];
        for (copy, side) in [(&mut a, Side::A), (&mut b, Side::B)] {
            for key in keys(side, Role::Zone, 2) {
                copy.sign(&parties, &key).unwrap();
            }
        }
        assert_eq!(a.missing(&parties).len(), 1);
        assert_eq!(a.join(&b, &parties), Ok(2));
        assert_eq!(a.finish(&parties).unwrap(), world.parts.zone);
        let alone = |other: &Proposal| {
            let mut kept = Proposal::start(&Draft::Zone(world.zone.clone()), Form::Many).unwrap();
            (kept.join(other, &parties), kept.signed_by().count())
        };
        let mut forged = b.clone();
        forged.signatures.values_mut().for_each(|signature| signature[9] ^= 1);
        assert!(matches!(alone(&forged), (Err(FinishError::BadSignature(_)), 0)));
        let mut foreign = b.clone();
        let signature = foreign.signatures.pop_first().unwrap().1;
        foreign.signatures.insert(authority_key(Side::A, Role::Root, 1).key_id(), signature);
        assert!(matches!(alone(&foreign), (Err(FinishError::NotAParty(_)), 0)));
        let later = Zone { basis: "another".to_owned(), ..world.zone.clone() };
        let later = Proposal::start(&Draft::Zone(later), Form::Many).unwrap();
        assert_eq!(alone(&later), (Err(FinishError::OtherRole), 0));
    });
}

#[test]
fn keys_without_a_part() {
    with_root(|world, root| {
        let parties = Parties::of_zone(root);
        let mut proposal = Proposal::start(&Draft::Zone(world.zone.clone()), Form::Many).unwrap();
        for key in [authority_key(Side::A, Role::Root, 1), authority_key(Side::A, Role::Zone, 9)] {
            assert_eq!(proposal.sign(&parties, &key), Err(SignError::NotAParty(key.key_id())));
        }
        let other = Parties::of_side(root, Side::A, Role::Stations);
        let key = authority_key(Side::A, Role::Stations, 1);
        assert_eq!(proposal.sign(&other, &key), Err(SignError::OtherRole));
        for key in keys(Side::A, Role::Zone, 3) {
            proposal.sign(&parties, &key).unwrap();
        }
        let Err(FinishError::Missing(missing)) = proposal.finish(&parties) else {
            panic!("three keys of one side are not both sides")
        };
        assert_eq!((missing[0].side, missing[0].have, missing[0].need), (Side::B, 0, 2));
    });
}

#[test]
fn a_forged_file_is_found_out() {
    with_root(|world, root| {
        let parties = Parties::of_zone(root);
        let mut proposal = Proposal::start(&Draft::Zone(world.zone.clone()), Form::Many).unwrap();
        for side in Side::BOTH {
            for key in keys(side, Role::Zone, 2) {
                proposal.sign(&parties, &key).unwrap();
            }
        }
        let good = proposal.to_bytes();
        let mut flipped = good.clone();
        *flipped.last_mut().unwrap() ^= 1;
        let flipped = Proposal::from_bytes(&flipped).unwrap();
        assert!(matches!(flipped.finish(&parties), Err(FinishError::BadSignature(_))));
        for cut in [0, 1, 30, good.len() - 1] {
            assert!(Proposal::from_bytes(&good[..cut]).is_err(), "cut at {cut}");
        }
        let mut long = good.clone();
        long.push(0);
        assert!(Proposal::from_bytes(&long).is_err());
        let mut role = good;
        let at = 1 + 1 + 1 + Proposal::MAGIC.len();
        role[at] = Role::Stations as u8;
        assert!(Proposal::from_bytes(&role).is_err(), "a zone register is not a station list");
    });
}

#[test]
fn a_new_root_is_signed_by_the_old_one_too() {
    with_root(|world, old| {
        let mut next = world.root_draft.clone();
        next.header.version = 2;
        let fresh: Vec<SecretKey> =
            (11..=13).map(|n| authority_key(Side::A, Role::Root, n)).collect();
        next.a.root.keys =
            fresh.iter().map(|key| crate::draft::Key(Signer::public_key(key))).collect();
        let draft = Draft::Root(Box::new(next));
        let payload = draft.encode().unwrap();
        let new = Root::decode(&payload).unwrap();
        let parties = Parties::of_root(&new, Some(old));
        let mut proposal = Proposal::start(&draft, Form::Many).unwrap();
        for key in fresh.iter().take(2).chain(&keys(Side::B, Role::Root, 2)) {
            proposal.sign(&parties, key).unwrap();
        }
        let missing = proposal.missing(&parties);
        assert_eq!(missing.len(), 1, "{missing:?}");
        assert!(missing[0].previous && missing[0].side == Side::A);
        for key in keys(Side::A, Role::Root, 2) {
            proposal.sign(&parties, &key).unwrap();
        }
        let mut parts = world.parts.clone();
        parts.roots.push(proposal.finish(&parties).unwrap());
        parts.assemble(None, None).unwrap();
    });
}

#[test]
fn one_signature_where_one_is_enough() {
    with_root(|world, root| {
        let stations = world.drafts[0].clone();
        let parties = Parties::of_side(root, Side::A, Role::Stations);
        let many = Proposal::start(&stations, Form::Many).unwrap();
        assert_eq!(many.finish(&parties), Err(FinishError::OtherRole));
        let signed = sign_at_once(&stations, &parties, &keys(Side::A, Role::Stations, 1)).unwrap();
        assert_eq!(Some(&signed), world.parts.a.as_ref().unwrap().documents[0].as_ref());
        let none: [SecretKey; 0] = [];
        assert!(sign_at_once(&stations, &parties, &none).is_err());
    });
}

//! The presence list: the same from either side, and what a terminal knows by it.

use permit_core::{
    Anchor, Checkpoint, Direction, Ledger as _, Side, Terms, Trust, UnixTime, Verifier,
    trust::{PresenceList, Role},
};
use permit_headquarters::{Presence, Site};
use permit_journal::faults::Memory;
use permit_signing::demo;

use crate::world::{Kept, START, bundle_with, headquarters, now, role, terminal};

const OUT: Direction = Direction::Exit;
const IN: Direction = Direction::Entry;

async fn signed(site: &Site) -> Presence {
    let side = site.home.settings().side();
    site.presence(&role(side, Role::Presence)).await.unwrap()
}

/// What it says, without whose it is.
fn said(list: &Presence) -> Vec<permit_core::trust::PresenceEntry> {
    let payload = permit_core::cose::Sign1::read(&list.sealed).unwrap().payload;
    PresenceList::decode(payload).unwrap().entries.iter().collect()
}

async fn give(from: &Site, to: &Site) {
    let key = role(from.home.settings().side(), Role::Passages);
    to.take(&from.passages(&key).await.unwrap()).await.unwrap();
}

#[tokio::test]
async fn it_is_the_same_from_either_side_and_in_any_order() {
    let mut first = Kept::new(terminal(Side::A, 1));
    let mut second = Kept::on(terminal(Side::A, 2), Memory::new(), 400);
    let mut there = Kept::on(terminal(Side::B, 1), Memory::new(), 7);
    first.cross_each(1..9, OUT);
    let undone = first.cross(20, OUT);
    there.cross_each(1..9, IN);
    there.cross_each(3..6, OUT);
    second.cross_each(3..6, IN);
    second.cross_each(4..5, OUT);
    let early = first.export(None);
    first.nobody(undone);
    let files = [early, first.export(None), second.export(None), there.export(None)];

    let mut all = Vec::new();
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1]] {
        let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
        let a = headquarters(folders[0].path(), Side::A).await;
        let b = headquarters(folders[1].path(), Side::B).await;
        for place in order {
            // Whoever's it is not leaves it.
            for site in [&a, &b] {
                site.take(&files[place]).await.unwrap();
            }
            give(&a, &b).await;
            give(&b, &a).await;
        }
        for site in [&a, &b] {
            let list = signed(site).await;
            assert_eq!(list.permits, 8, "nobody whose admission was taken back");
            assert_eq!(list.missing, if site.home.settings().side_b { vec![2] } else { vec![] });
            assert!(list.other.is_some());
            all.push(said(&list));
        }
        a.close().await.unwrap();
        b.close().await.unwrap();
    }
    assert!(all.iter().all(|list| *list == all[0]), "one list");
    let counted = |journeys, away: bool| {
        let is = |it: &&permit_core::trust::PresenceEntry| {
            (it.journeys, it.outside_since.is_some()) == (journeys, away)
        };
        all[0].iter().filter(is).count()
    };
    assert_eq!([counted(1, true), counted(1, false), counted(2, true)], [5, 2, 1]);
}

#[tokio::test]
async fn versions_go_up_and_another_key_signs_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let site = headquarters(folder.path(), Side::A).await;
    let version = |list: &Presence| {
        let payload = permit_core::cose::Sign1::read(&list.sealed).unwrap().payload;
        PresenceList::decode(payload).unwrap().header.version
    };
    let alone = signed(&site).await;
    assert_eq!((version(&alone), alone.permits, alone.other), (1, 0, None));
    assert_eq!(alone.missing, [1, 2], "nothing of them ever came");
    let site = site.at(START.plus(7_200));
    assert_eq!(version(&signed(&site).await), 2);
    assert!(site.presence(&role(Side::A, Role::Heads)).await.is_err());
    assert!(site.presence(&role(Side::B, Role::Presence)).await.is_err());
    assert_eq!(site.check().await.unwrap(), []);
    site.close().await.unwrap();
}

/// A permit is used up, its holder is on the other side and stays too long: a terminal that saw nothing of it says so.
#[tokio::test]
async fn r12_a_terminal_that_saw_nothing_knows_it_from_the_list() {
    let demo = demo::World::make().unwrap();
    let cases = demo.cases().unwrap();
    let case = cases.into_iter().find(|case| case.name == "hangul-name").unwrap();
    let mut permit = case.permit.unwrap();
    permit.options.entries = Some(1);
    let text = permit_core::seal(&permit, &demo::station_key(permit.id.station)).unwrap();

    let folder = tempfile::tempdir().unwrap();
    let site = headquarters(folder.path(), Side::A).await;
    let mut saw = Kept::new(terminal(Side::A, 1));
    saw.pass(&permit.id, OUT);
    site.take(&saw.export(None)).await.unwrap();
    let list = signed(&site).await;
    site.close().await.unwrap();

    let (bundle, root) = bundle_with([Some(list.sealed), None]);
    let terms = |root: &[u8]| Terms { anchor: Anchor::of(root).unwrap(), before: None, now: None };
    let mut slots = permit_signing::slots(&bundle);
    let taken = Trust::open(&bundle, &terms(&root), &mut slots).unwrap();
    let mut other = Kept::new(terminal(Side::A, 2));
    assert_eq!(other.journal.presence(&permit.id), None);
    other.journal.hear_all(&taken, &now(4_000));
    let known = other.journal.presence(&permit.id).unwrap();
    assert_eq!((known.journeys, known.last.unwrap().checkpoint.direction), (1, OUT));

    // By the demonstration's lists, which have the permit's station; they are long out of date, which is said besides.
    let mut slots = permit_signing::slots(demo::BUNDLE);
    let trust = Trust::open(demo::BUNDLE, &terms(demo::ROOT), &mut slots).unwrap();
    let codes = |direction, at: UnixTime, journal: &Kept| -> Vec<u8> {
        let here = Checkpoint { crossing: 3, side: Side::A, direction };
        let verifier = Verifier::new(&trust, here).unwrap();
        let now = permit_core::Now::by_hand(at, trust.newest());
        let judged = verifier.verify(text.as_str().as_bytes(), &journal.journal, &now);
        let also = judged.also.iter().map(|finding| finding.reason.code());
        core::iter::once(judged.verdict.code()).chain(also).collect()
    };
    let later = START.plus(20 + 5 * 60);
    let seen =
        |direction, at| [50, 51, 52].map(|code| codes(direction, at, &other).contains(&code));
    assert_eq!(seen(OUT, later), [true, true, false], "used up, and already there");
    assert_eq!(seen(IN, later), [false, false, false], "on the way home");
    let stay = i64::from(trust.zone().limits.stay).max(permit.options.stay.unwrap_or(0).into());
    assert_eq!(seen(IN, START.plus((stay + 1) * 86_400)), [false, false, true], "too long away");
    let nothing = Kept::new(terminal(Side::A, 2));
    assert!(!codes(OUT, later, &nothing).iter().any(|code| [50, 51].contains(code)));
}

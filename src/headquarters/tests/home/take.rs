//! Journals and passages come home: once, in any order, and what does not fit is found.

use permit_core::{Direction, PublicKey, Side, Signer as _, trust::Role};
use permit_headquarters::{Failed, Finding, Life, Refusal, Site, Taken};
use permit_journal::faults::Memory;
use permit_record::Crossings;

use crate::world::{self, Kept, START, headquarters, role, terminal};

const OUT: Direction = Direction::Exit;
const IN: Direction = Direction::Entry;

async fn new(site: &Site, bytes: &[u8]) -> u64 {
    match site.take(bytes).await.unwrap() {
        Taken::Journal { new, findings, .. } => {
            assert_eq!(findings, []);
            new
        }
        Taken::Again => 0,
        other => panic!("{other:?}"),
    }
}

/// What this side tells the other, without which file it is.
pub(crate) async fn told(site: &Site) -> Crossings {
    let side = site.home.settings().side();
    let key = role(side, Role::Passages);
    let sealed = site.passages(&key).await.unwrap();
    let read = Crossings::open(&sealed, &PublicKey::new(&key.public_key()).unwrap()).unwrap();
    Crossings { number: 1, ..read }
}

/// Two terminals that give pieces, the whole, and the same again.
fn exports() -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    for number in [1, 2] {
        let mut kept = Kept::new(terminal(Side::A, number));
        let mut after = None;
        for round in 0..4_u32 {
            for serial in 0..3 {
                kept.cross(100 * u32::from(number) + serial, OUT);
            }
            let decision = kept.cross(round, IN);
            all.push(kept.export(after));
            // Undone in the next piece: the passage is known from the one before.
            if round % 2 == 0 {
                kept.nobody(decision);
            }
            kept.help();
            after = Some(kept.journal.tip().sequence);
        }
        all.push(kept.export(None));
        all.push(kept.export(None));
    }
    all
}

#[tokio::test]
async fn the_order_of_exports_and_repeats_do_not_matter() {
    let exports = exports();
    let mut first = None;
    for order in 0..6_usize {
        let folder = tempfile::tempdir().unwrap();
        let site = headquarters(folder.path(), Side::A).await;
        // Orders that part every two pieces both ways round; the last gives everything twice.
        let mut places: Vec<usize> = (0..exports.len()).collect();
        places.sort_by_key(|place| (place * (order * 2 + 1) * 7 + order) % 13);
        if order % 2 == 1 {
            places.reverse();
        }
        if order == 5 {
            places.extend(places.clone());
        }
        for place in places {
            new(&site, &exports[place]).await;
        }
        assert_eq!(site.check().await.unwrap(), [], "totals are those from scratch");
        let shown: Vec<_> = site.terminals().await.unwrap();
        assert!(shown.iter().all(|it| it.gaps.is_empty() && it.life == Life::Heard));
        assert_eq!(site.findings().await.unwrap(), []);
        let told = told(&site).await;
        assert_eq!(told.passages.len(), 32);
        assert_eq!(told.void.len(), 4);
        assert_eq!(*first.get_or_insert(told.clone()), told, "order {order}");
        site.close().await.unwrap();
    }
}

#[tokio::test]
async fn gaps_are_shown_until_they_are_closed_and_silence_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let site = headquarters(folder.path(), Side::A).await;
    let mut kept = Kept::new(terminal(Side::A, 1));
    kept.cross(1, OUT);
    let early = kept.export(None);
    kept.cross(2, OUT);
    let middle = kept.journal.tip().sequence;
    kept.cross(3, OUT);
    let late = kept.export(Some(middle));
    new(&site, &early).await;
    new(&site, &late).await;
    let gaps = |shown: &[permit_headquarters::Shown]| shown[0].gaps.clone();
    let shown = site.terminals().await.unwrap();
    assert_eq!(gaps(&shown), [(4, middle)]);
    assert_eq!((shown[0].life, shown[1].life), (Life::Heard, Life::Never));
    new(&site, &kept.export(None)).await;
    assert_eq!(gaps(&site.terminals().await.unwrap()), []);
    let site = site.at(START.plus(10 * 86_400));
    assert_eq!(site.terminals().await.unwrap()[0].life, Life::Silent(9));
    site.close().await.unwrap();
}

#[tokio::test]
async fn another_journal_of_the_same_terminal_is_a_fork_and_nothing_of_it_is_taken() {
    let folder = tempfile::tempdir().unwrap();
    let site = headquarters(folder.path(), Side::A).await;
    let mut kept = Kept::new(terminal(Side::A, 1));
    kept.cross(1, OUT);
    new(&site, &kept.export(None)).await;
    let before = told(&site).await;
    // Wiped, and begun from nothing.
    let mut wiped = Kept::on(kept.terminal, Memory::new(), 500);
    for serial in 10..20 {
        wiped.cross(serial, OUT);
    }
    let refused = site.take(&wiped.export(None)).await.unwrap();
    assert!(matches!(refused, Taken::Refused(Refusal::Fork(_, 1))), "{refused:?}");
    assert_eq!(told(&site).await, Crossings { made: site.now(), ..before });
    let found = site.findings().await.unwrap();
    assert_eq!((found.len(), found[0].finding), (1, Finding::Fork));
    assert_eq!(site.check().await.unwrap(), []);
    site.close().await.unwrap();
}

#[tokio::test]
async fn a_copy_that_was_put_back_is_found_whichever_file_comes_first() {
    let mut kept = Kept::new(terminal(Side::A, 1));
    kept.cross(1, OUT);
    let copy = kept.disk.files();
    kept.cross(2, OUT);
    let whole = kept.export(None);
    drop(kept);
    let mut back = Kept::on(terminal(Side::A, 1), Memory::of(copy), 40_000);
    let short = back.journal.export(None, &world::now(40_001), &world::terminal_key(back.terminal));
    let (short, later) = (short.unwrap(), {
        back.cross(3, OUT);
        back.export(None)
    });
    for (first, second) in [(&whole, &short), (&short, &whole), (&whole, &later)] {
        let folder = tempfile::tempdir().unwrap();
        let site = headquarters(folder.path(), Side::A).await;
        site.take(first).await.unwrap();
        site.take(second).await.unwrap();
        let found = site.findings().await.unwrap();
        let kinds: Vec<_> = found.iter().map(|it| it.finding).collect();
        assert!(kinds.contains(&Finding::Behind) || kinds.contains(&Finding::Fork), "{kinds:?}");
        assert_eq!(site.check().await.unwrap(), []);
        site.close().await.unwrap();
    }
}

#[tokio::test]
async fn what_does_not_hold_is_kept_as_evidence_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let site = headquarters(folder.path(), Side::A).await;
    let mut kept = Kept::new(terminal(Side::A, 1));
    for serial in 0..4 {
        kept.cross(serial, OUT);
    }
    let whole = kept.export(None);
    for cut in (0..whole.len()).step_by(97) {
        let taken = site.take(&whole[..cut]).await.unwrap();
        assert!(matches!(taken, Taken::Refused(_)), "cut at {cut}: {taken:?}");
    }
    for at in (0..whole.len()).step_by(61) {
        let mut flipped = whole.clone();
        flipped[at] ^= 1;
        let taken = site.take(&flipped).await.unwrap();
        assert!(matches!(taken, Taken::Refused(_)), "bit at {at}: {taken:?}");
    }
    assert!(site.terminals().await.unwrap().iter().all(|it| it.last.is_none()));
    let mut other = Kept::new(terminal(Side::B, 1));
    other.cross(1, OUT);
    let taken = site.take(&other.export(None)).await.unwrap();
    assert!(matches!(taken, Taken::Refused(Refusal::OtherSide(_))));
    let mut unknown = Kept::new(terminal(Side::A, 9));
    unknown.cross(1, OUT);
    let taken = site.take(&unknown.export(None)).await.unwrap();
    assert!(matches!(taken, Taken::Refused(Refusal::NoKey(_))));
    assert!(folder.path().join("refused").read_dir().unwrap().count() > 10);
    assert_eq!(new(&site, &whole).await, 9);
    site.close().await.unwrap();
}

#[tokio::test]
async fn both_sides_come_to_one_set_and_nothing_else_crosses() {
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let a = headquarters(folders[0].path(), Side::A).await;
    let b = headquarters(folders[1].path(), Side::B).await;
    let (mut out, mut into) = (Kept::new(terminal(Side::A, 1)), Kept::new(terminal(Side::B, 2)));
    out.cross(1, OUT);
    let undone = out.cross(2, OUT);
    into.cross(1, IN);
    new(&a, &out.export(None)).await;
    new(&b, &into.export(None)).await;
    let given = a.passages(&role(Side::A, Role::Passages)).await.unwrap();
    let taken = b.take(&given).await.unwrap();
    assert_eq!(taken, Taken::Passages { number: 1, new: 2 });
    assert_eq!(b.take(&given).await.unwrap(), Taken::Again);
    out.nobody(undone);
    out.help();
    new(&a, &out.export(None)).await;
    let corrected = a.passages(&role(Side::A, Role::Passages)).await.unwrap();
    let taken = b.take(&corrected).await.unwrap();
    assert_eq!(taken, Taken::Passages { number: 2, new: 0 }, "one is taken back, none is new");
    assert_eq!(b.check().await.unwrap(), []);
    // A key of another role, and a file of one's own.
    let wrong = a.passages(&role(Side::A, Role::Heads)).await;
    assert!(matches!(wrong, Err(Failed::NotOurKey { .. })));
    assert_eq!(a.take(&corrected).await.unwrap(), Taken::Again, "it is known here");
    a.close().await.unwrap();
    b.close().await.unwrap();
}

#[tokio::test]
async fn heads_are_countersigned_and_never_fall_behind() {
    let folder = tempfile::tempdir().unwrap();
    let site = headquarters(folder.path(), Side::A).await;
    let key = role(Side::A, Role::Heads);
    let mut kept = Kept::new(terminal(Side::A, 1));
    kept.cross(1, OUT);
    new(&site, &kept.export(None)).await;
    let tip = kept.journal.tip();
    let sealed = site.heads(&key).await.unwrap();
    let payload = permit_core::cose::Sign1::read(&sealed).unwrap().payload;
    let list = permit_core::trust::HeadList::decode(payload).unwrap();
    let head = list.heads.iter().next().unwrap();
    assert_eq!((list.header.version, head.number), (1, 1));
    assert_eq!((head.epoch, head.sequence, head.hash), (0, tip.sequence, tip.hash.0));
    kept.cross(2, OUT);
    new(&site, &kept.export(None)).await;
    site.heads(&key).await.unwrap();
    assert_eq!(site.check().await.unwrap(), []);
    assert!(site.heads(&role(Side::B, Role::Heads)).await.is_err());
    site.close().await.unwrap();
}

#[tokio::test]
async fn heads_go_on_over_what_a_terminal_removed_after_its_term() {
    let folder = tempfile::tempdir().unwrap();
    let site = headquarters(folder.path(), Side::A).await;
    let key = role(Side::A, Role::Heads);
    let mut kept = Kept::new(terminal(Side::A, 1));
    kept.cross(1, OUT);
    new(&site, &kept.export(None)).await;
    site.heads(&key).await.unwrap();
    // Records that nobody took are past their term before the next stick comes.
    kept.cross(2, OUT);
    drop(kept.journal);
    let later = 120 * 86_400;
    let mut kept = Kept::on(kept.terminal, kept.disk, later);
    kept.cross(3, OUT);
    assert!(kept.journal.prune(&world::now(later + 100)).unwrap().is_some());
    kept.cross(4, OUT);
    let export =
        kept.journal.export(None, &world::now(later + 200), &world::terminal_key(kept.terminal));
    site.take(&export.unwrap()).await.unwrap();
    assert!(!site.terminals().await.unwrap()[0].gaps.is_empty(), "it stays a gap");
    let sealed = site.heads(&key).await.unwrap();
    let payload = permit_core::cose::Sign1::read(&sealed).unwrap().payload;
    let list = permit_core::trust::HeadList::decode(payload).unwrap();
    assert_eq!(list.heads.iter().next().unwrap().sequence, kept.journal.tip().sequence);
    site.close().await.unwrap();
}

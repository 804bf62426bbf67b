//! How far headquarters have a journal, held against what is on the card.

use permit_core::{Ledger as _, trust::HeadList};

use super::world::{HOME, Kept, OUT, World, now, permit};
use crate::{Harm, Tip, faults::Memory};

/// What a list of heads says of a terminal of side A.
fn list(number: u16, epoch: u32, Tip { sequence, hash }: Tip) -> &'static [u8] {
    let head = (number, epoch, sequence, minicbor::bytes::ByteArray::from(hash.0));
    minicbor::to_vec((1_u32, 0, 1, 2, 1_u16, 0_u8, [head])).unwrap().leak()
}

fn hear(journal: &mut Kept, list: &'static [u8], seconds: i64) {
    journal.hear_heads(&HeadList::decode(list).unwrap(), &now(seconds));
}

/// A journal of several segments, its end after each crossing, and the files it had then.
fn filled(world: &mut World) -> (Memory, Vec<(Tip, Memory)>) {
    world.full = 900;
    let disk = Memory::new();
    let mut journal = world.open(&disk);
    let mut ends = Vec::new();
    for serial in 1..10 {
        for (way, seconds) in [(OUT, 0), (HOME, 30)] {
            let at = i64::from(serial) * 60 + seconds;
            let tip = world.cross(&mut journal, serial, way, &now(at));
            let tip = Tip { sequence: tip.sequence(), hash: tip.hash() };
            ends.push((tip, Memory::of(disk.files())));
        }
    }
    assert!(disk.files().len() >= 3);
    (disk, ends)
}

#[test]
fn row_12_what_headquarters_have_and_the_card_has_not() {
    let mut world = World::new();
    let (disk, ends) = filled(&mut world);
    for (place, (tip, _)) in ends.iter().enumerate() {
        let mut whole = world.open_at(&Memory::of(disk.files()), 700);
        hear(&mut whole, list(4, 0, *tip), 701);
        assert!(!whole.is_damaged(), "what is there is whole");
        for (earlier, (_, copy)) in ends.iter().enumerate() {
            let mut older = world.open_at(&Memory::of(copy.files()), 700);
            hear(&mut older, list(4, 0, *tip), 701);
            assert_eq!(older.is_damaged(), earlier < place, "{earlier} {place}");
        }
    }
    let tip = ends[5].0;
    // A folder that was emptied, and one that somebody has gone on with: longer, and another.
    let wiped = Memory::new();
    let mut other = world.open_at(&wiped, 700);
    for serial in 1..20 {
        let _ = world.cross(&mut other, serial, OUT, &now(701));
    }
    assert!(other.tip().sequence > tip.sequence);
    hear(&mut other, list(4, 0, tip), 702);
    assert!(other.is_damaged());
    // A later chain than any here.
    let mut whole = world.open_at(&Memory::of(disk.files()), 700);
    hear(&mut whole, list(4, 1, tip), 701);
    assert!(whole.is_damaged());
    // Heads of other terminals and of the other side are of nobody here.
    let mut whole = world.open_at(&Memory::of(disk.files()), 700);
    hear(&mut whole, list(5, 9, tip), 701);
    let other_side = World::at(crate::Terminal { side: permit_core::Side::B, number: 4 });
    let mut there = other_side.open(&Memory::new());
    hear(&mut there, list(4, 9, tip), 701);
    assert!(!whole.is_damaged() && !there.is_damaged());
}

#[test]
fn row_12_it_stays_stated_and_two_officers_begin_anew() {
    let mut world = World::new();
    let (_, ends) = filled(&mut world);
    let ((tip, _), (_, older)) = (&ends[15], &ends[3]);
    let tip = *tip;
    let disk = Memory::of(older.files());
    let mut journal = world.open_at(&disk, 700);
    hear(&mut journal, list(4, 0, tip), 701);
    let crossed = world.cross(&mut journal, 90, OUT, &now(702)).sequence();
    assert!(crossed > tip.sequence, "no number that headquarters know is used again");
    drop(journal);
    // Without the list, too.
    let mut journal = world.open_at(&disk, 800);
    let behind = Harm::Behind { epoch: 0, sequence: tip.sequence };
    assert!(journal.condition().damage.iter().any(|damage| damage.what == behind));
    assert_eq!(journal.condition().damage.len(), 1, "{:?}", journal.condition().damage);
    let before = journal.tip();
    hear(&mut journal, list(4, 0, tip), 801);
    assert_eq!(journal.tip(), before, "stated once");
    let _ = journal.renew([7, 8], &now(802), &world.key).unwrap();
    hear(&mut journal, list(4, 0, tip), 803);
    assert!(!journal.is_damaged() && journal.epoch() == 1);
    assert_eq!(journal.presence(&permit(1)).unwrap().journeys, 1, "carried");
    drop(journal);
    let mut journal = world.open_at(&disk, 900);
    hear(&mut journal, list(4, 0, tip), 901);
    assert!(!journal.is_damaged(), "{:?}", journal.condition());
}

#[test]
fn row_12_a_false_head_ends_nothing() {
    let mut world = World::new();
    let (disk, ends) = filled(&mut world);
    let hash = ends[0].0.hash;
    for (epoch, sequence) in [(0, i64::MAX as u64), (u32::MAX, 7), (u32::MAX, i64::MAX as u64)] {
        let disk = Memory::of(disk.files());
        let mut journal = world.open_at(&disk, 700);
        hear(&mut journal, list(4, epoch, Tip { sequence, hash }), 701);
        assert!(journal.is_damaged());
        let _ = world.cross(&mut journal, 90, OUT, &now(702));
        let _ = journal.renew([7, 8], &now(703), &world.key).unwrap();
        assert!(!journal.is_damaged() && journal.epoch() == 1);
        let _ = world.cross(&mut journal, 91, OUT, &now(704));
        drop(journal);
        // Newer lists say what is true.
        let mut journal = world.open_at(&disk, 800);
        hear(&mut journal, list(4, 0, ends[9].0), 801);
        assert!(!journal.is_damaged(), "{:?}", journal.condition());
    }
}

#[test]
fn what_was_removed_after_its_term_is_not_asked_for() {
    let mut world = World::new();
    let (disk, ends) = filled(&mut world);
    let mut journal = world.open_at(&disk, 700);
    let later = 120 * 86_400;
    let _ = world.cross(&mut journal, 95, OUT, &now(later));
    let removed = journal.prune(&now(later)).unwrap();
    assert!(removed.is_some());
    hear(&mut journal, list(4, 0, ends[0].0), later + 1);
    assert!(!journal.is_damaged(), "{:?}", journal.condition());
    // Nor at later starts.
    drop(journal);
    let mut journal = world.open_at(&disk, later + 2);
    hear(&mut journal, list(4, 0, ends[0].0), later + 3);
    assert!(!journal.is_damaged(), "{:?}", journal.condition());
}

//! The journal as its users see it.
//!
//! One module a promise: what is on the disk, what is asked of it, what is found out.

mod bytes;
mod chain;
mod concern;
mod disk;
mod faults;
mod heads;
mod history;
mod merge;
mod retention;
mod tamper;
mod undo;
mod world;

use permit_core::Ledger;

use crate::{Decided, Durable, Outcome, faults::Memory};
use world::{World, now, permit};

#[test]
fn an_admission_opens_once_and_counts() {
    let world = World::new();
    let disk = Memory::new();
    let mut journal = world.open(&disk);
    assert!(journal.condition().empty && journal.condition().is_whole());
    let scan = world.scan(&mut journal, 7, 0);
    assert_eq!(scan.opening(), None);
    let decided = journal.decided(Decided::automatic(2), &now(0)).unwrap();
    let opening = decided.opening().unwrap();
    assert_eq!(opening.decision(), 3);
    let _: Durable = journal.gate(3, true, &now(1)).unwrap();
    assert_eq!(journal.presence(&permit(7)).unwrap().journeys, 1);
    assert_eq!(journal.presence(&permit(8)), None);
    let before = journal.presence(&permit(7));
    drop(journal);
    let journal = world.open(&disk);
    assert!(!journal.condition().empty && journal.condition().is_whole());
    assert_eq!(journal.presence(&permit(7)), before);
    assert_eq!(journal.counts().admitted, 1);
}

#[test]
fn who_answers_for_an_admission() {
    let world = World::new();
    let mut journal = world.open(&Memory::new());
    let decide = |scan, outcome, officer, reason| Decided { scan, outcome, officer, reason };
    let red = world.scan_as(&mut journal, 7, crate::Colour::Red, 0).sequence();
    let refused = |journal: &mut world::Kept, decided| {
        journal.decided(decided, &now(0)).err().map(|error| error.to_string())
    };
    assert!(refused(&mut journal, decide(Some(red), Outcome::Admitted, None, None)).is_some());
    assert!(refused(&mut journal, decide(Some(red), Outcome::Admitted, Some(3), None)).is_some());
    assert!(
        refused(&mut journal, decide(Some(red), Outcome::Admitted, Some(3), Some(1))).is_none()
    );
    assert!(refused(&mut journal, decide(None, Outcome::Admitted, None, None)).is_some());
    assert!(refused(&mut journal, decide(None, Outcome::Assisted, None, None)).is_none());
    assert!(refused(&mut journal, decide(Some(999), Outcome::Assisted, None, None)).is_some());
    let back = journal.decided(decide(Some(red), Outcome::TurnedBack(31), None, None), &now(0));
    assert_eq!(back.unwrap().opening(), None);
}

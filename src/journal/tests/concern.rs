//! What officers raise from the closed list, and who closes it.

use super::world::{Kept, World, now};
use crate::{AppendError, Concern, Entry, Event, Record, faults::Memory};

fn says(journal: &mut Kept, what: Concern, open: bool, officer: u16) -> Result<u64, AppendError> {
    let event = Event::Concern { what, open, officer };
    journal.append(event, &now(60)).map(|durable| durable.sequence())
}

#[test]
fn r17_r18_a_concern_is_open_once_and_closed_by_another_officer() {
    let world = World::new();
    let disk = Memory::new();
    let mut journal = world.open(&disk);
    let refused = says(&mut journal, Concern::Codes, false, 8).unwrap_err();
    assert!(matches!(refused, AppendError::NotRaised));
    for what in Concern::ALL {
        says(&mut journal, what, true, 7).unwrap();
        let refused = says(&mut journal, what, true, 8).unwrap_err();
        assert!(matches!(refused, AppendError::Raised), "{what:?}");
    }
    assert_eq!(journal.concerns().collect::<Vec<_>>(), Concern::ALL);
    let refused = says(&mut journal, Concern::Zone, false, 7).unwrap_err();
    assert!(matches!(refused, AppendError::OneOfficer));
    says(&mut journal, Concern::Zone, false, 8).unwrap();
    drop(journal);
    let mut journal = world.open_at(&disk, 120);
    assert!(journal.condition().is_whole());
    assert_eq!(journal.concerns().count(), 7, "the same after a start");
    assert!(!journal.concerns().any(|it| it == Concern::Zone));
    says(&mut journal, Concern::Zone, true, 8).unwrap();
}

#[test]
fn r17_its_bytes_are_numbers_and_no_other_number_is_one() {
    let bytes = |what: u8| {
        let entry = [0x82, 0, 0x84, 10, what, 0xf5, 7];
        let head = [[0x85, 1, 0x58, 32].as_slice(), &[9; 32], &[0, 0x82, 0, 0]].concat();
        [head, entry.to_vec()].concat()
    };
    for (code, what) in (0..).zip(Concern::ALL) {
        let record = Record::from_bytes(&bytes(code)).unwrap();
        assert_eq!(record.entry, Entry::Event(Event::Concern { what, open: true, officer: 7 }));
        assert_eq!(record.to_bytes(), bytes(code));
        assert_eq!(Concern::named(what.name()), Some(what));
    }
    assert!(Record::from_bytes(&bytes(8)).is_none());
}

//! No file content, whatever it is, does more than be found out.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::world::{OUT, World, cases, now};
use crate::{Entry, Event, Record, audit, faults::Memory, segment, verify};

fn sound() -> (World, BTreeMap<String, Vec<u8>>) {
    let mut world = World::new();
    world.full = 900;
    let disk = Memory::new();
    let mut journal = world.open(&disk);
    for serial in 0..9 {
        let _ = world.cross(&mut journal, serial, OUT, &now(i64::from(serial)));
    }
    let _ = journal.sign(&now(10), &world.key).unwrap();
    drop(journal);
    (world, disk.files())
}

/// Opens what is there, records something, and finds it again.
fn survives(world: &World, files: BTreeMap<String, Vec<u8>>) {
    let disk = Memory::of(files);
    let _ = audit(&disk, world.settings.terminal, &world.public()).unwrap();
    let mut journal = world.open_at(&disk, 100);
    let scan = world.cross(&mut journal, 77, OUT, &now(100));
    let _ = journal.export(None, &now(101), &world.key).unwrap();
    let _ = journal.prune(&now(400 * 86_400)).unwrap();
    let tip = journal.tip();
    assert!(tip.sequence >= scan.sequence());
    drop(journal);
    let again = world.open_at(&disk, 200);
    assert_eq!(again.condition().found, [], "stated once");
    assert_eq!(again.tip().sequence, tip.sequence + 1);
}

#[derive(Clone, Debug)]
enum Change {
    Flip(prop::sample::Index, prop::sample::Index, u8),
    Cut(prop::sample::Index, prop::sample::Index),
    Put(prop::sample::Index, prop::sample::Index, Vec<u8>),
    Remove(prop::sample::Index),
    Copy(prop::sample::Index, prop::sample::Index),
    Junk(u32, Vec<u8>),
}

fn change() -> impl Strategy<Value = Change> {
    let index = any::<prop::sample::Index>;
    let bytes = || prop::collection::vec(any::<u8>(), 0..40);
    prop_oneof![
        (index(), index(), 0u8..8).prop_map(|(file, at, bit)| Change::Flip(file, at, bit)),
        (index(), index()).prop_map(|(file, at)| Change::Cut(file, at)),
        (index(), index(), bytes()).prop_map(|(file, at, bytes)| Change::Put(file, at, bytes)),
        index().prop_map(Change::Remove),
        (index(), index()).prop_map(|(from, to)| Change::Copy(from, to)),
        (0u32..12, bytes()).prop_map(|(number, bytes)| Change::Junk(number, bytes)),
    ]
}

fn apply(files: &mut BTreeMap<String, Vec<u8>>, change: Change) {
    let names: Vec<_> = files.keys().cloned().collect();
    let pick = |index: &prop::sample::Index| names.get(index.index(names.len().max(1))).cloned();
    let place = |index: &prop::sample::Index, bytes: &Vec<u8>| index.index(bytes.len().max(1));
    match change {
        Change::Junk(number, bytes) => drop(files.insert(segment::name(number), bytes)),
        Change::Remove(file) => drop(pick(&file).map(|name| files.remove(&name))),
        Change::Copy(from, to) => {
            if let (Some(from), Some(to)) = (pick(&from), pick(&to)) {
                let bytes = files[&from].clone();
                files.insert(to, bytes);
            }
        }
        Change::Flip(file, at, bit) => {
            if let Some(bytes) = pick(&file).and_then(|name| files.get_mut(&name)) {
                let at = place(&at, bytes);
                bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 1 << bit);
            }
        }
        Change::Cut(file, at) => {
            if let Some(bytes) = pick(&file).and_then(|name| files.get_mut(&name)) {
                let at = place(&at, bytes);
                bytes.truncate(at);
            }
        }
        Change::Put(file, at, new) => {
            if let Some(bytes) = pick(&file).and_then(|name| files.get_mut(&name)) {
                let at = place(&at, bytes).min(bytes.len());
                bytes.splice(at..at, new);
            }
        }
    }
}

#[test]
fn a_byte_more_after_the_first_segment_is_gone() {
    let (world, files) = sound();
    let names: Vec<_> = files.keys().cloned().collect();
    for at in 0..files[&names[1]].len() {
        let mut files = files.clone();
        files.remove(&names[0]);
        files.get_mut(&names[1]).unwrap().insert(at, 0);
        survives(&world, files);
    }
}

proptest! {
    #![proptest_config(cases(300))]
    #[test]
    fn changed_files(changes in prop::collection::vec(change(), 1..5)) {
        let (world, mut files) = sound();
        changes.into_iter().for_each(|change| apply(&mut files, change));
        survives(&world, files);
    }

    #[test]
    fn any_bytes(files in prop::collection::btree_map(0u32..5, prop::collection::vec(any::<u8>(), 0..200), 0..4)) {
        let files = files.into_iter().map(|(number, bytes)| (segment::name(number), bytes));
        survives(&World::new(), files.collect());
    }

    /// A record that is read is the one spelling of what it says.
    #[test]
    fn one_spelling(bytes in prop::collection::vec(any::<u8>(), 0..200), at in any::<prop::sample::Index>(), bit in 0u8..8) {
        let _ = verify(&bytes, &World::new().public());
        if let Some(record) = Record::from_bytes(&bytes) {
            prop_assert_eq!(record.to_bytes(), bytes);
        }
        let world = World::new();
        let entry = Entry::Event(Event::Scanned(world.scanned(3, OUT, crate::Colour::Red)));
        let tip = world.settings.terminal.genesis();
        let stamp = (&now(0)).into();
        let record = Record { sequence: 1, previous: tip.hash, durable: 0, stamp, entry };
        let mut bytes = record.to_bytes();
        prop_assert_eq!(Record::from_bytes(&bytes), Some(record));
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        if let Some(other) = Record::from_bytes(&bytes) {
            prop_assert_eq!(other.to_bytes(), bytes);
        }
    }
}

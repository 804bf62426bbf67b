//! Every operation of the disk, going wrong in every way, at every moment.

use std::collections::BTreeMap;

use permit_core::{Ledger, TerminalFault};

use super::world::{HOME, OUT, World, now, permit};
use crate::{
    Decided, Event, Hash, Journal, Operation, Started, Terminal, audit,
    entry::{Entry, Harm},
    faults::{Fault, How, Loss, Memory},
    reading,
};

const OPERATIONS: [Operation; 10] = [
    Operation::Lock,
    Operation::List,
    Operation::Read,
    Operation::Create,
    Operation::Append,
    Operation::Truncate,
    Operation::Sync,
    Operation::Rename,
    Operation::Remove,
    Operation::SyncDirectory,
];

/// Records on the disk before a run.
const BEFORE: u64 = 33;

/// What a run was promised, and whether anybody was let through on what.
#[derive(Default)]
struct Promised {
    proofs: Vec<(u64, Hash)>,
    /// Decisions the gate was opened for.
    opened: Vec<u64>,
    refused: usize,
}

/// Small segments, so that a short run makes and removes some.
fn world() -> World {
    let mut world = World::new();
    world.full = 1500;
    world
}

/// A disk with some days on it and an end that was not written out.
fn before(world: &World) -> BTreeMap<String, Vec<u8>> {
    let disk = Memory::new();
    let mut journal = world.open(&disk);
    for serial in 0..16 {
        let _ = world.cross(&mut journal, serial, OUT, &now(i64::from(serial)));
    }
    drop(journal);
    let mut files = disk.files();
    let last = files.values_mut().next_back().unwrap();
    last.extend([0, 0, 0, 90, 1, 2, 3]);
    files.insert("unfinished".to_owned(), vec![1, 2, 3]);
    files
}

/// Opens, records, signs, removes what is old.
fn run(world: &World, disk: &Memory, promised: &mut Promised) {
    let late = 120 * 86_400;
    let Ok(mut journal) = Journal::open(disk.clone(), world.settings.clone(), &now(late)) else {
        return;
    };
    journal.full = world.full;
    let note = |promised: &mut Promised, result: Result<crate::Durable, crate::AppendError>| {
        let durable = result.ok()?;
        promised.proofs.push((durable.sequence(), durable.hash()));
        Some(durable)
    };
    for serial in 0..5 {
        let at = now(late + i64::from(serial));
        let scanned = world.scanned(serial, HOME, crate::Colour::Green);
        let scan = journal.append(Event::Scanned(scanned), &at);
        if let Some(scan) = note(promised, scan) {
            let decided = journal.decided(Decided::automatic(scan.sequence()), &at);
            match note(promised, decided).and_then(crate::Durable::opening) {
                Some(opening) => promised.opened.push(opening.decision()),
                None => promised.refused += 1,
            }
        }
        if serial == 2 {
            let _ = journal.prune(&at);
            let signed = journal.sign(&at, &world.key);
            note(promised, signed.map_err(|_| crate::AppendError::Full));
        }
    }
    if promised.refused > 0 && promised.opened.is_empty() {
        assert!(journal.fault().is_some());
    }
}

/// What is on a disk: every record by its sequence.
fn chain(disk: &Memory, terminal: Terminal) -> (BTreeMap<u64, (Hash, Entry)>, reading::Reading) {
    let mut records = BTreeMap::new();
    let reading = reading::read(disk, terminal, |record, _, tip| {
        records.insert(record.sequence, (tip.hash, record.entry.clone()));
    });
    (records, reading.unwrap_or_else(|failure| panic!("{failure:?}")))
}

/// Every promise is kept, the chain is whole, and it goes on.
fn check(world: &World, disk: &Memory, promised: &Promised, what: &str) {
    let mut journal = world.open_at(disk, 121 * 86_400);
    assert!(journal.condition().is_whole(), "{what}: {:?}", journal.condition());
    assert_eq!(journal.fault(), None, "{what}");
    let _ = world.cross(&mut journal, 99, OUT, &now(121 * 86_400));
    assert_eq!(journal.presence(&permit(99)).unwrap().journeys, 1);
    drop(journal);
    let (records, reading) = chain(disk, world.settings.terminal);
    assert!(reading.damage.is_empty() && reading.torn.is_none(), "{what}");
    for (sequence, hash) in &promised.proofs {
        let kept = records.get(sequence).map(|(hash, _)| hash);
        let removed = reading.pruned.is_some_and(|tip| *sequence <= tip.sequence);
        assert!(kept == Some(hash) || removed, "{what}: entry {sequence} was promised");
    }
    for decision in &promised.opened {
        let entry = records.get(decision).map(|(_, entry)| entry);
        let there = matches!(entry, Some(Entry::Event(Event::Decided(_))));
        assert!(there, "{what}: the gate was opened without entry {decision}");
    }
    let last = promised.proofs.last().map_or(BEFORE, |(sequence, _)| *sequence);
    let more = records.range(last + 1..).filter(|(_, (_, entry))| {
        !matches!(
            entry,
            Entry::Started(_) | Entry::Trouble(_) | Entry::Carried(_) | Entry::Pruned(_)
        )
    });
    // The entry under way when the power went, the two written by this check, a head or a scan refused.
    assert!(more.count() <= 3 + promised.refused, "{what}");
    let report = audit(disk, world.settings.terminal, &world.public()).unwrap();
    let unsigned = |problem: &crate::Problem| matches!(problem, crate::Problem::Unsigned { .. });
    assert!(report.problems.iter().all(unsigned), "{what}: {:?}", report.problems);
}

#[test]
fn every_fault_everywhere() {
    let world = world();
    let files = before(&world);
    let calm = Memory::of(files.clone());
    let mut promised = Promised::default();
    run(&world, &calm, &mut promised);
    assert_eq!((promised.opened.len(), promised.refused), (5, 0));
    check(&world, &calm, &promised, "nothing went wrong");
    assert!(chain(&calm, world.settings.terminal).1.pruned.is_some(), "old segments are removed");
    let calls = {
        let calm = Memory::of(files.clone());
        run(&world, &calm, &mut Promised::default());
        OPERATIONS.map(|operation| calm.calls(operation))
    };
    assert!(calls.iter().all(|calls| *calls > 0), "every operation is tried: {calls:?}");
    let mut runs = 0;
    for (operation, calls) in OPERATIONS.into_iter().zip(calls) {
        for at in 0..calls {
            for forever in [false, true] {
                for how in [How::Error, How::Full] {
                    fails(&world, &files, Fault { operation, at, forever, how });
                    runs += 1;
                }
            }
            for how in [How::Before, How::During, How::After] {
                for loss in [Loss::All, Loss::None, Loss::Torn, Loss::Reordered] {
                    power_goes(&world, &files, Fault { operation, at, forever: false, how }, loss);
                    runs += 1;
                }
            }
        }
    }
    println!("COUNTED journal-faults={runs}");
}

/// The disk fails, the terminal goes on; then it works again.
fn fails(world: &World, files: &BTreeMap<String, Vec<u8>>, fault: Fault) {
    let what = format!("{fault:?}");
    let disk = Memory::of(files.clone());
    disk.fail(fault);
    let mut promised = Promised::default();
    run(world, &disk, &mut promised);
    let writes = [Operation::Append, Operation::Sync];
    if fault.how == How::Error && !fault.forever && writes.contains(&fault.operation) {
        assert_eq!((promised.opened.len(), promised.refused), (5, 0), "{what}");
    }
    disk.heal();
    // What a failed sync lost must not have been counted on.
    disk.power_cut(Loss::All, 1);
    check(world, &disk, &promised, &what);
}

/// The power goes; some of what was not synced is there.
fn power_goes(world: &World, files: &BTreeMap<String, Vec<u8>>, fault: Fault, loss: Loss) {
    let seeds = if matches!(loss, Loss::Torn | Loss::Reordered) { 12 } else { 1 };
    for seed in 0..seeds {
        let what = format!("{fault:?}, {loss:?}, seed {seed}");
        let disk = Memory::of(files.clone());
        disk.fail(fault);
        let mut promised = Promised::default();
        run(world, &disk, &mut promised);
        disk.power_cut(loss, seed);
        check(world, &disk, &promised, &what);
    }
}

#[test]
fn a_full_disk_refuses_and_recovers() {
    let world = World::new();
    let disk = Memory::new();
    let mut journal = world.open(&disk);
    let _ = world.cross(&mut journal, 1, OUT, &now(0));
    for operation in [Operation::Append, Operation::Create, Operation::Sync] {
        disk.fail(Fault { operation, at: 0, forever: true, how: How::Full });
    }
    for second in 0..200 {
        let scanned = world.scanned(2, OUT, crate::Colour::Green);
        let error = journal.append(Event::Scanned(scanned), &now(second)).unwrap_err();
        assert!(matches!(error, crate::AppendError::Full));
        assert_eq!(journal.fault(), Some(TerminalFault::Disk));
        assert_eq!(journal.presence(&permit(1)).unwrap().journeys, 1, "it goes on judging");
        assert_eq!(journal.presence(&permit(2)), None, "what is not recorded is not known");
    }
    assert!(disk.files().len() <= 2, "{:?}", disk.files().keys());
    disk.heal();
    let _ = world.cross(&mut journal, 2, OUT, &now(300));
    assert_eq!(journal.fault(), None);
    drop(journal);
    let (records, reading) = chain(&disk, world.settings.terminal);
    assert!(reading.damage.is_empty());
    let stated = records.values().filter(|(_, entry)| matches!(entry, Entry::Trouble(_))).count();
    assert_eq!(stated, 1, "said once, however often it happened");
}

#[test]
fn a_failing_disk_is_stated_and_what_it_took_is_void() {
    let world = World::new();
    let disk = Memory::new();
    let mut journal = world.open(&disk);
    let fault = Fault { operation: Operation::Sync, at: 0, forever: false, how: How::Error };
    disk.fail(fault);
    // The part that was written cannot even be cut off again.
    disk.fail(Fault { operation: Operation::Truncate, ..fault });
    let scan = world.scan(&mut journal, 5, 0);
    assert_eq!(journal.fault(), None);
    drop(journal);
    assert_eq!(disk.files().keys().filter(|name| name.starts_with("journal-")).count(), 2);
    let (records, reading) = chain(&disk, world.settings.terminal);
    assert!(reading.damage.is_empty() && reading.torn.is_none(), "{:?}", reading.damage);
    let Entry::Trouble(trouble) = records[&(scan.sequence() - 1)].1 else { panic!("not stated") };
    assert_eq!((trouble.operation, trouble.errno, trouble.segment), (Operation::Sync, Some(5), 1));
    assert_eq!(records[&scan.sequence()].0, scan.hash());
    assert!(world.open(&disk).condition().is_whole());
}

#[test]
fn a_torn_end_is_cut_off_and_stated() {
    let world = World::new();
    let whole = {
        let disk = Memory::new();
        let mut journal = world.open(&disk);
        let _ = world.cross(&mut journal, 1, OUT, &now(0));
        drop(journal);
        disk.files()
    };
    let (name, bytes) = whole.iter().next().unwrap();
    let mut cuts = 0;
    for cut in 0..bytes.len() {
        let files = BTreeMap::from([(name.clone(), bytes[..cut].to_vec())]);
        let disk = Memory::of(files);
        let mut journal = world.open(&disk);
        assert!(journal.condition().is_whole(), "cut at {cut}");
        for found in &journal.condition().found {
            let Harm::Torn { bytes, records: 0 } = found.what else { panic!("{found:?}") };
            assert_eq!(found.at + bytes, cut as u64);
            cuts += 1;
        }
        let _ = world.cross(&mut journal, 2, OUT, &now(9));
        let found = journal.condition().found.clone();
        drop(journal);
        let (records, reading) = chain(&disk, world.settings.terminal);
        assert!(reading.damage.is_empty() && reading.torn.is_none(), "cut at {cut}");
        let stated = records.values().any(|(_, entry)| {
            matches!(entry, Entry::Started(Started { found: said, .. }) if *said == found)
        });
        assert!(stated, "cut at {cut}");
    }
    assert!(cuts > 200, "{cuts}");
}

//! A disk that takes its time: what piles up meanwhile is decided on by its number or not at all.

use std::io;

use permit_signing::demo::World;

use super::*;

/// A disk that is slow to say that something is durable, now more and now less.
struct Slow(Memory, u64);

impl Storage for Slow {
    fn lock(&mut self) -> io::Result<()> {
        self.0.lock()
    }

    fn list(&self) -> io::Result<Vec<String>> {
        self.0.list()
    }

    fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        self.0.read(name)
    }

    fn create(&mut self, name: &str) -> io::Result<()> {
        self.0.create(name)
    }

    fn append(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.0.append(name, bytes)
    }

    fn truncate(&mut self, name: &str, length: u64) -> io::Result<()> {
        self.0.truncate(name, length)
    }

    fn sync(&mut self, name: &str) -> io::Result<()> {
        std::thread::sleep(Duration::from_micros(random(&mut self.1, 3_000)));
        self.0.sync(name)
    }

    fn rename(&mut self, from: &str, to: &str) -> io::Result<()> {
        self.0.rename(from, to)
    }

    fn remove(&mut self, name: &str) -> io::Result<()> {
        self.0.remove(name)
    }

    fn sync_directory(&mut self) -> io::Result<()> {
        self.0.sync_directory()
    }

    fn free(&self) -> io::Result<u64> {
        self.0.free()
    }
}

fn random(seed: &mut u64, below: u64) -> u64 {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*seed >> 33) % below
}

/// Permits whose verdicts are the same however often they are decided on: in each lane the one that is named, and the
/// one that comes in its place.
const NAMED: &str = "unknown-key";
const NEXT: &str = "expired-yesterday";

#[test]
fn row_03_nobody_decides_about_the_permit_that_came_in_between() {
    let disk = Memory::new();
    let storage = Slow(disk.clone(), 7);
    let bench = start_on(storage, disk, &LaneNumber::ALL, Stick::default(), None);
    let cases = World::make().unwrap().cases().unwrap();
    let text = |name: &str| cases.iter().find(|case| case.name == name).unwrap().text.clone();
    let (named, next) = (text(NAMED), text(NEXT));
    let mut seed = 11;
    let (mut decided, mut refused) = (0, 0);
    for desk in &bench.desks {
        desk.send(Event::SignedIn(Ok(Signed::officer(7))));
        desk.until(|view| view.officer == Some(7));
    }
    for turn in 0..500 {
        let views = [0, 1].map(|lane| {
            let desk = &bench.desks[lane];
            desk.send(Event::Scanned(named.clone()));
            desk.until(|view| view.verdict.as_ref().is_some_and(|it| it.code == 22))
        });
        // Both lanes at once, so that each waits for the other's entries too.
        for (desk, view) in bench.desks.iter().zip(&views) {
            let about = view.verdict.as_ref().unwrap().number;
            let admit = Event::Asked(Command::Admit { about, grounds: Some(Grounds::Ordered) });
            let scan = Event::Scanned(next.clone());
            let first = random(&mut seed, 2) == 0;
            let (one, other) = if first { (admit, scan) } else { (scan, admit) };
            desk.send(one);
            std::thread::sleep(Duration::from_micros(random(&mut seed, 4_000)));
            desk.send(other);
        }
        for desk in &bench.desks {
            // What was asked before is dealt with when this is.
            let large = turn % 2 == 0;
            desk.ask(Command::Large { on: large });
            let end = desk.until(|view| view.modes.large == large);
            let code = end.verdict.as_ref().unwrap().code;
            if let Some(decision) = end.decision {
                decided += 1;
                assert_eq!((decision.code, code), (Some(22), 22), "try {turn}");
                desk.send(Event::Turned);
            } else {
                refused += 1;
                assert_eq!((end.notice, code), (Some(Notice::Replaced), 31), "try {turn}");
            }
            desk.dismiss();
            desk.until(|view| view.stage == Stage::Waiting);
        }
    }
    assert_eq!(decided + refused, 1_000);
    bench.end();
    assert!(decided > 200 && refused > 200, "{decided} decided, {refused} refused");
}

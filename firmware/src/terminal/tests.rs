//! The whole loop, with a journal on a disk that can fail and orders that are looked at.

use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};
use std::thread::JoinHandle;

use permit_core::{Direction, Side};
use permit_journal::faults::{Fault, How, Loss, Memory};
use permit_journal::{Journal, Operation, Secret, Secrets, Settings as Kept};
use permit_signing::{SecretKey, demo};

use tokio::sync::watch;

use super::*;
use crate::hub::Shown;
use crate::machine::{
    Button, CameraState, Command, GateState, Grounds, Machine, Modes, Notice, Number, Part,
    PartName, Settings, Signed, Stage, UpdateFault, View,
};
use crate::post::Post;

mod lanes;
mod slow;

const HERE: Checkpoint = Checkpoint { crossing: 3, side: Side::A, direction: Direction::Exit };

/// What stands around one lane.
struct Desk {
    events: Post,
    orders: Receiver<Order>,
    shown: watch::Receiver<Option<Arc<Shown>>>,
}

/// A terminal that runs, and everything around it.
struct Bench {
    disk: Memory,
    /// In the order of their numbers.
    desks: Vec<Desk>,
    thread: JoinHandle<End>,
}

/// Its first lane, which is usually the only one.
impl core::ops::Deref for Bench {
    type Target = Desk;

    fn deref(&self) -> &Desk {
        &self.desks[0]
    }
}

fn kept() -> Kept {
    Kept {
        terminal: permit_journal::Terminal { side: Side::A, number: 1 },
        secrets: Secrets::new(Secret::new([7; 32]), None),
        term: Kept::TERM,
    }
}

fn start(stick: Stick) -> Bench {
    start_with(&[LaneNumber::First], stick, None)
}

/// With a battery clock the time is its own; without, it is set by hand.
fn start_with(lanes: &[LaneNumber], stick: Stick, rtc: Option<Box<dyn Rtc>>) -> Bench {
    let disk = Memory::new();
    start_on(disk.clone(), disk, lanes, stick, rtc)
}

/// On a storage that keeps everything on this disk.
fn start_on<S: Storage + Send + 'static>(
    storage: S,
    disk: Memory,
    lanes: &[LaneNumber],
    stick: Stick,
    mut rtc: Option<Box<dyn Rtc>>,
) -> Bench {
    let lists = Lists::open(demo::BUNDLE, demo::anchor().unwrap(), None, None).unwrap();
    let newest = lists.trust().newest();
    let proof = permit_core::Proof::of(newest);
    let floor = permit_core::Floor { proof, journal: None, build: None, confirmed: None };
    let mut clock = match rtc {
        Some(_) => Clock::system(floor, Side::A),
        None => Clock::by_hand(demo::NOON, newest),
    };
    rtc.iter_mut().filter_map(|rtc| rtc.read().time).for_each(|time| clock.lead(time));
    let journal = Journal::open(storage, kept(), &clock.moment(false).now).unwrap();
    let (post, letters) = Post::only();
    let (lanes, desks): (Vec<Lane>, Vec<Desk>) =
        lanes.iter().map(|number| desk(*number, &post)).unzip();
    drop(post);
    let terminal = Terminal {
        lanes,
        basis: Basis { anchor: demo::anchor().ok(), before: Some(lists) },
        passed: Passed::default(),
        here: HERE,
        spot: Spot::new("3"),
        broken: Vec::new(),
        clock,
        keeper: Keeper::new(journal, SecretKey::from_known_seed_for_demo_keys_only(&[9; 32])),
        officers: Officers::default(),
        stick,
        rtc,
        stopped: Box::new(|| false),
        alive: Box::new(|| ()),
    };
    let thread = std::thread::spawn(move || terminal.run(&letters));
    let bench = Bench { disk, desks, thread };
    for desk in &bench.desks {
        desk.send(Event::Camera(CameraState::Absent));
        desk.until(|view| view.stage == Stage::Waiting);
    }
    bench
}

fn desk(number: LaneNumber, post: &Post) -> (Lane, Desk) {
    let (hands, orders) = mpsc::channel();
    let (shown, view) = watch::channel(None);
    let machine = Machine::new(HERE, Modes::default(), Settings::default());
    let events = post.of(number);
    let lane = Lane::new(number, machine, hands, shown, Box::new(|_, _| ()));
    (lane, Desk { events, orders, shown: view })
}

impl Desk {
    fn send(&self, event: Event) {
        self.events.send(event).unwrap();
    }

    fn ask(&self, command: Command) {
        self.send(Event::Asked(command));
    }

    /// The verdict on the screen.
    fn about(&self) -> Option<Number> {
        let shown = self.shown.borrow();
        shown.as_ref()?.view.verdict.as_ref().map(|verdict| verdict.number)
    }

    fn admit(&self, grounds: Option<Grounds>) {
        let about = self.about().unwrap_or(Number::of(u64::MAX));
        self.ask(Command::Admit { about, grounds });
    }

    fn turn_back(&self) {
        self.ask(Command::TurnBack { about: self.about().unwrap() });
    }

    fn dismiss(&self) {
        self.ask(Command::Dismiss { about: self.about() });
    }

    fn press(&self, button: Button) {
        self.send(Event::Pressed(button, self.about()));
    }

    /// The first view from now on that is so.
    fn until(&self, is: impl Fn(&View) -> bool) -> View {
        let mut shown = self.shown.clone();
        for _ in 0..2_000 {
            if let Some(shown) = &*shown.borrow_and_update()
                && is(&shown.view)
            {
                return shown.view.clone();
            }
            std::thread::park_timeout(Duration::from_millis(5));
        }
        panic!("it was never shown: {:?}", self.shown.borrow().as_ref().map(|it| it.view.stage));
    }

    fn pulses(&self) -> usize {
        self.orders.try_iter().filter(|order| matches!(order, Order::Pulse(..))).count()
    }

    /// Scans these, no faster than they are dealt with.
    fn scan_all<'c>(&self, codes: impl IntoIterator<Item = &'c String>) {
        for (number, code) in codes.into_iter().enumerate() {
            self.send(Event::Scanned(code.clone().into_bytes()));
            let on = number % 2 == 0;
            self.ask(Command::Night { on });
            self.until(|view| view.modes.night == on);
        }
    }

    fn scan(&self) -> View {
        let text = demo::GOLDEN.trim_ascii_end().to_vec();
        self.send(Event::Scanned(text));
        self.until(|view| view.verdict.is_some())
    }
}

impl Bench {
    /// Ends the terminal; how it ended.
    fn end(self) -> (Memory, End) {
        drop(self.desks);
        (self.disk, self.thread.join().unwrap())
    }
}

#[test]
fn the_entry_survives_a_power_cut_at_the_moment_of_the_pulse() {
    let bench = start(Stick::default());
    assert_eq!(bench.scan().verdict.unwrap().code, 0);
    assert_eq!(bench.pulses(), 0);
    bench.admit(None);
    let pulse = bench.orders.iter().find(|order| matches!(order, Order::Pulse(..)));
    // The plug is pulled as the order is given.
    bench.disk.power_cut(Loss::All, 1);
    let disk = Memory::of(bench.disk.files());
    assert!(pulse.is_some());
    let now = Clock::by_hand(demo::NOON, demo::ISSUED).moment(false).now;
    let journal = Journal::open(disk, kept(), &now).unwrap();
    assert!(journal.condition().is_whole());
    assert_eq!(journal.passages().permits(), 1, "who went through is known");
    let (_, end) = bench.end();
    assert_eq!(end, End::Finished);
}

#[test]
fn a_second_journey_on_a_permit_for_one() {
    let bench = start(Stick::default());
    let allowed = bench.scan().verdict.unwrap().holder.unwrap().entries_left;
    bench.admit(None);
    bench.until(|view| view.decision.is_some_and(|it| it.gate == GateState::Open));
    bench.send(Event::Turned);
    bench.until(|view| view.stage == Stage::Waiting);
    let again = bench.scan().verdict.unwrap();
    let expected = if allowed == Some(1) { 50 } else { 51 };
    assert_eq!(again.code, expected);
    bench.end();
}

#[test]
fn a_disk_that_fails_opens_nothing_and_comes_back() {
    for how in [How::Error, How::Full] {
        let bench = start(Stick::default());
        for operation in [Operation::Append, Operation::Sync, Operation::Create] {
            bench.disk.fail(Fault { operation, at: 0, forever: true, how });
        }
        let shown = bench.scan();
        assert_eq!(shown.verdict.unwrap().code, 62, "{how:?}");
        bench.send(Event::SignedIn(Ok(Signed::officer(7))));
        bench.admit(None);
        bench.until(|view| view.notice == Some(Notice::NotRecorded));
        assert_eq!(bench.pulses(), 0, "{how:?}");
        bench.disk.heal();
        bench.dismiss();
        bench.until(|view| view.stage == Stage::Waiting);
        bench.scan();
        bench.dismiss();
        bench.until(|view| view.stage == Stage::Waiting && view.edge.journal);
        assert_eq!(bench.scan().verdict.unwrap().code, 0, "{how:?}");
        bench.end();
    }
}

#[test]
fn a_failure_between_verdict_and_decision() {
    let bench = start(Stick::default());
    assert_eq!(bench.scan().verdict.unwrap().code, 0);
    for operation in [Operation::Append, Operation::Sync, Operation::Create] {
        bench.disk.fail(Fault { operation, at: 0, forever: true, how: How::Full });
    }
    bench.admit(None);
    bench.until(|view| view.notice == Some(Notice::NotRecorded));
    assert_eq!(bench.pulses(), 0);
    bench.ask(Command::Assist);
    bench.until(|view| view.stage == Stage::Assisting);
    bench.end();
}

#[test]
fn r17_what_is_raised_is_on_the_disk_and_shown() {
    let bench = start(Stick::default());
    let what = Concern(permit_journal::Concern::Site);
    bench.send(Event::SignedIn(Ok(Signed::officer(7))));
    bench.ask(Command::Raise { what });
    bench.until(|view| view.notice == Some(Notice::Raised) && view.concerns == [what]);
    bench.ask(Command::Raise { what });
    bench.until(|view| view.notice == Some(Notice::RaisedBefore));
    bench.end();
}

#[test]
fn new_lists_are_taken_or_not() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bundle.cbor");
    let stick = Stick { from: Some(path.clone()), ..Stick::default() };
    let bench = start(stick);
    bench.ask(Command::Update);
    bench.until(|view| view.notice == Some(Notice::NotUpdated { why: UpdateFault::Nothing }));
    std::fs::write(&path, demo::BUNDLE).unwrap();
    bench.ask(Command::Update);
    bench.until(|view| view.notice == Some(Notice::Updated));
    assert_eq!(bench.scan().verdict.unwrap().code, 0);
    bench.end();
}

/// What anybody may do a thousand times: the journal has the newer lists once, and nothing of the same again.
#[test]
fn row_17_the_same_lists_again_and_again_leave_no_record() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bundle.cbor");
    let stick = Stick { from: Some(path.clone()), ..Stick::default() };
    let left = |newer: Option<Vec<u8>>, times: usize| {
        let bench = start(stick.clone());
        std::fs::write(&path, newer.as_deref().unwrap_or(demo::BUNDLE)).unwrap();
        for number in 0..times {
            bench.ask(Command::Update);
            bench.until(|view| view.notice == Some(Notice::Updated));
            let on = number.is_multiple_of(2);
            bench.ask(Command::Large { on });
            bench.until(|view| view.modes.large == on);
        }
        records(&bench.end().0)
    };
    let none = left(None, 0);
    assert_eq!(left(None, 20), none);
    let newer = demo::World::make().unwrap().next_bundle().unwrap();
    let once = left(Some(newer.clone()), 1);
    assert_eq!(left(Some(newer), 20), once);
    assert!(once > none);
}

/// A stick that keeps what is taken, and where.
fn keeping() -> (tempfile::TempDir, std::path::PathBuf, Stick) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kept.cbor");
    let stick = Stick { keep: Some(path.clone()), ..Stick::default() };
    (folder, path, stick)
}

fn codes_of(bundle: &[u8]) -> Vec<String> {
    permit_parts::split(bundle).unwrap()
}

#[test]
fn lists_from_codes_are_taken_like_those_of_a_stick() {
    let newer = demo::World::make().unwrap().next_bundle().unwrap();
    let (_folder, path, stick) = keeping();
    let bench = start(stick);
    bench.ask(Command::ReadLists);
    bench.until(|view| view.gathering.is_some());
    let codes = codes_of(&newer);
    let (last, others) = codes.split_last().unwrap();
    bench.scan_all(others.iter().rev().chain(others));
    let have = others.len();
    bench.until(|view| view.gathering.as_ref().is_some_and(|it| it.have == have));
    assert!(!path.exists(), "nothing is kept before all are there");
    bench.send(Event::Scanned(last.clone().into_bytes()));
    bench.until(|view| view.notice == Some(Notice::Updated));
    assert_eq!(std::fs::read(&path).unwrap(), newer);
    assert_eq!(bench.scan().verdict.unwrap().code, 0);
    bench.dismiss();
    bench.until(|view| view.stage == Stage::Waiting);
    // The lists before are older now: the same rule as for a stick.
    bench.ask(Command::ReadLists);
    bench.until(|view| view.gathering.is_some());
    bench.scan_all(&codes_of(demo::BUNDLE));
    bench.until(|view| view.notice == Some(Notice::NotUpdated { why: UpdateFault::Older }));
    assert_eq!(std::fs::read(&path).unwrap(), newer, "what was taken stays");
    bench.end();
}

/// A delta as codes of which any do; then the same on a stick; then one for others, and what was changed on its way.
#[test]
fn a_delta_makes_the_lists_or_nothing() {
    let newer = demo::World::make().unwrap().next_bundle().unwrap();
    let delta = permit_parts::delta::delta(demo::BUNDLE, &newer).unwrap();
    let (folder, path, stick) = keeping();
    let from = folder.path().join("bundle.cbor");
    let bench = start(Stick { from: Some(from.clone()), ..stick });
    let flipped = |at: usize| {
        let mut flipped = delta.clone();
        flipped[at] ^= 1;
        flipped
    };
    // The hash of what it is made from, and of what it makes.
    for (file, why) in [(flipped(30), UpdateFault::Base), (flipped(60), UpdateFault::Refused)] {
        std::fs::write(&from, &file).unwrap();
        bench.ask(Command::Update);
        bench.until(|view| view.notice == Some(Notice::NotUpdated { why }));
        assert!(!path.exists(), "nothing is kept");
    }
    bench.ask(Command::ReadLists);
    bench.until(|view| view.gathering.is_some());
    let fountain = permit_parts::Fountain::new(&delta).unwrap();
    // None of the first, which are the delta itself.
    let codes: Vec<String> =
        fountain.texts().skip(fountain.needed()).take(fountain.needed() + 4).collect();
    bench.scan_all(&codes);
    bench.until(|view| view.notice == Some(Notice::Updated));
    assert_eq!(std::fs::read(&path).unwrap(), newer, "the bundle itself is what is kept");
    assert_eq!(bench.scan().verdict.unwrap().code, 0);
    bench.dismiss();
    bench.until(|view| view.stage == Stage::Waiting);
    let back = permit_parts::delta::delta(&newer, demo::BUNDLE).unwrap();
    let mut unsigned = newer.clone();
    *unsigned.last_mut().unwrap() ^= 1;
    let unsigned = permit_parts::delta::delta(&newer, &unsigned).unwrap();
    for (file, why) in [
        (delta[..delta.len() - 1].to_vec(), UpdateFault::Unfit),
        (flipped(60), UpdateFault::Base),
        (back, UpdateFault::Older),
        (unsigned, UpdateFault::Refused),
    ] {
        std::fs::write(&from, &file).unwrap();
        bench.ask(Command::Update);
        bench.until(|view| view.notice == Some(Notice::NotUpdated { why }));
        assert_eq!(std::fs::read(&path).unwrap(), newer, "what was taken stays");
    }
    // What it makes is in use already.
    std::fs::write(&from, &delta).unwrap();
    bench.ask(Command::Update);
    bench.until(|view| view.notice == Some(Notice::Updated));
    assert_eq!(std::fs::read(&path).unwrap(), newer);
    bench.end();
}

#[test]
fn codes_that_make_no_lists_change_nothing_and_are_on_record() {
    let (_folder, path, stick) = keeping();
    let bench = start(stick);
    bench.ask(Command::ReadLists);
    bench.until(|view| view.gathering.is_some());
    // Signed by nobody.
    let mut unsigned = demo::BUNDLE.to_vec();
    *unsigned.last_mut().unwrap() ^= 1;
    bench.scan_all(&codes_of(&unsigned));
    bench.until(|view| view.notice == Some(Notice::NotUpdated { why: UpdateFault::Refused }));
    assert!(!path.exists());
    assert_eq!(bench.scan().verdict.unwrap().code, 0, "by the old lists");
    let (by_codes, _) = bench.end();
    // The same from a stick leaves the same journal.
    let folder = tempfile::tempdir().unwrap();
    let from = folder.path().join("bundle.cbor");
    std::fs::write(&from, &unsigned).unwrap();
    let bench = start(Stick { from: Some(from), ..Stick::default() });
    bench.ask(Command::Update);
    bench.until(|view| view.notice == Some(Notice::NotUpdated { why: UpdateFault::Refused }));
    bench.scan();
    let (by_stick, _) = bench.end();
    assert_eq!(records(&by_codes), records(&by_stick));
}

/// Records of a journal that is opened again.
fn records(disk: &Memory) -> u64 {
    let now = Clock::by_hand(demo::NOON, demo::ISSUED).moment(false).now;
    Journal::open(Memory::of(disk.files()), kept(), &now).unwrap().counts().records
}

/// Half of the codes, then the plug: the next start has the lists before, and knows no part.
#[test]
fn a_power_cut_between_two_codes() {
    let newer = demo::World::make().unwrap().next_bundle().unwrap();
    let (folder, path, stick) = keeping();
    let bench = start(stick.clone());
    bench.ask(Command::ReadLists);
    bench.until(|view| view.gathering.is_some());
    let codes = codes_of(&newer);
    let (one, other) = codes.split_at(codes.len() / 2);
    bench.scan_all(one);
    bench.until(|view| view.gathering.as_ref().is_some_and(|it| it.have == one.len()));
    bench.end();
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing was written");
    let bench = start(stick);
    bench.ask(Command::ReadLists);
    bench.until(|view| view.gathering.as_ref().is_some_and(|it| it.total == 0));
    bench.scan_all(other);
    bench.until(|view| view.gathering.as_ref().is_some_and(|it| it.have == other.len()));
    assert!(!path.exists());
    bench.end();
}

#[test]
fn a_self_test_names_its_parts() {
    let bench = start(Stick::default());
    let parts = bench.until(|view| !view.parts.is_empty()).parts;
    assert!(parts.iter().all(|part| part.good), "{parts:?}");
    assert!(parts.contains(&Part { name: PartName::Pipeline, good: true }));
    bench.end();
}

#[test]
fn an_export_is_whole_on_the_stick_and_for_whoever_waits() {
    let folder = tempfile::tempdir().unwrap();
    let bench = start(Stick { out: Some(folder.path().to_owned()), ..Stick::default() });
    bench.send(Event::SignedIn(Ok(Signed::officer(7))));
    bench.until(|view| view.officer == Some(7));
    bench.ask(Command::Export);
    bench.until(|view| view.notice == Some(Notice::Exported));
    let (reply, export) = Reply::new();
    bench.send(Event::Wanted(reply));
    let file = std::fs::read_dir(folder.path()).unwrap().next().unwrap().unwrap();
    assert!(file.file_name().to_str().unwrap().starts_with("journal-A1-"), "{file:?}");
    let key = SecretKey::from_known_seed_for_demo_keys_only(&[9; 32]);
    let key = permit_core::Signer::public_key(&key);
    let key = permit_core::PublicKey::new(&key).unwrap();
    for bytes in [std::fs::read(file.path()).unwrap(), export.blocking_recv().unwrap()] {
        let report = permit_journal::verify(&bytes, &key);
        assert!(report.is_sound() && report.counts.records > 1, "{:?}", report.problems);
    }
    bench.end();
}

/// A battery clock that leads and says this.
struct Battery(crate::rtc::Reading);

impl Rtc for Battery {
    fn read(&mut self) -> crate::rtc::Reading {
        self.0
    }

    fn leads(&self) -> bool {
        true
    }
}

#[test]
fn a_battery_clock_of_its_own_is_the_terminals_time() {
    let said = crate::rtc::Reading { time: Some(demo::NOON), stopped: false };
    let bench = start_with(&[LaneNumber::First], Stick::default(), Some(Box::new(Battery(said))));
    let clock = bench.until(|view| view.edge.clock.seconds.is_some()).edge.clock;
    assert!((0..60).contains(&(clock.seconds.unwrap() - demo::NOON.0)), "{clock:?}");
    assert_eq!(clock.distrust, None);
    assert_eq!(bench.scan().verdict.unwrap().code, 0, "the golden permit is good then");
    bench.end();
}

#[test]
fn a_battery_clock_that_stood_still_makes_nothing_green() {
    for time in [Some(demo::NOON), None] {
        let said = crate::rtc::Reading { time, stopped: true };
        let bench =
            start_with(&[LaneNumber::First], Stick::default(), Some(Box::new(Battery(said))));
        let verdict = bench.scan().verdict.unwrap();
        let codes: Vec<u8> = core::iter::once(verdict.code)
            .chain(verdict.judged.judgement.also.iter().map(|finding| finding.reason.code()))
            .collect();
        assert!(codes.contains(&60), "{codes:?}");
        bench.end();
    }
}

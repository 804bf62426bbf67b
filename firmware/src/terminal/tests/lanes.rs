//! Two lanes on one board: what one does is known in the other, and moves nothing there.

use super::*;
use crate::machine::{Choice, Language, Trouble};

/// Both lanes at work.
fn two() -> (Bench, [usize; 2]) {
    (start_with(&LaneNumber::ALL, Stick::default(), None), [0, 1])
}

/// Pulses given in each lane since this was asked last.
fn pulses(bench: &Bench) -> Vec<usize> {
    bench.desks.iter().map(Desk::pulses).collect()
}

#[test]
fn a_gate_moves_for_its_own_decision_and_no_other() {
    let (bench, lanes) = two();
    for lane in lanes {
        let (desk, other) = (&bench.desks[lane], &bench.desks[1 - lane]);
        assert_eq!(pulses(&bench), [0, 0]);
        let verdict = desk.scan().verdict.unwrap();
        assert_eq!(verdict.code, if lane == 0 { 0 } else { 50 }, "the first one let them through");
        desk.send(Event::SignedIn(Ok(Signed::officer(7))));
        desk.until(|view| view.officer == Some(7));
        // Neither a button nor a finger over there is about this permit.
        other.admit(None);
        other.until(|view| view.notice == Some(Notice::NothingToDecide));
        assert_eq!(pulses(&bench), [0, 0]);
        desk.admit(Some(Grounds::Ordered));
        desk.until(|view| view.decision.is_some_and(|it| it.gate == GateState::Open));
        let mut expected = [0, 0];
        expected[lane] = 1;
        assert_eq!(pulses(&bench), expected);
        // The other gate's contact says nothing of this one.
        other.send(Event::Turned);
        other.ask(Command::Language { lang: Language::Ko });
        other.until(|view| view.modes.lang == Language::Ko);
        assert_eq!(desk.until(|_| true).decision.unwrap().gate, GateState::Open);
        desk.send(Event::Turned);
        desk.until(|view| view.stage == Stage::Waiting);
        other.ask(Command::Language { lang: Language::En });
    }
    let (disk, end) = bench.end();
    assert_eq!(end, End::Finished);
    let now = Clock::by_hand(demo::NOON, demo::ISSUED).moment(false).now;
    let journal = Journal::open(Memory::of(disk.files()), kept(), &now).unwrap();
    assert!(journal.condition().is_whole(), "one chain for both");
}

#[test]
fn two_guards_and_one_permit() {
    let (bench, _) = two();
    let [one, two] = &bench.desks[..] else { panic!() };
    for desk in [one, two] {
        assert_eq!(desk.scan().verdict.unwrap().code, 0, "nobody has decided yet");
    }
    two.send(Event::SignedIn(Ok(Signed::officer(7))));
    two.until(|view| view.officer == Some(7));
    // Both press at once: the queue has both before the first is dealt with.
    one.admit(None);
    two.admit(Some(Grounds::Ordered));
    let seen = two.until(|view| view.verdict.as_ref().is_some_and(|it| it.code == 50));
    assert!(matches!(seen.notice, Some(Notice::Overtaken | Notice::Replaced)), "{:?}", seen.notice);
    assert_ne!(seen.choices[seen.chosen], Choice::Admit, "a reflex admits nobody");
    one.until(|view| view.decision.is_some_and(|it| it.gate == GateState::Open));
    two.press(Button::Confirm);
    two.ask(Command::Large { on: true });
    let still = two.until(|view| view.modes.large);
    assert!(still.verdict.is_some() && still.decision.is_none(), "it was for the verdict before");
    assert_eq!(pulses(&bench), [1, 0], "whoever was recorded first counts");
    // Who looks again may still decide.
    std::thread::park_timeout(Duration::from_millis(1_100));
    two.until(|view| view.verdict.is_some());
    two.admit(Some(Grounds::Ordered));
    two.until(|view| view.decision.is_some_and(|it| it.gate == GateState::Open));
    assert_eq!(pulses(&bench), [0, 1]);
    bench.end();
}

#[test]
fn a_decision_that_changes_nothing_there_leaves_the_verdict_alone() {
    let (bench, _) = two();
    let [one, two] = &bench.desks[..] else { panic!() };
    one.scan();
    let before = two.scan().serial;
    one.turn_back();
    one.until(|view| view.decision.is_some());
    two.ask(Command::Large { on: true });
    let after = two.until(|view| view.modes.large);
    assert_eq!((after.serial, after.verdict.unwrap().code), (before + 1, 0));
    bench.end();
}

#[test]
fn one_camera_that_is_gone_or_stuck_leaves_the_other_lane_at_work() {
    for state in [CameraState::Unplugged, CameraState::NoFrame, CameraState::Frozen] {
        let (bench, _) = two();
        let [one, two] = &bench.desks[..] else { panic!() };
        for desk in [one, two] {
            desk.send(Event::Camera(CameraState::Good));
        }
        one.send(Event::Camera(state));
        one.until(|view| view.stage == Stage::OutOfOrder);
        let verdict = two.scan().verdict.unwrap();
        assert_eq!(verdict.code, 0, "{state:?}");
        assert!(two.until(|_| true).troubles.is_empty(), "{state:?}");
        two.admit(None);
        two.until(|view| view.decision.is_some_and(|it| it.gate == GateState::Open));
        one.send(Event::Camera(CameraState::Good));
        one.until(|view| view.stage == Stage::Waiting);
        assert_eq!(one.scan().verdict.unwrap().code, 50, "{state:?}");
        bench.end();
    }
}

#[test]
fn a_disk_that_fails_is_seen_in_both_lanes() {
    let (bench, _) = two();
    let [one, two] = &bench.desks[..] else { panic!() };
    for operation in [Operation::Append, Operation::Sync, Operation::Create] {
        bench.disk.fail(Fault { operation, at: 0, forever: true, how: How::Error });
    }
    assert_eq!(one.scan().verdict.unwrap().code, 62);
    two.until(|view| view.troubles.contains(&Trouble::Journal));
    bench.disk.heal();
    one.dismiss();
    one.until(|view| view.stage == Stage::Waiting);
    one.scan();
    two.until(|view| view.troubles.is_empty());
    assert_eq!(two.scan().verdict.unwrap().code, 0);
    bench.end();
}

/// `[6, part, out of order]`, and at the end the lane where there are two.
#[test]
fn a_camera_that_fails_is_recorded_with_its_lane() {
    for (lanes, failing, record) in [
        (&LaneNumber::ALL[..], 0, &[0x84, 6, 2, 0xf5, 1][..]),
        (&LaneNumber::ALL[..], 1, &[0x84, 6, 2, 0xf5, 2]),
        (&LaneNumber::ALL[..1], 0, &[0x83, 6, 2, 0xf5]),
    ] {
        let bench = start_with(lanes, Stick::default(), None);
        bench.desks[failing].send(Event::Camera(CameraState::Unplugged));
        bench.desks[failing].until(|view| view.stage == Stage::OutOfOrder);
        let files = bench.end().0.files();
        let found = files.values().flat_map(|file| file.windows(record.len()));
        assert_eq!(found.filter(|it| *it == record).count(), 1, "{record:x?}");
        let now = Clock::by_hand(demo::NOON, demo::ISSUED).moment(false).now;
        let journal = Journal::open(Memory::of(files), kept(), &now).unwrap();
        assert!(journal.condition().is_whole(), "and read again");
    }
}

#[test]
fn both_are_tested_and_each_by_itself() {
    let (bench, lanes) = two();
    for lane in lanes {
        let desk = &bench.desks[lane];
        assert!(!desk.until(|view| !view.parts.is_empty()).parts.is_empty());
        desk.ask(Command::SelfTest);
        desk.until(|view| view.stage == Stage::Waiting);
    }
    // A lamp of one lane that stays dark stops no other.
    bench.desks[0].send(Event::Pins(false));
    bench.desks[0].until(|view| view.stage == Stage::OutOfOrder);
    assert_eq!(bench.desks[1].scan().verdict.unwrap().code, 0);
    bench.end();
}

#[test]
fn a_fault_that_was_there_before_is_no_news() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bundle.cbor");
    std::fs::write(&path, demo::BUNDLE).unwrap();
    let bench = start_with(&LaneNumber::ALL, Stick { from: Some(path), ..Stick::default() }, None);
    let [one, two] = &bench.desks[..] else { panic!() };
    one.send(Event::Pins(false));
    one.until(|view| view.stage == Stage::OutOfOrder);
    let stands = one.scan();
    assert_eq!(stands.verdict.as_ref().unwrap().code, 62);
    two.ask(Command::Update);
    two.until(|view| view.notice == Some(Notice::Updated));
    one.ask(Command::Large { on: true });
    let same = one.until(|view| view.modes.large);
    assert_eq!((same.verdict, same.notice), (stands.verdict, None));
    bench.end();
}

#[test]
fn lists_are_taken_once_for_both() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bundle.cbor");
    std::fs::write(&path, demo::BUNDLE).unwrap();
    let stick = Stick { from: Some(path), ..Stick::default() };
    let bench = start_with(&LaneNumber::ALL, stick, None);
    let [one, two] = &bench.desks[..] else { panic!() };
    let stands = two.scan();
    one.ask(Command::Update);
    one.until(|view| view.notice == Some(Notice::Updated));
    let same = two.until(|_| true);
    assert_eq!(same.verdict, stands.verdict, "the same lists say the same");
    assert_eq!(one.scan().verdict.unwrap().code, 0);
    bench.end();
}

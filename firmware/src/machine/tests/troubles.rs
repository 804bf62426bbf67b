//! What breaks, what is said of it, and that it comes back.

use super::*;

#[test]
fn a_camera_goes_and_comes() {
    for state in [CameraState::NoFrame, CameraState::Frozen, CameraState::Unplugged] {
        let mut desk = Desk::new();
        desk.tell(Event::Camera(state));
        assert_eq!(desk.stage(), Stage::OutOfOrder);
        assert!(desk.view().troubles.contains(&Trouble::Camera));
        assert!(desk.done.contains(&Action::Signal(Signal::Fault)));
        desk.tell(Event::Camera(CameraState::Good));
        assert_eq!((desk.stage(), desk.view().troubles), (Stage::Waiting, vec![]));
        desk.see(&[&case("hangul-name").text]);
        assert_eq!(desk.code(), Some(0));
        desk.tell(Event::Camera(state));
        assert_eq!(desk.stage(), Stage::Verdict, "a verdict is not lost over a camera");
        desk.dismiss();
        assert_eq!(desk.stage(), Stage::OutOfOrder);
    }
}

#[test]
fn a_permit_that_was_out_of_sight_is_another_one() {
    let mut desk = Desk::new();
    let text = &case("hangul-name").text;
    desk.see(&[text]);
    desk.tell(Event::Camera(CameraState::Frozen));
    desk.see(&[text]);
    assert_eq!(desk.verdicts(), [0], "a frozen picture is not read");
    desk.dismiss();
    desk.see(&[text]);
    assert_eq!((desk.stage(), desk.verdicts()), (Stage::OutOfOrder, vec![0]));
    desk.tell(Event::Camera(CameraState::Good));
    desk.see(&[text]);
    assert_eq!(desk.verdicts(), [0, 0]);
    desk.dismiss();
    desk.see(&[text]);
    assert_eq!(desk.verdicts(), [0, 0], "held in view, it gives one");
}

#[test]
fn a_source_that_ends_is_no_end_of_work() {
    let mut desk = Desk::new();
    desk.tell(Event::Ended);
    assert_eq!(desk.stage(), Stage::OutOfOrder);
    assert!(!desk.done.contains(&Action::Finish));
    desk.tell(Event::Scanned(case("hangul-name").text.clone()));
    assert_eq!(desk.code(), Some(62), "a hand scanner still works, and nothing is green");
}

#[test]
fn dark_and_blurred_are_hints_not_faults() {
    for state in [CameraState::Dark, CameraState::Blurred] {
        let mut desk = Desk::new();
        desk.tell(Event::Camera(state));
        assert_eq!(desk.stage(), Stage::Waiting, "{state:?}");
        desk.see(&[&case("hangul-name").text]);
        assert_eq!(desk.code(), Some(0), "{state:?}");
    }
    let mut desk = Desk::new();
    desk.tell(Event::Seen(Seen { hint: Some(Hint::MoreLight), ..Seen::default() }));
    assert!(desk.done.contains(&Action::Illuminate(true)), "there is a lamp for that");
}

#[test]
fn no_verdict_before_the_self_test() {
    let mut machine = Machine::new(HERE, Modes::default(), Settings::default());
    let moment = Moment { ms: 0, now: Now::by_hand(demo::NOON, TRUST.newest()) };
    let seen = Seen { texts: vec![case("hangul-name").text.clone()], ..Seen::default() };
    for event in [Event::Seen(seen), Event::Scanned(case("hangul-name").text.clone())] {
        let actions = machine.on(event, moment);
        assert!(!actions.iter().any(|action| matches!(action, Action::Judge { .. })));
    }
    machine.on(Event::Tested(vec![Part { name: PartName::Refusal, good: false }]), moment);
    assert_eq!(machine.view().stage, Stage::OutOfOrder);
    machine.on(Event::Asked(Command::SelfTest), moment);
    assert_eq!(machine.view().stage, Stage::Starting);
    machine.on(Event::Tested(vec![Part { name: PartName::Refusal, good: true }]), moment);
    assert_eq!(machine.view().stage, Stage::Waiting);
}

#[test]
fn a_lamp_that_stays_dark() {
    let mut desk = Desk::new();
    desk.tell(Event::Pins(true));
    assert_eq!(desk.stage(), Stage::Waiting);
    assert!(desk.view().parts.contains(&Part { name: PartName::Signals, good: true }));
    desk.tell(Event::Pins(false));
    assert_eq!(desk.stage(), Stage::OutOfOrder);
    assert_eq!(desk.view().troubles, [Trouble::SelfTest]);
    desk.tell(Event::Scanned(case("hangul-name").text.clone()));
    assert_eq!(desk.code(), Some(62));
}

#[test]
fn an_update_is_taken_or_not() {
    let mut desk = Desk::new();
    desk.ask(Command::Update);
    assert_eq!(desk.stage(), Stage::Updating);
    // Row 14: opening lists may take long, and nobody waits for it.
    desk.see(&[&case("hangul-name").text]);
    assert_eq!(desk.code(), Some(0), "by the old lists meanwhile");
    desk.dismiss();
    desk.tell(Event::Updated(Err(UpdateFault::Refused)));
    assert_eq!(desk.view().notice, Some(Notice::NotUpdated { why: UpdateFault::Refused }));
    assert_eq!(desk.stage(), Stage::Waiting);
    desk.pass(10_000);
    assert_eq!(desk.view().notice, None);
    desk.see(&[&case("expired-yesterday").text]);
    desk.ask(Command::Update);
    assert_eq!(desk.stage(), Stage::Verdict, "not while a verdict stands");
}

#[test]
fn what_is_not_whole_is_said_weightiest_first() {
    let mut desk = Desk::new();
    desk.tell(Event::Tamper(true));
    desk.tell(Event::Disk(DiskState::Full));
    desk.tell(Event::Lists(ListsView { expired: true, ..ListsView::default() }));
    let clock = ClockView { distrust: Some(Doubt::Jumped), ..ClockView::default() };
    desk.tell(Event::Clock(clock));
    assert_eq!(
        desk.view().troubles,
        [
            Trouble::DiskFull,
            Trouble::Clock,
            Trouble::ListsExpired,
            Trouble::ListsMissing,
            Trouble::Tamper
        ]
    );
}

/// Whatever happens in whatever order: no pulse without a durable decision, no green with a fault, no panic.
#[test]
fn twenty_thousand_things_in_no_order() {
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = move |below: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from(seed % below as u64).unwrap()
    };
    let mut desk = Desk::new();
    let names = ["hangul-name", "expired-yesterday", "unknown-key", "plain-text", "hanzi-name"];
    let mut named = NONE;
    for _ in 0..20_000 {
        // What somebody read off the screen a moment ago.
        named = desk.about().filter(|_| random(2) == 0).unwrap_or(named);
        let stands = desk.about();
        let event = match random(18) {
            0..=5 => {
                let texts = (0..random(3)).map(|_| case(names[random(5)]).text.clone()).collect();
                Event::Seen(Seen { texts, ..Seen::default() })
            }
            6 => Event::Scanned(case(names[random(5)]).text.clone()),
            7 => Event::Asked(Command::Admit { about: named, grounds: Some(Grounds::Ordered) }),
            8 => Event::Asked(Command::TurnBack { about: named }),
            9 => Event::Asked(Command::Dismiss { about: desk.about() }),
            10 => Event::Pressed(
                [Button::Confirm, Button::Assist, Button::Switch][random(3)],
                [desk.about(), Some(named), None][random(3)],
            ),
            11 => Event::Turned,
            12 => Event::Camera([CameraState::Good, CameraState::NoFrame][random(2)]),
            13 => Event::Disk([DiskState::Good, DiskState::Full][random(2)]),
            14 => {
                desk.record = [Ok(()), Ok(()), Err(RecordFault::Full)][random(3)];
                Event::Tick
            }
            15 => Event::SignedIn(Ok(Signed::officer(7))),
            16 => Event::Asked(Command::SignOut),
            _ => Event::Tick,
        };
        desk.done.clear();
        desk.entries.clear();
        let whole = desk.machine.health.fault().is_none();
        desk.tell(event.clone());
        let admitted = desk.entries.iter().any(|entry| entry.decision == Some(Decision::Admitted));
        assert_eq!(desk.pulses(), usize::from(admitted), "{event:?}");
        if let Event::Asked(Command::Admit { .. } | Command::TurnBack { .. }) = event {
            let decided = desk.entries.iter().any(|entry| entry.decision.is_some());
            assert!(!decided || stands == Some(named), "about another verdict");
        }
        let fresh = !desk.verdicts().is_empty();
        assert!(whole || !(fresh && desk.code() == Some(0)), "green on {event:?}");
        desk.pass(random(3_000) as u64);
    }
}

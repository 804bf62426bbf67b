//! The gate moves after the entry, once, and not for ever.

use super::*;

/// Position of the first action that is so.
fn place(desk: &Desk, is: impl Fn(&Action) -> bool) -> Option<usize> {
    desk.done.iter().position(is)
}

#[test]
fn durable_first() {
    let mut desk = Desk::new();
    desk.see(&[&case("hangul-name").text]);
    assert_eq!(desk.pulses(), 0, "a person decides");
    desk.admit(None);
    let decided =
        place(&desk, |action| matches!(action, Action::Append(entry) if entry.decision.is_some()));
    let pulse = place(&desk, |action| matches!(action, Action::Pulse(_)));
    assert!(decided.is_some() && decided < pulse);
    assert_eq!(desk.entries.last().unwrap().decision, Some(Decision::Admitted));
    assert_eq!(desk.entries.last().unwrap().officer, Some(7));
    assert_eq!(desk.view().decision.unwrap().gate, GateState::Open);
}

#[test]
fn nothing_moves_before_the_answer() {
    let mut desk = Desk::new();
    desk.see(&[&case("hangul-name").text]);
    let moment = Moment { ms: desk.ms, now: Now::by_hand(desk.at, TRUST.newest()) };
    let about = desk.about().unwrap();
    let admit = Event::Asked(Command::Admit { about, grounds: None });
    let actions = desk.machine.on(admit.clone(), moment);
    assert!(actions.iter().any(|action| matches!(action, Action::Append(_))));
    assert!(!actions.iter().any(|action| matches!(action, Action::Pulse(_))));
    for event in [admit, Event::Tick, Event::Turned, Event::Pressed(Button::Confirm, Some(about))] {
        let actions = desk.machine.on(event, Moment { ms: moment.ms + 60_000, ..moment });
        assert!(!actions.iter().any(|action| matches!(action, Action::Pulse(_))));
    }
}

#[test]
fn what_is_not_recorded_does_not_open() {
    for fault in [RecordFault::Full, RecordFault::Failing, RecordFault::Refused] {
        let mut desk = Desk::new();
        desk.see(&[&case("hangul-name").text]);
        desk.record = Err(fault);
        desk.admit(None);
        assert_eq!(desk.pulses(), 0, "{fault:?}");
        assert_eq!(desk.view().notice, Some(Notice::NotRecorded));
        assert_eq!(desk.stage(), Stage::Verdict, "the verdict stands");
        assert_eq!(desk.view().troubles.contains(&Trouble::Journal), fault.is_broken());
    }
}

#[test]
fn it_turns_and_the_next_comes() {
    let mut desk = Desk::new();
    desk.see(&[&case("hangul-name").text]);
    desk.admit(None);
    desk.pass(1_000);
    desk.tell(Event::Turned);
    assert!(desk.done.contains(&Action::Tell(Told::Gate { turned: true })));
    assert!(desk.done.contains(&Action::Release));
    assert_eq!(desk.view().decision.unwrap().gate, GateState::Turned);
    desk.pass(Settings::default().linger_ms);
    assert_eq!(desk.stage(), Stage::Waiting);
    desk.tell(Event::Turned);
    assert_eq!(desk.pulses(), 1);
    let last = desk.view().edge.last;
    assert_eq!(
        (last.len(), last[0].code, last[0].decision),
        (1, Some(0), Some(Decision::Admitted))
    );
}

#[test]
fn nobody_goes_through() {
    let mut desk = Desk::new();
    desk.see(&[&case("hangul-name").text]);
    desk.admit(None);
    desk.dismiss();
    assert_eq!(desk.stage(), Stage::Decision, "an open gate is not forgotten");
    desk.pass(Settings::default().turn_ms);
    assert!(desk.done.contains(&Action::Release));
    assert!(desk.done.contains(&Action::Tell(Told::Gate { turned: false })));
    assert_eq!(desk.view().notice, Some(Notice::NotTurned));
    desk.pass(Settings::default().linger_ms);
    assert_eq!(desk.stage(), Stage::Waiting);
}

#[test]
fn help_lets_go_of_the_gate() {
    let mut desk = Desk::new();
    desk.see(&[&case("hangul-name").text]);
    desk.admit(None);
    desk.ask(Command::Assist);
    assert!(desk.done.contains(&Action::Release));
    assert_eq!(desk.stage(), Stage::Assisting);
}

#[test]
fn a_gate_without_a_contact() {
    let mut desk = Desk::at(HERE, Settings { turns: false, ..Settings::default() });
    desk.see(&[&case("hangul-name").text]);
    desk.admit(None);
    desk.pass(u64::from(Settings::default().pulse_ms));
    assert_eq!(desk.stage(), Stage::Waiting);
}

//! Orders, times and contacts on a simulated board.

use super::*;
use crate::board::sim;
use crate::machine::{LaneNumber, Number};

/// What so many decisions on a disk open.
fn openings<const N: usize>() -> [Opening; N] {
    use permit_journal::{Decided, Journal, Outcome, Secret, Secrets, Settings, Terminal};
    use permit_signing::demo;
    let now = permit_core::Now::by_hand(demo::NOON, demo::ISSUED);
    let terminal = Terminal { side: permit_core::Side::A, number: 1 };
    let settings = Settings::new(terminal, Secrets::new(Secret::new([7; 32]), None));
    let mut journal = Journal::open(permit_journal::faults::Memory::new(), settings, &now).unwrap();
    [(); N].map(|()| {
        let (outcome, officer) = (Outcome::Admitted, Some(7));
        let decided = Decided { scan: None, outcome, officer, reason: Some(4) };
        journal.decided(decided, &now).unwrap().opening().unwrap()
    })
}

#[test]
fn a_pulse_ends_at_its_time_and_never_twice() {
    let (board, probe) = sim::board();
    let mut hands = Hands::new(board);
    let [first, second, third] = openings();
    assert!(hands.order(Order::Pulse(first, 500), 1_000).contains(&Moved::Relay { closed: true }));
    assert!(probe.output(Output::Relay));
    let again = hands.order(Order::Pulse(second, 5_000), 1_400);
    assert!(!again.iter().any(|moved| matches!(moved, Moved::Relay { .. })));
    assert!(hands.next_wake(1_400).is_some_and(|at| at <= 1_500));
    hands.tick(1_499);
    assert!(probe.output(Output::Relay));
    assert!(hands.tick(1_500).contains(&Moved::Relay { closed: false }));
    assert!(!probe.output(Output::Relay));
    hands.order(Order::Pulse(third, u32::MAX), 2_000);
    hands.tick(2_000 + u64::from(LONGEST));
    assert!(!probe.output(Output::Relay), "no pulse is endless");
}

#[test]
fn let_go_and_dropped() {
    let (board, probe) = sim::board();
    let mut hands = Hands::new(board);
    let [first, second] = openings();
    hands.order(Order::Pulse(first, 500), 0);
    hands.order(Order::Release, 10);
    assert!(!probe.output(Output::Relay));
    hands.order(Order::Pulse(second, 500), 20);
    hands.order(Order::Illuminate(true), 20);
    drop(hands);
    assert_eq!(probe.levels().outputs, [false; 5]);
}

#[test]
fn a_panic_releases_everything() {
    let (board, probe) = sim::board();
    let seen = probe.clone();
    let thread = std::thread::spawn(move || {
        let mut hands = Hands::new(board);
        let [opening] = openings();
        hands.order(Order::Pulse(opening, 500), 0);
        assert!(!seen.output(Output::Relay), "this fails on purpose");
    });
    assert!(thread.join().is_err());
    assert_eq!(probe.levels().outputs, [false; 5]);
}

#[test]
fn lamps_and_tones_reach_the_pins() {
    let (board, probe) = sim::board();
    let mut hands = Hands::new(board);
    hands.order(Order::Signal(Signal::Refer), 100);
    assert!(probe.output(Output::Amber) && probe.levels().pitch.is_some());
    let mut at = 100;
    let mut flashes = 0;
    while at < 12_100 {
        at = hands.next_wake(at).unwrap().max(at + 1);
        for moved in hands.tick(at) {
            if let Moved::Lamps { lamps } = moved {
                assert_eq!(lamps.amber, probe.output(Output::Amber));
                flashes += u32::from(lamps.amber);
            }
        }
    }
    assert_eq!(flashes, 10);
    assert_eq!(probe.levels().pitch, None, "the tones were played once");
}

#[test]
fn contacts_are_told_once_and_only_when_steady() {
    let (board, probe) = sim::board();
    let mut hands = Hands::new(board);
    for ms in 0..20 {
        probe.press(Input::Confirm, ms % 2 == 0);
        assert!(hands.sense(ms * 10).is_empty(), "it bounces");
    }
    probe.press(Input::Confirm, true);
    let told: Vec<Event> = (20..60).flat_map(|n| hands.sense(n * 10)).collect();
    assert_eq!(told, [Event::Pressed(Button::Confirm, None)]);
    probe.press(Input::Confirm, false);
    probe.press(Input::Tamper, true);
    let told: Vec<Event> = (60..90).flat_map(|n| hands.sense(n * 10)).collect();
    assert_eq!(told, [Event::Tamper(true)]);
}

#[test]
fn row_03_a_button_is_about_what_was_shown_when_it_went_down() {
    let (board, probe) = sim::board();
    let mut hands = Hands::new(board);
    let [before, after] = [1, 2].map(Number::of).map(Some);
    hands.order(Order::About(before), 0);
    probe.press(Input::Confirm, true);
    assert!(hands.sense(10).is_empty());
    hands.order(Order::About(after), 15);
    let told: Vec<Event> = (2..6).flat_map(|n| hands.sense(n * 10)).collect();
    assert_eq!(told, [Event::Pressed(Button::Confirm, before)]);
    probe.press(Input::Confirm, false);
    probe.press(Input::Switch, true);
    let told: Vec<Event> = (6..12).flat_map(|n| hands.sense(n * 10)).collect();
    assert_eq!(told, [Event::Pressed(Button::Switch, after)]);
}

/// A board whose amber lamp is broken from some moment on.
struct Broken(bool);

impl Board for Broken {
    fn set(&mut self, output: Output, _: bool) -> Result<(), crate::board::PinFault> {
        if self.0 && output == Output::Amber { Err(crate::board::PinFault) } else { Ok(()) }
    }

    fn play(&mut self, _: Pitch) -> Result<(), crate::board::PinFault> {
        Ok(())
    }

    fn read(&mut self, _: Input) -> Result<bool, crate::board::PinFault> {
        Ok(false)
    }
}

#[test]
fn a_broken_lamp_is_told() {
    for broken in [false, true] {
        let (orders, given) = std::sync::mpsc::channel();
        let (events, heard) = Post::only();
        drop(orders);
        run(Hands::new(Broken(broken)), Instant::now(), &given, &events, |_, _| ());
        assert_eq!(heard.recv(), Some((LaneNumber::First, Event::Pins(!broken))));
    }
    let (board, probe) = sim::board();
    let mut hands = Hands::new(board);
    assert!(hands.try_all());
    assert_eq!(probe.levels().outputs, [false; 5], "nothing stays lit");
}

//! PINs, roles and the time on the supervisor's page.

use super::*;

fn pin() -> Pin {
    Pin::new("834921".to_owned())
}

fn sign_in(desk: &mut Desk, officer: u16, role: Role, second: bool) {
    desk.tell(Event::SignedIn(Ok(Signed { officer, role, second })));
    desk.done.clear();
}

#[test]
fn row_3_a_supervisor_enrols_and_nobody_else_does() {
    let mut desk = Desk::new();
    let appoint = || Command::Appoint { officer: 9, pin: pin(), role: None };
    desk.ask(appoint());
    assert_eq!(desk.view().notice, Some(Notice::NeedsSupervisor));
    desk.ask(Command::SignOut);
    desk.ask(appoint());
    assert_eq!(desk.view().notice, Some(Notice::NeedsOfficer));
    sign_in(&mut desk, 9, Role::Supervisor, true);
    desk.ask(appoint());
    let own = Notice::PinNotSet { why: PinFault::Own };
    assert_eq!(desk.view().notice, Some(own), "nobody resets their own");
    assert!(!desk.done.iter().any(|it| matches!(it, Action::Appoint { .. })));
    sign_in(&mut desk, 1, Role::Supervisor, true);
    desk.ask(appoint());
    assert!(desk.done.contains(&Action::Appoint { by: 1, officer: 9, pin: pin(), role: None }));
    desk.tell(Event::PinSet(Ok(())));
    assert_eq!(desk.view().notice, Some(Notice::PinSet));
    desk.ask(Command::ChangePin { old: pin(), new: pin() });
    assert!(desk.done.contains(&Action::ChangePin { officer: 1, old: pin(), new: pin() }));
}

#[test]
fn row_3_the_time_is_set_by_two_who_are_two() {
    let mut desk = Desk::new();
    let set = |desk: &mut Desk, time: &str| {
        desk.ask(Command::SetClock { time: time.to_owned() });
        desk.done.iter().find_map(|it| match it {
            Action::SetClock { first, second, to } => Some((*first, *second, *to)),
            _ => None,
        })
    };
    assert_eq!(set(&mut desk, "1963-09-10"), None);
    assert_eq!(desk.view().notice, Some(Notice::TimeMistyped));
    assert_eq!(set(&mut desk, "1963-09-10 12:00"), None);
    assert_eq!(desk.view().notice, Some(Notice::SecondOfficer));
    assert_eq!(set(&mut desk, "1963-09-10 12:00"), None, "the same officer twice is one");
    sign_in(&mut desk, 8, Role::Officer, false);
    assert_eq!(set(&mut desk, "1963-09-10 12:00"), None);
    assert_eq!(desk.view().notice, Some(Notice::NotSecond), "their PIN is somebody else's");
    sign_in(&mut desk, 9, Role::Officer, true);
    assert_eq!(set(&mut desk, "1963-09-11 12:00"), None, "another time");
    sign_in(&mut desk, 7, Role::Officer, true);
    desk.pass(60_000);
    let done = set(&mut desk, "1963-09-11 12:01").expect("the same, a minute later");
    assert_eq!((done.0, done.1), (9, 7));
    assert_eq!(done.2.day(0).to_string(), "1963-09-11");
}

#[test]
fn row_3_whose_pin_is_somebody_elses_confirms_nothing() {
    for (first, second) in [(true, false), (false, true)] {
        let mut desk = Desk::new();
        desk.tell(Event::Chain(ChainState::Damaged));
        let jumped = ClockView { seconds: Some(0), offset: 0, distrust: Some(Doubt::Jumped) };
        desk.tell(Event::Clock(jumped));
        for command in [Command::ConfirmClock, Command::NewChain] {
            sign_in(&mut desk, 7, Role::Officer, first);
            desk.ask(command.clone());
            sign_in(&mut desk, 8, Role::Officer, second);
            desk.ask(command);
            let both =
                |it: &Action| matches!(it, Action::ConfirmClock { .. } | Action::NewChain { .. });
            assert!(!desk.done.iter().any(both));
        }
    }
}

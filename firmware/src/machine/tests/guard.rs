//! What the guard can do: by touch, and with three buttons alone.

use super::*;

#[test]
fn decisions_by_verdict() {
    // Case, officer on duty, grounds, what comes of admitting.
    let other = Some(Grounds::OtherPapers);
    for (name, officer, grounds, notice) in [
        ("hangul-name", true, None, None),
        ("hangul-name", false, None, Some(Notice::NeedsOfficer)),
        ("unknown-key", true, None, None),
        ("unknown-key", false, None, Some(Notice::NeedsOfficer)),
        ("expired-homeward", true, None, None),
        ("expired-yesterday", true, None, Some(Notice::NeedsGrounds)),
        ("expired-yesterday", false, other, Some(Notice::NeedsOfficer)),
        ("expired-yesterday", true, other, None),
        ("plain-text", true, other, Some(Notice::NothingToDecide)),
    ] {
        let case = case(name);
        let mut desk = Desk::at(case.checkpoint, Settings::default());
        if !officer {
            desk.ask(Command::SignOut);
        }
        desk.see(&[&case.text]);
        desk.admit(grounds);
        assert_eq!(desk.view().notice, notice, "{name}");
        assert_eq!(desk.pulses(), usize::from(notice.is_none()), "{name}");
        if notice.is_none() {
            let entry = desk.entries.last().unwrap();
            assert_eq!(entry.grounds.is_some(), name == "expired-yesterday", "{name}");
        }
    }
}

#[test]
fn nobody_decides_in_the_name_of_the_officer_before() {
    let pin = Pin::new("111111".to_owned());
    for ending in [Command::SignOut, Command::SignIn { officer: 9, pin }] {
        let mut desk = Desk::new();
        desk.see(&[&case("expired-yesterday").text]);
        desk.ask(ending);
        assert_eq!(desk.view().officer, None, "gone at once, and not shown");
        desk.admit(Some(Grounds::Ordered));
        assert_eq!(desk.view().notice, Some(Notice::NeedsOfficer));
        desk.tell(Event::SignedIn(Err(SignInFault::Wrong)));
        assert_eq!(desk.view().officer, None, "a wrong PIN brings nobody back");
        desk.tell(Event::SignedIn(Ok(Signed::officer(9))));
        desk.admit(Some(Grounds::Ordered));
        let entry = desk.entries.last().unwrap();
        assert_eq!((entry.officer, entry.decision), (Some(9), Some(Decision::Admitted)));
        let shifts = desk.done.iter().filter_map(|action| match action {
            Action::Shift { officer, on } => Some((*officer, *on)),
            _ => None,
        });
        assert_eq!(shifts.collect::<Vec<_>>(), [(7, false), (9, true)]);
    }
}

#[test]
fn an_export_takes_an_officer_and_nobody_at_the_terminal() {
    let exports =
        |desk: &Desk| desk.done.iter().filter(|action| matches!(action, Action::Export(_))).count();
    let mut desk = Desk::new();
    desk.ask(Command::Export);
    desk.tell(Event::Wanted(Reply::new().0));
    assert_eq!(exports(&desk), 2);
    desk.see(&[&case("hangul-name").text]);
    desk.ask(Command::Export);
    assert_eq!(exports(&desk), 2, "somebody stands there");
    desk.dismiss();
    desk.ask(Command::SignOut);
    let (reply, mut export) = Reply::new();
    desk.tell(Event::Wanted(reply));
    assert_eq!((exports(&desk), desk.view().notice), (2, Some(Notice::NeedsOfficer)));
    assert!(export.try_recv().is_err(), "and whoever waits is told so");
    desk.tell(Event::Exported(Ok(())));
    assert_eq!(desk.view().notice, Some(Notice::Exported));
}

#[test]
fn the_mark_is_on_the_same_choice_whoever_is_on_duty() {
    let mut desk = Desk::new();
    desk.see(&[&case("expired-yesterday").text]);
    let marked = |desk: &Desk| desk.view().choices[desk.view().chosen];
    assert_eq!(marked(&desk), Choice::TurnBack);
    desk.ask(Command::SignOut);
    assert_eq!(desk.view().choices, [Choice::Dismiss], "nobody decides");
    assert_eq!(marked(&desk), Choice::Dismiss);
    desk.tell(Event::SignedIn(Ok(Signed::officer(9))));
    assert_eq!(marked(&desk), Choice::TurnBack);
}

#[test]
fn turned_back_with_a_slip_until_the_guard_is_done() {
    let mut desk = Desk::new();
    desk.see(&[&case("expired-yesterday").text]);
    desk.turn_back();
    let decision = desk.view().decision.unwrap();
    assert!(decision.slip && decision.code == Some(31) && decision.gate == GateState::Shut);
    assert_eq!(desk.pulses(), 0);
    desk.pass(Settings::default().unattended_ms - 1_000);
    assert_eq!(desk.stage(), Stage::Decision);
    desk.press(Button::Confirm);
    assert_eq!(desk.stage(), Stage::Waiting);
}

#[test]
fn help_is_always_possible_and_looks_like_nothing() {
    let begin: [fn(&mut Desk); 7] = [
        |_| {},
        |desk| desk.see(&[&case("hangul-name").text]),
        |desk| desk.see(&[&case("expired-yesterday").text]),
        |desk| desk.see(&[b"hello"]),
        |desk| desk.tell(Event::Camera(CameraState::Black)),
        |desk| desk.ask(Command::Update),
        |desk| desk.record = Err(RecordFault::Full),
    ];
    for begin in begin {
        let mut desk = Desk::new();
        begin(&mut desk);
        desk.press(Button::Assist);
        assert_eq!(desk.stage(), Stage::Assisting);
        let view = desk.view();
        assert!(view.verdict.is_none(), "nothing of the person is shown");
        assert!(view.edge.last.iter().all(|last| last.decision.is_none()), "nor at the edge");
        let last = desk.done.iter().rev().find_map(|action| match action {
            Action::Signal(signal) => Some(*signal),
            _ => None,
        });
        assert_eq!(last.unwrap_or(Signal::Waiting), Signal::Waiting, "it looks like waiting");
        assert_eq!(desk.pulses(), 0);
        desk.press(Button::Confirm);
        assert_ne!(desk.stage(), Stage::Assisting);
    }
}

#[test]
fn three_buttons_alone() {
    let mut desk = Desk::new();
    desk.press(Button::Switch);
    assert_eq!(desk.view().here.direction, "entry");
    desk.press(Button::Switch);
    desk.see(&[&case("hangul-name").text]);
    assert_eq!(desk.view().choices[desk.view().chosen], Choice::Admit);
    desk.press(Button::Confirm);
    assert_eq!(desk.pulses(), 1);
    desk.tell(Event::Turned);
    desk.pass(2_000);

    desk.see(&[&case("unknown-key").text]);
    assert_eq!(desk.view().choices[desk.view().chosen], Choice::Dismiss, "no reflex admits");
    desk.press(Button::Switch);
    assert_eq!(desk.view().choices[desk.view().chosen], Choice::Admit);
    desk.press(Button::Switch);
    desk.press(Button::Confirm);
    assert_eq!(desk.entries.last().unwrap().decision, Some(Decision::TurnedBack));
    assert_eq!(desk.view().here.direction, "exit", "choosing does not switch the direction");
}

#[test]
fn whoever_chooses_is_given_the_time() {
    let mut desk = Desk::new();
    desk.see(&[&case("hangul-name").text]);
    desk.pass(4_000);
    desk.press(Button::Switch);
    desk.pass(4_000);
    assert_eq!(desk.stage(), Stage::Verdict);
}

#[test]
fn modes_and_a_fixed_direction() {
    let mut desk = Desk::at(HERE, Settings { switchable: false, ..Settings::default() });
    desk.ask(Command::SwitchDirection);
    assert_eq!(desk.view().notice, Some(Notice::DirectionFixed));
    assert_eq!(desk.view().here.direction, "exit");
    desk.see(&[&case("hangul-name").text]);
    let names = |desk: &Desk| desk.view().verdict.unwrap().holder.unwrap().names;
    assert!(names(&desk).is_some());
    desk.ask(Command::HideNames { on: true });
    assert!(names(&desk).is_none());
    desk.ask(Command::Language { lang: Language::Ko });
    desk.ask(Command::Night { on: true });
    desk.ask(Command::Large { on: true });
    let modes = desk.view().modes;
    assert_eq!((modes.lang, modes.night, modes.large), (Language::Ko, true, true));
    assert_eq!(desk.verdicts(), [0], "a mode judges nothing");
}

#[test]
fn row_3_a_view_says_no_name_birth_or_number_that_is_hidden() {
    let mut desk = Desk::new();
    desk.ask(Command::HideNames { on: true });
    desk.see(&[&case("every-option").text]);
    let json = serde_json::to_string(&desk.view()).unwrap();
    let permit = case("every-option").permit.as_ref().unwrap();
    assert!(!json.contains(permit.latin.as_str()));
    assert!(!json.contains(permit.native.as_ref().unwrap().as_str()));
    assert!(!json.contains(permit.options.document.as_ref().unwrap().as_str()));
    assert!(!json.contains(&permit.id.to_string()));
    let holder = desk.view().verdict.and_then(|verdict| verdict.holder).unwrap();
    assert!(holder.birth.is_none() && holder.bound, "it is said that there is a document");
    desk.ask(Command::HideNames { on: false });
    assert!(serde_json::to_string(&desk.view()).unwrap().contains(permit.latin.as_str()));
}

#[test]
fn whoever_takes_over_relieves_the_one_before() {
    let mut desk = Desk::new();
    desk.tell(Event::SignedIn(Ok(Signed::officer(7))));
    assert!(desk.done.is_empty(), "still the same officer");
    desk.tell(Event::SignedIn(Ok(Signed::officer(8))));
    let shifts: Vec<&Action> =
        desk.done.iter().filter(|action| matches!(action, Action::Shift { .. })).collect();
    let relieved =
        [Action::Shift { officer: 7, on: false }, Action::Shift { officer: 8, on: true }];
    assert!(shifts.into_iter().eq(&relieved));
    desk.tell(Event::SignedIn(Err(SignInFault::Lost)));
    assert_eq!(desk.view().officer, Some(8));
    assert_eq!(desk.view().notice, Some(Notice::NotSignedIn { fault: SignInFault::Lost }));
    desk.ask(Command::SignOut);
    assert_eq!(desk.view().officer, None);
}

/// What the clock says, and why it is not trusted.
fn clock(desk: &mut Desk, seconds: i64, distrust: Option<Doubt>) {
    desk.tell(Event::Clock(ClockView { seconds: Some(seconds), offset: 0, distrust }));
}

/// The pair in whose name the clock was confirmed, and forgets it.
fn pair(desk: &mut Desk) -> Option<(u16, u16)> {
    let done = core::mem::take(&mut desk.done);
    done.into_iter().find_map(|action| match action {
        Action::ConfirmClock { first, second } => Some((first, second)),
        _ => None,
    })
}

/// Officer 7 says that the clock is right, by a doubt of its own.
fn first_word() -> Desk {
    let mut desk = Desk::new();
    clock(&mut desk, 1_000, Some(Doubt::Jumped));
    desk.ask(Command::ConfirmClock);
    assert!(desk.done.contains(&Action::VouchClock(7)), "recorded");
    assert_eq!((pair(&mut desk), desk.view().notice), (None, Some(Notice::SecondOfficer)));
    desk
}

#[test]
fn row_11_the_clock_takes_two_officers() {
    let mut desk = first_word();
    desk.ask(Command::ConfirmClock);
    assert_eq!(pair(&mut desk), None, "twice the same is one");
    desk.tell(Event::SignedIn(Ok(Signed::officer(8))));
    desk.ask(Command::ConfirmClock);
    assert_eq!(pair(&mut desk), Some((7, 8)));
    desk.tell(Event::ClockConfirmed(true));
    assert_eq!(desk.view().notice, Some(Notice::ClockConfirmed));
    desk.ask(Command::ConfirmClock);
    assert_eq!(pair(&mut desk), None, "the word was used up");
    desk.tell(Event::ClockConfirmed(false));
    assert_eq!(desk.view().notice, Some(Notice::NotConfirmed));
    desk.ask(Command::SignOut);
    desk.ask(Command::ConfirmClock);
    assert_eq!((pair(&mut desk), desk.view().notice), (None, Some(Notice::NeedsOfficer)));
}

#[test]
fn row_11_a_first_word_lapses() {
    let minute = 60_000;
    for (later, other) in [(9 * minute, true), (10 * minute, false), (600 * minute, false)] {
        let mut desk = first_word();
        desk.ms += later;
        clock(&mut desk, 1_000 + i64::try_from(later / 1_000).unwrap(), Some(Doubt::Jumped));
        desk.tell(Event::SignedIn(Ok(Signed::officer(8))));
        desk.ask(Command::ConfirmClock);
        assert_eq!(pair(&mut desk), other.then_some((7, 8)), "{later} ms later");
    }
    // Another doubt, another clock, or none in between.
    for between in [
        (1_000, Some(Doubt::BelowFloor)),
        (1_000, Some(Doubt::Stopped)),
        (1_000, None),
        (1_000 + 3_600, Some(Doubt::Jumped)),
        (1_000 - 3_600, Some(Doubt::Jumped)),
    ] {
        let mut desk = first_word();
        clock(&mut desk, between.0, between.1);
        clock(&mut desk, 1_000, Some(Doubt::Jumped));
        desk.tell(Event::SignedIn(Ok(Signed::officer(8))));
        desk.ask(Command::ConfirmClock);
        assert_eq!(pair(&mut desk), None, "{between:?}");
        assert!(desk.view().notice == Some(Notice::SecondOfficer), "8 is the first now");
    }
}

#[test]
fn row_11_what_cannot_be_confirmed() {
    for doubt in [None, Some(Doubt::Missing), Some(Doubt::ByHand)] {
        let mut desk = Desk::new();
        for officer in [7, 8] {
            desk.tell(Event::SignedIn(Ok(Signed::officer(officer))));
            clock(&mut desk, 1_000, doubt);
            desk.ask(Command::ConfirmClock);
        }
        assert_eq!((pair(&mut desk), desk.view().notice), (None, Some(Notice::NothingToDecide)));
    }
}

/// The pair in whose name a new chain begins, and forgets it.
fn chain_of(desk: &mut Desk) -> Option<(u16, u16)> {
    let done = core::mem::take(&mut desk.done);
    done.into_iter().find_map(|action| match action {
        Action::NewChain { first, second } => Some((first, second)),
        _ => None,
    })
}

#[test]
fn row_12_damage_is_told_until_two_officers_start_a_new_chain() {
    let mut desk = Desk::new();
    desk.ask(Command::NewChain);
    assert_eq!(desk.view().notice, Some(Notice::NothingToDecide), "nothing is wrong");
    desk.tell(Event::Chain(ChainState::Damaged));
    assert_eq!((desk.view().troubles, desk.view().edge.journal), (vec![Trouble::Damaged], false));
    desk.ask(Command::NewChain);
    desk.ask(Command::NewChain);
    assert_eq!(chain_of(&mut desk), None, "twice the same is one");
    desk.tell(Event::SignedIn(Ok(Signed::officer(8))));
    clock(&mut desk, 1_000, Some(Doubt::Jumped));
    desk.ask(Command::NewChain);
    assert_eq!((chain_of(&mut desk), desk.view().notice), (None, Some(Notice::ClockFirst)));
    clock(&mut desk, 1_000, None);
    desk.ask(Command::NewChain);
    assert_eq!(chain_of(&mut desk), Some((7, 8)));
    desk.tell(Event::ChainBegun(true));
    desk.tell(Event::Chain(ChainState::Incomplete));
    assert_eq!(desk.view().notice, Some(Notice::NewChain));
    assert_eq!((desk.view().troubles, desk.view().edge.journal), (vec![Trouble::Incomplete], true));
    desk.tell(Event::Chain(ChainState::Whole));
    assert_eq!(desk.view().troubles, []);
}

#[test]
fn row_12_a_word_on_the_journal_lapses_too() {
    let mut desk = Desk::new();
    desk.tell(Event::Chain(ChainState::Damaged));
    desk.ask(Command::NewChain);
    desk.ms += 10 * 60_000;
    desk.tell(Event::SignedIn(Ok(Signed::officer(8))));
    desk.ask(Command::NewChain);
    assert_eq!(chain_of(&mut desk), None);
    // A word on the clock is none on the journal.
    clock(&mut desk, 1_000, Some(Doubt::Jumped));
    desk.ask(Command::ConfirmClock);
    desk.tell(Event::SignedIn(Ok(Signed::officer(7))));
    clock(&mut desk, 1_000, None);
    desk.ask(Command::NewChain);
    assert_eq!(chain_of(&mut desk), None);
}

#[test]
fn commands_as_they_come_from_a_page() {
    for (json, command) in [
        (r#"{"command":"admit"}"#, None),
        (r#"{"command":"admit","about":null}"#, None),
        (
            r#"{"command":"admit","about":"000000000000000a"}"#,
            Some(Command::Admit { about: Number::of(10), grounds: None }),
        ),
        (
            r#"{"command":"admit","about":"000000000000000a","grounds":"confirmed"}"#,
            Some(Command::Admit { about: Number::of(10), grounds: Some(Grounds::Confirmed) }),
        ),
        (r#"{"command":"turn-back"}"#, None),
        (r#"{"command":"dismiss"}"#, Some(Command::Dismiss { about: None })),
        (
            r#"{"command":"press","button":"switch","about":null}"#,
            Some(Command::Press { button: Button::Switch, about: None }),
        ),
        (r#"{"command":"language","lang":"ko"}"#, Some(Command::Language { lang: Language::Ko })),
        (r#"{"command":"open-gate"}"#, None),
        (r#"{"command":"night","on":true,"extra":1}"#, None),
    ] {
        assert_eq!(serde_json::from_str(json).ok(), command, "{json}");
    }
    let pin: Command =
        serde_json::from_str(r#"{"command":"sign-in","officer":7,"pin":"834921"}"#).unwrap();
    assert!(!format!("{pin:?}").contains("834921"), "a PIN is never shown");
}

/// A terminal at which nobody is signed in.
fn left(demo: bool, enrolled: Option<bool>) -> Desk {
    let mut desk = Desk::new();
    let days = [Some(1), Some(1)];
    desk.tell(Event::Lists(ListsView { demo, days, ..ListsView::default() }));
    enrolled.into_iter().for_each(|any| desk.tell(Event::Enrolled(any)));
    desk.ask(Command::SignOut);
    desk.done.clear();
    desk
}

#[test]
fn row_01_nothing_is_decided_or_chosen_without_an_officer() {
    for (demo, enrolled, free) in [
        (false, Some(true), false),
        (false, Some(false), false),
        (false, None, false),
        (true, Some(true), false),
        (true, None, false),
        (true, Some(false), true),
    ] {
        let locked = (!free).then_some(Notice::NeedsOfficer);
        let said = format!("demo {demo}, enrolled {enrolled:?}");
        let idle: [fn(&mut Desk); 4] = [
            |desk| desk.ask(Command::SwitchDirection),
            |desk| desk.press(Button::Switch),
            |desk| desk.ask(Command::Export),
            |desk| desk.tell(Event::Wanted(Reply::new().0)),
        ];
        for (which, ask) in idle.into_iter().enumerate() {
            let mut desk = left(demo, enrolled);
            let before = desk.view();
            assert_eq!(before.locked, !free, "{said}");
            ask(&mut desk);
            let after = desk.view();
            assert_eq!(after.notice, locked, "{said}, {which}");
            let wanted = desk.done.iter().any(|it| !matches!(it, Action::Show(_)));
            let moved = wanted || after.here != before.here || after.stage != before.stage;
            assert_eq!(moved, free, "{said}, {which}");
        }
        for (name, grounds) in [
            ("hangul-name", None),
            ("unknown-key", None),
            ("expired-yesterday", Some(Grounds::Ordered)),
        ] {
            let mut desk = left(demo, enrolled);
            desk.see(&[&case(name).text]);
            let admit = desk.view().choices.contains(&Choice::Admit);
            assert_eq!(admit, free, "{said}, {name}");
            desk.admit(grounds);
            assert_eq!((desk.view().notice, desk.pulses()), (locked, usize::from(free)), "{said}");
            let mut desk = left(demo, enrolled);
            desk.see(&[&case(name).text]);
            desk.turn_back();
            assert_eq!(desk.view().notice, locked, "{said}, {name}");
            // Help is always possible, and is nobody's in particular.
            desk.press(Button::Assist);
            assert_eq!(desk.stage(), Stage::Assisting, "{said}, {name}");
        }
    }
}

#[test]
fn row_01_the_buttons_are_locked_alike() {
    for name in ["hangul-name", "unknown-key", "expired-yesterday"] {
        let mut desk = left(false, Some(true));
        desk.see(&[&case(name).text]);
        for _ in 0..5 {
            desk.press(Button::Switch);
            let mut other = left(false, Some(true));
            other.see(&[&case(name).text]);
            other.press(Button::Confirm);
            assert_eq!(other.pulses(), 0, "{name}");
        }
        desk.press(Button::Confirm);
        let decided = |entry: &Entry| {
            matches!(entry.decision, Some(Decision::Admitted | Decision::TurnedBack))
        };
        assert!(desk.pulses() == 0 && !desk.entries.iter().any(decided), "{name}");
    }
}

#[test]
fn row_01_a_demonstration_is_locked_when_its_first_officer_is_enrolled() {
    let mut desk = left(true, Some(false));
    desk.see(&[&case("hangul-name").text]);
    assert_eq!(desk.view().choices[desk.view().chosen], Choice::Admit);
    desk.tell(Event::Enrolled(true));
    assert!(desk.view().locked);
    assert_eq!(desk.view().choices, [Choice::Dismiss]);
    desk.admit(None);
    assert_eq!((desk.view().notice, desk.pulses()), (Some(Notice::NeedsOfficer), 0));
    desk.tell(Event::SignedIn(Ok(Signed::officer(7))));
    desk.admit(None);
    assert_eq!((desk.entries.last().unwrap().officer, desk.pulses()), (Some(7), 1));
}

#[test]
fn row_01_lists_are_not_read_on_without_whoever_chose_to() {
    for (lack, notice) in [(None, None), (Some(Lack::Lists), Some(Notice::ListsStopped))] {
        let mut desk = left(false, Some(true));
        desk.tell(Event::Lists(ListsView { lack, ..ListsView::default() }));
        desk.tell(Event::SignedIn(Ok(Signed::officer(7))));
        desk.ask(Command::ReadLists);
        assert_eq!(desk.stage(), Stage::Updating);
        desk.ask(Command::SignOut);
        assert_eq!(desk.view().notice, notice);
        assert_eq!(desk.view().gathering.is_some(), lack.is_none());
    }
}

#[test]
fn row_01_lists_that_follow_those_in_use_take_no_officer_and_the_first_do() {
    for command in [Command::Update, Command::ReadLists] {
        for enrolled in [Some(true), Some(false), None] {
            let mut desk = left(false, enrolled);
            desk.ask(command.clone());
            assert_eq!((desk.stage(), desk.view().notice), (Stage::Updating, None), "{command:?}");
            let mut desk = left(false, enrolled);
            let before = desk.stage();
            desk.tell(Event::Lists(ListsView { lack: Some(Lack::Lists), ..ListsView::default() }));
            desk.ask(command.clone());
            let said = (desk.view().notice, desk.view().gathering.is_some());
            assert_eq!(said, (Some(Notice::NeedsOfficer), false), "{command:?}");
            assert!(!desk.done.contains(&Action::Update) && before != Stage::Updating);
        }
    }
}

#[test]
fn what_is_asked_for_while_somebody_stands_here_is_answered() {
    for command in
        [Command::NewChain, Command::Update, Command::ReadLists, Command::Export, Command::SelfTest]
    {
        let mut desk = Desk::new();
        desk.tell(Event::Chain(ChainState::Damaged));
        desk.see(&[&case("hangul-name").text]);
        desk.done.clear();
        desk.ask(command.clone());
        assert_eq!(desk.view().notice, Some(Notice::PersonFirst), "{command:?}");
        assert_eq!(desk.stage(), Stage::Verdict, "{command:?}");
        let orders =
            |it: &Action| matches!(it, Action::Update | Action::SelfTest | Action::Export(_));
        assert!(!desk.done.iter().any(orders), "{command:?}");
    }
}

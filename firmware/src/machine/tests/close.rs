//! Verdicts that nobody decides on, and admissions that are taken back.

use super::*;

/// Something that somebody does at a desk.
type Way<T> = (fn(&mut Desk), T);

const WAIT: u64 = 5 * 60_000;

fn decisions(desk: &Desk) -> Vec<(Decision, Option<u8>, Option<u16>)> {
    let of = |entry: &Entry| Some((entry.decision?, entry.code, entry.officer));
    desk.entries.iter().filter_map(of).collect()
}

#[test]
fn row_04_a_verdict_stands_until_somebody_acts_or_nobody_does_for_long() {
    for case in CASES.iter() {
        let mut desk = Desk::at(case.checkpoint, Settings::default());
        desk.at = case.at;
        desk.ledger = case.presence.map_or(Box::new(NoLedger), |it| Box::new(it));
        let begun = desk.ms;
        desk.see(&[&case.text]);
        desk.pass(begun + WAIT - desk.ms - 1);
        assert_eq!(desk.stage(), Stage::Verdict, "{}", case.name);
        desk.pass(1);
        assert_eq!(desk.stage(), Stage::Waiting, "{}", case.name);
        let expected = match case.code {
            11 => vec![],
            code => vec![(Decision::NotDecided, Some(code), None)],
        };
        assert_eq!(decisions(&desk), expected, "{}", case.name);
        assert_eq!((desk.view().notice, desk.pulses()), (Some(Notice::NotDecided), 0));
        let edge = desk.view().edge.last[0].decision;
        assert_eq!(edge, (case.code != 11).then_some(Decision::NotDecided), "{}", case.name);
    }
}

#[test]
fn row_04_what_lies_there_is_not_asked_about_again() {
    let text = &case("hangul-name").text;
    let settings = Settings::default();
    let mut desk = Desk::new();
    while desk.ms < WAIT + 2_000 {
        desk.see(&[text]);
        desk.pass(967);
    }
    assert_eq!(desk.stage(), Stage::Waiting);
    for glimpse in 0..50 {
        // Badly lit, or behind a hand for a while; the camera itself may be gone for a moment.
        let gap = if glimpse % 2 == 0 { settings.gone_ms } else { settings.left_ms - 1_000 };
        desk.see(&[]);
        desk.pass(gap);
        if glimpse % 10 == 5 {
            desk.tell(Event::Camera(CameraState::NoFrame));
            desk.tell(Event::Camera(CameraState::Good));
        }
        desk.see(&[text]);
    }
    assert_eq!((desk.verdicts(), desk.stage()), (vec![0], Stage::Waiting));
    // Whoever comes back with it gets a verdict; a hand scanner is somebody's act.
    desk.tell(Event::Scanned(text.clone()));
    assert_eq!(desk.verdicts(), [0, 0]);
    desk.dismiss();
    desk.pass(settings.gone_ms);
    desk.see(&[]);
    desk.see(&[text]);
    assert_eq!(desk.verdicts(), [0, 0, 0]);
}

#[test]
fn row_04_whoever_puts_a_verdict_away_leaves_it_undecided() {
    fn other() -> &'static [u8] {
        &case("hanzi-name").text
    }
    let ways: [Way<Option<u16>>; 4] = [
        (Desk::dismiss, Some(7)),
        (|desk| desk.tell(Event::Scanned(other().to_vec())), Some(7)),
        (
            |desk| {
                desk.pass(2_000);
                desk.see(&[other()]);
            },
            None,
        ),
        (
            |desk| {
                desk.press(Button::Switch);
                desk.press(Button::Switch);
                desk.press(Button::Confirm);
            },
            Some(7),
        ),
    ];
    for (which, (way, officer)) in ways.into_iter().enumerate() {
        let mut desk = Desk::new();
        desk.see(&[&case("hangul-name").text]);
        way(&mut desk);
        let expected = [(Decision::NotDecided, Some(0), officer)];
        assert_eq!(decisions(&desk), expected, "{which}");
        // And what it was about is what it says.
        let permits: Vec<_> = desk.entries.iter().map(|entry| entry.permit).collect();
        assert_eq!(permits[0], permits[1], "{which}");
    }
    // A terminal without a guard has nobody to decide.
    let mut desk = Desk::at(HERE, Settings { attended: false, ..Settings::default() });
    desk.see(&[&case("hangul-name").text]);
    desk.pass(10 * WAIT);
    desk.tell(Event::Seen(Seen { cut: true, ..Seen::default() }));
    assert_eq!(decisions(&desk), []);
}

#[test]
fn row_04_a_hand_keeps_it_open_and_a_slip_does_not_stand_for_ever() {
    let mut desk = Desk::new();
    desk.see(&[&case("unknown-key").text]);
    for _ in 0..5 {
        desk.pass(WAIT - 1_000);
        desk.ask(Command::Language { lang: Language::Ko });
        assert_eq!(desk.stage(), Stage::Verdict);
    }
    desk.turn_back();
    desk.pass(WAIT);
    assert_eq!(desk.stage(), Stage::Waiting);
    assert_eq!(decisions(&desk), [(Decision::TurnedBack, Some(22), Some(7))]);
}

#[test]
fn row_04_an_entry_that_is_not_kept_is_a_broken_journal() {
    let mut desk = Desk::new();
    desk.see(&[&case("hangul-name").text]);
    desk.record = Err(RecordFault::Failing);
    desk.dismiss();
    assert_eq!((desk.stage(), desk.view().edge.journal), (Stage::Waiting, false));
}

/// Somebody was admitted and the gate has turned.
fn admitted() -> (Desk, Number) {
    let mut desk = Desk::new();
    desk.see(&[&case("hangul-name").text]);
    desk.admit(None);
    desk.tell(Event::Turned);
    let about = desk.view().undo.unwrap().about;
    desk.pass(2_000);
    assert_eq!(desk.stage(), Stage::Waiting);
    (desk, about)
}

#[test]
fn row_04_an_admission_is_taken_back_within_its_time_by_an_officer() {
    let (mut desk, about) = admitted();
    desk.tell(Event::SignedIn(Ok(Signed::officer(9))));
    desk.ask(Command::Undo { about });
    let entry = desk.entries.last().unwrap().clone();
    assert_eq!((entry.decision, entry.officer), (Some(Decision::Undone), Some(9)));
    assert_eq!(entry.permit, desk.entries[0].permit);
    assert_eq!((desk.view().notice, desk.view().undo), (Some(Notice::Undone), None));
    assert_eq!(desk.view().edge.last[0].decision, Some(Decision::Undone));
    assert_eq!(desk.pulses(), 1, "nothing is opened by it");
    let entries = desk.entries.len();
    desk.ask(Command::Undo { about });
    assert_eq!((desk.entries.len(), desk.view().notice), (entries, Some(Notice::NotUndone)));
}

#[test]
fn row_04_what_cannot_be_taken_back() {
    let ways: [Way<Notice>; 5] = [
        (|desk| desk.pass(Settings::default().undo_ms), Notice::NotUndone),
        (|desk| desk.ask(Command::SignOut), Notice::NeedsOfficer),
        (|desk| desk.ask(Command::Assist), Notice::NotUndone),
        (
            |desk| {
                desk.see(&[&case("expired-yesterday").text]);
                desk.turn_back();
            },
            Notice::NotUndone,
        ),
        (|desk| desk.record = Err(RecordFault::Refused), Notice::NotUndone),
    ];
    for (which, (way, notice)) in ways.into_iter().enumerate() {
        let (mut desk, about) = admitted();
        way(&mut desk);
        let none = desk.view().undo.is_none();
        assert_eq!(none, which != 4, "{which}");
        desk.ask(Command::Undo { about });
        assert_eq!(desk.view().notice, Some(notice), "{which}");
        let undone = desk.entries.iter().any(|it| it.decision == Some(Decision::Undone));
        assert!(!undone, "{which}");
    }
    let mut desk = Desk::at(HERE, Settings { undo_ms: 0, ..Settings::default() });
    desk.see(&[&case("hangul-name").text]);
    desk.admit(None);
    assert_eq!(desk.view().undo, None, "where it is set so, never");
}

#[test]
fn row_04_a_gate_that_waits_is_let_go_and_the_next_permit_is_left_alone() {
    let mut desk = Desk::new();
    desk.see(&[&case("hangul-name").text]);
    desk.admit(None);
    let about = desk.view().undo.unwrap().about;
    desk.ask(Command::Undo { about });
    assert!(desk.done.contains(&Action::Release));
    assert_eq!(desk.stage(), Stage::Waiting);
    let (mut desk, about) = admitted();
    desk.see(&[&case("expired-yesterday").text]);
    let stands = desk.about();
    desk.ask(Command::Undo { about });
    assert_eq!((desk.view().notice, desk.about()), (Some(Notice::Undone), stands));
}

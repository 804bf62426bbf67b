//! An officer who walks away: signed out after a while, never in the middle of something.

use super::*;

const HALF_AN_HOUR: u64 = 30 * 60_000;

fn shifts(desk: &Desk) -> Vec<(u16, bool)> {
    let shifts = desk.done.iter().filter_map(|action| match action {
        Action::Shift { officer, on } => Some((*officer, *on)),
        _ => None,
    });
    shifts.collect()
}

#[test]
fn whoever_does_nothing_is_signed_out_once_and_it_is_said_until_somebody_comes() {
    let mut desk = Desk::new();
    desk.pass(HALF_AN_HOUR - 1);
    assert_eq!((desk.view().officer, desk.view().notice), (Some(7), None));
    desk.pass(1);
    assert_eq!((desk.view().officer, shifts(&desk)), (None, vec![(7, false)]), "as any sign-out");
    desk.ask(Command::Language { lang: Language::Ko });
    desk.pass(5 * HALF_AN_HOUR);
    assert_eq!((desk.view().notice, shifts(&desk).len()), (Some(Notice::SignedOut), 1));
    desk.tell(Event::SignedIn(Ok(Signed::officer(9))));
    assert_eq!((desk.view().officer, desk.view().notice), (Some(9), None));
    desk.pass(HALF_AN_HOUR);
    assert_eq!(shifts(&desk), [(7, false), (9, true), (9, false)]);
}

#[test]
fn whatever_somebody_does_counts() {
    let night = Command::Night { on: true };
    let text = case("hangul-name").text.clone();
    let seen = Seen { texts: vec![text.clone()], cut: true, ..Seen::default() };
    for (event, counts) in [
        (Event::Asked(night), true),
        (Event::Pressed(Button::Switch, None), true),
        // Nobody's hand, but a verdict stands.
        (Event::Scanned(text), true),
        (Event::Seen(seen), true),
        (Event::Seen(Seen { hint: Some(Hint::Closer), ..Seen::default() }), false),
        (Event::Camera(CameraState::Good), false),
        (Event::Disk(DiskState::Low), false),
        (Event::Kept(true), false),
        (Event::Tick, false),
    ] {
        let mut desk = Desk::new();
        desk.pass(HALF_AN_HOUR - 60_000);
        desk.tell(event.clone());
        desk.pass(60_000);
        assert_eq!(desk.view().officer.is_some(), counts, "{event:?}");
        desk.pass(HALF_AN_HOUR);
        assert_eq!(desk.view().officer, None, "{event:?}");
    }
}

#[test]
fn nobody_is_signed_out_while_a_permit_is_in_hand() {
    let settings = Settings { idle_ms: Some(60_000), ..Settings::default() };
    for name in ["hangul-name", "expired-yesterday", "unknown-key"] {
        let mut desk = Desk::at(HERE, settings);
        desk.see(&[&case(name).text]);
        desk.pass(settings.unattended_ms - 60_000);
        assert_eq!((desk.stage(), desk.view().officer), (Stage::Verdict, Some(7)), "{name}");
        desk.turn_back();
        desk.pass(settings.unattended_ms - 60_000);
        assert_eq!((desk.stage(), desk.view().officer), (Stage::Decision, Some(7)), "{name}");
        desk.dismiss();
        assert_eq!(desk.view().officer, Some(7), "whoever acts is there");
        desk.pass(60_000);
        assert_eq!(desk.view().officer, None, "{name}");
    }
}

#[test]
fn row_04_whoever_left_is_signed_out_behind_the_verdict_that_is_closed() {
    for name in ["hangul-name", "expired-yesterday", "unknown-key", "plain-text"] {
        let mut desk = Desk::new();
        desk.see(&[&case(name).text]);
        desk.pass(HALF_AN_HOUR);
        assert_eq!((desk.stage(), desk.view().officer), (Stage::Waiting, None), "{name}");
        // The next permit is judged all the same, and nobody decides on it.
        desk.see(&[]);
        desk.pass(10_000);
        desk.see(&[&case("expired-yesterday").text]);
        desk.admit(Some(Grounds::Ordered));
        assert_eq!(desk.view().notice, Some(Notice::NeedsOfficer), "{name}");
    }
}

#[test]
fn row_04_permits_that_come_do_not_keep_an_officer_on_duty_who_left() {
    let mut desk = Desk::new();
    let texts = ["hangul-name", "hanzi-name"].map(|name| case(name).text.clone());
    for minute in 0..31 {
        desk.tell(Event::Scanned(texts[minute % 2].clone()));
        desk.pass(60_000);
    }
    assert_eq!(desk.view().officer, Some(7), "a verdict stands");
    desk.pass(Settings::default().unattended_ms);
    assert_eq!((desk.stage(), desk.view().officer), (Stage::Waiting, None));
}

#[test]
fn help_is_not_cut_short_but_a_terminal_left_at_it_is_nobody_s() {
    let mut desk = Desk::new();
    desk.ask(Command::Assist);
    desk.pass(HALF_AN_HOUR);
    assert_eq!((desk.stage(), desk.view().officer), (Stage::Assisting, None));
}

#[test]
fn never_where_it_is_not_set() {
    let mut desk = Desk::at(HERE, Settings { idle_ms: None, ..Settings::default() });
    desk.pass(1_000 * HALF_AN_HOUR);
    assert_eq!((desk.view().officer, desk.view().notice), (Some(7), None));
}

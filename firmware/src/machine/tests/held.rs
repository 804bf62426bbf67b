//! One permit held is one verdict, and a verdict stays as long as it should.

use super::*;

#[test]
fn held_for_a_minute() {
    let text = &case("hangul-name").text;
    let mut desk = Desk::new();
    for _ in 0..1_800 {
        desk.see(&[text]);
    }
    assert_eq!(desk.verdicts(), [0]);
    assert_eq!(desk.entries.len(), 1);
    assert_eq!(desk.stage(), Stage::Verdict);
}

#[test]
fn a_flicker_is_no_leaving_and_leaving_is() {
    let text = &case("hangul-name").text;
    let settings = Settings::default();
    let mut desk = Desk::new();
    desk.see(&[text]);
    for _ in 0..200 {
        for _ in 0..20 {
            desk.see(&[]);
        }
        desk.see(&[text]);
    }
    assert_eq!(desk.verdicts(), [0]);
    desk.dismiss();
    desk.pass(settings.gone_ms);
    desk.see(&[]);
    desk.see(&[text]);
    assert_eq!(desk.verdicts(), [0, 0]);
}

#[test]
fn shown_again_while_its_verdict_stands() {
    let text = &case("hangul-name").text;
    let settings = Settings::default();
    let mut desk = Desk::new();
    desk.see(&[text]);
    let about = desk.view().serial;
    desk.pass(settings.gone_ms);
    desk.see(&[]);
    desk.see(&[text]);
    desk.tell(Event::Seen(Seen { cut: true, ..Seen::default() }));
    desk.see(&[text]);
    assert_eq!(desk.verdicts(), [0], "the guard's finger may be on its way");
    assert_eq!((desk.stage(), desk.view().serial), (Stage::Verdict, about));
}

#[test]
fn another_permit_follows_a_valid_one_and_no_other() {
    let (good, bad) = (&case("hangul-name").text, &case("expired-yesterday").text);
    let mut desk = Desk::new();
    desk.see(&[good]);
    desk.see(&[bad]);
    assert_eq!(desk.code(), Some(31));
    for _ in 0..100 {
        desk.see(&[good]);
        desk.see(&[&case("hanzi-name").text]);
    }
    assert_eq!(desk.verdicts(), [0, 31], "a red verdict waits for the guard");
}

#[test]
fn a_poster_behind_the_traveller() {
    let (permit, poster) = (&case("hangul-name").text, &b"https://example.org/"[..]);
    let mut desk = Desk::new();
    desk.see(&[poster]);
    assert_eq!(desk.code(), Some(11));
    desk.dismiss();
    desk.see(&[poster]);
    desk.see(&[poster, permit]);
    assert_eq!(desk.code(), Some(0));
    for _ in 0..600 {
        desk.see(&[poster]);
    }
    assert_eq!(desk.verdicts(), [11, 0], "it got its verdict");
}

#[test]
fn played_pictures_without_a_guard() {
    let mut desk = Desk::at(HERE, Settings { attended: false, ..Settings::default() });
    for picture in 0..3 {
        for _ in 0..10 {
            let texts = vec![case("expired-yesterday").text.clone()];
            let picture = Some(picture);
            desk.tell(Event::Seen(Seen { texts, picture, ..Seen::default() }));
            desk.ms += 1;
        }
        desk.tell(Event::Seen(Seen { cut: true, ..Seen::default() }));
        assert_eq!(desk.stage(), Stage::Waiting);
    }
    assert_eq!(desk.verdicts(), [31, 31, 31], "the same permit in three pictures");
    desk.tell(Event::Ended);
    assert_eq!(desk.done.last(), Some(&Action::Finish));
}

#[test]
fn views_say_what_changed_and_nothing_twice() {
    let mut desk = Desk::new();
    desk.see(&[&case("hangul-name").text]);
    for _ in 0..50 {
        desk.tell(Event::Tick);
    }
    let serials: Vec<u64> = desk
        .done
        .iter()
        .filter_map(|action| match action {
            Action::Show(view) => Some(view.serial),
            _ => None,
        })
        .collect();
    assert!(serials.is_sorted_by(|a, b| a < b) && serials.len() <= 3, "{serials:?}");
}

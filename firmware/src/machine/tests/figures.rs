//! What a shift came to, and what the journal has counted.

use super::*;

#[test]
fn row_3_a_hand_over_shows_what_the_shift_came_to() {
    let mut desk = Desk::new();
    assert_eq!(desk.view().over, None, "it goes on");
    for (name, admitted) in [("hangul-name", true), ("expired-yesterday", false)] {
        desk.see(&[&case(name).text]);
        if admitted {
            desk.admit(None);
        } else {
            desk.turn_back();
        }
        desk.tell(Event::Turned);
        desk.dismiss();
        desk.pass(20_000);
    }
    desk.ask(Command::SignOut);
    let over = desk.view().over.expect("it is over");
    assert_eq!(over.officer, 7);
    assert_eq!(over.verdicts, BTreeMap::from([(Class::Valid, 1), (Class::Invalid, 1)]));
    let decisions = [(Decision::Admitted, 1), (Decision::TurnedBack, 1)];
    assert_eq!(over.decisions, BTreeMap::from(decisions));
    desk.see(&[&case("revoked-by-serial").text]);
    assert_eq!(desk.view().over, Some(over), "what comes after it is no part of it");
    desk.tell(Event::SignedIn(Ok(Signed::officer(8))));
    assert_eq!(desk.view().over, None);
    desk.ask(Command::SignOut);
    assert!(desk.view().over.is_some_and(|it| it.officer == 8 && it.verdicts.is_empty()));
}

#[test]
fn row_3_what_the_journal_counted_is_shown() {
    let mut desk = Desk::new();
    let verdicts = BTreeMap::from([(0, 5), (31, 2)]);
    let figures = Arc::new(Figures { verdicts, decisions: BTreeMap::new(), away: 3 });
    desk.tell(Event::Counted(Arc::clone(&figures)));
    assert_eq!(desk.view().figures, figures);
}

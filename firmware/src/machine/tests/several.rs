//! One permit at a time: what lies beside it, and what lay there before.

use super::*;

/// A frame with these symbols, each as old as that; what has no text was not read.
fn see(desk: &mut Desk, symbols: &[(Option<&[u8]>, u64)]) {
    let texts = symbols.iter().filter_map(|(text, _)| text.map(<[u8]>::to_vec)).collect();
    let symbol = |&(text, age): &(Option<&[u8]>, u64)| Symbol { text: text.map(Into::into), age };
    let symbols = symbols.iter().map(symbol).collect();
    desk.tell(Event::Seen(Seen { texts, symbols, ..Seen::default() }));
    desk.ms += 33;
}

fn one() -> &'static [u8] {
    &case("hangul-name").text
}

/// At work for a while.
fn desk() -> Desk {
    let mut desk = Desk::new();
    desk.pass(60_000);
    desk
}

fn several(desk: &Desk) -> bool {
    desk.view().hint == Some(Hint::Several)
}

#[test]
fn row_05_no_verdict_beside_what_was_not_there_before() {
    let (other, poster): (&[u8], &[u8]) = (&case("hanzi-name").text, b"https://example.org/");
    for beside in [None, Some(other), Some(poster), Some(&case("expired-yesterday").text[..])] {
        for (age, before) in [(0, false), (1_500, false), (2_500, true)] {
            let mut desk = desk();
            see(&mut desk, &[(beside, age), (Some(one()), 0)]);
            // Two permits of which none had its verdict: whichever came first, it is not clear whose turn it is.
            let background = before && beside.is_none_or(|text| text == poster);
            if background {
                assert_eq!(desk.code(), Some(0), "{beside:?}");
            } else if !before {
                assert!(several(&desk) && desk.verdicts().is_empty(), "{beside:?}, {age}");
                assert!(desk.entries.is_empty() && !desk.green(), "{beside:?}, {age}");
            }
        }
    }
}

#[test]
fn row_05_r12_no_verdict_where_not_all_was_looked_at() {
    let mut desk = desk();
    let symbols = vec![Symbol { text: Some(one().into()), age: 0 }];
    for _ in 0..30 {
        let (texts, symbols) = (vec![one().into()], symbols.clone());
        desk.tell(Event::Seen(Seen { texts, symbols, crowded: true, ..Seen::default() }));
        desk.ms += 33;
    }
    assert!(several(&desk) && desk.verdicts().is_empty() && !desk.green());
}

#[test]
fn row_05_nine_in_view_are_nobodys() {
    let names = CASES.iter().filter(|case| case.code == 0 && case.presence.is_none());
    let texts: Vec<&[u8]> = names.take(9).map(|case| &case.text[..]).collect();
    let mut desk = desk();
    for frame in 0..600_usize {
        // Now this one is read and now that, the others are only seen.
        let symbols: Vec<_> = (0..texts.len())
            .map(|at| (((at + frame) % 4 == 0).then_some(texts[at]), 33 * frame as u64))
            .collect();
        see(&mut desk, &symbols);
    }
    assert!(several(&desk) && desk.verdicts().is_empty() && !desk.green());
}

#[test]
fn row_05_what_lay_there_before_or_was_dealt_with_blocks_no_lane() {
    let poster = &b"https://example.org/"[..];
    let mut desk = desk();
    see(&mut desk, &[(Some(poster), 0), (None, 0)]);
    assert!(several(&desk), "it came with something");
    desk.pass(5_000);
    see(&mut desk, &[(Some(poster), 5_000), (None, 9_000)]);
    assert_eq!(desk.code(), Some(11));
    desk.dismiss();
    see(&mut desk, &[(Some(poster), 6_000), (None, 9_000), (Some(one()), 0)]);
    assert_eq!(desk.code(), Some(0));
    desk.admit(None);
    desk.tell(Event::Turned);
    desk.pass(1_000);
    // The card that went through still lies there.
    let next = &case("expired-yesterday").text[..];
    see(&mut desk, &[(None, 12_000), (Some(one()), 1_500), (Some(next), 0)]);
    assert_eq!(desk.code(), Some(31));
}

#[test]
fn row_05_green_is_taken_back_when_a_second_one_comes() {
    for beside in [None, Some(&case("hanzi-name").text[..])] {
        let mut desk = desk();
        see(&mut desk, &[(Some(one()), 0)]);
        let about = desk.about().unwrap();
        see(&mut desk, &[(Some(one()), 33), (beside, 0)]);
        assert!(several(&desk) && desk.stage() == Stage::Looking, "{beside:?}");
        desk.ask(Command::Admit { about, grounds: None });
        assert_eq!(desk.pulses(), 0);
        let last = desk.entries.last().unwrap();
        assert_eq!(last.decision, Some(Decision::NotDecided), "{beside:?}");
        // One blinks: not yet.
        see(&mut desk, &[(Some(one()), 66)]);
        assert_eq!(desk.verdicts(), [0]);
        desk.pass(1_000);
        see(&mut desk, &[(Some(one()), 1_100)]);
        assert_eq!((desk.verdicts(), desk.stage()), (vec![0, 0], Stage::Verdict));
        desk.admit(None);
        assert_eq!(desk.pulses(), 1);
    }
}

#[test]
fn row_05_nobody_is_let_through_on_any_other_verdict_until_one_is_left() {
    for (name, grounds) in [("unknown-key", None), ("expired-yesterday", Some(Grounds::Ordered))] {
        let text = &case(name).text[..];
        let mut desk = desk();
        see(&mut desk, &[(Some(text), 0)]);
        see(&mut desk, &[(Some(text), 33), (None, 0)]);
        assert!(several(&desk) && desk.stage() == Stage::Verdict, "{name}: it waits for the guard");
        desk.admit(grounds);
        assert_eq!((desk.view().notice, desk.pulses()), (Some(Notice::OneAtATime), 0), "{name}");
        desk.pass(1_000);
        see(&mut desk, &[(Some(text), 1_100)]);
        assert!(!several(&desk), "{name}");
        desk.admit(grounds);
        assert_eq!(desk.pulses(), 1, "{name}");
    }
    // A hand scanner's permit is whose the guard says.
    let mut desk = desk();
    desk.tell(Event::Scanned(one().to_vec()));
    see(&mut desk, &[(None, 0)]);
    desk.admit(None);
    assert_eq!(desk.pulses(), 1);
}

//! Every code of the verdicts page, on the screen, the lamps and the record.

use std::collections::BTreeSet;

use permit_core::{Distrust, TerminalFault};

use super::*;

#[test]
fn every_case_of_the_demonstration() {
    let mut seen = BTreeSet::new();
    for case in CASES.iter() {
        let mut desk = Desk::at(case.checkpoint, Settings::default());
        desk.at = case.at;
        if let Some(presence) = case.presence {
            desk.ledger = Box::new(presence);
        }
        desk.see(&[&case.text]);
        let shown = desk.view().verdict.unwrap_or_else(|| panic!("{}: no verdict", case.name));
        assert_eq!(shown.code, case.code, "{}", case.name);
        seen.insert(shown.code);
        let signal = Signal::from(shown.class);
        assert!(desk.done.contains(&Action::Signal(signal)), "{}", case.name);
        assert_eq!(shown.colour == Colour::Green, case.code == 0, "{}", case.name);
        assert_eq!(shown.colour == Colour::Blue, case.code == 25, "{}", case.name);
        assert_eq!(shown.compare, case.code == 0, "{}", case.name);
        let kept: Vec<Option<u8>> = desk.entries.iter().map(|entry| entry.code).collect();
        let kept_is: &[Option<u8>] = if case.code == 11 { &[] } else { &[Some(case.code)] };
        assert_eq!(kept, kept_is, "{}", case.name);
        let permit = desk.entries.iter().find_map(|entry| entry.permit);
        let verified = shown.judged.judgement.permit.as_ref().map(|permit| permit.id);
        assert_eq!(permit, verified, "only what was verified is kept: {}", case.name);
        if shown.journey == Some(Way::Homeward) {
            assert_ne!(shown.class, Class::Invalid, "nobody is kept from home: {}", case.name);
        }
    }
    let all =
        [0, 11, 20, 21, 22, 23, 24, 25, 30, 31, 32, 33, 34, 40, 41, 42, 43, 50, 51, 52, 53, 60, 61];
    assert!(all.iter().all(|code| seen.contains(code)), "{seen:?}");
}

#[test]
fn guidance_is_no_verdict() {
    let (one, other) = (&case("hangul-name").text, &case("hanzi-name").text);
    let mut desk = Desk::new();
    desk.see(&[one, other]);
    assert_eq!((desk.stage(), desk.view().hint), (Stage::Looking, Some(Hint::Several)));
    assert!(desk.entries.is_empty() && desk.verdicts().is_empty());
    desk.see(&[one]);
    assert_eq!(desk.stage(), Stage::Looking, "it may have blinked");
    desk.pass(Settings::default().linger_ms);
    desk.see(&[one]);
    assert_eq!(desk.code(), Some(0), "one of them was taken away");

    let mut desk = Desk::new();
    let hint = Some(Hint::Closer);
    desk.tell(Event::Seen(Seen { hint, ..Seen::default() }));
    assert_eq!((desk.stage(), desk.view().hint), (Stage::Looking, hint));
    desk.pass(Settings::default().linger_ms);
    assert_eq!((desk.stage(), desk.view().hint), (Stage::Waiting, None));
}

#[test]
fn what_is_seen_for_long_and_not_read_is_typed() {
    let mut desk = Desk::new();
    let frame = |desk: &mut Desk, hint: Option<Hint>, unread: bool| {
        desk.tell(Event::Seen(Seen { hint, unread, ..Seen::default() }));
        desk.pass(500);
        desk.view().hint
    };
    let said: Vec<_> =
        (0..17).map(|n| frame(&mut desk, Some(Hint::Glare).filter(|_| n < 9), n != 5)).collect();
    assert!(said[..9].iter().all(|hint| *hint == Some(Hint::Glare)), "{said:?}");
    assert_eq!(said[16], Some(Hint::TypeNumber), "{said:?}");
    assert_eq!(frame(&mut desk, Some(Hint::Closer), true), Some(Hint::TypeNumber));
    desk.pass(Settings::default().gone_ms);
    assert_eq!(frame(&mut desk, Some(Hint::Closer), true), Some(Hint::Closer), "another one");
    for _ in 0..40 {
        frame(&mut desk, Some(Hint::MoreLight), false);
    }
    assert_eq!(desk.view().hint, Some(Hint::MoreLight), "nothing like a code is in view");
}

#[test]
fn a_typed_number_is_never_green() {
    let mut desk = Desk::new();
    for (name, also) in [("hangul-name", false), ("revoked-by-serial", true)] {
        let number = case(name).permit.as_ref().unwrap().id.to_string();
        desk.ask(Command::Number { number });
        let shown = desk.view().verdict.unwrap();
        assert_eq!((shown.code, shown.class), (12, Class::Refer), "{name}");
        assert_eq!(shown.findings.iter().any(|finding| finding.code == 32), also, "{name}");
        let entry = desk.entries.last().unwrap();
        assert!(entry.typed && entry.permit.is_some());
        desk.dismiss();
    }
    desk.ask(Command::Number { number: "00101-1963-00000001-001-0".into() });
    assert_eq!(desk.view().notice, Some(Notice::NumberMistyped));
    assert_eq!(desk.stage(), Stage::Waiting);
}

#[test]
fn a_hand_scanner_is_as_good_as_the_camera() {
    let mut desk = Desk::new();
    desk.tell(Event::Camera(CameraState::Absent));
    let line = [&case("hangul-name").text[..], b"\r\n"].concat();
    desk.tell(Event::Scanned(line));
    assert_eq!(desk.code(), Some(0));
    desk.tell(Event::Scanned(b"\r\n".to_vec()));
    desk.tell(Event::Scanned(case("expired-yesterday").text.clone()));
    assert_eq!(desk.code(), Some(31), "scanning is the guard's own act");
    desk.tell(Event::Scanned(case("expired-yesterday").text.clone()));
    assert_eq!(desk.verdicts(), [0, 31], "the same again is the same verdict");
}

#[test]
fn a_terminal_that_is_not_whole_is_never_green() {
    let text = &case("hangul-name").text;
    let fault = |event: Event| {
        let mut desk = Desk::new();
        desk.tell(event);
        desk.done.clear();
        desk.tell(Event::Scanned(text.clone()));
        assert!(!desk.green());
        desk.view().verdict.unwrap()
    };
    for state in [DiskState::Full, DiskState::Failing] {
        assert_eq!(fault(Event::Disk(state)).code, 62);
    }
    for state in [
        CameraState::NoFrame,
        CameraState::Frozen,
        CameraState::Black,
        CameraState::White,
        CameraState::Unplugged,
    ] {
        assert_eq!(fault(Event::Camera(state)).code, 62);
    }
    let failed = vec![Part { name: PartName::Pipeline, good: false }];
    assert_eq!(fault(Event::Tested(failed)).code, 62);

    for why in [Distrust::Missing, Distrust::Jumped, Distrust::Stopped, Distrust::BelowFloor] {
        let mut desk = Desk::new();
        desk.distrust = Some(why);
        desk.see(&[text]);
        assert_eq!(desk.code(), Some(60), "{why:?}");
        assert!(!desk.green());
        assert!(desk.entries.iter().all(|entry| entry.at.is_none()), "no time is made up");
    }
}

#[test]
fn the_record_fails_and_comes_back() {
    let text = &case("hangul-name").text;
    for fault in [RecordFault::Full, RecordFault::Failing] {
        let mut desk = Desk::new();
        desk.record = Err(fault);
        desk.see(&[text]);
        assert_eq!(desk.code(), Some(62), "{fault:?}");
        assert!(!desk.green());
        assert!(desk.view().troubles.contains(&Trouble::Journal));
        let faults: Vec<_> = desk
            .done
            .iter()
            .filter_map(|action| match action {
                Action::Judge { fault, .. } => Some(*fault),
                _ => None,
            })
            .collect();
        assert_eq!(faults, [None, Some(TerminalFault::Journal)]);
        desk.dismiss();
        desk.see(&[&case("expired-yesterday").text]);
        assert_eq!(desk.code(), Some(31), "it goes on judging");
        desk.dismiss();

        desk.record = Ok(());
        desk.pass(2_000);
        desk.see(&[&case("hanzi-name").text]);
        assert_eq!(desk.code(), Some(62), "this one was judged while it was broken");
        assert!(desk.view().troubles.is_empty(), "and its entry was kept");
        desk.dismiss();
        desk.pass(2_000);
        desk.see(&[text]);
        assert_eq!(desk.code(), Some(0));
    }
}

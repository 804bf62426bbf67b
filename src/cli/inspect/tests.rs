//! Every case of the demonstration explained: good ones to the end, bad ones up to the byte where they stop.

use permit_core::{Envelope, Flaw, KeyId, NotAnEnvelope, spell};
use permit_signing::demo::{Case, World};
use permit_symbol::{Size, Symbol};
use permit_words::Lang;
use std::fs;

use super::*;

fn cases() -> Vec<Case> {
    World::make().unwrap().cases().unwrap()
}

fn explained(subject: &Subject, lang: Lang) -> Lesson {
    let mut slots = [KeySlot::EMPTY; DEMO_KEYS];
    let trust = demonstration(&mut slots).unwrap();
    let words = Words::new(lang);
    let teacher =
        Teacher { words: &words, places: Places::new(&trust, None), trust: &trust, demo: true };
    let mut lesson = Lesson::default();
    teacher.explain(subject, &mut lesson).unwrap();
    lesson
}

fn scan(text: &[u8]) -> Lesson {
    explained(&Subject::Scan(text.to_vec()), Lang::En)
}

fn case(name: &str) -> Case {
    cases().into_iter().find(|case| case.name == name).unwrap()
}

#[test]
fn a_good_permit_from_the_text_to_the_signature() {
    let lesson = scan(&case("hangul-name").text);
    let text = lesson.text();
    for said in [
        "BP1:",
        "NAMGUNG HANUL",
        "남궁하늘",
        "1931-04-02",
        "1963-09-02",
        "The signature holds with it.",
        "00101-1963-00000001-001",
        "Yanji County",
    ] {
        assert!(text.contains(said), "{said} in {text}");
    }
    assert!(lesson.stops().is_empty());
    assert!(!text.contains("anybody may have written"));
}

#[test]
fn every_case_in_every_language_and_never_a_stop_in_a_good_one() {
    for case in cases() {
        for lang in Lang::ALL {
            let lesson = explained(&Subject::Scan(case.text.clone()), lang);
            assert_eq!(lesson.stops().is_empty(), case.code != 20, "{} {lang}", case.name);
            assert!(
                !lesson.text().contains("inspect-"),
                "{} {lang}: a message is missing",
                case.name
            );
        }
    }
}

#[test]
fn a_forged_signature_is_said_and_the_payload_marked() {
    let text = scan(&case("forged-signature").text).text();
    assert!(text.contains("does not hold with it") && text.contains("anybody may have written"));
    let text = scan(&case("unknown-key").text).text();
    assert!(text.contains("listed has the id") && text.contains("anybody may have written"));
}

#[test]
fn it_stops_where_core_stops() {
    let good = case("hangul-name").text;
    let envelope = Envelope::open(&good).unwrap();
    let payload = envelope.payload().to_vec();
    let mut checked = 0;
    for at in 0..payload.len() {
        let mut bad = payload.clone();
        bad[at] ^= 0x41;
        let text = spell(KeyId([0; 4]), &bad, envelope.signature()).unwrap();
        let fault = match permit_core::Permit::decode(&bad) {
            Err(permit_core::permit::Unreadable::Malformed(fault)) => Some(fault.offset),
            _ => None,
        };
        let stops = scan(text.as_bytes()).stops();
        assert_eq!(stops, fault.map(Some).into_iter().collect::<Vec<_>>(), "byte {at}");
        checked += usize::from(fault.is_some());
    }
    assert!(checked > 20, "{checked} of {} were malformed", payload.len());
}

#[test]
fn broken_base45_by_its_character() {
    for (text, flaw) in
        [("BP1:6bFOXN", Flaw::Character), ("BP1::::", Flaw::Overflow), ("BP1:AAAA", Flaw::Length)]
    {
        let Err(NotAnEnvelope::Malformed(_, fault)) = Envelope::open(text.as_bytes()) else {
            panic!("{text}")
        };
        assert_eq!(fault.flaw, flaw);
        assert_eq!(scan(text.as_bytes()).stops(), [Some(fault.offset)], "{text}");
    }
}

#[test]
fn what_a_terminal_would_obey_is_never_said() {
    for text in ["\u{1b}[2J\u{202e}evil", "BP1:\u{1b}]0;x\u{7}", "https://x/\u{9b}31m"] {
        let said = scan(text.as_bytes()).text();
        assert!(
            !said.contains(|c: char| c != '\n' && (c.is_control() || c == '\u{202e}')),
            "{said:?}"
        );
    }
}

#[test]
fn any_bytes_are_survived() {
    let mut seed = 7_u32;
    let mut next = || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 16).to_le_bytes()[0]
    };
    let good = case("two-crossings").text;
    for round in 0..60 {
        let mut text = good.clone();
        for _ in 0..=round % 4 {
            let at = usize::from(next()) % text.len();
            text[at] = next();
        }
        scan(&text);
        let payload: Vec<u8> = (0..round).map(|_| next()).collect();
        if let Some(text) = spell(KeyId([1; 4]), &payload, &[3; 64]) {
            scan(text.as_bytes());
        }
    }
}

#[test]
fn a_bundle_and_its_documents() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bundle.cbor");
    fs::write(&path, demo::BUNDLE).unwrap();
    let subject = Subject::of(path.as_os_str()).unwrap();
    let text = explained(&subject, Lang::En).text();
    for said in
        ["x-quanhe", "The signature holds with it.", "Fingerprint", "would take it", "speaks_for"]
    {
        assert!(text.contains(said), "{said}");
    }
    assert!(!text.contains("does not hold"));
    fs::write(&path, demo::ROOT).unwrap();
    let text = explained(&Subject::of(path.as_os_str()).unwrap(), Lang::Ko).text();
    let print = bundle::demo().unwrap().0;
    assert!(text.contains(&bundle::hex(&print)), "the fingerprint");
    let spelt = permit_words::fingerprint(&print, Lang::Ko).join(" ");
    assert!(text.contains(&spelt), "and in words");
    // One byte short, one byte changed.
    for bad in [
        &demo::BUNDLE[..demo::BUNDLE.len() - 1],
        &[0x85, 0x76, b'b', b'o', b'r', b'd', b'e', b'r', 0xff][..],
    ] {
        fs::write(&path, bad).unwrap();
        assert_eq!(explained(&Subject::of(path.as_os_str()).unwrap(), Lang::En).stops().len(), 1);
    }
}

#[test]
fn the_expanded_form_is_a_permit_again() {
    let case = case("hanzi-name");
    let envelope = Envelope::open(&case.text).unwrap();
    let mut cose = [0; 1200];
    let length = envelope.expand(&mut cose).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("permit.cbor");
    fs::write(&path, &cose[..length]).unwrap();
    let text = explained(&Subject::of(path.as_os_str()).unwrap(), Lang::En).text();
    assert!(text.contains("欧阳文秀") && text.contains("The signature holds with it."));
}

#[test]
fn a_picture_and_what_its_code_says() {
    let case = case("hangul-name");
    let symbol = Symbol::new(core::str::from_utf8(&case.text).unwrap()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("card.png");
    fs::write(&path, symbol.png(&Size::default()).unwrap()).unwrap();
    let lesson = explained(&Subject::of(path.as_os_str()).unwrap(), Lang::En);
    let text = lesson.text();
    for said in [
        "One code was read.",
        &format!("Version {}", symbol.version()),
        "Wear grade A",
        "NAMGUNG HANUL",
    ] {
        assert!(text.contains(said), "{said} in {text}");
    }
}

#[test]
fn a_number_as_it_is_typed() {
    let said = |typed: &str| explained(&Subject::Number(typed.into()), Lang::En).text();
    assert!(said("33000-1963-42-1-P").contains("it fits"));
    assert!(said("33000-1963-42-1-Q").contains("it would be P"));
    assert!(said("33000-1963-4x-1-P").contains("character that no permit number has"));
}

#[test]
fn a_subject_is_told_from_its_name() {
    let of = |what: &str| Subject::of(OsStr::new(what));
    assert!(matches!(of("BP1:ABC"), Ok(Subject::Scan(_))));
    assert!(matches!(of("https://example.org/a.png"), Ok(Subject::Scan(_))));
    assert!(matches!(of("00101-1963-1-1-X"), Ok(Subject::Number(_))));
    assert_eq!(of("no/such.png").unwrap_err().exit(), Exit::Unreadable);
    assert_eq!(of(".").unwrap_err().exit(), Exit::Unreadable);
}

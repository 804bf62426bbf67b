//! Every reason, in every language.

use std::collections::BTreeSet;

use permit_core::{Checkpoint, Direction, KeyId, Passage, Side};

use super::*;
use crate::Lang;

fn day(number: i32) -> Day {
    Day::new(number).unwrap()
}

/// One of each reason and of each shape of its evidence.
fn samples() -> Vec<Reason> {
    let (key, at) = (KeyId([0xab, 0xcd, 0, 1]), UnixTime(-199_000_000));
    let (from, through, today) = (day(23_262), day(23_292), day(23_300));
    let last = Passage {
        checkpoint: Checkpoint { crossing: 3, side: Side::A, direction: Direction::Exit },
        at,
    };
    let entitled = |why| Reason::NotEntitled { station: 7, why };
    let untrusted = |clock, why| Reason::ClockNotTrusted { clock, floor: at, why };
    let malformed = |layer| Reason::Malformed { layer, offset: 17, flaw: Flaw::Duplicate };
    let mut all = shapes();
    all.extend([
        Reason::NumberTyped,
        malformed(Layer::Text),
        malformed(Layer::Base45),
        malformed(Layer::Envelope),
        malformed(Layer::Payload),
        Reason::Newer(Newer::Version(2)),
        Reason::Newer(Newer::Option(-3)),
        Reason::UnknownKey { key, lists: Some(at) },
        Reason::UnknownKey { key, lists: None },
        Reason::BadSignature { key },
        entitled(Entitlement::Station { named: 8 }),
        entitled(Entitlement::Region { region: 4 }),
        entitled(Entitlement::Window { from, through, issued: today }),
        entitled(Entitlement::Validity { days: 400, longest: 31 }),
        entitled(Entitlement::Suspended { since: from }),
        entitled(Entitlement::Demo),
        entitled(Entitlement::Stolen { since: from }),
        Reason::Specimen,
        Reason::NotYetValid { from: today, today: from },
        Reason::Expired { through, today },
        Reason::Replaced { copy: 1, good: 2, since: from },
        Reason::NotIssued { speaks_for: through, issued: from },
        Reason::RegionOutside { region: 12, zone: 1 },
        Reason::OtherZone { permit: 2, here: 1 },
        Reason::OtherCrossing { names: [1, 2].into_iter().collect(), here: 3 },
        Reason::EntriesUsed { used: 2, allowed: 2 },
        Reason::AlreadyThere { last: None },
        Reason::AlreadyThere { last: Some(last) },
        Reason::StayExceeded { days: 9, allowed: 7 },
        Reason::SeenElsewhere { last },
        untrusted(None, Distrust::Missing),
        untrusted(Some(at), Distrust::BelowFloor),
        untrusted(Some(at), Distrust::Jumped),
        untrusted(Some(at), Distrust::ByHand),
        Reason::ListsTooOld { document: Document::Stations(Side::A), issued: at, expired: at },
    ]);
    all
}

/// Those of codes 32, 43 and 62.
fn shapes() -> Vec<Reason> {
    let (from, through, at) = (day(23_262), day(23_292), UnixTime(-199_000_000));
    let revoked = |how, since| Reason::Revoked { how, since, listed: at };
    let mut all = Vec::new();
    for how in [Revocation::Serial, Revocation::Range, Revocation::Lost] {
        all.extend([revoked(how, None), revoked(how, Some(from))]);
    }
    let shut = [
        Shut::Closed { since: from },
        Shut::Suspended { since: from, until: None },
        Shut::Suspended { since: from, until: Some(through) },
        Shut::NotOpen { until: None },
        Shut::NotOpen { until: Some(through) },
        Shut::Hours { opens: None },
        Shut::Hours { opens: Some(390) },
        Shut::Region { region: 5 },
    ];
    all.extend(shut.map(Reason::CrossingShut));
    let faults = [
        TerminalFault::Journal,
        TerminalFault::Disk,
        TerminalFault::Camera,
        TerminalFault::SelfTest,
        TerminalFault::Lost,
    ];
    all.extend(faults.map(Reason::TerminalFault));
    all
}

#[test]
fn every_reason_is_said_with_its_evidence() {
    for lang in Lang::ALL {
        let words = Words::new(lang);
        for reason in samples() {
            let (variant, values) = evidence(&reason, &Places::unknown(), &words);
            let id = format!("verdict-{}.{variant}", reason.code());
            let (text, errors) =
                words.checked(&id, &values).unwrap_or_else(|| panic!("{lang} has no {id}"));
            assert_eq!(errors, 0, "{lang} {id}: {text}");
            for (name, value) in &values {
                let Value::Text(value) = value else { continue };
                assert!(
                    text.contains(value.as_ref()),
                    "{lang} {id}: {name} is not shown in {text}"
                );
            }
            let said = sentence(&reason, None, &Places::unknown(), &words);
            assert_eq!(said.reason, text);
            assert!(
                !said.title.starts_with("verdict-") && !said.next.starts_with("verdict-"),
                "{lang}: {said:?}"
            );
            let room = if lang == Lang::En { 32 } else { 20 };
            assert!(said.title.chars().count() <= room, "{lang}: a title is short: {}", said.title);
        }
    }
}

#[test]
fn what_is_said_inside_a_sentence_shows_no_marks() {
    for lang in Lang::ALL {
        let words = Words::isolated(lang);
        for reason in samples() {
            let said = sentence(&reason, None, &Places::unknown(), &words).reason;
            assert!(!said.contains('\\'), "{lang}: {said}");
            let marks = |mark| said.matches(mark).count();
            assert_eq!(marks('\u{2068}'), marks('\u{2069}'), "{lang}: {said}");
        }
    }
}

#[test]
fn every_wording_of_a_reason_is_reached() {
    let words = Words::new(Lang::En);
    let mut said: BTreeSet<String> = samples()
        .iter()
        .map(|r| format!("verdict-{}.{}", r.code(), evidence(r, &Places::unknown(), &words).0))
        .collect();
    for reached_elsewhere in ["verdict-0.reason", "verdict-24.reason-other"] {
        said.insert(reached_elsewhere.to_owned());
    }
    for (_, text) in Lang::En.rooms() {
        let mut id = "";
        for line in text.lines() {
            if let Some((name, _)) =
                line.split_once(" =").filter(|(name, _)| !name.starts_with(' '))
            {
                id = name;
            }
            let attribute = line
                .trim_start()
                .strip_prefix('.')
                .and_then(|line| line.split_once(" ="))
                .map(|(name, _)| name);
            let Some(attribute) = attribute.filter(|name| name.starts_with("reason")) else {
                continue;
            };
            let own = matches!(id, "verdict-10" | "verdict-11");
            assert!(
                own || said.contains(&format!("{id}.{attribute}")),
                "nothing says {id}.{attribute}"
            );
        }
    }
}

#[test]
fn row_20_every_reason_weighs_what_the_format_says() {
    use permit_core::Effect::{Invalid, Refer};
    // FORMAT.md §11, "Weights", word by word.
    let refer = [12, 21, 22, 34, 51, 52, 53, 60, 61, 62];
    let refer_homeward = [24, 30, 31, 32, 33, 40, 41, 42, 43];
    let stays_invalid = [20, 23, 25, 50];
    let mut asked = BTreeSet::new();
    for reason in samples() {
        let code = reason.code();
        let away = if refer.contains(&code) { Refer } else { Invalid };
        let home = if refer_homeward.contains(&code) { Refer } else { away };
        assert_eq!(reason.effect(None), away, "{reason:?}");
        assert_eq!(reason.effect(Some(Journey::Outward)), away, "{reason:?}");
        assert_eq!(reason.effect(Some(Journey::Homeward)), home, "{reason:?}");
        asked.insert(code);
    }
    let all = refer.into_iter().chain(refer_homeward).chain(stays_invalid);
    assert_eq!(asked, all.collect());
}

#[test]
fn nobody_is_kept_from_going_home() {
    for lang in Lang::ALL {
        let words = Words::new(lang);
        let home = words.get("verdict-home");
        for reason in samples() {
            let next = |journey| sentence(&reason, journey, &Places::unknown(), &words).next;
            let homeward = next(Some(Journey::Homeward));
            let free = matches!(reason.code(), 24 | 30..=33 | 40..=43);
            assert_eq!(homeward == home, free, "{lang} {reason:?}: {homeward}");
            assert_ne!(next(Some(Journey::Outward)), home, "{lang} {reason:?}");
        }
    }
    let words = Words::new(Lang::En);
    let key = KeyId([0; 4]);
    let bad = sentence(
        &Reason::BadSignature { key },
        Some(Journey::Homeward),
        &Places::unknown(),
        &words,
    );
    assert_eq!(bad.next, "Establish who the person is. Do not hold.");
}

#[test]
fn the_eye_can_check() {
    let words = Words::new(Lang::En);
    let say = |reason| sentence(&reason, Some(Journey::Outward), &Places::unknown(), &words);
    let expired = say(Reason::Expired {
        through: Day::from_civil(1963, 10, 9).unwrap(),
        today: Day::from_civil(1963, 10, 10).unwrap(),
    });
    assert_eq!(expired.title, "Expired");
    assert_eq!(expired.reason, "Was good through 1963-10-09. Today is 1963-10-10.");
    assert_eq!(
        say(Reason::CrossingShut(Shut::Hours { opens: Some(390) })).reason,
        "Outside opening hours; opens at 06:30."
    );
    let layer = say(Reason::Malformed { layer: Layer::Payload, offset: 5, flaw: Flaw::Unsorted });
    assert_eq!(
        layer.reason,
        "Not in the form of a permit: byte 5 of the signed data (entries not in order)."
    );
    let clock = say(Reason::ClockNotTrusted {
        clock: Some(UnixTime(0)),
        floor: UnixTime(60),
        why: Distrust::BelowFloor,
    });
    assert_eq!(
        clock.reason,
        "The clock shows 1970-01-01 00:00 UTC; it must be later than 1970-01-01 00:01 UTC."
    );
}

#[test]
fn lights_differ_in_shape_word_and_colour() {
    let words = Words::new(Lang::Ko);
    let lights = [Light::Green, Light::Amber, Light::Red, Light::Grey];
    let distinct = |say: &dyn Fn(Light) -> String| {
        lights.iter().map(|light| say(*light)).collect::<BTreeSet<_>>().len() == lights.len()
    };
    assert!(distinct(&|light| light.shape().to_string()));
    assert!(distinct(&|light| light.heading(&words)));
    assert!(distinct(&|light| light.colour(&words)));
    assert_eq!(Light::of(&Verdict::Invalid(Reason::Specimen)), Light::Blue);
    assert_ne!(Light::of(&Verdict::Refer(Reason::Specimen)), Light::Green);
}

#[test]
fn what_is_not_a_permit_is_named() {
    let kinds = [
        Foreign::HealthCertificate,
        Foreign::SmartHealthCard,
        Foreign::Seal,
        Foreign::Claim169,
        Foreign::Ticket,
        Foreign::TravelDocument,
        Foreign::Link,
        Foreign::Record,
        Foreign::Text,
        Foreign::Binary,
        Foreign::Empty,
    ];
    let wants =
        [Guidance::Nothing, Guidance::Dark, Guidance::Blurred, Guidance::Far, Guidance::Several];
    for lang in Lang::ALL {
        let words = Words::new(lang);
        let named: BTreeSet<String> =
            kinds.iter().map(|kind| foreign(*kind, &words).reason).collect();
        assert_eq!(named.len(), kinds.len(), "{lang}");
        let guided: BTreeSet<String> =
            wants.iter().map(|why| guidance(*why, &words).next).collect();
        assert_eq!(guided.len(), wants.len(), "{lang}");
    }
}

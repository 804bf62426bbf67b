//! Lamps alone and tones alone tell the signals apart.

use super::*;

/// What somebody sees who knows neither colour nor place of a lamp: how long something burns, how long nothing does.
fn rhythm(signal: Signal) -> Vec<(bool, u64)> {
    let line = signal.timeline();
    let mut seen: Vec<(bool, u64)> = Vec::new();
    let mut at = 0;
    while at < 24_000 {
        let end = line.next_change(at).unwrap_or(24_000).min(24_000);
        let lit = line.lamps_at(at) != Lamps::DARK;
        match seen.last_mut() {
            Some((before, ms)) if *before == lit => *ms += end - at,
            _ => seen.push((lit, end - at)),
        }
        at = end;
    }
    seen
}

/// The class, from nothing but how the lamps blink; the reader of this function has no other knowledge.
fn read_rhythm(seen: &[(bool, u64)]) -> Option<Class> {
    let lit = |most: u64, least: u64| {
        seen.iter().filter(|(on, _)| *on).all(|(_, ms)| (least..=most).contains(ms))
    };
    let flashes = seen.iter().filter(|(on, _)| *on).count();
    match flashes {
        1 if lit(u64::MAX, 24_000) => Some(Class::Valid),
        60.. if lit(150, 100) => Some(Class::Invalid),
        12..=20 if lit(700, 500) => Some(Class::Refer),
        21..=30 if lit(100, 60) => Some(Class::NotAPermit),
        _ => None,
    }
}

const CLASSES: [Class; 4] = [Class::Valid, Class::Refer, Class::Invalid, Class::NotAPermit];

#[test]
fn lamps_alone_without_colour() {
    for class in CLASSES {
        assert_eq!(read_rhythm(&rhythm(class.into())), Some(class), "{class:?}");
    }
    for signal in [Signal::Waiting, Signal::Busy, Signal::Go, Signal::Fault, Signal::Blank] {
        assert_eq!(read_rhythm(&rhythm(signal)), None, "{signal:?} looks like a verdict");
    }
}

#[test]
fn no_two_signals_look_the_same() {
    for (index, one) in Signal::ALL.into_iter().enumerate() {
        for other in &Signal::ALL[index + 1..] {
            assert_ne!(one.timeline().lamps, other.timeline().lamps, "{one:?} {other:?}");
        }
    }
}

#[test]
fn tones_alone() {
    let tones = |class: Class| -> Vec<u16> {
        let line = Signal::from(class).timeline();
        let mut heard = Vec::new();
        let mut before = None;
        for at in 0..3_000 {
            let pitch = line.pitch_at(at);
            if pitch != before {
                heard.extend(pitch);
            }
            before = pitch;
        }
        heard
    };
    assert!(matches!(tones(Class::Valid)[..], [low, high] if high > low), "two rising");
    assert!(matches!(tones(Class::Refer)[..], [one, two] if one == two), "two equal");
    assert!(matches!(tones(Class::Invalid)[..], [low] if low < 400), "one low");
    assert!(matches!(tones(Class::NotAPermit)[..], [tick] if tick > 1_000), "one tick");
    assert!(tones(Class::Invalid)[0] < tones(Class::Valid)[0]);
}

#[test]
fn only_valid_and_go_are_green_for_long() {
    for signal in Signal::ALL {
        let line = signal.timeline();
        let longest = line.lamps.iter().filter(|(_, lamps)| lamps.green).map(|(ms, _)| *ms).max();
        let green = matches!(signal, Signal::Valid | Signal::Go);
        assert_eq!(longest.is_some_and(|ms| ms > 300), green, "{signal:?}");
    }
}

#[test]
fn changes_are_foretold() {
    for signal in Signal::ALL {
        let line = signal.timeline();
        let mut at = 0;
        for _ in 0..20 {
            let Some(next) = line.next_change(at) else { break };
            assert!(next > at, "{signal:?}");
            for between in at..next {
                assert_eq!(line.lamps_at(between), line.lamps_at(at), "{signal:?} {between}");
                assert_eq!(line.pitch_at(between), line.pitch_at(at), "{signal:?} {between}");
            }
            at = next;
        }
    }
}

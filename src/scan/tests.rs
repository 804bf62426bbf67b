//! What scanners do to a permit's text, and what is said of it.

use std::process::Command;

use permit_core::{KeyId, base45_encode, spell};

use super::*;
use crate::layouts::{Keyboard, LAYOUTS, US};

/// A permit's text with every character of the alphabet.
fn permit() -> String {
    let mut bytes: Vec<u8> =
        (0..174_u64).map(|n| n.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes()[2]).collect();
    // The payload is one byte string.
    bytes[..2].copy_from_slice(&[0x58, 108]);
    let text = spell(KeyId([1, 2, 3, 4]), &bytes[..110], bytes[110..].try_into().unwrap());
    let text = text.unwrap().to_string();
    assert!(TEST[4..].chars().all(|c| text.contains(c)), "{text}");
    text
}

fn text(text: &str) -> Option<Scan> {
    Some(Scan::Text(text.as_bytes().to_vec()))
}

/// Everything that comes out of a stream that ends.
fn all(bytes: &[u8]) -> Vec<Scan> {
    let mut cutter = Cutter::default();
    let mut scans: Vec<Scan> = bytes.iter().filter_map(|byte| cutter.take(*byte)).collect();
    scans.extend(cutter.end());
    scans
}

#[test]
fn row_19_what_is_put_around_a_text_is_dropped() {
    let permit = permit();
    for control in (0..=0x1f).chain([0x7f]) {
        let control = char::from(control);
        for framed in [
            format!("{permit}{control}"),
            format!("{control}{permit}"),
            format!("{control}{permit}{control}"),
            format!("\x02{permit}\x03{control}"),
            format!("{control}]Q1{permit}{control}\r\n"),
        ] {
            assert_eq!(read(framed.as_bytes()), text(&permit), "{control:?}");
            assert_eq!(all(framed.as_bytes()), [Scan::Text(permit.clone().into())], "{control:?}");
        }
    }
    for (before, after) in [
        ("\u{feff}", ""),
        (" ", " "),
        ("   ", "   "),
        ("\u{feff} ", "  "),
        ("]Q1", ""),
        ("]Q3", " "),
        ("Q", ""),
        ("P0Q", ""),
        ("\u{3000}", "\u{3000}"),
        ("\u{a0}", ""),
    ] {
        assert_eq!(read(format!("{before}{permit}{after}").as_bytes()), text(&permit), "{before}");
    }
}

#[test]
fn row_19_wide_characters_are_narrowed() {
    let permit = permit();
    let full = |c: char| match c {
        ' ' => '\u{3000}',
        c => char::from_u32(u32::from(c) + 0xfee0).unwrap(),
    };
    assert_eq!(read(permit.chars().map(full).collect::<String>().as_bytes()), text(&permit));
    let mixed = format!("BP1\u{ff1a}{}", &permit[4..]);
    assert_eq!(read(mixed.as_bytes()), text(&permit));
    let little: Vec<u8> = permit.bytes().flat_map(|byte| [byte, 0]).collect();
    let big: Vec<u8> = permit.bytes().flat_map(|byte| [0, byte]).collect();
    for (mark, body, end) in [
        (&b""[..], &little, &b"\r\0"[..]),
        (b"", &big, b"\0\r"),
        (b"\xff\xfe", &little, b"\r\0\n\0"),
        (b"\xfe\xff", &big, b"\0\r\0\n"),
    ] {
        let scan = [mark, body, end].concat();
        let twice = [&scan[..], &scan].concat();
        assert_eq!(all(&twice), vec![Scan::Text(permit.clone().into()); 2], "{mark:?} {end:?}");
    }
}

/// No text is trimmed of what belongs to it.
#[test]
fn row_19_texts_stay_exact() {
    let mut state = 1_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        state.to_be_bytes()[3]
    };
    for length in 1..400 {
        let bytes: Vec<u8> = (0..length).map(|_| next()).collect();
        let mut spelled = heapless_text();
        base45_encode(&bytes, &mut spelled).unwrap();
        assert!(!spelled.ends_with(' '));
        for prefix in ["BP1:", "BL1:", "BP2:", "BP1963:"] {
            let whole = format!("{prefix}{spelled}");
            assert_eq!(read(whole.as_bytes()), text(&whole));
        }
    }
    for foreign in [
        "HC1:6BF",
        "https://example.org/?q=BP1:ABC",
        "BEGIN:VCARD",
        "1",
        "a",
        "]",
        "BP:",
        "BP1",
        "bp1",
        "Bonjour: 1",
        "\u{feff}x",
        "中文",
        "P<UTO<<",
        "BP1:HELLO!",
        "BP1:abc",
        "BP1:A B ",
    ] {
        let kept = foreign.trim_end_matches(' ');
        assert_eq!(read(foreign.as_bytes()), text(kept), "{foreign}");
    }
    assert_eq!(read(b"\xdc\x03\x80\xff"), Some(Scan::Text(b"\xdc\x03\x80\xff".to_vec())));
    for nothing in ["", " ", "\r\n", "\0\0\0", "\x02 \x03"] {
        assert_eq!(read(nothing.as_bytes()), None, "{nothing:?}");
    }
}

fn heapless_text() -> permit_core::Text {
    permit_core::Text::new()
}

/// A text as keys of one keyboard, heard as another's; what has no key is swallowed.
fn typed(
    text: &str,
    pressed: &Keyboard,
    read: &Keyboard,
    shift: impl Fn(usize) -> usize,
) -> String {
    let one = |c: char| {
        if c == ' ' {
            return Some(' ');
        }
        let at = |level: &&str| level.chars().position(|on| on == c);
        let level = pressed.levels.iter().position(|level| at(level).is_some())?;
        let key = at(&pressed.levels[level])?;
        read.levels[shift(level.min(1))].chars().nth(key).filter(|c| *c != '∅')
    };
    text.chars().filter_map(one).collect()
}

#[test]
fn row_19_caps_lock_is_named() {
    let permit = permit();
    let case = Some(Scan::Device(Fault::Case));
    assert_eq!(read(permit.to_lowercase().as_bytes()), case);
    assert_eq!(read(format!("]q1{}", permit.to_lowercase()).as_bytes()), case);
    // Shift the wrong way round, as a lock of some keyboards does it.
    assert_eq!(read(typed(&permit, &US, &US, |level| 1 - level).as_bytes()), case);
    let azerty = typed(&permit, &LAYOUTS[1], &LAYOUTS[1], |level| 1 - level);
    let named = read(azerty.as_bytes());
    assert!(matches!(named, Some(Scan::Device(Fault::Case | Fault::Layout))), "{azerty}");
    assert_eq!(read(TEST.to_lowercase().as_bytes()), Some(Scan::Test(Some(Fault::Case))));
}

#[test]
fn row_19_other_keyboards_are_named() {
    let permit = permit();
    for (number, other) in LAYOUTS.iter().enumerate() {
        for (pressed, heard) in [(&US, other), (other, &US)] {
            for (ours, named) in [
                (&permit[..], Scan::Device(Fault::Layout)),
                (TEST, Scan::Test(Some(Fault::Layout))),
            ] {
                let said = typed(ours, pressed, heard, |level| level);
                // No scanner has an input method, and none is set to a keyboard without Latin letters.
                let none =
                    number >= 26 && core::ptr::eq(pressed, other) || pressed.key('P').is_none();
                if said == ours || none {
                    continue;
                }
                assert_eq!(read(said.as_bytes()), Some(named.clone()), "{number}: {said}");
                let caps = typed(ours, pressed, heard, |level| 1 - level);
                assert!(
                    matches!(
                        read(caps.as_bytes()),
                        Some(
                            Scan::Device(Fault::Layout | Fault::Case)
                                | Scan::Test(Some(Fault::Layout | Fault::Case))
                        )
                    ),
                    "{number}: {caps}"
                );
            }
        }
    }
}

/// What an input method composes of `BP1:` and some more.
#[test]
fn row_19_input_methods_are_named() {
    for said in ["ㅠㅖ1:6뗘ㅗ", "ㅠㅔ1;ㅁㅠㅊ", "BP1:A6。B、C"] {
        assert_eq!(read(said.as_bytes()), Some(Scan::Device(Fault::Layout)), "{said}");
    }
}

#[test]
fn row_19_a_line_that_is_set_otherwise_is_named() {
    let even: Vec<u8> = permit()
        .bytes()
        .map(|byte| byte | if byte.count_ones() % 2 == 1 { 0x80 } else { 0 })
        .collect();
    assert_eq!(read(&even), Some(Scan::Device(Fault::Line)));
    let dated = format!("2026-11-30 22:10 {}", permit());
    assert_eq!(read(dated.as_bytes()), Some(Scan::Device(Fault::Before)));
}

#[test]
fn row_19_the_code_of_the_sheet_tells_how_a_scanner_is_set() {
    for (given, fault) in [
        (TEST.to_owned(), None),
        (format!("\x02{TEST}\x03"), None),
        (format!("]Q1{TEST}"), Some(Fault::Before)),
        (format!(" {TEST}"), Some(Fault::Before)),
        (format!("{TEST} "), Some(Fault::After)),
        (format!("{TEST}X"), Some(Fault::After)),
        (TEST.replace(':', "\u{ff1a}"), Some(Fault::Wide)),
        (TEST.replace("ABC", ""), Some(Fault::Torn)),
    ] {
        assert_eq!(read(given.as_bytes()), Some(Scan::Test(fault)), "{given:?}");
    }
    let mut cutter = Cutter::default();
    assert!(TEST.bytes().all(|byte| cutter.take(byte).is_none()) && cutter.is_open());
    assert_eq!(cutter.silence(), Some(Scan::Test(Some(Fault::Endless))));
}

#[test]
fn row_19_scans_without_an_end_end_in_silence() {
    let permit = permit();
    let mut cutter = Cutter::default();
    let mut say = |text: &str| {
        assert!(text.bytes().all(|byte| cutter.take(byte).is_none()));
        cutter.silence()
    };
    assert_eq!(say(&permit), text(&permit));
    assert_eq!(say(&permit[..permit.len() - 40]), Some(Scan::Device(Fault::Torn)));
    assert_eq!(say(&permit[..40]), Some(Scan::Device(Fault::Torn)));
    assert_eq!(say("HC1:6BF"), text("HC1:6BF"));
    assert_eq!(say(""), None);
}

#[test]
fn row_16_an_endless_line_is_told_once_and_forgotten() {
    let permit = permit();
    let mut bytes = vec![b'x'; 60_000];
    bytes.extend(b"\n");
    bytes.extend(permit.bytes());
    assert_eq!(all(&bytes), [Scan::Device(Fault::Endless), Scan::Text(permit.into())]);
    let mut cutter = Cutter::default();
    for byte in b"BP1:" {
        cutter.take(*byte);
    }
    cutter.lose();
    assert_eq!(
        b"REST\rNEXT\r".iter().filter_map(|byte| cutter.take(*byte)).collect::<Vec<_>>(),
        [Scan::Text(b"NEXT".to_vec())]
    );
}

/// The tables are those of xkeyboard-config, where its tools are installed.
#[test]
fn row_19_keyboards_are_those_of_xkb() {
    let names = [
        "de", "fr", "be", "ch", "ca", "es", "latam", "it", "pt", "br", "se", "dk", "no", "nl",
        "cz", "sk", "hu", "tr", "ru", "ua", "bg", "kz", "mn", "gr", "il", "jp",
    ];
    assert_eq!(LAYOUTS.len(), names.len() + 2);
    for board in LAYOUTS.iter().chain([&US]) {
        assert!(board.levels.iter().all(|level| level.chars().count() == 49));
    }
    let compiled = |name: &str| {
        let out =
            Command::new("xkbcli").args(["compile-keymap", "--layout", name]).output().ok()?;
        String::from_utf8(out.stdout).ok().filter(|text| text.contains("<AC10>"))
    };
    for (name, board) in names.iter().zip(&LAYOUTS) {
        let Some(map) = compiled(name) else {
            println!("skipped: xkbcli is not installed");
            return;
        };
        // The letters B and P, and the key of the American colon: what a text begins with.
        for (key, at) in [("AB05", 41), ("AD10", 22), ("AC10", 35)] {
            let line = map.lines().find(|line| line.contains(&format!("key <{key}>"))).unwrap();
            let named: Vec<&str> = line.split(['[', ',', ']']).skip(1).map(str::trim).collect();
            for (level, name) in named.iter().take(2).enumerate() {
                let c = board.levels[level].chars().nth(at).unwrap();
                assert!(name.len() > 1 || name.starts_with(c), "{key} of {line}: {c}");
            }
        }
    }
}

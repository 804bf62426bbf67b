//! Keys as a scanner sends them, and a device of the kernel's where one can be made.

use core::time::Duration;
use std::collections::BTreeSet;

use evdev::uinput::VirtualDevice;
use evdev::{AttributeSet, EventType};
use permit_signing::demo;

use super::*;
use crate::machine::Event;
use std::thread;

fn key(code: KeyCode, value: i32) -> InputEvent {
    InputEvent::new(EventType::KEY.0, code.0, value)
}

/// The events of a text, as a scanner types it: shift held only where it must be.
fn typing(text: &[u8]) -> Vec<InputEvent> {
    let mut events = Vec::new();
    for byte in text {
        let (code, [plain, _]) = KEYS.iter().find(|(_, both)| both.contains(byte)).unwrap();
        let shift = plain != byte;
        if shift {
            events.push(key(KeyCode::KEY_LEFTSHIFT, PRESSED));
        }
        events.extend([key(*code, PRESSED), key(*code, RELEASED)]);
        if shift {
            events.push(key(KeyCode::KEY_LEFTSHIFT, RELEASED));
        }
    }
    events.extend([key(KeyCode::KEY_ENTER, PRESSED), key(KeyCode::KEY_ENTER, RELEASED)]);
    events
}

fn scans_of(typed: &mut Typed, events: Vec<InputEvent>) -> Vec<Vec<u8>> {
    let scans = events.into_iter().filter_map(|event| typed.take(event));
    let text = |scan| match scan {
        Scan::Text(text) => Some(text),
        _ => None,
    };
    scans.filter_map(text).collect()
}

/// Digits on the pad with Alt held, character by character.
fn by_number(text: &[u8]) -> Vec<InputEvent> {
    let mut events = Vec::new();
    for byte in text.iter().chain(b"\r") {
        events.push(key(KeyCode::KEY_LEFTALT, PRESSED));
        for digit in format!("{byte:03}").bytes() {
            let code = PAD[usize::from(digit - b'0')];
            events.extend([key(code, PRESSED), key(code, RELEASED)]);
        }
        events.push(key(KeyCode::KEY_LEFTALT, RELEASED));
    }
    events
}

#[test]
fn row_19_characters_by_their_numbers() {
    let mut typed = Typed::default();
    let golden = demo::GOLDEN.trim_ascii_end();
    assert_eq!(scans_of(&mut typed, by_number(golden)), [golden]);
    assert_eq!(scans_of(&mut typed, typing(golden)), [golden]);
}

#[test]
fn row_19_what_a_keyboard_puts_around_a_scan() {
    let mut typed = Typed::default();
    let golden = demo::GOLDEN.trim_ascii_end();
    for end in [KeyCode::KEY_TAB, KeyCode::KEY_ESC, KeyCode::KEY_KPENTER] {
        let mut events = typing(&[b"]Q1", golden].concat());
        events.truncate(events.len() - 2);
        events.extend([key(end, PRESSED), key(end, RELEASED)]);
        assert_eq!(scans_of(&mut typed, events), [golden], "{end:?}");
    }
}

#[test]
fn every_printable_character_and_a_permit() {
    let all: BTreeSet<u8> = KEYS.iter().flat_map(|(_, both)| *both).collect();
    assert!(all.iter().copied().eq(b' '..=b'~'), "all of ASCII that is printed, once or more");
    assert!((0..=u8::MAX).filter(|byte| permit_core::is_base45(*byte)).all(|it| all.contains(&it)));
    let mut typed = Typed::default();
    let every: Vec<u8> = all.into_iter().collect();
    let golden = demo::GOLDEN.trim_ascii_end();
    for text in [&every[..], golden, b"https://example.org/?a=1"] {
        assert_eq!(scans_of(&mut typed, typing(text)), [text.trim_ascii()]);
    }
}

#[test]
fn keys_are_named_once() {
    let codes: BTreeSet<u16> = KEYS.iter().map(|(code, _)| code.0).collect();
    assert_eq!(codes.len(), KEYS.len());
}

#[test]
fn locks_repeats_and_other_ends_of_a_line() {
    let mut typed = Typed::default();
    let caps = [key(KeyCode::KEY_CAPSLOCK, PRESSED), key(KeyCode::KEY_CAPSLOCK, RELEASED)];
    assert!(scans_of(&mut typed, caps.into()).is_empty());
    assert_eq!(scans_of(&mut typed, typing(b"bp1:a")), [b"BP1:A"], "letters alone are locked");
    assert!(scans_of(&mut typed, caps.into()).is_empty());
    let held = vec![key(KeyCode::KEY_B, PRESSED), key(KeyCode::KEY_B, 2), key(KeyCode::KEY_B, 2)];
    assert!(scans_of(&mut typed, held).is_empty());
    let control = vec![key(KeyCode::KEY_LEFTCTRL, PRESSED), key(KeyCode::KEY_M, PRESSED)];
    assert_eq!(scans_of(&mut typed, control), [b"b"]);
    let combined = vec![key(KeyCode::KEY_X, PRESSED), key(KeyCode::KEY_LEFTCTRL, RELEASED)];
    assert!(scans_of(&mut typed, combined).is_empty());
    assert!(scans_of(&mut typed, typing(b"")).is_empty(), "control and X type nothing");
    for end in [KeyCode::KEY_TAB, KeyCode::KEY_KPENTER] {
        let events = vec![key(KeyCode::KEY_KP7, PRESSED), key(end, PRESSED)];
        assert_eq!(scans_of(&mut typed, events), [b"7"]);
    }
}

#[test]
fn a_scan_with_a_hole_is_forgotten() {
    let mut typed = Typed::default();
    let dropped =
        InputEvent::new(EventType::SYNCHRONIZATION.0, SynchronizationCode::SYN_DROPPED.0, 0);
    let mut events = typing(b"BP1:ABC");
    events.insert(9, dropped);
    assert!(scans_of(&mut typed, events).is_empty());
    assert_eq!(scans_of(&mut typed, typing(b"BP1:ABC")), [b"BP1:ABC"], "the next one is whole");
    assert!(scans_of(&mut typed, typing(&vec![b'X'; permit_scan::LINE + 1])).is_empty());
    assert_eq!(scans_of(&mut typed, typing(&vec![b'X'; permit_scan::LINE])).len(), 1);
}

/// A keyboard of the kernel's, made for the test.
fn keyboard() -> std::io::Result<VirtualDevice> {
    let mut keys: AttributeSet<KeyCode> = KEYS.iter().map(|(code, _)| *code).collect();
    keys.insert(KeyCode::KEY_LEFTSHIFT);
    keys.insert(KeyCode::KEY_ENTER);
    VirtualDevice::builder()?.name("permit test scanner").with_keys(&keys)?.build()
}

#[test]
fn a_device_that_is_pulled_and_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let link = folder.path().join("scanner");
    let (events, heard) = Post::only();
    for turn in 0..2 {
        let mut device = match keyboard() {
            Ok(device) => device,
            Err(error) => {
                println!("skipped: no /dev/uinput to make a hand scanner with ({error})");
                return;
            }
        };
        let mut nodes = device.enumerate_dev_nodes_blocking().unwrap();
        let node = nodes.next().unwrap().unwrap();
        let _ = std::fs::remove_file(&link);
        std::os::unix::fs::symlink(node, &link).unwrap();
        if turn == 0 {
            let (link, events) = (link.clone(), events.clone());
            thread::spawn(move || watch(&link, &events));
        }
        // Typed until somebody listens: the device is opened once a second.
        let golden = demo::GOLDEN.trim_ascii_end();
        let told = (0..100).find_map(|_| {
            typing(golden).into_iter().for_each(|event| device.emit(&[event]).unwrap());
            heard.recv_timeout(Duration::from_millis(100)).ok().map(|(_, event)| event)
        });
        assert_eq!(told, Some(Event::Scanned(golden.to_vec())), "turn {turn}");
        while heard.recv_timeout(Duration::from_millis(100)).is_ok() {}
    }
}

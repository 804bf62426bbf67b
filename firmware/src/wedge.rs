//! A hand or desk scanner that acts as a keyboard, under an event device of the kernel.
//!
//! Its keys are read as a US keyboard's, which is what such scanners are set to; a key that ends a line ends a scan. The
//! device is held alone, so that no scan is typed into anything else. Where it is gone it is waited for. A scan of which
//! the kernel dropped a key is forgotten, not guessed. What a line says is bytes here.

use std::path::Path;
use std::thread;

use evdev::raw_stream::RawDevice;
use evdev::{EventSummary, InputEvent, KeyCode, SynchronizationCode};

use crate::lane::Post;
use crate::machine::Event;
use crate::scanner::{AGAIN, LINE};

/// Reads a device for the life of the process.
pub fn watch(path: &Path, events: &Post) {
    let mut told = false;
    loop {
        match hold(path) {
            Ok(mut device) => {
                told = false;
                tracing::info!("the hand scanner is here");
                if !scans(&mut device, events) {
                    return;
                }
                tracing::warn!("the hand scanner is gone");
            }
            Err(error) => {
                if !core::mem::replace(&mut told, true) {
                    tracing::warn!(%error, "no hand scanner");
                }
            }
        }
        thread::sleep(AGAIN);
    }
}

/// The device, for this process alone.
fn hold(path: &Path) -> std::io::Result<RawDevice> {
    let mut device = RawDevice::open(path)?;
    device.grab()?;
    Ok(device)
}

/// Tells every scan until the device is gone; false if nobody wants more.
fn scans(device: &mut RawDevice, events: &Post) -> bool {
    let mut typed = Typed::default();
    loop {
        let keys = match device.fetch_events() {
            Ok(keys) => keys,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(_) => return true,
        };
        for key in keys {
            if let Some(scan) = typed.take(key)
                && events.send(Event::Scanned(scan)).is_err()
            {
                return false;
            }
        }
    }
}

/// What was typed since the last line ended.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Typed {
    line: Vec<u8>,
    /// Left and right.
    shift: [bool; 2],
    control: [bool; 2],
    caps: bool,
    /// Something of this line is missing.
    broken: bool,
}

impl Typed {
    /// Takes an event of a keyboard; a whole line once it ends.
    pub fn take(&mut self, event: InputEvent) -> Option<Vec<u8>> {
        match event.destructure() {
            EventSummary::Key(_, key, PRESSED) => self.pressed(key),
            EventSummary::Key(_, key, RELEASED) => {
                self.hold(key, false);
                None
            }
            EventSummary::Synchronization(_, SynchronizationCode::SYN_DROPPED, _) => {
                *self = Self { broken: true, caps: self.caps, ..Self::default() };
                None
            }
            // A key that repeats is one that is held: no scanner means it.
            _ => None,
        }
    }

    fn pressed(&mut self, key: KeyCode) -> Option<Vec<u8>> {
        if key == KeyCode::KEY_CAPSLOCK {
            self.caps = !self.caps;
        }
        if self.hold(key, true) {
            return None;
        }
        // Some scanners end a line as a terminal's keyboard would: control and M or J.
        let control = self.control.contains(&true);
        let ends = match key {
            KeyCode::KEY_ENTER | KeyCode::KEY_KPENTER | KeyCode::KEY_TAB => true,
            KeyCode::KEY_J | KeyCode::KEY_M => control,
            _ => false,
        };
        if ends {
            let line = core::mem::take(&mut self.line);
            let broken = core::mem::take(&mut self.broken);
            return (!broken && !line.is_empty()).then_some(line);
        }
        if let Some(byte) = self.byte(key).filter(|_| !control) {
            if self.line.len() < LINE {
                self.line.push(byte);
            } else {
                self.broken = true;
            }
        }
        None
    }

    /// Notes a key that changes others; false for any other key.
    fn hold(&mut self, key: KeyCode, down: bool) -> bool {
        match key {
            KeyCode::KEY_LEFTSHIFT => self.shift[0] = down,
            KeyCode::KEY_RIGHTSHIFT => self.shift[1] = down,
            KeyCode::KEY_LEFTCTRL => self.control[0] = down,
            KeyCode::KEY_RIGHTCTRL => self.control[1] = down,
            _ => return false,
        }
        true
    }

    fn byte(&self, key: KeyCode) -> Option<u8> {
        let (_, [plain, shifted]) = KEYS.iter().find(|(code, _)| *code == key)?;
        let shift = self.shift.contains(&true);
        let shift = shift != (self.caps && plain.is_ascii_lowercase());
        Some(if shift { *shifted } else { *plain })
    }
}

const RELEASED: i32 = 0;
const PRESSED: i32 = 1;

/// A US keyboard: each key alone and with shift. The number pad gives digits whatever its lock.
const KEYS: [(KeyCode, [u8; 2]); 63] = [
    (KeyCode::KEY_A, *b"aA"),
    (KeyCode::KEY_B, *b"bB"),
    (KeyCode::KEY_C, *b"cC"),
    (KeyCode::KEY_D, *b"dD"),
    (KeyCode::KEY_E, *b"eE"),
    (KeyCode::KEY_F, *b"fF"),
    (KeyCode::KEY_G, *b"gG"),
    (KeyCode::KEY_H, *b"hH"),
    (KeyCode::KEY_I, *b"iI"),
    (KeyCode::KEY_J, *b"jJ"),
    (KeyCode::KEY_K, *b"kK"),
    (KeyCode::KEY_L, *b"lL"),
    (KeyCode::KEY_M, *b"mM"),
    (KeyCode::KEY_N, *b"nN"),
    (KeyCode::KEY_O, *b"oO"),
    (KeyCode::KEY_P, *b"pP"),
    (KeyCode::KEY_Q, *b"qQ"),
    (KeyCode::KEY_R, *b"rR"),
    (KeyCode::KEY_S, *b"sS"),
    (KeyCode::KEY_T, *b"tT"),
    (KeyCode::KEY_U, *b"uU"),
    (KeyCode::KEY_V, *b"vV"),
    (KeyCode::KEY_W, *b"wW"),
    (KeyCode::KEY_X, *b"xX"),
    (KeyCode::KEY_Y, *b"yY"),
    (KeyCode::KEY_Z, *b"zZ"),
    (KeyCode::KEY_1, *b"1!"),
    (KeyCode::KEY_2, *b"2@"),
    (KeyCode::KEY_3, *b"3#"),
    (KeyCode::KEY_4, *b"4$"),
    (KeyCode::KEY_5, *b"5%"),
    (KeyCode::KEY_6, *b"6^"),
    (KeyCode::KEY_7, *b"7&"),
    (KeyCode::KEY_8, *b"8*"),
    (KeyCode::KEY_9, *b"9("),
    (KeyCode::KEY_0, *b"0)"),
    (KeyCode::KEY_SPACE, *b"  "),
    (KeyCode::KEY_MINUS, *b"-_"),
    (KeyCode::KEY_EQUAL, *b"=+"),
    (KeyCode::KEY_LEFTBRACE, *b"[{"),
    (KeyCode::KEY_RIGHTBRACE, *b"]}"),
    (KeyCode::KEY_BACKSLASH, *b"\\|"),
    (KeyCode::KEY_SEMICOLON, *b";:"),
    (KeyCode::KEY_APOSTROPHE, *b"'\""),
    (KeyCode::KEY_GRAVE, *b"`~"),
    (KeyCode::KEY_COMMA, *b",<"),
    (KeyCode::KEY_DOT, *b".>"),
    (KeyCode::KEY_SLASH, *b"/?"),
    (KeyCode::KEY_KP0, *b"00"),
    (KeyCode::KEY_KP1, *b"11"),
    (KeyCode::KEY_KP2, *b"22"),
    (KeyCode::KEY_KP3, *b"33"),
    (KeyCode::KEY_KP4, *b"44"),
    (KeyCode::KEY_KP5, *b"55"),
    (KeyCode::KEY_KP6, *b"66"),
    (KeyCode::KEY_KP7, *b"77"),
    (KeyCode::KEY_KP8, *b"88"),
    (KeyCode::KEY_KP9, *b"99"),
    (KeyCode::KEY_KPDOT, *b".."),
    (KeyCode::KEY_KPMINUS, *b"--"),
    (KeyCode::KEY_KPPLUS, *b"++"),
    (KeyCode::KEY_KPSLASH, *b"//"),
    (KeyCode::KEY_KPASTERISK, *b"**"),
];

#[cfg(test)]
mod tests;

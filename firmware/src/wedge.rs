//! A hand or desk scanner that acts as a keyboard, under an event device of the kernel.
//!
//! Its keys are read as a US keyboard's, or as numbers on the pad with Alt held; a key that types nothing ends a scan.
//! The device is held alone, so that no scan is typed into anything else. Where it is gone it is waited for. A scan of
//! which the kernel dropped a key is forgotten, not guessed. What the characters are is said by `permit-scan`.

use std::path::Path;

use evdev::raw_stream::RawDevice;
use evdev::{EventSummary, InputEvent, KeyCode, SynchronizationCode};
use permit_scan::{Cutter, Scan};

use crate::post::Post;
use crate::scanner::{keep, told, waits};

/// Reads a device for the life of the process.
pub fn watch(path: &Path, events: &Post) {
    keep(events, || hold(path), scans);
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
        match waits(device, typed.cutter.is_open()) {
            Ok(true) => {}
            Ok(false) if typed.cutter.silence().is_none_or(|scan| told(events, scan)) => continue,
            Ok(false) => return false,
            Err(_) => return true,
        }
        let keys = match device.fetch_events() {
            Ok(keys) => keys,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(_) => return true,
        };
        for key in keys {
            if let Some(scan) = typed.take(key)
                && !told(events, scan)
            {
                return false;
            }
        }
    }
}

/// What was typed since the last scan ended.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Typed {
    cutter: Cutter,
    /// Left and right.
    shift: [bool; 2],
    control: [bool; 2],
    alt: [bool; 2],
    /// The number typed on the pad while Alt is held.
    number: Option<u32>,
    caps: bool,
}

impl Typed {
    /// Takes an event of a keyboard; a whole scan once it ends.
    pub fn take(&mut self, event: InputEvent) -> Option<Scan> {
        match event.destructure() {
            EventSummary::Key(_, key, PRESSED) => self.pressed(key),
            EventSummary::Key(_, key, RELEASED) => {
                self.hold(key, false);
                let number = self.number.take_if(|_| !self.alt.contains(&true))?;
                self.character(char::from_u32(number)?)
            }
            EventSummary::Synchronization(_, SynchronizationCode::SYN_DROPPED, _) => {
                let mut cutter = core::mem::take(&mut self.cutter);
                cutter.lose();
                *self = Self { cutter, caps: self.caps, ..Self::default() };
                None
            }
            // A key that repeats is one that is held: no scanner means it.
            _ => None,
        }
    }

    fn pressed(&mut self, key: KeyCode) -> Option<Scan> {
        if key == KeyCode::KEY_CAPSLOCK {
            self.caps = !self.caps;
        }
        if self.hold(key, true) {
            return None;
        }
        let byte = self.byte(key);
        if self.alt.contains(&true)
            && let Some(digit) = byte.filter(|_| PAD.contains(&key)).map(|byte| byte - b'0')
        {
            // Four digits are the most that mean a character; of more, the last ones.
            let before = self.number.unwrap_or(0) % 1_000;
            self.number = Some(before * 10 + u32::from(digit));
            return None;
        }
        match key {
            KeyCode::KEY_ENTER | KeyCode::KEY_KPENTER => self.cutter.take(b'\r'),
            KeyCode::KEY_TAB => self.cutter.take(b'\t'),
            KeyCode::KEY_ESC => self.cutter.take(ESCAPE),
            // As a terminal's keyboard does it: control and a letter, or what stands behind the letters.
            _ if self.control.contains(&true) => {
                let control = byte
                    .map(|byte| byte.to_ascii_uppercase())
                    .filter(|byte| matches!(byte, b'@'..=b'_'));
                self.cutter.take(control? & 0x1f)
            }
            _ => self.cutter.take(byte?),
        }
    }

    /// Takes a character that was given by its number.
    fn character(&mut self, c: char) -> Option<Scan> {
        let mut bytes = [0; 4];
        c.encode_utf8(&mut bytes).bytes().filter_map(|byte| self.cutter.take(byte)).last()
    }

    /// Notes a key that changes others; false for any other key.
    fn hold(&mut self, key: KeyCode, down: bool) -> bool {
        match key {
            KeyCode::KEY_LEFTSHIFT => self.shift[0] = down,
            KeyCode::KEY_RIGHTSHIFT => self.shift[1] = down,
            KeyCode::KEY_LEFTCTRL => self.control[0] = down,
            KeyCode::KEY_RIGHTCTRL => self.control[1] = down,
            KeyCode::KEY_LEFTALT => self.alt[0] = down,
            KeyCode::KEY_RIGHTALT => self.alt[1] = down,
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

/// The digits of the number pad.
const PAD: [KeyCode; 10] = [
    KeyCode::KEY_KP0,
    KeyCode::KEY_KP1,
    KeyCode::KEY_KP2,
    KeyCode::KEY_KP3,
    KeyCode::KEY_KP4,
    KeyCode::KEY_KP5,
    KeyCode::KEY_KP6,
    KeyCode::KEY_KP7,
    KeyCode::KEY_KP8,
    KeyCode::KEY_KP9,
];
const ESCAPE: u8 = 0x1b;
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

//! A hand or desk scanner on a serial line, or anything that gives a line a scan.
//!
//! `evdev:` before the device means a scanner that acts as a keyboard: see [`wedge`].
//! A line ends with CR, LF or both; an endless one is cut and forgotten, since no code is that long. Where the device is
//! gone it is waited for. What a line says is bytes here.

use core::time::Duration;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::thread;

use crate::lane::Post;
use crate::machine::Event;
use crate::wedge;

/// The longest line: more than any code holds.
pub(crate) const LINE: usize = 8 * 1024;
/// Between tries to open a device.
pub(crate) const AGAIN: Duration = Duration::from_secs(1);
/// What a scanner that acts as a keyboard is named with.
const KEYBOARD: &str = "evdev:";

/// Reads a device for the life of the process.
pub fn watch(path: &Path, events: &Post) {
    if let Some(device) = path.to_str().and_then(|path| path.strip_prefix(KEYBOARD)) {
        return wedge::watch(Path::new(device), events);
    }
    loop {
        if let Ok(mut device) = File::open(path)
            && !lines(&mut device, |line| events.send(Event::Scanned(line)).is_ok())
        {
            return;
        }
        thread::sleep(AGAIN);
    }
}

/// Gives every line until the input ends; false if nobody wants more.
pub fn lines(from: &mut impl Read, mut give: impl FnMut(Vec<u8>) -> bool) -> bool {
    let (mut line, mut overlong) = (Vec::new(), false);
    let mut bytes = [0; 512];
    loop {
        let read = match from.read(&mut bytes) {
            Ok(0) => return true,
            Ok(read) => read,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(_) => return true,
        };
        for &byte in bytes.get(..read).unwrap_or_default() {
            if matches!(byte, b'\r' | b'\n') {
                let whole = core::mem::take(&mut line);
                let good = !whole.is_empty() && !core::mem::take(&mut overlong);
                if good && !give(whole) {
                    return false;
                }
            } else if line.len() < LINE {
                line.push(byte);
            } else {
                overlong = true;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(bytes: &[u8]) -> Vec<Vec<u8>> {
        let mut got = Vec::new();
        assert!(lines(&mut &bytes[..], |line| {
            got.push(line);
            true
        }));
        got
    }

    #[test]
    fn lines_however_they_end() {
        assert_eq!(all(b"BP1:A\r\nBP1:B\rBP1:C\n\n\r\nBP1:D"), [b"BP1:A", b"BP1:B", b"BP1:C"]);
    }

    #[test]
    fn an_endless_line_is_forgotten() {
        let mut bytes = vec![b'x'; 3 * LINE];
        bytes.extend(b"\nBP1:A\n");
        assert_eq!(all(&bytes), [b"BP1:A"]);
    }

    #[test]
    fn nobody_wants_more() {
        assert!(!lines(&mut &b"a\nb\n"[..], |_| false));
    }
}

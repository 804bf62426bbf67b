//! A hand or desk scanner on a serial line, or anything that gives a line a scan.
//!
//! `evdev:` before the device means a scanner that acts as a keyboard (see [`wedge`]); `@RATE` after it is a serial
//! line's rate. A serial line is no terminal here: it is nobody's to type signals on, echoes nothing, and gives every
//! byte as it came. What the bytes are is said by `permit-scan`. Where the device is gone it is waited for, and said so.

use core::time::Duration;
use std::fs::File;
use std::io::{self, Read as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::thread;

use permit_scan::{Cutter, Scan};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::OFlags;
use rustix::io::Errno;
use rustix::termios::{self, ControlModes, OptionalActions, QueueSelector};

use crate::machine::{Device, Event};
use crate::post::Post;
use crate::wedge;

/// Between tries to open a device.
pub(crate) const AGAIN: Duration = Duration::from_secs(1);
/// Without another byte for so long a scan has ended: at the slowest rate, 1,200 bits a second, a byte takes 8 ms.
pub(crate) const SILENCE: Duration = Duration::from_millis(500);
/// What a scanner that acts as a keyboard is named with.
const KEYBOARD: &str = "evdev:";
/// What most scanners on RS-232 are set to by their makers; a scanner on USB takes any.
const RATE: u32 = 9_600;

/// Reads a device for the life of the process.
pub fn watch(path: &Path, events: &Post) {
    if let Some(device) = path.to_str().and_then(|path| path.strip_prefix(KEYBOARD)) {
        return wedge::watch(Path::new(device), events);
    }
    let (path, rate) = rated(path);
    keep(
        events,
        || open(&path, rate),
        |device, events| {
            let mut cutter = Cutter::default();
            let goes_on = lines(device, &mut cutter, &mut |scan| told(events, scan));
            // What came before the end is a scan of its own, or a part of one.
            goes_on && cutter.silence().is_none_or(|scan| told(events, scan))
        },
    );
}

/// Opens a device again and again, and says whether it is there; ends when nobody listens any more.
pub(crate) fn keep<D>(
    events: &Post,
    open: impl Fn() -> io::Result<D>,
    mut hear: impl FnMut(&mut D, &Post) -> bool,
) {
    let mut here = None;
    let mut say = |is: bool| {
        let news = here.replace(is) != Some(is);
        !news || events.send(Event::Device(Device::Here(is))).is_ok()
    };
    loop {
        let goes_on = match open() {
            Ok(mut device) => say(true) && hear(&mut device, events) && say(false),
            Err(error) => {
                tracing::debug!(%error, "no hand scanner");
                say(false)
            }
        };
        if !goes_on {
            return;
        }
        thread::sleep(AGAIN);
    }
}

/// Tells what a device gave; false if nobody wants more.
pub(crate) fn told(events: &Post, scan: Scan) -> bool {
    events.send(Event::from(scan)).is_ok()
}

/// Gives every scan until the input ends; false if nobody wants more.
fn lines(from: &mut File, cutter: &mut Cutter, give: &mut impl FnMut(Scan) -> bool) -> bool {
    let mut bytes = [0; 512];
    loop {
        match waits(from, cutter.is_open()) {
            Ok(true) => {}
            Ok(false) if cutter.silence().is_none_or(&mut *give) => continue,
            Ok(false) => return false,
            Err(_) => return true,
        }
        let read = match from.read(&mut bytes) {
            Ok(0) => return true,
            Ok(read) => read,
            Err(error) if is_passing(error.kind()) => continue,
            Err(_) => return true,
        };
        for &byte in bytes.get(..read).unwrap_or_default() {
            if !cutter.take(byte).is_none_or(&mut *give) {
                return false;
            }
        }
    }
}

/// Waits for something to read: for as long as it takes, or, where a scan has begun, until it must have ended.
pub(crate) fn waits(device: &impl std::os::fd::AsFd, begun: bool) -> io::Result<bool> {
    let silence = Timespec::try_from(SILENCE).map_err(io::Error::other)?;
    match poll(&mut [PollFd::new(device, PollFlags::IN)], begun.then_some(&silence)) {
        Ok(ready) => Ok(ready > 0),
        Err(Errno::INTR) => Ok(true),
        Err(error) => Err(error.into()),
    }
}

const fn is_passing(kind: io::ErrorKind) -> bool {
    matches!(kind, io::ErrorKind::Interrupted | io::ErrorKind::WouldBlock)
}

/// Opens a device so that nothing of it acts on this process, and a serial line so that it gives what came.
fn open(path: &Path, rate: u32) -> io::Result<File> {
    let flags =
        i32::try_from((OFlags::NOCTTY | OFlags::NONBLOCK).bits()).map_err(io::Error::other)?;
    let device = File::options().read(true).custom_flags(flags).open(path)?;
    if device.metadata()?.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    if termios::isatty(&device) {
        let mut line = termios::tcgetattr(&device)?;
        line.make_raw();
        // Whatever a modem's wires say: a scanner has none.
        line.control_modes |= ControlModes::CLOCAL | ControlModes::CREAD;
        line.control_modes &= !(ControlModes::CSTOPB | ControlModes::CRTSCTS);
        line.set_speed(rate)?;
        termios::tcsetattr(&device, OptionalActions::Flush, &line)?;
        termios::tcflush(&device, QueueSelector::IFlush)?;
    }
    Ok(device)
}

/// A device and its rate: `DEVICE` or `DEVICE@RATE`, unless a device has that very name.
fn rated(path: &Path) -> (PathBuf, u32) {
    let parts = path.to_str().filter(|_| !path.exists()).and_then(|text| text.rsplit_once('@'));
    let rated = parts.and_then(|(device, rate)| Some((device.into(), rate.parse().ok()?)));
    rated.unwrap_or_else(|| (path.to_owned(), RATE))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(bytes: &[u8]) -> Vec<Scan> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("line");
        std::fs::write(&path, bytes).unwrap();
        let (mut got, mut cutter) = (Vec::new(), Cutter::default());
        let mut give = |scan| {
            got.push(scan);
            true
        };
        assert!(lines(&mut open(&path, RATE).unwrap(), &mut cutter, &mut give));
        got
    }

    fn texts(texts: &[&str]) -> Vec<Scan> {
        texts.iter().map(|text| Scan::Text(text.as_bytes().to_vec())).collect()
    }

    #[test]
    fn lines_however_they_end() {
        let said = all(b"BP1:A\r\nBP1:B\rBP1:C\n\n\r\nBP1:D\tBP1:E\x03BP1:F");
        assert_eq!(said, texts(&["BP1:A", "BP1:B", "BP1:C", "BP1:D", "BP1:E"]));
    }

    #[test]
    fn nobody_wants_more() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("line");
        std::fs::write(&path, "a\nb\n").unwrap();
        let mut device = open(&path, RATE).unwrap();
        assert!(!lines(&mut device, &mut Cutter::default(), &mut |_| false));
        assert!(open(folder.path(), RATE).is_err());
    }

    #[test]
    fn a_rate_behind_the_device() {
        assert_eq!(rated(Path::new("/dev/ttyGONE@115200")), ("/dev/ttyGONE".into(), 115_200));
        assert_eq!(rated(Path::new("/dev/ttyGONE")), ("/dev/ttyGONE".into(), RATE));
        assert_eq!(rated(Path::new("/dev/a@b")), ("/dev/a@b".into(), RATE));
    }
}

//! What a hand scanner is and does.
//!
//! That it is gone, or set so that a code does not come as it stands on the paper, is the terminal's own trouble: it is
//! said, shown to the supervisor, and no verdict against anybody. Everything else goes on.

use permit_scan::{Fault, Scan};

use super::edge::ScannerState;
use super::event::Event;
use super::view::Notice;
use super::{Machine, NOTICE_MS};

/// News of a hand scanner.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Device {
    /// It is here (true), or gone.
    Here(bool),
    /// It gave a code otherwise than it is printed.
    Did(Fault),
    /// It read the code of the set-up sheet: what is to be set otherwise, if anything.
    Tried(Option<Fault>),
}

impl From<Scan> for Event {
    fn from(scan: Scan) -> Self {
        match scan {
            Scan::Text(text) => Self::Scanned(text),
            Scan::Device(fault) => Self::Device(Device::Did(fault)),
            Scan::Test(tried) => Self::Device(Device::Tried(tried)),
        }
    }
}

impl Machine {
    pub(super) fn device(&mut self, device: Device, ms: u64) {
        match device {
            Device::Here(is) => self.health.scanner.here = Some(is),
            Device::Did(fault) | Device::Tried(Some(fault)) => {
                self.health.scanner.fault = Some(fault);
                self.notice = Some((Notice::Scanner { fault }, ms + LONG * NOTICE_MS));
            }
            Device::Tried(None) => {
                self.health.scanner.fault = None;
                self.notice = Some((Notice::ScannerRight, ms + LONG * NOTICE_MS));
            }
        }
    }
}

/// What is known of a hand scanner.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Scanner {
    /// Whether it is here, where one is listened to by the terminal itself.
    pub(super) here: Option<bool>,
    /// What it did last otherwise than it should.
    pub(super) fault: Option<Fault>,
}

impl Scanner {
    pub(super) const fn state(self) -> ScannerState {
        match (self.here, self.fault) {
            (Some(false), _) => ScannerState::Gone,
            (_, Some(_)) => ScannerState::MisSet,
            (Some(true), None) => ScannerState::Good,
            (None, None) => ScannerState::Absent,
        }
    }
}

/// Somebody looks for a set-up code meanwhile: so many times as long as another notice.
const LONG: u64 = 3;

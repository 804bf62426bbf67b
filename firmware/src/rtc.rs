//! The battery clock: the kernel's by default, a DS3231 on the I2C bus where the kernel has none.
//!
//! It says whether time went on while there was no power. A clock that stopped, or that is not there, is not trusted. The
//! kernel sets the system's clock from its own; a DS3231's time is the terminal's in place of the system's. Nothing here
//! sets one.

use core::fmt;
use std::fs;
use std::path::PathBuf;

use ds323x::{DateTimeAccess as _, Ds323x, ic, interface::I2cInterface};
use embedded_hal::i2c::I2c;
use permit_core::UnixTime;

/// What a battery clock says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Reading {
    /// Its time, unless it cannot say.
    pub time: Option<UnixTime>,
    /// It stood still, or cannot be read.
    pub stopped: bool,
}

impl Reading {
    /// Of a clock that cannot be trusted.
    pub const STOPPED: Self = Self { time: None, stopped: true };

    const fn running(time: UnixTime) -> Self {
        Self { time: Some(time), stopped: false }
    }
}

/// A clock with a battery.
pub trait Rtc: Send {
    /// Asks it.
    fn read(&mut self) -> Reading;

    /// Whether its time is the terminal's: nobody else sets the system's clock from it.
    fn leads(&self) -> bool;
}

/// A battery clock that was asked for and does not answer: no time is trusted by it.
#[derive(Clone, Copy, Debug)]
pub struct Silent;

impl Rtc for Silent {
    fn read(&mut self) -> Reading {
        Reading::STOPPED
    }

    fn leads(&self) -> bool {
        false
    }
}

/// The kernel's clock: a device of the kernel's own, which also sets the system's clock at the start.
#[derive(Debug)]
pub struct Kernel(PathBuf);

impl Kernel {
    /// A clock by its folder in sysfs.
    #[must_use]
    pub const fn new(folder: PathBuf) -> Self {
        Self(folder)
    }
}

impl Default for Kernel {
    fn default() -> Self {
        Self::new("/sys/class/rtc/rtc0".into())
    }
}

impl Rtc for Kernel {
    fn read(&mut self) -> Reading {
        // The drivers refuse to say the time of a clock whose oscillator stopped.
        let said = fs::read_to_string(self.0.join("since_epoch")).ok();
        let seconds = said.and_then(|said| said.trim().parse().ok());
        seconds.map_or(Reading::STOPPED, |seconds| Reading::running(UnixTime(seconds)))
    }

    fn leads(&self) -> bool {
        false
    }
}

/// A DS3231 that the kernel has no driver for.
pub struct Ds3231<B>(Ds323x<I2cInterface<B>, ic::DS3231>);

impl<B> fmt::Debug for Ds3231<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ds3231")
    }
}

impl<B: I2c> Ds3231<B> {
    /// The clock on this bus.
    #[must_use]
    pub fn new(bus: B) -> Self {
        Self(Ds323x::new_ds3231(bus))
    }
}

impl<B: I2c + Send> Rtc for Ds3231<B> {
    fn read(&mut self) -> Reading {
        if self.0.has_been_stopped().unwrap_or(true) {
            return Reading::STOPPED;
        }
        let time = self.0.datetime().ok();
        time.map_or(Reading::STOPPED, |time| Reading::running(UnixTime(time.and_utc().timestamp())))
    }

    fn leads(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use embedded_hal::i2c::ErrorKind;
    use embedded_hal_mock::eh1::i2c::{Mock, Transaction};

    use super::*;

    const ADDRESS: u8 = 0x68;
    const STATUS: u8 = 0x0f;

    fn ask(register: u8, answer: &[u8]) -> Transaction {
        Transaction::write_read(ADDRESS, vec![register], answer.to_vec())
    }

    #[test]
    fn a_running_clock_says_the_time() {
        // 2027-03-09 14:05:59, a Tuesday, as the registers hold it.
        let time = [0x59, 0x05, 0x14, 0x03, 0x09, 0x03, 0x27];
        let mut bus = Mock::new(&[ask(STATUS, &[0]), ask(0, &time)]);
        let mut clock = Ds3231::new(bus.clone());
        assert_eq!(clock.read(), Reading::running(UnixTime(1_804_601_159)));
        bus.done();
    }

    #[test]
    fn an_oscillator_that_stopped_or_a_silent_bus_is_not_believed() {
        let silent = ask(STATUS, &[0]).with_error(ErrorKind::Other);
        for said in [ask(STATUS, &[0x80]), silent] {
            let mut bus = Mock::new(&[said]);
            assert_eq!(Ds3231::new(bus.clone()).read(), Reading::STOPPED);
            bus.done();
        }
    }

    #[test]
    fn the_kernel_says_seconds_or_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let mut clock = Kernel::new(folder.path().into());
        assert_eq!(clock.read(), Reading::STOPPED);
        for (said, reading) in [
            ("1804601159\n", Reading::running(UnixTime(1_804_601_159))),
            ("2147483648\n", Reading::running(UnixTime(2_147_483_648))),
            ("", Reading::STOPPED),
            ("soon", Reading::STOPPED),
        ] {
            fs::write(folder.path().join("since_epoch"), said).unwrap();
            assert_eq!(clock.read(), reading, "{said:?}");
        }
    }
}

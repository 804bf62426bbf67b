//! The same header through the kernel's GPIO character device.
//!
//! It needs neither rppal nor `/dev/gpiomem`, and the kernel takes the pins back from a process that was killed. The
//! numbers are those of the Raspberry Pi's header: a chip with another numbering is refused, not guessed at.

use std::path::PathBuf;

use embedded_hal::digital::{ErrorKind, ErrorType, InputPin, OutputPin};
use gpiocdev::Request;
use gpiocdev::chip::Chip;
use gpiocdev::line::{Bias, Value};

use crate::machine::LaneNumber;

use super::Pins;
use super::pi::{DISPLAY, driven, wiring};
use super::tone::Tone;
use super::wire::{Contact, Sense};

/// Lamps, buttons and gate behind a GPIO character device.
pub type ChipBoard = Pins<Line, Sense<Line>, Tone>;

/// Why there are no pins here.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ChipFault {
    /// No chip has the header's pins.
    #[error("no GPIO chip here has the numbering of a Raspberry Pi's header")]
    NoHeader,
    /// The kernel refuses a pin.
    #[error("a pin cannot be had: {0}")]
    Line(#[from] gpiocdev::Error),
    /// The buzzer's thread cannot be started.
    #[error("the buzzer has no thread: {0}")]
    Thread(#[from] std::io::Error),
}

/// Opens every pin of a lane, and no other: outputs low, contacts pulled up.
///
/// # Errors
///
/// When there is no such chip, or a pin is somebody else's.
pub fn board(lane: LaneNumber) -> Result<ChipBoard, ChipFault> {
    let (chip, wiring) = (header()?, wiring(lane));
    let [green, amber, red, relay, illumination] =
        wiring.outputs.map(|line| Line::low(&chip, line));
    let outputs = [green?, amber?, red?, relay?, illumination?];
    let sense = |contact: Contact| -> Result<_, ChipFault> {
        Ok(contact.on(Line::contact(&chip, contact.line)?))
    };
    let [confirm, assist, switch, turned, tamper] = wiring.inputs.map(sense);
    let inputs = [confirm?, assist?, switch?, turned?, tamper?];
    let buzzer = Tone::start(Line::low(&chip, wiring.buzzer)?)?;
    Ok(Pins::new(outputs, inputs, buzzer))
}

/// Drives every output of these lanes low, a display's reset too, so that no name stays; the kernel makes inputs of them afterwards, held
/// low by the pull-downs on the board.
///
/// # Errors
///
/// When there is no such chip, or a pin is somebody else's.
pub fn release(lanes: &[LaneNumber]) -> Result<(), ChipFault> {
    let chip = header()?;
    // One that cannot be had keeps no other high.
    let done: Vec<_> = driven(lanes).into_iter().map(|line| Line::low(&chip, line)).collect();
    done.into_iter().try_for_each(|line| line.map(drop))
}

/// The display's wires beside its bus, in the order of [`DISPLAY`].
///
/// # Errors
///
/// When there is no such chip, or a pin is somebody else's.
pub fn display_pins() -> Result<[Line; 2], ChipFault> {
    let chip = header()?;
    let [data, reset] = DISPLAY.map(|line| Line::low(&chip, line));
    Ok([data?, reset?])
}

/// A pin of the chip.
#[derive(Debug)]
pub struct Line {
    request: Request,
    line: u32,
}

impl Line {
    fn low(chip: &PathBuf, line: u8) -> Result<Self, ChipFault> {
        let line = line.into();
        let mut asked = Request::builder();
        asked.on_chip(chip).with_consumer(CONSUMER).with_line(line).as_output(Value::Inactive);
        Ok(Self { request: asked.request()?, line })
    }

    fn contact(chip: &PathBuf, line: u8) -> Result<Self, ChipFault> {
        let line = line.into();
        let mut asked = Request::builder();
        asked.on_chip(chip).with_consumer(CONSUMER).with_line(line).as_input();
        // Some chips cannot pull: the board has a resistor of its own.
        let request = match asked.clone().with_bias(Bias::PullUp).request() {
            Ok(request) => request,
            Err(_) => asked.request()?,
        };
        Ok(Self { request, line })
    }
}

/// The kernel refuses to move or sense a pin.
#[derive(Debug, thiserror::Error)]
#[error("the pin does not answer: {0}")]
pub struct LineFault(#[from] gpiocdev::Error);

impl embedded_hal::digital::Error for LineFault {
    fn kind(&self) -> ErrorKind {
        ErrorKind::Other
    }
}

impl ErrorType for Line {
    type Error = LineFault;
}

impl OutputPin for Line {
    fn set_low(&mut self) -> Result<(), LineFault> {
        self.request.set_value(self.line, Value::Inactive)?;
        Ok(())
    }

    fn set_high(&mut self) -> Result<(), LineFault> {
        self.request.set_value(self.line, Value::Active)?;
        Ok(())
    }
}

impl InputPin for Line {
    fn is_high(&mut self) -> Result<bool, LineFault> {
        Ok(self.request.value(self.line)? == Value::Active)
    }

    fn is_low(&mut self) -> Result<bool, LineFault> {
        self.is_high().map(|high| !high)
    }
}

const CONSUMER: &str = "permit-reader";

/// What the kernel calls the chip of the header: Pi 0 to 3, Pi 4, Pi 5.
const HEADERS: [&str; 3] = ["pinctrl-bcm2835", "pinctrl-bcm2711", "pinctrl-rp1"];

fn header() -> Result<PathBuf, ChipFault> {
    let is_header = |path: &PathBuf| {
        let info = Chip::from_path(path).and_then(|chip| chip.info());
        info.is_ok_and(|info| HEADERS.contains(&info.label.as_str()))
    };
    gpiocdev::chip::chips()?.into_iter().find(is_header).ok_or(ChipFault::NoHeader)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_without_the_header_is_refused() {
        match header() {
            Ok(path) => assert!(path.starts_with("/dev")),
            Err(error) => {
                assert!(matches!(error, ChipFault::NoHeader), "{error}");
                for lane in LaneNumber::ALL {
                    assert!(matches!(board(lane), Err(ChipFault::NoHeader)));
                }
                assert!(matches!(release(&LaneNumber::ALL), Err(ChipFault::NoHeader)));
            }
        }
    }
}

//! A Raspberry Pi, through rppal: the only file that names it, and the one with the numbers of the pins.
//!
//! The numbers are those of `hardware/pins.toml`; a test holds one to the other. A pin stays driven low after its drop:
//! a gate that is let go of must not float.

use rppal::gpio::{Gpio, InputPin, OutputPin};
use rppal::i2c::I2c;
use rppal::pwm::{Channel, Polarity, Pwm};
use rppal::spi::{Bus, Mode, SimpleHalSpiDevice, SlaveSelect, Spi};
use rppal::system::{DeviceInfo, Model};

use crate::machine::LaneNumber;
use crate::signal::Pitch;

use super::wire::{Contact, Sense, Wiring};
use super::{Buzzer, PinFault, Pins};

/// The pins of a lane, as the chip numbers them.
#[must_use]
pub const fn wiring(lane: LaneNumber) -> Wiring {
    match lane {
        LaneNumber::First => FIRST,
        LaneNumber::Second => SECOND,
    }
}

const FIRST: Wiring = Wiring {
    outputs: [17, 27, 22, 23, 24],
    buzzer: 18,
    inputs: [
        Contact::closing(5),
        Contact::closing(6),
        Contact::closing(13),
        Contact::closing(26),
        Contact::opening(16),
    ],
};

/// On the pins of the display and its bus, and what else is free without the console's.
const SECOND: Wiring = Wiring {
    outputs: [21, 12, 9, 20, 25],
    buzzer: 19,
    inputs: [
        Contact::closing(4),
        Contact::closing(7),
        Contact::closing(8),
        Contact::closing(11),
        Contact::opening(10),
    ],
};

/// The wires of a display on SPI, beside the bus itself: data or command, and reset. Where there is a second lane,
/// there is no display.
pub const DISPLAY: [u8; 2] = [25, 12];

/// The lamps, buttons and gate of a lane on a Raspberry Pi.
pub type PiBoard = Pins<OutputPin, Sense<InputPin>, Piezo>;

/// Why there are no pins here.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PiFault {
    /// This is no Raspberry Pi, its pins are somebody else's, or nobody may touch them.
    #[error("the pins cannot be opened: {0}")]
    Pins(#[from] rppal::gpio::Error),
    /// The bus with the clock cannot be opened.
    #[error("the I2C bus cannot be opened: {0}")]
    Bus(#[from] rppal::i2c::Error),
    /// The bus with the display cannot be opened.
    #[error("the SPI bus cannot be opened: {0}")]
    Display(#[from] rppal::spi::Error),
}

/// Opens every pin of a lane, and no other: outputs low, contacts pulled up.
///
/// # Errors
///
/// When this is no Raspberry Pi, or a pin cannot be had.
pub fn board(lane: LaneNumber) -> Result<PiBoard, PiFault> {
    let (gpio, wiring) = (Gpio::new()?, wiring(lane));
    let [green, amber, red, relay, illumination] = wiring.outputs.map(|line| low(&gpio, line));
    let outputs = [green?, amber?, red?, relay?, illumination?];
    let sense = |contact: Contact| -> Result<_, PiFault> {
        Ok(contact.on(gpio.get(contact.line)?.into_input_pullup()))
    };
    let [confirm, assist, switch, turned, tamper] = wiring.inputs.map(sense);
    let inputs = [confirm?, assist?, switch?, turned?, tamper?];
    let buzzer = match tone(lane) {
        Some(pwm) => Piezo::Hardware(pwm),
        None => Piezo::Software(low(&gpio, wiring.buzzer)?),
    };
    Ok(Pins::new(outputs, inputs, buzzer))
}

/// Drives every output of these lanes low, whoever left it high, and leaves it so; a display is held in reset, so that
/// no name stays.
///
/// # Errors
///
/// When this is no Raspberry Pi, or a pin cannot be had.
pub fn release(lanes: &[LaneNumber]) -> Result<(), PiFault> {
    let gpio = Gpio::new()?;
    // One that cannot be had keeps no other high.
    let done: Vec<_> = driven(lanes).into_iter().map(|line| low(&gpio, line)).collect();
    lanes.iter().for_each(|lane| drop(tone(*lane)));
    done.into_iter().try_for_each(|pin| pin.map(drop))
}

/// Everything that is driven in these lanes, each relay before its lamps, and the display where its pins are no lane's.
pub(super) fn driven(lanes: &[LaneNumber]) -> Vec<u8> {
    let mut driven: Vec<u8> = lanes.iter().flat_map(|lane| wiring(*lane).driven()).collect();
    if !lanes.contains(&LaneNumber::Second) {
        driven.extend(DISPLAY);
    }
    driven
}

/// The bus that a clock of its own hangs on.
///
/// # Errors
///
/// When the bus is not enabled, or nobody may use it.
pub fn bus() -> Result<I2c, PiFault> {
    Ok(I2c::new()?)
}

/// The bus that a display hangs on: SPI 0, its first select; it needs no Raspberry Pi, only `/dev/spidev0.0`.
///
/// # Errors
///
/// When the bus is not enabled, or nobody may use it.
pub fn display_bus() -> Result<SimpleHalSpiDevice, PiFault> {
    // What a panel takes over wires of a hand's length.
    Ok(SimpleHalSpiDevice::new(Spi::new(Bus::Spi0, SlaveSelect::Ss0, 20_000_000, Mode::Mode0)?))
}

/// The display's other wires, in the order of [`DISPLAY`].
///
/// # Errors
///
/// When this is no Raspberry Pi, or a pin cannot be had.
pub fn display_pins() -> Result<[OutputPin; 2], PiFault> {
    let gpio = Gpio::new()?;
    let [data, reset] = DISPLAY.map(|line| low(&gpio, line));
    Ok([data?, reset?])
}

/// What kind of board this is; none where it is no Raspberry Pi.
#[must_use]
pub fn model() -> Option<String> {
    DeviceInfo::new().ok().map(|info| info.model().to_string())
}

/// The buzzer of a Raspberry Pi.
#[derive(Debug)]
pub enum Piezo {
    /// By the chip's tone generator.
    Hardware(Pwm),
    /// By a thread of rppal's.
    Software(OutputPin),
}

impl Buzzer for Piezo {
    fn play(&mut self, pitch: Pitch) -> Result<(), PinFault> {
        match (self, pitch.filter(|hertz| *hertz > 0)) {
            (Self::Hardware(pwm), Some(hertz)) => {
                pwm.set_frequency(hertz.into(), EVEN).and_then(|()| pwm.enable()).map_err(fault)
            }
            (Self::Hardware(pwm), None) => pwm.disable().map_err(fault),
            (Self::Software(pin), Some(hertz)) => {
                pin.set_pwm_frequency(hertz.into(), EVEN).map_err(fault)
            }
            (Self::Software(pin), None) => {
                let done = pin.clear_pwm().map_err(fault);
                pin.set_low();
                done
            }
        }
    }
}

/// As long high as low: the loudest.
const EVEN: f64 = 0.5;

fn fault<E>(_: E) -> PinFault {
    PinFault
}

/// The chip's tone generator, silent; none where the overlay of `config.txt` is missing.
fn tone(lane: LaneNumber) -> Option<Pwm> {
    // The same pins of the header hang on other channels of a Pi 5.
    let five = matches!(
        DeviceInfo::new().ok()?.model(),
        Model::RaspberryPi5 | Model::RaspberryPi500 | Model::RaspberryPiComputeModule5
    );
    let channel = match (lane, five) {
        (LaneNumber::First, false) => Channel::Pwm0,
        (LaneNumber::First, true) => Channel::Pwm2,
        (LaneNumber::Second, false) => Channel::Pwm1,
        (LaneNumber::Second, true) => Channel::Pwm3,
    };
    let pwm = Pwm::with_frequency(channel, 1_000.0, EVEN, Polarity::Normal, false).ok()?;
    pwm.disable().ok()?;
    Some(pwm)
}

fn low(gpio: &Gpio, line: u8) -> Result<OutputPin, PiFault> {
    let mut pin = gpio.get(line)?.into_output_low();
    pin.set_reset_on_drop(false);
    Ok(pin)
}

#[cfg(test)]
mod tests;

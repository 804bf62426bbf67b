//! Pins behind embedded-hal's traits.
//!
//! A board knows which wire is which and nothing of verdicts: `signal` says what burns, `hands` when. Everything it
//! drives is low after [`Board::release`] and when it is dropped.

pub mod gpiochip;
pub mod pi;
pub mod sim;
pub mod tone;
pub mod wire;

use core::convert::Infallible;

use embedded_hal::digital::{InputPin, OutputPin};

use crate::signal::Pitch;

/// What a board drives.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Output {
    /// The green lamp.
    Green,
    /// The amber lamp.
    Amber,
    /// The red lamp.
    Red,
    /// The relay of the gate.
    Relay,
    /// The lamp over the permit.
    Illumination,
}

impl Output {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Green, Self::Amber, Self::Red, Self::Relay, Self::Illumination];
}

/// What a board senses; true is pressed, turned or opened.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Input {
    /// The button that takes the marked choice.
    Confirm,
    /// The button for help.
    Assist,
    /// The button for the next choice or the other direction.
    Switch,
    /// The gate's turn contact.
    Turned,
    /// The tamper contact of the housing.
    Tamper,
}

impl Input {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Confirm, Self::Assist, Self::Switch, Self::Turned, Self::Tamper];
}

/// A pin that does not do what it was told.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("a pin does not answer")]
pub struct PinFault;

/// A buzzer of two tones and more.
pub trait Buzzer {
    /// Plays this pitch until told otherwise; `None` is silence.
    ///
    /// # Errors
    ///
    /// When it does not answer.
    fn play(&mut self, pitch: Pitch) -> Result<(), PinFault>;
}

/// Lamps, relay, buzzer, buttons and contacts of a terminal.
pub trait Board: Send {
    /// Drives an output.
    ///
    /// # Errors
    ///
    /// When the pin does not answer.
    fn set(&mut self, output: Output, on: bool) -> Result<(), PinFault>;

    /// Plays a pitch until told otherwise.
    ///
    /// # Errors
    ///
    /// When the buzzer does not answer.
    fn play(&mut self, pitch: Pitch) -> Result<(), PinFault>;

    /// Senses an input.
    ///
    /// # Errors
    ///
    /// When the pin does not answer.
    fn read(&mut self, input: Input) -> Result<bool, PinFault>;

    /// Everything low and silent; the relay first.
    fn release(&mut self) {
        let _ = self.set(Output::Relay, false);
        for output in Output::ALL {
            let _ = self.set(output, false);
        }
        let _ = self.play(None);
    }
}

/// Any board whose pins speak embedded-hal.
#[derive(Debug)]
pub struct Pins<O: OutputPin, I: InputPin, B: Buzzer> {
    /// In the order of [`Output::ALL`].
    outputs: [O; 5],
    /// In the order of [`Input::ALL`]; true is active.
    inputs: [I; 5],
    buzzer: B,
}

impl<O: OutputPin, I: InputPin, B: Buzzer> Pins<O, I, B> {
    /// Pins in the order of [`Output::ALL`] and [`Input::ALL`]; a high input is an active one.
    #[must_use]
    pub const fn new(outputs: [O; 5], inputs: [I; 5], buzzer: B) -> Self {
        Self { outputs, inputs, buzzer }
    }

    fn output(&mut self, output: Output) -> &mut O {
        let [green, amber, red, relay, illumination] = &mut self.outputs;
        match output {
            Output::Green => green,
            Output::Amber => amber,
            Output::Red => red,
            Output::Relay => relay,
            Output::Illumination => illumination,
        }
    }

    fn input(&mut self, input: Input) -> &mut I {
        let [confirm, assist, switch, turned, tamper] = &mut self.inputs;
        match input {
            Input::Confirm => confirm,
            Input::Assist => assist,
            Input::Switch => switch,
            Input::Turned => turned,
            Input::Tamper => tamper,
        }
    }
}

impl<O, I, B> Board for Pins<O, I, B>
where
    O: OutputPin + Send,
    I: InputPin + Send,
    B: Buzzer + Send,
{
    fn set(&mut self, output: Output, on: bool) -> Result<(), PinFault> {
        self.output(output).set_state(on.into()).map_err(|_| PinFault)
    }

    fn play(&mut self, pitch: Pitch) -> Result<(), PinFault> {
        self.buzzer.play(pitch)
    }

    fn read(&mut self, input: Input) -> Result<bool, PinFault> {
        self.input(input).is_high().map_err(|_| PinFault)
    }
}

impl<O: OutputPin, I: InputPin, B: Buzzer> Drop for Pins<O, I, B> {
    fn drop(&mut self) {
        for output in [Output::Relay, Output::Green, Output::Amber, Output::Red] {
            let _ = self.output(output).set_low();
        }
        let _ = self.output(Output::Illumination).set_low();
        let _ = self.buzzer.play(None);
    }
}

impl From<Infallible> for PinFault {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

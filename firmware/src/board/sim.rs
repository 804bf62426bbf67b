//! A board on a PC: its pins are values that tests and the page can look at and move.
//!
//! It speaks the same embedded-hal traits as a real one, so that everything above it runs unchanged.

use core::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};

use embedded_hal::digital::{ErrorType, InputPin, OutputPin};

use crate::signal::Pitch;

use super::{Buzzer, Input, Output, PinFault, Pins};

/// The levels of the simulated pins.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Levels {
    /// In the order of [`Output::ALL`].
    pub outputs: [bool; 5],
    /// In the order of [`Input::ALL`].
    pub inputs: [bool; 5],
    /// What the buzzer plays.
    pub pitch: Pitch,
}

/// A hand on the simulated pins, from outside.
#[derive(Clone, Debug, Default)]
pub struct Probe(Arc<Mutex<Levels>>);

impl Probe {
    /// What all pins are at now.
    #[must_use]
    pub fn levels(&self) -> Levels {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// An output's level.
    #[must_use]
    pub fn output(&self, output: Output) -> bool {
        self.levels().outputs[output as usize]
    }

    /// Presses, turns or opens something, or lets it go.
    pub fn press(&self, input: Input, on: bool) {
        self.change(|levels| levels.inputs[input as usize] = on);
    }

    fn change(&self, change: impl FnOnce(&mut Levels)) {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

/// One simulated pin.
#[derive(Debug)]
pub struct Pin {
    probe: Probe,
    index: usize,
}

impl ErrorType for Pin {
    type Error = Infallible;
}

impl OutputPin for Pin {
    fn set_low(&mut self) -> Result<(), Infallible> {
        self.probe.change(|levels| levels.outputs[self.index] = false);
        Ok(())
    }

    fn set_high(&mut self) -> Result<(), Infallible> {
        self.probe.change(|levels| levels.outputs[self.index] = true);
        Ok(())
    }
}

impl InputPin for Pin {
    fn is_high(&mut self) -> Result<bool, Infallible> {
        Ok(self.probe.levels().inputs[self.index])
    }

    fn is_low(&mut self) -> Result<bool, Infallible> {
        self.is_high().map(|high| !high)
    }
}

/// The simulated buzzer.
#[derive(Debug)]
pub struct Piezo(Probe);

impl Buzzer for Piezo {
    fn play(&mut self, pitch: Pitch) -> Result<(), PinFault> {
        self.0.change(|levels| levels.pitch = pitch);
        Ok(())
    }
}

/// A simulated board and the probe on its pins.
#[must_use]
pub fn board() -> (Pins<Pin, Pin, Piezo>, Probe) {
    let probe = Probe::default();
    let pin = |index| Pin { probe: probe.clone(), index };
    let pins = || core::array::from_fn(pin);
    (Pins::new(pins(), pins(), Piezo(probe.clone())), probe)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::Board as _;

    #[test]
    fn pins_go_where_they_should_and_are_low_after_a_drop() {
        let (mut board, probe) = board();
        for output in Output::ALL {
            board.set(output, true).unwrap();
            let others = Output::ALL.into_iter().filter(|other| probe.output(*other)).count();
            assert!(probe.output(output) && others == 1, "{output:?}");
            board.set(output, false).unwrap();
        }
        for input in Input::ALL {
            probe.press(input, true);
            let active = Input::ALL.into_iter().filter(|other| board.read(*other).unwrap());
            assert!(active.eq([input]));
            probe.press(input, false);
        }
        board.set(Output::Relay, true).unwrap();
        board.play(Some(440)).unwrap();
        drop(board);
        assert_eq!(probe.levels(), Levels::default());
    }
}

//! Which wire goes where, and what a contact's level means.
//!
//! A [`Wiring`] is data: it opens no pin. Outputs are always active high, because a pin that nobody drives is pulled low
//! and must mean off.

use embedded_hal::digital::{ErrorType, InputPin};

use super::Output;

/// The pins of a terminal, by their numbers on the chip.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Wiring {
    /// In the order of [`Output::ALL`]; high is on.
    pub outputs: [u8; 5],
    /// The buzzer.
    pub buzzer: u8,
    /// In the order of [`Input::ALL`](super::Input::ALL).
    pub inputs: [Contact; 5],
}

impl Wiring {
    /// Everything that is driven, the relay first.
    #[must_use]
    pub fn driven(&self) -> [u8; 6] {
        let [green, amber, red, relay, illumination] = self.outputs;
        const { assert!(Output::Relay as usize == 3, "the relay is the fourth output") };
        [relay, green, amber, red, illumination, self.buzzer]
    }
}

/// A contact between a pin and ground, with the pull-up of the chip.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Contact {
    /// Its number on the chip.
    pub line: u8,
    /// Closed is active, as a button's; otherwise open is, so that a cut wire is told too.
    pub closing: bool,
}

impl Contact {
    /// Active while it is closed.
    #[must_use]
    pub const fn closing(line: u8) -> Self {
        Self { line, closing: true }
    }

    /// Active while it is open.
    #[must_use]
    pub const fn opening(line: u8) -> Self {
        Self { line, closing: false }
    }

    /// A pin that is high while this contact is active.
    pub const fn on<P>(self, pin: P) -> Sense<P> {
        Sense { pin, closing: self.closing }
    }
}

/// An input pin whose high means active, whatever its contact does.
#[derive(Debug)]
pub struct Sense<P> {
    pin: P,
    closing: bool,
}

impl<P: ErrorType> ErrorType for Sense<P> {
    type Error = P::Error;
}

impl<P: InputPin> InputPin for Sense<P> {
    fn is_high(&mut self) -> Result<bool, P::Error> {
        if self.closing { self.pin.is_low() } else { self.pin.is_high() }
    }

    fn is_low(&mut self) -> Result<bool, P::Error> {
        self.is_high().map(|active| !active)
    }
}

#[cfg(test)]
mod tests {
    use embedded_hal::digital::ErrorKind;
    use embedded_hal_mock::eh1::MockError;
    use embedded_hal_mock::eh1::digital::{Mock, State, Transaction};

    use super::*;

    #[test]
    fn a_pressed_button_is_low_and_an_opened_housing_high() {
        let levels = [Transaction::get(State::Low), Transaction::get(State::High)];
        for (contact, active) in
            [(Contact::closing(9), [true, false]), (Contact::opening(9), [false, true])]
        {
            let mut pin = Mock::new(&levels);
            let mut sense = contact.on(pin.clone());
            assert_eq!([(); 2].map(|()| sense.is_high().unwrap()), active, "{contact:?}");
            pin.done();
        }
    }

    #[test]
    fn a_fault_stays_a_fault() {
        let fault = MockError::Io(std::io::ErrorKind::NotConnected);
        let mut pin = Mock::new(&[Transaction::get(State::Low).with_error(fault.clone())]);
        let error = Contact::opening(9).on(pin.clone()).is_high().unwrap_err();
        assert_eq!(error, fault);
        assert_eq!(embedded_hal::digital::Error::kind(&error), ErrorKind::Other);
        pin.done();
    }
}

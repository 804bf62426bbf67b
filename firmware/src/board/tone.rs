//! A buzzer on a pin without a tone generator: a thread of its own turns it on and off.
//!
//! Its pitch is as good as the scheduler; silence is certain, because the pin is low before the thread waits or ends.

use core::time::Duration;
use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{Builder, JoinHandle};

use embedded_hal::digital::OutputPin;

use crate::signal::Pitch;

use super::{Buzzer, PinFault};

/// A buzzer that software plays; silent once dropped.
#[derive(Debug)]
pub struct Tone {
    pitch: Option<Sender<Pitch>>,
    thread: Option<JoinHandle<()>>,
}

impl Tone {
    /// Starts the thread that plays on this pin.
    ///
    /// # Errors
    ///
    /// When there is no thread to be had.
    pub fn start(pin: impl OutputPin + Send + 'static) -> io::Result<Self> {
        let (pitch, told) = channel();
        let thread = Builder::new().name("tone".into()).spawn(move || follow(pin, &told))?;
        Ok(Self { pitch: Some(pitch), thread: Some(thread) })
    }
}

impl Buzzer for Tone {
    fn play(&mut self, pitch: Pitch) -> Result<(), PinFault> {
        self.pitch.as_ref().and_then(|told| told.send(pitch).ok()).ok_or(PinFault)
    }
}

impl Drop for Tone {
    fn drop(&mut self) {
        drop(self.pitch.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Plays what it is told until nobody tells it anything or the pin does not answer.
fn follow<P: OutputPin>(mut pin: P, told: &Receiver<Pitch>) {
    let (mut pitch, mut high) = (None, false);
    loop {
        let next = match pitch.and_then(half) {
            Some(half) => match told.recv_timeout(half) {
                Err(RecvTimeoutError::Timeout) => {
                    high = !high;
                    if pin.set_state(high.into()).is_err() {
                        break;
                    }
                    continue;
                }
                Err(RecvTimeoutError::Disconnected) => break,
                Ok(next) => next,
            },
            None => match told.recv() {
                Ok(next) => next,
                Err(_) => break,
            },
        };
        (pitch, high) = (next, false);
        if pin.set_low().is_err() {
            return;
        }
    }
    let _ = pin.set_low();
}

/// Half a period; none of no frequency.
fn half(hertz: u16) -> Option<Duration> {
    (hertz > 0).then(|| Duration::from_secs(1) / (2 * u32::from(hertz)))
}

#[cfg(test)]
mod tests {
    use core::convert::Infallible;
    use std::sync::{Arc, Mutex};

    use embedded_hal::digital::ErrorType;

    use super::*;

    /// Tells every level, and is what is left of a pin.
    struct Wire(Sender<bool>, Arc<Mutex<bool>>);

    impl ErrorType for Wire {
        type Error = Infallible;
    }

    impl OutputPin for Wire {
        fn set_low(&mut self) -> Result<(), Infallible> {
            *self.1.lock().unwrap() = false;
            let _ = self.0.send(false);
            Ok(())
        }

        fn set_high(&mut self) -> Result<(), Infallible> {
            *self.1.lock().unwrap() = true;
            let _ = self.0.send(true);
            Ok(())
        }
    }

    #[test]
    fn a_pitch_swings_silence_is_low_and_so_is_the_end() {
        let (levels, seen) = channel();
        let level = Arc::new(Mutex::new(true));
        let mut tone = Tone::start(Wire(levels, Arc::clone(&level))).unwrap();
        tone.play(Some(1_000)).unwrap();
        let swings: Vec<bool> = seen.iter().take(9).collect();
        assert_eq!(swings, [false, true, false, true, false, true, false, true, false]);
        tone.play(Some(0)).unwrap();
        tone.play(Some(2_000)).unwrap();
        drop(tone);
        assert!(!*level.lock().unwrap());
        assert!(!seen.iter().last().unwrap());
    }

    #[test]
    fn half_periods() {
        assert_eq!(half(0), None);
        assert_eq!(half(500), Some(Duration::from_millis(1)));
    }
}

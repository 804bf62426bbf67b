//! The eye: the newest frame, read.
//!
//! It turns frames into what the state machine understands (texts, a hint, the camera's state) and shows the picture. It
//! judges nothing: whatever a code says is bytes here. A decoder that panics costs one frame.

use core::panic::AssertUnwindSafe;
use core::time::Duration;
use std::collections::HashSet;
use std::panic::catch_unwind;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::Instant;

use permit_symbol::{Code, Grey, Sight, look};
use tokio::sync::watch;

use crate::frame::{Frame, Slot, Taken};
use crate::gauge::Gauge;
use crate::hub::Picture;
use crate::machine::{Event, Hint, Seen};

/// How often silence is looked at.
const PATIENCE: Duration = Duration::from_millis(250);

/// Pixels a module, below which a code is too small.
const FAR: f32 = 2.0;

/// What an eye works with.
#[derive(Debug)]
pub struct Eye {
    /// Where frames come from.
    pub slot: Arc<Slot>,
    /// Where events go.
    pub events: Sender<Event>,
    /// Where pictures are shown.
    pub picture: watch::Sender<Option<Arc<Picture>>>,
    /// The start of the process, for the gauge.
    pub start: Instant,
    /// A played source is never silent, only slow.
    pub played: bool,
}

impl Eye {
    /// Looks until no frame comes any more or nobody listens.
    pub fn run(self) {
        let mut gauge = Gauge::new(self.ms());
        loop {
            let told = match self.slot.take(PATIENCE) {
                Taken::Frame(frame) => self.frame(&frame, &mut gauge),
                Taken::Nothing if self.played => Ok(()),
                Taken::Nothing => {
                    gauge.silence(self.ms()).map_or(Ok(()), |state| self.tell(Event::Camera(state)))
                }
                Taken::Ended => {
                    let _ = self.tell(Event::Ended);
                    return;
                }
            };
            if told.is_err() {
                self.slot.end();
                return;
            }
        }
    }

    fn frame(&self, frame: &Frame, gauge: &mut Gauge) -> Result<(), Gone> {
        let grey = frame.grey.as_grey();
        if let Some(state) = gauge.frame(grey, self.ms()) {
            self.tell(Event::Camera(state))?;
        }
        let (codes, sights) = glance(grey);
        let outlines = codes.iter().map(|code| code.corners).collect();
        self.picture
            .send_replace(Some(Arc::new(Picture { frame: Arc::clone(&frame.grey), outlines })));
        let seen = seen(codes, &sights);
        self.tell(Event::Seen(Seen { picture: frame.picture, cut: frame.cut, ..seen }))
    }

    fn tell(&self, event: Event) -> Result<(), Gone> {
        self.events.send(event).map_err(|_| Gone)
    }

    fn ms(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

/// Nobody listens any more.
struct Gone;

/// What is in a picture; nothing where the decoder fell over it.
fn glance(grey: Grey<'_>) -> (Vec<Code>, Vec<Sight>) {
    catch_unwind(AssertUnwindSafe(|| look(grey))).unwrap_or_else(|_| {
        tracing::error!("the decoder fell over a frame");
        (Vec::new(), Vec::new())
    })
}

/// What a picture's codes and sights mean to the machine.
#[must_use]
pub fn seen(codes: Vec<Code>, sights: &[Sight]) -> Seen {
    let mut before = HashSet::new();
    let texts: Vec<Vec<u8>> = codes
        .into_iter()
        .map(|code| code.bytes)
        .filter(|text| before.insert(text.clone()))
        .collect();
    let small = |sight: &Sight| {
        let [a, b, ..] = sight.corners;
        (b.x - a.x).hypot(b.y - a.y) / f32::from(17 + 4 * u16::from(sight.version)) < FAR
    };
    let hint = if !texts.is_empty() || sights.is_empty() {
        None
    } else if sights.iter().any(small) {
        Some(Hint::Closer)
    } else {
        Some(Hint::HoldStill)
    };
    Seen { texts, hint, ..Seen::default() }
}

#[cfg(test)]
mod tests {
    use permit_symbol::camera::{Kind, SIZES, Shot, photograph};
    use permit_symbol::{GreyBuf, Symbol};

    use super::*;

    #[test]
    fn texts_without_doubles() {
        let shot = Shot { kind: Kind::Clean, strength: 0.0, size: SIZES[1], seed: 3, frame: 0 };
        let symbol = Symbol::new("BP1:SPECIMEN").unwrap();
        let photo = photograph(&shot, &[symbol]);
        let (codes, sights) = glance(photo.picture.as_grey());
        let twice = codes.iter().chain(&codes).cloned().collect();
        assert_eq!(seen(twice, &sights).texts, [b"BP1:SPECIMEN"]);
        let (codes, sights) = glance(GreyBuf::new(64, 64).as_grey());
        assert_eq!(seen(codes, &sights), Seen::default());
    }

    #[test]
    fn every_frame_is_told_and_the_end() {
        let (events, heard) = std::sync::mpsc::channel();
        let (picture, shown) = watch::channel(None);
        let slot = Arc::new(Slot::default());
        let start = Instant::now();
        let eye = Eye { slot: Arc::clone(&slot), events, picture, start, played: true };
        let thread = std::thread::spawn(|| eye.run());
        for number in 0..3 {
            let mut grey = GreyBuf::new(64, 64);
            grey.pixels_mut().fill(128);
            let picture = Some(number);
            assert!(slot.put_after(Frame { grey: Arc::new(grey), picture, cut: number == 0 }));
        }
        slot.end();
        thread.join().unwrap();
        let pictures: Vec<_> = heard
            .iter()
            .filter_map(|event| match event {
                Event::Seen(seen) => Some((seen.picture, seen.cut)),
                _ => None,
            })
            .collect();
        assert_eq!(pictures, [(Some(0), true), (Some(1), false), (Some(2), false)]);
        assert!(shown.borrow().is_some());
    }
}

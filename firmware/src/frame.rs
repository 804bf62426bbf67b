//! Frames, where they come from, and the one slot they wait in.
//!
//! A live camera overwrites what nobody looked at: only the newest frame is worth reading. A played picture waits for
//! the eye instead, so that a run over a folder looks at every picture on any machine.

use core::time::Duration;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use permit_symbol::GreyBuf;

/// A grey picture on its way to the eye.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The picture.
    pub grey: Arc<GreyBuf>,
    /// Which picture of a played source, counted from 0.
    pub picture: Option<u32>,
    /// The source knows that what was in view before is gone.
    pub cut: bool,
}

/// Why there is no frame.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FrameError {
    /// The source cannot be opened.
    #[error("the source cannot be opened: {0}")]
    Open(#[source] std::io::Error),
    /// The device is gone, or stopped giving frames.
    #[error("the device gives no frames")]
    Gone,
    /// The device offers none of the formats this terminal reads.
    #[error("the device offers none of YUYV, NV12 and MJPEG")]
    Format,
    /// A folder without a picture.
    #[error("there is no picture in the folder")]
    Empty,
    /// A played file is not what it says.
    #[error("the file is not a picture stream this terminal reads")]
    Damaged,
}

/// Something that gives frames, one after another.
pub trait FrameSource {
    /// The next frame; `None` after the last.
    ///
    /// # Errors
    ///
    /// When there is none and more may not be expected before it is opened again.
    fn next(&mut self) -> Result<Option<Frame>, FrameError>;

    /// Whether it is played: then every frame is looked at, and somebody else sets the pace.
    fn is_played(&self) -> bool;
}

/// What the eye finds in the slot.
#[derive(Debug)]
pub enum Taken {
    /// The newest frame.
    Frame(Frame),
    /// Nothing came in time.
    Nothing,
    /// Nothing came in time, and the device is known to be gone.
    Lost,
    /// Nothing will come any more.
    Ended,
}

/// Room for one frame between the source's thread and the eye's.
#[derive(Debug, Default)]
pub struct Slot {
    inner: Mutex<Inner>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Inner {
    frame: Option<Frame>,
    lost: bool,
    ended: bool,
}

impl Slot {
    /// Puts a live frame in; an older one that nobody took is gone.
    pub fn put(&self, mut frame: Frame) {
        let mut inner = self.lock();
        frame.cut |= inner.frame.take().is_some_and(|before| before.cut);
        inner.frame = Some(frame);
        inner.lost = false;
        self.changed.notify_all();
    }

    /// The device is gone, until the next frame.
    pub fn lose(&self) {
        self.lock().lost = true;
    }

    /// Puts a played frame in once the one before was taken; false if nobody takes any more.
    pub fn put_after(&self, frame: Frame) -> bool {
        let mut inner = self.lock();
        while inner.frame.is_some() && !inner.ended {
            inner = self.changed.wait(inner).unwrap_or_else(PoisonError::into_inner);
        }
        if inner.ended {
            return false;
        }
        inner.frame = Some(frame);
        self.changed.notify_all();
        true
    }

    /// Nothing will come any more.
    pub fn end(&self) {
        self.lock().ended = true;
        self.changed.notify_all();
    }

    /// The newest frame, waiting for it so long at most.
    pub fn take(&self, patience: Duration) -> Taken {
        let until = Instant::now() + patience;
        let mut inner = self.lock();
        loop {
            if let Some(frame) = inner.frame.take() {
                self.changed.notify_all();
                return Taken::Frame(frame);
            }
            if inner.ended {
                return Taken::Ended;
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return if inner.lost { Taken::Lost } else { Taken::Nothing };
            }
            inner =
                self.changed.wait_timeout(inner, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(picture: u32, cut: bool) -> Frame {
        Frame { grey: Arc::new(GreyBuf::new(2, 2)), picture: Some(picture), cut }
    }

    #[test]
    fn only_the_newest_live_frame_and_no_cut_is_lost() {
        let slot = Slot::default();
        slot.put(frame(1, true));
        slot.put(frame(2, false));
        let Taken::Frame(taken) = slot.take(Duration::ZERO) else { panic!("a frame") };
        assert_eq!((taken.picture, taken.cut), (Some(2), true));
        assert!(matches!(slot.take(Duration::ZERO), Taken::Nothing));
        slot.lose();
        assert!(matches!(slot.take(Duration::ZERO), Taken::Lost));
        slot.put(frame(3, false));
        slot.end();
        assert!(matches!(slot.take(Duration::ZERO), Taken::Frame(_)), "the last one is not lost");
        assert!(matches!(slot.take(Duration::ZERO), Taken::Ended));
    }

    #[test]
    fn every_played_frame() {
        let slot = Slot::default();
        std::thread::scope(|scope| {
            scope.spawn(|| {
                for number in 0..50 {
                    assert!(slot.put_after(frame(number, false)));
                }
                slot.end();
            });
            let mut numbers = Vec::new();
            while let Taken::Frame(taken) = slot.take(Duration::from_secs(60)) {
                numbers.extend(taken.picture);
            }
            assert!(numbers.into_iter().eq(0..50));
        });
    }
}

//! Bound: what the frames of a stream hold, whether or not a reader finds it.
//!
//! The same evidence and the same correction as in a stream, laid over the modules' true
//! places instead of over places that were found. Where this reads nothing, the pictures do
//! not hold the code. It serves measurements: only who made the pictures knows the places.

use super::gather::Gather;
use crate::decode::follow::track::laid;
use crate::{Grey, Point};

/// The evidence of frames whose geometry is known.
#[derive(Debug)]
pub struct Bound {
    gather: Gather,
    read: bool,
}

impl Bound {
    /// Nothing yet of a code of this version, 1 to 40.
    #[must_use]
    pub fn new(version: u8) -> Self {
        Self { gather: Gather::new(version), read: false }
    }

    /// Adds a frame whose modules' middles are at these places, row by row. Whether the code
    /// can be told by now.
    pub fn add(&mut self, frame: Grey<'_>, middles: &[Point]) -> bool {
        if !self.read
            && let Some(view) = laid(frame, middles, self.gather.version())
        {
            self.gather.add(&view.soft, None);
            self.read = self.gather.settle(3).is_ok();
        }
        self.read
    }
}

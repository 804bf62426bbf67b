//! Pictures on a disk, played as a camera.
//!
//! A folder shows each of its pictures for ten frames and then nothing for one, so that a verdict falls on each. A film
//! (Y4M, JPEG pictures behind each other, AVI with such) is played frame by frame, a picture as a film of itself. What
//! cannot be read is passed over and said in the log by its place, never by its name.

mod folder;

use core::time::Duration;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use permit_symbol::GreyBuf;
use permit_symbol::load::{self, LoadError};

use crate::frame::{Frame, FrameError, FrameSource};

pub use self::folder::Folder;

/// Opens a folder or a file to be played; `Ok(None)` for what is neither, such as a device.
///
/// # Errors
///
/// When it cannot be read, or is a file of another kind.
pub fn open(path: &Path, endless: bool) -> Result<Option<Box<dyn FrameSource + Send>>, FrameError> {
    let about = std::fs::metadata(path).map_err(FrameError::Open)?;
    if about.is_dir() {
        return Ok(Some(Box::new(Folder::open(path, endless)?)));
    }
    if !about.is_file() {
        return Ok(None);
    }
    Ok(Some(Box::new(Reel::open(path, endless)?)))
}

/// A film that is played, once or for ever.
#[derive(Debug)]
struct Reel {
    film: load::Frames,
    again: Option<PathBuf>,
    picture: u32,
    cut: bool,
}

impl Reel {
    fn open(path: &Path, endless: bool) -> Result<Self, FrameError> {
        let again = endless.then(|| path.to_owned());
        Ok(Self { film: film(path)?, again, picture: 0, cut: true })
    }

    /// The next frame that can be read; a film that was cut off ends with its last whole one.
    fn frame(&mut self) -> Option<GreyBuf> {
        loop {
            match self.film.next()? {
                Ok(grey) => return Some(grey),
                Err(LoadError::Truncated) => return None,
                Err(_) => tracing::warn!("a frame of the film cannot be read"),
            }
        }
    }
}

impl FrameSource for Reel {
    fn next(&mut self) -> Result<Option<Frame>, FrameError> {
        let mut grey = self.frame();
        if let (None, Some(path), 1..) = (&grey, &self.again, self.picture) {
            self.film = film(path)?;
            (self.picture, self.cut) = (0, true);
            grey = self.frame();
        }
        let Some(grey) = grey else { return Ok(None) };
        let (picture, cut) = (Some(self.picture), core::mem::take(&mut self.cut));
        self.picture += 1;
        Ok(Some(Frame { grey: Arc::new(grey), picture, cut }))
    }

    fn is_played(&self) -> bool {
        true
    }
}

fn film(path: &Path) -> Result<load::Frames, FrameError> {
    load::frames(path).map_err(|error| match error {
        LoadError::Unreadable(cause) => FrameError::Open(cause),
        _ => FrameError::Damaged,
    })
}

/// When the next of so many frames a second is due; late frames are not made up for.
#[derive(Debug)]
pub struct Pace {
    every: Duration,
    due: Option<Instant>,
}

impl Pace {
    /// So many frames a second.
    #[must_use]
    pub fn new(fps: u16) -> Self {
        Self { every: Duration::from_secs(1) / u32::from(fps.max(1)), due: None }
    }

    /// How long to wait before the next frame.
    pub fn wait(&mut self, now: Instant) -> Duration {
        let due = self.due.map_or(now, |due| due.max(now));
        self.due = Some(due + self.every);
        due.saturating_duration_since(now)
    }
}

#[cfg(test)]
mod tests;

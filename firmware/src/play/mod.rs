//! Pictures on a disk, played as a camera.
//!
//! A folder shows each of its pictures for ten frames and then nothing for one, so that a verdict falls on each. A Y4M
//! or MJPEG file is played frame by frame. What cannot be read is passed over and said in the log by its place, never by
//! its name.

mod folder;
mod mjpeg;
mod y4m;

use core::time::Duration;
use std::fs::File;
use std::io::{BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use permit_symbol::GreyBuf;

use crate::frame::{Frame, FrameError, FrameSource};

pub use self::folder::Folder;
pub use self::mjpeg::{Mjpeg, luma};
pub use self::y4m::Y4m;

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
    let mut head = [0; 9];
    let mut file = File::open(path).map_err(FrameError::Open)?;
    let length = file.read(&mut head).map_err(FrameError::Open)?;
    let head = head.get(..length).unwrap_or_default();
    let again = endless.then(|| path.to_owned());
    if head.starts_with(b"YUV4MPEG2") {
        Ok(Some(Box::new(Reel::<Y4m>::open(path, again)?)))
    } else if head.starts_with(&[0xff, 0xd8]) {
        Ok(Some(Box::new(Reel::<Mjpeg>::open(path, again)?)))
    } else {
        Err(FrameError::Damaged)
    }
}

/// A file format that holds frames.
trait Film: Sized {
    fn begin(file: BufReader<File>) -> Result<Self, FrameError>;
    fn picture(&mut self) -> Result<Option<GreyBuf>, FrameError>;
}

/// A film that is played, once or for ever.
#[derive(Debug)]
struct Reel<F> {
    film: F,
    again: Option<PathBuf>,
    picture: u32,
    cut: bool,
}

impl<F: Film> Reel<F> {
    fn open(path: &Path, again: Option<PathBuf>) -> Result<Self, FrameError> {
        Ok(Self { film: film(path)?, again, picture: 0, cut: true })
    }
}

impl<F: Film> FrameSource for Reel<F> {
    fn next(&mut self) -> Result<Option<Frame>, FrameError> {
        let mut grey = self.film.picture()?;
        if let (None, Some(path), 1..) = (&grey, &self.again, self.picture) {
            self.film = film(path)?;
            (self.picture, self.cut) = (0, true);
            grey = self.film.picture()?;
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

fn film<F: Film>(path: &Path) -> Result<F, FrameError> {
    F::begin(BufReader::new(File::open(path).map_err(FrameError::Open)?))
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

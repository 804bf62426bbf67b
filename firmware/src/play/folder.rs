//! A folder of pictures as a camera.
//!
//! Ten frames of each in the order of their names, then an empty one; nothing below the folder is looked at. Names of
//! files go nowhere: a picture is known by its place.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use permit_symbol::{GreyBuf, load};

use crate::frame::{Frame, FrameError, FrameSource};

/// A folder being played.
#[derive(Debug)]
pub struct Folder {
    paths: Vec<PathBuf>,
    endless: bool,
    place: usize,
    /// The picture being shown, and frames of it left.
    shown: Option<(Arc<GreyBuf>, u32)>,
    empty: Arc<GreyBuf>,
    /// Whether anything could be read in this turn.
    any: bool,
}

/// Frames of each picture.
const FRAMES: u32 = 10;

impl Folder {
    /// The pictures right inside a folder.
    ///
    /// # Errors
    ///
    /// When it cannot be listed, or holds no picture.
    pub fn open(path: &Path, endless: bool) -> Result<Self, FrameError> {
        let mut paths = Vec::new();
        for entry in std::fs::read_dir(path).map_err(FrameError::Open)? {
            let path = entry.map_err(FrameError::Open)?.path();
            if load::is_picture(&path) {
                paths.push(path);
            }
        }
        if paths.is_empty() {
            return Err(FrameError::Empty);
        }
        paths.sort();
        let mut grey = GreyBuf::new(640, 480);
        grey.pixels_mut().fill(128);
        let empty = Arc::new(grey);
        Ok(Self { paths, endless, place: 0, shown: None, empty, any: false })
    }

    /// How many pictures it has.
    #[must_use]
    pub const fn pictures(&self) -> usize {
        self.paths.len()
    }

    /// The next picture that can be read, and the number after its place.
    fn advance(&mut self) -> Option<Arc<GreyBuf>> {
        loop {
            if self.place >= self.paths.len() {
                // A folder without a single picture is not turned over for ever.
                if !self.endless || !core::mem::take(&mut self.any) {
                    return None;
                }
                self.place = 0;
            }
            let path = self.paths.get(self.place)?;
            self.place += 1;
            match load::open(path).and_then(|mut pages| pages.next().transpose()) {
                Ok(Some(picture)) => {
                    self.any = true;
                    return Some(Arc::new(picture.grey));
                }
                Ok(None) => {}
                Err(_) => tracing::warn!(picture = self.place - 1, "a picture cannot be read"),
            }
        }
    }
}

impl FrameSource for Folder {
    fn next(&mut self) -> Result<Option<Frame>, FrameError> {
        let picture = |place: usize| u32::try_from(place).ok();
        if let Some((grey, left)) = self.shown.take() {
            let number = picture(self.place.saturating_sub(1));
            if left == 0 {
                let grey = Arc::clone(&self.empty);
                return Ok(Some(Frame { grey, picture: None, cut: true }));
            }
            self.shown = Some((Arc::clone(&grey), left - 1));
            return Ok(Some(Frame { grey, picture: number, cut: false }));
        }
        let Some(grey) = self.advance() else { return Ok(None) };
        self.shown = Some((Arc::clone(&grey), FRAMES - 1));
        let number = picture(self.place - 1);
        Ok(Some(Frame { grey, picture: number, cut: false }))
    }

    fn is_played(&self) -> bool {
        true
    }
}

//! Where frames come from: a device, something played, or nothing.

use std::path::Path;
#[cfg(feature = "camera")]
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::Instant;

#[cfg(feature = "camera")]
use permit_reader::camera;
use permit_reader::frame::{FrameError, FrameSource, Slot};
use permit_reader::play::{self, Pace};

use super::args::Args;
use super::exit::Exit;
use super::fault::Fault;

/// What `--camera` names.
pub(super) enum Source {
    /// Nothing: a terminal with a hand scanner alone.
    None,
    /// Something that cannot be opened.
    Gone,
    /// A folder or a file.
    Played(Box<dyn FrameSource + Send>),
    /// A video device, which may come and go.
    #[cfg(feature = "camera")]
    Device(PathBuf),
}

impl Source {
    pub(super) fn open(args: &Args, camera: &Path) -> Result<Self, Fault> {
        if camera.as_os_str() == "none" {
            return Ok(Self::None);
        }
        // A device that is not there yet is waited for.
        if camera.starts_with("/dev") {
            return device(camera);
        }
        let cannot = |error: FrameError| match error {
            FrameError::Empty => Fault::new(Exit::Unreadable, "fault-no-pictures").at(camera),
            error => Fault::new(Exit::Unreadable, "reader-camera").at(camera).with("cause", error),
        };
        match play::open(camera, !args.once).map_err(cannot)? {
            Some(played) => Ok(Self::Played(played)),
            None => device(camera),
        }
    }

    /// Whether every frame is looked at, at a pace that is set.
    pub(super) const fn is_played(&self) -> bool {
        matches!(self, Self::Played(_))
    }

    /// A thread for it, and the slot its frames are in.
    pub(super) fn begin(self, fps: u16) -> Result<Option<Arc<Slot>>, Fault> {
        let slot = Arc::new(Slot::default());
        let filled = Arc::clone(&slot);
        match self {
            Self::None | Self::Gone => return Ok(None),
            Self::Played(source) => super::start::thread(move || play(source, &filled, fps))?,
            #[cfg(feature = "camera")]
            Self::Device(path) => super::start::thread(move || camera::watch(&path, &filled))?,
        };
        Ok(Some(slot))
    }
}

#[cfg(feature = "camera")]
fn device(path: &Path) -> Result<Source, Fault> {
    Ok(Source::Device(path.to_owned()))
}

#[cfg(not(feature = "camera"))]
fn device(path: &Path) -> Result<Source, Fault> {
    Err(Fault::new(Exit::Unreadable, "reader-no-device").at(path))
}

fn play(mut source: Box<dyn FrameSource + Send>, slot: &Slot, fps: u16) {
    let mut pace = Pace::new(fps);
    loop {
        thread::sleep(pace.wait(Instant::now()));
        match source.next() {
            Ok(Some(frame)) => {
                if !slot.put_after(frame) {
                    return;
                }
            }
            Ok(None) => break,
            Err(error) => {
                tracing::error!(%error, "the source ended");
                break;
            }
        }
    }
    slot.end();
}

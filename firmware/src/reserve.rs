//! Room on the disk that is kept for a night.
//!
//! A file that holds nothing and takes room. When the disk is full it is given back, so that tries are counted, officers
//! sign in and decisions are recorded while nothing is green any more; once there is room again it is made anew. What it
//! is for, and no more, is written in [`ROOM`].

use core::sync::atomic::{AtomicBool, Ordering};
use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use rustix::fs::{FallocateFlags, fallocate};

/// Room kept free.
#[derive(Debug)]
pub struct Reserve {
    path: PathBuf,
    held: AtomicBool,
}

impl Reserve {
    /// The reserve in this folder, made if there is room beside it.
    #[must_use]
    pub fn open(folder: &Path) -> Self {
        let path = folder.join(NAME);
        let there =
            fs::symlink_metadata(&path).is_ok_and(|about| about.is_file() && about.len() >= ROOM);
        let reserve = Self { path, held: AtomicBool::new(there) };
        let free =
            rustix::fs::statvfs(folder).map(|room| room.f_bavail.saturating_mul(room.f_frsize));
        if let Ok(free) = free {
            reserve.make(free);
        }
        reserve
    }

    /// Whether the room is there, in case it is needed.
    #[must_use]
    pub fn is_held(&self) -> bool {
        self.held.load(Ordering::Relaxed)
    }

    /// Gives the room back; whether there was some to give.
    pub fn give(&self) -> bool {
        if !self.held.swap(false, Ordering::Relaxed) {
            return false;
        }
        match fs::remove_file(&self.path) {
            Ok(()) => tracing::error!("the disk is full: the room kept for the night is used now"),
            Err(error) => tracing::error!(%error, "the room kept for the night is not given back"),
        }
        true
    }

    /// Makes it where so much is free that it leaves as much again.
    pub fn make(&self, free: u64) {
        if self.is_held() || free < 2 * ROOM {
            return;
        }
        match self.fill() {
            Ok(()) => self.held.store(true, Ordering::Relaxed),
            Err(error) => {
                tracing::warn!(%error, "no room can be kept for the night");
                let _ = fs::remove_file(&self.path);
            }
        }
    }

    fn fill(&self) -> io::Result<()> {
        let mut options = OpenOptions::new();
        options.create(true).write(true).truncate(true).mode(0o600);
        let file = options.open(&self.path)?;
        match fallocate(&file, FallocateFlags::empty(), 0, ROOM) {
            Ok(()) => {}
            Err(rustix::io::Errno::OPNOTSUPP | rustix::io::Errno::NOSYS) => zeros(&file)?,
            Err(error) => return Err(error.into()),
        }
        file.sync_all()
    }
}

/// For a disk that cannot set room aside.
fn zeros(mut file: &File) -> io::Result<()> {
    io::copy(&mut io::Read::take(io::repeat(0), ROOM), &mut file).map(drop)
}

const NAME: &str = "reserve";
/// Bytes kept. Who is scanned and turned back takes 165 bytes in the journal, who goes through some 250 (`tests/full.rs`):
/// this is a night of eight thousand people, with heads and tries of PINs.
pub const ROOM: u64 = 2 << 20;

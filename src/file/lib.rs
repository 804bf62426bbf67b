//! Plain files, opened once and then asked what they are.
//!
//! Whoever asks a path what it is and opens it afterwards may open something else: a pipe that nobody writes into, a
//! device, another file. Here the descriptor is asked. It rules out waiting for a pipe, following a link where none is
//! wanted, a secret that others may read, and reading more than was agreed. It looks into no bytes. A [`Lock`] holds a file for one program at a time.

mod lock;

use std::fs::File;
use std::io::{self, Read as _};
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::Path;

use rustix::fs::OFlags;
use thiserror::Error;

pub use lock::Lock;

/// What is asked of a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ask {
    /// The most bytes it may have.
    pub most: u64,
    /// Whether the last part of its path may be a symbolic link.
    pub links: bool,
    /// Whether its group and others may have no right to it.
    pub private: bool,
}

impl Ask {
    /// A file that somebody named on a command line: links lead where they lead.
    #[must_use]
    pub const fn named(most: u64) -> Self {
        Self { most, links: true, private: false }
    }

    /// A file where somebody else may have put something: no link is followed.
    #[must_use]
    pub const fn found(most: u64) -> Self {
        Self { most, links: false, private: false }
    }

    /// A secret: no link is followed, and nobody but its owner may have a right to it.
    #[must_use]
    pub const fn secret(most: u64) -> Self {
        Self { most, links: false, private: true }
    }
}

/// Why a file is not read.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum FileError {
    /// It cannot be opened or read.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// A link, a folder, a pipe or a device.
    #[error("not a plain file")]
    NotAFile,
    /// It has more bytes than were agreed.
    #[error("more than {most} bytes")]
    TooLong {
        /// The most it may have.
        most: u64,
    },
    /// Others have a right to it.
    #[error("open to others, mode {mode:04o}")]
    TooOpen {
        /// Its rights.
        mode: u32,
    },
}

/// Opens a file and asks it.
///
/// # Errors
///
/// When it cannot be opened or is not what is asked for.
pub fn open(path: &Path, ask: &Ask) -> Result<File, FileError> {
    // A pipe is opened at once, for reading, whether anybody writes into it or not; a plain file does not care.
    let mut flags = OFlags::NONBLOCK | OFlags::NOCTTY;
    flags.set(OFlags::NOFOLLOW, !ask.links);
    let flags = i32::try_from(flags.bits()).map_err(io::Error::other)?;
    let opened = File::options().read(true).custom_flags(flags).open(path);
    let file = opened.map_err(|cause| match rustix::io::Errno::from_io_error(&cause) {
        // A link that is not followed; a socket, or a device without a driver.
        Some(rustix::io::Errno::LOOP | rustix::io::Errno::NXIO | rustix::io::Errno::NODEV) => {
            FileError::NotAFile
        }
        _ => FileError::Io(cause),
    })?;
    let about = file.metadata()?;
    if !about.is_file() {
        return Err(FileError::NotAFile);
    }
    let mode = about.permissions().mode() & 0o7777;
    if ask.private && mode & 0o077 != 0 {
        return Err(FileError::TooOpen { mode });
    }
    if about.len() > ask.most {
        return Err(FileError::TooLong { most: ask.most });
    }
    Ok(file)
}

/// The bytes of a file, read from the descriptor that was asked.
///
/// # Errors
///
/// As [`open`]; or when it grew longer than agreed while it was read.
pub fn read(path: &Path, ask: &Ask) -> Result<Vec<u8>, FileError> {
    let file = open(path, ask)?;
    // Room for all of it at once: whoever reads a secret wipes one buffer.
    let room = file.metadata()?.len().min(ask.most);
    let mut bytes = Vec::with_capacity(usize::try_from(room).unwrap_or_default().saturating_add(1));
    file.take(ask.most.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > ask.most {
        return Err(FileError::TooLong { most: ask.most });
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests;

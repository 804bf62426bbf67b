//! Key files on disk: owner only, whole or not at all.
//!
//! A file is written under a temporary name beside its place, with mode 0600 from the first byte,
//! synced, and renamed. Nothing here looks into the bytes or reads a file that others may read.

use std::{
    fs::{self, File},
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

use permit_file::{Ask, FileError};

use super::{Cost, KeyFile, KeyFileError, MOST_BYTES};
use crate::secret::{NewPassphrase, Passphrase};

/// On disk.
impl KeyFile {
    /// Reads a key file that nobody but its owner can read. Symbolic links are followed: what
    /// counts is the file they lead to.
    ///
    /// # Errors
    ///
    /// [`KeyFileError::TooOpen`] when the group or others have any right to it; not a file; not a
    /// key file; I/O.
    pub fn load(path: &Path) -> Result<Self, KeyFileError> {
        // A file that is too long is none, which its first bytes say better than its length.
        let ask = Ask { most: u64::MAX, links: true, private: true };
        let file = permit_file::open(path, &ask).map_err(|error| match error {
            FileError::NotAFile => KeyFileError::NotAFile,
            FileError::TooOpen { mode } => KeyFileError::TooOpen { mode },
            FileError::Io(cause) => KeyFileError::Io(cause),
            other => KeyFileError::Io(io::Error::other(other)),
        })?;
        let mut bytes = Vec::with_capacity(MOST_BYTES + 1);
        file.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes)?;
        Ok(Self::from_bytes(&bytes)?)
    }

    /// Writes a new key file that only its owner can read.
    ///
    /// # Errors
    ///
    /// [`KeyFileError::Exists`] when something has this name already, if only a dangling link; I/O.
    pub fn create(&self, path: &Path) -> Result<(), KeyFileError> {
        create_private_file(path, &self.bytes)
    }

    /// Seals the key in `path` under another passphrase, with a new salt and nonce and at `cost`,
    /// and puts the new file in the old one's place in one step. The file a symbolic link leads to
    /// is replaced, not the link.
    ///
    /// The new file has been opened with the new passphrase before the old one goes. Other copies
    /// of the old file still open with the old passphrase.
    ///
    /// # Errors
    ///
    /// As [`KeyFile::load`], [`KeyFile::open`] and [`KeyFile::seal`]; the old file is then still
    /// there.
    pub fn change_passphrase(
        path: &Path,
        old: &Passphrase,
        new: &NewPassphrase,
        cost: Cost,
    ) -> Result<Self, KeyFileError> {
        let path = fs::canonicalize(path)?;
        let before = Self::load(&path)?;
        let key = before.open(old)?;
        let after = Self::seal(&key, new, cost, before.label)?;
        after.open(new.as_ref())?;
        let (temporary, folder) = write_beside(&path, &after.bytes)?;
        temporary.persist(&path).map_err(|error| error.error)?;
        sync_folder(&folder)?;
        Ok(after)
    }
}

/// Writes a new file that only its owner can read: a key file, or an exported key.
///
/// It is written under a temporary name in the same folder with mode 0600 from the start, synced,
/// and then given its name, unless that is taken.
///
/// # Errors
///
/// [`KeyFileError::Exists`] when something has this name already; I/O.
pub fn create_private_file(path: &Path, contents: &[u8]) -> Result<(), KeyFileError> {
    if path.symlink_metadata().is_ok() {
        return Err(KeyFileError::Exists);
    }
    let (temporary, folder) = write_beside(path, contents)?;
    temporary.persist_noclobber(path).map_err(|error| match error.error.kind() {
        io::ErrorKind::AlreadyExists => KeyFileError::Exists,
        _ => KeyFileError::Io(error.error),
    })?;
    sync_folder(&folder)?;
    Ok(())
}

/// A file of mode 0600 in `path`'s folder, written and synced, that goes away unless it is given
/// its name.
fn write_beside(path: &Path, contents: &[u8]) -> io::Result<(tempfile::NamedTempFile, PathBuf)> {
    let folder = match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    let mut temporary = tempfile::Builder::new().prefix(".permit-key-").tempfile_in(folder)?;
    temporary.write_all(contents)?;
    temporary.as_file().sync_all()?;
    Ok((temporary, folder.to_owned()))
}

/// A new name is durable only when its folder is.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

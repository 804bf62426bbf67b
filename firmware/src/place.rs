//! The folder of a terminal's state, which may not be there, not be writable or not be its own.
//!
//! A terminal whose folder is broken starts all the same and says so; the folder is tried again with everything that is
//! written, so that whoever mends it need not start anything. Nothing is written before the folder is locked.

use std::io;
use std::path::{Path, PathBuf};

use permit_file::{Ask, FileError};
use permit_journal::{Disk, Storage};

/// A folder on the disk, opened and locked as soon as that is possible.
#[derive(Default, Debug)]
pub struct Place {
    folder: PathBuf,
    disk: Option<Disk>,
    /// Somebody else may have the lock: what is written here nobody else writes.
    shared: bool,
}

impl Place {
    /// The folder at `path`, whatever its state.
    #[must_use]
    pub fn new(path: impl AsRef<Path>) -> Self {
        Self { folder: path.as_ref().to_owned(), disk: None, shared: false }
    }

    /// The same without the lock, for files that nobody else writes.
    #[must_use]
    pub fn shared(path: impl AsRef<Path>) -> Self {
        Self { shared: true, ..Self::new(path) }
    }

    /// The folder, to be written to.
    fn locked(&mut self) -> io::Result<&mut Disk> {
        let disk = match self.disk.take() {
            Some(disk) => disk,
            None => {
                let mut disk = Disk::open(&self.folder)?;
                if !self.shared {
                    disk.lock()?;
                }
                disk
            }
        };
        Ok(self.disk.insert(disk))
    }

    /// The folder, to be looked at.
    fn look<T>(&self, at: impl FnOnce(&Disk) -> io::Result<T>) -> io::Result<T> {
        match &self.disk {
            Some(disk) => at(disk),
            None => at(&Disk::open(&self.folder)?),
        }
    }
}

impl Storage for Place {
    /// Only another process that has it is a reason to stop.
    fn lock(&mut self) -> io::Result<()> {
        match self.locked() {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Err(error),
            Err(error) => {
                tracing::error!(%error, "a folder of the state cannot be locked");
                Ok(())
            }
            Ok(_) => Ok(()),
        }
    }

    fn list(&self) -> io::Result<Vec<String>> {
        self.look(Disk::list)
    }

    fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        // Asked by its descriptor: neither a pipe nor a link is waited for or followed.
        permit_file::read(&self.folder.join(name), &Ask::found(LONGEST)).map_err(
            |error| match error {
                FileError::Io(error) => error,
                other => io::Error::other(other),
            },
        )
    }

    fn create(&mut self, name: &str) -> io::Result<()> {
        self.locked()?.create(name)
    }

    fn append(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.locked()?.append(name, bytes)
    }

    fn truncate(&mut self, name: &str, length: u64) -> io::Result<()> {
        self.locked()?.truncate(name, length)
    }

    fn sync(&mut self, name: &str) -> io::Result<()> {
        self.locked()?.sync(name)
    }

    fn rename(&mut self, from: &str, to: &str) -> io::Result<()> {
        self.locked()?.rename(from, to)
    }

    fn remove(&mut self, name: &str) -> io::Result<()> {
        self.locked()?.remove(name)
    }

    fn sync_directory(&mut self) -> io::Result<()> {
        self.locked()?.sync_directory()
    }

    fn free(&self) -> io::Result<u64> {
        self.look(Disk::free)
    }
}

/// A longer file was not written here.
const LONGEST: u64 = 64 << 20;

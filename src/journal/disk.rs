//! A folder of the real disk.
//!
//! Files are made readable by their owner alone (0600, the folder 0700) and locked as long as the value
//! lives. One file is kept open between writes, so that a write which fails later is reported to the
//! `fsync` that follows it and to no other.

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, Read, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use permit_file::Lock;
use rustix::fs::statvfs;

use crate::Storage;

/// A folder on the disk.
#[derive(Debug)]
pub struct Disk {
    folder: PathBuf,
    lock: Option<Lock>,
    /// The file last written to.
    open: Option<(String, File)>,
}

impl Disk {
    /// The folder at `path`, made if it is not there (its parent must be).
    ///
    /// # Errors
    ///
    /// When it cannot be made, or is no folder.
    pub fn open(path: impl AsRef<Path>) -> io::Result<Self> {
        let folder = path.as_ref().to_path_buf();
        match DirBuilder::new().mode(0o700).create(&folder) {
            Ok(()) => sync_parent(&folder)?,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
        if !fs::symlink_metadata(&folder)?.is_dir() {
            return Err(io::ErrorKind::NotADirectory.into());
        }
        Ok(Self { folder, lock: None, open: None })
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// The open file of that name, opened for appending if it is another.
    fn file(&mut self, name: &str) -> io::Result<&mut File> {
        let same = self.open.as_ref().is_some_and(|(open, _)| open == name);
        let file = match self.open.take() {
            Some((_, file)) if same => file,
            _ => OpenOptions::new().append(true).open(self.path(name))?,
        };
        Ok(&mut self.open.insert((name.to_owned(), file)).1)
    }

    fn forget(&mut self, name: &str) {
        self.open.take_if(|(open, _)| open == name);
    }
}

impl Storage for Disk {
    fn lock(&mut self) -> io::Result<()> {
        self.lock = Some(Lock::take(&self.path(LOCK))?);
        Ok(())
    }

    fn list(&self) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(&self.folder)? {
            if let Ok(name) = entry?.file_name().into_string()
                && name != LOCK
            {
                names.push(name);
            }
        }
        names.sort();
        Ok(names)
    }

    fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        let file = File::open(self.path(name))?;
        if file.metadata()?.len() > LONGEST {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let mut bytes = Vec::new();
        file.take(LONGEST).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn create(&mut self, name: &str) -> io::Result<()> {
        let mut options = OpenOptions::new();
        options.create(true).append(true).mode(0o600);
        let file = options.open(self.path(name))?;
        file.set_len(0)?;
        self.open = Some((name.to_owned(), file));
        Ok(())
    }

    fn append(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.file(name)?.write_all(bytes)
    }

    fn truncate(&mut self, name: &str, length: u64) -> io::Result<()> {
        self.file(name)?.set_len(length)
    }

    fn sync(&mut self, name: &str) -> io::Result<()> {
        self.file(name)?.sync_all()
    }

    fn rename(&mut self, from: &str, to: &str) -> io::Result<()> {
        fs::rename(self.path(from), self.path(to))?;
        if let Some((open, _)) = self.open.as_mut().filter(|(open, _)| open == from) {
            to.clone_into(open);
        }
        Ok(())
    }

    fn remove(&mut self, name: &str) -> io::Result<()> {
        self.forget(name);
        fs::remove_file(self.path(name))
    }

    fn sync_directory(&mut self) -> io::Result<()> {
        File::open(&self.folder)?.sync_all()
    }

    fn free(&self) -> io::Result<u64> {
        let room = statvfs(&self.folder)?;
        Ok(room.f_bavail.saturating_mul(room.f_frsize))
    }
}

/// The name of the file that is locked.
const LOCK: &str = "lock";
/// A longer file was not written here, and is not taken into memory.
const LONGEST: u64 = 64 * 1024 * 1024;

/// Makes the name of a new folder durable.
fn sync_parent(folder: &Path) -> io::Result<()> {
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty());
    File::open(parent.unwrap_or(Path::new(".")))?.sync_all()
}

//! A file that is held by one program at a time.

use std::fs::{File, TryLockError};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

/// A lock on a file (flock(2)), until this is dropped.
#[derive(Debug)]
#[must_use]
pub struct Lock(File);

impl Lock {
    /// Takes the lock; the file is made if it is not there, with rights for its owner alone.
    ///
    /// # Errors
    ///
    /// [`TryLockError::WouldBlock`] when somebody holds it, also within this process; otherwise why there is no such file.
    pub fn take(path: &Path) -> Result<Self, TryLockError> {
        let mut options = File::options();
        options.create(true).truncate(false).write(true).mode(0o600);
        let file = options.open(path).map_err(TryLockError::Error)?;
        file.try_lock()?;
        Ok(Self(file))
    }
}

impl Drop for Lock {
    /// Closing alone is not enough: a program that another thread is just starting has the file open as well, for a moment,
    /// and the lock would stay until then.
    fn drop(&mut self) {
        let _ = self.0.unlock();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_free_at_once_whoever_else_has_the_file_open() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let held = Lock::take(&path).unwrap();
        assert!(matches!(Lock::take(&path), Err(TryLockError::WouldBlock)));
        let as_a_child_has_it = held.0.try_clone().unwrap();
        drop(held);
        let again = Lock::take(&path).unwrap();
        drop(as_a_child_has_it);
        assert!(matches!(Lock::take(&path), Err(TryLockError::WouldBlock)));
        drop(again);
    }
}

//! Whole files or none.
//!
//! A file is written under a temporary name in the same folder, made durable, then renamed: a full disk, a crash or
//! Ctrl-C leaves what was there before. It refuses to append or to change a file in place.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::{Builder, NamedTempFile};

use crate::fault::Fault;

/// Writes a whole file, replacing one that is there.
pub(crate) fn whole(path: &Path, bytes: &[u8]) -> Result<(), Fault> {
    with(path, |out| out.write_all(bytes))
}

/// The same, written piece by piece.
pub(crate) fn with(
    path: &Path,
    fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Fault> {
    replace(path, fill).map_err(|cause| Fault::write(path, cause))
}

/// Makes a folder with its parents; one that is there already will do.
pub(crate) fn folder(path: &Path) -> Result<(), Fault> {
    fs::create_dir_all(path).map_err(|cause| Fault::write(path, cause))
}

/// Removes what is half-written, then ends: no new file is begun in between.
pub(crate) fn abandon(end: impl FnOnce()) {
    let pending = pending();
    for path in pending.iter() {
        // A file that is already gone is what is wanted.
        let _ = fs::remove_file(path);
    }
    end();
}

fn replace(path: &Path, fill: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let draft = Draft::begin(folder)?;
    let mut out = BufWriter::new(draft.file.as_file());
    fill(&mut out)?;
    out.flush()?;
    drop(out);
    draft.finish(path)?;
    durable(folder)
}

/// A file under its temporary name; dropped unfinished, it is removed.
struct Draft {
    file: NamedTempFile,
    listed: Listed,
}

impl Draft {
    fn begin(folder: &Path) -> io::Result<Self> {
        let mut pending = pending();
        let mut builder = Builder::new();
        builder.prefix(".permit-").suffix(".part");
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let file = builder.tempfile_in(folder)?;
        let path = file.path().to_owned();
        pending.insert(path.clone());
        Ok(Self { file, listed: Listed(path) })
    }

    fn finish(self, path: &Path) -> io::Result<()> {
        self.file.as_file().sync_all()?;
        self.file.persist(path).map_err(|error| error.error)?;
        drop(self.listed);
        Ok(())
    }
}

/// A name in the list of what Ctrl-C removes.
struct Listed(PathBuf);

impl Drop for Listed {
    fn drop(&mut self) {
        pending().remove(&self.0);
    }
}

static PENDING: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

fn pending() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    PENDING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Makes the new name itself durable, where folders can be opened for that.
fn durable(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    fs::File::open(folder)?.sync_all()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_whole_or_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        whole(&path, b"one").unwrap();
        let failed = with(&path, |out| {
            out.write_all(b"half")?;
            Err(io::ErrorKind::StorageFull.into())
        });
        assert!(failed.is_err());
        assert_eq!(fs::read(&path).unwrap(), b"one");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no draft is left");
        whole(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
    }

    #[test]
    fn a_missing_folder_is_a_fault() {
        let folder = tempfile::tempdir().unwrap();
        assert!(whole(&folder.path().join("no/a.txt"), b"").is_err());
    }
}

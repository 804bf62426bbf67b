//! New lists: from a stick or from codes, whole or not at all. The journal's export: onto one, whole or not at all.
//!
//! One plain file of bounded size, no archive, no link, no device. It is accepted by the same rules as any bundle, then
//! written beside the old one, synced and renamed; only then is it in use. Whatever goes wrong, the lists before stay.

use std::borrow::Cow;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use permit_core::{UnixTime, trust};
use permit_file::{Ask, FileError};
use permit_parts::delta::is_delta;

use crate::lists::{Basis, Bundle, Lists, Spot};
use crate::machine::UpdateFault;

/// Where new lists come from and where they are kept.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Stick {
    /// The file on the stick.
    pub from: Option<PathBuf>,
    /// Where accepted lists are kept; none on a laptop without a state.
    pub keep: Option<PathBuf>,
    /// The folder exports are written into.
    pub out: Option<PathBuf>,
}

impl Stick {
    /// Takes what is on the stick, a bundle or a delta under its name; nothing comes back where that is in use already.
    ///
    /// # Errors
    ///
    /// Why not; nothing has changed then.
    pub fn take(
        &self,
        basis: &Basis,
        spot: &Spot,
        now: Option<UnixTime>,
    ) -> Result<Option<Lists>, UpdateFault> {
        let bytes = plain(self.from.as_deref().ok_or(UpdateFault::Nothing)?)?;
        self.accept(&bytes, basis, spot, now)
    }

    /// Takes a bundle, or a delta of the lists in use, however it came; nothing comes back where it is in use already.
    ///
    /// # Errors
    ///
    /// Why not; nothing has changed then.
    pub fn accept(
        &self,
        bytes: &[u8],
        basis: &Basis,
        spot: &Spot,
        now: Option<UnixTime>,
    ) -> Result<Option<Lists>, UpdateFault> {
        let bytes = if is_delta(bytes) { basis.patched(bytes)? } else { Cow::Borrowed(bytes) };
        basis.take(&bytes, spot, now, |bundle| {
            if self.is_kept(bundle) {
                return Ok(());
            }
            self.store(bundle).map_err(|error| {
                tracing::error!(%error, "a bundle cannot be kept");
                UpdateFault::Unwritable
            })
        })
    }

    /// Whether both that are kept are this one.
    #[must_use]
    pub fn is_kept(&self, bundle: &[u8]) -> bool {
        let kept = self.kept();
        kept.len() == 2 && kept.iter().all(|it| it.as_deref() == Ok(bundle))
    }

    /// Keeps a bundle that was accepted, twice: its own signatures are the check. The copy is written first, so that one
    /// of the two is whole at any time.
    ///
    /// # Errors
    ///
    /// What the disk says.
    pub fn store(&self, bytes: &[u8]) -> std::io::Result<()> {
        let Some(path) = &self.keep else { return Ok(()) };
        write(&copy(path), bytes)?;
        write(path, bytes)
    }

    /// Both of the bundles that are kept, as they lie there: the copy, which is the newer where they differ, first.
    #[must_use]
    pub fn kept(&self) -> Vec<Bundle> {
        let paths = self.keep.iter().flat_map(|path| [copy(path), path.clone()]);
        paths.filter(|path| path.symlink_metadata().is_ok()).map(|path| plain(&path)).collect()
    }
}

/// Where the second one is kept.
fn copy(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".copy");
    name.into()
}

impl Stick {
    /// Writes an export under this name. A link that lies in the way is replaced, not followed.
    ///
    /// # Errors
    ///
    /// Why not; no part of it is left then under its name.
    pub fn give(&self, name: &str, export: &[u8]) -> Result<(), UpdateFault> {
        let folder = self.out.as_deref().filter(|folder| folder.is_dir());
        let path = folder.ok_or(UpdateFault::Nothing)?.join(name);
        write(&path, export).map_err(|error| {
            tracing::error!(%error, "an export cannot be written");
            UpdateFault::Unwritable
        })
    }
}

/// The bytes of a plain file that is not too large; a link is not followed.
///
/// # Errors
///
/// When there is none, or it is something else.
pub fn plain(path: &Path) -> Result<Vec<u8>, UpdateFault> {
    permit_file::read(path, &Ask::found(trust::BUNDLE as u64)).map_err(|error| match error {
        FileError::Io(_) => UpdateFault::Nothing,
        _ => UpdateFault::Unfit,
    })
}

/// Written beside, synced, renamed, and the folder synced.
fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let beside = path.with_extension("new");
    match fs::remove_file(&beside) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = File::create_new(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    match fs::rename(&beside, path) {
        // An empty folder in its place; one that holds something is nobody's to remove.
        Err(error) if error.kind() == std::io::ErrorKind::IsADirectory => {
            fs::remove_dir(path)?;
            fs::rename(&beside, path)?;
        }
        done => done?,
    }
    File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use permit_signing::demo;

    use super::*;

    fn basis() -> Basis {
        let anchor = demo::anchor().unwrap();
        let before = Lists::open(demo::BUNDLE, anchor, None, None).ok();
        Basis { anchor: Some(anchor), before }
    }

    #[test]
    fn whole_and_kept() {
        let folder = tempfile::tempdir().unwrap();
        let (from, keep) = (folder.path().join("bundle.cbor"), folder.path().join("kept.cbor"));
        fs::write(&from, demo::BUNDLE).unwrap();
        let stick = Stick { from: Some(from.clone()), keep: Some(keep.clone()), out: None };
        let here = Spot::new("3");
        let first = Basis { before: None, ..basis() };
        assert!(stick.take(&first, &here, None).unwrap().is_some(), "the first lists of all");
        assert_eq!(fs::read(&keep).unwrap(), demo::BUNDLE);
        fs::write(&from, &demo::BUNDLE[..1000]).unwrap();
        assert_eq!(stick.take(&basis(), &here, None).unwrap_err(), UpdateFault::Refused);
        assert_eq!(fs::read(&keep).unwrap(), demo::BUNDLE, "the lists before stay");
        fs::write(&from, demo::BUNDLE).unwrap();
        for elsewhere in ["999", "nowhere"].map(Spot::new) {
            let refused = stick.take(&basis(), &elsewhere, None).unwrap_err();
            assert_eq!(refused, UpdateFault::Elsewhere);
        }
        let rootless = Basis { anchor: None, before: None };
        assert_eq!(stick.take(&rootless, &here, None).unwrap_err(), UpdateFault::Rootless);
        fs::write(copy(&keep), "torn").unwrap();
        assert!(stick.take(&basis(), &here, None).unwrap().is_none(), "they are in use");
        assert_eq!(stick.kept(), [Ok(demo::BUNDLE.to_vec()), Ok(demo::BUNDLE.to_vec())]);
    }

    #[test]
    fn an_export_goes_where_it_should_and_nowhere_else() {
        let folder = tempfile::tempdir().unwrap();
        let stick = Stick { out: Some(folder.path().to_owned()), ..Stick::default() };
        let (path, victim) = (folder.path().join("j.cbor"), folder.path().join("victim"));
        fs::write(&victim, "mine").unwrap();
        for name in ["j.cbor", "j.new"] {
            std::os::unix::fs::symlink(&victim, folder.path().join(name)).unwrap();
        }
        assert_eq!(stick.give("j.cbor", b"export"), Ok(()));
        assert_eq!(fs::read(&path).unwrap(), b"export");
        assert_eq!(fs::read(&victim).unwrap(), b"mine", "no link is followed");
        assert_eq!(Stick::default().give("j.cbor", b""), Err(UpdateFault::Nothing));
        let gone = Stick { out: Some(folder.path().join("gone")), ..Stick::default() };
        assert_eq!(gone.give("j.cbor", b""), Err(UpdateFault::Nothing));
        fs::create_dir(folder.path().join("k.new")).unwrap();
        assert_eq!(stick.give("k.cbor", b""), Err(UpdateFault::Unwritable));
        assert!(!folder.path().join("k.cbor").exists());
    }

    #[test]
    fn nothing_but_a_plain_file() {
        let folder = tempfile::tempdir().unwrap();
        let bundle = folder.path().join("real");
        fs::write(&bundle, demo::BUNDLE).unwrap();
        let link = folder.path().join("link");
        std::os::unix::fs::symlink(&bundle, &link).unwrap();
        let sparse = folder.path().join("sparse");
        File::create(&sparse).unwrap().set_len(8 << 30).unwrap();
        for path in [&link, &sparse, folder.path(), Path::new("/dev/zero")] {
            let path: &Path = path;
            assert_eq!(plain(path), Err(UpdateFault::Unfit), "{}", path.display());
        }
        assert_eq!(plain(&folder.path().join("gone")), Err(UpdateFault::Nothing));
    }
}

//! The folder of headquarters.
//!
//! | file | what |
//! |---|---|
//! | `headquarters.toml` | side, zone, minutes ahead of UTC, whether it is a demonstration |
//! | `bundle.cbor`, `root.cbor` | the lists in force, and the root they hang on |
//! | `snapshots` | versions of this side's snapshot that were in force, and when each was signed |
//! | `signed` | the greatest number of each that was signed here ([`Numbered`]), for a database that was put back |
//! | `officers.toml`, `officers/` | who may sign in to the [pages](crate::pages), and the keys that sign in |
//! | `reports/` | the files of every report that was made, by its number |
//! | `registers/` | the newest register of each station that a return speaks for |
//! | `renewal/`, `published/` | what is being signed ([`renew`](crate::renew)); bundles and deltas that were published |
//! | `refused/` | files that were not taken, by their SHA-256: evidence |
//! | `headquarters.db` | the database, unless it is elsewhere |
//!
//! There is no key in it that signs anything: whoever signs names the key's file.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use permit_core::{Accepted, Anchor, KeySlot, Side, Terms, Trust, UnixTime};
use permit_file::{Ask, FileError, Lock};
use permit_signing::Parts;
use serde::{Deserialize, Serialize};

use crate::{Failed, Numbered};

/// Bytes that a file of the folder may have: as a bundle.
const MOST: u64 = 16 * 1024 * 1024;

/// Versions of this side's snapshot, and when each was signed.
const SNAPSHOTS: &str = "snapshots";

/// What headquarters were begun with.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// True on side B.
    pub side_b: bool,
    /// Number of the zone.
    pub zone: u16,
    /// Minutes ahead of UTC, for days that no crossing decides.
    pub offset: i16,
    /// Everything is a demonstration.
    pub demo: bool,
}

impl Settings {
    /// Whose.
    #[must_use]
    pub const fn side(&self) -> Side {
        if self.side_b { Side::B } else { Side::A }
    }
}

/// The folder.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Home {
    folder: PathBuf,
    settings: Settings,
}

/// The lists, and room for the index of their keys.
#[derive(Debug)]
pub(crate) struct Lists {
    bundle: Vec<u8>,
    anchor: Anchor,
    slots: Vec<KeySlot>,
}

impl Lists {
    pub(crate) fn new(bundle: Vec<u8>, root: &[u8]) -> Result<Self, Failed> {
        let slots = permit_signing::slots(&bundle);
        Ok(Self { bundle, anchor: Anchor::of(root)?, slots })
    }

    pub(crate) fn open(
        &mut self,
        before: Option<&Accepted>,
        now: Option<UnixTime>,
    ) -> Result<Trust<'_>, Failed> {
        let terms = Terms { anchor: self.anchor, before, now };
        Ok(Trust::open(&self.bundle, &terms, &mut self.slots)?)
    }
}

impl Home {
    /// Makes the folder of a side's headquarters.
    ///
    /// # Errors
    ///
    /// When there is one already, the lists are not taken or not of this side, or it cannot be written.
    pub fn create(
        folder: &Path,
        (side, offset): (Side, i16),
        (bundle, root): (&[u8], &[u8]),
        now: UnixTime,
    ) -> Result<Self, Failed> {
        let mut lists = Lists::new(bundle.to_vec(), root)?;
        let trust = lists.open(None, Some(now))?;
        trust.lists(side).ok_or(Failed::OtherSide)?;
        let (zone, demo) = (trust.root().header.zone, trust.is_demo());
        let settings = Settings { side_b: side == Side::B, zone, offset, demo };
        {
            use std::os::unix::fs::DirBuilderExt as _;
            let mut builder = fs::DirBuilder::new();
            builder.recursive(true).mode(0o700);
            let refused = folder.join("refused");
            builder.create(&refused).map_err(|cause| failed(&refused, cause))?;
        }
        let home = Self { folder: folder.to_owned(), settings };
        let path = folder.join("headquarters.toml");
        if path.symlink_metadata().is_ok() {
            return Err(failed(&path, io::ErrorKind::AlreadyExists.into()));
        }
        home.keep("bundle.cbor", bundle)?;
        home.keep("root.cbor", root)?;
        let text = toml::to_string(&settings).map_err(|it| failed(&path, io::Error::other(it)))?;
        home.remember(&trust)?;
        let lists = trust.lists(side);
        for (what, header) in [
            (Numbered::Heads, lists.and_then(|it| it.heads).map(|it| it.header)),
            (Numbered::Presence, lists.and_then(|it| it.presence).map(|it| it.header)),
        ] {
            if let Some(header) = header {
                home.settle(what, header.version.into())?;
            }
        }
        home.keep("headquarters.toml", text.as_bytes())?;
        Ok(home)
    }

    /// A folder that is there.
    ///
    /// # Errors
    ///
    /// When it is none of headquarters'.
    pub fn open(folder: &Path) -> Result<Self, Failed> {
        let path = folder.join("headquarters.toml");
        let bytes = read(&path)?;
        let text = String::from_utf8(bytes).unwrap_or_default();
        let settings =
            toml::from_str(&text).map_err(|error| failed(&path, io::Error::other(error)))?;
        Ok(Self { folder: folder.to_owned(), settings })
    }

    /// What it was begun with.
    #[must_use]
    pub const fn settings(&self) -> Settings {
        self.settings
    }

    /// The database of its own.
    #[must_use]
    pub fn database(&self) -> String {
        format!("sqlite://{}", self.folder.join("headquarters.db").display())
    }

    pub(crate) fn lists(&self) -> Result<Lists, Failed> {
        let root = read(&self.folder.join("root.cbor"))?;
        Lists::new(read(&self.folder.join("bundle.cbor"))?, &root)
    }

    /// The bundle that a newer one comes to: none that is older than the one in force, and none of another zone. Of the
    /// other side's bundle what is newer is taken, and the rest stays.
    pub(crate) fn newer_lists(&self, bundle: &[u8], now: UnixTime) -> Result<Vec<u8>, Failed> {
        let mut held = self.lists()?;
        let before = *held.open(None, None)?.accepted();
        let root = read(&self.folder.join("root.cbor"))?;
        let mut next = Lists::new(bundle.to_vec(), &root)?;
        if let Err(refused) = next.open(Some(&before), Some(now)) {
            // The other side's bundle has our lists as it knew them: of both, what is newer.
            let joined = joined(&held.bundle, bundle).filter(|it| *it != held.bundle);
            next = Lists::new(joined.ok_or(refused)?, &root)?;
        }
        let trust = next.open(Some(&before), Some(now))?;
        trust.lists(self.settings.side()).ok_or(Failed::OtherSide)?;
        Ok(next.bundle)
    }

    /// Puts a bundle in force that [`newer_lists`](Self::newer_lists) gave.
    pub(crate) fn put_in_force(&self, bundle: &[u8]) -> Result<(), Failed> {
        let root = read(&self.folder.join("root.cbor"))?;
        let mut lists = Lists::new(bundle.to_vec(), &root)?;
        self.remember(&lists.open(None, None)?)?;
        self.keep("bundle.cbor", bundle)
    }

    /// Keeps when this side's snapshot of these lists was signed.
    fn remember(&self, trust: &Trust<'_>) -> Result<(), Failed> {
        let mut known = self.snapshots()?;
        if let Some(lists) = trust.lists(self.settings.side()) {
            let header = lists.snapshot.header;
            known.insert(header.version, header.issued);
        }
        let lines = known.iter().map(|(version, issued)| format!("{version} {}\n", issued.0));
        self.keep(SNAPSHOTS, lines.collect::<String>().as_bytes())
    }

    /// When each of this side's snapshots that were in force here was signed.
    pub(crate) fn snapshots(&self) -> Result<BTreeMap<u32, UnixTime>, Failed> {
        if self.path(SNAPSHOTS).symlink_metadata().is_err() {
            return Ok(BTreeMap::new());
        }
        let text = String::from_utf8(self.kept(SNAPSHOTS)?).unwrap_or_default();
        let line = |line: &str| {
            let (version, issued) = line.split_once(' ')?;
            Some((version.parse().ok()?, UnixTime(issued.parse().ok()?)))
        };
        Ok(text.lines().filter_map(line).collect())
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// The bytes of a file of the folder.
    pub(crate) fn kept(&self, name: &str) -> Result<Vec<u8>, Failed> {
        read(&self.path(name))
    }

    /// A file of the folder that is not what it should be.
    pub(crate) fn unfit(
        &self,
        name: &str,
        said: impl Into<Box<dyn core::error::Error + Send + Sync>>,
    ) -> Failed {
        failed(&self.path(name), io::Error::other(said))
    }

    /// Where the bundle in force is.
    #[must_use]
    pub fn bundle(&self) -> PathBuf {
        self.path("bundle.cbor")
    }

    /// Where the files of a report are.
    #[must_use]
    pub fn report(&self, number: u32) -> PathBuf {
        self.path(&format!("reports/{number}"))
    }

    /// Keeps the files of a report, whole or not at all, in the place of one whose number did not come to count.
    pub(crate) fn keep_report(
        &self,
        number: u32,
        files: &[(String, Vec<u8>)],
    ) -> Result<(), Failed> {
        self.keep_folder(&self.report(number), files)
    }

    /// Keeps a folder of files below one of this folder, whole or not at all, in the place of one that is there.
    pub(crate) fn keep_folder(
        &self,
        path: &Path,
        files: &[(String, Vec<u8>)],
    ) -> Result<(), Failed> {
        let write = || -> io::Result<()> {
            let all = path.parent().unwrap_or(&self.folder);
            fs::create_dir_all(all)?;
            let new = tempfile::Builder::new().prefix(".new-").tempdir_in(all)?;
            for (name, bytes) in files {
                let mut file = fs::File::create_new(new.path().join(name))?;
                io::Write::write_all(&mut file, bytes)?;
                file.sync_all()?;
            }
            if path.symlink_metadata().is_ok() {
                fs::remove_dir_all(path)?;
            }
            fs::rename(new.keep(), path)?;
            fs::File::open(all)?.sync_all()
        };
        write().map_err(|cause| failed(path, cause))
    }

    /// Keeps a station's register.
    pub(crate) fn keep_register(&self, name: &str, bytes: &[u8]) -> Result<(), Failed> {
        let path = self.path("registers");
        fs::create_dir_all(&path).map_err(|cause| failed(&path, cause))?;
        self.keep(name, bytes)
    }

    /// Nobody else does the same while this is held.
    pub(crate) fn alone(&self, name: &str) -> Result<Lock, Failed> {
        let path = self.path(name);
        Lock::take(&path).map_err(|error| match error {
            fs::TryLockError::WouldBlock => Failed::Busy,
            fs::TryLockError::Error(cause) => failed(&path, cause),
        })
    }

    /// Keeps a file that was not taken.
    pub(crate) fn keep_refused(&self, digest: &[u8; 32], bytes: &[u8]) -> Result<(), Failed> {
        let name: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        self.keep(&format!("refused/{name}"), bytes)
    }

    /// Whole or not at all: a new file beside it, synced, and given its name.
    pub(crate) fn keep(&self, name: &str, bytes: &[u8]) -> Result<(), Failed> {
        let path = self.folder.join(name);
        let write = || -> io::Result<()> {
            let folder = path.parent().unwrap_or(&self.folder);
            let mut file = tempfile::Builder::new().prefix(".new-").tempfile_in(folder)?;
            io::Write::write_all(&mut file, bytes)?;
            file.as_file().sync_all()?;
            file.persist(&path).map_err(|error| error.error)?;
            fs::File::open(folder)?.sync_all()
        };
        write().map_err(|cause| failed(&path, cause))
    }
}

/// Of each part of two bundles the newer one, where a reader would take that.
fn joined(held: &[u8], other: &[u8]) -> Option<Vec<u8>> {
    let parts = Parts::of(held).ok()?.joined(Parts::of(other).ok()?);
    parts.assemble(None, None).ok()
}

pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Failed> {
    permit_file::read(path, &Ask::found(MOST)).map_err(|error| match error {
        FileError::Io(cause) => failed(path, cause),
        other => failed(path, io::Error::other(other)),
    })
}

fn failed(path: &Path, cause: io::Error) -> Failed {
    Failed::Home { path: path.to_owned(), cause }
}

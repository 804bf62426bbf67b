//! The demonstration's folder: whose files are in it, and where each is.
//!
//! A folder with a file in it that is not the demonstration's own is refused before anything is written, so that
//! nobody's files are mixed with these or replaced by them. Its own files are replaced, and what an earlier run made
//! and this one does not is removed at the end.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::shots::Take;
use crate::{Exit, Fault, write};

/// A folder that may be written into.
#[derive(Debug)]
pub(super) struct Folder {
    root: PathBuf,
    /// Pictures of an earlier run that this one does not make.
    stale: Vec<PathBuf>,
}

impl Folder {
    /// Makes the folder, or takes one that is empty or holds nothing but an earlier run.
    pub(super) fn claim(
        root: &Path,
        cards: &BTreeSet<String>,
        takes: &[Take],
    ) -> Result<Self, Fault> {
        let mut folder = Self { root: root.to_owned(), stale: Vec::new() };
        let top: BTreeSet<String> = TOP.iter().map(|name| (*name).to_owned()).collect();
        folder.only(root, &top)?;
        folder.only(&folder.cards(), cards)?;
        let taken: BTreeSet<String> = takes.iter().map(|take| take.file.clone()).collect();
        let before: BTreeSet<String> =
            earlier(&folder.manifest())?.difference(&taken).cloned().collect();
        let mut own: BTreeSet<String> = taken.union(&before).cloned().collect();
        own.insert(MANIFEST.into());
        folder.only(&folder.pictures(), &own)?;
        folder.stale = before.iter().map(|name| folder.picture(name)).collect();
        write::folder(&folder.cards())?;
        write::folder(&folder.pictures())?;
        Ok(folder)
    }

    /// Removes what an earlier run made and this one did not.
    pub(super) fn sweep(&self) -> Result<(), Fault> {
        for path in &self.stale {
            match fs::remove_file(path) {
                Err(cause) if cause.kind() != io::ErrorKind::NotFound => {
                    return Err(Fault::write(path, cause));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Refuses a folder in which something else is.
    fn only(&self, folder: &Path, own: &BTreeSet<String>) -> Result<(), Fault> {
        let listing = match fs::read_dir(folder) {
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(()),
            listing => listing.map_err(|cause| Fault::write(folder, cause))?,
        };
        for entry in listing {
            let entry = entry.map_err(|cause| Fault::write(folder, cause))?;
            let name = entry.file_name();
            if !name.to_str().is_some_and(|name| own.contains(name) || is_draft(name)) {
                let fault = Fault::new(Exit::Unwritable, "demo-foreign").at(&self.root);
                return Err(fault.with("file", entry.path().display()));
            }
        }
        Ok(())
    }

    /// The bundle.
    pub(super) fn bundle(&self) -> PathBuf {
        self.root.join("bundle.cbor")
    }

    /// The root.
    pub(super) fn root(&self) -> PathBuf {
        self.root.join("root.cbor")
    }

    /// The report.
    pub(super) fn report(&self) -> PathBuf {
        self.root.join("report.html")
    }

    /// Where the pictures are.
    pub(super) fn pictures(&self) -> PathBuf {
        self.root.join("pictures")
    }

    /// A picture.
    pub(super) fn picture(&self, name: &str) -> PathBuf {
        self.pictures().join(name)
    }

    /// What the pictures should say.
    pub(super) fn manifest(&self) -> PathBuf {
        self.picture(MANIFEST)
    }

    /// A file of a card.
    pub(super) fn card(&self, name: &str) -> PathBuf {
        self.cards().join(name)
    }

    fn cards(&self) -> PathBuf {
        self.root.join("permits")
    }
}

/// The pictures that an earlier run says it made; none where its manifest is none.
fn earlier(manifest: &Path) -> Result<BTreeSet<String>, Fault> {
    #[derive(Deserialize)]
    struct Entry {
        file: String,
    }
    let text = match fs::read(manifest) {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(BTreeSet::new()),
        text => text.map_err(|cause| Fault::open(manifest, cause))?,
    };
    let entries: Vec<Entry> = serde_json::from_slice(&text).unwrap_or_default();
    // A name with a folder in it is none of ours, whoever wrote it there.
    let plain =
        |name: &String| Path::new(name).file_name().is_some_and(|file| file == name.as_str());
    Ok(entries
        .into_iter()
        .map(|entry| entry.file)
        .filter(plain)
        .filter(|name| name.ends_with(".jpg"))
        .collect())
}

/// A temporary name of this command, left behind by a crash.
fn is_draft(name: &str) -> bool {
    name.starts_with(".permit-") && name.ends_with(".part")
}

const TOP: [&str; 5] = ["bundle.cbor", "root.cbor", "permits", "pictures", "report.html"];
const MANIFEST: &str = "manifest.json";

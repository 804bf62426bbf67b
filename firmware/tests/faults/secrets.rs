//! What may stand nowhere: looked for in every file that is kept or told, and in the names of files.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use crate::oracle::Oracle;
use crate::rule::Check;

impl Oracle {
    /// Looks for what may stand nowhere in what is kept and told.
    pub(crate) fn private(&mut self, places: &[PathBuf], needles: &[String]) {
        let mut found = None;
        let mut look = |place: &Path| {
            let name = place.file_name().map(|name| name.to_string_lossy().into_owned());
            let bytes = std::fs::read(place).unwrap_or_default();
            let text = String::from_utf8_lossy(&bytes);
            for needle in needles {
                if text.contains(needle) || name.as_ref().is_some_and(|name| name.contains(needle))
                {
                    found = Some(format!("{needle:?} stands in {}", place.display()));
                }
            }
        };
        for place in places {
            if place.is_dir() {
                files(place).iter().for_each(|file| look(file));
            } else {
                look(place);
            }
        }
        self.see(Check::Private, found);
    }
}

/// All plain files in a folder and below it.
fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut all = Vec::new();
    for entry in entries.flatten() {
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => all.extend(files(&entry.path())),
            Ok(kind) if kind.is_file() => all.push(entry.path()),
            _ => {}
        }
    }
    all
}

/// How much of a file there is, to read on from there later.
pub(crate) fn tail(path: &Path, from: u64) -> (String, u64) {
    let mut text = Vec::new();
    let Ok(mut file) = File::open(path) else { return (String::new(), from) };
    let _ = file.seek(SeekFrom::Start(from)).and_then(|_| file.read_to_end(&mut text));
    let end = from + u64::try_from(text.len()).unwrap();
    (String::from_utf8_lossy(&text).into_owned(), end)
}

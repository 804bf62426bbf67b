//! From the paths of a command line to the pictures below them.
//!
//! Folders are walked in sorted order, links to files followed, links to folders not (a walk ends). In a folder what is
//! no picture is passed over; a path that was named is always tried, so that a mistyped one is not silently nothing.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

use permit_symbol::load::{self, Foreign};
use walkdir::WalkDir;

/// A place in the order of the walk.
#[derive(Debug)]
pub(crate) enum Found {
    /// Something to open as a picture.
    Picture(PathBuf),
    /// A folder or link that cannot be looked into.
    Closed(PathBuf, io::Error),
}

impl Found {
    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        match self {
            Self::Picture(path) | Self::Closed(path, _) => path,
        }
    }
}

/// What a walk came to.
#[derive(Debug, Default)]
pub(crate) struct Walk {
    /// Everything to try, in order.
    pub(crate) found: Vec<Found>,
    /// Pictures in folders that this build does not read, by their kind.
    pub(crate) passed: BTreeMap<Foreign, usize>,
}

/// Walks the paths.
pub(crate) fn pictures(paths: &[PathBuf]) -> Walk {
    let mut walk = Walk::default();
    for path in paths {
        if path.is_dir() {
            walk.below(path);
        } else {
            walk.found.push(Found::Picture(path.clone()));
        }
    }
    walk
}

impl Walk {
    fn below(&mut self, folder: &Path) {
        for entry in WalkDir::new(folder).sort_by_file_name() {
            match entry {
                Ok(entry) if !entry.path().is_file() => {}
                Ok(entry) if is_picture(entry.path()) => {
                    self.found.push(Found::Picture(entry.into_path()));
                }
                Ok(entry) => {
                    if let Some(kind) = load::foreign(entry.path()) {
                        *self.passed.entry(kind).or_default() += 1;
                    }
                }
                Err(error) => {
                    let path = error.path().unwrap_or(folder).to_owned();
                    let cause =
                        error.into_io_error().unwrap_or_else(|| io::ErrorKind::Other.into());
                    self.found.push(Found::Closed(path, cause));
                }
            }
        }
    }
}

/// By its first bytes, or else by its name: an empty or locked `card.png` is a picture that cannot be read.
fn is_picture(path: &Path) -> bool {
    load::is_picture(path) || path.extension().and_then(OsStr::to_str).is_some_and(named)
}

fn named(extension: &str) -> bool {
    ENDINGS.iter().any(|ending| ending.eq_ignore_ascii_case(extension))
}

const ENDINGS: [&str; 12] =
    ["png", "jpg", "jpeg", "webp", "gif", "bmp", "pgm", "pbm", "ppm", "pnm", "tif", "tiff"];

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn names(folder: &Path) -> Vec<String> {
        let walk = pictures(&[folder.to_owned()]);
        walk.found
            .iter()
            .map(|found| found.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned())
            .collect()
    }

    #[test]
    fn sorted_and_without_what_is_no_picture() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir(root.join("b")).unwrap();
        for (name, bytes) in [
            ("c.png", &b""[..]),
            ("b/2.JPG", b"x"),
            ("b/10.pgm", b"P5 1 1 255 x"),
            ("a", b"P5 1 1 255 x"),
            ("notes.txt", b"P"),
            ("manifest.json", b"[]"),
        ] {
            fs::write(root.join(name), bytes).unwrap();
        }
        assert_eq!(names(root), ["a", "b/10.pgm", "b/2.JPG", "c.png"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_to_files_are_followed_and_to_folders_not() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir(root.join("in")).unwrap();
        fs::write(root.join("in/a.png"), b"").unwrap();
        symlink(root.join("in/a.png"), root.join("z.png")).unwrap();
        symlink(root, root.join("in/round")).unwrap();
        assert_eq!(names(root), ["in/a.png", "z.png"]);
    }

    #[test]
    fn a_named_path_is_always_tried() {
        let found = pictures(&[PathBuf::from("no/such.txt")]).found;
        assert!(matches!(&found[..], [Found::Picture(path)] if path == Path::new("no/such.txt")));
    }

    #[test]
    fn what_is_not_read_is_counted() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::write(root.join("a.heic"), b"\0\0\0\x18ftypheic\0\0\0\0mif1heic").unwrap();
        fs::write(root.join("b.heic"), b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic").unwrap();
        fs::write(root.join("c.avif"), b"\0\0\0\x18ftypavif\0\0\0\0mif1avif").unwrap();
        fs::write(root.join("d.pgm"), b"P5 1 1 255 x").unwrap();
        let Walk { found, passed } = pictures(&[root.to_owned()]);
        assert_eq!(found.len(), 1);
        assert_eq!(passed, BTreeMap::from([(Foreign::Heic, 2), (Foreign::Avif, 1)]));
        assert_eq!(pictures(&[root.join("a.heic")]).found.len(), 1, "a named one is tried");
    }
}

//! What a set of pictures should say: `manifest.json` beside them.
//!
//! A list of entries `{file, kind, strength, payload, code, at, crossing, side, direction}`; all but `file` may be left
//! out, and what is not known here is passed over. Several codes in one picture are a list `codes` in the entry, or
//! several entries of the same file. Where a place or a time is given, it overrides the command line.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use permit_file::FileError;
use serde::Deserialize;

use crate::{Exit, Fault};

/// A manifest, by picture.
#[derive(Debug, Default)]
pub(crate) struct Manifest {
    entries: HashMap<PathBuf, Vec<Wanted>>,
}

/// One code that should be found.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Wanted {
    /// What is wrong with the picture.
    pub(crate) kind: Option<String>,
    /// How wrong, 0 to 1.
    pub(crate) strength: Option<f64>,
    /// The bytes that should be read.
    pub(crate) payload: Option<Vec<u8>>,
    /// The verdict's code; 10 where nothing should be read.
    pub(crate) code: Option<u8>,
    /// When, where, on whose side, which way, as written in the file.
    pub(crate) ask: Ask,
}

/// A question as a file asks it.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub(crate) struct Ask {
    /// As `--at`.
    #[serde(default)]
    pub(crate) at: Option<String>,
    /// As `--crossing`.
    #[serde(default)]
    pub(crate) crossing: Option<NumberOrName>,
    /// As `--side`.
    #[serde(default)]
    pub(crate) side: Option<String>,
    /// As `--direction`.
    #[serde(default)]
    pub(crate) direction: Option<String>,
}

/// A crossing in a file.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub(crate) enum NumberOrName {
    /// Its number.
    Number(u16),
    /// Its identifier or one of its names.
    Name(String),
}

impl core::fmt::Display for NumberOrName {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Name(name) => f.write_str(name),
        }
    }
}

impl Wanted {
    /// Whether a picture of this must be read: it is clean, or nobody said that anything is wrong with it.
    pub(crate) fn must_be_read(&self) -> bool {
        let clean = match (self.strength, self.kind.as_deref()) {
            (Some(0.0), _) => true,
            (_, Some(kind)) => kind == "clean",
            (strength, None) => strength.is_none(),
        };
        clean && self.code != Some(NOT_READ) && (self.code.is_some() || self.payload.is_some())
    }
}

/// The code of a picture in which nothing is read.
pub(crate) const NOT_READ: u8 = 10;

impl Manifest {
    /// Reads a manifest.
    pub(crate) fn open(path: &Path) -> Result<Self, Fault> {
        let text =
            permit_file::read(path, &permit_file::Ask::found(SIZE)).map_err(
                |error| match error {
                    FileError::TooLong { .. } => {
                        Fault::new(Exit::Unreadable, "manifest-large").at(path)
                    }
                    error => Fault::file(path, error),
                },
            )?;
        let entries: Vec<Entry> =
            serde_json::from_slice(&text).map_err(|error| unfit(path, &error))?;
        let folder =
            path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut manifest = Self::default();
        let mut known = Folders::default();
        for (number, entry) in entries.into_iter().enumerate() {
            let key = known.key(&folder.join(&entry.file));
            let wanted = entry.wanted().ok_or_else(|| {
                Fault::new(Exit::Unreadable, "manifest-payload")
                    .at(path)
                    .with("entry", number + 1)
                    .with("file", &entry.file)
            })?;
            manifest.entries.entry(key).or_default().extend(wanted);
        }
        Ok(manifest)
    }

    /// What is wanted of each of these files, in their order.
    pub(crate) fn of<'a, 'f>(&'a self, files: impl Iterator<Item = &'f Path>) -> Vec<&'a [Wanted]> {
        let mut known = Folders::default();
        files
            .map(|file| self.entries.get(&known.key(file)).map_or(&[][..], Vec::as_slice))
            .collect()
    }

    /// The files below one of these folders that nobody walked past.
    pub(crate) fn missing<'a, 'f>(
        &'a self,
        folders: &[PathBuf],
        walked: impl Iterator<Item = &'f Path>,
    ) -> Vec<&'a Path> {
        let mut known = Folders::default();
        let walked: std::collections::HashSet<PathBuf> =
            walked.map(|file| known.key(file)).collect();
        let folders: Vec<PathBuf> =
            folders.iter().filter_map(|folder| fs::canonicalize(folder).ok()).collect();
        let below = |file: &Path| folders.iter().any(|folder| file.starts_with(folder));
        let gone = self.entries.keys().filter(|file| below(file) && !walked.contains(*file));
        let mut gone: Vec<&Path> = gone.map(PathBuf::as_path).collect();
        gone.sort_unstable();
        gone
    }
}

/// One name a file has, however it was reached; links to files stay apart.
#[derive(Debug, Default)]
struct Folders(HashMap<PathBuf, PathBuf>);

impl Folders {
    fn key(&mut self, file: &Path) -> PathBuf {
        let Some(name) = file.file_name() else { return file.to_owned() };
        let folder =
            file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if let Some(folder) = self.0.get(folder) {
            return folder.join(name);
        }
        let real = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
        let key = real.join(name);
        self.0.insert(folder.to_owned(), real);
        key
    }
}

/// An entry as it is written.
#[derive(Debug, Deserialize)]
struct Entry {
    file: String,
    #[serde(default)]
    kind: Option<String>,
    #[serde(default)]
    strength: Option<f64>,
    #[serde(flatten)]
    one: Each,
    #[serde(default)]
    codes: Vec<Each>,
    #[serde(default)]
    expected: Option<Vec<String>>,
}

/// One code of an entry.
#[derive(Debug, Clone, Default, Deserialize)]
struct Each {
    #[serde(default)]
    payload: Option<String>,
    #[serde(default)]
    code: Option<u8>,
    #[serde(flatten)]
    ask: Ask,
}

impl Entry {
    /// Every code of it; `None` where a payload is not hexadecimal.
    fn wanted(&self) -> Option<Vec<Wanted>> {
        if !self.codes.is_empty() {
            return self.codes.iter().map(|each| self.each(each)).collect();
        }
        let mut one = self.each(&self.one)?;
        match self.expected.as_deref() {
            Some([]) if one.payload.is_none() && one.code.is_none() => one.code = Some(NOT_READ),
            Some([text]) if one.payload.is_none() => one.payload = Some(text.clone().into_bytes()),
            _ => {}
        }
        Some(vec![one])
    }

    fn each(&self, each: &Each) -> Option<Wanted> {
        let payload = each.payload.as_deref().map(bytes);
        let payload = match payload {
            Some(None) => return None,
            Some(payload) => payload,
            None => None,
        };
        let own = &self.one.ask;
        let ask = Ask {
            at: each.ask.at.clone().or_else(|| own.at.clone()),
            crossing: each.ask.crossing.clone().or_else(|| own.crossing.clone()),
            side: each.ask.side.clone().or_else(|| own.side.clone()),
            direction: each.ask.direction.clone().or_else(|| own.direction.clone()),
        };
        let code = each.code.or(self.one.code);
        Some(Wanted { kind: self.kind.clone(), strength: self.strength, payload, code, ask })
    }
}

/// Bytes in hexadecimal.
pub(crate) fn bytes(hex: &str) -> Option<Vec<u8>> {
    if !hex.len().is_multiple_of(2) {
        return None;
    }
    let digits: Option<Vec<u32>> = hex.chars().map(|digit| digit.to_digit(16)).collect();
    digits?.chunks(2).map(|pair| u8::try_from(pair[0] * 16 + pair[1]).ok()).collect()
}

fn unfit(path: &Path, error: &serde_json::Error) -> Fault {
    let fault = Fault::new(Exit::Unreadable, "manifest-unfit").at(path);
    fault
        .with("line", error.line())
        .with("column", error.column())
        .because(io::Error::other(error.to_string()))
}

/// The most bytes a manifest may have.
const SIZE: u64 = 256 << 20;

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(text: &str) -> (tempfile::TempDir, Result<Manifest, Fault>) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("manifest.json");
        fs::write(&path, text).unwrap();
        let manifest = Manifest::open(&path);
        (folder, manifest)
    }

    #[test]
    fn entries_by_picture() {
        let (folder, manifest) = manifest(
            r#"[{"file":"a.png","kind":"clean","payload":"4250","code":0,"at":"1963-09-10","crossing":3,"side":"A",
                 "direction":"exit","seed":7},
                {"file":"./b/c.png","kind":"several","strength":0.5,"crossing":"x-quanhe","codes":[{"payload":"00"},{"payload":"01","code":31}]},
                {"file":"d.png","kind":"desk","expected":[]},
                {"file":"a.png","payload":"ff"}]"#,
        );
        let manifest = manifest.unwrap();
        fs::create_dir(folder.path().join("b")).unwrap();
        let of = |name: &str| {
            let path = folder.path().join(name);
            manifest.of([path.as_path()].into_iter())[0]
        };
        let a = of("a.png");
        assert_eq!((a.len(), a[0].payload.as_deref(), a[0].code), (2, Some(&b"BP"[..]), Some(0)));
        assert_eq!(a[0].ask.crossing, Some(NumberOrName::Number(3)));
        assert_eq!(of("d.png")[0].code, Some(NOT_READ));
        assert!(of("e.png").is_empty());
        assert!(a[0].must_be_read() && !of("d.png")[0].must_be_read());
    }

    #[test]
    fn a_link_in_the_way_does_not_matter() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir_all(root.join("in/b")).unwrap();
        fs::write(
            root.join("in/manifest.json"),
            r#"[{"file":"b/c.png","payload":"00"},{"file":"gone.png"}]"#,
        )
        .unwrap();
        let manifest = Manifest::open(&root.join("in/manifest.json")).unwrap();
        for way in ["in/b/c.png", "in/../in/b/c.png", "in/b/../b/c.png"] {
            let path = root.join(way);
            assert_eq!(manifest.of([path.as_path()].into_iter())[0].len(), 1, "{way}");
        }
        let walked = [root.join("in/b/c.png")];
        let gone = manifest.missing(&[root.join("in")], walked.iter().map(PathBuf::as_path));
        assert!(gone.len() == 1 && gone[0].ends_with("in/gone.png"));
        assert!(
            manifest.missing(&[root.join("in/b")], walked.iter().map(PathBuf::as_path)).is_empty()
        );
    }

    #[test]
    fn several_codes_share_what_the_entry_says() {
        let entry: Entry = serde_json::from_str(
            r#"{"file":"x","code":0,"side":"A","codes":[{"payload":"00"},{"payload":"01","code":31,"side":"B"}]}"#,
        )
        .unwrap();
        let wanted = entry.wanted().unwrap();
        assert_eq!((wanted[0].code, wanted[0].ask.side.as_deref()), (Some(0), Some("A")));
        assert_eq!((wanted[1].code, wanted[1].ask.side.as_deref()), (Some(31), Some("B")));
    }

    #[test]
    fn what_must_be_read() {
        let wanted = |kind: Option<&str>, strength, code| Wanted {
            kind: kind.map(str::to_owned),
            strength,
            code,
            payload: Some(vec![]),
            ..Wanted::default()
        };
        for (must, want) in [
            (true, wanted(Some("clean"), None, Some(0))),
            (true, wanted(Some("clean"), Some(0.5), None)),
            (true, wanted(Some("glare"), Some(0.0), Some(31))),
            (true, wanted(None, None, Some(0))),
            (false, wanted(Some("glare"), Some(0.2), Some(0))),
            (false, wanted(Some("glare"), None, Some(0))),
            (false, wanted(Some("clean"), Some(0.0), Some(NOT_READ))),
            (false, wanted(None, Some(0.3), Some(0))),
        ] {
            assert_eq!(want.must_be_read(), must, "{want:?}");
        }
    }

    #[test]
    fn what_is_no_manifest() {
        for text in [
            "",
            "{}",
            "[1]",
            "[{}]",
            r#"[{"file":"a","payload":"4g"}]"#,
            r#"[{"file":"a","payload":"420"}]"#,
            "[{\"file\":\"a\"}",
            r#"[{"file":"a","code":300}]"#,
        ] {
            let (_folder, manifest) = manifest(text);
            assert_eq!(manifest.unwrap_err().exit(), Exit::Unreadable, "{text}");
        }
    }
}

//! An earlier run, to see what changed since.
//!
//! It is the file `--json` wrote, one object a line. Only what a verdict is made of is compared: times and wear differ
//! from run to run and mean nothing.

use std::collections::BTreeMap;
use std::path::Path;

use permit_file::Ask;
use serde::Deserialize;

use super::record::Record;
use crate::{Exit, Fault};

/// The most bytes of an earlier run: a million scans.
const MOST: u64 = 1 << 30;

/// Where a scan is: file, page, line, which code of the picture; 0 where there is none.
pub(crate) type Place = (String, u32, u32, u32);

/// The scans of an earlier run that were not met again yet.
#[derive(Debug)]
pub(crate) struct Earlier(BTreeMap<Place, Then>);

/// What an earlier run said of a scan.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Then {
    /// The code.
    pub(crate) code: u8,
    /// The verdict in a word.
    pub(crate) verdict: String,
    /// The reason in a word.
    pub(crate) reason: String,
}

/// A scan that is not as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Change {
    /// The picture, and where in it.
    pub(crate) place: Place,
    /// What was said; nothing of a new one.
    pub(crate) then: Option<Then>,
    /// What is said now; nothing of one that is gone.
    pub(crate) now: Option<Then>,
}

impl Change {
    /// The picture, and where in it.
    pub(crate) fn named(&self) -> String {
        let (file, page, line, index) = &self.place;
        let mut place = file.clone();
        for (mark, number) in [("p", *page), (":", *line), ("#", *index)] {
            if number > 0 {
                place += &format!(" {mark}{number}");
            }
        }
        place
    }
}

/// A line of the file.
#[derive(Debug, Deserialize)]
struct Line {
    file: String,
    #[serde(default)]
    page: Option<u32>,
    #[serde(default)]
    line: Option<u32>,
    #[serde(default)]
    index: u32,
    #[serde(flatten)]
    then: Then,
}

impl Earlier {
    /// Reads the file of an earlier run.
    pub(crate) fn open(path: &Path) -> Result<Self, Fault> {
        let bytes = permit_file::read(path, &Ask::named(MOST));
        let bytes = bytes.map_err(|error| Fault::file(path, error))?;
        let unfit = |number: usize| {
            Fault::new(Exit::Unreadable, "verify-earlier").at(path).with("line", number)
        };
        let mut scans = BTreeMap::new();
        for (line, number) in bytes.split(|byte| *byte == b'\n').zip(1..) {
            if line.trim_ascii().is_empty() {
                continue;
            }
            let Line { file, page, line, index, then } =
                serde_json::from_slice(line).map_err(|_| unfit(number))?;
            scans.insert((file, page.unwrap_or(0), line.unwrap_or(0), index), then);
        }
        Ok(Self(scans))
    }

    /// Holds a scan against the earlier run.
    pub(crate) fn meet(&mut self, record: &Record) -> Option<Change> {
        let place = record.place();
        let then = self.0.remove(&place);
        let now = Then {
            code: record.code,
            verdict: record.verdict.into(),
            reason: record.reason.into(),
        };
        (then.as_ref() != Some(&now)).then_some(Change { place, then, now: Some(now) })
    }

    /// What the earlier run had and this one has not.
    pub(crate) fn gone(self) -> impl Iterator<Item = Change> {
        self.0.into_iter().map(|(place, then)| Change { place, then: Some(then), now: None })
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::record::Stage;
    use super::*;

    #[test]
    fn what_changed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("earlier.json");
        let same = Record::new("same.png".into(), Stage::Opened);
        let mut other = Record::new("other.png".into(), Stage::Rules);
        (other.code, other.verdict, other.reason) = (0, "valid", "valid");
        let gone = Record::new("gone.png".into(), Stage::Opened);
        let text: Vec<String> =
            [&same, &other, &gone].map(|record| serde_json::to_string(record).unwrap()).into();
        fs::write(&path, text.join("\n")).unwrap();

        let mut earlier = Earlier::open(&path).unwrap();
        assert_eq!(earlier.meet(&same), None);
        (other.code, other.verdict, other.reason) = (31, "invalid", "expired");
        let change = earlier.meet(&other).unwrap();
        assert_eq!((change.then.unwrap().code, change.now.unwrap().code), (0, 31));
        let new = earlier.meet(&Record::new("new.png".into(), Stage::Opened)).unwrap();
        assert_eq!(new.then, None);
        let gone: Vec<Change> = earlier.gone().collect();
        assert_eq!((gone.len(), &gone[0].place.0[..]), (1, "gone.png"));
    }

    #[test]
    fn another_file_is_refused_with_its_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("earlier.json");
        fs::write(&path, "\n[]\n").unwrap();
        assert_eq!(Earlier::open(&path).unwrap_err().exit(), Exit::Unreadable);
        fs::write(&path, "").unwrap();
        assert_eq!(Earlier::open(&path).unwrap().gone().count(), 0);
    }
}

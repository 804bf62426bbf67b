//! The station's register of numbers given: one small file, changed whole, before anything is signed.
//!
//! A number is entered first and used afterwards. After a crash a number may have been entered for a permit that was
//! never printed; none is ever given twice, and no honest holder is missing from the register. Two commands at a time
//! on one register are refused.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use permit_core::PermitId;
use permit_signing::draft::{SerialList, Serials, Year};
use rustix::fs::{FlockOperation, flock};
use serde::{Deserialize, Serialize};

use crate::authority::text;
use crate::{Exit, Fault, write};

/// The contents of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Book {
    /// Number of the station.
    station: u16,
    /// Numbers given, by year.
    #[serde(default)]
    years: Vec<SerialList>,
}

/// A register that is read.
#[derive(Debug)]
pub(crate) struct Register {
    path: PathBuf,
    book: Book,
    /// Held while the register may be changed.
    _lock: Option<File>,
}

impl Register {
    /// Opens the register of a station for changing, or begins one.
    pub(crate) fn open(path: &Path, station: u16) -> Result<Self, Fault> {
        let lock = lock(path)?;
        let book = if path.symlink_metadata().is_ok() {
            read(path)?
        } else {
            Book { station, years: Vec::new() }
        };
        if book.station != station {
            let fault = Fault::new(Exit::Unreadable, "fault-register-station").at(path);
            return Err(fault.with("found", book.station).with("station", station));
        }
        Ok(Self { path: path.to_owned(), book, _lock: Some(lock) })
    }

    /// Opens a register to look at.
    pub(crate) fn read(path: &Path) -> Result<Self, Fault> {
        Ok(Self { path: path.to_owned(), book: read(path)?, _lock: None })
    }

    /// Number of the station.
    pub(crate) const fn station(&self) -> u16 {
        self.book.station
    }

    /// Numbers given, by year.
    pub(crate) fn lists(&self) -> &[SerialList] {
        &self.book.years
    }

    /// Gives so many new numbers of a year: durable when this returns.
    pub(crate) fn take(
        &mut self,
        year: u8,
        count: usize,
    ) -> Result<std::vec::IntoIter<u32>, Fault> {
        let first = self.of(year).iter().last().unwrap_or_default() + 1;
        let last = u32::try_from(count).ok().and_then(|count| first.checked_add(count));
        let serials: Vec<u32> = (first..last.unwrap_or(first)).collect();
        let list = self.of(year);
        for serial in &serials {
            if list.insert(*serial).is_err() {
                return Err(Fault::new(Exit::Unwritable, "fault-register-full").at(&self.path));
            }
        }
        if !serials.is_empty() {
            self.save()?;
        }
        Ok(serials.into_iter())
    }

    /// A further copy of a number this register gave.
    pub(crate) fn reissue(&mut self, id: PermitId) -> Result<(), Fault> {
        if self.of(id.year).iter().any(|serial| serial == id.serial) {
            return Ok(());
        }
        let fault = Fault::new(Exit::Unreadable, "fault-register-unknown").at(&self.path);
        Err(fault.with("number", PermitId { copy: id.copy.saturating_sub(1), ..id }))
    }

    fn of(&mut self, year: u8) -> &mut Serials {
        let (station, year) = (self.book.station, Year::since_1900(year));
        let at = self.book.years.iter().position(|list| list.year == year);
        let at = at.unwrap_or_else(|| {
            self.book.years.push(SerialList { station, year, serials: Serials::default() });
            self.book.years.len() - 1
        });
        &mut self.book.years[at].serials
    }

    fn save(&self) -> Result<(), Fault> {
        let text = toml::to_string(&self.book)
            .map_err(|error| Fault::new(Exit::Unwritable, "fault-spelled").with("said", error))?;
        write::whole(&self.path, text.as_bytes())
    }
}

fn read(path: &Path) -> Result<Book, Fault> {
    let wrong = |said: String| {
        Fault::new(Exit::Unreadable, "fault-register").at(path).with("said", said.trim_end())
    };
    let book: Book = toml::from_str(&text(path)?).map_err(|error| wrong(error.to_string()))?;
    match book.years.iter().find(|list| list.station != book.station) {
        Some(list) => Err(wrong(format!("station {} in years", list.station))),
        None => Ok(book),
    }
}

/// A lock beside the register: the register itself is replaced at every change.
fn lock(path: &Path) -> Result<File, Fault> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let name = PathBuf::from(name);
    let file = fs::OpenOptions::new().create(true).truncate(false).write(true).open(&name);
    let file = file.map_err(|cause| Fault::write(&name, cause))?;
    match flock(&file, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => Ok(file),
        Err(_) => Err(Fault::new(Exit::Unwritable, "fault-register-busy").at(path)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_number_is_given_twice() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("101.toml");
        let take = |year, count| {
            let mut register = Register::open(&path, 101).unwrap();
            register.take(year, count).unwrap().collect::<Vec<_>>()
        };
        assert_eq!(take(63, 3), [1, 2, 3]);
        assert_eq!(take(63, 2), [4, 5], "also when the first three were never printed");
        assert_eq!(take(64, 1), [1]);
        assert!(take(63, 0).is_empty());
        let kept = fs::read_to_string(&path).unwrap();
        assert!(kept.contains("\"1-5\""), "{kept}");
    }

    #[test]
    fn a_year_ends_where_the_lists_end() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("101.toml");
        fs::write(
            &path,
            "station = 101\n[[years]]\nstation = 101\nyear = 1963\nserials = ['1-1048574']",
        )
        .unwrap();
        let mut register = Register::open(&path, 101).unwrap();
        assert!(register.take(63, 2).is_err(), "no list could take 1,048,576 back");
        let mut register = {
            drop(register);
            Register::open(&path, 101).unwrap()
        };
        assert_eq!(register.take(63, 1).unwrap().collect::<Vec<_>>(), [1_048_575]);
        assert!(register.take(63, 1).is_err() && register.take(64, 1).is_ok());
    }

    #[test]
    fn what_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("101.toml");
        let held = Register::open(&path, 101).unwrap();
        assert!(Register::open(&path, 101).is_err(), "two at a time");
        drop(held);
        Register::open(&path, 101).unwrap().take(63, 1).unwrap();
        assert!(Register::open(&path, 102).is_err(), "another station's");
        let id = PermitId { station: 101, year: 63, serial: 2, copy: 2 };
        assert!(Register::open(&path, 101).unwrap().reissue(id).is_err());
        assert!(Register::open(&path, 101).unwrap().reissue(PermitId { serial: 1, ..id }).is_ok());
        fs::write(&path, "station = 101\n[[years]]\nstation = 102\nyear = 1963\nserials = [1]")
            .unwrap();
        assert!(Register::open(&path, 101).is_err());
        assert!(Register::open(&path, 101).is_err());
    }
}

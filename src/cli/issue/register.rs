//! The station's register of numbers given: one small file, changed whole, before anything is signed.
//!
//! A number is entered first, with a digest of what will be signed under it, and used afterwards. After a crash a number may have been entered for a permit that was
//! never printed; none is ever given twice, and no honest holder is missing from the register. Two commands at a time
//! on one register are refused.

use std::collections::BTreeSet;
use std::fs::TryLockError;
use std::path::{Path, PathBuf};

use permit_core::PermitId;
use permit_file::Lock;
use permit_signing::draft::{Key, PayloadDigest, Serials, Year};
use permit_signing::register::{NotKnown, Register as Book};

use crate::authority::text;
use crate::{Exit, Fault, write};

/// A register that is read.
#[derive(Debug)]
pub(crate) struct Register {
    path: PathBuf,
    book: Book,
    /// Held while the register may be changed.
    _lock: Option<Lock>,
}

impl Register {
    /// Opens the register of a station for changing, or begins one.
    pub(crate) fn open(path: &Path, station: u16) -> Result<Self, Fault> {
        let lock = lock(path)?;
        let book = if path.symlink_metadata().is_ok() { read(path)? } else { Book::new(station) };
        if book.station != station {
            let fault = Fault::new(Exit::Unreadable, "fault-register-station").at(path);
            return Err(fault.with("found", book.station).with("station", station));
        }
        if book.desk {
            return Err(Fault::new(Exit::Unreadable, "fault-register-desk").at(path));
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

    /// What it says.
    pub(crate) const fn book(&self) -> &Book {
        &self.book
    }

    /// So many new numbers of a year, not given before [`Self::enter`] says what is signed under them.
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

    /// Enters what a key is about to sign: durable when this returns, with the numbers taken for it.
    pub(crate) fn enter(
        &mut self,
        key: Key,
        permits: &[(PermitId, PayloadDigest)],
    ) -> Result<(), Fault> {
        for (id, digest) in permits {
            self.book.enter(key, *id, *digest);
        }
        if permits.is_empty() { Ok(()) } else { self.save() }
    }

    /// Everything that one key signed, by its id or in hexadecimal; the register has to know it of every number.
    pub(crate) fn signed_by(&self, name: &str) -> Result<(Key, BTreeSet<PayloadDigest>), Fault> {
        let fault = |id| Fault::new(Exit::Unreadable, id).at(&self.path);
        self.book.signed_by(name).map_err(|error| match error {
            NotKnown::Numbers(count) => fault("fault-register-digests").with("count", count),
            _ => fault("fault-register-key").with("key", name),
        })
    }

    fn of(&mut self, year: u8) -> &mut Serials {
        self.book.given(Year::since_1900(year))
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
    let text = text(path)?;
    Book::read(&text).map_err(|error| wrong(error.to_string()))
}

/// A lock beside the register: the register itself is replaced at every change.
fn lock(path: &Path) -> Result<Lock, Fault> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let name = PathBuf::from(name);
    Lock::take(&name).map_err(|error| match error {
        TryLockError::WouldBlock => Fault::new(Exit::Unwritable, "fault-register-busy").at(path),
        TryLockError::Error(cause) => Fault::write(&name, cause),
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const KEY: Key = Key([7; 32]);

    /// First copies, each with a digest of its serial.
    fn permits(year: u8, serials: &[u32]) -> Vec<(PermitId, PayloadDigest)> {
        let of = |serial: u32| {
            let digest = PayloadDigest([u8::try_from(serial).unwrap_or_default(); 16]);
            (PermitId { station: 101, year, serial, copy: 1 }, digest)
        };
        serials.iter().copied().map(of).collect()
    }

    #[test]
    fn no_number_is_given_twice() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("101.toml");
        let take = |year, count| {
            let mut register = Register::open(&path, 101).unwrap();
            let serials: Vec<_> = register.take(year, count).unwrap().collect();
            register.enter(KEY, &permits(year, &serials)).unwrap();
            serials
        };
        assert_eq!(take(63, 3), [1, 2, 3]);
        assert_eq!(take(63, 2), [4, 5], "also when the first three were never printed");
        assert_eq!(take(64, 1), [1]);
        assert!(take(63, 0).is_empty());
        let kept = fs::read_to_string(&path).unwrap();
        assert!(kept.contains("\"1-5\""), "{kept}");
        assert!(kept.contains(&format!("\"5/1 {}\"", PayloadDigest([5; 16]))), "{kept}");
        let (key, digests) =
            Register::read(&path).unwrap().signed_by(&KEY.id().to_string()).unwrap();
        assert_eq!((key, digests.len()), (KEY, 5), "of two years, one of them with equal digests");
    }

    #[test]
    fn row_21_a_register_that_does_not_know_everything_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("101.toml");
        let old = "station = 101\n[[years]]\nstation = 101\nyear = 1963\nserials = ['1-3']";
        fs::write(&path, old).unwrap();
        let name = KEY.to_string();
        let refused = |count: usize| {
            let error = Register::read(&path).unwrap().signed_by(&name).unwrap_err();
            assert!(format!("{error:?}").contains(&count.to_string()), "{error:?}");
        };
        refused(3);
        // A further copy of an old number does not tell of the first.
        let copy = PermitId { station: 101, year: 63, serial: 1, copy: 2 };
        let mut register = Register::open(&path, 101).unwrap();
        register.reissue(copy).unwrap();
        register.enter(KEY, &[(copy, PayloadDigest([9; 16]))]).unwrap();
        drop(register);
        refused(3);
        let mut register = Register::open(&path, 101).unwrap();
        register.enter(KEY, &permits(63, &[1, 2])).unwrap();
        drop(register);
        refused(1);
        let mut register = Register::open(&path, 101).unwrap();
        register.enter(Key([8; 32]), &permits(63, &[3])).unwrap();
        drop(register);
        let register = Register::read(&path).unwrap();
        assert_eq!(register.signed_by(&name).unwrap().1.len(), 3);
        assert_eq!(register.signed_by(&Key([8; 32]).to_string()).unwrap().1.len(), 1);
        assert!(register.signed_by(&Key([1; 32]).to_string()).is_err());
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
        register.enter(KEY, &permits(63, &[1_048_575])).unwrap();
        assert!(register.take(63, 1).is_err() && register.take(64, 1).is_ok());
    }

    #[test]
    fn what_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("101.toml");
        let held = Register::open(&path, 101).unwrap();
        assert!(Register::open(&path, 101).is_err(), "two at a time");
        drop(held);
        let mut register = Register::open(&path, 101).unwrap();
        let serials: Vec<_> = register.take(63, 1).unwrap().collect();
        register.enter(KEY, &permits(63, &serials)).unwrap();
        drop(register);
        assert!(Register::open(&path, 102).is_err(), "another station's");
        let id = PermitId { station: 101, year: 63, serial: 2, copy: 2 };
        assert!(Register::open(&path, 101).unwrap().reissue(id).is_err());
        assert!(Register::open(&path, 101).unwrap().reissue(PermitId { serial: 1, ..id }).is_ok());
        fs::write(&path, "station = 101\ndesk = true").unwrap();
        assert!(Register::open(&path, 101).is_err(), "the station's desk gives its numbers");
        assert!(Register::read(&path).is_ok(), "but it is looked at");
        fs::write(&path, "station = 101\n[[years]]\nstation = 102\nyear = 1963\nserials = [1]")
            .unwrap();
        assert!(Register::open(&path, 101).is_err());
        assert!(Register::open(&path, 101).is_err());
    }
}

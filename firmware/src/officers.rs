//! Officers and their PINs.
//!
//! A wrong try is counted on the disk before the PIN is looked at, so that pulling the plug wins nothing. Each wrong one
//! makes the next wait longer, and ten lock the officer until a supervisor enrols them again. An officer is a number
//! here: no name is kept, and no PIN, only its argon2id hash.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use argon2::Argon2;
use permit_file::{Ask, FileError};
use serde::{Deserialize, Serialize};

use crate::machine::{Pin, SignInFault};

/// Wrong tries after which an officer is locked.
pub const LOCK: u32 = 10;
/// Characters a PIN has at least.
pub const LEAST: usize = 6;
/// Bytes the file may have: a thousand officers.
const MOST: u64 = 1 << 20;
/// Seconds to wait after the first wrong try; they double with each.
const FIRST: u64 = 2;

/// The officers of a terminal.
#[derive(Debug, Default)]
pub struct Officers {
    path: Option<PathBuf>,
    known: Vec<Officer>,
    /// When each may try again, in milliseconds of this process.
    waiting: Vec<(u16, u64)>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Officer {
    number: u16,
    salt: [u8; 16],
    hash: [u8; 32],
    wrong: u32,
}

/// Why an officer was not enrolled.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EnrolError {
    /// Fewer than [`LEAST`] characters.
    #[error("a PIN has at least 6 characters")]
    Short,
    /// The file cannot be written, or there are no random numbers.
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl Officers {
    /// The officers in a file; nobody where there is none. `ms` is the time: whoever had wrong tries waits again, since
    /// nobody knows how long the terminal was off.
    ///
    /// # Errors
    ///
    /// When the file is there and cannot be read: then nobody may be signed in.
    pub fn open(path: &Path, ms: u64) -> io::Result<Self> {
        let known: Vec<Officer> = match permit_file::read(path, &Ask::found(MOST)) {
            Ok(bytes) => serde_json::from_slice(&bytes)?,
            Err(FileError::Io(error)) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(FileError::Io(error)) => return Err(error),
            Err(error) => return Err(io::Error::other(error)),
        };
        let tried = known.iter().filter(|officer| officer.wrong > 0);
        let waiting =
            tried.map(|officer| (officer.number, ms + 1_000 * delay(officer.wrong))).collect();
        Ok(Self { path: Some(path.to_owned()), known, waiting })
    }

    /// Whether nobody was enrolled.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// Enrols an officer, or gives them another PIN; unlocks them.
    ///
    /// # Errors
    ///
    /// When the PIN is too short or the file cannot be written; nothing has changed then.
    pub fn enrol(&mut self, number: u16, pin: &Pin) -> Result<(), EnrolError> {
        if pin.reveal().chars().count() < LEAST {
            return Err(EnrolError::Short);
        }
        let mut salt = [0; 16];
        getrandom::fill(&mut salt).map_err(io::Error::other)?;
        let hash = hash(pin, &salt).ok_or_else(|| io::Error::other("argon2"))?;
        let mut known = self.known.clone();
        known.retain(|officer| officer.number != number);
        known.push(Officer { number, salt, hash, wrong: 0 });
        self.write(&known)?;
        self.known = known;
        self.waiting.retain(|(waits, _)| *waits != number);
        Ok(())
    }

    /// Checks a PIN.
    ///
    /// # Errors
    ///
    /// Why nobody is signed in. Somebody unknown and a wrong PIN look the same.
    pub fn check(&mut self, number: u16, pin: &Pin, ms: u64) -> Result<u16, SignInFault> {
        let Some(at) = self.known.iter().position(|officer| officer.number == number) else {
            // The same work, so that the time does not tell who is known.
            let _ = hash(pin, &[0; 16]);
            return Err(SignInFault::Wrong);
        };
        let until =
            self.waiting.iter().find(|(waits, _)| *waits == number).map(|(_, until)| *until);
        if let Some(left) = until.and_then(|until| until.checked_sub(ms)).filter(|left| *left > 0) {
            return Err(SignInFault::Wait { seconds: left.div_ceil(1_000) });
        }
        let mut known = self.known.clone();
        let Some(officer) = known.get_mut(at) else { return Err(SignInFault::Wrong) };
        if officer.wrong >= LOCK {
            return Err(SignInFault::Locked);
        }
        officer.wrong += 1;
        let (salt, right, wrong) = (officer.salt, officer.hash, officer.wrong);
        // Counted on the disk first: from here on the try has happened.
        self.write(&known).map_err(|_| SignInFault::Unwritable)?;
        self.known = known;
        if !hash(pin, &salt).is_some_and(|hash| same(&hash, &right)) {
            self.waiting.retain(|(waits, _)| *waits != number);
            self.waiting.push((number, ms + 1_000 * delay(wrong)));
            return Err(if wrong >= LOCK { SignInFault::Locked } else { SignInFault::Wrong });
        }
        let mut known = self.known.clone();
        if let Some(officer) = known.get_mut(at) {
            officer.wrong = 0;
        }
        // A counter that cannot be taken back only makes the next mistake dearer.
        if self.write(&known).is_ok() {
            self.known = known;
        }
        self.waiting.retain(|(waits, _)| *waits != number);
        Ok(number)
    }

    /// Written beside, synced, renamed, and the folder synced.
    fn write(&self, known: &[Officer]) -> io::Result<()> {
        let path = self.path.as_deref().ok_or(io::ErrorKind::NotFound)?;
        let beside = path.with_extension("new");
        match fs::remove_file(&beside) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        // Hashes of PINs are nobody else's.
        let options = File::options().write(true).create_new(true).mode(0o600).clone();
        let mut file = options.open(&beside)?;
        file.write_all(&serde_json::to_vec(known)?)?;
        file.sync_all()?;
        fs::rename(&beside, path)?;
        File::open(path.parent().unwrap_or(Path::new(".")))?.sync_all()
    }
}

/// Seconds to wait after so many wrong tries.
fn delay(wrong: u32) -> u64 {
    FIRST << wrong.saturating_sub(1).min(LOCK)
}

fn hash(pin: &Pin, salt: &[u8; 16]) -> Option<[u8; 32]> {
    let mut hash = [0; 32];
    Argon2::default().hash_password_into(pin.reveal().as_bytes(), salt, &mut hash).ok()?;
    Some(hash)
}

/// Whether two hashes are the same, in a time that does not tell where they differ.
fn same(one: &[u8; 32], other: &[u8; 32]) -> bool {
    one.iter().zip(other).fold(0, |sum, (a, b)| sum | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pin(digits: &str) -> Pin {
        Pin::new(digits.to_owned())
    }

    #[test]
    fn right_wrong_unknown_and_short() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("officers.json");
        let mut officers = Officers::open(&path, 0).unwrap();
        assert!(matches!(officers.enrol(7, &pin("12345")), Err(EnrolError::Short)));
        officers.enrol(7, &pin("834921")).unwrap();
        assert_eq!(officers.check(7, &pin("834921"), 0), Ok(7));
        assert_eq!(officers.check(8, &pin("834921"), 0), Err(SignInFault::Wrong));
        assert_eq!(officers.check(7, &pin("834922"), 0), Err(SignInFault::Wrong));
        assert_eq!(
            officers.check(7, &pin("834921"), 500),
            Err(SignInFault::Wait { seconds: 2 }),
            "even the right one waits"
        );
        assert_eq!(officers.check(7, &pin("834921"), 2_000), Ok(7));
        let kept = fs::read(&path).unwrap();
        assert!(!kept.windows(6).any(|window| window == b"834921"));
        fs::write(&path, "[{}]").unwrap();
        assert!(Officers::open(&path, 0).is_err(), "a damaged file lets nobody in");
    }

    /// Ten thousand tries, the plug pulled after each: ten are looked at.
    #[test]
    fn guessing_with_restarts() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("officers.json");
        Officers::open(&path, 0).unwrap().enrol(7, &pin("834921")).unwrap();
        let (mut looked, mut ms) = (0, 0);
        for guess in 0..10_000 {
            let mut officers = Officers::open(&path, ms).unwrap();
            // The guesser waits as long as is asked for.
            ms += 10_000_000;
            match officers.check(7, &pin(&format!("{guess:06}")), ms) {
                Err(SignInFault::Locked) if looked >= LOCK - 1 => {}
                Err(SignInFault::Wrong) => looked += 1,
                other => panic!("{guess}: {other:?}"),
            }
        }
        assert_eq!(looked, LOCK - 1);
        let mut officers = Officers::open(&path, ms).unwrap();
        let right = officers.check(7, &pin("834921"), ms + 10_000_000);
        assert_eq!(right, Err(SignInFault::Locked));
    }

    #[test]
    fn a_try_that_cannot_be_counted_is_not_looked_at() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("officers.json");
        let mut officers = Officers::open(&path, 0).unwrap();
        officers.enrol(7, &pin("834921")).unwrap();
        drop(folder);
        assert_eq!(officers.check(7, &pin("834921"), 0), Err(SignInFault::Unwritable));
    }

    #[test]
    fn waiting_doubles() {
        let delays: Vec<u64> = (1..=10).map(delay).collect();
        assert!(delays.windows(2).all(|pair| pair[1] == 2 * pair[0]));
        assert_eq!((delays[0], delays[9]), (2, 1_024));
    }
}

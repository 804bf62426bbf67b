//! The terminal's own key and the zone's secret.
//!
//! Both are made at the first start and never again by themselves: a new key would sign what nobody can check, and with
//! another secret nobody who crossed before would be known. One that is lost is said; making another is something that
//! somebody does, who knows that.

use std::io;
use std::path::Path;

use permit_core::Signer as _;
use permit_journal::Storage;
use permit_signing::SecretKey;
use zeroize::Zeroizing;

use crate::machine::Trouble;
use crate::place::Place;
use crate::twin::{Found, Twin};

/// What a terminal signs and hides with.
#[derive(Default, Debug)]
pub struct Keys {
    /// Signs the journal's heads and exports.
    pub key: Option<SecretKey>,
    /// Makes pseudonyms of permit numbers.
    pub secret: Option<Zeroizing<[u8; 32]>>,
    /// What is lost, or was made again from its copy.
    pub broken: Vec<Trouble>,
}

/// One of the two.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Which {
    /// The terminal's key.
    Key,
    /// The zone's secret.
    Secret,
}

/// Why there is no new one.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RenewError {
    /// The one there is is whole.
    #[error("nothing is wrong with the one there is")]
    Whole,
    /// It cannot be written, or there are no random numbers.
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl Keys {
    /// The keys in a folder; new ones at the `first` start, when there is no journal.
    pub fn open(storage: &mut impl Storage, first: bool) -> Self {
        let mut keys = Self::default();
        let (key, broken) = one(KEY, storage, first, read_key, make_key, Trouble::KeyLost);
        keys.key = key;
        keys.broken.extend(broken);
        let (secret, broken) =
            one(SECRET, storage, first, read_secret, make_secret, Trouble::SecretLost);
        keys.secret = secret;
        keys.broken.extend(broken);
        keys.broken.dedup();
        keys
    }
}

/// Whether there was no journal yet.
#[must_use]
pub fn is_first(journal: &Path) -> bool {
    match Place::new(journal).list() {
        Ok(names) => !names.iter().any(|name| name.starts_with("journal-")),
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    }
}

/// The public half of the terminal's key, by which headquarters list it; both keys are made where there was no journal yet.
///
/// # Errors
///
/// When it is lost, or the folder cannot be written.
pub fn public_key(state: &Path) -> io::Result<[u8; 32]> {
    std::fs::create_dir_all(state)?;
    let first = is_first(&state.join("journal"));
    let mut place = Place::new(state);
    Storage::lock(&mut place)?;
    let key = Keys::open(&mut place, first).key;
    key.map(|it| it.public_key()).ok_or_else(|| io::ErrorKind::NotFound.into())
}

/// Makes another in place of one that is lost, which is put aside.
///
/// # Errors
///
/// When nothing is lost, or the folder cannot be written.
pub fn renew(state: &Path, which: Which) -> Result<(), RenewError> {
    let mut place = Place::new(state);
    Storage::lock(&mut place)?;
    let (twin, make): (Twin, Make) = match which {
        Which::Key => (KEY, make_key),
        Which::Secret => (SECRET, make_secret),
    };
    match twin.read(&mut place) {
        Found::Lost => twin.give_up(&mut place),
        Found::Absent => {}
        Found::Whole(bytes) | Found::Restored(bytes) => {
            drop(Zeroizing::new(bytes));
            return Err(RenewError::Whole);
        }
    }
    let made = make().ok_or_else(|| io::Error::other("no random numbers"))?;
    Ok(twin.write(&mut place, &made)?)
}

type Make = fn() -> Option<Zeroizing<Vec<u8>>>;

fn one<T>(
    twin: Twin,
    storage: &mut impl Storage,
    first: bool,
    read: fn(&[u8]) -> Option<T>,
    make: Make,
    lost: Trouble,
) -> (Option<T>, Option<Trouble>) {
    let found = twin.read(storage);
    let restored = matches!(found, Found::Restored(_)).then_some(Trouble::Restored);
    if found == Found::Absent && first {
        let made = make().filter(|made| {
            let written = twin.write(storage, made);
            written.inspect_err(|error| tracing::error!(%error, "no key can be kept")).is_ok()
        });
        return (made.and_then(|made| read(&made)), None);
    }
    let bytes = found.bytes().map(Zeroizing::new);
    match bytes.and_then(|bytes| read(&bytes)) {
        Some(key) => (Some(key), restored),
        None => (None, Some(lost)),
    }
}

/// As PKCS#8 in PEM.
fn read_key(bytes: &[u8]) -> Option<SecretKey> {
    permit_signing::import(bytes, None).ok()
}

fn make_key() -> Option<Zeroizing<Vec<u8>>> {
    let key = SecretKey::generate().ok()?;
    let pem = permit_signing::export_without_any_encryption(&key).ok()?;
    Some(Zeroizing::new(pem.as_bytes().to_vec()))
}

fn read_secret(bytes: &[u8]) -> Option<Zeroizing<[u8; 32]>> {
    <[u8; 32]>::try_from(bytes).ok().map(Zeroizing::new)
}

fn make_secret() -> Option<Zeroizing<Vec<u8>>> {
    let mut bytes = Zeroizing::new(vec![0; 32]);
    getrandom::fill(&mut bytes).ok()?;
    Some(bytes)
}

const KEY: Twin = Twin::new("reader.key", |bytes| read_key(bytes).is_some());
const SECRET: Twin = Twin::new("pseudonym.secret", |bytes| bytes.len() == 32);

#[cfg(test)]
mod tests {
    use permit_journal::faults::Memory;

    use super::*;

    #[test]
    fn made_once_and_never_again_by_themselves() {
        let mut disk = Memory::new();
        let first = Keys::open(&mut disk, true);
        assert!(first.key.is_some() && first.secret.is_some() && first.broken.is_empty());
        let again = Keys::open(&mut disk.clone(), false);
        assert_eq!(again.secret, first.secret);
        let mut gone = Memory::new();
        let lost = Keys::open(&mut gone, false);
        assert!(lost.key.is_none() && lost.secret.is_none());
        assert_eq!(lost.broken, [Trouble::KeyLost, Trouble::SecretLost]);
        assert!(gone.files().is_empty(), "nothing is made where there was something");
        let mut files = disk.files();
        files.insert("reader.key".to_owned(), Vec::new());
        let mended = Keys::open(&mut Memory::of(files), false);
        assert!(mended.key.is_some() && mended.broken == [Trouble::Restored]);
    }

    #[test]
    fn the_public_key_is_there_before_the_first_start_and_never_made_anew() {
        let folder = tempfile::tempdir().unwrap();
        let state = folder.path().join("state");
        let key = public_key(&state).unwrap();
        assert_eq!(public_key(&state).unwrap(), key);
        // The first start takes that one, and the secret that was copied here before.
        let kept = Keys::open(&mut Place::shared(&state), true);
        assert_eq!(kept.key.unwrap().public_key(), key);
        std::fs::create_dir_all(state.join("journal")).unwrap();
        std::fs::write(state.join("journal/journal-00000000000000000001"), "").unwrap();
        for name in ["reader.key", "reader.key.copy"] {
            std::fs::remove_file(state.join(name)).unwrap();
        }
        assert!(public_key(&state).is_err(), "a journal hangs on another");
    }

    #[test]
    fn the_secret_that_both_sides_made_is_taken_at_the_first_start() {
        use permit_signing::{Half, Term, ZoneSecret};
        let halves = [Half::draw().unwrap(), Half::draw().unwrap()];
        let secret = ZoneSecret::of(Term { zone: 7, year: 1964 }, &halves[0], &halves[1]).unwrap();
        let made = secret.bytes_that_are_secret();
        let mut disk =
            Memory::of([("pseudonym.secret".to_owned(), made.to_vec())].into_iter().collect());
        let first = Keys::open(&mut disk, true);
        assert_eq!(**first.secret.as_ref().unwrap(), *made);
        assert!(first.broken.is_empty(), "{:?}", first.broken);
        // From then on it is kept twice, with a check.
        let mut files = disk.files();
        assert!(files["pseudonym.secret"].len() > 32);
        assert_eq!(files["pseudonym.secret"], files["pseudonym.secret.copy"]);
        files.insert("pseudonym.secret".to_owned(), Vec::new());
        let mended = Keys::open(&mut Memory::of(files), false);
        assert_eq!(**mended.secret.as_ref().unwrap(), *made);
    }

    #[test]
    fn another_is_made_knowingly() {
        let state = tempfile::tempdir().unwrap();
        let first = Keys::open(&mut Place::shared(state.path()), true).secret;
        assert!(matches!(renew(state.path(), Which::Secret), Err(RenewError::Whole)));
        for name in ["pseudonym.secret", "pseudonym.secret.copy"] {
            std::fs::write(state.path().join(name), "torn").unwrap();
        }
        let lost = Keys::open(&mut Place::shared(state.path()), false);
        assert_eq!(lost.broken, [Trouble::SecretLost]);
        renew(state.path(), Which::Secret).unwrap();
        let other = Keys::open(&mut Place::shared(state.path()), false);
        assert!(other.broken.is_empty() && other.secret.is_some() && other.secret != first);
        assert!(state.path().join("pseudonym.secret.damaged-1").exists());
    }
}

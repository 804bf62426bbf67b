//! The folder of a desk: its keys, its lists, and how far its record goes.
//!
//! | file | what |
//! |---|---|
//! | `secret` | 32 random bytes (0600), from which the passphrases of the next two come, the key of portraits, and those of what is handed back here |
//! | `record.key`, `station.key` | key files in a cover of their own, so that no other command opens them |
//! | `tip` | number and hash of the last entry written: an older copy of the database does not pass for the newest |
//! | `officers/NUMBER.key` | an officer's key file, under the officer's own passphrase |
//! | `officers/NUMBER.{new,waiting}` | the key file and the enrolment of whoever [waits](crate::waiting) for a second supervisor |
//! | `portraits/NUMBER.sealed` | a [portrait](crate::card::portrait), while an application's card is made |
//! | `designs/DIGEST.svg` | sides of [designs](crate::card::designs) of the station's own |
//! | `hand-back` | of special personnel: the key (0600) under which [their record](crate::delegation) is sealed when it is handed back |
//! | `bundle.cbor`, `root.cbor` | the lists |
//! | `desk.db` | the database, unless it is elsewhere |
//!
//! Whoever can read the whole folder has what the desk has; an officer's key not without the passphrase.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use permit_core::sha256;
use permit_file::{Ask, FileError};
use permit_record::Tip;
use permit_signing::{Cost, KeyFile, Label, NewPassphrase, SecretKey, create_private_file};
use zeroize::Zeroizing;

use crate::registry::RegistryError;

/// Stands before a key file of the desk: no other program of this project takes it for one.
const COVER: &[u8; 16] = b"permit-desk-key\n";
/// The key that the station gave along.
const GIVEN: &str = "hand-back";
/// Bytes that a file of the folder may have.
const MOST: u64 = 16 * 1024 * 1024;

/// A desk's folder.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Home(PathBuf);

impl Home {
    /// Makes the folder with a new secret; it may be there, but empty.
    ///
    /// # Errors
    ///
    /// When there is a desk in it already, or it cannot be written.
    pub fn create(folder: &Path) -> Result<Self, RegistryError> {
        Self::begin(folder)?;
        let mut secret = [0; 32];
        getrandom::fill(&mut secret).map_err(permit_signing::NoRandomness::from)?;
        create_private_file(&folder.join("secret"), &secret)?;
        Ok(Self(folder.to_owned()))
    }

    /// The folder, still without a secret.
    pub(crate) fn begin(folder: &Path) -> Result<(), RegistryError> {
        use std::os::unix::fs::DirBuilderExt as _;
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true).mode(0o700);
        builder.create(folder.join("officers")).map_err(|cause| failed(folder, cause))
    }

    /// A folder that is there.
    ///
    /// # Errors
    ///
    /// When its secret cannot be read.
    pub fn open(folder: &Path) -> Result<Self, RegistryError> {
        let home = Self(folder.to_owned());
        home.secret().map(|_| home)
    }

    /// Where it is.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.0
    }

    /// The database of its own.
    #[must_use]
    pub fn database(&self) -> String {
        format!("sqlite://{}", self.0.join("desk.db").display())
    }

    /// Where an officer's key file is.
    #[must_use]
    pub fn officer(&self, number: u16) -> PathBuf {
        self.0.join("officers").join(format!("{number:05}.key"))
    }

    /// Keeps a key of the desk under a name.
    ///
    /// # Errors
    ///
    /// When there is one, or the folder cannot be written.
    pub fn keep_key(&self, name: &str, key: &SecretKey) -> Result<(), RegistryError> {
        let path = self.0.join(format!("{name}.key"));
        let under = self.passphrase(name)?;
        // 256 random bits need no costly guessing.
        let file = KeyFile::seal(key, &under, Cost::FLOOR, Label::default())?;
        Ok(create_private_file(&path, &[&COVER[..], file.as_bytes()].concat())?)
    }

    /// Opens a key of the desk.
    ///
    /// # Errors
    ///
    /// When it is not there, not one of this desk's, or was changed.
    pub fn key(&self, name: &str) -> Result<SecretKey, RegistryError> {
        let path = self.0.join(format!("{name}.key"));
        let bytes = read(&path, &Ask::secret(MOST))?;
        let other = || failed(&path, io::ErrorKind::InvalidData.into());
        let sealed = bytes.strip_prefix(&COVER[..]).ok_or_else(other)?;
        let file = KeyFile::from_bytes(sealed).map_err(permit_signing::KeyFileError::from)?;
        Ok(file.open(self.passphrase(name)?.as_ref())?)
    }

    /// Keeps a file of lists, over the one before.
    ///
    /// # Errors
    ///
    /// When the folder cannot be written.
    pub fn keep(&self, name: &str, bytes: &[u8]) -> Result<(), RegistryError> {
        replace(&self.0, name, bytes)
    }

    /// A file of lists.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub fn kept(&self, name: &str) -> Result<Vec<u8>, RegistryError> {
        read(&self.0.join(name), &Ask::found(MOST))
    }

    fn secret(&self) -> Result<Vec<u8>, RegistryError> {
        read(&self.0.join("secret"), &Ask::secret(64))
    }

    /// What portraits are sealed under.
    pub(crate) fn portrait_key(&self) -> Result<Zeroizing<[u8; 32]>, RegistryError> {
        let secret = Zeroizing::new(self.secret()?);
        Ok(Zeroizing::new(sha256(&[b"border-permit/desk-portrait/1 ", &secret])))
    }

    /// What special personnel of this number seal their record under.
    pub(crate) fn hand_back_key(&self, station: u16) -> Result<Zeroizing<[u8; 32]>, RegistryError> {
        let (secret, station) = (Zeroizing::new(self.secret()?), station.to_be_bytes());
        Ok(Zeroizing::new(sha256(&[b"border-permit/hand-back/1 ", &station, b" ", &secret])))
    }

    /// Keeps the key that the station gave along.
    pub(crate) fn keep_given_key(&self, key: &[u8; 32]) -> Result<(), RegistryError> {
        Ok(create_private_file(&self.0.join(GIVEN), key)?)
    }

    /// The key that the station gave along, if it did.
    pub(crate) fn given_key(&self) -> Result<Option<Zeroizing<[u8; 32]>>, RegistryError> {
        let path = self.0.join(GIVEN);
        if path.symlink_metadata().is_err() {
            return Ok(None);
        }
        let bytes = Zeroizing::new(read(&path, &Ask::secret(32))?);
        let other = |_| failed(&path, io::ErrorKind::InvalidData.into());
        <[u8; 32]>::try_from(&bytes[..]).map(|key| Some(Zeroizing::new(key))).map_err(other)
    }

    fn passphrase(&self, name: &str) -> Result<NewPassphrase, RegistryError> {
        let digest =
            sha256(&[b"border-permit/desk-key/1 ", name.as_bytes(), b" ", &self.secret()?]);
        let text: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        let refused = |_| failed(&self.0.join("secret"), io::ErrorKind::InvalidData.into());
        NewPassphrase::chosen(&text).map_err(refused)
    }
}

/// How far a desk has written: the last entry's number and hash; `None` before the first.
pub(crate) fn tip(folder: &Path) -> Result<Option<Tip>, RegistryError> {
    let path = folder.join("tip");
    let bytes = match read(&path, &Ask::found(64)) {
        Ok(bytes) => bytes,
        Err(RegistryError::Home { cause, .. }) if cause.kind() == io::ErrorKind::NotFound => {
            return Ok(None);
        }
        Err(error) => return Err(error),
    };
    let read = bytes.split_first_chunk::<8>().and_then(|(sequence, hash)| {
        Some(Tip { sequence: u64::from_be_bytes(*sequence), hash: hash.try_into().ok()? })
    });
    read.map(Some).ok_or_else(|| failed(&path, io::ErrorKind::InvalidData.into()))
}

/// Remembers how far a desk has written.
pub(crate) fn remember(folder: &Path, tip: Tip) -> Result<(), RegistryError> {
    replace(folder, "tip", &[&tip.sequence.to_be_bytes()[..], &tip.hash].concat())
}

/// Whole or not at all: a new file beside it, synced, and given its name.
pub(crate) fn replace(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), RegistryError> {
    let path = folder.join(name);
    let write = || -> io::Result<()> {
        let mut file = tempfile::Builder::new().prefix(".desk-").tempfile_in(folder)?;
        io::Write::write_all(&mut file, bytes)?;
        file.as_file().sync_all()?;
        file.persist(&path).map_err(|error| error.error)?;
        fs::File::open(folder)?.sync_all()
    };
    write().map_err(|cause| failed(&path, cause))
}

pub(crate) fn read(path: &Path, ask: &Ask) -> Result<Vec<u8>, RegistryError> {
    permit_file::read(path, ask).map_err(|error| match error {
        FileError::Io(cause) => failed(path, cause),
        other => failed(path, io::Error::other(other)),
    })
}

pub(crate) fn failed(path: &Path, cause: io::Error) -> RegistryError {
    RegistryError::Home { path: path.to_owned(), cause }
}

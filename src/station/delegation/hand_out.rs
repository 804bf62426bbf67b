//! The folder of special personnel as one file, under a passphrase: what a browser downloads, and their computer takes up.
//!
//! It is 16 bytes of magic, the length of a key file in two bytes (most significant first), the key file, and the folder's
//! files as CBOR, `[* [name, bytes]]`, sealed. They are sealed under what that key alone can sign, with all that is in front
//! beside them: so the passphrase costs whoever guesses as much as an officer's.

use std::{fs, io, path::Path};

use minicbor::{Decode, Encode};
use permit_core::{Signer as _, sha256};
use permit_file::Ask;
use permit_signing::{
    Cost, FormatError, KeyFile, KeyFileError, Label, NewPassphrase, SecretKey, create_private_file,
};
use thiserror::Error;
use zeroize::Zeroizing;

use crate::{
    home::{self, Home},
    registry::RegistryError,
    sealing,
};

/// One file of the folder.
#[derive(Encode, Decode)]
#[cbor(array)]
struct Packed {
    #[n(0)]
    name: String,
    #[cbor(n(1), with = "minicbor::bytes")]
    bytes: Vec<u8>,
}

/// Why a file is not taken up.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum NotTakenUp {
    /// It is none that `delegate` made.
    #[error("no file of special personnel")]
    Other,
    /// It was changed on the way.
    #[error("it was changed on the way")]
    Changed,
    /// The passphrase is not its own.
    #[error(transparent)]
    Key(#[from] KeyFileError),
    /// The folder is there already, or cannot be written.
    #[error(transparent)]
    Folder(#[from] RegistryError),
}

impl From<FormatError> for NotTakenUp {
    fn from(_: FormatError) -> Self {
        Self::Other
    }
}

/// Packs a folder that was made. `under` is what the file is opened with; none in a demonstration whose keys have none.
///
/// # Errors
///
/// When the folder cannot be read.
pub fn pack(folder: &Path, under: Option<&NewPassphrase>) -> Result<Vec<u8>, RegistryError> {
    let mut files = Vec::new();
    for (inside, prefix) in [(folder.to_owned(), ""), (folder.join(OFFICERS), "officers/")] {
        for entry in fs::read_dir(&inside).map_err(|cause| home::failed(&inside, cause))? {
            let path = entry.map_err(|cause| home::failed(&inside, cause))?.path();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if path.is_file() {
                let bytes = home::read(&path, &Ask::found(MOST))?;
                files.push(Packed { name: format!("{prefix}{name}"), bytes });
            }
        }
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    let plain = Zeroizing::new(minicbor::to_vec(&files).unwrap_or_default());
    let key = SecretKey::generate()?;
    let cover = match under {
        Some(under) => KeyFile::seal(&key, under, Cost::DEFAULT, Label::default())?,
        None => KeyFile::seal_unprotected_for_demo_keys_only(&key, Label::default())?,
    };
    let cover = cover.as_bytes();
    // A key file has some hundred bytes.
    let length = u16::try_from(cover.len()).unwrap_or_default();
    let head = [&MAGIC[..], &length.to_be_bytes(), cover].concat();
    let sealed = sealing::seal(&inner(&key), &plain, &head)?;
    Ok([head, sealed].concat())
}

/// The key file in front of a packed folder, for whoever has the passphrase to open.
///
/// # Errors
///
/// [`NotTakenUp::Other`].
pub fn cover(file: &[u8]) -> Result<KeyFile, NotTakenUp> {
    let (head, _) = parts(file)?;
    Ok(KeyFile::from_bytes(&head[MAGIC.len() + 2..])?)
}

/// Makes the folder that was packed, which may not be there yet; whole or not at all.
///
/// # Errors
///
/// [`NotTakenUp`].
pub fn take_up(file: &[u8], key: &SecretKey, folder: &Path) -> Result<(), NotTakenUp> {
    let (head, sealed) = parts(file)?;
    let plain = sealing::open(&inner(key), sealed, head).ok_or(NotTakenUp::Changed)?;
    let files: Vec<Packed> = minicbor::decode(&plain).map_err(|_| NotTakenUp::Other)?;
    if !files.iter().all(|it| is_plain(&it.name)) {
        return Err(NotTakenUp::Other);
    }
    if folder.symlink_metadata().is_ok() {
        return Err(home::failed(folder, io::ErrorKind::AlreadyExists.into()).into());
    }
    let made = unpacked(&files, folder);
    if made.is_err() {
        // What is told is why it was not made.
        let _ = fs::remove_dir_all(folder);
    }
    made
}

fn unpacked(files: &[Packed], folder: &Path) -> Result<(), NotTakenUp> {
    Home::begin(folder)?;
    for Packed { name, bytes } in files {
        let path = folder.join(name);
        create_private_file(&path, bytes)
            .map_err(|error| home::failed(&path, io::Error::other(error)))?;
    }
    Home::open(folder)?;
    Ok(())
}

/// What stands in front, and what is sealed.
fn parts(file: &[u8]) -> Result<(&[u8], &[u8]), NotTakenUp> {
    let rest = file.strip_prefix(&MAGIC[..]).ok_or(NotTakenUp::Other)?;
    let (length, _) = rest.split_first_chunk::<2>().ok_or(NotTakenUp::Other)?;
    let head = MAGIC.len() + 2 + usize::from(u16::from_be_bytes(*length));
    file.split_at_checked(head).ok_or(NotTakenUp::Other)
}

/// A file of the folder, or of its officers.
fn is_plain(name: &str) -> bool {
    let name = name.strip_prefix("officers/").unwrap_or(name);
    let known = |c: char| c.is_ascii_alphanumeric() || ".-".contains(c);
    !name.is_empty() && !name.starts_with('.') && name.chars().all(known)
}

/// What only this key can sign: Ed25519 signs one message in one way (RFC 8032).
fn inner(key: &SecretKey) -> Zeroizing<[u8; 32]> {
    let Ok(signature) = key.sign(b"border-permit/hand-out/1");
    Zeroizing::new(sha256(&[&signature]))
}

const MAGIC: &[u8; 16] = b"permit-special-1";
const OFFICERS: &str = "officers";
/// Bytes that a file of the folder may have: a record that was just begun is far below.
const MOST: u64 = 16 * 1024 * 1024;

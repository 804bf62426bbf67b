//! Portraits of cards that are being made: sealed files beside the record.
//!
//! A portrait is on no record, in no copy of the database and under no name but its application's number; of one in a
//! code the record holds the digest alone. It is there from when the permit is signed until the card is handed over or comes to nothing ([`is_kept`]); the
//! [registry](crate::registry) removes it with the act that ends this, whoever did the act and by which program, and looks
//! again at each start. Each file is sealed by XChaCha20-Poly1305 under a key of the desk's secret and bound to its
//! number, so that it opens neither elsewhere nor as somebody else's.

use core::fmt;
use std::{fs, io, path::Path};

use minicbor::{Decode, Encode};
use permit_file::Ask;
use permit_symbol::Symbol;
use zeroize::Zeroizing;

use crate::{
    home::{self, Home},
    registry::RegistryError,
    rules::{Application, State},
    sealing,
};

/// Whether a portrait is kept while an application is in a state.
#[must_use]
pub const fn is_kept(state: State) -> bool {
    // While it is approved a portrait is only there between being taken and being signed.
    matches!(state, State::Approved | State::Issued | State::Printed | State::ReadBack)
}

/// Whether the card can still be drawn, so that a portrait may be put on it; one that is in the code stays the one that was
/// signed.
#[must_use]
pub const fn is_taken(application: &Application) -> bool {
    let signed = match &application.permit {
        Some(issued) => issued.portrait.is_some(),
        None => false,
    };
    !signed && matches!(application.stored(), State::Issued | State::Printed)
}

/// A portrait while a card is made.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Kept {
    /// As it is printed: a JPEG file.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub card: Vec<u8>,
    /// As the code holds it, if it does: a lossy WebP file.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub code: Option<Vec<u8>>,
}

impl fmt::Debug for Kept {
    /// Lengths alone.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = self.code.as_ref().map(Vec::len);
        f.debug_struct("Kept").field("card", &self.card.len()).field("code", &code).finish()
    }
}

/// Bytes of a portrait for which a permit with a payload of this length has still a code that an office printer draws well.
#[must_use]
pub const fn room(payload: usize) -> usize {
    let room = PAYLOAD.saturating_sub(payload + HEADS);
    if room < LONGEST { room } else { LONGEST }
}

/// The code of a permit that has as large a portrait in it as there is room for: for designs to be held against.
#[must_use]
pub fn largest_code() -> Option<Symbol> {
    Symbol::new(&"A".repeat(TEXT)).ok()
}

/// Keeps a portrait for an application, over the one before.
///
/// # Errors
///
/// When the folder cannot be written.
pub(crate) fn keep(home: &Home, number: u32, portrait: &Kept) -> Result<(), RegistryError> {
    use std::os::unix::fs::DirBuilderExt as _;
    let folder = home.folder().join(FOLDER);
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true).mode(0o700);
    builder.create(&folder).map_err(|cause| home::failed(&folder, cause))?;
    // Writing to memory cannot fail.
    let plain = Zeroizing::new(minicbor::to_vec(portrait).unwrap_or_default());
    let sealed = sealing::seal(&*home.portrait_key()?, &plain, &number.to_be_bytes())?;
    home::replace(&folder, &name(number), &sealed)
}

/// The portrait of an application, if one is kept.
///
/// # Errors
///
/// When it cannot be read, or is not what this desk sealed for this application.
pub(crate) fn kept(home: &Home, number: u32) -> Result<Option<Kept>, RegistryError> {
    let path = home.folder().join(FOLDER).join(name(number));
    let sealed = match home::read(&path, &Ask::found(MOST)) {
        Ok(sealed) => sealed,
        Err(RegistryError::Home { cause, .. }) if cause.kind() == io::ErrorKind::NotFound => {
            return Ok(None);
        }
        Err(error) => return Err(error),
    };
    let other = || home::failed(&path, io::ErrorKind::InvalidData.into());
    let opened = sealing::open(&*home.portrait_key()?, &sealed, &number.to_be_bytes());
    let opened = opened.ok_or_else(other)?;
    minicbor::decode(&opened).map(Some).map_err(|_| other())
}

/// Removes the portrait of an application, if there is one.
///
/// # Errors
///
/// When it stays.
pub(crate) fn forget(home: &Home, number: u32) -> Result<(), RegistryError> {
    remove(&home.folder().join(FOLDER).join(name(number)))
}

/// Removes every portrait of a desk's folder but those of these applications, and what a break left of one.
///
/// # Errors
///
/// When one stays.
pub(crate) fn sweep(folder: &Path, is_kept: impl Fn(u32) -> bool) -> Result<(), RegistryError> {
    let folder = folder.join(FOLDER);
    let entries = match fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(cause) => return Err(home::failed(&folder, cause)),
    };
    for entry in entries {
        let path = entry.map_err(|cause| home::failed(&folder, cause))?.path();
        let number = path.file_stem().and_then(|stem| stem.to_str()?.parse().ok());
        if !number.is_some_and(&is_kept) {
            remove(&path)?;
        }
    }
    Ok(())
}

/// Overwritten first: what a disk keeps of a removed file is nothing then, where it writes in place.
fn remove(path: &Path) -> Result<(), RegistryError> {
    let remove = || {
        let mut file = fs::OpenOptions::new().write(true).open(path)?;
        let length = usize::try_from(file.metadata()?.len()).unwrap_or_default();
        io::Write::write_all(&mut file, &vec![0; length])?;
        file.sync_data()?;
        fs::remove_file(path)
    };
    match remove() {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(home::failed(path, cause)),
        _ => Ok(()),
    }
}

fn name(number: u32) -> String {
    format!("{number}.sealed")
}

/// Bytes of a payload whose text fits a code of version 23 at level M (format document, section 2). Chosen: its modules are
/// four dots of a 300 dpi printer on a card of ID-1 size, and five on the folded one.
const PAYLOAD: usize = 761;
/// Characters of that text (ISO/IEC 18004, table 7).
const TEXT: usize = 1248;
/// Bytes that a portrait takes beside its own, at most: the heads of the options, of its key and of its string.
const HEADS: usize = 5;
/// Bytes of a portrait in a code, at most (format document, section 12).
const LONGEST: usize = 800;
/// In the desk's folder.
const FOLDER: &str = "portraits";
/// Bytes of a sealed file, at most: what a card takes, and what sealing adds.
const MOST: u64 = permit_card::PORTRAIT as u64 + 1024;

#[cfg(test)]
mod tests {
    use permit_card::Portrait;

    use super::*;

    fn portrait() -> Kept {
        let card = Portrait::of(include_bytes!("../pages/tests/portrait.png")).unwrap();
        Kept { code: card.small(600), card: card.as_bytes().to_vec() }
    }

    #[test]
    fn sealed_and_bound_to_its_number() {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::create(folder.path()).unwrap();
        let portrait = portrait();
        assert_eq!(kept(&home, 7).unwrap(), None);
        keep(&home, 7, &portrait).unwrap();
        assert_eq!(kept(&home, 7).unwrap(), Some(portrait.clone()));
        let path = folder.path().join("portraits/7.sealed");
        let bytes = fs::read(&path).unwrap();
        for file in [&portrait.card, portrait.code.as_ref().unwrap()] {
            let part = &file[file.len() - 40..];
            assert!(!bytes.windows(part.len()).any(|it| it == part));
        }
        // Somebody else's, another desk's, a changed one: none opens.
        fs::copy(&path, folder.path().join("portraits/8.sealed")).unwrap();
        kept(&home, 8).unwrap_err();
        let elsewhere = tempfile::tempdir().unwrap();
        let other = Home::create(elsewhere.path()).unwrap();
        keep(&other, 7, &portrait).unwrap();
        fs::copy(&path, elsewhere.path().join("portraits/7.sealed")).unwrap();
        kept(&other, 7).unwrap_err();
        let mut changed = bytes;
        *changed.last_mut().unwrap() ^= 1;
        fs::write(&path, changed).unwrap();
        kept(&home, 7).unwrap_err();
    }

    #[test]
    fn what_is_not_kept_is_removed_and_what_a_break_left() {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::create(folder.path()).unwrap();
        sweep(folder.path(), |_| false).unwrap();
        for number in [1, 2, 3] {
            keep(&home, number, &portrait()).unwrap();
        }
        fs::write(folder.path().join("portraits/.desk-x"), b"half").unwrap();
        sweep(folder.path(), |number| number == 2).unwrap();
        let left = fs::read_dir(folder.path().join("portraits")).unwrap();
        let left: Vec<_> = left.map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, ["2.sealed"]);
        forget(&home, 2).unwrap();
        forget(&home, 2).unwrap();
        assert_eq!(kept(&home, 2).unwrap(), None);
    }
}

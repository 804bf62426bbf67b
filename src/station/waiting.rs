//! An enrolment, or an officer's new key, that one supervisor has signed and that waits for the second, at another seat and
//! another time.
//!
//! It lies beside the officers' keys: `NUMBER.waiting` is the enrolment with the first signature, `NUMBER.new` the new
//! officer's key file under the new officer's own passphrase. Neither makes anybody an officer. A newcomer's key file gets
//! its name before the record says that the officer is one, so that no officer is without a key; an officer's new one once
//! the record says so, and the one before is kept under another name.

use std::{fs, path::PathBuf};

use minicbor::{Decode, Encode};
use permit_core::KeyId;
use permit_file::Ask;
use permit_record::Enrolment;
use permit_signing::{KeyFile, KeyFileError, SecretKey, create_private_file};

use crate::home::Home;

/// An enrolment with the first of its two signatures.
#[derive(Clone, PartialEq, Eq, Encode, Decode, Debug)]
#[cbor(array)]
pub struct Waiting {
    /// What is signed.
    #[n(0)]
    pub enrolment: Enrolment,
    /// Who signed first.
    #[n(1)]
    pub by: u16,
    #[cbor(n(2), with = "minicbor::bytes")]
    kid: [u8; 4],
    #[cbor(n(3), with = "minicbor::bytes")]
    signature: [u8; 64],
}

impl Waiting {
    /// Begins one: the first supervisor signs, and the new officer's key is kept.
    ///
    /// # Errors
    ///
    /// When there is one for this number, or the folder cannot be written.
    pub fn begin(
        home: &Home,
        (enrolment, key): (Enrolment, &KeyFile),
        (by, first): (u16, &SecretKey),
    ) -> Result<(), KeyFileError> {
        let Ok((KeyId(kid), signature)) = enrolment.sign(first);
        let number = enrolment.officer;
        let bytes = minicbor::to_vec(Self { enrolment, by, kid, signature }).unwrap_or_default();
        // A key without the paper that goes with it: whoever began was cut off between the two.
        if !path(home, number, PAPER).exists() {
            let _ = fs::remove_file(path(home, number, KEY));
        }
        key.create(&path(home, number, KEY))?;
        create_private_file(&path(home, number, PAPER), &bytes).inspect_err(|_| {
            // Nobody waits for this key.
            let _ = fs::remove_file(path(home, number, KEY));
        })
    }

    /// Every one that waits, by number. What is none is left out.
    #[must_use]
    pub fn all(home: &Home) -> Vec<Self> {
        let folder = fs::read_dir(home.folder().join(OFFICERS)).into_iter().flatten().flatten();
        let numbers = folder.filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            name.strip_suffix(PAPER)?.strip_suffix('.')?.parse().ok()
        });
        let mut all: Vec<Self> = numbers.filter_map(|number| Self::of(home, number)).collect();
        all.sort_by_key(|it| it.enrolment.officer);
        all
    }

    /// The one of a number.
    #[must_use]
    pub fn of(home: &Home, number: u16) -> Option<Self> {
        let bytes = permit_file::read(&path(home, number, PAPER), &Ask::secret(MOST)).ok()?;
        let waiting: Self = minicbor::decode(&bytes).ok()?;
        (waiting.enrolment.officer == number).then_some(waiting)
    }

    /// The whole enrolment, once the second supervisor signs; a newcomer's key file is the officer's from here on.
    ///
    /// # Errors
    ///
    /// When there is no key file, or the folder cannot be written.
    pub fn signed(&self, home: &Home, second: &SecretKey) -> Result<Vec<u8>, KeyFileError> {
        let number = self.enrolment.officer;
        let own = home.officer(number);
        if !own.exists() {
            fs::rename(path(home, number, KEY), &own)?;
        }
        let Ok(second) = self.enrolment.sign(second);
        Ok(self.enrolment.seal([(KeyId(self.kid), self.signature), second]))
    }

    /// The officer is enrolled with this key: nothing waits any more.
    ///
    /// # Errors
    ///
    /// When the folder cannot be written: it still waits then.
    pub fn ended(&self, home: &Home) -> Result<(), KeyFileError> {
        let number = self.enrolment.officer;
        let (own, new) = (home.officer(number), path(home, number, KEY));
        if new.exists() {
            // What it signed stays signed.
            let old = own.with_extension(format!("{}.old", KeyId::of(&self.enrolment.key)));
            if own.exists() {
                fs::rename(&own, old)?;
            }
            fs::rename(new, &own)?;
        }
        let _ = fs::remove_file(path(home, number, PAPER));
        Ok(())
    }

    /// An officer's new key is dropped; the one there is stays.
    pub fn withdrawn(&self, home: &Home) {
        for suffix in [PAPER, KEY] {
            let _ = fs::remove_file(path(home, self.enrolment.officer, suffix));
        }
    }

    /// It is dropped, with the key that nobody has used.
    pub fn dropped(&self, home: &Home) {
        let number = self.enrolment.officer;
        for path in [path(home, number, PAPER), path(home, number, KEY), home.officer(number)] {
            let _ = fs::remove_file(path);
        }
    }
}

fn path(home: &Home, number: u16, suffix: &str) -> PathBuf {
    home.officer(number).with_extension(suffix)
}

const OFFICERS: &str = "officers";
const PAPER: &str = "waiting";
const KEY: &str = "new";
/// Bytes that one may have: names of 80 bytes and a signature are far below.
const MOST: u64 = 4096;

//! The zone's pseudonym secret, made from two halves of which each side draws one.
//!
//! Neither side can choose the secret alone, and whoever has one half has nothing. A half is carried to the other side
//! by hand: sealed as a key file, or as 24 words. It is wiped from memory when it is dropped, and cannot be printed by
//! mistake.

use core::fmt;

use permit_core::{Side, sha256};
use thiserror::Error;
use zeroize::Zeroizing;

use crate::{
    Cost, KeyFile, KeyFileError, Label, NewPassphrase, NoRandomness, Passphrase, SecretKey,
    secret::fill,
};

/// What a secret is for: one zone and one year, so that a half of another is noticed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Term {
    /// Number of the zone.
    pub zone: u16,
    /// The year in which it begins to be used.
    pub year: u16,
}

/// One side's half of a secret.
pub struct Half(Zeroizing<[u8; 32]>);

/// A zone's pseudonym secret.
pub struct ZoneSecret(Zeroizing<[u8; 32]>);

impl Half {
    /// A new half of random bytes.
    ///
    /// # Errors
    ///
    /// When the system has no random numbers to give.
    pub fn draw() -> Result<Self, NoRandomness> {
        let mut bytes = Zeroizing::new([0; 32]);
        fill(&mut *bytes)?;
        Ok(Self(bytes))
    }

    /// The half of 32 bytes that were carried as words.
    #[must_use]
    pub fn carried(bytes: &[u8; 32]) -> Self {
        Self(Zeroizing::new(*bytes))
    }

    /// Its bytes, to be carried as words: whoever sees them has the half.
    #[must_use]
    pub fn bytes_that_are_secret(&self) -> &[u8; 32] {
        &self.0
    }

    /// Seals it under a passphrase in the form of a key file, whose label says whose half of what it is.
    ///
    /// # Errors
    ///
    /// As [`KeyFile::seal`].
    pub fn seal(
        &self,
        (side, term): (Side, Term),
        under: &NewPassphrase,
    ) -> Result<KeyFile, KeyFileError> {
        let label = Label::new(&name(side, term)).map_err(crate::FormatError::from)?;
        KeyFile::seal(&SecretKey::from_seed(&self.0), under, Cost::DEFAULT, label)
    }

    /// Opens one that was sealed.
    ///
    /// # Errors
    ///
    /// [`HalfError::Other`] where it is another side's, zone's or year's; as [`KeyFile::open`].
    pub fn open(
        sealed: &KeyFile,
        (side, term): (Side, Term),
        with: &Passphrase,
    ) -> Result<Self, HalfError> {
        if sealed.label().as_str() != name(side, term) {
            return Err(HalfError::Other { label: sealed.label().as_str().to_owned() });
        }
        let key = sealed.open(with)?;
        Ok(Self(Zeroizing::new(*key.seed())))
    }
}

impl ZoneSecret {
    /// The secret of both halves: SHA-256 of `border-permit/zone-secret/1`, the zone and the year in two bytes each, most
    /// significant first, side A's half and side B's.
    ///
    /// # Errors
    ///
    /// [`HalfError::Same`] where one half stands for both.
    pub fn of(term: Term, a: &Half, b: &Half) -> Result<Self, HalfError> {
        if *a.0 == *b.0 {
            return Err(HalfError::Same);
        }
        let (zone, year) = (term.zone.to_be_bytes(), term.year.to_be_bytes());
        Ok(Self(Zeroizing::new(sha256(&[LABEL, &zone, &year, &*a.0, &*b.0]))))
    }

    /// What both sides compare: SHA-256 of `border-permit/zone-secret-check/1` and the secret. It tells nothing of it.
    #[must_use]
    pub fn fingerprint(&self) -> [u8; 32] {
        sha256(&[CHECK, &*self.0])
    }

    /// Its bytes, as a terminal keeps them.
    #[must_use]
    pub fn bytes_that_are_secret(&self) -> &[u8; 32] {
        &self.0
    }

    /// Seals it under a passphrase in the form of a key file.
    ///
    /// # Errors
    ///
    /// As [`KeyFile::seal`].
    pub fn seal(&self, term: Term, under: &NewPassphrase) -> Result<KeyFile, KeyFileError> {
        let label = format!("secret zone {} {}", term.zone, term.year);
        let label = Label::new(&label).map_err(crate::FormatError::from)?;
        KeyFile::seal(&SecretKey::from_seed(&self.0), under, Cost::DEFAULT, label)
    }
}

impl fmt::Debug for Half {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Half")
    }
}

impl fmt::Debug for ZoneSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ZoneSecret")
    }
}

/// Why two halves make no secret.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum HalfError {
    /// A file of something else.
    #[error("this is \"{label}\"")]
    Other {
        /// What it says of itself.
        label: String,
    },
    /// One half twice.
    #[error("both halves are the same")]
    Same,
    /// It does not open.
    #[error(transparent)]
    File(#[from] KeyFileError),
}

fn name(side: Side, term: Term) -> String {
    let side = if side == Side::A { 'A' } else { 'B' };
    format!("half {side} zone {} {}", term.zone, term.year)
}

const LABEL: &[u8] = b"border-permit/zone-secret/1";
const CHECK: &[u8] = b"border-permit/zone-secret-check/1";

#[cfg(test)]
mod tests {
    use super::*;

    const TERM: Term = Term { zone: 7, year: 1964 };

    #[test]
    fn a_known_secret_of_two_known_halves() {
        let (a, b) = (Half::carried(&[1; 32]), Half::carried(&[2; 32]));
        let secret = ZoneSecret::of(TERM, &a, &b).unwrap();
        // hashlib.sha256(b"border-permit/zone-secret/1" + bytes([0, 7, 7, 172]) + b"\1" * 32 + b"\2" * 32)
        assert_eq!(hex::encode(secret.bytes_that_are_secret()), KNOWN);
        let all = [
            ZoneSecret::of(TERM, &b, &a).unwrap(),
            ZoneSecret::of(Term { zone: 8, ..TERM }, &a, &b).unwrap(),
            ZoneSecret::of(Term { year: 1965, ..TERM }, &a, &b).unwrap(),
        ];
        assert!(all.iter().all(|it| it.fingerprint() != secret.fingerprint()));
        assert!(matches!(ZoneSecret::of(TERM, &a, &a), Err(HalfError::Same)));
    }

    #[test]
    fn a_half_is_whose_it_says() {
        let half = Half::draw().unwrap();
        let under = NewPassphrase::chosen("a passphrase of tests").unwrap();
        let sealed = half.seal((Side::A, TERM), &under).unwrap();
        let opened = Half::open(&sealed, (Side::A, TERM), under.as_ref()).unwrap();
        assert_eq!(opened.bytes_that_are_secret(), half.bytes_that_are_secret());
        let other = Term { year: 1965, ..TERM };
        for wrong in [(Side::B, TERM), (Side::A, other)] {
            let refused = Half::open(&sealed, wrong, under.as_ref());
            assert!(matches!(refused, Err(HalfError::Other { .. })), "{refused:?}");
        }
        let wrong = Passphrase::typed("another one of tests").unwrap();
        assert!(matches!(Half::open(&sealed, (Side::A, TERM), &wrong), Err(HalfError::File(_))));
        assert_eq!(format!("{half:?}"), "Half");
    }

    const KNOWN: &str = "4ce97173edd62685b1d02f92e192c74990bab0ecf4b5a32cfe7ef4095e6be0fa";
}

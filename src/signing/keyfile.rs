//! A private key at rest: one small file, sealed by a passphrase.
//!
//! It exists so that a copied disk, backup or stick does not give away a station's key. What the
//! file says about itself is authenticated together with the key, costs outside fixed bounds are
//! refused before any work is done, and an existing file is never overwritten except by a
//! passphrase change of the same key. It does not stop guessing: whoever has a copy may try
//! passphrases for ever, and a copy keeps the passphrase it was made with.
//!
//! # Format, version 1
//!
//! 150 + n bytes, numbers big-endian, nothing after them:
//!
//! | at | bytes | what |
//! |---|---|---|
//! | 0 | 15 | magic `89 70 65 72 6d 69 74 2d 6b 65 79 0d 0a 1a 0a` (`permit-key`, guarded like PNG's against text transfer) |
//! | 15 | 1 | version, `01` |
//! | 16 | 4 | argon2id memory in KiB, 19,456 to 1,048,576 |
//! | 20 | 4 | argon2id passes, 2 to 16 |
//! | 24 | 4 | argon2id lanes, 1 to 16 |
//! | 28 | 16 | salt |
//! | 44 | 24 | nonce |
//! | 68 | 32 | public key (RFC 8032) |
//! | 100 | 1 | protection: `01` a passphrase, `00` none (demo keys: the passphrase is the empty string) |
//! | 101 | 1 | n, the length of the label, 0 to 64 |
//! | 102 | n | label in UTF-8, see [`Label`] |
//! | 102 + n | 32 | the private key's seed (RFC 8032 §5.1.5), encrypted |
//! | 134 + n | 16 | tag |
//!
//! The AEAD is XChaCha20-Poly1305; its additional data are the bytes before the ciphertext, all of
//! them. Its key is the 32-byte output of Argon2id (RFC 9106, version 0x13, no secret, no
//! associated data) over the passphrase, which is normalised as [`Passphrase`] says. After
//! decryption the seed's public key must equal the one stated.

use core::fmt;
use std::io;

use argon2::{Algorithm, Argon2, Block, Params, Version};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305,
    aead::{Aead, Payload},
};
use permit_core::{KeyId, Signer, text};
use thiserror::Error;
use zeroize::Zeroizing;

pub use disk::create_private_file;

use crate::secret::{NewPassphrase, NoRandomness, Passphrase, SecretKey, fill};

/// A key file's bytes, known to be well formed. Whether they are genuine shows when it is opened.
#[derive(Clone, PartialEq, Eq)]
pub struct KeyFile {
    bytes: Vec<u8>,
    label: Label,
}

/// Making, opening and reading the bytes.
impl KeyFile {
    /// Seals a key under a passphrase, with a new salt and nonce.
    ///
    /// # Errors
    ///
    /// [`KeyFileError::Format`] when `cost` is out of bounds; no memory; no random numbers.
    pub fn seal(
        key: &SecretKey,
        under: &NewPassphrase,
        cost: Cost,
        label: Label,
    ) -> Result<Self, KeyFileError> {
        Self::seal_bytes(key, under.as_ref().as_bytes(), PASSPHRASE, cost, label)
    }

    /// Seals a key so that everyone who has the file can open it. For demo keys, which everyone may
    /// have.
    ///
    /// # Errors
    ///
    /// As [`KeyFile::seal`].
    pub fn seal_unprotected_for_demo_keys_only(
        key: &SecretKey,
        label: Label,
    ) -> Result<Self, KeyFileError> {
        Self::seal_bytes(key, b"", UNPROTECTED, Cost::FLOOR, label)
    }

    /// Opens the file with its passphrase.
    ///
    /// # Errors
    ///
    /// [`KeyFileError::Refused`] for a wrong passphrase or any altered byte;
    /// [`KeyFileError::Protection`] when the file has no passphrase.
    pub fn open(&self, passphrase: &Passphrase) -> Result<SecretKey, KeyFileError> {
        if !self.is_protected() {
            return Err(KeyFileError::Protection { protected: false });
        }
        self.open_bytes(passphrase.as_bytes())
    }

    /// Opens a demo key's file, which has no passphrase.
    ///
    /// # Errors
    ///
    /// [`KeyFileError::Refused`] for any altered byte; [`KeyFileError::Protection`] when the file
    /// has a passphrase.
    pub fn open_unprotected(&self) -> Result<SecretKey, KeyFileError> {
        if self.is_protected() {
            return Err(KeyFileError::Protection { protected: true });
        }
        self.open_bytes(b"")
    }

    /// Takes the bytes of a key file apart, without opening it.
    ///
    /// # Errors
    ///
    /// The first thing that is not as the format says.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let header: &[u8; HEADER] = match bytes.first_chunk() {
            Some(header) if header.starts_with(&MAGIC) => header,
            None if bytes.starts_with(&MAGIC) || MAGIC.starts_with(bytes) => {
                return match bytes.get(VERSION) {
                    Some(&found) if found != ONE => Err(FormatError::Version { found }),
                    _ => {
                        Err(FormatError::Truncated { length: bytes.len(), needed: HEADER + SEALED })
                    }
                };
            }
            _ => return Err(FormatError::Magic),
        };
        if header[VERSION] != ONE {
            return Err(FormatError::Version { found: header[VERSION] });
        }
        Cost::read(header).within_bounds()?;
        if !matches!(header[PROTECTION], PASSPHRASE | UNPROTECTED) {
            return Err(FormatError::Protection { found: header[PROTECTION] });
        }
        let size = usize::from(header[LABEL]);
        if size > Label::MOST_BYTES {
            return Err(LabelError::TooLong { bytes: size }.into());
        }
        let needed = HEADER + size + SEALED;
        let label = match bytes.get(HEADER..HEADER + size) {
            Some(label) if bytes.len() >= needed => Label::from_utf8(label)?,
            _ => return Err(FormatError::Truncated { length: bytes.len(), needed }),
        };
        match bytes.len() - needed {
            0 => Ok(Self { bytes: bytes.to_vec(), label }),
            extra => Err(FormatError::Trailing { extra }),
        }
    }

    /// The whole file.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The public key the file states. It is proved only by opening the file.
    pub fn stated_public_key(&self) -> [u8; 32] {
        array(&self.bytes, PUBLIC_KEY)
    }

    /// What the owner calls the key. Stated, proved only by opening the file.
    pub fn label(&self) -> &Label {
        &self.label
    }

    /// What one guess at the passphrase costs.
    pub fn cost(&self) -> Cost {
        Cost::read(&self.bytes)
    }

    /// False for a demo key, which everyone can open.
    pub fn is_protected(&self) -> bool {
        self.bytes[PROTECTION] == PASSPHRASE
    }

    fn seal_bytes(
        key: &SecretKey,
        passphrase: &[u8],
        protection: u8,
        cost: Cost,
        label: Label,
    ) -> Result<Self, KeyFileError> {
        cost.within_bounds()?;
        let mut bytes = Vec::with_capacity(HEADER + Label::MOST_BYTES + SEALED);
        bytes.extend(MAGIC);
        bytes.push(ONE);
        for number in [cost.memory_kib, cost.passes, cost.lanes] {
            bytes.extend(number.to_be_bytes());
        }
        let mut salt_and_nonce = [0; PUBLIC_KEY - SALT];
        fill(&mut salt_and_nonce)?;
        bytes.extend(salt_and_nonce);
        bytes.extend(key.public_key());
        bytes.push(protection);
        bytes.push(label.size());
        bytes.extend(label.as_str().as_bytes());
        let sealed = cipher(&bytes, passphrase)?
            .encrypt(&array(&bytes, NONCE).into(), Payload { msg: key.seed(), aad: &bytes })
            .map_err(|_| KeyFileError::Refused)?;
        bytes.extend(sealed);
        Ok(Self { bytes, label })
    }

    fn open_bytes(&self, passphrase: &[u8]) -> Result<SecretKey, KeyFileError> {
        let (header, sealed) = self.bytes.split_at(self.bytes.len() - SEALED);
        let seed = cipher(header, passphrase)?
            .decrypt(&array(header, NONCE).into(), Payload { msg: sealed, aad: header })
            .map(Zeroizing::new)
            .map_err(|_| KeyFileError::Refused)?;
        let key = SecretKey::from_seed(&Zeroizing::new(array(&seed, 0)));
        let (stated, derived) = (self.stated_public_key(), key.public_key());
        if stated == derived { Ok(key) } else { Err(KeyFileError::OtherKey { stated, derived }) }
    }
}

impl fmt::Debug for KeyFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyFile")
            .field("key_id", &KeyId::of(&self.stated_public_key()))
            .field("label", &self.label.as_str())
            .field("cost", &self.cost())
            .field("is_protected", &self.is_protected())
            .finish_non_exhaustive()
    }
}

/// What one guess at a passphrase costs: Argon2id's parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over the memory.
    pub passes: u32,
    /// Lanes, which may be computed in parallel.
    pub lanes: u32,
}

impl Cost {
    /// RFC 9106 §4, second recommended choice, with twice its memory.
    pub const DEFAULT: Self = Self { memory_kib: 128 * 1024, passes: 3, lanes: 4 };

    /// The least that is sealed or opened: OWASP's minimum for Argon2id.
    pub const FLOOR: Self = Self { memory_kib: 19 * 1024, passes: 2, lanes: 1 };

    /// The most that is sealed or opened, so that a file cannot exhaust the machine.
    pub const CEILING: Self = Self { memory_kib: 1024 * 1024, passes: 16, lanes: 16 };

    fn read(header: &[u8]) -> Self {
        let number = |at| u32::from_be_bytes(array(header, at));
        Self { memory_kib: number(MEMORY), passes: number(MEMORY + 4), lanes: number(MEMORY + 8) }
    }

    fn within_bounds(self) -> Result<(), FormatError> {
        let each = |other: Self| {
            [
                (self.memory_kib, other.memory_kib),
                (self.passes, other.passes),
                (self.lanes, other.lanes),
            ]
        };
        if each(Self::FLOOR).iter().any(|(found, least)| found < least) {
            Err(FormatError::TooCheap { found: self })
        } else if each(Self::CEILING).iter().any(|(found, most)| found > most) {
            Err(FormatError::TooCostly { found: self })
        } else {
            Ok(())
        }
    }
}

/// What a key is for, in its owner's words: `STATION 3 WINDOW 1`. Never a person's name: key files
/// are copied, listed and shown.
///
/// Up to 64 bytes of the characters of names of places ([`text::place`]), without a space at an end
/// or two together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Label(String);

impl Label {
    /// Checks a label.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn new(label: &str) -> Result<Self, LabelError> {
        if label.len() > Self::MOST_BYTES {
            return Err(LabelError::TooLong { bytes: label.len() });
        }
        if let Some(found) = label.chars().find(|&c| !text::place(c)) {
            return Err(LabelError::Character { found });
        }
        if text::spaced(label) { Ok(Self(label.to_owned())) } else { Err(LabelError::Spaces) }
    }

    /// The label, safe to show anywhere.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The longest label in bytes.
    pub const MOST_BYTES: usize = 64;

    fn from_utf8(bytes: &[u8]) -> Result<Self, LabelError> {
        Self::new(core::str::from_utf8(bytes).map_err(|_| LabelError::NotUtf8)?)
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "at most 64, checked by new, the only constructor"
    )]
    fn size(&self) -> u8 {
        self.0.len() as u8
    }
}

/// Why a key file could not be made, read or opened.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum KeyFileError {
    /// The file system refused.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// Something has this name already; it was not touched.
    #[error("something has this name already")]
    Exists,
    /// A folder, a pipe, a device.
    #[error("not a regular file")]
    NotAFile,
    /// Others than the owner have rights to the file: `chmod 600`.
    #[error("mode {mode:04o} lets others at the file, 0600 would not")]
    TooOpen {
        /// The permission bits found.
        mode: u32,
    },
    /// Not a well-formed key file, or a cost out of bounds.
    #[error(transparent)]
    Format(#[from] FormatError),
    /// The file has a passphrase and none was given, or the other way about.
    #[error("the file has {} passphrase", if *.protected { "a" } else { "no" })]
    Protection {
        /// Whether the file has a passphrase.
        protected: bool,
    },
    /// A wrong passphrase, or a byte of the file is not what was sealed. The two cannot be told
    /// apart.
    #[error("wrong passphrase, or the file was altered")]
    Refused,
    /// Sealed under the right passphrase, but with another key's public half.
    #[error("the file states the public key of another private key")]
    OtherKey {
        /// In the file.
        stated: [u8; 32],
        /// Of the private key.
        derived: [u8; 32],
    },
    /// The machine has not the memory this file's cost asks for.
    #[error("no {kib} KiB of memory to open the file with")]
    NoMemory {
        /// KiB asked for.
        kib: u32,
    },
    /// No salt or nonce could be made.
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
}

/// Why bytes are not a key file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum FormatError {
    /// Does not begin as a key file does.
    #[error("not a key file")]
    Magic,
    /// A version this program does not know.
    #[error("key file version {found}, this program knows 1")]
    Version {
        /// In the file.
        found: u8,
    },
    /// Cheaper to guess at than [`Cost::FLOOR`]: made by no version of this program, or downgraded.
    #[error("{found:?} is below the floor {:?}", Cost::FLOOR)]
    TooCheap {
        /// In the file.
        found: Cost,
    },
    /// Dearer than [`Cost::CEILING`].
    #[error("{found:?} is above the ceiling {:?}", Cost::CEILING)]
    TooCostly {
        /// In the file.
        found: Cost,
    },
    /// Neither with nor without a passphrase.
    #[error("protection {found}, known are 0 and 1")]
    Protection {
        /// In the file.
        found: u8,
    },
    /// The label.
    #[error(transparent)]
    Label(#[from] LabelError),
    /// The file ends too early.
    #[error("{length} bytes, a key file like this has {needed}")]
    Truncated {
        /// Bytes there are.
        length: usize,
        /// Bytes there must be, as far as the bytes tell: at least.
        needed: usize,
    },
    /// The file goes on after its end.
    #[error("{extra} bytes or more after the key file's end")]
    Trailing {
        /// Bytes seen.
        extra: usize,
    },
}

/// Why a text cannot label a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum LabelError {
    /// Longer than [`Label::MOST_BYTES`].
    #[error("the label has {bytes} bytes, the most are {}", Label::MOST_BYTES)]
    TooLong {
        /// Bytes of UTF-8.
        bytes: usize,
    },
    /// A character that is not in the list.
    #[error("the label has the character U+{:04X}", u32::from(*.found))]
    Character {
        /// The first such.
        found: char,
    },
    /// A space at an end, or two together.
    #[error("the label has a space at an end or two together")]
    Spaces,
    /// Not UTF-8.
    #[error("the label is not UTF-8")]
    NotUtf8,
}

/// The AEAD under the key that header and passphrase give. The memory is wiped, which
/// `hash_password_into` leaves out.
fn cipher(header: &[u8], passphrase: &[u8]) -> Result<XChaCha20Poly1305, KeyFileError> {
    let cost = Cost::read(header);
    let no_memory = KeyFileError::NoMemory { kib: cost.memory_kib };
    let Ok(params) = Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(32)) else {
        return Err(FormatError::TooCheap { found: cost }.into());
    };
    let mut memory = Vec::new();
    if memory.try_reserve_exact(params.block_count()).is_err() {
        return Err(no_memory);
    }
    memory.resize(params.block_count(), Block::new());
    let mut memory = Zeroizing::new(memory);
    let mut key = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into_with_memory(
            passphrase,
            &header[SALT..NONCE],
            &mut *key,
            memory.as_mut_slice(),
        )
        .map_err(|_| no_memory)?;
    Ok(XChaCha20Poly1305::new((&*key).into()))
}

/// The `N` bytes at `at`. Callers have checked that the file is that long.
fn array<const N: usize>(bytes: &[u8], at: usize) -> [u8; N] {
    let mut array = [0; N];
    array.copy_from_slice(&bytes[at..at + N]);
    array
}

const MAGIC: [u8; 15] = *b"\x89permit-key\r\n\x1a\n";
const ONE: u8 = 1;
const PASSPHRASE: u8 = 1;
const UNPROTECTED: u8 = 0;

const VERSION: usize = 15;
const MEMORY: usize = 16;
const SALT: usize = 28;
const NONCE: usize = 44;
const PUBLIC_KEY: usize = 68;
const PROTECTION: usize = 100;
const LABEL: usize = 101;
/// Up to the label.
const HEADER: usize = 102;
/// Seed and tag.
const SEALED: usize = 32 + 16;
pub(crate) const MOST_BYTES: usize = HEADER + Label::MOST_BYTES + SEALED;

mod disk;
#[cfg(test)]
mod tests;

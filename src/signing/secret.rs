//! A private key in memory, and the passphrase that guards it on disk.
//!
//! Both are wiped from memory when they are dropped, neither can be printed, and a key cannot be
//! cloned. Wiping is the best this process can do, not a promise: pages that were swapped out, a
//! core dump, or a register spilled by the compiler are outside its reach. A key that must not be
//! copied belongs on a token.

use core::{convert::Infallible, fmt};

use chacha20poly1305::XChaCha20Poly1305;
use ed25519_dalek::{Signer as _, SigningKey};
use permit_core::{KeyId, PublicKey, Signer};
use thiserror::Error;
use unicode_normalization::UnicodeNormalization;
use zeroize::{ZeroizeOnDrop, Zeroizing};

/// An Ed25519 private key (RFC 8032), held in memory.
pub struct SecretKey {
    /// On the heap, so that moving a `SecretKey` leaves no copy behind.
    key: Box<SigningKey>,
}

impl SecretKey {
    /// A new key from the system's random numbers.
    ///
    /// # Errors
    ///
    /// When the system has no random numbers to give.
    pub fn generate() -> Result<Self, NoRandomness> {
        let mut seed = Zeroizing::new([0; 32]);
        fill(&mut *seed)?;
        Ok(Self::from_seed(&seed))
    }

    /// The key of a seed that others may know. Whoever has the seed can sign as this key: demo and
    /// tests only.
    pub fn from_known_seed_for_demo_keys_only(seed: &[u8; 32]) -> Self {
        Self::from_seed(seed)
    }

    /// The id of the public half.
    pub fn key_id(&self) -> KeyId {
        KeyId::of(self.key.verifying_key().as_bytes())
    }

    pub(crate) fn from_seed(seed: &[u8; 32]) -> Self {
        Self { key: Box::new(SigningKey::from_bytes(seed)) }
    }

    pub(crate) fn seed(&self) -> &[u8; 32] {
        self.key.as_bytes()
    }
}

impl Signer for SecretKey {
    type Error = Infallible;

    fn public_key(&self) -> [u8; 32] {
        self.key.verifying_key().to_bytes()
    }

    fn sign(&self, message: &[u8]) -> Result<[u8; 64], Infallible> {
        Ok(self.key.sign(message).to_bytes())
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SecretKey").field("key_id", &self.key_id()).finish_non_exhaustive()
    }
}

/// Signs a test message and verifies the signature as a reader would.
///
/// The message opens with ASCII text, which no signed thing of the permit does, so its signature
/// proves nothing else.
///
/// # Errors
///
/// When the key cannot sign, or what it signed does not verify with the public key it states.
pub fn check<S: Signer>(signer: &S) -> Result<(), CheckError<S::Error>> {
    let mut message = *b"permit key check, signs nothing \0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
    fill(&mut message[32..])?;
    let signature = signer.sign(&message).map_err(CheckError::Sign)?;
    if verifies(&signer.public_key(), &message, &signature) {
        Ok(())
    } else {
        Err(CheckError::Verify)
    }
}

/// Why [`check`] is not content with a key.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum CheckError<E: fmt::Debug + fmt::Display> {
    /// The key could not sign.
    #[error("the key could not sign: {0}")]
    Sign(E),
    /// It signed, and the signature does not verify with its public key.
    #[error("the signature made does not verify with the key's public half")]
    Verify,
    /// No random numbers for the test message.
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
}

/// As a reader would: with a key that passes core's checks, strictly.
pub(crate) fn verifies(public_key: &[u8; 32], message: &[u8], signature: &[u8; 64]) -> bool {
    PublicKey::new(public_key).is_ok_and(|key| key.verify(message, signature))
}

/// A passphrase as it was typed, to open something that is already protected by it.
///
/// Normalised after RFC 8265 (`OpaqueString`), so that two keyboards that compose Hangul or accents
/// differently, or one with a full-width space, give the same bytes: every space of Unicode's class
/// Zs becomes U+0020, then NFC. Case and full-width letters stay as they are.
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// Takes a passphrase without its line end.
    ///
    /// # Errors
    ///
    /// When it is empty, longer than [`Passphrase::MOST_BYTES`], or holds a control character (a
    /// tab, a line end).
    pub fn typed(text: &str) -> Result<Self, PassphraseError> {
        if text.is_empty() {
            return Err(PassphraseError::Empty);
        }
        if text.chars().any(char::is_control) {
            return Err(PassphraseError::Control);
        }
        if text.len() > Self::MOST_BYTES {
            return Err(PassphraseError::TooLong { bytes: text.len() });
        }
        // NFC at most triples the length of UTF-8: the buffer is never moved, so no copy stays
        // behind.
        let mut normal = Zeroizing::new(String::with_capacity(text.len() * 3));
        normal.extend(text.chars().map(plain_space).nfc());
        Ok(Self(normal))
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// The longest passphrase accepted, in bytes of UTF-8 as typed.
    pub const MOST_BYTES: usize = 1024;
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Passphrase").finish_non_exhaustive()
    }
}

/// A passphrase that is good enough to protect something new: the check was made.
#[derive(Debug)]
pub struct NewPassphrase(Passphrase);

impl NewPassphrase {
    /// Takes a passphrase without its line end, and checks its length.
    ///
    /// # Errors
    ///
    /// As [`Passphrase::typed`], and when it has fewer than [`NewPassphrase::LEAST_CHARS`]
    /// characters after normalisation.
    pub fn chosen(text: &str) -> Result<Self, PassphraseError> {
        let passphrase = Passphrase::typed(text)?;
        let chars = passphrase.0.chars().count();
        if chars < Self::LEAST_CHARS {
            Err(PassphraseError::TooShort { chars })
        } else {
            Ok(Self(passphrase))
        }
    }

    /// The fewest characters of a new passphrase. A copied file can be guessed at without limit.
    pub const LEAST_CHARS: usize = 12;
}

impl AsRef<Passphrase> for NewPassphrase {
    fn as_ref(&self) -> &Passphrase {
        &self.0
    }
}

/// Why a passphrase is refused before it is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PassphraseError {
    /// Nothing was typed.
    #[error("the passphrase is empty")]
    Empty,
    /// A control character, which cannot be typed alike everywhere.
    #[error("the passphrase holds a control character")]
    Control,
    /// Too few characters for something new.
    #[error("the passphrase has {chars} characters, the fewest are {}", NewPassphrase::LEAST_CHARS)]
    TooShort {
        /// Characters after normalisation.
        chars: usize,
    },
    /// More than anyone types.
    #[error("the passphrase has {bytes} bytes, the most are {}", Passphrase::MOST_BYTES)]
    TooLong {
        /// Bytes as typed.
        bytes: usize,
    },
}

/// The system gave no random numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("no random numbers: {0}")]
pub struct NoRandomness(#[from] getrandom::Error);

pub(crate) fn fill(bytes: &mut [u8]) -> Result<(), NoRandomness> {
    Ok(getrandom::fill(bytes)?)
}

/// Unicode 17.0, class Zs.
fn plain_space(c: char) -> char {
    match c {
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => {
            ' '
        }
        other => other,
    }
}

/// Both wipe their key when dropped only with their feature `zeroize`; without it this does not
/// compile.
const _: () = {
    const fn wiped_on_drop<T: ZeroizeOnDrop>() {}
    wiped_on_drop::<SigningKey>();
    wiped_on_drop::<XChaCha20Poly1305>();
};

#[cfg(test)]
mod tests;

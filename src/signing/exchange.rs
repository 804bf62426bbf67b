//! Keys in the formats other programs read: PKCS#8 and SPKI (RFC 8410), hexadecimal, base64.
//!
//! For bringing a key in, taking it elsewhere, and telling others a public key. Not for keeping a
//! key: PKCS#8 is not authenticated, and its PBKDF2 is far cheaper to guess at than a key file. An
//! unprotected private key leaves only by a function whose name says so.

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use ed25519_dalek::{
    SigningKey,
    pkcs8::{KeypairBytes, PublicKeyBytes},
};
use permit_core::{KeyFault, PublicKey};
use pkcs8::{
    DecodePublicKey, EncodePrivateKey, EncodePublicKey, EncryptedPrivateKeyInfoOwned,
    EncryptedPrivateKeyInfoRef, LineEnding, ObjectIdentifier, PrivateKeyInfoRef, SecretDocument,
    der::{Decode, asn1::OctetStringRef, pem::PemLabel},
    pkcs5::{self, EncryptionScheme, pbes2},
};
use thiserror::Error;
use zeroize::Zeroizing;

use crate::secret::{NewPassphrase, NoRandomness, Passphrase, SecretKey, fill};

/// A private key as encrypted PKCS#8 in PEM: PBES2 with PBKDF2-HMAC-SHA-256 and AES-256-CBC, which
/// OpenSSL reads.
///
/// # Errors
///
/// No random numbers for salt and IV.
pub fn export_encrypted(
    key: &SecretKey,
    under: &NewPassphrase,
) -> Result<Zeroizing<String>, ExchangeError> {
    let (mut salt, mut iv) = ([0; 16], [0; 16]);
    fill(&mut salt)?;
    fill(&mut iv)?;
    let scheme = pbes2::Parameters::generate_pbkdf2_sha256_aes256cbc(ITERATIONS, &salt, iv)
        .map_err(pkcs8::Error::from)?;
    let open = plain(key)?;
    let sealed =
        scheme.encrypt(under.as_ref().as_bytes(), open.as_bytes()).map_err(pkcs8::Error::from)?;
    let info = EncryptedPrivateKeyInfoRef {
        encryption_algorithm: scheme.into(),
        encrypted_data: OctetStringRef::new(&sealed).map_err(pkcs8::Error::from)?,
    };
    let document = SecretDocument::try_from(info)?;
    Ok(document
        .to_pem(EncryptedPrivateKeyInfoOwned::PEM_LABEL, LineEnding::LF)
        .map_err(pkcs8::Error::from)?)
}

/// A private key as PKCS#8 in PEM that **everyone who sees it can sign with**.
///
/// Without the public key (version 1 of RFC 5958), because OpenSSL 3 refuses version 2.
///
/// # Errors
///
/// None that a well-formed key can cause.
pub fn export_without_any_encryption(key: &SecretKey) -> Result<Zeroizing<String>, ExchangeError> {
    Ok(plain(key)?
        .to_pem(PrivateKeyInfoRef::PEM_LABEL, LineEnding::LF)
        .map_err(pkcs8::Error::from)?)
}

/// Reads a private key from PKCS#8, in PEM or DER, encrypted or not.
///
/// # Errors
///
/// What the bytes are not; a passphrase that is missing or wrong; a key of another algorithm.
pub fn import(bytes: &[u8], passphrase: Option<&Passphrase>) -> Result<SecretKey, ExchangeError> {
    if bytes.len() > MOST_BYTES {
        return Err(ExchangeError::TooLarge { bytes: bytes.len() });
    }
    let document = document(bytes)?;
    if let Ok(sealed) = EncryptedPrivateKeyInfoRef::from_der(document.as_bytes()) {
        return decrypted(&sealed, passphrase.ok_or(ExchangeError::PassphraseNeeded)?);
    }
    private(document.as_bytes())
}

/// A public key as SPKI in PEM (RFC 8410 §4).
///
/// # Errors
///
/// None that 32 bytes can cause.
pub fn public_pem(public_key: &PublicKey) -> Result<String, ExchangeError> {
    let spki = PublicKeyBytes(public_key.to_bytes())
        .to_public_key_pem(LineEnding::LF)
        .map_err(pkcs8::Error::from)?;
    Ok(spki)
}

/// A public key as 64 hexadecimal digits.
pub fn public_hex(public_key: &PublicKey) -> String {
    hex::encode(public_key.to_bytes())
}

/// A public key in base64 with padding (RFC 4648 §4).
pub fn public_base64(public_key: &PublicKey) -> String {
    BASE64.encode(public_key.to_bytes())
}

/// Reads a public key from any of the three forms above, with white space around it.
///
/// # Errors
///
/// What the text is not; a key no reader would trust.
pub fn read_public(text: &str) -> Result<PublicKey, ExchangeError> {
    let text = text.trim();
    if text.len() > MOST_BYTES {
        return Err(ExchangeError::TooLarge { bytes: text.len() });
    }
    let raw = if text.starts_with("-----") {
        let spki =
            PublicKeyBytes::from_public_key_pem(text).map_err(|error| public_error(error, text))?;
        spki.to_bytes()
    } else if let Ok(raw) = hex::decode(text).map(<[u8; 32]>::try_from) {
        raw.map_err(|raw| ExchangeError::Length { bytes: raw.len() })?
    } else {
        let raw = BASE64.decode(text).map_err(|_| ExchangeError::Unknown)?;
        raw.try_into().map_err(|raw: Vec<u8>| ExchangeError::Length { bytes: raw.len() })?
    };
    Ok(PublicKey::new(&raw)?)
}

/// Why a key could not be brought in or taken out.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ExchangeError {
    /// Neither a PEM text nor DER of a kind read here.
    #[error("not a key in a known form")]
    Unknown,
    /// A PEM text of another kind: a certificate, an OpenSSH key, a public key where a private one
    /// is needed.
    #[error("a PEM text {label:?}, which is not read here")]
    Kind {
        /// What stands after BEGIN.
        label: String,
    },
    /// More than a key can have.
    #[error("{bytes} bytes, a key has at most {MOST_BYTES}")]
    TooLarge {
        /// Bytes given.
        bytes: usize,
    },
    /// Hexadecimal or base64 of another length than 32 bytes.
    #[error("{bytes} bytes, a public key has 32")]
    Length {
        /// Bytes decoded.
        bytes: usize,
    },
    /// A key of another algorithm.
    #[error("a key for algorithm {found}, not Ed25519 (1.3.101.112)")]
    Algorithm {
        /// Its object identifier.
        found: ObjectIdentifier,
    },
    /// The key is encrypted.
    #[error("the key is encrypted and no passphrase was given")]
    PassphraseNeeded,
    /// The passphrase is wrong, or the encrypted bytes are damaged. PKCS#8 cannot tell the two
    /// apart.
    #[error("wrong passphrase, or the key is damaged")]
    Refused,
    /// Deriving the key from the passphrase would take too much time or memory.
    #[error("the encryption asks for more work than is granted")]
    TooCostly,
    /// A public key that proves nothing.
    #[error("{0}")]
    Weak(KeyFault),
    /// Not well formed.
    #[error(transparent)]
    Malformed(#[from] pkcs8::Error),
    /// No random numbers.
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
}

impl From<KeyFault> for ExchangeError {
    fn from(fault: KeyFault) -> Self {
        Self::Weak(fault)
    }
}

fn plain(key: &SecretKey) -> Result<SecretDocument, ExchangeError> {
    Ok(KeypairBytes { secret_key: *key.seed(), public_key: None }.to_pkcs8_der()?)
}

/// DER as it is, or what a PEM text holds.
fn document(bytes: &[u8]) -> Result<SecretDocument, ExchangeError> {
    const SEQUENCE: u8 = 0x30;
    if bytes.first() == Some(&SEQUENCE) {
        return Ok(SecretDocument::try_from(bytes).map_err(pkcs8::Error::from)?);
    }
    let text = core::str::from_utf8(bytes).map_err(|_| ExchangeError::Unknown)?;
    let label = label(text).ok_or(ExchangeError::Unknown)?;
    if ![PrivateKeyInfoRef::PEM_LABEL, EncryptedPrivateKeyInfoOwned::PEM_LABEL].contains(&label) {
        return Err(ExchangeError::Kind { label: label.to_owned() });
    }
    Ok(SecretDocument::from_pem(text).map_err(pkcs8::Error::from)?.1)
}

fn private(der: &[u8]) -> Result<SecretKey, ExchangeError> {
    let info = PrivateKeyInfoRef::try_from(der)?;
    if info.algorithm.oid != ed25519_dalek::pkcs8::ALGORITHM_OID {
        return Err(ExchangeError::Algorithm { found: info.algorithm.oid });
    }
    // Refuses a public key beside the private one that is not its own.
    let key = SigningKey::try_from(info)?;
    Ok(SecretKey::from_seed(key.as_bytes()))
}

fn decrypted(
    sealed: &EncryptedPrivateKeyInfoRef<'_>,
    passphrase: &Passphrase,
) -> Result<SecretKey, ExchangeError> {
    let scheme = &sealed.encryption_algorithm;
    refuse_if_costly(scheme)?;
    let mut buffer = Zeroizing::new(sealed.encrypted_data.as_bytes().to_vec());
    let der =
        scheme.decrypt_in_place(passphrase.as_bytes(), &mut buffer).map_err(
            |error| match error {
                pkcs5::Error::DecryptFailed => ExchangeError::Refused,
                other => ExchangeError::Malformed(other.into()),
            },
        )?;
    // One wrong passphrase in 256 leaves a padding that holds, and then no DER.
    match private(der) {
        Err(ExchangeError::Malformed(_)) => Err(ExchangeError::Refused),
        read => read,
    }
}

fn refuse_if_costly(scheme: &EncryptionScheme) -> Result<(), ExchangeError> {
    let granted = match scheme.pbes2().map(|scheme| &scheme.kdf) {
        Some(pbes2::Kdf::Pbkdf2(kdf)) => kdf.iteration_count <= MOST_ITERATIONS,
        Some(pbes2::Kdf::Scrypt(kdf)) => {
            let memory = kdf.cost_parameter.saturating_mul(128 * u64::from(kdf.block_size));
            memory <= MOST_SCRYPT_MEMORY && kdf.parallelization <= 16
        }
        // Unknown and old schemes are refused by the decryption itself.
        _ => true,
    };
    if granted { Ok(()) } else { Err(ExchangeError::TooCostly) }
}

fn public_error(error: pkcs8::spki::Error, text: &str) -> ExchangeError {
    match (error, label(text)) {
        (pkcs8::spki::Error::OidUnknown { oid }, _) => ExchangeError::Algorithm { found: oid },
        (_, Some(label)) if label != "PUBLIC KEY" => {
            ExchangeError::Kind { label: label.to_owned() }
        }
        (error, _) => ExchangeError::Malformed(error.into()),
    }
}

/// What stands after `BEGIN` in a PEM text.
fn label(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once("-----BEGIN ")?;
    let (label, _) = rest.split_once("-----")?;
    (label.len() <= 64).then_some(label)
}

/// OWASP's figure for PBKDF2-HMAC-SHA-256.
const ITERATIONS: u32 = 600_000;
const MOST_ITERATIONS: u32 = 10_000_000;
const MOST_SCRYPT_MEMORY: u64 = 1 << 30;
/// Of a file or text with one key in it.
const MOST_BYTES: usize = 16 * 1024;

#[cfg(test)]
mod tests;

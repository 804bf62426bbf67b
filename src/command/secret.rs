//! Keys in files, and the passphrases that open them.
//!
//! A passphrase comes from a file, from the environment or from the keyboard, never from the command line, where every
//! process could read it.

use std::path::Path;

use permit_file::Ask;
use permit_signing::{Cost, KeyFile, Label, NewPassphrase, Passphrase, SecretKey};
use permit_words::Words;
use zeroize::Zeroizing;

use crate::{Exit, Fault};

/// Opens a key file; one of a demonstration needs no passphrase.
///
/// # Errors
///
/// When the file is none, or the passphrase is not there or not its own.
pub fn open(path: &Path, file: Option<&Path>, words: &Words) -> Result<SecretKey, Fault> {
    let sealed = KeyFile::load(path).map_err(|error| Fault::key(path, error))?;
    opened(&sealed, path, file, words)
}

/// Opens a key file that was read, out of what is at this path.
///
/// # Errors
///
/// As [`open`].
pub fn opened(
    sealed: &KeyFile,
    path: &Path,
    file: Option<&Path>,
    words: &Words,
) -> Result<SecretKey, Fault> {
    let refused = |error| Fault::key(path, error);
    if !sealed.is_protected() {
        return sealed.open_unprotected().map_err(refused);
    }
    let ask = || words.with("ask-passphrase", &[("path", path.display().to_string().into())]);
    let text = typed(file, "PERMIT_PASSPHRASE", ask)?;
    let passphrase = Passphrase::typed(&text).map_err(|error| Fault::key(path, error))?;
    sealed.open(&passphrase).map_err(refused)
}

/// A new key in a new file: of a demonstration without a passphrase, else under one of the environment's `variable` or the
/// keyboard.
///
/// # Errors
///
/// When there is such a file already, it cannot be written, or the passphrase is too weak.
pub fn fresh(path: &Path, demo: bool, variable: &str, words: &Words) -> Result<SecretKey, Fault> {
    let refused = |error| Fault::key(path, error);
    let key = SecretKey::generate().map_err(|error| refused(error.into()))?;
    let sealed = if demo {
        KeyFile::seal_unprotected_for_demo_keys_only(&key, Label::default())
    } else {
        let text = typed(None, variable, || words.get("ask-new-passphrase"))?;
        let under = NewPassphrase::chosen(&text).map_err(|error| Fault::key(path, error))?;
        KeyFile::seal(&key, &under, Cost::DEFAULT, Label::default())
    };
    sealed.and_then(|file| file.create(path)).map_err(refused)?;
    Ok(key)
}

/// The first line of a file, else of the environment, else of the keyboard.
///
/// # Errors
///
/// When the file cannot be read, or nobody is there to type.
pub fn typed(
    file: Option<&Path>,
    variable: &str,
    ask: impl FnOnce() -> String,
) -> Result<Zeroizing<String>, Fault> {
    if let Some(path) = file {
        let bytes = permit_file::read(path, &Ask::secret(SECRET)).map(Zeroizing::new);
        let bytes = bytes.map_err(|error| Fault::key(path, error))?;
        let text = core::str::from_utf8(&bytes).map_err(|error| Fault::key(path, error))?;
        return Ok(text.lines().next().unwrap_or_default().to_owned().into());
    }
    if let Ok(text) = std::env::var(variable) {
        return Ok(text.into());
    }
    rpassword::prompt_password(ask()).map(Into::into).map_err(|cause| {
        Fault::new(Exit::Unreadable, "fault-no-passphrase")
            .with("variable", variable)
            .with("cause", cause)
    })
}

/// Bytes a file with a passphrase or a PIN may have: it is its first line.
const SECRET: u64 = 4096;

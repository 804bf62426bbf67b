//! Keys of headquarters' roles, and the passphrases that open them.
//!
//! A passphrase comes from a file, from the environment or from the keyboard, never from the command line, where every
//! process could read it.

use std::path::Path;

use permit_file::Ask;
use permit_signing::{KeyFile, Passphrase, SecretKey};
use permit_words::Words;
use zeroize::Zeroizing;

use super::{args::Sign, exit::Exit, fault::Fault};

/// Opens the key file; one of a demonstration needs no passphrase.
pub(crate) fn open(args: &Sign, words: &Words) -> Result<SecretKey, Fault> {
    let path = &args.key;
    let sealed = KeyFile::load(path).map_err(|error| wrong(path, &error))?;
    if !sealed.is_protected() {
        return sealed.open_unprotected().map_err(|error| wrong(path, &error));
    }
    let ask = || words.with("ask-passphrase", &[("path", path.display().to_string().into())]);
    let text = typed(args.passphrase_file.as_deref(), ask)?;
    let passphrase = Passphrase::typed(&text).map_err(|error| wrong(path, &error))?;
    sealed.open(&passphrase).map_err(|error| wrong(path, &error))
}

fn wrong(path: &Path, said: &impl ToString) -> Fault {
    Fault::new(Exit::Unreadable, "headquarters-key-file").at(path).with("said", said.to_string())
}

/// The first line of a file, else of the environment, else of the keyboard.
fn typed(file: Option<&Path>, ask: impl FnOnce() -> String) -> Result<Zeroizing<String>, Fault> {
    if let Some(path) = file {
        let bytes = permit_file::read(path, &Ask::secret(SECRET)).map(Zeroizing::new);
        let bytes = bytes.map_err(|error| wrong(path, &error))?;
        let text = core::str::from_utf8(&bytes).map_err(|error| wrong(path, &error))?;
        return Ok(text.lines().next().unwrap_or_default().to_owned().into());
    }
    if let Ok(text) = std::env::var(VARIABLE) {
        return Ok(text.into());
    }
    rpassword::prompt_password(ask()).map(Into::into).map_err(|cause| {
        Fault::new(Exit::Unreadable, "fault-no-passphrase")
            .with("variable", VARIABLE)
            .with("cause", cause)
    })
}

const VARIABLE: &str = "PERMIT_PASSPHRASE";
/// Bytes a file with a passphrase may have: it is its first line.
const SECRET: u64 = 4096;

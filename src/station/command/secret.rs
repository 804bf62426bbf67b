//! Officers' keys as the command line names them, and the passphrases that open them.
//!
//! A passphrase comes from a file, from the environment or from the keyboard, never from the command line, where every
//! process could read it.

use std::path::{Path, PathBuf};

use permit_core::Signer;
use permit_file::Ask;
use permit_signing::{
    Cost, KeyChoice, KeyFile, Label, NewPassphrase, Passphrase, Pin, SecretKey, Token, TokenChoice,
    TokenError, TokenSigner,
};
use permit_words::Words;
use zeroize::Zeroizing;

use super::{
    exit::Exit,
    fault::{self, Fault},
};

/// A key that can sign.
#[derive(Debug)]
pub(crate) enum Key {
    /// In memory.
    Memory(SecretKey),
    /// On a token.
    Token(Box<TokenSigner>),
}

impl Signer for Key {
    type Error = TokenError;

    fn public_key(&self) -> [u8; 32] {
        match self {
            Self::Memory(key) => key.public_key(),
            Self::Token(key) => key.public_key(),
        }
    }

    fn sign(&self, message: &[u8]) -> Result<[u8; 64], TokenError> {
        match self {
            Self::Memory(key) => match key.sign(message) {
                Ok(signature) => Ok(signature),
            },
            Self::Token(key) => key.sign(message),
        }
    }
}

/// Opens a key file; one of a demonstration needs no passphrase.
pub(crate) fn open(path: &Path, file: Option<&Path>, words: &Words) -> Result<SecretKey, Fault> {
    let refused = |error| fault::key(path, &error);
    let sealed = KeyFile::load(path).map_err(refused)?;
    if !sealed.is_protected() {
        return sealed.open_unprotected().map_err(refused);
    }
    let ask = || words.with("ask-passphrase", &[("path", path.display().to_string().into())]);
    let text = typed(file, "PERMIT_PASSPHRASE", ask)?;
    let passphrase = Passphrase::typed(&text).map_err(|error| short(path, &error))?;
    sealed.open(&passphrase).map_err(refused)
}

/// Opens a key on a token: `pkcs11:module=PATH;token=LABEL;object=LABEL`.
pub(crate) fn token(uri: &str, file: Option<&Path>, words: &Words) -> Result<Key, Fault> {
    let part = |name: &str| {
        let parts = uri.strip_prefix("pkcs11:")?.split(';');
        parts.filter_map(|part| part.split_once('=')).find(|(have, _)| *have == name).map(|it| it.1)
    };
    let refused = |said: String| {
        Fault::new(Exit::Unreadable, "station-key-file").at(Path::new(uri)).with("said", said)
    };
    let (Some(module), Some(label), Some(object)) = (part("module"), part("token"), part("object"))
    else {
        return Err(refused("pkcs11:module=…;token=…;object=…".to_owned()));
    };
    let ask = || words.with("ask-pin", &[("token", label.into())]);
    let pin = Pin::typed(&typed(file, "PERMIT_PIN", ask)?);
    let found = Token::find(Path::new(module), TokenChoice::Label(label));
    let found = found.map_err(|error| refused(error.to_string()))?;
    let key = found.open(KeyChoice::Label(object), Some(&pin));
    key.map(|key| Key::Token(Box::new(key))).map_err(|error| refused(error.to_string()))
}

/// A new key in a new file: of a demonstration without a passphrase.
pub(crate) fn fresh(
    path: PathBuf,
    demo: bool,
    variable: &str,
    words: &Words,
) -> Result<SecretKey, Fault> {
    let refused = |error| fault::key(&path, &error);
    let key = SecretKey::generate().map_err(|error| refused(error.into()))?;
    let sealed = if demo {
        KeyFile::seal_unprotected_for_demo_keys_only(&key, Label::default())
    } else {
        let text = typed(None, variable, || words.get("ask-new-passphrase"))?;
        let under = NewPassphrase::chosen(&text).map_err(|error| short(&path, &error))?;
        KeyFile::seal(&key, &under, Cost::DEFAULT, Label::default())
    };
    sealed.and_then(|file| file.create(&path)).map_err(refused)?;
    Ok(key)
}

fn short(path: &Path, said: &impl ToString) -> Fault {
    Fault::new(Exit::Unreadable, "station-key-file").at(path).with("said", said.to_string())
}

/// The first line of a file, else of the environment, else of the keyboard.
fn typed(
    file: Option<&Path>,
    variable: &str,
    ask: impl FnOnce() -> String,
) -> Result<Zeroizing<String>, Fault> {
    if let Some(path) = file {
        let bytes = permit_file::read(path, &Ask::secret(SECRET)).map(Zeroizing::new);
        let bytes = bytes.map_err(|error| short(path, &error))?;
        let text = core::str::from_utf8(&bytes).map_err(|error| short(path, &error))?;
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

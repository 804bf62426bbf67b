//! Keys as the command line names them, and the passphrases that open them.
//!
//! A key is a file, or one on a token (`pkcs11:module=PATH;token=LABEL;object=LABEL`). A passphrase comes from a file,
//! from the environment or from the keyboard, never from the command line, where every process could read it. Nothing
//! secret is printed or kept.

use std::io;
use std::path::{Path, PathBuf};

use permit_core::Signer;
use permit_file::Ask;
use permit_signing::{
    KeyChoice, KeyFile, KeyFileError, NewPassphrase, Passphrase, Pin, PinError, SecretKey, Token,
    TokenChoice, TokenError, TokenSigner,
};

use crate::{Desk, Exit, Fault};

/// Where a key is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// A key file.
    File(PathBuf),
    /// A token: module, token's label, key's label.
    Token {
        /// The PKCS#11 module.
        module: PathBuf,
        /// Label of the token.
        token: String,
        /// Label of the key.
        object: String,
    },
}

/// The value parser of a key: a path, or `pkcs11:` and three parts.
pub(crate) fn place(text: &str) -> Result<Place, crate::help::Unfit> {
    let Some(parts) = text.strip_prefix("pkcs11:") else { return Ok(Place::File(text.into())) };
    let (mut module, mut token, mut object) = (None, None, None);
    for part in parts.split(';') {
        match part.split_once('=') {
            Some(("module", value)) => module = Some(value.into()),
            Some(("token", value)) => token = Some(value.to_owned()),
            Some(("object", value)) => object = Some(value.to_owned()),
            _ => return Err(crate::help::Unfit("unfit-key")),
        }
    }
    match (module, token, object) {
        (Some(module), Some(token), Some(object)) => Ok(Place::Token { module, token, object }),
        _ => Err(crate::help::Unfit("unfit-key")),
    }
}

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

/// Opens a key, asking for what it needs.
pub(crate) fn open(place: &Place, file: Option<&Path>, desk: &Desk) -> Result<Key, Fault> {
    match place {
        Place::File(path) => open_file(path, file, desk).map(Key::Memory),
        Place::Token { module, token, object } => {
            let pin = pin(token, file, desk)?;
            let found = Token::find(module, TokenChoice::Label(token)).map_err(token_fault)?;
            let key = found.open(KeyChoice::Label(object), Some(&pin)).map_err(token_fault)?;
            Ok(Key::Token(Box::new(key)))
        }
    }
}

/// Opens a key file; one of a demo key needs no passphrase.
pub(crate) fn open_file(path: &Path, file: Option<&Path>, desk: &Desk) -> Result<SecretKey, Fault> {
    let sealed = KeyFile::load(path).map_err(|error| key_fault(path, error))?;
    let opened = if sealed.is_protected() {
        sealed.open(&passphrase(path, file, desk)?)
    } else {
        sealed.open_unprotected()
    };
    opened.map_err(|error| key_fault(path, error))
}

/// The passphrase of something that is sealed already.
pub(crate) fn passphrase(
    subject: &Path,
    file: Option<&Path>,
    desk: &Desk,
) -> Result<Passphrase, Fault> {
    let ask =
        || desk.words.with("ask-passphrase", &[("path", subject.display().to_string().into())]);
    let text = typed(file, "PERMIT_PASSPHRASE", ask)?;
    Passphrase::typed(&text)
        .map_err(|error| Fault::new(Exit::Unreadable, "fault-passphrase").with("said", error))
}

/// A passphrase for something new; typed at the keyboard, it is asked for twice.
pub(crate) fn new_passphrase(
    file: Option<&Path>,
    variable: &str,
    desk: &Desk,
) -> Result<NewPassphrase, Fault> {
    let text = typed(file, variable, || desk.words.get("ask-new-passphrase"))?;
    if file.is_none() && std::env::var_os(variable).is_none() {
        let again = typed(None, variable, || desk.words.get("ask-again"))?;
        if again != text {
            return Err(Fault::new(Exit::Unreadable, "fault-passphrase-differs"));
        }
    }
    NewPassphrase::chosen(&text)
        .map_err(|error| Fault::new(Exit::Unreadable, "fault-passphrase").with("said", error))
}

/// The PIN of a token.
pub(crate) fn pin(token: &str, file: Option<&Path>, desk: &Desk) -> Result<Pin, Fault> {
    let ask = || desk.words.with("ask-pin", &[("token", token.into())]);
    typed(file, "PERMIT_PIN", ask).map(|text| Pin::typed(&text))
}

/// The first line of a file, else of the environment, else of the keyboard.
fn typed(
    file: Option<&Path>,
    variable: &str,
    ask: impl FnOnce() -> String,
) -> Result<zeroize::Zeroizing<String>, Fault> {
    if let Some(path) = file {
        let bytes = permit_file::read(path, &Ask::secret(SECRET));
        let bytes = zeroize::Zeroizing::new(bytes.map_err(|error| Fault::file(path, error))?);
        let text = core::str::from_utf8(&bytes)
            .map_err(|_| Fault::open(path, io::ErrorKind::InvalidData.into()))?;
        return Ok(text.lines().next().unwrap_or_default().to_owned().into());
    }
    if let Ok(text) = std::env::var(variable) {
        return Ok(text.into());
    }
    rpassword::prompt_password(ask()).map(Into::into).map_err(|cause| {
        Fault::new(Exit::Unreadable, "fault-no-passphrase")
            .with("variable", variable)
            .because(cause)
    })
}

/// Bytes a file with a passphrase or a PIN may have: it is its first line.
const SECRET: u64 = 4096;

/// What is wrong with a key file.
pub(crate) fn key_fault(path: &Path, error: KeyFileError) -> Fault {
    let fault = |id| Fault::new(Exit::Unreadable, id).at(path);
    match error {
        KeyFileError::Io(cause) if cause.kind() == io::ErrorKind::StorageFull => {
            Fault::write(path, cause)
        }
        KeyFileError::Io(cause) => Fault::open(path, cause),
        KeyFileError::Exists => Fault::new(Exit::Unwritable, "fault-key-exists").at(path),
        KeyFileError::TooOpen { mode } => {
            fault("fault-key-too-open").with("mode", format!("{mode:04o}"))
        }
        KeyFileError::Refused => fault("fault-key-refused"),
        other => fault("fault-key-file").with("said", other),
    }
}

/// What is wrong with a token.
pub(crate) fn token_fault(error: TokenError) -> Fault {
    let id = match error {
        TokenError::Pin(PinError::Wrong { .. } | PinError::LastTry | PinError::Locked) => {
            "fault-pin"
        }
        _ => "fault-token",
    };
    Fault::new(Exit::Unreadable, id).with("said", error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_or_a_token() {
        assert_eq!(place("a.key").unwrap(), Place::File("a.key".into()));
        let token = place("pkcs11:module=/usr/lib/m.so;token=Station 101;object=1963").unwrap();
        assert!(matches!(token, Place::Token { token, .. } if token == "Station 101"));
        for wrong in ["pkcs11:", "pkcs11:token=a", "pkcs11:module=a;token=b;object=c;pin=1"] {
            assert!(place(wrong).is_err(), "{wrong}");
        }
    }
}

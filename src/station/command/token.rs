//! Keys that sign decisions: in memory, or on a PKCS#11 token.

use std::path::Path;

use permit_command::{Fault, secret};
use permit_core::Signer;
use permit_signing::{KeyChoice, Pin, SecretKey, Token, TokenChoice, TokenError, TokenSigner};
use permit_words::Words;

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

/// Opens a key on a token: `pkcs11:module=PATH;token=LABEL;object=LABEL`.
pub(crate) fn open(uri: &str, file: Option<&Path>, words: &Words) -> Result<Key, Fault> {
    let part = |name: &str| {
        let parts = uri.strip_prefix("pkcs11:")?.split(';');
        parts.filter_map(|part| part.split_once('=')).find(|(have, _)| *have == name).map(|it| it.1)
    };
    let refused = |said: String| Fault::key(Path::new(uri), said);
    let (Some(module), Some(label), Some(object)) = (part("module"), part("token"), part("object"))
    else {
        return Err(refused("pkcs11:module=…;token=…;object=…".to_owned()));
    };
    let ask = || words.with("ask-pin", &[("token", label.into())]);
    let pin = Pin::typed(&secret::typed(file, "PERMIT_PIN", ask)?);
    let found = Token::find(Path::new(module), TokenChoice::Label(label));
    let found = found.map_err(|error| refused(error.to_string()))?;
    let key = found.open(KeyChoice::Label(object), Some(&pin));
    key.map(|key| Key::Token(Box::new(key))).map_err(|error| refused(error.to_string()))
}

//! Values that command lines of both have.

use permit_core::{PublicKey, Side};
use permit_words::{Lang, Unfit};

/// A language: `zh`, `ko` or `en`.
///
/// # Errors
///
/// When it is none of them.
pub fn lang(text: &str) -> Result<Lang, Unfit> {
    Lang::parse(text).ok_or(Unfit("unfit-lang"))
}

/// A side: `A` or `B`.
///
/// # Errors
///
/// When it is neither.
pub fn side(text: &str) -> Result<Side, Unfit> {
    match text {
        "A" | "a" => Ok(Side::A),
        "B" | "b" => Ok(Side::B),
        _ => Err(Unfit("unfit-side")),
    }
}

/// A public key: 64 hexadecimal digits.
///
/// # Errors
///
/// When it is none.
pub fn key(text: &str) -> Result<PublicKey, Unfit> {
    let unfit = || Unfit("unfit-terminal-key");
    let key: permit_signing::draft::Key = text.parse().map_err(|_| unfit())?;
    PublicKey::new(&key.0).map_err(|_| unfit())
}

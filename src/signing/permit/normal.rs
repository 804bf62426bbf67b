//! What a clerk typed, in the one form a permit has.
//!
//! Only changes that cannot make another name of a name: Unicode's NFC, full-width letters and digits
//! as the plain ones, the many hyphens, apostrophes and middle dots as one, upper case for Latin,
//! spaces once and none at the ends. Whatever is left that the field does not have is a problem to
//! show, never dropped.

use permit_core::text;
use unicode_normalization::UnicodeNormalization;

use super::Why;

/// A name in Latin script, as it is printed: upper case.
///
/// # Errors
///
/// A character that no permit has, or more bytes than it holds.
pub fn latin(typed: &str) -> Result<String, Why> {
    let upper: String = typed.chars().map(plain).nfc().flat_map(char::to_uppercase).nfc().collect();
    within(spaced(&upper), text::latin, 39)
}

/// A name in Hangul or Han.
///
/// # Errors
///
/// As [`latin`].
pub fn native(typed: &str) -> Result<String, Why> {
    let dot = |c| if matches!(c, '・' | '･' | '•' | '‧' | '⋅') { '·' } else { plain(c) };
    let name: String = typed.chars().map(dot).nfc().collect();
    within(spaced(&name), text::native, 60)
}

/// The number of an identity document.
pub(super) fn document(typed: &str) -> Result<String, Why> {
    let number: String = typed.chars().map(plain).filter(|c| *c != ' ').collect();
    within(number.to_ascii_uppercase(), text::document, 20)
}

/// Plain digits of a number typed full-width.
pub(super) fn digits(typed: &str) -> String {
    typed.chars().map(plain).collect::<String>().trim().to_owned()
}

/// Folds a name of a place to be compared, not to be kept.
pub(super) fn folded(name: &str) -> String {
    name.chars().map(plain).nfc().flat_map(char::to_lowercase).collect()
}

fn plain(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' | '\u{a0}' | '\u{2002}'..='\u{200a}' | '\u{202f}' | '\t' => ' ',
        '\u{2018}' | '\u{2019}' | '\u{2bc}' | '\u{2b9}' | '\u{b4}' | '`' => '\'',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        c => c,
    }
}

fn spaced(text: &str) -> String {
    text.split(' ').filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn within(text: String, alphabet: fn(char) -> bool, most: usize) -> Result<String, Why> {
    if text.is_empty() {
        return Err(Why::Missing);
    }
    if let Some(c) = text.chars().find(|c| !alphabet(*c)) {
        return Err(Why::Character(c));
    }
    let bytes = text.len();
    if bytes > most { Err(Why::TooLong { bytes, most }) } else { Ok(text) }
}

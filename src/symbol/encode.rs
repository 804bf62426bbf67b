//! Text into the modules of a QR code.
//!
//! A permit's text is made for one alphanumeric segment; this module draws nothing else, so
//! that a text which would silently cost a version is refused. It knows no sizes and no files.

use core::fmt;

use qrcode::bits::Bits;
use qrcode::{EcLevel, QrCode, Version};

use crate::{Level, Modules};

/// A QR code: a text and the modules that say it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    text: String,
    version: u8,
    level: Level,
    modules: Modules,
}

impl Symbol {
    /// The code for a text: the smallest version that holds it at level M, then the highest
    /// level that still fits that version.
    ///
    /// # Errors
    ///
    /// When a character is outside the QR alphanumeric alphabet (digits, capitals,
    /// `space $ % * + - . / :`), or the text is longer than version 40 holds.
    pub fn new(text: &str) -> Result<Self, EncodeError> {
        check(text)?;
        let version = (1..=40)
            .find(|&version| alphanumeric(text.as_bytes(), version, Level::M).is_some())
            .ok_or(EncodeError::TooLong { characters: text.len() })?;
        Self::best(text, version)
    }

    /// The code for a text in a given version, at the highest level that fits.
    ///
    /// # Errors
    ///
    /// As [`Symbol::new`]; also when the text does not fit that version even at level L.
    pub fn in_version(text: &str, version: u8) -> Result<Self, EncodeError> {
        check(text)?;
        Self::best(text, version)
    }

    /// The code that another system would make of a text: one segment of bytes, the smallest
    /// version at level M. For trying what a reader says to codes that are no permits.
    ///
    /// # Errors
    ///
    /// When the text is longer than version 40 holds.
    pub fn foreign(text: &str) -> Result<Self, EncodeError> {
        let bytes =
            |version| padded(version, Level::M, |bits| bits.push_byte_data(text.as_bytes()));
        let drawn = (1..=40)
            .find_map(|version| Some((version, bytes(version)?)))
            .and_then(|(version, bits)| Some((version, QrCode::with_bits(bits, EcLevel::M).ok()?)));
        let (version, drawn) = drawn.ok_or(EncodeError::TooLong { characters: text.len() })?;
        let modules = square(drawn.width(), &drawn.into_colors());
        Ok(Self { text: text.to_owned(), version, level: Level::M, modules })
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// 1 to 40.
    #[must_use]
    pub const fn version(&self) -> u8 {
        self.version
    }

    /// The error correction level.
    #[must_use]
    pub const fn level(&self) -> Level {
        self.level
    }

    /// The modules, without a quiet zone.
    #[must_use]
    pub const fn modules(&self) -> &Modules {
        &self.modules
    }

    fn best(text: &str, version: u8) -> Result<Self, EncodeError> {
        let (level, bits) = [Level::H, Level::Q, Level::M, Level::L]
            .into_iter()
            .find_map(|level| Some((level, alphanumeric(text.as_bytes(), version, level)?)))
            .ok_or(EncodeError::TooLong { characters: text.len() })?;
        let drawn = QrCode::with_bits(bits, correction(level))
            .map_err(|_| EncodeError::TooLong { characters: text.len() })?;
        let modules = square(drawn.width(), &drawn.into_colors());
        Ok(Self { text: text.to_owned(), version, level, modules })
    }
}

/// Why a text is not drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EncodeError {
    /// A character outside the QR alphanumeric alphabet.
    Character {
        /// The character.
        found: char,
        /// Its byte offset in the text.
        at: usize,
    },
    /// More characters than fit.
    TooLong {
        /// The length of the text.
        characters: usize,
    },
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Character { found, at } => {
                write!(f, "{found:?} at byte {at} is not in the QR alphanumeric alphabet")
            }
            Self::TooLong { characters } => {
                write!(f, "{characters} characters do not fit the QR code")
            }
        }
    }
}

impl core::error::Error for EncodeError {}

/// The bits of one alphanumeric segment, padded; `None` where they do not fit.
pub(crate) fn alphanumeric(data: &[u8], version: u8, level: Level) -> Option<Bits> {
    padded(version, level, |bits| bits.push_alphanumeric_data(data))
}

/// Fills a version's bits with `push` and the padding; `None` where that does not fit.
pub(crate) fn padded(
    version: u8,
    level: Level,
    push: impl FnOnce(&mut Bits) -> qrcode::QrResult<()>,
) -> Option<Bits> {
    if !(1..=40).contains(&version) {
        return None;
    }
    let mut bits = Bits::new(Version::Normal(i16::from(version)));
    push(&mut bits).ok()?;
    bits.push_terminator(correction(level)).ok()?;
    Some(bits)
}

/// The level in the words of the encoder.
pub(crate) const fn correction(level: Level) -> EcLevel {
    match level {
        Level::L => EcLevel::L,
        Level::M => EcLevel::M,
        Level::Q => EcLevel::Q,
        Level::H => EcLevel::H,
    }
}

/// Colours, row by row, as modules.
pub(crate) fn square(side: usize, colors: &[qrcode::Color]) -> Modules {
    let mut modules = Modules::new(side);
    for (at, color) in colors.iter().enumerate() {
        modules.set(at % side, at / side, *color == qrcode::Color::Dark);
    }
    modules
}

fn check(text: &str) -> Result<(), EncodeError> {
    match text.char_indices().find(|(_, found)| !ALPHABET.contains(*found)) {
        Some((at, found)) => Err(EncodeError::Character { found, at }),
        None => Ok(()),
    }
}

/// ISO/IEC 18004, table 5.
const ALPHABET: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

#[cfg(test)]
mod tests {
    use super::*;

    /// ISO/IEC 18004, table 7: alphanumeric characters of versions 1 to 12 at level M.
    const AT_M: [usize; 12] = [20, 38, 61, 90, 122, 154, 178, 221, 262, 311, 366, 419];

    #[test]
    fn the_smallest_version_at_m() {
        for (version, capacity) in (1..=12).zip(AT_M) {
            let fits = Symbol::new(&"A".repeat(capacity)).unwrap();
            assert_eq!((fits.version(), fits.level()), (version, Level::M));
            assert_eq!(fits.modules().side(), 17 + 4 * usize::from(version));
            let over = Symbol::new(&"A".repeat(capacity + 1)).unwrap();
            assert_eq!(over.version(), version + 1);
        }
    }

    #[test]
    fn then_the_highest_level_that_fits() {
        assert_eq!(Symbol::new(&"A".repeat(25)).unwrap().level(), Level::Q);
        assert_eq!(Symbol::new(&"A".repeat(10)).unwrap().level(), Level::H);
        let roomy = Symbol::in_version(&"A".repeat(125), 10).unwrap();
        assert_eq!((roomy.version(), roomy.level()), (10, Level::H));
    }

    #[test]
    fn only_the_alphabet() {
        let found = |text| Symbol::new(text).unwrap_err();
        assert_eq!(found("BP1:é"), EncodeError::Character { found: 'é', at: 4 });
        assert_eq!(found("BP1:a"), EncodeError::Character { found: 'a', at: 4 });
        assert!(Symbol::new(ALPHABET).is_ok());
    }

    #[test]
    fn another_systems_code_is_read_back() {
        for text in ["https://example.org/a?b=c", "shc:/5676290952432060", "BP1:6bFOXN"] {
            let symbol = Symbol::foreign(text).unwrap();
            let picture = symbol.raster(&crate::Size::default()).unwrap();
            let codes = crate::read(picture.as_grey());
            assert_eq!((codes.len(), &codes[0].bytes[..]), (1, text.as_bytes()));
            assert_eq!((codes[0].version, codes[0].level), (symbol.version(), symbol.level()));
        }
        assert!(Symbol::foreign(&"a".repeat(3000)).is_err());
    }

    #[test]
    fn not_more_than_version_40_holds() {
        assert_eq!(Symbol::new(&"A".repeat(3391)).unwrap().version(), 40);
        let error = EncodeError::TooLong { characters: 3392 };
        assert_eq!(Symbol::new(&"A".repeat(3392)).unwrap_err(), error);
        assert!(Symbol::in_version("A", 41).is_err());
        assert!(Symbol::in_version(&"A".repeat(26), 1).is_err());
    }
}

//! Which characters a name, a place and a document number may have.
//!
//! Closed lists of ranges, each character its own NFC form and none that combines with its neighbour,
//! so that a text within them is NFC by construction and core carries no Unicode tables. Controls,
//! bidirectional marks, zero-width and look-alike spaces are in none of them.

/// Latin script: space, apostrophe, hyphen, full stop, A–Z, a–z, U+00C0–024F.
#[must_use]
pub const fn latin(c: char) -> bool {
    matches!(c, ' ' | '\'' | '-' | '.' | 'A'..='Z' | 'a'..='z' | '\u{c0}'..='\u{24f}')
}

/// Native script: space, middle dot, Han and precomposed Hangul.
///
/// Of planes 2 and 3 without U+2F800–2FA1F, the compatibility ideographs: NFC turns them into others.
#[must_use]
pub const fn native(c: char) -> bool {
    matches!(c,
        ' ' | '·' | '\u{3007}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}'
        | '\u{20000}'..='\u{2ee5d}' | '\u{30000}'..='\u{323af}')
}

/// Identity document: A–Z, 0–9, hyphen, `<`.
#[must_use]
pub const fn document(c: char) -> bool {
    matches!(c, 'A'..='Z' | '0'..='9' | '-' | '<')
}

/// Names in trust documents: both scripts, digits and a little punctuation.
#[must_use]
pub const fn place(c: char) -> bool {
    latin(c)
        || native(c)
        || matches!(
            c,
            '0'..='9'
                | '('
                | ')'
                | ','
                | ':'
                | ';'
                | '/'
                | '\u{3001}'
                | '\u{300a}'
                | '\u{300b}'
                | '\u{2019}'
        )
}

/// Identifiers in trust documents: a–z, 0–9, hyphen.
#[must_use]
pub const fn identifier(c: char) -> bool {
    matches!(c, 'a'..='z' | '0'..='9' | '-')
}

/// True for a name without a space at an end and without two together.
#[must_use]
pub fn spaced(name: &str) -> bool {
    let mut before = b' ';
    for byte in name.bytes() {
        if byte == b' ' && before == b' ' {
            return false;
        }
        before = byte;
    }
    name.is_empty() || before != b' '
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::{UnicodeNormalization, is_nfc};

    const FIELDS: [fn(char) -> bool; 5] = [latin, native, document, place, identifier];

    #[test]
    fn every_scalar_value() {
        let mut seen = 0;
        for c in '\0'..=char::MAX {
            seen += 1;
            if FIELDS.iter().any(|field| field(c)) {
                assert!(c.to_string().nfc().eq([c]), "{c:?} is not its own NFC");
                assert!(!c.is_control() && c.general_category_is_plain(), "{c:?}");
                // Neither before nor after a neighbour does it compose into something else.
                for neighbour in ['A', '가', '한', '中', 'ŏ', c] {
                    let pair: String = [neighbour, c].iter().collect();
                    assert!(is_nfc(&pair), "{pair}");
                }
            }
        }
        assert_eq!(seen, 1_112_064);
    }

    #[test]
    fn the_compatibility_ideographs_stay_out() {
        for c in [
            '\u{2f800}',
            '\u{2fa1d}',
            '\u{f900}',
            '\u{212b}',
            '\u{1100}',
            '\u{302e}',
            '\u{200d}',
            '\u{202e}',
            '\u{3000}',
            '\u{a0}',
        ] {
            assert!(FIELDS.iter().all(|field| !field(c)), "{c:?}");
        }
    }

    trait Plain {
        fn general_category_is_plain(self) -> bool;
    }
    impl Plain for char {
        /// No format character, no surrogate, no private use among what the fields allow.
        fn general_category_is_plain(self) -> bool {
            !matches!(self, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{e000}'..='\u{f8ff}' | '\u{feff}')
        }
    }

    #[test]
    fn spaces() {
        assert!(
            spaced("KIM CHOL SU") && spaced("김") && spaced(""),
            "an empty label is no mistake"
        );
        for name in [" A", "A ", "A  B", " "] {
            assert!(!spaced(name), "{name:?}");
        }
    }
}

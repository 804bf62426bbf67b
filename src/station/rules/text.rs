//! What officers may write in words of their own.

use super::Denied;

/// Name of an issuing body, a basis, a place.
pub(super) const SHORT: usize = 80;
/// Reasons, answers, issues raised.
pub(super) const LONG: usize = 600;

/// A text that will be shown and printed: 1 to `most` bytes, no control, no mark that turns text around.
pub(super) fn sound(text: &str, most: usize) -> Result<(), Denied> {
    let hostile = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    let written = text.chars().any(|c| !c.is_whitespace());
    if !written {
        Err(Denied::TextMissing)
    } else if text.len() > most {
        Err(Denied::TextTooLong { bytes: text.len(), most })
    } else if let Some(found) = text.chars().find(|c| *c != '\n' && hostile(*c)) {
        Err(Denied::Character { found })
    } else {
        Ok(())
    }
}

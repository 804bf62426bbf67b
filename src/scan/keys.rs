//! Texts that were typed on one keyboard and read on another.
//!
//! A scanner that acts as a keyboard sends keys, not characters: set for a German keyboard it presses what a German
//! keyboard has at a colon, and whoever listens as an American one hears `>`. Keys are compared here, whatever was held
//! down with them, so that Caps Lock and a shift lock are seen too. Nothing is translated back: that a text could be one
//! of ours is enough to say what is wrong, and not enough to judge a permit by.

use permit_core::{TEXT, is_base45};

use crate::layouts::{Keyboard, LAYOUTS, US};
use crate::{DIGITS, Fault, IDENTIFIER, Kind};

/// What a text that does not begin as one of ours was on another keyboard.
pub(crate) fn explain(text: &str) -> Option<(Kind, Fault)> {
    let chars: Vec<char> = text.chars().take(MOST + 1).collect();
    if chars.len() > MOST {
        return None;
    }
    // A scanner's identifier before it is typed as well.
    let begun = |at: usize| chars.get(at..).filter(|rest| !rest.is_empty());
    (0..=IDENTIFIER).filter_map(begun).find_map(explained)
}

fn explained(text: &[char]) -> Option<(Kind, Fault)> {
    let case = |board: &Keyboard| Some((fits(text, board, board)?, Fault::Case));
    let layout = |typed, read| Some((fits(text, typed, read)?, Fault::Layout));
    let either = |other| layout(&US, other).or_else(|| layout(other, &US));
    case(&US).or_else(|| LAYOUTS.iter().find_map(either)).or_else(|| LAYOUTS.iter().find_map(case))
}

/// Whether a text that begins as one of ours goes on in another keyboard's characters: few keyboards have `BP1:` where
/// the American one has it and differ elsewhere.
pub(crate) fn is_elsewhere(text: &str) -> bool {
    let by = |typed: &Keyboard, read: &Keyboard| text.chars().all(|c| read.stands_for(c, typed));
    LAYOUTS.iter().any(|other| by(&US, other) || by(other, &US))
}

/// Whether the keys of a text of ours, pressed for one keyboard, give this on another.
fn fits(text: &[char], pressed: &Keyboard, read: &Keyboard) -> Option<Kind> {
    let is = |c: char, meant: char| pressed.key(meant).is_some_and(|key| read.has(c, key));
    let (&[first, second], rest) = text.split_first_chunk()?;
    let kind = match (is(first, 'B'), is(second, 'P') || is(second, 'L'), is(second, 'T')) {
        (true, true, _) => Kind::Code,
        (true, _, true) => Kind::Test,
        _ => return None,
    };
    let digit = |c: &char| ('0'..='9').any(|digit| is(*c, digit));
    let digits = rest.iter().take_while(|c| digit(c)).count();
    let (number, rest) = rest.split_at_checked(digits.min(DIGITS))?;
    // Dead keys swallow a character or put an accent on the next one; some keyboards have nothing on a key.
    let swallowed = pressed.key(':').is_some_and(|key| read.is_empty(key));
    let rest = match rest.split_first() {
        Some((colon, rest)) if is(*colon, ':') => rest,
        Some(_) if swallowed && rest.len() > LONG => rest,
        _ => return None,
    };
    if number.is_empty() {
        return None;
    }
    let known = rest.iter().filter(|c| is_syllable(**c) || read.is_near(**c, pressed)).count();
    (known * 10 >= rest.len() * 8).then_some(kind)
}

/// What an input method makes of several keys.
const fn is_syllable(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7a3}')
}

impl Keyboard {
    /// The key that has a character.
    pub(crate) fn key(&self, c: char) -> Option<usize> {
        if c == ' ' {
            return None;
        }
        self.levels.iter().find_map(|level| level.chars().position(|on| on == c))
    }

    /// Whether a character is on a key.
    fn has(&self, c: char, key: usize) -> bool {
        self.levels.iter().any(|level| level.chars().nth(key) == Some(c))
    }

    /// Whether a key has nothing, or an accent for the next one, alone or with shift.
    fn is_empty(&self, key: usize) -> bool {
        self.levels[..2].iter().any(|level| level.chars().nth(key) == Some(NONE))
    }

    /// Whether a character is on a key that has one of a text's on another keyboard.
    fn is_near(&self, c: char, other: &Self) -> bool {
        let texts = |key: usize| {
            let on = other.levels.iter().filter_map(|level| level.chars().nth(key));
            on.into_iter().any(is_of_a_text)
        };
        c == ' ' || self.key(c).is_some_and(texts)
    }

    /// Whether a character is where another keyboard has one of a text's, shift and all.
    fn stands_for(&self, c: char, other: &Self) -> bool {
        c == ' '
            || self.levels.iter().zip(other.levels).any(|(mine, theirs)| {
                mine.chars()
                    .zip(theirs.chars())
                    .any(|(mine, theirs)| mine == c && is_of_a_text(theirs))
            })
    }
}

/// Characters of the longest text, and of what may stand before it.
const MOST: usize = TEXT + IDENTIFIER;
/// Nothing on a key, in the tables.
const NONE: char = '∅';
/// More characters than chance would find on the right keys.
const LONG: usize = 40;

fn is_of_a_text(c: char) -> bool {
    u8::try_from(c).is_ok_and(is_base45)
}

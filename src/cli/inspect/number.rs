//! A permit number as somebody typed it: its parts and its check character.
//!
//! A number proves nothing; it is taken apart and never looked up here.

use permit_core::{NumberFault, PermitId};

use super::Teacher;
use super::lesson::Lesson;

impl Teacher<'_> {
    /// The parts of a number, or what is wrong with it.
    pub(super) fn typed(&self, typed: &str, lesson: &mut Lesson) {
        let words = self.words;
        let part = lesson.part(words.get("inspect-number"));
        part.fixed(None, typed.trim().to_owned());
        match typed.parse::<PermitId>() {
            Ok(id) => {
                part.say(self.number(&id));
                part.say(words.with("inspect-check", &[("check", check(&id).to_string().into())]));
            }
            Err(fault) => {
                let id = match fault {
                    NumberFault::Character => "inspect-number-character",
                    NumberFault::Shape => "inspect-number-shape",
                    NumberFault::Range => "inspect-number-range",
                    NumberFault::Check => "inspect-number-check",
                };
                part.say(words.get(id));
                if let Some(id) = repaired(typed).filter(|_| fault == NumberFault::Check) {
                    let values = [
                        ("check", check(&id).to_string().into()),
                        ("number", id.to_string().into()),
                    ];
                    part.say(words.with("inspect-number-meant", &values));
                }
            }
        }
        part.say(words.get("inspect-number-form"));
        part.say(words.get("inspect-number-proves"));
    }
}

/// True for what somebody who types this means as a number.
pub(super) fn looks_typed(text: &str) -> bool {
    let text = text.trim();
    let parts = text.split(['-', ' ', '.']).filter(|part| !part.is_empty()).count();
    text.starts_with(|c: char| c.is_ascii_digit())
        && text.chars().count() <= 40
        && !text.contains([':', '/'])
        && (text.parse::<PermitId>().is_ok()
            || parts >= 4
            || text.bytes().filter(u8::is_ascii_digit).count() >= 20)
}

/// The last character of the printed number.
fn check(id: &PermitId) -> char {
    id.to_string().chars().next_back().unwrap_or('?')
}

/// The number with the check character that fits its digits.
fn repaired(typed: &str) -> Option<PermitId> {
    let typed = typed.trim();
    let body: String = typed.chars().take(typed.chars().count().checked_sub(1)?).collect();
    let letters = ('0'..='9').chain('A'..='Z').chain(['*']);
    letters.filter_map(|letter| format!("{body}{letter}").parse().ok()).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_character_that_would_fit() {
        let right: PermitId = "33000-1963-00000042-001-P".parse().unwrap();
        for typed in ["33000-1963-42-1-Q", "33000 1963 42 1 7", "330001963000000420010"] {
            assert_eq!(repaired(typed), Some(right), "{typed}");
        }
        assert_eq!(repaired(""), None);
    }

    #[test]
    fn numbers_and_other_texts() {
        for typed in [
            "33000-1963-00000042-001-P",
            "33000-1963-42-1-Q",
            "33000-1963-4x-1-P",
            "33000196300000042001P",
        ] {
            assert!(looks_typed(typed), "{typed}");
        }
        for text in ["BP1:AAA", "https://a.b/1-2-3-4", "", "1963", "hello-a-b-c-d"] {
            assert!(!looks_typed(text), "{text}");
        }
    }
}

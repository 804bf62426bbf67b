//! Why a picture could not be opened, in the user's language.
//!
//! The cause comes from the picture library as a typed value; the words for each kind are chosen here.

use std::collections::BTreeMap;

use permit_symbol::Small;
use permit_symbol::load::{Foreign, LoadError, Note};
use permit_words::Words;

use crate::fault::says as system;

/// What is wrong with a picture file, as a sentence.
pub(crate) fn says(error: &LoadError, words: &Words) -> String {
    match error {
        LoadError::Unreadable(cause) => system(cause, words),
        LoadError::NotAFile => words.get("picture-not-a-file"),
        LoadError::Empty => words.get("picture-empty"),
        LoadError::NotAPicture => {
            words.with("picture-unknown", &[("kinds", words.get(KINDS).into())])
        }
        LoadError::Truncated => words.get("picture-truncated"),
        LoadError::Damaged(format) => {
            words.with("picture-damaged", &[("format", format!("{format:?}").into())])
        }
        LoadError::Pixels { width, height } => words
            .with("picture-pixels", &[("width", (*width).into()), ("height", (*height).into())]),
        LoadError::File { bytes } => words.with("picture-bytes", &[("bytes", (*bytes).into())]),
        LoadError::PageCount { found } => {
            words.with("picture-pages", &[("found", (*found).into())])
        }
        LoadError::Encrypted => words.get("picture-encrypted"),
        LoadError::Foreign(kind) => words.with("picture-foreign", &[("kind", kind.name().into())]),
        LoadError::Unsupported(format) => {
            words.with("picture-unsupported", &[("format", format!("{format:?}").into())])
        }
        other => words.with("picture-other", &[("said", other.to_string().into())]),
    }
}

/// The kinds of pictures that this build reads.
const KINDS: &str = if cfg!(feature = "pdf") { "picture-kinds-pdf" } else { "picture-kinds" };

/// What is to be said beside what was read of a picture.
pub(crate) fn noted(note: Note, words: &Words) -> Option<String> {
    match note {
        Note::FirstOfMany => Some(words.get("picture-first-of-many")),
        Note::EndsEarly => Some(words.get("picture-ends-early")),
        _ => None,
    }
}

/// What a code of a small kind is.
pub(crate) fn small(kind: Small, words: &Words) -> String {
    words.with("picture-small", &[("kind", kind.name().into())])
}

/// What was passed over in folders because this build does not read it, in one line.
pub(crate) fn passed(kinds: &BTreeMap<Foreign, usize>, words: &Words) -> Option<String> {
    let each: Vec<String> =
        kinds.iter().map(|(kind, count)| format!("{count} {}", kind.name())).collect();
    let values = [("kinds", each.join(", ").into())];
    (!each.is_empty()).then(|| words.with("picture-passed", &values))
}

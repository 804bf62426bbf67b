//! Why a picture could not be opened, in the user's language.
//!
//! The cause comes from the picture library as a typed value; the words for each kind are chosen here.

use permit_symbol::load::LoadError;
use permit_words::Words;

use crate::fault::says as system;

/// What is wrong with a picture file, as a sentence.
pub(crate) fn says(error: &LoadError, words: &Words) -> String {
    match error {
        LoadError::Unreadable(cause) => system(cause, words),
        LoadError::NotAFile => words.get("picture-not-a-file"),
        LoadError::Empty => words.get("picture-empty"),
        LoadError::NotAPicture => words.get("picture-unknown"),
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
        LoadError::NoPdf => words.get("picture-no-pdf"),
        other => words.with("picture-other", &[("said", other.to_string().into())]),
    }
}

//! The only file that prints. Every piece is cleaned here.

use std::io::{self, Write as _};

use permit_words::{Words, clean};

use crate::Fault;

/// A line for people or programs on standard output.
///
/// # Errors
///
/// When standard output is gone.
pub fn line(text: &str) -> Result<(), Fault> {
    let mut out = io::stdout().lock();
    writeln!(out, "{}", clean(text))
        .and_then(|()| out.flush())
        .map_err(|cause| Fault::screen(&cause))
}

/// A line for people on standard error.
pub fn note(text: &str) {
    // Nobody is left to be told that standard error is closed.
    let _ = writeln!(io::stderr(), "{}", clean(text));
}

/// Text of several lines on standard output, with its colours where they can be seen.
pub fn text(text: &str) {
    let _ = anstream::stdout().write_all(text.as_bytes());
}

/// The same on standard error.
pub(crate) fn aside(text: &str) {
    let _ = anstream::stderr().write_all(text.as_bytes());
}

/// What is wrong, in which program, and what to do next.
pub(crate) fn complain(program: &str, what: &str, next: &str, words: &Words) {
    let next = words.with("next-step", &[("next", next.into())]);
    let _ = writeln!(io::stderr(), "{program}: {}\n  {}", clean(what), clean(&next));
}

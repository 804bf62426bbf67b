//! The only file that prints. Every piece is cleaned here.

use std::io::{self, Write as _};

use permit_words::{Words, clean};

use super::fault::Fault;

/// A line for people or programs on standard output.
pub(crate) fn line(text: &str) -> Result<(), Fault> {
    let mut out = io::stdout().lock();
    writeln!(out, "{}", clean(text))
        .and_then(|()| out.flush())
        .map_err(|cause| Fault::screen(&cause))
}

/// Help, on standard output, with its colours where they can be seen.
pub(crate) fn text(text: &str) {
    let _ = anstream::stdout().write_all(text.as_bytes());
}

/// The same on standard error.
pub(crate) fn aside(text: &str) {
    let _ = anstream::stderr().write_all(text.as_bytes());
}

/// What happened, and what to do next.
pub(crate) fn fault(fault: &Fault, words: &Words) {
    if let Some((what, next)) = fault.say(words) {
        complain(&what, &next, words);
    }
}

/// The same for a complaint that is worded already.
pub(crate) fn complain(what: &str, next: &str, words: &Words) {
    let next = words.with("next-step", &[("next", next.into())]);
    let _ = writeln!(io::stderr(), "permit-headquarters: {}\n  {}", clean(what), clean(&next));
}

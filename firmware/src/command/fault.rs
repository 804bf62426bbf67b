//! Why the terminal did not start: a message, its evidence and an exit status.
//!
//! What happened, then what to do: `id` and `id.next` in the words.

use std::path::Path;

use permit_words::{Value, Words};

use super::exit::Exit;

/// A reason to stop.
#[derive(Debug)]
pub(crate) struct Fault {
    exit: Exit,
    id: Option<&'static str>,
    values: Vec<(&'static str, String)>,
}

impl Fault {
    /// A fault whose message and next step are `id` and `id.next`.
    pub(crate) const fn new(exit: Exit, id: &'static str) -> Self {
        Self { exit, id: Some(id), values: Vec::new() }
    }

    /// An end without a word.
    pub(crate) const fn quiet(exit: Exit) -> Self {
        Self { exit, id: None, values: Vec::new() }
    }

    /// Adds a variable of the message.
    pub(crate) fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.values.push((name, value.to_string()));
        self
    }

    /// Adds a path as the variable `path`.
    pub(crate) fn at(self, path: &Path) -> Self {
        self.with("path", path.display())
    }

    /// The status the terminal ends with.
    pub(crate) const fn exit(&self) -> Exit {
        self.exit
    }

    /// What happened, and what to do next; nothing for a quiet end.
    pub(crate) fn say(&self, words: &Words) -> Option<(String, String)> {
        let id = self.id?;
        let values: Vec<(&str, Value<'_>)> =
            self.values.iter().map(|(name, value)| (*name, value.into())).collect();
        Some((words.with(id, &values), words.with(&format!("{id}.next"), &values)))
    }
}

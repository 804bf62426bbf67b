//! Why a command stopped: a message, its evidence and an exit status.

use core::fmt;
use std::path::Path;

use permit_words::{Value, Words};

use crate::Exit;

/// A reason to stop.
#[derive(Debug)]
pub struct Fault {
    exit: Exit,
    id: Option<&'static str>,
    values: Vec<(&'static str, Said)>,
}

/// What a variable of a message says.
enum Said {
    /// The same in each language.
    Plain(String),
    /// Worded when the language is known.
    Worded(Box<dyn Fn(&Words) -> String>),
}

impl fmt::Debug for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plain(text) => text.fmt(f),
            Self::Worded(_) => f.write_str("(worded)"),
        }
    }
}

impl Fault {
    /// A fault whose message and next step are `id` and `id.next`.
    #[must_use]
    pub const fn new(exit: Exit, id: &'static str) -> Self {
        Self { exit, id: Some(id), values: Vec::new() }
    }

    /// An end without a word.
    #[must_use]
    pub const fn quiet(exit: Exit) -> Self {
        Self { exit, id: None, values: Vec::new() }
    }

    /// Adds a variable of the message.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.values.push((name, Said::Plain(value.to_string())));
        self
    }

    /// Adds a variable that is words itself.
    #[must_use]
    pub fn worded(mut self, name: &'static str, said: impl Fn(&Words) -> String + 'static) -> Self {
        self.values.push((name, Said::Worded(Box::new(said))));
        self
    }

    /// Adds a path as the variable `path`.
    #[must_use]
    pub fn at(self, path: &Path) -> Self {
        self.with("path", path.display())
    }

    /// A file that cannot be read.
    #[must_use]
    pub fn read(path: &Path, cause: impl ToString) -> Self {
        Self::new(Exit::Unreadable, "fault-open").at(path).with("cause", cause)
    }

    /// A file that cannot be written.
    #[must_use]
    pub fn write(path: &Path, cause: impl ToString) -> Self {
        Self::new(Exit::Unwritable, "fault-write").at(path).with("cause", cause)
    }

    /// A key that does not open.
    #[must_use]
    pub fn key(path: &Path, said: impl ToString) -> Self {
        Self::new(Exit::Unreadable, "fault-key-shut").at(path).with("said", said)
    }

    /// Standard output is gone.
    #[must_use]
    pub fn screen(cause: &std::io::Error) -> Self {
        match cause.kind() {
            std::io::ErrorKind::BrokenPipe => Self::quiet(Exit::Good),
            _ => Self::new(Exit::Unwritable, "fault-screen").with("cause", cause),
        }
    }

    /// The status the command ends with.
    #[must_use]
    pub const fn exit(&self) -> Exit {
        self.exit
    }

    /// What happened, and what to do next; nothing for a quiet end.
    #[must_use]
    pub fn say(&self, words: &Words) -> Option<(String, String)> {
        let id = self.id?;
        let value = |said: &'_ Said| match said {
            Said::Plain(text) => Value::from(text.clone()),
            Said::Worded(said) => Value::Spoken(said(words)),
        };
        let values: Vec<(&str, Value<'_>)> =
            self.values.iter().map(|(name, said)| (*name, value(said))).collect();
        Some((words.with(id, &values), words.with(&format!("{id}.next"), &values)))
    }
}

//! Why a command stopped: a message, its evidence and an exit status.

use std::path::Path;

use permit_signing::KeyFileError;
use permit_station::{
    registry::RegistryError,
    rules::Denied,
    said,
    site::{ListsError, SiteError},
};
use permit_words::{Value, Words};

use super::exit::Exit;

/// A reason to stop.
#[derive(Debug)]
pub(crate) struct Fault {
    exit: Exit,
    id: Option<&'static str>,
    values: Vec<(&'static str, String)>,
    denied: Option<Denied>,
}

impl Fault {
    /// A fault whose message and next step are `id` and `id.next`.
    pub(crate) const fn new(exit: Exit, id: &'static str) -> Self {
        Self { exit, id: Some(id), values: Vec::new(), denied: None }
    }

    /// An end without a word.
    pub(crate) const fn quiet(exit: Exit) -> Self {
        Self { exit, id: None, values: Vec::new(), denied: None }
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

    /// Standard output is gone.
    pub(crate) fn screen(cause: &std::io::Error) -> Self {
        match cause.kind() {
            std::io::ErrorKind::BrokenPipe => Self::quiet(Exit::Good),
            _ => Self::new(Exit::Unwritable, "fault-screen").with("cause", cause),
        }
    }

    /// The status the command ends with.
    pub(crate) const fn exit(&self) -> Exit {
        self.exit
    }

    /// What happened, and what to do next; nothing for a quiet end.
    pub(crate) fn say(&self, words: &Words) -> Option<(String, String)> {
        let id = self.id?;
        let mut values: Vec<(&str, Value<'_>)> =
            self.values.iter().map(|(name, value)| (*name, value.into())).collect();
        if let Some(denied) = &self.denied {
            values.push(("said", Value::Spoken(said::denied(denied, words))));
        }
        Some((words.with(id, &values), words.with(&format!("{id}.next"), &values)))
    }
}

impl From<Denied> for Fault {
    fn from(denied: Denied) -> Self {
        Self { denied: Some(denied), ..Self::new(Exit::Differs, "station-denied") }
    }
}

impl From<RegistryError> for Fault {
    fn from(error: RegistryError) -> Self {
        let (exit, id) = match error {
            RegistryError::Denied(denied) => return denied.into(),
            RegistryError::Store(_) => (Exit::Unreadable, "station-database"),
            RegistryError::Home { .. } | RegistryError::Key(_) | RegistryError::Randomness(_) => {
                (Exit::Unreadable, "station-home")
            }
            RegistryError::NoStationKey => (Exit::Untrusted, "station-no-key"),
            _ => (Exit::Untrusted, "station-record"),
        };
        Self::new(exit, id).with("said", error)
    }
}

impl From<ListsError> for Fault {
    fn from(error: ListsError) -> Self {
        let id = match error {
            ListsError::Key(_) => "station-no-key",
            _ => "station-lists",
        };
        Self::new(Exit::Untrusted, id).with("said", error)
    }
}

impl From<SiteError> for Fault {
    fn from(error: SiteError) -> Self {
        match error {
            SiteError::Lists(error) => error.into(),
            SiteError::Registry(error) => error.into(),
            other => Self::new(Exit::Unreadable, "station-home").with("said", other),
        }
    }
}

/// A key file that does not open.
pub(crate) fn key(path: &Path, error: &KeyFileError) -> Fault {
    Fault::new(Exit::Unreadable, "station-key-file").at(path).with("said", error)
}

//! Why a command stopped: a message, its evidence and an exit status.
//!
//! What happened, then what to do: a fault is the id of a message with a `.next` step (see the room `command` of
//! the words), so it cannot be worded here. Verdicts about permits are values and never become faults.

use std::io;
use std::path::Path;

use permit_file::FileError;
use permit_words::{Value, Words};

use crate::exit::Exit;

/// A reason to stop.
#[derive(Debug)]
pub(crate) struct Fault {
    exit: Exit,
    id: Option<&'static str>,
    values: Vec<(&'static str, String)>,
    cause: Option<io::Error>,
}

impl Fault {
    /// A fault whose message and next step are `id` and `id.next`.
    pub(crate) const fn new(exit: Exit, id: &'static str) -> Self {
        Self { exit, id: Some(id), values: Vec::new(), cause: None }
    }

    /// An end without a word.
    pub(crate) const fn quiet(exit: Exit) -> Self {
        Self { exit, id: None, values: Vec::new(), cause: None }
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

    /// Adds what the system said, as the variable `cause`.
    pub(crate) fn because(mut self, cause: io::Error) -> Self {
        self.cause = Some(cause);
        self
    }

    /// A file or folder that cannot be opened or read.
    pub(crate) fn open(path: &Path, cause: io::Error) -> Self {
        Self::new(Exit::Unreadable, "fault-open").at(path).because(cause)
    }

    /// A file that was asked and is not what was wanted.
    pub(crate) fn file(path: &Path, error: FileError) -> Self {
        let fault = |id| Self::new(Exit::Unreadable, id).at(path);
        match error {
            FileError::Io(cause) => Self::open(path, cause),
            FileError::TooLong { most } => fault("fault-large").with("most", most >> 10),
            FileError::TooOpen { mode } => {
                fault("fault-secret-too-open").with("mode", format!("{mode:04o}"))
            }
            _ => fault("fault-not-a-file"),
        }
    }

    /// A file or folder that cannot be written.
    pub(crate) fn write(path: &Path, cause: io::Error) -> Self {
        let id = match cause.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "fault-full",
            _ => "fault-write",
        };
        Self::new(Exit::Unwritable, id).at(path).because(cause)
    }

    /// What became of standard output: a closed pipe is a reader who had enough.
    pub(crate) fn screen(cause: io::Error) -> Self {
        match cause.kind() {
            io::ErrorKind::BrokenPipe => Self::quiet(Exit::Good),
            _ => Self::new(Exit::Unwritable, "fault-screen").because(cause),
        }
    }

    /// The status the command ends with.
    pub(crate) const fn exit(&self) -> Exit {
        self.exit
    }

    /// What happened, and what to do next; nothing for a quiet end.
    pub(crate) fn say(&self, words: &Words) -> Option<(String, String)> {
        let id = self.id?;
        let cause = self.cause.as_ref().map(|cause| says(cause, words));
        let mut values: Vec<(&str, Value<'_>)> =
            self.values.iter().map(|(k, v)| (*k, v.into())).collect();
        if let Some(cause) = &cause {
            values.push(("cause", cause.into()));
        }
        Some((words.with(id, &values), words.with(&format!("{id}.next"), &values)))
    }
}

/// What the system said, in the user's language where it is one of the usual things.
pub(crate) fn says(cause: &io::Error, words: &Words) -> String {
    let id = match cause.kind() {
        io::ErrorKind::NotFound => "io-not-found",
        io::ErrorKind::PermissionDenied => "io-denied",
        io::ErrorKind::AlreadyExists => "io-exists",
        io::ErrorKind::NotADirectory => "io-not-a-folder",
        io::ErrorKind::IsADirectory => "io-a-folder",
        io::ErrorKind::StorageFull => "io-full",
        io::ErrorKind::QuotaExceeded => "io-quota",
        io::ErrorKind::ReadOnlyFilesystem => "io-read-only",
        io::ErrorKind::InvalidFilename => "io-name",
        _ => return words.with("io-other", &[("said", cause.to_string().into())]),
    };
    words.get(id)
}

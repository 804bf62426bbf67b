//! Why a command stopped: a message, its evidence and an exit status.

use std::path::Path;

use permit_headquarters::Failed;
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

    /// A file that cannot be written.
    pub(crate) fn write(path: &Path, cause: impl ToString) -> Self {
        Self::new(Exit::Unwritable, "fault-write").at(path).with("cause", cause)
    }

    /// A file that cannot be read.
    pub(crate) fn read(path: &Path, cause: impl ToString) -> Self {
        Self::new(Exit::Unreadable, "fault-open").at(path).with("cause", cause)
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
        let values: Vec<(&str, Value<'_>)> =
            self.values.iter().map(|(name, value)| (*name, value.into())).collect();
        Some((words.with(id, &values), words.with(&format!("{id}.next"), &values)))
    }
}

impl From<Failed> for Fault {
    fn from(failed: Failed) -> Self {
        if let Failed::NotHome { terminals, stations } = failed {
            let list = |of: Vec<u16>| of.iter().map(u16::to_string).collect::<Vec<_>>().join(", ");
            let list = |of: Vec<u16>| if of.is_empty() { "–".to_owned() } else { list(of) };
            return Self::new(Exit::Differs, "headquarters-not-home")
                .with("terminals", list(terminals))
                .with("stations", list(stations));
        }
        let (exit, id) = match failed {
            Failed::NotOver => (Exit::Usage, "headquarters-not-over"),
            Failed::Unsound(_) => (Exit::Differs, "headquarters-report-unsound"),
            Failed::NotOurKey { .. } => (Exit::Untrusted, "headquarters-not-our-key"),
            Failed::Trust(_) | Failed::OtherSide => (Exit::Untrusted, "headquarters-lists-refused"),
            Failed::Document(_) => (Exit::Untrusted, "headquarters-not-signed"),
            _ => (Exit::Unreadable, "headquarters-failed"),
        };
        Self::new(exit, id).with("said", failed)
    }
}

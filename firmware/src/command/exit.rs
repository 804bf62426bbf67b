//! Exit statuses: those of `permit` that a terminal can have, with the same numbers.

use std::process::ExitCode;

/// How the terminal ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// 0: asked to stop, or the last picture was dealt with.
    Good,
    /// 2: the command line makes no sense.
    Usage,
    /// 3: the camera, a file or the board could not be opened.
    Unreadable,
    /// 4: the trust documents cannot be used.
    Untrusted,
    /// 5: the state or the record of events could not be written.
    Unwritable,
    /// 75: the camera is stuck; start again.
    Again,
}

impl Exit {
    /// All of them, as `--help` lists them.
    pub(crate) const ALL: [Self; 6] =
        [Self::Good, Self::Usage, Self::Unreadable, Self::Untrusted, Self::Unwritable, Self::Again];

    /// The message that says what it means.
    pub(crate) const fn id(self) -> &'static str {
        match self {
            Self::Good => "reader-exit-good",
            Self::Usage => "exit-usage",
            Self::Unreadable => "exit-unreadable",
            Self::Untrusted => "exit-untrusted",
            Self::Unwritable => "exit-unwritable",
            Self::Again => "reader-exit-again",
        }
    }

    /// The number a shell sees.
    pub(crate) const fn status(self) -> u8 {
        match self {
            Self::Good => 0,
            Self::Usage => 2,
            Self::Unreadable => 3,
            Self::Untrusted => 4,
            Self::Unwritable => 5,
            Self::Again => 75,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        exit.status().into()
    }
}

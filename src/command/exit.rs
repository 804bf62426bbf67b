//! Exit statuses: those of `permit`, with the same numbers.

use std::process::ExitCode;

/// How the command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// 0: done.
    Good,
    /// 1: something is denied, or does not fit together.
    Differs,
    /// 2: the command line makes no sense.
    Usage,
    /// 3: something could not be read.
    Unreadable,
    /// 4: the trust documents, the record or a key cannot be used.
    Untrusted,
    /// 5: something could not be written.
    Unwritable,
}

impl Exit {
    /// All of them, as `--help` lists them.
    pub const ALL: [Self; 6] = [
        Self::Good,
        Self::Differs,
        Self::Usage,
        Self::Unreadable,
        Self::Untrusted,
        Self::Unwritable,
    ];

    /// The message that says what it means.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Good => "exit-good",
            Self::Differs => "exit-differs",
            Self::Usage => "exit-usage",
            Self::Unreadable => "exit-unreadable",
            Self::Untrusted => "exit-untrusted",
            Self::Unwritable => "exit-unwritable",
        }
    }

    /// The number a shell sees.
    #[must_use]
    pub const fn status(self) -> u8 {
        match self {
            Self::Good => 0,
            Self::Differs => 1,
            Self::Usage => 2,
            Self::Unreadable => 3,
            Self::Untrusted => 4,
            Self::Unwritable => 5,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        exit.status().into()
    }
}

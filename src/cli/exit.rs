//! Exit statuses, the same for every subcommand.
//!
//! A script must be able to tell a wrong permit from a broken disk, so no status has two meanings.

use std::process::ExitCode;

/// How the command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// 0: done, and everything was as expected. A closed pipe is this too: the reader had enough.
    Good,
    /// 1: something differs from the manifest, or from the earlier run it was compared with.
    Differs,
    /// 2: the command line makes no sense.
    Usage,
    /// 3: something could not be read.
    Unreadable,
    /// 4: the trust documents cannot be used.
    Untrusted,
    /// 5: something could not be written.
    Unwritable,
    /// 130: interrupted from the keyboard; nothing half-written is left behind.
    Interrupted,
}

impl Exit {
    /// All of them, as `permit --help` lists them.
    pub(crate) const ALL: [Self; 7] = [
        Self::Good,
        Self::Differs,
        Self::Usage,
        Self::Unreadable,
        Self::Untrusted,
        Self::Unwritable,
        Self::Interrupted,
    ];

    /// The message that says what it means.
    pub(crate) const fn id(self) -> &'static str {
        match self {
            Self::Good => "exit-good",
            Self::Differs => "exit-differs",
            Self::Usage => "exit-usage",
            Self::Unreadable => "exit-unreadable",
            Self::Untrusted => "exit-untrusted",
            Self::Unwritable => "exit-unwritable",
            Self::Interrupted => "exit-interrupted",
        }
    }

    /// The number a shell sees.
    pub(crate) const fn status(self) -> u8 {
        match self {
            Self::Good => 0,
            Self::Differs => 1,
            Self::Usage => 2,
            Self::Unreadable => 3,
            Self::Untrusted => 4,
            Self::Unwritable => 5,
            Self::Interrupted => 130,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        exit.status().into()
    }
}

//! Asking a server, and why nothing came of it.

use core::time::Duration;
use std::io;

use permit_core::TrustError;
use thiserror::Error;
use ureq::Agent;

/// How long a server may take.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Until it is reached.
    pub connect: Duration,
    /// Without a byte.
    pub silent: Duration,
    /// For one file.
    pub all: Duration,
}

impl Limits {
    /// Chosen: a bundle of 16 MiB over a line of 64 kB/s takes four minutes; what breaks off is gone on with.
    pub const USUAL: Self = Self {
        connect: Duration::from_secs(20),
        silent: Duration::from_secs(30),
        all: Duration::from_secs(10 * 60),
    };

    /// A client that follows no redirect, unpacks nothing and asks no proxy.
    pub(crate) fn agent(&self) -> Agent {
        Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .accept_encoding("identity")
            .user_agent("permit-carry")
            .proxy(None)
            .timeout_connect(Some(self.connect))
            .timeout_per_read(Some(self.silent))
            .timeout_per_write(Some(self.silent))
            .timeout_global(Some(self.all))
            .build()
            .into()
    }
}

/// Why nothing was brought.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Why {
    /// The server is not reached, or speaks no HTTP.
    #[error("not reached: {0}")]
    Unreached(String),
    /// It sends elsewhere.
    #[error("a redirect, status {0}")]
    Redirect(u16),
    /// Another status.
    #[error("status {0}")]
    Status(u16),
    /// More than a file of its kind may have.
    #[error("too long")]
    TooLong,
    /// The file broke off; what came is kept where it can be gone on with.
    #[error("broke off after {0} bytes")]
    BrokeOff(usize),
    /// It took longer than is agreed.
    #[error("too slow")]
    Slow,
    /// What was asked to go on does not belong to what came before.
    #[error("another file than the one that was begun")]
    Another,
    /// It is older than what is there.
    #[error("older than what is there")]
    Older,
    /// It does not hold by the root, or does not follow what is there.
    #[error(transparent)]
    Refused(TrustError),
    /// A file or a folder of this machine.
    #[error(transparent)]
    Disk(io::Error),
}

impl Why {
    /// The message that says it.
    #[must_use]
    pub const fn id(&self) -> &'static str {
        match self {
            Self::Unreached(_) => "carry-unreached",
            Self::Redirect(_) => "carry-redirect",
            Self::Status(_) => "carry-status",
            Self::TooLong => "carry-too-long",
            Self::BrokeOff(_) => "carry-broke-off",
            Self::Slow => "carry-slow",
            Self::Another => "carry-another",
            Self::Older => "carry-older",
            Self::Refused(_) => "carry-refused",
            Self::Disk(_) => "carry-disk",
        }
    }

    /// Whether it lies with a file of this machine and not with the server.
    #[must_use]
    pub const fn is_here(&self) -> bool {
        matches!(self, Self::TooLong | Self::Disk(_))
    }

    /// Of a request that got no answer.
    pub(crate) fn of_request(error: ureq::Error) -> Self {
        match error {
            ureq::Error::Timeout(_) => Self::Slow,
            ureq::Error::Io(cause) => Self::of_read(&cause, 0),
            other => Self::Unreached(other.to_string()),
        }
    }

    /// Of a body that stopped after so many bytes.
    pub(crate) fn of_read(error: &io::Error, came: usize) -> Self {
        let slow = error.get_ref().and_then(|it| it.downcast_ref::<ureq::Error>());
        match (error.kind(), slow) {
            (io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock, _)
            | (_, Some(ureq::Error::Timeout(_))) => Self::Slow,
            _ if came == 0 => Self::Unreached(error.to_string()),
            _ => Self::BrokeOff(came),
        }
    }
}

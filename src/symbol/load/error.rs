//! Why there is no picture.

use core::fmt;
use std::io;

use super::{FILE, Foreign, Format, PIXELS};

/// Why there is no picture.
#[derive(Debug)]
#[non_exhaustive]
pub enum LoadError {
    /// The file cannot be opened or read.
    Unreadable(io::Error),
    /// A folder, a pipe or a device.
    NotAFile,
    /// No bytes.
    Empty,
    /// The first bytes are of no known kind of picture.
    NotAPicture,
    /// The file ends early.
    Truncated,
    /// The file is not what its first bytes say.
    Damaged(Format),
    /// More pixels than [`PIXELS`].
    Pixels {
        /// Pixels in a row.
        width: u32,
        /// Number of rows.
        height: u32,
    },
    /// The file itself is too large.
    File {
        /// Its length.
        bytes: u64,
    },
    /// More pages than are looked at.
    PageCount {
        /// The pages of the file.
        found: usize,
    },
    /// A kind of picture that this build does not read.
    Foreign(Foreign),
    /// Of a kind that this build reads, but with pixels that it does not.
    Unsupported(Format),
    /// A PDF file that asks for a password.
    Encrypted,
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(error) => write!(f, "cannot be read: {error}"),
            Self::NotAFile => write!(f, "not a file"),
            Self::Empty => write!(f, "the file is empty"),
            Self::NotAPicture => write!(f, "no known kind of picture"),
            Self::Truncated => write!(f, "the file ends early"),
            Self::Damaged(format) => write!(f, "the {format:?} file is damaged"),
            Self::Pixels { width, height } => {
                write!(f, "{width} by {height} pixels are more than {PIXELS}")
            }
            Self::File { bytes } => write!(f, "{bytes} bytes are more than {FILE}"),
            Self::PageCount { found } => write!(f, "{found} pages are too many"),
            Self::Encrypted => write!(f, "the PDF file is encrypted"),
            Self::Foreign(kind) => write!(f, "{} is not supported", kind.name()),
            Self::Unsupported(format) => write!(f, "this kind of {format:?} is not supported"),
        }
    }
}

impl core::error::Error for LoadError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Unreadable(error) => Some(error),
            _ => None,
        }
    }
}

//! A value on a command line that a parser does not accept.
//!
//! It is the id of a message that says what the value should be, so that no parser words anything.

use core::fmt;

/// The id of the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unfit(pub &'static str);

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl core::error::Error for Unfit {}

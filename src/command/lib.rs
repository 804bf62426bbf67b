//! What the programs of stations and of headquarters do alike on a command line: the language, help and complaints in
//! three languages, exit statuses, reasons to stop, passphrases, and the one file that prints.
//!
//! A program names itself as a [`Program`] and gives [`Program::run`] what it does. It words nothing: messages are found by
//! their ids.

mod exit;
mod fault;
pub mod output;
mod program;
pub mod secret;
pub mod value;

pub use exit::Exit;
pub use fault::Fault;
pub use program::Program;

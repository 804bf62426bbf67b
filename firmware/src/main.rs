//! The reader's command: `permit-reader`.
//!
//! It reads the command line, opens what is named there, starts one thread each for pictures, eye and hands, and then is
//! the terminal. It decides nothing; no file but `command/output.rs` prints.

mod command;

use std::process::ExitCode;

fn main() -> ExitCode {
    command::main().into()
}

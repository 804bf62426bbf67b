//! The desk's command: `permit-station`.
//!
//! It reads the command line, opens the desk's folder and hands over to the library. It decides nothing; no file but
//! `command/output.rs` prints.

mod command;

use std::process::ExitCode;

fn main() -> ExitCode {
    command::main().into()
}

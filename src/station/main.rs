//! The desk's command: `permit-station`.
//!
//! It reads the command line, opens the desk's folder and hands over to the library. It decides nothing and
//! prints only by [`permit_command::output`].

mod command;

use std::process::ExitCode;

fn main() -> ExitCode {
    command::main().into()
}

//! The command of headquarters: `permit-headquarters`.
//!
//! It reads the command line, opens the folder and hands over to the library. It prints only by
//! [`permit_command::output`].

mod command;

use std::process::ExitCode;

fn main() -> ExitCode {
    command::main().into()
}

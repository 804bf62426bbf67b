//! The program beside a terminal: `permit-carry`.

mod command;

use std::process::ExitCode;

fn main() -> ExitCode {
    command::main().into()
}

//! `permit completions`: what a shell needs to complete the command line.

use clap_complete::Shell;

use crate::{Desk, Exit, Fault, help};

/// Its command line.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    shell: Shell,
}

/// Prints the script, with the descriptions in the language of this run.
pub(crate) fn run(args: &Args, desk: &Desk) -> Result<Exit, Fault> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut help::command(&desk.words), "permit", &mut script);
    desk.out.bytes(&script)?;
    Ok(Exit::Good)
}

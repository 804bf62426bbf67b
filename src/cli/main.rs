//! The command `permit`: one file a subcommand.
//!
//! This file chooses the language, parses the command line and hands over. It decides nothing about permits, and no
//! file but `output.rs` prints.

mod args;
mod authority;
mod bench;
mod bundle;
mod clock;
mod completions;
mod curves;
mod demo;
mod exit;
mod fault;
mod film;
mod help;
mod images;
mod inspect;
mod interrupt;
mod issue;
mod jobs;
mod journal;
mod key;
mod lang;
mod man;
mod manifest;
mod output;
mod picture;
mod read;
mod report;
mod revoke;
mod secret;
mod stream;
mod table;
mod verify;
mod walk;
mod write;

use std::ffi::OsString;
use std::process::ExitCode;

use permit_words::Words;

use crate::exit::Exit;
use crate::fault::Fault;
use crate::output::Output;

/// What every subcommand is given.
#[derive(Debug)]
pub(crate) struct Desk {
    /// The language of this run.
    pub(crate) words: Words,
    /// Where to print.
    pub(crate) out: Output,
}

fn main() -> ExitCode {
    let args: Vec<OsString> = std::env::args_os().collect();
    let desk = Desk { words: Words::new(lang::choose(&args)), out: Output };
    interrupt::arm();
    let done = help::parse(&args, &desk).and_then(|cli| cli.task.run(&desk));
    let exit = done.unwrap_or_else(|fault| {
        desk.out.fault(&fault, &desk.words);
        fault.exit()
    });
    exit.into()
}

//! From the command line to a running terminal.

mod args;
mod enrol;
mod exit;
mod fault;
mod feed;
mod help;
mod lanes;
mod logs;
mod output;
mod pins;
mod screen;
mod start;
mod trust;

use std::ffi::OsString;

use permit_words::Words;

use self::exit::Exit;
use self::help::Asked;

pub(crate) fn main() -> Exit {
    let args: Vec<OsString> = std::env::args_os().collect();
    let words = Words::new(args::language(&args));
    logs::begin();
    let done = help::parse(&args, &words).and_then(|asked| match asked {
        Asked::Terminal(args) => start::run(&args, &words),
        Asked::Completions(shell) => help::complete(shell, &words),
        Asked::Manual(folder) => help::manual(folder.as_deref(), &words),
    });
    done.unwrap_or_else(|fault| {
        output::fault(&fault, &words);
        fault.exit()
    })
}

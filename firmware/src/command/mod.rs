//! From the command line to a running terminal.

mod args;
mod exit;
mod fault;
mod feed;
mod help;
mod logs;
mod moment;
mod output;
mod pins;
mod start;

use std::ffi::OsString;

use permit_words::Words;

use self::exit::Exit;

pub(crate) fn main() -> Exit {
    let args: Vec<OsString> = std::env::args_os().collect();
    let words = Words::new(args::language(&args));
    logs::begin();
    let done = help::parse(&args, &words).and_then(|args| start::run(&args, &words));
    done.unwrap_or_else(|fault| {
        output::fault(&fault, &words);
        fault.exit()
    })
}

//! `permit man`: the manual, one page a subcommand.

use std::path::PathBuf;

use clap::CommandFactory as _;

use crate::args::Cli;
use crate::output::Line;
use crate::{Desk, Exit, Fault, help, write};

/// Its command line.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// Writes every page into a folder, or prints the first one.
pub(crate) fn run(args: &Args, desk: &Desk) -> Result<Exit, Fault> {
    let source = concat!("permit ", env!("CARGO_PKG_VERSION"));
    let pages = help::usage(&desk.words).manual(Cli::command(), source).map_err(Fault::screen)?;
    match &args.out {
        None => {
            for (_, page) in pages.iter().take(1) {
                desk.out.bytes(page)?;
            }
        }
        Some(folder) => {
            write::folder(folder)?;
            for (name, page) in pages {
                let path = folder.join(name);
                write::whole(&path, &page)?;
                desk.out.line(&Line::new().plain(&path.display().to_string()))?;
            }
        }
    }
    Ok(Exit::Good)
}

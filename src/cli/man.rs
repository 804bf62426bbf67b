//! `permit man`: the manual, one page a subcommand.

use std::path::PathBuf;

use clap::Command;
use clap_mangen::Man;

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
    let mut command = help::command(&desk.words);
    command.build();
    match &args.out {
        None => desk.out.bytes(&page(&command)?)?,
        Some(folder) => {
            write::folder(folder)?;
            for (name, page) in pages(&command)? {
                let path = folder.join(name);
                write::whole(&path, &page)?;
                desk.out.line(&Line::new().plain(&path.display().to_string()))?;
            }
        }
    }
    Ok(Exit::Good)
}

/// The pages of a command and of everything below it, with their file names.
fn pages(command: &Command) -> Result<Vec<(String, Vec<u8>)>, Fault> {
    let mut all = vec![(Man::new(command.clone()).get_filename(), page(command)?)];
    for below in command.get_subcommands().filter(|below| !below.is_hide_set()) {
        all.extend(pages(below)?);
    }
    Ok(all)
}

fn page(command: &Command) -> Result<Vec<u8>, Fault> {
    let mut page = Vec::new();
    Man::new(command.clone().name(named(command))).render(&mut page).map_err(Fault::screen)?;
    Ok(page)
}

/// `permit-read`, as clap names the page of a subcommand.
fn named(command: &Command) -> String {
    command.get_display_name().unwrap_or_else(|| command.get_name()).to_owned()
}

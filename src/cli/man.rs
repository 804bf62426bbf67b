//! `permit man`: the manual, one page a subcommand.

use std::path::PathBuf;

use clap::Command;
use clap::builder::Resettable;
use clap_mangen::Man;
use permit_words::Words;

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
        None => desk.out.bytes(&page(&command, &desk.words)?)?,
        Some(folder) => {
            write::folder(folder)?;
            for (name, page) in pages(&command, &desk.words)? {
                let path = folder.join(name);
                write::whole(&path, &page)?;
                desk.out.line(&Line::new().plain(&path.display().to_string()))?;
            }
        }
    }
    Ok(Exit::Good)
}

/// The pages of a command and of everything below it, with their file names.
fn pages(command: &Command, words: &Words) -> Result<Vec<(String, Vec<u8>)>, Fault> {
    let mut all = vec![(Man::new(command.clone()).get_filename(), page(command, words)?)];
    for below in command.get_subcommands().filter(|below| !below.is_hide_set()) {
        all.extend(pages(below, words)?);
    }
    Ok(all)
}

/// One page, with the exit statuses at its end.
fn page(command: &Command, words: &Words) -> Result<Vec<u8>, Fault> {
    let command = command.clone().name(named(command)).after_help(Resettable::Reset);
    let source = concat!("permit ", env!("CARGO_PKG_VERSION"));
    let mut page = Vec::new();
    Man::new(command).source(source).render(&mut page).map_err(Fault::screen)?;
    page.extend(statuses(words).into_bytes());
    Ok(page)
}

/// The section on exit statuses, in roff. The words hold no character that roff would obey.
fn statuses(words: &Words) -> String {
    let entries =
        Exit::ALL.map(|exit| format!(".TP\n{}\n{}\n", exit.status(), words.get(exit.id())));
    format!(".SH {}\n{}", words.get("heading-exit"), entries.concat())
}

/// `permit-read`, as clap names the page of a subcommand.
fn named(command: &Command) -> String {
    command.get_display_name().unwrap_or_else(|| command.get_name()).to_owned()
}

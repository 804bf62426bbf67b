//! Help and complaints about the command line, in three languages; completions and the manual.
//!
//! [`permit_words::usage`] says everything; here it is told what this command's messages are called: `reader-help-camera`
//! and the like. A test holds every argument to its message.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::error::ErrorKind;
use clap::{Arg, ArgMatches, Command, CommandFactory as _, FromArgMatches as _, value_parser};
use clap_complete::Shell;
use permit_words::Words;
use permit_words::usage::{self, Usage};

use super::args::Args;
use super::exit::Exit;
use super::fault::Fault;
use super::output;

/// What a command line asks for.
#[derive(Debug)]
pub(crate) enum Asked {
    /// To be a terminal, or what belongs to one.
    Terminal(Box<Args>),
    /// The completion script of a shell.
    Completions(Shell),
    /// The manual, into a folder or on the screen.
    Manual(Option<PathBuf>),
}

/// Parses the command line, or prints help, or says what is wrong with it.
pub(crate) fn parse(args: &[OsString], words: &Words) -> Result<Asked, Fault> {
    let mut command = usage(words).worded(command());
    let parsed = command.try_get_matches_from_mut(args).and_then(|matches| meant(&matches));
    parsed.map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            output::text(&usage(words).spoken(&error.render()));
            Fault::quiet(Exit::Good)
        }
        _ => {
            let asked = usage::asked(args, &command);
            let next = words.with("usage-help", &[("command", asked.into())]);
            output::complain(&usage(words).complaint(&error), &next, words);
            Fault::quiet(Exit::Usage)
        }
    })
}

/// Prints what a shell needs to complete the command line.
pub(crate) fn complete(shell: Shell, words: &Words) -> Result<Exit, Fault> {
    let mut script = Vec::new();
    let mut command = usage(words).worded(command());
    clap_complete::generate(shell, &mut command, "permit-reader", &mut script);
    output::bytes(&script)?;
    Ok(Exit::Good)
}

/// Writes every page of the manual into a folder, or prints the first one.
pub(crate) fn manual(folder: Option<&Path>, words: &Words) -> Result<Exit, Fault> {
    let source = concat!("permit-reader ", env!("CARGO_PKG_VERSION"));
    let cannot = |path: &Path, cause: std::io::Error| {
        Fault::new(Exit::Unwritable, "fault-write").at(path).with("cause", cause)
    };
    let pages = usage(words).manual(command(), source);
    let pages = pages.map_err(|cause| cannot(Path::new("-"), cause))?;
    let Some(folder) = folder else {
        return pages.first().map_or(Ok(()), |(_, page)| output::bytes(page)).map(|()| Exit::Good);
    };
    std::fs::create_dir_all(folder).map_err(|cause| cannot(folder, cause))?;
    for (name, page) in pages {
        let path = folder.join(name);
        std::fs::write(&path, page).map_err(|cause| cannot(&path, cause))?;
    }
    Ok(Exit::Good)
}

/// What is meant by matches that were accepted.
fn meant(matches: &ArgMatches) -> Result<Asked, clap::Error> {
    match matches.subcommand() {
        Some(("completions", below)) => below
            .get_one("shell")
            .map(|shell| Asked::Completions(*shell))
            .ok_or_else(|| clap::Error::new(ErrorKind::MissingRequiredArgument)),
        Some((_, below)) => Ok(Asked::Manual(below.get_one("out").cloned())),
        None => Args::from_arg_matches(matches).map(|args| Asked::Terminal(Box::new(args))),
    }
}

/// The command line, with what is no terminal beside it.
fn command() -> Command {
    let shell = Arg::new("shell").required(true).value_parser(value_parser!(Shell));
    let out = Arg::new("out").long("out").value_parser(value_parser!(PathBuf));
    Args::command()
        .subcommand_negates_reqs(true)
        .args_conflicts_with_subcommands(true)
        .disable_help_subcommand(true)
        .subcommand(Command::new("completions").arg(shell))
        .subcommand(Command::new("man").arg(out))
}

/// What this command's messages are called.
fn usage(words: &Words) -> Usage<'_> {
    let statuses = Exit::ALL.map(|exit| (exit.status(), exit.id()));
    Usage { words, root: "reader-help", below: "help", statuses: statuses.into() }
}

#[cfg(test)]
mod tests {
    use permit_words::Lang;

    use super::*;

    #[test]
    fn every_argument_has_help_in_each_language_and_no_help_is_left_over() {
        let mut known = Vec::new();
        for lang in Lang::ALL {
            let words = Words::new(lang);
            known = usage(&words).ids(&command());
            for id in &known {
                assert_ne!(&words.get(id), id, "{lang}");
            }
            usage(&words).worded(command()).debug_assert();
        }
        for id in permit_words::ids().filter(|id| id.starts_with("reader-help")) {
            assert!(known.iter().any(|known| known == id), "nothing is called {id}");
        }
    }

    #[test]
    fn a_terminal_needs_a_board_and_the_manual_none() {
        let words = Words::new(Lang::En);
        let parse = |line: &str| {
            let args: Vec<OsString> = line.split(' ').map(OsString::from).collect();
            parse(&args, &words)
        };
        assert!(matches!(
            parse("permit-reader completions zsh"),
            Ok(Asked::Completions(Shell::Zsh))
        ));
        assert!(matches!(parse("permit-reader man"), Ok(Asked::Manual(None))));
        let folder = Path::new("here");
        assert!(
            matches!(parse("permit-reader man --out here"), Ok(Asked::Manual(Some(it))) if it == folder)
        );
        assert!(matches!(parse("permit-reader --board sim --camera none"), Ok(Asked::Terminal(_))));
        for line in ["permit-reader", "permit-reader --board sim", "permit-reader completions"] {
            assert!(matches!(parse(line), Err(fault) if fault.exit() == Exit::Usage), "{line}");
        }
    }

    #[test]
    fn the_manual_names_every_argument() {
        let pages = usage(&Words::new(Lang::En)).manual(command(), "permit-reader").unwrap();
        let names: Vec<&str> = pages.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(
            names,
            ["permit-reader.1", "permit-reader-completions.1", "permit-reader-man.1"]
        );
        let page = String::from_utf8_lossy(&pages[0].1).replace('\\', "");
        for argument in Args::command().get_arguments().filter_map(Arg::get_long) {
            assert!(page.contains(&format!("--{argument}")), "{argument}");
        }
    }
}

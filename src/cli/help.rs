//! The command line in three languages: help, and complaints about what was typed.
//!
//! [`permit_words::usage`] says everything; here it is told what this command's messages are called. A test holds every
//! visible command and argument to a message in each language.

use std::ffi::OsString;

use clap::error::ErrorKind;
use clap::{Command, CommandFactory as _, FromArgMatches as _};
pub(crate) use permit_words::Unfit;
use permit_words::Words;
use permit_words::usage::{self, Usage};

use crate::args::Cli;
use crate::{Desk, Exit, Fault};

/// Parses the command line, or prints help, or says what is wrong with it.
pub(crate) fn parse(args: &[OsString], desk: &Desk) -> Result<Cli, Fault> {
    let mut command = command(&desk.words);
    let usage = usage(&desk.words);
    let parsed =
        command.try_get_matches_from_mut(args).and_then(|matches| Cli::from_arg_matches(&matches));
    parsed.map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let text = usage.spoken(&error.render());
            desk.out.text(&text).map_or_else(|fault| fault, |()| Fault::quiet(Exit::Good))
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            desk.out.aside(&usage.spoken(&error.render()));
            Fault::quiet(Exit::Usage)
        }
        _ => {
            let asked = usage::asked(args, &command);
            let next = desk.words.with("usage-help", &[("command", asked.into())]);
            desk.out.complain(&usage.complaint(&error), &next, &desk.words);
            Fault::quiet(Exit::Usage)
        }
    })
}

/// The whole command with its help in one language.
pub(crate) fn command(words: &Words) -> Command {
    let command = usage(words).worded(Cli::command());
    if !cfg!(feature = "pdf") {
        return command;
    }
    let kinds = words.get("read-paths-pdf");
    command.mut_subcommand("read", |read| read.mut_arg("paths", |paths| paths.help(kinds)))
}

/// What this command's messages are called.
pub(crate) fn usage(words: &Words) -> Usage<'_> {
    let statuses = Exit::ALL.map(|exit| (exit.status(), exit.id()));
    Usage { words, root: "help-permit", below: "help", statuses: statuses.into() }
}

#[cfg(test)]
mod tests {
    use permit_words::Lang;

    use super::*;

    #[test]
    fn everything_visible_has_help_in_each_language() {
        for lang in Lang::ALL {
            let words = Words::new(lang);
            for id in usage(&words).ids(&Cli::command()) {
                let help = words.get(&id);
                assert_ne!(help, id, "{lang} has no {id}");
                assert!(!help.ends_with('.'), "{lang} {id}: help is a phrase, without a full stop");
            }
        }
    }

    #[test]
    fn no_help_without_its_argument() {
        let mut known = usage(&Words::new(Lang::En)).ids(&Cli::command());
        let always = ["help-may-be", "help-default", "help-flag-help", "help-flag-version"];
        known.extend(always.map(str::to_owned));
        for id in permit_words::ids().filter(|id| id.starts_with("help-")) {
            assert!(known.iter().any(|known| known == id), "nothing is called {id}");
        }
    }

    #[test]
    fn the_command_line_is_sound() {
        for lang in Lang::ALL {
            command(&Words::new(lang)).debug_assert();
        }
    }
}

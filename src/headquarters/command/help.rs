//! Help and complaints about the command line, in three languages.

use std::ffi::OsString;

use clap::{Command, CommandFactory as _, FromArgMatches as _, error::ErrorKind};
use permit_words::{
    Words,
    usage::{self, Usage},
};

use super::{args::Cli, exit::Exit, fault::Fault, output};

/// Parses the command line, or prints help, or says what is wrong with it.
pub(crate) fn parse(args: &[OsString], words: &Words) -> Result<Cli, Fault> {
    let mut command = command(words);
    let parsed =
        command.try_get_matches_from_mut(args).and_then(|matches| Cli::from_arg_matches(&matches));
    parsed.map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            output::text(&usage(words).spoken(&error.render()));
            Fault::quiet(Exit::Good)
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            output::aside(&usage(words).spoken(&error.render()));
            Fault::quiet(Exit::Usage)
        }
        _ => {
            let asked = usage::asked(args, &command);
            let next = words.with("usage-help", &[("command", asked.into())]);
            output::complain(&usage(words).complaint(&error), &next, words);
            Fault::quiet(Exit::Usage)
        }
    })
}

fn command(words: &Words) -> Command {
    usage(words).worded(Cli::command())
}

/// What this command's messages are called.
fn usage(words: &Words) -> Usage<'_> {
    let statuses = Exit::ALL.map(|exit| (exit.status(), exit.id()));
    Usage {
        words,
        root: "headquarters-help-command",
        below: "headquarters-help",
        statuses: statuses.into(),
    }
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
            known = usage(&words).ids(&Cli::command());
            for id in &known {
                assert_ne!(&words.get(id), id, "{lang}");
            }
            command(&words).debug_assert();
        }
        for id in permit_words::ids().filter(|id| id.starts_with("headquarters-help")) {
            assert!(known.iter().any(|known| known == id), "nothing is called {id}");
        }
    }
}

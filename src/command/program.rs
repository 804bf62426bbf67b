//! From the command line to what a program does: its language, its help, its end.

use std::ffi::OsString;

use clap::{Command, CommandFactory, FromArgMatches, error::ErrorKind};
use permit_words::{
    Lang, Words,
    usage::{self, Usage},
};

use crate::{Exit, Fault, output};

/// A program with a command line.
#[derive(Clone, Copy, Debug)]
pub struct Program {
    /// What it is called, before what is wrong.
    pub name: &'static str,
    /// The message about it ([`Usage::root`]).
    pub root: &'static str,
    /// What its subcommands' messages are called after ([`Usage::below`]).
    pub below: &'static str,
}

impl Program {
    /// Does what the command line asks, and says why if it is not done.
    pub fn run<C: CommandFactory + FromArgMatches>(
        &self,
        task: impl FnOnce(&C, &Words) -> Result<Exit, Fault>,
    ) -> Exit {
        let args: Vec<OsString> = std::env::args_os().collect();
        let words = Words::new(language(&args));
        let done = self.parse(&args, &words).and_then(|cli| task(&cli, &words));
        done.unwrap_or_else(|fault| {
            if let Some((what, next)) = fault.say(&words) {
                output::complain(self.name, &what, &next, &words);
            }
            fault.exit()
        })
    }

    /// Parses the command line, or prints help, or says what is wrong with it.
    fn parse<C: CommandFactory + FromArgMatches>(
        &self,
        args: &[OsString],
        words: &Words,
    ) -> Result<C, Fault> {
        let usage = self.usage(words);
        let mut command = usage.worded(C::command());
        let parsed = command
            .try_get_matches_from_mut(args)
            .and_then(|matches| C::from_arg_matches(&matches));
        parsed.map_err(|error| match error.kind() {
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
                output::text(&usage.spoken(&error.render()));
                Fault::quiet(Exit::Good)
            }
            ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
                output::aside(&usage.spoken(&error.render()));
                Fault::quiet(Exit::Usage)
            }
            _ => {
                let asked = usage::asked(args, &command);
                let next = words.with("usage-help", &[("command", asked.into())]);
                output::complain(self.name, &usage.complaint(&error), &next, words);
                Fault::quiet(Exit::Usage)
            }
        })
    }

    fn usage<'w>(&self, words: &'w Words) -> Usage<'w> {
        let statuses = Exit::ALL.map(|exit| (exit.status(), exit.id()));
        Usage { words, root: self.root, below: self.below, statuses: statuses.into() }
    }

    /// Messages that the help lacks in a language, and messages of help that nothing is called; for the program's tests.
    ///
    /// # Panics
    ///
    /// When the command line contradicts itself (clap's own assertions).
    #[must_use]
    pub fn amiss(&self, command: &Command) -> Vec<String> {
        let mut amiss = Vec::new();
        let mut known = Vec::new();
        for lang in Lang::ALL {
            let words = Words::new(lang);
            let usage = self.usage(&words);
            known = usage.ids(command);
            amiss.extend(known.iter().filter(|id| words.get(id) == **id).cloned());
            usage.worded(command.clone()).debug_assert();
        }
        let called = permit_words::ids().filter(|id| id.starts_with(self.below));
        amiss.extend(called.filter(|id| !known.iter().any(|known| known == id)).map(Into::into));
        amiss
    }
}

/// `--lang`, else the first locale of the system that is one of ours, else English: before anything is parsed, because
/// complaints are spoken too.
fn language(args: &[OsString]) -> Lang {
    let args: Vec<String> = args.iter().map(|arg| arg.to_string_lossy().into_owned()).collect();
    let after = args.iter().position(|arg| arg == "--lang").and_then(|at| args.get(at + 1));
    let joined = args.iter().find_map(|arg| arg.strip_prefix("--lang="));
    let asked = after.map(String::as_str).or(joined).and_then(Lang::parse);
    asked
        .or_else(|| sys_locale::get_locales().find_map(|name| Lang::parse(&name)))
        .unwrap_or(Lang::En)
}

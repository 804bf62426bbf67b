//! The command line in three languages: help, and complaints about what was typed.
//!
//! clap derives names and types from the code; every sentence is put in here from messages named after them:
//! `help-read` for a subcommand, `help-read-paths` for one of its arguments, `help-permit-lang` for an argument that
//! every subcommand takes. Attributes: `.more` for the long help, `.value` for the name of the value. A test holds every visible command and argument to a message in each language.

use core::fmt;
use std::ffi::OsString;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, CommandFactory as _, FromArgMatches as _};
use permit_words::{Lang, Value, Words};

use crate::args::Cli;
use crate::{Desk, Exit, Fault};

/// Parses the command line, or prints help, or says what is wrong with it.
pub(crate) fn parse(args: &[OsString], desk: &Desk) -> Result<Cli, Fault> {
    let mut command = command(&desk.words);
    let parsed =
        command.try_get_matches_from_mut(args).and_then(|matches| Cli::from_arg_matches(&matches));
    parsed.map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let text = spoken(&error.render(), &desk.words);
            desk.out.text(&text).map_or_else(|fault| fault, |()| Fault::quiet(Exit::Good))
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            desk.out.aside(&spoken(&error.render(), &desk.words));
            Fault::quiet(Exit::Usage)
        }
        _ => {
            let next = desk.words.with("usage-help", &[("command", asked(args, &command).into())]);
            desk.out.complain(&complaint(&error, &desk.words), &next, &desk.words);
            Fault::quiet(Exit::Usage)
        }
    })
}

/// The whole command with its help in one language.
pub(crate) fn command(words: &Words) -> Command {
    worded(Cli::command(), "help-permit", words)
}

/// A value that a parser of ours does not accept; the text is the id of a message that says what it should be.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Unfit(pub(crate) &'static str);

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl core::error::Error for Unfit {}

fn worded(command: Command, id: &str, words: &Words) -> Command {
    let about = words.get(id);
    let mut command = command
        .long_about(longer(&about, id, words))
        .about(about)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .help_template(format!(
            "{{about-with-newline}}\n{}\n  {{usage}}\n\n{{all-args}}{{after-help}}",
            title("heading-usage", words)
        ))
        .subcommand_help_heading(words.get("heading-commands"))
        .subcommand_value_name(words.get("heading-command"));
    let root = id == "help-permit";
    if root {
        command = command.after_help(statuses(words));
    }
    command = command.mut_args(|arg| argument(arg, id, words)).arg(flag(
        "help",
        'h',
        ArgAction::Help,
        words,
    ));
    if root {
        command = command.arg(flag("version", 'V', ArgAction::Version, words));
    }
    command.mut_subcommands(|below| {
        let id = if root {
            format!("help-{}", below.get_name())
        } else {
            format!("{id}-{}", below.get_name())
        };
        worded(below, &id, words)
    })
}

fn argument(arg: Arg, command: &str, words: &Words) -> Arg {
    let id = argument_id(&arg, command);
    let help = words.get(&id) + &values(&arg, words);
    let heading = if arg.is_positional() { "heading-arguments" } else { "heading-options" };
    let name = words.find(&format!("{id}.value"), &[]);
    let takes = arg.get_action().takes_values();
    let arg = arg
        .long_help(longer(&help, &id, words))
        .help(help)
        .help_heading(words.get(heading))
        .hide_possible_values(takes)
        .hide_default_value(takes);
    let arg = if arg.is_global_set() { arg.display_order(LAST) } else { arg };
    match name {
        Some(name) if takes => arg.value_name(name),
        _ => arg,
    }
}

fn argument_id(arg: &Arg, command: &str) -> String {
    let owner = if arg.is_global_set() { "help-permit" } else { command };
    format!("{owner}-{}", arg.get_id().as_str().replace('_', "-"))
}

/// What every subcommand takes stands below what is its own.
const LAST: usize = 900;

/// The values an argument may have and the one it has when left out, which clap would word in English.
fn values(arg: &Arg, words: &Words) -> String {
    let mut text = String::new();
    if !arg.get_action().takes_values() {
        return text;
    }
    let may: Vec<String> =
        arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
    if !may.is_empty() {
        text += &words.with("help-may-be", &[("values", may.join(", ").into())]);
    }
    let default: Vec<String> =
        arg.get_default_values().iter().map(|value| value.to_string_lossy().into()).collect();
    if !default.is_empty() {
        text += &words.with("help-default", &[("value", default.join(", ").into())]);
    }
    text
}

fn flag(name: &'static str, short: char, action: ArgAction, words: &Words) -> Arg {
    Arg::new(name)
        .short(short)
        .long(name)
        .action(action)
        .help(words.get(&format!("help-flag-{name}")))
        .display_order(LAST + 1)
        .help_heading(words.get("heading-options"))
}

/// What each exit status means.
fn statuses(words: &Words) -> String {
    let lines = Exit::ALL.map(|exit| format!("  {:<4} {}", exit.status(), words.get(exit.id())));
    format!("{}\n{}", title("heading-exit", words), lines.join("\n"))
}

fn longer(short: &str, id: &str, words: &Words) -> String {
    match words.find(&format!("{id}.more"), &[]) {
        None => short.to_owned(),
        Some(more) => format!("{short}\n\n{}", reflowed(&more, words.lang())),
    }
}

/// Paragraphs on one line each: the terminal's width breaks them, not that of the message file.
fn reflowed(text: &str, lang: Lang) -> String {
    let space = if lang == Lang::Zh { "" } else { " " };
    let paragraphs =
        text.split("\n\n").map(|paragraph| paragraph.lines().collect::<Vec<_>>().join(space));
    paragraphs.collect::<Vec<_>>().join("\n\n")
}

fn title(id: &str, words: &Words) -> String {
    let style = clap::builder::Styles::styled().get_header().to_owned();
    format!("{style}{}:{style:#}", words.get(id))
}

/// clap's own text, with the one word of it that no setting reaches.
fn spoken(text: &StyledStr, words: &Words) -> String {
    text.ansi().to_string().replace("[OPTIONS]", &format!("[{}]", words.get("usage-options")))
}

/// What is wrong with the command line.
fn complaint(error: &clap::Error, words: &Words) -> String {
    let argument = context(error, ContextKind::InvalidArg);
    let value = context(error, ContextKind::InvalidValue);
    let values: &[(&str, Value<'_>)] =
        &[("argument", (&argument).into()), ("value", (&value).into())];
    match error.kind() {
        ErrorKind::UnknownArgument => {
            words.with("usage-unknown", values)
                + &suggestion(error, ContextKind::SuggestedArg, words)
        }
        ErrorKind::InvalidSubcommand => {
            let name = context(error, ContextKind::InvalidSubcommand);
            words.with("usage-subcommand", &[("value", (&name).into())])
                + &suggestion(error, ContextKind::SuggestedSubcommand, words)
        }
        ErrorKind::MissingSubcommand => words.get("usage-no-subcommand"),
        ErrorKind::MissingRequiredArgument => words.with("usage-missing", values),
        ErrorKind::InvalidValue if value.is_empty() => words.with("usage-no-value", values),
        ErrorKind::InvalidValue => {
            let may = context(error, ContextKind::ValidValue);
            words.with("usage-value", values)
                + &words.with("help-may-be", &[("values", may.into())])
        }
        ErrorKind::ValueValidation => words.with("usage-value", values) + &unfit(error, words),
        ErrorKind::ArgumentConflict => {
            let other = context(error, ContextKind::PriorArg);
            words.with("usage-conflict", &[("argument", argument.into()), ("other", other.into())])
        }
        ErrorKind::NoEquals | ErrorKind::TooFewValues => words.with("usage-no-value", values),
        ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues => {
            words.with("usage-too-many", values)
        }
        ErrorKind::InvalidUtf8 => words.get("usage-utf8"),
        _ => words.get("usage-other"),
    }
}

fn suggestion(error: &clap::Error, kind: ContextKind, words: &Words) -> String {
    match context(error, kind) {
        none if none.is_empty() => none,
        meant => words.with("usage-meant", &[("value", meant.into())]),
    }
}

fn unfit(error: &clap::Error, words: &Words) -> String {
    let source = core::error::Error::source(error);
    match source.map(|source| source.downcast_ref::<Unfit>().ok_or(source)) {
        Some(Ok(unfit)) => words.get(unfit.0),
        Some(Err(other)) => words.with("unfit-other", &[("said", other.to_string().into())]),
        None => String::new(),
    }
}

fn context(error: &clap::Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        Some(ContextValue::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

/// The command whose help answers: `permit read` for a complaint about `permit read`.
fn asked(args: &[OsString], command: &Command) -> String {
    let mut name = "permit".to_owned();
    let mut at = command;
    for below in args.iter().skip(1) {
        if let Some(found) = at.find_subcommand(below) {
            name = format!("{name} {}", found.get_name());
            at = found;
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every(command: &Command, id: &str, check: &mut dyn FnMut(&str)) {
        check(id);
        for arg in command.get_arguments().filter(|arg| !arg.is_hide_set()) {
            check(&argument_id(arg, id));
        }
        for below in command.get_subcommands().filter(|below| !below.is_hide_set()) {
            let id = if id == "help-permit" {
                format!("help-{}", below.get_name())
            } else {
                format!("{id}-{}", below.get_name())
            };
            every(below, &id, check);
        }
    }

    #[test]
    fn everything_visible_has_help_in_each_language() {
        for lang in Lang::ALL {
            let words = Words::new(lang);
            every(&Cli::command(), "help-permit", &mut |id| {
                let help = words.get(id);
                assert_ne!(help, id, "{lang} has no {id}");
                assert!(!help.ends_with('.'), "{lang} {id}: help is a phrase, without a full stop");
            });
        }
    }

    #[test]
    fn no_help_without_its_argument() {
        let mut known = vec![
            "help-may-be".to_owned(),
            "help-default".into(),
            "help-flag-help".into(),
            "help-flag-version".into(),
        ];
        every(&Cli::command(), "help-permit", &mut |id| known.push(id.to_owned()));
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

//! Help and complaints about the command line, in three languages.
//!
//! clap knows names and types; every sentence is a message named after its argument: `reader-help-camera`, with `.more`
//! for the long help and `.value` for the name of the value. A test holds every argument to its message.

use core::fmt;
use std::ffi::OsString;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, CommandFactory as _, FromArgMatches as _};
use permit_words::{Lang, Value, Words};

use super::args::Args;
use super::exit::Exit;
use super::fault::Fault;
use super::output;

/// Parses the command line, or prints help, or says what is wrong with it.
pub(crate) fn parse(args: &[OsString], words: &Words) -> Result<Args, Fault> {
    let mut command = command(words);
    let parsed =
        command.try_get_matches_from_mut(args).and_then(|matches| Args::from_arg_matches(&matches));
    parsed.map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            output::text(&spoken(&error.render(), words));
            Fault::quiet(Exit::Good)
        }
        _ => {
            let next = words.with("usage-help", &[("command", "permit-reader".into())]);
            output::complain(&complaint(&error, words), &next, words);
            Fault::quiet(Exit::Usage)
        }
    })
}

/// A value that does not fit; the text is the id of a message that says what it should be.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Unfit(pub(crate) &'static str);

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl core::error::Error for Unfit {}

fn command(words: &Words) -> Command {
    let about = words.get("reader-help");
    Args::command()
        .long_about(longer(&about, "reader-help", words))
        .about(about)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .help_template(format!(
            "{{about-with-newline}}\n{}:\n  {{usage}}\n\n{{all-args}}{{after-help}}",
            words.get("heading-usage")
        ))
        .after_help(statuses(words))
        .mut_args(|arg| argument(arg, words))
        .arg(flag("help", 'h', ArgAction::Help, words))
        .arg(flag("version", 'V', ArgAction::Version, words))
}

fn argument(arg: Arg, words: &Words) -> Arg {
    let id = format!("reader-help-{}", arg.get_id());
    let takes = arg.get_action().takes_values();
    let help = words.get(&id) + if takes { values(&arg, words) } else { String::new() }.as_str();
    let name = words.find(&format!("{id}.value"), &[]);
    let arg = arg
        .long_help(longer(&help, &id, words))
        .help(help)
        .help_heading(words.get("heading-options"))
        .hide_possible_values(takes)
        .hide_default_value(takes);
    match name {
        Some(name) if takes => arg.value_name(name),
        _ => arg,
    }
}

/// The values an argument may have and the one it has when left out, which clap would word in English.
fn values(arg: &Arg, words: &Words) -> String {
    let may: Vec<String> =
        arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
    let default: Vec<String> =
        arg.get_default_values().iter().map(|value| value.to_string_lossy().into()).collect();
    let mut text = String::new();
    if !may.is_empty() {
        text += &words.with("help-may-be", &[("values", may.join(", ").into())]);
    }
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
        .help_heading(words.get("heading-options"))
}

fn statuses(words: &Words) -> String {
    let lines = Exit::ALL.map(|exit| format!("  {:<4} {}", exit.status(), words.get(exit.id())));
    format!("{}:\n{}", words.get("heading-exit"), lines.join("\n"))
}

fn longer(short: &str, id: &str, words: &Words) -> String {
    let space = if words.lang() == Lang::Zh { "" } else { " " };
    match words.find(&format!("{id}.more"), &[]) {
        None => short.to_owned(),
        Some(more) => format!("{short}\n\n{}", more.lines().collect::<Vec<_>>().join(space)),
    }
}

fn spoken(text: &StyledStr, words: &Words) -> String {
    text.to_string().replace("[OPTIONS]", &format!("[{}]", words.get("usage-options")))
}

fn complaint(error: &clap::Error, words: &Words) -> String {
    let argument = context(error, ContextKind::InvalidArg);
    let value = context(error, ContextKind::InvalidValue);
    let values: &[(&str, Value<'_>)] =
        &[("argument", (&argument).into()), ("value", (&value).into())];
    match error.kind() {
        ErrorKind::UnknownArgument => words.with("usage-unknown", values),
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
        ErrorKind::InvalidUtf8 => words.get("usage-utf8"),
        _ => words.get("usage-other"),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_argument_has_help_in_each_language_and_no_help_is_left_over() {
        let mut known = vec!["reader-help".to_owned()];
        known.extend(
            Args::command().get_arguments().map(|arg| format!("reader-help-{}", arg.get_id())),
        );
        for lang in Lang::ALL {
            let words = Words::new(lang);
            for id in &known {
                assert_ne!(&words.get(id), id, "{lang}");
            }
            command(&words).debug_assert();
        }
        for id in permit_words::ids().filter(|id| id.starts_with("reader-help")) {
            assert!(known.iter().any(|known| known == id), "nothing is called {id}");
        }
    }
}

//! What a command line says of itself: help, complaints, the manual.
//!
//! clap derives names and types from the code; every sentence is put in here from messages named after them:
//! `help-read` for a subcommand, `help-read-paths` for one of its arguments. Attributes: `.more` for the long help,
//! `.value` for the name of the value. It parses nothing, prints nothing and knows no command by name.

use std::ffi::OsString;
use std::io;

use clap::builder::{Resettable, StyledStr};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command};
use clap_mangen::Man;

use crate::{Lang, Unfit, Value, Words};

/// How a command's messages are called, and in which language they are said.
#[derive(Debug, Clone)]
pub struct Usage<'a> {
    /// The language.
    pub words: &'a Words,
    /// The message about the command itself; its own arguments, and those that every subcommand takes, are called after
    /// it, as in `help-permit-lang`.
    pub root: &'static str,
    /// What its subcommands are called after, as in `help-read`.
    pub below: &'static str,
    /// The numbers a shell may see, each with the message that says what it means.
    pub statuses: Vec<(u8, &'static str)>,
}

impl Usage<'_> {
    /// The command with its help.
    #[must_use]
    pub fn worded(&self, command: Command) -> Command {
        self.command(command, self.root)
    }

    /// The messages that everything visible of a command has to have.
    #[must_use]
    pub fn ids(&self, command: &Command) -> Vec<String> {
        let mut ids = Vec::new();
        self.collect(command, self.root, &mut ids);
        ids
    }

    /// What clap has to say, with the one word of it that no setting reaches.
    #[must_use]
    pub fn spoken(&self, text: &StyledStr) -> String {
        let options = format!("[{}]", self.words.get("usage-options"));
        text.ansi().to_string().replace("[OPTIONS]", &options)
    }

    /// What is wrong with a command line.
    #[must_use]
    pub fn complaint(&self, error: &clap::Error) -> String {
        complaint(error, self.words)
    }

    /// The manual, one page a command, the command's own first: file names and roff.
    ///
    /// # Errors
    ///
    /// When a page cannot be written to memory.
    pub fn manual(&self, command: Command, source: &str) -> io::Result<Vec<(String, Vec<u8>)>> {
        let mut command = self.worded(command);
        command.build();
        self.pages(&command, source)
    }

    fn pages(&self, command: &Command, source: &str) -> io::Result<Vec<(String, Vec<u8>)>> {
        let name = Man::new(command.clone()).get_filename();
        let mut all = vec![(name, self.page(command, source)?)];
        for below in command.get_subcommands().filter(|below| !below.is_hide_set()) {
            all.extend(self.pages(below, source)?);
        }
        Ok(all)
    }

    /// One page, with the exit statuses at its end. The words hold no character that roff would obey.
    fn page(&self, command: &Command, source: &str) -> io::Result<Vec<u8>> {
        // `permit-read`, as clap names the page of a subcommand.
        let name = command.get_display_name().unwrap_or_else(|| command.get_name()).to_owned();
        let command = command.clone().name(name).after_help(Resettable::Reset);
        let mut page = Vec::new();
        Man::new(command).source(source).render(&mut page)?;
        page.extend(format!(".SH {}\n", self.words.get("heading-exit")).into_bytes());
        for (status, id) in &self.statuses {
            page.extend(format!(".TP\n{status}\n{}\n", self.words.get(id)).into_bytes());
        }
        Ok(page)
    }

    fn collect(&self, command: &Command, id: &str, ids: &mut Vec<String>) {
        ids.push(id.to_owned());
        let args = command.get_arguments().filter(|arg| !arg.is_hide_set());
        ids.extend(args.map(|arg| self.argument_id(arg, id)));
        for below in command.get_subcommands().filter(|below| !below.is_hide_set()) {
            self.collect(below, &self.below_id(below, id), ids);
        }
    }

    fn below_id(&self, below: &Command, id: &str) -> String {
        let owner = if id == self.root { self.below } else { id };
        format!("{owner}-{}", below.get_name())
    }

    fn argument_id(&self, arg: &Arg, command: &str) -> String {
        let owner = if arg.is_global_set() { self.root } else { command };
        format!("{owner}-{}", arg.get_id().as_str().replace('_', "-"))
    }

    fn command(&self, command: Command, id: &str) -> Command {
        let words = self.words;
        let about = words.get(id);
        let root = id == self.root;
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
            .subcommand_value_name(words.get("heading-command"))
            .mut_args(|arg| self.argument(arg, id))
            .arg(flag("help", 'h', ArgAction::Help, words));
        if root {
            let version = flag("version", 'V', ArgAction::Version, words);
            command = command.after_help(self.said_statuses()).arg(version);
        }
        command.mut_subcommands(|below| {
            let id = self.below_id(&below, id);
            self.command(below, &id)
        })
    }

    fn argument(&self, arg: Arg, command: &str) -> Arg {
        let words = self.words;
        let id = self.argument_id(&arg, command);
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

    /// What each exit status means.
    fn said_statuses(&self) -> String {
        let said = |(status, id): &(u8, &str)| format!("  {status:<4} {}", self.words.get(id));
        let lines: Vec<String> = self.statuses.iter().map(said).collect();
        format!("{}\n{}", title("heading-exit", self.words), lines.join("\n"))
    }
}

/// The command whose help answers: `permit read` for a complaint about `permit read`.
#[must_use]
pub fn asked(args: &[OsString], command: &Command) -> String {
    let mut name = command.get_name().to_owned();
    let mut at = command;
    for below in args.iter().skip(1) {
        if let Some(found) = at.find_subcommand(below) {
            name = format!("{name} {}", found.get_name());
            at = found;
        }
    }
    name
}

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

/// What every subcommand takes stands below what is its own.
const LAST: usize = 900;

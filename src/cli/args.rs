//! The command line: one variant a subcommand.
//!
//! No wording: names and types only. What `--help` says is looked up by these names in the words (see [`crate::help`]).

use clap::{Parser, Subcommand};
use permit_words::Lang;

use crate::{
    Desk, Exit, Fault, authority, bench, completions, demo, images, inspect, issue, journal, key,
    lang, man, read, revoke, verify,
};

/// The whole command line.
#[derive(Debug, Parser)]
#[command(name = "permit", version, arg_required_else_help = true, disable_help_subcommand = true)]
pub(crate) struct Cli {
    #[arg(long, global = true, value_parser = lang::parse)]
    lang: Option<Lang>,

    #[command(subcommand)]
    pub(crate) task: Task,
}

/// What to do. A new subcommand is a file with `Args` and `run`, a variant here and a line below.
#[derive(Debug, Subcommand)]
pub(crate) enum Task {
    Demo(demo::Args),
    Read(read::Args),
    Verify(verify::Args),
    Images(images::Args),
    Inspect(inspect::Args),
    Issue(issue::Args),
    Revoke(revoke::Args),
    Journal(journal::Args),
    Key(key::Args),
    Authority(authority::Args),
    Bench(bench::Args),
    Completions(completions::Args),
    Man(man::Args),
}

impl Task {
    /// Does it.
    pub(crate) fn run(self, desk: &Desk) -> Result<Exit, Fault> {
        match self {
            Self::Demo(args) => demo::run(&args, desk),
            Self::Read(args) => read::run(&args, desk),
            Self::Verify(args) => verify::run(&args, desk),
            Self::Images(args) => images::run(&args, desk),
            Self::Inspect(args) => inspect::run(&args, desk),
            Self::Issue(args) => issue::run(&args, desk),
            Self::Revoke(args) => revoke::run(&args, desk),
            Self::Journal(args) => journal::run(&args, desk),
            Self::Key(args) => key::run(&args, desk),
            Self::Authority(args) => authority::run(&args, desk),
            Self::Bench(args) => bench::run(&args, desk),
            Self::Completions(args) => completions::run(&args, desk),
            Self::Man(args) => man::run(&args, desk),
        }
    }
}

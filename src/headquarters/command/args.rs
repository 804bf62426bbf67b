//! The command line: one variant a subcommand. No wording.

use std::{ffi::OsString, path::PathBuf};

use clap::{Parser, Subcommand};
use permit_core::{PublicKey, Side};
use permit_report::Period;
use permit_words::{Lang, Unfit};

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "permit-headquarters",
    version,
    arg_required_else_help = true,
    disable_help_subcommand = true
)]
pub(crate) struct Cli {
    #[arg(long, global = true, value_parser = lang)]
    lang: Option<Lang>,

    #[arg(long, global = true, default_value = "permit-headquarters")]
    pub(crate) state: PathBuf,

    #[arg(long, global = true)]
    pub(crate) database: Option<String>,

    #[command(subcommand)]
    pub(crate) task: Task,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Task {
    Init(Init),
    Lists(Lists),
    Station(Station),
    Take(Take),
    Show,
    Heads(Sign),
    Passages(Sign),
    Report(Report),
    Verify(Verify),
    Check,
    Forget,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Init {
    #[arg(long, value_parser = side)]
    pub(crate) side: Side,

    #[arg(long)]
    pub(crate) bundle: PathBuf,

    #[arg(long)]
    pub(crate) root: PathBuf,

    #[arg(long, default_value_t = 480, allow_negative_numbers = true, value_parser = clap::value_parser!(i16).range(-900..=900))]
    pub(crate) offset: i16,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Lists {
    pub(crate) bundle: PathBuf,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Station {
    pub(crate) number: u16,

    #[arg(value_parser = key)]
    pub(crate) key: PublicKey,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Take {
    #[arg(required = true)]
    pub(crate) paths: Vec<PathBuf>,
}

/// Something that is signed and written into a file.
#[derive(Debug, clap::Args)]
pub(crate) struct Sign {
    #[arg(long)]
    pub(crate) key: PathBuf,

    #[arg(long)]
    pub(crate) passphrase_file: Option<PathBuf>,

    #[arg(long)]
    pub(crate) out: PathBuf,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Report {
    #[arg(value_parser = about)]
    pub(crate) about: About,

    #[arg(long, value_parser = month)]
    pub(crate) month: Option<Period>,

    #[arg(long)]
    pub(crate) incomplete: bool,

    #[arg(long, required = true)]
    pub(crate) to: Vec<String>,

    #[arg(long)]
    pub(crate) order: Vec<String>,

    #[arg(long)]
    pub(crate) specimen: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) sign: Sign,
}

/// What a report is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum About {
    Usage,
    Situation,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Verify {
    pub(crate) folder: PathBuf,

    #[arg(long)]
    pub(crate) bundle: Option<PathBuf>,

    #[arg(long)]
    pub(crate) root: Option<PathBuf>,
}

/// The language asked for, before anything is parsed: complaints are in it too.
pub(crate) fn language(args: &[OsString]) -> Lang {
    let args: Vec<String> = args.iter().map(|arg| arg.to_string_lossy().into_owned()).collect();
    let after = args.iter().position(|arg| arg == "--lang").and_then(|at| args.get(at + 1));
    let joined = args.iter().find_map(|arg| arg.strip_prefix("--lang="));
    let asked = after.map(String::as_str).or(joined).and_then(Lang::parse);
    asked
        .or_else(|| sys_locale::get_locales().find_map(|name| Lang::parse(&name)))
        .unwrap_or(Lang::En)
}

fn lang(text: &str) -> Result<Lang, Unfit> {
    Lang::parse(text).ok_or(Unfit("unfit-lang"))
}

fn side(text: &str) -> Result<Side, Unfit> {
    match text {
        "A" | "a" => Ok(Side::A),
        "B" | "b" => Ok(Side::B),
        _ => Err(Unfit("unfit-side")),
    }
}

fn about(text: &str) -> Result<About, Unfit> {
    match text {
        "usage" => Ok(About::Usage),
        "situation" => Ok(About::Situation),
        _ => Err(Unfit("unfit-report")),
    }
}

fn month(text: &str) -> Result<Period, Unfit> {
    text.parse().map_err(|_| Unfit("unfit-month"))
}

/// The value parser of a public key: 64 hexadecimal digits.
fn key(text: &str) -> Result<PublicKey, Unfit> {
    let unfit = || Unfit("unfit-terminal-key");
    let key: permit_signing::draft::Key = text.parse().map_err(|_| unfit())?;
    PublicKey::new(&key.0).map_err(|_| unfit())
}

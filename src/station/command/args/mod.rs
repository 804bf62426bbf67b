//! The command line: one variant a subcommand. No wording.

mod card;
mod case;

use core::net::SocketAddr;
use std::path::PathBuf;

use clap::{Parser, Subcommand};
use permit_command::value;
use permit_core::Day;
use permit_record::Role;
use permit_report::Period;
use permit_signing::draft::Date;
use permit_station::rules::{Ground, MatterKind, Step};
use permit_words::{Lang, Unfit};

pub(crate) use self::{
    card::{Format, Print, ReadBack, layout_name},
    case::{CaseArgs, CaseTask},
};

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "permit-station",
    version,
    arg_required_else_help = true,
    disable_help_subcommand = true
)]
pub(crate) struct Cli {
    #[arg(long, global = true, value_parser = value::lang)]
    lang: Option<Lang>,

    #[arg(long, global = true, default_value = "permit-desk")]
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
    Serve(Serve),
    Officer(OfficerArgs),
    Apply(Apply),
    Import(Import),
    Approve(Approve),
    Issue(Issue),
    Print(Print),
    ReadBack(ReadBack),
    Act(ActArgs),
    Correct(Correct),
    Renew(Follow),
    Amend(Follow),
    Refuse(Ending),
    Revoke(Ending),
    Lists(ListsArgs),
    Register(RegisterArgs),
    Delegate(Delegate),
    TakeUp(TakeUp),
    HandBack(HandBack),
    Merge(Merge),
    LetGo(LetGo),
    Show(Show),
    Case(CaseArgs),
    Matter(MatterArgs),
    Export(Export),
    Report(Report),
    Settings(SettingsArgs),
    Check(Check),
    Backup(Copy),
    Restore(Copy),
}

#[derive(Debug, clap::Args)]
pub(crate) struct Init {
    #[arg(long, conflicts_with_all = ["station", "bundle", "root", "first", "second"])]
    pub(crate) demo: bool,

    #[arg(long, required_unless_present = "demo")]
    pub(crate) station: Option<u16>,

    #[arg(long, required_unless_present = "demo")]
    pub(crate) bundle: Option<PathBuf>,

    #[arg(long, required_unless_present = "demo")]
    pub(crate) root: Option<PathBuf>,

    #[arg(long, required_unless_present = "demo")]
    pub(crate) first: Option<String>,

    #[arg(long, required_unless_present = "demo")]
    pub(crate) second: Option<String>,
}

impl Init {
    /// Of a demonstration.
    pub(crate) const fn demo() -> Self {
        Self { demo: true, station: None, bundle: None, root: None, first: None, second: None }
    }
}

#[derive(Debug, clap::Args)]
pub(crate) struct Serve {
    #[arg(long)]
    pub(crate) demo: bool,

    #[arg(long, default_value = "127.0.0.1:8480")]
    pub(crate) listen: SocketAddr,

    #[arg(long)]
    pub(crate) name: Vec<String>,

    #[arg(long)]
    pub(crate) pocket: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct OfficerArgs {
    #[command(subcommand)]
    pub(crate) task: OfficerTask,
}

#[derive(Debug, Subcommand)]
pub(crate) enum OfficerTask {
    Add {
        #[arg(long)]
        number: u16,

        #[arg(long)]
        name: String,

        #[arg(long)]
        native: Option<String>,

        #[arg(long, required = true, value_parser = role)]
        role: Vec<Role>,

        #[arg(long, required = true)]
        sign: Vec<u16>,
    },
    Reset {
        number: u16,

        #[arg(long, required = true)]
        sign: Vec<u16>,
    },
    Dismiss {
        number: u16,

        #[arg(long)]
        by: u16,
    },
}

#[derive(Debug, clap::Args)]
pub(crate) struct Apply {
    pub(crate) file: PathBuf,

    #[arg(long)]
    pub(crate) officer: u16,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Import {
    #[arg(required_unless_present = "template", requires = "officer")]
    pub(crate) file: Option<PathBuf>,

    #[arg(long)]
    pub(crate) officer: Option<u16>,

    #[arg(long)]
    pub(crate) check: bool,

    #[arg(long)]
    pub(crate) wrong: Option<PathBuf>,

    #[arg(long, conflicts_with_all = ["file", "officer", "check", "wrong"])]
    pub(crate) template: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Approve {
    pub(crate) number: u32,

    #[command(flatten)]
    pub(crate) seat: Seat,
}

/// The key at an officer's own seat, and as what the officer decides.
#[derive(Debug, clap::Args)]
pub(crate) struct Seat {
    #[arg(long, required_unless_present = "token", conflicts_with = "token")]
    pub(crate) key: Option<PathBuf>,

    #[arg(long)]
    pub(crate) token: Option<String>,

    #[arg(long, value_parser = role)]
    pub(crate) role: Option<Role>,

    #[arg(long)]
    pub(crate) passphrase_file: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ActArgs {
    pub(crate) number: u32,

    #[arg(value_parser = step)]
    pub(crate) step: Step,

    #[arg(long)]
    pub(crate) officer: u16,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Correct {
    pub(crate) number: u32,

    pub(crate) file: PathBuf,

    #[arg(long)]
    pub(crate) why: String,

    #[arg(long)]
    pub(crate) officer: u16,
}

/// What follows a permit.
#[derive(Debug, clap::Args)]
pub(crate) struct Follow {
    pub(crate) number: u32,

    pub(crate) file: PathBuf,

    #[arg(long)]
    pub(crate) officer: u16,
}

/// Refusing or revoking.
#[derive(Debug, clap::Args)]
pub(crate) struct Ending {
    pub(crate) number: u32,

    #[arg(long, value_parser = ground, requires_all = ["words", "deadline", "to"])]
    pub(crate) ground: Option<Ground>,

    #[arg(long, requires = "ground")]
    pub(crate) words: Option<String>,

    #[arg(long, value_parser = day, requires = "ground")]
    pub(crate) deadline: Option<Day>,

    #[arg(long, requires = "ground")]
    pub(crate) to: Option<u16>,

    #[command(flatten)]
    pub(crate) seat: Seat,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ListsArgs {
    pub(crate) bundle: PathBuf,

    #[arg(long)]
    pub(crate) officer: u16,
}

/// Taking over the register of `permit issue`.
#[derive(Debug, clap::Args)]
pub(crate) struct RegisterArgs {
    pub(crate) file: PathBuf,

    #[arg(long)]
    pub(crate) officer: u16,
}

/// Delegating to special personnel.
#[derive(Debug, clap::Args)]
pub(crate) struct Delegate {
    pub(crate) folder: PathBuf,

    #[arg(long)]
    pub(crate) number: u16,

    #[arg(long, required = true)]
    pub(crate) region: Vec<String>,

    #[arg(long, required = true)]
    pub(crate) commune: Vec<String>,

    #[arg(long, value_parser = day)]
    pub(crate) from: Day,

    #[arg(long, value_parser = day)]
    pub(crate) through: Day,

    #[arg(long)]
    pub(crate) quota: u32,

    #[arg(long, required = true)]
    pub(crate) officer: Vec<u16>,

    #[arg(long, required = true)]
    pub(crate) sign: Vec<u16>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct TakeUp {
    pub(crate) file: PathBuf,

    #[arg(long)]
    pub(crate) passphrase_file: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct HandBack {
    pub(crate) file: PathBuf,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Merge {
    pub(crate) file: PathBuf,

    #[arg(long)]
    pub(crate) officer: u16,

    #[arg(long)]
    pub(crate) with_conflicts: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct LetGo {
    #[arg(long)]
    pub(crate) officer: Option<u16>,

    #[arg(long)]
    pub(crate) after: Option<u16>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Issue {
    pub(crate) number: u32,

    #[arg(long)]
    pub(crate) officer: u16,

    #[arg(long)]
    pub(crate) out: PathBuf,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Show {
    pub(crate) number: u32,
}

#[derive(Debug, clap::Args)]
pub(crate) struct MatterArgs {
    #[command(subcommand)]
    pub(crate) task: MatterTask,
}

#[derive(Debug, Subcommand)]
pub(crate) enum MatterTask {
    List,
    Raise {
        #[arg(value_parser = matter)]
        kind: MatterKind,

        words: String,

        #[arg(long)]
        officer: u16,
    },
    Answer {
        number: u32,

        words: String,

        #[arg(long)]
        officer: u16,
    },
    Close {
        number: u32,

        words: String,

        #[arg(long)]
        officer: u16,
    },
    Reopen {
        number: u32,

        words: String,

        #[arg(long)]
        officer: u16,
    },
    None {
        #[arg(value_parser = matter)]
        kind: MatterKind,

        #[arg(long, value_parser = day)]
        through: Option<Day>,

        #[arg(long)]
        officer: u16,
    },
}

#[derive(Debug, clap::Args)]
pub(crate) struct Export {
    #[arg(long)]
    pub(crate) out: PathBuf,

    #[arg(long, value_parser = month)]
    pub(crate) month: Option<Period>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Report {
    #[arg(long, value_parser = month)]
    pub(crate) month: Option<Period>,

    #[arg(long)]
    pub(crate) out: Option<PathBuf>,
}

/// After how many days what waits is late; without an officer only shown.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("set").multiple(true).args(["incomplete", "unfetched", "undecided", "expiring"]))]
pub(crate) struct SettingsArgs {
    #[arg(long, requires = "officer")]
    pub(crate) incomplete: Option<u16>,

    #[arg(long, requires = "officer")]
    pub(crate) unfetched: Option<u16>,

    #[arg(long, requires = "officer")]
    pub(crate) undecided: Option<u16>,

    #[arg(long, requires = "officer")]
    pub(crate) expiring: Option<u16>,

    #[arg(long, requires = "set")]
    pub(crate) officer: Option<u16>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Check {
    #[arg(long)]
    pub(crate) rebuild: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Copy {
    pub(crate) file: PathBuf,
}

fn month(text: &str) -> Result<Period, Unfit> {
    text.parse().map_err(|_| Unfit("unfit-month"))
}

fn day(text: &str) -> Result<Day, Unfit> {
    text.parse::<Date>().map(|date| date.0).map_err(|_| Unfit("unfit-day"))
}

fn matter(name: &str) -> Result<MatterKind, Unfit> {
    match name {
        "issue" => Ok(MatterKind::Issue),
        "view" => Ok(MatterKind::DifferingView),
        _ => Err(Unfit("unfit-matter")),
    }
}

/// Steps that take nothing but a number.
fn step(name: &str) -> Result<Step, Unfit> {
    Ok(match name {
        "submit" => Step::Submit,
        "review" => Step::Review,
        "print" => Step::Print,
        "hand-over" => Step::HandOver,
        "withdraw" => Step::Withdraw,
        "surrender" => Step::Surrender,
        "lose" => Step::Lose,
        "drop-refusal" => Step::DropRefusal,
        "drop-revocation" => Step::DropRevocation,
        _ => return Err(Unfit("unfit-step")),
    })
}

fn ground(name: &str) -> Result<Ground, Unfit> {
    Ok(match name {
        "not-resident" => Ground::NotResident,
        "no-class" => Ground::NoClass,
        "false-paper" => Ground::FalsePaper,
        "false-statement" => Ground::FalseStatement,
        "misuse" => Ground::Misuse,
        "mistake" => Ground::Mistake,
        "other" => Ground::Other,
        _ => return Err(Unfit("unfit-ground")),
    })
}

/// The names of roles on the command line.
pub(crate) fn role(name: &str) -> Result<Role, Unfit> {
    Ok(match name {
        "counter" => Role::Counter,
        "police" => Role::Police,
        "border-defence" => Role::BorderDefence,
        "cases" => Role::Cases,
        "supervisor" => Role::Supervisor,
        _ => return Err(Unfit("unfit-role")),
    })
}

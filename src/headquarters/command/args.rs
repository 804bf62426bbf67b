//! The command line: one variant a subcommand. No wording.

use core::net::SocketAddr;
use std::path::PathBuf;

use clap::{Parser, Subcommand};
use permit_command::value;
use permit_core::{PublicKey, Side};
use permit_report::Period;
use permit_signing::draft::{Key, Time};
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
    #[arg(long, global = true, value_parser = value::lang)]
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
    Officer(OfficerArgs),
    Serve(Serve),
    Take(Take),
    Show,
    Heads(Sign),
    Passages(Sign),
    Presence(Sign),
    Renew(Renew),
    Zone(Zone),
    Ceremony(CeremonyArgs),
    Report(Report),
    Verify(Verify),
    Check,
    Restored,
    Forget,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Init {
    #[arg(long, value_parser = value::side)]
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

    #[arg(value_parser = value::key)]
    pub(crate) key: PublicKey,
}

/// Who may sign in to the pages.
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
    },
    Reset {
        #[arg(long)]
        number: u16,
    },
    Dismiss {
        #[arg(long)]
        number: u16,
    },
}

#[derive(Debug, clap::Args)]
pub(crate) struct Serve {
    #[arg(long, default_value = "127.0.0.1:8490")]
    pub(crate) listen: SocketAddr,

    #[arg(long)]
    pub(crate) name: Vec<String>,

    #[arg(long)]
    pub(crate) pocket: Option<PathBuf>,
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

/// Renewing the lists.
#[derive(Debug, clap::Args)]
pub(crate) struct Renew {
    pub(crate) folder: PathBuf,

    #[arg(long)]
    pub(crate) back: Vec<PathBuf>,

    #[arg(long)]
    pub(crate) change: Vec<PathBuf>,

    #[arg(long)]
    pub(crate) stolen: Vec<String>,

    #[arg(long)]
    pub(crate) again: bool,

    #[arg(long, value_parser = moment)]
    pub(crate) at: Option<Time>,
}

/// The script of a ceremony.
#[derive(Debug, clap::Args)]
pub(crate) struct CeremonyArgs {
    #[command(subcommand)]
    pub(crate) task: CeremonyTask,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CeremonyTask {
    Root {
        #[arg(long)]
        zone: u16,

        #[arg(long)]
        out: PathBuf,
    },
    Rotate {
        old: String,

        #[arg(value_parser = raw_key)]
        new: Key,

        #[arg(long)]
        out: PathBuf,
    },
    Lost {
        old: String,

        #[arg(value_parser = raw_key)]
        new: Key,

        #[arg(long)]
        out: PathBuf,
    },
    Stolen {
        key: String,

        #[arg(long)]
        out: PathBuf,
    },
}

/// Judging a zone register.
#[derive(Debug, clap::Args)]
pub(crate) struct Zone {
    pub(crate) file: PathBuf,

    #[arg(long)]
    pub(crate) before: Option<PathBuf>,
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
    pub(crate) eligible: Option<PathBuf>,

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

fn about(text: &str) -> Result<About, Unfit> {
    match text {
        "usage" => Ok(About::Usage),
        "situation" => Ok(About::Situation),
        _ => Err(Unfit("unfit-report")),
    }
}

/// A public key that a root may list.
fn raw_key(text: &str) -> Result<Key, Unfit> {
    value::key(text).map(|key| Key(key.to_bytes()))
}

fn moment(text: &str) -> Result<Time, Unfit> {
    text.parse().map_err(|_| Unfit("unfit-moment"))
}

fn month(text: &str) -> Result<Period, Unfit> {
    text.parse().map_err(|_| Unfit("unfit-month"))
}

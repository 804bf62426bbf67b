//! `permit authority`: the keys and the trust documents of a side, and the bundle of both.
//!
//! Everything is a file: descriptions people edit (TOML or JSON), proposals that travel from side to side, signed
//! documents, bundles. Nobody signs what was not shown before; nothing is published that a reader would refuse.

mod codes;
mod delta;
mod files;
mod half;
mod init;
mod publish;
mod registers;
mod show;
mod sign;
mod start;

pub(crate) use self::{
    files::{bytes, draft, is_json, now, refused, spelled, text, wrote},
    start::day,
};

use clap::{Subcommand, ValueEnum};
use permit_core::{Side, trust::Role};

use crate::{Desk, Exit, Fault};

/// Its command line.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    Init(init::Args),
    Root(init::RootArgs),
    New(start::Args),
    Next(start::NextArgs),
    Snapshot(start::SnapshotArgs),
    Issued(start::IssuedArgs),
    Revocations(registers::Args),
    Propose(sign::ProposeArgs),
    Sign(sign::Args),
    Publish(publish::Args),
    Delta(delta::Args),
    Codes(codes::Args),
    Half(half::Args),
    Secret(half::SecretArgs),
    Show(show::Args),
}

/// Does it.
pub(crate) fn run(args: &Args, desk: &Desk) -> Result<Exit, Fault> {
    match &args.task {
        Task::Init(args) => init::run(args, desk),
        Task::Root(args) => init::root(args, desk),
        Task::New(args) => start::run(args, desk),
        Task::Next(args) => start::next(args, desk),
        Task::Snapshot(args) => start::snapshot(args, desk),
        Task::Issued(args) => start::issued(args, desk),
        Task::Revocations(args) => registers::run(args, desk),
        Task::Propose(args) => sign::propose(args, desk),
        Task::Sign(args) => sign::run(args, desk),
        Task::Publish(args) => publish::run(args, desk),
        Task::Delta(args) => delta::run(args, desk),
        Task::Codes(args) => codes::run(args, desk),
        Task::Half(args) => half::run(args, desk),
        Task::Secret(args) => half::secret(args, desk),
        Task::Show(args) => show::run(args, desk),
    }
}

/// A side as the command line names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Half {
    A,
    B,
}

impl From<Half> for Side {
    fn from(half: Half) -> Self {
        match half {
            Half::A => Self::A,
            Half::B => Self::B,
        }
    }
}

/// A kind of document as the command line names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    Root,
    Zone,
    Stations,
    Revocations,
    Issued,
    Snapshot,
    Presence,
    Readers,
    Heads,
}

impl From<Kind> for Role {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Root => Self::Root,
            Kind::Zone => Self::Zone,
            Kind::Stations => Self::Stations,
            Kind::Revocations => Self::Revocations,
            Kind::Issued => Self::Issued,
            Kind::Snapshot => Self::Snapshot,
            Kind::Presence => Self::Presence,
            Kind::Readers => Self::Readers,
            Kind::Heads => Self::Heads,
        }
    }
}

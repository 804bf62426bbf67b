//! `permit bench`: figures about this command, made anew on the machine at hand.
//!
//! A figure in a document is a claim; this is how to get it again. It compares and draws, and changes nothing.

mod chart;
mod corpus;
mod panel;
mod peers;
mod reading;
mod score;

use crate::{Desk, Exit, Fault};

/// Its command line.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
}

/// What is measured.
#[derive(Debug, clap::Subcommand)]
enum What {
    Reading(reading::Args),
}

/// Measures it.
pub(crate) fn run(args: &Args, desk: &Desk) -> Result<Exit, Fault> {
    match &args.what {
        What::Reading(args) => reading::run(args, desk),
    }
}

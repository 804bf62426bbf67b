//! From the command line to headquarters: what is asked, done and told.

mod args;
mod begin;
mod ceremony;
mod officer;
mod renew;
mod report;
mod serve;
mod show;
mod sign;
mod take;

use permit_command::{Exit, Fault, Program};
use permit_headquarters::{Home, Site};
use permit_words::Words;

use self::args::Task;

/// How the program calls itself and its messages.
const PROGRAM: Program = Program {
    name: "permit-headquarters",
    root: "headquarters-help-command",
    below: "headquarters-help",
};

pub(crate) fn main() -> Exit {
    PROGRAM.run(run)
}

fn run(cli: &args::Cli, words: &Words) -> Result<Exit, Fault> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime
        .map_err(|cause| Fault::new(Exit::Unreadable, "headquarters-failed").with("said", cause))?;
    runtime.block_on(async {
        match &cli.task {
            Task::Init(args) => begin::init(cli, args, words).await,
            Task::Lists(args) => begin::lists(&open(cli).await?, args, words).await,
            Task::Station(args) => begin::station(&open(cli).await?, args, words).await,
            Task::Officer(args) => officer::run(&open(cli).await?, args, words),
            Task::Serve(args) => serve::run(open(cli).await?, args, words).await,
            Task::Take(args) => take::run(&open(cli).await?, args, words).await,
            Task::Show => show::show(&open(cli).await?, words).await,
            Task::Heads(args) => sign::heads(&open(cli).await?, args, words).await,
            Task::Passages(args) => sign::passages(&open(cli).await?, args, words).await,
            Task::Presence(args) => sign::presence(&open(cli).await?, args, words).await,
            Task::Renew(args) => renew::run(open(cli).await?, args, words).await,
            Task::Ceremony(args) => ceremony::run(cli, &args.task, words).await,
            Task::Zone(args) => renew::zone(&open(cli).await?, args, words).await,
            Task::Report(args) => report::make(open(cli).await?, args, words).await,
            Task::Verify(args) => report::verify(cli, args, words),
            Task::Forget => show::forget(&open(cli).await?, words).await,
            Task::Restored => show::restored(&open(cli).await?, words).await,
            Task::Check => show::check(&open(cli).await?, words).await,
        }
    })
}

async fn open(cli: &args::Cli) -> Result<Site, Fault> {
    let home = Home::open(&cli.state)?;
    let database = cli.database.clone().unwrap_or_else(|| home.database());
    Ok(Site::open(home, &database).await?)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn every_argument_has_help_in_each_language_and_no_help_is_left_over() {
        assert_eq!(super::PROGRAM.amiss(&super::args::Cli::command()), [""; 0]);
    }
}

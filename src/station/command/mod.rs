//! From the command line to an act at the desk: one file a subcommand.

mod act;
mod apply;
mod args;
mod case;
mod check;
mod copy;
mod decide;
mod delegate;
mod demo;
mod export;
mod import;
mod init;
mod let_go;
mod matter;
mod officer;
mod print;
mod register;
mod serve;
mod settings;
mod show;
mod site;
mod token;

use permit_command::{Exit, Fault, Program};
use permit_record::Decision;
use permit_station::rules::Origin;
use permit_words::Words;

use self::args::Task;

/// How the program calls itself and its messages.
const PROGRAM: Program =
    Program { name: "permit-station", root: "station-help-desk", below: "station-help" };

pub(crate) fn main() -> Exit {
    PROGRAM.run(run)
}

fn run(cli: &args::Cli, words: &Words) -> Result<Exit, Fault> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime
        .map_err(|cause| Fault::new(Exit::Unreadable, "station-home").with("said", cause))?;
    runtime.block_on(async {
        let place = site::Place::of(cli);
        match &cli.task {
            Task::Init(args) => init::run(&place, args, words).await,
            Task::Serve(args) => serve::run(&place, args, words).await,
            Task::Officer(args) => officer::run(&place, args, words).await,
            Task::Apply(args) => apply::run(&place, args, words).await,
            Task::Import(args) => import::run(&place, args, words).await,
            Task::Approve(args) => decide::approve(&place, args, words).await,
            Task::Issue(args) => decide::issue(&place, args, words).await,
            Task::Act(args) => act::run(&place, args, words).await,
            Task::Correct(args) => act::correct(&place, args, words).await,
            Task::Refuse(args) => act::end(&place, (Decision::Refuse, args), words).await,
            Task::Revoke(args) => act::end(&place, (Decision::Revoke, args), words).await,
            Task::Lists(args) => act::lists(&place, args, words).await,
            Task::Register(args) => register::run(&place, args, words).await,
            Task::Delegate(args) => delegate::run(&place, args, words).await,
            Task::TakeUp(args) => delegate::take_up(&place, args, words),
            Task::HandBack(args) => delegate::hand_back(&place, args, words).await,
            Task::Merge(args) => delegate::merge(&place, args, words).await,
            Task::LetGo(args) => let_go::run(&place, args, words).await,
            Task::Show(args) => show::run(&place, args, words).await,
            Task::Print(args) => print::print(&place, args, words).await,
            Task::ReadBack(args) => print::read_back(&place, args, words).await,
            Task::Renew(args) => apply::follow(&place, (Origin::Renewal, args), words).await,
            Task::Amend(args) => apply::follow(&place, (Origin::Correction, args), words).await,
            Task::Case(args) => case::run(&place, args, words).await,
            Task::Matter(args) => matter::run(&place, args, words).await,
            Task::Export(args) => export::export(&place, args, words).await,
            Task::Report(args) => export::report(&place, args, words).await,
            Task::Settings(args) => settings::run(&place, args, words).await,
            Task::Check(args) => check::run(&place, args, words).await,
            Task::Backup(args) => copy::backup(&place, args, words).await,
            Task::Restore(args) => copy::restore(&place, args, words).await,
        }
    })
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn every_argument_has_help_in_each_language_and_no_help_is_left_over() {
        assert_eq!(super::PROGRAM.amiss(&super::args::Cli::command()), [""; 0]);
    }
}

//! From the command line to an act at the desk: one file a subcommand.

mod act;
mod apply;
mod args;
mod check;
mod copy;
mod decide;
mod delegate;
mod demo;
mod exit;
mod export;
mod fault;
mod help;
mod import;
mod init;
mod let_go;
mod matter;
mod officer;
mod output;
mod secret;
mod serve;
mod show;
mod site;

use std::ffi::OsString;

use permit_record::Decision;
use permit_words::Words;

use self::{args::Task, exit::Exit, fault::Fault};

pub(crate) fn main() -> Exit {
    let args: Vec<OsString> = std::env::args_os().collect();
    let words = Words::new(args::language(&args));
    let done = help::parse(&args, &words).and_then(|cli| run(&cli, &words));
    done.unwrap_or_else(|fault| {
        output::fault(&fault, &words);
        fault.exit()
    })
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
            Task::Delegate(args) => delegate::run(&place, args, words).await,
            Task::HandBack(args) => delegate::hand_back(&place, args, words).await,
            Task::Merge(args) => delegate::merge(&place, args, words).await,
            Task::LetGo(args) => let_go::run(&place, args, words).await,
            Task::Show(args) => show::run(&place, args, words).await,
            Task::Matter(args) => matter::run(&place, args, words).await,
            Task::Export(args) => export::export(&place, args, words).await,
            Task::Report(args) => export::report(&place, args, words).await,
            Task::Check(args) => check::run(&place, args, words).await,
            Task::Backup(args) => copy::backup(&place, args, words).await,
            Task::Restore(args) => copy::restore(&place, args, words).await,
        }
    })
}

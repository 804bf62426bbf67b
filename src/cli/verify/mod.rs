//! `permit verify`: verdicts on pictures, texts and what a hand scanner types.
//!
//! It asks the verifier and says what it answers; no rule is decided here. Pictures are judged on all cores and told in
//! the order they were found. With a manifest every verdict is held against what it should be.

pub(crate) mod earlier;
pub(crate) mod judge;
mod junit;
mod least;
mod lines;
mod outcome;
pub(crate) mod place;
pub(crate) mod plan;
pub(crate) mod record;
mod scanner;
pub(crate) mod screen;
mod stream;
pub(crate) mod tally;

use std::io;
use std::path::PathBuf;

use permit_core::{Direction, Side};

use self::judge::{Bench, Judged};
use self::least::Least;
use self::outcome::Outcomes;
use self::plan::{Job, Plan, Source};
use crate::bundle::{self, Held};
use crate::manifest::Manifest;
use crate::{Desk, Exit, Fault, jobs};
use permit_words::At;

pub(crate) use self::judge::Scan;
pub(crate) use self::record::Worn;

/// Its command line.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[arg(required = true)]
    paths: Vec<PathBuf>,

    #[arg(long)]
    bundle: PathBuf,

    #[arg(long, value_parser = bundle::root)]
    root: Option<bundle::Root>,

    #[command(flatten)]
    ask: Question,

    #[arg(long)]
    manifest: Option<PathBuf>,

    #[arg(long)]
    json: Option<PathBuf>,

    #[arg(long)]
    junit: Option<PathBuf>,

    #[arg(long)]
    report: Option<PathBuf>,

    #[arg(long)]
    curves: Option<PathBuf>,

    #[arg(long)]
    against: Option<PathBuf>,

    #[arg(long, value_parser = least::parse, requires = "manifest")]
    least: Vec<Least>,

    #[arg(long)]
    with_names: bool,

    #[arg(long, value_parser = jobs::parse)]
    jobs: Option<usize>,

    #[arg(long, conflicts_with_all = ["manifest", "jobs"])]
    stream: bool,
}

/// Where, which way and when; what the manifest says goes before it.
#[derive(Debug, Clone, Default, clap::Args)]
pub(crate) struct Question {
    #[arg(long)]
    crossing: Option<String>,

    #[arg(long, value_parser = place::side)]
    side: Option<Side>,

    #[arg(long, value_parser = place::direction)]
    direction: Option<Direction>,

    #[arg(long, value_parser = str::parse::<At>)]
    at: Option<At>,
}

/// Judges everything, tells it, and writes what was asked for.
pub(crate) fn run(args: &Args, desk: &Desk) -> Result<Exit, Fault> {
    let manifest = args.manifest.as_deref().map(Manifest::open).transpose()?;
    let mut held = Held::read(&args.bundle)?;
    // A clock set by hand says nothing about when a document was signed.
    let by_hand = args.ask.at.is_some() || manifest.is_some();
    let now = if by_hand { None } else { judge::clock() };
    let trust = held.open(args.root.as_ref(), now, &desk.words)?;
    let bench = Bench {
        trust: &trust,
        words: &desk.words,
        names: args.with_names,
        thumbs: args.report.is_some(),
    };
    let plan = Plan::new(&args.paths, &args.ask, manifest.as_ref(), &bench, desk)?;
    let mut outcomes = Outcomes::new(args, &bench, &plan, desk)?;
    outcomes.begin()?;
    if args.stream {
        stream::run(&args.paths, &bench, plan.task()?, &mut outcomes)?;
        outcomes.passed(&plan.passed);
        return outcomes.end(plan.missing);
    }
    let bar = desk.out.progress_beside(plan.jobs.len(), &desk.words.get("verify-progress"));
    jobs::in_order(
        &plan.jobs,
        args.jobs,
        |job| job.judge(&bench),
        |all| {
            bar.inc(1);
            all.and_then(|all| all.into_iter().try_for_each(|judged| outcomes.add(judged)))
        },
    )?;
    bar.finish_and_clear();
    if plan.scanner {
        let task = plan.task()?;
        let mut number = 0;
        scanner::scans(io::stdin().lock(), |given| {
            number += 1;
            let scan = bench.given(number, &given, task);
            outcomes.add(Judged { scans: vec![scan], thumb: None })
        })?;
    }
    outcomes.passed(&plan.passed);
    outcomes.end(plan.missing)
}

impl Job<'_> {
    /// Everything in one file.
    pub(crate) fn judge(&self, bench: &Bench<'_>) -> Result<Vec<Judged>, Fault> {
        match &self.source {
            Source::Picture(path) => Ok(bench.picture(path, &self.tasks)),
            Source::Closed(path, cause) => {
                let error = permit_symbol::load::LoadError::Unreadable(cause.kind().into());
                Ok(vec![bench.closed(&path.to_string_lossy(), &error, &self.tasks)])
            }
            Source::Text(path) => {
                let fault = |cause| Fault::open(path, cause);
                let file = permit_file::open(path, &permit_file::Ask::named(u64::MAX))
                    .map_err(|error| Fault::file(path, error))?;
                let mut lines = lines::Lines::new(io::BufReader::new(file));
                let name = path.to_string_lossy();
                let mut all = Vec::new();
                while let (Some(line), Some(task)) =
                    (lines.next().map_err(fault)?, self.tasks.first())
                {
                    let number = u32::try_from(all.len() + 1).unwrap_or(u32::MAX);
                    all.push(Judged {
                        scans: vec![bench.text(&name, number, &line, task)],
                        thumb: None,
                    });
                }
                Ok(all)
            }
        }
    }
}

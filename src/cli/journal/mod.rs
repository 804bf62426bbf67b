//! `permit journal`: opens a journal's export, checks it and shows its records.
//!
//! Every record of a stretch that the terminal's key signed is shown as a table, as CSV or as JSON, and then what is
//! wrong: broken chains, gaps, false signatures. It shows no pseudonym of a permit, and a journal has no names.

mod entry;
mod problem;
mod shown;

use std::path::PathBuf;

use permit_core::{PublicKey, Side};
use permit_file::Ask;
use permit_journal::{Problem, Terminal, claimed, examine};

use crate::bundle::{self, Held};
use crate::help::Unfit;
use crate::verify::{judge, place::side_name};
use crate::{Desk, Exit, Fault};

use self::shown::Shown;

/// Its command line.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    file: PathBuf,

    #[arg(long, value_parser = key, required_unless_present = "bundle")]
    key: Option<PublicKey>,

    #[arg(long, conflicts_with = "key")]
    bundle: Option<PathBuf>,

    #[arg(long, value_parser = bundle::root, requires = "bundle")]
    root: Option<bundle::Root>,

    #[arg(long, value_enum, default_value_t = Form::Table)]
    form: Form,
}

/// What the records are shown as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Form {
    Table,
    Csv,
    Json,
}

/// Bytes of an export at most (chosen: 90 days of a crossing with 10,000 scans a day are 700 MB).
const MOST: u64 = 1 << 30;

/// Checks the file and shows it.
pub(crate) fn run(args: &Args, desk: &Desk) -> Result<Exit, Fault> {
    let path = &args.file;
    let bytes =
        permit_file::read(path, &Ask::named(MOST)).map_err(|error| Fault::file(path, error))?;
    let none = || Fault::new(Exit::Unreadable, "fault-journal-none").at(path);
    let terminal = claimed(&bytes).ok_or_else(none)?;
    let key = match &args.key {
        Some(key) => *key,
        None => listed(args, terminal, desk)?,
    };
    let mut shown = Shown::new(args.form, desk);
    shown.begin()?;
    // A pipe that is closed ends the showing, not the check.
    let mut stopped = None;
    let report = examine(&bytes, &key, |record, _| {
        if stopped.is_none() {
            stopped = shown.record(record).err();
        }
    });
    if let Some(fault) = stopped {
        return Err(fault);
    }
    if let [Problem::Malformed(_)] = report.problems.as_slice() {
        return Err(none());
    }
    shown.end(terminal, &report)?;
    Ok(if report.is_sound() { Exit::Good } else { Exit::Differs })
}

/// The terminal's key in the bundle's list of terminals.
fn listed(args: &Args, terminal: Terminal, desk: &Desk) -> Result<PublicKey, Fault> {
    let unknown = || {
        let fault = Fault::new(Exit::Untrusted, "fault-journal-key");
        fault.with("number", terminal.number).with("side", side_name(terminal.side))
    };
    let mut held = Held::read(args.bundle.as_deref().ok_or_else(unknown)?)?;
    let trust = held.open(args.root.as_ref(), judge::clock(), &desk.words)?;
    let side: Side = terminal.side;
    let readers = trust.lists(side).and_then(|lists| lists.readers).ok_or_else(unknown)?;
    let mut all = readers.readers.iter();
    let reader = all.find(|reader| reader.number == terminal.number).ok_or_else(unknown)?;
    PublicKey::new(&reader.key).map_err(|_| unknown())
}

/// The value parser of a terminal's key: 64 hexadecimal digits.
fn key(text: &str) -> Result<PublicKey, Unfit> {
    let unfit = || Unfit("unfit-terminal-key");
    let raw = bundle::fingerprint(text).ok_or_else(unfit)?;
    PublicKey::new(&raw).map_err(|_| unfit())
}

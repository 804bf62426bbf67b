//! What is done to a terminal's own files by hand: officers enrolled and unlocked, lost keys made anew, a tablet let in, the
//! journal's public key printed.
//!
//! A terminal that runs on the same folder goes on, and knows of an officer a second later. Whoever does this as root
//! leaves the files to the folder's owner, as whom the terminal runs.

use std::io;
use std::os::unix::fs::{MetadataExt as _, chown};
use std::path::Path;

use permit_reader::keys;
use permit_reader::machine::Pin;
use permit_reader::officers::{EnrolError, Officers};
use permit_reader::page;

use super::args::{Args, Lost, Rank};
use super::exit::Exit;
use super::fault::Fault;
use super::output;

/// What the command line asks for of that; none if it is to be a terminal.
pub(super) fn asked(args: &Args) -> Option<Result<Exit, Fault>> {
    let state = args.state.as_deref()?;
    let done = match (args.enrol, args.unlock, args.renew) {
        (Some(number), ..) => enrol(state, number, args.role),
        (_, Some(number), _) => change(state, |officers| officers.unlock(number)),
        (_, _, Some(which)) => renew(state, which),
        (None, None, None) if args.pair => pair(state),
        (None, None, None) if args.public_key => public_key(state),
        (None, None, None) => return None,
    };
    Some(done.map(|()| {
        belong(state);
        Exit::Good
    }))
}

/// A PIN from standard input for an officer.
fn enrol(state: &Path, number: u16, role: Option<Rank>) -> Result<(), Fault> {
    let mut line = zeroize::Zeroizing::new(String::new());
    io::stdin().read_line(&mut line).map_err(|cause| refused(&cause))?;
    let pin = Pin::new(line.trim_end_matches(['\r', '\n']).to_owned());
    std::fs::create_dir_all(state).map_err(|cause| refused(&cause))?;
    change(state, |officers| officers.enrol(number, &pin, role.map(Into::into)))
}

fn change(
    state: &Path,
    change: impl FnOnce(&mut Officers) -> Result<(), EnrolError>,
) -> Result<(), Fault> {
    Officers::change(state, change).map_err(|cause| refused(&cause))
}

fn renew(state: &Path, which: Lost) -> Result<(), Fault> {
    let which = match which {
        Lost::Key => keys::Which::Key,
        Lost::Secret => keys::Which::Secret,
    };
    keys::renew(state, which).map_err(|cause| {
        Fault::new(Exit::Unwritable, "reader-not-renewed").at(state).with("cause", cause)
    })
}

/// A code for the next tablet. Nobody needs the terminal's own screen for it, nor an officer who is signed in: whoever
/// runs this may write the terminal's files.
fn pair(state: &Path) -> Result<(), Fault> {
    page::print(state)
        .map_err(|cause| {
            Fault::new(Exit::Unwritable, "reader-not-paired").at(state).with("cause", cause)
        })
        .and_then(|code| output::address(&code))
}

/// The key that headquarters list the terminal by.
fn public_key(state: &Path) -> Result<(), Fault> {
    let key = keys::public_key(state).map_err(|cause| {
        Fault::new(Exit::Unreadable, "reader-no-key").at(state).with("cause", cause)
    })?;
    output::address(&key.iter().map(|byte| format!("{byte:02x}")).collect::<String>())
}

/// Leaves what lies in the folder to whom the folder belongs.
fn belong(state: &Path) {
    let Ok(owner) = std::fs::metadata(state) else { return };
    let files = std::fs::read_dir(state).into_iter().flatten().flatten();
    for file in files.filter(|file| file.metadata().is_ok_and(|it| it.uid() != owner.uid())) {
        if let Err(error) = chown(file.path(), Some(owner.uid()), Some(owner.gid())) {
            tracing::debug!(%error, "a file keeps its owner");
        }
    }
}

fn refused(cause: &dyn core::fmt::Display) -> Fault {
    Fault::new(Exit::Unwritable, "reader-not-enrolled").with("cause", cause)
}

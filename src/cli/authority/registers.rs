//! What stations revoked and reissued, into a description of their side's revocations.

use std::path::{Path, PathBuf};

use permit_core::Side;
use permit_signing::draft::{Draft, Revocations};

use super::files;
use crate::issue::register::Register;
use crate::{Desk, Exit, Fault, write};

/// The command line of `revocations`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    description: PathBuf,

    #[arg(long, required = true)]
    register: Vec<PathBuf>,
}

/// Enters them; nothing that is there is taken out.
pub(super) fn run(args: &Args, desk: &Desk) -> Result<Exit, Fault> {
    let path = &args.description;
    let Draft::Revocations(mut list) = files::draft(path)? else {
        return Err(Fault::new(Exit::Unreadable, "fault-wrong-description").at(path));
    };
    args.register.iter().try_for_each(|register| enter(&mut list, register))?;
    let draft = Draft::Revocations(list);
    draft.encode().map_err(|error| files::refused(path, &error))?;
    write::whole(path, &files::spelled(&draft, files::is_json(path))?)?;
    files::wrote(desk, "revoke-done", path)
}

fn enter(list: &mut Revocations, path: &Path) -> Result<(), Fault> {
    let register = Register::read(path)?;
    let station = register.station();
    if Side::of_station(station) != list.side.side() {
        let fault = Fault::new(Exit::Usage, "fault-revoke-side").at(path);
        return Err(fault.with("station", station));
    }
    list.enter(register.book());
    Ok(())
}

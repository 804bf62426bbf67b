//! What stations revoked and reissued, into a description of their side's revocations.

use std::path::{Path, PathBuf};

use permit_core::Side;
use permit_signing::draft::{Copies, Draft, Revocations, SerialList};

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
    list.serials.sort_by_key(|it| (it.station, it.year));
    list.copies.sort_by_key(|it| (it.station, it.year, it.serial));
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
    for revoked in register.revoked() {
        let same = |have: &&mut SerialList| (have.station, have.year) == (station, revoked.year);
        match list.serials.iter_mut().find(same) {
            Some(have) => {
                for serial in revoked.serials.iter() {
                    // It came out of such a set.
                    let _ = have.serials.insert(serial);
                }
            }
            None => list.serials.push(revoked.clone()),
        }
    }
    for copy in register.copies() {
        let same = |have: &&mut Copies| {
            (have.station, have.year, have.serial) == (station, copy.year, copy.serial)
        };
        match list.copies.iter_mut().find(same) {
            // An entry never lowers the copy that is good.
            Some(have) if have.copy < copy.copy => *have = *copy,
            Some(_) => {}
            None => list.copies.push(*copy),
        }
    }
    Ok(())
}

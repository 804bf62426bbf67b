//! `permit revoke`: takes permits back in the description of a side's revocations.
//!
//! It changes a description, which the side then proposes and signs like any other: nothing is revoked before that.
//! It says which permits, never whose and never why. Of a stolen key it says what the key really signed, by the
//! register of its station, and is refused where the register does not know that of every number.

use std::path::{Path, PathBuf};

use permit_core::{PermitId, Side};
use permit_signing::draft::{
    Copies, Date, Draft, Range, Revocations, SerialList, Serials, Suspension, Year,
};

use crate::authority::{day, draft, is_json, now, refused, spelled, wrote};
use crate::help::Unfit;
use crate::issue::register::Register;
use crate::{Desk, Exit, Fault, write};

/// Its command line.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    description: PathBuf,

    #[arg(value_parser = number)]
    numbers: Vec<PermitId>,

    #[arg(long, conflicts_with = "reissued")]
    lost: bool,

    #[arg(long)]
    reissued: bool,

    #[arg(long, value_parser = number, requires = "numbers")]
    through: Option<PermitId>,

    #[arg(long)]
    station: Vec<u16>,

    #[arg(long, value_parser = key, requires = "register")]
    key_stolen: Option<String>,

    #[arg(long, requires = "key_stolen")]
    register: Option<PathBuf>,

    #[arg(long, value_parser = day)]
    since: Option<Date>,
}

/// Changes the description.
pub(crate) fn run(args: &Args, desk: &Desk) -> Result<Exit, Fault> {
    let path = &args.description;
    let Draft::Revocations(mut list) = draft(path)? else {
        return Err(Fault::new(Exit::Unreadable, "fault-wrong-description").at(path));
    };
    if args.numbers.is_empty() && args.station.is_empty() && args.key_stolen.is_none() {
        return Err(Fault::new(Exit::Usage, "fault-revoke-nothing"));
    }
    let side = list.side.side();
    let stations = args.numbers.iter().map(|id| id.station).chain(args.station.iter().copied());
    if let Some(other) = stations.into_iter().find(|number| Side::of_station(*number) != side) {
        return Err(Fault::new(Exit::Usage, "fault-revoke-side").at(path).with("station", other));
    }
    let since = args.since.unwrap_or_else(|| Date(now(None).0.day(0)));
    match args.through {
        Some(last) => range(&mut list, &args.numbers, last, since)?,
        None => args.numbers.iter().try_for_each(|id| one(&mut list, *id, args, since))?,
    }
    for station in &args.station {
        if list.stations.iter().all(|have| have.station != *station) {
            list.stations.push(Suspension { station: *station, since });
        }
    }
    if let (Some(key), Some(register)) = (&args.key_stolen, &args.register) {
        stolen(&mut list, key, register, since)?;
    }
    let draft = Draft::Revocations(list);
    draft.encode().map_err(|error| refused(path, &error))?;
    write::whole(path, &spelled(&draft, is_json(path))?)?;
    wrote(desk, "revoke-done", path)
}

/// Everything a key really signed, as its station's register knows it; an entry that is there only grows.
fn stolen(list: &mut Revocations, key: &str, path: &Path, since: Date) -> Result<(), Fault> {
    let register = Register::read(path)?;
    let station = register.station();
    if Side::of_station(station) != list.side.side() {
        let fault = Fault::new(Exit::Usage, "fault-revoke-side").at(path);
        return Err(fault.with("station", station));
    }
    let (key, digests) = register.signed_by(key)?;
    list.enter_stolen(key, since, digests);
    Ok(())
}

/// Every copy; or, lost or reissued, every copy up to the one named.
fn one(list: &mut Revocations, id: PermitId, args: &Args, since: Date) -> Result<(), Fault> {
    let year = Year::since_1900(id.year);
    if !args.lost && !args.reissued {
        let same = |have: &&mut SerialList| (have.station, have.year) == (id.station, year);
        let serials = match list.serials.iter_mut().find(same) {
            Some(have) => &mut have.serials,
            None => {
                let serials = Serials::default();
                list.serials.push(SerialList { station: id.station, year, serials });
                let last = list.serials.len() - 1;
                &mut list.serials[last].serials
            }
        };
        let added = serials.insert(id.serial);
        return added
            .map(drop)
            .map_err(|error| Fault::new(Exit::Usage, "fault-revoke-serial").with("said", error));
    }
    let copy = id
        .copy
        .checked_add(1)
        .ok_or_else(|| Fault::new(Exit::Usage, "fault-revoke-copy").with("number", id))?;
    let entry =
        Copies { station: id.station, year, serial: id.serial, copy, lost: args.lost, since };
    let same =
        |have: &Copies| (have.station, have.year, have.serial) == (id.station, year, id.serial);
    match list.copies.iter_mut().find(|have| same(have)) {
        // An entry never lowers the copy that is good.
        Some(have) if have.copy < copy => *have = entry,
        Some(_) => {}
        None => list.copies.push(entry),
    }
    Ok(())
}

/// From the one number named to the last.
fn range(
    list: &mut Revocations,
    first: &[PermitId],
    last: PermitId,
    since: Date,
) -> Result<(), Fault> {
    let [first] = first else { return Err(Fault::new(Exit::Usage, "fault-revoke-range")) };
    if (first.station, first.year) != (last.station, last.year) || last.serial < first.serial {
        return Err(Fault::new(Exit::Usage, "fault-revoke-range"));
    }
    let year = Year::since_1900(first.year);
    let (station, first, last) = (first.station, first.serial, last.serial);
    list.ranges.push(Range { station, year, first, last, since });
    Ok(())
}

/// The value parser of a key: its id, or all of it in hexadecimal.
fn key(text: &str) -> Result<String, Unfit> {
    let name = text.to_ascii_lowercase();
    let fits = matches!(name.len(), 8 | 64) && name.bytes().all(|byte| byte.is_ascii_hexdigit());
    if fits { Ok(name) } else { Err(Unfit("unfit-public-key")) }
}

/// The value parser of a permit number.
fn number(text: &str) -> Result<PermitId, Unfit> {
    text.parse().map_err(|_| Unfit("unfit-number"))
}

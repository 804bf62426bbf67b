//! Descriptions to begin with: of a new document, of the next version of a signed one, of a snapshot.

use std::path::{Path, PathBuf};

use permit_core::trust::Role;
use permit_signing::demo;
use permit_signing::draft::{
    Date, Draft, Heads, Issued, List, Pin, Presence, Readers, Revocations, Snapshot, Stations,
    Time, role_name,
};

use super::init::header;
use super::{Half, Kind, files};
use crate::issue::register::Register;
use crate::{Desk, Exit, Fault, write};

/// The command line of `new`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    kind: Kind,

    #[arg(long, ignore_case = true)]
    side: Option<Half>,

    #[arg(long)]
    zone: u16,

    #[arg(long, value_parser = files::moment)]
    at: Option<Time>,

    #[arg(long)]
    out: PathBuf,
}

/// The command line of `next`.
#[derive(Debug, clap::Args)]
pub(super) struct NextArgs {
    signed: PathBuf,

    #[arg(long)]
    document: Option<Kind>,

    #[arg(long, value_parser = files::moment)]
    at: Option<Time>,

    #[arg(long)]
    out: PathBuf,
}

/// The command line of `snapshot`.
#[derive(Debug, clap::Args)]
pub(super) struct SnapshotArgs {
    folder: PathBuf,

    #[arg(long)]
    root: PathBuf,

    #[arg(long)]
    zone: PathBuf,

    #[arg(long, value_parser = files::moment)]
    at: Option<Time>,

    #[arg(long)]
    out: PathBuf,
}

/// The command line of `issued`.
#[derive(Debug, clap::Args)]
pub(super) struct IssuedArgs {
    description: PathBuf,

    #[arg(long, required = true)]
    register: Vec<PathBuf>,

    #[arg(long, value_parser = day)]
    through: Date,
}

/// Writes a description to be filled in.
pub(super) fn run(args: &Args, desk: &Desk) -> Result<Exit, Fault> {
    let at = files::now(args.at);
    let of_side = header(at, args.zone, 7, 180);
    let side = || {
        let half = args.side.ok_or_else(|| Fault::new(Exit::Usage, "fault-side"))?;
        Ok(permit_core::Side::from(half).into())
    };
    let draft = match args.kind {
        Kind::Root | Kind::Snapshot => {
            let role = role_name(args.kind.into());
            return Err(Fault::new(Exit::Usage, "fault-other-command").with("role", role));
        }
        Kind::Zone => return zone(args, at, desk),
        Kind::Stations => {
            Draft::Stations(Stations { side: side()?, header: of_side, stations: Vec::new() })
        }
        Kind::Revocations => Draft::Revocations(Revocations {
            side: side()?,
            header: of_side,
            serials: Vec::new(),
            copies: Vec::new(),
            ranges: Vec::new(),
            stations: Vec::new(),
            stolen: Vec::new(),
        }),
        Kind::Issued => {
            let speaks_for = Date(at.0.day(0));
            Draft::Issued(Issued {
                side: side()?,
                speaks_for,
                header: of_side,
                serials: Vec::new(),
            })
        }
        Kind::Presence => {
            Draft::Presence(Presence { side: side()?, header: of_side, entries: Vec::new() })
        }
        Kind::Readers => {
            Draft::Readers(Readers { side: side()?, header: of_side, readers: Vec::new() })
        }
        Kind::Heads => Draft::Heads(Heads { side: side()?, header: of_side, heads: Vec::new() }),
    };
    files::write_new(&args.out, &draft)?;
    files::wrote(desk, "authority-described", &args.out)
}

/// The zone register of the demonstration, to be changed.
fn zone(args: &Args, at: Time, desk: &Desk) -> Result<Exit, Fault> {
    let example: Draft = toml::from_str(demo::ZONE)
        .map_err(|error| Fault::new(Exit::Unreadable, "fault-spelled").with("said", error))?;
    if let Draft::Zone(mut zone) = example {
        zone.header = header(at, args.zone, 182, 365);
        files::write_new(&args.out, &Draft::Zone(zone))?;
    }
    files::wrote(desk, "authority-described-zone", &args.out)
}

/// Writes the description of the next version.
pub(super) fn next(args: &NextArgs, desk: &Desk) -> Result<Exit, Fault> {
    let mut draft = files::signed(&args.signed, args.document.map(Role::from))?;
    let header = draft.header().next(files::now(args.at));
    *draft.header_mut() = header;
    files::write_new(&args.out, &draft)?;
    files::wrote(desk, "authority-described", &args.out)
}

/// Pins the signed documents of a folder.
pub(super) fn snapshot(args: &SnapshotArgs, desk: &Desk) -> Result<Exit, Fault> {
    let payload = files::root_payload(&args.root)?;
    let root = files::root(&args.root, &payload)?;
    let zone = files::signed(&args.zone, Some(Role::Zone))?;
    let (mut pins, mut side) = (Vec::new(), None);
    for list in List::ALL {
        let role = role_name(list.role());
        let path = args.folder.join(format!("{role}.cbor"));
        if path.symlink_metadata().is_err() {
            if list > List::Revocations {
                continue;
            }
            let fault = Fault::new(Exit::Unreadable, "fault-list-unsigned").at(&path);
            let fault = fault.with("role", role).with("zone", root.header.zone);
            return Err(fault.with("folder", args.folder.display()));
        }
        let envelope = files::bytes(&path)?;
        let draft = files::signed(&path, Some(list.role()))?;
        if draft.side() != *side.get_or_insert(draft.side()) {
            return Err(Fault::new(Exit::Unreadable, "fault-mixed-sides").at(&path));
        }
        pins.push(Pin::of(list, draft.header().version, &envelope));
    }
    let old = args.folder.join("snapshot.cbor");
    let header = following(&old, files::now(args.at), root.header.zone)?;
    let (Some(Some(side)), root, zone) = (side, root.header.version, zone.header().version) else {
        return Err(Fault::new(Exit::Unreadable, "fault-mixed-sides").at(&args.folder));
    };
    let draft = Draft::Snapshot(Snapshot { side: side.into(), root, zone, header, pins });
    draft.encode().map_err(|error| files::refused(&args.out, &error))?;
    files::write_new(&args.out, &draft)?;
    files::wrote(desk, "authority-described", &args.out)
}

/// The header after that of a signed snapshot, or the first.
fn following(old: &Path, at: Time, zone: u16) -> Result<permit_signing::draft::Header, Fault> {
    if old.symlink_metadata().is_err() {
        return Ok(header(at, zone, 7, 180));
    }
    Ok(files::signed(old, Some(Role::Snapshot))?.header().next(at))
}

/// Enters what stations issued into a description of the register.
pub(super) fn issued(args: &IssuedArgs, desk: &Desk) -> Result<Exit, Fault> {
    let path = &args.description;
    let Draft::Issued(mut draft) = files::draft(path)? else {
        return Err(Fault::new(Exit::Unreadable, "fault-wrong-description").at(path));
    };
    for register in &args.register {
        draft.enter(Register::read(register)?.book());
    }
    draft.speaks_for = args.through;
    let draft = Draft::Issued(draft);
    draft.encode().map_err(|error| files::refused(path, &error))?;
    write::whole(path, &files::spelled(&draft, files::is_json(path))?)?;
    files::wrote(desk, "authority-described", path)
}

/// The value parser of a day.
pub(crate) fn day(text: &str) -> Result<Date, crate::help::Unfit> {
    text.parse().map_err(|_| crate::help::Unfit("unfit-day"))
}

//! Any document, proposal or bundle in the form people read.

use std::path::{Path, PathBuf};

use permit_core::trust::Role;
use permit_signing::draft::{Draft, List};
use permit_signing::{Parts, Proposal, SideParts, payload};

use super::{Kind, files};
use crate::{Desk, Exit, Fault};

/// The command line of `show`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    file: PathBuf,

    #[arg(long)]
    document: Option<Kind>,

    #[arg(long)]
    json: bool,
}

/// Prints it. Nothing is verified here.
pub(super) fn run(args: &Args, desk: &Desk) -> Result<Exit, Fault> {
    let bytes = files::bytes(&args.file)?;
    let drafts = match (Parts::of(&bytes), Proposal::from_bytes(&bytes)) {
        (Ok(parts), _) => of_bundle(&args.file, &parts)?,
        (_, Ok(proposal)) => {
            vec![files::of_payload(&args.file, proposal.payload(), Some(proposal.role()))?]
        }
        _ => vec![files::signed(&args.file, args.document.map(Role::from))?],
    };
    for (index, draft) in drafts.iter().enumerate() {
        if index > 0 && !args.json {
            desk.out.text("\n")?;
        }
        desk.out.bytes(&files::spelled(draft, args.json)?)?;
    }
    Ok(Exit::Good)
}

fn of_bundle(path: &Path, parts: &Parts) -> Result<Vec<Draft>, Fault> {
    let mut drafts = Vec::new();
    for root in &parts.roots {
        drafts.push(one(path, root, Role::Root)?);
    }
    drafts.push(one(path, &parts.zone, Role::Zone)?);
    for side in [&parts.a, &parts.b].into_iter().flatten() {
        drafts.extend(of_side(path, side)?);
    }
    Ok(drafts)
}

fn of_side(path: &Path, side: &SideParts) -> Result<Vec<Draft>, Fault> {
    let mut drafts = vec![one(path, &side.snapshot, Role::Snapshot)?];
    for (list, document) in List::ALL.into_iter().zip(&side.documents) {
        if let Some(document) = document {
            drafts.push(one(path, document, list.role())?);
        }
    }
    Ok(drafts)
}

fn one(path: &Path, envelope: &[u8], role: Role) -> Result<Draft, Fault> {
    let payload = payload(envelope)
        .ok_or_else(|| Fault::new(Exit::Unreadable, "fault-not-a-document").at(path))?;
    files::of_payload(path, payload, Some(role))
}

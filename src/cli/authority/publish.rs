//! A bundle from the documents of both sides.

use std::path::{Path, PathBuf};

use permit_core::Anchor;
use permit_signing::draft::{List, Time, role_name};
use permit_signing::{Parts, SideParts, accepted};

use super::files;
use crate::output::Line;
use crate::{Desk, Exit, Fault, write};

/// The command line of `publish`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[arg(long, required = true)]
    root: Vec<PathBuf>,

    #[arg(long)]
    zone: PathBuf,

    #[arg(long)]
    a: Option<PathBuf>,

    #[arg(long)]
    b: Option<PathBuf>,

    #[arg(long)]
    before: Option<PathBuf>,

    #[arg(long, value_parser = files::moment)]
    at: Option<Time>,

    #[arg(long)]
    out: PathBuf,
}

/// Assembles it, has a reader's own rules take it, and writes it.
pub(super) fn run(args: &Args, desk: &Desk) -> Result<Exit, Fault> {
    let roots: Result<Vec<_>, _> = args.root.iter().map(|path| files::bytes(path)).collect();
    let parts = Parts {
        roots: roots?,
        zone: files::bytes(&args.zone)?,
        a: args.a.as_deref().map(side).transpose()?,
        b: args.b.as_deref().map(side).transpose()?,
    };
    let now = files::now(args.at).0;
    let refused = |error: &dyn core::fmt::Display| {
        Fault::new(Exit::Untrusted, "fault-bundle").at(&args.out).with("said", error)
    };
    let old = args.before.as_deref().map(files::bytes).transpose()?;
    let before = old.as_deref().map(|old| accepted(old, &parts.roots[0]));
    let before = before.transpose().map_err(|error| refused(&error))?;
    let bundle = parts.assemble(before.as_ref(), Some(now)).map_err(|error| refused(&error))?;
    write::whole(&args.out, &bundle)?;
    let anchor =
        parts.roots.last().and_then(|root| Anchor::of(root).ok()).unwrap_or(Anchor([0; 32]));
    let values = [
        ("path", args.out.display().to_string().into()),
        ("fingerprint", permit_signing::draft::Digest(anchor.0).to_string().into()),
    ];
    desk.out.line(&Line::new().plain(&desk.words.with("authority-published", &values)))?;
    let spelt = permit_words::fingerprint(&anchor.0, desk.words.lang()).join(" ");
    let spelt = desk.words.with("authority-published-words", &[("words", spelt.into())]);
    desk.out.line(&Line::new().plain(&spelt))?;
    Ok(Exit::Good)
}

/// The signed documents of a side's folder.
fn side(folder: &Path) -> Result<SideParts, Fault> {
    let mut documents = [const { None }; 6];
    for (list, slot) in List::ALL.into_iter().zip(&mut documents) {
        let path = folder.join(format!("{}.cbor", role_name(list.role())));
        if list <= List::Revocations || path.symlink_metadata().is_ok() {
            *slot = Some(files::bytes(&path)?);
        }
    }
    Ok(SideParts { snapshot: files::bytes(&folder.join("snapshot.cbor"))?, documents })
}

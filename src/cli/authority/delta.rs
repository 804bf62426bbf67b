//! `permit authority delta`: what of a bundle is new, for terminals that have the one before.
//!
//! It signs nothing and nothing in it is believed: what it makes is judged like any bundle. No delta is made that a
//! terminal would have to refuse.

use std::path::{Path, PathBuf};

use permit_core::Anchor;
use permit_parts::BundleId;
use permit_signing::Parts;

use crate::bundle::{Held, Root, hex};
use crate::output::Line;
use crate::{Desk, Exit, Fault, write};

/// Its command line.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    bundle: PathBuf,

    #[arg(long)]
    base: PathBuf,

    #[arg(long)]
    out: PathBuf,
}

/// Makes it, and says how much it saves.
pub(super) fn run(args: &Args, desk: &Desk) -> Result<Exit, Fault> {
    let mut held = Held::read(&args.bundle)?;
    let whole = held.bytes().to_vec();
    held.open(Some(&first(&whole)), None, &desk.words)?;
    let Change { delta, base } = Change::between(&args.base, &args.bundle, &whole, desk)?;
    write::whole(&args.out, &delta)?;
    let values = [
        ("path", args.out.display().to_string().into()),
        ("bytes", delta.len().into()),
        ("whole", whole.len().into()),
        ("id", base.into()),
    ];
    desk.out.line(&Line::new().plain(&desk.words.with("delta-done", &values)))?;
    Ok(Exit::Good)
}

/// A delta, and for whom it is.
pub(super) struct Change {
    pub(super) delta: Vec<u8>,
    /// Which bundle those have, as people compare it.
    pub(super) base: String,
}

impl Change {
    /// What makes a bundle that was opened of the one before, which it has to follow.
    pub(super) fn between(
        base: &Path,
        path: &Path,
        bundle: &[u8],
        desk: &Desk,
    ) -> Result<Self, Fault> {
        let mut held = Held::read(base)?;
        let old = held.bytes().to_vec();
        held.open(Some(&first(&old)), None, &desk.words)?;
        let refused = |error: &dyn core::fmt::Display| {
            let base = base.display().to_string();
            Fault::new(Exit::Untrusted, "fault-delta")
                .at(path)
                .with("base", base)
                .with("said", error)
        };
        let roots = Parts::of(bundle).unwrap_or_default().roots;
        let root = roots.first().map(Vec::as_slice).unwrap_or_default();
        let delta =
            permit_parts::delta::following(&old, bundle, root).map_err(|error| refused(&error))?;
        Ok(Self { delta, base: hex(&BundleId::of(&old).0) })
    }
}

/// The bundle's own first root: for terminals that have it, whoever makes the file.
pub(super) fn first(bytes: &[u8]) -> Root {
    let parts = Parts::of(bytes).unwrap_or_default();
    let anchor = parts.roots.first().and_then(|root| Anchor::of(root).ok());
    Root::Fingerprint(anchor.unwrap_or(Anchor([0; 32])).0)
}

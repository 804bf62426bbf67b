//! What the terminal judges by from its start on.
//!
//! The newest acceptable of what was kept and what is named on the command line: a terminal that took newer lists starts
//! with them, whatever the command line still names. What cannot be used is passed over and said, and ends nothing as
//! long as there is something to judge by.

use std::path::{Path, PathBuf};

use permit_core::{Anchor, TrustError, UnixTime};
use permit_reader::clock;
use permit_reader::lists::Lists;
use permit_reader::machine::{Passed, UpdateFault};
use permit_reader::stick::plain;
use permit_signing::demo;

use super::args::{Args, Board, Root};
use super::exit::Exit;
use super::fault::Fault;

/// The lists, and what was there besides.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) lists: Lists,
    pub(super) passed: Passed,
}

/// The bundle that was kept or the one on the command line, then the demonstration's.
pub(super) fn open(args: &Args, led: Option<UnixTime>) -> Result<Found, Fault> {
    let real = args.board != Board::Sim && !args.demo;
    let anchor = anchor(args, real)?;
    let now = if args.at.is_some() { None } else { clock_now(args, led) };
    let kept = args.state.as_deref().map(kept).filter(|path| path.exists());
    let bytes = |path: &PathBuf| {
        plain(path).inspect_err(|_| {
            tracing::warn!(path = %path.display(), "a bundle cannot be read");
        })
    };
    let (lists, passed) = Lists::newest(
        kept.as_ref().map(bytes),
        args.bundle.as_ref().map(bytes),
        |bytes, before| {
            let open = |now| match before {
                None => Lists::open(bytes, anchor, None, now),
                Some(before) => before.next(bytes, now),
            };
            match open(now) {
                // A clock without a battery begins in 1970: it is below the floor then, and everything is referred.
                Err(TrustError::Future { .. }) => {
                    tracing::error!(
                        "the lists are signed ahead of the clock, which is not believed"
                    );
                    open(None)
                }
                taken => taken,
            }
        },
    );
    let lists = match lists {
        Some(lists) => lists,
        None => without(args, anchor, real, passed)?,
    };
    if real && lists.trust().is_demo() {
        return Err(Fault::new(Exit::Untrusted, "reader-demo-refused"));
    }
    Ok(Found { lists, passed })
}

/// Nothing can be used: the demonstration where nothing was asked for.
fn without(args: &Args, anchor: Anchor, real: bool, passed: Passed) -> Result<Lists, Fault> {
    let refused = |path: &Path, why: UpdateFault| match why {
        UpdateFault::Nothing | UpdateFault::Unfit => {
            Fault::new(Exit::Untrusted, "reader-no-file").at(path)
        }
        _ => Fault::new(Exit::Untrusted, "reader-refused").at(path).with("said", "see the log"),
    };
    let state = args.state.as_deref().map(kept);
    for (path, why) in [(&args.bundle, passed.given), (&state, passed.kept)] {
        if let (Some(path), Some(why)) = (path, why) {
            return Err(refused(path, why));
        }
    }
    if real {
        return Err(Fault::new(Exit::Untrusted, "reader-no-bundle"));
    }
    Lists::open(demo::BUNDLE, anchor, None, None).map_err(|error| {
        Fault::new(Exit::Untrusted, "reader-refused")
            .with("path", "keys/demo/bundle.cbor")
            .with("said", error)
    })
}

/// The installed root's fingerprint.
fn anchor(args: &Args, real: bool) -> Result<Anchor, Fault> {
    match &args.root {
        Some(Root::Fingerprint(anchor)) => Ok(*anchor),
        Some(Root::File(path)) => {
            let bytes =
                plain(path).map_err(|_| Fault::new(Exit::Untrusted, "reader-no-file").at(path))?;
            Anchor::of(&bytes).map_err(|_| Fault::new(Exit::Untrusted, "trust-not-root").at(path))
        }
        None if real => Err(Fault::new(Exit::Untrusted, "reader-no-root")),
        None => demo::anchor().map_err(|_| Fault::new(Exit::Untrusted, "trust-no-demo")),
    }
}

/// The terminal's clock, unless the demonstration's own moment is meant.
fn clock_now(args: &Args, led: Option<UnixTime>) -> Option<UnixTime> {
    args.bundle.is_some().then(|| led.or_else(clock::system)).flatten()
}

/// Where accepted lists are kept.
pub(super) fn kept(state: &Path) -> PathBuf {
    state.join("bundle.cbor")
}

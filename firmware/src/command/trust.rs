//! What the terminal judges by from its start on.
//!
//! The newest acceptable of what was kept and what is named on the command line: a terminal that took newer lists starts
//! with them, whatever the command line still names. What cannot be used is passed over and said. A terminal that has
//! nothing to judge by starts all the same, judges nobody and takes lists from a stick or from codes.

use std::path::{Path, PathBuf};

use permit_core::{Anchor, TrustError, UnixTime};
use permit_reader::clock;
use permit_reader::lists::{Basis, Bundle, Lists};
use permit_reader::machine::{Passed, Trouble, UpdateFault};
use permit_reader::stick::{Stick, plain};
use permit_signing::demo;
use permit_words::Words;

use super::args::{Args, Board, Root};
use super::exit::Exit;
use super::fault::Fault;
use super::output;

/// What is judged by, and what was there besides.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) basis: Basis,
    pub(super) passed: Passed,
    /// What was made again from its copy.
    pub(super) broken: Vec<Trouble>,
}

/// The bundle that was kept or the one on the command line, then the demonstration's.
pub(super) fn open(
    args: &Args,
    stick: &Stick,
    led: Option<UnixTime>,
    words: &Words,
) -> Result<Found, Fault> {
    let real = args.board != Board::Sim && !args.demo;
    let anchor = match anchor(args, real) {
        Ok(anchor) => Some(anchor),
        Err(fault) if args.once || fault.exit() == Exit::Usage => return Err(fault),
        // Until the root can be read there is nothing to accept lists by.
        Err(_) => None,
    };
    let Some(root) = anchor else {
        tracing::error!("the installed root cannot be read");
        let basis = Basis { anchor: None, before: None };
        return Ok(Found { basis, passed: Passed::default(), broken: Vec::new() });
    };
    let now = if args.at.is_some() { None } else { clock_now(args, led) };
    let kept = stick.kept();
    let given = args.bundle.as_deref().map(plain);
    let (lists, mut passed) =
        Lists::newest(kept.iter().cloned(), given, |bytes, before| take(bytes, root, before, now));
    let mut broken = Vec::new();
    let used = lists.as_ref().map(Lists::bundle);
    let is_used = |bundle: &Bundle| used.is_some_and(|used| bundle.as_deref() == Ok(used));
    if kept.iter().any(is_used) {
        // One of the two that are kept: the other is made again. An older one is only what the power left.
        let torn = passed.kept.take().filter(|why| *why != UpdateFault::Older);
        broken.extend(torn.map(|_| Trouble::Restored));
    }
    let before = match lists {
        Some(lists) => Some(lists),
        None => without(args, root, real, passed, words)?,
    };
    if real && before.is_some_and(|lists| lists.trust().is_demo()) {
        return Err(Fault::new(Exit::Untrusted, "reader-demo-refused"));
    }
    Ok(Found { basis: Basis { anchor, before }, passed, broken })
}

/// Keeps what is judged by, twice, unless that is so already.
pub(super) fn keep(stick: &Stick, basis: &Basis) {
    let Some(bundle) = basis.before.as_ref().map(Lists::bundle) else { return };
    if bundle != demo::BUNDLE
        && !stick.is_kept(bundle)
        && let Err(error) = stick.store(bundle)
    {
        tracing::error!(%error, "the lists in use cannot be kept");
    }
}

fn take(
    bytes: &[u8],
    anchor: Anchor,
    before: Option<&Lists>,
    now: Option<UnixTime>,
) -> Result<Lists, TrustError> {
    let open = |now| match before {
        None => Lists::open(bytes, anchor, None, now),
        Some(before) => before.next(bytes, now),
    };
    match open(now) {
        // A clock without a battery begins in 1970: it is below the floor then, and everything is referred.
        Err(TrustError::Future { .. }) => {
            tracing::error!("the lists are signed ahead of the clock, which is not believed");
            open(None)
        }
        taken => taken,
    }
}

/// Nothing can be used: the demonstration where nothing was asked for, or nothing, which is said.
fn without(
    args: &Args,
    anchor: Anchor,
    real: bool,
    passed: Passed,
    words: &Words,
) -> Result<Option<Lists>, Fault> {
    let asked = real || passed != Passed::default();
    if !asked {
        return Lists::open(demo::BUNDLE, anchor, None, None).map(Some).map_err(|error| {
            Fault::new(Exit::Untrusted, "reader-refused")
                .with("path", "keys/demo/bundle.cbor")
                .with("said", error)
        });
    }
    let state = args.state.as_deref().map(kept);
    let of = |path: &Option<PathBuf>, why| Some((path.clone()?, why?));
    let named = of(&args.bundle, passed.given).or_else(|| of(&state, passed.kept));
    let fault = match named {
        Some((path, UpdateFault::Nothing | UpdateFault::Unfit)) => {
            Fault::new(Exit::Untrusted, "reader-no-file").at(&path)
        }
        Some((path, UpdateFault::Refused)) if args.root.is_none() => {
            Fault::new(Exit::Untrusted, "reader-not-demo").at(&path)
        }
        Some((path, why)) => {
            let said = format!("{why:?}").to_lowercase();
            Fault::new(Exit::Untrusted, "reader-refused").at(&path).with("said", said)
        }
        None => Fault::new(Exit::Untrusted, "reader-no-bundle"),
    };
    if args.once {
        return Err(fault);
    }
    output::fault(&fault, words);
    Ok(None)
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
        // What the command line has to say, and nothing else does.
        None if real => Err(Fault::new(Exit::Usage, "reader-no-root")),
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

//! Proposals: started, shown, signed, sent on, finished.

use std::io::{self, BufRead as _, IsTerminal as _};
use std::path::{Path, PathBuf};

use permit_core::trust::{Role, Root};
use permit_signing::demo::template;
use permit_signing::draft::{Draft, role_name};
use permit_signing::{
    Change, FinishError, Missing, Parties, Proposal, SignError, changes, contents,
};

use super::files;
use crate::output::{Line, Tone};
use crate::secret::{self, Place};
use crate::{Desk, Exit, Fault, write};

/// The command line of `propose`.
#[derive(Debug, clap::Args)]
pub(super) struct ProposeArgs {
    description: PathBuf,

    #[arg(long)]
    root: Option<PathBuf>,

    #[arg(long)]
    out: PathBuf,
}

/// The command line of `sign`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    proposal: PathBuf,

    #[arg(long, required = true, value_parser = secret::place)]
    key: Vec<Place>,

    #[arg(long)]
    root: Option<PathBuf>,

    #[arg(long)]
    current: Option<PathBuf>,

    #[arg(long)]
    yes: bool,

    #[arg(long)]
    passphrase_file: Option<PathBuf>,

    #[arg(long)]
    out: PathBuf,
}

/// Starts a proposal.
pub(super) fn propose(args: &ProposeArgs, desk: &Desk) -> Result<Exit, Fault> {
    let draft = files::draft(&args.description)?;
    let payload = draft.encode().map_err(|error| files::refused(&args.description, &error))?;
    let form = with_parties(&draft, &payload, args.root.as_deref(), |parties| Ok(parties.form()))?;
    real(&draft, args)?;
    let proposal =
        Proposal::start(&draft, form).map_err(|error| files::refused(&args.description, &error))?;
    if args.out.symlink_metadata().is_ok() {
        return Err(Fault::new(Exit::Unwritable, "fault-exists").at(&args.out));
    }
    write::whole(&args.out, &proposal.to_bytes())?;
    files::wrote(desk, "authority-proposed", &args.out)
}

/// That no real authority signs a text of a demonstration.
fn real(draft: &Draft, args: &ProposeArgs) -> Result<(), Fault> {
    let (Some(path), Some(field)) = (&args.root, template(draft)) else { return Ok(()) };
    let root = files::root_payload(path)?;
    if files::root(path, &root)?.demo {
        return Ok(());
    }
    let fault = Fault::new(Exit::Untrusted, "fault-template").at(&args.description);
    Err(fault.with("field", field))
}

/// Shows what is proposed, signs it, and finishes it once everybody has signed.
pub(super) fn run(args: &Args, desk: &Desk) -> Result<Exit, Fault> {
    let path = &args.proposal;
    let bytes = files::bytes(path)?;
    let wrong =
        |said: String| Fault::new(Exit::Unreadable, "fault-proposal").at(path).with("said", said);
    let mut proposal = Proposal::from_bytes(&bytes).map_err(|error| wrong(error.to_string()))?;
    let draft = proposal.contents().map_err(|error| wrong(error.to_string()))?;
    let payload = proposal.payload().to_vec();
    with_parties(&draft, &payload, args.root.as_deref(), |parties| {
        present(&draft, args.current.as_deref(), desk)?;
        if !args.yes {
            confirm(desk)?;
        }
        for place in &args.key {
            let key = secret::open(place, args.passphrase_file.as_deref(), desk)?;
            match proposal.sign(parties, &key) {
                Ok(kid) => say(desk, "authority-signed", &kid.to_string())?,
                Err(SignError::Already(kid)) => say(desk, "authority-already", &kid.to_string())?,
                Err(error) => {
                    return Err(Fault::new(Exit::Untrusted, "fault-sign").with("said", error));
                }
            }
        }
        write::whole(path, &proposal.to_bytes())?;
        conclude(&proposal, parties, args, desk)
    })
}

fn conclude(
    proposal: &Proposal,
    parties: &Parties,
    args: &Args,
    desk: &Desk,
) -> Result<Exit, Fault> {
    match proposal.finish(parties) {
        Ok(document) => {
            write::whole(&args.out, &document)?;
            files::wrote(desk, "authority-finished", &args.out)
        }
        Err(FinishError::Missing(missing)) => {
            missing.iter().try_for_each(|missing| wanted(desk, missing))?;
            files::wrote(desk, "authority-send-on", &args.proposal)
        }
        Err(error) => Err(Fault::new(Exit::Untrusted, "fault-sign").with("said", error)),
    }
}

/// Whose signatures a document needs, under the root it will be read with.
fn with_parties<T>(
    draft: &Draft,
    payload: &[u8],
    root: Option<&Path>,
    run: impl FnOnce(&Parties) -> Result<T, Fault>,
) -> Result<T, Fault> {
    let current = root.map(files::root_payload).transpose()?;
    let current = match (root, &current) {
        (Some(path), Some(payload)) => Some(files::root(path, payload)?),
        _ => None,
    };
    let proposed = (draft.role() == Role::Root).then(|| Root::decode(payload).ok()).flatten();
    if proposed.is_some_and(|root| root.header.version > 1) && current.is_none() {
        return Err(Fault::new(Exit::Usage, "fault-root-needed"));
    }
    let parties = Parties::of(draft, proposed.as_ref(), current.as_ref())
        .ok_or_else(|| Fault::new(Exit::Usage, "fault-root-needed"))?;
    run(&parties)
}

/// Every field that is new or changed.
fn present(draft: &Draft, current: Option<&Path>, desk: &Desk) -> Result<(), Fault> {
    let before = current.map(|path| files::signed(path, Some(draft.role()))).transpose()?;
    let values = [
        ("role", role_name(draft.role()).into()),
        ("version", draft.header().version.into()),
        ("zone", draft.header().zone.into()),
    ];
    let title = desk.words.with("authority-to-sign", &values);
    desk.out.line(&Line::new().say(Tone::Strong, &title))?;
    let shown = match &before {
        Some(before) => changes(before, draft),
        None => contents(draft),
    };
    shown.iter().try_for_each(|change| difference(desk, change))
}

fn difference(desk: &Desk, change: &Change) -> Result<(), Fault> {
    let line = Line::new().plain("  ").plain(&change.path).plain(": ");
    let line = match (&change.before, &change.after) {
        (Some(before), Some(after)) => {
            line.say(Tone::Warn, before).plain(" → ").say(Tone::Warn, after)
        }
        (None, Some(after)) => line.say(Tone::Good, after),
        (Some(before), None) => line.say(Tone::Bad, before).plain(" → -"),
        (None, None) => line,
    };
    desk.out.line(&line)
}

/// Asks at the keyboard; without one, only `--yes` will do.
fn confirm(desk: &Desk) -> Result<(), Fault> {
    if !io::stdin().is_terminal() {
        return Err(Fault::new(Exit::Usage, "fault-not-confirmed"));
    }
    desk.out.note(&Line::new().plain(&desk.words.get("authority-confirm")));
    let mut answer = String::new();
    let read = io::stdin().lock().read_line(&mut answer);
    read.map_err(|cause| Fault::open(Path::new("-"), cause))?;
    match answer.trim() {
        "yes" => Ok(()),
        _ => Err(Fault::new(Exit::Usage, "fault-not-confirmed")),
    }
}

fn wanted(desk: &Desk, missing: &Missing) -> Result<(), Fault> {
    let could: Vec<String> = missing.could.iter().map(ToString::to_string).collect();
    let values = [
        ("side", format!("{:?}", missing.side).into()),
        ("have", missing.have.into()),
        ("need", missing.need.into()),
        ("keys", could.join(" ").into()),
    ];
    let id = if missing.previous { "authority-missing-before" } else { "authority-missing" };
    desk.out.line(&Line::new().say(Tone::Warn, &desk.words.with(id, &values)))
}

fn say(desk: &Desk, id: &str, key: &str) -> Result<(), Fault> {
    desk.out.line(&Line::new().plain(&desk.words.with(id, &[("key", key.into())])))
}

//! The zone's pseudonym secret: each side draws a half, and both halves make it.
//!
//! A half is shown as 24 words once, to be carried by hand; the secret itself is never printed. What both sides compare is a
//! fingerprint of it.

use std::path::{Path, PathBuf};

use permit_core::Side;
use permit_signing::{Half, KeyFile, NewPassphrase, Term, ZoneSecret, create_private_file};
use zeroize::Zeroizing;

use super::Half as Whose;
use crate::output::{Line, Tone};
use crate::secret::{self, key_fault};
use crate::{Desk, Exit, Fault, write};

/// Which secret.
#[derive(Debug, Clone, Copy, clap::Args)]
struct Of {
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..))]
    zone: u16,

    #[arg(long, value_parser = clap::value_parser!(u16).range(1900..=2155))]
    year: u16,
}

/// The command line of `half`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    of: Of,

    #[arg(long, ignore_case = true)]
    side: Whose,

    #[arg(long)]
    passphrase_file: Option<PathBuf>,

    #[arg(long)]
    out: PathBuf,
}

/// The command line of `secret`.
#[derive(Debug, clap::Args)]
pub(super) struct SecretArgs {
    #[command(flatten)]
    of: Of,

    #[arg(long)]
    a: PathBuf,

    #[arg(long)]
    b: PathBuf,

    #[arg(long)]
    passphrase_file: Option<PathBuf>,

    #[arg(long)]
    terminal: Option<PathBuf>,

    #[arg(long)]
    out: PathBuf,
}

impl From<Of> for Term {
    fn from(of: Of) -> Self {
        Self { zone: of.zone, year: of.year }
    }
}

/// Draws a side's half, seals it and shows it as words.
pub(super) fn run(args: &Args, desk: &Desk) -> Result<Exit, Fault> {
    let wrong = |error| key_fault(&args.out, error);
    absent(&args.out)?;
    let under = new_passphrase(args.passphrase_file.as_deref(), desk)?;
    let half = Half::draw().map_err(|error| wrong(error.into()))?;
    let sealed = half.seal((args.side.into(), args.of.into()), &under).map_err(wrong)?;
    sealed.create(&args.out).map_err(wrong)?;
    let values = [("path", args.out.display().to_string().into())];
    desk.out.line(&Line::new().plain(&desk.words.with("authority-half", &values)))?;
    let words = permit_words::fingerprint(half.bytes_that_are_secret(), desk.words.lang());
    desk.out.line(&Line::new().say(Tone::Strong, &words.join(" ")))?;
    Ok(Exit::Good)
}

/// Makes the secret of both halves.
pub(super) fn secret(args: &SecretArgs, desk: &Desk) -> Result<Exit, Fault> {
    let term = Term::from(args.of);
    let passphrase = args.passphrase_file.as_deref();
    absent(&args.out)?;
    let a = half(&args.a, (Side::A, term), passphrase, desk)?;
    let b = half(&args.b, (Side::B, term), passphrase, desk)?;
    let secret = ZoneSecret::of(term, &a, &b)
        .map_err(|_| Fault::new(Exit::Unreadable, "fault-halves-same"))?;
    let under = new_passphrase(passphrase, desk)?;
    let wrong = |error| key_fault(&args.out, error);
    let sealed = secret.seal(term, &under).map_err(wrong)?;
    if let Some(folder) = &args.terminal {
        write::folder(folder)?;
        // A terminal makes the copy, and the check of both, at its first start.
        let path = folder.join("pseudonym.secret");
        create_private_file(&path, secret.bytes_that_are_secret())
            .map_err(|error| key_fault(&path, error))?;
    }
    sealed.create(&args.out).map_err(wrong)?;
    let spelt = permit_words::fingerprint(&secret.fingerprint(), desk.words.lang()).join(" ");
    let values = [("path", args.out.display().to_string().into()), ("words", spelt.into())];
    desk.out.line(&Line::new().plain(&desk.words.with("authority-secret", &values)))?;
    Ok(Exit::Good)
}

/// A half that is sealed in a file, or written there in words.
fn half(
    path: &Path,
    whose: (Side, Term),
    passphrase: Option<&Path>,
    desk: &Desk,
) -> Result<Half, Fault> {
    match KeyFile::load(path) {
        Ok(sealed) => {
            let with = secret::passphrase(path, passphrase, desk)?;
            Half::open(&sealed, whose, &with).map_err(|error| match error {
                permit_signing::HalfError::File(error) => key_fault(path, error),
                other => Fault::new(Exit::Unreadable, "fault-half").at(path).with("said", other),
            })
        }
        Err(permit_signing::KeyFileError::Format(permit_signing::FormatError::Magic)) => {
            let text = Zeroizing::new(super::text(path)?);
            let bytes = permit_words::digest_of(&text).map(Zeroizing::new);
            let bytes =
                bytes.ok_or_else(|| Fault::new(Exit::Unreadable, "fault-half-words").at(path))?;
            Ok(Half::carried(&bytes))
        }
        Err(error) => Err(key_fault(path, error)),
    }
}

fn absent(path: &Path) -> Result<(), Fault> {
    match path.symlink_metadata() {
        Ok(_) => Err(Fault::new(Exit::Unwritable, "fault-exists").at(path)),
        Err(_) => Ok(()),
    }
}

fn new_passphrase(file: Option<&Path>, desk: &Desk) -> Result<NewPassphrase, Fault> {
    secret::new_passphrase(file, "PERMIT_PASSPHRASE", desk)
}

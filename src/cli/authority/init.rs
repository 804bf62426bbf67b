//! A side's first keys, and the description of the root of both.

use std::path::{Path, PathBuf};

use permit_core::trust::Role;
use permit_core::{Side, Signer};
use permit_signing::draft::{
    Draft, Header, Key, RoleKeys, Roles, Root, Time, role_name, toml_flaw,
};
use permit_signing::{Cost, KeyFile, Label, SecretKey};

use super::{Half, files};
use crate::secret::{self, key_fault};
use crate::{Desk, Exit, Fault, write};

/// The command line of `init`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    folder: PathBuf,

    #[arg(long, ignore_case = true)]
    side: Half,

    #[arg(long)]
    demo: bool,

    #[arg(long)]
    passphrase_file: Option<PathBuf>,
}

/// The command line of `root`.
#[derive(Debug, clap::Args)]
pub(super) struct RootArgs {
    #[arg(long)]
    a: PathBuf,

    #[arg(long)]
    b: PathBuf,

    #[arg(long)]
    zone: u16,

    #[arg(long)]
    demo: bool,

    #[arg(long, value_parser = files::moment)]
    at: Option<Time>,

    #[arg(long)]
    out: PathBuf,
}

/// Makes a side's keys: three for root and zone, of which two sign, and one for each other role.
pub(super) fn run(args: &Args, desk: &Desk) -> Result<Exit, Fault> {
    let side = Side::from(args.side);
    let letter = if side == Side::A { 'a' } else { 'b' };
    let public = args.folder.join(format!("roles-{letter}.toml"));
    if public.symlink_metadata().is_ok() {
        return Err(Fault::new(Exit::Unwritable, "fault-exists").at(&public));
    }
    let keys = args.folder.join("keys");
    write::folder(&keys)?;
    let under = if args.demo {
        None
    } else {
        Some(secret::new_passphrase(args.passphrase_file.as_deref(), "PERMIT_PASSPHRASE", desk)?)
    };
    let bar = desk.out.progress(15, &desk.words.get("authority-progress"));
    let mut roles = Roles::default();
    for role in Role::ALL {
        let both = matches!(role, Role::Root | Role::Zone);
        let (count, threshold) = if both { (3, 2) } else { (1, 1) };
        let mut listed = Vec::new();
        for number in 1..=count {
            let name = format!("{letter}-{}-{number}", role_name(role));
            listed.push(Key(make(&keys.join(format!("{name}.key")), &name, under.as_ref())?));
            bar.inc(1);
        }
        *roles.of_mut(role) = RoleKeys { threshold, keys: listed };
    }
    bar.finish_and_clear();
    let text = toml::to_string(&roles)
        .map_err(|error| Fault::new(Exit::Unwritable, "fault-spelled").with("said", error))?;
    write::whole(&public, text.as_bytes())?;
    files::wrote(desk, "authority-keys", &public)
}

fn make(
    path: &Path,
    name: &str,
    under: Option<&permit_signing::NewPassphrase>,
) -> Result<[u8; 32], Fault> {
    let wrong = |error| key_fault(path, error);
    let key = SecretKey::generate().map_err(|error| wrong(error.into()))?;
    let label = Label::new(name).unwrap_or_default();
    let sealed = match under {
        Some(under) => KeyFile::seal(&key, under, Cost::DEFAULT, label),
        None => KeyFile::seal_unprotected_for_demo_keys_only(&key, label),
    };
    sealed.and_then(|sealed| sealed.create(path)).map_err(wrong)?;
    Ok(key.public_key())
}

/// Writes the description of a first root.
pub(super) fn root(args: &RootArgs, desk: &Desk) -> Result<Exit, Fault> {
    let issued = files::now(args.at);
    let header = header(issued, args.zone, FIVE_YEARS, FIVE_YEARS);
    let (a, b) = (roles(&args.a)?, roles(&args.b)?);
    if !args.demo {
        for (path, roles) in [(&args.a, &a), (&args.b, &b)] {
            guarded(path, roles)?;
        }
    }
    let draft = Draft::Root(Box::new(Root { demo: args.demo, header, a, b }));
    draft.encode().map_err(|error| files::refused(&args.out, &error))?;
    files::write_new(&args.out, &draft)?;
    files::wrote(desk, "authority-described", &args.out)
}

fn roles(path: &Path) -> Result<Roles, Fault> {
    let text = files::text(path)?;
    toml::from_str(&text).map_err(|error| {
        Fault::new(Exit::Unreadable, "fault-description")
            .at(path)
            .with("said", toml_flaw(&text, &error))
    })
}

/// That no key of a side lies unprotected beside its description, as `init --demo` leaves them: such keys are for a
/// demonstration's root alone. Keys that were taken elsewhere cannot be looked at.
fn guarded(path: &Path, roles: &Roles) -> Result<(), Fault> {
    let keys = path.parent().unwrap_or(Path::new("")).join("keys");
    let Ok(files) = std::fs::read_dir(&keys) else { return Ok(()) };
    let listed: Vec<[u8; 32]> =
        Role::ALL.iter().flat_map(|role| roles.of(*role).keys.iter().map(|key| key.0)).collect();
    for file in files.filter_map(Result::ok).map(|entry| entry.path()) {
        let Ok(bytes) = std::fs::read(&file) else { continue };
        let is_open = KeyFile::from_bytes(&bytes)
            .is_ok_and(|key| !key.is_protected() && listed.contains(&key.stated_public_key()));
        if is_open {
            return Err(Fault::new(Exit::Untrusted, "fault-root-unprotected").at(&file));
        }
    }
    Ok(())
}

/// The header of a first version.
pub(super) fn header(issued: Time, zone: u16, next_update: i64, expires: i64) -> Header {
    let after = |days: i64| Time(issued.0.plus(days * DAY));
    Header { version: 1, issued, next_update: after(next_update), expires: after(expires), zone }
}

const DAY: i64 = 24 * 60 * 60;
const FIVE_YEARS: i64 = 5 * 365;

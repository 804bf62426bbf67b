//! `permit key`: key files and keys on tokens.
//!
//! It makes, shows, moves and tries keys. It signs nothing but a test message, and prints no private key: one leaves
//! only into a file that its owner alone can read.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};
use permit_core::{KeyId, PublicKey, Signer};
use permit_file::Ask;
use permit_signing::{
    Cost, ExchangeError, KeyFile, Label, SecretKey, Token, TokenChoice, create_private_file,
    export_encrypted, export_without_any_encryption, import, public_base64, public_hex, public_pem,
};

use crate::output::Line;
use crate::secret::{self, Place, key_fault, token_fault};
use crate::{Desk, Exit, Fault};

/// Its command line.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    New(New),
    Show(Show),
    Passphrase(Change),
    Export(Export),
    Import(Import),
    Check(Check),
}

#[derive(Debug, clap::Args)]
struct New {
    #[arg(value_parser = secret::place)]
    key: Place,

    #[arg(long)]
    label: Option<String>,

    #[arg(long)]
    demo: bool,

    #[arg(long)]
    passphrase_file: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
struct Show {
    file: PathBuf,

    #[arg(long)]
    form: Option<Form>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Form {
    Hex,
    Base64,
    Pem,
}

#[derive(Debug, clap::Args)]
struct Change {
    file: PathBuf,

    #[arg(long)]
    passphrase_file: Option<PathBuf>,

    #[arg(long)]
    new_passphrase_file: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
struct Export {
    file: PathBuf,

    #[arg(long)]
    out: PathBuf,

    #[arg(long)]
    without_any_encryption: bool,

    #[arg(long)]
    passphrase_file: Option<PathBuf>,

    #[arg(long)]
    new_passphrase_file: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
struct Import {
    from: PathBuf,

    file: PathBuf,

    #[arg(long)]
    label: Option<String>,

    #[arg(long)]
    passphrase_file: Option<PathBuf>,

    #[arg(long)]
    new_passphrase_file: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
struct Check {
    #[arg(value_parser = secret::place)]
    key: Place,

    #[arg(long)]
    passphrase_file: Option<PathBuf>,
}

/// Does it.
pub(crate) fn run(args: &Args, desk: &Desk) -> Result<Exit, Fault> {
    match &args.task {
        Task::New(args) => new(args, desk),
        Task::Show(args) => show(args, desk),
        Task::Passphrase(args) => change(args, desk),
        Task::Export(args) => export(args, desk),
        Task::Import(args) => take(args, desk),
        Task::Check(args) => check(args, desk),
    }
}

fn new(args: &New, desk: &Desk) -> Result<Exit, Fault> {
    let label = label(args.label.as_deref())?;
    let file = args.passphrase_file.as_deref();
    let public = match &args.key {
        Place::File(path) => {
            let key = SecretKey::generate().map_err(no_randomness)?;
            let sealed = if args.demo {
                KeyFile::seal_unprotected_for_demo_keys_only(&key, label)
            } else {
                let under = secret::new_passphrase(file, "PERMIT_PASSPHRASE", desk)?;
                KeyFile::seal(&key, &under, Cost::DEFAULT, label)
            };
            let sealed = sealed.map_err(|error| key_fault(path, error))?;
            sealed.create(path).map_err(|error| key_fault(path, error))?;
            key.public_key()
        }
        Place::Token { module, token, object } => {
            let pin = secret::pin(token, file, desk)?;
            let found = Token::find(module, TokenChoice::Label(token)).map_err(token_fault)?;
            let object = self::label(Some(object))?;
            found.generate(&object, Some(&pin)).map_err(token_fault)?.public_key()
        }
    };
    tell(desk, "key-made", public)
}

fn show(args: &Show, desk: &Desk) -> Result<Exit, Fault> {
    let sealed = KeyFile::load(&args.file).map_err(|error| key_fault(&args.file, error))?;
    let raw = sealed.stated_public_key();
    let public = PublicKey::new(&raw).map_err(|fault| {
        Fault::new(Exit::Unreadable, "fault-key-file").at(&args.file).with("said", fault)
    })?;
    match args.form {
        Some(Form::Hex) => desk.out.line(&Line::new().plain(&public_hex(&public)))?,
        Some(Form::Base64) => desk.out.line(&Line::new().plain(&public_base64(&public)))?,
        Some(Form::Pem) => {
            let pem = public_pem(&public).map_err(|error| exchange(&args.file, &error))?;
            desk.out.bytes(pem.as_bytes())?;
        }
        None => {
            let id = if sealed.is_protected() { "key-shown" } else { "key-shown-open" };
            let values = [
                ("label", sealed.label().as_str().into()),
                ("key", public.id().to_string().into()),
                ("public", public_hex(&public).into()),
            ];
            let text = desk.words.with(id, &values);
            text.lines().try_for_each(|line| desk.out.line(&Line::new().plain(line)))?;
        }
    }
    Ok(Exit::Good)
}

fn change(args: &Change, desk: &Desk) -> Result<Exit, Fault> {
    let old = secret::passphrase(&args.file, args.passphrase_file.as_deref(), desk)?;
    let new = args.new_passphrase_file.as_deref();
    let new = secret::new_passphrase(new, "PERMIT_NEW_PASSPHRASE", desk)?;
    let sealed = KeyFile::change_passphrase(&args.file, &old, &new, Cost::DEFAULT)
        .map_err(|error| key_fault(&args.file, error))?;
    tell(desk, "key-changed", sealed.stated_public_key())
}

fn export(args: &Export, desk: &Desk) -> Result<Exit, Fault> {
    let key = secret::open_file(&args.file, args.passphrase_file.as_deref(), desk)?;
    let pem = if args.without_any_encryption {
        export_without_any_encryption(&key)
    } else {
        let new = args.new_passphrase_file.as_deref();
        export_encrypted(&key, &secret::new_passphrase(new, "PERMIT_NEW_PASSPHRASE", desk)?)
    };
    let pem = pem.map_err(|error| exchange(&args.file, &error))?;
    create_private_file(&args.out, pem.as_bytes()).map_err(|error| key_fault(&args.out, error))?;
    tell(desk, "key-exported", key.public_key())
}

/// The most bytes of a key in another tool's form.
const MOST: u64 = 1 << 20;

fn take(args: &Import, desk: &Desk) -> Result<Exit, Fault> {
    let bytes = permit_file::read(&args.from, &Ask::named(MOST));
    let bytes = zeroize::Zeroizing::new(bytes.map_err(|error| Fault::file(&args.from, error))?);
    let key = match import(&bytes, None) {
        Err(ExchangeError::PassphraseNeeded) => {
            let file = args.passphrase_file.as_deref();
            import(&bytes, Some(&secret::passphrase(&args.from, file, desk)?))
        }
        other => other,
    };
    let key = key.map_err(|error| exchange(&args.from, &error))?;
    let new = args.new_passphrase_file.as_deref();
    let under = secret::new_passphrase(new, "PERMIT_NEW_PASSPHRASE", desk)?;
    let sealed = KeyFile::seal(&key, &under, Cost::DEFAULT, label(args.label.as_deref())?)
        .and_then(|sealed| sealed.create(&args.file));
    sealed.map_err(|error| key_fault(&args.file, error))?;
    tell(desk, "key-imported", key.public_key())
}

fn check(args: &Check, desk: &Desk) -> Result<Exit, Fault> {
    let key = secret::open(&args.key, args.passphrase_file.as_deref(), desk)?;
    permit_signing::check(&key)
        .map_err(|error| Fault::new(Exit::Unreadable, "fault-key-check").with("said", error))?;
    tell(desk, "key-good", key.public_key())
}

fn tell(desk: &Desk, id: &str, public: [u8; 32]) -> Result<Exit, Fault> {
    let text = desk.words.with(id, &[("key", KeyId::of(&public).to_string().into())]);
    desk.out.line(&Line::new().plain(&text))?;
    Ok(Exit::Good)
}

fn label(text: Option<&str>) -> Result<Label, Fault> {
    let wrong = |error| Fault::new(Exit::Usage, "fault-label").with("said", error);
    text.map_or(Ok(Label::default()), |text| Label::new(text).map_err(wrong))
}

fn exchange(path: &std::path::Path, error: &ExchangeError) -> Fault {
    Fault::new(Exit::Unreadable, "fault-key-exchange").at(path).with("said", error)
}

fn no_randomness(error: permit_signing::NoRandomness) -> Fault {
    Fault::new(Exit::Unreadable, "fault-key-check").with("said", error)
}

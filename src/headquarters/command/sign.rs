//! `permit-headquarters heads`, `passages` and `presence`: what goes out, signed.

use std::{io::Write as _, path::Path};

use permit_command::{Exit, Fault, output, secret};
use permit_headquarters::Site;
use permit_signing::SecretKey;
use permit_words::Words;

use super::args::Sign;

pub(crate) async fn heads(site: &Site, args: &Sign, words: &Words) -> Result<Exit, Fault> {
    let key = open(args, words)?;
    wrote("headquarters-heads", &args.out, &site.heads(&key).await?, words)
}

pub(crate) async fn passages(site: &Site, args: &Sign, words: &Words) -> Result<Exit, Fault> {
    let key = open(args, words)?;
    wrote("headquarters-passages", &args.out, &site.passages(&key).await?, words)
}

/// What the list cannot know is said: a terminal that takes it is to know no more by it than it does.
pub(crate) async fn presence(site: &Site, args: &Sign, words: &Words) -> Result<Exit, Fault> {
    let key = open(args, words)?;
    let list = site.presence(&key).await?;
    wrote("headquarters-presence", &args.out, &list.sealed, words)?;
    if !list.missing.is_empty() {
        let numbers: Vec<_> = list.missing.iter().map(ToString::to_string).collect();
        let numbers = ("numbers", numbers.join(", ").into());
        output::line(&words.with("headquarters-presence-missing", &[numbers]))?;
    }
    let other = match list.other {
        Some(at) => words.with("headquarters-presence-other", &[("at", at.to_string().into())]),
        None => words.get("headquarters-presence-alone").to_string(),
    };
    output::line(&other)?;
    Ok(Exit::Good)
}

/// The key that signs.
pub(crate) fn open(args: &Sign, words: &Words) -> Result<SecretKey, Fault> {
    secret::open(&args.key, args.passphrase_file.as_deref(), words)
}

/// Whole or not at all, over one that is there.
fn wrote(id: &str, path: &Path, bytes: &[u8], words: &Words) -> Result<Exit, Fault> {
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let write = || -> std::io::Result<()> {
        let mut file = tempfile::Builder::new().prefix(".new-").tempfile_in(folder)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        file.persist(path).map_err(|error| error.error)?;
        Ok(())
    };
    write().map_err(|cause| Fault::write(path, cause))?;
    output::line(&words.with(id, &[("path", path.display().to_string().into())]))?;
    Ok(Exit::Good)
}

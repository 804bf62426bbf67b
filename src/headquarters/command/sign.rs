//! `permit-headquarters heads` and `passages`: what goes out, signed.

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

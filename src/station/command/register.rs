//! `permit-station register`: the numbers that `permit issue` gave at this station, taken over once.
//!
//! The file is marked before the record says so, under the lock that `permit issue` takes: from then on no number is given by
//! it, and whoever was interrupted in between runs this again.

use std::{
    fs::{File, TryLockError},
    io::Write as _,
    path::{Path, PathBuf},
};

use permit_command::{Exit, Fault, output, secret};
use permit_file::{Ask, Lock};
use permit_station::rules::{self, Act, Denied, OfficeAct};
use permit_words::Words;

use super::{args::RegisterArgs, site::Place};

pub(crate) async fn run(place: &Place, args: &RegisterArgs, words: &Words) -> Result<Exit, Fault> {
    let (path, mut site) = (args.file.as_path(), place.open().await?);
    secret::open(&site.home.officer(args.officer), None, words)?;
    let _lock = lock(path)?;
    let unreadable =
        |said: String| Fault::new(Exit::Unreadable, "station-register").at(path).with("said", said);
    // As `permit issue` reads it.
    let bytes = permit_file::read(path, &Ask::named(permit_core::trust::BUNDLE as u64))
        .map_err(|error| unreadable(error.to_string()))?;
    let mut register = rules::register(&bytes).ok_or(Denied::NoRegister)?;
    register.desk = true;
    let text = toml::to_string(&register).map_err(|error| unreadable(error.to_string()))?;
    let (at, act) = (site.now(), Act::Office(OfficeAct::TakeOver(text.clone().into_bytes())));
    // Denied here, the file is as it was.
    site.registry.desk().propose(args.officer, at, act.clone())?;
    replace(path, text.as_bytes())?;
    site.registry.act(args.officer, at, act).await?;
    let numbers: std::collections::BTreeSet<_> = register.numbers().collect();
    let values = [("path", path.display().to_string().into()), ("count", numbers.len().into())];
    output::line(&words.with("station-register-taken", &values))?;
    Ok(Exit::Good)
}

/// The lock that `permit issue` takes beside its register.
fn lock(path: &Path) -> Result<Lock, Fault> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let name = PathBuf::from(name);
    Lock::take(&name).map_err(|error| match error {
        TryLockError::WouldBlock => Fault::new(Exit::Unwritable, "fault-register-busy").at(path),
        TryLockError::Error(cause) => {
            Fault::new(Exit::Unwritable, "fault-write").at(&name).with("cause", cause)
        }
    })
}

/// Whole or not at all.
fn replace(path: &Path, bytes: &[u8]) -> Result<(), Fault> {
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let write = || -> std::io::Result<()> {
        let mut file = tempfile::Builder::new().prefix(".register-").tempfile_in(folder)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        file.persist(path).map_err(|error| error.error)?;
        File::open(folder)?.sync_all()
    };
    write()
        .map_err(|cause| Fault::new(Exit::Unwritable, "fault-write").at(path).with("cause", cause))
}

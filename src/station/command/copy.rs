//! `permit-station backup` and `restore`.
//!
//! Of a database of its own, a file. PostgreSQL has its own tools for both, and the desk says so.

use std::path::{Path, PathBuf};

use permit_command::{Exit, Fault, output};
use permit_station::{
    home::Home,
    registry::{Keys, Registry, TABLES},
};
use permit_store::Store;
use permit_words::Words;

use super::{args::Copy, site::Place};

pub(crate) async fn backup(place: &Place, args: &Copy, words: &Words) -> Result<Exit, Fault> {
    let site = place.open().await?;
    let path = args.file.display().to_string();
    let said = |said: String| Fault::new(Exit::Unwritable, "station-database").with("said", said);
    site.registry.store().copy_to(&path).await.map_err(|error| said(error.to_string()))?;
    let entries = sound(&site.home, &args.file).await?;
    let values = [("path", path.into()), ("entries", entries.into())];
    output::line(&words.with("station-copied", &values))?;
    Ok(Exit::Good)
}

/// Puts a backup in the database's place. It has to hold, and to go as far as the desk has written.
pub(crate) async fn restore(place: &Place, args: &Copy, words: &Words) -> Result<Exit, Fault> {
    let home = Home::open(&place.state)?;
    let own = home.database();
    if place.url(&home) != own {
        return Err(Fault::new(Exit::Usage, "station-database").with("said", place.url(&home)));
    }
    let target = PathBuf::from(own.trim_start_matches("sqlite://"));
    let failed = |cause: std::io::Error| {
        Fault::new(Exit::Unwritable, "fault-write").at(&target).with("cause", cause)
    };
    let beside = target.with_extension("restoring");
    std::fs::copy(&args.file, &beside).map_err(failed)?;
    let keys = Keys { record: home.key("record")?, station: None };
    let store = open(&beside).await?;
    // Against the end that the desk remembers: an older backup does not pass for the newest.
    let registry = Registry::open(store, keys, Some(place.state.clone())).await?;
    let findings = registry.check().await?;
    let entries = registry.tip().sequence;
    if let Some(finding) = findings.first() {
        return Err(
            Fault::new(Exit::Untrusted, "station-record").with("said", format!("{finding:?}"))
        );
    }
    registry
        .store()
        .clone()
        .close()
        .await
        .map_err(|error| Fault::new(Exit::Unwritable, "station-database").with("said", error))?;
    for ending in ["db-wal", "db-shm"] {
        let _ = std::fs::remove_file(target.with_extension(ending));
    }
    std::fs::rename(&beside, &target).map_err(failed)?;
    for ending in ["restoring-wal", "restoring-shm"] {
        let _ = std::fs::remove_file(target.with_extension(ending));
    }
    output::line(&words.with("station-restored", &[("entries", entries.into())]))?;
    Ok(Exit::Good)
}

async fn open(path: &Path) -> Result<Store, Fault> {
    let url = format!("sqlite://{}", path.display());
    Store::open(&url, &TABLES)
        .await
        .map_err(|error| Fault::new(Exit::Unreadable, "station-database").with("said", error))
}

/// Opens a copy and holds it against the desk's own keys; how many entries it has.
async fn sound(home: &Home, path: &Path) -> Result<u64, Fault> {
    let keys = Keys { record: home.key("record")?, station: None };
    let registry = Registry::open(open(path).await?, keys, None).await?;
    Ok(registry.tip().sequence)
}

//! Where the desk is, and opening it.

use std::{
    path::PathBuf,
    time::{SystemTime, UNIX_EPOCH},
};

use permit_core::UnixTime;
use permit_signing::demo;
use permit_station::{
    home::Home,
    registry::{Keys, Registry, TABLES},
};
use permit_store::Store;

use super::{args::Cli, exit::Exit, fault::Fault};

/// What the command line says of where the desk is.
#[derive(Debug)]
pub(crate) struct Place {
    pub(crate) state: PathBuf,
    pub(crate) database: Option<String>,
}

/// A desk that is open.
#[derive(Debug)]
pub(crate) struct Site {
    pub(crate) home: Home,
    pub(crate) registry: Registry,
}

impl Place {
    /// From the command line.
    pub(crate) fn of(cli: &Cli) -> Self {
        Self { state: cli.state.clone(), database: cli.database.clone() }
    }

    /// The database: the one named, the one named at `init`, or the folder's own.
    pub(crate) fn url(&self, home: &Home) -> String {
        let kept = || home.kept("database").ok().and_then(|bytes| String::from_utf8(bytes).ok());
        self.database.clone().or_else(kept).unwrap_or_else(|| home.database())
    }

    /// The database, with its schema up to date.
    pub(crate) async fn store(&self, home: &Home) -> Result<Store, Fault> {
        Store::open(&self.url(home), &TABLES)
            .await
            .map_err(|error| Fault::new(Exit::Unreadable, "station-database").with("said", error))
    }

    /// Opens the desk and replays its record.
    pub(crate) async fn open(&self) -> Result<Site, Fault> {
        let home = Home::open(&self.state)?;
        let keys = Keys { record: home.key("record")?, station: Some(home.key("station")?) };
        let store = self.store(&home).await?;
        let registry = Registry::open(store, keys, Some(self.state.clone())).await?;
        Ok(Site { home, registry })
    }
}

impl Site {
    /// The desk's clock. A demonstration lives in its own time, which goes on from when it was made.
    pub(crate) fn now(&self) -> UnixTime {
        let begun = self.home.kept("begun").ok();
        let begun = begun.and_then(|bytes| Some(i64::from_be_bytes(bytes.try_into().ok()?)));
        match begun.filter(|_| self.registry.desk().office().founding().demo) {
            Some(begun) => demo::NOON.plus(system().0.saturating_sub(begun).max(0)),
            None => system(),
        }
    }
}

/// The computer's clock.
pub(crate) fn system() -> UnixTime {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    UnixTime(i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
}

//! Where the desk is, and opening it.

use std::path::PathBuf;

use permit_command::Fault;
use permit_station::{
    home::Home,
    registry::{RegistryError, TABLES},
    site::Site,
};
use permit_store::Store;

use super::args::Cli;

/// What the command line says of where the desk is.
#[derive(Debug)]
pub(crate) struct Place {
    pub(crate) state: PathBuf,
    pub(crate) database: Option<String>,
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
        let store = Store::open(&self.url(home), &TABLES).await;
        store.map_err(|error| RegistryError::from(error).into())
    }

    /// Opens the desk and replays its record.
    pub(crate) async fn open(&self) -> Result<Site, Fault> {
        let home = Home::open(&self.state)?;
        let url = self.url(&home);
        Ok(Site::open(home, &url).await?)
    }
}

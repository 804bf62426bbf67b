//! What the command says when an act is not done: errors of this room as faults.

use permit_card::Refused;
use permit_command::{Exit, Fault};
use permit_store::StoreError;

use crate::{
    card::{self, NotDrawn},
    registry::RegistryError,
    rules::Denied,
    said,
    site::{ListsError, SiteError},
};

impl From<Denied> for Fault {
    fn from(denied: Denied) -> Self {
        Self::new(Exit::Differs, "station-denied")
            .worded("said", move |words| said::denied(&denied, words))
    }
}

impl From<RegistryError> for Fault {
    fn from(error: RegistryError) -> Self {
        let (exit, id) = match error {
            RegistryError::Denied(denied) => return denied.into(),
            RegistryError::Store(StoreError::Plain { .. }) => {
                (Exit::Usage, "station-database-plain")
            }
            RegistryError::Store(_) => (Exit::Unreadable, "station-database"),
            RegistryError::Home { .. } | RegistryError::Key(_) | RegistryError::Randomness(_) => {
                (Exit::Unreadable, "station-home")
            }
            RegistryError::NoStationKey => (Exit::Untrusted, "station-no-key"),
            _ => (Exit::Untrusted, "station-record"),
        };
        Self::new(exit, id).with("said", error)
    }
}

impl From<NotDrawn> for Fault {
    fn from(error: NotDrawn) -> Self {
        match error {
            NotDrawn::Site(error) => error.into(),
            NotDrawn::Design(error) => {
                Self::new(Exit::Unreadable, "station-design").with("said", error)
            }
            NotDrawn::Refused(all) => {
                Self::new(Exit::Differs, "station-not-drawn").worded("said", move |words| {
                    let said =
                        |why: &Refused| card::said(why, words).unwrap_or_else(|| why.to_string());
                    let mut said: Vec<String> = all.iter().map(said).collect();
                    said.dedup();
                    said.join(" ")
                })
            }
            NotDrawn::Broken => Self::new(Exit::Differs, "station-not-drawn").with("said", error),
        }
    }
}

impl From<ListsError> for Fault {
    fn from(error: ListsError) -> Self {
        let id = match error {
            ListsError::Key(_) => "station-no-key",
            _ => "station-lists",
        };
        Self::new(Exit::Untrusted, id).with("said", error)
    }
}

impl From<SiteError> for Fault {
    fn from(error: SiteError) -> Self {
        match error {
            SiteError::Lists(error) => error.into(),
            SiteError::Registry(error) => error.into(),
        }
    }
}

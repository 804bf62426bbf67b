//! A database of each kind, and a registry of the scene in it.

use permit_record::{Decision, Role};
use permit_store::Store;
use tempfile::TempDir;

use super::super::{Keys, Registry, TABLES};
use crate::rules::{tests::scene::*, *};

/// A folder, and the address of a database.
pub(super) struct Place {
    pub(super) folder: TempDir,
    pub(super) url: String,
}

/// One of each kind; PostgreSQL where Debian's is installed.
pub(super) fn places() -> Vec<Place> {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("desk.db").display());
    let mut places = vec![Place { folder, url }];
    match super::postgres::database() {
        Some(url) => places.push(Place { folder: tempfile::tempdir().unwrap(), url }),
        None => println!("skipped: PostgreSQL 15 is not here (Debian: postgresql-15)"),
    }
    places
}

pub(super) fn keys() -> Keys {
    Keys { record: key(999), station: Some(key(998)) }
}

pub(super) async fn store(place: &Place) -> Store {
    Store::open(&place.url, &TABLES).await.unwrap()
}

pub(super) async fn opened(place: &Place) -> Result<Registry, super::super::RegistryError> {
    Registry::open(store(place).await, keys(), Some(place.folder.path().to_owned())).await
}

/// A registry with the scene's officers.
pub(super) async fn registry(place: &Place) -> Registry {
    let memory = Some(place.folder.path().to_owned());
    let store = store(place).await;
    let mut registry = Registry::create(store, keys(), memory, founding(), NOON).await.unwrap();
    for (officer, latin, roles) in &OFFICERS[2..] {
        let bytes = signed(&enrolment(*officer, latin, roles), [CHIEF, DEPUTY]);
        registry.act(CHIEF, NOON, Act::Office(OfficeAct::Enrol(bytes))).await.unwrap();
    }
    registry
}

/// What the suite does over and over.
pub(super) async fn does(registry: &mut Registry, by: u16, number: u32, act: ApplicationAct) {
    registry.act(by, NOON, Act::Application(number, act)).await.unwrap();
}

pub(super) async fn reviewed(registry: &mut Registry, class: Class) -> u32 {
    let act = Act::Application(0, open(class, Origin::New));
    let number = registry.act(CLERK, NOON, act).await.unwrap().subject.number();
    for need in class.needs() {
        does(registry, CLERK, number, paper(need[0])).await;
    }
    does(registry, CLERK, number, ApplicationAct::Fill(particulars(class))).await;
    does(registry, CLERK, number, ApplicationAct::Submit).await;
    does(registry, POLICE, number, ApplicationAct::Review).await;
    number
}

pub(super) fn approve(registry: &Registry, number: u32, by: u16, role: Role) -> ApplicationAct {
    ApplicationAct::Approve(registry.desk().decided(number, by, role, Decision::Approve))
}

pub(super) async fn approved(registry: &mut Registry, class: Class) -> u32 {
    let number = reviewed(registry, class).await;
    let act = approve(registry, number, POLICE, Role::Police);
    does(registry, POLICE, number, act).await;
    if class == Class::StateEmployee {
        let act = approve(registry, number, BORDER, Role::BorderDefence);
        does(registry, BORDER, number, act).await;
    }
    number
}

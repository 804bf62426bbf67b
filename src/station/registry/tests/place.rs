//! A database of each kind, and a registry of the scene in it.

use core::sync::atomic::{AtomicU32, Ordering};
use std::{
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{Mutex, OnceLock},
};

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
    places.extend(postgres().map(|url| Place { folder: tempfile::tempdir().unwrap(), url }));
    places
}

/// The server of this test run, which ends after it.
struct Server {
    socket: PathBuf,
}

static SERVER: OnceLock<Option<Mutex<Server>>> = OnceLock::new();
static DATABASES: AtomicU32 = AtomicU32::new(0);

/// Where Debian puts PostgreSQL 15.
const BIN: &str = "/usr/lib/postgresql/15/bin";

/// A new database on a server that is started for it.
fn postgres() -> Option<String> {
    let server = SERVER.get_or_init(|| started().map(Mutex::new)).as_ref();
    let Some(server) = server else {
        println!("skipped: PostgreSQL 15 is not here (Debian: postgresql-15)");
        return None;
    };
    // One at a time: a database is a copy of another that nobody may use meanwhile.
    let server = server.lock().unwrap();
    let socket = server.socket.display().to_string();
    let name = format!("desk{}", DATABASES.fetch_add(1, Ordering::Relaxed));
    let mut create = Command::new(format!("{BIN}/createdb"));
    assert!(create.args(["-h", &socket, "-U", "desk", &name]).status().unwrap().success());
    Some(format!("postgres://desk@localhost/{name}?host={socket}"))
}

/// PostgreSQL refuses to run as root: then it runs as the user whom its package made.
fn owner() -> &'static str {
    match rustix::process::geteuid().is_root() {
        true => "setpriv --reuid=postgres --regid=postgres --clear-groups",
        false => "",
    }
}

/// Starts a server without a port, which a shell ends once this process is gone.
fn started() -> Option<Server> {
    Path::new(BIN).join("postgres").exists().then_some(())?;
    let socket = tempfile::tempdir().ok()?.keep();
    std::fs::set_permissions(&socket, std::fs::Permissions::from_mode(0o777)).ok()?;
    let (place, owner) = (socket.display(), owner());
    let script = format!(
        "{owner} {BIN}/initdb -U desk -A trust -N -D {place}/data
         {owner} {BIN}/postgres -D {place}/data -k {place} -c listen_addresses= -c fsync=off &
         while [ -d /proc/{} ]; do sleep 1; done
         {owner} {BIN}/pg_ctl stop -m immediate -D {place}/data
         rm -rf {place}",
        std::process::id()
    );
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(script).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    shell.spawn().ok()?;
    for _ in 0..1200 {
        let mut ready = Command::new(format!("{BIN}/pg_isready"));
        let ready = ready.arg("-h").arg(&socket).stdout(Stdio::null()).status();
        if ready.is_ok_and(|status| status.success()) {
            return Some(Server { socket });
        }
        std::thread::sleep(core::time::Duration::from_millis(100));
    }
    None
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

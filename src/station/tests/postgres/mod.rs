//! A PostgreSQL of this test run: Debian's, started for it and ended after it.

use core::sync::atomic::{AtomicU32, Ordering};
use std::{
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{Mutex, OnceLock},
};

/// The server of this test run, which ends after it.
struct Server {
    socket: PathBuf,
}

static SERVER: OnceLock<Option<Mutex<Server>>> = OnceLock::new();
static DATABASES: AtomicU32 = AtomicU32::new(0);

/// Where Debian puts PostgreSQL 15.
const BIN: &str = "/usr/lib/postgresql/15/bin";

/// A new database on a server that is started for it; none where Debian's PostgreSQL 15 is not installed.
pub(crate) fn database() -> Option<String> {
    let server = SERVER.get_or_init(|| started().map(Mutex::new)).as_ref();
    let server = server?;
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

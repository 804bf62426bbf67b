//! TLS to PostgreSQL: Debian's, started with a certificate that it made itself, and open to nobody without TLS.

#![expect(clippy::unwrap_used, reason = "tests say what they expect")]

use core::time::Duration;
use std::{
    net::TcpListener,
    os::unix::fs::PermissionsExt as _,
    path::Path,
    process::{Child, Command, Stdio},
    time::Instant,
};

use permit_store::{Store, StoreError};

/// Where Debian puts PostgreSQL 15.
const BIN: &str = "/usr/lib/postgresql/15/bin";

/// Starts a server in a folder, which a shell ends once this process is gone or the folder has a file `end`.
fn started(folder: &Path, port: u16) -> Child {
    // PostgreSQL refuses to run as root: then it runs as the user whom its package made.
    let owner = match rustix::process::geteuid().is_root() {
        true => "setpriv --reuid=postgres --regid=postgres --clear-groups",
        false => "",
    };
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o777)).unwrap();
    let place = folder.display();
    let script = format!(
        "set -e
         for name in own other; do
           {owner} openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=$name \
             -addext basicConstraints=critical,CA:FALSE -addext subjectAltName=DNS:localhost \
             -keyout {place}/$name.key -out {place}/$name.pem
         done
         {owner} {BIN}/initdb -U desk -A trust -N -D {place}/data
         {owner} sh -c 'printf \"hostssl all all 127.0.0.1/32 trust\\n\" >{place}/data/pg_hba.conf'
         {owner} {BIN}/postgres -D {place}/data -k {place} -p {port} -c listen_addresses=127.0.0.1 -c fsync=off \
           -c ssl=on -c ssl_cert_file={place}/own.pem -c ssl_key_file={place}/own.key &
         while [ -d /proc/{} ] && [ ! -e {place}/end ]; do sleep 1; done
         {owner} {BIN}/pg_ctl stop -m immediate -D {place}/data
         rm -rf {place}",
        std::process::id()
    );
    let mut shell = Command::new("sh");
    let shell = shell.arg("-c").arg(script).stdin(Stdio::null()).stdout(Stdio::null());
    let shell = shell.stderr(Stdio::null()).spawn().unwrap();
    let end = Instant::now() + Duration::from_secs(60);
    let ready = || {
        let mut ready = Command::new(format!("{BIN}/pg_isready"));
        let ready = ready.args(["-h", "127.0.0.1", "-p", &port.to_string()]).stdout(Stdio::null());
        ready.status().unwrap().success()
    };
    while !ready() {
        assert!(Instant::now() < end, "no server within a minute");
        std::thread::sleep(Duration::from_millis(100));
    }
    shell
}

#[tokio::test]
async fn a_database_is_spoken_to_over_tls_and_believed_by_its_certificate() {
    if !Path::new(BIN).join("postgres").exists() {
        println!("skipped: PostgreSQL 15 is not here");
        return;
    }
    let folder = tempfile::tempdir().unwrap().keep();
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut server = started(&folder, port);
    let root = |name: &str| format!("&sslrootcert={}/{name}.pem", folder.display());
    let open = |host: &'static str, how: String| async move {
        Store::open(&format!("postgres://desk@{host}:{port}/postgres?sslmode={how}"), &[]).await
    };
    for (host, how) in [
        ("localhost", "require".to_owned()),
        ("127.0.0.1", "require".to_owned()),
        ("localhost", format!("verify-full{}", root("own"))),
        ("127.0.0.1", format!("verify-ca{}", root("own"))),
    ] {
        open(host, how.clone()).await.unwrap_or_else(|error| panic!("{host} {how}: {error}"));
    }
    for (host, how) in [
        // The server has nobody in without TLS.
        ("localhost", "disable".to_owned()),
        // Nobody vouches for it, or somebody else does, or it is called otherwise.
        ("localhost", "verify-full".to_owned()),
        ("localhost", format!("verify-full{}", root("other"))),
        ("127.0.0.1", format!("verify-full{}", root("own"))),
    ] {
        let opened = open(host, how.clone()).await;
        assert!(matches!(opened, Err(StoreError::Database(_))), "{host} {how}");
    }
    std::fs::write(folder.join("end"), "").unwrap();
    server.wait().unwrap();
}

//! A program killed at moments of chance while it makes the tables: whoever opens the store next has all of them, on SQLite
//! and, where Debian's is installed, on PostgreSQL.
//!
//! `PERMIT_KILLS` says how often; a few times by default.

#![expect(clippy::unwrap_used, reason = "tests say what they expect")]

mod postgres;

use core::time::Duration;
use std::{
    process::{Command, Stdio},
    thread::sleep,
};

use permit_station::registry::TABLES;
use permit_store::{Store, Stored};
use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng as _, SeedableRng as _},
};

/// Longest that the tables are left to be made: chosen, somewhat longer than it takes.
const LONGEST: u64 = 400;
/// Where the program that is killed opens its store.
const URL: &str = "PERMIT_KILLED_STORE";

/// The program that is killed: this test again, in a process of its own.
#[tokio::test]
#[ignore = "is run by the other one"]
async fn opens() {
    Store::open(&std::env::var(URL).unwrap(), &TABLES).await.unwrap();
}

fn killed(url: &str, after: Duration) -> bool {
    let mut opens = Command::new(std::env::current_exe().unwrap());
    opens.args(["--exact", "opens", "--ignored"]).env(URL, url);
    let mut child = opens.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    sleep(after);
    let _ = child.kill();
    child.wait().unwrap().success()
}

async fn is_whole(url: &str) {
    let store = Store::open(url, &TABLES).await.unwrap();
    let session = store.write().await.unwrap();
    let entry = Stored { sequence: 1, kind: 0, number: 0, sealed: vec![1], body: Some(vec![2]) };
    session.append(&entry).await.unwrap();
    session.commit().await.unwrap();
    let session = store.read().await.unwrap();
    assert_eq!(session.after(0, 9).await.unwrap(), [entry]);
    for table in &TABLES {
        assert_eq!(session.all(table).await.unwrap().len(), 0, "{}", table.name);
    }
    drop(session);
    store.close().await.unwrap();
}

#[tokio::test]
async fn r16_killed_while_it_makes_its_tables_the_next_start_has_all_of_them() {
    let kills = std::env::var("PERMIT_KILLS").ok().and_then(|it| it.parse().ok()).unwrap_or(4);
    let folder = tempfile::tempdir().unwrap();
    let mut random = ChaCha8Rng::seed_from_u64(kills);
    let (mut ended, mut databases) = (0, 0);
    for round in 0..kills {
        let own = format!("sqlite://{}", folder.path().join(format!("{round}.db")).display());
        for url in [Some(own), postgres::database()].into_iter().flatten() {
            // Several times over one database: what is half there is gone on with.
            for _ in 0..3 {
                ended +=
                    u32::from(killed(&url, Duration::from_millis(random.next_u64() % LONGEST)));
            }
            is_whole(&url).await;
            databases += 1;
        }
    }
    println!("COUNTED migration-kills={} databases={databases} ended={ended}", 3 * databases);
}

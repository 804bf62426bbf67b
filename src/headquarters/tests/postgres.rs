//! What comes home to headquarters, kept on PostgreSQL 15: the same tests as on SQLite.

#![expect(clippy::unwrap_used, reason = "tests say what they expect")]

#[path = "home/kept.rs"]
mod kept;
#[path = "home/killed.rs"]
mod killed;
#[path = "home/pages.rs"]
mod pages;
#[path = "home/posted.rs"]
mod posted;
#[path = "home/presence.rs"]
mod presence;
#[path = "home/renew.rs"]
mod renew;
#[path = "home/report.rs"]
mod report;
#[path = "home/returns.rs"]
mod returns;
#[path = "../../station/tests/postgres/mod.rs"]
mod server;
#[path = "home/take.rs"]
mod take;
#[path = "home/world.rs"]
mod world;

/// A new one on a server of this run; SQLite where Debian's PostgreSQL 15 is not installed.
fn database(home: &permit_headquarters::Home) -> String {
    elsewhere().unwrap_or_else(|| home.database())
}

fn elsewhere() -> Option<String> {
    server::database()
}

//! What comes home to headquarters, by the library and by the command.

#![expect(clippy::unwrap_used, reason = "tests say what they expect")]

mod ceremony;
mod codes;
mod command;
mod heads;
mod kept;
mod killed;
mod pages;
mod posted;
mod presence;
mod renew;
mod renewed;
mod report;
mod returns;
mod take;
mod world;

/// SQLite in the folder; `tests/postgres.rs` runs the same elsewhere.
fn database(home: &permit_headquarters::Home) -> String {
    home.database()
}

/// A database that is not in the folder.
const fn elsewhere() -> Option<String> {
    None
}

//! The registry on both databases: one suite, run on each.

mod offered;
mod place;
#[path = "../../tests/postgres/mod.rs"]
mod postgres;
mod retention;
mod suite;
mod tamper;

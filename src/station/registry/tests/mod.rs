//! The registry on both databases: one suite, run on each.

mod place;
mod suite;
mod tamper;

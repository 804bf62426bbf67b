//! The registry: the desk on a record that proves it.
//!
//! Every act is an entry of one chain, signed by the desk's record key; what is known of officers, applications and
//! approvals is replayed from it by the [rules](crate::rules), and nothing is read back out of tables. Tables are
//! written beside the chain for whoever searches and lists, and [`Registry::check`] names every row of them that is
//! not what the chain says. A row changed in the database therefore changes nothing that is signed.
//!
//! The station's key is reached through [`Registry::issue`] alone, which asks the rules again over the record as it is
//! at that moment, and writes the entry before the permit's text leaves.
//!
//! Everything is held in memory and replayed at the start; several programs on one database take each other's entries
//! before each act.

mod check;
mod error;
mod handed;
mod history;
mod keep;
mod project;
mod story;

#[cfg(test)]
mod tests;

pub use check::Finding;
pub use error::RegistryError;
pub use history::Told;
pub use keep::{Keys, Registry, Signed};
pub use project::TABLES;

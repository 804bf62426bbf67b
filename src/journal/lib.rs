//! The append-only, hash-chained crossing record of a terminal.
mod chores;
mod disk;
mod entry;
mod error;
mod export;
#[cfg(any(test, feature = "faults"))]
pub mod faults;
mod frame;
mod head;
mod index;
mod journal;
mod passages;
mod pseudonym;
mod reading;
mod record;
mod segment;
mod storage;
#[cfg(test)]
mod tests;
mod wire;

// The journal.
pub use chores::{HEAD, HEARTBEAT};
pub use error::{AppendError, OpenError, SignError};
pub use journal::{Condition, Durable, Journal, Opening, Settings};

// Where it is kept.
pub use disk::Disk;
pub use storage::Storage;

// What it records.
pub use entry::{
    Carried, ClockEvent, Colour, Counter, Counts, Damage, Decided, Entry, Event, Harm, Lists,
    Operation, Outcome, Part, Pruned, Scanned, Started, Trouble, Update,
};
pub use head::Head;
pub use pseudonym::{Pseudonym, Secret, Secrets};
pub use record::{Hash, Record, Stamp, Terminal, Tip};

// What comes of it.
pub use export::{Problem, Report, audit, verify};
pub use passages::{Clash, Conflict, Crossed, Passages, Tally, days};

//! Everything said to a person, in Chinese, Korean and English.
//!
//! The other crates return typed values with evidence; this one turns them into sentences, so that wording can be
//! reviewed in one place by somebody who does not read Rust. It refuses to decide anything: no rule is checked here,
//! no colour of a verdict is chosen here against the verifier, and nothing is printed.
//!
//! The messages are Fluent files, one per room (`verdict`, `command`, `help`, `card`, `report`, `journal`, `reader`,
//! `station`, `desk`, `situation`, `headquarters`, `renew`, `pocket`) in one
//! folder per language. A test holds the three languages to the same messages with the same variables. To read them side
//! by side: `cargo run -p permit-words --example strings > strings.html`, a page with every string in the three languages,
//! its plural forms, and the names of its variables where values stand.

mod book;
mod card;
mod clean;
mod country;
#[cfg(feature = "fingerprint")]
mod fingerprint;
mod lang;
mod moment;
mod places;
mod unfit;
#[cfg(feature = "usage")]
pub mod usage;
pub mod verdict;

pub use book::{Value, Words, ids};
pub use card::{Card, Label};
pub use clean::clean;
pub use country::country;
#[cfg(feature = "fingerprint")]
pub use fingerprint::{digest_of, fingerprint};
pub use lang::Lang;
pub use moment::At;
pub use places::Places;
pub use unfit::Unfit;
pub use verdict::{Light, Sentence, Spoken};

#[cfg(test)]
mod tests;

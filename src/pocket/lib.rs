//! The pocket reader: the same verdict in any phone's browser, without a network.
//!
//! A module for `wasm32-unknown-unknown` that owns what a page must not get wrong: codes are read by `permit-symbol`,
//! verdicts given by `permit-core`, lists put together by `permit-parts` and taken by core's rules, and every word comes
//! from `permit-words`. The page (`page/`) shows what it is told, keeps root, lists and place in the browser's storage,
//! and decides nothing.
//!
//! There is no journal here: journeys, presence and stay are not known, which every green says, and nothing is opened.
//! Nothing of a permit is kept from one call to the next but that the code in view was told already.
//!
//! | module | what it does |
//! |---|---|
//! | `abi` | what a browser calls: two buffers, numbers in, JSON out |
//! | `pocket` | what one reader knows, and each thing that can be asked of it |
//! | `lists` | root, bundle and what was accepted before |
//! | `marks` | what was accepted, as bytes that a browser keeps |
//! | `eye` | frames and pictures into texts |
//! | `said` | a judgement as the page shows it |
//! | `holder` | one's own permit, explained |
//! | `status` | what stands at the page's edge |
//!
//! `README.md` beside this file says how it is built, served and tested, and what a browser cannot promise.

mod abi;
mod eye;
mod holder;
mod lists;
mod marks;
mod pocket;
mod said;
mod status;
#[cfg(test)]
mod tests;

pub use eye::{Card, Mode, Outline, Seen};
pub use holder::{Explained, Outlook};
pub use lists::{Fingerprint, Taken};
pub use pocket::Pocket;
pub use said::{Fact, Line, Said};
pub use status::{Clock, Crossing, ListsView, Status};

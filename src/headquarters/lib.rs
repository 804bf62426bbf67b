//! Headquarters of a side: what terminals and stations recorded comes home, is held together, and is answered for.
//!
//! [`Site::take`] takes exports of journals, passages of the other side's headquarters and returns of stations: once,
//! whatever comes twice, late or out of order. What does not fit together is a [`Finding`], and [`Site::terminals`] shows
//! gaps and silence. How far a journal has come is [countersigned](Site::heads). Passages of both sides are one set by
//! pseudonym that only grows; totals by day are kept as the rows come in, and [`Site::check`] works all of it out anew.
//!
//! It reads no name and no permit number, since there is none in what comes; it joins no pseudonym to a permit.

mod check;
mod crossed;
mod failed;
mod finding;
mod given;
mod heads;
mod home;
mod row;
mod site;
mod stretches;
mod tables;
mod take;
mod terminals;
mod totals;

pub use check::Wrong;
pub use failed::Failed;
pub use finding::{Finding, Found};
pub use home::{Home, Settings};
pub use site::Site;
pub use stretches::{Stretch, Stretches};
pub use take::{Refusal, Taken};
pub use terminals::{Life, Shown};

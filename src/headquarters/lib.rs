//! Headquarters of a side: what terminals and stations recorded comes home, is held together, and is answered for.
//!
//! [`Site::take`] takes exports of journals, passages of the other side's headquarters and returns of stations: once,
//! whatever comes twice, late or out of order. What does not fit together is a [`Finding`], and [`Site::terminals`] shows
//! gaps and silence. How far a journal has come is [countersigned](Site::heads). Passages of both sides are one set by
//! pseudonym that only grows; totals by day are kept as the rows come in, and [`Site::check`] works all of it out anew.
//!
//! [`Site::renew`] is the week's work: lists that are due or say something else are drafted, signed elsewhere and published.
//!
//! [`Site::report`] answers orders: numbered, signed, and without any number from which a small one could be worked out.
//!
//! It reads no name and no permit number, since there is none in what comes; it joins no pseudonym to a permit.

mod failed;
mod home;
mod kept;
mod officers;
pub mod pages;
mod renew;
mod site;
mod take;
mod told;

pub use failed::Failed;
pub use home::{Home, Settings};
pub use kept::{check::Wrong, forget::Forgotten, raised::Raise, tables::TABLES};
pub use officers::Officer;
pub use renew::{Ask, Ceremony, Renewed, Script, Waiting};
pub use site::Site;
pub use take::{
    Finding, Found, Gathered, Intake, Refusal, Sequences, Stretch, Stretches, Taken, journals,
};
pub use told::{
    cells::System,
    now::{Desk, Due, Had, List, Listed, Traffic, Urgency},
    numbers::{Numbered, SetBack},
    presence::Presence,
    report::{
        Answered, Applications, Asked, AtTerminal, Away, Cases, Crossing, Earlier, First, Head,
        Journals, Made, Matter, Missing, Passages, Situation, Stay, Stays, Subject, Told, Unsound,
        Usage, open as open_report,
    },
    terminals::{Life, Shown},
};

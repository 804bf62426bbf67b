//! The station's desk: applied for, approved, issued, printed, handed over, answered for.
//!
//! The [`rules`] are pure: who may do what, when, and what follows, one function an act. They read no clock, no file
//! and no database; the desk's time, officers and numbers are arguments. Everything an officer does, on a page or on
//! the command line, goes through them.
//!
//! The [`registry`] keeps it all on one signed record, the [`home`] is the folder with the desk's keys, beside which
//! lies what [`card`]s are drawn of, and the [`pages`] are what officers work with. What headquarters get of it is in [`report`], and
//! [`likeness`] says who may be one person under two spellings. Special personnel get a desk of their own by
//! [`delegation`].

pub mod batch;
pub mod card;
pub mod delegation;
pub mod empty;
mod fault;
pub mod file;
pub mod home;
pub mod likeness;
pub mod pages;
pub mod registry;
pub mod report;
pub mod rules;
pub mod said;
mod sealing;
pub mod site;
pub mod waiting;

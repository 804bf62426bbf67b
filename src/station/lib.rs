//! The station's desk: applied for, approved, issued, printed, handed over, answered for.
//!
//! The [`rules`] are pure: who may do what, when, and what follows, one function an act. They read no clock, no file
//! and no database; the desk's time, officers and numbers are arguments. Everything an officer does, on a page or on
//! the command line, is to go through them.

pub mod rules;

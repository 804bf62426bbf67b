//! What carries for a terminal where there is a network: newer lists from any static server to where a stick's file would
//! lie, and exports of its journal home.
//!
//! It is a program of its own, so that the terminal stays without a network. Nothing that comes is believed: a bundle is laid
//! down only if it holds by the installed root and follows what lies there, and the terminal then judges it by the same
//! rules again. A server can withhold and delay; it cannot put anything in place, take a step back, or cost more than a
//! bundle's bytes and the time that is agreed.
//!
//! It knows no key and reads no record: an export is sent as it is.

mod exports;
mod lists;
mod patience;
mod why;

pub use exports::{Delivered, Exports};
pub use lists::{Brought, Lists};
pub use patience::Patience;
pub use why::{Limits, Why};

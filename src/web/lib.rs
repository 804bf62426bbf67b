//! What every page of the project stands behind: a door, sessions, delays, turns, limits, one stylesheet.
//!
//! Nothing here knows a permit, an officer's rights or a wording. What it rules out: a request by another name or from
//! another page ([`Door`]), a session that lives in the browser ([`Sessions`]), guessing without waiting ([`Tries`]),
//! dear work that one asks for in the place of all ([`Turns`]), and a connection that takes a place and says nothing
//! ([`serve`]).

mod addresses;
mod door;
mod folder;
#[cfg(feature = "forms")]
mod form;
mod line;
mod seats;
mod session;
mod tries;
mod turn;

pub use addresses::addresses;
pub use door::{Door, UsesCamera, guard};
pub use folder::Folder;
#[cfg(feature = "forms")]
pub use form::{Form, Handed, NotAForm, handed};
pub use line::{Limits, Peer, serve};
pub use seats::Seats;
pub use session::{NoRandom, Pace, Session, Sessions};
pub use tries::{Tries, Wait};
pub use turn::{Busy, Turn, Turns};

/// The stylesheet of every page.
pub const LOOK: &str = include_str!("look.css");

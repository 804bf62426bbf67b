//! What every page of the project stands behind: a door, sessions, delays, limits, one stylesheet.
//!
//! Nothing here knows a permit, an officer's rights or a wording. What it rules out: a request by another name or from
//! another page ([`Door`]), a session that lives in the browser ([`Sessions`]), guessing without waiting ([`Tries`]),
//! and a connection that takes a place and says nothing ([`serve`]).

mod door;
#[cfg(feature = "forms")]
mod form;
mod line;
mod session;
mod tries;

pub use door::{Door, guard};
#[cfg(feature = "forms")]
pub use form::{Form, Handed, NotAForm, handed};
pub use line::{Limits, serve};
pub use session::{NoRandom, Pace, Session, Sessions};
pub use tries::{Tries, Wait};

/// The stylesheet of every page.
pub const LOOK: &str = include_str!("look.css");

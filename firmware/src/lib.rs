//! The terminal a guard works with.
//!
//! A camera or a hand scanner gives texts, [`permit_core`] judges them, and what follows (screen, lamps, tone, entry,
//! gate) is decided by one state machine, [`machine::Machine`], that does nothing itself. Around it are rooms that each
//! do one thing: [`board`] moves pins, [`signal`] knows what a verdict looks and sounds like, [`record`] is what is
//! asked of a journal, [`hub`] what a screen gets and may ask. Nothing here decides whether a permit is good, and no sentence is written here.

pub mod board;
#[cfg(feature = "camera")]
pub mod camera;
pub mod clerk;
pub mod clock;
mod crowd;
pub mod display;
pub mod eye;
pub mod frame;
pub mod gauge;
pub mod hands;
pub mod hub;
pub mod keep;
pub mod keys;
pub mod lane;
pub mod lists;
pub mod machine;
pub mod officers;
pub mod page;
mod parts;
pub mod place;
pub mod play;
pub mod post;
pub mod record;
pub mod reserve;
pub mod rtc;
pub mod scanner;
pub mod selftest;
pub mod signal;
pub mod stick;
pub mod terminal;
pub mod twin;
pub mod wedge;

//! Detect: where in a picture a symbol may be.
//!
//! [`binarize`] makes dark and light bits, [`finder`] sees finders in them, [`group`] says which three may belong
//! together, and [`candidate`] holds these against the grey picture. [`texture`] says which parts are worth a look;
//! [`rings`] sees finders where no threshold shows any, [`speck`] symbols too small to be read, and [`micro`] names other
//! kinds. Nothing is sampled
//! or read here.

pub(crate) mod binarize;
pub(crate) mod candidate;
pub(crate) mod finder;
pub(crate) mod group;
pub(crate) mod micro;
mod patch;
pub(crate) mod rings;
pub(crate) mod speck;
pub(crate) mod texture;

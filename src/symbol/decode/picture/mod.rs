//! Picture: smaller, smoother, and between its pixels.

pub(crate) mod filter;
pub(crate) mod interpolate;
pub(crate) mod pyramid;

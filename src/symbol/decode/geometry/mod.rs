//! Geometry: where a symbol's modules lie in the picture.
//!
//! [`refine`] lays patterns over the grey levels to a
//! fraction of a pixel; [`versions`] are the flat maps ([`homography`]) that three finders allow. Paper that is not flat
//! has a [`plate`] or a [`mesh`]. What the modules say is for others.

pub(crate) mod homography;
pub(crate) mod mesh;
pub(crate) mod plate;
pub(crate) mod refine;
pub(crate) mod versions;

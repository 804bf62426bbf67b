//! Geometry: where a symbol's modules lie in the picture.
//!
//! [`refine`] lays patterns over the grey levels to a
//! fraction of a pixel; [`versions`] are the flat maps ([`homography`]) that three finders allow. Paper that is not flat
//! has a [`plate`], a [`crease`] or a [`mesh`], which
//! follow the [`borders`] of its modules. What the modules say is for others.

pub(crate) mod borders;
pub(crate) mod crease;
pub(crate) mod homography;
pub(crate) mod mesh;
pub(crate) mod plate;
pub(crate) mod refine;
pub(crate) mod versions;

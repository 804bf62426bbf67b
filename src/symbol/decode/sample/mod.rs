//! Sample: from grey levels to soft modules, 1 surely dark and -1 surely light.
//!
//! A [`grid`] says where modules lie and takes their grey levels; [`normalise`] holds each against the dark and light
//! around it; [`resemblance`] says whether there is a symbol at all. [`equalise`] and [`deconvolve`] undo blur,
//! [`scratch`] leaves scratches out.

mod blur;
pub(crate) mod deconvolve;
pub(crate) mod equalise;
pub(crate) mod grid;
pub(crate) mod local;
pub(crate) mod normalise;
pub(crate) mod resemblance;
pub(crate) mod scratch;

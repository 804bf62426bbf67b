//! Follow: the same symbol from frame to frame, without a search, for [`Stream`](crate::Stream).
//!
//! [`track`] lays a symbol's finders again where motion should have brought them and samples its modules as the ladder's
//! hypotheses have it; [`register`] moves its map by all that is known; a [`view`] is what a frame shows of it, [`crop`]
//! what is kept of the frame, and [`proof`] what soft modules of several frames come to.

pub(crate) mod crop;
pub(crate) mod proof;
mod register;
pub(crate) mod track;
pub(crate) mod view;

//! From a grey picture to the bytes of the QR codes in it.
//!
//! The only folder that knows how a QR code is found and read. It answers with what the code's own checks uphold and
//! with nothing else: no guess is called a read. It knows no permits and no verdicts.
//!
//! # The way of a picture
//!
//! [`read`] takes one step of `search/steps.rs` after the other until every finder that looks like one is explained:
//!
//! ```text
//! search/walk     a step: one size of the picture, one threshold
//!   detect/         binarize -> finder -> group -> candidate: three finders that may be one symbol's
//!   ladder/         read(three): hypotheses about the paper, from cheap to dear, until one is upheld
//!     geometry/       versions, homography, refine, plate, crease, mesh: where the modules lie
//!     sample/         grid -> normalise (-> deconvolve, scratch): soft modules
//!     code/           layout, correct, segment: bytes, or what was seen
//! follow/         frames of a camera: the same ladder where a symbol was seen before
//! ```
//!
//! Each room uses those further down and never one above it; `picture/` (smaller, smoother, between pixels) and `math/`
//! (linear equations, integral images) stand below all of them. What comes out is in `answer.rs`.
//!
//! # Where a change goes
//!
//! | to add | write | and name it in |
//! |---|---|---|
//! | a way to see finders (another size, filter, threshold) | a filter in `picture/filter.rs` | a [`Step`](search::steps::Step) in `search/steps.rs` |
//! | a step that reads codes through a red filter | nothing here, as this folder is given grey pictures: a shade in `../load/shade.rs`, for files whose colours differ | `Shades::of` there; `Picture::look` alone looks at shades, streams and PDF pages do not |
//! | a way in which paper lies | a file in `geometry/` | [`PAPER`](ladder::hypotheses::PAPER), tried in every version; if it is dear, `on_bent_paper` in `ladder/mod.rs` instead of `climb`; for streams, `view` in `follow/track.rs` |
//! | a way from grey levels to modules | a file in `sample/` | [`REMEDIES`](ladder::hypotheses::REMEDIES) |
//! | another kind of segment | `code/segment.rs` | |
//!
//! `permit inspect PICTURE --stages DIR` draws what each room saw of a picture.

mod answer;
mod code;
pub(crate) mod detect;
pub(crate) mod follow;
mod geometry;
mod ladder;
mod math;
mod picture;
mod rqrr;
mod sample;
#[cfg(test)]
mod scene;
pub(crate) mod search;

pub(crate) use self::code::layout::{Known, Layout};
use crate::{Grey, Point};

pub use self::answer::{Append, Code, Decoder, Level, Mode, Modules, Segment, Spent};
pub use self::code::joined::{Joined, join};
pub use self::detect::micro::{Cousin, Small};
pub use self::rqrr::Rqrr;
pub use self::search::sight::{Seen, Sight, Stage};
pub use self::search::watch::{Mark, Trace, Traced, Watched, watch};
pub use self::search::{Cascade, look, stages};

/// Reads a picture with the reader this crate recommends.
#[must_use]
pub fn read(picture: Grey<'_>) -> Vec<Code> {
    Cascade::default().decode(picture)
}

/// Reads modules that are known, without a picture; the corners are then in modules.
#[must_use]
pub fn read_modules(modules: &Modules) -> Option<Code> {
    let side = modules.side();
    let layout = Layout::of(u8::try_from(side.checked_sub(17)? / 4).ok()?)?;
    let soft: Vec<f32> = (0..side * side)
        .map(|i| if modules.get(i % side, i / side) { 1.0 } else { -1.0 })
        .collect();
    let proof = follow::proof::settle(&soft, layout.version, 0).ok()?;
    let far = side as f32;
    let corners = [(0.0, 0.0), (far, 0.0), (far, far), (0.0, far)].map(|(x, y)| Point { x, y });
    Some(proof.code(layout, corners, &soft))
}

#[cfg(test)]
mod tests;

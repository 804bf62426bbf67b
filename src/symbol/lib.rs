//! QR codes out and in: draw, photograph, load, read, grade.
//!
//! This room knows what a code looks like and not what it says: a permit is a text here. It
//! rules out guessing. What [`read`] returns was upheld by the code's own error correction;
//! what [`Symbol`] draws is one alphanumeric segment or an error.
//!
//! | from | to | by |
//! |---|---|---|
//! | text | modules | [`Symbol::new`]: smallest version at level M, then the highest level that fits |
//! | modules | paper | [`Symbol::svg`], [`Symbol::svg_group`], [`Symbol::png`], sized in millimetres by [`Size`] |
//! | a file | grey pictures | [`load::open`]: seven formats and, with the feature `pdf`, pages of PDF files |
//! | a grey picture | codes | [`read`], or any other [`Decoder`] |
//! | a camera's frames | codes of which no frame shows enough, and hints | [`Stream`] |
//! | a code | how worn it is | [`Wear::of`]: damaged modules, correction used, a [`Grade`] |
//! | a text and a seed | a camera picture | [`camera::photograph`]: 23 kinds of trouble and seven scenes, each with a strength |
//!
//! A text goes once around:
//!
//! ```
//! use permit_symbol::camera::{Kind, SIZES, Shot, photograph};
//! use permit_symbol::{Grade, Symbol, Wear, read};
//!
//! let symbol = Symbol::new("BP1:SPECIMEN")?;
//! let shot = Shot { kind: Kind::Noise, strength: 0.2, size: SIZES[0], seed: 1, frame: 0 };
//! let photo = photograph(&shot, &[symbol]);
//! let codes = read(photo.picture.as_grey());
//! assert_eq!(codes[0].bytes, b"BP1:SPECIMEN");
//! let wear = Wear::of(&codes[0]).expect("this decoder tells what was printed");
//! assert!(wear.grade() <= Grade::C, "{wear:?}");
//! # Ok::<(), permit_symbol::EncodeError>(())
//! ```
//!
//! Two lengths are easily confused: a *module* is a square of the code, and what a printer
//! or camera makes of it is counted in dots or pixels. Readers care about pixels a module;
//! below about two, no reader helps.

pub mod camera;
mod decode;
mod encode;
mod grey;
pub mod load;
mod render;
pub mod stream;
mod wear;

pub use decode::{
    Append, Cascade, Code, Cousin, Decoder, Joined, Level, Mark, Mode, Modules, Rqrr, Seen,
    Segment, Sight, Small, Spent, Stage, Trace, Traced, Watched, join, look, read, read_modules,
    stages, watch,
};
pub use encode::{EncodeError, Symbol};
pub use grey::{Grey, GreyBuf, Point};
pub use render::{Extent, RenderError, Size};
pub use stream::{Hint, Look, Sighted, Stream};
pub use wear::{Block, Grade, Wear};

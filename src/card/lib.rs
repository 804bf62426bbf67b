//! Printed permits: two designs, templates of a station's own, and what keeps a bad print from being handed over.
//!
//! A permit goes in with its code and the names of its places; SVG files of true size come out. Nothing here signs,
//! decides or stores: a portrait goes onto the paper and is forgotten.
//!
//! | from | to | by |
//! |---|---|---|
//! | a permit | the two sides as SVG | [`Design::draw`] |
//! | a station's SVG | a design, or what is wrong with it | [`Design::new`], [`Design::like`], [`Design::check`] |
//! | a design | its two sides as a specimen, to look at | [`Design::specimen`] |
//! | many cards | places on sheets of paper, cut marks | [`Sheet`] |
//! | a photograph | a portrait of one shape, without what its file said | [`Portrait::of`] |
//! | a portrait | few bytes of it, for a code | `Portrait::small`, feature `small` |
//! | a picture of the print | whose card it is, and how well printed | [`ReadBack::of`] |
//! | the two sides | PNG | `bitmap::png`, feature `png` |
//! | one card or a batch | PDF | `pdf::single`, `pdf::batch`, feature `pdf` |
//! | other drawings | pages of a PDF | `pdf::pages`, feature `pdf` |
//! | a text | lines of a width, SVG by the faces that have it | [`text`] |
//!
//! Without features no font is looked at: widths are those of Noto CJK, and a browser draws. With `glyphs` (and so with
//! `png` and `pdf`) `Fonts` measures with the machine's own, and a character that none has stops the print.

#[cfg(feature = "png")]
pub mod bitmap;
mod design;
mod draw;
mod face;
mod facts;
mod fit;
#[cfg(feature = "glyphs")]
mod fonts;
mod line;
#[cfg(feature = "pdf")]
pub mod pdf;
mod portrait;
mod readback;
mod sheet;
#[cfg(feature = "small")]
mod small;
mod template;
pub mod text;
#[cfg(any(feature = "png", feature = "pdf"))]
mod tree;

pub use design::{Design, DesignFlaw, Face, Sides};
pub use draw::{PORTRAIT, Refused};
pub use face::{Assumed, Faces, Script, Style, Typeface};
pub use facts::{Field, Print};
#[cfg(feature = "glyphs")]
pub use fonts::{Fonts, NoFont};
pub use portrait::{NotAPortrait, Portrait};
pub use readback::{Printed, ReadBack};
pub use sheet::Sheet;
pub use template::{Flaw, Template};

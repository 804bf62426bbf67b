//! A drawn side as the tree that both the bitmap and the PDF are made of, with no fallback for a missing glyph.

use resvg::usvg::{FontResolver, Options, Tree};

use crate::Fonts;

/// Not an SVG file that can be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NoTree;

/// Units of a tree in an inch (CSS).
pub(crate) const UNITS_PER_INCH: f32 = 96.0;

pub(crate) fn parse(svg: &str, fonts: &Fonts) -> Result<Tree, NoTree> {
    let font_resolver = FontResolver {
        select_font: FontResolver::default_font_selector(),
        // Every glyph was checked; what a template's own text lacks stays visibly missing.
        select_fallback: Box::new(|_, _, _| None),
    };
    let options = Options {
        fontdb: fonts.database(),
        dpi: UNITS_PER_INCH,
        font_resolver,
        ..Options::default()
    };
    Tree::from_str(svg, &options).map_err(|_| NoTree)
}

//! Cards as PDF, with text that can be searched and the used glyphs of the fonts alone.
//!
//! One page a side, or sheets with cut marks and duplex backs behind a cover that lists the names. Nothing of a person
//! is in the file's own data: no title with a name, no keywords. Other drawings (a report's pages) go the same way.

use core::fmt::Write as _;

use krilla::geom::{Size, Transform};
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla::surface::Surface;
use krilla::{Document, SerializeSettings};
use krilla_svg::{SurfaceExt as _, SvgSettings};
use permit_core::Permit;
use permit_words::{Card, Label};

use crate::face::Style;
use crate::facts::label;
use crate::fit::{self, Misfit, Setting};
use crate::line::Area;
use crate::tree::{self, NoTree};
use crate::{Fonts, Refused, Sheet, Sides};

/// Why there is no PDF.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum PdfError {
    /// A drawing is no SVG of this crate.
    Svg,
    /// The cards are too large for the paper.
    Paper,
    /// A name of the cover cannot be set.
    Cover(Refused),
    /// The writer failed.
    Writing,
}

impl core::fmt::Display for PdfError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Svg => f.write_str("a drawing is no SVG that can be drawn"),
            Self::Paper => f.write_str("the cards are too large for the paper"),
            Self::Cover(why) => write!(f, "the list of names: {why}"),
            Self::Writing => f.write_str("the PDF writer failed"),
        }
    }
}

impl core::error::Error for PdfError {}

impl From<NoTree> for PdfError {
    fn from(_: NoTree) -> Self {
        Self::Svg
    }
}

/// One permit: a page for each side, of the card's own size in millimetres.
///
/// # Errors
///
/// When a side cannot be drawn.
pub fn single(sides: &Sides, size: (f64, f64), fonts: &Fonts) -> Result<Vec<u8>, PdfError> {
    let mut document = document();
    for svg in [&sides.front, &sides.back] {
        page(&mut document, size, |surface| place(surface, svg, (0.0, 0.0), size, fonts))?;
    }
    document.finish().map_err(|_| PdfError::Writing)
}

/// A batch: a cover with the names and numbers, then sheets of fronts, each followed by its backs.
///
/// # Errors
///
/// When a side cannot be drawn, a card is larger than the paper, or a name has no glyph.
pub fn batch(
    permits: &[(&Permit, Sides)],
    size: (f64, f64),
    card: &Card,
    fonts: &Fonts,
) -> Result<Vec<u8>, PdfError> {
    let sheet = Sheet::a4(size).ok_or(PdfError::Paper)?;
    let mut document = document();
    let names: Vec<&Permit> = permits.iter().map(|(permit, _)| *permit).collect();
    let each = sheet.fronts().len();
    for (number, chunk) in names.chunks(ROWS).enumerate() {
        let svg = cover(chunk, number * ROWS, each, card, fonts).map_err(PdfError::Cover)?;
        page(&mut document, sheet.size(), |surface| {
            place(surface, &svg, (0.0, 0.0), sheet.size(), fonts)
        })?;
    }
    // A printer of both sides puts no front behind the list.
    if names.len().div_ceil(ROWS) % 2 == 1 {
        page(&mut document, sheet.size(), |_| Ok(()))?;
    }
    for chunk in permits.chunks(each) {
        for behind in [false, true] {
            page(&mut document, sheet.size(), |surface| {
                place(surface, &marks(&sheet), (0.0, 0.0), sheet.size(), fonts)?;
                for ((_, sides), front) in chunk.iter().zip(sheet.fronts()) {
                    let (svg, at) = if behind {
                        (&sides.back, sheet.back(*front))
                    } else {
                        (&sides.front, *front)
                    };
                    place(surface, svg, at, size, fonts)?;
                }
                Ok(())
            })?;
        }
    }
    document.finish().map_err(|_| PdfError::Writing)
}

/// Drawings of one size, in millimetres, as the pages of a document with a title in a language (`zh`, `ko`, `en`).
///
/// # Errors
///
/// When one of them cannot be drawn.
pub fn pages(
    drawings: &[String],
    size: (f64, f64),
    (title, lang): (&str, &str),
    fonts: &Fonts,
) -> Result<Vec<u8>, PdfError> {
    let mut document = Document::new_with(SerializeSettings::default());
    let about = Metadata::new().creator("permit-card".to_owned());
    document.set_metadata(about.title(title.to_owned()).language(lang.to_owned()));
    for svg in drawings {
        page(&mut document, size, |surface| place(surface, svg, (0.0, 0.0), size, fonts))?;
    }
    document.finish().map_err(|_| PdfError::Writing)
}

fn document() -> Document {
    let mut document = Document::new_with(SerializeSettings::default());
    document.set_metadata(Metadata::new().creator("permit-card".to_owned()));
    document
}

fn page(
    document: &mut Document,
    (width, height): (f64, f64),
    draw: impl FnOnce(&mut Surface<'_>) -> Result<(), PdfError>,
) -> Result<(), PdfError> {
    let settings = PageSettings::from_wh(points(width), points(height)).ok_or(PdfError::Paper)?;
    let mut page = document.start_page_with(settings);
    let mut surface = page.surface();
    let drawn = draw(&mut surface);
    surface.finish();
    page.finish();
    drawn
}

fn place(
    surface: &mut Surface<'_>,
    svg: &str,
    (x, y): (f64, f64),
    (width, height): (f64, f64),
    fonts: &Fonts,
) -> Result<(), PdfError> {
    let tree = tree::parse(svg, fonts)?;
    let size = Size::from_wh(points(width), points(height)).ok_or(PdfError::Paper)?;
    surface.push_transform(&Transform::from_translate(points(x), points(y)));
    let drawn = surface.draw_svg(&tree, size, SvgSettings::default());
    surface.pop();
    drawn.ok_or(PdfError::Svg)
}

/// The cut marks of a sheet.
fn marks(sheet: &Sheet) -> String {
    let mut d = String::new();
    for [x1, y1, x2, y2] in sheet.marks() {
        let _ = write!(d, "M{x1:.2} {y1:.2}L{x2:.2} {y2:.2}");
    }
    let inside = format!("<path d=\"{d}\" stroke=\"#000\" stroke-width=\".1\" fill=\"none\"/>");
    paper(sheet.size(), &inside)
}

/// A page of the list: place on the sheets, number, names.
fn cover(
    permits: &[&Permit],
    first: usize,
    each: usize,
    card: &Card,
    fonts: &Fonts,
) -> Result<String, Refused> {
    let mut out = String::new();
    let mut text =
        |says: String, (x, y, width): (f64, f64, f64), size: f64, style: Style, place: &str| {
            let area = Area { x, y, width, height: size * 1.25 };
            let set = Setting {
                style,
                size,
                least: 1.3,
                lines: 1,
                across: 0.0,
                down: 0.0,
                spacing: 0.0,
                fill: "#14212b".into(),
            };
            fit::fit(&[says], &area, &set, fonts)
                .and_then(|fitted| fitted.draw(&mut out, &area, &set, fonts))
                .map_err(|misfit| match misfit {
                    Misfit::Glyph(c) => Refused::Glyph { place: place.to_owned(), c },
                    Misfit::Room => Refused::Room { place: place.to_owned() },
                })
        };
    text(
        label(card, Label::Title, "zh ko en"),
        (15.0, 14.0, 180.0),
        6.0,
        Style::SerifBold,
        "title",
    )?;
    text(label(card, Label::Number, "zh ko en"), (38.0, 24.0, 56.0), 2.4, Style::Sans, "number")?;
    text(label(card, Label::Name, "zh ko en"), (98.0, 24.0, 90.0), 2.4, Style::Sans, "name")?;
    for (row, permit) in permits.iter().enumerate() {
        let at = first + row;
        let y = 28.0 + 6.2 * f64::from(u32::try_from(row).unwrap_or_default());
        // Sheet and place on it, both from 1.
        let place = format!("{} / {}", at / each + 1, at % each + 1);
        text(place, (15.0, y, 20.0), 3.0, Style::Sans, "number")?;
        text(permit.id.to_string(), (38.0, y, 58.0), 3.2, Style::SansBold, "number")?;
        let native = permit.native.as_deref().unwrap_or_default().to_owned();
        text(native, (98.0, y, 38.0), 3.4, Style::Sans, "name")?;
        text(permit.latin.to_string(), (138.0, y, 57.0), 3.2, Style::Sans, "name-latin")?;
    }
    Ok(paper((210.0, 297.0), &out))
}

/// A drawing of that size in millimetres, which are its units.
pub fn paper((width, height): (f64, f64), inside: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}mm\" height=\"{height}mm\" \
         viewBox=\"0 0 {width} {height}\">{inside}</svg>"
    )
}

#[expect(clippy::cast_possible_truncation, reason = "lengths of paper")]
fn points(millimetres: f64) -> f32 {
    (millimetres * 72.0 / 25.4) as f32
}

/// Names on a page of the cover.
const ROWS: usize = 40;

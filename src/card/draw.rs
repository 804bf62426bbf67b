//! A side of a card for one permit: each place of its template filled.
//!
//! SPECIMEN is no matter of the template: it is laid over every side that is one, whatever the template says, and
//! spares the code alone. The code stands on whole dots of a 300 dpi printer, its quiet zone with it.

use core::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use permit_symbol::{Size, Symbol};
use permit_words::{Card, Label};

use crate::face::{Faces, Style};
use crate::facts::{self, Field, Print};
use crate::fit::{self, Misfit, Setting};
use crate::line::{self, Area, Seed};
use crate::template::{Art, Slot, Strokes, Template, What};
use crate::text;

/// Why a permit is not printed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Refused {
    /// No font at hand has this character.
    Glyph {
        /// The field or label.
        place: String,
        /// The character.
        c: char,
    },
    /// A text does not fit its place in the smallest type.
    Room {
        /// The field or label.
        place: String,
    },
    /// The code's modules would be finer than a printer draws safely.
    Code {
        /// Their edge in millimetres; 0 where none fits at all.
        module: f64,
    },
    /// The portrait is no PNG, JPEG or WebP file, or larger than [`PORTRAIT`].
    Portrait,
}

impl core::fmt::Display for Refused {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Glyph { place, c } => {
                write!(f, "{place}: no font has '{c}' (U+{:04X})", u32::from(*c))
            }
            Self::Room { place } => write!(f, "{place}: does not fit"),
            Self::Code { module } => write!(f, "code: modules of {module:.2} mm are too fine"),
            Self::Portrait => {
                f.write_str("portrait: not a PNG, JPEG or WebP file of at most 4 MiB")
            }
        }
    }
}

impl core::error::Error for Refused {}

/// A side, drawn.
pub(crate) fn side(
    template: &Template,
    print: &Print<'_, '_>,
    part: u8,
    card: &Card,
    faces: &dyn Faces,
) -> Result<String, Vec<Refused>> {
    let mut refused = texts(template, faces);
    let mut drawn = Vec::new();
    for slot in template.slots() {
        let mut out = String::new();
        if let Err(why) = one(&mut out, slot, print, part, card, faces) {
            refused.push(why);
        }
        drawn.push(out);
    }
    let above = if print.demo || print.permit.options.specimen {
        specimen(template, print, part, card, faces).unwrap_or_else(|c| {
            refused.push(Refused::Glyph { place: "specimen".into(), c });
            String::new()
        })
    } else {
        String::new()
    };
    if refused.is_empty() { Ok(template.filled(&drawn, &above)) } else { Err(refused) }
}

/// What keeps a side from being printed, found without drawing its lines, which nothing keeps from it; of one fact alone,
/// where that is named.
pub(crate) fn refusals(
    template: &Template,
    print: &Print<'_, '_>,
    only: Option<Field>,
    card: &Card,
    faces: &dyn Faces,
) -> Vec<Refused> {
    let asked = |slot: &&Slot| match (only, &slot.what) {
        (Some(only), What::Field(field, _)) => *field == only,
        (Some(_), _) => false,
        (None, What::Art(art, _)) => matches!(art, Art::Code | Art::Photo),
        (None, _) => true,
    };
    let mut refused = if only.is_none() { texts(template, faces) } else { Vec::new() };
    let slots = template.slots().iter().filter(asked);
    refused.extend(
        slots.filter_map(|slot| one(&mut String::new(), slot, print, 0, card, faces).err()),
    );
    refused
}

/// Characters of a template's own texts that no font has.
fn texts(template: &Template, faces: &dyn Faces) -> Vec<Refused> {
    let runs = template.texts().iter().flat_map(|text| crate::face::runs(text.trim()));
    let missing = runs.filter_map(|(script, run)| faces.face(Style::Sans, script, run).err());
    missing.map(|c| Refused::Glyph { place: "text".into(), c }).collect()
}

fn one(
    out: &mut String,
    slot: &Slot,
    print: &Print<'_, '_>,
    part: u8,
    card: &Card,
    faces: &dyn Faces,
) -> Result<(), Refused> {
    let area = &slot.area;
    match &slot.what {
        What::Field(field, set) => {
            text(out, &facts::says(print, *field, card), area, set, field.name(), faces)
        }
        What::Label(label, languages, set) => {
            let says = [facts::label(card, *label, languages)];
            text(out, &says, area, set, &format!("label {label:?}"), faces)
        }
        What::Art(art, strokes) => {
            let mut seed = Seed::of(print.permit.id, part);
            match art {
                Art::Code => code(out, print.symbol, area),
                Art::Photo => photo(out, print.portrait, area, card, faces),
                Art::Ground => clipped(out, area, part, strokes, &line::ground(area, &mut seed)),
                Art::Frame => {
                    frame(out, &line::frame(area, strokes.band, &mut seed), part, strokes);
                    Ok(())
                }
                Art::Rosette => {
                    rosette(out, area, part, strokes, &mut seed);
                    Ok(())
                }
            }
        }
    }
}

fn text(
    out: &mut String,
    says: &[String],
    area: &Area,
    set: &Setting,
    place: &str,
    faces: &dyn Faces,
) -> Result<(), Refused> {
    let refused = |misfit| match misfit {
        Misfit::Glyph(c) => Refused::Glyph { place: place.to_owned(), c },
        Misfit::Room => Refused::Room { place: place.to_owned() },
    };
    fit::fit(says, area, set, faces)
        .and_then(|fitted| fitted.draw(out, area, set, faces))
        .map_err(refused)
}

/// Modules of whole dots, in the middle of the place, on the printer's own grid.
fn code(out: &mut String, symbol: &Symbol, area: &Area) -> Result<(), Refused> {
    let module = module(symbol, area)?;
    let outer = module * Size::module(1.0).outer_of(symbol);
    let on_grid = |from: f64, length: f64| ((from + (length - outer) / 2.0) / DOT).round() * DOT;
    let (x, y) = (on_grid(area.x, area.width), on_grid(area.y, area.height));
    out.push_str(&symbol.svg_group(&Size::module(module), x, y));
    Ok(())
}

/// The edge of a code's modules in a place.
pub(crate) fn module(symbol: &Symbol, area: &Area) -> Result<f64, Refused> {
    let across = Size::module(1.0).outer_of(symbol);
    let room = area.width.min(area.height);
    let dots = (room / across / DOT + 1e-6).floor().min(MOST_DOTS);
    let module = dots * DOT;
    if dots < LEAST_DOTS { Err(Refused::Code { module }) } else { Ok(module) }
}

fn photo(
    out: &mut String,
    portrait: Option<&[u8]>,
    area: &Area,
    card: &Card,
    faces: &dyn Faces,
) -> Result<(), Refused> {
    let Area { x, y, width, height } = area;
    if let Some(bytes) = portrait {
        let kind = kind(bytes).filter(|_| bytes.len() <= PORTRAIT).ok_or(Refused::Portrait)?;
        let _ = write!(
            out,
            "<image x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" \
             preserveAspectRatio=\"xMidYMid slice\" href=\"data:image/{kind};base64,"
        );
        STANDARD.encode_string(bytes, out);
        out.push_str("\"/>");
        return Ok(());
    }
    let _ = write!(
        out,
        "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"#fff\" fill-opacity=\".72\" \
         stroke=\"#7d8f94\" stroke-width=\".15\" stroke-dasharray=\".8 .6\"/>"
    );
    let set = Setting {
        style: Style::Sans,
        size: 1.9,
        least: crate::template::SMALLEST,
        lines: 3,
        across: 0.5,
        down: 0.5,
        spacing: 0.0,
        fill: "#6c7d83".into(),
    };
    let inner = Area { x: x + 1.0, y: y + 1.0, width: width - 2.0, height: height - 2.0 };
    text(out, &[facts::label(card, Label::Photo, "zh ko en")], &inner, &set, "photo", faces)?;
    let at = Area { y: y + height / 2.0 + 1.4, height: 3.0, ..inner };
    text(
        out,
        &[format!("{width} × {height} mm")],
        &at,
        &Setting { size: 1.7, ..set },
        "photo",
        faces,
    )
}

/// What the first bytes say of a picture.
pub(crate) fn kind(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => Some("png"),
        [0xff, 0xd8, 0xff, ..] => Some("jpeg"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("webp"),
        _ => None,
    }
}

fn clipped(
    out: &mut String,
    area: &Area,
    part: u8,
    strokes: &Strokes,
    d: &str,
) -> Result<(), Refused> {
    let Area { x, y, width, height } = area;
    let id = format!("g{part}-{x}-{y}");
    let _ = write!(
        out,
        "<clipPath id=\"{id}\"><rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/></clipPath>\
         <g clip-path=\"url(#{id})\"><path fill=\"none\"{} d=\"{d}\"/></g>",
        strokes.attributes
    );
    Ok(())
}

fn frame(out: &mut String, frame: &line::Frame, part: u8, strokes: &Strokes) {
    let _ = write!(out, "<g fill=\"none\"{}>", strokes.attributes);
    let places = [&frame.across[..], &frame.down, &frame.corners];
    let [across, down] = &frame.waves;
    for (name, (d, places)) in
        ["a", "d", "c"].iter().zip([across, down, &frame.corner].into_iter().zip(places))
    {
        let _ = write!(out, "<defs><path id=\"f{part}{name}\" d=\"{d}\"/></defs>");
        for (x, y) in places {
            let _ = write!(out, "<use href=\"#f{part}{name}\" x=\"{x:.2}\" y=\"{y:.2}\"/>");
        }
    }
    out.push_str("</g>");
}

fn rosette(out: &mut String, area: &Area, part: u8, strokes: &Strokes, seed: &mut Seed) {
    let (x, y) = area.middle();
    let _ = write!(out, "<g fill=\"none\"{}>", strokes.attributes);
    for (ring, (d, turns)) in line::rosette(area, seed).into_iter().enumerate() {
        let id = format!("r{part}-{ring}-{}-{}", area.x, area.y);
        let _ = write!(out, "<path id=\"{id}\" d=\"{d}\"/>");
        for turn in turns.into_iter().skip(1) {
            let _ = write!(out, "<use href=\"#{id}\" transform=\"rotate({turn:.3} {x} {y})\"/>");
        }
    }
    out.push_str("</g>");
}

/// The word over each panel from corner to corner, in all languages, and over nothing of the code.
fn specimen(
    template: &Template,
    print: &Print<'_, '_>,
    part: u8,
    card: &Card,
    faces: &dyn Faces,
) -> Result<String, char> {
    let (width, height) = (template.width(), template.height());
    let mut hole = format!("M0 0H{width}V{height}H0z");
    if let Some(Area { x, y, width, height }) = template.area(Art::Code) {
        let _ = write!(hole, "M{x} {y}h{width}v{height}h-{width}z");
    }
    let mut out = format!(
        "<clipPath id=\"s{part}\"><path clip-rule=\"evenodd\" d=\"{hole}\"/></clipPath>\
         <g clip-path=\"url(#s{part})\" fill=\"#b3202a\" fill-opacity=\".2\" stroke=\"#b3202a\" stroke-opacity=\".55\" \
         font-weight=\"700\">"
    );
    let mut word = card.label(Label::Specimen).join(" ");
    if print.demo {
        let [_, _, demo] = card.label(Label::Demo);
        word = format!("{word} · {demo}");
    }
    let panels = match template.fold() {
        Some(fold) => vec![(0.0, fold), (fold, width - fold)],
        None => vec![(0.0, width)],
    };
    for (x, wide) in panels {
        let panel = Area { x, y: 0.0, width: wide, height };
        let free = beside(&panel, template.area(Art::Code));
        across(&mut out, &word, &free, faces)?;
    }
    out.push_str("</g>");
    Ok(out)
}

/// The largest part of a panel beside the code, so that the word is seen whole.
fn beside(panel: &Area, code: Option<Area>) -> Area {
    let Some(code) =
        code.filter(|code| code.x < panel.x + panel.width && code.x + code.width > panel.x)
    else {
        return *panel;
    };
    let Area { x, y, width, height } = *panel;
    let parts = [
        Area { x, y, width: code.x - x, height },
        Area { x: code.x + code.width, y, width: x + width - code.x - code.width, height },
        Area { x, y, width, height: code.y - y },
        Area { x, y: code.y + code.height, width, height: y + height - code.y - code.height },
    ];
    let size = |area: &Area| area.width.max(0.0) * area.height.max(0.0);
    parts.into_iter().max_by(|a, b| size(a).total_cmp(&size(b))).unwrap_or(*panel)
}

fn across(out: &mut String, word: &str, area: &Area, faces: &dyn Faces) -> Result<(), char> {
    let ((x, y), width, height) = (area.middle(), area.width, area.height);
    let runs = crate::face::runs(word);
    let mut ems = 0.0;
    for (script, run) in &runs {
        let face = faces.face(Style::SansBold, *script, run)?;
        ems += run.chars().map(|c| faces.advance(face, c)).sum::<f64>();
    }
    let long = width.hypot(height);
    let size = long * 0.86 / ems;
    // From the lower left to the upper right, as far as the letters stay on the paper.
    let turn = -(height.atan2(width).to_degrees());
    let start = x - ems * size / 2.0;
    let _ = write!(
        out,
        "<text x=\"{start:.2}\" y=\"{:.2}\" font-size=\"{size:.2}\" stroke-width=\"{:.3}\" \
         transform=\"rotate({turn:.2} {x} {y})\" xml:space=\"preserve\">",
        y + size * 0.36,
        size * 0.016
    );
    for (script, run) in runs {
        let face = faces.face(Style::SansBold, script, run)?;
        let _ = write!(out, "<tspan font-family=\"{}\">", faces.family(face));
        text::escape(out, run);
        out.push_str("</tspan>");
    }
    out.push_str("</text>");
    Ok(())
}

/// The largest portrait, in bytes; chosen: 24 × 30 mm at 600 dpi is under 1 MiB even as PNG.
pub const PORTRAIT: usize = 4 << 20;

/// A dot of a 300 dpi printer, in millimetres; finer printers divide it.
const DOT: f64 = 25.4 / 300.0;
/// Dots of a module at least; chosen: two smear into one on absorbent paper.
const LEAST_DOTS: f64 = 3.0;
/// Dots of a module at most; chosen: larger ones read no better and leave no room.
const MOST_DOTS: f64 = 12.0;

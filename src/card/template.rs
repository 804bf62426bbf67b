//! A side of a card as SVG with named places, which a station may draw anew.
//!
//! The unit is the millimetre. A `rect` says where something goes and how:
//!
//! | attribute | puts there |
//! |---|---|
//! | `data-field` | a fact of the permit ([`Field::name`]) |
//! | `data-label` | a printed label in the languages of `data-lang` (`zh ko en`) |
//! | `data-art` | `code`, `photo`, or line work from the permit's number: `ground`, `rosette`, `frame` |
//!
//! For texts: `font-size` is the largest type and `data-least` the smallest, `data-lines` the most lines, `data-style`
//! one of `sans`, `sans-bold`, `serif`, `serif-bold`, `data-across` and `data-down` `start`, `middle` or `end`,
//! `letter-spacing` in ems, `fill`. For line work: `stroke`, `stroke-width`, `stroke-opacity`, and a frame's `data-band`.
//! `data-fold` of the root tells where the paper is folded.
//!
//! Everything else is drawn as it is, if it only draws: a template that a browser would run, load or animate is refused, and
//! so is one that grows while it is drawn, by what refers to what.

mod growth;
mod safe;

use core::ops::Range;

use permit_words::Label;
use roxmltree::{Document, Node};

use crate::Field;
use crate::face::Style;
use crate::fit::Setting;
use crate::line::Area;

/// A side of a card, understood.
#[derive(Clone, Debug)]
pub struct Template {
    source: String,
    width: f64,
    height: f64,
    fold: Option<f64>,
    slots: Vec<Slot>,
    /// Texts that stand in it as they are, for the check of glyphs.
    texts: Vec<String>,
    end: usize,
}

/// Why a file is no template.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Flaw {
    /// Not well-formed XML; where, by line and column.
    Xml {
        /// Line, from 1.
        line: u32,
        /// Column, from 1.
        column: u32,
    },
    /// The root is no `svg` with `viewBox="0 0 WIDTH HEIGHT"` and the same in millimetres.
    Root,
    /// An element or attribute that does more than draw.
    Unsafe {
        /// Its line.
        line: u32,
        /// Its name.
        what: String,
    },
    /// An element that is drawn too often, too deep, or by itself: more than [`Template::DRAWN`] elements in all.
    Growth {
        /// Its line.
        line: u32,
    },
    /// A place with an attribute that says nothing understood.
    Attribute {
        /// Its line.
        line: u32,
        /// The attribute.
        name: String,
    },
    /// A place that reaches beyond the paper.
    Outside {
        /// Its line.
        line: u32,
    },
    /// Larger than [`Template::MOST`].
    TooLarge,
}

/// A place.
#[derive(Clone, Debug)]
pub(crate) struct Slot {
    pub(crate) range: Range<usize>,
    pub(crate) area: Area,
    pub(crate) what: What,
}

/// What goes there.
#[derive(Clone, Debug)]
pub(crate) enum What {
    Field(Field, Setting),
    Label(Label, String, Setting),
    Art(Art, Strokes),
}

/// What is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Art {
    Code,
    Photo,
    Ground,
    Rosette,
    Frame,
}

/// How lines are drawn.
#[derive(Clone, Debug)]
pub(crate) struct Strokes {
    pub(crate) attributes: String,
    pub(crate) band: f64,
}

impl Template {
    /// The most bytes of a template; chosen: the built-in ones have under 10,000.
    pub const MOST: usize = 1 << 20;

    /// The most elements that are drawn, one that others refer to as often as they do; chosen: the built-in ones have
    /// under 100.
    pub const DRAWN: u64 = 20_000;

    /// Understands a side.
    ///
    /// # Errors
    ///
    /// Every flaw at once.
    pub fn parse(source: &str) -> Result<Self, Vec<Flaw>> {
        if source.len() > Self::MOST {
            return Err(vec![Flaw::TooLarge]);
        }
        let document = Document::parse(source).map_err(|error| {
            let pos = error.pos();
            vec![Flaw::Xml { line: pos.row, column: pos.col }]
        })?;
        let root = document.root_element();
        let Some((width, height)) = size(root) else { return Err(vec![Flaw::Root]) };
        let mut flaws = Vec::new();
        safe::check(&document, &mut flaws);
        growth::check(&document, &mut flaws);
        let mut slots = Vec::new();
        for node in root.descendants().filter(|node| is_slot(*node)) {
            match slot(node) {
                Ok(slot) if inside(&slot.area, width, height) => slots.push(slot),
                Ok(_) => flaws.push(Flaw::Outside { line: line(node) }),
                Err(name) => flaws.push(Flaw::Attribute { line: line(node), name: name.into() }),
            }
        }
        let texts = root.descendants().filter(Node::is_text).filter(|node| {
            node.parent_element()
                .is_some_and(|parent| matches!(parent.tag_name().name(), "text" | "tspan"))
        });
        let texts = texts.filter_map(|node| node.text()).map(str::to_owned).collect();
        let fold = root.attribute("data-fold").and_then(|at| at.parse().ok());
        // The root's own closing tag, whatever a comment after it says.
        let end = source[..root.range().end].rfind("</").filter(|_| root.has_children());
        let Some(end) = end else { return Err(vec![Flaw::Root]) };
        if flaws.is_empty() {
            Ok(Self { source: source.to_owned(), width, height, fold, slots, texts, end })
        } else {
            Err(flaws)
        }
    }

    /// Width in millimetres.
    #[must_use]
    pub const fn width(&self) -> f64 {
        self.width
    }

    /// Height in millimetres.
    #[must_use]
    pub const fn height(&self) -> f64 {
        self.height
    }

    /// Where the paper is folded, from the left.
    #[must_use]
    pub const fn fold(&self) -> Option<f64> {
        self.fold
    }

    /// The facts it has a place for.
    pub fn fields(&self) -> impl Iterator<Item = Field> + '_ {
        self.slots.iter().filter_map(|slot| match slot.what {
            What::Field(field, _) => Some(field),
            _ => None,
        })
    }

    /// Where the code goes: left, top, width and height.
    #[must_use]
    pub fn code(&self) -> Option<(f64, f64, f64, f64)> {
        self.area(Art::Code).map(|area| (area.x, area.y, area.width, area.height))
    }

    pub(crate) fn area(&self, art: Art) -> Option<Area> {
        self.slots.iter().find_map(|slot| match slot.what {
            What::Art(have, _) if have == art => Some(slot.area),
            _ => None,
        })
    }

    pub(crate) fn slots(&self) -> &[Slot] {
        &self.slots
    }

    pub(crate) fn texts(&self) -> &[String] {
        &self.texts
    }

    /// The source with each place's drawing instead of it, and something on top of all.
    pub(crate) fn filled(&self, drawn: &[String], above: &str) -> String {
        let more: usize = drawn.iter().map(String::len).sum();
        let mut out = String::with_capacity(self.source.len() + more + above.len());
        let mut at = 0;
        for (slot, drawing) in self.slots.iter().zip(drawn) {
            out.push_str(&self.source[at..slot.range.start]);
            out.push_str(drawing);
            at = slot.range.end;
        }
        out.push_str(&self.source[at..self.end]);
        out.push_str(above);
        out.push_str(&self.source[self.end..]);
        out
    }
}

/// Width and height, where `viewBox` begins at 0 and the paper has the same size.
fn size(root: Node<'_, '_>) -> Option<(f64, f64)> {
    if root.tag_name().name() != "svg" || root.tag_name().namespace() != Some(safe::SVG) {
        return None;
    }
    let mut numbers = root.attribute("viewBox")?.split([' ', ',']).map(str::parse::<f64>);
    let mut next = || numbers.next()?.ok();
    let (left, top, width, height) = (next()?, next()?, next()?, next()?);
    let same = |name, length: f64| {
        let text = root.attribute(name)?.strip_suffix("mm")?;
        text.parse::<f64>().ok().filter(|have| (have - length).abs() < 1e-6)
    };
    same("width", width)?;
    same("height", height)?;
    let fits = left == 0.0
        && top == 0.0
        && (20.0..=420.0).contains(&width)
        && (20.0..=420.0).contains(&height);
    fits.then_some((width, height))
}

fn is_slot(node: Node<'_, '_>) -> bool {
    NAMED.iter().any(|name| node.has_attribute(*name))
}

fn line(node: Node<'_, '_>) -> u32 {
    node.document().text_pos_at(node.range().start).row
}

fn inside(area: &Area, width: f64, height: f64) -> bool {
    area.x >= 0.0
        && area.y >= 0.0
        && area.x + area.width <= width + 1e-6
        && area.y + area.height <= height + 1e-6
}

/// A place, or the attribute that is wrong.
fn slot<'n>(node: Node<'n, '_>) -> Result<Slot, &'n str> {
    // A transformed or nested place would be checked where it is not.
    if node.tag_name().name() != "rect" {
        return Err("data-field");
    }
    if node.ancestors().any(|parent| parent.has_attribute("transform")) {
        return Err("transform");
    }
    let length = |name: &'static str, least: f64| {
        number(node, name).filter(|value| *value >= least && *value <= 1000.0).ok_or(name)
    };
    let area = Area {
        x: length("x", 0.0)?,
        y: length("y", 0.0)?,
        width: length("width", 0.5)?,
        height: length("height", 0.5)?,
    };
    let what = if let Some(name) = node.attribute("data-field") {
        What::Field(Field::named(name).ok_or("data-field")?, setting(node)?)
    } else if let Some(name) = node.attribute("data-label") {
        let label = Label::named(name).ok_or("data-label")?;
        let languages = node.attribute("data-lang").unwrap_or("zh ko en");
        if !languages.split_whitespace().all(|language| matches!(language, "zh" | "ko" | "en")) {
            return Err("data-lang");
        }
        What::Label(label, languages.to_owned(), setting(node)?)
    } else {
        What::Art(art(node.attribute("data-art")).ok_or("data-art")?, strokes(node)?)
    };
    Ok(Slot { range: node.range(), area, what })
}

fn art(name: Option<&str>) -> Option<Art> {
    Some(match name? {
        "code" => Art::Code,
        "photo" => Art::Photo,
        "ground" => Art::Ground,
        "rosette" => Art::Rosette,
        "frame" => Art::Frame,
        _ => return None,
    })
}

fn setting(node: Node<'_, '_>) -> Result<Setting, &'static str> {
    let place = |name: &'static str| match node.attribute(name) {
        None | Some("start") => Ok(0.0),
        Some("middle") => Ok(0.5),
        Some("end") => Ok(1.0),
        Some(_) => Err(name),
    };
    let or = |name: &'static str, default: f64, least: f64, most: f64| match node.attribute(name) {
        None => Ok(default),
        Some(text) => text.parse().ok().filter(|value| (least..=most).contains(value)).ok_or(name),
    };
    let style = node.attribute("data-style").unwrap_or("sans");
    let size = or("font-size", 2.2, SMALLEST, 40.0)?;
    let lines = or("data-lines", 1.0, 1.0, 12.0)?;
    Ok(Setting {
        style: Style::named(style).ok_or("data-style")?,
        size,
        least: or("data-least", LEAST.min(size), SMALLEST, size)?,
        lines: (1..=12).take_while(|n| f64::from(*n) <= lines).count().max(1),
        across: place("data-across")?,
        down: place("data-down")?,
        spacing: or("letter-spacing", 0.0, 0.0, 2.0)?,
        fill: colour(node.attribute("fill").unwrap_or("#14212b")).ok_or("fill")?,
    })
}

fn strokes(node: Node<'_, '_>) -> Result<Strokes, &'static str> {
    let mut attributes = String::new();
    for name in ["stroke", "stroke-width", "stroke-opacity"] {
        if let Some(value) = node.attribute(name) {
            let value = colour(value).ok_or(name)?;
            attributes.push_str(&format!(" {name}=\"{value}\""));
        }
    }
    let band = match node.attribute("data-band") {
        None => 4.0,
        Some(text) => {
            text.parse().ok().filter(|band| (1.0..=20.0).contains(band)).ok_or("data-band")?
        }
    };
    Ok(Strokes { attributes, band })
}

/// A colour, a number or the name of a gradient of this file, and nothing that ends an attribute.
fn colour(value: &str) -> Option<String> {
    let plain = |c: char| {
        c.is_ascii_alphanumeric()
            || matches!(c, '#' | '(' | ')' | '.' | ',' | ' ' | '%' | '-' | '_')
    };
    (value.len() <= 64 && value.chars().all(plain)).then(|| value.to_owned())
}

fn number(node: Node<'_, '_>, name: &str) -> Option<f64> {
    node.attribute(name)?.parse().ok().filter(|value: &f64| value.is_finite())
}

const NAMED: [&str; 3] = ["data-field", "data-label", "data-art"];

/// The smallest type a template may ask for, in millimetres; chosen: 3.7 points, 15 dots of a 300 dpi printer.
pub(crate) const SMALLEST: f64 = 1.3;

/// The smallest type where a template names none; chosen.
const LEAST: f64 = 1.6;

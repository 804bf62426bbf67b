//! The picture before it goes to the display: shapes and text, wrapped where they must be.
//!
//! It is drawn whole and sent whole, so that no half of an old verdict stands beside half of a new one.

use embedded_graphics::framebuffer::{Framebuffer, buffer_size};
use embedded_graphics::image::GetPixel as _;
use embedded_graphics::pixelcolor::Rgb565;
use embedded_graphics::pixelcolor::raw::{LittleEndian, RawU16};
use embedded_graphics::prelude::*;
use embedded_graphics::primitives::{
    Arc, Circle, Line, Polyline, PrimitiveStyle, PrimitiveStyleBuilder, Rectangle, StrokeAlignment,
};

use super::glyph::{Glyph, Glyphs, HEIGHT};
use super::{Glance, SIZE};

/// What a verdict looks like without its colour.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Shape {
    /// Valid.
    Tick,
    /// Refer.
    Mark,
    /// Invalid.
    Cross,
    /// Not a permit.
    Query,
}

const WIDTH: usize = 320;
const TALL: usize = 240;
type Picture =
    Framebuffer<Rgb565, RawU16, LittleEndian, WIDTH, TALL, { buffer_size::<Rgb565>(WIDTH, TALL) }>;

/// A picture being drawn.
pub(super) struct Canvas<'g> {
    picture: Box<Picture>,
    glyphs: &'g mut Glyphs,
    ink: Rgb565,
}

impl<'g> Canvas<'g> {
    pub(super) fn new(glyphs: &'g mut Glyphs, ink: Rgb565) -> Self {
        Self { picture: Box::new(Picture::new()), glyphs, ink }
    }

    pub(super) fn fill(&mut self, colour: Rgb565, frame: Option<Rgb565>) {
        let style = PrimitiveStyleBuilder::new().fill_color(colour);
        let style = match frame {
            Some(frame) => style.stroke_color(frame).stroke_width(BORDER),
            None => style,
        };
        let whole = Rectangle::new(Point::zero(), SIZE);
        let style = style.stroke_alignment(StrokeAlignment::Inside).build();
        let Ok(()) = whole.into_styled(style).draw(&mut *self.picture);
    }

    /// The shape with heading and names beside it, then as much of the sentences as there is room for; whether it was all.
    /// A native name is so many times as large as other text.
    pub(super) fn draw(&mut self, glance: &Glance, scale: u32) -> bool {
        let beside = if glance.shape.is_some() { EDGE + SIDE + 12 } else { EDGE };
        if let Some(shape) = glance.shape {
            self.shape(shape);
        }
        let room = Room { left: beside, right: ACROSS - EDGE, bottom: DOWN - EDGE };
        let mut pen = Pen { y: EDGE, whole: true };
        self.text(&glance.heading, 2, room, &mut pen);
        self.text(&glance.code, 1, room, &mut pen);
        if let Some(names) = &glance.names {
            self.text(names.native.as_deref().unwrap_or_default(), scale, room, &mut pen);
            self.text(&names.latin, 1, room, &mut pen);
        }
        pen.y = pen.y.max(EDGE + if glance.shape.is_some() { SIDE } else { 36 }) + 4;
        for line in &glance.lines {
            self.text(line, 1, Room { left: EDGE, ..room }, &mut pen);
            pen.y += 4;
        }
        pen.whole
    }

    /// Every pixel, row by row.
    pub(super) fn pixels(&self) -> impl Iterator<Item = Rgb565> {
        let area = Rectangle::new(Point::zero(), SIZE);
        area.points().map(|at| self.picture.pixel(at).unwrap_or(Rgb565::BLACK))
    }

    /// Draws a text from the pen's height on, wrapped, and moves the pen below it. What does not fit is left out by lines.
    fn text(&mut self, text: &str, scale: u32, room: Room, pen: &mut Pen) {
        if text.is_empty() || !self.glyphs.have(text) {
            pen.whole &= text.is_empty();
            return;
        }
        let height = length(HEIGHT) * length(scale);
        for line in self.wrapped(text, scale, room.right - room.left) {
            if pen.y + height > room.bottom {
                pen.whole = false;
                return;
            }
            let mut x = room.left;
            for letter in line.chars() {
                let Some(glyph) = self.glyphs.get(letter) else { continue };
                self.letter(&glyph, Point::new(x, pen.y), scale);
                x += length(glyph.width) * length(scale);
            }
            pen.y += height + 2;
        }
    }

    /// Lines no wider than this: broken at spaces, and between letters where there are Han ones or no room for a word.
    /// A mark that ends a sentence may hang over.
    fn wrapped(&self, text: &str, scale: u32, most: i32) -> Vec<String> {
        let wide = |text: &str| -> i32 {
            let glyphs = text.chars().filter_map(|letter| self.glyphs.get(letter));
            glyphs.map(|glyph| length(glyph.width) * length(scale)).sum()
        };
        let mut lines = vec![String::new()];
        for word in text.split_inclusive(' ') {
            let whole = wide(word.trim_end()) <= most && !word.chars().any(is_han);
            let parts: Vec<String> = if whole {
                vec![word.to_owned()]
            } else {
                word.chars().map(String::from).collect()
            };
            for part in parts {
                let last = lines.last().map_or(0, |line| wide(line));
                let hangs =
                    matches!(part.as_str(), "。" | "，" | "、" | "；" | "：" | " " | "." | ",");
                if last > 0 && !hangs && last + wide(part.trim_end()) > most {
                    lines.push(String::new());
                }
                if let Some(line) = lines.last_mut() {
                    line.push_str(&part);
                }
            }
        }
        lines
    }

    fn letter(&mut self, glyph: &Glyph, at: Point, scale: u32) {
        let style = PrimitiveStyle::with_fill(self.ink);
        let dot = length(scale);
        for (row, bits) in (0..).zip(glyph.rows) {
            for column in (0..length(glyph.width)).filter(|column| bits & (0x8000 >> column) != 0) {
                let corner = at + Point::new(column * dot, row * dot);
                let Ok(()) = Rectangle::new(corner, Size::new(scale, scale))
                    .into_styled(style)
                    .draw(&mut *self.picture);
            }
        }
    }

    fn shape(&mut self, shape: Shape) {
        let thick = PrimitiveStyle::with_stroke(self.ink, 14);
        let full = PrimitiveStyle::with_fill(self.ink);
        let at = |x, y| Point::new(EDGE + x, EDGE + y);
        let picture = &mut *self.picture;
        let Ok(()) = match shape {
            Shape::Tick => {
                Polyline::new(&[at(8, 46), at(34, 74), at(80, 14)]).into_styled(thick).draw(picture)
            }
            Shape::Cross => {
                let Ok(()) = Line::new(at(14, 14), at(76, 76)).into_styled(thick).draw(picture);
                Line::new(at(76, 14), at(14, 76)).into_styled(thick).draw(picture)
            }
            Shape::Mark => {
                let Ok(()) = Line::new(at(45, 6), at(45, 56)).into_styled(thick).draw(picture);
                Circle::with_center(at(45, 77), 18).into_styled(full).draw(picture)
            }
            Shape::Query => {
                let bow = Arc::with_center(at(45, 28), 42, 180.0.deg(), 250.0.deg());
                let Ok(()) = bow.into_styled(thick).draw(picture);
                let Ok(()) = Line::new(at(45, 46), at(45, 60)).into_styled(thick).draw(picture);
                Circle::with_center(at(45, 79), 16).into_styled(full).draw(picture)
            }
        };
    }
}

/// Where a text may stand.
#[derive(Clone, Copy)]
struct Room {
    left: i32,
    right: i32,
    bottom: i32,
}

/// How far down it is drawn, and whether nothing was left out.
struct Pen {
    y: i32,
    whole: bool,
}

/// Chinese is broken between any two letters, Korean at its spaces.
const fn is_han(letter: char) -> bool {
    matches!(letter, '\u{3000}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}')
}

const BORDER: u32 = 8;
/// From the display's edge to what is drawn, past a frame.
const EDGE: i32 = 12;
/// The shape's square.
const SIDE: i32 = 90;
const ACROSS: i32 = 320;
const DOWN: i32 = 240;

/// A count of pixels; none here is larger than the display.
fn length(pixels: impl TryInto<i32>) -> i32 {
    pixels.try_into().unwrap_or(ACROSS)
}

//! Letters as dots: 8 or 16 wide, 16 high.
//!
//! Latin ones come from embedded-graphics; the others are looked up in a file of GNU Unifont's (a line each: its number, a colon,
//! 32 or 64 hexadecimal digits) as they are needed and kept. It draws nothing and guesses no letter.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;

use embedded_graphics::mono_font::MonoTextStyle;
use embedded_graphics::mono_font::iso_8859_1::FONT_8X13;
use embedded_graphics::pixelcolor::BinaryColor;
use embedded_graphics::prelude::*;
use embedded_graphics::text::Text;

/// One letter.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Glyph {
    /// 8 or 16 dots.
    pub(super) width: u32,
    /// From the top; the leftmost dot is the highest bit of 16.
    pub(super) rows: [u16; HEIGHT],
}

/// Dots of a letter's height.
pub(super) const HEIGHT: usize = 16;

/// Letters that were needed so far; `None` for those the font does not have.
#[derive(Debug)]
pub(super) struct Glyphs {
    font: Option<PathBuf>,
    known: HashMap<char, Option<Glyph>>,
}

impl Glyphs {
    pub(super) fn new(font: Option<PathBuf>) -> Self {
        Self { font, known: HashMap::new() }
    }

    /// Whether every letter of a text can be drawn.
    pub(super) fn have(&mut self, text: &str) -> bool {
        self.learn(text);
        text.chars().all(|letter| self.known.get(&letter).is_some_and(Option::is_some))
    }

    /// A letter's dots, once [`have`](Self::have) was asked.
    pub(super) fn get(&self, letter: char) -> Option<Glyph> {
        self.known.get(&letter).copied().flatten()
    }

    /// Reads the font once for all letters of a text that are new.
    fn learn(&mut self, text: &str) {
        let mut missing = Vec::new();
        for letter in text.chars() {
            self.known.entry(letter).or_insert_with(|| {
                let glyph = latin(letter);
                missing.extend(glyph.is_none().then_some(letter));
                glyph
            });
        }
        if missing.is_empty() {
            return;
        }
        let Some(file) = self.font.as_ref().and_then(|path| File::open(path).ok()) else { return };
        for line in BufReader::new(file).lines().map_while(Result::ok) {
            // Of 57,000 lines a few are wanted: the dots of the others are not looked at.
            if let Some((letter, dots)) = split(&line)
                && missing.contains(&letter)
                && let Some(glyph) = parse(dots)
            {
                self.known.insert(letter, Some(glyph));
            }
        }
    }
}

/// A line of the file: its letter, and the letter's dots in hexadecimal digits.
fn split(line: &str) -> Option<(char, &str)> {
    let (code, dots) = line.split_once(':')?;
    Some((char::from_u32(u32::from_str_radix(code, 16).ok()?)?, dots))
}

/// The dots of a line.
fn parse(dots: &str) -> Option<Glyph> {
    let digits = match dots.len() {
        32 => 2,
        64 => 4,
        _ => return None,
    };
    let mut rows = [0; HEIGHT];
    for (row, at) in rows.iter_mut().zip((0..).step_by(digits)) {
        let bits = u16::from_str_radix(dots.get(at..at + digits)?, 16).ok()?;
        *row = if digits == 2 { bits << 8 } else { bits };
    }
    Some(Glyph { width: if digits == 2 { 8 } else { 16 }, rows })
}

/// A letter of ISO 8859-1.
fn latin(letter: char) -> Option<Glyph> {
    if !matches!(letter, ' '..='~' | '\u{a0}'..='\u{ff}') {
        return None;
    }
    let mut glyph = Glyph { width: 8, ..Glyph::default() };
    let (mut bytes, style) = ([0; 4], MonoTextStyle::new(&FONT_8X13, BinaryColor::On));
    let text: &str = letter.encode_utf8(&mut bytes);
    let Ok(_) = Text::new(text, Point::new(0, BASELINE), style).draw(&mut glyph);
    Some(glyph)
}

/// Where Latin letters stand, beside Unifont's.
const BASELINE: i32 = 12;

impl OriginDimensions for Glyph {
    fn size(&self) -> Size {
        Size::new(8, 16)
    }
}

impl DrawTarget for Glyph {
    type Color = BinaryColor;
    type Error = core::convert::Infallible;

    fn draw_iter<I>(&mut self, pixels: I) -> Result<(), Self::Error>
    where
        I: IntoIterator<Item = Pixel<Self::Color>>,
    {
        for Pixel(at, colour) in pixels {
            let row = usize::try_from(at.y).ok().and_then(|y| self.rows.get_mut(y));
            if let (Some(row), 0..16) = (row, at.x) {
                *row |= if colour.is_on() { 0x8000 >> at.x } else { 0 };
            }
        }
        Ok(())
    }
}

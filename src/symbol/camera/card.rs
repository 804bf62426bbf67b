//! The printed card before anything happened to it: paper, text and the code.
//!
//! An invented layout without emblems, which says SPECIMEN. A card is a picture of how much
//! light each spot of the paper sends back, twelve spots a millimetre.

use super::font;
use super::random::Random;
use crate::{Modules, Symbol};

/// A card, its upper side as reflectance from 0 to 255.
#[derive(Clone, Debug)]
pub(super) struct Card {
    /// Spots in a row.
    pub(super) width: usize,
    /// Number of rows.
    pub(super) height: usize,
    /// Reflectance, row by row, linear.
    pub(super) spots: Vec<u8>,
    /// How much of each spot is still there; all of it where this is empty.
    pub(super) kept: Vec<u8>,
    /// The code's upper left corner, in spots.
    pub(super) left: usize,
    /// The same, downwards.
    pub(super) top: usize,
    /// The code's edge, in spots.
    pub(super) edge: usize,
    /// Modules along the code's edge.
    pub(super) side: usize,
}

impl Card {
    /// A whole card: text on the left, the code on the right.
    pub(super) fn permit(symbol: &Symbol, random: &mut Random) -> Self {
        let side = symbol.modules().side();
        let edge = side * MODULE;
        let width = (96 * SPOTS).max(edge + 56 * SPOTS);
        let height = (64 * SPOTS).max(edge + 20 * SPOTS);
        let left = width - edge - 7 * SPOTS;
        let top = height - edge - 7 * SPOTS;
        let mut card = Self::blank(width, height, (left, top), side);
        card.border();
        let clear = left - 3 * SPOTS;
        card.line(5 * SPOTS, 4 * SPOTS, 6, "BORDER ZONE PERMIT", width);
        card.line(5 * SPOTS, height - 11 * SPOTS, 9, "SPECIMEN", clear);
        for row in 0..9 {
            let text = if row == 8 { "SPECIMEN".to_owned() } else { words(random) };
            card.line(5 * SPOTS, (13 + 4 * row) * SPOTS, 3, &text, clear);
        }
        card.code(symbol);
        card
    }

    /// A small label: the code, its quiet zone and one line of text, as large as that of a code of `room` modules.
    pub(super) fn label(symbol: &Symbol, room: usize) -> Self {
        let side = symbol.modules().side();
        let margin = 5 * MODULE + room.saturating_sub(side) * MODULE / 2;
        let edge = side * MODULE;
        let mut card =
            Self::blank(edge + 2 * margin, edge + 2 * margin + 3 * SPOTS, (margin, margin), side);
        card.line(margin, edge + margin + 4 * MODULE, 3, "SPECIMEN", edge + margin);
        card.code(symbol);
        card
    }

    /// Paper of this size in millimetres with nothing on it, seen as though a code of `side`
    /// modules lay in its middle.
    pub(super) fn sheet(width: usize, height: usize, side: usize) -> Self {
        let (width, height) = (width * SPOTS, height * SPOTS);
        let edge = side * MODULE;
        Self::blank(width, height, ((width - edge) / 2, (height - edge) / 2), side)
    }

    /// The code as it is now: a module is dark where the middle of its place is.
    pub(super) fn modules(&self) -> Modules {
        let mut modules = Modules::new(self.side);
        let inner = MODULE / 4..MODULE - MODULE / 4;
        let middle = (u32::from(INK) + u32::from(PAPER)) / 2;
        for (x, y) in (0..self.side).flat_map(|y| (0..self.side).map(move |x| (x, y))) {
            let (left, top) = (self.left + x * MODULE, self.top + y * MODULE);
            let spots = inner.clone().flat_map(|v| inner.clone().map(move |u| (u, v)));
            let (sum, count) = spots.fold((0, 0), |(sum, count), (u, v)| {
                let at = (top + v) * self.width + left + u;
                let gone = self.kept.get(at).is_some_and(|kept| *kept < 128);
                (sum + u32::from(if gone { PAPER } else { self.spots[at] }), count + 1)
            });
            modules.set(x, y, sum < middle * count);
        }
        modules
    }

    /// The same card, each of its spots printed otherwise.
    pub(super) fn printed(&self, print: impl Fn(u8) -> u8) -> Self {
        Self { spots: self.spots.iter().map(|&spot| print(spot)).collect(), ..self.clone() }
    }

    /// Marks a spot.
    pub(super) fn set(&mut self, x: usize, y: usize, value: u8) {
        if x < self.width && y < self.height {
            self.spots[y * self.width + x] = value;
        }
    }

    fn blank(width: usize, height: usize, (left, top): (usize, usize), side: usize) -> Self {
        let spots = vec![PAPER; width * height];
        Self { width, height, spots, kept: Vec::new(), left, top, edge: side * MODULE, side }
    }

    fn border(&mut self) {
        let (width, height) = (self.width, self.height);
        for y in 0..height {
            for x in 0..width {
                let nearest = x.min(y).min(width - 1 - x).min(height - 1 - y);
                if (8..13).contains(&nearest) {
                    self.set(x, y, 90);
                }
            }
        }
    }

    /// A line of text of dots of `dot` spots, cut at `right`.
    pub(super) fn line(&mut self, left: usize, top: usize, dot: usize, text: &str, right: usize) {
        for (place, letter) in text.chars().enumerate() {
            let left = left + place * font::ADVANCE * dot;
            if left + 5 * dot > right {
                return;
            }
            for (row, dots) in font::rows(letter).into_iter().enumerate() {
                for column in (0..5).filter(|column| dots & (16 >> column) != 0) {
                    self.block(left + column * dot, top + row * dot, dot, dot, TEXT);
                }
            }
        }
    }

    fn code(&mut self, symbol: &Symbol) {
        let modules = symbol.modules();
        for y in 0..modules.side() {
            for x in (0..modules.side()).filter(|&x| modules.get(x, y)) {
                let (left, top) = (self.left + x * MODULE, self.top + y * MODULE);
                self.block(left, top, MODULE, MODULE, INK);
            }
        }
    }

    /// A rectangle of one tone.
    pub(super) fn block(
        &mut self,
        left: usize,
        top: usize,
        width: usize,
        height: usize,
        value: u8,
    ) {
        for y in top..top + height {
            for x in left..left + width {
                self.set(x, y, value);
            }
        }
    }
}

/// Something that looks like a printed field.
fn words(random: &mut Random) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIKLMNOPRSTUVXYZ0123456789-./<";
    let mut text: String =
        (0..8 + random.below(18)).map(|_| char::from(random.pick(LETTERS))).collect();
    if text.len() > 14 {
        text.replace_range(6..7, ":");
    }
    text
}

/// Spots in a millimetre.
pub(super) const SPOTS: usize = 12;

/// Spots along a module: half a millimetre.
pub(super) const MODULE: usize = 6;

/// Reflectance of white paper, 0.86.
pub(super) const PAPER: u8 = 219;

/// Reflectance of printed ink, 0.04.
pub(super) const INK: u8 = 10;

const TEXT: u8 = 18;

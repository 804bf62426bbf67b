//! Pictures without a readable QR code, for everything a reader must not find.

use super::card::{Card, INK, MODULE, PAPER, SPOTS};
use super::random::{Purpose, Random};
use super::{Shot, take};
use crate::{GreyBuf, Symbol};

/// A picture in which there is nothing to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Blank {
    /// A desk.
    Desk,
    /// A printed page.
    Text,
    /// Dots and stripes.
    Texture,
    /// Code 39 barcodes.
    Barcode,
    /// A checkerboard.
    Chessboard,
    /// Squares with an L of dark edges, as Data Matrix has.
    Matrix,
    /// Finder patterns without a code between them.
    Finders,
    /// A QR code's frame around random modules.
    Scrambled,
}

impl Blank {
    /// Every one.
    pub const ALL: [Self; 8] = [
        Self::Desk,
        Self::Text,
        Self::Texture,
        Self::Barcode,
        Self::Chessboard,
        Self::Matrix,
        Self::Finders,
        Self::Scrambled,
    ];

    /// A name for files and options.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Desk => "desk",
            Self::Text => "text",
            Self::Texture => "texture",
            Self::Barcode => "barcode",
            Self::Chessboard => "chessboard",
            Self::Matrix => "matrix",
            Self::Finders => "finders",
            Self::Scrambled => "scrambled",
        }
    }

    /// The picture, taken as a permit's would be.
    #[must_use]
    pub fn photograph(self, shot: &Shot) -> GreyBuf {
        let mut random = Random::new(shot.seed, Purpose::Card, self as u32);
        if self == Self::Desk {
            return take(shot, &[]).picture;
        }
        let mut card = Card::sheet(96, 64, 32);
        match self {
            Self::Desk => {}
            Self::Text => text(&mut card, &mut random),
            Self::Texture => texture(&mut card, &mut random),
            Self::Barcode => barcodes(&mut card, &mut random),
            Self::Chessboard => each(&mut card, |x, y| (x + y) % 2 == 0, 3 * MODULE),
            Self::Matrix => matrices(&mut card, &mut random),
            Self::Finders => finders(&mut card, &mut random),
            Self::Scrambled => return take(shot, &[scrambled(&mut random)]).picture,
        }
        take(shot, &[card]).picture
    }
}

fn text(card: &mut Card, random: &mut Random) {
    for row in 0..15 {
        let line: String = (0..40)
            .map(|_| random.pick(&['A', 'E', 'I', 'N', 'R', 'S', 'T', ' ', 'O', '0']))
            .collect();
        card.line(4 * SPOTS, (3 + 4 * row) * SPOTS, 3, &line, 92 * SPOTS);
    }
}

fn texture(card: &mut Card, random: &mut Random) {
    let (columns, rows, wide) = (2 + random.below(9), 2 + random.below(9), random.below(7));
    let wide = wide.max(1) as usize;
    each(
        card,
        |x, y| {
            let number = |n: usize| u32::try_from(n).unwrap_or(0);
            (number(x) % columns < columns / 2) != (number(y) % rows < rows / 3)
        },
        wide,
    );
}

/// Dark where `dark` says so, in cells of this edge.
fn each(card: &mut Card, dark: impl Fn(usize, usize) -> bool, cell: usize) {
    for y in 4 * SPOTS..card.height - 4 * SPOTS {
        for x in 4 * SPOTS..card.width - 4 * SPOTS {
            card.set(x, y, if dark(x / cell, y / cell) { INK } else { PAPER });
        }
    }
}

/// Narrow and wide bars, three wide ones in nine, as Code 39 has.
fn barcodes(card: &mut Card, random: &mut Random) {
    for row in 0..4 {
        let top = (5 + 15 * row) * SPOTS;
        let mut x = 6 * SPOTS;
        while x < 88 * SPOTS {
            let start = random.below(7);
            for bar in 0..9 {
                let wide = if bar == start || bar == start + 1 || bar == 8 { 9 } else { 3 };
                if bar % 2 == 0 {
                    card.block(x, top, wide, 11 * SPOTS, INK);
                }
                x += wide;
            }
            x += 3;
        }
    }
}

fn matrices(card: &mut Card, random: &mut Random) {
    for (left, top) in [(6, 6), (36, 6), (66, 6), (6, 36), (36, 36), (66, 36)] {
        let side = 16 + 2 * random.below(8) as usize;
        for y in 0..side {
            for x in 0..side {
                let edge = x == 0 || y == side - 1;
                let timing = (y == 0 && x % 2 == 0) || (x == side - 1 && y % 2 == 1);
                let inner = x > 0 && y > 0 && x < side - 1 && y < side - 1;
                if edge || timing || (inner && random.below(2) == 1) {
                    card.block(left * SPOTS + x * 8, top * SPOTS + y * 8, 8, 8, INK);
                }
            }
        }
    }
}

fn finders(card: &mut Card, random: &mut Random) {
    for row in 0..5 {
        for column in 0..8 {
            if random.below(4) > 0 {
                let (left, top) = ((5 + 11 * column) * SPOTS, (4 + 12 * row) * SPOTS);
                let cell = 9;
                card.block(left, top, 7 * cell, 7 * cell, INK);
                card.block(left + cell, top + cell, 5 * cell, 5 * cell, PAPER);
                card.block(left + 2 * cell, top + 2 * cell, 3 * cell, 3 * cell, INK);
            }
        }
    }
}

/// A code's finders, timing and alignment around modules without any sense.
fn scrambled(random: &mut Random) -> Card {
    // A text of the alphabet's letters is always drawn.
    let Ok(symbol) = Symbol::new(&"SPECIMEN ".repeat(20)) else { return Card::sheet(96, 64, 32) };
    let mut card = Card::permit(&symbol, random);
    for y in 0..card.side {
        for x in 0..card.side {
            let near = |n: usize| n < 9 || n > card.side - 9;
            if (near(x) && near(y)) || x == 6 || y == 6 {
                continue;
            }
            let tone = if random.below(2) == 1 { INK } else { PAPER };
            card.block(card.left + x * MODULE, card.top + y * MODULE, MODULE, MODULE, tone);
        }
    }
    card
}

//! What a reader answers with: codes, their modules and what their correction spent.

use crate::{Grey, Point};

/// Error correction level (ISO/IEC 18004, table 8): how much of a code may be lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// About 7 % of the codewords.
    L,
    /// About 15 % of the codewords.
    M,
    /// About 25 % of the codewords.
    Q,
    /// About 30 % of the codewords.
    H,
}

/// A square of modules, true where dark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Modules {
    side: usize,
    dark: Vec<bool>,
}

impl Modules {
    /// A light square of `side` × `side` modules.
    #[must_use]
    pub fn new(side: usize) -> Self {
        let dark = vec![false; side * side];
        Self { side, dark }
    }

    /// Modules along one edge.
    #[must_use]
    pub const fn side(&self) -> usize {
        self.side
    }

    /// Whether the module in column `x` of row `y` is dark; false outside.
    #[must_use]
    pub fn get(&self, x: usize, y: usize) -> bool {
        x < self.side && y < self.side && self.dark[y * self.side + x]
    }

    /// Makes the module in column `x` of row `y` dark or light; nothing happens outside.
    pub fn set(&mut self, x: usize, y: usize, dark: bool) {
        if x < self.side && y < self.side {
            self.dark[y * self.side + x] = dark;
        }
    }
}

/// How a segment of a code is encoded (ISO/IEC 18004, table 2; hanzi by GB/T 18284).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    /// Digits.
    Numeric,
    /// Digits, capital letters, space and `$%*+-./:`.
    Alphanumeric,
    /// Bytes of any kind.
    Byte,
    /// Characters of Shift-JIS, two bytes each.
    Kanji,
    /// Characters of GB 2312, two bytes each.
    Hanzi,
}

/// A segment of a code: some of its bytes, and what they are to be taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    /// How it is encoded.
    pub mode: Mode,
    /// The number of the encoding that was named before it (AIM ECI), if one was.
    pub eci: Option<u32>,
    /// Where in the code's bytes it ends; it begins where the one before does.
    pub end: usize,
}

/// That a code is one of several which belong together (structured append, ISO/IEC 18004, section 8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Append {
    /// Which, from 0.
    pub index: u8,
    /// Of how many: 1 to 16.
    pub count: u8,
    /// What all bytes of all of them come to, each added to the others without carrying.
    pub parity: u8,
}

/// A code that was read.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Code {
    /// All segments one after another, exactly as encoded; kanji as Shift-JIS.
    pub bytes: Vec<u8>,
    /// What these bytes are to be taken for; empty where a decoder cannot tell.
    pub segments: Vec<Segment>,
    /// Whether it is one of several, and which.
    pub append: Option<Append>,
    /// 1 to 40.
    pub version: u8,
    /// Error correction level.
    pub level: Level,
    /// The outline without the quiet zone, clockwise from the code's own top left.
    pub corners: [Point; 4],
    /// The modules as sampled, before any correction.
    pub modules: Modules,
    /// The modules as they were printed, by the code's own correction; `None` where a decoder cannot tell.
    pub printed: Option<Modules>,
    /// What each block spent of its error correction; empty where a decoder cannot tell.
    pub spent: Vec<Spent>,
    /// Whether the code was seen from behind; `modules` and `printed` are as if it had not been.
    pub mirrored: bool,
}

/// What one block of a code spent of its error correction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spent {
    /// Codewords that were wrong without being suspected; each costs two.
    pub errors: usize,
    /// Codewords given up as doubtful; each costs one.
    pub erasures: usize,
    /// Error correction codewords of the block.
    pub parity: usize,
}

/// Something that reads the codes of a picture.
pub trait Decoder {
    /// Every code found and read, in no particular order. Never panics, and ends in
    /// bounded time on any picture.
    fn decode(&self, picture: Grey<'_>) -> Vec<Code>;
}

//! How worn a printed code is, seen from a picture of it.
//!
//! What was read is encoded again and compared with the modules as they were sampled. The
//! difference tells how much of the code's error correction is used up, and so how soon the
//! paper should be replaced. It is a statement about one picture of one print: bad light
//! wears a code as dirt does. It never decides whether a permit is valid.

use qrcode::bits::Bits;
use qrcode::canvas::{Canvas, MaskPattern, Module};
use qrcode::ec::{construct_codewords, max_allowed_errors};
use qrcode::{QrResult, Version};

use crate::decode::BLOCKS;
use crate::encode::{correction, padded, square};
use crate::{Code, Level, Modules, Symbol};

/// How worn a code is.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Wear {
    /// Modules that are not as printed.
    pub damaged: usize,
    /// Modules of the code.
    pub modules: usize,
    /// Damaged modules among those that hold no data: finders, timing, alignment, format.
    pub patterns: usize,
    /// The blocks of the code, each with a correction of its own.
    pub blocks: Vec<Block>,
}

/// A Reed–Solomon block of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Codewords that had to be corrected.
    pub wrong: usize,
    /// Codewords that could have been.
    pub correctable: usize,
}

/// The unused error correction of a code as ISO/IEC 15415 grades it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// At least 62 % is left: as new.
    A,
    /// At least 50 %.
    B,
    /// At least 37 %: worn.
    C,
    /// At least 25 %: to be replaced.
    D,
    /// Less: the next scratch may be the last.
    F,
}

impl Wear {
    /// The wear of a code that was read, or `None` where the code is encoded in a way that
    /// cannot be repeated from its bytes (structured append, ECI, unusual segments).
    ///
    /// One alphanumeric segment, as every permit is, always can. A repetition counts only
    /// where each block differs by no more than it can correct: such a one is unique.
    #[must_use]
    pub fn of(code: &Code) -> Option<Self> {
        Self::measure(&code.bytes, code.version, code.level, &code.modules)
    }

    /// As [`Wear::of`], from the parts of a code.
    #[must_use]
    pub fn measure(bytes: &[u8], version: u8, level: Level, sampled: &Modules) -> Option<Self> {
        let side = 17 + 4 * usize::from(version);
        if sampled.side() != side {
            return None;
        }
        let layout = Layout::of(version, level);
        SEGMENTS
            .iter()
            .filter_map(|push| padded(version, level, |bits| push(bits, bytes)))
            .flat_map(|bits| masked(bits, version, level))
            .map(|printed| layout.compare(&printed, sampled))
            .filter(|wear| wear.blocks.iter().all(|block| block.wrong <= 2 * block.correctable))
            .min_by_key(|wear| wear.damaged)
    }

    /// What a picture of a print shows beside what was printed, module by module; `None` where the picture's code has
    /// another size. What the picture's code says does not matter.
    #[must_use]
    pub fn against(printed: &Symbol, sampled: &Modules) -> Option<Self> {
        let same = printed.modules().side() == sampled.side();
        let layout = || Layout::of(printed.version(), printed.level());
        same.then(|| layout().compare(printed.modules(), sampled))
    }

    /// The share of the modules that are not as printed, 0 to 1.
    #[must_use]
    pub fn share(&self) -> f64 {
        ratio(self.damaged, self.modules)
    }

    /// The share of error correction used in the worst block, 0 to 1.
    #[must_use]
    pub fn used(&self) -> f64 {
        let shares = self.blocks.iter().map(|block| ratio(block.wrong, block.correctable));
        shares.fold(0.0, f64::max).min(1.0)
    }

    /// The grade.
    #[must_use]
    pub fn grade(&self) -> Grade {
        match 1.0 - self.used() {
            left if left >= 0.62 => Grade::A,
            left if left >= 0.50 => Grade::B,
            left if left >= 0.37 => Grade::C,
            left if left >= 0.25 => Grade::D,
            _ => Grade::F,
        }
    }
}

type Push = fn(&mut Bits, &[u8]) -> QrResult<()>;

/// The ways in which bytes are put into a code, the permit's own first.
const SEGMENTS: [Push; 4] = [
    |bits, data| {
        let known = data.iter().all(|byte| byte.is_ascii_digit() || ALPHABET.contains(byte));
        if known {
            bits.push_alphanumeric_data(data)
        } else {
            Err(qrcode::types::QrError::InvalidCharacter)
        }
    },
    Bits::push_byte_data,
    Bits::push_optimal_data,
    |bits, data| {
        let known = data.iter().all(u8::is_ascii_digit);
        if known {
            bits.push_numeric_data(data)
        } else {
            Err(qrcode::types::QrError::InvalidCharacter)
        }
    },
];

const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

const MASKS: [MaskPattern; 8] = [
    MaskPattern::Checkerboard,
    MaskPattern::HorizontalLines,
    MaskPattern::VerticalLines,
    MaskPattern::DiagonalLines,
    MaskPattern::LargeCheckerboard,
    MaskPattern::Fields,
    MaskPattern::Diamonds,
    MaskPattern::Meadow,
];

/// The code under each of the eight masks.
fn masked(bits: Bits, version: u8, level: Level) -> impl Iterator<Item = Modules> {
    let number = Version::Normal(version.into());
    let codewords = construct_codewords(&bits.into_bytes(), number, correction(level)).ok();
    let drawn = codewords.map(|(data, check)| {
        let mut canvas = Canvas::new(number, correction(level));
        canvas.draw_all_functional_patterns();
        canvas.draw_data(&data, &check);
        canvas
    });
    drawn.into_iter().flat_map(move |canvas| {
        MASKS.into_iter().map(move |mask| {
            let mut canvas = canvas.clone();
            canvas.apply_mask(mask);
            square(17 + 4 * usize::from(version), &canvas.into_colors())
        })
    })
}

/// Every module once, those that hold data in the order in which codewords fill them:
/// two columns at a time from the right, up and down by turns, around the timing column.
fn walk(side: usize) -> impl Iterator<Item = (usize, usize)> {
    let pairs = (0..side / 2).map(move |n| {
        let right = side - 1 - 2 * n;
        if right <= TIMING { right - 1 } else { right }
    });
    let data = pairs.enumerate().flat_map(move |(n, right)| {
        (0..side).flat_map(move |step| {
            let y = if n % 2 == 0 { side - 1 - step } else { step };
            [(right, y), (right - 1, y)]
        })
    });
    data.chain((0..side).map(|y| (TIMING, y)))
}

/// The modules of a version that hold no data.
fn patterns(version: u8, level: Level) -> Modules {
    let side = 17 + 4 * usize::from(version);
    let mut canvas = Canvas::new(Version::Normal(version.into()), correction(level));
    canvas.draw_all_functional_patterns();
    let mut patterns = Modules::new(side);
    for (x, y) in walk(side) {
        let [column, row] = [x, y].map(|n| i16::try_from(n).unwrap_or(i16::MAX));
        patterns.set(x, y, canvas.get(column, row) != Module::Empty);
    }
    patterns
}

/// Where the codewords of a version lie and how they are dealt out to blocks
/// (ISO/IEC 18004, 7.6 and 7.7).
struct Layout {
    patterns: Modules,
    codewords: usize,
    data: usize,
    blocks: usize,
    correctable: usize,
}

impl Layout {
    fn of(version: u8, level: Level) -> Self {
        let number = Version::Normal(version.into());
        let bits = Bits::new(number).max_len(correction(level)).unwrap_or_default();
        let table = &BLOCKS[level as usize];
        let blocks = usize::from(table[usize::from(version.clamp(1, 40)) - 1]);
        let patterns = patterns(version, level);
        let free = walk(patterns.side()).filter(|&(x, y)| !patterns.get(x, y)).count();
        let correctable =
            max_allowed_errors(number, correction(level)).unwrap_or_default() / blocks;
        Self { patterns, codewords: free / 8, data: bits / 8, blocks, correctable }
    }

    fn compare(&self, printed: &Modules, sampled: &Modules) -> Wear {
        let side = printed.side();
        let unhurt = Block { wrong: 0, correctable: self.correctable };
        let blocks = vec![unhurt; self.blocks];
        let mut wear = Wear { damaged: 0, modules: side * side, patterns: 0, blocks };
        let mut wrong = vec![false; self.codewords];
        let mut data = 0;
        for (x, y) in walk(side) {
            let differs = printed.get(x, y) != sampled.get(x, y);
            wear.damaged += usize::from(differs);
            if self.patterns.get(x, y) {
                wear.patterns += usize::from(differs);
                continue;
            }
            // The last few modules of some versions belong to no codeword.
            if let Some(word) = wrong.get_mut(data / 8) {
                *word |= differs;
            }
            data += 1;
        }
        for (at, _) in wrong.iter().enumerate().filter(|(_, wrong)| **wrong) {
            wear.blocks[self.block(at)].wrong += 1;
        }
        wear
    }

    /// The block of a codeword, by its place in the code: one codeword a block and round
    /// again, until the short blocks have all their data; then the long ones; then the check
    /// words of all.
    fn block(&self, at: usize) -> usize {
        let short = self.data / self.blocks * self.blocks;
        match at {
            at if at < short => at % self.blocks,
            at if at < self.data => self.blocks - self.data % self.blocks + at - short,
            at => (at - self.data) % self.blocks,
        }
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    let [part, whole] = [part, whole].map(|n| u32::try_from(n).map_or(f64::MAX, f64::from));
    part / whole
}

/// The column left out by the data.
const TIMING: usize = 6;

#[cfg(test)]
mod tests;

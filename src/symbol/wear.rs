//! How worn a printed code is, seen from a picture of it.
//!
//! What correction made of a code is compared with the modules as they were sampled. The
//! difference tells how much of the code's error correction is used up, and so how soon the
//! paper should be replaced. It is a statement about one picture of one print: bad light
//! wears a code as dirt does. It never decides whether a permit is valid.

use qrcode::Version;
use qrcode::ec::max_allowed_errors;

use crate::decode::{Known, Layout};
use crate::encode::correction;
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

impl Grade {
    /// The grade as ISO/IEC 15415 counts: 4 is best.
    #[must_use]
    pub const fn points(self) -> u8 {
        match self {
            Self::A => 4,
            Self::B => 3,
            Self::C => 2,
            Self::D => 1,
            Self::F => 0,
        }
    }
}

impl Wear {
    /// The wear of a code that was read; `None` of a decoder that does not tell what was printed.
    #[must_use]
    pub fn of(code: &Code) -> Option<Self> {
        Self::compare(code.version, code.level, code.printed.as_ref()?, &code.modules)
    }

    /// What a picture of a print shows beside what was printed, module by module; `None` where the picture's code has
    /// another size. What the picture's code says does not matter.
    #[must_use]
    pub fn against(printed: &Symbol, sampled: &Modules) -> Option<Self> {
        Self::compare(printed.version(), printed.level(), printed.modules(), sampled)
    }

    fn compare(version: u8, level: Level, printed: &Modules, sampled: &Modules) -> Option<Self> {
        let layout = Layout::of(version)?;
        let side = layout.side;
        if (printed.side(), sampled.side()) != (side, side) {
            return None;
        }
        let differs = |at: usize| {
            let (x, y) = (at % side, at / side);
            printed.get(x, y) != sampled.get(x, y)
        };
        let blocks = layout.blocks(level);
        let most = max_allowed_errors(Version::Normal(version.into()), correction(level));
        let correctable = most.unwrap_or_default() / blocks.count;
        let wrong = |&place: &usize| layout.codeword(place).iter().any(|&at| differs(at.into()));
        let block = |i| Block {
            wrong: blocks.places(i).iter().filter(|&place| wrong(place)).count(),
            correctable,
        };
        let damaged = (0..side * side).filter(|&at| differs(at));
        let pattern = |&at: &usize| layout.known[at] != Known::Data;
        Some(Self {
            damaged: damaged.clone().count(),
            modules: side * side,
            patterns: damaged.filter(pattern).count(),
            blocks: (0..blocks.count).map(block).collect(),
        })
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

fn ratio(part: usize, whole: usize) -> f64 {
    let [part, whole] = [part, whole].map(|n| u32::try_from(n).map_or(f64::MAX, f64::from));
    part / whole
}

#[cfg(test)]
mod tests;

//! Where everything stands in a symbol: ISO/IEC 18004 as tables.
//!
//! Versions 1 to 40, no Micro QR. What a module must be (finders, timing, alignment,
//! version), which modules carry the codewords and in what order, how codewords fall into
//! blocks. It holds no pictures and makes no decisions.

use std::sync::OnceLock;

use crate::decode::answer::Level;

/// What is known of a module before anything is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Known {
    /// Always dark in this version.
    Dark,
    /// Always light in this version.
    Light,
    /// Carries format information.
    Format,
    /// Carries a bit of a codeword, or is a remainder bit.
    Data,
}

/// The plan of one version.
#[derive(Debug)]
pub(crate) struct Layout {
    /// 1 to 40.
    pub(crate) version: u8,
    /// Modules along an edge.
    pub(crate) side: usize,
    /// What each module is, row by row.
    pub(crate) known: Vec<Known>,
    /// The modules of the codewords' bits in reading order (index into `known`).
    pub(crate) order: Vec<u16>,
    /// Rows and columns of the alignment patterns' middles.
    pub(crate) alignment: Vec<usize>,
    /// How many modules beside the finders are always dark or always light.
    pub(crate) beside: usize,
}

/// How the codewords of a version and level fall into blocks (table 9).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Blocks {
    /// Number of blocks.
    pub(crate) count: usize,
    /// Error correction codewords in each block.
    pub(crate) parity: usize,
    /// Data codewords in a short block.
    pub(crate) short: usize,
    /// How many of the blocks, from the end, hold one data codeword more.
    pub(crate) long: usize,
}

impl Blocks {
    /// The places of block `i`'s codewords among all, data then parity (section 7.6).
    pub(crate) fn places(self, i: usize) -> Vec<usize> {
        let short_blocks = self.count - self.long;
        let data = self.count * self.short + self.long;
        let mut places: Vec<usize> = (0..self.short).map(|j| j * self.count + i).collect();
        if i >= short_blocks {
            places.push(self.short * self.count + i - short_blocks);
        }
        places.extend((0..self.parity).map(|j| data + j * self.count + i));
        places
    }
}

impl Layout {
    /// The plan of `version`, or `None` outside 1 to 40.
    pub(crate) fn of(version: u8) -> Option<&'static Self> {
        static PLANS: [OnceLock<Layout>; 40] = [const { OnceLock::new() }; 40];
        let plan = PLANS.get(usize::from(version).checked_sub(1)?)?;
        Some(plan.get_or_init(|| Self::draw(version)))
    }

    /// The middles of all alignment patterns as (column, row).
    pub(crate) fn alignments(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        let last = self.side - 7;
        self.alignment
            .iter()
            .flat_map(move |&y| self.alignment.iter().map(move |&x| (x, y)))
            .filter(move |&at| at != (6, 6) && at != (6, last) && at != (last, 6))
    }

    /// Codewords in the whole symbol.
    pub(crate) fn codewords(&self) -> usize {
        self.order.len() / 8
    }

    /// The blocks at `level`.
    pub(crate) fn blocks(&self, level: Level) -> Blocks {
        let (row, at) = (level as usize, usize::from(self.version) - 1);
        let (count, parity) = (usize::from(BLOCKS[row][at]), usize::from(PARITY[row][at]));
        let total = self.codewords();
        Blocks { count, parity, short: total / count - parity, long: total % count }
    }

    /// The modules of the codeword at this place.
    pub(crate) fn codeword(&self, place: usize) -> &[u16] {
        self.order.get(8 * place..8 * place + 8).unwrap_or_default()
    }

    fn draw(version: u8) -> Self {
        let side = 17 + 4 * usize::from(version);
        let mut plan = Self {
            version,
            side,
            known: vec![Known::Data; side * side],
            order: Vec::new(),
            alignment: alignment(version, side),
            beside: 0,
        };
        plan.timing();
        for (x, y) in [(3, 3), (side - 4, 3), (3, side - 4)] {
            plan.finder(x, y);
        }
        for (x, y) in plan.alignments().collect::<Vec<_>>() {
            plan.square(x, y, 2);
        }
        for (x, y) in format_places(side).into_iter().flatten() {
            plan.put(x, y, Known::Format);
        }
        plan.put(8, side - 8, Known::Dark);
        plan.version_bits();
        plan.order = plan.reading_order();
        plan.beside = plan.beside();
        plan
    }

    fn beside(&self) -> usize {
        let known = self.known.iter().enumerate();
        known
            .filter(|(i, known)| {
                matches!(known, Known::Dark | Known::Light)
                    && !is_finder(i % self.side, i / self.side, self.side)
            })
            .count()
    }

    /// What modules are known to be, dark or not: by the version, or because it is `proven`.
    pub(crate) fn told(&self, proven: &[Option<bool>]) -> Vec<Option<bool>> {
        let known = self.known.iter().enumerate();
        known
            .map(|(i, known)| match known {
                Known::Dark => Some(true),
                Known::Light => Some(false),
                Known::Format | Known::Data => proven.get(i).copied().flatten(),
            })
            .collect()
    }

    /// Whether it has too many modules to be gone over module by module, or to lay a mesh over.
    pub(crate) const fn is_large(&self) -> bool {
        self.side > LARGE
    }

    /// Whether what is known beside the finders looks as it must more than by chance.
    pub(crate) fn is_told(&self, resemblance: f32) -> bool {
        beyond_chance(resemblance, self.beside)
    }

    fn put(&mut self, x: usize, y: usize, known: Known) {
        self.known[y * self.side + x] = known;
    }

    fn timing(&mut self) {
        for i in 0..self.side {
            let known = if i % 2 == 0 { Known::Dark } else { Known::Light };
            self.put(i, 6, known);
            self.put(6, i, known);
        }
    }

    fn finder(&mut self, x: usize, y: usize) {
        for v in y.saturating_sub(4)..=(y + 4).min(self.side - 1) {
            for u in x.saturating_sub(4)..=(x + 4).min(self.side - 1) {
                self.put(u, v, ring(u.abs_diff(x).max(v.abs_diff(y))));
            }
        }
    }

    fn square(&mut self, x: usize, y: usize, radius: usize) {
        for v in y - radius..=y + radius {
            for u in x - radius..=x + radius {
                let dark = u.abs_diff(x).max(v.abs_diff(y)) % 2 == 0;
                self.put(u, v, if dark { Known::Dark } else { Known::Light });
            }
        }
    }

    fn version_bits(&mut self) {
        let Some(word) = version_word(self.version) else {
            return;
        };
        for (i, [(a, b), (c, d)]) in version_places(self.side).into_iter().enumerate() {
            let known = if word >> i & 1 == 1 { Known::Dark } else { Known::Light };
            self.put(a, b, known);
            self.put(c, d, known);
        }
    }

    /// Section 7.7.3: two columns at a time, from the right, up and down.
    fn reading_order(&self) -> Vec<u16> {
        let mut order = Vec::with_capacity(self.side * self.side);
        let mut upwards = true;
        for pair in (0..self.side - 1).rev().step_by(2) {
            let right = if pair <= 5 { pair } else { pair + 1 };
            for i in 0..self.side {
                let y = if upwards { self.side - 1 - i } else { i };
                for x in [right, right - 1] {
                    let at = y * self.side + x;
                    if self.known[at] == Known::Data {
                        order.extend(u16::try_from(at));
                    }
                }
            }
            upwards = !upwards;
        }
        order.truncate(order.len() / 8 * 8);
        order
    }
}

/// Whether mask pattern `mask` (table 10) turns the module over.
pub(crate) const fn masked(mask: u8, x: usize, y: usize) -> bool {
    match mask {
        0 => (x + y).is_multiple_of(2),
        1 => y.is_multiple_of(2),
        2 => x.is_multiple_of(3),
        3 => (x + y).is_multiple_of(3),
        4 => (x / 3 + y / 2).is_multiple_of(2),
        5 => x * y % 2 + x * y % 3 == 0,
        6 => (x * y % 2 + x * y % 3).is_multiple_of(2),
        _ => ((x + y) % 2 + x * y % 3).is_multiple_of(2),
    }
}

/// The fifteen bits of the format information, level and mask, as drawn (section 7.9).
pub(crate) const fn format_word(level: Level, mask: u8) -> u32 {
    let level = match level {
        Level::L => 1,
        Level::M => 0,
        Level::Q => 3,
        Level::H => 2,
    };
    let data = level << 3 | mask as u32;
    let mut rest = data;
    let mut i = 0;
    while i < 10 {
        rest = (rest << 1) ^ ((rest >> 9) * 0x537);
        i += 1;
    }
    (data << 10 | rest) ^ 0x5412
}

/// Both places of each format bit, least significant first.
pub(crate) fn format_places(side: usize) -> [[(usize, usize); 2]; 15] {
    core::array::from_fn(|i| {
        let first = match i {
            0..=5 => (8, i),
            6 | 7 => (8, i + 1),
            8 => (7, 8),
            _ => (14 - i, 8),
        };
        let second = if i < 8 { (side - 1 - i, 8) } else { (8, side - 15 + i) };
        [first, second]
    })
}

/// The eighteen bits of the version information (section 7.10); none below version 7.
pub(crate) const fn version_word(version: u8) -> Option<u32> {
    if version < 7 {
        return None;
    }
    let mut rest = version as u32;
    let mut i = 0;
    while i < 12 {
        rest = (rest << 1) ^ ((rest >> 11) * 0x1F25);
        i += 1;
    }
    Some((version as u32) << 12 | rest)
}

/// Both places of each version bit, least significant first.
pub(crate) fn version_places(side: usize) -> [[(usize, usize); 2]; 18] {
    core::array::from_fn(|i| {
        let (a, b) = (side - 11 + i % 3, i / 3);
        [(a, b), (b, a)]
    })
}

/// Annex E.
fn alignment(version: u8, side: usize) -> Vec<usize> {
    if version == 1 {
        return Vec::new();
    }
    let version = usize::from(version);
    let count = version / 7 + 2;
    let step = (version * 8 + count * 3 + 5) / (count * 4 - 4) * 2;
    let mut places: Vec<usize> = (0..count - 1).map(|i| side - 7 - i * step).collect();
    places.push(6);
    places.reverse();
    places
}

/// A finder at `distance` modules from its middle, with the light border around it.
const fn ring(distance: usize) -> Known {
    if distance == 2 || distance == 4 { Known::Light } else { Known::Dark }
}

/// Error correction codewords per block, rows L, M, Q, H. ISO/IEC 18004, table 9.
const PARITY: [[u8; 40]; 4] = [
    [
        7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28, 28, 28, 30,
        30, 26, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
    ],
    [
        10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28,
        28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28,
    ],
    [
        13, 22, 18, 26, 18, 24, 18, 22, 20, 24, 28, 26, 24, 20, 30, 24, 28, 28, 26, 30, 28, 30, 30,
        30, 30, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
    ],
    [
        17, 28, 22, 16, 22, 28, 26, 26, 24, 28, 24, 28, 22, 24, 24, 30, 28, 28, 26, 28, 30, 24, 30,
        30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
    ],
];

/// Number of blocks, rows L, M, Q, H. ISO/IEC 18004, table 9.
pub(crate) const BLOCKS: [[u8; 40]; 4] = [
    [
        1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8, 8, 9, 9, 10, 12, 12, 12, 13,
        14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 24, 25,
    ],
    [
        1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23,
        25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49,
    ],
    [
        1, 1, 2, 2, 4, 4, 6, 6, 8, 8, 8, 10, 12, 16, 12, 17, 16, 18, 21, 20, 23, 23, 25, 27, 29,
        34, 34, 35, 38, 40, 43, 45, 48, 51, 53, 56, 59, 62, 65, 68,
    ],
    [
        1, 1, 2, 4, 4, 4, 5, 6, 8, 8, 11, 11, 16, 16, 18, 16, 19, 21, 25, 25, 25, 34, 30, 32, 35,
        37, 40, 42, 45, 48, 51, 54, 57, 60, 63, 66, 70, 74, 77, 81,
    ],
];

/// Whether a module is a finder's or of the light border around it.
pub(crate) const fn is_finder(x: usize, y: usize, side: usize) -> bool {
    (x < 8 || x >= side - 8) && y < 8 || x < 8 && y >= side - 8
}

/// Whether so many known modules look as they must, 1 at best, more than modules do that are dark or light at random,
/// wherever and in whatever version they are looked at.
pub(crate) fn beyond_chance(resemblance: f32, known: usize) -> bool {
    resemblance * (known as f32).sqrt() > CHANCE
}

/// Rows become columns: how a mirrored symbol is read.
pub(crate) fn transposed<T: Copy>(values: &[T], side: usize) -> Vec<T> {
    (0..values.len()).map(|i| values[i % side * side + i / side]).collect()
}

/// Modules along an edge of version 15, beyond all permits' versions. Chosen for time, not measured.
const LARGE: usize = 77;

/// So many times the spread of chance, of the many places, versions and grids that are tried, chance does not give.
const CHANCE: f32 = 5.0;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::code::layout::{format_word, version_word};

    #[test]
    fn annex_e() {
        let places = |version| Layout::of(version).unwrap().alignment.clone();
        assert_eq!(places(7), [6, 22, 38]);
        assert_eq!(places(10), [6, 28, 50]);
        assert_eq!(places(32), [6, 34, 60, 86, 112, 138]);
        assert_eq!(places(40), [6, 30, 58, 86, 114, 142, 170]);
        assert!(Layout::of(0).is_none() && Layout::of(41).is_none());
    }

    #[test]
    fn codewords_of_table_1() {
        for (version, codewords) in [(1, 26), (6, 172), (7, 196), (14, 581), (40, 3706)] {
            assert_eq!(Layout::of(version).unwrap().codewords(), codewords);
        }
    }

    #[test]
    fn words_of_annexes_c_and_d() {
        assert_eq!(format_word(Level::M, 5), 0b100_0000_1100_1110);
        assert_eq!(version_word(7), Some(0b00_0111_1100_1001_0100));
        assert_eq!(version_word(6), None);
    }

    #[test]
    fn chance_is_told_by_how_much_is_known() {
        let told = |version, resemblance| Layout::of(version).unwrap().is_told(resemblance);
        assert!(told(8, 0.5) && told(2, 0.9) && told(40, 0.2));
        assert!(!told(8, 0.25) && !told(2, 0.6), "stripes come to so much");
        assert!(!told(1, 1.0), "one row and one column");
    }
}

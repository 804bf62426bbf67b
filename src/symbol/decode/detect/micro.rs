//! Micro: the small kinds of QR code, named so that they are not silence.
//!
//! A Micro QR code (ISO/IEC 18004) and an rMQR code (ISO/IEC 23941) have one finder. Beside it, along the edges, dark
//! and light must take turns, and the format information must be a word of its code for a symbol of that size. Nothing
//! of what such a code carries is read: a permit is never one.

use crate::decode::detect::finder::Finder;
use crate::decode::geometry::refine;
use crate::decode::picture::interpolate::grey;
use crate::decode::sample::local::Local;
use crate::{Grey, Point};

/// Which small kind of QR code one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Small {
    /// Micro QR code of version M1 to M4.
    Micro(u8),
    /// rMQR code of so many modules' height and width.
    Rectangular(u8, u8),
}

impl Small {
    /// What it is called.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Micro(_) => "Micro QR",
            Self::Rectangular(..) => "rMQR",
        }
    }

    /// Modules down and across.
    const fn size(self) -> (u8, u8) {
        match self {
            Self::Micro(version) => (9 + 2 * version, 9 + 2 * version),
            Self::Rectangular(high, wide) => (high, wide),
        }
    }
}

/// A small kind of QR code that was seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cousin {
    /// Which.
    pub kind: Small,
    /// The outline, clockwise from its finder's corner.
    pub corners: [Point; 4],
}

/// The small code that a finder belongs to, in pixels of the picture, if it is one's.
pub(crate) fn cousin(picture: Grey<'_>, finder: &Finder) -> Option<Cousin> {
    let local = laid(picture, finder)?;
    let (right, down) = (local.right, local.down);
    let back = |p: Point| Point { x: -p.x, y: -p.y };
    let turns =
        [(right, down), (down, back(right)), (back(right), back(down)), (back(down), right)];
    turns.into_iter().flat_map(|(a, b)| [(a, b), (b, a)]).find_map(|(right, down)| {
        let seen = Seen::new(picture, Local { right, down, ..local })?;
        let kind = seen.micro().or_else(|| seen.rectangular())?;
        let (high, wide) = kind.size();
        let at = |x: u8, y: u8| seen.local.at(f32::from(x) - 3.5, f32::from(y) - 3.5);
        Some(Cousin { kind, corners: [at(0, 0), at(wide, 0), at(wide, high), at(0, high)] })
    })
}

/// The finder laid exactly over the picture, in the turn that suits it best.
fn laid(picture: Grey<'_>, finder: &Finder) -> Option<Local> {
    let module = (finder.wide * finder.high).sqrt() / 7.0;
    let sign = if finder.inverted { -1.0 } else { 1.0 };
    let guesses = (0..8_u8).map(|turn| {
        let (sine, cosine) = (f32::from(turn) * 11.25).to_radians().sin_cos();
        // What a row shows of a finder is longer the more it is turned.
        let module = module * cosine.max(sine);
        let right = Point { x: module * cosine, y: module * sine };
        let down = Point { x: -module * sine, y: module * cosine };
        refine::finder(picture, Local { centre: finder.centre, right, down, match_: 0.0 })
    });
    let best = guesses.max_by(|a, b| (sign * a.match_).total_cmp(&(sign * b.match_)))?;
    (sign * best.match_ > CLEAR).then_some(best)
}

/// The modules around a finder, in one of its turns.
struct Seen<'a> {
    picture: Grey<'a>,
    local: Local,
    /// Between dark and light.
    level: f32,
    inverted: bool,
}

impl<'a> Seen<'a> {
    fn new(picture: Grey<'a>, local: Local) -> Option<Self> {
        let at = |u: f32, v: f32| grey(picture, local.at(u, v));
        let dark = (at(0.0, 0.0) + at(3.0, 0.0) + at(0.0, 3.0) + at(-3.0, 0.0)) / 4.0;
        let light = (at(2.0, 0.0) + at(0.0, 2.0) + at(-2.0, 0.0) + at(0.0, -2.0)) / 4.0;
        let seen = Self { picture, local, level: (dark + light) / 2.0, inverted: dark > light };
        ((dark - light).abs() > CONTRAST).then_some(seen)
    }

    /// Whether the module in that column and row, counted from the finder's corner, is dark.
    fn dark(&self, x: i8, y: i8) -> bool {
        let at = self.local.at(f32::from(x) - 3.0, f32::from(y) - 3.0);
        (grey(self.picture, at) < self.level) != self.inverted
    }

    /// How many of some modules are not as they must be.
    fn wrong(&self, modules: impl Iterator<Item = (i8, i8, bool)>) -> usize {
        modules.filter(|&(x, y, dark)| self.dark(x, y) != dark).count()
    }

    /// Bits of modules, the first the highest.
    fn word(&self, modules: impl Iterator<Item = (i8, i8)>) -> u32 {
        modules.fold(0, |word, (x, y)| word << 1 | u32::from(self.dark(x, y)))
    }

    /// ISO/IEC 18004, 6.3.2 and 7.9.2: timing along both edges from the finder, light around.
    fn micro(&self) -> Option<Small> {
        let beside = (0..8).flat_map(|i| [(7, i, false), (i, 7, false)]);
        if self.wrong(beside) > 1 {
            return None;
        }
        let places = (1..9).map(|x| (x, 8)).chain((1..8).rev().map(|y| (8, y)));
        let word = self.word(places);
        let number = (0..32_u32).find(|data| {
            let coded = (data << 10 | remainder(*data, 10, 0x537)) ^ 0x4445;
            (coded ^ word).count_ones() <= 1
        })? >> 2;
        let version = [1, 2, 2, 3, 3, 4, 4, 4][number as usize % 8];
        let side = 9 + 2 * i8::try_from(version).ok()?;
        let timing = (8..side).flat_map(|i| [(i, 0, i % 2 == 0), (0, i, i % 2 == 0)]);
        let around = (0..side).flat_map(|i| [(side, i, false), (i, side, false), (i, -1, false)]);
        (self.wrong(timing) == 0 && self.wrong(around) <= 2).then_some(Small::Micro(version))
    }

    /// ISO/IEC 23941: timing along the upper edge, light below.
    fn rectangular(&self) -> Option<Small> {
        let places = (1..4).rev().map(|y| (11, y));
        let places = places.chain((8..11).rev().flat_map(|x| (1..6).rev().map(move |y| (x, y))));
        let word = self.word(places);
        let data = (0..64_u32).find(|data| {
            let coded = (data << 12 | remainder(*data, 12, 0x1F25)) ^ 0x1_FAB2;
            (coded ^ word).count_ones() <= 1
        })?;
        let (high, wide) = *SIZES.get(data as usize % 32)?;
        let low = i8::try_from(high).ok()?;
        let beside = (0..7).map(|y| (7, y, false));
        let timing = (8..18).flat_map(|x| [(x, 0, x % 2 == 0), (x, low - 1, x % 2 == 0)]);
        let around = (0..18).flat_map(|x| [(x, low, false), (x, -1, false)]);
        let good = self.wrong(beside) <= 1 && self.wrong(timing) <= 1 && self.wrong(around) <= 2;
        good.then_some(Small::Rectangular(high, wide))
    }
}

/// What a polynomial leaves of data with so many zeros after them.
const fn remainder(data: u32, zeros: u32, polynomial: u32) -> u32 {
    let mut rest = data;
    let mut i = 0;
    while i < zeros {
        rest = (rest << 1) ^ ((rest >> (zeros - 1)) * polynomial);
        i += 1;
    }
    rest
}

/// Height and width of each version of rMQR (ISO/IEC 23941, table 1).
const SIZES: [(u8, u8); 32] = [
    (7, 43),
    (7, 59),
    (7, 77),
    (7, 99),
    (7, 139),
    (9, 43),
    (9, 59),
    (9, 77),
    (9, 99),
    (9, 139),
    (11, 27),
    (11, 43),
    (11, 59),
    (11, 77),
    (11, 99),
    (11, 139),
    (13, 27),
    (13, 43),
    (13, 59),
    (13, 77),
    (13, 99),
    (13, 139),
    (15, 43),
    (15, 59),
    (15, 77),
    (15, 99),
    (15, 139),
    (17, 43),
    (17, 59),
    (17, 77),
    (17, 99),
    (17, 139),
];

/// A finder matches more than this. Chosen, not measured.
const CLEAR: f32 = 0.7;

/// Grey levels between a finder's dark and light, at least. Chosen, not measured.
const CONTRAST: f32 = 16.0;

#[cfg(test)]
mod tests {
    use qrcode::{Color, EcLevel, QrCode, Version};

    use super::*;
    use crate::decode::math::whole;
    use crate::decode::scene::{draw_modules, symbol};
    use crate::{GreyBuf, look};

    /// A picture of modules, turned, with others around it.
    fn drawn(high: usize, wide: usize, dark: impl Fn(usize, usize) -> bool, turn: f32) -> GreyBuf {
        let (s, c) = turn.sin_cos();
        draw_modules((640, 480), |x, y| {
            let (dx, dy) = ((x - 320.0) / 5.0, (y - 240.0) / 5.0);
            let (u, v) = (c * dx + s * dy + wide as f32 / 2.0, c * dy - s * dx + high as f32 / 2.0);
            u >= 0.0 && v >= 0.0 && u < wide as f32 && v < high as f32 && dark(whole(u), whole(v))
        })
    }

    fn kinds(picture: &GreyBuf) -> Vec<Small> {
        look(picture.as_grey()).cousins.iter().map(|cousin| cousin.kind).collect()
    }

    #[test]
    fn a_micro_code_is_named_in_any_turn() {
        for (version, text) in [(1, "123"), (2, "12345"), (3, "BP1:SPEC"), (4, "BP1:SPECIMEN")] {
            let code = QrCode::with_version(text, Version::Micro(version), EcLevel::L).unwrap();
            let (side, colours) = (code.width(), code.to_colors());
            for turn in [0.0, 0.4, 1.9, 3.3] {
                let picture = drawn(side, side, |x, y| colours[y * side + x] == Color::Dark, turn);
                let version = u8::try_from(version).unwrap();
                assert_eq!(kinds(&picture), [Small::Micro(version)], "{turn}");
            }
        }
    }

    #[test]
    fn a_rectangular_code_is_named() {
        // R11x43 at level M, with what stands beside the finder as the standard has it.
        let data = 11_u32;
        let word = (data << 12 | remainder(data, 12, 0x1F25)) ^ 0x1_FAB2;
        let places = (1..4).rev().map(|y| (11, y));
        let places: Vec<(usize, usize)> =
            places.chain((8..11).rev().flat_map(|x| (1..6).rev().map(move |y| (x, y)))).collect();
        let dark = |x: usize, y: usize| {
            if let Some(at) = places.iter().position(|&place| place == (x, y)) {
                return word >> (17 - at) & 1 == 1;
            }
            let ring = x.abs_diff(3).max(y.abs_diff(3));
            match ring {
                0..4 => ring != 2,
                _ if x < 8 && y < 8 => false,
                _ if y == 0 || y == 10 || x == 0 || x == 42 => (x + y).is_multiple_of(2),
                _ => (x * 7 + y * 13 + x * y) % 5 < 2,
            }
        };
        for turn in [0.0, 0.3, 2.0] {
            assert_eq!(kinds(&drawn(11, 43, dark, turn)), [Small::Rectangular(11, 43)], "{turn}");
        }
    }

    #[test]
    fn no_other_code_is_small() {
        for version in [1, 2, 5, 7] {
            let code = symbol(version);
            let (side, colours) = (code.width(), code.to_colors());
            // The corner's light border is torn off, so that nothing is read.
            let dark =
                |x: usize, y: usize| x > side - 6 && y < 9 || colours[y * side + x] == Color::Dark;
            assert!(kinds(&drawn(side, side, dark, 0.2)).is_empty());
        }
    }
}

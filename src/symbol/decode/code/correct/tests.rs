//! Modules destroyed at random and marked as unknown, up to what the code can bear and beyond.

use qrcode::{Color, EcLevel, QrCode, Version};

use super::*;

const LEVELS: [(EcLevel, Level); 4] = [
    (EcLevel::L, Level::L),
    (EcLevel::M, Level::M),
    (EcLevel::Q, Level::Q),
    (EcLevel::H, Level::H),
];

/// Small numbers that are the same everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(below).unwrap()).unwrap()
    }

    fn shuffle(&mut self, items: &mut [usize]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.roll(i + 1));
        }
    }
}

/// As long a text as the version holds at that level, or a short one.
fn drawn(version: u8, level: EcLevel, full: bool) -> (QrCode, Vec<u8>) {
    let signs = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    let text: Vec<u8> =
        (0..800_usize).map(|i| signs[(i * i * 7 + i * 31 + usize::from(version)) % 45]).collect();
    let draw = |length: usize| {
        QrCode::with_version(&text[..length], Version::Normal(version.into()), level).ok()
    };
    let most = if full { (20..800).rev().find(|&n| draw(n).is_some()).unwrap() } else { 12 };
    (draw(most).unwrap(), text[..most].to_vec())
}

/// A drawn symbol while modules of it are being lost.
struct Losing {
    layout: &'static Layout,
    blocks: Blocks,
    soft: Vec<f32>,
    /// The block and codeword of each module that carries data.
    homes: Vec<Option<(usize, usize)>>,
    lost: Vec<bool>,
    /// Codewords lost in each block.
    counts: Vec<usize>,
}

impl Losing {
    fn new(code: &QrCode, version: u8, level: Level) -> Self {
        let layout = Layout::of(version).unwrap();
        let blocks = layout.blocks(level);
        let sure = |colour| if colour == Color::Dark { 1.0 } else { -1.0 };
        let mut homes = vec![None; layout.known.len()];
        for block in 0..blocks.count {
            for place in blocks.places(block) {
                for &at in &layout.order[8 * place..8 * place + 8] {
                    homes[usize::from(at)] = Some((block, place));
                }
            }
        }
        Self {
            layout,
            blocks,
            soft: code.to_colors().into_iter().map(sure).collect(),
            homes,
            lost: vec![false; layout.codewords()],
            counts: vec![0; blocks.count],
        }
    }

    /// Whether losing this module would cost a block one codeword more than it can bear.
    fn is_too_much(&self, module: usize) -> bool {
        self.homes[module].is_some_and(|(block, place)| {
            !self.lost[place] && self.counts[block] == self.blocks.parity
        })
    }

    fn lose(&mut self, module: usize) {
        self.soft[module] = 0.0;
        if let Some((block, place)) = self.homes[module]
            && !self.lost[place]
        {
            self.lost[place] = true;
            self.counts[block] += 1;
        }
    }

    /// Check codewords that are not needed to fill in what is lost: what is left as evidence.
    fn spare(&self) -> usize {
        self.blocks.parity * self.blocks.count - self.counts.iter().sum::<usize>()
    }

    fn read(&self) -> Option<Corrected> {
        match correct(&self.soft, self.layout) {
            Outcome::Read(corrected) => Some(*corrected),
            Outcome::Part { .. } => None,
        }
    }

    /// All modules but those of the format, in a random order.
    fn modules(&self, dice: &mut Dice) -> Vec<usize> {
        let known = &self.layout.known;
        let mut modules: Vec<usize> =
            (0..known.len()).filter(|&i| known[i] != Known::Format).collect();
        dice.shuffle(&mut modules);
        modules
    }
}

/// Every block loses as many codewords as it has check codewords: not one more is possible.
#[test]
fn every_block_to_its_bound() {
    let mut dice = Dice(20_261_121);
    for version in 5..=12 {
        for (theirs, level) in LEVELS {
            let (code, text) = drawn(version, theirs, false);
            let mut losing = Losing::new(&code, version, level);
            // A short code cannot lose its data and the padding that is its evidence.
            let bound = losing.blocks.parity;
            for module in losing.modules(&mut dice) {
                if !losing.is_too_much(module) {
                    losing.lose(module);
                }
            }
            assert!(losing.counts.iter().all(|count| *count == bound), "{version} {level:?}");
            if let Some(read) = losing.read() {
                assert_eq!(read.contents.bytes, text);
                assert!(
                    read.spent.iter().all(|spent| (spent.errors, spent.erasures) == (0, bound))
                );
            } else {
                panic!("{version} {level:?}: {bound} of each block are too many");
            }
        }
    }
}

/// Modules are lost one by one at random over a full symbol: it is read as long as no block
/// lost more than its bound, and three codewords in all are left that could contradict.
#[test]
fn modules_lost_at_random_up_to_the_bound_and_one_more() {
    let mut dice = Dice(7);
    for (version, (theirs, level)) in (5..=12).flat_map(|v| LEVELS.map(|level| (v, level))) {
        let (code, text) = drawn(version, theirs, true);
        for _ in 0..4 {
            let mut losing = Losing::new(&code, version, level);
            let modules = losing.modules(&mut dice);
            let end = |losing: &Losing, module: usize| {
                losing.is_too_much(module)
                    || (losing.spare() <= SPARE
                        && losing.homes[module].is_some_and(|(_, place)| !losing.lost[place]))
            };
            let mut rest = modules.into_iter();
            let last = loop {
                let module = rest.next().expect("a symbol ends");
                if end(&losing, module) {
                    break module;
                }
                losing.lose(module);
            };
            let read = losing.read();
            let read = read.unwrap_or_else(|| panic!("{version} {level:?}: {:?}", losing.counts));
            assert_eq!(read.contents.bytes, text, "{version} {level:?}");
            losing.lose(last);
            // A module that is unknown is right by chance half the time; nothing else is claimed.
            assert!(
                losing.read().is_none_or(|read| read.contents.bytes == text),
                "{version} {level:?}"
            );
        }
    }
}

/// Codewords of evidence a whole symbol keeps, [`TOTAL`] bits: with less, any damage would be
/// "corrected" to something. One block alone, without padding to check, is therefore read up to
/// three codewords short of its bound.
const SPARE: usize = 3;

/// Lost beyond the bound and filled in at random, nothing is claimed.
#[test]
fn what_is_beyond_the_bound_is_never_claimed() {
    let mut dice = Dice(99);
    for version in 5..=12 {
        let (theirs, level) = LEVELS[usize::from(version) % 4];
        let (code, text) = drawn(version, theirs, true);
        for _ in 0..10 {
            let mut losing = Losing::new(&code, version, level);
            for module in losing.modules(&mut dice) {
                if losing.spare() > 0 {
                    losing.lose(module);
                }
            }
            // Not marked: what is lost looks like data, sure of itself.
            for soft in losing.soft.iter_mut().filter(|soft| **soft == 0.0) {
                *soft = if dice.roll(2) == 0 { 0.9 } else { -0.9 };
            }
            assert!(losing.read().is_none_or(|read| read.contents.bytes == text));
        }
    }
}

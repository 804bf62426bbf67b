//! Correct: from soft modules to bytes that are certain.
//!
//! Format by maximum likelihood, then every block by Reed–Solomon, with the most doubtful
//! codewords erased step by step. A block counts only when chance would hardly have passed
//! it: each correction spends redundancy, and what is left is the evidence.

use crate::decode::answer::{Level, Modules, Spent};
use crate::decode::code::layout::{Blocks, Known, Layout, format_places, format_word, masked};
use crate::decode::code::reed_solomon;
use crate::decode::code::segment::{self, Contents};

/// A symbol put right.
#[derive(Clone, Debug)]
pub(crate) struct Corrected {
    pub(crate) contents: Contents,
    pub(crate) level: Level,
    pub(crate) mask: u8,
    pub(crate) spent: Vec<Spent>,
    /// What each module turned out to be; `None` where no codeword says so.
    pub(crate) truth: Vec<Option<bool>>,
    /// The modules of the codewords that were given up as doubtful.
    pub(crate) erased: Vec<u16>,
}

impl Corrected {
    /// The modules as they were printed: those of codewords as put right, the version's own, the format's, and what is
    /// left over, which is light before its mask (sections 7.7.3 and 7.9).
    pub(crate) fn modules(&self, layout: &Layout) -> Modules {
        let side = layout.side;
        let mut modules = Modules::new(side);
        for (at, truth) in self.truth.iter().enumerate() {
            let (x, y) = (at % side, at / side);
            modules.set(x, y, truth.unwrap_or_else(|| masked(self.mask, x, y)));
        }
        let word = format_word(self.level, self.mask);
        for (bit, places) in format_places(side).into_iter().enumerate() {
            for (x, y) in places {
                modules.set(x, y, word >> bit & 1 == 1);
            }
        }
        modules
    }

    /// Every module that carries a codeword, with its block and whether it must be dark.
    pub(crate) fn printed(&self, layout: &Layout) -> Vec<(usize, usize, bool)> {
        let blocks = layout.blocks(self.level);
        let of = |block: usize| blocks.places(block).into_iter().map(move |place| (block, place));
        (0..blocks.count)
            .flat_map(of)
            .flat_map(|(block, place)| {
                layout.codeword(place).iter().map(move |&at| (usize::from(at), block))
            })
            .filter_map(|(at, block)| Some((at, block, self.truth[at]?)))
            .collect()
    }
}

/// What reading a symbol's soft modules came to.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// Read.
    Read(Box<Corrected>),
    /// The share of blocks that could be put right under the likeliest format, and the
    /// modules these blocks prove.
    Part { share: f32, truth: Vec<Option<bool>> },
}

/// Reads soft modules (positive where dark), row by row.
pub(crate) fn correct(soft: &[f32], layout: &Layout) -> Outcome {
    let mut best = Outcome::Part { share: -1.0, truth: Vec::new() };
    for (level, mask) in formats(soft, layout.side) {
        let (codewords, doubts) = codewords(soft, layout, mask);
        let blocks = layout.blocks(level);
        let solved = solve(&codewords, &doubts, blocks);
        let good = solved.iter().flatten().count();
        if good == blocks.count
            && let Some(read) = finish(&solved, layout, level, mask)
        {
            return Outcome::Read(Box::new(read));
        }
        let share = good as f32 / blocks.count as f32;
        if matches!(best, Outcome::Part { share: other, .. } if share > other) {
            best = Outcome::Part { share, truth: proven(&solved, layout, blocks, mask) };
        }
    }
    best
}

/// How well the likeliest format fits: tells a symbol from its mirror image.
pub(crate) fn format_fit(soft: &[f32], side: usize) -> f32 {
    ranked_formats(soft, side).first().map_or(0.0, |r| r.0)
}

/// The likeliest formats: the first, and others nearly as likely.
fn formats(soft: &[f32], side: usize) -> impl Iterator<Item = (Level, u8)> {
    let ranked = ranked_formats(soft, side);
    let least = ranked.first().map_or(0.0, |r| r.0) * 0.6;
    ranked
        .into_iter()
        .take(FORMATS)
        .take_while(move |r| r.0 >= least)
        .map(|(_, level, mask)| (level, mask))
}

fn ranked_formats(soft: &[f32], side: usize) -> Vec<(f32, Level, u8)> {
    let places = format_places(side);
    let bits = places.map(|two| two.iter().map(|&(x, y)| soft[y * side + x]).sum::<f32>());
    let mut ranked = Vec::with_capacity(32);
    for level in [Level::L, Level::M, Level::Q, Level::H] {
        for mask in 0..8 {
            let word = format_word(level, mask);
            let signed = |(i, b): (usize, &f32)| if word >> i & 1 == 1 { *b } else { -*b };
            ranked.push((bits.iter().enumerate().map(signed).sum(), level, mask));
        }
    }
    ranked.sort_by(|a: &(f32, _, _), b| b.0.total_cmp(&a.0));
    ranked
}

/// The codewords in reading order and how doubtful each is.
fn codewords(soft: &[f32], layout: &Layout, mask: u8) -> (Vec<u8>, Vec<f32>) {
    layout
        .order
        .chunks_exact(8)
        .map(|bits| {
            bits.iter().fold((0, 0.0), |(byte, doubt), &at| {
                let at = usize::from(at);
                let dark = (soft[at] > 0.0) != masked(mask, at % layout.side, at / layout.side);
                (byte << 1 | u8::from(dark), doubt + doubtful(soft[at]))
            })
        })
        .unzip()
}

/// How doubtful a module is; nothing outweighs one that is marked as unknown.
fn doubtful(soft: f32) -> f32 {
    let unsure = 1.0 - soft.abs();
    if soft == 0.0 { UNKNOWN } else { unsure * unsure * unsure }
}

/// A block put right: its data and parity, and what that cost.
struct Solved {
    block: Vec<u8>,
    /// Which of its codewords were given up.
    erased: Vec<usize>,
    cost: Spent,
    evidence: f32,
}

fn solve(codewords: &[u8], doubts: &[f32], blocks: Blocks) -> Vec<Option<Solved>> {
    (0..blocks.count)
        .map(|i| {
            let places = blocks.places(i);
            let block: Vec<u8> = places.iter().map(|&p| codewords[p]).collect();
            let doubts: Vec<f32> = places.iter().map(|&p| doubts[p]).collect();
            solve_block(&block, &doubts, blocks.parity)
        })
        .collect()
}

/// Gives up more and more of the doubtful codewords until the rest agree.
fn solve_block(received: &[u8], doubts: &[f32], parity: usize) -> Option<Solved> {
    let syndromes = reed_solomon::syndromes(received, parity);
    let mut order: Vec<usize> = (0..received.len()).collect();
    order.sort_by(|&a, &b| doubts[b].total_cmp(&doubts[a]));
    let unknown = order.iter().take_while(|&&i| doubts[i] >= UNKNOWN).count();
    let mut block = received.to_vec();
    // Two at a time, and once exactly those that are marked.
    for erasures in (0..=parity).filter(|&n| n % 2 == 0 || n == unknown) {
        let Some(errors) =
            reed_solomon::correct(&mut block, parity, &order[..erasures], &syndromes)
        else {
            continue;
        };
        let evidence = evidence(received.len(), parity, erasures, errors);
        if evidence >= ENOUGH || marked(&order, doubts, erasures, errors) {
            order.truncate(erasures);
            let cost = Spent { errors, erasures, parity };
            return Some(Solved { block, erased: order, cost, evidence });
        }
        block.copy_from_slice(received);
    }
    None
}

/// Whether exactly the codewords marked as unknown were given up and nothing else changed:
/// then there is nothing to be checked against, and nothing was guessed.
fn marked(order: &[usize], doubts: &[f32], erasures: usize, errors: usize) -> bool {
    let unknown = |&i: &usize| doubts[i] >= UNKNOWN;
    errors == 0
        && order[..erasures].iter().all(unknown)
        && !order[erasures..].iter().any(|i| doubts[*i] > SURE)
}

/// How unlikely it is, in bits, that chance would have passed.
fn evidence(length: usize, parity: usize, erasures: usize, errors: usize) -> f32 {
    let ways: f32 =
        (0..errors).map(|i| ((length - erasures - i) as f32 / (i + 1) as f32).log2()).sum();
    8.0 * (parity - erasures) as f32 - ways - 8.0 * errors as f32
}

fn finish(solved: &[Option<Solved>], layout: &Layout, level: Level, mask: u8) -> Option<Corrected> {
    let blocks = layout.blocks(level);
    let mut data = Vec::with_capacity(layout.codewords());
    let mut costs = Vec::with_capacity(blocks.count);
    let mut total = 0.0;
    for block in solved.iter().flatten() {
        data.extend_from_slice(&block.block[..block.block.len() - blocks.parity]);
        costs.push(block.cost);
        total += block.evidence;
    }
    let contents = segment::contents(&data, layout.version)?;
    if contents.bytes.is_empty() || total + 8.0 * contents.padding as f32 <= TOTAL {
        return None;
    }
    let truth = proven(solved, layout, blocks, mask);
    Some(Corrected {
        contents,
        level,
        mask,
        spent: costs,
        truth,
        erased: given_up(solved, layout, blocks),
    })
}

/// The modules of the codewords that were given up.
fn given_up(solved: &[Option<Solved>], layout: &Layout, blocks: Blocks) -> Vec<u16> {
    let mut modules = Vec::new();
    for (i, block) in solved.iter().enumerate() {
        let Some(block) = block.as_ref().filter(|block| !block.erased.is_empty()) else { continue };
        let places = blocks.places(i);
        for place in block.erased.iter().map(|&at| places[at]) {
            modules.extend_from_slice(layout.codeword(place));
        }
    }
    modules
}

/// The modules that the blocks put right prove, and those that are known anyway.
fn proven(
    solved: &[Option<Solved>],
    layout: &Layout,
    blocks: Blocks,
    mask: u8,
) -> Vec<Option<bool>> {
    let mut truth: Vec<Option<bool>> = layout
        .known
        .iter()
        .map(|known| match known {
            Known::Dark => Some(true),
            Known::Light => Some(false),
            Known::Format | Known::Data => None,
        })
        .collect();
    for (i, block) in solved.iter().enumerate() {
        let Some(block) = block else { continue };
        for (&place, &codeword) in blocks.places(i).iter().zip(&block.block) {
            for (bit, &at) in layout.codeword(place).iter().enumerate() {
                let at = usize::from(at);
                let dark = codeword >> (7 - bit) & 1 == 1;
                truth[at] = Some(dark != masked(mask, at % layout.side, at / layout.side));
            }
        }
    }
    truth
}

/// The most formats tried. Chosen for time.
const FORMATS: usize = 3;

/// Bits of evidence a block needs. Chosen: chance passes one block in 2¹⁸ = 262,144 at most.
const ENOUGH: f32 = 18.0;

/// Bits of evidence the whole symbol needs, padding included. Chosen: chance passes one symbol in 2¹⁹ = 524,288 at
/// most.
const TOTAL: f32 = 19.0;

/// The doubt of a module that is marked as unknown. Chosen, not measured.
const UNKNOWN: f32 = 16.0;

/// A codeword less doubtful than this is sure. Chosen, not measured.
const SURE: f32 = 0.1;

#[cfg(test)]
mod tests;

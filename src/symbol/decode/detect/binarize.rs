//! Binarize: from grey pixels to packed dark and light bits.
//!
//! One pass sums blocks of pixels; every threshold is then a window over those sums, so a
//! second or third binarization costs little more than packing the bits. Bits serve only
//! to find finders: modules are always sampled from the grey picture.

use crate::decode::math::integral::Integral;
use crate::decode::picture::filter::pairs;
use crate::{Grey, GreyBuf};

/// A picture of bits, set where dark, 64 to a word.
#[derive(Clone, Debug)]
pub(crate) struct Bits {
    width: usize,
    height: usize,
    stride: usize,
    words: Vec<u64>,
}

impl Bits {
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    pub(crate) fn height(&self) -> usize {
        self.height
    }

    /// The words of a row, the leftmost pixel in the lowest bit; bits past the edge are 0.
    pub(crate) fn row(&self, y: usize) -> &[u64] {
        &self.words[y * self.stride..(y + 1) * self.stride]
    }

    /// The bits as a black and white picture.
    pub(crate) fn draw(&self) -> GreyBuf {
        let side = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        let mut picture = GreyBuf::new(side(self.width), side(self.height));
        for (y, row) in picture.pixels_mut().chunks_exact_mut(self.width).enumerate() {
            let words = self.row(y);
            for (x, pixel) in row.iter_mut().enumerate() {
                *pixel = if words[x / 64] >> (x % 64) & 1 == 1 { 0 } else { 255 };
            }
        }
        picture
    }

    /// Whether the pixel is dark; `None` outside.
    pub(crate) fn pixel(&self, x: i64, y: i64) -> Option<bool> {
        let (x, y) = (usize::try_from(x).ok()?, usize::try_from(y).ok()?);
        if x >= self.width {
            return None;
        }
        self.words.get(y * self.stride + x / 64).map(|word| word >> (x % 64) & 1 == 1)
    }
}

/// How a threshold is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rule {
    /// The window reaches this many blocks to each side.
    pub(crate) reach: usize,
    /// A pixel is dark where it is at least this many grey levels below the window's mean; where this is negative, light
    /// where it is more than as many above it.
    pub(crate) below: i8,
}

/// Sums of blocks, from which thresholds are made.
#[derive(Debug)]
pub(crate) struct Sums(Integral<u32>);

impl Sums {
    pub(crate) fn new(picture: Grey<'_>) -> Self {
        let columns = (picture.width() as usize).div_ceil(BLOCK);
        let rows = (picture.height() as usize).div_ceil(BLOCK);
        let mut integral = Integral::new(columns, rows);
        let mut sums = vec![0_u32; columns];
        for row in 0..rows {
            sum_blocks(picture, row, &mut sums);
            integral.push(sums.iter().copied());
        }
        Self(integral)
    }

    /// The bits of `picture`, the one these are the sums of, under `rule`.
    pub(crate) fn bits(&self, picture: Grey<'_>, rule: Rule) -> Bits {
        let (width, height) = (picture.width() as usize, picture.height() as usize);
        let stride = width.div_ceil(64);
        let mut words = vec![0; stride * height];
        let mut thresholds = vec![[0_u8; BLOCK]; self.0.width()];
        for (y, packed) in words.chunks_exact_mut(stride).enumerate() {
            if y % BLOCK == 0 {
                self.thresholds(picture, y / BLOCK, rule, &mut thresholds);
            }
            let row = &picture.pixels()[y * width..(y + 1) * width];
            pack(row, thresholds.as_flattened(), packed);
        }
        Bits { width, height, stride, words }
    }

    fn thresholds(&self, picture: Grey<'_>, row: usize, rule: Rule, out: &mut [[u8; BLOCK]]) {
        let (top, bottom) =
            (row.saturating_sub(rule.reach), (row + rule.reach + 1).min(self.0.height()));
        let high = (bottom * BLOCK).min(picture.height() as usize) - top * BLOCK;
        let columns = self.0.width();
        let (above, below) = (self.0.line(top), self.0.line(bottom));
        let threshold = |left: usize, right: usize, share: f32| {
            let sum = below[right]
                .wrapping_sub(below[left])
                .wrapping_sub(above[right].wrapping_sub(above[left]));
            level(sum as f32 * share).saturating_sub_signed(rule.below)
        };
        let width = picture.width() as usize;
        let window = 2 * rule.reach + 1;
        let inner = 1.0 / (window * BLOCK * high) as f32;
        for (column, out) in out.iter_mut().enumerate() {
            let left = column.saturating_sub(rule.reach);
            let right = (column + rule.reach + 1).min(columns);
            let threshold = if right - left == window && right < columns {
                threshold(left, right, inner)
            } else {
                let wide = (right * BLOCK).min(width) - left * BLOCK;
                threshold(left, right, 1.0 / (wide * high) as f32)
            };
            *out = [threshold; BLOCK];
        }
    }
}

/// Sums of the blocks of block row `row`.
fn sum_blocks(picture: Grey<'_>, row: usize, sums: &mut [u32]) {
    let width = picture.width() as usize;
    let bottom = ((row + 1) * BLOCK).min(picture.height() as usize);
    let rows = &picture.pixels()[row * BLOCK * width..bottom * width];
    sums.fill(0);
    let whole = width / 8;
    for (i, two) in sums.chunks_mut(2).enumerate() {
        let mut lanes = 0;
        for line in rows.chunks_exact(width) {
            let part = &line[8 * i..width.min(8 * i + 8)];
            match part.first_chunk() {
                Some(&eight) if i < whole => lanes += pairs(eight),
                _ => lanes += pairs(core::array::from_fn(|k| part.get(k).copied().unwrap_or(0))),
            }
        }
        let lane = |k: u32| u32::try_from((lanes >> (16 * k)) & 0xFFFF).unwrap_or(0);
        let blocks = [lane(0) + lane(1), lane(2) + lane(3)];
        for (sum, block) in two.iter_mut().zip(blocks) {
            *sum = block;
        }
    }
}

/// A mean as a grey level.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a mean of bytes")]
fn level(mean: f32) -> u8 {
    mean as u8
}

/// Sets the bits of the pixels below their threshold.
fn pack(row: &[u8], thresholds: &[u8], packed: &mut [u64]) {
    let (pixels, rest) = row.as_chunks::<64>();
    let limits = thresholds.as_chunks::<64>().0;
    for ((word, pixels), limits) in packed.iter_mut().zip(pixels).zip(limits) {
        *word = below(pixels, limits);
    }
    if let (Some(last), false) = (packed.last_mut(), rest.is_empty()) {
        let (mut pixels, mut limits) = ([0; 64], [0; 64]);
        pixels[..rest.len()].copy_from_slice(rest);
        let start = row.len() - rest.len();
        limits[..rest.len()].copy_from_slice(&thresholds[start..row.len()]);
        *last = below(&pixels, &limits);
    }
}

/// One bit for each of 64 pixels, set where below its limit.
fn below(pixels: &[u8; 64], limits: &[u8; 64]) -> u64 {
    let mut dark = [0_u8; 64];
    for ((dark, pixel), limit) in dark.iter_mut().zip(pixels).zip(limits) {
        *dark = u8::from(pixel < limit);
    }
    // The product moves the lowest bit of byte `i` to bit 56 + i.
    let gather = |eight: &[u8; 8]| u64::from_le_bytes(*eight).wrapping_mul(GATHER) >> 56;
    let eights = dark.as_chunks::<8>().0.iter();
    eights.rev().fold(0, |word, eight| word << 8 | gather(eight))
}

/// A one in bits 7, 14, … 56.
const GATHER: u64 = 0x0102_0408_1020_4080;

/// Edge of a block in pixels; two blocks, eight bits. Chosen for the packing.
const BLOCK: usize = 4;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_at_once_as_one_by_one() {
        for length in [1, 63, 64, 65, 130, 192] {
            let pixels: Vec<u8> =
                (0..length).map(|i: u32| (i * 37 % 256).try_into().unwrap()).collect();
            let limits: Vec<u8> = (0..length.next_multiple_of(4))
                .map(|i| (i / 4 * 71 % 256).try_into().unwrap())
                .collect();
            let mut packed = vec![0; pixels.len().div_ceil(64)];
            pack(&pixels, &limits, &mut packed);
            for (i, (pixel, limit)) in pixels.iter().zip(&limits).enumerate() {
                assert_eq!(packed[i / 64] >> (i % 64) & 1 == 1, pixel < limit, "{i} of {length}");
            }
        }
    }

    #[test]
    fn a_window_follows_the_light() {
        let pixels: Vec<u8> = (0..40)
            .flat_map(|y| {
                (0..75).map(move |x| {
                    let light = 60 + 2 * u8::try_from(x).unwrap();
                    if (x / 4 + y / 4) % 2 == 0 { light - 30 } else { light }
                })
            })
            .collect();
        let picture = Grey::new(75, 40, &pixels).unwrap();
        let bits = Sums::new(picture).bits(picture, Rule { reach: 1, below: 3 });
        let wrong = (0..40)
            .flat_map(|y| (0..75).map(move |x| (x, y)))
            .filter(|&(x, y)| bits.pixel(x, y) != Some((x / 4 + y / 4) % 2 == 0))
            .count();
        assert!(wrong < 75, "{wrong} of 3000 pixels wrong");
        assert!([(-1, 0), (75, 0), (0, 40)].iter().all(|&(x, y)| bits.pixel(x, y).is_none()));
    }
}

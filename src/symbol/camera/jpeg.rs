//! What JPEG does to a grey picture, without writing a file.
//!
//! Blocks of eight by eight are transformed, rounded and transformed back (ITU-T T.81). The
//! entropy coding loses nothing and is left out. Written as a JPEG file of the same quality
//! afterwards, the picture stays nearly as it is.

use std::sync::LazyLock;

use crate::GreyBuf;

/// Loses what JPEG of this quality, 1 to 100, loses.
pub(super) fn compress(picture: &mut GreyBuf, quality: u8) {
    let table = table(quality);
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let pixels = picture.pixels_mut();
    for top in (0..height).step_by(8) {
        for left in (0..width).step_by(8) {
            let mut block = [[0.0; 8]; 8];
            for (y, row) in block.iter_mut().enumerate() {
                let start = (top + y).min(height - 1) * width;
                for (x, value) in row.iter_mut().enumerate() {
                    *value = f32::from(pixels[start + (left + x).min(width - 1)]) - 128.0;
                }
            }
            let lossy = there_and_back(&block, &table);
            for (y, row) in lossy.iter().enumerate().take(height - top) {
                let start = (top + y) * width + left;
                for (pixel, value) in pixels[start..].iter_mut().zip(row).take(width - left) {
                    *pixel = byte(value + 128.0);
                }
            }
        }
    }
}

type Block = [[f32; 8]; 8];

/// Each step, and one divided by it.
type Steps = [[(f32, f32); 8]; 8];

/// Transforms, rounds to the table's steps and transforms back.
fn there_and_back(block: &Block, table: &Steps) -> Block {
    let (cosines, back) = &*COSINES;
    let mut waves = times(&times(cosines, block), back);
    for (row, steps) in waves.iter_mut().zip(table) {
        for (wave, (step, share)) in row.iter_mut().zip(steps) {
            *wave = round(*wave * share) * step;
        }
    }
    times(&times(back, &waves), cosines)
}

fn times(a: &Block, b: &Block) -> Block {
    let mut product = [[0.0; 8]; 8];
    for (row, factors) in product.iter_mut().zip(a) {
        for (factor, line) in factors.iter().zip(b) {
            for (value, other) in row.iter_mut().zip(line) {
                *value += factor * other;
            }
        }
    }
    product
}

fn transposed(a: &Block) -> Block {
    let mut turned = [[0.0; 8]; 8];
    for (y, row) in a.iter().enumerate() {
        for (x, value) in row.iter().enumerate() {
            turned[x][y] = *value;
        }
    }
    turned
}

/// Nearest whole number by the float's own rounding; exact below four million.
fn round(value: f32) -> f32 {
    const SHIFT: f32 = 12_582_912.0;
    (value + SHIFT) - SHIFT
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
fn byte(value: f32) -> u8 {
    (value + 0.5).clamp(0.0, 255.0) as u8
}

/// The luminance table of ITU-T T.81, K.1, scaled as the common libraries scale it.
fn table(quality: u8) -> Steps {
    let quality = u32::from(quality.clamp(1, 100));
    let scale = if quality < 50 { 5000 / quality } else { 200 - 2 * quality };
    LUMINANCE.map(|row| {
        row.map(|step| {
            let step = ((step * scale + 50) / 100).clamp(1, 255);
            let step = f32::from(u8::try_from(step).unwrap_or(u8::MAX));
            (step, 1.0 / step)
        })
    })
}

const LUMINANCE: [[u32; 8]; 8] = [
    [16, 11, 10, 16, 24, 40, 51, 61],
    [12, 12, 14, 19, 26, 58, 60, 55],
    [14, 13, 16, 24, 40, 57, 69, 56],
    [14, 17, 22, 29, 51, 87, 80, 62],
    [18, 22, 37, 56, 68, 109, 103, 77],
    [24, 35, 55, 64, 81, 104, 113, 92],
    [49, 64, 78, 87, 103, 121, 120, 101],
    [72, 92, 95, 98, 112, 100, 103, 99],
];

/// The cosine transform as a matrix, and its transpose, which is its inverse.
static COSINES: LazyLock<(Block, Block)> = LazyLock::new(|| {
    let mut matrix = [[0.0; 8]; 8];
    for (k, row) in (0_u8..).zip(&mut matrix) {
        for (n, value) in (0_u8..).zip(row) {
            let angle =
                f64::from(u16::from(2 * n + 1) * u16::from(k)) * core::f64::consts::PI / 16.0;
            let scale = if k == 0 { 0.125_f64.sqrt() } else { 0.5 };
            #[expect(clippy::cast_possible_truncation, reason = "a float of less precision")]
            let cosine = (scale * libm::cos(angle)) as f32;
            *value = cosine;
        }
    }
    (matrix, transposed(&matrix))
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn less_quality_loses_more() {
        let shade = |n: u16| (n % 64 * (n / 64) % 251).to_le_bytes()[0];
        let pixels: Vec<u8> = (0..64 * 50).map(shade).collect();
        let original = GreyBuf::from_vec(64, 50, pixels).unwrap();
        let lost = [95, 60, 20, 1].map(|quality| {
            let mut picture = original.clone();
            compress(&mut picture, quality);
            let pairs = picture.pixels().iter().zip(original.pixels());
            pairs.map(|(a, b)| u32::from(a.abs_diff(*b))).sum::<u32>()
        });
        assert!(lost.is_sorted() && lost[0] < 64 * 50 * 4 && lost[3] > 64 * 50 * 20, "{lost:?}");
    }

    #[test]
    fn at_full_quality_nearly_nothing_is_lost() {
        let pixels: Vec<u8> =
            (0..32 * 32_u16).map(|n| (n * 7 % 200).to_le_bytes()[0] + 20).collect();
        let original = GreyBuf::from_vec(32, 32, pixels).unwrap();
        let mut picture = original.clone();
        compress(&mut picture, 100);
        let pairs = picture.pixels().iter().zip(original.pixels());
        assert!(pairs.map(|(a, b)| a.abs_diff(*b)).max() <= Some(3));
    }
}

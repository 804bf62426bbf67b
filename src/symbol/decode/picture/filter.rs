//! Filter: a picture at half its size, and a picture smoothed.

use crate::{Grey, GreyBuf};

/// The picture at half its size, each pixel the mean of four; `None` where it gets too
/// small to hold a code.
pub(crate) fn half(picture: Grey<'_>) -> Option<GreyBuf> {
    let (width, height) = (picture.width() / 2, picture.height() / 2);
    if width < SMALLEST || height < SMALLEST {
        return None;
    }
    let mut out = GreyBuf::new(width, height);
    let rows = out.pixels_mut().chunks_exact_mut(width as usize);
    for (y, line) in (0..height).zip(rows) {
        let (above, below) = (picture.row(2 * y), picture.row(2 * y + 1));
        let (fours, rest) = line.as_chunks_mut::<4>();
        let (a, b) = (above.as_chunks::<8>().0, below.as_chunks::<8>().0);
        for ((four, a), b) in fours.iter_mut().zip(a).zip(b) {
            *four = means(*a, *b);
        }
        let start = 2 * (width as usize - rest.len());
        let pairs = above[start..].chunks_exact(2).zip(below[start..].chunks_exact(2));
        for (pixel, (a, b)) in rest.iter_mut().zip(pairs) {
            let sum = [a[0], a[1], b[0], b[1]].map(u16::from).iter().sum::<u16>();
            *pixel = ((sum + 2) >> 2).to_le_bytes()[0];
        }
    }
    Some(out)
}

/// Four means of four pixels each, in the lanes of a word.
fn means(above: [u8; 8], below: [u8; 8]) -> [u8; 4] {
    let sum = pairs(above) + pairs(below) + 2 * LANES;
    let mean = (sum >> 2) & (0x00FF * LANES);
    let bytes = (mean | mean >> 8) & 0x0000_FFFF_0000_FFFF;
    let [a, b, _, _, c, d, _, _] = bytes.to_le_bytes();
    [a, b, c, d]
}

/// The sums of neighbouring pixels, in 16-bit lanes.
pub(crate) fn pairs(pixels: [u8; 8]) -> u64 {
    let pixels = u64::from_le_bytes(pixels);
    (pixels & (0x00FF * LANES)) + ((pixels >> 8) & (0x00FF * LANES))
}

/// The picture with each pixel the mean of the nine around it; the edge goes on for ever.
pub(crate) fn smooth(picture: Grey<'_>) -> GreyBuf {
    let (width, height) = (picture.width() as usize, picture.height());
    let mut out = GreyBuf::new(picture.width(), height);
    let mut sums = vec![0_u16; width + 2];
    for (y, line) in (0..height).zip(out.pixels_mut().chunks_exact_mut(width)) {
        let rows = [y.saturating_sub(1), y, (y + 1).min(height - 1)].map(|y| picture.row(y));
        for (i, sum) in sums[1..=width].iter_mut().enumerate() {
            *sum = u16::from(rows[0][i]) + u16::from(rows[1][i]) + u16::from(rows[2][i]);
        }
        sums[0] = sums[1];
        sums[width + 1] = sums[width];
        for (i, pixel) in line.iter_mut().enumerate() {
            let sum = u32::from(sums[i] + sums[i + 1] + sums[i + 2]);
            *pixel = ((sum * 7282) >> 16).to_le_bytes()[0];
        }
    }
    out
}

/// A one in each 16-bit lane of a word.
const LANES: u64 = 0x0001_0001_0001_0001;

/// Nothing smaller is looked at. ISO/IEC 18004, 6.3.1: the modules of version 1.
const SMALLEST: u32 = 21;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn smooth_is_the_mean_of_nine() {
        let picture = Grey::new(3, 3, &[0, 0, 0, 0, 90, 0, 0, 0, 255]).unwrap();
        let soft = smooth(picture);
        assert_eq!(soft.pixels()[4], 38);
        assert_eq!(soft.pixels()[0], 10);
        let white = Grey::new(3, 3, &[255; 9]).unwrap();
        assert_eq!(smooth(white).pixels(), [255; 9]);
    }

    #[test]
    fn half_is_the_mean_of_four() {
        let pixels: Vec<u8> = (0..44 * 42).map(|i| u8::try_from(i % 200).unwrap()).collect();
        let picture = Grey::new(44, 42, &pixels).unwrap();
        let small = half(picture).unwrap();
        assert_eq!((small.width(), small.height()), (22, 21));
        assert_eq!(small.pixels()[0], 23);
        assert!(half(small.as_grey()).is_none());
    }
}

//! Small copies of pictures, for a report that stays one file.
//!
//! A thumbnail is for a person to recognise a picture by; nothing is ever read from one.

use image::ExtendedColorType;
use image::codecs::jpeg::JpegEncoder;
use permit_symbol::GreyBuf;

/// A small copy of a picture, as JPEG.
#[derive(Debug, Clone)]
pub(crate) struct Thumb {
    /// The file.
    pub(crate) jpeg: Vec<u8>,
    /// Pixels across and down.
    pub(crate) size: (u32, u32),
    /// Pixels of the picture to one of the copy.
    pub(crate) scale: f32,
}

impl Thumb {
    /// A copy at most [`WIDE`] × [`HIGH`].
    pub(crate) fn of(picture: &GreyBuf) -> Option<Self> {
        let (wide, high) = (picture.width(), picture.height());
        let by = wide.div_ceil(WIDE).max(high.div_ceil(HIGH)).max(1);
        // Whole pixels are averaged; what is left over at the right and below is not worth a row.
        let size = ((wide / by).max(1), (high / by).max(1));
        let mut pixels = Vec::with_capacity(size.0 as usize * size.1 as usize);
        let grey = picture.as_grey();
        let across = usize::try_from(by).ok()?;
        let mut sums = vec![0_u32; size.0 as usize];
        for y in 0..size.1 {
            sums.fill(0);
            let rows = (y * by..((y + 1) * by).min(high)).map(|row| grey.row(row));
            let mut count = 0;
            for row in rows {
                count += 1;
                for (sum, part) in sums.iter_mut().zip(row.chunks(across)) {
                    *sum += part.iter().map(|&luma| u32::from(luma)).sum::<u32>();
                }
            }
            let area = count * by.min(wide);
            pixels
                .extend(sums.iter().map(|sum| u8::try_from(sum / area.max(1)).unwrap_or(u8::MAX)));
        }
        let mut jpeg = Vec::new();
        let mut encoder = JpegEncoder::new_with_quality(&mut jpeg, QUALITY);
        encoder.encode(&pixels, size.0, size.1, ExtendedColorType::L8).ok()?;
        #[expect(clippy::cast_precision_loss, reason = "a picture has at most 100 million pixels")]
        let scale = by as f32;
        Some(Self { jpeg, size, scale })
    }
}

const WIDE: u32 = 340;
const HIGH: u32 = 260;
const QUALITY: u8 = 45;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_size_has_a_copy() {
        for (wide, high) in [
            (1, 1),
            (1, 5000),
            (5000, 1),
            (340, 260),
            (341, 260),
            (1920, 1080),
            (4056, 3040),
            (39, 41),
        ] {
            let mut picture = GreyBuf::new(wide, high);
            picture.pixels_mut().fill(200);
            let thumb = Thumb::of(&picture).unwrap();
            assert!(thumb.size.0 <= WIDE && thumb.size.1 <= HIGH, "{wide} × {high}");
            let copy = permit_symbol::load::picture(thumb.jpeg).unwrap();
            assert_eq!((copy.width(), copy.height()), thumb.size);
            assert!(
                copy.pixels().iter().all(|luma| luma.abs_diff(200) < 4),
                "{wide} × {high}: {:?}",
                &copy.pixels()[..1]
            );
        }
    }
}

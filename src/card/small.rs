//! A portrait as it goes into a code: few bytes of lossy WebP, for a person to look at beside the name.

use image::{DynamicImage, ImageFormat, imageops::FilterType};
use webp::{Encoder, WebPConfig};

use crate::Portrait;

impl Portrait {
    /// The largest picture of the portrait that is seen clearly in so many bytes, as a lossy WebP file; the smallest one as
    /// well as it can be where none is. `None` where not even that fits.
    ///
    /// The same portrait and number give the same bytes.
    #[must_use]
    pub fn small(&self, most: usize) -> Option<Vec<u8>> {
        let image = image::load_from_memory_with_format(self.as_bytes(), ImageFormat::Jpeg).ok()?;
        let clear = WIDTHS.into_iter().find_map(|width| best(&image, width, CLEAR, most));
        clear.or_else(|| best(&image, WIDTHS[WIDTHS.len() - 1], 0, most))
    }
}

/// A picture of a width in as many bytes as there are, at a quality of at least this.
fn best(image: &DynamicImage, width: u32, least: u8, most: usize) -> Option<Vec<u8>> {
    let rgb = image.resize_exact(width, width / 4 * 5, FilterType::Lanczos3).to_rgb8();
    let written = |quality: u8| {
        let mut config = WebPConfig::new().ok()?;
        config.quality = f32::from(quality);
        // The slowest and most thorough: a few milliseconds for pictures of this size.
        config.method = 6;
        let encoder = Encoder::from_rgb(&rgb, rgb.width(), rgb.height());
        let file = encoder.encode_advanced(&config).ok()?.to_vec();
        (file.len() <= most).then_some(file)
    };
    let mut found = written(least)?;
    // More quality takes more bytes.
    let (mut low, mut high) = (least, MOST_QUALITY + 1);
    while high - low > 1 {
        let middle = low.midpoint(high);
        match written(middle) {
            Some(file) => (found, low) = (file, middle),
            None => high = middle,
        }
    }
    Some(found)
}

/// Widths in pixels, the largest first; heights are five quarters of them.
const WIDTHS: [u32; 6] = [96, 80, 64, 56, 48, 32];
/// Quality (0 to 100, as libwebp counts) from which on a face is told from others; chosen by looking at drawn ones.
const CLEAR: u8 = 30;
/// Quality beyond which nothing is seen that was not.
const MOST_QUALITY: u8 = 95;

#[cfg(test)]
mod tests {
    use image::GenericImageView as _;

    use super::*;

    #[test]
    fn a_portrait_is_as_large_as_its_bytes_allow_and_never_more() {
        let portrait = Portrait::of(include_bytes!("../station/pages/tests/portrait.png")).unwrap();
        let mut before = 0;
        for most in [200, 400, 670, 800] {
            let file = portrait.small(most).unwrap();
            assert!(file.len() <= most && file.starts_with(b"RIFF"), "{most}");
            assert_eq!(&file[12..16], b"VP8 ", "lossy");
            assert_eq!(portrait.small(most).unwrap(), file);
            let (width, height) = image::load_from_memory(&file).unwrap().dimensions();
            assert_eq!((width / 4 * 5, width >= before), (height, true), "{most}");
            before = width;
        }
        assert_eq!(portrait.small(60), None, "not even the smallest");
    }
}

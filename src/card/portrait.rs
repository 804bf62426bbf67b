//! A portrait as it goes onto a card: cut to one shape, no larger than a print shows, written anew.
//!
//! A file is told by its first bytes and read with limits that are set before a pixel is. What it says beside its pixels
//! (when, where, by which camera) is left behind, since the picture is encoded again; it comes out upright and on white.

use core::fmt;
use std::io::Cursor;

use image::{
    DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits, Rgb, RgbImage,
    codecs::jpeg::JpegEncoder, imageops::FilterType,
};

/// A portrait: a JPEG file of four parts by five.
#[derive(Clone, PartialEq, Eq)]
pub struct Portrait(Vec<u8>);

/// Why a file is no portrait.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum NotAPortrait {
    /// It is no PNG, JPEG or WebP file.
    Kind,
    /// It has more than [`Portrait::MOST`] pixels.
    Large,
    /// What is cut out of it has fewer pixels than [`Portrait::LEAST`].
    Small,
    /// It is one of the three, and cannot be read.
    Damaged,
}

impl Portrait {
    /// Width and height of what is cut out, in pixels, at least. Chosen: 254 dpi at 24 × 30 mm, the place on a card of ID-1 size.
    pub const LEAST: (u32, u32) = (240, 300);
    /// Width and height in pixels, at most. Chosen: 508 dpi at 24 × 30 mm, more than an office printer shows.
    pub const SIZE: (u32, u32) = (480, 600);
    /// Pixels of a file, at most. Chosen: telephones give up to 50 million.
    pub const MOST: u64 = 50_000_000;

    /// Reads a PNG, JPEG or WebP file and cuts the largest piece of the shape out of its middle.
    ///
    /// # Errors
    ///
    /// [`NotAPortrait`].
    pub fn of(file: &[u8]) -> Result<Self, NotAPortrait> {
        let image = read(file)?;
        let (width, height) = (image.width(), image.height());
        let (across, down) = Self::SIZE;
        // The largest piece that has the shape, in the middle.
        let part =
            f64::min(f64::from(width) / f64::from(across), f64::from(height) / f64::from(down));
        let (wide, high) = (whole(part * f64::from(across)), whole(part * f64::from(down)));
        let (wide, high) = (wide.min(width), high.min(height));
        if wide < Self::LEAST.0 || high < Self::LEAST.1 {
            return Err(NotAPortrait::Small);
        }
        let cut = image.crop_imm((width - wide) / 2, (height - high) / 2, wide, high);
        let cut = if wide > across {
            cut.resize_exact(across, down, FilterType::CatmullRom)
        } else {
            cut
        };
        let mut out = Vec::new();
        JpegEncoder::new_with_quality(&mut out, QUALITY)
            .encode_image(&on_white(&cut))
            .map_err(|_| NotAPortrait::Damaged)?;
        Ok(Self(out))
    }

    /// The file.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Portrait {
    /// Its length alone.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Portrait({} bytes)", self.0.len())
    }
}

/// Decodes a file, upright.
fn read(file: &[u8]) -> Result<DynamicImage, NotAPortrait> {
    let format = match crate::draw::kind(file).ok_or(NotAPortrait::Kind)? {
        "png" => ImageFormat::Png,
        "jpeg" => ImageFormat::Jpeg,
        _ => ImageFormat::WebP,
    };
    let damaged = |_| NotAPortrait::Damaged;
    let mut reader = ImageReader::with_format(Cursor::new(file), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(ROOM);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(damaged)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > Portrait::MOST {
        return Err(NotAPortrait::Large);
    }
    let upright = decoder.orientation().map_err(damaged)?;
    let mut image = DynamicImage::from_decoder(decoder).map_err(damaged)?;
    image.apply_orientation(upright);
    Ok(image)
}

fn on_white(image: &DynamicImage) -> RgbImage {
    let rgba = image.to_rgba8();
    RgbImage::from_fn(rgba.width(), rgba.height(), |x, y| {
        let [red, green, blue, alpha] = rgba.get_pixel(x, y).0.map(u16::from);
        let over =
            |c: u16| u8::try_from((c * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX);
        Rgb([red, green, blue].map(over))
    })
}

/// Pixels, from a length that is no less than none and no more than a file's side.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 0 and a file's width"
)]
fn whole(length: f64) -> u32 {
    length.round() as u32
}

/// Of JPEG, from 1 to 100. Chosen: no block is seen at the size of a print.
const QUALITY: u8 = 90;
/// Bytes that decoding may take: eight to a pixel of the largest file.
const ROOM: u64 = 8 * Portrait::MOST;

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Left half red, right half blue.
    fn picture(width: u32, height: u32) -> RgbImage {
        RgbImage::from_fn(width, height, |x, _| {
            if x < width / 2 { Rgb([200, 0, 0]) } else { Rgb([0, 0, 200]) }
        })
    }

    fn file(image: &RgbImage, format: ImageFormat) -> Vec<u8> {
        let mut out = Cursor::new(Vec::new());
        image.write_to(&mut out, format).unwrap();
        out.into_inner()
    }

    fn decoded(portrait: &Portrait) -> RgbImage {
        image::load_from_memory(portrait.as_bytes()).unwrap().to_rgb8()
    }

    /// A JPEG file with an EXIF segment: an orientation, and words beside it.
    fn with_exif(image: &RgbImage, orientation: u8) -> Vec<u8> {
        let jpeg = file(image, ImageFormat::Jpeg);
        let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x02".to_vec();
        exif.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
        exif.extend([0x01, 0x0e, 0, 2, 0, 0, 0, 16, 0, 0, 0, 38, 0, 0, 0, 0]);
        exif.extend(b"WHERE-AND-WHEN!\0");
        let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
        [&jpeg[..2], &[0xff, 0xe1], &length, &exif, &jpeg[2..]].concat()
    }

    #[test]
    fn cut_about_the_middle_and_no_larger_than_a_print_shows() {
        for (width, height, wanted) in [
            (1600, 1200, Portrait::SIZE),
            (1200, 1600, Portrait::SIZE),
            (480, 600, Portrait::SIZE),
            (300, 1000, (300, 375)),
            (1000, 300, (240, 300)),
        ] {
            for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
                let portrait = Portrait::of(&file(&picture(width, height), format)).unwrap();
                let image = decoded(&portrait);
                assert_eq!(image.dimensions(), wanted, "{width} × {height}");
                // The middle stays the middle.
                let (x, y) = (image.width() / 2, image.height() / 2);
                let (left, right) = (image.get_pixel(x - 20, y).0, image.get_pixel(x + 20, y).0);
                assert!(left[0] > 150 && left[2] < 60 && right[2] > 150 && right[0] < 60);
                assert!(portrait.as_bytes().len() <= crate::PORTRAIT);
            }
        }
    }

    #[test]
    fn what_a_file_says_beside_its_pixels_is_left_behind() {
        let turned = with_exif(&picture(800, 600), 6);
        assert!(turned.windows(14).any(|it| it == b"WHERE-AND-WHEN"));
        let portrait = Portrait::of(&turned).unwrap();
        for left in [&b"WHERE"[..], b"Exif"] {
            assert!(!portrait.as_bytes().windows(left.len()).any(|it| it == left));
        }
        let image = decoded(&portrait);
        // Turned right by a quarter: what was left is above.
        assert!(image.get_pixel(240, 100).0[0] > 150 && image.get_pixel(240, 500).0[2] > 150);
    }

    #[test]
    fn on_white_where_nothing_is() {
        let clear = image::RgbaImage::from_pixel(480, 600, image::Rgba([0, 0, 0, 0]));
        let mut out = Cursor::new(Vec::new());
        clear.write_to(&mut out, ImageFormat::Png).unwrap();
        let portrait = Portrait::of(&out.into_inner()).unwrap();
        assert!(decoded(&portrait).get_pixel(240, 300).0.iter().all(|c| *c > 250));
    }

    #[test]
    fn what_is_no_portrait_is_told_by_why() {
        let png = file(&picture(480, 600), ImageFormat::Png);
        // A header that promises 60,000 by 60,000.
        let mut huge = png.clone();
        huge[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
        let crc = crc(&huge[12..29]).to_be_bytes();
        huge[29..33].copy_from_slice(&crc);
        for (bytes, wanted) in [
            (Vec::new(), NotAPortrait::Kind),
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(), NotAPortrait::Kind),
            (b"GIF89a".to_vec(), NotAPortrait::Kind),
            (png[..png.len() / 2].to_vec(), NotAPortrait::Damaged),
            (png[..20].to_vec(), NotAPortrait::Damaged),
            (huge, NotAPortrait::Large),
            (file(&picture(239, 600), ImageFormat::Png), NotAPortrait::Small),
        ] {
            assert_eq!(Portrait::of(&bytes).unwrap_err(), wanted);
        }
    }

    /// The check of a PNG chunk (PNG specification, annex D).
    pub(crate) fn crc(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(!0, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
                if crc & 1 == 1 { 0xedb8_8320 ^ (crc >> 1) } else { crc >> 1 }
            })
        })
    }
}

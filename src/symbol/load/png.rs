//! PNG with nothing but its pixels and which way up they are.
//!
//! A colour profile and texts are packed, and a small file can hold a profile of any size: they are passed over here,
//! which the general decoder has no way to ask for. What else stands beside the pixels has a limit of its own.

use std::io::Cursor;

use ::png::{BitDepth, ColorType, Decoder, DecodingError, Limits, Transformations};
use image::metadata::Orientation;
use image::{DynamicImage, ImageBuffer};

use super::{Format, LoadError, PIXELS, ended};

/// The picture, and how it is to be turned.
pub(super) fn decode(bytes: &[u8]) -> Result<(DynamicImage, Orientation), LoadError> {
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), Limits { bytes: BESIDE });
    decoder.set_ignore_iccp_chunk(true);
    decoder.set_ignore_text_chunk(true);
    decoder.set_transformations(Transformations::EXPAND);
    let (width, height) = decoder.read_header_info().map_err(explain)?.size();
    if u64::from(width) * u64::from(height) > PIXELS {
        return Err(LoadError::Pixels { width, height });
    }
    // A line is taken from the same allowance.
    decoder.set_limits(Limits { bytes: BESIDE + width as usize * WIDEST });
    let mut reader = decoder.read_info().map_err(explain)?;
    let exif = reader.info().exif_metadata.as_deref();
    let orientation = exif.and_then(Orientation::from_exif_chunk);
    let (colour, depth) = reader.output_color_type();
    let mut pixels = vec![0; reader.output_buffer_size().ok_or(DAMAGED)?];
    reader.next_frame(&mut pixels).map_err(explain)?;
    let picture = match depth {
        BitDepth::Sixteen => deep(colour, width, height, &pixels),
        _ => plain(colour, width, height, pixels),
    };
    Ok((picture.ok_or(DAMAGED)?, orientation.unwrap_or(Orientation::NoTransforms)))
}

fn plain(colour: ColorType, width: u32, height: u32, pixels: Vec<u8>) -> Option<DynamicImage> {
    Some(match colour {
        ColorType::Grayscale => {
            DynamicImage::ImageLuma8(ImageBuffer::from_raw(width, height, pixels)?)
        }
        ColorType::GrayscaleAlpha => {
            DynamicImage::ImageLumaA8(ImageBuffer::from_raw(width, height, pixels)?)
        }
        ColorType::Rgb => DynamicImage::ImageRgb8(ImageBuffer::from_raw(width, height, pixels)?),
        ColorType::Rgba => DynamicImage::ImageRgba8(ImageBuffer::from_raw(width, height, pixels)?),
        // Expanded above.
        ColorType::Indexed => return None,
    })
}

/// Two bytes each, the high one first.
fn deep(colour: ColorType, width: u32, height: u32, bytes: &[u8]) -> Option<DynamicImage> {
    let (pairs, _) = bytes.as_chunks::<2>();
    let pixels: Vec<u16> = pairs.iter().map(|pair| u16::from_be_bytes(*pair)).collect();
    Some(match colour {
        ColorType::Grayscale => {
            DynamicImage::ImageLuma16(ImageBuffer::from_raw(width, height, pixels)?)
        }
        ColorType::GrayscaleAlpha => {
            DynamicImage::ImageLumaA16(ImageBuffer::from_raw(width, height, pixels)?)
        }
        ColorType::Rgb => DynamicImage::ImageRgb16(ImageBuffer::from_raw(width, height, pixels)?),
        ColorType::Rgba => DynamicImage::ImageRgba16(ImageBuffer::from_raw(width, height, pixels)?),
        ColorType::Indexed => return None,
    })
}

fn explain(error: DecodingError) -> LoadError {
    match error {
        DecodingError::IoError(error) if ended(&error) => LoadError::Truncated,
        _ => DAMAGED,
    }
}

const DAMAGED: LoadError = LoadError::Damaged(Format::Png);
/// Bytes of what stands beside the pixels: an EXIF block has 64 KiB in other formats.
const BESIDE: usize = 4 << 20;
/// Bytes of a pixel: four channels of sixteen bits.
const WIDEST: usize = 8;

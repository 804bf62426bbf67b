//! What files say beside their pixels, before a decoder takes room for it.
//!
//! WebP's and TIFF's decoders believe a length before they look how long the file is. Nothing is read here but lengths.

use super::{Format, LoadError};

/// Whether what stands beside the pixels is in the file, and no more than it can be.
pub(super) fn check(bytes: &[u8], format: Format) -> Result<(), LoadError> {
    match format {
        Format::WebP => webp(bytes),
        Format::Tiff => tiff(bytes),
        _ => Ok(()),
    }
}

/// RIFF: a name, a length, the contents, padded to an even length.
fn webp(bytes: &[u8]) -> Result<(), LoadError> {
    let mut rest = bytes.get(12..).unwrap_or_default();
    while let Some((&[a, b, c, d, length @ ..], after)) = rest.split_first_chunk::<8>() {
        let length = u32::from_le_bytes(length) as usize;
        // Pixels are read as far as they go; these are read at once.
        if matches!(&[a, b, c, d], b"ICCP" | b"EXIF" | b"XMP ") && length > after.len() {
            return Err(LoadError::Truncated);
        }
        rest = after.get(length.saturating_add(length % 2)..).unwrap_or_default();
    }
    Ok(())
}

/// The first directory: entries of a tag, a type, a number of values, and where they are.
fn tiff(bytes: &[u8]) -> Result<(), LoadError> {
    let file = Numbers::of(bytes);
    // What is missing of the directory itself is for the decoder to say.
    let Some((at, entries)) = file.long(4).and_then(|at| Some((at, file.short(at)?))) else {
        return Ok(());
    };
    for entry in 0..entries as usize {
        let at = at as usize + 2 + 12 * entry;
        let read =
            || Some((file.short(at)?, file.short(at + 2)?, file.long(at + 4)?, file.long(at + 8)?));
        let Some((tag, kind, count, place)) = read() else { return Ok(()) };
        let each: u64 = match kind {
            3 | 8 => 2,
            4 | 9 | 11 | 13 => 4,
            5 | 10 | 12 | 16..=18 => 8,
            _ => 1,
        };
        let long = u64::from(count) * each;
        if long > 4 && u64::from(place) + long > bytes.len() as u64 {
            return Err(LoadError::Truncated);
        }
        if FEW.contains(&tag) && count > SAMPLES {
            return Err(LoadError::Damaged(Format::Tiff));
        }
    }
    Ok(())
}

/// Numbers of a TIFF, in its byte order.
pub(super) struct Numbers<'a> {
    bytes: &'a [u8],
    big: bool,
}

impl<'a> Numbers<'a> {
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        Self { bytes, big: bytes.starts_with(b"MM") }
    }

    pub(super) fn short(&self, at: impl TryInto<usize>) -> Option<u32> {
        let two = *self.bytes.get(at.try_into().ok()?..)?.first_chunk()?;
        Some(if self.big { u16::from_be_bytes(two) } else { u16::from_le_bytes(two) }.into())
    }

    pub(super) fn long(&self, at: usize) -> Option<u32> {
        let four = *self.bytes.get(at..)?.first_chunk()?;
        Some(if self.big { u32::from_be_bytes(four) } else { u32::from_le_bytes(four) })
    }
}

/// Tags with one value, or one a sample (TIFF 6.0): size, bits, compression, meaning, orientation, samples, rows of a
/// strip, planes, predictor, size of a tile, extra samples, sample format, subsampling.
const FEW: [u32; 15] = [256, 257, 258, 259, 262, 274, 277, 278, 284, 317, 322, 323, 338, 339, 530];
/// More samples than any pixel has that is looked at.
const SAMPLES: u32 = 64;

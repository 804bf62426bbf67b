//! What is to be said of a file that gives a picture, but not all that is in it.

use super::Format;
use super::film::Jpegs;

/// What else is to be said of a picture's file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Note {
    /// It is a film, of which only the first picture is looked at.
    FirstOfMany,
    /// It ends early; what is missing of the picture is grey.
    EndsEarly,
}

impl Note {
    /// What is to be said of a file.
    pub(super) fn of(bytes: &[u8], format: Format) -> Option<Self> {
        match format {
            Format::WebP => is_webp_film(bytes).then_some(Self::FirstOfMany),
            Format::Gif => is_gif_film(bytes).then_some(Self::FirstOfMany),
            Format::Png => is_png_film(bytes).then_some(Self::FirstOfMany),
            Format::Jpeg => Jpegs::ends_early(bytes).then_some(Self::EndsEarly),
            Format::Bmp | Format::Pnm | Format::Tiff | Format::Pdf => None,
        }
    }
}

/// The flag of an extended file that holds an animation (WebP container specification).
fn is_webp_film(bytes: &[u8]) -> bool {
    bytes.get(12..16) == Some(b"VP8X") && bytes.get(20).is_some_and(|flags| flags & 2 != 0)
}

/// The chunk before the pixels that says how many frames there are (PNG, third edition, 11.3.6.1).
fn is_png_film(bytes: &[u8]) -> bool {
    let mut rest = bytes.get(8..).unwrap_or_default();
    while let Some((&[a, b, c, d, name @ ..], after)) = rest.split_first_chunk::<8>() {
        match &name {
            b"acTL" => {
                let count = after.first_chunk().map_or(0, |count| u32::from_be_bytes(*count));
                return count > 1;
            }
            b"IDAT" => return false,
            _ => {
                let long = u32::from_be_bytes([a, b, c, d]) as usize;
                rest = after.get(long.saturating_add(4)..).unwrap_or_default();
            }
        }
    }
    false
}

/// Whether a second picture begins (GIF89a, 17 to 27).
fn is_gif_film(bytes: &[u8]) -> bool {
    let table = |flags: u8| if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) };
    let Some(&flags) = bytes.get(10) else { return false };
    let mut at = 13 + table(flags);
    let mut pictures = 0;
    loop {
        match bytes.get(at) {
            Some(0x21) => at += 2,
            Some(0x2c) => {
                pictures += 1;
                let Some(&flags) = bytes.get(at + 9) else { return false };
                at += 11 + table(flags);
            }
            _ => return false,
        }
        if pictures > 1 {
            return true;
        }
        // Blocks, each with its length before it, until one is empty.
        loop {
            match bytes.get(at) {
                None => return false,
                Some(0) => break,
                Some(&long) => at += 1 + usize::from(long),
            }
        }
        at += 1;
    }
}

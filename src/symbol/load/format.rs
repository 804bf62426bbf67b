//! What a file is, by its first bytes and never by its name.

use super::HEAD;

/// What a file is, by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// Portable Network Graphics.
    Png,
    /// JPEG.
    Jpeg,
    /// WebP; of a film, its first picture.
    WebP,
    /// GIF; of a film, its first picture.
    Gif,
    /// Windows bitmap.
    Bmp,
    /// PBM, PGM, PPM and PAM.
    Pnm,
    /// TIFF; every page.
    Tiff,
    /// PDF; every page.
    Pdf,
}

impl Format {
    /// The format of a file that begins with these bytes; a kilobyte is enough.
    #[must_use]
    pub fn of(head: &[u8]) -> Option<Self> {
        match head {
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Self::Png),
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::WebP),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Self::Gif),
            [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => Some(Self::Tiff),
            // The header's length sets a bitmap apart from a text that begins with "BM".
            [b'B', b'M', rest @ ..] if matches!(rest.get(12..16), Some([12..=124, 0, 0, 0])) => {
                Some(Self::Bmp)
            }
            [b'P', b'1'..=b'6', space, rest @ ..] if space.is_ascii_whitespace() => {
                let first = rest.iter().find(|byte| !byte.is_ascii_whitespace());
                first
                    .is_some_and(|&byte| byte == b'#' || byte.is_ascii_digit())
                    .then_some(Self::Pnm)
            }
            [b'P', b'7', b'\n', rest @ ..] => {
                (rest.starts_with(b"WIDTH") || rest.starts_with(b"#")).then_some(Self::Pnm)
            }
            _ => {
                let head = head.get(..HEAD.into()).unwrap_or(head);
                head.windows(5).any(|window| window == b"%PDF-").then_some(Self::Pdf)
            }
        }
    }

    pub(super) const fn codec(self) -> Option<image::ImageFormat> {
        Some(match self {
            Self::Png => image::ImageFormat::Png,
            Self::Jpeg => image::ImageFormat::Jpeg,
            Self::WebP => image::ImageFormat::WebP,
            Self::Gif => image::ImageFormat::Gif,
            Self::Bmp => image::ImageFormat::Bmp,
            Self::Pnm => image::ImageFormat::Pnm,
            Self::Tiff => image::ImageFormat::Tiff,
            Self::Pdf => return None,
        })
    }
}

/// A kind of picture that this build knows by its first bytes and does not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Foreign {
    /// HEIF with HEVC, as many phones write it.
    Heic,
    /// HEIF with AV1.
    Avif,
    /// JPEG XL.
    JpegXl,
    /// JPEG 2000.
    Jpeg2000,
    /// PDF, where this build has no renderer.
    Pdf,
}

impl Foreign {
    /// The kind of a file that begins with these bytes.
    #[must_use]
    pub fn of(head: &[u8]) -> Option<Self> {
        match head {
            // ISO/IEC 14496-12: the first box of such a file names its brands.
            [_, _, _, _, b'f', b't', b'y', b'p', brands @ ..] => {
                brands.chunks_exact(4).take(BRANDS).find_map(|brand| match brand {
                    b"heic" | b"heix" | b"hevc" | b"heim" | b"heis" => Some(Self::Heic),
                    b"avif" | b"avis" => Some(Self::Avif),
                    _ => None,
                })
            }
            [0xff, 0x0a, ..] | [0, 0, 0, 12, b'J', b'X', b'L', b' ', ..] => Some(Self::JpegXl),
            [0, 0, 0, 12, b'j', b'P', b' ', b' ', ..] => Some(Self::Jpeg2000),
            _ => (!cfg!(feature = "pdf") && Format::of(head) == Some(Format::Pdf))
                .then_some(Self::Pdf),
        }
    }

    /// What it is called.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Heic => "HEIC",
            Self::Avif => "AVIF",
            Self::JpegXl => "JPEG XL",
            Self::Jpeg2000 => "JPEG 2000",
            Self::Pdf => "PDF",
        }
    }
}

/// Brands looked at: one of a phone names up to eight.
const BRANDS: usize = 16;

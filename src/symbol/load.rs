//! Picture files into grey pictures.
//!
//! What a file is, is read from its first bytes and never from its name. The size in the
//! header is checked before a pixel is decoded, and what a file says beside its pixels has
//! limits too, so that a small file cannot ask for a large memory. Pictures come out upright (EXIF), on white (alpha) and in eight bits of luma;
//! colour profiles are ignored, because a code is dark on light in any of them.

use core::fmt;
use std::fs::File;
use std::io::{self, Cursor, Read as _};
use std::path::Path;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder as _, ImageError, ImageReader, Limits};
use permit_file::{Ask, FileError};

use crate::GreyBuf;

mod beside;
mod film;
#[cfg(feature = "pdf")]
mod pdf;
mod png;

pub use self::film::{Frames, frames};

/// Opens a picture file, or a PDF file with a picture a page.
///
/// # Errors
///
/// When the file cannot be read, is empty, or is no picture; see [`LoadError`]. What is wrong
/// with a single picture is said by [`Pages`].
pub fn open(path: &Path) -> Result<Pages, LoadError> {
    let file = plain(path)?;
    let bytes = file.metadata().map_err(unreadable)?.len();
    if bytes > FILE {
        return Err(LoadError::File { bytes });
    }
    let mut contents = Vec::new();
    file.take(FILE + 1).read_to_end(&mut contents).map_err(unreadable)?;
    if contents.len() as u64 > FILE {
        return Err(LoadError::File { bytes: contents.len() as u64 });
    }
    pages(contents)
}

/// The pictures in the bytes of a file.
///
/// # Errors
///
/// As [`open`], for what is in the file.
pub fn pages(bytes: Vec<u8>) -> Result<Pages, LoadError> {
    match Format::of(&bytes) {
        None if bytes.is_empty() => Err(LoadError::Empty),
        None => Err(LoadError::NotAPicture),
        #[cfg(feature = "pdf")]
        Some(Format::Pdf) => Ok(Pages(Source::Pdf(pdf::Document::new(bytes)?))),
        #[cfg(not(feature = "pdf"))]
        Some(Format::Pdf) => Err(LoadError::NoPdf),
        Some(_) => Ok(Pages(Source::Picture(Some(bytes)))),
    }
}

/// The picture in the bytes of a file; of a PDF file, its first page.
///
/// # Errors
///
/// As [`open`] and [`Pages`].
pub fn picture(bytes: Vec<u8>) -> Result<GreyBuf, LoadError> {
    pages(bytes)?.next().unwrap_or(Err(LoadError::Empty))
}

/// Whether the first bytes of a file are those of a picture that this build reads. For a walk
/// through a folder: false for what cannot be opened.
#[must_use]
pub fn is_picture(path: &Path) -> bool {
    let mut head = Vec::new();
    plain(path).is_ok_and(|file| file.take(HEAD.into()).read_to_end(&mut head).is_ok())
        && Format::of(&head).is_some_and(|format| format != Format::Pdf || cfg!(feature = "pdf"))
}

/// The pictures of one file, decoded one after another.
#[derive(Debug)]
pub struct Pages(Source);

#[derive(Debug)]
enum Source {
    Picture(Option<Vec<u8>>),
    #[cfg(feature = "pdf")]
    Pdf(pdf::Document),
}

impl Iterator for Pages {
    type Item = Result<GreyBuf, LoadError>;

    fn next(&mut self) -> Option<Self::Item> {
        match &mut self.0 {
            Source::Picture(bytes) => bytes.take().map(|bytes| decode(&bytes)),
            #[cfg(feature = "pdf")]
            Source::Pdf(document) => document.next(),
        }
    }
}

/// What a file is, by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// Portable Network Graphics.
    Png,
    /// JPEG.
    Jpeg,
    /// WebP.
    WebP,
    /// Windows bitmap.
    Bmp,
    /// PBM, PGM, PPM and PAM.
    Pnm,
    /// TIFF; its first page.
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

    const fn codec(self) -> Option<image::ImageFormat> {
        Some(match self {
            Self::Png => image::ImageFormat::Png,
            Self::Jpeg => image::ImageFormat::Jpeg,
            Self::WebP => image::ImageFormat::WebP,
            Self::Bmp => image::ImageFormat::Bmp,
            Self::Pnm => image::ImageFormat::Pnm,
            Self::Tiff => image::ImageFormat::Tiff,
            Self::Pdf => return None,
        })
    }
}

/// Why there is no picture.
#[derive(Debug)]
#[non_exhaustive]
pub enum LoadError {
    /// The file cannot be opened or read.
    Unreadable(io::Error),
    /// A folder, a pipe or a device.
    NotAFile,
    /// No bytes.
    Empty,
    /// The first bytes are of no known kind of picture.
    NotAPicture,
    /// The file ends early.
    Truncated,
    /// The file is not what its first bytes say.
    Damaged(Format),
    /// More pixels than [`PIXELS`].
    Pixels {
        /// Pixels in a row.
        width: u32,
        /// Number of rows.
        height: u32,
    },
    /// The file itself is too large.
    File {
        /// Its length.
        bytes: u64,
    },
    /// More pages than are looked at.
    PageCount {
        /// The pages of the file.
        found: usize,
    },
    /// A PDF file that asks for a password.
    Encrypted,
    /// This build cannot read PDF files.
    NoPdf,
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(error) => write!(f, "cannot be read: {error}"),
            Self::NotAFile => write!(f, "not a file"),
            Self::Empty => write!(f, "the file is empty"),
            Self::NotAPicture => write!(f, "no known kind of picture"),
            Self::Truncated => write!(f, "the file ends early"),
            Self::Damaged(format) => write!(f, "the {format:?} file is damaged"),
            Self::Pixels { width, height } => {
                write!(f, "{width} by {height} pixels are more than {PIXELS}")
            }
            Self::File { bytes } => write!(f, "{bytes} bytes are more than {FILE}"),
            Self::PageCount { found } => write!(f, "{found} pages are too many"),
            Self::Encrypted => write!(f, "the PDF file is encrypted"),
            Self::NoPdf => write!(f, "built without PDF"),
        }
    }
}

impl core::error::Error for LoadError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Unreadable(error) => Some(error),
            _ => None,
        }
    }
}

/// The most pixels a picture may have: 100 megapixels.
pub const PIXELS: u64 = 100_000_000;

/// The most bytes a file may have.
const FILE: u64 = 512 << 20;

/// What a decoder may take beside the pixels it gives and the file it has.
const ROOM: u64 = 32 << 20;

/// How far into a file its kind is looked for; PDF allows junk before its header.
const HEAD: u16 = 1024;

/// A plain file of any length, opened without waiting for anybody.
fn plain(path: &Path) -> Result<File, LoadError> {
    permit_file::open(path, &Ask::named(u64::MAX)).map_err(|error| match error {
        FileError::NotAFile => LoadError::NotAFile,
        FileError::Io(cause) => LoadError::Unreadable(cause),
        other => LoadError::Unreadable(io::Error::other(other)),
    })
}

const fn unreadable(error: io::Error) -> LoadError {
    LoadError::Unreadable(error)
}

fn decode(bytes: &[u8]) -> Result<GreyBuf, LoadError> {
    let format = Format::of(bytes).ok_or(LoadError::NotAPicture)?;
    let (decoded, orientation) = match format {
        Format::Png => png::decode(bytes)?,
        _ => general(bytes, format)?,
    };
    let mut upright = DynamicImage::ImageLuma8(luma(decoded));
    upright.apply_orientation(orientation);
    let upright = upright.into_luma8();
    let (width, height) = upright.dimensions();
    GreyBuf::from_vec(width, height, upright.into_raw()).ok_or(LoadError::Damaged(format))
}

/// Any format but PNG.
fn general(bytes: &[u8], format: Format) -> Result<(DynamicImage, Orientation), LoadError> {
    let codec = format.codec().ok_or(LoadError::NotAPicture)?;
    let failed = |error| match explain(error, format) {
        // RIFF says how long it is; its decoder does not look.
        LoadError::Damaged(Format::WebP) if declared(bytes) > bytes.len() => LoadError::Truncated,
        error => error,
    };
    beside::check(bytes, format)?;
    let mut reader = ImageReader::with_format(Cursor::new(bytes), codec);
    reader.limits(limits(ROOM));
    let mut decoder = reader.into_decoder().map_err(failed)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXELS {
        return Err(LoadError::Pixels { width, height });
    }
    // Only now is it known how much this picture may take.
    let most = decoder.total_bytes() + bytes.len() as u64 + ROOM;
    decoder.set_limits(limits(most)).map_err(failed)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    Ok((DynamicImage::from_decoder(decoder).map_err(failed)?, orientation))
}

fn limits(bytes: u64) -> Limits {
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(bytes);
    limits
}

/// The length a RIFF file says it has.
fn declared(riff: &[u8]) -> usize {
    let length = riff.get(4..8).and_then(|length| length.try_into().ok()).map(u32::from_le_bytes);
    length.map_or(0, |length| length as usize + 8)
}

fn ended(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::UnexpectedEof
}

fn explain(error: ImageError, format: Format) -> LoadError {
    let mut cause: Option<&(dyn core::error::Error + 'static)> = match &error {
        // Its own source would be the cause of this one.
        ImageError::IoError(error) => Some(error),
        other => Some(other),
    };
    while let Some(error) = cause {
        if error.downcast_ref().is_some_and(ended) {
            return LoadError::Truncated;
        }
        cause = error.source();
    }
    LoadError::Damaged(format)
}

/// Luma on white, without a copy where the picture is grey already.
fn luma(picture: DynamicImage) -> image::GrayImage {
    let (width, height) = (picture.width(), picture.height());
    let pixels: Vec<u8> = match &picture {
        DynamicImage::ImageLuma8(_) => return picture.into_luma8(),
        DynamicImage::ImageLumaA8(grey) => {
            grey.pixels().map(|p| on_white(p[0].into(), p[1].into())).collect()
        }
        DynamicImage::ImageRgb8(colour) => {
            colour.pixels().map(|p| narrow(weigh(p.0.map(u32::from)))).collect()
        }
        DynamicImage::ImageRgba8(colour) => colour
            .pixels()
            .map(|p| on_white(weigh([p[0], p[1], p[2]].map(u32::from)), p[3].into()))
            .collect(),
        DynamicImage::ImageLuma16(grey) => grey.pixels().map(|p| narrow(eight(p[0]))).collect(),
        DynamicImage::ImageRgb16(colour) => {
            colour.pixels().map(|p| narrow(weigh(p.0.map(eight)))).collect()
        }
        _ => picture
            .to_rgba8()
            .pixels()
            .map(|p| on_white(weigh([p[0], p[1], p[2]].map(u32::from)), p[3].into()))
            .collect(),
    };
    image::GrayImage::from_raw(width, height, pixels).unwrap_or_default()
}

/// ITU-R BT.601, in 1/65536; the weights sum to one, so white stays white.
const fn weigh([red, green, blue]: [u32; 3]) -> u32 {
    (red * 19_595 + green * 38_470 + blue * 7_471 + (1 << 15)) >> 16
}

fn on_white(luma: u32, alpha: u32) -> u8 {
    narrow((luma * alpha + 255 * (255 - alpha) + 127) / 255)
}

fn eight(deep: u16) -> u32 {
    (u32::from(deep) * 255 + 32_767) / 65_535
}

fn narrow(value: u32) -> u8 {
    u8::try_from(value).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests;

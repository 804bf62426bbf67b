//! Picture files into grey pictures.
//!
//! What a file is, is read from its first bytes and never from its name. The size in the
//! header is checked before a pixel is decoded, and what a file says beside its pixels has
//! limits too, so that a small file cannot ask for a large memory. Pictures come out upright (EXIF), on white (alpha) and
//! in eight bits of luma; what luma does not show stands beside it ([`Picture::others`]). Colour profiles are ignored,
//! because a code is dark on light in any of them.

use std::fs::File;
use std::io::{self, Cursor, Read as _};
use std::path::Path;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder as _, ImageError, ImageReader, Limits};

use self::shade::Shades;
use crate::{GreyBuf, Seen, look};

mod beside;
mod error;
mod film;
mod format;
mod note;
#[cfg(feature = "pdf")]
mod pdf;
mod png;
mod shade;
mod tiff;

pub use self::error::LoadError;
pub use self::film::{Frames, frames};
pub use self::format::{Foreign, Format};
pub use self::note::Note;
pub(crate) use self::shade::weigh;

/// Opens a picture file, or a TIFF or PDF file with a picture a page.
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
    if let Some(foreign) = Foreign::of(&bytes) {
        return Err(LoadError::Foreign(foreign));
    }
    match Format::of(&bytes) {
        None if bytes.is_empty() => Err(LoadError::Empty),
        None => Err(LoadError::NotAPicture),
        #[cfg(feature = "pdf")]
        Some(Format::Pdf) => Ok(Pages(Source::Pdf(pdf::Document::new(bytes)?))),
        Some(Format::Tiff) => Ok(Pages(Source::Tiff(tiff::Document::new(bytes)?))),
        Some(_) => Ok(Pages(Source::Picture(Some(bytes)))),
    }
}

/// The picture in the bytes of a file; of a file with pages, the first.
///
/// # Errors
///
/// As [`open`] and [`Pages`].
pub fn picture(bytes: Vec<u8>) -> Result<GreyBuf, LoadError> {
    pages(bytes)?.next().unwrap_or(Err(LoadError::Empty)).map(|picture| picture.grey)
}

/// Whether the first bytes of a file are those of a picture that this build reads. For a walk
/// through a folder: false for what cannot be opened.
#[must_use]
pub fn is_picture(path: &Path) -> bool {
    head(path).is_some_and(|head| Format::of(&head).is_some() && Foreign::of(&head).is_none())
}

/// The kind of picture that a file is and that this build does not read; nothing for what cannot be opened.
#[must_use]
pub fn foreign(path: &Path) -> Option<Foreign> {
    Foreign::of(&head(path)?)
}

/// A picture as it is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Picture {
    /// Luma, on white where nothing is.
    pub grey: GreyBuf,
    /// What luma does not show: the same on black, the colour of most contrast. Mostly none.
    pub others: Vec<GreyBuf>,
    /// What else is to be said of the file.
    pub note: Option<Note>,
}

impl Picture {
    /// Reads its luma, and what else there is of it where that shows no code.
    #[must_use]
    pub fn look(&self) -> Seen {
        let first = look(self.grey.as_grey());
        if !first.codes.is_empty() {
            return first;
        }
        let others = self.others.iter().map(|other| look(other.as_grey()));
        others.into_iter().find(|seen| !seen.codes.is_empty()).unwrap_or(first)
    }
}

impl From<GreyBuf> for Picture {
    fn from(grey: GreyBuf) -> Self {
        Self { grey, others: Vec::new(), note: None }
    }
}

/// The pictures of one file, decoded one after another.
#[derive(Debug)]
pub struct Pages(Source);

#[derive(Debug)]
enum Source {
    Picture(Option<Vec<u8>>),
    Tiff(tiff::Document),
    #[cfg(feature = "pdf")]
    Pdf(pdf::Document),
}

impl Iterator for Pages {
    type Item = Result<Picture, LoadError>;

    fn next(&mut self) -> Option<Self::Item> {
        match &mut self.0 {
            Source::Picture(bytes) => bytes.take().map(|bytes| decode(&bytes)),
            Source::Tiff(document) => document.next().map(decode),
            #[cfg(feature = "pdf")]
            Source::Pdf(document) => document.next().map(|page| page.map(Picture::from)),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = match &self.0 {
            Source::Picture(bytes) => bytes.iter().len(),
            Source::Tiff(document) => document.left(),
            #[cfg(feature = "pdf")]
            Source::Pdf(document) => document.left(),
        };
        (left, Some(left))
    }
}

impl ExactSizeIterator for Pages {}

/// The most pixels a picture may have: 100 megapixels.
pub const PIXELS: u64 = 100_000_000;

/// The most bytes a file may have.
const FILE: u64 = 512 << 20;

/// What a decoder may take beside the pixels it gives and the file it has.
const ROOM: u64 = 32 << 20;

/// How far into a file its kind is looked for; PDF allows junk before its header.
const HEAD: u16 = 1024;

/// The most pages a file may have. Chosen: a book of permits, not an archive.
const PAGES: usize = 500;

/// The first bytes of a file.
fn head(path: &Path) -> Option<Vec<u8>> {
    let mut head = Vec::new();
    plain(path).ok()?.take(HEAD.into()).read_to_end(&mut head).ok()?;
    Some(head)
}

/// A plain file of any length, opened without waiting for anybody.
#[cfg(not(target_family = "wasm"))]
fn plain(path: &Path) -> Result<File, LoadError> {
    use permit_file::{Ask, FileError};
    permit_file::open(path, &Ask::named(u64::MAX)).map_err(|error| match error {
        FileError::NotAFile => LoadError::NotAFile,
        FileError::Io(cause) => LoadError::Unreadable(cause),
        other => LoadError::Unreadable(io::Error::other(other)),
    })
}

/// A browser gives bytes and no files.
#[cfg(target_family = "wasm")]
fn plain(_: &Path) -> Result<File, LoadError> {
    Err(LoadError::Unreadable(io::ErrorKind::Unsupported.into()))
}

const fn unreadable(error: io::Error) -> LoadError {
    LoadError::Unreadable(error)
}

fn decode(bytes: &[u8]) -> Result<Picture, LoadError> {
    let format = Format::of(bytes).ok_or(LoadError::NotAPicture)?;
    let note = Note::of(bytes, format);
    let decoded = match format {
        Format::Png => png::decode(bytes),
        _ => general(bytes, format),
    };
    let (decoded, orientation) = match decoded {
        Err(LoadError::Damaged(_)) if note == Some(Note::EndsEarly) => {
            return Err(LoadError::Truncated);
        }
        other => other?,
    };
    let upright = |grey| {
        let mut upright = DynamicImage::ImageLuma8(grey);
        upright.apply_orientation(orientation);
        let upright = upright.into_luma8();
        let (width, height) = upright.dimensions();
        GreyBuf::from_vec(width, height, upright.into_raw()).ok_or(LoadError::Damaged(format))
    };
    let Shades { luma, others } = Shades::of(decoded);
    let others = others.into_iter().map(upright).collect::<Result<_, _>>()?;
    Ok(Picture { grey: upright(luma)?, others, note })
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
    if matches!(error, ImageError::Unsupported(_)) {
        return LoadError::Unsupported(format);
    }
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

#[cfg(test)]
mod tests;

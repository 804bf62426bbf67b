//! Motion JPEG: JPEG pictures one after another, decoded to their luma alone.
//!
//! The same decoding serves a camera's buffers, which are longer than the picture in them: it stops at the picture's
//! end. Sizes are bounded before memory is.

use std::fs::File;
use std::io::{BufRead as _, BufReader};

use permit_symbol::GreyBuf;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::Film;
use crate::frame::FrameError;

/// The luma of the JPEG picture at the beginning of these bytes; `None` where there is none.
#[must_use]
pub fn luma(bytes: &[u8]) -> Option<GreyBuf> {
    let options = DecoderOptions::default()
        .jpeg_set_out_colorspace(ColorSpace::Luma)
        .set_max_width(SIDE)
        .set_max_height(SIDE);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    let pixels = decoder.decode().ok()?;
    let (width, height) = decoder.dimensions()?;
    GreyBuf::from_vec(u32::try_from(width).ok()?, u32::try_from(height).ok()?, pixels)
}

/// An MJPEG file being played.
#[derive(Debug)]
pub struct Mjpeg {
    file: BufReader<File>,
}

/// The most pixels of a side.
const SIDE: usize = 8192;
/// The most bytes of one picture.
const PICTURE: usize = 32 << 20;

impl Film for Mjpeg {
    fn begin(file: BufReader<File>) -> Result<Self, FrameError> {
        Ok(Self { file })
    }

    fn picture(&mut self) -> Result<Option<GreyBuf>, FrameError> {
        loop {
            let Some(bytes) = self.bytes()? else { return Ok(None) };
            match luma(&bytes) {
                Some(grey) => return Ok(Some(grey)),
                None => tracing::warn!("a picture of the film cannot be decoded"),
            }
        }
    }
}

impl Mjpeg {
    /// From one start of image to its end; inside a scan, 0xff is always followed by 0 or a restart.
    fn bytes(&mut self) -> Result<Option<Vec<u8>>, FrameError> {
        let mut bytes = Vec::new();
        loop {
            let read = self.file.read_until(0xd9, &mut bytes).map_err(FrameError::Open)?;
            if read == 0 {
                return Ok(None);
            }
            if let Some(start) = start(&bytes)
                && ends(bytes.get(start..).unwrap_or_default())
            {
                bytes.drain(..start);
                return Ok(Some(bytes));
            }
            if bytes.len() > PICTURE {
                return Err(FrameError::Damaged);
            }
        }
    }
}

fn start(bytes: &[u8]) -> Option<usize> {
    bytes.windows(3).position(|window| window == [0xff, 0xd8, 0xff])
}

/// Whether the segments of a picture lead to its scan and the scan to the end of image that stands last.
fn ends(bytes: &[u8]) -> bool {
    if !bytes.ends_with(&[0xff, 0xd9]) {
        return false;
    }
    let mut at = 2;
    loop {
        match bytes.get(at..) {
            Some([0xff, 0xda, ..]) => return true,
            Some([0xff, 0xff, ..]) => at += 1,
            Some([0xff, 0x01 | 0xd0..=0xd7, ..]) => at += 2,
            Some([0xff, _, high, low, ..]) => {
                at += 2 + usize::from(u16::from_be_bytes([*high, *low]));
            }
            _ => return false,
        }
    }
}

//! YUV4MPEG2: a line of text, then frames of plain luma and chroma.
//!
//! Only 8-bit formats, of which the luma comes first and is all that is wanted. Sizes are bounded before memory is.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _};

use permit_symbol::GreyBuf;

use super::Film;
use crate::frame::FrameError;

/// A Y4M file being played.
#[derive(Debug)]
pub struct Y4m {
    file: BufReader<File>,
    width: u32,
    height: u32,
    /// Bytes of chroma after the luma.
    chroma: u64,
}

/// The longest line of a header.
const LINE: u64 = 4096;
/// The most pixels of a side.
const SIDE: u32 = 8192;

impl Film for Y4m {
    fn begin(mut file: BufReader<File>) -> Result<Self, FrameError> {
        let header = line(&mut file)?.ok_or(FrameError::Damaged)?;
        let (mut width, mut height, mut colours) = (0, 0, "420".to_owned());
        for word in header.split(' ').skip(1) {
            let Some((kind, value)) = word.split_at_checked(1) else { continue };
            match kind {
                "W" => width = value.parse().unwrap_or(0),
                "H" => height = value.parse().unwrap_or(0),
                "C" => value.clone_into(&mut colours),
                _ => {}
            }
        }
        if !(1..=SIDE).contains(&width) || !(1..=SIDE).contains(&height) {
            return Err(FrameError::Damaged);
        }
        let halves = |side: u32| u64::from(side.div_ceil(2));
        let (w, h) = (u64::from(width), u64::from(height));
        let chroma = match colours.as_str() {
            "mono" => 0,
            "420" | "420jpeg" | "420mpeg2" | "420paldv" => 2 * halves(width) * halves(height),
            "422" => 2 * halves(width) * h,
            "444" => 2 * w * h,
            _ => return Err(FrameError::Damaged),
        };
        Ok(Self { file, width, height, chroma })
    }

    fn picture(&mut self) -> Result<Option<GreyBuf>, FrameError> {
        let Some(line) = line(&mut self.file)? else { return Ok(None) };
        if !line.starts_with("FRAME") {
            return Err(FrameError::Damaged);
        }
        let mut grey = GreyBuf::new(self.width, self.height);
        // A film that was cut off ends with its last whole frame.
        if self.file.read_exact(grey.pixels_mut()).is_err() {
            return Ok(None);
        }
        let skipped = std::io::copy(&mut (&mut self.file).take(self.chroma), &mut std::io::sink());
        Ok((skipped.map_err(FrameError::Open)? == self.chroma).then_some(grey))
    }
}

fn line(file: &mut BufReader<File>) -> Result<Option<String>, FrameError> {
    let mut bytes = Vec::new();
    file.take(LINE).read_until(b'\n', &mut bytes).map_err(FrameError::Open)?;
    if bytes.is_empty() {
        return Ok(None);
    }
    if bytes.pop() != Some(b'\n') {
        return Err(FrameError::Damaged);
    }
    String::from_utf8(bytes).map(Some).map_err(|_| FrameError::Damaged)
}

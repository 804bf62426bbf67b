//! Frames of a film, one after another: Y4M and JPEG pictures behind each other.
//!
//! Y4M is what any converter writes uncompressed, and JPEG pictures behind each other are
//! what cheap cameras send, bare (`.mjpeg`) or in AVI. No other film is understood: their
//! decoders are larger than this project. Only luma is kept, one frame at a time in memory.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read as _};
use std::path::Path;

use super::{LoadError, PIXELS, Pages, decode, plain, unreadable};
use crate::GreyBuf;

/// Opens a film, or a picture file as a film of its pictures.
///
/// # Errors
///
/// When the file cannot be read, is empty, or is neither film nor picture. What is wrong with
/// one frame is said by [`Frames`].
pub fn frames(path: &Path) -> Result<Frames, LoadError> {
    let mut file = BufReader::new(plain(path)?);
    let head = file.fill_buf().map_err(unreadable)?;
    if head.starts_with(Y4M) {
        return Ok(Frames(Source::Raw(Raw::new(file)?)));
    }
    if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"AVI ") {
        return Ok(Frames(Source::Jpegs(Jpegs::new(file))));
    }
    if head.starts_with(&START) {
        return Ok(Frames(Source::Jpegs(Jpegs::new(file))));
    }
    Ok(Frames(Source::Pages(super::open(path)?)))
}

/// The frames of one film, decoded one after another; ends at the first that is damaged
/// beyond finding the next.
#[derive(Debug)]
pub struct Frames(Source);

#[derive(Debug)]
enum Source {
    Raw(Raw),
    Jpegs(Jpegs<BufReader<File>>),
    Pages(Pages),
}

impl Iterator for Frames {
    type Item = Result<GreyBuf, LoadError>;

    fn next(&mut self) -> Option<Self::Item> {
        match &mut self.0 {
            Source::Raw(raw) => raw.next(),
            Source::Jpegs(jpegs) => jpegs.next(),
            Source::Pages(pages) => pages.next().map(|page| page.map(|picture| picture.grey)),
        }
    }
}

/// YUV4MPEG2 of eight bits.
#[derive(Debug)]
struct Raw {
    file: BufReader<File>,
    width: u32,
    height: u32,
    /// Bytes of colour after each frame's luma.
    colour: u64,
    ended: bool,
}

impl Raw {
    fn new(mut file: BufReader<File>) -> Result<Self, LoadError> {
        let head = line(&mut file)?;
        let (mut width, mut height, mut space) = (0_u32, 0_u32, "420");
        for word in head.split(' ').skip(1) {
            match word.split_at_checked(1) {
                Some(("W", n)) => width = n.parse().unwrap_or(0),
                Some(("H", n)) => height = n.parse().unwrap_or(0),
                Some(("C", of)) => space = of,
                _ => {}
            }
        }
        if u64::from(width) * u64::from(height) > PIXELS {
            return Err(LoadError::Pixels { width, height });
        }
        let luma = u64::from(width) * u64::from(height);
        let (half, tall) = (u64::from(width.div_ceil(2)), u64::from(height.div_ceil(2)));
        let colour = match space {
            "mono" => 0,
            "420" | "420jpeg" | "420paldv" | "420mpeg2" => 2 * half * tall,
            "422" => 2 * half * u64::from(height),
            "444" => 2 * luma,
            _ => return Err(LoadError::NotAPicture),
        };
        if luma == 0 {
            return Err(LoadError::NotAPicture);
        }
        Ok(Self { file, width, height, colour, ended: false })
    }

    fn next(&mut self) -> Option<Result<GreyBuf, LoadError>> {
        if self.ended || self.file.fill_buf().is_ok_and(<[u8]>::is_empty) {
            return None;
        }
        let frame = self.frame();
        self.ended = frame.is_err();
        Some(frame)
    }

    fn frame(&mut self) -> Result<GreyBuf, LoadError> {
        if !line(&mut self.file)?.starts_with("FRAME") {
            return Err(LoadError::Truncated);
        }
        let mut luma = vec![0; self.width as usize * self.height as usize];
        self.file.read_exact(&mut luma).map_err(cut)?;
        let passed = io::copy(&mut self.file.by_ref().take(self.colour), &mut io::sink());
        if passed.map_err(unreadable)? < self.colour {
            return Err(LoadError::Truncated);
        }
        GreyBuf::from_vec(self.width, self.height, luma).ok_or(LoadError::Truncated)
    }
}

/// A line of a film's header; no longer than any that makes sense.
fn line(file: &mut BufReader<File>) -> Result<String, LoadError> {
    let mut bytes = Vec::new();
    file.by_ref().take(LINE).read_until(b'\n', &mut bytes).map_err(unreadable)?;
    if bytes.pop() != Some(b'\n') {
        return Err(LoadError::Truncated);
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// JPEG pictures behind each other, whatever lies between them.
#[derive(Debug)]
pub(super) struct Jpegs<R> {
    file: R,
    seen: usize,
    ended: bool,
}

impl Jpegs<&[u8]> {
    /// Whether the first picture's end is missing.
    pub(super) fn ends_early(bytes: &[u8]) -> bool {
        // Most end where the file does, but for what a phone or a page of a disk adds.
        let last = bytes.iter().rposition(|byte| *byte != 0).unwrap_or(0);
        let whole = bytes.get(last.saturating_sub(1)..=last) == Some(&END[..]);
        !whole && matches!(Jpegs::new(bytes).picture(), Err(LoadError::Truncated))
    }
}

impl<R: BufRead> Jpegs<R> {
    const fn new(file: R) -> Self {
        Self { file, seen: 0, ended: false }
    }

    fn next(&mut self) -> Option<Result<GreyBuf, LoadError>> {
        if self.ended {
            return None;
        }
        let picture = self.picture();
        match picture {
            Ok(Some(bytes)) => {
                self.seen += 1;
                Some(decode(&bytes).map(|picture| picture.grey))
            }
            Ok(None) => {
                self.ended = true;
                (self.seen == 0).then_some(Err(LoadError::NotAPicture))
            }
            Err(error) => {
                self.ended = true;
                Some(Err(error))
            }
        }
    }

    /// The bytes of the next picture.
    fn picture(&mut self) -> Result<Option<Vec<u8>>, LoadError> {
        let mut bytes = Vec::new();
        if !self.skip_to_start()? {
            return Ok(None);
        }
        bytes.extend_from_slice(&START);
        loop {
            let marker = self.marker(&mut bytes)?;
            match marker {
                0xd9 => return Ok(Some(bytes)),
                0x01 | 0xd0..=0xd7 => {}
                0xda => {
                    self.segment(&mut bytes)?;
                    if self.scan(&mut bytes)? {
                        return Ok(Some(bytes));
                    }
                }
                _ => self.segment(&mut bytes)?,
            }
        }
    }

    /// Goes on to a picture's first three bytes; two of them, as the third is a marker's.
    fn skip_to_start(&mut self) -> Result<bool, LoadError> {
        let mut last = 0;
        loop {
            let Some(byte) = self.byte()? else { return Ok(false) };
            if last == 0xff && byte == 0xd8 {
                return Ok(true);
            }
            last = byte;
        }
    }

    /// The next marker; what fills before it is dropped.
    fn marker(&mut self, bytes: &mut Vec<u8>) -> Result<u8, LoadError> {
        loop {
            match self.byte()?.ok_or(LoadError::Truncated)? {
                0xff => {}
                _ => return Err(LoadError::Damaged(super::Format::Jpeg)),
            }
            let mut code = 0xff;
            while code == 0xff {
                code = self.byte()?.ok_or(LoadError::Truncated)?;
            }
            if code != 0 {
                bytes.extend([0xff, code]);
                return Ok(code);
            }
        }
    }

    /// A marker's segment, which says how long it is.
    fn segment(&mut self, bytes: &mut Vec<u8>) -> Result<(), LoadError> {
        let mut length = [0; 2];
        self.file.read_exact(&mut length).map_err(cut)?;
        bytes.extend(length);
        let rest = u64::from(u16::from_be_bytes(length)).saturating_sub(2);
        let read = self.file.by_ref().take(rest).read_to_end(bytes).map_err(unreadable)?;
        if read as u64 == rest { Ok(()) } else { Err(LoadError::Truncated) }
    }

    /// Coded pixels up to the next marker; whether that ends the picture.
    fn scan(&mut self, bytes: &mut Vec<u8>) -> Result<bool, LoadError> {
        loop {
            let byte = self.byte()?.ok_or(LoadError::Truncated)?;
            bytes.push(byte);
            if bytes.len() > FRAME {
                return Err(LoadError::File { bytes: bytes.len() as u64 });
            }
            if byte != 0xff {
                continue;
            }
            let code = self.byte()?.ok_or(LoadError::Truncated)?;
            bytes.push(code);
            match code {
                0 | 0xd0..=0xd7 => {}
                0xd9 => return Ok(true),
                _ => {
                    self.segment(bytes)?;
                    if code != 0xda {
                        continue;
                    }
                }
            }
        }
    }

    fn byte(&mut self) -> Result<Option<u8>, LoadError> {
        let byte = self.file.fill_buf().map_err(unreadable)?.first().copied();
        self.file.consume(usize::from(byte.is_some()));
        Ok(byte)
    }
}

fn cut(error: io::Error) -> LoadError {
    if error.kind() == io::ErrorKind::UnexpectedEof {
        LoadError::Truncated
    } else {
        unreadable(error)
    }
}

/// How a Y4M file begins.
const Y4M: &[u8] = b"YUV4MPEG2 ";

/// How a JPEG picture begins.
const START: [u8; 2] = [0xff, 0xd8];

/// How it ends.
const END: [u8; 2] = [0xff, 0xd9];

/// The longest line of a header.
const LINE: u64 = 1024;

/// The most bytes of a frame.
const FRAME: usize = 64 << 20;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::camera::{Kind, Shot, photograph};

    fn film(name: &str, bytes: &[u8]) -> Vec<Result<GreyBuf, LoadError>> {
        let path = std::env::temp_dir().join(format!("permit-film-{}-{name}", std::process::id()));
        std::fs::write(&path, bytes).unwrap();
        let frames = frames(&path).map_or_else(|error| vec![Err(error)], Iterator::collect);
        std::fs::remove_file(&path).unwrap();
        frames
    }

    #[test]
    fn luma_of_every_colour_space() {
        for (space, colour) in [("", 6), (" C420jpeg", 6), (" Cmono", 0), (" C444", 30)] {
            let mut bytes = format!("YUV4MPEG2 W5 H3 F15:1{space}\n").into_bytes();
            for level in [10_u8, 200] {
                bytes.extend(b"FRAME\n");
                bytes.extend(vec![level; 15]);
                let colour = if space.is_empty() || space.contains("420") { 12 } else { colour };
                bytes.extend(vec![128; colour]);
            }
            let frames = film("raw", &bytes);
            assert_eq!(frames.len(), 2, "{space}");
            assert_eq!(frames[1].as_ref().unwrap().pixels(), [200; 15]);
            bytes.pop();
            assert!(matches!(film("cut", &bytes)[1], Err(LoadError::Truncated)));
        }
        assert!(matches!(
            film("deep", b"YUV4MPEG2 W5 H3 C420p10\n")[0],
            Err(LoadError::NotAPicture)
        ));
        assert!(matches!(film("none", b"")[0], Err(LoadError::Empty)));
    }

    #[test]
    fn pictures_behind_each_other() {
        let take = |frame| {
            let shot = Shot { kind: Kind::Clean, strength: 0.0, size: (64, 48), seed: 1, frame };
            photograph(&shot, &[]).jpeg().unwrap()
        };
        let mut bytes = b"RIFF....AVI LIST".to_vec();
        for frame in 0..3 {
            bytes.extend(b"00dc....");
            bytes.extend(take(frame));
        }
        let frames = film("avi", &bytes);
        assert_eq!(frames.len(), 3);
        assert!(
            frames.iter().all(|f| f.as_ref().is_ok_and(|f| (f.width(), f.height()) == (64, 48)))
        );
        let one = take(0);
        assert_eq!(film("one", &one).len(), 1);
        assert!(matches!(film("half", &one[..one.len() / 2])[0], Err(LoadError::Truncated)));
        assert!(matches!(film("empty", b"RIFF....AVI LIST")[0], Err(LoadError::NotAPicture)));
    }
}

//! Lines of a text or of a hand scanner, as they come.
//!
//! A scanner may end a line with CR, LF or both, and a broken one may never end it: no more of a line is kept than a
//! permit can have, and a little over, so that the rest is seen to be too long. It decodes nothing.

use std::io::{self, BufRead};

/// Reads line by line.
#[derive(Debug)]
pub(crate) struct Lines<R>(R);

/// Bytes of a line that are kept: more than the longest text of a permit.
const KEPT: usize = 4096;

impl<R: BufRead> Lines<R> {
    /// The lines of `from`.
    pub(crate) const fn new(from: R) -> Self {
        Self(from)
    }

    /// The next line that is not empty, without its end; `None` after the last.
    pub(crate) fn next(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        loop {
            let bytes = match self.0.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                other => other?,
            };
            if bytes.is_empty() {
                return Ok((!line.is_empty()).then_some(line));
            }
            let end = bytes.iter().position(|byte| matches!(byte, b'\r' | b'\n'));
            let part = &bytes[..end.unwrap_or(bytes.len())];
            line.extend_from_slice(&part[..part.len().min(KEPT - line.len())]);
            let used = end.map_or(bytes.len(), |end| end + 1);
            self.0.consume(used);
            if end.is_some() && !line.is_empty() {
                return Ok(Some(line));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufReader, Read};

    use super::*;

    fn all(text: &[u8]) -> Vec<Vec<u8>> {
        // Pieces of two bytes, so that every line is cut somewhere.
        let mut lines = Lines::new(BufReader::with_capacity(2, text));
        core::iter::from_fn(|| lines.next().unwrap()).collect()
    }

    #[test]
    fn every_line_end_and_no_empty_lines() {
        assert_eq!(all(b"one\ntwo\r\nthree\rfour"), [&b"one"[..], b"two", b"three", b"four"]);
        assert_eq!(all(b"\n\r\n\r"), Vec::<Vec<u8>>::new());
        assert_eq!(all(b""), Vec::<Vec<u8>>::new());
        assert_eq!(all(b"a\0b\n\xff\n"), [&b"a\0b"[..], b"\xff"]);
    }

    #[test]
    fn an_endless_line_is_cut() {
        let endless = io::repeat(b'A').take(50_000_000);
        let mut lines = Lines::new(BufReader::new(endless.chain(&b"\nnext\n"[..])));
        assert_eq!(lines.next().unwrap().unwrap().len(), KEPT);
        assert_eq!(lines.next().unwrap().unwrap(), b"next");
        assert_eq!(lines.next().unwrap(), None);
    }
}

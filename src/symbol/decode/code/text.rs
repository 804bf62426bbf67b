//! Text: what the bytes of segments say, in the encodings that they name.
//!
//! Only for what is shown to people: whoever judges a code takes its bytes as they are.

use std::borrow::Cow;

use encoding_rs::{self as known, Encoding};

use crate::decode::answer::{Code, Mode, Segment};

impl Code {
    /// What its bytes say as text, by the encodings that its segments name; `None` where they name none and are no
    /// UTF-8, or are not what they name.
    #[must_use]
    pub fn text(&self) -> Option<String> {
        text(&self.bytes, &self.segments)
    }
}

/// What bytes say as text.
pub(crate) fn text(bytes: &[u8], segments: &[Segment]) -> Option<String> {
    // Most encoders write UTF-8 without a word, and some cut it into segments of any mode.
    let named = segments.iter().any(|segment| segment.eci.is_some());
    if !named && let Ok(text) = core::str::from_utf8(bytes) {
        return Some(text.to_owned());
    }
    let (mut out, mut start) = (String::with_capacity(bytes.len()), 0);
    for run in segments.chunk_by(|a, b| charset(a) == charset(b)) {
        let end = run.last()?.end;
        out.push_str(&decoded(bytes.get(start..end)?, charset(run.first()?)?)?);
        start = end;
    }
    (start == bytes.len()).then_some(out)
}

/// How the bytes of a segment are to be taken.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Charset {
    /// ISO/IEC 8859-1, which is not quite windows-1252.
    Latin1,
    Of(&'static Encoding),
}

fn decoded(bytes: &[u8], charset: Charset) -> Option<Cow<'_, str>> {
    match charset {
        Charset::Latin1 => Some(bytes.iter().map(|&byte| char::from(byte)).collect()),
        Charset::Of(encoding) => {
            encoding.decode_without_bom_handling_and_without_replacement(bytes)
        }
    }
}

/// AIM ECI assignments, as far as they are of characters that are known here.
fn charset(segment: &Segment) -> Option<Charset> {
    let encoding = match (segment.mode, segment.eci) {
        (Mode::Kanji, _) => known::SHIFT_JIS,
        (Mode::Hanzi, _) => known::GB18030,
        (_, None | Some(26 | 27 | 170)) => known::UTF_8,
        (_, Some(1 | 3)) => return Some(Charset::Latin1),
        (_, Some(4)) => known::ISO_8859_2,
        (_, Some(5)) => known::ISO_8859_3,
        (_, Some(6)) => known::ISO_8859_4,
        (_, Some(7)) => known::ISO_8859_5,
        (_, Some(8)) => known::ISO_8859_6,
        (_, Some(9)) => known::ISO_8859_7,
        (_, Some(10)) => known::ISO_8859_8,
        (_, Some(11)) => known::WINDOWS_1254,
        (_, Some(12)) => known::ISO_8859_10,
        (_, Some(13)) => known::WINDOWS_874,
        (_, Some(15)) => known::ISO_8859_13,
        (_, Some(16)) => known::ISO_8859_14,
        (_, Some(17)) => known::ISO_8859_15,
        (_, Some(18)) => known::ISO_8859_16,
        (_, Some(20)) => known::SHIFT_JIS,
        (_, Some(21)) => known::WINDOWS_1250,
        (_, Some(22)) => known::WINDOWS_1251,
        (_, Some(23)) => known::WINDOWS_1252,
        (_, Some(24)) => known::WINDOWS_1256,
        (_, Some(25)) => known::UTF_16BE,
        (_, Some(28)) => known::BIG5,
        (_, Some(29 | 32)) => known::GB18030,
        (_, Some(30)) => known::EUC_KR,
        (_, Some(31)) => known::GBK,
        (_, Some(33)) => known::UTF_16LE,
        // 899 says that it is no text.
        (_, Some(_)) => return None,
    };
    Some(Charset::Of(encoding))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(parts: &[(Mode, Option<u32>, &[u8])]) -> Option<String> {
        let (mut bytes, mut segments) = (Vec::new(), Vec::new());
        for &(mode, eci, part) in parts {
            bytes.extend_from_slice(part);
            segments.push(Segment { mode, eci, end: bytes.len() });
        }
        text(&bytes, &segments)
    }

    #[test]
    fn in_the_encoding_that_is_named() {
        for (eci, bytes, text) in [
            (Some(26), "통행증".as_bytes(), "통행증"),
            (None, "통행증".as_bytes(), "통행증"),
            (Some(30), b"\xC5\xEB\xC7\xE0\xC1\xF5", "통행증"),
            (Some(32), b"\xCD\xA8\xD0\xD0\xD6\xA4", "通行证"),
            (Some(29), b"\xCD\xA8\xD0\xD0\xD6\xA4", "通行证"),
            (Some(20), b"\x92\xCA\x8D\x73", "通行"),
            (Some(3), b"caf\xE9", "café"),
            (Some(25), b"\x90\x1A\x88\x4C", "通行"),
        ] {
            assert_eq!(said(&[(Mode::Byte, eci, bytes)]).as_deref(), Some(text), "{eci:?}");
        }
        assert_eq!(said(&[(Mode::Byte, Some(899), b"A")]), None);
        assert_eq!(said(&[(Mode::Byte, Some(26), b"caf\xE9")]), None, "not what is named");
        assert_eq!(said(&[(Mode::Byte, None, b"\x92\xCA")]), None, "nothing is guessed");
    }

    #[test]
    fn each_segment_in_its_own() {
        let mixed = [
            (Mode::Alphanumeric, None, &b"NO. "[..]),
            (Mode::Kanji, None, b"\x92\xCA\x8D\x73"),
            (Mode::Byte, Some(3), b" \xE9"),
            (Mode::Hanzi, Some(3), b"\xCD\xA8"),
        ];
        assert_eq!(said(&mixed).as_deref(), Some("NO. 通行 é通"));
        let cut = "통행".as_bytes();
        let parts = [(Mode::Byte, Some(26), &cut[..2]), (Mode::Byte, Some(26), &cut[2..])];
        assert_eq!(said(&parts).as_deref(), Some("통행"), "a character over two segments");
    }
}

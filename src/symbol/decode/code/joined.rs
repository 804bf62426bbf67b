//! Joined: symbols that are parts of one message (structured append, ISO/IEC 18004, section 8).

use super::text::text;
use crate::decode::answer::{Append, Code, Segment};

/// A message whose parts were all read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Joined {
    /// Which of the codes its parts are, in their order.
    pub parts: Vec<usize>,
    /// The bytes of all parts.
    pub bytes: Vec<u8>,
    /// What these are to be taken for.
    pub segments: Vec<Segment>,
}

impl Joined {
    /// What its bytes say as text; see [`Code::text`].
    #[must_use]
    pub fn text(&self) -> Option<String> {
        text(&self.bytes, &self.segments)
    }
}

/// The messages whose parts are all among some codes, each told once. What their parity does not uphold is none.
#[must_use]
pub fn join<'a>(codes: impl IntoIterator<Item = &'a Code>) -> Vec<Joined> {
    let parts: Vec<(usize, &Code, Append)> = codes
        .into_iter()
        .enumerate()
        .filter_map(|(at, code)| Some((at, code, code.append?)))
        .collect();
    let mut messages: Vec<(u8, u8)> =
        parts.iter().map(|(_, _, append)| (append.count, append.parity)).collect();
    messages.sort_unstable();
    messages.dedup();
    messages.into_iter().filter_map(|message| whole(&parts, message)).collect()
}

fn whole(parts: &[(usize, &Code, Append)], (count, parity): (u8, u8)) -> Option<Joined> {
    let mut joined = Joined { parts: Vec::new(), bytes: Vec::new(), segments: Vec::new() };
    for index in 0..count {
        let wanted = Append { index, count, parity };
        let (at, code, _) = parts.iter().find(|(_, _, append)| *append == wanted)?;
        let start = joined.bytes.len();
        joined.parts.push(*at);
        joined.bytes.extend_from_slice(&code.bytes);
        let moved =
            code.segments.iter().map(|segment| Segment { end: start + segment.end, ..*segment });
        joined.segments.extend(moved);
    }
    (joined.bytes.iter().fold(0, |sum, byte| sum ^ byte) == parity).then_some(joined)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::answer::{Level, Mode, Modules};

    fn part(bytes: &[u8], index: u8, count: u8, parity: u8) -> Code {
        Code {
            bytes: bytes.to_vec(),
            segments: vec![Segment { mode: Mode::Byte, eci: Some(30), end: bytes.len() }],
            append: Some(Append { index, count, parity }),
            version: 1,
            level: Level::M,
            corners: [crate::Point::default(); 4],
            modules: Modules::new(21),
            printed: None,
            spent: Vec::new(),
            mirrored: false,
        }
    }

    #[test]
    fn when_all_parts_are_there_and_belong_together() {
        // One character of EUC-KR in two symbols.
        let parity = 0xC5 ^ 0xEB;
        let (first, second) = (part(b"\xC5", 0, 2, parity), part(b"\xEB", 1, 2, parity));
        let alone = Code { append: None, ..part(b"A", 0, 1, 0) };
        let joined = join([&second, &alone, &first, &first]);
        assert_eq!(joined.len(), 1);
        assert_eq!((&joined[0].parts[..], &joined[0].bytes[..]), (&[2, 0][..], &b"\xC5\xEB"[..]));
        assert_eq!(joined[0].text().as_deref(), Some("통"));
        assert!(join([&first, &alone]).is_empty(), "a part is missing");
        let other = part(b"\xEC", 1, 2, parity);
        assert!(join([&first, &other]).is_empty(), "their parity does not hold");
    }
}

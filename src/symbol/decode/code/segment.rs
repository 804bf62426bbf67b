//! From data codewords to bytes: the segments of ISO/IEC 18004, section 7.4.
//!
//! Numeric, alphanumeric, byte and kanji segments one after another, exactly as encoded: kanji stay Shift-JIS, hanzi GB
//! 2312, nothing is transcoded. What they are to be taken for (ECI designators, structured append) is told beside them;
//! FNC1 marks are passed over. It refuses what no encoder writes.

use crate::decode::answer::{Append, Mode, Segment};

/// What the codewords of a symbol say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Contents {
    pub(crate) bytes: Vec<u8>,
    pub(crate) segments: Vec<Segment>,
    pub(crate) append: Option<Append>,
    /// How many of the codewords after the terminator are the padding that section 7.4.10 prescribes: a check that
    /// costs nothing.
    pub(crate) padding: usize,
}

/// What data codewords say.
pub(crate) fn contents(data: &[u8], version: u8) -> Option<Contents> {
    let mut bits = Bits { data, at: 0 };
    let mut out = Contents { bytes: Vec::with_capacity(data.len() * 2), ..Contents::default() };
    let mut eci = None;
    while bits.left() >= 4 {
        let bytes = &mut out.bytes;
        // Table 2.
        let mode = match bits.take(4)? {
            0 => break,
            1 => numeric(&mut bits, version, bytes).map(|()| Mode::Numeric)?,
            2 => alphanumeric(&mut bits, version, bytes).map(|()| Mode::Alphanumeric)?,
            3 => {
                out.append = Some(append(&mut bits)?);
                continue;
            }
            4 => plain(&mut bits, version, bytes).map(|()| Mode::Byte)?,
            5 => continue,
            7 => {
                eci = Some(designator(&mut bits)?);
                continue;
            }
            8 => kanji(&mut bits, version, bytes).map(|()| Mode::Kanji)?,
            9 => {
                bits.take(8)?;
                continue;
            }
            13 => hanzi(&mut bits, version, bytes).map(|()| Mode::Hanzi)?,
            _ => return None,
        };
        out.segments.push(Segment { mode, eci, end: out.bytes.len() });
    }
    let rest = data.get(bits.at.div_ceil(8)..).unwrap_or(&[]);
    out.padding = rest.iter().zip([0xEC, 0x11].iter().cycle()).filter(|(a, b)| a == b).count();
    Some(out)
}

/// Section 8: which of how many symbols, and what all of their data come to.
fn append(bits: &mut Bits<'_>) -> Option<Append> {
    let mut take = |count| bits.take(count).and_then(|value| u8::try_from(value).ok());
    let (index, last, parity) = (take(4)?, take(4)?, take(8)?);
    (index <= last).then_some(Append { index, count: last + 1, parity })
}

fn numeric(bits: &mut Bits<'_>, version: u8, out: &mut Vec<u8>) -> Option<()> {
    let mut left = bits.take(width(version, [10, 12, 14]))?;
    while left > 0 {
        let digits = left.min(3);
        let mut value = bits.take([4, 7, 10][digits as usize - 1])?;
        if value >= 10_u32.pow(digits) {
            return None;
        }
        let start = out.len();
        for _ in 0..digits {
            out.insert(start, b'0' + u8::try_from(value % 10).ok()?);
            value /= 10;
        }
        left -= digits;
    }
    Some(())
}

fn alphanumeric(bits: &mut Bits<'_>, version: u8, out: &mut Vec<u8>) -> Option<()> {
    let mut left = bits.take(width(version, [9, 11, 13]))?;
    while left > 0 {
        if left == 1 {
            out.push(letter(bits.take(6)?)?);
            break;
        }
        let pair = bits.take(11)?;
        out.push(letter(pair / 45)?);
        out.push(letter(pair % 45)?);
        left -= 2;
    }
    Some(())
}

fn letter(value: u32) -> Option<u8> {
    const LETTERS: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    LETTERS.get(value as usize).copied()
}

fn plain(bits: &mut Bits<'_>, version: u8, out: &mut Vec<u8>) -> Option<()> {
    for _ in 0..bits.take(width(version, [8, 16, 16]))? {
        out.push(u8::try_from(bits.take(8)?).ok()?);
    }
    Some(())
}

fn kanji(bits: &mut Bits<'_>, version: u8, out: &mut Vec<u8>) -> Option<()> {
    for _ in 0..bits.take(width(version, [8, 10, 12]))? {
        let value = bits.take(13)?;
        let sign = ((value / 0xC0) << 8) | (value % 0xC0);
        let sign = sign + if sign < 0x1F00 { 0x8140 } else { 0xC140 };
        out.extend(u16::try_from(sign).ok()?.to_be_bytes());
    }
    Some(())
}

/// GB/T 18284, which adds a mode to the standard: hanzi stay GB 2312.
fn hanzi(bits: &mut Bits<'_>, version: u8, out: &mut Vec<u8>) -> Option<()> {
    if bits.take(4)? != 1 {
        return None;
    }
    for _ in 0..bits.take(width(version, [8, 10, 12]))? {
        let value = bits.take(13)?;
        let sign = ((value / 0x60) << 8) | (value % 0x60);
        let sign = sign + if sign < 0x0A00 { 0xA1A1 } else { 0xA6A1 };
        out.extend(u16::try_from(sign).ok()?.to_be_bytes());
    }
    Some(())
}

/// Section 7.4.2 and table 4: a number of one, two or three bytes.
fn designator(bits: &mut Bits<'_>) -> Option<u32> {
    match bits.take(8)? {
        first @ 0..0x80 => Some(first),
        first @ 0x80..0xC0 => Some((first & 0x3F) << 8 | bits.take(8)?),
        first @ 0xC0..0xE0 => Some((first & 0x1F) << 16 | bits.take(16)?),
        _ => None,
    }
}

/// The width of the character count (table 3).
const fn width(version: u8, widths: [usize; 3]) -> usize {
    match version {
        0..=9 => widths[0],
        10..=26 => widths[1],
        _ => widths[2],
    }
}

struct Bits<'a> {
    data: &'a [u8],
    at: usize,
}

impl Bits<'_> {
    fn left(&self) -> usize {
        self.data.len() * 8 - self.at
    }

    /// The next `count` bits, at most 16 in use here; `None` where fewer are left.
    fn take(&mut self, count: usize) -> Option<u32> {
        if self.left() < count {
            return None;
        }
        let mut value = 0;
        for at in self.at..self.at + count {
            value = value << 1 | u32::from(self.data[at / 8] >> (7 - at % 8) & 1);
        }
        self.at += count;
        Some(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Packs (value, width) pairs.
    fn pack(parts: &[(u32, usize)]) -> Vec<u8> {
        let bits: Vec<u8> = parts
            .iter()
            .flat_map(|&(value, width)| {
                (0..width).rev().map(move |i| u8::from(value >> i & 1 == 1))
            })
            .collect();
        bits.chunks(8)
            .map(|byte| byte.iter().enumerate().fold(0, |sum, (i, bit)| sum | bit << (7 - i)))
            .collect()
    }

    #[test]
    fn annex_i_of_the_standard() {
        let data = [16, 32, 12, 86, 97, 128, 236, 17, 236, 17, 236, 17, 236, 17, 236, 17];
        let read = contents(&data, 1).unwrap();
        assert_eq!((&read.bytes[..], read.padding), (&b"01234567"[..], 10));
    }

    #[test]
    fn segments_one_after_another() {
        let data = pack(&[
            (7, 4),
            (26, 8),
            (2, 4),
            (5, 9),
            (10 * 45 + 12, 11),
            (13 * 45 + 14, 11),
            (42, 6),
            (4, 4),
            (2, 8),
            (0xC3, 8),
            (0xA9, 8),
            (8, 4),
            (2, 8),
            (0x0D9F, 13),
            (0x1AAA, 13),
            (0, 4),
        ]);
        let read = contents(&data, 5).unwrap();
        assert_eq!(read.bytes, b"ACDE.\xC3\xA9\x93\x5F\xE4\xAA");
        let segment = |mode, end| Segment { mode, eci: Some(26), end };
        let modes = [(Mode::Alphanumeric, 5), (Mode::Byte, 7), (Mode::Kanji, 11)];
        assert_eq!(read.segments, modes.map(|(mode, end)| segment(mode, end)));
    }

    #[test]
    fn what_no_encoder_writes() {
        for parts in [
            &[(1, 4), (3, 10), (1000, 10)][..],
            &[(2, 4), (2, 9), (2025, 11)],
            &[(4, 4), (9, 8), (0, 8)],
            &[(6, 4), (0, 20)],
        ] {
            assert_eq!(contents(&pack(parts), 1), None);
        }
    }

    #[test]
    fn a_part_says_which_it_is() {
        let data = pack(&[(3, 4), (1, 4), (3, 4), (0x5A, 8), (4, 4), (1, 8), (0x41, 8), (0, 4)]);
        let read = contents(&data, 1).unwrap();
        assert_eq!(read.append, Some(Append { index: 1, count: 4, parity: 0x5A }));
        assert_eq!(read.bytes, b"A");
        assert_eq!(contents(&pack(&[(3, 4), (4, 4), (3, 4), (0, 8)]), 1), None, "5 of 4");
    }

    #[test]
    fn designators_of_every_length() {
        for (parts, eci) in [
            (&[(7, 4), (26, 8)][..], 26),
            (&[(7, 4), (0x80 | 3, 8), (0x83, 8)], 899),
            (&[(7, 4), (0xC0 | 1, 8), (0x0203, 16)], 0x1_0203),
        ] {
            let data = pack(&[parts, &[(4, 4), (1, 8), (0x41, 8), (0, 4)]].concat());
            assert_eq!(contents(&data, 1).unwrap().segments[0].eci, Some(eci));
        }
    }
}

//! From data codewords to bytes: the segments of ISO/IEC 18004, section 7.4.
//!
//! Numeric, alphanumeric, byte and kanji segments one after another, exactly as encoded:
//! kanji stay Shift-JIS, hanzi GB 2312, ECI designators, structured append and FNC1 marks are passed
//! over, nothing is transcoded. It refuses what no encoder writes.

/// The bytes of all segments, and how many of the codewords after the terminator are the
/// padding that section 7.4.10 prescribes (a check that costs nothing).
pub(crate) fn bytes(data: &[u8], version: u8) -> Option<(Vec<u8>, usize)> {
    let mut bits = Bits { data, at: 0 };
    let mut out = Vec::with_capacity(data.len() * 2);
    while bits.left() >= 4 {
        match bits.take(4)? {
            0 => break,
            1 => numeric(&mut bits, version, &mut out)?,
            2 => alphanumeric(&mut bits, version, &mut out)?,
            3 => skip(&mut bits, 16)?,
            4 => plain(&mut bits, version, &mut out)?,
            5 => {}
            7 => eci(&mut bits)?,
            8 => kanji(&mut bits, version, &mut out)?,
            9 => skip(&mut bits, 8)?,
            13 => hanzi(&mut bits, version, &mut out)?,
            _ => return None,
        }
    }
    let rest = data.get(bits.at.div_ceil(8)..).unwrap_or(&[]);
    let pad = rest.iter().zip([0xEC, 0x11].iter().cycle()).filter(|(a, b)| a == b).count();
    Some((out, pad))
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

fn eci(bits: &mut Bits<'_>) -> Option<()> {
    match bits.take(8)? {
        0..0x80 => Some(()),
        0x80..0xC0 => skip(bits, 8),
        0xC0..0xE0 => skip(bits, 16),
        _ => None,
    }
}

fn skip(bits: &mut Bits<'_>, count: usize) -> Option<()> {
    bits.take(count).map(|_| ())
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
        assert_eq!(bytes(&data, 1), Some((b"01234567".to_vec(), 10)));
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
        let (out, _) = bytes(&data, 5).unwrap();
        assert_eq!(out, b"ACDE.\xC3\xA9\x93\x5F\xE4\xAA");
    }

    #[test]
    fn what_no_encoder_writes() {
        for parts in [
            &[(1, 4), (3, 10), (1000, 10)][..],
            &[(2, 4), (2, 9), (2025, 11)],
            &[(4, 4), (9, 8), (0, 8)],
            &[(6, 4), (0, 20)],
        ] {
            assert_eq!(bytes(&pack(parts), 1), None);
        }
    }
}

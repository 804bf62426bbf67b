//! base45 (RFC 9285), read strictly: every text that is accepted is the one spelling of its bytes.
//!
//! Refused: a character outside the alphabet, a length of 1 mod 3, three characters above 65535, two
//! at the end above 255. Nothing is skipped or trimmed.

use heapless::{String, Vec, VecView};

use crate::{Fault, Flaw};

const ALPHABET: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/// Decodes `text`.
///
/// # Errors
///
/// The first character that is wrong ([`Flaw::Character`], [`Flaw::Overflow`], [`Flaw::Length`]), or
/// [`Flaw::TooLong`] when more than `N` bytes come out.
pub fn decode<const N: usize>(text: &[u8]) -> Result<Vec<u8, N>, Fault> {
    let mut bytes = Vec::new();
    decode_into(text, bytes.as_mut_view())?;
    Ok(bytes)
}

fn decode_into(text: &[u8], bytes: &mut VecView<u8>) -> Result<(), Fault> {
    for (index, group) in text.chunks(3).enumerate() {
        let start = index.saturating_mul(3);
        let value = value(group, start)?;
        let fault = |flaw| Fault { offset: start, flaw };
        let (pair, most) = match group.len() {
            3 => (true, u32::from(u16::MAX)),
            2 => (false, u32::from(u8::MAX)),
            _ => return Err(fault(Flaw::Length)),
        };
        if value > most {
            return Err(fault(Flaw::Overflow));
        }
        let [.., high, low] = value.to_be_bytes();
        let spelled = if pair { &[high, low][..] } else { &[low] };
        bytes.extend_from_slice(spelled).map_err(|_| fault(Flaw::TooLong))?;
    }
    Ok(())
}

/// Appends the spelling of `bytes` to `text`; `None` when it does not fit.
#[must_use]
pub fn encode<const N: usize>(bytes: &[u8], text: &mut String<N>) -> Option<()> {
    for pair in bytes.chunks(2) {
        let (mut value, digits) = match *pair {
            [high, low] => (u16::from_be_bytes([high, low]), 3),
            [last] => (u16::from(last), 2),
            _ => (0, 0),
        };
        for _ in 0..digits {
            let digit = ALPHABET.get(usize::from(value.rem_euclid(45)))?;
            text.push(char::from(*digit)).ok()?;
            value = value.div_euclid(45);
        }
    }
    Some(())
}

/// True for a character of the alphabet.
#[must_use]
pub const fn is_digit(byte: u8) -> bool {
    digit(byte).is_some()
}

/// c + 45 d + 45² e
fn value(group: &[u8], start: usize) -> Result<u32, Fault> {
    let (mut sum, mut weight) = (0_u32, 1_u32);
    for (index, &byte) in group.iter().enumerate() {
        let digit = digit(byte)
            .ok_or(Fault { offset: start.saturating_add(index), flaw: Flaw::Character })?;
        sum = sum.saturating_add(digit.saturating_mul(weight));
        weight = weight.saturating_mul(45);
    }
    Ok(sum)
}

#[expect(
    clippy::arithmetic_side_effects,
    reason = "each arm's range keeps the difference within 0–44"
)]
const fn digit(byte: u8) -> Option<u32> {
    Some(match byte {
        b'0'..=b'9' => (byte - b'0') as u32,
        b'A'..=b'Z' => (byte - b'A') as u32 + 10,
        b' ' => 36,
        b'$' => 37,
        b'%' => 38,
        b'*' => 39,
        b'+' => 40,
        b'-' => 41,
        b'.' => 42,
        b'/' => 43,
        b':' => 44,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> String<4000> {
        let mut out = String::new();
        encode(bytes, &mut out).unwrap();
        out
    }

    #[test]
    fn examples_of_the_rfc() {
        for (bytes, spelled) in [
            (&b"AB"[..], "BB8"),
            (b"Hello!!", "%69 VD92EX0"),
            (b"base-45", "UJCLQE7W581"),
            (b"ietf!", "QED8WEX0"),
        ] {
            assert_eq!(text(bytes), spelled);
            assert_eq!(decode::<16>(spelled.as_bytes()).unwrap(), bytes);
        }
    }

    #[test]
    fn every_group_of_two_and_three() {
        let mut accepted = (0, 0);
        for a in ALPHABET {
            for b in ALPHABET {
                if let Ok(bytes) = decode::<4>(&[*a, *b]) {
                    assert_eq!(text(&bytes).as_bytes(), [*a, *b]);
                    accepted.0 += 1;
                }
                for c in ALPHABET {
                    if let Ok(bytes) = decode::<4>(&[*a, *b, *c]) {
                        assert_eq!(text(&bytes).as_bytes(), [*a, *b, *c]);
                        accepted.1 += 1;
                    }
                }
            }
        }
        assert_eq!(accepted, (256, 65_536));
    }

    #[test]
    fn what_is_refused_and_where() {
        for (spelled, offset, flaw) in [
            ("GGW", 0, Flaw::Overflow),
            ("BB8:::", 3, Flaw::Overflow),
            ("::", 0, Flaw::Overflow),
            ("VB", 0, Flaw::Overflow),
            ("A", 0, Flaw::Length),
            ("BB8B", 3, Flaw::Length),
            ("bb8", 0, Flaw::Character),
            ("BB\n", 2, Flaw::Character),
            ("BB8B,", 4, Flaw::Character),
        ] {
            assert_eq!(decode::<8>(spelled.as_bytes()), Err(Fault { offset, flaw }), "{spelled}");
        }
        assert_eq!(decode::<2>(b"BB8BB8").unwrap_err().flaw, Flaw::TooLong);
    }

    #[test]
    fn beside_the_crate() {
        let mut rng = 1_u32;
        let mut next = |below: u32| {
            rng = rng.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            ((rng >> 8) % below) as usize
        };
        let mut differ = 0;
        for _ in 0..20_000 {
            let length = next(9);
            let spelled: std::string::String =
                (0..length).map(|_| char::from(ALPHABET[next(45)])).collect();
            let theirs = ::base45::decode(&spelled).ok();
            let ours = decode::<16>(spelled.as_bytes()).ok();
            match (&ours, &theirs) {
                (Some(a), Some(b)) => assert_eq!(&a[..], &b[..], "{spelled:?}"),
                (Some(_), None) => panic!("only we accept {spelled:?}"),
                // The crate does not check the range of a two-character tail.
                (None, Some(_)) => {
                    assert_eq!(spelled.len() % 3, 2);
                    differ += 1;
                }
                (None, None) => {}
            }
        }
        assert!(differ > 0);
    }
}

//! The printed permit number: `SSSSS-YYYY-NNNNNNNN-CCC-K`, and reading it as a tired guard types it.
//!
//! Station, year, serial and copy in decimal, then a check character by ISO 7064 MOD 37,2, which
//! notices every single wrong character and every swap of neighbours. A typed number proves nothing:
//! it is looked up, never verified.

use core::fmt;

use crate::PermitId;

/// Why a typed number is not one.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum NumberFault {
    /// A character that no number has.
    Character,
    /// Groups missing or too many digits.
    Shape,
    /// A station, year, serial or copy that cannot be.
    Range,
    /// The check character does not fit: something was mistyped.
    Check,
}

impl fmt::Display for NumberFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Character => "a character that no permit number has",
            Self::Shape => "not four groups of digits and a check character",
            Self::Range => "a station, year, serial or copy that cannot be",
            Self::Check => "the check character does not fit",
        })
    }
}

impl core::error::Error for NumberFault {}

impl fmt::Display for PermitId {
    /// `00101-1963-00000042-001-K`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let year = u16::from(self.year).saturating_add(1900);
        let digits = digits(self);
        write!(
            f,
            "{:05}-{year}-{:08}-{:03}-{}",
            self.station,
            self.serial,
            self.copy,
            char::from(check(&digits))
        )
    }
}

impl core::str::FromStr for PermitId {
    type Err = NumberFault;

    /// Reads a number with its groups parted by hyphens, spaces or full stops, leading zeros left out or
    /// not, or all twenty digits and the check character in one piece.
    fn from_str(typed: &str) -> Result<Self, NumberFault> {
        let (mut groups, mut parts) = ([0_u32; 4], 0_usize);
        let typed = typed.trim();
        let (body, sign) = split_check(typed)?;
        for part in body.split(['-', ' ', '.']).filter(|part| !part.is_empty()) {
            if part.len() == 20 && parts == 0 {
                return assemble(whole(part)?, sign);
            }
            let group = groups.get_mut(parts).ok_or(NumberFault::Shape)?;
            *group = decimal(part)?;
            parts = parts.saturating_add(1);
        }
        if parts == 4 { assemble(groups, sign) } else { Err(NumberFault::Shape) }
    }
}

/// Takes the check character off the end; lower case is as good.
fn split_check(typed: &str) -> Result<(&str, u8), NumberFault> {
    let at = typed.char_indices().next_back().ok_or(NumberFault::Shape)?.0;
    let (body, sign) = typed.split_at_checked(at).ok_or(NumberFault::Shape)?;
    match sign.as_bytes() {
        [sign] if sign.is_ascii_alphanumeric() || *sign == b'*' => {
            Ok((body, sign.to_ascii_uppercase()))
        }
        _ => Err(NumberFault::Character),
    }
}

fn whole(digits: &str) -> Result<[u32; 4], NumberFault> {
    let part = |range| digits.get(range).ok_or(NumberFault::Shape).and_then(decimal);
    Ok([part(0..5)?, part(5..9)?, part(9..17)?, part(17..20)?])
}

fn decimal(part: &str) -> Result<u32, NumberFault> {
    if !part.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(NumberFault::Character);
    }
    part.parse().map_err(|_| NumberFault::Shape)
}

fn assemble([station, year, serial, copy]: [u32; 4], sign: u8) -> Result<PermitId, NumberFault> {
    let range = |_| NumberFault::Range;
    let id = PermitId {
        station: u16::try_from(station).map_err(range)?,
        year: year
            .checked_sub(1900)
            .ok_or(NumberFault::Range)
            .and_then(|year| u8::try_from(year).map_err(range))?,
        serial,
        copy: u8::try_from(copy).map_err(range)?,
    };
    if id.station == 0 || id.serial == 0 || id.serial > PermitId::LAST_SERIAL {
        return Err(NumberFault::Range);
    }
    if check(&digits(&id)) == sign { Ok(id) } else { Err(NumberFault::Check) }
}

/// The twenty digits of a number.
fn digits(id: &PermitId) -> [u8; 20] {
    let mut out = [0; 20];
    let year = u32::from(id.year).saturating_add(1900);
    let groups = [(u32::from(id.station), 5), (year, 4), (id.serial, 8), (u32::from(id.copy), 3)];
    let mut places = out.iter_mut().rev();
    for (mut value, width) in groups.into_iter().rev() {
        for place in places.by_ref().take(width) {
            *place = u8::try_from(value.rem_euclid(10)).unwrap_or_default();
            value = value.div_euclid(10);
        }
    }
    out
}

/// ISO 7064 MOD 37,2: pure system, check character 0–9, A–Z or `*`.
fn check(digits: &[u8]) -> u8 {
    let sum = digits.iter().fold(0_u32, |sum, &digit| {
        sum.saturating_add(digit.into()).saturating_mul(2).rem_euclid(37)
    });
    let value = 38_u32.saturating_sub(sum).rem_euclid(37);
    *b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*"
        .get(usize::try_from(value).unwrap_or_default())
        .unwrap_or(&b'*')
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: PermitId = PermitId { station: 101, year: 63, serial: 42, copy: 1 };

    #[test]
    fn the_standards_example() {
        // ISO 7064: G123 489 654 321 has check character Y under MOD 37,2.
        let digits: Vec<u8> = "G123489654321"
            .bytes()
            .map(|b| if b.is_ascii_digit() { b - b'0' } else { b - b'A' + 10 })
            .collect();
        assert_eq!(check(&digits), b'Y');
    }

    #[test]
    fn typed_in_many_ways() {
        let printed = ID.to_string();
        let sign = printed.chars().next_back().unwrap();
        for typed in [
            printed.clone(),
            printed.to_lowercase(),
            printed.replace('-', " "),
            printed.replace('-', ""),
            format!("101-1963-42-1-{sign}"),
            format!(" 101 1963 42 1 {sign}\n"),
        ] {
            assert_eq!(typed.parse(), Ok(ID), "{typed}");
        }
    }

    #[test]
    fn every_slip_is_noticed() {
        let printed = ID.to_string();
        for (at, old) in printed.char_indices().filter(|(_, c)| c.is_ascii_digit()) {
            for new in '0'..='9' {
                let mut typed = printed.clone();
                typed.replace_range(at..=at, &new.to_string());
                assert_eq!(typed.parse::<PermitId>().is_ok(), new == old, "{typed}");
            }
        }
        for (typed, fault) in [
            ("", NumberFault::Shape),
            ("101-1963-42-K", NumberFault::Shape),
            ("101-1963-42-1-1-K", NumberFault::Shape),
            ("101-1963-4x-1-K", NumberFault::Character),
            ("101-1963-42-1-가", NumberFault::Character),
            ("0-1963-42-1-K", NumberFault::Range),
            ("101-1863-42-1-K", NumberFault::Range),
            ("101-1963-16777216-1-K", NumberFault::Range),
        ] {
            assert_eq!(typed.parse::<PermitId>(), Err(fault), "{typed}");
        }
    }
}
